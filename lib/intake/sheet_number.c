#include "intake/sheet_number.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"

#define DIGITS 15 /* that a number keeps in a spreadsheet */
#define LONGEST 40
#define LAST_SERIAL 2958465  /* 9999-12-31 */
#define SERIAL_ZERO (-25569) /* 1899-12-30, where serials from 61 on count from */
#define LEAP_BUG 60          /* 1900-02-29, which there was not */
#define FROM_1904 1462
#define SECONDS_A_DAY 86400
#define MOST_PLACES 6
#define SHARE_PLACES 2 /* that a rate is reported with */

/* 0.d1d2d3… times 10^point */
struct digits {
	bool negative;
	int n, point;
	char d[LONGEST + 1]; /* values, not characters; the first is not 0 */
};

/* what stands in quotes or behind a backslash, and in brackets */
static const char *skip_literal(const char *p, bool *percent)
{
	if (*p == '"') {
		for (p++; *p && *p != '"'; p++)
			*percent = *percent || *p == '%';
		return *p ? p + 1 : p;
	}
	if (*p == '\\' || *p == '_' || *p == '*') {
		*percent = *percent || (*p == '\\' && p[1] == '%');
		return p[1] ? p + 2 : p + 1;
	}
	return p;
}

struct seen {
	bool year, month, day, clock, percent, literal;
	unsigned places;
};

/* [h] is a time, [$-804] and [红色] are not */
static const char *skip_bracket(const char *p, struct seen *seen)
{
	const char *end = strchr(p, ']');

	if (strchr("hHmMsS", p[1]) && p[1] && end && end - p <= 3)
		seen->clock = true;
	return end ? end + 1 : p + strlen(p);
}

static bool is_letter(char c, char lower)
{
	return c == lower || c == lower - 'a' + 'A';
}

/* m is a minute beside h and s, else a month; e is a year unless it is an exponent */
static const char *look_at(const char *p, struct seen *seen, bool *decimals)
{
	if (*p == '.')
		*decimals = true;
	else if ((*p == '0' || *p == '#' || *p == '?') && *decimals)
		seen->places++;
	else if (*p == '%')
		seen->percent = true;
	else if (is_letter(*p, 'y') || (is_letter(*p, 'e') && p[1] != '+' && p[1] != '-'))
		seen->year = true;
	else if (is_letter(*p, 'd') || is_letter(*p, 'a'))
		seen->day = true;
	else if (is_letter(*p, 'm'))
		seen->month = true;
	else if (is_letter(*p, 'h') || is_letter(*p, 's'))
		seen->clock = true;
	return p + 1;
}

struct number_format number_format_of(const char *code)
{
	struct seen seen = { .places = 0 };
	bool decimals = false;

	/* WPS calls it so: G/通用格式 */
	if (strncmp(code, "General", 7) == 0 || strncmp(code, "G/", 2) == 0)
		return (struct number_format){ 0 };
	for (const char *p = code; *p && *p != ';';) {
		if (*p == '[')
			p = skip_bracket(p, &seen);
		else if (*p == '"' || *p == '\\' || *p == '_' || *p == '*')
			p = skip_literal(p, &seen.literal);
		else if (strncmp(p, "AM/PM", 5) == 0 || strncmp(p, "am/pm", 5) == 0)
			p += 5;
		else
			p = look_at(p, &seen, &decimals);
	}
	if (seen.places > MOST_PLACES)
		seen.places = MOST_PLACES;
	if (seen.day || seen.year || (seen.month && !seen.clock))
		return (struct number_format){ .sort = seen.year && seen.month && !seen.day
							       ? NUMBER_MONTH
							       : NUMBER_DAY };
	if (seen.clock)
		return (struct number_format){ .sort = NUMBER_CLOCK };
	if (seen.percent)
		return (struct number_format){ .sort = NUMBER_PERCENT,
					       .places = (uint8_t)seen.places };
	return (struct number_format){ .sort = seen.literal ? NUMBER_SIGNED : NUMBER_PLAIN };
}

struct number_format number_format_known(unsigned id)
{
	/* ECMA-376 part 1, 18.8.30, those of zh-cn where a language decides */
	static const struct {
		uint8_t from, to, sort, places;
	} known[] = {
		{ 9, 9, NUMBER_PERCENT, 0 }, { 10, 10, NUMBER_PERCENT, 2 },
		{ 14, 16, NUMBER_DAY, 0 },   { 17, 17, NUMBER_MONTH, 0 },
		{ 18, 21, NUMBER_CLOCK, 0 }, { 22, 22, NUMBER_DAY, 0 },
		{ 27, 27, NUMBER_MONTH, 0 }, { 28, 31, NUMBER_DAY, 0 },
		{ 32, 35, NUMBER_CLOCK, 0 }, { 36, 36, NUMBER_MONTH, 0 },
		{ 45, 47, NUMBER_CLOCK, 0 }, { 50, 50, NUMBER_MONTH, 0 },
		{ 51, 51, NUMBER_DAY, 0 },   { 52, 52, NUMBER_MONTH, 0 },
		{ 53, 54, NUMBER_DAY, 0 },   { 55, 56, NUMBER_CLOCK, 0 },
		{ 57, 57, NUMBER_MONTH, 0 }, { 58, 58, NUMBER_DAY, 0 },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (id >= known[i].from && id <= known[i].to)
			return (struct number_format){ .sort = known[i].sort,
						       .places = known[i].places };
	return (struct number_format){ 0 };
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* xsd:double without INF and NaN; false when it is not, or has more digits than anybody writes */
static bool parse(const char *p, struct digits *out)
{
	bool behind = false, any = false;
	int exponent = 0, sign = 1;

	*out = (struct digits){ .negative = *p == '-' };
	p += *p == '-' || *p == '+';
	for (; is_digit(*p) || (*p == '.' && !behind); p++) {
		if (*p == '.') {
			behind = true;
			continue;
		}
		any = true;
		if (out->n || *p != '0') {
			if (out->n == LONGEST)
				return false;
			out->d[out->n++] = (char)(*p - '0');
			out->point += !behind;
		} else {
			out->point -= behind;
		}
	}
	if (*p == 'e' || *p == 'E') {
		p++;
		sign = *p == '-' ? -1 : 1;
		p += *p == '-' || *p == '+';
		if (!is_digit(*p))
			return false;
		for (; is_digit(*p) && exponent < 1000; p++)
			exponent = exponent * 10 + (*p - '0');
	}
	out->point += sign * exponent;
	return any && !*p;
}

static void trim_zeros(struct digits *x)
{
	while (x->n && !x->d[x->n - 1])
		x->n--;
	if (!x->n) {
		x->point = 0;
		x->negative = false;
	}
}

/* to n digits from the first, half up; n may be negative, which leaves nothing */
static void round_to(struct digits *x, int n)
{
	bool up = n >= 0 && n < x->n && x->d[n] >= 5;

	if (n < x->n)
		x->n = n > 0 ? n : 0;
	for (int i = x->n - 1; up && i >= 0; i--) {
		up = x->d[i] == 9;
		x->d[i] = (char)(up ? 0 : x->d[i] + 1);
	}
	if (up) {
		memmove(x->d + 1, x->d, (size_t)x->n);
		x->d[0] = 1;
		x->n++;
		x->point++;
	}
	trim_zeros(x);
}

/* places: at least so many behind the point */
static const char *show(const struct digits *x, unsigned places, const char *behind,
			char out[NUMBER_SIZE])
{
	size_t n = 0;
	int last = x->n > x->point ? x->n : x->point;

	if (x->point > DIGITS || x->point < -DIGITS) {
		/* a spreadsheet shows it so, and digits were lost */
		out[n++] = x->negative ? '-' : '+';
		n -= !x->negative;
		out[n++] = (char)('0' + x->d[0]);
		out[n++] = '.';
		for (int i = 1; i < x->n || i == 1; i++)
			out[n++] = (char)('0' + (i < x->n ? x->d[i] : 0));
		snprintf(out + n, NUMBER_SIZE - n, "E%+03d%s", x->point - 1, behind);
		return out;
	}
	if (last < x->point + (int)places)
		last = x->point + (int)places;
	if (x->negative)
		out[n++] = '-';
	if (x->point <= 0)
		out[n++] = '0';
	for (int i = x->point < 0 ? x->point : 0; i < last; i++) {
		if (i == x->point)
			out[n++] = '.';
		out[n++] = (char)(i >= 0 && i < x->n ? '0' + x->d[i] : '0');
	}
	snprintf(out + n, NUMBER_SIZE - n, "%s", behind);
	return out;
}

/* contract 4: a share that is not whole is never 100, one that is not nothing never 0 */
static const char *show_percent(struct digits *x, unsigned places, char out[NUMBER_SIZE])
{
	int most = places > SHARE_PLACES ? (int)places : SHARE_PLACES;
	struct digits rounded;

	x->point += x->n ? 2 : 0;
	rounded = *x;
	round_to(&rounded, x->point + most);
	if (x->n && !rounded.n) {
		rounded.n = rounded.d[0] = 1;
		rounded.point = 1 - most;
		rounded.negative = x->negative;
	} else if (x->point == 2 && rounded.point == 3) {
		rounded.n = 2 + most;
		rounded.point = 2;
		memset(rounded.d, 9, (size_t)rounded.n);
	}
	return show(&rounded, places, "%", out);
}

/* the whole days, and the seconds of the rest, rounded */
static bool split_serial(const struct digits *x, int64_t *days, int *seconds)
{
	uint64_t part = 0, unit = 1;

	*days = 0;
	if (x->negative || x->point > 7)
		return false;
	for (int i = 0; i < x->point; i++)
		*days = *days * 10 + (i < x->n ? x->d[i] : 0);
	for (int i = x->point; i < x->n && unit < 10000000000; i++) {
		part = part * 10 + (uint64_t)(i >= 0 ? x->d[i] : 0);
		unit *= 10;
	}
	*seconds = (int)((part * SECONDS_A_DAY + unit / 2) / unit);
	if (*seconds == SECONDS_A_DAY) {
		*seconds = 0;
		++*days;
	}
	return true;
}

static const char *show_day(const struct digits *x, enum number_sort sort, bool from_1904,
			    char out[NUMBER_SIZE])
{
	int64_t days;
	int seconds;
	char clock[32], date[DATE_SIZE];
	struct civil civil;

	if (!split_serial(x, &days, &seconds))
		return NULL;
	snprintf(clock, sizeof(clock), "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60,
		 seconds % 60);
	if (sort == NUMBER_CLOCK && !days) {
		snprintf(out, NUMBER_SIZE, "%s", clock);
		return out;
	}
	if (from_1904)
		days += FROM_1904;
	else if (days == LEAP_BUG || days == 0)
		return NULL;
	else if (days < LEAP_BUG)
		days++;
	if (days > LAST_SERIAL)
		return NULL;
	civil = civil_of_day((day_t)days + SERIAL_ZERO);
	if (sort == NUMBER_MONTH)
		snprintf(out, NUMBER_SIZE, "%d年%d月", civil.year, civil.month);
	else
		snprintf(out, NUMBER_SIZE, "%s%s%s", date_format((day_t)days + SERIAL_ZERO, date),
			 seconds ? " " : "", seconds ? clock : "");
	return out;
}

const char *number_show(const char *number, struct number_format format, bool from_1904,
			char out[NUMBER_SIZE])
{
	struct digits x;
	const char *shown = NULL;

	if (!parse(number, &x)) {
		snprintf(out, NUMBER_SIZE, "%s", number);
		return out;
	}
	trim_zeros(&x);
	round_to(&x, DIGITS);
	if (format.sort == NUMBER_DAY || format.sort == NUMBER_MONTH || format.sort == NUMBER_CLOCK)
		shown = show_day(&x, format.sort, from_1904, out);
	else if (format.sort == NUMBER_PERCENT)
		shown = show_percent(&x, format.places, out);
	else if (format.sort == NUMBER_SIGNED)
		shown = show(&x, 0, "%", out);
	return shown ? shown : show(&x, 0, "", out);
}
