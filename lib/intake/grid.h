/*
 * grid.h: a clerk's table as rows of cells, each with its place in the file.
 *
 * Texts are made fit for a record by the way: what Word and WeChat leave in cells (zero-width
 * characters) is taken out, vertical tabs and Unicode line ends become newlines, CR LF too.
 */
#ifndef DUBAN_INTAKE_GRID_H
#define DUBAN_INTAKE_GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"

/* where a cell's text is from: the file, or the cell above */
enum grid_mark { MARK_NONE, MARK_FILLED, MARK_DITTO };

struct grid_cell {
	const char *text;     /* UTF-8, "" when empty */
	uint32_t line;        /* where it begins, from 1 */
	uint32_t column : 30; /* in characters, of a sheet in cells */
	uint32_t mark : 2;    /* enum grid_mark */
};

struct grid_row {
	struct grid_cell *cells;
	uint32_t count : 31;
	uint32_t sheet : 1; /* of a sheet, where the last cells need not be there */
	uint32_t line;
};

struct grid {
	/* given */
	const char *name;    /* of the file, for findings */
	struct arena *arena; /* cells live in it, and texts that do not stay where they were read */
	struct findings *findings;
	/* made */
	const char *sheet;   /* of a workbook, or NULL */
	bool days_from_1904; /* what a number of a day counts from */
	struct grid_row *rows;
	size_t count, cap;
	/* while it is made */
	struct grid_cell *cells; /* of the row that is not ended */
	size_t ncells, room;
	char *next, *end; /* free part of a piece of the arena for texts */
	bool failed;      /* out of memory */
};

/* grid_text: a copy of a text, cleaned; a note tells when that took something away. */
const char *grid_text(struct grid *grid, const char *text, size_t n, uint32_t line,
		      uint32_t column);

/* grid_text_at: the same, put to where n + 1 bytes are free; how long it is then. */
size_t grid_text_at(struct grid *grid, char *to, const char *text, size_t n, uint32_t line,
		    uint32_t column);

/* grid_cleaned: a text as it would be read from a cell, in the arena or itself; NULL: no memory. */
const char *grid_cleaned(struct arena *arena, const char *text);

/* grid_copy: a copy of a text as it is; NULL when out of memory. */
const char *grid_copy(struct grid *grid, const char *text, size_t n);

/* grid_cell: adds a cell to the row; the text must live as long as the grid. */
void grid_cell(struct grid *grid, const char *text, uint32_t line, uint32_t column);

/* grid_end_row: the cells become a row, which is in the line of the first one; none: no row. */
void grid_end_row(struct grid *grid);

/* grid_say: a finding about a place in the file. */
struct finding *grid_say(struct grid *grid, enum level level, const char *code, uint32_t line,
			 uint32_t column, const char *message);

/*
 * grid_append: the rows of another, and what was found in it, which begins so many lines below. The
 * cells and texts stay where they are.
 */
void grid_append(struct grid *grid, const struct grid *from, uint32_t lines);

/* grid_clear: forgets the rows and gives back what does not live in the arena. */
void grid_clear(struct grid *grid);

/*
 * csv_delimiter: the one of `,`, TAB and `;` by which most of the words stand alone in the first
 * lines; `,` when there are none. 0: the words stand between full-width commas, which nothing can
 * split.
 */
char csv_delimiter(const char *text, size_t n, const char *const *words, size_t nwords);

/*
 * csv_read: the rows of a CSV text (RFC 4180, and CR or LF alone as line ends), which are never
 * blank lines. A quotation mark within a cell that is not quoted is a warning and stays. A
 * quotation mark that is not closed, or text behind a closing one, is an error: what follows could
 * be anything. 0, -1 after a finding or when out of memory (errno ENOMEM). Several threads share a
 * large one.
 *
 * The cells' texts are put where they stand in the text, which is lost and must live as long as the
 * grid; text[n] is a NUL.
 */
int csv_read(struct grid *grid, char *text, size_t n, char delimiter);

/* cell_is_empty: nothing in it but spaces of any kind. */
bool cell_is_empty(const struct grid_cell *cell);

/* row_cell: the n-th cell, from 0; an empty one in its place where there is none. */
struct grid_cell row_cell(const struct grid_row *row, size_t n);

#endif
