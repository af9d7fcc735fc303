#include "intake/csv.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "base/utf8.h"

#define HEAD_LINES 10
#define WIDE_COMMA "，"

static const char DELIMITERS[] = { ',', '\t', ';' };

struct splitting {
	struct grid *grid;
	char *text, *end;
	char *cell, *stop;     /* the current cell, as far as it was fed */
	uint32_t line, column; /* of what is fed next */
	uint32_t cell_line, cell_column;
	bool ended; /* the cell ended with what was fed last */
};

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

static void take_cell(void *field, size_t n, void *context)
{
	struct splitting *s = context;

	s->ended = true;
	/* as large as what it was read from, and mostly the same */
	n = grid_text_at(s->grid, s->cell, field, n, s->cell_line, s->cell_column);
	memset(s->cell + n, '\0', (size_t)(s->stop - s->cell) - n);
	grid_cell(s->grid, s->cell, s->cell_line, s->cell_column);
}

static void take_row(int terminator, void *context)
{
	struct splitting *s = context;

	(void)terminator;
	grid_end_row(s->grid);
}

static int refuse_quote(struct splitting *s, const char *message)
{
	finding_hint(s->grid->findings,
		     grid_say(s->grid, LEVEL_ERROR, "quotation-mark", s->cell_line, s->cell_column,
			      message),
		     "%s",
		     _("what follows cannot be told apart: close it, or write it twice where it "
		       "belongs to the text"));
	return -1;
}

/* a cell that is not quoted but has quotation marks goes to the strict splitter as one that is */
static int feed_bare(struct splitting *s, struct csv_parser *parser)
{
	size_t n = (size_t)(s->stop - s->cell), room = csv_write2(NULL, 0, s->cell, n, '"');
	char *quoted = malloc(room);
	size_t fed;

	if (!quoted) {
		s->grid->failed = true;
		return -1;
	}
	csv_write2(quoted, room, s->cell, n, '"');
	fed = csv_parse(parser, quoted, room, take_cell, take_row, s);
	free(quoted);
	grid_say(s->grid, LEVEL_WARNING, "bare-quote", s->cell_line, s->cell_column,
		 _("quotation marks stand within a cell that is not quoted; they are kept"));
	return fed == room ? 0 : -1;
}

/* up to and with the next character that may end a cell */
static int feed(struct splitting *s, struct csv_parser *parser, const char *from)
{
	const char *p = s->cell, *stop = s->stop;
	const char *past = stop < s->end ? stop + 1 : stop;

	while (from == s->cell && p < stop && (*p == ' ' || *p == '\t'))
		p++;
	if (from == s->cell && p < stop && *p != '"' && memchr(p, '"', (size_t)(stop - p))) {
		if (feed_bare(s, parser) < 0)
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
	s->grid->failed = true;
	return -1;
}

static void begin_cell(struct splitting *s, char *at)
{
	s->cell = at;
	s->cell_line = s->line;
	s->cell_column = s->column;
}

/* what ended a cell, or stands in it */
static void pass(struct splitting *s, char stop, bool blank)
{
	if (stop == '\n' || (stop == '\r' && (s->stop + 1 == s->end || s->stop[1] != '\n'))) {
		s->line++;
		s->column = 1;
	}
	if (s->ended || blank)
		begin_cell(s, s->stop + 1);
	s->ended = false;
}

/* a blank line is no cell, and the LF of a CR LF is not either */
static bool is_blank(const struct splitting *s)
{
	return !s->grid->ncells && s->cell + strspn(s->cell, " \t") >= s->stop;
}

static int split(struct splitting *s, struct csv_parser *parser, char delimiter)
{
	const char stops[] = { '\n', '\r', delimiter, '\0' };
	char *p = s->text;

	begin_cell(s, p);
	while (p < s->end && !s->grid->failed) {
		uint32_t width;
		bool blank;
		char stop;

		s->stop = p + strcspn(p, stops);
		/* before the cell's text is put there */
		stop = *s->stop;
		blank = is_blank(s);
		width = (uint32_t)utf8_count(p, (size_t)(s->stop - p)) + 1;
		if (feed(s, parser, p) < 0)
			return -1;
		if (s->stop == s->end)
			break;
		s->column += width;
		pass(s, stop, blank);
		p = s->stop + 1;
	}
	s->stop = s->end;
	if (s->grid->failed)
		return -1;
	if (csv_fini(parser, take_cell, take_row, s) < 0)
		return refuse_quote(s, _("the quotation mark of this cell is not closed"));
	return s->grid->failed ? -1 : 0;
}

int csv_split(struct grid *grid, char *text, size_t n, char delimiter, uint32_t *lines)
{
	struct splitting s = {
		.grid = grid, .text = text, .end = text + n, .line = 1, .column = 1
	};
	struct csv_parser parser;
	int result;

	if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) {
		grid->failed = true;
		return -1;
	}
	csv_set_delim(&parser, (unsigned char)delimiter);
	result = split(&s, &parser, delimiter);
	csv_free(&parser);
	*lines = s.line - 1;
	return result;
}
