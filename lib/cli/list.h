/*
 * list.h: records of one kind that fulfil conditions, one after the other (contract 4,
 * record-list).
 */
#ifndef DUBAN_CLI_LIST_H
#define DUBAN_CLI_LIST_H

#include "cli/read.h"

/* as given on the command line */
struct list_options {
	struct strings where, fields;
	const char *since, *until, *format;
};

void list_add_options(struct cli *cli, struct list_options *options);

/*
 * list_print: after cli_open and reader_resolve: prints the records of the kind in path order to
 * stdout. Without --format a table when stdout is a terminal, else TSV. Withdrawn records are left
 * out unless a condition asks for them by name (state=withdrawn).
 *
 * A record is printed when it is read: memory does not grow with their number. A table, whose
 * columns are as wide as what is in them, is printed in parts.
 *
 * Ends with 1 after an unknown field or a value that a field never has (all of them told), or when
 * a file is no readable record, then with the other records printed; with 2 on an unknown format;
 * with 3 when a unit's folder is not here or stdout fails.
 */
void list_print(struct cli *cli, struct reader *reader, enum kind kind,
		const struct list_options *options);

/* list_kind: the kind that an operand names, by code or label; ends with 1. */
enum kind list_kind(struct cli *cli, const char *word);

#endif
