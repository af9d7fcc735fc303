/*
 * place.h: lines and columns as editors count them. Private to lib/yaml.
 *
 * A line ends at a newline, before which a CR may stand; columns are characters. libyaml ends one
 * where YAML 1.1 does: at a lone CR, U+0085, U+2028 and U+2029 too. In a text that has one of these
 * its marks are translated.
 */
#ifndef DUBAN_YAML_PLACE_H
#define DUBAN_YAML_PLACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* from 1 */
struct place {
	uint32_t line, column;
};

/* place_of_byte: where the byte at `at` stands; a byte order mark is no column. */
struct place place_of_byte(const char *text, size_t at);

/* translates marks that mostly move forward */
struct places {
	const char *text, *end;
	bool differ; /* else marks are right but for counting from 0 */
	/* the mark that was asked for last: its byte, what libyaml says and what is right */
	const char *p;
	size_t line, column;
	struct place place;
};

/* places_init: for a text that outlives it, without byte order mark. */
void places_init(struct places *places, const char *text, size_t size);

/* place_of_mark: the place of libyaml's line and column, which count from 0. */
struct place place_of_mark(struct places *places, size_t line, size_t column);

#endif
