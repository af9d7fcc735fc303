/*
 * What can be said of a cell without its row: most texts become values as they are, most words mean
 * the same wherever they stand.
 */
#include <string.h>

#include "base/utf8.h"
#include "intake/figure.h"
#include "intake/value.h"
#include "intake/words.h"

#define DIGITS 15

/* a text that the command has nothing to make of */
static bool is_plain_string(const struct schema_property *p)
{
	return p->type && text_is(p->type, "string") && !p->labels && !p->shorthand;
}

/* whether a word may set a second field, which says more */
static bool has_text_beside(const struct intake_form *form, const struct schema_property *p)
{
	size_t n = strlen(p->name);

	for (size_t i = 0; i < form->ncolumns; i++)
		if (strncmp(form->columns[i].field, p->name, n) == 0 &&
		    strcmp(form->columns[i].field + n, "_text") == 0)
			return true;
	return false;
}

enum intake_way intake_way(const struct intake_form *form, const struct intake_column *column)
{
	const struct schema_property *p = column->property;

	switch (value_sort(column)) {
	case VALUE_SEQ:
		return INTAKE_NUMBER;
	case VALUE_TEXT:
		return is_plain_string(p) ? INTAKE_TEXT : INTAKE_ALONE;
	case VALUE_LINE:
		return is_plain_string(p) ? INTAKE_LINE : INTAKE_ALONE;
	case VALUE_COUNT:
	case VALUE_RATE:
		return INTAKE_JOINTLY;
	case VALUE_WORD:
		/* which indicator it is decides how figures are read */
		if (text_is(column->field, "indicator") || has_text_beside(form, p))
			return INTAKE_JOINTLY;
		return INTAKE_ALONE;
	default:
		return INTAKE_ALONE;
	}
}

static bool is_trimmed(const char *text, size_t n)
{
	static const char stop[] = "。";
	const char *from = text;
	size_t length = n;

	utf8_trim(&from, &length);
	return length == n && !text[strcspn(text, "\n\r\t")] &&
	       !(n >= strlen(stop) && strcmp(text + n - strlen(stop), stop) == 0);
}

bool intake_plain(enum intake_way way, const char *text, size_t n)
{
	if (way == INTAKE_NUMBER)
		return n <= DIGITS && *text != '0' && !text[strspn(text, "0123456789")];
	return (way == INTAKE_TEXT || (way == INTAKE_LINE && is_trimmed(text, n))) &&
	       value_text_is_bare(text) && !figure_is_error(text) && !is_ditto(text) &&
	       !is_problem_expected(text);
}

const struct grid_row *intake_row(const struct intake *in, size_t entry)
{
	const struct grid_row *row = in->entries[entry].row;

	if (!row || (!row->sheet && row->count != in->width))
		return NULL;
	for (uint32_t i = 0; i < row->count; i++) {
		const struct grid_cell *cell = &row->cells[i];
		bool nameless = i >= in->width || in->map[i] == MAP_EMPTY;

		if (cell->mark != MARK_NONE || (nameless && !cell_is_empty(cell)))
			return NULL;
	}
	return row;
}
