#include "report/problems.h"

#include <string.h>

#include "base/str.h"

/* contract 4: keys and their order; what people read leaves some out to fit 80 columns */
static const struct column COLUMNS[] = {
	{ "id", "编号", CELL_CODE, 0, 0 },
	{ "title", "问题", CELL_TEXT, 0, 3 },
	{ "unit", "归属单位", CELL_CODE, COLUMN_DATA_ONLY, 0 },
	{ "lead", "牵头单位", CELL_TEXT, 0, 2 },
	{ "state", "状态", CELL_CODE, 0, 0 },
	{ "due", "时限", CELL_DATE, 0, 0 },
	{ "due_original", "原定时限", CELL_DATE, COLUMN_DATA_ONLY, 0 },
	{ "days_left", "余天", CELL_INTEGER, 0, 0 },
	{ "overdue", "逾期", CELL_BOOLEAN, COLUMN_DATA_ONLY, 0 },
	{ "light", "灯", CELL_CODE, 0, 0 },
	{ "light_reason", "原因", CELL_CODE, COLUMN_DATA_ONLY, 0 },
	{ "measures_done", "措施已完成", CELL_INTEGER, COLUMN_DATA_ONLY, 0 },
	{ "measures_total", "措施", CELL_INTEGER, COLUMN_DATA_ONLY, 0 },
	{ "why", "说明", CELL_TEXT, COLUMN_READ_ONLY, 3 },
};

enum {
	ID,
	TITLE,
	UNIT,
	LEAD,
	STATE,
	DUE,
	DUE_ORIGINAL,
	DAYS_LEFT,
	OVERDUE,
	LIGHT,
	LIGHT_REASON,
	MEASURES_DONE,
	MEASURES_TOTAL,
	WHY,
};

struct node *problem_head(const struct node *fields, struct arena *arena)
{
	static const char *const names[] = { "title", "unit", "lead" };
	struct node *head = node_new_map(arena);

	for (size_t i = 0; head && i < sizeof(names) / sizeof(*names); i++) {
		const struct node *value = node_get(fields, names[i]);
		struct node *copy = value ? node_copy(arena, value) : NULL;

		if (value && (!copy || node_set(arena, head, names[i], copy) < 0))
			return NULL;
	}
	return head;
}

void report_believed(struct report *report, const struct plan *plan)
{
	if (!plan->people)
		report_paragraph(report, "方案未列人员名册，姓名以填报为准，未经核对。");
}

struct table *problems_table(struct report *report, bool explain)
{
	return report_table(report, "problems", NULL, "无", COLUMNS, explain ? WHY + 1 : WHY);
}

static void unit_cell(struct report *report, struct cell *cell, const struct plan *plan,
		      const char *id)
{
	int unit = plan_unit(plan, id);

	if (id)
		cell_code(report, cell, id, unit == NO_UNIT ? id : plan->units[unit].name);
}

static void date_cell(struct report *report, struct cell *cell, day_t day)
{
	char text[DATE_SIZE];

	cell_text(report, cell, day == DAY_NONE ? NULL : date_format(day, text));
}

static enum tone tone_of(enum light light)
{
	static const enum tone tones[] = { TONE_NONE, TONE_RED, TONE_YELLOW, TONE_GREEN, TONE_DIM };

	return tones[light];
}

/* 红 逾期: the light and its reason together, for people */
static void light_cells(struct report *report, struct cell *cells, const struct problem_status *s)
{
	struct str text = { 0 };

	if (s->light == LIGHT_NONE)
		return;
	str_addf(&text, "%s%s%s", light_label(s->light), s->reason == REASON_NONE ? "" : " ",
		 s->reason == REASON_NONE ? "" : reason_label(s->reason));
	cell_code(report, &cells[LIGHT], light_code(s->light), str_text(&text));
	cells[LIGHT].tone = tone_of(s->light);
	if (s->reason != REASON_NONE)
		cell_code(report, &cells[LIGHT_REASON], reason_code(s->reason),
			  reason_label(s->reason));
	str_release(&text);
}

void problems_row(struct report *report, struct table *table, const struct plan *plan,
		  const struct folded *f, const struct problem_status *s, const char *why)
{
	struct cell *cells = table ? table_row(report, table) : NULL;

	if (!cells)
		return;
	cell_text(report, &cells[ID], f->record->id);
	cell_text(report, &cells[TITLE], node_string(f->fields, "title"));
	unit_cell(report, &cells[UNIT], plan, node_string(f->fields, "unit"));
	unit_cell(report, &cells[LEAD], plan, node_string(f->fields, "lead"));
	cell_code(report, &cells[STATE], state_name(f->state), state_label(f->state));
	date_cell(report, &cells[DUE], s->due);
	date_cell(report, &cells[DUE_ORIGINAL], s->due_original);
	if (s->has_days)
		cell_integer(&cells[DAYS_LEFT], s->days_left);
	if (s->days_left < 0)
		cells[DAYS_LEFT].tone = TONE_RED;
	cell_boolean(&cells[OVERDUE], s->overdue);
	light_cells(report, cells, s);
	cell_integer(&cells[MEASURES_DONE], (int64_t)s->measures_done);
	cell_integer(&cells[MEASURES_TOTAL], (int64_t)s->measures_total);
	if (table->ncolumns > WHY)
		cell_text(report, &cells[WHY], why);
}
