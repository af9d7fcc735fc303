/*
 * list_table.h: a list as tables for people, a page at a time. Private to list.
 *
 * The columns of a table are as wide as what is in them, so a whole list would have to be kept: it
 * is printed in tables of at most PAGE_ROWS records, with an empty line between them.
 */
#ifndef DUBAN_CLI_LIST_TABLE_H
#define DUBAN_CLI_LIST_TABLE_H

#include "cli/list_field.h"
#include "cli/read.h"

#define PAGE_ROWS 1000

struct list_table {
	struct cli *cli;
	const struct reader *reader;
	const struct list_field *columns;
	size_t ncolumns; /* at most TABLE_COLUMNS */
	struct column *head;
	struct arena arena; /* of one page */
	struct report report;
	struct table *table;
	size_t pages; /* printed */
};

/* list_table_start: the first page. All that it is given outlives the table. */
void list_table_start(struct list_table *t, struct cli *cli, const struct reader *reader,
		      const struct list_field *columns, size_t ncolumns);

/* list_table_add: a row of ncolumns values, NULL for absent ones; they are copied. */
void list_table_add(struct list_table *t, const struct node *const *values);

/* list_table_end: prints the last page, 无 when there was no row at all, and releases. */
void list_table_end(struct list_table *t);

#endif
