/*
 * add_parts.h: a candidate becomes a record. Private to lib/cli.
 */
#ifndef DUBAN_CLI_ADD_PARTS_H
#define DUBAN_CLI_ADD_PARTS_H

#include "cli/add.h"

/* add_text_node: a text in the cli's arena. add_set: puts a value into a map. Both or the end. */
struct node *add_text_node(struct add *add, const char *text);
void add_set(struct add *add, struct node *map, const char *name, const struct node *value);

/* add_complete: the candidate's record as it will be, but for the id, which is the day's first. */
void add_complete(struct add *add, struct candidate *c, moment_t at);

/* add_give_id: the id that it gets at this attempt; it has its place already. add_give_first_id: at the
 * first, and the place. */
void add_give_id(struct add *add, struct candidate *c, day_t day, unsigned attempt);
void add_give_first_id(struct add *add, struct candidate *c, moment_t at);

#endif
