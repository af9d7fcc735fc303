/*
 * sheet.h: tables as they are laid on paper: forms, and what a spreadsheet gets of a report.
 *
 * A book is sheets, a sheet is rows of cells with their style. It is filled as a report is
 * (report.h): all lives in the arena, texts are copied, out of memory is sticky, and each writer
 * makes texts safe for its own form.
 *
 *	book_init(&book, &arena, "问题清单");
 *	sheet = book_sheet(&book, "泾川", widths, 2);
 *	row = sheet_row(sheet, 0);
 *	sheet_put(sheet, row, 0, SHEET_TITLE, 2, "问题清单");
 *	if (book_xlsx(&book, day, &out) < 0) ...
 */
#ifndef DUBAN_REPORT_SHEET_H
#define DUBAN_REPORT_SHEET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"

enum sheet_style {
	SHEET_NONE,   /* nothing: no text, no frame */
	SHEET_TEXT,   /* framed, left, wraps */
	SHEET_MIDDLE, /* framed, centred, wraps */
	SHEET_NUMBER, /* framed, right: a number for the spreadsheet where the text is one */
	SHEET_HEAD,   /* framed, centred, bold: the header of a column, a label */
	SHEET_TITLE,  /* large, centred */
	SHEET_LINE,   /* plain, left */
	SHEET_RIGHT,  /* plain, right */
	SHEET_NOTE,   /* plain, left, small */
	SHEET_STYLES,
};

struct sheet_cell {
	const char *text; /* NULL: empty */
	enum sheet_style style;
	unsigned span; /* columns that it covers, from 1; the cells that it covers stay empty */
};

struct sheet_row {
	struct sheet_cell *cells; /* one for each column */
	unsigned height;          /* points at least; texts that wrap make it higher */
	bool breaks;              /* starts a new page */
	struct sheet_row *next;
};

struct sheet {
	struct book *book;
	const char *name;
	/* in columns on a terminal; must outlive the book. What is to fit on A4 is at most 68 wide
	 * together, 102 across: then it does also where digits of another font are wider. */
	const unsigned *widths;
	unsigned ncolumns;
	struct sheet_row *first, *last;
	unsigned nrows;
	unsigned head; /* so many first rows stand on every page */
	bool landscape;
	struct sheet *next;
};

struct book {
	struct arena *arena;
	const char *title;
	struct sheet *first, *last;
	bool failed;
};

void book_init(struct book *book, struct arena *arena, const char *title);

/* book_sheet: adds a sheet; NULL when out of memory, and the calls below take it. */
struct sheet *book_sheet(struct book *book, const char *name, const unsigned *widths,
			 unsigned ncolumns);

/* sheet_row: adds a row of cells SHEET_NONE, `height` points high at least (0: as its texts are);
 * NULL when out of memory. */
struct sheet_row *sheet_row(struct sheet *sheet, unsigned height);

/* sheet_put: fills cell `column` of the row (may be NULL); text NULL: empty. */
void sheet_put(struct sheet *sheet, struct sheet_row *row, unsigned column, enum sheet_style style,
	       unsigned span, const char *text);

/* sheet_take: the same of a text that was put together; it is emptied for the next. */
void sheet_take(struct sheet *sheet, struct sheet_row *row, unsigned column, enum sheet_style style,
		unsigned span, struct str *text);

/*
 * book_csv: the sheets one after the other, an empty line between, cells as render_csv writes them
 * (render.h): BOM, all quoted, no formulas. 0, or -1 with errno ENOMEM and nothing appended.
 */
int book_csv(const struct book *book, struct str *out);

/*
 * book_xlsx: Office Open XML (ECMA-376) for A4: first rows repeated on every page, page breaks, the
 * print area, rows as high as their texts; one that is higher than the format has rows, or a page
 * is, is several with their cells merged. Texts are strings and never formulas; control characters
 * that no record holds are made visible. `created` is the date in its properties, so that the same
 * book is the same bytes.
 *
 * 0, or -1 with errno and nothing appended: ENOMEM, EOVERFLOW for a text of more than 32,767
 * characters or a sheet of more than 1,048,576 rows, else what a file in memory or a temporary one
 * failed with.
 */
int book_xlsx(const struct book *book, day_t created, struct str *out);

#endif
