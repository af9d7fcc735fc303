/*
 * lines.h: places in a text by line and column, both from 1; a column is a character, a byte order
 * mark is none.
 *
 * A place is looked for from the one that was asked for last, so that many in about the order of the
 * text cost no more than going through it once.
 */
#ifndef DUBAN_BASE_LINES_H
#define DUBAN_BASE_LINES_H

#include <stddef.h>
#include <stdint.h>

struct lines {
	const char *text, *end;
	/* the last place, and the start of its line */
	const char *p, *start;
	uint32_t line, column;
};

/* lines_init: for a text that outlives it. */
void lines_init(struct lines *lines, const char *text, size_t size);

/*
 * lines_at: where a column of a line begins; of a line that is shorter its end, and `column` then
 * says which that is. NULL when there is no such line.
 */
const char *lines_at(struct lines *lines, uint32_t line, uint32_t column);

#endif
