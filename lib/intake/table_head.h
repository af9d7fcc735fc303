/*
 * table_head.h: the headings of a table: the row they stand in, and what its columns are. Private to
 * lib/intake.
 */
#ifndef DUBAN_INTAKE_TABLE_HEAD_H
#define DUBAN_INTAKE_TABLE_HEAD_H

#include "intake/parts.h"

#define LEAST_HEADINGS 3 /* that make a row one of headings */

/* a row, or two that are one heading, as columns */
struct head {
	const struct grid_row *row, *below; /* below: of a heading of two levels, or NULL */
	size_t number;
	unsigned known;
	int ambiguous; /* cell with such a word, or -1 */
};

/* head_find: the row with most headings among the first; whether it has at least that many. */
bool head_find(struct intake *in, unsigned least, struct head *head);

/* head_count: sets how many headings the row has, and which of them is ambiguous. */
void head_count(struct intake *in, struct head *head);

/* head_map: the intake's columns from the headings; -1 after findings or when out of memory. */
int head_map(struct intake *in, const struct head *head);

#endif
