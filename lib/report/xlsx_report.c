/*
 * A report as a book: a sheet for each table, its title and the facts above it; paragraphs under
 * the table of their section that they follow, or its first. A report without a table is one sheet
 * of its words.
 */
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "report/cell.h"
#include "report/render.h"
#include "report/sheet.h"

#define NARROW 8u
#define WIDE 40u
#define PORTRAIT 68u /* columns that fit on A4 */

static const unsigned WORDS_ONLY[] = { 66 };

static const char *report_title(const struct report *report)
{
	for (size_t i = 0; i < report->nblocks; i++)
		if (report->blocks[i].type == BLOCK_HEADING)
			return report->blocks[i].text;
	return NULL;
}

/* one text over the whole width */
static void put_line(struct sheet *sheet, enum sheet_style style, const char *text)
{
	if (sheet)
		sheet_put(sheet, sheet_row(sheet, 0), 0, style, sheet->ncolumns, text);
}

static void put_facts(struct sheet *sheet, const struct report *report)
{
	struct str text = { 0 };

	for (size_t i = 0; i < report->nfacts; i++) {
		const struct fact *fact = &report->facts[i];

		if (!fact->title || !sheet)
			continue;
		str_addf(&text, "%s：", fact->title);
		cell_add_shown(&text, fact->type, &fact->cell, "—");
		sheet_take(sheet, sheet_row(sheet, 0), 0, SHEET_LINE, sheet->ncolumns, &text);
	}
	str_release(&text);
}

/* the next block with a table, from `from` in steps of `step`; within the section, or anywhere */
static size_t find_table(const struct report *report, size_t from, size_t step, bool section)
{
	for (size_t i = from; i < report->nblocks; i += step) {
		const struct block *block = &report->blocks[i];

		if (block_data(block))
			return i;
		if (section && block->type == BLOCK_HEADING)
			break;
	}
	return report->nblocks;
}

/* the block whose table the paragraph goes under; nblocks when there is no table */
static size_t home_of(const struct report *report, size_t paragraph)
{
	size_t n = report->nblocks, found;

	for (int section = 1; section >= 0; section--) {
		/* a step back from 0 is beyond the end, too */
		found = find_table(report, paragraph - 1, SIZE_MAX, section);
		if (found == n)
			found = find_table(report, paragraph + 1, 1, section);
		if (found != n)
			return found;
	}
	return n;
}

static void put_paragraphs(struct sheet *sheet, const struct report *report, size_t home)
{
	for (size_t i = 0; i < report->nblocks; i++)
		if (report->blocks[i].type == BLOCK_PARAGRAPH && home_of(report, i) == home)
			put_line(sheet, SHEET_NOTE, report->blocks[i].text);
}

/* the widest line of a text */
static unsigned width_of(const char *text)
{
	size_t widest = 0;

	for (;;) {
		size_t n = strcspn(text, "\n"), width = utf8_width(text, n);

		widest = width > widest ? width : widest;
		if (!text[n])
			return widest > WIDE ? WIDE : (unsigned)widest;
		text += n + 1;
	}
}

static void widen(unsigned *width, const char *text)
{
	unsigned wanted = width_of(text) + 2;

	*width = wanted > *width ? wanted : *width;
}

static enum sheet_style style_of(enum cell_type type)
{
	static const enum sheet_style styles[] = {
		[CELL_TEXT] = SHEET_TEXT,      [CELL_CODE] = SHEET_MIDDLE,
		[CELL_DATE] = SHEET_MIDDLE,    [CELL_FIGURE] = SHEET_NUMBER,
		[CELL_INTEGER] = SHEET_NUMBER, [CELL_BOOLEAN] = SHEET_MIDDLE,
		[CELL_LIST] = SHEET_TEXT,
	};

	return styles[type];
}

static void put_rows(struct sheet *sheet, const struct table *table, unsigned *widths)
{
	struct sheet_row *row = sheet_row(sheet, 0);
	struct str text = { 0 };

	for (unsigned i = 0; i < sheet->ncolumns; i++) {
		cell_add_title(&text, table, i);
		widths[i] = NARROW;
		widen(&widths[i], str_text(&text));
		sheet_take(sheet, row, i, SHEET_HEAD, 1, &text);
	}
	sheet->head = sheet->nrows;
	for (size_t k = 0; k < table->nrows; k++) {
		row = sheet_row(sheet, 0);
		for (unsigned i = 0; i < sheet->ncolumns; i++) {
			enum cell_type type = table->columns[i].type;

			cell_add_sheet(&text, type, &table->cells[k * table->ncolumns + i]);
			widen(&widths[i], str_text(&text));
			sheet_take(sheet, row, i, style_of(type), 1, &text);
		}
	}
	str_release(&text);
}

static void put_table(struct book *book, const struct report *report, const struct table *table)
{
	unsigned *widths = arena_array(book->arena, table->ncolumns, sizeof(*widths));
	const char *title = table->title ? table->title : report_title(report);
	struct sheet *sheet = NULL;
	unsigned all = 0;

	if (widths)
		sheet = book_sheet(book, title, widths, (unsigned)table->ncolumns);
	if (!sheet) {
		book->failed = true;
		return;
	}
	if (title)
		put_line(sheet, SHEET_TITLE, title);
	put_facts(sheet, report);
	put_rows(sheet, table, widths);
	for (size_t i = 0; i < table->ncolumns; i++)
		all += widths[i];
	sheet->landscape = all > PORTRAIT;
}

int render_xlsx(const struct report *report, day_t created, struct str *out)
{
	struct arena arena = { 0 };
	struct book book;
	int result;

	book_init(&book, &arena, report_title(report));
	for (size_t i = 0; i < report->nblocks; i++) {
		if (!block_data(&report->blocks[i]))
			continue;
		put_table(&book, report, block_data(&report->blocks[i]));
		put_paragraphs(book.last, report, i);
	}
	if (!book.last) {
		put_line(book_sheet(&book, book.title, WORDS_ONLY, 1), SHEET_TITLE, book.title);
		put_facts(book.last, report);
		put_paragraphs(book.last, report, report->nblocks);
	}
	book.failed = book.failed || report->failed;
	result = book_xlsx(&book, created, out);
	arena_release(&arena);
	return result;
}
