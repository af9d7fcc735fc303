/*
 * check_one.h: one stored record while it is looked at; what check.c and check_story.c share.
 */
#ifndef DUBAN_CLI_CHECK_ONE_H
#define DUBAN_CLI_CHECK_ONE_H

#include "cli/check.h"

/* one record under check */
struct check {
	const struct checker *c;
	struct check_run *run;
	const struct stored *stored;
	struct arena *arena;
	struct findings *findings;
	struct record record;
	const struct event *entered; /* NULL: it is not known */
	struct folded folded;
	bool corrected; /* the schema's findings are those of the fields as corrected */
	struct checked *checked;
	const char *name, *path; /* the last answer of check_path */
	bool failed;             /* out of memory */
};

/* check_head: the name of the record's own file; check_path: a file's path from the root. */
const char *check_head(const struct check *k);
const char *check_path(struct check *k, const char *name);

/* check_say: a finding about the file `name`, at a value or, with NULL, about the whole file. */
struct finding *check_say(struct check *k, enum level level, const char *code, const char *name,
			  const struct node *at, const char *format, ...)
	__attribute__((format(printf, 6, 7)));

/* check_form: what the schema finds; false when an error is among it. */
bool check_form(struct check *k, const struct schema *schema, struct schema_run *run,
		const struct node *root, const char *name);

/*
 * check_story: replays moves and guards into k->folded. valid: of the record and each event,
 * whether the schema has no fault to find; only such events are spoken of. False when out of
 * memory.
 */
bool check_story(struct check *k, const bool *valid);

/*
 * check_effective: what corrections made of the record must be valid; a fault stands where the
 * value does. After check_story.
 */
void check_effective(struct check *k);

/*
 * check_corrected: whether events change the record's fields, and whether these are valid then: a
 * file cannot be mended, so a fault in it that a correction has overlaid is none any more.
 */
bool check_corrected(struct check *k, bool *valid);

#endif
