/*
 * rows.h: records for machines, one at a time: TSV, CSV, JSON lines (contract 4, record-list).
 *
 * Unlike the forms that people read (render.h) nothing is kept and nothing altered: no BOM, ASCII
 * keys in the first line, codes, no apostrophe before a formula; lines end in LF, also those of
 * CSV, for the tools that these forms are piped into.
 *
 * In TSV and CSV an absent value or null is an empty cell, a boolean true or false, a list its
 * entries with `;` between them, a map or a list that holds maps or lists is JSON text. TSV writes
 * tab, newline, carriage return and backslash as \t \n \r \\; CSV quotes where RFC 4180 asks for
 * it. JSON keeps types: who needs a list exactly takes that.
 *
 * Failure is in out->failed.
 */
#ifndef DUBAN_REPORT_ROWS_H
#define DUBAN_REPORT_ROWS_H

#include <stddef.h>

#include "base/str.h"
#include "yaml/tree.h"

enum row_form { ROW_TSV, ROW_CSV, ROW_JSON };

/* row_head: the line of keys; nothing for JSON. */
void row_head(struct str *out, enum row_form form, const char *const *keys, size_t n);

/* row_add: the line of n values; NULL is an absent one: null in JSON. */
void row_add(struct str *out, enum row_form form, const char *const *keys,
	     const struct node *const *values, size_t n);

/* json_value: appends a value as JSON, in the order of the tree, without spaces. */
void json_value(struct str *out, const struct node *value);

/* row_text: appends what a cell of TSV or CSV says, before it is escaped. */
void row_text(struct str *out, const struct node *value);

#endif
