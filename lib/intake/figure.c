#include "intake/figure.h"

#include <string.h>

#include "base/nothing.h"
#include "base/utf8.h"
#include "intake/words.h"

#define DIGITS "0123456789"
#define MOST_DIGITS 30

/* what a count may be counted in */
static const char *const UNITS[] = {
	"项", "个", "件", "户", "人", "人次", "次", "家", "条", "张",
	"份", "类", "种", "本", "台", "宗",   "起", "名", "位", "位次"
};

struct number {
	char digits[MOST_DIGITS + 2]; /* with sign and point, without groups */
	const char *rest;             /* what stands behind it */
	bool point, negative;
};

/* 1,234,567: three digits behind each comma; what is folded has no spaces any more */
static enum figure_fault take_digits(const char **text, struct number *number, size_t *n)
{
	const char *p = *text;
	size_t first = strspn(p, DIGITS), group = first;

	while (group) {
		if (*n + group > MOST_DIGITS)
			return FIGURE_RANGE;
		memcpy(number->digits + *n, p, group);
		*n += group;
		p += group;
		if (*p != ',')
			break;
		group = strspn(++p, DIGITS);
		if (group != 3 || first > 3)
			return FIGURE_GROUPS;
	}
	*text = p;
	return FIGURE_FINE;
}

static enum figure_fault take_number(const char *p, struct number *number)
{
	size_t n = 0, start;
	enum figure_fault fault;

	*number = (struct number){ 0 };
	if (*p == '+' || *p == '-') {
		number->negative = *p == '-';
		if (*p == '-')
			number->digits[n++] = '-';
		p++;
	}
	start = n;
	fault = take_digits(&p, number, &n);
	if (fault != FIGURE_FINE)
		return fault;
	if (n == start)
		return FIGURE_UNKNOWN;
	if (*p == '.') {
		size_t places = strspn(p + 1, DIGITS);

		if (!places)
			return FIGURE_UNKNOWN;
		if (n + places + 1 > MOST_DIGITS)
			return FIGURE_PRECISION;
		memcpy(number->digits + n, p, places + 1);
		n += places + 1;
		p += places + 1;
		number->point = true;
	}
	number->digits[n] = '\0';
	number->rest = p;
	return FIGURE_FINE;
}

/* letters that are taken for digits, and nothing else */
static bool looks_like_letters(const char *text)
{
	static const char alike[] = "OoIlSBZ" DIGITS ".,%-";

	return strpbrk(text, "OoIlSBZ") && !text[strspn(text, alike)];
}

bool figure_is_error(const char *text)
{
	static const char *const shown[] = { "#DIV/0!", "#N/A",  "#NAME?",  "#NULL!",
					     "#NUM!",   "#REF!", "#VALUE!", "#SPILL!" };

	for (size_t i = 0; *text == '#' && i < sizeof(shown) / sizeof(*shown); i++)
		if (strcmp(text, shown[i]) == 0)
			return true;
	return false;
}

/* of what is no number at all */
static enum figure_fault why_none(const char *text)
{
	static const char *const about[] = { "约", "左右", "余",   "以上", "以下", "近", "超",
					     "多", "不足", "大概", "至少", "一",   "二", "三",
					     "四", "五",   "六",   "七",   "八",   "九", "十",
					     "百", "千",   "万",   "两" };

	if (*text == '#')
		return FIGURE_ERROR;
	if (looks_like_letters(text))
		return FIGURE_LETTERS;
	for (size_t i = 0; i < sizeof(about) / sizeof(*about); i++)
		if (strstr(text, about[i]))
			return FIGURE_ABOUT;
	return FIGURE_UNKNOWN;
}

static bool is_scientific(const char *rest)
{
	return (*rest == 'E' || *rest == 'e') && (is_nothing(rest + 1) || strpbrk(rest, DIGITS));
}

/* 1 234 keeps its groups: spaces between three digits are commas */
static void join_groups(const char *text, struct str *out)
{
	const char *end = text + strlen(text);
	size_t n = strlen(text);

	utf8_trim(&text, &n);
	end = text + n;
	while (text < end) {
		const char *from = text;
		int32_t c = utf8_decode(&text, end);
		bool between = out->len && strchr(DIGITS, out->p[out->len - 1]) && text < end &&
			       strchr(DIGITS, *text);

		if (utf8_is_space(c) && between)
			str_addc(out, ',');
		else
			str_addn(out, from, (size_t)(text - from));
	}
}

static enum figure_fault parse(const char *text, struct arena *arena, struct number *number)
{
	struct str joined = { 0 };
	enum figure_fault fault;
	char *folded;

	if (is_nothing(text))
		return FIGURE_NONE;
	join_groups(text, &joined);
	folded = name_fold(arena, str_text(&joined), joined.len);
	str_release(&joined);
	if (!folded)
		return FIGURE_UNKNOWN;
	if (*folded == '\'')
		folded++;
	fault = take_number(folded, number);
	if (fault == FIGURE_UNKNOWN)
		return why_none(folded);
	if (fault == FIGURE_FINE && is_scientific(number->rest))
		return FIGURE_SCIENTIFIC;
	return fault;
}

static enum figure_fault unit_fault(const char *rest, const char *unit)
{
	if (!*rest || (unit && strcmp(rest, unit) == 0))
		return FIGURE_FINE;
	for (size_t i = 0; i < sizeof(UNITS) / sizeof(*UNITS); i++)
		if (strcmp(rest, UNITS[i]) == 0)
			return FIGURE_FINE;
	return why_none(rest) == FIGURE_ABOUT ? FIGURE_ABOUT
	       : strpbrk(rest, "OoIl")        ? FIGURE_LETTERS
					      : FIGURE_UNIT;
}

enum figure_fault figure_count(const char *text, const char *unit, int64_t *value)
{
	struct arena arena = { 0 };
	struct number number;
	enum figure_fault fault;
	int64_t read;
	size_t n = strspn(text, DIGITS);

	/* most are no more than that */
	if (n && n <= MOST_DIGITS && !text[n])
		return decimal_parse(text, n, 0, value) ? FIGURE_FINE : FIGURE_RANGE;
	fault = parse(text, &arena, &number);
	if (fault == FIGURE_FINE)
		fault = unit_fault(number.rest, unit);
	if (fault == FIGURE_FINE && number.negative)
		fault = FIGURE_NEGATIVE;
	if (fault == FIGURE_FINE && number.point)
		fault = FIGURE_FRACTION;
	if (fault == FIGURE_FINE && !decimal_parse(number.digits, strlen(number.digits), 0, &read))
		fault = FIGURE_RANGE;
	if (fault == FIGURE_FINE)
		*value = read;
	arena_release(&arena);
	return fault;
}

/* above 0 and at most 1: 0.735 may be 73.5 percent */
static bool could_be_share(const char *digits)
{
	int64_t billionths;

	return decimal_parse(digits, strlen(digits), 9, &billionths) && billionths > 0 &&
	       billionths <= 1000000000;
}

static enum figure_fault percent_of(const struct number *number, unsigned places, int64_t *value,
				    bool *bare)
{
	int64_t read;

	*bare = !*number->rest;
	if (!*bare && strcmp(number->rest, "%") != 0)
		return strcmp(number->rest, "个百分点") == 0 || strcmp(number->rest, "百分点") == 0
			       ? FIGURE_POINTS
			       : unit_fault(number->rest, "%");
	if (number->negative)
		return FIGURE_NEGATIVE;
	if (*bare && could_be_share(number->digits))
		return FIGURE_AMBIGUOUS;
	if (!decimal_parse(number->digits, strlen(number->digits), places, &read))
		return FIGURE_PRECISION;
	if (read > share_whole(places))
		return FIGURE_RANGE;
	*value = read;
	return FIGURE_FINE;
}

enum figure_fault figure_percent(const char *text, unsigned places, int64_t *value, bool *bare)
{
	struct arena arena = { 0 };
	struct number number;
	enum figure_fault fault = parse(text, &arena, &number);
	int64_t read = 0;
	bool sign = false;

	if (fault == FIGURE_FINE)
		fault = percent_of(&number, places, &read, &sign);
	if (fault == FIGURE_FINE) {
		*value = read;
		*bare = sign;
	}
	arena_release(&arena);
	return fault;
}
