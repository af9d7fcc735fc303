/*
 * report.h: a report as data: facts, headings, paragraphs and typed tables, in reading order.
 *
 * A command or the model fills a report; a writer (render.h) turns the same report into text, CSV
 * or JSON. A figure is formatted once, when its cell is made, so it is the same in every form.
 * Everything lives in the report's arena and dies with it; all texts are copied, except the columns
 * of a table. Texts are UTF-8 as the records have them: each writer makes them safe for its own
 * form, so nothing is escaped here.
 *
 *	report_init(&report, &arena);
 *	report_heading(&report, 1, "问题台账");
 *	report_as_of(&report, "截至", "2024-05-06");
 *	table = report_table(&report, "problems", NULL, NULL, columns, 2);
 *	row = table_row(&report, table);
 *	cell_text(&report, &row[0], id);
 *	cell_integer(&row[1], days);
 *	if (render_text(&report, &options, &out) < 0) ...
 *
 * Out of memory is sticky: `failed` is set, further additions do nothing, and every writer refuses
 * a failed report; so the calls that fill one need no check each.
 */
#ifndef DUBAN_REPORT_REPORT_H
#define DUBAN_REPORT_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

enum cell_type {
	CELL_TEXT,    /* words; wraps */
	CELL_CODE,    /* an id, a unit, a state: never wraps */
	CELL_DATE,    /* YYYY-MM-DD or a moment */
	CELL_FIGURE,  /* a number with its precision: right-aligned; a string in JSON */
	CELL_INTEGER, /* a count: right-aligned; an integer in JSON */
	CELL_BOOLEAN, /* 是 or 否; true or false in JSON */
	CELL_LIST,    /* several texts: joined by 、, wraps; an array of strings in JSON */
};

/* what a cell means at a glance: colour on a terminal, never the only sign */
enum tone { TONE_NONE, TONE_RED, TONE_YELLOW, TONE_GREEN, TONE_DIM };

#define COLUMN_DATA_ONLY 1u /* in JSON and CSV, not in what people read */
#define COLUMN_READ_ONLY 2u /* in what people read, not in JSON (CSV has it) */

/* most columns of a table; a caller whose columns come from data has to see to it */
#define TABLE_COLUMNS 64

struct column {
	const char *key;   /* JSON name, ASCII; may be NULL with COLUMN_READ_ONLY */
	const char *title; /* Chinese header */
	enum cell_type type;
	unsigned flags;  /* COLUMN_..., or 0 */
	unsigned weight; /* share of the free width a CELL_TEXT or CELL_LIST column gets; 0: 1 */
};

/* Filled by the cell_ functions below; a caller sets only `tone` by hand. */
struct cell {
	bool present;      /* false: null in JSON; `text` (or nothing) in what people read */
	const char *text;  /* what people read; NULL: made from the value */
	const char *code;  /* what JSON keeps of a text, when it is not `text`; or NULL */
	int64_t integer;   /* CELL_INTEGER */
	bool boolean;      /* CELL_BOOLEAN */
	const char **list; /* CELL_LIST */
	size_t nlist;
	enum tone tone;
};

struct table {
	const char *key;   /* JSON name of the array; NULL: not in JSON */
	const char *title; /* NULL: none is printed */
	const char *empty; /* printed instead of rows when there are none: 无, 未报送 */
	const struct column *columns;
	size_t ncolumns;
	struct cell *cells; /* nrows * ncolumns */
	size_t nrows, cap;
};

enum chart_type {
	CHART_LINES, /* over the rows, from left to right */
	CHART_BARS,  /* one row each, from above */
};

/* what a column of a chart's table is in the picture */
enum chart_role {
	ROLE_NONE,  /* data only */
	ROLE_LABEL, /* names of the rows */
	ROLE_MAIN,  /* the line or bar that it is about */
	ROLE_OTHER, /* a second line beside it */
	ROLE_PLAN,  /* a line as it should go */
	ROLE_WORDS, /* what is said of a row that has no bar */
};

/* a level to compare with, all along; a mark at a place among the rows */
struct chart_level {
	const char *name;
	int64_t value; /* in units of 10^-places */
	struct chart_level *next;
};
struct chart_mark {
	const char *text;
	int64_t at; /* hundredths of rows: 150 lies between the second and the third */
	struct chart_mark *next;
};

/*
 * A picture of a table. Its figures are those of the table's cells. Who writes for programs writes
 * the table, unless it stands elsewhere in the report already (`drawn_only`).
 */
struct chart {
	enum chart_type type;
	const char *title;
	const char *unit; /* behind a figure: %, 件 */
	unsigned places;  /* of the figures */
	struct table *table;
	enum chart_role roles[TABLE_COLUMNS];
	struct chart_level *levels, **last_level;
	struct chart_mark *marks, **last_mark;
	bool drawn_only;
};

enum block_type { BLOCK_HEADING, BLOCK_PARAGRAPH, BLOCK_TABLE, BLOCK_CHART };

struct block {
	enum block_type type;
	unsigned level; /* heading: 1 title, 2 一、, 3 （一） */
	const char *text;
	struct table *table;
	struct chart *chart;
};

/* a fact of the whole report: first level of JSON; people read it when it has a title */
struct fact {
	const char *key, *title;
	enum cell_type type;
	struct cell cell;
};

struct report {
	struct arena *arena;
	struct fact *facts;
	size_t nfacts, facts_cap;
	struct block *blocks;
	size_t nblocks, blocks_cap;
	bool failed;
	struct cell spare[TABLE_COLUMNS]; /* what is filled when memory has run out */
};

/* report_init: an empty report whose parts live in `arena`; allocates nothing, needs no release. */
void report_init(struct report *report, struct arena *arena);

/*
 * report_fact: adds a fact and returns its (absent) cell to fill, before the next fact is added:
 * facts move. key: JSON name, NULL: not in JSON; title: NULL: only in JSON. Never NULL: a spare
 * cell when out of memory.
 */
struct cell *report_fact(struct report *report, const char *key, const char *title,
			 enum cell_type type);

/*
 * report_as_of: the fact "as_of", as people read it: 2024年5月6日 for a date; a moment stays as it
 * is. stamp_words: appends that.
 */
void stamp_words(struct str *out, const char *stamp);
void report_as_of(struct report *report, const char *title, const char *stamp);

/* report_heading: level from 1; the numbering (一、) is part of the text; NULL text: nothing. */
void report_heading(struct report *report, unsigned level, const char *text);

/* report_paragraph: a newline in the text stays one in what people read; NULL text: nothing. */
void report_paragraph(struct report *report, const char *text);

/*
 * report_table: adds an empty table; `columns` must outlive the report and be at most TABLE_COLUMNS
 * (more set `failed`). Two tables of one key are one array in JSON, in their order. title may be
 * NULL; empty: NULL is 无. The table stays valid as long as the arena. NULL when out of memory; the
 * calls below take it.
 */
struct table *report_table(struct report *report, const char *key, const char *title,
			   const char *empty, const struct column *columns, size_t ncolumns);

/*
 * table_row: adds a row of absent cells and returns its first cell, to be filled before the next
 * row is added: rows move. Never NULL: a spare row when out of memory or `table` is NULL.
 */
struct cell *table_row(struct report *report, struct table *table);

/*
 * report_chart: adds a picture of `table`, which stands in the report already (report_table);
 * chart_data makes it the chart's own instead, which is not shown as a table beside it. Columns get
 * their roles in chart->roles; the table is filled before or after. NULL when out of memory; the
 * calls below take it.
 */
struct chart *report_chart(struct report *report, enum chart_type type, const char *title,
			   const char *unit, unsigned places, struct table *table);
struct table *chart_data(struct report *report, struct chart *chart, const char *key,
			 const struct column *columns, size_t ncolumns);
void chart_level(struct report *report, struct chart *chart, const char *name, int64_t value);
void chart_mark(struct report *report, struct chart *chart, int64_t at, const char *text);

/*
 * Filling a cell; the tone stays. NULL text (code too, for cell_code) leaves the cell absent.
 * cell_text: also figures and dates, already formatted.
 * cell_code: `code` for JSON, `text` for people and CSV; either NULL: the other one.
 * cell_list: n texts, none of them NULL; n 0 is [] in JSON and 无 for people.
 * cell_shown: what people read instead of a value set before: names for ids, 3个工作日 for 3.
 * cell_absent: what people read where there is no value (未报送, 不适用, 方案未设定目标值); NULL: a
 * dash.
 */
void cell_text(struct report *report, struct cell *cell, const char *text);
void cell_code(struct report *report, struct cell *cell, const char *code, const char *text);
void cell_integer(struct cell *cell, int64_t value);
void cell_boolean(struct cell *cell, bool value);
void cell_list(struct report *report, struct cell *cell, const char *const *texts, size_t n);
void cell_shown(struct report *report, struct cell *cell, const char *text);
void cell_absent(struct report *report, struct cell *cell, const char *text);

#endif
