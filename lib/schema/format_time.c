/* RFC 3339: 5.6 for dates and times, appendix A for durations. */
#include <string.h>

#include "base/date.h"
#include "schema/format.h"

static bool digits(const char *p, size_t n, int *value)
{
	*value = 0;
	for (size_t i = 0; i < n; i++) {
		if (p[i] < '0' || p[i] > '9')
			return false;
		*value = *value * 10 + (p[i] - '0');
	}
	return true;
}

/* full-date; unlike date_parse it has a year 0 */
bool format_date(const char *text, size_t n)
{
	int year, month, day;

	return n == 10 && text[4] == '-' && text[7] == '-' && digits(text, 4, &year) &&
	       digits(text + 5, 2, &month) && digits(text + 8, 2, &day) && month >= 1 &&
	       month <= 12 && day >= 1 && day <= days_in_month(year, month);
}

/* full-time: fractions of seconds, *offset; *leap: the second 23:59:60 UTC */
static bool is_time(const char *text, size_t n, int *offset, bool *leap)
{
	int hour, minute, second;
	size_t at = 8;

	if (n < 9 || text[2] != ':' || text[5] != ':' || !digits(text, 2, &hour) ||
	    !digits(text + 3, 2, &minute) || !digits(text + 6, 2, &second) || hour > 23 ||
	    minute > 59 || second > 60)
		return false;
	if (text[at] == '.') {
		size_t first = ++at;

		while (at < n && text[at] >= '0' && text[at] <= '9')
			at++;
		if (at == first)
			return false;
	}
	if (!offset_parse(text + at, n - at, offset))
		return false;
	*leap = second == 60;
	return !*leap || ((hour * 60 + minute - *offset) % 1440 + 1440) % 1440 == 1439;
}

bool format_time(const char *text, size_t n)
{
	int offset;
	bool leap;

	return is_time(text, n, &offset, &leap);
}

/* 5.7: a leap second ends a June or a December of UTC; east of it the next month has begun */
static bool may_leap(const char *date, int offset)
{
	const char *day = date + strlen("YYYY-");

	if (offset > 0)
		return memcmp(day, "07-01", 5) == 0 || memcmp(day, "01-01", 5) == 0;
	return memcmp(day, "06-30", 5) == 0 || memcmp(day, "12-31", 5) == 0;
}

bool format_date_time(const char *text, size_t n)
{
	int offset;
	bool leap;

	return n > 11 && format_date(text, 10) && (text[10] == 'T' || text[10] == 't') &&
	       is_time(text + 11, n - 11, &offset, &leap) && (!leap || may_leap(text, offset));
}

/* "1Y2M3D": units in their order, none left out between two; at least one */
static bool take_units(const char **p, const char *end, const char *units)
{
	const char *expected = NULL;
	bool any = false;

	while (*p < end && **p != 'T') {
		const char *first = *p, *unit;

		while (*p < end && **p >= '0' && **p <= '9')
			(*p)++;
		if (*p == first || *p == end || !**p)
			return false;
		unit = strchr(units, *(*p)++);
		if (!unit || (expected && unit != expected))
			return false;
		expected = unit + 1;
		any = true;
	}
	return any;
}

bool format_duration(const char *text, size_t n)
{
	const char *p = text + 1, *end = text + n;

	if (n < 3 || *text != 'P')
		return false;
	if (text[n - 1] == 'W')
		return take_units(&p, end, "W") && p == end;
	if (*p != 'T' && !take_units(&p, end, "YMD"))
		return false;
	if (p < end) {
		p++;
		if (!take_units(&p, end, "HMS"))
			return false;
	}
	return p == end;
}
