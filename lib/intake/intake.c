#include "intake/intake.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/msg.h"
#include "intake/decode.h"
#include "intake/parts.h"
#include "intake/words.h"
#include "intake/xlsx.h"

#define LABELS_OF_A_TABLE 4 /* in one row: a form has two at most */

static struct finding *say(struct findings *findings, const struct finding *what,
			   const char *format, va_list args)
{
	struct arena arena = { 0 };
	char *message = arena_vprintf(&arena, format, args);
	struct finding *f = findings_add(findings, what, "%s", message ? message : format);

	arena_release(&arena);
	return f;
}

struct finding *file_say(struct intake *in, enum level level, const char *code,
			 const struct grid_cell *cell, const char *format, ...)
{
	struct finding what = { .level = level,
				.code = code,
				.file = in->grid.name,
				.sheet = in->grid.sheet,
				.line = cell ? cell->line : 0,
				.column = cell ? cell->column : 0 };
	struct finding *f;
	va_list args;

	va_start(args, format);
	f = say(in->findings, &what, format, args);
	va_end(args);
	return f;
}

struct finding *entry_say(struct intake *in, struct intake_values *entry, enum level level,
			  const char *code, int column, const char *format, ...)
{
	const struct grid_cell *cell = column >= 0 ? &entry->cells[column] : NULL;
	bool placed = cell && cell->text;
	struct finding what = { .level = level,
				.code = code,
				.file = in->grid.name,
				.sheet = in->grid.sheet,
				.label = cell ? in->form->columns[column].name : NULL,
				.line = placed ? cell->line : entry->line,
				.column = placed ? cell->column : entry->column };
	struct finding *f;
	va_list args;

	va_start(args, format);
	f = say(&entry->findings, &what, format, args);
	va_end(args);
	return f;
}

struct intake_entry *entry_add(struct intake *in, uint32_t line, uint32_t column)
{
	if (in->count == in->cap) {
		size_t cap = in->cap ? in->cap * 2 : 16;
		struct intake_entry *grown = realloc(in->entries, cap * sizeof(*grown));

		if (!grown)
			return NULL;
		in->entries = grown;
		in->cap = cap;
	}
	in->entries[in->count] =
		(struct intake_entry){ .number = line, .line = line, .column = column };
	return &in->entries[in->count++];
}

static int split(struct intake *in)
{
	const struct intake_form *form = in->form;
	const struct str *text = &in->text;
	char delimiter = csv_delimiter(str_text(text), text->len, form->names, form->nnames);

	if (!delimiter) {
		finding_hint(in->findings,
			     file_say(in, LEVEL_ERROR, "delimiter", NULL, "%s",
				      _("the cells stand between full-width commas (，), which no "
					"table is split at")),
			     "%s",
			     _("save the table as CSV from Excel or WPS, or use `,` between "
			       "cells"));
		return -1;
	}
	if (delimiter != ',')
		file_say(in, LEVEL_NOTE, "delimiter", NULL, "%s",
			 delimiter == '\t' ? _("the cells are separated by tabs")
					   : _("the cells are separated by semicolons"));
	return text->len ? csv_read(&in->grid, text->p, text->len, delimiter) : 0;
}

static bool is_blank(const struct grid *grid)
{
	for (size_t i = 0; i < grid->count; i++)
		for (uint32_t j = 0; j < grid->rows[i].count; j++)
			if (!cell_is_empty(&grid->rows[i].cells[j]))
				return false;
	return true;
}

/* what no heading stands in may have been read in the wrong encoding before it was saved */
static int refuse_headless(struct intake *in)
{
	const struct intake_form *form = in->form;
	const struct str *text = &in->text;
	const char *meant = decode_meant(str_text(text), text->len, form->names, form->nnames);
	struct str names = { 0 };

	if (meant) {
		finding_hint(in->findings,
			     file_say(in, LEVEL_ERROR, "garbled", NULL, "%s",
				      _("the text is garbled (乱码): it was read in the wrong "
					"encoding and saved so")),
			     _("open the original file as %s and export it once more"), meant);
		return -1;
	}
	for (size_t i = 0; i < form->ncolumns && (i < form->nprinted || !form->nprinted); i++)
		str_addf(&names, "%s%s", i ? "、" : "", form->columns[i].name);
	finding_hint(in->findings,
		     file_say(in, LEVEL_ERROR, "no-header", NULL, "%s",
			      form->vertical ? _("the form's labels were not found")
					     : _("no row of headings was found in the first ten")),
		     _("the form has: %s"), str_text(&names));
	str_release(&names);
	return -1;
}

static bool has_table(struct intake *in)
{
	return table_is_there(in, in->form->vertical ? LABELS_OF_A_TABLE : 1);
}

bool form_is_there(struct intake *in)
{
	return has_table(in) || (in->form->vertical && vertical_is_there(in));
}

/* where there is no form at all nothing is told of what stands there instead */
static int read_forms(struct intake *in)
{
	struct findings *findings = in->findings, own = { 0 };
	int result;

	in->findings = &own;
	result = vertical_read(in);
	in->findings = findings;
	if (in->count)
		findings_append(findings, &own);
	findings_release(&own);
	return result == 0 && !in->count ? refuse_headless(in) : result;
}

static int read_entries(struct intake *in)
{
	const struct intake_form *form = in->form;
	bool table = has_table(in);

	if (is_blank(&in->grid))
		return 0;
	if (!table && !form->vertical)
		return refuse_headless(in);
	return table ? table_read(in) : read_forms(in);
}

/* one string that may be changed, as splitting does */
static void take_text(struct intake *in)
{
	struct decoded *decoded = &in->decoded;

	if (decoded->own.p) {
		str_release(&in->text);
		in->text = decoded->own;
		decoded->own = (struct str){ 0 };
	} else if (in->text.len > decoded->n) {
		memmove(in->text.p, decoded->text, decoded->n + 1);
		in->text.len = decoded->n;
	}
}

static int read_text(struct intake *in)
{
	take_text(in);
	if (in->options.sheet) {
		file_say(in, LEVEL_ERROR, "sheet", NULL, "%s",
			 _("--sheet: this is no workbook, and has no sheets"));
		return -1;
	}
	return split(in) == 0 ? read_entries(in) : -1;
}

/* domain V11: what was only renamed would be taken for a table that can be read anywhere */
static bool is_called_text(const char *name)
{
	static const char *const ends[] = { ".csv", ".tsv", ".txt" };
	size_t n = strlen(name);

	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (n >= 4 && strcasecmp(name + n - 4, ends[i]) == 0)
			return true;
	return false;
}

static bool is_book(const struct intake *in)
{
	return xlsx_is(str_text(&in->text), in->text.len) && !is_called_text(in->grid.name);
}

static int read_book(struct intake *in)
{
	int result = book_read(in, in->text.p, in->text.len);

	str_release(&in->text);
	return result == 0 ? read_entries(in) : -1;
}

int intake_decode(struct intake *in, const char *name, struct str *bytes)
{
	size_t errors = in->findings->errors;
	int result = 0;

	in->text = *bytes;
	*bytes = (struct str){ 0 };
	in->grid = (struct grid){ .name = name, .arena = in->arena, .findings = in->findings };
	if (!is_book(in))
		result = decode_table(name, str_text(&in->text), in->text.len, &in->decoded,
				      in->findings);
	if (result < 0 && in->findings->errors == errors)
		errno = ENOMEM;
	return result;
}

int intake_read(struct intake *in)
{
	size_t errors = in->findings->errors;
	int result;

	map_init(&in->known, in->arena);
	in->given = arena_array(in->arena, in->form->ncolumns, sizeof(*in->given));
	if (!in->given)
		return -1;
	for (size_t i = 0; in->options.given && i < in->form->ncolumns; i++)
		in->given[i] = in->options.given[i];
	result = is_book(in) ? read_book(in) : read_text(in);
	if (result < 0 && in->findings->errors == errors)
		errno = ENOMEM;
	return result;
}

int intake_values(struct intake *in, size_t i, struct arena *work, struct intake_values *values)
{
	const struct intake_entry *entry = &in->entries[i];

	in->work = work;
	*values = (struct intake_values){ .line = entry->line,
					  .column = entry->column,
					  .cells = arena_array(work, in->form->ncolumns,
							       sizeof(*values->cells)),
					  .fields = node_new_map(work) };
	if (!values->cells || !values->fields)
		return -1;
	values->fields->line = entry->line;
	values->fields->column = entry->column;
	if (entry->row)
		table_cells(in, entry->row, values);
	else
		memcpy(values->cells, entry->cells, in->form->ncolumns * sizeof(*values->cells));
	for (size_t n = 0; n < in->form->ncolumns; n++)
		if (!values->cells[n].text && in->given[n])
			values->cells[n] =
				(struct grid_cell){ .text = in->given[n],
						    .line = entry->line,
						    .column = entry->column & INT32_MAX >> 1 };
	return values_read(in, values);
}

/* the cell of an entry's unit, or NULL */
static const char *unit_text(const struct intake *in, size_t i, int column)
{
	const struct intake_entry *entry = &in->entries[i];
	const char *text = NULL;

	for (uint32_t j = 0; entry->row && j < in->width && j < entry->row->count; j++)
		if (in->map[j] == column)
			text = entry->row->cells[j].text;
	if (!entry->row)
		text = entry->cells[column].text;
	return text ? text : in->given[column];
}

static int unit_of(const struct intake *in, const char *text)
{
	struct arena arena = { 0 };
	const char *name = text ? name_trim(&arena, text) : NULL;
	int unit = name ? plan_unit_word(in->plan, name) : NO_UNIT;

	arena_release(&arena);
	return unit;
}

struct unit_set intake_units(const struct intake *in, bool *missing)
{
	int column = form_column(in->form, "unit");
	struct unit_set units = { 0 };
	struct arena arena = { 0 };
	struct map seen;

	*missing = column < 0 && in->count;
	map_init(&seen, &arena);
	for (size_t i = 0; column >= 0 && i < in->count; i++) {
		const char *text = unit_text(in, i, column);
		size_t n = text ? strlen(text) : 0;
		int unit;

		/* the names are few; without memory for one it is read once more */
		if (n && map_has(&seen, text, n))
			continue;
		if (n)
			map_put(&seen, text, n, NULL);
		unit = unit_of(in, text);
		if (unit == NO_UNIT)
			*missing = true;
		else
			set_add(&units, unit);
	}
	arena_release(&arena);
	return units;
}

void intake_release(struct intake *in)
{
	free(in->entries);
	in->entries = NULL;
	in->count = in->cap = 0;
	grid_clear(&in->grid);
	str_release(&in->decoded.own);
	str_release(&in->text);
}
