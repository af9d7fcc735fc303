/*
 * guard.h: what must hold before an event is written: rights, and what a move needs
 * (domain 2.3, 2.4, contract 2). The fold never asks; a writer refuses, record-check warns of what
 * was written all the same.
 */
#ifndef DUBAN_MODEL_GUARD_H
#define DUBAN_MODEL_GUARD_H

#include "model/problem.h"

enum evidence_answer { EVIDENCE_GOOD, EVIDENCE_MISSING, EVIDENCE_CHANGED, EVIDENCE_NOT_HERE };

/* What the guards ask beyond the record. A NULL function: its guard is not looked at. */
struct guard_world {
	const struct plan *plan;
	void *context;
	/* the figures as of the event; NULL when they cannot be had */
	const struct figures *(*figures)(void *context);
	/* the problem that a merged one went into, by id; NULL: it is not merged, or not here. *state:
	 * that of the one that is asked for; STATES: not here */
	const char *(*master)(void *context, const char *id, enum state *state);
	/* the state of one file of evidence */
	enum evidence_answer (*evidence)(void *context, const struct node *evidence);
};

/*
 * guards_check: every guard that an event on the record, as folded before it, does not meet, as a
 * finding in list: code is the guard's name, message says what is missing, hint what to do. `what`
 * gives file and level. Returns the number of findings added.
 */
size_t guards_check(const struct guard_world *world, const struct folded *before,
		    const struct event *event, const struct finding *what, struct findings *list);

/*
 * guards_entered: the same for a record as it is entered: who entered it, the right to supervise,
 * and of a problem that starts as `listed` the right to list it and what the list needs. The plan's
 * own problems were entered by the plan.
 */
size_t guards_entered(const struct guard_world *world, const struct folded *entered,
		      const struct event *event, const struct finding *what, struct findings *list);

/*
 * guards_closing: what a problem still lacks before it can be closed, as the guards of closing see
 * it at a moment for a person without any part in it; findings as above. world->evidence is not
 * asked.
 */
size_t guards_closing(const struct guard_world *world, const struct folded *folded, moment_t at,
		      struct findings *list);

/* guards_second: whether closing the problem by this unit needs the review of a second person. */
bool guards_second(const struct plan *plan, const struct folded *folded, int unit);

#endif
