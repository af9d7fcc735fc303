/*
 * import.h: clerks' tables and forms into records (contract 4, record-import): read, checked as any
 * document is, compared with what is there already, written.
 */
#ifndef DUBAN_CLI_IMPORT_H
#define DUBAN_CLI_IMPORT_H

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

/* a record that an entry is */
struct import_record {
	struct ref ref;
	const char *path;   /* or NULL: an entry of this file */
	uint32_t number;    /* of that entry: line, or number of the form */
	const char *before; /* what it says where a change is an event, as it was entered and now */
	const char *now;
	bool withdrawn;
};

struct import_entry {
	enum import_fate fate;
	struct candidate *candidate; /* until candidates are sorted out */
	const struct import_record *known;
};

struct import {
	struct add add;
	struct change change;
	struct intake intake;
	struct intake_form form;
	struct import_entry *entries; /* beside those of intake */
	struct map exact, near;       /* what makes two the same -> struct import_record */
	const char *name;             /* of the file, for findings */
	const char *sha256;
	/* options */
	const char *form_text, *rejects, *sheet;
	struct strings fill_down;
	bool partial, ditto, excel_serial, split, allow_duplicate, update, verbose;
};

/* import_compare: sorts out what is there already and what stands in the file twice. */
void import_compare(struct import *import);

/*
 * import_rejects: writes the rejected entries and why as a CSV table to the file; CANNOT after a
 * finding.
 */
enum outcome import_rejects(struct import *import);

/* import_main: the whole of the command's main. */
int import_main(int argc, char **argv);

#endif
