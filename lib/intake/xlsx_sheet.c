/* A worksheet's cells as the rows of a grid (ECMA-376 part 1, 18.3). */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "intake/xlsx_parts.h"

#define MOST_ROWS 1048576u
#define MOST_COLUMNS 16384u
#define MOST_CELLS ((size_t)12 * 1024 * 1024) /* with the empty ones between them */
#define MOST_NAMED 20                         /* hidden rows and columns */

struct area {
	uint32_t top, left, bottom, right;
};

struct reading {
	struct xlsx *xlsx;
	struct grid *grid;
	size_t most, cells;
	uint32_t line, column; /* of what is read, from 1; 0 before the first */
	bool row_hidden, within, has_value, has_formula, in_value;
	char sort; /* of the cell: n, s shared, t text, i inline, b, e, d */
	uint32_t style;
	struct str value;
	struct xlsx_text text;
	struct area *merged;
	size_t nmerged, merged_cap;
	struct str hidden_rows;
	size_t nhidden;
	uint8_t columns[MOST_COLUMNS + 1]; /* 1: hidden, 2: and there is a text in it */
	int result;                        /* -1 after a finding */
};

static bool refuse(struct reading *r, const char *code, const char *message, const char *hint)
{
	finding_hint(r->grid->findings,
		     grid_say(r->grid, LEVEL_ERROR, code, r->line,
			      !r->line    ? 0
			      : r->column ? r->column
					  : 1,
			      message),
		     "%s", hint);
	r->result = -1;
	return false;
}

static bool refuse_order(struct reading *r)
{
	return refuse(r, "workbook-broken",
		      _("the workbook is damaged: its cells are not in their order"),
		      _("open it in Excel or WPS and save it anew"));
}

static bool refuse_size(struct reading *r)
{
	return refuse(r, "workbook-too-large", _("the sheet has far too many cells"),
		      _("copy the table alone into a new workbook"));
}

/* AB7; 0 where there is none */
static const char *place(const char *text, uint32_t *line, uint32_t *column)
{
	*line = *column = 0;
	for (; *text == '$' || (*text >= 'A' && *text <= 'Z'); text++)
		if (*text != '$' && *column <= MOST_COLUMNS)
			*column = *column * 26 + (uint32_t)(*text - 'A') + 1;
	for (; *text == '$' || (*text >= '0' && *text <= '9'); text++)
		if (*text != '$' && *line <= MOST_ROWS)
			*line = *line * 10 + (uint32_t)(*text - '0');
	return text;
}

static void start_row(struct reading *r, const char *const *attributes)
{
	uint32_t line = xlsx_number(xml_attribute(attributes, "r"), r->line + 1);

	if (line <= r->line || line > MOST_ROWS) {
		refuse_order(r);
		return;
	}
	r->line = line;
	r->column = 0;
	r->row_hidden = xlsx_true(xml_attribute(attributes, "hidden"));
}

static char sort_of(const char *type)
{
	static const struct {
		const char *type;
		char sort;
	} sorts[] = { { "s", 's' },         { "str", 't' }, { "b", 'b' },
		      { "inlineStr", 'i' }, { "e", 'e' },   { "d", 'd' } };

	for (size_t i = 0; type && i < sizeof(sorts) / sizeof(*sorts); i++)
		if (strcmp(type, sorts[i].type) == 0)
			return sorts[i].sort;
	return 'n';
}

static void start_cell(struct reading *r, const char *const *attributes)
{
	const char *at = xml_attribute(attributes, "r");
	uint32_t line, column = r->column + 1;

	if (at)
		place(at, &line, &column);
	if (!r->line || column <= r->column || column > MOST_COLUMNS) {
		refuse_order(r);
		return;
	}
	r->column = column;
	r->within = true;
	r->has_value = r->has_formula = r->in_value = false;
	r->sort = sort_of(xml_attribute(attributes, "t"));
	r->style = xlsx_number(xml_attribute(attributes, "s"), 0);
	str_reset(&r->value);
	str_reset(&r->text.text);
	r->text = (struct xlsx_text){ .text = r->text.text };
}

static void hide_columns(struct reading *r, const char *const *attributes)
{
	uint32_t from = xlsx_number(xml_attribute(attributes, "min"), 1);
	uint32_t to = xlsx_number(xml_attribute(attributes, "max"), from);

	if (!xlsx_true(xml_attribute(attributes, "hidden")))
		return;
	for (uint32_t i = from ? from : 1; i <= to && i <= MOST_COLUMNS; i++)
		r->columns[i] = 1;
}

static void add_merged(struct reading *r, const char *area)
{
	struct area *grown;
	struct area one;
	const char *rest = area ? place(area, &one.top, &one.left) : "";

	if (*rest != ':')
		return;
	place(rest + 1, &one.bottom, &one.right);
	grown = xlsx_grown(r->xlsx, r->merged, r->nmerged, &r->merged_cap, sizeof(*grown));
	if (!grown)
		return;
	r->merged = grown;
	r->merged[r->nmerged++] = one;
}

static bool on_start(void *context, const char *name, const char *const *attributes)
{
	struct reading *r = context;

	if (r->within && strcmp(name, "v") == 0)
		r->has_value = r->in_value = true;
	else if (r->within && strcmp(name, "f") == 0)
		r->has_formula = true;
	else if (r->within)
		xlsx_text_start(&r->text, name, attributes);
	else if (strcmp(name, "c") == 0)
		start_cell(r, attributes);
	else if (strcmp(name, "row") == 0)
		start_row(r, attributes);
	else if (strcmp(name, "col") == 0)
		hide_columns(r, attributes);
	else if (strcmp(name, "mergeCell") == 0)
		add_merged(r, xml_attribute(attributes, "ref"));
	return r->result == 0 && !r->xlsx->failed;
}

/* 2024-04-18T09:30:00 as people write it, without midnight */
static const char *iso_day(char *text)
{
	char *clock = strchr(text, 'T');

	if (!clock)
		return text;
	if (strspn(clock, "T0:.Z") == strlen(clock))
		*clock = '\0';
	else
		*clock = ' ';
	return text;
}

/* the cell's text; NULL when it is none that is there */
static const char *text_of(struct reading *r, char number[NUMBER_SIZE])
{
	struct xlsx *xlsx = r->xlsx;
	const char *value = str_text(&r->value);
	struct number_format format = { 0 };
	uint32_t index;

	switch (r->sort) {
	case 's':
		index = xlsx_number(value, UINT32_MAX);
		return !*value ? "" : index < xlsx->nstrings ? xlsx->strings[index] : NULL;
	case 'i':
		return str_text(&r->text.text);
	case 't':
		if (r->value.p)
			r->value.p[xlsx_unescape(r->value.p, r->value.len)] = '\0';
		return str_text(&r->value);
	case 'b':
		return !*value ? "" : xlsx_true(value) ? "TRUE" : "FALSE";
	case 'd':
		return r->value.p ? iso_day(r->value.p) : "";
	case 'e':
		return value;
	default:
		if (r->style < xlsx->nformats)
			format = xlsx->formats[r->style];
		return *value ? number_show(value, format, xlsx->from_1904, number) : "";
	}
}

static void add_cell(struct reading *r, const char *text)
{
	struct grid *grid = r->grid;
	uint32_t missing = r->column - 1 - (uint32_t)grid->ncells;

	r->cells += missing + 1;
	if (r->cells > MOST_CELLS) {
		refuse_size(r);
		return;
	}
	while (grid->ncells + 1 < r->column && !grid->failed)
		grid_cell(grid, "", r->line, (uint32_t)grid->ncells + 1);
	grid_cell(grid, grid_text(grid, text, strlen(text), r->line, r->column), r->line,
		  r->column);
	if (r->columns[r->column])
		r->columns[r->column] = 2;
}

static void end_cell(struct reading *r)
{
	char number[NUMBER_SIZE];
	const char *text = text_of(r, number);

	r->within = false;
	if (!text)
		refuse(r, "workbook-broken",
		       _("the workbook is damaged: the text of this cell is missing"),
		       _("open it in Excel or WPS and save it anew"));
	else if (r->has_formula && !r->has_value && r->sort != 'i')
		refuse(r, "no-value", _("the formula was never worked out"),
		       _("open the workbook in Excel or WPS and save it"));
	else if (*text)
		add_cell(r, text);
	r->xlsx->failed = r->xlsx->failed || r->value.failed || r->text.text.failed;
}

static void end_row(struct reading *r)
{
	if (r->row_hidden && r->grid->ncells && r->nhidden++ < MOST_NAMED)
		str_addf(&r->hidden_rows, "%s%u", r->nhidden > 1 ? ", " : "", r->line);
	grid_end_row(r->grid);
	r->xlsx->failed = r->xlsx->failed || r->grid->failed;
}

static bool on_end(void *context, const char *name)
{
	struct reading *r = context;

	if (r->within && strcmp(name, "c") == 0)
		end_cell(r);
	else if (r->within && strcmp(name, "v") == 0)
		r->in_value = false;
	else if (r->within)
		xlsx_text_end(&r->text, name);
	else if (strcmp(name, "row") == 0)
		end_row(r);
	return r->result == 0 && !r->xlsx->failed && r->grid->count < r->most;
}

static bool on_text(void *context, const char *text, size_t n)
{
	struct reading *r = context;

	if (r->in_value)
		str_addn(&r->value, text, n);
	else if (r->within)
		xlsx_text_add(&r->text, text, n);
	return true;
}

/* the first row at or below a line */
static size_t row_from(const struct grid *grid, uint32_t line)
{
	size_t from = 0, to = grid->count;

	while (from < to) {
		size_t middle = (from + to) / 2;

		if (grid->rows[middle].line < line)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

/* only the cell at the top left of a merged area is seen */
static void hide_merged(struct reading *r)
{
	const struct grid *grid = r->grid;
	size_t work = 0;

	for (size_t i = 0; i < r->nmerged && r->result == 0; i++) {
		const struct area *a = &r->merged[i];

		for (size_t n = row_from(grid, a->top);
		     n < grid->count && grid->rows[n].line <= a->bottom; n++) {
			const struct grid_row *row = &grid->rows[n];

			for (uint32_t c = a->left; c && c <= a->right && c <= row->count;
			     c++, work++)
				if (c != a->left || row->line != a->top)
					row->cells[c - 1].text = "";
			if (++work > 4 * MOST_CELLS) {
				refuse_size(r);
				return;
			}
		}
	}
}

static void tell_hidden(struct reading *r)
{
	struct finding what = { .level = LEVEL_WARNING,
				.code = "hidden",
				.file = r->grid->name,
				.sheet = r->grid->sheet };
	struct str names = { 0 };
	size_t n = 0;

	if (r->nhidden)
		findings_add(r->grid->findings, &what, _("rows that are hidden are read too: %s%s"),
			     str_text(&r->hidden_rows), r->nhidden > MOST_NAMED ? ", …" : "");
	for (uint32_t i = 1; i <= MOST_COLUMNS; i++)
		if (r->columns[i] > 1 && n++ < MOST_NAMED) {
			str_add(&names, names.len ? ", " : "");
			finding_column(&names, i);
		}
	if (n)
		findings_add(r->grid->findings, &what,
			     _("columns that are hidden are read too: %s%s"), str_text(&names),
			     n > MOST_NAMED ? ", …" : "");
	str_release(&names);
}

int xlsx_read(struct xlsx *xlsx, size_t sheet, size_t most, struct grid *grid)
{
	static const struct xml_handler handler = { .start = on_start,
						    .end = on_end,
						    .text = on_text };
	struct reading *r = calloc(1, sizeof(*r));
	int result;

	grid_clear(grid);
	if (!r) {
		xlsx->failed = true;
		return -1;
	}
	grid->sheet = xlsx->sheets[sheet].name;
	grid->days_from_1904 = xlsx->from_1904;
	r->xlsx = xlsx;
	r->grid = grid;
	r->most = most;
	result = xlsx_part_read(xlsx, xlsx->sheets[sheet].path, &handler, r);
	if (result == 0 && r->result == 0 && !xlsx->failed)
		hide_merged(r);
	if (r->result == 0 && result == 0 && most == SIZE_MAX)
		tell_hidden(r);
	result = result < 0 || r->result < 0 || xlsx->failed ? -1 : 0;
	str_release(&r->value);
	str_release(&r->text.text);
	str_release(&r->hidden_rows);
	free(r->merged);
	free(r);
	if (xlsx->failed)
		errno = ENOMEM;
	return result;
}
