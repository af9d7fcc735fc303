/* Plans against what was done: which visit does which target, and which lie beside the plan. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "model/visit_plan.h"
#include "tale.h"

static struct plan plan;
static struct visit_plans plans;

static void start(const char *period)
{
	day_t from = PERIOD_FIRST, until = PERIOD_LAST;

	tale_plan(&plan, NULL);
	if (period)
		assert_true(period_parse(period, strlen(period), &from, &until));
	visit_plans_init(&plans, &plan, from, until, &tale_arena);
}

static void take(enum kind kind, const char *unit, const char *id, const char *fields)
{
	struct record record = { .kind = kind, .id = id, .unit = unit };
	struct folded f = { .record = &record, .fields = tale_node(fields) };

	visit_plans_take(&plans, &f);
}

static void planned(const char *unit, const char *id, const char *period, const char *targets)
{
	take(KIND_VISIT_PLAN, unit, id,
	     arena_printf(&tale_arena, "{period: '%s', targets: [%s]}", period, targets));
}

static void visit(const char *unit, const char *id, const char *date, const char *enterprise)
{
	take(KIND_VISIT, unit, id,
	     arena_printf(&tale_arena, "{date: '2024-%s', enterprise: '%s'}", date, enterprise));
}

static void walk(const char *unit, const char *id, const char *date, const char *matter)
{
	take(KIND_WALKTHROUGH, unit, id,
	     arena_printf(&tale_arena, "{date: '2024-%s', matter: '%s'}", date, matter));
}

/* "name:record" of every target that is asked about; - where it is not done */
static const char *done(void)
{
	static struct str out;

	str_reset(&out);
	str_add(&out, "");
	assert_int_equal(visit_plans_match(&plans), 0);
	for (size_t i = 0; i < plans.ntargets; i++)
		str_addf(&out, "%s%s:%s", i ? " " : "", plans.targets[i].name,
			 plans.targets[i].done ? plans.targets[i].done : "-");
	return str_text(&out);
}

static const struct plan_progress *of(const char *unit)
{
	return &plans.units[plan_unit(&plan, unit)];
}

static void names_and_units(void **state)
{
	(void)state;
	start(NULL);
	planned("jingchuan", "t1", "2024-05",
		"{enterprise: '示例甲（泾川）公司'}, {enterprise: 示例乙}, {matter: 示例乙}, "
		"{matter: 开办 餐馆}");
	visit("jingchuan", "v1", "05-10", "示例甲 (泾川)　公司");
	/* of another unit, of another kind */
	visit("lingtai", "v2", "05-10", "示例乙");
	walk("jingchuan", "w1", "05-11", "开办餐馆");
	walk("jingchuan", "w2", "05-12", "示例甲（泾川）公司");
	assert_string_equal(done(), "示例甲（泾川）公司:v1 示例乙:- 示例乙:- 开办 餐馆:w1");
	assert_int_equal(of("jingchuan")->planned, 4);
	assert_int_equal(of("jingchuan")->done, 2);
	assert_int_equal(of("jingchuan")->visits_beside, 0);
	assert_int_equal(of("jingchuan")->walkthroughs_beside, 1);
	assert_int_equal(of("jingchuan")->plans, 1);
	assert_int_equal(of("lingtai")->visits_beside, 1);
	assert_int_equal(of("lingtai")->plans, 0);
}

/* within the plan's period, first and last day included, whatever day was planned */
static void days(void **state)
{
	static const struct {
		const char *period, *date;
		bool done;
	} rows[] = {
		{ "2024-05", "04-30", false },  { "2024-05", "05-01", true },
		{ "2024-05", "05-31", true },   { "2024-05", "06-01", false },
		{ "2024-W18", "04-28", false }, { "2024-W18", "04-29", true },
		{ "2024-W18", "05-05", true },  { "2024-W18", "05-06", false },
		{ "2024", "01-01", true },      { "2024", "12-31", true },
		{ "2023", "01-01", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		start(NULL);
		planned("jingchuan", "t1", rows[i].period, "{enterprise: 甲, date: '2024-05-10'}");
		visit("jingchuan", "v1", rows[i].date, "甲");
		if (strcmp(done(), rows[i].done ? "甲:v1" : "甲:-") != 0)
			fail_msg("%s %s: %s", rows[i].period, rows[i].date, done());
		assert_int_equal(of("jingchuan")->visits_beside, !rows[i].done);
	}
}

/* what is planned twice is to be done twice; in two plans once is enough */
static void twice(void **state)
{
	(void)state;
	start(NULL);
	planned("jingchuan", "t1", "2024-05",
		"{enterprise: 甲, date: '2024-05-20'}, {enterprise: 甲, date: '2024-05-10'}");
	planned("jingchuan", "t2", "2024", "{enterprise: 甲}");
	visit("jingchuan", "v1", "05-10", "甲");
	assert_string_equal(done(), "甲:- 甲:v1 甲:v1");
	start(NULL);
	planned("jingchuan", "t1", "2024-05", "{enterprise: 甲, role: a}, {enterprise: 甲}");
	/* in whatever order they come, the earlier one first */
	visit("jingchuan", "v3", "05-30", "甲");
	visit("jingchuan", "v2", "05-10", "甲");
	visit("jingchuan", "v1", "05-10", "甲");
	assert_string_equal(done(), "甲:v1 甲:v2");
	/* the third is no visit beside the plan: the enterprise is in it */
	assert_int_equal(of("jingchuan")->visits_beside, 0);
}

/* a period of asking, and plans that are shorter, longer, or lie across its end */
static void periods(void **state)
{
	static const struct {
		const char *asked, *wanted;
		int plans, beside;
	} rows[] = {
		{ NULL, "w18:- may:v2 year-may:- year-june:- year:v1", 3, 1 },
		{ "2024", "w18:- may:v2 year-may:- year-june:- year:v1", 3, 1 },
		/* the week of 29 April is one of May: its Thursday is */
		{ "2024-04", "", 1, 0 },
		{ "2024-05", "w18:- may:v2 year-may:-", 3, 1 },
		{ "2024-06", "year-june:-", 1, 0 },
		{ "2024-W18", "w18:-", 3, 0 },
		{ "2024-W19", "may:v2 year-may:-", 2, 1 },
		{ "2024-W20", "", 2, 0 },
		{ "2024-05-08", "may:v2", 2, 1 },
		{ "2023", "", 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		start(rows[i].asked);
		planned("jingchuan", "t1", "2024-W18", "{enterprise: w18, date: '2024-04-30'}");
		planned("jingchuan", "t2", "2024-05", "{enterprise: may, date: '2024-05-08'}");
		planned("jingchuan", "t3", "2024",
			"{enterprise: year-may, date: '2024-05-09'}, {enterprise: year}, "
			"{enterprise: year-june, date: '2024-06-03'}");
		visit("jingchuan", "v1", "04-15", "year");
		visit("jingchuan", "v2", "05-20", "may");
		visit("jingchuan", "v3", "05-08", "other");
		if (strcmp(done(), rows[i].wanted) != 0)
			fail_msg("%s: %s, not %s", rows[i].asked, done(), rows[i].wanted);
		assert_int_equal(of("jingchuan")->plans, rows[i].plans);
		assert_int_equal(of("jingchuan")->visits_beside, rows[i].beside);
	}
}

static void left_out(void **state)
{
	struct record record = { .kind = KIND_VISIT, .id = "v1", .unit = "jingchuan" };
	struct folded f = { .record = &record, .state = STATE_WITHDRAWN };

	(void)state;
	start(NULL);
	planned("jingchuan", "t1", "2024-05", "{enterprise: 甲}");
	f.fields = tale_node("{date: '2024-05-10', enterprise: 甲}");
	visit_plans_take(&plans, &f);
	record.kind = KIND_VISIT_PLAN;
	f.fields = tale_node("{period: '2024-05', targets: [{enterprise: 乙}]}");
	visit_plans_take(&plans, &f);
	/* no period, no day, no such unit: nothing is made up */
	planned("jingchuan", "t2", "2024-13", "{enterprise: 丙}");
	take(KIND_VISIT, "jingchuan", "v2", "{enterprise: 甲}");
	take(KIND_VISIT, "nowhere", "v3", "{date: '2024-05-10', enterprise: 甲}");
	take(KIND_PROBLEM, "jingchuan", "p1", "{date: '2024-05-10', enterprise: 甲}");
	assert_string_equal(done(), "甲:-");
	assert_int_equal(plans.withdrawn, 2);
	assert_int_equal(of("jingchuan")->plans, 1);
	assert_int_equal(of("jingchuan")->visits_beside, 0);
}

static void in_order(void **state)
{
	(void)state;
	start(NULL);
	planned("lingtai", "t9", "2024-05", "{enterprise: l}");
	planned("jingchuan", "t2", "2024-05",
		"{enterprise: e}, {enterprise: b, date: '2024-05-09'}, "
		"{enterprise: f}");
	planned("jingchuan", "t1", "2024-05",
		"{enterprise: c, date: '2024-05-09'}, {enterprise: a, date: '2024-05-08'}, "
		"{enterprise: d}");
	assert_string_equal(done(), "a:- c:- b:- d:- e:- f:- l:-");
}

int main(void)
{
	const struct CMUnitTest visit_plans[] = {
		cmocka_unit_test_teardown(names_and_units, tale_end),
		cmocka_unit_test_teardown(days, tale_end),
		cmocka_unit_test_teardown(twice, tale_end),
		cmocka_unit_test_teardown(periods, tale_end),
		cmocka_unit_test_teardown(left_out, tale_end),
		cmocka_unit_test_teardown(in_order, tale_end),
	};

	return cmocka_run_group_tests(visit_plans, NULL, NULL);
}
