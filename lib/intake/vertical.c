/* Forms with labels beside their values, one or more in a grid, such as annex 2 (domain 3.2). */
#include <string.h>

#include "base/msg.h"
#include "base/utf8.h"
#include "intake/parts.h"
#include "intake/words.h"

#define HEAD_ROWS 12
#define LEAST_LABELS 3

struct filling {
	struct intake *in;
	struct intake_entry *entry; /* the form being read, or NULL */
	size_t forms;
	int column;        /* whose value may go on in the rows below, or -1 */
	uint32_t value_at; /* cell in which it stands */
	bool failed;
};

/* a label with its value behind a colon in the same cell: *rest is the value */
static bool label_with_value(const struct intake_form *form, const struct grid_cell *cell,
			     int *column, const char **rest)
{
	const char *colon = strchr(cell->text, ':'), *wide = strstr(cell->text, "：");
	const char *at = !colon || (wide && wide < colon) ? wide : colon;
	struct arena arena = { 0 };
	char *label;
	bool found;
	size_t n;

	if (!at)
		return false;
	label = arena_strndup(&arena, cell->text, (size_t)(at - cell->text));
	found = label && heading_find(form, label, column) == HEADING_KNOWN;
	arena_release(&arena);
	*rest = at + utf8_length_of(*at);
	n = strlen(*rest);
	utf8_trim(rest, &n);
	return found;
}

/* a label alone in its cell, or before a colon; *rest: the value in the same cell, or NULL */
static bool is_label(const struct intake_form *form, const struct grid_cell *cell, int *column,
		     const char **rest)
{
	*rest = NULL;
	if (heading_find(form, cell->text, column) == HEADING_KNOWN)
		return true;
	return label_with_value(form, cell, column, rest);
}

bool vertical_is_there(struct intake *in)
{
	size_t labels = 0;
	int column;
	const char *rest;

	for (size_t i = 0; i < in->grid.count && i < HEAD_ROWS; i++)
		for (uint32_t j = 0; j < in->grid.rows[i].count; j++) {
			const struct grid_cell *cell = &in->grid.rows[i].cells[j];

			labels += !cell_is_empty(cell) && is_label(in->form, cell, &column, &rest);
		}
	return labels >= LEAST_LABELS;
}

static bool begin_form(struct filling *f, const struct grid_cell *cell)
{
	f->entry = entry_add(f->in, cell->line, cell->column);
	f->column = -1;
	if (f->entry)
		f->entry->cells =
			arena_array(f->in->arena, f->in->form->ncolumns, sizeof(*f->entry->cells));
	if (!f->entry || !f->entry->cells) {
		f->failed = true;
		return false;
	}
	f->entry->number = (uint32_t)++f->forms;
	return true;
}

static void end_form(struct filling *f)
{
	f->entry = NULL;
	f->column = -1;
}

/* a new form begins where a label stands a second time */
static void put_value(struct filling *f, const struct grid_cell *label, int column,
		      const struct grid_cell *value)
{
	if (f->entry && f->entry->cells[column].text)
		end_form(f);
	if (!f->entry && !begin_form(f, label))
		return;
	f->entry->cells[column] = *value;
	f->column = column;
}

/* the first cell to the right that is not empty, unless it is another label; *n is moved to it */
static struct grid_cell value_beside(struct filling *f, const struct grid_row *row, uint32_t *n)
{
	struct grid_cell none = row->cells[*n];
	int column;
	const char *rest;

	none.text = "";
	for (uint32_t i = *n + 1; i < row->count; i++) {
		if (cell_is_empty(&row->cells[i]))
			continue;
		if (is_label(f->in->form, &row->cells[i], &column, &rest))
			break;
		f->value_at = *n = i;
		return row->cells[i];
	}
	return none;
}

static void put_label(struct filling *f, const struct grid_row *row, uint32_t *n, int column,
		      const char *rest)
{
	struct grid_cell label = row->cells[*n], value = label;

	if (rest && *rest) {
		value.text = rest;
		f->value_at = *n;
	} else {
		f->value_at = *n + 1;
		value = value_beside(f, row, n);
	}
	put_value(f, &label, column, &value);
}

/* below a value, where the label's cell was merged: more lines of it */
static bool go_on(struct filling *f, const struct grid_row *row, uint32_t n)
{
	struct grid_cell *value = f->entry && f->column >= 0 ? &f->entry->cells[f->column] : NULL;
	const char *text;

	if (!value || n == 0 || n != f->value_at)
		return false;
	text = *value->text
		       ? arena_concat(f->in->arena, value->text, "\n", row->cells[n].text, NULL)
		       : row->cells[n].text;
	if (!text)
		f->failed = true;
	else if (!*value->text)
		*value = row->cells[n];
	else
		*value = (struct grid_cell){ .text = text,
					     .line = value->line,
					     .column = value->column };
	return true;
}

/* 附件2, and the title with or without it */
static bool is_head(const struct intake_form *form, const char *text)
{
	return form_is_title(form, text) || strncmp(text, "附件", strlen("附件")) == 0;
}

static void pass_over(struct filling *f, const struct grid_row *row, uint32_t *n)
{
	const struct grid_cell *cell = &row->cells[*n];
	int column;

	if (heading_find(f->in->form, cell->text, &column) == HEADING_PERSONAL) {
		file_say(f->in, LEVEL_WARNING, "personal-column", cell,
			 _("what stands beside '%s' is personal data and is dropped"), cell->text);
		value_beside(f, row, n);
	} else {
		file_say(f->in, LEVEL_WARNING, "no-label", cell,
			 _("'%s' stands at no label of the form and is left out"), cell->text);
	}
}

static void read_row(struct filling *f, const struct grid_row *row)
{
	bool labelled = false;

	for (uint32_t i = 0; i < row->count && !f->failed; i++) {
		const struct grid_cell *cell = &row->cells[i];
		const char *rest;
		int column;

		if (cell_is_empty(cell))
			continue;
		if (is_label(f->in->form, cell, &column, &rest)) {
			put_label(f, row, &i, column, rest);
			labelled = true;
		} else if (is_head(f->in->form, cell->text)) {
			f->in->titles++;
			end_form(f);
		} else if (!labelled && go_on(f, row, i)) {
			continue;
		} else if (is_footer(cell->text)) {
			f->in->footers++;
			break;
		} else {
			pass_over(f, row, &i);
		}
	}
}

int vertical_read(struct intake *in)
{
	struct filling f = { .in = in, .column = -1 };

	for (size_t i = 0; i < in->grid.count && !f.failed; i++)
		read_row(&f, &in->grid.rows[i]);
	return f.failed ? -1 : 0;
}
