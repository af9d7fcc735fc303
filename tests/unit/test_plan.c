/* The plan that ships with duban, plans with a fault, and the words of a plan. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "tale.h"

static struct plan plan;

static int shipped(void **state)
{
	(void)state;
	tale_plan(&plan, NULL);
	return 0;
}

static int unit(const char *id)
{
	int index = plan_unit(&plan, id);

	if (index == NO_UNIT)
		fail_msg("no unit %s", id);
	return index;
}

/* units of a set, by id, in the order of the plan */
static const char *members(const struct unit_set *set)
{
	static struct str out;

	str_reset(&out);
	str_add(&out, "");
	for (size_t i = 0; i < plan.nunits; i++)
		if (set_has(set, (int)i))
			str_addf(&out, "%s%s", out.len ? " " : "", plan.units[i].id);
	return str_text(&out);
}

static const char *expanded(const char *yaml)
{
	struct unit_set set = { 0 };

	plan_expand(&plan, tale_node(yaml), &set);
	return members(&set);
}

/* contract 1 */
static void units_of_pingliang(void **state)
{
	static const struct {
		const char *id, *kind;
		bool folder, reporting, ranked;
	} rows[] = {
		{ "pingliang", "city-center", true, true, false },
		{ "city-hall", "city-hall", true, false, false },
		{ "kongtong", "county-center", true, true, true },
		{ "jingchuan", "county-center", true, true, true },
		{ "lingtai", "county-center", true, true, true },
		{ "chongxin", "county-center", true, true, true },
		{ "huating", "county-center", true, true, true },
		{ "zhuanglang", "county-center", true, true, true },
		{ "jingning", "county-center", true, true, true },
		{ "industrial-park", "park-center", true, true, true },
		{ "bigdata-center", "department", true, true, false },
		{ "digital-gov-team", "project-team", true, false, false },
		{ "sys-transport", "department", false, false, false },
		{ "sys-hrss", "department", false, false, false },
		{ "sys-medical-insurance", "department", false, false, false },
		{ "sys-housing-fund", "department", false, false, false },
		{ "sys-tax", "department", false, false, false },
		{ "sys-real-estate", "department", false, false, false },
		{ "three-grasps", "oversight", false, false, false },
		{ "discipline", "oversight", false, false, false },
		{ "leading-group-office", "superior", false, false, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct unit *u = &plan.units[unit(rows[i].id)];

		assert_string_equal(u->kind, rows[i].kind);
		assert_int_equal(u->folder, rows[i].folder);
		assert_int_equal(u->reporting, rows[i].reporting);
		assert_int_equal(u->group != NULL, rows[i].ranked);
	}
	assert_int_equal(plan.nunits, sizeof(rows) / sizeof(*rows));
	assert_int_equal(plan.nfolders, 12);
	assert_int_equal(plan.owner, unit("pingliang"));
	assert_int_equal(plan.offset, 480);
	assert_int_equal(plan.start, day_of_civil(2024, 4, 11));
	assert_int_equal(plan.nindicators, 22);
	assert_int_equal(plan.npoints, 18);
	assert_int_equal(list_count(plan.problems), 6);
	assert_true(plan_is_problem(&plan, "p-20240410-000006"));
	assert_false(plan_is_problem(&plan, "p-20240410-000007"));
	assert_int_equal(plan.npeople, 0);
	assert_null(plan.people);
}

static void groups(void **state)
{
	(void)state;
	assert_string_equal(expanded("counties"),
			    "kongtong jingchuan lingtai chongxin huating zhuanglang jingning "
			    "industrial-park");
	assert_string_equal(expanded("[residents]"), "city-hall");
	/* what the plan's first problem names, doubles gone, unknown ones skipped */
	assert_string_equal(
		expanded("[pingliang, residents, counties, industrial-park, nosuch, 7]"),
		"pingliang city-hall kongtong jingchuan lingtai chongxin huating zhuanglang "
		"jingning industrial-park");
	assert_string_equal(expanded("[]"), "");
	assert_string_equal(expanded("null"), "");
}

/* 泾川, full-width and spaced: what people type */
static void words_of_people(void **state)
{
	static const struct {
		const char *kind, *word, *code;
	} rows[] = {
		{ "unit", "jingchuan", "jingchuan" },
		{ "unit", "泾川", "jingchuan" },
		{ "unit", "泾川县政务服务中心", "jingchuan" },
		{ "unit", " 泾\xe3\x80\x80川 ", "jingchuan" },
		{ "folder-unit", "ｊｉｎｇｃｈｕａｎ", "jingchuan" },
		{ "unit-or-group", "counties", "counties" },
		{ "unit-or-group", "泾川", "jingchuan" },
		{ "indicator", "seal-rate", "seal-rate" },
		{ "vocab:indicator_type", "政务服务", "government-services" },
		{ "vocab:indicator_type", "government-services", "government-services" },
		{ "unit", "不知道", "不知道" }, /* unknown ones stay as they are */
		{ "vocab:nosuch", "x", "x" },
		{ "point", "12", "12" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_string_equal(plan_word_code(&plan, rows[i].kind, rows[i].word),
				    rows[i].code);
	assert_int_equal(plan_unit_word(&plan, "华亭"), unit("huating"));
	assert_int_equal(plan_unit_word(&plan, "nosuch"), NO_UNIT);
	assert_int_equal(plan_unit_word(&plan, "\xff"), NO_UNIT);
	for (size_t i = 0; i < plan.nunits; i++) {
		assert_int_equal(plan_unit_word(&plan, plan.units[i].id), i);
		assert_int_equal(plan_unit_word(&plan, plan.units[i].name), i);
	}
}

/* in a record only ids and codes are words */
static void words_of_records(void **state)
{
	static const struct {
		const char *kind, *value;
		bool is;
	} rows[] = {
		{ "unit", "jingchuan", true },
		{ "unit", "sys-tax", true },
		{ "unit", "泾川", false },
		{ "unit", "counties", false },
		{ "unit", "7", false },
		{ "folder-unit", "jingchuan", true },
		{ "folder-unit", "sys-tax", false },
		{ "unit-or-group", "counties", true },
		{ "unit-or-group", "lingtai", true },
		{ "unit-or-group", "nosuch", false },
		{ "indicator", "hotline-satisfaction", true },
		{ "indicator", "I05A", false },
		{ "point", "1", true },
		{ "point", "18", true },
		{ "point", "19", false },
		{ "point", "0", false },
		{ "point", "'1'", false },
		{ "point", "1.0", false },
		{ "vocab:indicator_type", "market-access", true },
		{ "vocab:indicator_type", "市场准入", false },
		{ "vocab:nosuch", "a", false },
		{ "vocab:indicator_type", "[market-access]", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (plan_word(&plan, rows[i].kind, tale_node(rows[i].value)) != rows[i].is)
			fail_msg("%s %s", rows[i].kind, rows[i].value);
}

static const char *hint(const char *kind, const char *value)
{
	static struct str out;

	str_reset(&out);
	plan_word_hint(&plan, kind, tale_node(value), &out);
	return str_text(&out);
}

static void hints(void **state)
{
	(void)state;
	assert_string_equal(hint("unit", "jingchaun"),
			    "did you mean 'jingchuan' 泾川县政务服务中心?");
	assert_string_equal(hint("unit-or-group", "countys"),
			    "did you mean 'counties' 各县（市、区）政务服务中心?");
	assert_string_equal(hint("vocab:indicator_type", "abcdefgh"),
			    "allowed: market-access 市场准入, government-services 政务服务");
	assert_non_null(strstr(hint("point", "99"), "18"));
	assert_non_null(strstr(hint("unit", "zzzzzzzz"), "allowed: pingliang"));
}

static void names(void **state)
{
	(void)state;
	assert_string_equal(plan_name(&plan, "jingchuan"), "泾川县政务服务中心");
	assert_string_equal(plan_name(&plan, "seal-rate"),
			    plan_indicator(&plan, "seal-rate")->name);
	assert_string_equal(plan_name(&plan, "nosuch"), "nosuch");
	assert_null(plan_indicator(&plan, NULL));
	assert_int_equal(plan_unit(&plan, NULL), NO_UNIT);
	assert_null(plan_point(&plan, 0));
	assert_int_equal(plan_point(&plan, 18)->id, 18);
}

/* figures are stated by the plan, or derived from its baseline and a gap (domain 0.1) */
static void figures_of_indicators(void **state)
{
	static const struct {
		const char *id;
		int baseline, frontier, median;
		bool frontier_derived;
	} rows[] = {
		{ "seal-type-share", 7350, 7570, 7160, true },
		{ "gkb-online-share", 7582, 9400, 7312, true },
		{ "hotline-satisfaction", 8520, 8960, 0, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct indicator *p = plan_indicator(&plan, rows[i].id);

		assert_non_null(p);
		assert_int_equal(p->precision, 2);
		assert_true(p->baseline.known && !p->baseline.derived);
		assert_int_equal(p->baseline.value, rows[i].baseline);
		assert_int_equal(p->frontier.value, rows[i].frontier);
		assert_int_equal(p->frontier.derived, rows[i].frontier_derived);
		if (rows[i].median)
			assert_int_equal(p->median.value, rows[i].median);
	}
	assert_int_equal(plan_indicator(&plan, "seal-rate")->target.value, 10000);
	assert_true(plan_indicator(&plan, "gkb-usable-share")->target_strive);
	assert_int_equal(plan_indicator(&plan, "hotline-satisfaction")->target_op, TARGET_NONE);
	assert_int_equal(plan_indicator(&plan, "provincial-rank")->target_op, TARGET_AT_MOST);
	assert_true(plan_indicator(&plan, "provincial-rank")->lower_is_better);
	assert_string_equal(members(&plan_indicator(&plan, "seal-type-share")->expected),
			    "pingliang");
	assert_string_equal(members(&plan_indicator(&plan, "review-coverage")->expected),
			    "pingliang kongtong jingchuan lingtai chongxin huating zhuanglang "
			    "jingning industrial-park bigdata-center");
	assert_int_equal(plan_indicator(&plan, "f12-review-device-share")->point, 12);
	assert_int_equal(plan_indicator(&plan, "review-coverage")->stale_days, 31);
}

/* a plan of another city: what it does not say has a default */
#define SMALL(units, rest)                                                                         \
	"duban: 1\nid: x\nowner: a\nutc_offset: '-03:30'\n"                                        \
	"units:\n- {id: a, name: 甲, kind: k}\n- {id: b, name: 乙, kind: k, parent: a}\n" units    \
	"\n" rest "\n"

#define TERM "start: '2024-04-11'\nend: '2024-08-20'"

static void defaults(void **state)
{
	(void)state;
	tale_plan(&plan, SMALL("- {id: c, name: 丙, kind: k, folder: false, reporting: true}", ""));
	assert_int_equal(plan.offset, -210);
	assert_int_equal(plan.start, DAY_NONE);
	assert_true(plan.units[0].folder);
	assert_false(plan.units[0].reporting);
	assert_false(plan.units[2].folder);
	assert_int_equal(plan.units[1].parent, 0);
	assert_int_equal(plan.units[0].parent, NO_UNIT);
	assert_int_equal(plan.lights.behind_red, 30);
	assert_int_equal(plan.lights.silent_red_weeks, 2);
	assert_int_equal(plan.lights.silent_yellow_weeks, 1);
	assert_int_equal(plan.lights.due_soon_days, 7);
	assert_int_equal(plan.lights.returned_red, 2);
	assert_int_equal(plan.immediate_workdays, 5);
	assert_int_equal(plan.listing_workdays, 3);
	assert_int_equal(plan.small_denominator, 10);
	assert_int_equal(plan.nmilestones, 0);
}

static void people(void **state)
{
	(void)state;
	tale_plan(&plan, SMALL("", "people:\n- {name: 张 某, unit: a, may: [list]}\n"
				   "- {name: 李某, unit: b}\n"));
	assert_int_equal(plan.npeople, 2);
	assert_string_equal(plan.people[0].name, "张某");
	assert_int_equal(plan.people[1].unit, 1);
	assert_null(plan.people[1].may);
}

/* what a schema cannot see, each with its line; all of them are told */
static void faults(void **state)
{
	static const struct {
		const char *yaml, *message;
		unsigned line;
	} rows[] = {
		{ SMALL("- {id: a, name: 丙, kind: k}", ""), "'a' stands here twice", 8 },
		{ SMALL("- {id: c, name: 甲, kind: k}", ""), "'甲' names two units", 8 },
		{ SMALL("- {id: c, name: 丙, kind: k, aliases: [乙]}", ""), "'乙' names two units",
		  8 },
		{ SMALL("- {id: c, name: 丙, kind: k, aliases: [丁, 　甲]}", ""), "names two units",
		  8 },
		{ SMALL("- {id: c, name: 丙, kind: k, aliases: [b]}", ""), "'b' names two units",
		  8 },
		{ SMALL("- {id: c, name: 丙, kind: k, parent: c}", ""), "go in a circle", 8 },
		{ SMALL("- {id: c, name: 丙, kind: k, parent: d}\n"
			"- {id: d, name: 丁, kind: k, parent: c}",
			""),
		  "go in a circle", 8 },
		{ SMALL("- {id: c, name: 丙, kind: k, aliases: [丁], former: [戊]}", ""),
		  "'戊' is no alias of the unit", 8 },
		{ SMALL("- {id: c, name: 丙, kind: k, aliases: [丁], former: [甲]}", ""),
		  "'甲' is no alias of the unit", 8 },
		{ SMALL("- {id: c, name: 丙, kind: k, group: g}",
			"ranking_groups: [{id: h, name: H}]"),
		  "'g' is no ranking group", 8 },
		{ SMALL("", "ranking_groups: [{id: h, name: H}, {id: h, name: I}]"),
		  "'h' stands here twice", 9 },
		{ SMALL("", "groups: [{id: a, name: G, units: [a]}]"), "'a' names a unit and a",
		  9 },
		{ SMALL("", "groups: [{id: g, name: 甲, units: [a]}]"), "'甲' names a unit and a",
		  9 },
		{ SMALL("", "groups: [{id: g, name: G, aliases: [H, 乙], units: [a]}]"),
		  "'乙' names a unit and a", 9 },
		{ SMALL("", "groups: [{id: g, name: G, units: [a]}, {id: g, name: H, units: [b]}]"),
		  "'g' stands here twice", 9 },
		{ SMALL("", "focus_points: [{id: 3}, {id: 4}, {id: 3}]"), "'3' stands here twice",
		  9 },
		{ SMALL("", "vocab: {x: [{code: c, name: C}, {code: c, name: D}]}"),
		  "'c' stands here twice", 9 },
		{ SMALL("", "calendar: [{year: 2024}, {year: 2024}]"), "'2024' stands here twice",
		  9 },
		{ SMALL("", "calendar: [{year: 2024, holidays: ['2024-05-11'], workdays: "
			    "['2024-05-12', '2024-05-11']}]"),
		  "'2024-05-11' is both", 9 },
		{ SMALL("", "milestones: [{name: m, half: true}, {name: m, before_due: 0}]"),
		  "'m' stands here twice", 9 },
		{ SMALL("", "problems: [{id: p-20240231-000001}]"), "there is no such date", 9 },
		{ SMALL("", "problems: [{id: p-20240229-000001}, {id: p-20240229-000001}]"),
		  "'p-20240229-000001' stands here twice", 9 },
		{ SMALL("", "problems: [{id: p-20240410-000001, measures: [{id: M1}, {id: M1}]}]"),
		  "'M1' stands here twice", 9 },
		{ SMALL("indicators: [{id: i, kind: share, baseline: {value: '9'}}]",
			"problems: [{id: p-20240410-000001, target: {indicator: i}}]"),
		  "'i' has no target", 9 },
		{ SMALL("", "reports: {required: [{problem: p-20240410-000001}]}"),
		  "is no problem of the plan", 9 },
		{ SMALL(TERM, "reports: {weekly: {last: 2024-W53}}"), "no week '2024-W53'", 10 },
		{ SMALL(TERM, "reports: {weekly: {first: 2024-W14}}"), "'2024-W14' lies outside",
		  10 },
		{ SMALL(TERM, "reports: {weekly: {last: 2024-W35}}"), "'2024-W35' lies outside",
		  10 },
		{ SMALL(TERM, "reports: {weekly: {first: 2024-W34, last: 2024-W15}}"),
		  "'2024-W15', lies before", 10 },
		{ SMALL("", "reports: {monthly: {first: 2024-07, last: 2024-06}}"),
		  "'2024-06', lies before", 9 },
		{ SMALL("", "submission: {recipient_unit: a, recipient_desk: 科}"),
		  "'科' is no desk", 9 },
		{ SMALL("", "indicators: [{id: i, kind: share}, {id: i, kind: share}]"),
		  "'i' stands here twice", 9 },
		{ SMALL("", "indicators: [{id: i, kind: share, baseline: {value: '101'}}]"),
		  "that no such indicator can have", 9 },
		{ SMALL("",
			"indicators: [{id: i, kind: share, baseline: {value: '99'}, mean: {gap: "
			"'2'}}]"),
		  "that no such indicator can have", 9 },
		{ SMALL("", "indicators: [{id: i, kind: count, baseline: {value: '9'}, mean: {gap: "
			    "'-10'}}]"),
		  "that no such indicator can have", 9 },
		{ SMALL("", "indicators: [{id: i, kind: share, baseline: {value: '1.5'}}]"),
		  "more places than its precision", 9 },
		{ SMALL("", "indicators: [{id: i, kind: share, median: {gap: '1'}}]"),
		  "needs a baseline", 9 },
		{ "duban: 1\nowner: nosuch\nutc_offset: '+08:00'\nunits: [{id: a, name: A, kind: "
		  "k}]\n",
		  "'nosuch' is no unit", 2 },
		{ "duban: 1\nowner: a\nutc_offset: '8'\nunits: [{id: a, name: A, kind: k}]\n",
		  "utc_offset", 3 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct node *root = tale_node(rows[i].yaml);
		const struct finding *f;

		findings_release(&tale_findings);
		if (plan_load(&plan, root, "plan.yaml", &tale_arena, &tale_findings) == 0)
			fail_msg("no fault: %s", rows[i].message);
		assert_true(tale_findings.count >= 1);
		f = &tale_findings.items[0];
		if (!strstr(f->message, rows[i].message) || f->line != rows[i].line)
			fail_msg("%u: %s, not %u: %s", f->line, f->message, rows[i].line,
				 rows[i].message);
		assert_string_equal(f->file, "plan.yaml");
		assert_string_equal(f->code, "plan");
	}
	findings_release(&tale_findings);
	assert_int_equal(plan_load(&plan,
				   tale_node(SMALL("", "groups: [{id: a, name: 乙, units: [a]}]\n"
						       "goals: [{id: G1}, {id: G1}]")),
				   "plan.yaml", &tale_arena, &tale_findings),
			 -1);
	assert_int_equal(tale_findings.count, 3);
}

static void too_many_units(void **state)
{
	struct str text = { 0 };

	(void)state;
	str_add(&text, "duban: 1\nowner: u0\nutc_offset: '+08:00'\nunits:\n");
	for (int i = 0; i < MOST_UNITS; i++)
		str_addf(&text, "- {id: u%d, name: n%d, kind: k, reporting: true}\n", i, i);
	tale_plan(&plan, str_text(&text));
	assert_int_equal(plan_unit(&plan, "u1023"), 1023);
	str_add(&text, "- {id: v, name: v, kind: k}\n");
	assert_int_equal(plan_load(&plan, tale_node(str_text(&text)), "plan.yaml", &tale_arena,
				   &tale_findings),
			 -1);
	str_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(units_of_pingliang, shipped, tale_end),
		cmocka_unit_test_setup_teardown(groups, shipped, tale_end),
		cmocka_unit_test_setup_teardown(words_of_people, shipped, tale_end),
		cmocka_unit_test_setup_teardown(words_of_records, shipped, tale_end),
		cmocka_unit_test_setup_teardown(hints, shipped, tale_end),
		cmocka_unit_test_setup_teardown(names, shipped, tale_end),
		cmocka_unit_test_setup_teardown(figures_of_indicators, shipped, tale_end),
		cmocka_unit_test_teardown(defaults, tale_end),
		cmocka_unit_test_teardown(people, tale_end),
		cmocka_unit_test_teardown(faults, tale_end),
		cmocka_unit_test_teardown(too_many_units, tale_end),
	};

	return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}
