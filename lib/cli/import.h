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
#include "store/evidence.h"

/* what becomes of an entry */
enum import_fate {
	IMPORT_NEW,
	IMPORT_KNOWN,    /* is there already */
	IMPORT_CHANGED,  /* is there, with another solution: an event */
	IMPORT_DOUBLE,   /* stands in the file before */
	IMPORT_NOTHING,  /* says that there is nothing to enter */
	IMPORT_REJECTED, /* has errors */
};

/* a record that is there */
struct import_record {
	struct ref ref;
	const char *path;
	const char *before; /* what it says where a change is an event, as it was entered and now */
	const char *now;
	bool withdrawn;
	size_t row; /* of the file that it is first, from 1; 0: none yet */
};

struct import_entry {
	enum import_fate fate;
	bool near_only;                    /* known by its key of what is nearly the same alone */
	const struct import_record *known; /* of one that is there */
	const char *reasons;               /* of one that is rejected, for --rejects */
	struct digest said; /* of what may change later, once it was compared with another */
};

/* what a row is while it is looked at */
struct row {
	struct intake_values values;
	struct candidate candidate;
};

/*
 * What makes a record what it is, as a text, and behind it what may change later; NULL: it is not
 * there. The unit comes first, the date next.
 */
#define IMPORT_TEXTS 8

struct import_texts {
	const char *items[IMPORT_TEXTS];
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
	bool has_records;             /* that are in one of these */
	struct str compared, rest;    /* of a row, while its keys are made */
	struct import_sure *sure;     /* what is known of rows that are like others, or NULL */
	const char *name;             /* of the file, for findings */
	const char **units;           /* whose records it may hold */
	size_t nunits;
	int *locks; /* on their folders */
	size_t nlocks;
	const struct node *origin; /* what a record keeps of it */
	char sha256[DIGEST_SIZE];
	/* options */
	const char *form_text, *rejects, *sheet;
	struct strings fill_down, sets;
	bool partial, ditto, excel_serial, split, allow_duplicate, update, verbose;
};

/* import_units: sets the units that the file names, or that are given where it does not. */
void import_units(struct import *import);

/*
 * import_lock: until import_unlock no other import looks at what these units have, nor adds to it:
 * else both would add what neither finds. BUSY after a finding when others are at it for longer
 * than --wait. A folder that cannot be locked is a warning.
 */
enum outcome import_lock(struct import *import);
void import_unlock(struct import *import);

/* import_learn: the records that are there, of these units. */
void import_learn(struct import *import);

/* import_identity: the names of the fields that the texts are of, then NULL. */
const char *const *import_identity(const struct import *import);

/* import_change_field: the field in which a record that is there may change later, or NULL. */
const char *import_change_field(const struct import *import);

/* import_texts: of a record's fields; they live as long as those and the arena. */
void import_texts(struct import *import, const struct node *fields, struct arena *arena,
		  struct import_texts *texts);

/* import_add_bare: appends a text without spaces and punctuation, in half width. */
void import_add_bare(struct str *out, const struct str *text);

/* import_near: the key of what is nearly the same, with two strings to make it; false: no memory. */
bool import_near(const struct import *import, const struct import_texts *texts, struct str *text,
		 struct str *rest, struct digest *near);

/*
 * import_is_new: whether a row of which import_sure is sure is near to no record and no other row;
 * then it is known.
 */
bool import_is_new(struct import *import, size_t entry, const struct digest *near);

/* import_sure_init: once, before the first row is looked at. */
void import_sure_init(struct import *import);

/*
 * import_sure: whether nothing is to be told of the row, known from others that were checked before
 * and from what is new in it; and what makes its record what it is. Changes nothing: any thread may
 * ask with a run of its own, while nobody learns.
 */
bool import_sure(const struct import *import, struct schema_run *run, size_t entry,
		 struct import_texts *texts);

/* import_sure_learn: of a row that was checked, by itself, and of which nothing was told. */
void import_sure_learn(struct import *import, size_t entry, const struct row *row);

/*
 * import_fate: what becomes of a row that was checked: whether it is there already, or stands in the
 * file twice; *known is the record that it is.
 */
enum import_fate import_fate(struct import *import, size_t entry, struct row *row,
			     const struct import_record **known);

/* what a glance at a row tells */
struct import_glance {
	bool sure;          /* import_sure is */
	struct digest near; /* import_near of it */
};

/*
 * import_glance: at n rows from number `first` on, by as many threads as the machine has for us.
 */
void import_glance(const struct import *import, size_t first, size_t n,
		   struct import_glance *glances);

/* import_called: what the table calls a field, or the whole (""); NULL: as the record does. */
const char *import_called(void *import, const char *field);

/*
 * import_add_findings: to those of the intake what was found in the record that it made. Of what the
 * intake refused nothing else is told: neither that it is missing nor of what stands for it.
 */
void import_add_findings(struct import *import, struct intake_values *values,
			 const struct findings *own);

/* import_tell: all that was found in an entry, behind what was found in the file, with its 序号. */
void import_tell(struct import *import, size_t entry, const struct intake_values *values);

/* import_check: all rows, and what is wrong with them. */
void import_check(struct import *import);

/* import_count: how many rows have this fate. */
size_t import_count(const struct import *import, enum import_fate fate);

/*
 * import_change: adds the event by which a record that is there says what the row says (domain V38).
 * With `told`, which gets what is wrong with it, it is only tried.
 */
enum outcome import_change(struct import *import, const struct import_record *known,
			   const struct candidate *c, struct findings *told);

/* import_write: those that are new, then the changes. */
enum outcome import_write(struct import *import);

/* import_reasons: errors as one text, which stays. */
const char *import_reasons(struct import *import, const struct findings *findings);

/*
 * import_may_reject_to: whether a file there may be replaced: it is empty, or a table as
 * import_rejects makes it; also when there is none.
 */
bool import_may_reject_to(const char *path);

/*
 * import_rejects: writes the rejected entries and why as a CSV table to the file; CANNOT after a
 * finding.
 */
enum outcome import_rejects(struct import *import);

/* import_main: the whole of the command's main. */
int import_main(int argc, char **argv);

#endif
