/*
 * A large CSV text, taken apart where rows end. That is told by its quotation marks alone: one
 * that is the first of its cell opens a quoted text, in which they stand in pairs until it is
 * closed. A text in which that is not so is refused where it is not, and what stands behind is not
 * asked for.
 */
#include <errno.h>
#include <string.h>

#include "base/threads.h"
#include "intake/csv.h"

#ifdef DUBAN_DOUBT
#define LEAST_PART ((size_t)16) /* so that every table that a test reads is taken apart */
#define THREADS 3
#else
#define LEAST_PART ((size_t)256 * 1024)
#define THREADS threads_usable()
#endif

struct part {
	char *text;
	size_t n;
	char delimiter;
	struct grid *grid; /* the whole, or this one: */
	struct grid own;
	struct arena arena;
	struct findings findings;
	uint32_t lines;
	int result;
};

/* behind what closes the text that `quote` opens */
static const char *pass_quoted(const char *quote, const char *end)
{
	const char *p = quote + 1;

	while ((p = memchr(p, '"', (size_t)(end - p))) && p + 1 < end && p[1] == '"')
		p += 2;
	return p ? p + 1 : end;
}

static bool opens_cell(const char *text, const char *quote, char delimiter)
{
	while (quote > text && quote[-1] != delimiter && (quote[-1] == ' ' || quote[-1] == '\t'))
		quote--;
	return quote == text || quote[-1] == delimiter || quote[-1] == '\n' || quote[-1] == '\r';
}

/* behind the first row that ends at `least` or later; p: no quoted text is open there */
static const char *row_end(const char *text, const char *p, const char *least, const char *end,
			   char delimiter)
{
	while (p < end) {
		const char *stop =
			p < least ? memchr(p, '"', (size_t)(least - p)) : p + strcspn(p, "\"\n");

		if (!stop)
			p = least;
		else if (*stop == '"')
			p = opens_cell(text, stop, delimiter) ? pass_quoted(stop, end) : stop + 1;
		else
			return stop < end ? stop + 1 : end;
	}
	return end;
}

static void *split_part(void *context)
{
	struct part *part = context;

	part->result = csv_split(part->grid, part->text, part->n, part->delimiter, &part->lines);
	return NULL;
}

/* into about so many; how many there are */
static size_t divide(struct part *parts, size_t wanted, char *text, size_t n, char delimiter)
{
	const char *end = text + n, *from = text;
	size_t count = 0;

	for (size_t i = 1; i <= wanted && (from < end || !count); i++) {
		const char *least = text + n / wanted * i, *stop = end;

		if (i < wanted)
			stop = row_end(text, from, least > from ? least : from, end, delimiter);
		parts[count++] = (struct part){ .text = text + (from - text),
						.n = (size_t)(stop - from),
						.delimiter = delimiter };
		from = stop;
	}
	return count;
}

/* the first fills the grid, the others what is appended to it */
static void give_grids(struct grid *grid, struct part *parts, size_t n)
{
	parts[0].grid = grid;
	for (size_t i = 1; i < n; i++) {
		struct part *part = &parts[i];

		part->own = (struct grid){ .name = grid->name,
					   .arena = &part->arena,
					   .findings = &part->findings };
		part->grid = &part->own;
	}
}

/* behind a part that is refused nothing is told */
static int join(struct grid *grid, struct part *parts, size_t n)
{
	int result = parts[0].result;
	uint32_t lines = parts[0].lines;

	for (size_t i = 1; i < n; i++) {
		struct part *part = &parts[i];

		if (result == 0) {
			grid_append(grid, &part->own, lines);
			result = grid->failed ? -1 : part->result;
			lines += part->lines;
		}
		grid_clear(&part->own);
		arena_adopt(grid->arena, &part->arena);
		findings_release(&part->findings);
	}
	return result;
}

int csv_read_parts(struct grid *grid, char *text, size_t n, char delimiter, size_t wanted)
{
	struct part parts[THREADS_MOST];
	size_t count = divide(parts, wanted, text, n, delimiter);
	int result;

	give_grids(grid, parts, count);
	threads_run(split_part, parts, count, sizeof(*parts));
	result = join(grid, parts, count);
	if (grid->failed)
		errno = ENOMEM;
	return result;
}

int csv_read(struct grid *grid, char *text, size_t n, char delimiter)
{
	size_t most = THREADS, wanted = n / LEAST_PART;

	wanted = wanted > most ? most : wanted;
	return csv_read_parts(grid, text, n, delimiter, wanted ? wanted : 1);
}
