/*
 * A book as Office Open XML by libxlsxwriter. It needs a file that it can seek in: here one in
 * memory. The parts it writes have no clock in them, but for the properties, which are set.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <xlsxwriter.h>

#include "base/utf8.h"
#include "report/cell.h"
#include "report/sheet.h"
#include "report/wrap.h"
#include "report/xlsx_whole.h"

#define FONT "宋体"
#define A4 9
#define ACROSS 102u /* columns that fit on it */
#define HEX "0123456789abcdefABCDEF"
#define MOST_ROWS 1048576u
#define MOST_CHARACTERS ((size_t)32767)
#define MOST_NAME ((size_t)31)
#define MOST_HEIGHT 409u
#define PIECE_HEIGHT 122u /* eight lines: a page ends between two of them */
#define MOST_DIGITS 15    /* what a double holds exactly */
#define MOST_PLACES 6
#define SECONDS_A_DAY 86400

struct xlsx {
	lxw_workbook *workbook;
	lxw_format *formats[SHEET_STYLES];
	lxw_format *tall[SHEET_STYLES];      /* of rows that may go on over pages */
	lxw_format *places[MOST_PLACES + 1]; /* of SHEET_NUMBER */
	struct str safe;
	int error; /* errno of the first failure, or 0 */
};

/* 五号 (10.5 points), 小二 and 小五, as Chinese offices have them */
static void make_format(struct xlsx *x, lxw_format **slot, enum sheet_style style, bool on_top)
{
	static const struct {
		uint8_t align, half_points, framed, bold;
	} looks[SHEET_STYLES] = {
		[SHEET_NONE] = { LXW_ALIGN_LEFT, 21, 0, 0 },
		[SHEET_TEXT] = { LXW_ALIGN_LEFT, 21, 1, 0 },
		[SHEET_MIDDLE] = { LXW_ALIGN_CENTER, 21, 1, 0 },
		[SHEET_NUMBER] = { LXW_ALIGN_RIGHT, 21, 1, 0 },
		[SHEET_HEAD] = { LXW_ALIGN_CENTER, 21, 1, 1 },
		[SHEET_TITLE] = { LXW_ALIGN_CENTER, 36, 0, 1 },
		[SHEET_LINE] = { LXW_ALIGN_LEFT, 21, 0, 0 },
		[SHEET_RIGHT] = { LXW_ALIGN_RIGHT, 21, 0, 0 },
		[SHEET_NOTE] = { LXW_ALIGN_LEFT, 18, 0, 0 },
	};
	lxw_format *format = workbook_add_format(x->workbook);

	*slot = format;
	if (!format) {
		x->error = ENOMEM;
		return;
	}
	format_set_font_name(format, FONT);
	format_set_font_size(format, looks[style].half_points / 2.0);
	format_set_align(format, looks[style].align);
	format_set_align(format, on_top ? LXW_ALIGN_VERTICAL_TOP : LXW_ALIGN_VERTICAL_CENTER);
	format_set_text_wrap(format);
	if (looks[style].framed)
		format_set_border(format, LXW_BORDER_THIN);
	if (looks[style].bold)
		format_set_bold(format);
	/* what is typed into a cell of text stays text too: 1-2 is no date */
	format_set_num_format(format, "@");
}

static void make_formats(struct xlsx *x)
{
	static const char *const forms[MOST_PLACES + 1] = { "0",      "0.0",     "0.00",    "0.000",
							    "0.0000", "0.00000", "0.000000" };

	for (int style = SHEET_NONE; style < SHEET_STYLES && !x->error; style++)
		make_format(x, &x->formats[style], (enum sheet_style)style, false);
	for (int style = SHEET_NONE; style < SHEET_STYLES && !x->error; style++)
		make_format(x, &x->tall[style], (enum sheet_style)style, true);
	for (int i = 0; i <= MOST_PLACES && !x->error; i++) {
		make_format(x, &x->places[i], SHEET_NUMBER, false);
		if (!x->error)
			format_set_num_format(x->places[i], forms[i]);
	}
}

/*
 * -12.50: the number and its places; false for what is none, or none that a double holds as it
 * stands. The quotient of two integers that are exact is the double nearest to the text; the
 * library writes 16 digits of it, which is the same wherever its places are shown.
 */
static bool read_number(const char *text, double *value, int *places)
{
	int64_t all = 0, whole = 1;
	bool negative = *text == '-', fraction = false;
	int digits = 0;

	*places = 0;
	for (text += negative; *text; text++) {
		if (*text == '.' && digits && !fraction && text[1]) {
			fraction = true;
			continue;
		}
		if (*text < '0' || *text > '9' || ++digits > MOST_DIGITS)
			return false;
		all = all * 10 + (*text - '0');
		*places += fraction;
		whole *= fraction ? 10 : 1;
	}
	*value = (double)(negative ? -all : all) / (double)whole;
	return digits && *places <= MOST_PLACES;
}

/* _x0041_ is the format's escape of a character (ECMA-376, 22.9.2.19, ST_Xstring) */
static bool is_escape(const char *text)
{
	return text[0] == '_' && text[1] == 'x' && strspn(text + 2, HEX) >= 4 && text[6] == '_';
}

/* the text with control characters made visible, and what looks like an escape escaped */
static void make_safe(struct str *out, const char *text)
{
	struct str visible = { 0 };

	utf8_add_cell(&visible, text, strlen(text));
	for (const char *p = str_text(&visible); *p; p++) {
		str_add(out, is_escape(p) ? "_x005F" : "");
		str_addc(out, *p);
	}
	if (visible.failed)
		out->failed = true;
	str_release(&visible);
}

static lxw_error write_cell(struct xlsx *x, lxw_worksheet *worksheet, lxw_row_t row,
			    lxw_col_t column, enum sheet_style style, const char *text,
			    lxw_format *format)
{
	double value;
	int places;

	if (style == SHEET_NUMBER && read_number(text, &value, &places))
		return worksheet_write_number(worksheet, row, column, value, x->places[places]);
	if (*text)
		return worksheet_write_string(worksheet, row, column, text, format);
	return style == SHEET_NONE ? LXW_NO_ERROR
				   : worksheet_write_blank(worksheet, row, column, format);
}

/* a formula is made by another call than a string is: no text becomes one */
static void put_cell(struct xlsx *x, lxw_worksheet *worksheet, lxw_row_t row, lxw_col_t column,
		     const struct sheet_cell *cell, lxw_row_t pieces)
{
	const char *text = cell->text ? cell->text : "";
	lxw_format *format = pieces > 1 ? x->tall[cell->style] : x->formats[cell->style];
	lxw_col_t last = cell->span > 1 ? (lxw_col_t)(column + cell->span - 1) : column;
	lxw_error error = LXW_NO_ERROR;

	str_reset(&x->safe);
	make_safe(&x->safe, text);
	if (x->safe.failed) {
		x->error = ENOMEM;
		return;
	}
	text = str_text(&x->safe);
	if (utf8_count(text, x->safe.len) > MOST_CHARACTERS) {
		x->error = EOVERFLOW;
		return;
	}
	if (cell->style != SHEET_NONE && (last > column || pieces > 1))
		error = worksheet_merge_range(worksheet, row, column, row + pieces - 1, last, text,
					      format);
	if (error == LXW_NO_ERROR)
		error = write_cell(x, worksheet, row, column, cell->style, text, format);
	if (error != LXW_NO_ERROR || errno == ENOMEM)
		x->error = error == LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE ? EOVERFLOW : ENOMEM;
}

/* The height of so many lines of 五号: 15.2 points each in the fonts that stand in for 宋体 where
 * it is not, less in 宋体 itself. */
static unsigned height_of_lines(size_t lines)
{
	return (unsigned)((lines * 61 + 3) / 4) + 4;
}

static unsigned height_of(const struct sheet *sheet, const struct sheet_row *row)
{
	unsigned height = row->height;

	for (unsigned i = 0; i < sheet->ncolumns; i++) {
		const struct sheet_cell *cell = &row->cells[i];
		unsigned width = 0, needed;

		if (!cell->text || !*cell->text)
			continue;
		for (unsigned k = 0; k < (cell->span ? cell->span : 1); k++)
			width += sheet->widths[i + k];
		/* the font is a little smaller than the width's */
		needed = height_of_lines(
			cell->style == SHEET_TITLE
				? 2
				: wrap_count(cell->text, strlen(cell->text), width + width / 10));
		height = needed > height ? needed : height;
	}
	return height;
}

/* A row of the format has an end, and so has a page: what is higher is several rows with their
 * cells merged, between which a page may end. */
static lxw_row_t pieces_of(unsigned height)
{
	return height > MOST_HEIGHT ? (height + PIECE_HEIGHT - 1) / PIECE_HEIGHT : 1;
}

/* whether the pages are made smaller until the columns fit: where that is done, breaks do not
 * count */
static bool is_to_fit(const struct sheet *sheet)
{
	unsigned all = 0;

	for (unsigned i = 0; i < sheet->ncolumns; i++)
		all += sheet->widths[i];
	for (const struct sheet_row *row = sheet->first; row; row = row->next)
		if (row->breaks)
			return false;
	return all > ACROSS;
}

static void set_page(const struct sheet *sheet, lxw_worksheet *worksheet)
{
	static const char footer[] = "&C第 &P 页，共 &N 页";
	lxw_row_t head = sheet->head;

	worksheet_set_paper(worksheet, A4);
	if (sheet->landscape)
		worksheet_set_landscape(worksheet);
	worksheet_set_margins(worksheet, 0.5, 0.5, 0.6, 0.6);
	worksheet_center_horizontally(worksheet);
	if (is_to_fit(sheet))
		worksheet_fit_to_pages(worksheet, 1, 0);
	worksheet_set_footer(worksheet, footer);
	for (unsigned i = 0; i < sheet->ncolumns; i++)
		worksheet_set_column(worksheet, (lxw_col_t)i, (lxw_col_t)i, sheet->widths[i], NULL);
	if (head) {
		worksheet_repeat_rows(worksheet, 0, head - 1);
		worksheet_freeze_panes(worksheet, head, 0);
	}
}

/* a name as the format allows it; NULL, for the usual one, when it is used already */
static const char *sheet_name(struct xlsx *x, const char *name)
{
	size_t n = 0, bytes = 0;

	str_reset(&x->safe);
	utf8_add_visible(&x->safe, name ? name : "", name ? strlen(name) : 0, false);
	while (bytes < x->safe.len && n++ < MOST_NAME) {
		char *c = x->safe.p + bytes;

		*c = strchr("[]:*?/\\'", *c) ? '_' : *c;
		bytes += utf8_length_of(*c);
	}
	if (!bytes)
		return NULL;
	x->safe.p[bytes] = '\0';
	return workbook_validate_sheet_name(x->workbook, x->safe.p) == LXW_NO_ERROR ? x->safe.p
										    : NULL;
}

/* one row, of as many pieces as it takes */
static lxw_row_t put_row(struct xlsx *x, lxw_worksheet *worksheet, const struct sheet *sheet,
			 const struct sheet_row *row, lxw_row_t number)
{
	unsigned height = height_of(sheet, row);
	lxw_row_t pieces = pieces_of(height);

	if (number + pieces > MOST_ROWS) {
		x->error = EOVERFLOW;
		return 0;
	}
	for (lxw_row_t i = 0; i < pieces && height; i++)
		worksheet_set_row(worksheet, number + i, pieces > 1 ? PIECE_HEIGHT : height, NULL);
	for (unsigned i = 0; i < sheet->ncolumns && !x->error; i++) {
		put_cell(x, worksheet, number, (lxw_col_t)i, &row->cells[i], pieces);
		/* the merged ones are there already */
		i += row->cells[i].span > 1 ? row->cells[i].span - 1 : 0;
	}
	return pieces;
}

/* at most 1023 breaks, as the format has it; pages beyond break where they are full */
static void put_sheet(struct xlsx *x, const struct sheet *sheet)
{
	lxw_worksheet *worksheet = workbook_add_worksheet(x->workbook, sheet_name(x, sheet->name));
	lxw_row_t breaks[LXW_BREAKS_MAX + 1] = { 0 }, number = 0;
	size_t n = 0;

	if (!worksheet || x->safe.failed)
		x->error = ENOMEM;
	if (x->error)
		return;
	set_page(sheet, worksheet);
	for (const struct sheet_row *row = sheet->first; row && !x->error; row = row->next) {
		if (row->breaks && number && n < LXW_BREAKS_MAX)
			breaks[n++] = number;
		number += put_row(x, worksheet, sheet, row, number);
	}
	if (n)
		worksheet_set_h_pagebreaks(worksheet, breaks);
	if (number)
		worksheet_print_area(worksheet, 0, 0, number - 1, (lxw_col_t)(sheet->ncolumns - 1));
}

/* what libxlsxwriter says about its failures; errno where it says to look there. Of memory that it
 * did not get malloc's errno may be all that there is to know. */
static int errno_of(lxw_error error)
{
	return error == LXW_NO_ERROR                     ? errno == ENOMEM ? ENOMEM : 0
	       : error == LXW_ERROR_MEMORY_MALLOC_FAILED ? ENOMEM
	       : errno                                   ? errno
							 : EIO;
}

static int fill_book(const struct book *book, day_t created, const char *path)
{
	lxw_workbook_options options = { 0 };
	struct xlsx x = { .workbook = workbook_new_opt(path, &options) };
	lxw_doc_properties properties = { 0 };
	char *title = (char *)(uintptr_t)(book->title ? book->title : ""); /* it is copied */

	if (!x.workbook)
		return ENOMEM;
	errno = 0;
	properties.title = title;
	properties.author = (char *)(uintptr_t) "duban";
	properties.company = (char *)(uintptr_t) "";
	properties.created = (time_t)created * SECONDS_A_DAY;
	if (workbook_set_properties(x.workbook, &properties) != LXW_NO_ERROR)
		x.error = ENOMEM;
	/* the usual style's font is what column widths are measured in: not Calibri, which an
	 * office suite without it replaces by a wider one */
	format_set_font_name(STAILQ_FIRST(x.workbook->formats), FONT);
	make_formats(&x);
	for (const struct sheet *sheet = book->first; sheet && !x.error; sheet = sheet->next)
		put_sheet(&x, sheet);
	if (!x.error && errno == ENOMEM)
		x.error = ENOMEM;
	if (x.error) {
		lxw_workbook_free(x.workbook);
	} else {
		errno = 0;
		x.error = errno_of(workbook_close(x.workbook));
	}
	str_release(&x.safe);
	return x.error;
}

static ssize_t hear(void *heard, const char *text, size_t n)
{
	(void)text;
	*(bool *)heard = true;
	return (ssize_t)n;
}

/*
 * Of memory that the library did not get it tells on stderr alone: it goes on, and a part of the
 * book is missing. It says nothing else there but what it fails with.
 */
static int write_book(const struct book *book, day_t created, const char *path)
{
	static const cookie_io_functions_t ear = { .write = hear };
	bool heard = false;
	FILE *ours = stderr, *theirs = fopencookie(&heard, "w", ear);
	int error;

	if (!theirs)
		return ENOMEM;
	setvbuf(theirs, NULL, _IONBF, 0);
	stderr = theirs;
	error = fill_book(book, created, path);
	stderr = ours;
	fclose(theirs);
	return heard && !error ? ENOMEM : error;
}

static int read_back(int fd, struct str *out)
{
	off_t size = lseek(fd, 0, SEEK_END), done = 0;
	char *to = size > 0 ? str_room(out, (size_t)size) : NULL;

	if (!to)
		return size > 0 ? ENOMEM : EIO;
	while (done < size) {
		ssize_t n = pread(fd, to + done, (size_t)(size - done), done);

		if (n <= 0)
			return n < 0 ? errno : EIO;
		done += n;
	}
	out->len += (size_t)size;
	out->p[out->len] = '\0';
	return 0;
}

int book_xlsx(const struct book *book, day_t created, struct str *out)
{
	char path[32];
	size_t start = out->len;
	int error = book->failed ? ENOMEM : 0;
	unsigned panes = 0;
	int fd = error ? -1 : memfd_create("xlsx", MFD_CLOEXEC);

	if (!error && fd < 0)
		error = errno;
	if (!error) {
		snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
		error = write_book(book, created, path);
	}
	if (!error)
		error = read_back(fd, out);
	for (const struct sheet *sheet = book->first; sheet; sheet = sheet->next)
		panes += sheet->head > 0;
	if (!error && !xlsx_is_whole(out->p + start, out->len - start, panes))
		error = errno;
	if (fd >= 0)
		close(fd);
	if (!error && !out->failed)
		return 0;
	writer_end(out, start, true);
	errno = error ? error : ENOMEM;
	return -1;
}
