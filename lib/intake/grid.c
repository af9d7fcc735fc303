#include "intake/grid.h"

#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "base/utf8.h"

#define MOST_COLUMN 0x3fffffffu
#define PIECE ((size_t)64 * 1024) /* of the arena, for texts */

bool cell_is_empty(const struct grid_cell *cell)
{
	const char *text = cell->text;
	unsigned char first = (unsigned char)*text;

	/* most cells begin with a digit, a letter or an ideograph */
	if ((first > ' ' && first < 0x7f) || (first >= 0xe4 && first <= 0xe9))
		return false;
	while (*text) {
		/* no space has more than three bytes */
		const char *end = text + strnlen(text, 4);

		if (!utf8_is_space(utf8_decode(&text, end)))
			return false;
	}
	return true;
}

struct grid_cell row_cell(const struct grid_row *row, size_t n)
{
	struct grid_cell none = { .text = "",
				  .line = row->line,
				  .column = row->sheet ? ((uint32_t)n + 1) & MOST_COLUMN : 1 };

	return n < row->count ? row->cells[n] : none;
}

/* zero-width characters, and what ends a line for Unicode but not for a clerk's program */
static bool is_hidden(int32_t c)
{
	return (c >= 0x200b && c <= 0x200d) || c == 0x2060 || c == 0xfeff;
}

/* joiners are part of a picture, of a sign that is made one, and of scripts from U+0600 to U+1BFF;
 * behind ideographs and Latin letters they came with what was pasted */
static bool joins(int32_t before, int32_t c)
{
	if (before >= 0x600 && before < 0x1c00)
		return c == 0x200c || c == 0x200d;
	return c == 0x200d && (before == 0xfe0f || (before >= 0x2190 && before < 0x2c00) ||
			       (before >= 0x1f000 && before < 0x20000));
}

static bool is_odd_end(int32_t c)
{
	return c == '\v' || c == 0x2028 || c == 0x2029;
}

/* most cells are plain, and are copied as they are */
static bool needs_cleaning(const char *text, size_t n)
{
	static const bool suspect[256] = {
		['\r'] = true, ['\v'] = true, [0xe2] = true, [0xef] = true
	};

	const unsigned char *p = (const unsigned char *)text;

	for (size_t i = 0; i < n; i++) {
		unsigned char c;

		while (n - i > 8 && !(suspect[p[i]] | suspect[p[i + 1]] | suspect[p[i + 2]] |
				      suspect[p[i + 3]] | suspect[p[i + 4]] | suspect[p[i + 5]] |
				      suspect[p[i + 6]] | suspect[p[i + 7]]))
			i += 8;
		c = p[i];
		if (!suspect[c])
			continue;
		if (c == '\r' || c == '\v')
			return true;
		if (c == 0xe2 && i + 1 < n &&
		    ((unsigned char)text[i + 1] == 0x80 || (unsigned char)text[i + 1] == 0x81))
			return true;
		if (c == 0xef && i + 1 < n && (unsigned char)text[i + 1] == 0xbb)
			return true;
	}
	return false;
}

/* what a pasted text must not keep; true when it had any */
static bool clean(const char *text, size_t n, struct str *out)
{
	const char *end = text + n;
	int32_t before, c = 0;
	bool changed = false;

	while (text < end) {
		const char *from = text;

		before = c;
		c = utf8_decode(&text, end);

		if (c == '\r') {
			if (text >= end || *text != '\n')
				str_addc(out, '\n');
		} else if (is_odd_end(c)) {
			str_addc(out, '\n');
			changed = true;
		} else if (is_hidden(c) && !joins(before, c)) {
			changed = true;
		} else {
			str_addn(out, from, (size_t)(text - from));
		}
	}
	return changed;
}

/* texts stand one behind the other: an arena would begin each of them at a multiple of 16 */
static char *room_for_text(struct grid *grid, size_t n)
{
	char *to;

	if (n >= PIECE / 4) {
		to = arena_alloc(grid->arena, n + 1);
	} else {
		if ((size_t)(grid->end - grid->next) <= n) {
			grid->next = arena_alloc(grid->arena, PIECE);
			grid->end = grid->next ? grid->next + PIECE : NULL;
		}
		to = grid->next;
		grid->next += to ? n + 1 : 0;
	}
	grid->failed = grid->failed || !to;
	return to;
}

const char *grid_copy(struct grid *grid, const char *text, size_t n)
{
	char *to = room_for_text(grid, n);

	if (to) {
		memcpy(to, text, n);
		to[n] = '\0';
	}
	return to;
}

struct finding *grid_say(struct grid *grid, enum level level, const char *code, uint32_t line,
			 uint32_t column, const char *message)
{
	struct finding what = { .level = level,
				.code = code,
				.file = grid->name,
				.sheet = grid->sheet,
				.line = line,
				.column = column };

	return findings_add(grid->findings, &what, "%s", message);
}

size_t grid_text_at(struct grid *grid, char *to, const char *text, size_t n, uint32_t line,
		    uint32_t column)
{
	struct str cleaned = { 0 };

	if (needs_cleaning(text, n)) {
		if (clean(text, n, &cleaned))
			grid_say(grid, LEVEL_NOTE, "hidden-characters", line, column,
				 _("characters that cannot be seen were taken out of the cell"));
		grid->failed = grid->failed || cleaned.failed;
		text = str_text(&cleaned);
		n = cleaned.len;
	}
	memcpy(to, text, n);
	to[n] = '\0';
	str_release(&cleaned);
	return n;
}

const char *grid_cleaned(struct arena *arena, const char *text)
{
	struct str cleaned = { 0 };
	size_t n = strlen(text);

	if (needs_cleaning(text, n) && clean(text, n, &cleaned))
		text = cleaned.failed ? NULL
				      : arena_strndup(arena, str_text(&cleaned), cleaned.len);
	str_release(&cleaned);
	return text;
}

const char *grid_text(struct grid *grid, const char *text, size_t n, uint32_t line, uint32_t column)
{
	char *to = n ? room_for_text(grid, n) : NULL;

	if (!to)
		return "";
	grid_text_at(grid, to, text, n, line, column);
	return to;
}

void grid_cell(struct grid *grid, const char *text, uint32_t line, uint32_t column)
{
	if (grid->ncells == grid->room) {
		size_t room = grid->room ? grid->room * 2 : 32;
		struct grid_cell *grown = realloc(grid->cells, room * sizeof(*grown));

		if (!grown) {
			grid->failed = true;
			return;
		}
		grid->cells = grown;
		grid->room = room;
	}
	grid->cells[grid->ncells++] =
		(struct grid_cell){ .text = text, .line = line, .column = column & MOST_COLUMN };
}

static bool room_for_rows(struct grid *grid, size_t n)
{
	size_t cap = grid->cap ? grid->cap : 64;
	struct grid_row *grown;

	if (grid->cap - grid->count >= n)
		return true;
	while (cap - grid->count < n)
		cap *= 2;
	grown = realloc(grid->rows, cap * sizeof(*grown));
	if (!grown)
		return false;
	grid->rows = grown;
	grid->cap = cap;
	return true;
}

void grid_end_row(struct grid *grid)
{
	struct grid_row row = { .count = (uint32_t)grid->ncells & INT32_MAX,
				.sheet = grid->sheet != NULL };

	if (grid->failed || !grid->ncells)
		return;
	row.line = grid->cells[0].line;
	row.cells = room_for_rows(grid, 1)
			    ? arena_array(grid->arena, grid->ncells, sizeof(*row.cells))
			    : NULL;
	if (!row.cells) {
		grid->failed = true;
		return;
	}
	memcpy(row.cells, grid->cells, grid->ncells * sizeof(*row.cells));
	grid->rows[grid->count++] = row;
	grid->ncells = 0;
}

void grid_append(struct grid *grid, const struct grid *from, uint32_t lines)
{
	grid->failed = grid->failed || from->failed || !room_for_rows(grid, from->count);
	if (grid->failed)
		return;
	for (size_t i = 0; i < from->count; i++) {
		struct grid_row *row = &grid->rows[grid->count++];

		*row = from->rows[i];
		row->line += lines;
		for (uint32_t j = 0; j < row->count; j++)
			row->cells[j].line += lines;
	}
	for (size_t i = 0; i < from->findings->count; i++)
		from->findings->items[i].line += lines;
	findings_append(grid->findings, from->findings);
}

void grid_clear(struct grid *grid)
{
	free(grid->rows);
	free(grid->cells);
	grid->rows = NULL;
	grid->cells = NULL;
	grid->count = grid->cap = grid->ncells = grid->room = 0;
	grid->next = grid->end = NULL;
}
