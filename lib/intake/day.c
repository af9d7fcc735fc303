#include "intake/day.h"

#include <stdio.h>
#include <string.h>

#include "base/numeral.h"
#include "base/take.h"
#include "base/utf8.h"
#include "model/calendar.h"

#define SERIAL_ZERO (-25569) /* 1899-12-30 */
#define SERIAL_LEAST 36526   /* 2000-01-01 */
#define SERIAL_MOST 73050    /* 2099-12-31 */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* digits, or a numeral; *length: how many digits there were */
static bool take_number(const char **p, int *value, int *length)
{
	const char *at = *p;
	int v = 0;

	for (*length = 0; is_digit(*at) && *length < 9; at++, ++*length)
		v = v * 10 + (*at - '0');
	if (!*length) {
		*length = 2;
		return numeral_take(p, value);
	}
	*p = at;
	*value = v;
	return true;
}

static bool take_year_numeral(const char **p, int *year)
{
	const char *at = *p;

	if (!numeral_take_year(&at, year) || strncmp(at, "年", strlen("年")) != 0)
		return false;
	*p = at;
	return true;
}

/* 2024-04-18 08:30:00, 2024-04-18T08:30, 2024/4/18 8:30 PM: cut the text before the time */
static bool cut_clock(char *text)
{
	char *colon = strchr(text, ':'), *at = colon;

	if (!colon || colon == text || !is_digit(colon[-1]) || !is_digit(colon[1]))
		return false;
	while (at > text && is_digit(at[-1]))
		at--;
	if (at == text || (at[-1] != ' ' && at[-1] != 'T'))
		return false;
	at[-1] = '\0';
	return true;
}

/* full-width characters as half-width, spaces of any kind as one ASCII space */
static void narrow(const char *text, struct str *out)
{
	const char *end = text + strlen(text);

	while (text < end) {
		int32_t c = utf8_decode(&text, end);
		char bytes[4];

		if (c >= 0xff01 && c <= 0xff5e)
			c -= 0xfee0;
		if (utf8_is_space(c))
			c = ' ';
		str_addn(out, bytes, utf8_encode(c, bytes));
	}
}

/* behind the day: 上午, 下午3点, 15时30分; true when nothing else follows */
static bool is_time_of_day(const char *p)
{
	static const char *const words[] = { "上午", "下午", "中午", "早上", "晚上", "时",
					     "点",   "分",   "秒",   "半",   "许",   NULL };
	int which;

	while (*p)
		if (!take_one_of(&p, words, &which)) {
			if (!is_digit(*p) && *p != ':')
				return false;
			p++;
		}
	return true;
}

/* (星期四), 周四, 礼拜天: 1 to 7; 0 when there is none */
static int take_weekday(const char **p)
{
	static const char *const weeks[] = { "星期", "周", "礼拜", NULL };
	static const char *const days[] = { "一", "二", "三", "四", "五", "六", "日", "天",
					    "1",  "2",  "3",  "4",  "5",  "6",  "7",  NULL };
	const char *at = *p;
	int which, day;
	bool bracket = take_word(&at, "(");

	if (!take_one_of(&at, weeks, &which) || !take_one_of(&at, days, &day) ||
	    (bracket && !take_word(&at, ")")))
		return 0;
	*p = at;
	return day < 7 ? day + 1 : day == 7 ? 7 : day - 7;
}

/* what follows a day that is complete */
static enum day_fault finish(const char *p, int year, int month, int day, struct day_read *out)
{
	day_t d = day_of_civil(year, month, day);
	int weekday;

	if (strncmp(p, "-", 1) == 0 || strncmp(p, "至", 3) == 0 || strncmp(p, "到", 3) == 0 ||
	    strncmp(p, "~", 1) == 0 || strncmp(p, "、", 3) == 0 || strncmp(p, "—", 3) == 0)
		return DAY_RANGE;
	if (d == DAY_NONE)
		return DAY_UNREAL;
	weekday = take_weekday(&p);
	if (weekday && weekday != weekday_of(d))
		return DAY_WEEKDAY;
	if (*p && !is_time_of_day(p))
		return DAY_UNKNOWN;
	out->time_dropped = out->time_dropped || *p;
	out->day = d;
	return DAY_FINE;
}

static const char *const SEPARATORS[] = { "-", "/", ".", "。", "·", "、", NULL };

/* [2024年]4月18日 */
static enum day_fault with_words(const struct plan *plan, const char *p, struct day_read *out)
{
	int year = 0, month, day, length;
	const char *at = p;
	char known[32];
	day_t found;

	if (take_year_numeral(&at, &year)) {
		take_word(&at, "年");
	} else {
		at = p;
		if (take_number(&at, &year, &length) && take_word(&at, "年")) {
			if (length != 4)
				return DAY_SHORT_YEAR;
		} else {
			at = p;
			year = 0;
		}
	}
	if (year && !*at)
		return DAY_RANGE;
	if (!take_number(&at, &month, &length) || !take_word(&at, "月"))
		return DAY_UNKNOWN;
	take_word(&at, "份");
	if (!take_number(&at, &day, &length))
		return DAY_RANGE;
	if (!take_word(&at, "日") && !take_word(&at, "号"))
		return strncmp(at, "-", 1) == 0 || strncmp(at, "至", 3) == 0 ||
				       strncmp(at, "~", 1) == 0 || strncmp(at, "、", 3) == 0
			       ? DAY_RANGE
		       : *at ? DAY_UNKNOWN
			     : finish(at, year ? year : 1, month, day, out);
	if (!year) {
		/* the year as a deadline without one has it */
		snprintf(known, sizeof(known), "%d月%d日", month % 100, day % 100);
		if (!due_parse(plan, known, &found))
			return DAY_UNREAL;
		out->year_taken = true;
		year = civil_of_day(found).year;
	}
	return finish(at, year, month, day, out);
}

/* 2024-4-18 and the like, and what must not be taken for it */
static enum day_fault with_separators(const char *p, struct day_read *out)
{
	int a, b, c, na, nb, nc, which;
	const char *at = p;

	if (!is_digit(*at) || !take_number(&at, &a, &na))
		return DAY_UNKNOWN;
	if (na == 8 && !is_digit(*at))
		return finish(at, a / 10000, a / 100 % 100, a % 100, out);
	if (!take_one_of(&at, SEPARATORS, &which) || !is_digit(*at) || !take_number(&at, &b, &nb))
		return DAY_UNKNOWN;
	if (!take_word(&at, SEPARATORS[which]))
		return *at ? DAY_UNKNOWN : na == 4 ? DAY_RANGE : DAY_NUMBER;
	if (!is_digit(*at) || !take_number(&at, &c, &nc))
		return DAY_UNKNOWN;
	if (na <= 2 && nc == 4)
		return DAY_ORDER;
	if (na <= 2)
		return DAY_SHORT_YEAR;
	if (na != 4 || nb > 2 || nc > 2)
		return DAY_UNKNOWN;
	take_word(&at, "日");
	return finish(at, a, b, c, out);
}

static enum day_fault from_serial(const char *text, bool serial, struct day_read *out)
{
	int value = 0;
	size_t n = strspn(text, "0123456789");

	if (n != 5 ||
	    (text[n] && (text[n] != '.' || text[n + 1 + strspn(text + n + 1, "0123456789")])))
		return DAY_UNKNOWN;
	for (size_t i = 0; i < n; i++)
		value = value * 10 + (text[i] - '0');
	if (value < SERIAL_LEAST || value > SERIAL_MOST)
		return DAY_UNKNOWN;
	if (!serial)
		return DAY_SERIAL;
	out->day = value + SERIAL_ZERO;
	out->serial = true;
	out->time_dropped = text[n] != '\0';
	return DAY_FINE;
}

/* without any space; an apostrophe is what makes a spreadsheet keep a text */
static enum day_fault read_folded(const struct plan *plan, const char *p, bool serial,
				  struct day_read *out)
{
	enum day_fault fault;

	if (*p == '\'')
		p++;
	else if (strncmp(p, "’", strlen("’")) == 0 || strncmp(p, "‘", strlen("‘")) == 0)
		p += strlen("’");
	if (!*p || strcmp(p, "年月日") == 0)
		return DAY_BLANK;
	if (p[strspn(p, "#")] == '\0')
		return DAY_HASHES;
	fault = from_serial(p, serial, out);
	if (fault != DAY_UNKNOWN)
		return fault;
	return strstr(p, "年") || strstr(p, "月") ? with_words(plan, p, out)
						  : with_separators(p, out);
}

enum day_fault day_read(const struct plan *plan, const char *text, bool serial,
			struct day_read *out)
{
	struct arena arena = { 0 };
	struct str plain = { 0 };
	struct day_read read = { .day = DAY_NONE };
	enum day_fault fault = DAY_NO_MEMORY;
	const char *trimmed;
	size_t n;
	char *folded;

	narrow(text, &plain);
	trimmed = str_text(&plain);
	n = plain.len;
	utf8_trim(&trimmed, &n);
	folded = arena_strndup(&arena, trimmed, n);
	if (folded && !plain.failed) {
		read.time_dropped = cut_clock(folded);
		folded = name_fold(&arena, folded, strlen(folded));
		if (folded)
			fault = read_folded(plan, folded, serial, &read);
		else if (utf8_valid(trimmed, n) != n)
			fault = DAY_UNKNOWN;
	}
	if (fault == DAY_FINE)
		*out = read;
	str_release(&plain);
	arena_release(&arena);
	return fault;
}
