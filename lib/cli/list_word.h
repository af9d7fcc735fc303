/*
 * list_word.h: the words that a field takes as codes. Private to list_field.
 */
#ifndef DUBAN_CLI_LIST_WORD_H
#define DUBAN_CLI_LIST_WORD_H

#include "cli/list_field.h"

/* words_of_property: adds the codes of the property's enum, or its words of the plan. */
void words_of_property(struct cli *cli, struct list_field *field, const struct schema_property *p);

/* words_of_computed: the same for a computed field of records of the kind, and for `kind`. */
void words_of_computed(struct cli *cli, enum kind kind, struct list_field *field);

#endif
