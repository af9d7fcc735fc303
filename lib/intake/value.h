/*
 * value.h: how a cell becomes the value of a field. Private to lib/intake.
 */
#ifndef DUBAN_INTAKE_VALUE_H
#define DUBAN_INTAKE_VALUE_H

#include "intake/parts.h"

struct reading {
	struct intake *in;
	struct intake_values *entry;
	const struct indicator *indicator; /* of an observation, or NULL */
	bool failed;                       /* out of memory */
};

/* what a column's cells are read as */
enum value_sort {
	VALUE_SEQ,
	VALUE_DAY,
	VALUE_UNIT,
	VALUE_NAME,
	VALUE_NAMES,
	VALUE_TEXTS,
	VALUE_LIST,
	VALUE_COUNT,
	VALUE_RATE,
	VALUE_WORD,
	VALUE_TEXT,
	VALUE_LINE,
};

enum value_sort value_sort(const struct intake_column *column);

/* value_text_is_bare: whether nothing is to be taken from the text, nor does it say that there is
 * nothing. */
bool value_text_is_bare(const char *text);

/* value_cell: the cell of a field when something stands in it, or NULL. */
const struct grid_cell *value_cell(const struct reading *r, const char *field);

/* value_put, value_put_text: sets the column's field; NULL is out of memory. */
void value_put(struct reading *r, int column, struct node *value);
void value_put_text(struct reading *r, int column, const char *text);

/* value_note: a finding about the cell; message: with a place for its text and one for `value`. */
void value_note(struct reading *r, enum level level, int column, const char *code,
		const char *message, const char *value);

/* value_is_error: whether it is what a spreadsheet shows for a formula that failed, which is told. */
bool value_is_error(struct reading *r, int column);

/* Each reads the column's cell, which is not empty, into its field, or says why not. */
void value_day(struct reading *r, int column);
void value_count(struct reading *r, int column);
void value_rate(struct reading *r, int column); /* after numerator and denominator */
void value_seq(struct reading *r, int column);
void value_unit(struct reading *r, int column);
void value_names(struct reading *r, int column, bool many);
void value_texts(struct reading *r, int column); /* a list of free texts */
void value_list(struct reading *r, int column);  /* words or numbers: 15、16 */
void value_word(struct reading *r, int column);
void value_line(struct reading *r, int column);
void value_text(struct reading *r, int column);

#endif
