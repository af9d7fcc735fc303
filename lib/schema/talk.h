/*
 * talk.h: from faults to words. Private to lib/schema.
 *
 * explain.c decides what is told, where it stands and under which code; say.c has the messages,
 * hint.c the hints, lookup.c the titles and names that schemas give.
 */
#ifndef DUBAN_SCHEMA_TALK_H
#define DUBAN_SCHEMA_TALK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "schema/eval.h"

struct talk {
	const struct schema *schema;
	struct explainer *explainer;
	const struct schema_host *host;
	const struct schema_source *source; /* or NULL */
	struct lines *lines;                /* of its text, or NULL */
};

/* say_message: appends the message of a fault. say_hint: appends its hint, or nothing. */
void say_message(const struct talk *talk, const struct fault *fault, struct str *out);
void say_hint(const struct talk *talk, const struct fault *fault, struct str *out);

/* say_value: the value, short and safe: strings in quotes, collections by name. */
void say_value(struct str *out, const struct node *node);

/* say_quoted: a text in quotes, cut to a readable length, controls made visible. */
void say_quoted(struct str *out, const char *text, size_t n);

/* say_types: "a string or null" for a mask. */
void say_types(struct str *out, unsigned mask);

/* look_title: the title that the applied schemas give the value, or NULL. */
const char *look_title(const struct talk *talk, const struct node *node);

/* look_keyword: the first value of a keyword in the schemas applied to the value, or NULL. */
const struct node *look_keyword(const struct talk *talk, const struct node *node, const char *name);

/* look_field_title: the title of a field that the schemas applied to a map know, or NULL. */
const char *look_field_title(const struct talk *talk, const struct node *map, const char *name,
			     uint32_t len);

/* look_field: calls visit for every field that the schemas applied to a map know, in their order.
 */
void look_fields(const struct talk *talk, const struct node *map,
		 void (*visit)(void *context, const struct property *property, const char *title),
		 void *context);

/* look_rule: sets where the keyword stands that the fault is against, as far as it is known. */
void look_rule(const struct talk *talk, const struct fault *fault, struct finding *what);

/* look_object: the one object operation of a block that does nothing else, or NULL. */
const struct object *look_object(const struct schema *schema, uint32_t block);

/* look_choices: the values of the i-th branch (or of the fault itself); *schema: where they stand.
 */
const struct choices *look_choices(const struct talk *talk, const struct fault *fault, uint32_t i,
				   const struct node **schema);

#endif
