/* 走访排查重点 by unit, and what each unit did. */
#include <string.h>

#include "report/dispatch_part.h"
#include "report/tallies.h"

/* columns of the matrix: number, name, a unit each, how many answered */
#define BESIDE_UNITS 3

static const struct column POINT_COLUMNS[BESIDE_UNITS] = {
	{ "point", "序号", CELL_INTEGER, 0, 0 },
	{ "name", "排查重点", CELL_TEXT, 0, 1 },
	{ "answered", "已填", CELL_INTEGER, 0, 0 },
};

struct matrix {
	struct column *columns;
	int *units;
	size_t nunits;
};

static bool make_matrix(struct telling *t, struct matrix *m)
{
	struct arena *arena = t->report->arena;

	*m = (struct matrix){ .columns = arena_array(arena, TABLE_COLUMNS, sizeof(*m->columns)),
			      .units = arena_array(arena, TABLE_COLUMNS, sizeof(*m->units)) };
	if (!m->columns || !m->units) {
		t->report->failed = true;
		return false;
	}
	m->columns[0] = POINT_COLUMNS[0];
	m->columns[1] = POINT_COLUMNS[1];
	for (int u = 0; u < (int)t->plan->nunits; u++) {
		if (!set_has(&t->rows, u) || m->nunits + BESIDE_UNITS >= TABLE_COLUMNS)
			continue;
		m->columns[2 + m->nunits] =
			(struct column){ t->plan->units[u].id, plan_short(t->plan, u), CELL_CODE, 0,
					 0 };
		m->units[m->nunits++] = u;
	}
	m->columns[2 + m->nunits] = POINT_COLUMNS[2];
	return true;
}

static const struct answer *answer_of(const struct telling *t, int unit, size_t point)
{
	return &t->d->answers[(size_t)unit * t->plan->npoints + point];
}

static void point_row(struct telling *t, struct table *table, const struct matrix *m, size_t point)
{
	struct cell *cells = table_row(t->report, table);
	int64_t answered = 0;

	cell_integer(&cells[0], t->plan->points[point].id);
	cell_text(t->report, &cells[1], t->plan->points[point].name);
	for (size_t i = 0; i < m->nunits; i++) {
		const struct answer *answer = answer_of(t, m->units[i], point);
		bool given = answer->result == ANSWER_GIVEN;

		if (answer->date == DAY_NONE) {
			cell_absent(t->report, &cells[2 + i], "○");
			cells[2 + i].tone = TONE_DIM;
			continue;
		}
		cell_code(t->report, &cells[2 + i], given ? "answered" : "short",
			  given ? "●" : "▲");
		cells[2 + i].tone = given ? TONE_GREEN : TONE_YELLOW;
		answered++;
	}
	cell_integer(&cells[2 + m->nunits], answered);
}

/* points that no unit of the report answered; F14 against its target */
static void tell_points(struct telling *t, const struct matrix *m)
{
	struct str none = { 0 };

	for (size_t point = 0; point < t->plan->npoints; point++) {
		bool any = false;

		for (size_t i = 0; i < m->nunits; i++)
			any = any || answer_of(t, m->units[i], point)->date != DAY_NONE;
		if (!any)
			str_addf(&none, "%s%d.%s", none.len ? "、" : "", t->plan->points[point].id,
				 t->plan->points[point].name);
	}
	tell(t, "●已填报　▲已填报，尚有不足　○未填报。无一单位填报的重点：%s。",
	     none.len ? str_text(&none) : "无");
	t->report->failed = t->report->failed || none.failed;
	str_release(&none);
}

static void tell_thresholds(struct telling *t)
{
	for (size_t i = 0; i < t->plan->nindicators && t->d->all_here; i++) {
		const struct indicator *indicator = &t->plan->indicators[i];
		struct indicator_words words;
		struct city_value city;

		if (!indicator->point || !indicator->target.known)
			continue;
		indicator_city(&t->d->figures, indicator, t->d->day, &city);
		indicator_words(t->report, indicator, &city, &words);
		tell(t, "重点%d %s：%s，要求%s，%s。", indicator->point, indicator->name,
		     words.latest, words.target,
		     city.met == MET_UNKNOWN ? "尚无数据可判" : words.met);
	}
}

void put_points(struct telling *t)
{
	struct matrix m;
	struct table *table;

	if (!make_matrix(t, &m))
		return;
	table = report_table(t->report, "points", "填报情况", "无", m.columns,
			     m.nunits + BESIDE_UNITS);
	for (size_t point = 0; point < t->plan->npoints; point++)
		point_row(t, table, &m, point);
	tell_points(t, &m);
	tell_thresholds(t);
}

void part_points(struct telling *t)
{
	tell_section(t, indicator_say(t->report, "走访排查重点%zu项", t->plan->npoints));
	put_points(t);
}

static const struct column UNITS[] = {
	{ "unit", "单位", CELL_TEXT, 0, 0 },
	{ "planned", "计划", CELL_INTEGER, 0, 0 },
	{ "done", "完成", CELL_INTEGER, 0, 0 },
	{ "visits", "走访", CELL_INTEGER, 0, 0 },
	{ "walkthroughs", "走流程", CELL_INTEGER, 0, 0 },
	{ "found", "发现", CELL_INTEGER, 0, 0 },
	{ "closed", "销号", CELL_INTEGER, 0, 0 },
	{ "open", "在办", CELL_INTEGER, 0, 0 },
	{ "overdue", "逾期", CELL_INTEGER, 0, 0 },
	{ "evidence", "资料", CELL_CODE, 0, 0 },
};

static const struct {
	const char *code, *label;
} PACKAGES[] = { [PACKAGE_COMPLETE] = { "complete", "齐全" },
		 [PACKAGE_INCOMPLETE] = { "incomplete", "不齐全" },
		 [PACKAGE_NOT_STARTED] = { "not-started", "未开展" } };

static void unit_row(struct telling *t, struct table *table, int unit)
{
	const struct unit_part *part = &t->d->units[unit];
	const struct plan_progress *plans = &t->d->plans.units[unit];
	enum package_state state = package_state(&t->d->packages, &t->d->packages.units[unit]);
	struct cell *cells = table_row(t->report, table);

	cell_short_unit(t, &cells[0], unit);
	if (plans->plans) {
		cell_integer(&cells[1], (int64_t)plans->planned);
		cell_integer(&cells[2], (int64_t)plans->done);
	} else {
		cell_absent(t->report, &cells[1], "无计划");
	}
	cell_integer(&cells[3], part->period.visits);
	cell_integer(&cells[4], part->period.walkthroughs);
	cell_integer(&cells[5], part->tally.registered);
	cell_integer(&cells[6], part->tally.closed);
	cell_integer(&cells[7], part->tally.open_after);
	cell_integer(&cells[8], part->tally.overdue);
	cells[8].tone = part->tally.overdue ? TONE_RED : TONE_NONE;
	cell_code(t->report, &cells[9], PACKAGES[state].code, PACKAGES[state].label);
}

static void sum_row(struct telling *t, struct table *table)
{
	struct cell *cells = table_row(t->report, table);
	int64_t planned = 0, done = 0;

	for (int u = 0; u < (int)t->plan->nunits; u++)
		if (set_has(&t->rows, u)) {
			planned += (int64_t)t->d->plans.units[u].planned;
			done += (int64_t)t->d->plans.units[u].done;
		}
	cell_absent(t->report, &cells[0], "合计");
	cell_integer(&cells[1], planned);
	cell_integer(&cells[2], done);
	cell_integer(&cells[3], t->d->period.visits);
	cell_integer(&cells[4], t->d->period.walkthroughs);
	cell_integer(&cells[5], t->d->tally.registered);
	cell_integer(&cells[6], t->d->tally.closed);
	cell_integer(&cells[7], t->d->tally.open_after);
	cell_integer(&cells[8], t->d->tally.overdue);
}

static void tell_plans(struct telling *t)
{
	struct unit_set without = { 0 };

	for (int u = 0; u < (int)t->plan->nunits; u++)
		if (set_has(&t->rows, u) && t->plan->units[u].reporting &&
		    !t->d->plans.units[u].plans)
			set_add(&without, u);
	tell(t, "未制定本期走访计划的单位：%s。", names_of_set(t, &without));
}

void put_tallies(struct telling *t)
{
	struct unit_tally *units = arena_array(t->report->arena, t->plan->nunits, sizeof(*units));
	size_t n = 0;

	if (!units) {
		t->report->failed = true;
		return;
	}
	for (int u = 0; u < (int)t->plan->nunits; u++)
		if (set_has(&t->rows, u))
			units[n++] = (struct unit_tally){ u, t->d->units[u].tally };
	tallies_tables(t->report, t->plan, units, n);
}

void put_units(struct telling *t)
{
	struct table *table = TELL_TABLE(t, "units_progress", "走访、问题和资料", NULL, UNITS);

	for (int u = 0; u < (int)t->plan->nunits; u++)
		if (set_has(&t->rows, u))
			unit_row(t, table, u);
	sum_row(t, table);
	tell_plans(t);
}

void part_units(struct telling *t)
{
	tell_section(t, "县（市、区）进度");
	put_units(t);
	put_tallies(t);
}
