/*
 * csv.h: a CSV text in one piece, or in several at once. Private to lib/intake.
 */
#ifndef DUBAN_INTAKE_CSV_H
#define DUBAN_INTAKE_CSV_H

#include "intake/grid.h"

/* csv_split: as csv_read, by this thread alone; *lines: how many lines ended in it. */
int csv_split(struct grid *grid, char *text, size_t n, char delimiter, uint32_t *lines);

/*
 * csv_read_parts: as csv_read, in so many parts of about one size, 1 to THREADS_MOST, or fewer when
 * it has no more rows; each is of whole rows and a thread's own.
 */
int csv_read_parts(struct grid *grid, char *text, size_t n, char delimiter, size_t wanted);

#endif
