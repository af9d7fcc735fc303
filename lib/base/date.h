/*
 * date.h: civil dates, ISO 8601 weeks and moments, without the C library's time zones.
 *
 * A date is a count of days since 1970-01-01 in the proleptic Gregorian calendar, years 1 to 9999.
 * A moment is a count of seconds since 1970-01-01T00:00:00Z. A plan has one offset from UTC, in
 * minutes; the zone of the host never matters. GB/T 7408.1 (ISO 8601-1): weeks start on Monday,
 * week 1 holds the year's first Thursday.
 */
#ifndef DUBAN_BASE_DATE_H
#define DUBAN_BASE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef int32_t day_t;    /* days since 1970-01-01 */
typedef int64_t moment_t; /* seconds since 1970-01-01T00:00:00Z */

#define DAY_NONE INT32_MIN
#define MOMENT_NONE INT64_MIN

#define DATE_SIZE 11   /* "2024-04-18" and NUL */
#define MOMENT_SIZE 26 /* "2024-04-18T17:40:00+08:00" and NUL */

struct civil {
	int year, month, day; /* month and day from 1 */
};

/* day_of_civil: the day, or DAY_NONE when there is no such date. */
day_t day_of_civil(int year, int month, int day);
struct civil civil_of_day(day_t day);

/* days_in_month: 28 to 31; month 1 to 12. */
int days_in_month(int year, int month);

/* date_parse: exactly YYYY-MM-DD and a date that exists; false otherwise, *day untouched. */
bool date_parse(const char *text, size_t n, day_t *day);

/* date_format: YYYY-MM-DD into out; returns out. */
const char *date_format(day_t day, char out[DATE_SIZE]);

/* weekday_of: 1 Monday to 7 Sunday. */
int weekday_of(day_t day);

/* week_of: the ISO week the day lies in; *year may differ from the civil year. */
void week_of(day_t day, int *year, int *week);

/* week_monday: first day of an ISO week, or DAY_NONE when the year has no such week. */
day_t week_monday(int year, int week);

/*
 * period_parse: a year, a month, an ISO week or one day ("2024", "2024-05", "2024-W18",
 * "2024-05-06") as its first and last day; false otherwise, both untouched.
 */
bool period_parse(const char *text, size_t n, day_t *from, day_t *until);

/* week_parse: the Monday of an ISO week written 2024-W18; DAY_NONE for anything else and for weeks
 * that a year does not have. */
day_t week_parse(const char *text, size_t n);

/*
 * moment_parse: an RFC 3339 time with whole seconds and an offset (`Z` or ±hh:mm); a leap second is
 * accepted at 23:59:60 UTC and counts as the next second. False otherwise, *moment untouched.
 */
bool moment_parse(const char *text, size_t n, moment_t *moment);

/* moment_format: RFC 3339 at the offset (minutes east of UTC); returns out. */
const char *moment_format(moment_t moment, int offset, char out[MOMENT_SIZE]);

/* day_of_moment: the date at the offset. */
day_t day_of_moment(moment_t moment, int offset);

/* moment_of_day: the first second of the date at the offset. */
moment_t moment_of_day(day_t day, int offset);

/* offset_parse: "+08:00", "-03:30" or "Z" to minutes east of UTC, within a day; false otherwise. */
bool offset_parse(const char *text, size_t n, int *minutes);

#endif
