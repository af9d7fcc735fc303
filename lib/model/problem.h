/*
 * problem.h: what a folded problem means under the plan: who has a part in it, what is done, when
 * it is overdue, which light it shows (domain 2.3, 2.8, 2.9).
 */
#ifndef DUBAN_MODEL_PROBLEM_H
#define DUBAN_MODEL_PROBLEM_H

#include "model/indicator.h"
#include "model/plan.h"
#include "model/record.h"

/* problem_parties: lead and responsible units, groups expanded. */
struct unit_set problem_parties(const struct plan *plan, const struct folded *f);

/* record_has_part: whether the unit has a part in the record: its own unit, a party, a
 * supervision's subject, the plan's owner, or one that the plan's rights let do something to a
 * problem. */
bool record_has_part(const struct plan *plan, const struct folded *f, int unit);

/*
 * right_has: whether the plan gives a unit this right on the record. `right` is a list of the
 * plan's `rights` (words: unit, lead, responsible, owner, or a kind of unit); NULL gives it to
 * nobody.
 */
bool right_has(const struct plan *plan, const struct node *right, const struct folded *f, int unit);

/* close_right: the list of plan `rights.close` that a problem falls under: plan, cross-unit or own.
 */
const struct node *close_right(const struct plan *plan, const struct folded *f);

/*
 * person_may: whether the plan's people allow this name for this unit, and this right (NULL: any).
 * Always true where the plan lists no people.
 */
bool person_may(const struct plan *plan, const char *name, int unit, const char *right);

/* same_person: names compared after NFKC and without spaces. */
bool same_person(const char *a, const char *b);

/* measure_awaits: the units that a measure names and that have not said it is done. */
struct unit_set measure_awaits(const struct plan *plan, const struct measure *m);

/*
 * measure_is_done: said done, by each of its units where it names some. Where a problem went at once
 * from the list to review, its application speaks for all.
 */
bool measure_is_done(const struct plan *plan, const struct folded *f, const struct measure *m);

/* milestone_is_done: said, waived, or brought by the move that the plan's rule names (done_by). */
bool milestone_is_done(const struct plan *plan, const struct folded *f,
		       const struct milestone_state *m);

/* problem_is_open: listed and neither closed nor out of the list. */
bool problem_is_open(const struct folded *f);

/* problem_is_overdue: open and past the due date on that day. */
bool problem_is_overdue(const struct folded *f, day_t day);

enum light { LIGHT_NONE, LIGHT_RED, LIGHT_YELLOW, LIGHT_GREEN, LIGHT_CLOSED };

enum light_reason {
	REASON_NONE,
	REASON_OVERDUE,
	REASON_BEHIND,
	REASON_RETURNED_TWICE,
	REASON_SILENT,
	REASON_DUE_SOON,
	REASON_MILESTONE_MISSED,
};

/*
 * problem_light: the light on the day and why (domain 2.9, first match). Red or yellow for lack of
 * entries only when nothing else gives that colour. figures may be NULL: then progress is the
 * milestones'.
 */
enum light problem_light(const struct plan *plan, const struct folded *f,
			 const struct figures *figures, day_t day, enum light_reason *reason);

/* light_code: "red"; light_label: 红. reason_code: "due-soon"; reason_label: 临期. NULL for none.
 */
const char *light_code(enum light light);
const char *light_label(enum light light);
const char *reason_code(enum light_reason reason);
const char *reason_label(enum light_reason reason);

/*
 * problem_silent_weeks: ISO weeks that began after the listing and after the newest entry and ended
 * before the day.
 */
int problem_silent_weeks(const struct plan *plan, const struct folded *f, day_t day);

#endif
