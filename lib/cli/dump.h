/*
 * dump.h: the whole folder for PostgreSQL (contract 4, record-export --sql).
 */
#ifndef DUBAN_CLI_DUMP_H
#define DUBAN_CLI_DUMP_H

#include "cli/read.h"

/*
 * dump_sql: after reader_resolve: prints tables and rows in one transaction: plan, units, groups,
 * indicators, then the records with their events, each when it is read, so that memory does not
 * grow with their number. The columns of a record are the fields of its kind's schema, with
 * effective values, and the computed ones. Ends with 1 when a file is no readable record (what was
 * printed then ends without commit), with 3 when a unit's folder is not here or stdout fails.
 */
void dump_sql(struct cli *cli, const struct reader *reader);

#endif
