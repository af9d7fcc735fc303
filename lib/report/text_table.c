#include "report/page.h"

#include <stdint.h>

#include "base/date.h"
#include "base/utf8.h"
#include "report/wrap.h"

/*
 * How narrow columns may get, tried in this order until the table fits the page: text columns
 * first, then headers and 未报送 above and among values, at last names of units and other values of
 * several words, and the spaces between columns; an id, a date or a number stays whole, in a text
 * column what is no longer than a date.
 */
static const struct step {
	size_t text, words, values, gap;
} steps[] = {
	{ 24, SIZE_MAX, SIZE_MAX, 2 },
	{ 16, SIZE_MAX, SIZE_MAX, 2 },
	{ 16, 8, SIZE_MAX, 2 },
	{ 12, 8, SIZE_MAX, 2 },
	{ 8, 8, SIZE_MAX, 2 },
	{ 8, 6, SIZE_MAX, 2 },
	{ 8, 4, SIZE_MAX, 2 },
	{ 8, 8, 12, 2 },
	{ 8, 8, 8, 2 },
	{ 8, 4, 8, 2 },
	{ 8, 2, 8, 2 },
	{ 8, 6, SIZE_MAX, 1 },
	{ 8, 2, SIZE_MAX, 1 },
};

#define NSTEPS (sizeof(steps) / sizeof(steps[0]))

struct view_column {
	const struct column *column;
	struct passage header;
	bool wraps, right;
	size_t soft;  /* widest of the texts: of a text column, or headers and 未报送 */
	size_t value; /* widest of the values */
	size_t whole; /* widest part of the values that stays whole */
	size_t width; /* decided */
};

/* a table as people read it */
struct view {
	const struct table *table;
	struct view_column *columns;
	size_t ncolumns, nrows;
	struct passage *cells;  /* nrows * ncolumns */
	struct passage *header; /* ncolumns */
	size_t *from;           /* per column: how far the row being written has come */
	size_t gap;             /* decided: spaces between columns */
};

static size_t larger(size_t a, size_t b)
{
	return a > b ? a : b;
}

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

static bool type_wraps(enum cell_type type)
{
	return type == CELL_TEXT || type == CELL_LIST;
}

/* a note below a figure stands on its own line; in an id or a date a newline is a fault to be seen */
static bool has_lines(enum cell_type type, const struct cell *cell)
{
	return type_wraps(type) || type == CELL_FIGURE || !cell->present;
}

static void measure_column(struct page *page, struct view *view, size_t at, size_t table_at)
{
	struct view_column *column = &view->columns[at];

	column->column = &view->table->columns[table_at];
	column->wraps = type_wraps(column->column->type);
	column->right = column->column->type == CELL_FIGURE || column->column->type == CELL_INTEGER;
	column->header = page_words(page, column->column->title, true);
	column->soft = column->header.width;
	view->header[at] = column->header;
	for (size_t i = 0; i < view->nrows; i++) {
		const struct cell *cell = &view->table->cells[i * view->table->ncolumns + table_at];
		struct passage *passage = &view->cells[i * view->ncolumns + at];
		size_t word;

		*passage = page_passage(page, NULL, column->column->type, cell,
					has_lines(column->column->type, cell));
		word = wrap_word(passage->text, passage->len);
		if (!column->wraps || word < DATE_SIZE)
			column->whole = larger(column->whole, word);
		if (column->wraps || passage->words)
			column->soft = larger(column->soft, passage->width);
		else
			column->value = larger(column->value, passage->width);
	}
}

static int make_view(struct page *page, const struct table *table, struct view *view)
{
	size_t at = 0;

	*view = (struct view){ .table = table, .nrows = table->nrows };
	for (size_t i = 0; i < table->ncolumns; i++)
		view->ncolumns += !(table->columns[i].flags & COLUMN_DATA_ONLY);
	view->columns = arena_array(page->arena, view->ncolumns, sizeof(*view->columns));
	view->header = arena_array(page->arena, view->ncolumns, sizeof(*view->header));
	view->from = arena_array(page->arena, view->ncolumns, sizeof(*view->from));
	/* the table itself holds as many cells: no overflow */
	view->cells = arena_array(page->arena, view->nrows * view->ncolumns, sizeof(*view->cells));
	if (!view->columns || !view->header || !view->from || !view->cells) {
		page->failed = true;
		return -1;
	}
	for (size_t i = 0; i < table->ncolumns; i++)
		if (!(table->columns[i].flags & COLUMN_DATA_ONLY))
			measure_column(page, view, at++, i);
	return 0;
}

static size_t weight_of(const struct view_column *column)
{
	return column->column->weight ? column->column->weight : 1;
}

/* the text column that has least of what its weight gives it, among those that need more; or NULL
 */
static struct view_column *neediest(const struct view *view)
{
	struct view_column *found = NULL;

	for (size_t i = 0; i < view->ncolumns; i++) {
		struct view_column *column = &view->columns[i];

		if (!column->wraps || column->width >= column->soft)
			continue;
		if (!found || column->width * weight_of(found) < found->width * weight_of(column))
			found = column;
	}
	return found;
}

/* false when the table is wider than the page even so */
static bool fit(struct view *view, size_t page_width, const struct step *step)
{
	size_t used = (view->ncolumns - 1) * step->gap, rest;
	struct view_column *column;

	view->gap = step->gap;

	for (size_t i = 0; i < view->ncolumns; i++) {
		column = &view->columns[i];
		column->width = smaller(column->soft, column->wraps ? step->text : step->words);
		column->width = larger(column->width, smaller(column->value, step->values));
		column->width = larger(column->width, column->whole);
		used += column->width;
	}
	if (used > page_width)
		return false;
	/* two at a time: half a Chinese character is of no use */
	for (rest = page_width - used; rest && (column = neediest(view)) != NULL;) {
		size_t more = smaller(smaller(2, rest), column->soft - column->width);

		column->width += more;
		rest -= more;
	}
	return true;
}

/* the next line of a cell in its column */
static void put_cell(struct page *page, const struct view *view, size_t at,
		     const struct passage *cell)
{
	const struct view_column *column = &view->columns[at];
	size_t next = 0, len = 0, width = 0, *from = &view->from[at];

	if (*from < cell->len) {
		len = wrap_line(cell->text + *from, cell->len - *from, column->width, &next);
		width = utf8_width(cell->text + *from, len);
	}
	if (column->right)
		page->blanks += column->width - width;
	page_span(page, cell, *from, len);
	if (!column->right)
		page->blanks += column->width - width;
	page->blanks += view->gap;
	*from += next;
}

static bool all_written(const struct view *view, const struct passage *cells)
{
	for (size_t i = 0; i < view->ncolumns; i++)
		if (view->from[i] < cells[i].len)
			return false;
	return true;
}

static void put_row(struct page *page, const struct view *view, const struct passage *cells)
{
	for (size_t i = 0; i < view->ncolumns; i++)
		view->from[i] = 0;
	do {
		for (size_t i = 0; i < view->ncolumns; i++)
			put_cell(page, view, i, &cells[i]);
		page_newline(page);
	} while (!all_written(view, cells));
}

/* headers stand on the rule: a short one has its empty lines above */
static void put_header(struct page *page, const struct view *view)
{
	size_t lines = 1;

	for (size_t i = 0; i < view->ncolumns; i++) {
		const struct passage *header = &view->header[i];

		lines = larger(lines,
			       wrap_count(header->text, header->len, view->columns[i].width));
		view->from[i] = 0;
	}
	for (; lines; lines--) {
		for (size_t i = 0; i < view->ncolumns; i++) {
			const struct passage *header = &view->header[i];
			size_t from = view->from[i], width = view->columns[i].width;

			if (wrap_count(header->text + from, header->len - from, width) < lines)
				page->blanks += width + view->gap;
			else
				put_cell(page, view, i, header);
		}
		page_newline(page);
	}
}

static void put_rule(struct page *page, const struct view *view)
{
	for (size_t i = 0; i < view->ncolumns; i++) {
		if (view->columns[i].width) {
			str_pad(page->out, ' ', page->blanks);
			str_pad(page->out, '-', view->columns[i].width);
			page->blanks = 0;
		}
		page->blanks += view->gap;
	}
	page_newline(page);
}

static void put_columns(struct page *page, const struct view *view)
{
	put_header(page, view);
	put_rule(page, view);
	for (size_t i = 0; i < view->nrows; i++)
		put_row(page, view, &view->cells[i * view->ncolumns]);
}

/* the last resort: a line per cell, an empty one between the rows */
static void put_records(struct page *page, const struct view *view)
{
	const struct table *table = view->table;

	for (size_t i = 0; i < table->nrows; i++) {
		if (i)
			page_newline(page);
		for (size_t j = 0; j < table->ncolumns; j++) {
			const struct column *column = &table->columns[j];
			const struct cell *cell = &table->cells[i * table->ncolumns + j];
			struct passage field;

			if (column->flags & COLUMN_DATA_ONLY)
				continue;
			field = page_passage(page, column->title, column->type, cell,
					     has_lines(column->type, cell));
			page_wrapped(page, &field, HANGING);
		}
	}
}

void page_table(struct page *page, const struct table *table)
{
	struct view view;
	struct passage words;
	bool fits = false;

	if (table->title) {
		words = page_words(page, table->title, false);
		page_wrapped(page, &words, 0);
	}
	if (!table->nrows) {
		words = page_words(page, table->empty, true);
		page_wrapped(page, &words, 0);
		return;
	}
	if (make_view(page, table, &view) < 0 || !view.ncolumns)
		return;
	for (size_t i = 0; i < NSTEPS && !fits; i++)
		fits = fit(&view, page->width, &steps[i]);
	if (fits)
		put_columns(page, &view);
	else
		put_records(page, &view);
}
