/*
 * inspection.h: what is computed from a unit's answer to a focus point and so is no field of it
 * (domain 1.E): shares, full coverage, how many of the mechanisms, the threshold.
 */
#ifndef DUBAN_MODEL_INSPECTION_H
#define DUBAN_MODEL_INSPECTION_H

#include "model/plan.h"

/*
 * inspection_derived: a map of the figures that follow from the `values` of an inspection's fields:
 * shares as percent with two decimals, null where the denominator is 0 (不适用), judgements as
 * booleans, counts as integers. Lives in the arena; NULL when out of memory. Empty where nothing
 * follows.
 */
struct node *inspection_derived(const struct plan *plan, const struct node *fields,
				struct arena *arena);

/*
 * inspection_cumulative: the key in an inspection's `values` of what is counted up to a date at the
 * focus point, and so does not fall (domain T035); NULL where nothing is.
 */
const char *inspection_cumulative(const struct plan *plan, int64_t point);

/* what it can hold */
struct derived_figure {
	const char *name, *title, *type; /* type of JSON Schema */
};
extern const struct derived_figure INSPECTION_DERIVED[];
extern const size_t INSPECTION_NDERIVED;

#endif
