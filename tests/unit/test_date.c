/* Civil dates, ISO weeks, moments: against rules written down here a second time, another way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/date.h"

static bool leap(int year)
{
	return year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
}

static int month_length(int year, int month)
{
	if (month == 2)
		return leap(year) ? 29 : 28;
	return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/* counting on day by day from year 1: no day is missing or there twice */
static void every_day_there_is(void **state)
{
	day_t expected = day_of_civil(1, 1, 1);

	(void)state;
	assert_int_equal(expected, -719162);
	assert_int_equal(day_of_civil(1970, 1, 1), 0);
	for (int year = 1; year <= 9999; year++)
		for (int month = 1; month <= 12; month++) {
			assert_int_equal(days_in_month(year, month), month_length(year, month));
			for (int day = 1; day <= month_length(year, month); day++, expected++) {
				struct civil c;

				if (day_of_civil(year, month, day) != expected)
					fail_msg("%d-%d-%d", year, month, day);
				c = civil_of_day(expected);
				if (c.year != year || c.month != month || c.day != day)
					fail_msg("%d is %d-%d-%d", expected, c.year, c.month,
						 c.day);
			}
			assert_int_equal(day_of_civil(year, month, month_length(year, month) + 1),
					 DAY_NONE);
		}
	assert_int_equal(expected - 1, day_of_civil(9999, 12, 31));
}

static void no_such_date(void **state)
{
	(void)state;
	assert_int_equal(day_of_civil(0, 1, 1), DAY_NONE);
	assert_int_equal(day_of_civil(10000, 1, 1), DAY_NONE);
	assert_int_equal(day_of_civil(2024, 0, 1), DAY_NONE);
	assert_int_equal(day_of_civil(2024, 13, 1), DAY_NONE);
	assert_int_equal(day_of_civil(2024, 1, 0), DAY_NONE);
	assert_int_equal(day_of_civil(2023, 2, 29), DAY_NONE);
	assert_int_equal(day_of_civil(1900, 2, 29), DAY_NONE);
	assert_int_not_equal(day_of_civil(2000, 2, 29), DAY_NONE);
}

/* Sakamoto's rule, 0 for Sunday: nothing in common with a count of days */
static int sakamoto(int year, int month, int day)
{
	static const int shift[] = { 0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4 };

	year -= month < 3;
	return (year + year / 4 - year / 100 + year / 400 + shift[month - 1] + day) % 7;
}

/* ISO 8601: a year has 53 weeks if it starts on a Thursday, or on a Wednesday and is a leap year */
static int weeks_in(int year)
{
	int first = sakamoto(year, 1, 1);

	return first == 4 || (first == 3 && leap(year)) ? 53 : 52;
}

/* Counts the weeks on from Monday 2000-01-03, which started 2000-W01. */
static void weeks_from_2000_to_2030(void **state)
{
	day_t day = day_of_civil(2000, 1, 3), last = day_of_civil(2030, 12, 31);
	int year = 2000, week = 1, y, w, long_years = 0;

	(void)state;
	week_of(day_of_civil(2000, 1, 2), &y, &w);
	assert_int_equal(y, 1999);
	assert_int_equal(w, 52);
	for (; day <= last; day += 7) {
		assert_int_equal(week_monday(year, week), day);
		for (int i = 0; i < 7; i++) {
			struct civil c = civil_of_day(day + i);

			assert_int_equal(weekday_of(day + i), i + 1);
			assert_int_equal(sakamoto(c.year, c.month, c.day), (i + 1) % 7);
			week_of(day + i, &y, &w);
			assert_int_equal(y, year);
			assert_int_equal(w, week);
		}
		if (week == weeks_in(year)) {
			long_years += week == 53;
			assert_int_equal(week_monday(year, week + 1), DAY_NONE);
			year++;
			week = 1;
		} else {
			week++;
		}
	}
	assert_int_equal(long_years, 5); /* 2004 2009 2015 2020 2026 */
}

static void weeks_at_the_edges(void **state)
{
	static const struct {
		int year, month, day, iso_year, week;
	} rows[] = {
		{ 2024, 5, 3, 2024, 18 },   { 2024, 12, 30, 2025, 1 }, { 2021, 1, 3, 2020, 53 },
		{ 2020, 12, 31, 2020, 53 }, { 2023, 1, 1, 2022, 52 },  { 2026, 12, 31, 2026, 53 },
		{ 2008, 12, 29, 2009, 1 },  { 1, 1, 1, 1, 1 },         { 1969, 12, 29, 1970, 1 },
	};
	int y, w;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		week_of(day_of_civil(rows[i].year, rows[i].month, rows[i].day), &y, &w);
		assert_int_equal(y, rows[i].iso_year);
		assert_int_equal(w, rows[i].week);
	}
	assert_int_equal(week_parse("2024-W18", 8), day_of_civil(2024, 4, 29));
	assert_int_equal(week_parse("2020-W53", 8), day_of_civil(2020, 12, 28));
	assert_int_equal(week_parse("2024-W53", 8), DAY_NONE);
	assert_int_equal(week_parse("2024-W00", 8), DAY_NONE);
	assert_int_equal(week_parse("2024-18", 7), DAY_NONE);
	assert_int_equal(week_parse("2024-W1x", 8), DAY_NONE);
	assert_int_equal(week_parse("2024-W18 ", 9), DAY_NONE);
	assert_int_equal(week_monday(2024, 0), DAY_NONE);
	assert_int_equal(week_monday(2024, 53), DAY_NONE);
	assert_int_equal(week_monday(2024, 54), DAY_NONE);
	assert_int_equal(week_monday(0, 1), DAY_NONE);
	assert_int_equal(week_monday(10000, 1), DAY_NONE);
}

static void dates_as_text(void **state)
{
	static const char *const wrong[] = {
		"2024-4-18",  "2024-04-1",   "2024-04-31",  "2023-02-29",  "2024/04/18",
		"20240418",   "2024-04-18 ", " 2024-04-18", "0000-01-01",  "2024-00-10",
		"2024-13-01", "2024-04-00",  "+024-04-18",  "2024-04-1８", "",
		"24-04-18",
	};
	char out[DATE_SIZE];
	day_t day = 7;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		if (date_parse(wrong[i], strlen(wrong[i]), &day))
			fail_msg("'%s' is no date", wrong[i]);
	assert_int_equal(day, 7);
	assert_true(date_parse("2024-04-18xyz", 10, &day));
	assert_int_equal(day, day_of_civil(2024, 4, 18));
	assert_string_equal(date_format(day, out), "2024-04-18");
	assert_string_equal(date_format(day_of_civil(1, 1, 1), out), "0001-01-01");
	assert_string_equal(date_format(day_of_civil(9999, 12, 31), out), "9999-12-31");
	assert_true(date_parse("2024-02-29", 10, &day));
	assert_true(date_parse("0001-01-01", 10, &day));
}

static moment_t moment(const char *text)
{
	moment_t m = MOMENT_NONE;

	if (!moment_parse(text, strlen(text), &m))
		fail_msg("'%s' is a time", text);
	return m;
}

static void moments(void **state)
{
	static const char *const wrong[] = {
		"2024-04-18T17:40:00",
		"2024-04-18 17:40:00+08:00",
		"2024-04-18T24:00:00Z",
		"2024-04-18T17:60:00Z",
		"2024-04-18T17:40:61Z",
		"2024-04-18T17:40Z",
		"2024-04-18T17:40:00.5Z",
		"2024-04-18T17:40:00+0800",
		"2024-04-18T17:40:00+8:00",
		"2024-04-18T17:40:00+24:00",
		"2024-04-18T17:40:00+08:60",
		"2024-02-30T17:40:00Z",
		"2024-04-18T17:40:60+08:00",
		"2024-04-18T23:59:60+08:00",
		"2024-04-18T17:40:00 08:00",
		"2024-04-18T17:40:00+08:00x",
		"2024-04-18",
		"",
	};
	moment_t m = 7;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		if (moment_parse(wrong[i], strlen(wrong[i]), &m))
			fail_msg("'%s' is no time", wrong[i]);
	assert_int_equal(m, 7);
	assert_int_equal(moment("1970-01-01T00:00:00Z"), 0);
	assert_int_equal(moment("1970-01-01t00:00:00z"), 0);
	assert_int_equal(moment("1970-01-01T08:00:00+08:00"), 0);
	assert_int_equal(moment("1969-12-31T20:30:00-03:30"), 0);
	assert_int_equal(moment("2024-04-18T17:40:00+08:00"), 1713433200);
	assert_int_equal(moment("1969-12-31T23:59:59Z"), -1);
	/* the leap second counts as the next one, wherever it is said */
	assert_int_equal(moment("2016-12-31T23:59:60Z"), moment("2017-01-01T00:00:00Z"));
	assert_int_equal(moment("2017-01-01T07:59:60+08:00"), moment("2017-01-01T08:00:00+08:00"));
}

/* every quarter of an hour of offset, there and back, the date with it */
static void moments_at_offsets(void **state)
{
	static const moment_t times[] = { 0, -1, 1713433200, -62135596800, 253402300799, 86399 };
	char out[MOMENT_SIZE], text[16];

	(void)state;
	for (int offset = -23 * 60 - 45; offset < 24 * 60; offset += 15)
		for (size_t i = 0; i < sizeof(times) / sizeof(*times); i++) {
			day_t day = day_of_moment(times[i], offset);
			moment_t start = moment_of_day(day, offset);

			assert_true(start <= times[i] && times[i] < start + 86400);
			if (day < day_of_civil(1, 1, 1) || day > day_of_civil(9999, 12, 31))
				continue;
			assert_int_equal(moment(moment_format(times[i], offset, out)), times[i]);
			assert_int_equal(strlen(out), 25);
		}
	assert_string_equal(moment_format(1713433200, 480, out), "2024-04-18T17:40:00+08:00");
	assert_string_equal(moment_format(1713433200, 0, out), "2024-04-18T09:40:00+00:00");
	assert_string_equal(moment_format(1713433200, -210, out), "2024-04-18T06:10:00-03:30");
	for (int offset = -23 * 60 - 59; offset < 24 * 60; offset++) {
		int parsed = 1 << 20, positive = offset < 0 ? -offset : offset;

		snprintf(text, sizeof(text), "%c%02d:%02d", offset < 0 ? '-' : '+', positive / 60,
			 positive % 60);
		assert_true(offset_parse(text, 6, &parsed));
		assert_int_equal(parsed, offset);
	}
}

static void offsets_that_are_none(void **state)
{
	static const char *const wrong[] = { "",      "08:00",   "+8:00",  "+08",    "+0800",
					     "+08:0", "+08:000", "+24:00", "+08:60", "ZZ" };
	int minutes = 7;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		if (offset_parse(wrong[i], strlen(wrong[i]), &minutes))
			fail_msg("'%s' is no offset", wrong[i]);
	assert_int_equal(minutes, 7);
	assert_true(offset_parse("Z", 1, &minutes));
	assert_int_equal(minutes, 0);
	assert_true(offset_parse("-00:00", 6, &minutes));
	assert_int_equal(minutes, 0);
}

static void periods(void **state)
{
	static const struct {
		const char *text, *from, *until;
	} rows[] = {
		{ "2024", "2024-01-01", "2024-12-31" },
		{ "2024-02", "2024-02-01", "2024-02-29" },
		{ "2023-02", "2023-02-01", "2023-02-28" },
		{ "2024-12", "2024-12-01", "2024-12-31" },
		{ "2024-W18", "2024-04-29", "2024-05-05" },
		{ "2020-W53", "2020-12-28", "2021-01-03" },
		{ "2025-W01", "2024-12-30", "2025-01-05" },
		{ "2024-05-06", "2024-05-06", "2024-05-06" },
		{ "9999", "9999-01-01", "9999-12-31" },
	};
	static const char *const none[] = { "",        "24",         "202",        "20245",
					    "2024-",   "2024-0",     "2024-13",    "2024-00",
					    "2024-W",  "2024-W00",   "2024-W53",   "2024-w18",
					    "2024-W1", "2024/05",    "2024-02-30", "2024-05-",
					    "0000",    "2024-final", "２０２４" };
	char from[DATE_SIZE], until[DATE_SIZE];
	day_t a = 1, b = 2;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		assert_true(period_parse(rows[i].text, strlen(rows[i].text), &a, &b));
		assert_string_equal(date_format(a, from), rows[i].from);
		assert_string_equal(date_format(b, until), rows[i].until);
	}
	a = 1;
	b = 2;
	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++)
		if (period_parse(none[i], strlen(none[i]), &a, &b) || a != 1 || b != 2)
			fail_msg("%s", none[i]);
}

int main(void)
{
	const struct CMUnitTest date[] = {
		cmocka_unit_test(periods),
		cmocka_unit_test(every_day_there_is),
		cmocka_unit_test(no_such_date),
		cmocka_unit_test(weeks_from_2000_to_2030),
		cmocka_unit_test(weeks_at_the_edges),
		cmocka_unit_test(dates_as_text),
		cmocka_unit_test(moments),
		cmocka_unit_test(moments_at_offsets),
		cmocka_unit_test(offsets_that_are_none),
	};

	return cmocka_run_group_tests(date, NULL, NULL);
}
