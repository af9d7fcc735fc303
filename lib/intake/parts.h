/*
 * parts.h: what the files of the room share. Private to lib/intake.
 */
#ifndef DUBAN_INTAKE_PARTS_H
#define DUBAN_INTAKE_PARTS_H

#include "intake/intake.h"

/* table_read, vertical_read: the grid's entries, with their cells. -1 as intake_read. */
int table_read(struct intake *in);
int vertical_read(struct intake *in);

/* table_is_there: whether the grid has a row of at least that many headings. */
bool table_is_there(struct intake *in, unsigned least);

/* vertical_is_there: whether the grid's first rows have the labels of a form. */
bool vertical_is_there(struct intake *in);

/* form_is_there: whether either has what the form has. */
bool form_is_there(struct intake *in);

/* book_read: the grid from the workbook's sheet that holds the form. */
int book_read(struct intake *in, const char *bytes, size_t n);

/* entry_add: appends one; NULL when out of memory. */
struct intake_entry *entry_add(struct intake *in, uint32_t line, uint32_t column);

/* table_cells: the cells of an entry that is a row, and what is wrong with it as a row. */
void table_cells(struct intake *in, const struct grid_row *row, struct intake_values *values);

/* values_read: fields from the cells; -1 when out of memory. */
int values_read(struct intake *in, struct intake_values *values);

/* file_say: a finding about a place in the file, cell NULL: about the whole. */
struct finding *file_say(struct intake *in, enum level level, const char *code,
			 const struct grid_cell *cell, const char *format, ...)
	__attribute__((format(printf, 5, 6)));

/* entry_say: a finding of an entry about one of its cells; column -1: about the whole. */
struct finding *entry_say(struct intake *in, struct intake_values *entry, enum level level,
			  const char *code, int column, const char *format, ...)
	__attribute__((format(printf, 6, 7)));

#endif
