/*
 * value.h: what a person typed for a field, as the value that the schema wants: codes from labels
 * and aliases, integers, yes and no, lists by repeating, maps by shorthand. What cannot be
 * converted stays a string, and the schema says what is wrong with it.
 */
#ifndef DUBAN_CLI_VALUE_H
#define DUBAN_CLI_VALUE_H

#include "cli/cli.h"

/*
 * value_make: the value of a property from the texts that were given for it, CR LF in them as LF.
 * Returns NULL when out of memory. A field that is no list is given once.
 */
struct node *value_make(struct cli *cli, const struct schema_property *property,
			const struct strings *texts);

/* value_code: the code of an enum or plan word that a text stands for, or the text. */
const char *value_code(struct cli *cli, const struct node *codes, const struct node *labels,
		       const struct node *aliases, const char *word, const char *text);

/* value_normalise: the same for a value that came in a document: labels to codes, 是 and 否, also in
 * the maps of lists. */
struct node *value_normalise(struct cli *cli, const struct schema_property *property,
			     const struct node *value);

/* value_in_order: the value with the members of its maps in the order of their schema. */
struct node *value_in_order(struct cli *cli, const struct schema_property *property,
			    const struct node *value);

/* A set of properties with what was given for each, as options. */
struct field_options {
	struct schema_property *properties;
	size_t count, cap;
	struct strings *given; /* one list per property */
	const char *file;      /* the folder's schema that may add to them */
};

/*
 * fields_add_options: adds an option for every property that has one, under a heading. `given` as
 * in schema_properties. `skip`: names of options that the command has itself, NULL-terminated, or
 * NULL.
 */
void fields_add_options(struct cli *cli, enum kind kind, const struct node *given,
			const char *heading, const char *const *skip, struct field_options *fields);

/*
 * fields_load: the properties without options: those of the kind, then the members of its maps by
 * dotted names (values.windows_total). fields_add_option: the option of one of them.
 */
void fields_load(struct cli *cli, enum kind kind, const struct node *given,
		 struct field_options *fields);
void fields_add_option(struct cli *cli, struct field_options *fields, const char *name);

/* fields_due_words: the words by which the due date was typed, not the date that they are; or NULL. */
const char *fields_due_words(const struct field_options *fields, const struct node *typed);

/*
 * fields_set: takes FIELD=VALUE texts (--set) into a map typed by the schema, dotted names as they
 * are; ends with 1 on a field that no schema knows, with 2 on what is set twice and no list.
 */
struct node *fields_set(struct cli *cli, const struct field_options *fields,
			const struct strings *sets);

/* property_named, fields_property: by name, or NULL. */
const struct schema_property *property_named(const struct schema_property *properties, size_t n,
					     const char *name);
const struct schema_property *fields_property(const struct field_options *fields, const char *name);

/* field_has_option: false where the schema says so, and of a map that is given by its members. */
bool field_has_option(const struct schema_property *property);

/* fields_typed: what was given by options, by name, members of maps by dotted names. */
struct node *fields_typed(struct cli *cli, const struct field_options *fields);

void fields_release(struct field_options *fields);

#endif
