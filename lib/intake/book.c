/* Which sheet of a workbook is the clerk's table or form. */
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "base/utf8.h"
#include "intake/parts.h"
#include "intake/xlsx.h"

#define FIRST_ROWS 12 /* in which a form's headings stand */
#define NO_SHEET SIZE_MAX

struct book {
	struct intake *in;
	struct xlsx *xlsx;
	const struct xlsx_sheet *sheets;
	size_t count;
	struct str others; /* sheets with the form that are not taken */
	struct str without;
};

static void add_name(struct str *names, const char *name)
{
	str_addf(names, "%s%s", names->len ? "、" : "", name);
}

/* the one of that name, else of that number */
static size_t named_sheet(struct book *book)
{
	const char *wanted = book->in->options.sheet;
	char *end;
	unsigned long number = strtoul(wanted, &end, 10);
	struct finding *f;
	struct str names = { 0 };

	for (size_t i = 0; i < book->count; i++)
		if (strcmp(book->sheets[i].name, wanted) == 0)
			return i;
	if (*wanted >= '1' && *wanted <= '9' && !*end && number <= book->count)
		return number - 1;
	for (size_t i = 0; i < book->count; i++)
		add_name(&names, book->sheets[i].name);
	f = file_say(book->in, LEVEL_ERROR, "sheet", NULL, _("--sheet: there is no sheet '%s'"),
		     wanted);
	finding_hint(book->in->findings, f, _("the workbook has: %s"), str_text(&names));
	str_release(&names);
	return NO_SHEET;
}

static bool has_text(const struct grid *grid)
{
	for (size_t i = 0; i < grid->count; i++)
		for (uint32_t j = 0; j < grid->rows[i].count; j++)
			if (!cell_is_empty(&grid->rows[i].cells[j]))
				return true;
	return false;
}

struct choice {
	size_t form, filled, broken, seen; /* the first sheet of each sort, or NO_SHEET */
};

static size_t first(size_t so_far, size_t i)
{
	return so_far == NO_SHEET ? i : so_far;
}

/* what is wrong with the cells of a sheet matters when that sheet is read */
static int look_at(struct book *book, size_t i, struct choice *choice)
{
	struct intake *in = book->in;
	struct findings aside = { 0 };
	size_t errors = in->findings->errors;
	int result;

	in->grid.findings = &aside;
	result = xlsx_read(book->xlsx, i, FIRST_ROWS, &in->grid);
	in->grid.findings = in->findings;
	choice->seen = first(choice->seen, i);
	if (result < 0 && !aside.errors && (errors < in->findings->errors || in->grid.failed)) {
		findings_release(&aside);
		return -1;
	}
	if (result < 0) {
		choice->broken = first(choice->broken, i);
	} else if (form_is_there(in)) {
		if (choice->form != NO_SHEET)
			add_name(&book->others, book->sheets[i].name);
		choice->form = first(choice->form, i);
	} else if (has_text(&in->grid)) {
		choice->filled = first(choice->filled, i);
		add_name(&book->without, book->sheets[i].name);
	}
	findings_release(&aside);
	return 0;
}

/* the first that is seen and has the form; without one the first with anything in it; -1 as usual */
static int choose_sheet(struct book *book, size_t *chosen)
{
	struct choice choice = { NO_SHEET, NO_SHEET, NO_SHEET, NO_SHEET };
	size_t order[4];

	for (size_t i = 0; i < book->count; i++)
		if (!book->sheets[i].hidden && look_at(book, i, &choice) < 0)
			return -1;
	order[0] = choice.form;
	order[1] = choice.broken;
	order[2] = choice.filled;
	order[3] = choice.seen;
	*chosen = 0;
	for (size_t i = 4; i-- > 0;)
		if (order[i] != NO_SHEET)
			*chosen = order[i];
	return 0;
}

static void tell_choice(struct book *book, size_t chosen)
{
	struct intake *in = book->in;
	const char *name = book->sheets[chosen].name;

	if (book->others.len)
		finding_hint(in->findings,
			     file_say(in, LEVEL_WARNING, "sheet", NULL,
				      _("only the sheet '%s' is read; these hold the form too: %s"),
				      name, str_text(&book->others)),
			     "%s", _("read each of them with --sheet NAME"));
	else if (book->without.len)
		file_say(in, LEVEL_NOTE, "sheet", NULL,
			 _("the sheet '%s' is read; these do not hold the form: %s"), name,
			 str_text(&book->without));
}

static int read_book(struct book *book)
{
	struct intake *in = book->in;
	size_t chosen;

	if (in->options.sheet) {
		chosen = named_sheet(book);
		return chosen == NO_SHEET ? -1 : xlsx_read(book->xlsx, chosen, SIZE_MAX, &in->grid);
	}
	if (choose_sheet(book, &chosen) < 0 ||
	    xlsx_read(book->xlsx, chosen, SIZE_MAX, &in->grid) < 0)
		return -1;
	if (form_is_there(in))
		tell_choice(book, chosen);
	return 0;
}

int book_read(struct intake *in, const char *bytes, size_t n)
{
	struct book book = { .in = in };
	int result = -1;

	book.xlsx = xlsx_open(in->grid.name, bytes, n, in->arena, in->findings);
	if (book.xlsx) {
		book.sheets = xlsx_sheets(book.xlsx, &book.count);
		result = read_book(&book);
	}
	xlsx_close(book.xlsx);
	str_release(&book.others);
	str_release(&book.without);
	return result;
}
