/*
 * xlsx.h: workbooks (ECMA-376, transitional and strict) as the same rows of cells that a CSV file
 * has: the texts that a clerk sees, of formulas what they came to when the file was saved.
 *
 *	xlsx_open    names and looks of all sheets; what is no such workbook is refused
 *	xlsx_sheet   one sheet's rows into a grid
 *
 * What stands under a merged cell but is not shown is left out. Hidden rows and columns are read,
 * and told.
 */
#ifndef DUBAN_INTAKE_XLSX_H
#define DUBAN_INTAKE_XLSX_H

#include "intake/grid.h"

struct xlsx;

struct xlsx_sheet {
	const char *name, *path; /* on its tab; of the part in the archive */
	bool hidden;
};

/* xlsx_is: whether the bytes are a zip archive, as workbooks are. */
bool xlsx_is(const char *bytes, size_t n);

/*
 * xlsx_open: the workbook, whose bytes must live as long; `name` is what findings call the file.
 * NULL after a finding, or when out of memory.
 */
struct xlsx *xlsx_open(const char *name, const char *bytes, size_t n, struct arena *arena,
		       struct findings *findings);
void xlsx_close(struct xlsx *xlsx);

/* xlsx_sheets: those that hold cells, in the order of their tabs. */
const struct xlsx_sheet *xlsx_sheets(const struct xlsx *xlsx, size_t *count);

/*
 * xlsx_read: the rows of a sheet that have a text, `most` of them at most; the grid is cleared
 * before. 0, -1 after a finding or when out of memory. A finding that is none of the file's own is
 * told only when all rows are read.
 */
int xlsx_read(struct xlsx *xlsx, size_t sheet, size_t most, struct grid *grid);

#endif
