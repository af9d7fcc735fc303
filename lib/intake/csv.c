#include "intake/grid.h"

#include <csv.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "base/utf8.h"

#define HEAD_LINES 10
#define WIDE_COMMA "，"

static const char DELIMITERS[] = { ',', '\t', ';' };

struct splitting {
	struct grid *grid;
	struct arena *arena;
	struct findings *findings;
	const char *text, *end;
	const char *cell;       /* where the current cell begins */
	const char *line_start; /* of the line it is in */
	uint32_t line;
	uint32_t cell_line, cell_column;
	struct grid_cell *cells; /* of the current row */
	size_t ncells, cap;
	bool ended;  /* the cell ended with what was fed last */
	bool failed; /* out of memory */
};

bool cell_is_empty(const struct grid_cell *cell)
{
	const char *text = cell->text;
	size_t n = cell->size;

	utf8_trim(&text, &n);
	return n == 0;
}

struct grid_cell row_cell(const struct grid_row *row, size_t n)
{
	struct grid_cell none = { .text = "", .line = row->line, .column = 1 };

	return n < row->count ? row->cells[n] : none;
}

/* a piece of a line, without spaces and quotation marks, is one of the words */
static bool is_word(const char *text, size_t n, const char *const *words, size_t nwords)
{
	struct arena arena = { 0 };
	char *folded;
	bool found = false;

	utf8_trim(&text, &n);
	if (n > 1 && *text == '"') {
		text++;
		n -= text[n - 2] == '"' ? 2 : 1;
	}
	folded = name_fold(&arena, text, n);
	for (size_t i = 0; folded && i < nwords && !found; i++)
		found = strcmp(folded, words[i]) == 0;
	arena_release(&arena);
	return found;
}

static unsigned count_words(const char *text, const char *end, const char *delimiter,
			    const char *const *words, size_t nwords)
{
	size_t length = strlen(delimiter);
	unsigned found = 0, lines = 0;

	while (text < end && lines < HEAD_LINES) {
		size_t n = strcspn(text, "\r\n");
		const char *line_end = text + n < end ? text + n : end;

		for (const char *p = text; p <= line_end;) {
			const char *stop = memmem(p, (size_t)(line_end - p), delimiter, length);

			if (!stop)
				stop = line_end;
			found += is_word(p, (size_t)(stop - p), words, nwords);
			p = stop < line_end ? stop + length : line_end + 1;
		}
		lines += n > 0;
		text = line_end + 1;
	}
	return found;
}

char csv_delimiter(const char *text, size_t n, const char *const *words, size_t nwords)
{
	unsigned most = 0;
	char best = ',';

	for (size_t i = 0; i < sizeof(DELIMITERS); i++) {
		const char one[] = { DELIMITERS[i], '\0' };
		unsigned found = count_words(text, text + n, one, words, nwords);

		if (found > most) {
			most = found;
			best = DELIMITERS[i];
		}
	}
	if (count_words(text, text + n, WIDE_COMMA, words, nwords) > most + 1)
		return 0;
	return best;
}

static bool is_hidden(int32_t c)
{
	return (c >= 0x200b && c <= 0x200d) || c == 0x2060 || c == 0xfeff;
}

/* what a pasted text must not keep; true when it had any */
static bool clean(const char *text, size_t n, struct str *out)
{
	const char *end = text + n;
	bool changed = false;

	while (text < end) {
		const char *from = text;
		int32_t c = utf8_decode(&text, end);

		if (c == '\r') {
			if (text >= end || *text != '\n')
				str_addc(out, '\n');
		} else if (c == '\v' || c == 0x2028 || c == 0x2029) {
			str_addc(out, '\n');
			changed = true;
		} else if (is_hidden(c)) {
			changed = true;
		} else {
			str_addn(out, from, (size_t)(text - from));
		}
	}
	return changed;
}

static void note_clean(struct splitting *s, const struct grid_cell *cell)
{
	struct finding what = { .level = LEVEL_NOTE,
				.code = "hidden-characters",
				.file = s->grid->name,
				.line = cell->line,
				.column = cell->column };

	findings_add(s->findings, &what, "%s",
		     _("characters that cannot be seen were taken out of the cell"));
}

/* most cells are plain, and are copied as they are */
static bool needs_cleaning(const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (text[i] == '\r' || text[i] == '\v' || text[i] == '\xe2' || text[i] == '\xef')
			return true;
	return false;
}

static void take_cell(void *field, size_t n, void *context)
{
	struct splitting *s = context;
	struct grid_cell cell = { .line = s->cell_line, .column = s->cell_column };
	struct str text = { 0 };

	s->ended = true;
	if (s->ncells == s->cap) {
		size_t cap = s->cap ? s->cap * 2 : 32;
		struct grid_cell *grown = realloc(s->cells, cap * sizeof(*grown));

		if (!grown) {
			s->failed = true;
			return;
		}
		s->cells = grown;
		s->cap = cap;
	}
	if (!n) {
		cell.text = "";
	} else if (!needs_cleaning(field, n)) {
		cell.text = arena_strndup(s->arena, field, n);
		cell.size = (uint32_t)n;
	} else {
		if (clean(field, n, &text))
			note_clean(s, &cell);
		cell.text = arena_strndup(s->arena, str_text(&text), text.len);
		cell.size = (uint32_t)text.len;
		s->failed = s->failed || text.failed;
		str_release(&text);
	}
	s->failed = s->failed || !cell.text;
	s->cells[s->ncells++] = cell;
}

static void take_row(int terminator, void *context)
{
	struct splitting *s = context;
	struct grid *grid = s->grid;
	struct grid_row row = { .count = (uint32_t)s->ncells };

	(void)terminator;
	if (s->failed || !s->ncells)
		return;
	if (grid->count == grid->cap) {
		size_t cap = grid->cap ? grid->cap * 2 : 64;
		struct grid_row *grown = arena_array(s->arena, cap, sizeof(*grown));

		if (!grown) {
			s->failed = true;
			return;
		}
		if (grid->count)
			memcpy(grown, grid->rows, grid->count * sizeof(*grown));
		grid->rows = grown;
		grid->cap = cap;
	}
	row.line = s->cells[0].line;
	row.cells = arena_array(s->arena, s->ncells, sizeof(*row.cells));
	if (!row.cells) {
		s->failed = true;
		return;
	}
	memcpy(row.cells, s->cells, s->ncells * sizeof(*row.cells));
	grid->rows[grid->count++] = row;
	s->ncells = 0;
}

static int refuse_quote(struct splitting *s, const char *message)
{
	struct finding what = { .level = LEVEL_ERROR,
				.code = "quotation-mark",
				.file = s->grid->name,
				.line = s->cell_line,
				.column = s->cell_column };

	finding_hint(s->findings, findings_add(s->findings, &what, "%s", message), "%s",
		     _("what follows cannot be told apart: close it, or write it twice where it "
		       "belongs to the text"));
	return -1;
}

/* a cell that is not quoted but has quotation marks goes to the strict splitter as one that is */
static int feed_bare(struct splitting *s, struct csv_parser *parser, const char *stop)
{
	size_t n = (size_t)(stop - s->cell), room = csv_write2(NULL, 0, s->cell, n, '"');
	char *quoted = malloc(room);
	struct finding what = { .level = LEVEL_WARNING,
				.code = "bare-quote",
				.file = s->grid->name,
				.line = s->cell_line,
				.column = s->cell_column };
	size_t fed;

	if (!quoted) {
		s->failed = true;
		return -1;
	}
	csv_write2(quoted, room, s->cell, n, '"');
	fed = csv_parse(parser, quoted, room, take_cell, take_row, s);
	free(quoted);
	findings_add(s->findings, &what, "%s",
		     _("quotation marks stand within a cell that is not quoted; they are kept"));
	return fed == room ? 0 : -1;
}

/* up to and with the next character that may end a cell */
static int feed(struct splitting *s, struct csv_parser *parser, const char *from, const char *stop)
{
	const char *p = s->cell;
	const char *past = stop < s->end ? stop + 1 : stop;

	while (from == s->cell && p < stop && (*p == ' ' || *p == '\t'))
		p++;
	if (from == s->cell && p < stop && *p != '"' && memchr(p, '"', (size_t)(stop - p))) {
		if (feed_bare(s, parser, stop) < 0)
			return -1;
		from = stop;
	}
	if (csv_parse(parser, from, (size_t)(past - from), take_cell, take_row, s) ==
	    (size_t)(past - from))
		return 0;
	if (csv_error(parser) == CSV_EPARSE)
		return refuse_quote(
			s, _("text stands behind the closing quotation mark of this cell, or it is "
			     "not closed"));
	s->failed = true;
	return -1;
}

static void begin_cell(struct splitting *s, const char *at)
{
	s->cell = at;
	s->cell_line = s->line;
	s->cell_column = (uint32_t)utf8_count(s->line_start, (size_t)(at - s->line_start)) + 1;
}

static void pass(struct splitting *s, const char *stop)
{
	bool newline = *stop == '\n' || (*stop == '\r' && (stop + 1 == s->end || stop[1] != '\n'));
	/* a blank line is no cell, and the LF of a CR LF is not either */
	bool blank = !s->ncells && s->cell + strspn(s->cell, " \t") >= stop;

	if (newline) {
		s->line++;
		s->line_start = stop + 1;
	}
	if (s->ended || blank)
		begin_cell(s, stop + 1);
	s->ended = false;
}

static int split(struct splitting *s, struct csv_parser *parser, char delimiter)
{
	const char stops[] = { '\n', '\r', delimiter, '\0' };
	const char *p = s->text;

	begin_cell(s, p);
	while (p < s->end && !s->failed) {
		const char *stop = p + strcspn(p, stops);

		if (feed(s, parser, p, stop) < 0)
			return -1;
		if (stop == s->end)
			break;
		pass(s, stop);
		p = stop + 1;
	}
	if (s->failed)
		return -1;
	if (csv_fini(parser, take_cell, take_row, s) < 0)
		return refuse_quote(s, _("the quotation mark of this cell is not closed"));
	return s->failed ? -1 : 0;
}

int csv_read(struct grid *grid, const char *text, size_t n, char delimiter, struct arena *arena,
	     struct findings *findings)
{
	struct splitting s = { .grid = grid,
			       .arena = arena,
			       .findings = findings,
			       .text = text,
			       .end = text + n,
			       .line_start = text,
			       .line = 1 };
	struct csv_parser parser;
	int result;

	if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) {
		errno = ENOMEM;
		return -1;
	}
	csv_set_delim(&parser, (unsigned char)delimiter);
	result = split(&s, &parser, delimiter);
	csv_free(&parser);
	free(s.cells);
	if (s.failed)
		errno = ENOMEM;
	return result;
}
