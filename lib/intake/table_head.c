#include "intake/table_head.h"

#include <string.h>

#include "base/msg.h"

#define HEAD_ROWS 10

/* the upper cell of a merged pair reaches to the right, as far as the upper ones are empty */
static const char *joined(struct intake *in, const struct head *head, uint32_t n)
{
	struct grid_cell upper = row_cell(head->row, n), lower;
	uint32_t from = n;

	if (!head->below)
		return upper.text;
	lower = row_cell(head->below, n);
	if (cell_is_empty(&lower))
		return upper.text;
	while (from > 0 && cell_is_empty(&upper))
		upper = row_cell(head->row, --from);
	return arena_concat(in->arena, upper.text, lower.text, NULL);
}

/* whether there is a word on the lower level */
static bool is_joined(const struct head *head, uint32_t n)
{
	struct grid_cell lower = head->below ? row_cell(head->below, n) : row_cell(head->row, n);

	return head->below && !cell_is_empty(&lower);
}

/* of a heading of two levels: as joined, else by its lower or its only word */
static enum heading_sort sort_of(struct intake *in, const struct head *head, uint32_t n,
				 int *column)
{
	const char *text = joined(in, head, n);
	enum heading_sort sort = text ? heading_find(in->form, text, column) : HEADING_EMPTY;

	if (sort == HEADING_UNKNOWN && is_joined(head, n))
		sort = heading_find(in->form, row_cell(head->below, n).text, column);
	return sort;
}

static uint32_t head_width(const struct head *head)
{
	uint32_t width = head->row->count;

	if (head->below && head->below->count > width)
		width = head->below->count;
	while (width > 0) {
		struct grid_cell upper = row_cell(head->row, width - 1);
		struct grid_cell lower = head->below ? row_cell(head->below, width - 1) : upper;

		if (!cell_is_empty(&upper) || !cell_is_empty(&lower))
			break;
		width--;
	}
	return width;
}

void head_count(struct intake *in, struct head *head)
{
	uint32_t width = head_width(head);

	head->known = 0;
	head->ambiguous = -1;
	for (uint32_t i = 0; i < width; i++) {
		int column;
		enum heading_sort sort = sort_of(in, head, i, &column);

		head->known += sort == HEADING_KNOWN || sort == HEADING_AMBIGUOUS;
		if (sort == HEADING_AMBIGUOUS && head->ambiguous < 0)
			head->ambiguous = (int)i;
	}
}

/* the row with most headings among the first */
bool head_find(struct intake *in, unsigned least, struct head *best)
{
	const struct grid *grid = &in->grid;

	*best = (struct head){ .known = 0 };
	for (size_t i = 0; i < grid->count && i < HEAD_ROWS; i++) {
		struct head one = { .row = &grid->rows[i], .number = i };
		struct head two = { .row = &grid->rows[i],
				    .below = i + 1 < grid->count ? &grid->rows[i + 1] : NULL,
				    .number = i };

		head_count(in, &one);
		/* of two that know as much, the one without a row above it that says nothing */
		if (one.known > best->known || (best->below && one.known == best->known))
			*best = one;
		if (!two.below || !one.known)
			continue;
		head_count(in, &two);
		if (two.known > best->known)
			*best = two;
	}
	return best->known >= least && best->known >= LEAST_HEADINGS;
}

bool table_is_there(struct intake *in, unsigned least)
{
	struct head head;

	return head_find(in, least, &head);
}

static void drop(struct intake *in, const struct head *head, uint32_t n, enum heading_sort sort)
{
	struct grid_cell cell = row_cell(head->row, n);

	if (sort == HEADING_PERSONAL)
		file_say(in, LEVEL_WARNING, "personal-column", &cell,
			 _("column '%s' holds personal data and is dropped"), cell.text);
	else if (sort == HEADING_UNKNOWN && strcmp(cell.text, INTAKE_REASONS) != 0)
		finding_hint(in->findings,
			     file_say(in, LEVEL_WARNING, "unknown-column", &cell,
				      _("column '%s' is not known and is left out"), cell.text),
			     "%s", _("what should be kept can stand under 备注"));
}

static int refuse_heading(struct intake *in, const struct head *head, uint32_t n,
			  const char *message, const char *hint)
{
	struct grid_cell cell = row_cell(head->row, n);
	const char *text = joined(in, head, n);

	finding_hint(in->findings,
		     file_say(in, LEVEL_ERROR, "heading", &cell, message, text ? text : cell.text),
		     "%s", hint);
	return -1;
}

static int map_columns(struct intake *in, const struct head *head)
{
	const struct intake_form *form = in->form;
	bool *seen = arena_array(in->arena, form->ncolumns, sizeof(*seen));
	int result = 0;

	in->width = head_width(head);
	in->map = arena_array(in->arena, in->width + 1, sizeof(*in->map));
	in->percent = arena_array(in->arena, form->ncolumns, sizeof(*in->percent));
	if (!seen || !in->map || !in->percent)
		return -1;
	for (uint32_t i = 0; i < in->width; i++) {
		int column = MAP_NONE;
		enum heading_sort sort = sort_of(in, head, i, &column);

		if (sort == HEADING_NO_MEMORY)
			in->grid.failed = true;
		in->map[i] = sort == HEADING_PERSONAL ? MAP_PERSONAL
			     : sort == HEADING_EMPTY  ? MAP_EMPTY
						      : column;
		drop(in, head, i,
		     sort == HEADING_UNKNOWN && is_joined(head, i) ? HEADING_EMPTY : sort);
		if (sort == HEADING_AMBIGUOUS)
			result = refuse_heading(in, head, i,
						_("the heading '%s' may mean more than one column"),
						_("write the form's own heading there"));
		else if (sort == HEADING_UNKNOWN && is_joined(head, i))
			result = refuse_heading(
				in, head, i, _("nothing is known under the heading '%s'"),
				_("write one heading a column, as the form has them"));
		else if (column >= 0 && seen[column])
			result = refuse_heading(in, head, i,
						_("the heading '%s' stands for a column that is "
						  "there already"),
						_("rename or remove one of the two"));
		if (column < 0)
			continue;
		seen[column] = true;
		in->percent[column] = heading_says_percent(row_cell(head->row, i).text);
	}
	return result;
}

/* as joined, else the lower or the only word: whichever the column was found by */
static const char *indicator_at(struct intake *in, const struct head *head, uint32_t n)
{
	const char *text = joined(in, head, n),
		   *id = text ? heading_indicator(in->form, text) : NULL;

	if (!id && head->below)
		id = heading_indicator(in->form, row_cell(head->below, n).text);
	return id;
}

/* columns that only one indicator has say which it is, where no column does */
static int imply_indicator(struct intake *in, const struct head *head)
{
	int column = form_column(in->form, "indicator");
	const char *found = NULL;

	for (uint32_t i = 0; column >= 0 && i < in->width; i++)
		if (in->map[i] == column)
			return 0;
	for (uint32_t i = 0; column >= 0 && i < in->width; i++) {
		const char *id = in->map[i] >= 0 ? indicator_at(in, head, i) : NULL;

		if (id && !in->given[column])
			in->given[column] = id;
		if (id && found && strcmp(id, found) != 0)
			return refuse_heading(
				in, head, i,
				_("the heading '%s' is of another indicator than those before it"),
				_("one table for each indicator; or a row for each figure, with a "
				  "column 指标"));
		found = id ? id : found;
	}
	return 0;
}

static int check_missing(struct intake *in, const struct head *head)
{
	const struct intake_form *form = in->form;
	struct grid_cell first = row_cell(head->row, 0);
	struct str names = { 0 };

	for (size_t i = 0; i < form->ncolumns; i++) {
		bool there =
			!form->columns[i].required || in->given[i] ||
			(in->options.unit_known && strcmp(form->columns[i].field, "unit") == 0);

		for (uint32_t j = 0; j < in->width; j++)
			there = there || in->map[j] == (int)i;
		if (!there)
			str_addf(&names, "%s%s", names.len ? "、" : "", form->columns[i].name);
	}
	if (!names.len)
		return 0;
	finding_hint(in->findings,
		     file_say(in, LEVEL_ERROR, "missing-column", &first,
			      _("columns are missing: %s"), str_text(&names)),
		     "%s",
		     _("add them to the table, with the form's headings; what is the same in all "
		       "rows can be given with --set, their unit with --for"));
	str_release(&names);
	return -1;
}

int head_map(struct intake *in, const struct head *head)
{
	int mapped = map_columns(in, head), missing;

	if (in->map && imply_indicator(in, head) < 0)
		mapped = -1;
	missing = in->map && !in->grid.failed ? check_missing(in, head) : -1;
	return mapped < 0 || missing < 0 ? -1 : 0;
}
