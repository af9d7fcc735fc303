/*
 * import.h: clerks' tables and forms into records (contract 4, record-import): read, checked as any
 * document is, compared with what is there already, written.
 */
#ifndef DUBAN_CLI_IMPORT_H
#define DUBAN_CLI_IMPORT_H

#include "base/digest.h"
#include "cli/add.h"
#include "cli/change.h"
#include "intake/intake.h"

/* what becomes of an entry */
enum import_fate {
	IMPORT_NEW,
	IMPORT_KNOWN,    /* is there already */
	IMPORT_CHANGED,  /* is there, with another solution: an event */
	IMPORT_DOUBLE,   /* stands in the file before */
	IMPORT_REJECTED, /* has errors */
};

/* a record that is there */
struct import_record {
	struct ref ref;
	const char *path;
	const char *before; /* what it says where a change is an event, as it was entered and now */
	const char *now;
	bool withdrawn;
};

struct import_entry {
	enum import_fate fate;
	const struct import_record *known; /* of one that is there */
	const char *reasons;               /* of one that is rejected, for --rejects */
};

/* what a row is while it is looked at */
struct row {
	struct intake_values values;
	struct candidate candidate;
};

struct import {
	struct add add;
	struct change change;
	struct intake intake;
	struct intake_form form;
	struct arena arena;           /* what stays: cells, what is known */
	struct arena work, kept;      /* of a row; cli.arena while it is that */
	struct import_entry *entries; /* beside those of intake */
	struct digest_key secret;     /* of the keys in these: */
	struct map exact, near;       /* what makes two the same -> a record or an entry */
	struct map codes;             /* field and word as typed -> code */
	struct map same_file;         /* row of this very file -> a record */
	struct str compared, rest;    /* of a row, while its keys are made */
	const char *name;             /* of the file, for findings */
	const struct node *origin;    /* what a record keeps of it */
	const char *sha256;
	/* options */
	const char *form_text, *rejects, *sheet;
	struct strings fill_down, sets;
	bool partial, ditto, excel_serial, split, allow_duplicate, update, verbose;
};

/* import_learn: the records that are there, of the units that the file names. */
void import_learn(struct import *import);

/*
 * import_fate: what becomes of a row that was checked: whether it is there already, or stands in the
 * file twice; *known is the record that it is.
 */
enum import_fate import_fate(struct import *import, size_t entry, struct row *row,
			     const struct import_record **known);

/* import_check: all rows, and what is wrong with them. */
void import_check(struct import *import);

/* import_count: how many rows have this fate. */
size_t import_count(const struct import *import, enum import_fate fate);

/* import_write: those that are new, then the changes. */
enum outcome import_write(struct import *import);

/* import_reasons: errors as one text, which stays. */
const char *import_reasons(struct import *import, const struct findings *findings);

/*
 * import_rejects: writes the rejected entries and why as a CSV table to the file; CANNOT after a
 * finding.
 */
enum outcome import_rejects(struct import *import);

/* import_main: the whole of the command's main. */
int import_main(int argc, char **argv);

#endif
