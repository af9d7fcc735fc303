/*
 * problems.h: problems as report data: the table of many, the story of one (contract 4,
 * rectify-status).
 */
#ifndef DUBAN_REPORT_PROBLEMS_H
#define DUBAN_REPORT_PROBLEMS_H

#include "base/str.h"
#include "model/status.h"
#include "report/report.h"

/* problems_table: an empty table with the columns of contract 4; `explain` adds one in words. */
struct table *problems_table(struct report *report, bool explain);

/* problems_row: one problem. `why` is what the explaining column says, or NULL. */
void problems_row(struct report *report, struct table *table, const struct plan *plan,
		  const struct folded *f, const struct problem_status *status, const char *why);

/*
 * report_believed: where the plan lists no people, a paragraph that says that names are as entered
 * (contract 2, rights).
 */
void report_believed(struct report *report, const struct plan *plan);

/* problem_head: the fields that a row and its order need, copied into the arena; NULL: out of
 * memory. */
struct node *problem_head(const struct node *fields, struct arena *arena);

/*
 * problem_why: in words why the light is what it is, which dates count, what is next, what is
 * missing before it can be closed and who may do it, for --explain; in the arena. figures may be
 * NULL: then indicators are not spoken of.
 */
const char *problem_why(const struct plan *plan, const struct folded *f,
			const struct problem_status *status, const struct figures *figures,
			day_t day, struct arena *arena);

/* What a record's timeline needs beyond the record; `title` of its kind's schema fields. */
struct story_field {
	const char *name, *title, *word; /* of the schema; word: x-word, or NULL */
	const struct node *labels;
};

/* field_named: the field of this name, or NULL. */
const struct story_field *field_named(const struct story_field *fields, size_t n, const char *name);

/*
 * words_add: appends what people call a value of the field (may be NULL): labels for codes, names
 * for ids, 、 between the values of a list.
 */
void words_add(struct str *out, const struct plan *plan, const struct story_field *field,
	       const struct node *value);

/*
 * record_story: facts, fields, measures, milestones and events of one record. `view` is its
 * record_view; `fields` the labels of its kind's properties, `event_fields` of an event's.
 */
void record_story(struct report *report, const struct plan *plan, const struct folded *f,
		  const struct node *view, const struct story_field *fields, size_t nfields,
		  const struct story_field *event_fields, size_t nevent_fields);

#endif
