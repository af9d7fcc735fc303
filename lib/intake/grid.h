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

struct grid_cell {
	const char *text; /* UTF-8, NUL-terminated, "" when empty */
	uint32_t size;
	uint32_t line, column; /* where it begins, from 1; columns in characters */
};

struct grid_row {
	struct grid_cell *cells;
	uint32_t count;
	uint32_t line;
};

struct grid {
	const char *name; /* of the file, for findings */
	struct grid_row *rows;
	size_t count, cap;
};

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
 * be anything. 0, -1 after a finding or when out of memory (errno ENOMEM).
 */
int csv_read(struct grid *grid, const char *text, size_t n, char delimiter, struct arena *arena,
	     struct findings *findings);

/* cell_is_empty: nothing in it but spaces of any kind. */
bool cell_is_empty(const struct grid_cell *cell);

/* row_cell: the n-th cell, from 0; one that is empty and has the row's place where there is none. */
struct grid_cell row_cell(const struct grid_row *row, size_t n);

#endif
