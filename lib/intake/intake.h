/*
 * intake.h: clerks' tables and forms: bytes → cells → entries, each of which is to become one
 * record (domain 3).
 *
 *	intake_form_find, intake_form_load   which form, its columns (heading.h)
 *	intake_decode                        bytes as a text
 *	intake_read                          split it, find the headings and the entries
 *	intake_values                        of one entry: the candidate record; codes, ids as typed
 *
 * All cells are kept and nothing of what they become: a table may have a hundred thousand rows. An
 * entry's values have their own findings, so that one that is wrong can be left out alone; what is
 * wrong with the file as a whole is in in.findings. Nothing is opened or written here.
 */
#ifndef DUBAN_INTAKE_INTAKE_H
#define DUBAN_INTAKE_INTAKE_H

#include "base/str.h"
#include "intake/decode.h"
#include "intake/grid.h"
#include "intake/heading.h"

/* a column of a table that was sent back (--rejects): why; nothing is missed when it is left out */
#define INTAKE_REASONS "原因"

struct intake_options {
	const char *const *fill_down; /* headings of columns in which an empty cell is as above */
	size_t nfill_down;
	bool ditto;        /* 同上 is as above */
	bool excel_serial; /* 45400 is a day */
	bool split;        /* numbered findings are entries of their own */
	bool unit_known;   /* the unit need not be in the table */
	/* of each column of the form: what it is where the file has no such column, or NULL */
	const char **given;
	const char *sheet; /* of a workbook: name, or number from 1; NULL: the one with the form */
	bool verbose;      /* a note of every cell that is kept as something else */
};

struct intake_entry {
	uint32_t number;            /* line of the row, or number of the form in the file */
	uint32_t line, column;      /* where it begins */
	struct grid_cell *cells;    /* of a form: one per column; text NULL: not there */
	const struct grid_row *row; /* of a table, else NULL */
};

struct intake_values {
	uint32_t line, column;   /* of the entry */
	struct grid_cell *cells; /* one per column of the form; text NULL: not there */
	const char *seq;         /* 序号 as it was typed, or NULL */
	struct node *fields;
	bool nothing; /* there is no figure to enter, which is told */
	struct findings findings;
};

struct intake {
	/* given */
	const struct plan *plan;
	const struct intake_form *form;
	struct arena *arena; /* what intake_read makes lives in it */
	struct findings *findings;
	struct intake_options options;
	/* made by intake_decode */
	struct str text; /* the file's bytes; of a CSV then where the cells' texts are */
	struct decoded decoded;
	/* made by intake_read */
	struct grid grid;
	const struct grid_row *header; /* NULL: forms, or no table was found */
	int *map;           /* of each cell of the header: column, or HEADING_… below */
	uint32_t width;     /* cells that a row has */
	const char **given; /* of each column: its text where the file has none, or NULL */
	bool *percent;      /* of each column: its heading carries a percent sign */
	struct intake_entry *entries;
	size_t count, cap;
	struct arena *work; /* of intake_values */
	struct map known;   /* texts of cells that were read before, without a finding */
	size_t titles, empty, totals, footers; /* rows that were passed over */
};

#define MAP_NONE (-1)     /* a heading that nobody knows */
#define MAP_PERSONAL (-2) /* dropped */
#define MAP_EMPTY (-3)    /* no heading */

/*
 * intake_decode: the first step; the file's bytes are taken over, and not changed: who looks at
 * them too may do so until intake_read. 0; -1 after an error that concerns the whole file, or when
 * out of memory (errno ENOMEM).
 */
int intake_decode(struct intake *in, const char *name, struct str *bytes);

/* intake_read: the rest. 0: entries were read, with what is wrong in their findings; -1 as
 * above. */
int intake_read(struct intake *in);

/*
 * intake_values: what the entry's cells become, in `work`; the caller releases its findings. -1
 * when out of memory.
 */
int intake_values(struct intake *in, size_t entry, struct arena *work,
		  struct intake_values *values);

/*
 * What a cell becomes, known without the rest of its row: who reads very many rows asks only for
 * what is new in each. Of two entries whose cells are empty in the same columns, equal where their
 * columns are read jointly, known without a finding where they are read alone, and plain elsewhere,
 * both are read without a finding, or neither. What is not plain is read jointly.
 */
enum intake_way {
	INTAKE_TEXT,    /* a plain one becomes the value as it is */
	INTAKE_LINE,    /* the same */
	INTAKE_NUMBER,  /* plain digits are the value */
	INTAKE_ALONE,   /* the cell alone decides */
	INTAKE_JOINTLY, /* other cells do too */
};

enum intake_way intake_way(const struct intake_form *form, const struct intake_column *column);

/* intake_plain: whether a text of n bytes, not empty, is plain in such a column. */
bool intake_plain(enum intake_way way, const char *text, size_t n);

/* intake_row: of an entry that is a row of a table, of which as a row nothing is told; else
 * NULL. */
const struct grid_row *intake_row(const struct intake *in, size_t entry);

/* intake_units: all units that the entries' cells name; *missing: some name none. */
struct unit_set intake_units(const struct intake *in, bool *missing);

void intake_release(struct intake *in);

#endif
