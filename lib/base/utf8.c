#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* most of Chinese: three bytes, the first none that could be overlong or a surrogate */
static inline bool is_usual(const unsigned char *p, const unsigned char *end)
{
	return end - p >= 3 && *p > 0xe0 && *p < 0xf0 && *p != 0xed && (p[1] & 0xc0) == 0x80 &&
	       (p[2] & 0xc0) == 0x80;
}

/* two of them, looked at in one word */
static inline bool are_usual(const unsigned char *p, const unsigned char *end)
{
	static const unsigned char mask[8] = { 0xf0, 0xc0, 0xc0, 0xf0, 0xc0, 0xc0 };
	static const unsigned char form[8] = { 0xe0, 0x80, 0x80, 0xe0, 0x80, 0x80 };
	uint64_t word, m, f;

	if (end - p < 8)
		return false;
	memcpy(&word, p, sizeof(word));
	memcpy(&m, mask, sizeof(m));
	memcpy(&f, form, sizeof(f));
	return (word & m) == f && p[0] != 0xe0 && p[0] != 0xed && p[3] != 0xe0 && p[3] != 0xed;
}

size_t utf8_valid(const char *text, size_t n)
{
	const unsigned char *p = (const unsigned char *)text, *end = p + n;

	while (p < end) {
		utf8proc_int32_t c;
		utf8proc_ssize_t length;

		/* eight ASCII bytes at a time: most of a record */
		while (end - p >= 8) {
			uint64_t word;

			memcpy(&word, p, sizeof(word));
			if (word & UINT64_C(0x8080808080808080))
				break;
			p += 8;
		}
		if (p == end)
			break;
		if (*p < 0x80) {
			p++;
			continue;
		}
		if (is_usual(p, end)) {
			p += 3;
			while (are_usual(p, end))
				p += 6;
			continue;
		}
		length = utf8proc_iterate(p, end - p, &c);
		if (length <= 0)
			break;
		p += length;
	}
	return (size_t)((const char *)p - text);
}

size_t utf8_length_of(char first)
{
	unsigned char c = (unsigned char)first;

	return c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
}

int32_t utf8_decode(const char **text, const char *end)
{
	const unsigned char *p = (const unsigned char *)*text;
	utf8proc_int32_t c;
	utf8proc_ssize_t length;

	if (*text < end && *p < 0x80) {
		++*text;
		return *p;
	}
	if (is_usual(p, (const unsigned char *)end)) {
		*text += 3;
		return (*p & 0xf) << 12 | (p[1] & 0x3f) << 6 | (p[2] & 0x3f);
	}
	length = utf8proc_iterate(p, end - *text, &c);
	if (length <= 0) {
		(*text)++;
		return 0xfffd;
	}
	*text += length;
	return c;
}

size_t utf8_encode(int32_t c, char out[4])
{
	return (size_t)utf8proc_encode_char(c, (utf8proc_uint8_t *)out);
}

size_t utf8_count(const char *text, size_t n)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	size_t count = n, i = 0;

	/* eight bytes at a time; of those that go on a character the upper bits are 10 */
	for (; n - i >= 8; i += 8) {
		uint64_t word;

		memcpy(&word, text + i, sizeof(word));
		count -= (size_t)(((word >> 7 & ~word >> 6 & ones) * ones) >> 56);
	}
	for (; i < n; i++)
		count -= ((unsigned char)text[i] & 0xc0) == 0x80;
	return count;
}

bool utf8_is_control(int32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x200b && c <= 0x200f) ||
	       (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff ||
	       c == 0x061c || (c >= 0xfff9 && c <= 0xfffb) || c == 0xfffe || c == 0xffff;
}

static size_t width_of(int32_t c)
{
	int width = utf8_is_control(c) ? 0 : utf8proc_charwidth(c);

	return width > 0 ? (size_t)width : 0;
}

size_t utf8_width(const char *text, size_t n)
{
	const char *end = text + n;
	size_t width = 0;

	while (text < end)
		width += width_of(utf8_decode(&text, end));
	return width;
}

size_t utf8_fit(const char *text, size_t n, size_t width)
{
	const char *p = text, *end = text + n, *fits = text;
	size_t used = 0;

	while (p < end) {
		used += width_of(utf8_decode(&p, end));
		if (used > width)
			break;
		fits = p;
	}
	return (size_t)(fits - text);
}

/* `kept`: controls that stay as they are */
static void add_visible(struct str *out, const char *text, size_t n, const int32_t *kept)
{
	const char *end = text + n;

	while (text < end) {
		const char *from = text;
		int32_t c = utf8_decode(&text, end);
		const int32_t *keep = kept;

		while (*keep && *keep != c)
			keep++;
		if (c && c == *keep)
			str_addn(out, from, (size_t)(text - from));
		else if (c == '\n')
			str_add(out, "\\n");
		else if (c == '\t')
			str_add(out, "\\t");
		else if (c == 0xfffd && text - from == 1)
			str_addf(out, "\\x%02x", (unsigned)(unsigned char)*from);
		else if (utf8_is_control(c))
			str_addf(out, c < 0x100 ? "\\x%02x" : "\\u%04x", (unsigned)c);
		else
			str_addn(out, from, (size_t)(text - from));
	}
}

void utf8_add_visible(struct str *out, const char *text, size_t n, bool keep_newlines)
{
	static const int32_t newline[] = { '\n', 0 };

	add_visible(out, text, n, keep_newlines ? newline : newline + 1);
}

void utf8_add_cell(struct str *out, const char *text, size_t n)
{
	static const int32_t kept[] = { '\n', '\t', 0x200c, 0x200d, 0 };

	add_visible(out, text, n, kept);
}

bool utf8_is_space(int32_t c)
{
	if (c < 0x80)
		return c == ' ' || (c >= '\t' && c <= '\r');
	/* ideographs are most of what is asked */
	return !(c >= 0x4e00 && c <= 0x9fff) && utf8proc_category(c) == UTF8PROC_CATEGORY_ZS;
}

bool utf8_is_blank(const char *text, size_t n)
{
	const char *end = text + n;

	while (text < end)
		if (!utf8_is_space(utf8_decode(&text, end)))
			return false;
	return true;
}

void utf8_trim(const char **text, size_t *n)
{
	const char *p = *text, *end = p + *n;

	while (p < end) {
		const char *from = p;

		if (!utf8_is_space(utf8_decode(&p, end))) {
			p = from;
			break;
		}
	}
	*text = p;
	while (end > p) {
		const char *last = end - 1, *next;

		while (last > p && end - last < 4 && (*last & 0xc0) == 0x80)
			last--;
		next = last;
		if (!utf8_is_space(utf8_decode(&next, end)) || next != end)
			break;
		end = last;
	}
	*n = (size_t)(end - p);
}

/* printable ASCII and unified ideographs are what they are folded to: most names have no others */
static bool is_folded(const char *text, size_t n)
{
	const unsigned char *p = (const unsigned char *)text, *end = p + n;

	while (p < end)
		if (*p > ' ' && *p < 0x7f)
			p++;
		else if (end - p >= 3 && *p >= 0xe4 && *p <= 0xe9 && (*p > 0xe4 || p[1] >= 0xb8) &&
			 (p[1] & 0xc0) == 0x80 && (p[2] & 0xc0) == 0x80)
			p += 3; /* U+4E00 to U+9FFF */
		else
			return false;
	return true;
}

#define FOLDING (UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT)

static void copy_without_spaces(char *to, const char *p, size_t n)
{
	for (const char *end = p + n; p < end;) {
		const char *from = p;

		if (utf8_is_space(utf8_decode(&p, end)))
			continue;
		memcpy(to, from, (size_t)(p - from));
		to += p - from;
	}
	*to = '\0';
}

char *name_fold(struct arena *arena, const char *text, size_t n)
{
	utf8proc_uint8_t *folded = NULL;
	utf8proc_ssize_t length;
	char *copy;

	if (is_folded(text, n))
		return arena_strndup(arena, text, n);
	length =
		utf8proc_map((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)n, &folded, FOLDING);
	if (length < 0)
		return NULL;
	copy = arena_alloc(arena, (size_t)length + 1);
	if (copy)
		copy_without_spaces(copy, (const char *)folded, (size_t)length);
	free(folded);
	return copy;
}

bool name_fold_short(char out[NAME_SHORT], const char *text, size_t n)
{
	utf8proc_int32_t points[NAME_SHORT]; /* and then the bytes of them */
	utf8proc_ssize_t length;

	if (n >= NAME_SHORT)
		return false;
	length = utf8proc_decompose((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)n, points,
				    NAME_SHORT - 1, FOLDING);
	if (length >= 0 && length < NAME_SHORT)
		length = utf8proc_reencode(points, length, FOLDING);
	if (length < 0 || length >= NAME_SHORT)
		return false;
	copy_without_spaces(out, (const char *)points, (size_t)length);
	return true;
}

bool name_may_begin(const char *text, const char *const *words, size_t n)
{
	unsigned char c = (unsigned char)*text;
	/* a digit, or U+4E00 to U+9FFF: these compose with nothing */
	bool ideograph = (c >= 0xe5 && c <= 0xe9) || (c == 0xe4 && (unsigned char)text[1] >= 0xb8);
	size_t length = c >= '0' && c <= '9' ? 1 : ideograph ? 3 : 0;

	for (size_t i = 0; i < n; i++)
		if (!length ||
		    (*text == *words[i] && (length == 1 || strncmp(text, words[i], length) == 0)))
			return true;
	return false;
}

#define LONGEST_COMPARED 64

static size_t decode_all(const char *text, int32_t *out)
{
	const char *end = text + strlen(text);
	size_t n = 0;

	while (text < end && n <= LONGEST_COMPARED)
		out[n++] = utf8_decode(&text, end);
	return n;
}

static unsigned least(unsigned a, unsigned b, unsigned c)
{
	unsigned m = a < b ? a : b;

	return m < c ? m : c;
}

unsigned text_distance(const char *a, const char *b, unsigned limit)
{
	int32_t x[LONGEST_COMPARED + 1], y[LONGEST_COMPARED + 1];
	unsigned rows[3][LONGEST_COMPARED + 1];
	unsigned *before = rows[0], *above = rows[1], *now = rows[2];
	size_t nx = decode_all(a, x), ny = decode_all(b, y);
	unsigned smallest_above = 0;

	if (nx > LONGEST_COMPARED || ny > LONGEST_COMPARED || nx > ny + limit || ny > nx + limit)
		return limit + 1;
	for (size_t j = 0; j <= ny; j++)
		before[j] = above[j] = (unsigned)j;
	for (size_t i = 1; i <= nx; i++) {
		unsigned *recycled = before, smallest = (unsigned)i;

		now[0] = (unsigned)i;
		for (size_t j = 1; j <= ny; j++) {
			unsigned change = above[j - 1] + (x[i - 1] != y[j - 1]);

			now[j] = least(above[j] + 1, now[j - 1] + 1, change);
			if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1] &&
			    before[j - 2] + 1 < now[j])
				now[j] = before[j - 2] + 1;
			if (now[j] < smallest)
				smallest = now[j];
		}
		/* two rows, because a swap leads over one */
		if (smallest > limit && smallest_above > limit)
			return limit + 1;
		smallest_above = smallest;
		before = above;
		above = now;
		now = recycled;
	}
	return above[ny] > limit ? limit + 1 : above[ny];
}
