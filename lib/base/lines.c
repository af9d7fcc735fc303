#include "base/lines.h"

#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"

void lines_init(struct lines *lines, const char *text, size_t size)
{
	bool mark = size >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0;

	*lines = (struct lines){
		.text = text + (mark ? 3 : 0), .end = text + size, .line = 1, .column = 1
	};
	lines->p = lines->start = lines->text;
}

static void go_back(struct lines *lines, uint32_t line)
{
	while (lines->line > line) {
		const char *newline = lines->start - 1;

		lines->start = lines->text;
		if (newline > lines->text) {
			const char *before =
				memrchr(lines->text, '\n', (size_t)(newline - lines->text));

			if (before)
				lines->start = before + 1;
		}
		lines->line--;
	}
}

static bool go_on(struct lines *lines, uint32_t line)
{
	const char *start = lines->start;

	for (uint32_t i = lines->line; i < line; i++) {
		const char *newline = memchr(start, '\n', (size_t)(lines->end - start));

		if (!newline)
			return false;
		start = newline + 1;
	}
	lines->start = start;
	lines->line = line;
	return true;
}

const char *lines_at(struct lines *lines, uint32_t line, uint32_t column)
{
	if (line != lines->line) {
		if (line > lines->line ? !go_on(lines, line) : !line)
			return NULL;
		go_back(lines, line);
		lines->p = lines->start;
		lines->column = 1;
	}
	while (lines->column > column && lines->p > lines->start) {
		do
			lines->p--;
		while (lines->p > lines->start && ((unsigned char)*lines->p & 0xc0) == 0x80);
		lines->column--;
	}
	while (lines->column < column && lines->p < lines->end && *lines->p != '\n') {
		utf8_decode(&lines->p, lines->end);
		lines->column++;
	}
	return lines->p;
}
