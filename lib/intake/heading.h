/*
 * heading.h: a form's columns, and which of them a heading in a clerk's table means.
 *
 * The plan's `annexes` say what the forms print, the schema what else a record may hold: titles,
 * and `x-headings`, further words that clerks use. Headings are compared without spaces, line ends,
 * widths and notes in brackets. A table of one indicator calls its columns by what that counts: the
 * plan's words for numerator, denominator and the indicator itself are headings too.
 */
#ifndef DUBAN_INTAKE_HEADING_H
#define DUBAN_INTAKE_HEADING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/map.h"
#include "model/plan.h"
#include "schema/schema.h"
#include "store/kind.h"

struct intake_column {
	const char *name;                       /* heading */
	const char *field;                      /* of the record, or seq */
	const struct schema_property *property; /* NULL: seq of a kind that has no such field */
	bool required;
};

struct intake_form {
	enum kind kind;
	const char *title; /* or NULL */
	bool vertical;     /* labels beside their values, a form for each record */
	struct intake_column *columns;
	size_t ncolumns;
	size_t nprinted;    /* the first of them are what the form prints */
	struct map words;   /* folded heading -> struct heading_word */
	const char **names; /* all folded headings */
	size_t nnames;
};

/*
 * intake_form_find: kind and layout of the form with this id (annex-1, annex-2, observations); false
 * when the plan has none.
 */
bool intake_form_find(const struct plan *plan, const char *id, struct intake_form *form);

/*
 * intake_form_load: its columns, with the properties of the kind; all must outlive the form. -1 when
 * out of memory.
 */
int intake_form_load(struct intake_form *form, const struct plan *plan, const char *id,
		     const struct schema_property *properties, size_t n, struct arena *arena);

/* form_column: index of the column of this field, or -1. */
int form_column(const struct intake_form *form, const char *field);

enum heading_sort {
	HEADING_EMPTY,
	HEADING_KNOWN,
	HEADING_AMBIGUOUS, /* a word that stands for more than one column */
	HEADING_PERSONAL,  /* data of persons that no record keeps (domain 2.12) */
	HEADING_UNKNOWN,
	HEADING_NO_MEMORY,
};

/* heading_find: what a heading means; *column only for a known one. */
enum heading_sort heading_find(const struct intake_form *form, const char *text, int *column);

/* heading_indicator: the indicator whose column alone a known heading is, or NULL. */
const char *heading_indicator(const struct intake_form *form, const char *text);

/* heading_says_percent: whether it carries a percent sign. */
bool heading_says_percent(const char *text);

/* form_is_title: whether the text is the form's title, alone or behind 附件1. */
bool form_is_title(const struct intake_form *form, const char *text);

#endif
