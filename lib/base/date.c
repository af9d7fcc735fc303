#include "base/date.h"

#include <stdio.h>
#include <string.h>

#define SECONDS_A_DAY 86400

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int days_in_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* days before 1 January of the year, counted from 1970-01-01 */
static day_t year_start(int year)
{
	int y = year - 1;

	return 365 * (year - 1970) + (y / 4 - 1969 / 4) - (y / 100 - 1969 / 100) +
	       (y / 400 - 1969 / 400);
}

day_t day_of_civil(int year, int month, int day)
{
	day_t result;

	if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
	    day > days_in_month(year, month))
		return DAY_NONE;
	result = year_start(year);
	for (int m = 1; m < month; m++)
		result += days_in_month(year, m);
	return result + day - 1;
}

struct civil civil_of_day(day_t day)
{
	struct civil c = { .year = 1970 + day / 366, .month = 1 };

	if (day < 0)
		c.year = 1969 + day / 365;
	if (c.year < 1)
		c.year = 1;
	while (year_start(c.year) > day)
		c.year--;
	while (year_start(c.year + 1) <= day)
		c.year++;
	day -= year_start(c.year);
	while (day >= days_in_month(c.year, c.month))
		day -= days_in_month(c.year, c.month++);
	c.day = day + 1;
	return c;
}

/* exactly n digits at p */
static bool digits(const char *p, size_t n, int *value)
{
	int v = 0;

	for (size_t i = 0; i < n; i++) {
		if (p[i] < '0' || p[i] > '9')
			return false;
		v = v * 10 + (p[i] - '0');
	}
	*value = v;
	return true;
}

bool date_parse(const char *text, size_t n, day_t *day)
{
	int year, month, d;
	day_t result;

	if (n != 10 || text[4] != '-' || text[7] != '-' || !digits(text, 4, &year) ||
	    !digits(text + 5, 2, &month) || !digits(text + 8, 2, &d))
		return false;
	result = day_of_civil(year, month, d);
	if (result == DAY_NONE)
		return false;
	*day = result;
	return true;
}

static char *put_pair(char *to, unsigned value)
{
	to[0] = (char)('0' + value / 10 % 10);
	to[1] = (char)('0' + value % 10);
	return to + 2;
}

/* without printf: a report and a table have very many dates */
const char *date_format(day_t day, char out[DATE_SIZE])
{
	struct civil c = civil_of_day(day);
	char *to = put_pair(put_pair(out, (unsigned)c.year / 100), (unsigned)c.year);

	*to++ = '-';
	to = put_pair(to, (unsigned)c.month);
	*to++ = '-';
	*put_pair(to, (unsigned)c.day) = '\0';
	return out;
}

int weekday_of(day_t day)
{
	int n = (day + 3) % 7; /* 1970-01-01 was a Thursday */

	return (n < 0 ? n + 7 : n) + 1;
}

void week_of(day_t day, int *year, int *week)
{
	day_t thursday = day - weekday_of(day) + 4;
	struct civil c = civil_of_day(thursday);

	*year = c.year;
	*week = (thursday - year_start(c.year)) / 7 + 1;
}

day_t week_monday(int year, int week)
{
	day_t fourth = day_of_civil(year, 1, 4), monday;
	int y, w;

	if (fourth == DAY_NONE || week < 1 || week > 53)
		return DAY_NONE;
	monday = fourth - weekday_of(fourth) + 1 + 7 * (week - 1);
	week_of(monday, &y, &w);
	return y == year && w == week ? monday : DAY_NONE;
}

day_t week_parse(const char *text, size_t n)
{
	int year, week;

	if (n != 8 || text[4] != '-' || text[5] != 'W' || !digits(text, 4, &year) ||
	    !digits(text + 6, 2, &week))
		return DAY_NONE;
	return week_monday(year, week);
}

bool offset_parse(const char *text, size_t n, int *minutes)
{
	int hours, rest;

	if (n == 1 && (text[0] == 'Z' || text[0] == 'z')) {
		*minutes = 0;
		return true;
	}
	if (n != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':' ||
	    !digits(text + 1, 2, &hours) || !digits(text + 4, 2, &rest) || hours > 23 || rest > 59)
		return false;
	*minutes = (hours * 60 + rest) * (text[0] == '-' ? -1 : 1);
	return true;
}

bool period_parse(const char *text, size_t n, day_t *from, day_t *until)
{
	int year, part = 0;
	day_t first = DAY_NONE;

	if (n == 10 && date_parse(text, n, from)) {
		*until = *from;
		return true;
	}
	if (n < 4 || !digits(text, 4, &year))
		return false;
	if (n == 8 && memcmp(text + 4, "-W", 2) == 0 && digits(text + 6, 2, &part) &&
	    (first = week_monday(year, part)) != DAY_NONE) {
		*from = first;
		*until = first + 6;
		return true;
	}
	if (n != 4 && (n != 7 || text[4] != '-' || !digits(text + 5, 2, &part)))
		return false;
	first = day_of_civil(year, n == 4 ? 1 : part, 1);
	if (first == DAY_NONE)
		return false;
	*from = first;
	*until = n == 4 ? day_of_civil(year, 12, 31) : first + days_in_month(year, part) - 1;
	return true;
}

bool moment_parse(const char *text, size_t n, moment_t *moment)
{
	int hour, minute, second, offset;
	moment_t result;
	day_t day;

	if (n < 20 || !date_parse(text, 10, &day) || (text[10] != 'T' && text[10] != 't') ||
	    text[13] != ':' || text[16] != ':' || !digits(text + 11, 2, &hour) ||
	    !digits(text + 14, 2, &minute) || !digits(text + 17, 2, &second) ||
	    !offset_parse(text + 19, n - 19, &offset))
		return false;
	if (hour > 23 || minute > 59 || second > 60)
		return false;
	result = (moment_t)day * SECONDS_A_DAY + hour * 3600 + minute * 60 + second -
		 (moment_t)offset * 60;
	if (second == 60 && result % SECONDS_A_DAY != 0)
		return false;
	*moment = result;
	return true;
}

day_t day_of_moment(moment_t moment, int offset)
{
	moment_t local = moment + (moment_t)offset * 60;
	moment_t day = local / SECONDS_A_DAY;

	return (day_t)(local % SECONDS_A_DAY < 0 ? day - 1 : day);
}

moment_t moment_of_day(day_t day, int offset)
{
	return (moment_t)day * SECONDS_A_DAY - (moment_t)offset * 60;
}

const char *moment_format(moment_t moment, int offset, char out[MOMENT_SIZE])
{
	day_t day = day_of_moment(moment, offset);
	unsigned second = (unsigned)(moment - moment_of_day(day, offset)) % SECONDS_A_DAY;
	unsigned minutes = (unsigned)(offset < 0 ? -offset : offset) % (24 * 60);
	char *to = out + DATE_SIZE - 1;

	date_format(day, out);
	*to++ = 'T';
	to = put_pair(to, second / 3600);
	*to++ = ':';
	to = put_pair(to, second / 60 % 60);
	*to++ = ':';
	to = put_pair(to, second % 60);
	*to++ = offset < 0 ? '-' : '+';
	to = put_pair(to, minutes / 60);
	*to++ = ':';
	*put_pair(to, minutes % 60) = '\0';
	return out;
}
