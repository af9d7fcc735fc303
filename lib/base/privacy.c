#include "base/privacy.h"

#include <stdbool.h>
#include <string.h>

#include "base/date.h"
#include "base/str.h"
#include "base/utf8.h"

#define ID_DIGITS 18
#define MOBILE_DIGITS 11
#define MOST_GROUPS 32

/* digits that stand together, as ASCII; an X ends them */
struct group {
	size_t start, end; /* bytes */
	char digits[ID_DIGITS + 1];
	size_t n; /* more than ID_DIGITS: too many to be anything */
};

/* ASCII of a character that is ASCII in full or half width, or -1 */
static int narrow(int32_t c)
{
	if (c >= 0xff01 && c <= 0xff5e)
		c -= 0xfee0;
	return c > 0 && c < 0x80 ? (int)c : -1;
}

static bool is_digit(int c)
{
	return c >= '0' && c <= '9';
}

static bool is_word(int c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* GB 11643: a day of birth, and the check character by ISO 7064 MOD 11-2 */
static bool is_id_number(const char *d)
{
	static const int weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
	int year = 0, month, day, sum = 0;

	for (int i = 6; i < 10; i++)
		year = year * 10 + d[i] - '0';
	month = (d[10] - '0') * 10 + d[11] - '0';
	day = (d[12] - '0') * 10 + d[13] - '0';
	if (d[0] == '0' || year < 1850 || year > 2150 || day_of_civil(year, month, day) == DAY_NONE)
		return false;
	for (int i = 0; i < 17; i++)
		sum += (d[i] - '0') * weights[i];
	return d[17] == "10X98765432"[sum % 11];
}

static bool is_mobile(const char *d, size_t n)
{
	if (n == MOBILE_DIGITS + 2 && d[0] == '8' && d[1] == '6') {
		d += 2;
		n -= 2;
	}
	return n == MOBILE_DIGITS && d[0] == '1' && d[1] >= '3' && !memchr(d, 'X', n);
}

/* the group of digits at p, which is one; where it ends */
static const char *take_group(const char *text, const char *p, const char *end, struct group *g)
{
	g->start = (size_t)(p - text);
	g->n = 0;
	while (p < end) {
		const char *next = p;
		int c = narrow(utf8_decode(&next, end));

		if (c == 'x')
			c = 'X';
		if (!is_digit(c) && !(c == 'X' && g->n))
			break;
		if (g->n < sizeof(g->digits))
			g->digits[g->n] = (char)c;
		g->n++;
		p = next;
		if (c == 'X')
			break;
	}
	g->end = (size_t)(p - text);
	return p;
}

/* one space or hyphen between two groups */
static const char *skip_separator(const char *p, const char *end)
{
	const char *next = p;
	int32_t c = p < end ? utf8_decode(&next, end) : -1;

	return c == ' ' || c == '-' || c == 0x3000 || c == 0x2010 || c == 0xff0d ? next : NULL;
}

/* the groups from p on that have one separator between them */
static size_t take_groups(const char *text, const char *p, const char *end,
			  struct group groups[MOST_GROUPS])
{
	size_t count = 0;

	while (count < MOST_GROUPS) {
		const char *next = p;

		if (p == end || !is_digit(narrow(utf8_decode(&next, end))))
			break;
		p = take_group(text, p, end, &groups[count++]);
		p = skip_separator(p, end);
		if (!p)
			break;
	}
	return count;
}

/* whether some groups from the first on are a number together */
static enum privacy number_of(const struct group *groups, size_t count, size_t *used)
{
	char digits[ID_DIGITS];
	size_t n = 0;

	for (size_t i = 0; i < count && n + groups[i].n <= ID_DIGITS; i++) {
		memcpy(digits + n, groups[i].digits, groups[i].n);
		n += groups[i].n;
		*used = i + 1;
		if (n == ID_DIGITS && !memchr(digits, 'X', n - 1) && is_id_number(digits))
			return PRIVACY_ID_NUMBER;
		if (is_mobile(digits, n))
			return PRIVACY_MOBILE;
	}
	return PRIVACY_NONE;
}

static bool is_local(int c)
{
	return is_word(c) || c == '.' || c == '+' || c == '-' || c == '%';
}

/* the address around the @ from `at` to `after`; false when it is none */
static bool take_email(const char *text, size_t n, size_t at, size_t after, size_t *start,
		       size_t *length)
{
	size_t first = at, last = after, dot = 0;

	while (first > 0 && is_local(text[first - 1]))
		first--;
	for (; last < n && (is_word(text[last]) || text[last] == '-' || text[last] == '.'); last++)
		if (text[last] == '.' && last > after)
			dot = last;
	while (last > after && (text[last - 1] == '.' || text[last - 1] == '-'))
		last--;
	if (first == at || !dot || last < dot + 3)
		return false;
	*start = first;
	*length = last - first;
	return true;
}

/* the next digit or @, of either width, or another character of those; NULL: none */
static const char *next_mark(const char *p, const char *end)
{
	static const bool first[256] = {
		['0'] = true, ['1'] = true, ['2'] = true, ['3'] = true, ['4'] = true, ['5'] = true,
		['6'] = true, ['7'] = true, ['8'] = true, ['9'] = true, ['@'] = true, [0xef] = true
	};

	const unsigned char *b = (const unsigned char *)p, *stop = (const unsigned char *)end;

	for (; b < stop; b++) {
		while (stop - b > 4 && !(first[b[0]] | first[b[1]] | first[b[2]] | first[b[3]]))
			b += 4;
		/* U+FF00 to U+FF3F: not the comma and others before the digits, which are many */
		if (first[*b] && (*b != 0xef || (stop - b >= 3 && b[1] == 0xbc && b[2] >= 0x90)))
			return (const char *)b;
	}
	return NULL;
}

static bool ends_in_underscore(const char *text, const char *end)
{
	return end[-1] == '_' || (end - text >= 3 && memcmp(end - 3, "＿", 3) == 0);
}

enum privacy privacy_find(const char *text, size_t n, size_t *start, size_t *length)
{
	const char *end = text + n;
	size_t from = *start;

	for (const char *p = text + from, *next; (p = next_mark(p, end)); p = next) {
		int c;
		size_t used = 0;

		next = p;
		c = narrow(utf8_decode(&next, end));
		/* a letter before it is one of "tel" or "wx"; digits of a longer number were taken */
		if (is_digit(c) && !(p > text + from && ends_in_underscore(text + from, p))) {
			struct group groups[MOST_GROUPS];
			size_t count = take_groups(text, p, end, groups);
			enum privacy found = number_of(groups, count, &used);

			if (found != PRIVACY_NONE) {
				*start = groups[0].start;
				*length = groups[used - 1].end - groups[0].start;
				return found;
			}
			next = text + groups[0].end;
		} else if (c == '@' && p > text + from &&
			   take_email(text, n, (size_t)(p - text), (size_t)(next - text), start,
				      length) &&
			   *start >= from) {
			return PRIVACY_EMAIL;
		}
	}
	return PRIVACY_NONE;
}

const char *privacy_mask(struct arena *arena, const char *text)
{
	size_t n = text ? strlen(text) : 0, start = 0, done = 0, length;
	struct str out = { 0 };
	const char *copy;

	if (!text)
		return NULL;
	while (privacy_find(text, n, &start, &length) != PRIVACY_NONE) {
		str_addn(&out, text + done, start - done);
		for (size_t i = utf8_count(text + start, length); i > 0; i--)
			str_addc(&out, '*');
		done = start += length;
	}
	if (!done)
		return text;
	str_addn(&out, text + done, n - done);
	copy = out.failed ? NULL : arena_strndup(arena, str_text(&out), out.len);
	str_release(&out);
	return copy;
}

const char *privacy_mask_name(struct arena *arena, const char *name)
{
	const char *p = name, *end = name + strlen(name);
	size_t n = strlen(name);

	utf8_trim(&p, &n);
	end = p + n;
	name = p;
	if (p < end)
		utf8_decode(&p, end);
	return arena_printf(arena, "%.*s*", (int)(p - name), name);
}
