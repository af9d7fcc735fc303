#include "yaml/place.h"

#include <string.h>

#include "base/utf8.h"

struct place place_of_byte(const char *text, size_t at)
{
	struct place place = { .line = 1 };
	bool mark = at >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0;
	const char *line = text + (mark ? 3 : 0), *to = text + at, *newline;

	while ((newline = memchr(line, '\n', (size_t)(to - line)))) {
		place.line++;
		line = newline + 1;
	}
	place.column = (uint32_t)utf8_count(line, (size_t)(to - line)) + 1;
	return place;
}

/* a lone CR, U+0085, U+2028, U+2029 */
static bool is_other_break(const char *p, const char *end)
{
	switch ((unsigned char)*p) {
	case '\r':
		return end - p < 2 || p[1] != '\n';
	case 0xc2:
		return end - p >= 2 && p[1] == '\x85';
	default:
		return end - p >= 3 && p[1] == '\x80' && (p[2] == '\xa8' || p[2] == '\xa9');
	}
}

/* every text pays for this: by their first bytes, which are rare, they are found fastest */
static bool has_other_breaks(const char *text, size_t size)
{
	static const char firsts[] = "\r\xc2\xe2";
	const char *end = text + size;

	for (const char *first = firsts; *first; first++)
		for (const char *p = text; (p = memchr(p, *first, (size_t)(end - p))); p++)
			if (is_other_break(p, end))
				return true;
	return false;
}

void places_init(struct places *places, const char *text, size_t size)
{
	*places = (struct places){ .text = text,
				   .end = text + size,
				   .differ = has_other_breaks(text, size),
				   .p = text,
				   .place = { .line = 1, .column = 1 } };
}

/* over one character, CR LF counting as one */
static void step(struct places *places)
{
	int32_t c = utf8_decode(&places->p, places->end);

	if (c == '\r' && places->p < places->end && *places->p == '\n')
		c = *places->p++;
	places->column++;
	places->place.column++;
	if (c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029) {
		places->line++;
		places->column = 0;
	}
	if (c == '\n') {
		places->place.line++;
		places->place.column = 1;
	}
}

struct place place_of_mark(struct places *places, size_t line, size_t column)
{
	if (!places->differ)
		return (struct place){ .line = (uint32_t)line + 1, .column = (uint32_t)column + 1 };
	if (line < places->line || (line == places->line && column < places->column))
		*places = (struct places){ .text = places->text,
					   .end = places->end,
					   .differ = true,
					   .p = places->text,
					   .place = { .line = 1, .column = 1 } };
	while (places->p < places->end &&
	       (places->line < line || (places->line == line && places->column < column)))
		step(places);
	return places->place;
}
