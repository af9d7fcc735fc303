#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <fcntl.h>
#include <string.h>
#include <cmocka.h>

#include "base/file.h"
#include "model/calendar.h"
#include "yaml/read.h"

#define PLAN "examples/pingliang-2024/plan.yaml"
#define MOST_MILESTONES 16

static struct arena arena;
static struct findings findings;
static struct str text;
static struct plan plan;

static int load(void **state)
{
	const struct node *root;

	(void)state;
	findings_init(&findings);
	if (file_read(AT_FDCWD, PLAN, (size_t)1 << 20, &text) < 0)
		return -1;
	root = yaml_read(&arena, PLAN, text.p, text.len, &READ_LARGE, &findings);
	return root ? plan_load(&plan, root, PLAN, &arena, &findings) : -1;
}

static int unload(void **state)
{
	(void)state;
	findings_release(&findings);
	arena_release(&arena);
	str_release(&text);
	return 0;
}

static day_t day_of(const char *date)
{
	day_t day = DAY_NONE;

	assert_true(date_parse(date, strlen(date), &day));
	return day;
}

static const char *date_of(day_t day)
{
	static char out[4][DATE_SIZE];
	static int next;

	return day == DAY_NONE ? "none" : date_format(day, out[next++ % 4]);
}

static bool is_workday(const char *date)
{
	bool workday = false;

	assert_true(calendar_is_workday(&plan, day_of(date), &workday, NULL));
	return workday;
}

static void workdays_of_2024(void **state)
{
	(void)state;
	assert_true(is_workday("2024-04-11"));
	assert_false(is_workday("2024-04-13")); /* Saturday */
	assert_false(is_workday("2024-04-14"));
	assert_true(is_workday("2024-04-07")); /* a Sunday that is worked */
	assert_true(is_workday("2024-04-28"));
	assert_true(is_workday("2024-05-11"));
	assert_false(is_workday("2024-05-01"));
	assert_false(is_workday("2024-05-04")); /* a Saturday in the holidays */
	assert_false(is_workday("2024-06-10"));
	assert_true(is_workday("2024-06-11"));
}

/* domain 2.8: Apr 22, May 21, Jun 19, Jul 23, Aug 22 */
static void workdays_of_a_month(void **state)
{
	static const int expected[] = { 22, 21, 19, 23, 22 };

	(void)state;
	for (int i = 0; i < 5; i++) {
		day_t first = day_of_civil(2024, 4 + i, 1), next = day_of_civil(2024, 5 + i, 1);

		assert_int_equal(calendar_count(&plan, first - 1, next - 1, NULL), expected[i]);
	}
	assert_int_equal(calendar_count(&plan, day_of("2024-05-31"), day_of("2024-05-31"), NULL),
			 0);
	assert_int_equal(calendar_count(&plan, day_of("2024-05-31"), day_of("2024-05-01"), NULL),
			 0);
}

/* domain 2.8, first table: last working day, and working days after 2024-04-10 */
static void deadlines_of_the_plan(void **state)
{
	static const struct {
		const char *due, *workday;
		int n;
	} rows[] = {
		{ "2024-04-30", "2024-04-30", 15 }, { "2024-05-31", "2024-05-31", 36 },
		{ "2024-06-30", "2024-06-28", 55 }, { "2024-07-31", "2024-07-31", 78 },
		{ "2024-08-10", "2024-08-09", 85 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		day_t due = day_of(rows[i].due);

		assert_string_equal(date_of(calendar_workday_at_or_before(&plan, due, NULL)),
				    rows[i].workday);
		assert_int_equal(calendar_count(&plan, day_of("2024-04-10"), due, NULL), rows[i].n);
	}
}

static void adding_workdays(void **state)
{
	static const struct {
		const char *from;
		int n;
		const char *to;
	} rows[] = {
		{ "2024-04-10", 3, "2024-04-15" }, { "2024-04-26", 1, "2024-04-28" },
		{ "2024-04-30", 1, "2024-05-06" }, { "2024-05-06", -1, "2024-04-30" },
		{ "2024-06-07", 1, "2024-06-11" }, { "2024-06-09", -1, "2024-06-07" },
		{ "2024-05-01", 0, "2024-05-01" }, { "2024-06-28", -5, "2024-06-21" },
		{ "2024-05-10", 2, "2024-05-13" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_string_equal(
			date_of(calendar_add(&plan, day_of(rows[i].from), rows[i].n, NULL)),
			rows[i].to);
}

static void unknown_years(void **state)
{
	struct milestone out[MOST_MILESTONES];
	bool workday = true;
	int year = 0;

	(void)state;
	assert_true(calendar_knows(&plan, day_of("2024-12-31")));
	assert_false(calendar_knows(&plan, day_of("2025-01-01")));
	assert_false(calendar_knows(&plan, DAY_NONE));
	assert_false(calendar_is_workday(&plan, day_of("2025-01-02"), &workday, &year));
	assert_true(workday);
	assert_int_equal(year, 2025);
	assert_int_equal(calendar_workday_at_or_before(&plan, day_of("2024-01-01"), &year),
			 DAY_NONE);
	assert_int_equal(year, 2023);
	assert_int_equal(calendar_add(&plan, day_of("2024-12-31"), 1, &year), DAY_NONE);
	assert_int_equal(year, 2025);
	assert_int_equal(calendar_add(&plan, day_of("2024-01-02"), -1, &year), DAY_NONE);
	assert_int_equal(year, 2023);
	assert_int_equal(calendar_count(&plan, day_of("2024-12-30"), day_of("2025-01-01"), &year),
			 -1);
	assert_int_equal(year, 2025);
	year = 0;
	assert_int_equal(
		milestones_back(&plan, day_of("2024-12-20"), day_of("2025-01-10"), out, &year), -2);
	assert_int_equal(year, 2025);
	assert_int_equal(
		milestones_back(&plan, day_of("2024-12-20"), day_of("2025-01-10"), out, NULL), -2);
	assert_int_equal(calendar_add(&plan, DAY_NONE, 1, NULL), DAY_NONE);
	assert_int_equal(calendar_count(&plan, DAY_NONE, day_of("2024-05-01"), NULL), -1);
}

/* the milestones as "name date" lines */
static void expect_milestones(const char *listed, const char *due, const char *expected)
{
	struct milestone out[MOST_MILESTONES];
	int n = milestones_back(&plan, day_of(listed), day_of(due), out, NULL);
	char *lines = arena_strdup(&arena, "");

	assert_true(n > 0);
	for (int i = 0; i < n; i++)
		lines = arena_printf(&arena, "%s%s %s\n", lines, out[i].name, date_of(out[i].date));
	assert_string_equal(lines, expected);
}

/* domain 2.8, second table */
static void milestones_of_the_plan(void **state)
{
	(void)state;
	assert_true(plan.nmilestones <= MOST_MILESTONES);
	expect_milestones("2024-04-10", "2024-04-30",
			  "任务分解到人 2024-04-15\n中期进度 2024-04-22\n自查自验 2024-04-24\n"
			  "申请销号 2024-04-26\n审核验收 2024-04-29\n销号 2024-04-30\n");
	expect_milestones("2024-04-10", "2024-05-31",
			  "任务分解到人 2024-04-15\n中期进度 2024-05-08\n自查自验 2024-05-24\n"
			  "申请销号 2024-05-28\n审核验收 2024-05-30\n销号 2024-05-31\n");
	expect_milestones("2024-04-10", "2024-06-30",
			  "任务分解到人 2024-04-15\n中期进度 2024-05-21\n自查自验 2024-06-21\n"
			  "申请销号 2024-06-25\n审核验收 2024-06-27\n销号 2024-06-28\n");
	expect_milestones("2024-04-10", "2024-07-31",
			  "任务分解到人 2024-04-15\n中期进度 2024-06-05\n自查自验 2024-07-24\n"
			  "申请销号 2024-07-26\n审核验收 2024-07-30\n销号 2024-07-31\n");
}

static void milestones_of_short_spans(void **state)
{
	(void)state;
	/* the day itself, worked or not */
	expect_milestones("2024-04-10", "2024-04-10", "销号 2024-04-10\n");
	expect_milestones("2024-05-01", "2024-05-01", "销号 2024-05-01\n");
	/* a holiday right behind: no working day in between, so the due date itself */
	expect_milestones("2024-04-30", "2024-05-02", "销号 2024-05-02\n");
	expect_milestones("2024-04-30", "2024-05-05", "销号 2024-05-05\n");
	/* one, two, three, four, seven working days */
	expect_milestones("2024-04-30", "2024-05-06", "销号 2024-05-06\n");
	expect_milestones("2024-04-15", "2024-04-17", "中期进度 2024-04-16\n销号 2024-04-17\n");
	expect_milestones("2024-04-15", "2024-04-18", "中期进度 2024-04-17\n销号 2024-04-18\n");
	expect_milestones("2024-04-15", "2024-04-19", "任务分解到人 2024-04-18\n销号 2024-04-19\n");
	expect_milestones("2024-04-15", "2024-04-24",
			  "任务分解到人 2024-04-18\n中期进度 2024-04-19\n审核验收 2024-04-23\n"
			  "销号 2024-04-24\n");
	/* due on a day off: W is before it */
	expect_milestones("2024-04-15", "2024-04-21", "任务分解到人 2024-04-18\n销号 2024-04-19\n");
}

static void milestones_at_the_edges(void **state)
{
	struct milestone out[MOST_MILESTONES];
	struct plan none = plan;

	(void)state;
	assert_int_equal(
		milestones_back(&plan, day_of("2024-04-11"), day_of("2024-04-10"), out, NULL), -1);
	/* only the days behind the listing are looked up */
	expect_milestones("2023-12-31", "2024-01-01", "销号 2024-01-01\n");
	expect_milestones("2024-12-30", "2024-12-31", "销号 2024-12-31\n");
	none.nmilestones = 0;
	assert_int_equal(
		milestones_back(&none, day_of("2024-04-10"), day_of("2024-05-31"), out, NULL), 0);
}

/* every span of the campaign: ascending working days behind the listing, the last one W or due */
static void milestones_of_every_span(void **state)
{
	struct milestone out[MOST_MILESTONES];
	day_t first = day_of("2024-04-11"), end = day_of("2024-08-20");

	(void)state;
	for (day_t listed = first; listed <= end; listed++) {
		for (day_t due = listed; due <= end; due++) {
			day_t last = calendar_workday_at_or_before(&plan, due, NULL);
			int n = milestones_back(&plan, listed, due, out, NULL);

			assert_true(n >= 1);
			assert_int_equal(out[n - 1].date, last > listed ? last : due);
			assert_string_equal(out[n - 1].name, "销号");
			for (int i = 0; i < n - 1; i++) {
				assert_true(out[i].date > (i ? out[i - 1].date : listed));
				assert_true(out[i].date < out[i + 1].date);
				assert_int_equal(
					calendar_workday_at_or_before(&plan, out[i].date, NULL),
					out[i].date);
			}
		}
	}
}

struct due_case {
	const char *text, *day; /* NULL: not a deadline */
};

static void expect_dues(const struct plan *of, const struct due_case *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		day_t due = 12345;
		bool parsed = due_parse(of, cases[i].text, &due);

		if (parsed != (cases[i].day != NULL))
			print_error("\"%s\"\n", cases[i].text);
		assert_int_equal(parsed, cases[i].day != NULL);
		if (cases[i].day)
			assert_string_equal(date_of(due), cases[i].day);
		else
			assert_int_equal(due, 12345);
	}
}

#define EXPECT_DUES(of, cases) expect_dues(of, cases, sizeof(cases) / sizeof(*(cases)))

static void deadlines_in_words(void **state)
{
	static const struct due_case cases[] = {
		{ "4月底前", "2024-04-30" },
		{ "5月底前", "2024-05-31" },
		{ "6月底前", "2024-06-30" },
		{ "7月底前", "2024-07-31" },
		{ "2月底前", "2024-02-29" },
		{ "12月末", "2024-12-31" },
		{ "6月底", "2024-06-30" },
		{ "五月底前", "2024-05-31" },
		{ "十月底前", "2024-10-31" },
		{ "十二月末", "2024-12-31" },
		{ "二〇二四年八月十日前", "2024-08-10" },
		{ "二○二四年五月三十一日", "2024-05-31" },
		{ "二零二四年年底", NULL },
		{ "二〇二四年底", "2024-12-31" },
		{ "八月廿八日前", "2024-08-28" },
		{ "十三月底前", NULL },
		{ "〇月底前", NULL },
		{ "〇〇〇〇年底", NULL },
		{ "二月三十日前", NULL },
		{ "6月末之前", "2024-06-30" },
		{ "6月份底以前", "2024-06-30" },
		{ "06月底前", "2024-06-30" },
		{ "8月中旬前", "2024-08-10" },
		{ "8月上旬前", "2024-07-31" },
		{ "8月下旬前", "2024-08-20" },
		{ "8月中旬以前", "2024-08-10" },
		{ "8月中旬", "2024-08-20" },
		{ "8月上旬", "2024-08-10" },
		{ "2月下旬", "2024-02-29" },
		{ "1月上旬前", "2023-12-31" },
		{ "5月31日前", "2024-05-31" },
		{ "6月30日前", "2024-06-30" },
		{ "6月3号之前", "2024-06-03" },
		{ "6月30日", "2024-06-30" },
		{ "2024年6月底前", "2024-06-30" },
		{ "2025年2月底前", "2025-02-28" },
		{ "2025年1月5日前", "2025-01-05" },
		{ "年底前", "2024-12-31" },
		{ "年末", "2024-12-31" },
		{ "2025年底前", "2025-12-31" },
		{ "６月底前", "2024-06-30" },
		{ "２０２４年６月３０日前", "2024-06-30" },
		{ " 2024 年 6　月底 前 ", "2024-06-30" },
	};

	(void)state;
	EXPECT_DUES(&plan, cases);
}

static void deadlines_as_dates(void **state)
{
	static const struct due_case cases[] = {
		{ "2024-05-31", "2024-05-31" },   { "2024/5/31", "2024-05-31" },
		{ "2024.5.31", "2024-05-31" },    { "2024-5-3", "2024-05-03" },
		{ "20240531", "2024-05-31" },     { "２０２４－０５－３１", "2024-05-31" },
		{ "2024-05-31前", "2024-05-31" },
	};

	(void)state;
	EXPECT_DUES(&plan, cases);
}

static void what_is_no_deadline(void **state)
{
	static const struct due_case cases[] = {
		{ "", NULL },
		{ "前", NULL },
		{ "月底前", NULL },
		{ "6月", NULL },
		{ "6月前", NULL },
		{ "13月底前", NULL },
		{ "0月底前", NULL },
		{ "6月31日前", NULL },
		{ "2月30日前", NULL },
		{ "2023年2月29日", NULL },
		{ "6月0日前", NULL },
		{ "6月底前完成", NULL },
		{ "尽快", NULL },
		{ "123月底", NULL },
		{ "6月30", NULL },
		{ "24年6月底前", NULL },
		{ "2024-13-01", NULL },
		{ "2024-05/31", NULL },
		{ "2024-02-30", NULL },
		{ "202405310", NULL },
		{ "5月20240531", NULL },
		{ "0000年6月底", NULL },
		{ "00000531", NULL },
		{ "2024年", NULL },
		{ "6月底前前", NULL },
		{ "\xff", NULL },
		{ "99999999999月底", NULL },
	};

	(void)state;
	EXPECT_DUES(&plan, cases);
}

/* a plan from November to March */
static void deadlines_over_new_year(void **state)
{
	static const struct due_case cases[] = {
		{ "12月底前", "2024-12-31" },      { "2月底前", "2025-02-28" },
		{ "11月15日前", "2024-11-15" },    { "11月14日前", "2025-11-14" },
		{ "2024年2月底前", "2024-02-29" }, { "年底前", "2024-12-31" },
	};
	static const struct due_case dateless[] = { { "6月底前", NULL },
						    { "2024年6月底前", "2024-06-30" } };
	struct plan other = plan;

	(void)state;
	other.start = day_of("2024-11-15");
	other.end = day_of("2025-03-31");
	EXPECT_DUES(&other, cases);
	other.start = other.issue_date = DAY_NONE;
	EXPECT_DUES(&other, dateless);
}

/* the plan's own words lead to the plan's own dates */
static void deadlines_of_the_problems(void **state)
{
	(void)state;
	assert_int_equal(list_count(plan.problems), 6);
	for (size_t i = 0; i < list_count(plan.problems); i++) {
		const struct node *problem = &plan.problems->items[i];
		day_t due = DAY_NONE;

		assert_true(due_parse(&plan, node_string(problem, "due_text"), &due));
		assert_string_equal(date_of(due), node_string(problem, "due"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(workdays_of_2024),
		cmocka_unit_test(workdays_of_a_month),
		cmocka_unit_test(deadlines_of_the_plan),
		cmocka_unit_test(adding_workdays),
		cmocka_unit_test(unknown_years),
		cmocka_unit_test(milestones_of_the_plan),
		cmocka_unit_test(milestones_of_short_spans),
		cmocka_unit_test(milestones_at_the_edges),
		cmocka_unit_test(milestones_of_every_span),
		cmocka_unit_test(deadlines_in_words),
		cmocka_unit_test(deadlines_as_dates),
		cmocka_unit_test(what_is_no_deadline),
		cmocka_unit_test(deadlines_over_new_year),
		cmocka_unit_test(deadlines_of_the_problems),
	};

	return cmocka_run_group_tests_name("calendar", tests, load, unload);
}
