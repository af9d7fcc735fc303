/* How fast indicators have to move, and the line of an even pace. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "model/pace.h"
#include "tale.h"

static struct plan plan;

static int end(void **state)
{
	plan = (struct plan){ 0 };
	return tale_end(state);
}

static day_t day_of(const char *text)
{
	day_t day = DAY_NONE;

	assert_true(date_parse(text, strlen(text), &day));
	return day;
}

/* an indicator of the shipped plan, to be changed */
static struct indicator *changed(const char *id)
{
	if (!plan.root)
		tale_plan(&plan, NULL);
	return (struct indicator *)(uintptr_t)plan_indicator(&plan, id);
}

static void limits(void **state)
{
	static const char *const rows[][2] = {
		{ "one-matter-packages", "2024-05-31" }, { "seal-rate", "2024-06-30" },
		{ "seal-type-share", "2024-06-30" },     { "gkb-usable-share", "2024-05-31" },
		{ "case-return-rate", "2024-07-31" },    { "e-licence-domains", "2024-04-30" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_int_equal(indicator_limit(&plan, changed(rows[i][0])), day_of(rows[i][1]));
	assert_int_equal(indicator_limit(&plan, changed("provincial-rank")), DAY_NONE);
}

static struct pace pace_of(const struct indicator *indicator, int64_t value, enum met met,
			   const char *day)
{
	struct city_value city = { .known = true, .applicable = true, .value = value, .met = met };
	struct pace pace;

	indicator_pace(&plan, indicator, &city, day_of(day), &pace);
	return pace;
}

static void needed(void **state)
{
	static const struct {
		int64_t value;
		const char *day;
		int64_t per_week;
	} rows[] = {
		{ 7300, "2024-06-02", 675 },  /* 27.00 in 28 days */
		{ 7301, "2024-06-02", 675 },  /* 6.7475: up */
		{ 9999, "2024-04-10", 1 },    /* never 0 */
		{ 10000, "2024-06-29", 1 },   /* rounding hides what is missing */
		{ 5000, "2024-06-23", 5000 }, /* a week */
		{ 5000, "2024-06-22", 4375 }, /* and a day */
		{ 5000, "2024-06-30", 5000 }, /* the day itself */
	};
	const struct indicator *indicator = changed("seal-rate");

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct pace pace = pace_of(indicator, rows[i].value, MET_NO, rows[i].day);

		assert_int_equal(pace.answer, PACE_NEEDED);
		if (pace.per_week != rows[i].per_week)
			fail_msg("row %zu: %lld", i, (long long)pace.per_week);
	}
	assert_int_equal(pace_of(indicator, 5000, MET_NO, "2024-07-01").answer, PACE_TOO_LATE);
	assert_int_equal(pace_of(indicator, 10000, MET_YES, "2024-07-01").answer, PACE_MET);
}

/* from n and d: 94.155% prints as 94.16, but what is missing in two weeks is more than 5.84 */
static void rounded_once(void **state)
{
	struct city_value city = { .known = true,
				   .applicable = true,
				   .value = 9416,
				   .n = 18831,
				   .d = 20000,
				   .met = MET_NO };
	struct pace pace;

	(void)state;
	indicator_pace(&plan, changed("seal-rate"), &city, day_of("2024-06-16"), &pace);
	assert_int_equal(pace.per_week, 293); /* 2.9225 */
}

/* lower is better: what is above the target is missing */
static void downward(void **state)
{
	struct indicator *indicator = changed("seal-rate");
	struct pace pace;

	(void)state;
	indicator->lower_is_better = true;
	indicator->target_op = TARGET_AT_MOST;
	indicator->target.value = 500;
	pace = pace_of(indicator, 1300, MET_NO, "2024-06-02");
	assert_int_equal(pace.answer, PACE_NEEDED);
	assert_int_equal(pace.per_week, 200);
}

/* the check values of domain 2.9: from 73.50 on 2024-04-10 to 100.00 on 2024-06-30 */
static void line(void **state)
{
	static const struct {
		const char *day;
		int64_t planned;
	} rows[] = {
		{ "2024-04-01", 7350 },  { "2024-04-10", 7350 },  { "2024-04-30", 8004 },
		{ "2024-05-19", 8626 },  { "2024-06-09", 9313 },  { "2024-06-23", 9771 },
		{ "2024-06-30", 10000 }, { "2024-08-01", 10000 },
	};
	struct indicator *indicator = changed("seal-rate");
	int64_t planned = -1;

	(void)state;
	assert_false(pace_line(&plan, indicator, day_of("2024-05-19"), &planned));
	assert_int_equal(planned, -1);
	indicator->pace_linear = true;
	indicator->baseline = (struct plan_figure){ .known = true, .value = 7350 };
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		assert_true(pace_line(&plan, indicator, day_of(rows[i].day), &planned));
		assert_int_equal(planned, rows[i].planned);
	}
	/* downward alike */
	indicator->baseline.value = 10000;
	indicator->target.value = 7350;
	assert_true(pace_line(&plan, indicator, day_of("2024-04-30"), &planned));
	assert_int_equal(planned, 10000 - 654);
	/* without a baseline from nothing */
	assert_true(pace_line(&plan, changed("case-return-rate"), day_of("2024-05-22"), &planned));
	assert_int_equal(planned, 3750);
}

static void honest(void **state)
{
	struct city_value none = { .date = DAY_NONE };
	struct pace pace;

	(void)state;
	indicator_pace(&plan, changed("seal-rate"), &none, day_of("2024-05-22"), &pace);
	assert_int_equal(pace.answer, PACE_NO_FIGURE);
	assert_int_equal(
		pace_of(changed("review-coverage"), 5000, MET_UNKNOWN, "2024-05-22").answer,
		PACE_NO_TARGET);
	assert_int_equal(pace_of(changed("provincial-rank"), 2, MET_NO, "2024-05-22").answer,
			 PACE_NOT_STEADY);
	assert_int_equal(
		pace_of(changed("f14-one-matter-subjects"), 91, MET_NO, "2024-05-22").answer,
		PACE_NO_LIMIT);
}

int main(void)
{
	const struct CMUnitTest paces[] = {
		cmocka_unit_test_teardown(limits, end),
		cmocka_unit_test_teardown(needed, end),
		cmocka_unit_test_teardown(downward, end),
		cmocka_unit_test_teardown(line, end),
		cmocka_unit_test_teardown(honest, end),
		cmocka_unit_test_teardown(rounded_once, end),
	};

	return cmocka_run_group_tests(paces, NULL, NULL);
}
