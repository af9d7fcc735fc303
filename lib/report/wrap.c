#include "report/wrap.h"

#include <stdbool.h>
#include <stdint.h>

#include "base/utf8.h"

/* one character and its columns */
struct glyph {
	int32_t c;
	size_t width;
};

static bool is_among(int32_t c, const int32_t *marks)
{
	for (; *marks; marks++)
		if (*marks == c)
			return true;
	return false;
}

static bool does_not_start(int32_t c)
{
	static const int32_t marks[] = { u'，', u'。', u'、', u'；', u'：', u'！', u'？', u'）',
					 u'】', u'》', u'〉', u'」', u'』', u'〕', u'］', u'｝',
					 u'”',  u'’',  u'·',  u'％', u'．', ')',   ']',   '}',
					 ',',   '.',   ';',   ':',   '!',   '?',   '%',   0 };

	return is_among(c, marks);
}

static bool does_not_end(int32_t c)
{
	static const int32_t marks[] = { u'（', u'【', u'《', u'〈', u'「', u'『', u'〔', u'［',
					 u'｛', u'“',  u'‘',  '(',   '[',   '{',   0 };

	return is_among(c, marks);
}

/* not utf8_is_space: a no-break space does not break */
static bool is_space(int32_t c)
{
	return c == ' ' || c == 0x3000;
}

static bool may_break(struct glyph a, struct glyph b)
{
	if (is_space(b.c))
		return true;
	if (does_not_start(b.c) || does_not_end(a.c))
		return false;
	return is_space(a.c) || a.width > 1 || b.width > 1;
}

static size_t without_spaces(const char *text, size_t n)
{
	const char *p = text, *end = text + n, *last = text;

	while (p < end)
		if (!is_space(utf8_decode(&p, end)))
			last = p;
	return (size_t)(last - text);
}

static size_t past_spaces(const char *text, const char *p, const char *end)
{
	while (p < end) {
		const char *from = p;

		if (!is_space(utf8_decode(&p, end)))
			return (size_t)(from - text);
	}
	return (size_t)(end - text);
}

size_t wrap_line(const char *text, size_t n, size_t width, size_t *next)
{
	const char *p = text, *end = text + n, *best = NULL;
	struct glyph before = { 0 };
	size_t used = 0;

	while (p < end) {
		const char *from = p;
		struct glyph glyph = { .c = utf8_decode(&p, end) };

		if (glyph.c == '\n') {
			*next = (size_t)(p - text);
			return without_spaces(text, (size_t)(from - text));
		}
		glyph.width = utf8_width(from, (size_t)(p - from));
		if (!glyph.width)
			continue;
		if (before.width && may_break(before, glyph))
			best = from;
		if (before.width && used + glyph.width > width && !is_space(glyph.c)) {
			best = best ? best : from;
			*next = past_spaces(text, best, end);
			return without_spaces(text, (size_t)(best - text));
		}
		used += glyph.width;
		before = glyph;
	}
	*next = n;
	return without_spaces(text, n);
}

size_t wrap_count(const char *text, size_t n, size_t width)
{
	size_t count = 0, next;

	do {
		wrap_line(text, n, width, &next);
		text += next;
		n -= next;
		count++;
	} while (n);
	return count;
}

size_t wrap_width(const char *text, size_t n)
{
	size_t widest = 0, next;

	while (n) {
		size_t width = utf8_width(text, wrap_line(text, n, SIZE_MAX, &next));

		widest = width > widest ? width : widest;
		text += next;
		n -= next;
	}
	return widest;
}

size_t wrap_word(const char *text, size_t n)
{
	const char *p = text, *end = text + n;
	struct glyph before = { 0 };
	size_t widest = 0, width = 0;

	while (p < end) {
		const char *from = p;
		struct glyph glyph = { .c = utf8_decode(&p, end) };

		glyph.width = utf8_width(from, (size_t)(p - from));
		if (glyph.c == '\n' || (glyph.width && may_break(before, glyph)))
			width = 0;
		width += is_space(glyph.c) ? 0 : glyph.width;
		widest = width > widest ? width : widest;
		if (glyph.width)
			before = glyph;
	}
	return widest;
}
