/* Red, yellow, green (domain 2.9): each rule at its edge, and the first match wins. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "model/status.h"
#include "tale.h"

static struct plan plan;

static int shipped(void **state)
{
	(void)state;
	tale_plan(&plan, NULL);
	return 0;
}

#define PROBLEM(rest, due)                                                                         \
	"kind: problem\nid: p-20240418-q4z7aa\nunit: jingchuan\n" rest "due: '" due "'\n"          \
	"entered: {at: '2024-04-18T18:00:00+08:00', by: a, unit: jingchuan, to: listed}\n"
#define ON(day, rest) "---\n{at: '2024-" day "T09:00:00+08:00', by: a, unit: jingchuan, " rest "}\n"

static day_t day_of(const char *date)
{
	day_t day = DAY_NONE;

	assert_true(date_parse(date, strlen(date), &day));
	return day;
}

/* "red overdue", as of the end of the day */
static const char *light_with(const char *yaml, const char *date, const struct figures *figures)
{
	static char out[64];
	enum light_reason reason;
	enum light light =
		problem_light(&plan, tale_fold(yaml, date), figures, day_of(date), &reason);

	snprintf(out, sizeof(out), "%s%s%s", light_code(light) ? light_code(light) : "none",
		 reason == REASON_NONE ? "" : " ",
		 reason == REASON_NONE ? "" : reason_code(reason));
	return out;
}

static const char *light_on(const char *yaml, const char *date)
{
	return light_with(yaml, date, NULL);
}

/* 18 April was a Thursday: the first week that begins after it ends on 28 April */
static void silence(void **state)
{
	const char *yaml = PROBLEM("", "2024-12-31");
	const char *entry = PROBLEM("", "2024-12-31") ON("04-28", "note: n");

	(void)state;
	assert_string_equal(light_on(yaml, "2024-04-18"), "green");
	assert_string_equal(light_on(yaml, "2024-04-28"), "green");
	assert_string_equal(light_on(yaml, "2024-04-29"), "yellow silent");
	assert_string_equal(light_on(yaml, "2024-05-05"), "yellow silent");
	assert_string_equal(light_on(yaml, "2024-05-06"), "red silent");
	/* any event is an entry; its own week is not a closed one without */
	assert_string_equal(light_on(entry, "2024-05-05"), "green");
	assert_string_equal(light_on(entry, "2024-05-06"), "yellow silent");
	assert_string_equal(light_on(entry, "2024-05-13"), "red silent");
	/* an event that was skipped is none */
	assert_string_equal(
		light_on(PROBLEM("", "2024-12-31") ON("04-28", "to: closed"), "2024-05-06"),
		"red silent");
	/* listed on a Sunday and on a Monday */
	for (int day = 21; day <= 22; day++) {
		const char *late = arena_printf(
			&tale_arena,
			"kind: problem\nid: p\nunit: jingchuan\ndue: '2024-12-31'\nentered: {at: "
			"'2024-04-%dT23:30:00+08:00', by: a, unit: jingchuan, to: listed}\n",
			day);

		assert_string_equal(light_on(late, "2024-04-28"), "green");
		assert_string_equal(light_on(late, "2024-04-29"),
				    day == 21 ? "yellow silent" : "green");
	}
}

static void due_dates(void **state)
{
	const char *yaml = PROBLEM("", "2024-05-31") ON("04-28", "to: rectifying")
		ON("05-10", "note: n") ON("05-20", "note: n") ON("05-29", "note: n");
	const char *submitted = PROBLEM("", "2024-05-31") ON("05-20", "to: rectifying")
		ON("05-21", "to: submitted");

	(void)state;
	assert_string_equal(light_on(yaml, "2024-05-23"), "green");
	assert_string_equal(light_on(yaml, "2024-05-24"), "yellow due-soon");
	assert_string_equal(light_on(yaml, "2024-05-31"), "yellow due-soon");
	assert_string_equal(light_on(yaml, "2024-06-01"), "red overdue");
	assert_string_equal(light_on(submitted, "2024-05-31"), "green");
	assert_string_equal(light_on(submitted, "2024-06-01"), "red overdue");
	/* overdue goes before silent, due soon too */
	assert_string_equal(light_on(PROBLEM("", "2024-05-31"), "2024-06-20"), "red overdue");
	assert_string_equal(light_on(PROBLEM("", "2024-05-05"), "2024-04-29"), "yellow due-soon");
	/* an extension counts at once */
	assert_string_equal(light_on(PROBLEM("", "2024-05-31")
					     ON("05-30", "due: '2024-06-30', note: n"),
				     "2024-06-01"),
			    "green");
}

static void returned(void **state)
{
	const char *once = PROBLEM("", "2024-12-31") ON("04-19", "to: rectifying")
		ON("04-20", "to: submitted") ON("04-21", "to: returned, note: n");
	const char *twice = arena_printf(&tale_arena, "%s%s", once,
					 ON("04-22", "to: rectifying") ON("04-23", "to: submitted")
						 ON("04-24", "to: returned, note: n"));

	(void)state;
	assert_string_equal(light_on(once, "2024-04-25"), "green");
	assert_string_equal(light_on(twice, "2024-04-25"), "red returned-twice");
	assert_string_equal(light_on(twice, "2024-05-20"), "red returned-twice"); /* not silent */
}

/* four milestones, 40 days: 12 days are 30 points, 13 are 32.5 */
#define FOUR                                                                                       \
	"milestones:\n- {id: N1, name: a, date: '2024-04-25'}\n"                                   \
	"- {id: N2, name: b, date: '2024-05-05'}\n- {id: N3, name: c, date: '2024-05-15'}\n"       \
	"- {id: N4, name: d, date: '2024-05-28'}\n"

static void behind(void **state)
{
	const char *none = PROBLEM(FOUR, "2024-05-28") ON("04-25", "note: n") ON("04-30", "note: n")
		ON("05-10", "note: n");
	const char *one = PROBLEM(FOUR, "2024-05-28") ON("04-25", "done: [N1]")
		ON("05-02", "note: n") ON("05-08", "note: n");

	(void)state;
	assert_string_equal(light_on(none, "2024-04-25"), "green"); /* due today is not missed */
	assert_string_equal(light_on(none, "2024-04-26"), "yellow milestone-missed");
	assert_string_equal(light_on(none, "2024-04-30"), "yellow milestone-missed");
	assert_string_equal(light_on(none, "2024-05-01"), "red behind");
	/* 25 of 100 are done: red beyond 55 */
	assert_string_equal(light_on(one, "2024-05-04"), "green"); /* behind, none missed */
	assert_string_equal(light_on(one, "2024-05-06"), "yellow milestone-missed");
	assert_string_equal(light_on(one, "2024-05-10"), "yellow milestone-missed");
	assert_string_equal(light_on(one, "2024-05-11"), "red behind");
	/* behind goes before returned twice and silence, overdue before it */
	assert_string_equal(light_on(PROBLEM(FOUR, "2024-05-28"), "2024-05-20"), "red behind");
	assert_string_equal(light_on(PROBLEM(FOUR, "2024-05-28"), "2024-05-29"), "red overdue");
	/* without milestones only dates and entries count */
	assert_string_equal(
		light_on(PROBLEM("", "2024-05-28") ON("05-12", "note: n"), "2024-05-15"), "green");
}

static void states_without_a_light(void **state)
{
	static const struct {
		const char *yaml, *light;
	} rows[] = {
		{ PROBLEM("", "2024-04-20") ON("04-19", "to: transferred"), "none" },
		{ PROBLEM("", "2024-04-20") ON("04-19", "to: merged"), "none" },
		{ PROBLEM("", "2024-04-20") ON("04-19", "to: declined"), "none" },
		{ PROBLEM("", "2024-04-20") ON("04-19", "to: withdrawn"), "none" },
		{ PROBLEM("", "2024-04-20") ON("04-19", "to: rectifying")
			  ON("04-19", "to: submitted") ON("04-20", "to: closed"),
		  "closed" },
		{ "kind: problem\nid: p\ndue: '2024-04-20'\nentered: {at: "
		  "'2024-04-18T18:00:00+08:00', by: a, unit: u, to: registered}\n",
		  "none" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_string_equal(light_on(rows[i].yaml, "2024-06-30"), rows[i].light);
}

/* domain 2.9, check values: the even pace from 73.50 on 10 April to 100.00 on 30 June */
static void even_pace(void **state)
{
	static const struct {
		const char *day, *behind, *not_behind; /* the line lies between the two */
	} rows[] = {
		{ "2024-04-30", "80.04", "80.05" }, /* 24.69% of the way: 80.043 */
		{ "2024-05-19", "86.25", "86.26" }, /* 48.15%: 86.259 */
		{ "2024-06-09", "93.12", "93.13" }, /* 74.07%: 93.130, rounded up */
		{ "2024-06-23", "97.70", "97.71" }, /* 91.36%: 97.710, rounded up */
	};
	struct figures figures;

	(void)state;
	tale_plan(&plan,
		  "duban: 1\nid: x\nowner: a\nutc_offset: '+08:00'\n"
		  "units: [{id: a, name: 甲, kind: k}]\nlights: {due_soon_days: 1}\n"
		  "indicators: [{id: i, kind: share, level: city, precision: 2, baseline: {value: "
		  "'73.50'}, target: {op: '>=', value: '100.00'}}]\n");
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		for (int side = 0; side < 2; side++) {
			const char *value = side ? rows[i].not_behind : rows[i].behind;
			const char *yaml =
				arena_printf(&tale_arena,
					     "kind: problem\nid: p\nunit: a\ndue: "
					     "'2024-06-30'\nindicators: [i]\n"
					     "milestones: [{id: N1, name: n, date: "
					     "'2024-04-11'}]\nentered: {at: "
					     "'2024-04-10T00:00:00+08:00', by: x, unit: a, to: "
					     "listed}\n---\n{at: "
					     "'%sT08:00:00+08:00', by: x, unit: a, note: n}\n",
					     rows[i].day);

			assert_int_equal(figures_init(&figures, &plan, day_of(rows[i].day), NULL,
						      &tale_arena),
					 0);
			assert_int_equal(figures_take_observation(
						 &figures,
						 tale_node(arena_printf(
							 &tale_arena,
							 "{unit: a, date: '%s', indicator: i, "
							 "value: '%s'}",
							 rows[i].day, value)),
						 0, "a"),
					 0);
			assert_string_equal(light_with(yaml, rows[i].day, &figures),
					    side ? "green" : "yellow milestone-missed");
		}
}

static void observe(struct figures *figures, const char *indicator, int numerator)
{
	assert_int_equal(
		figures_take_observation(
			figures,
			tale_node(arena_printf(&tale_arena,
					       "{unit: a, date: '2024-05-01', indicator: %s, "
					       "numerator: %d, denominator: 100}",
					       indicator, numerator)),
			0, "a"),
		0);
}

/* of several indicators the lowest counts, those without figures and the milestones do not */
static void lowest_of_several(void **state)
{
	const char *yaml =
		"kind: problem\nid: p\nunit: a\ndue: '2024-07-19'\nindicators: [i, j, k, nosuch]\n"
		"milestones: [{id: N1, name: n, date: '2024-04-11'}]\nentered: {at: "
		"'2024-04-10T00:00:00+08:00', by: x, unit: a, to: listed}\n---\n{at: "
		"'2024-05-19T08:00:00+08:00', by: x, unit: a, note: n}\n";
	struct figures figures;

	(void)state;
	tale_plan(&plan, "duban: 1\nid: x\nowner: a\nutc_offset: '+08:00'\n"
			 "units: [{id: a, name: 甲, kind: k}]\nindicators:\n"
			 "- {id: i, kind: share, level: city, precision: 2, baseline: {value: "
			 "'0.00'}, target: {op: '>=', value: '100.00'}}\n"
			 "- {id: j, kind: share, level: city, precision: 2, baseline: {value: "
			 "'0.00'}, target: {op: '>=', value: '100.00'}}\n"
			 "- {id: k, kind: share, level: city, precision: 2, baseline: {value: "
			 "'0.00'}, target: {op: '>=', value: '100.00'}}\n");
	/* 40 of 100 days are over */
	assert_int_equal(figures_init(&figures, &plan, day_of("2024-05-20"), NULL, &tale_arena), 0);
	assert_string_equal(light_with(yaml, "2024-05-20", &figures), "red behind");
	observe(&figures, "i", 90);
	assert_string_equal(light_with(yaml, "2024-05-20", &figures), "green");
	observe(&figures, "j", 10);
	assert_string_equal(light_with(yaml, "2024-05-20", &figures), "yellow milestone-missed");
	observe(&figures, "k", 9);
	assert_string_equal(light_with(yaml, "2024-05-20", &figures), "red behind");
}

static void words(void **state)
{
	static const char *const reasons[][2] = {
		{ "overdue", "逾期" },
		{ "behind", "进度滞后" },
		{ "returned-twice", "两次退回" },
		{ "silent", "未报进展" },
		{ "due-soon", "临期" },
		{ "milestone-missed", "节点未完成" },
	};

	(void)state;
	assert_null(light_code(LIGHT_NONE));
	assert_null(light_label(LIGHT_NONE));
	assert_string_equal(light_label(LIGHT_RED), "红");
	assert_string_equal(light_label(LIGHT_YELLOW), "黄");
	assert_string_equal(light_label(LIGHT_GREEN), "绿");
	assert_null(reason_code(REASON_NONE));
	for (int i = 0; i < 6; i++) {
		assert_string_equal(reason_code((enum light_reason)(i + 1)), reasons[i][0]);
		assert_string_equal(reason_label((enum light_reason)(i + 1)), reasons[i][1]);
	}
}

static void the_row_of_a_table(void **state)
{
	const char *yaml = PROBLEM(FOUR "track: scheduled\nmeasures: [{id: M1, text: a}, {id: M2, "
					"text: b}, {id: M3, text: c}]\n",
				   "2024-05-28") ON("04-25", "done: [M1, N1], waived: [M2]")
		ON("05-20", "due: '2024-06-10', note: n");
	struct problem_status s;

	(void)state;
	problem_status(&plan, tale_fold(yaml, NULL), NULL, day_of("2024-06-12"), &s);
	assert_int_equal(s.due, day_of("2024-06-10"));
	assert_int_equal(s.due_original, day_of("2024-05-28"));
	assert_true(s.has_days && s.overdue);
	assert_int_equal(s.days_left, -2);
	assert_int_equal(s.measures_total, 3);
	assert_int_equal(s.measures_done, 2);
	assert_int_equal(s.milestones_done, 1);
	assert_int_equal(s.light, LIGHT_RED);
	problem_status(&plan, tale_fold(PROBLEM("", "2024-05-28") ON("04-19", "to: merged"), NULL),
		       NULL, day_of("2024-06-12"), &s);
	assert_false(s.has_days || s.overdue);
	assert_int_equal(s.due, day_of("2024-05-28"));
}

int main(void)
{
	const struct CMUnitTest light[] = {
		cmocka_unit_test_setup_teardown(silence, shipped, tale_end),
		cmocka_unit_test_setup_teardown(due_dates, shipped, tale_end),
		cmocka_unit_test_setup_teardown(returned, shipped, tale_end),
		cmocka_unit_test_setup_teardown(behind, shipped, tale_end),
		cmocka_unit_test_setup_teardown(states_without_a_light, shipped, tale_end),
		cmocka_unit_test_teardown(even_pace, tale_end),
		cmocka_unit_test_teardown(lowest_of_several, tale_end),
		cmocka_unit_test(words),
		cmocka_unit_test_setup_teardown(the_row_of_a_table, shipped, tale_end),
	};

	return cmocka_run_group_tests(light, NULL, NULL);
}
