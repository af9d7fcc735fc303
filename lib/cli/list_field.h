/*
 * list_field.h: the fields that a kind of record can be asked for, by name or label: those of its
 * schema and of the folder's, and the computed ones; what a value typed for one of them means.
 */
#ifndef DUBAN_CLI_LIST_FIELD_H
#define DUBAN_CLI_LIST_FIELD_H

#include "cli/cli.h"
#include "model/filter.h"

enum field_type {
	FIELD_TEXT,
	FIELD_INTEGER,
	FIELD_BOOLEAN,
	FIELD_DATE,
	FIELD_TIME,
	FIELD_MAP, /* a map or a list of maps: has fields of its own */
};

/* a code with its label */
struct word {
	const char *code, *label;   /* label may be NULL */
	const struct node *aliases; /* further words for it, or NULL */
};

/* what is read before the records: the figures of the whole city, by which lights are judged; all
 * visits that are listed; all problems, for where they were found */
enum { NEEDS_FIGURES = 1, NEEDS_SUSPECTS = 2, NEEDS_ORIGINS = 4 };

struct list_field {
	const char *name;  /* dotted, with the names of the records */
	const char *title; /* Chinese label of the last part, or NULL */
	enum field_type type;
	bool is_list;
	unsigned needs; /* what is read first, or 0 */
	struct word *words;
	size_t nwords;
	bool closed; /* none but the words is a value */
	bool groups; /* a group of units stands for each of them (contract 1) */
};

/* The fields of one kind. */
struct list_fields {
	struct cli *cli;
	enum kind kind;
	struct schema_property *properties; /* first level, computed ones first */
	size_t count;
};

/* list_fields_load: ends with 3 when the schema cannot be read. */
void list_fields_load(struct list_fields *fields, struct cli *cli, enum kind kind);

/*
 * list_field_find: the field of a dotted name, each part a name or a label. False after an error
 * that gives the nearest name; `option` is what the error speaks of. All that it gives lives in the
 * cli's arena.
 */
bool list_field_find(const struct list_fields *fields, const char *option, const char *name,
		     struct list_field *field);

/*
 * list_condition: takes the text of --where apart and gives the value the meaning that it has for
 * the field: labels and aliases become codes. False after an error: an unknown field, a value that
 * the field can never have. Ends with 2 when the text is no condition.
 */
bool list_condition(const struct list_fields *fields, const char *text, struct condition *condition,
		    struct list_field *field);

/* list_label: what people read for a code of the field, or the code itself. */
const char *list_label(const struct list_field *field, const char *code);

#endif
