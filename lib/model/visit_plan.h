/*
 * visit_plan.h: visit plans against what was done (走访计划; plan L69, domain T118).
 *
 * A target is done by a visit of its unit to the same enterprise, or by a walkthrough of the same
 * matter, dated within the period of its plan. Names are compared after NFKC and without spaces.
 * One visit does one target of a plan: what is planned twice is to be done twice.
 *
 * A period of asking takes the plans that belong to it: not longer than it, with their middle day
 * in it, so that a week belongs to the month of its Thursday (ISO 8601). Of a longer plan that it
 * belongs to itself, it takes the targets that are planned for a day in it.
 *
 * Feed every visit plan, visit and walkthrough, folded as of the moment that is asked about, in any
 * order; then match, once.
 */
#ifndef DUBAN_MODEL_VISIT_PLAN_H
#define DUBAN_MODEL_VISIT_PLAN_H

#include "base/map.h"
#include "model/plan.h"
#include "model/record.h"

struct target {
	int unit;
	const char *plan;        /* id of its plan */
	day_t from, until;       /* the plan's period */
	size_t number;           /* within the plan, from 0 */
	enum kind kind;          /* of what does it: a visit or a walkthrough */
	const char *name, *role; /* enterprise or matter; who is to go, or NULL */
	day_t date;              /* planned, or DAY_NONE */
	const char *done;        /* the record that did it, or NULL */
	bool asked;              /* in the period of asking */
};

/* of one unit, in the period of asking */
struct plan_progress {
	size_t plans; /* that belong to the period, or it to them */
	size_t planned, done;
	size_t visits_beside, walkthroughs_beside; /* in no plan of the unit for their day */
};

struct visit_plans {
	const struct plan *plan;
	struct arena *arena;
	day_t from, until; /* of asking */
	struct target *targets;
	size_t ntargets, cap;
	struct plan_progress *units; /* one per unit of the plan */
	size_t withdrawn;            /* records left out */
	struct map trips;
	bool failed; /* out of memory */
};

/* Everything there is, whenever it was. */
#define PERIOD_FIRST (DAY_NONE + 1)
#define PERIOD_LAST INT32_MAX

/* visit_plans_init: for a period; plan and arena live as long as the result. */
void visit_plans_init(struct visit_plans *v, const struct plan *plan, day_t from, day_t until,
		      struct arena *arena);

/* visit_plans_take: one record of the three kinds; others and unknown units are ignored. What is
 * kept is copied. */
void visit_plans_take(struct visit_plans *v, const struct folded *f);

/*
 * visit_plans_match: finds what did each target, counts, and leaves in v->targets those that are
 * asked about, by unit (in the plan's order), planned day (none last), plan and place in it. -1
 * when out of memory, then or before.
 */
int visit_plans_match(struct visit_plans *v);

#endif
