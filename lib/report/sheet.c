#include "report/sheet.h"

#include "report/cell.h"
#include "report/render.h"

void book_init(struct book *book, struct arena *arena, const char *title)
{
	*book = (struct book){ .arena = arena, .title = arena_strdup(arena, title) };
	book->failed = title && !book->title;
}

/* zeroed, or NULL and a failed book */
static void *take(struct book *book, size_t n, size_t size)
{
	void *p = book->failed ? NULL : arena_array(book->arena, n, size);

	book->failed = !p;
	return p;
}

static const char *copy_text(struct book *book, const char *text)
{
	const char *copy = book->failed ? NULL : arena_strdup(book->arena, text);

	book->failed = book->failed || (text && !copy);
	return copy;
}

struct sheet *book_sheet(struct book *book, const char *name, const unsigned *widths,
			 unsigned ncolumns)
{
	struct sheet *sheet = take(book, 1, sizeof(*sheet));

	if (!sheet)
		return NULL;
	*sheet = (struct sheet){
		.book = book, .name = copy_text(book, name), .widths = widths, .ncolumns = ncolumns
	};
	if (book->last)
		book->last->next = sheet;
	else
		book->first = sheet;
	book->last = sheet;
	return sheet;
}

struct sheet_row *sheet_row(struct sheet *sheet, unsigned height)
{
	struct sheet_row *row = sheet ? take(sheet->book, 1, sizeof(*row)) : NULL;

	if (!row)
		return NULL;
	row->cells = take(sheet->book, sheet->ncolumns, sizeof(*row->cells));
	if (!row->cells)
		return NULL;
	row->height = height;
	if (sheet->last)
		sheet->last->next = row;
	else
		sheet->first = row;
	sheet->last = row;
	sheet->nrows++;
	return row;
}

void sheet_put(struct sheet *sheet, struct sheet_row *row, unsigned column, enum sheet_style style,
	       unsigned span, const char *text)
{
	if (row)
		row->cells[column] = (struct sheet_cell){ .text = copy_text(sheet->book, text),
							  .style = style,
							  .span = span };
}

void sheet_take(struct sheet *sheet, struct sheet_row *row, unsigned column, enum sheet_style style,
		unsigned span, struct str *text)
{
	sheet_put(sheet, row, column, style, span, str_text(text));
	if (text->failed && sheet)
		sheet->book->failed = true;
	str_reset(text);
}

static void put_row(struct str *out, const struct sheet *sheet, const struct sheet_row *row)
{
	for (unsigned i = 0; i < sheet->ncolumns; i++) {
		str_add(out, i ? "," : "");
		csv_add_cell(out, row->cells[i].text, row->cells[i].style == SHEET_NUMBER);
	}
	str_add(out, CSV_ROW_END);
}

int book_csv(const struct book *book, struct str *out)
{
	size_t start = out->len;

	str_add(out, CSV_BOM);
	for (const struct sheet *sheet = book->first; sheet; sheet = sheet->next) {
		str_add(out, sheet == book->first ? "" : CSV_ROW_END);
		for (const struct sheet_row *row = sheet->first; row; row = row->next)
			put_row(out, sheet, row);
	}
	return writer_end(out, start, book->failed);
}
