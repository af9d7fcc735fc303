#include "report/visit_plans.h"

#include "base/str.h"

static const struct column UNITS[] = {
	{ "unit", "单位", CELL_TEXT, 0, 0 },
	{ "planned", "计划", CELL_INTEGER, 0, 0 },
	{ "done", "已完成", CELL_INTEGER, 0, 0 },
	{ "open", "未完成", CELL_INTEGER, 0, 0 },
	{ "visits_beside", "计划外走访", CELL_INTEGER, 0, 0 },
	{ "walkthroughs_beside", "计划外走流程", CELL_INTEGER, 0, 0 },
};

enum { UNIT, PLANNED, FINISHED, OPEN, VISITS_BESIDE, WALKTHROUGHS_BESIDE };

static const struct column TARGETS[] = {
	{ "unit", "单位", CELL_TEXT, 0, 1 },
	{ "plan", "计划编号", CELL_CODE, COLUMN_DATA_ONLY, 0 },
	{ "kind", "方式", CELL_CODE, 0, 0 },
	{ "name", "对象", CELL_TEXT, 0, 2 },
	{ "role", "承担角色", CELL_TEXT, COLUMN_DATA_ONLY, 0 },
	{ "date", "计划日期", CELL_DATE, 0, 0 },
	{ "done", "完成", CELL_BOOLEAN, 0, 0 },
	{ "record", "完成记录", CELL_CODE, 0, 0 },
};

enum { T_UNIT, T_PLAN, T_KIND, T_NAME, T_ROLE, T_DATE, T_DONE, T_RECORD };

#define COLUMNS_OF(columns) (sizeof(columns) / sizeof(*(columns)))

static void unit_cell(struct report *report, struct cell *cell, const struct plan *plan, int unit)
{
	cell_code(report, cell, plan->units[unit].id, plan->units[unit].name);
}

static void progress_row(struct report *report, struct table *table, const struct plan *plan,
			 int unit, const struct plan_progress *p)
{
	struct cell *cells = table_row(report, table);

	if (unit == NO_UNIT)
		cell_absent(report, &cells[UNIT], "合计");
	else
		unit_cell(report, &cells[UNIT], plan, unit);
	cell_integer(&cells[PLANNED], (int64_t)p->planned);
	cell_integer(&cells[FINISHED], (int64_t)p->done);
	cell_integer(&cells[OPEN], (int64_t)(p->planned - p->done));
	cell_integer(&cells[VISITS_BESIDE], (int64_t)p->visits_beside);
	cell_integer(&cells[WALKTHROUGHS_BESIDE], (int64_t)p->walkthroughs_beside);
}

static void units_table(struct report *report, const struct visit_plans *v,
			const struct unit_set *rows)
{
	struct table *table =
		report_table(report, "units", "计划与完成", "无", UNITS, COLUMNS_OF(UNITS));
	struct plan_progress sum = { 0 };

	for (int u = 0; u < (int)v->plan->nunits; u++) {
		const struct plan_progress *p = &v->units[u];

		if (!set_has(rows, u))
			continue;
		progress_row(report, table, v->plan, u, p);
		sum.planned += p->planned;
		sum.done += p->done;
		sum.visits_beside += p->visits_beside;
		sum.walkthroughs_beside += p->walkthroughs_beside;
	}
	progress_row(report, table, v->plan, NO_UNIT, &sum);
}

/* units that should have a plan and have none: ids for programs, names for people */
static void without_plan(struct report *report, const struct visit_plans *v,
			 const struct unit_set *rows)
{
	const struct plan *plan = v->plan;
	const char **ids = arena_array(report->arena, plan->nunits, sizeof(*ids));
	struct str names = { 0 };
	size_t n = 0;

	for (int u = 0; ids && u < (int)plan->nunits; u++) {
		if (!set_has(rows, u) || v->units[u].plans)
			continue;
		ids[n++] = plan->units[u].id;
		str_addf(&names, "%s%s", names.len ? "、" : "", plan->units[u].name);
	}
	if (!ids || names.failed)
		report->failed = true;
	else
		cell_list(report, report_fact(report, "units_without_plan", NULL, CELL_LIST), ids,
			  n);
	report_paragraph(report, arena_printf(report->arena, "未制定走访计划的单位：%s。",
					      names.len ? str_text(&names) : "无"));
	str_release(&names);
}

static void targets_table(struct report *report, const struct visit_plans *v)
{
	struct table *table =
		report_table(report, "targets", "走访对象", "无", TARGETS, COLUMNS_OF(TARGETS));
	char date[DATE_SIZE];

	for (size_t i = 0; i < v->ntargets; i++) {
		const struct target *t = &v->targets[i];
		struct cell *cells = table_row(report, table);

		unit_cell(report, &cells[T_UNIT], v->plan, t->unit);
		cell_text(report, &cells[T_PLAN], t->plan);
		cell_code(report, &cells[T_KIND], KIND_INFO[t->kind].name,
			  t->kind == KIND_VISIT ? "走访" : "走流程");
		cell_text(report, &cells[T_NAME], t->name);
		cell_text(report, &cells[T_ROLE], t->role);
		if (t->date != DAY_NONE)
			cell_text(report, &cells[T_DATE], date_format(t->date, date));
		cell_boolean(&cells[T_DONE], t->done != NULL);
		cell_text(report, &cells[T_RECORD], t->done);
	}
}

void visit_plans_report(struct report *report, const struct visit_plans *v,
			const struct unit_set *rows)
{
	units_table(report, v, rows);
	without_plan(report, v, rows);
	targets_table(report, v);
	if (v->withdrawn)
		report_paragraph(
			report,
			arena_printf(report->arena, "另有已撤回记录%zu条，不计入。", v->withdrawn));
}
