/* The issues of a plan's reports: numbers, first and last, the one before. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "model/issue.h"
#include "tale.h"

static struct plan plan;

static int end(void **state)
{
	plan = (struct plan){ 0 };
	return tale_end(state);
}

static const char *text_of(day_t day)
{
	char text[DATE_SIZE];

	return arena_strdup(&tale_arena, date_format(day, text));
}

static void found(void **state)
{
	static const struct {
		enum issue_kind kind;
		const char *text, *name, *from, *until;
		int number;
	} rows[] = {
		{ ISSUE_WEEK, "2024-W15", "2024-W15", "2024-04-08", "2024-04-14", 1 },
		{ ISSUE_WEEK, "2024-W18", "2024-W18", "2024-04-29", "2024-05-05", 4 },
		{ ISSUE_WEEK, "2024-W34", "2024-W34", "2024-08-19", "2024-08-25", 20 },
		{ ISSUE_MONTH, "2024-04", "2024-04", "2024-04-01", "2024-04-30", 1 },
		{ ISSUE_MONTH, "2024-07", "2024-07", "2024-07-01", "2024-07-31", 4 },
		{ ISSUE_FINAL, NULL, "2024-final", "2024-04-10", "2024-08-20", 0 },
	};

	(void)state;
	tale_plan(&plan, NULL);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct issue issue;

		assert_int_equal(issue_find(&plan, rows[i].kind, rows[i].text, &issue),
				 ISSUE_FOUND);
		assert_string_equal(issue.name, rows[i].name);
		assert_string_equal(text_of(issue.from), rows[i].from);
		assert_string_equal(text_of(issue.until), rows[i].until);
		assert_int_equal(issue.number, rows[i].number);
	}
}

static void not_found(void **state)
{
	static const struct {
		enum issue_kind kind;
		const char *text;
		enum issue_answer answer;
	} rows[] = {
		{ ISSUE_WEEK, "2024-W14", ISSUE_OUTSIDE },
		{ ISSUE_WEEK, "2024-W35", ISSUE_OUTSIDE },
		{ ISSUE_WEEK, "2025-W18", ISSUE_OUTSIDE },
		{ ISSUE_MONTH, "2024-03", ISSUE_OUTSIDE },
		{ ISSUE_MONTH, "2024-08", ISSUE_OUTSIDE },
		{ ISSUE_WEEK, "2024-05", ISSUE_NO_PERIOD },
		{ ISSUE_WEEK, "2024", ISSUE_NO_PERIOD },
		{ ISSUE_WEEK, "2024-05-01", ISSUE_NO_PERIOD },
		{ ISSUE_WEEK, "2024-W53", ISSUE_NO_PERIOD },
		{ ISSUE_WEEK, "", ISSUE_NO_PERIOD },
		{ ISSUE_MONTH, "2024-W18", ISSUE_NO_PERIOD },
		{ ISSUE_MONTH, "2024-13", ISSUE_NO_PERIOD },
	};

	(void)state;
	tale_plan(&plan, NULL);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct issue issue = { .number = -1 };

		if (issue_find(&plan, rows[i].kind, rows[i].text, &issue) != rows[i].answer)
			fail_msg("%s", rows[i].text);
		assert_int_equal(issue.number, -1);
	}
}

static void last_closed(void **state)
{
	static const char *const rows[][2] = {
		{ "2024-05-06", "2024-W18" }, { "2024-05-12", "2024-W18" },
		{ "2024-05-13", "2024-W19" }, { "2024-04-15", "2024-W15" },
		{ "2024-04-14", "2024-W15" }, { "2023-12-01", "2024-W15" },
		{ "2024-08-26", "2024-W34" }, { "2026-01-01", "2024-W34" },
	};

	(void)state;
	tale_plan(&plan, NULL);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct issue issue;
		day_t day;

		assert_true(date_parse(rows[i][0], strlen(rows[i][0]), &day));
		issue_last_closed(&plan, day, &issue);
		assert_string_equal(issue.name, rows[i][1]);
	}
}

static void before(void **state)
{
	static const struct {
		enum issue_kind kind;
		const char *text, *before;
	} rows[] = {
		{ ISSUE_WEEK, "2024-W18", "2024-W17" }, { ISSUE_WEEK, "2024-W15", NULL },
		{ ISSUE_MONTH, "2024-05", "2024-04" },  { ISSUE_MONTH, "2024-04", NULL },
		{ ISSUE_FINAL, NULL, "2024-07" },
	};

	(void)state;
	tale_plan(&plan, NULL);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct issue issue, one;

		assert_int_equal(issue_find(&plan, rows[i].kind, rows[i].text, &issue),
				 ISSUE_FOUND);
		assert_int_equal(issue_before(&plan, &issue, &one), rows[i].before != NULL);
		if (rows[i].before)
			assert_string_equal(one.name, rows[i].before);
	}
}

static void nth(void **state)
{
	struct issue issue, before = { 0 };
	int n = 1;

	(void)state;
	tale_plan(&plan, NULL);
	assert_false(issue_nth(&plan, ISSUE_WEEK, 0, &issue));
	for (n = 1; issue_nth(&plan, ISSUE_WEEK, n, &issue); n++) {
		assert_int_equal(issue.number, n);
		if (n > 1)
			assert_int_equal(issue.from, before.until + 1);
		before = issue;
	}
	assert_int_equal(n, 21);
	/* what is not found leaves alone */
	assert_string_equal(issue.name, "2024-W34");
	for (n = 1; issue_nth(&plan, ISSUE_MONTH, n, &issue); n++)
		assert_int_equal(issue.number, n);
	assert_int_equal(n, 5);
	assert_string_equal(issue.name, "2024-07");
	assert_true(issue_nth(&plan, ISSUE_FINAL, 1, &issue));
	assert_string_equal(issue.name, "2024-final");
	assert_false(issue_nth(&plan, ISSUE_FINAL, 2, &issue));
}

/* a campaign over the turn of a year, whose issues are those in which it begins and ends */
static void turn_of_year(void **state)
{
	static const char *const weeks[] = { "2020-W52", "2020-W53", "2021-W01" };
	static const char *const months[] = { "2020-12", "2021-01" };
	struct issue issue;

	(void)state;
	tale_plan(&plan, NULL);
	plan.root = NULL;
	plan.start = day_of_civil(2020, 12, 21);
	plan.end = day_of_civil(2021, 1, 4);
	for (int n = 1; n <= 3; n++) {
		assert_true(issue_nth(&plan, ISSUE_WEEK, n, &issue));
		assert_string_equal(issue.name, weeks[n - 1]);
	}
	assert_false(issue_nth(&plan, ISSUE_WEEK, 4, &issue));
	for (int n = 1; n <= 2; n++) {
		assert_true(issue_nth(&plan, ISSUE_MONTH, n, &issue));
		assert_string_equal(issue.name, months[n - 1]);
	}
	assert_false(issue_nth(&plan, ISSUE_MONTH, 3, &issue));
}

/* a plan that says nothing of issues: those in which the campaign begins and ends */
static void without_reports(void **state)
{
	char first[ISSUE_NAME_SIZE], last[ISSUE_NAME_SIZE];
	struct str text = { 0 };
	struct issue issue;

	(void)state;
	assert_int_equal(file_read(AT_FDCWD, TALE_PLAN, (size_t)1 << 20, &text), 0);
	*strstr(text.p, "\nreports:") = '\0';
	tale_plan(&plan, text.p);
	issue_range(&plan, ISSUE_WEEK, first, last);
	assert_string_equal(first, "2024-W15");
	assert_string_equal(last, "2024-W34");
	issue_range(&plan, ISSUE_MONTH, first, last);
	assert_string_equal(first, "2024-04");
	assert_string_equal(last, "2024-08");
	assert_int_equal(issue_find(&plan, ISSUE_WEEK, "2024-W18", &issue), ISSUE_FOUND);
	assert_int_equal(issue.number, 4);
	assert_string_equal(issue_report_name(&plan, ISSUE_WEEK), "周调度");
	str_release(&text);
}

int main(void)
{
	const struct CMUnitTest issues[] = {
		cmocka_unit_test_teardown(found, end),
		cmocka_unit_test_teardown(not_found, end),
		cmocka_unit_test_teardown(last_closed, end),
		cmocka_unit_test_teardown(before, end),
		cmocka_unit_test_teardown(nth, end),
		cmocka_unit_test_teardown(turn_of_year, end),
		cmocka_unit_test_teardown(without_reports, end),
	};

	return cmocka_run_group_tests(issues, NULL, NULL);
}
