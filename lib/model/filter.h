/*
 * filter.h: conditions on the fields of a record, as a person types them (contract 4, record-list).
 *
 *   FIELD=VALUE  !=  <  >  <=  >=  ~
 *
 * FIELD is a name, dotted to reach into maps (entered.at); a list on the way or at the end is gone
 * into, so that milestones.date is each of the dates. Spaces around FIELD and VALUE do not count.
 *
 * A condition holds when any of the values that the name leads to fulfils it; != is the opposite of
 * =, so that it holds when none of them is equal. Null counts as absent, and where nothing is there
 * = < > <= >= ~ do not hold and != does. `FIELD=` without a value holds where there is nothing,
 * `FIELD!=` where there is something.
 *
 * Compared are numbers as numbers when both are (a string such as 85.20 is one), dates and times
 * as such (a date beside a time means that day at the plan's offset), booleans with 是 否 true
 * false yes no, everything else byte by byte. ~ holds where VALUE is a part of the text, byte by
 * byte: people look for a piece of a name, and would trip over the characters of a pattern.
 */
#ifndef DUBAN_MODEL_FILTER_H
#define DUBAN_MODEL_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/date.h"
#include "yaml/tree.h"

enum filter_op {
	FILTER_EQUAL,
	FILTER_NOT_EQUAL,
	FILTER_LESS,
	FILTER_GREATER,
	FILTER_AT_MOST,
	FILTER_AT_LEAST,
	FILTER_CONTAINS,
};

struct condition {
	const char *field; /* dotted name */
	enum filter_op op;
	const char *value; /* as typed */
	/*
	 * Codes that the value stands for, of a field that has codes: set by who knows the field.
	 * = and ~ also hold for a text that is one of them; for < and the like the first is
	 * compared instead of the value.
	 */
	const char *const *codes;
	size_t ncodes;
	/* what the value can be taken for */
	bool is_number, is_day, is_moment, is_truth;
	day_t day;
	moment_t moment;
	bool truth;
};

/*
 * filter_parse: takes the text of a condition apart; *condition lives as long as the arena. Returns
 * 1; 0 when it is no condition: no operator, no field before it, or nothing to compare with behind
 * < > <= >=; -1 when out of memory.
 */
int filter_parse(struct condition *condition, const char *text, struct arena *arena);

/*
 * filter_holds: whether the condition holds for a map of fields. `offset`: the plan's, in minutes
 * east of UTC, for the day of a time.
 */
bool filter_holds(const struct condition *condition, const struct node *fields, int offset);

/*
 * filter_value: what a dotted name leads to: a value, or where the way goes through a list a list
 * of what each of its entries has; *value is NULL where nothing is there. -1 when out of memory.
 */
int filter_value(const struct node *fields, const char *name, struct arena *arena,
		 const struct node **value);

#endif
