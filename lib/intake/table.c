/* A grid with a row of headings: which rows are records, and their cells. */
#include <string.h>

#include "base/msg.h"
#include "base/utf8.h"
#include "intake/figure.h"
#include "intake/table_head.h"
#include "intake/words.h"

#define LONGEST_TOTAL 24 /* bytes: 合计（共12家） */

/* the first that is not empty, from the n-th on; or NULL */
static const struct grid_cell *filled_cell(const struct grid_row *row, uint32_t n)
{
	for (; n < row->count; n++)
		if (!cell_is_empty(&row->cells[n]))
			return &row->cells[n];
	return NULL;
}

static uint32_t count_filled(const struct grid_row *row)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < row->count; i++)
		n += !cell_is_empty(&row->cells[i]);
	return n;
}

/* 合计 stands where the number, the unit or nothing stands */
static bool row_is_total(const struct intake *in, const struct grid_row *row, bool *sub)
{
	const struct intake_form *form = in->form;

	for (uint32_t i = 0; i < row->count && i < in->width; i++) {
		int column = in->map[i];
		const char *field = column >= 0 ? form->columns[column].field : "seq";

		if ((text_is(field, "seq") || text_is(field, "unit")) &&
		    strnlen(row->cells[i].text, LONGEST_TOTAL + 1) <= LONGEST_TOTAL &&
		    is_total(row->cells[i].text, sub))
			return true;
	}
	return false;
}

enum row_sort { ROW_DATA, ROW_EMPTY, ROW_TITLE, ROW_TOTAL, ROW_FOOTER };

static enum row_sort row_sort(struct intake *in, const struct grid_row *row, bool *sub)
{
	const struct grid_cell *first = filled_cell(row, 0);
	struct head again = { .row = row };
	int seq = form_column(in->form, "seq"), column;
	bool alone;

	if (!first)
		return ROW_EMPTY;
	alone = !filled_cell(row, (uint32_t)(first - row->cells) + 1);
	for (uint32_t i = 0; alone && seq >= 0 && i < row->count && i < in->width; i++)
		if (in->map[i] == seq && first == &row->cells[i] &&
		    !first->text[strspn(first->text, "0123456789 .")])
			return ROW_EMPTY;
	if (alone && form_is_title(in->form, first->text))
		return ROW_TITLE;
	if (row_is_total(in, row, sub))
		return ROW_TOTAL;
	/* behind a number come a record's cells */
	if (!first->text[strspn(first->text, "0123456789")])
		return ROW_DATA;
	if (is_footer(first->text))
		return ROW_FOOTER;
	/* printed sheets repeat the headings */
	if (heading_find(in->form, first->text, &column) != HEADING_KNOWN)
		return ROW_DATA;
	head_count(in, &again);
	return again.known >= LEAST_HEADINGS && again.known * 2 >= count_filled(row) ? ROW_TITLE
										     : ROW_DATA;
}

/* what stands above the headings may say which unit and day; a person decides */
static void pass_titles(struct intake *in, const struct head *head)
{
	for (size_t i = 0; i < head->number; i++) {
		const struct grid_row *row = &in->grid.rows[i];

		if (!filled_cell(row, 0)) {
			in->empty++;
			continue;
		}
		in->titles++;
		for (uint32_t j = 0; j < row->count; j++)
			if (is_footer(row->cells[j].text))
				file_say(in, LEVEL_NOTE, "title", &row->cells[j],
					 _("'%s' stands above the table and is not applied to its "
					   "rows"),
					 row->cells[j].text);
	}
}

/* of each column, while the rows are read in their order */
struct reading {
	struct intake *in;
	const char **last;     /* what stood there last */
	bool *fill;            /* --fill-down */
	bool fills;            /* of any column, or --ditto */
	bool *counts;          /* its figures are added up */
	int64_t *sums, *since; /* of all rows, and since the last 小计 */
};

/* what a column of no name holds is left out as that of an unknown one is, and told */
static void tell_nameless(struct intake *in, struct intake_values *entry,
			  const struct grid_row *row)
{
	for (uint32_t i = 0; i < row->count; i++) {
		const struct grid_cell *cell = &row->cells[i];
		struct finding what = { .level = LEVEL_WARNING,
					.code = "no-heading",
					.file = in->grid.name,
					.line = cell->line,
					.column = cell->column };

		if (i < in->width ? in->map[i] != MAP_EMPTY : !row->sheet)
			continue;
		if (!cell_is_empty(cell))
			finding_hint(
				&entry->findings,
				findings_add(&entry->findings, &what,
					     _("'%s' stands where there is no heading, and is left "
					       "out"),
					     cell->text),
				"%s", _("what should be kept can stand under 备注"));
	}
}

static void check_cells(struct intake *in, struct intake_values *entry, const struct grid_row *row)
{
	uint32_t more = 0;

	for (uint32_t i = in->width; i < row->count; i++)
		more += !cell_is_empty(&row->cells[i]);
	if (more)
		finding_hint(&entry->findings,
			     entry_say(in, entry, LEVEL_ERROR, "too-many-cells", -1,
				       _("the row has %u cells, the headings %u"), row->count,
				       in->width),
			     "%s", _("a text with a comma in it must stand in quotation marks"));
	else if (row->count < in->width)
		finding_hint(&entry->findings,
			     entry_say(in, entry, LEVEL_ERROR, "too-few-cells", -1,
				       _("the row has %u cells, the headings %u"), row->count,
				       in->width),
			     "%s", _("cells that are empty need their commas too"));
}

/* --fill-down and --ditto: what stands above, for as long as the rows are read in their order */
static void fill_cell(struct reading *r, struct grid_cell *cell, int column)
{
	const char **above = &r->last[column];
	bool ditto = r->in->options.ditto && is_ditto(cell->text);

	if (ditto && !*above)
		return;
	if (ditto || (r->fill[column] && cell_is_empty(cell) && *above)) {
		cell->text = *above;
		cell->mark = ditto ? MARK_DITTO : MARK_FILLED;
	}
	if (!is_ditto(cell->text) && !cell_is_empty(cell))
		*above = cell->text;
}

/* of a cell that is not as it was typed */
static void tell_mark(struct intake *in, struct intake_values *entry, int column)
{
	const struct grid_cell *cell = &entry->cells[column];

	if (cell->mark != MARK_NONE)
		entry_say(in, entry, LEVEL_NOTE, cell->mark == MARK_DITTO ? "ditto" : "filled-down",
			  column, _("taken from the row above: '%s'"), cell->text);
}

void table_cells(struct intake *in, const struct grid_row *row, struct intake_values *values)
{
	int seq = form_column(in->form, "seq");

	for (uint32_t i = 0; i < in->width; i++)
		if (in->map[i] >= 0)
			values->cells[in->map[i]] = row_cell(row, i);
	if (seq >= 0 && values->cells[seq].text && !cell_is_empty(&values->cells[seq]))
		values->seq = values->cells[seq].text;
	tell_nameless(in, values, row);
	/* a sheet has no cells that a comma too many could make, and none where there is nothing */
	if (!row->sheet)
		check_cells(in, values, row);
	for (size_t i = 0; i < in->form->ncolumns; i++)
		if (values->cells[i].text)
			tell_mark(in, values, (int)i);
}

/* a column whose figures are added up: no number of a row, no words */
static bool is_count(const struct intake_column *column)
{
	const struct schema_property *p = column->property;

	return p && p->type && strcmp(p->type, "integer") == 0 && strcmp(column->field, "seq") != 0;
}

/* cells at the end that a sheet does not have may be filled too */
static int widen(struct reading *r, struct grid_row *row)
{
	struct grid_cell *cells = arena_array(r->in->arena, r->in->width, sizeof(*cells));

	if (!cells)
		return -1;
	for (uint32_t i = 0; i < r->in->width; i++)
		cells[i] = row_cell(row, i);
	row->cells = cells;
	row->count = r->in->width & INT32_MAX;
	return 0;
}

static int read_row(struct reading *r, struct grid_row *row)
{
	struct intake *in = r->in;
	struct intake_entry *entry = entry_add(in, row->line, row->cells[0].column);

	if (!entry || (r->fills && row->sheet && row->count < in->width && widen(r, row) < 0))
		return -1;
	entry->row = row;
	for (uint32_t i = 0; i < in->width && i < row->count; i++) {
		int column = in->map[i];
		int64_t value;

		if (column < 0)
			continue;
		if (r->fills)
			fill_cell(r, &row->cells[i], column);
		if (r->counts[column] &&
		    figure_count(row->cells[i].text, NULL, &value) == FIGURE_FINE &&
		    value < NUM_LARGEST / 100000) {
			r->sums[column] += value;
			r->since[column] += value;
		}
	}
	return 0;
}

/* domain V23: what a sum says is compared with the rows, and never imported */
static void check_total(struct reading *r, const struct grid_row *row, bool sub)
{
	struct intake *in = r->in;

	for (uint32_t i = 0; i < row->count && i < in->width; i++) {
		int column = in->map[i];
		int64_t value, sum = column >= 0 ? (sub ? r->since : r->sums)[column] : 0;

		if (column < 0 || !is_count(&in->form->columns[column]) ||
		    figure_count(row->cells[i].text, NULL, &value) != FIGURE_FINE || value == sum)
			continue;
		file_say(in, LEVEL_WARNING, "total", &row->cells[i],
			 _("the total of '%s' says %lld, the rows make %lld"),
			 in->form->columns[column].name, (long long)value, (long long)sum);
	}
	if (sub)
		memset(r->since, 0, in->form->ncolumns * sizeof(*r->since));
}

static bool is_average(const struct grid_row *row)
{
	for (uint32_t i = 0; i < row->count; i++)
		if (strstr(row->cells[i].text, "平均") || strstr(row->cells[i].text, "均值"))
			return true;
	return false;
}

static int take_fill(struct reading *r)
{
	struct intake *in = r->in;

	for (size_t i = 0; i < in->options.nfill_down; i++) {
		const char *name = in->options.fill_down[i];
		int column = form_column(in->form, name);

		if (column < 0 && heading_find(in->form, name, &column) != HEADING_KNOWN) {
			file_say(in, LEVEL_ERROR, "fill-down", NULL,
				 _("--fill-down: the form has no column '%s'"), name);
			return -1;
		}
		r->fill[column] = true;
	}
	r->fills = in->options.ditto || in->options.nfill_down;
	for (size_t i = 0; i < in->form->ncolumns; i++)
		r->counts[i] = is_count(&in->form->columns[i]);
	return 0;
}

static int read_rows(struct intake *in, const struct head *head)
{
	size_t n = in->form->ncolumns;
	struct reading r = { .in = in,
			     .last = arena_array(in->arena, n, sizeof(*r.last)),
			     .fill = arena_array(in->arena, n, sizeof(*r.fill)),
			     .counts = arena_array(in->arena, n, sizeof(*r.counts)),
			     .sums = arena_array(in->arena, n, sizeof(*r.sums)),
			     .since = arena_array(in->arena, n, sizeof(*r.since)) };

	if (!r.last || !r.fill || !r.counts || !r.sums || !r.since || take_fill(&r) < 0)
		return -1;
	for (size_t i = head->number + (head->below ? 2 : 1); i < in->grid.count; i++) {
		struct grid_row *row = &in->grid.rows[i];
		bool sub = false;

		switch (row_sort(in, row, &sub)) {
		case ROW_EMPTY:
			in->empty++;
			break;
		case ROW_TITLE:
			in->titles++;
			break;
		case ROW_TOTAL:
			in->totals++;
			if (!is_average(row))
				check_total(&r, row, sub);
			break;
		case ROW_FOOTER:
			in->footers++;
			break;
		case ROW_DATA:
			if (read_row(&r, row) < 0)
				return -1;
			break;
		}
	}
	return 0;
}

int table_read(struct intake *in)
{
	struct head head;

	head_find(in, 1, &head);
	in->header = head.row;
	pass_titles(in, &head);
	return head_map(in, &head) < 0 ? -1 : read_rows(in, &head);
}
