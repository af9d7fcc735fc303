/*
 * sql.h: tables and rows for PostgreSQL (15 and later) as text, for record-export --sql.
 *
 * Each table belongs to the schema `duban` and has a column `plan`, the first of its key, so that
 * one database holds the records of many plans. Statements can be run again: a table or column that
 * is there stays, a row that is there gets the new values. Failure is in out->failed.
 */
#ifndef DUBAN_REPORT_SQL_H
#define DUBAN_REPORT_SQL_H

#include <stddef.h>

#include "base/str.h"
#include "yaml/tree.h"

enum sql_type {
	SQL_TEXT,
	SQL_DATE,
	SQL_MOMENT, /* timestamp with time zone */
	SQL_INTEGER,
	SQL_NUMBER,
	SQL_BOOLEAN,
	SQL_JSON, /* lists and maps */
};

struct sql_column {
	const char *name;
	enum sql_type type;
};

struct sql_table {
	const char *name;
	const struct sql_column
		*columns; /* the first nkey of them are the key, `plan` among them */
	size_t ncolumns, nkey;
};

/* sql_start, sql_end: one transaction. */
void sql_start(struct str *out);
void sql_end(struct str *out);

/* sql_create: the table and those of its columns that are not there yet. */
void sql_create(struct str *out, const struct sql_table *table);

/* sql_row: a value for each column; NULL and null nodes are null. */
void sql_row(struct str *out, const struct sql_table *table, const struct node *const *values);

/* sql_forget: deletes the rows of one plan, of a table that says what belongs to what. */
void sql_forget(struct str *out, const struct sql_table *table, const char *plan);

#endif
