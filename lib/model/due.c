/* The deadlines of plans and lists in words: 6月底前, 8月中旬前, 2024年5月31日前 (domain 4.5). */
#include <string.h>

#include "base/numeral.h"
#include "base/take.h"
#include "base/utf8.h"
#include "model/calendar.h"

#define LAST_OF_YEAR 12, 31

/* what the words say; the year may be missing */
struct deadline {
	enum { YEAR_END, MONTH_END, TEN_DAYS, MONTH_DAY } type;
	int year; /* 0: not said */
	int month, day;
	int ten;     /* TEN_DAYS: 0 上旬, 1 中旬, 2 下旬 */
	bool before; /* 前, 以前 or 之前 was said */
};

/* a number of least to most digits, all that stand here; *p stays when it is none */
static bool take_digits(const char **p, int least, int most, int *value)
{
	const char *from = *p, *to = from;
	int v = 0;

	for (; *to >= '0' && *to <= '9' && to - from <= most; to++)
		v = v * 10 + (*to - '0');
	if (to - from < least || to - from > most)
		return false;
	*p = to;
	*value = v;
	return true;
}

static bool take_year(const char **p, int *year)
{
	return take_digits(p, 4, 4, year) || numeral_take_year(p, year);
}

/* of a month or day */
static bool take_number(const char **p, int *value)
{
	return take_digits(p, 1, 2, value) || numeral_take(p, value);
}

/* 2024-05-31 with any of the three usual separators, or 20240531 */
static bool take_date(const char **p, struct deadline *deadline)
{
	static const char *const separators[] = { "-", "/", ".", NULL };
	const char *at = *p;
	int number, which;

	*deadline = (struct deadline){ .type = MONTH_DAY };
	if (take_digits(&at, 8, 8, &number)) {
		deadline->year = number / 10000;
		deadline->month = number / 100 % 100;
		deadline->day = number % 100;
	} else if (!take_digits(&at, 4, 4, &deadline->year) ||
		   !take_one_of(&at, separators, &which) ||
		   !take_digits(&at, 1, 2, &deadline->month) ||
		   !take_word(&at, separators[which]) || !take_digits(&at, 1, 2, &deadline->day)) {
		return false;
	}
	*p = at;
	return deadline->year > 0;
}

/* 底, 中旬 or 31日, behind the month */
static bool take_part_of_month(const char **p, struct deadline *deadline)
{
	static const char *const ends[] = { "底", "末", NULL };
	static const char *const tens[] = { "上旬", "中旬", "下旬", NULL };
	static const char *const days[] = { "日", "号", NULL };
	int which;

	if (take_one_of(p, ends, &which))
		deadline->type = MONTH_END;
	else if (take_one_of(p, tens, &deadline->ten))
		deadline->type = TEN_DAYS;
	else if (take_number(p, &deadline->day) && take_one_of(p, days, &which))
		deadline->type = MONTH_DAY;
	else
		return false;
	return true;
}

static bool take_words(const char **p, struct deadline *deadline)
{
	static const char *const year_ends[] = { "年底", "年末", NULL };
	const char *at = *p;
	int which, year = 0;

	if (take_year(&at, &year) && year == 0)
		return false;
	*deadline = (struct deadline){ .type = YEAR_END, .year = year };
	if (take_one_of(&at, year_ends, &which)) {
		*p = at;
		return true;
	}
	if ((year && !take_word(&at, "年")) || !take_number(&at, &deadline->month) ||
	    !take_word(&at, "月"))
		return false;
	take_word(&at, "份");
	*p = at;
	return take_part_of_month(p, deadline);
}

static bool take_deadline(const char *text, struct deadline *deadline)
{
	static const char *const befores[] = { "以前", "之前", "前", NULL };
	const char *p = text;
	int which;

	if (!take_words(&p, deadline)) {
		p = text;
		if (!take_date(&p, deadline))
			return false;
	}
	deadline->before = take_one_of(&p, befores, &which);
	return *p == '\0';
}

/* the last day on which the deadline is kept, in this year; DAY_NONE when there is no such day */
static day_t day_in(int year, const struct deadline *deadline)
{
	day_t first = day_of_civil(year, deadline->month, 1);

	switch (deadline->type) {
	case YEAR_END:
		return day_of_civil(year, LAST_OF_YEAR);
	case MONTH_DAY:
		return day_of_civil(year, deadline->month, deadline->day);
	case MONTH_END:
	case TEN_DAYS:
		break;
	}
	if (first == DAY_NONE)
		return DAY_NONE;
	if (deadline->type == TEN_DAYS && deadline->before)
		return first + 10 * deadline->ten - 1;
	if (deadline->type == TEN_DAYS && deadline->ten < 2)
		return first + 10 * deadline->ten + 9;
	return first + days_in_month(year, deadline->month) - 1;
}

/* of a plan that runs into another year: the first such day that is not before its start */
static day_t day_in_plan(const struct plan *plan, const struct deadline *deadline)
{
	day_t start = plan->start != DAY_NONE ? plan->start : plan->issue_date;
	day_t result = DAY_NONE;
	int year, last;

	if (start == DAY_NONE)
		return DAY_NONE;
	year = civil_of_day(start).year;
	last = plan->end != DAY_NONE ? civil_of_day(plan->end).year : year;
	do {
		result = day_in(year, deadline);
	} while ((result == DAY_NONE || result < start) && ++year <= last);
	return result;
}

bool due_parse(const struct plan *plan, const char *text, day_t *due)
{
	struct arena arena = { 0 };
	char *folded = name_fold(&arena, text, strlen(text));
	struct deadline deadline;
	day_t result = DAY_NONE;

	if (folded && take_deadline(folded, &deadline))
		result = deadline.year ? day_in(deadline.year, &deadline)
				       : day_in_plan(plan, &deadline);
	arena_release(&arena);
	if (result == DAY_NONE)
		return false;
	*due = result;
	return true;
}
