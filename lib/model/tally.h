/*
 * tally.h: what became of problems in a period, counted so that nothing can be left out (domain
 * 2.10):
 *
 *	open before + listed + reopened = closed + left + open after
 *
 * left: transferred, merged or declined out of an open state; the same three out of `registered`
 * are counted apart and enter neither the identity nor the rate of closing. Moves count by their
 * `at`; a problem that was withdrawn is in no figure, whenever that was. States are those at the
 * end of the period.
 */
#ifndef DUBAN_MODEL_TALLY_H
#define DUBAN_MODEL_TALLY_H

#include "model/plan.h"
#include "model/record.h"

enum { LEFT_TRANSFERRED, LEFT_MERGED, LEFT_DECLINED, LEFT_WAYS };

struct tally {
	/* in the period */
	int64_t open_before, listed, reopened, closed, left[LEFT_WAYS], open_after;
	int64_t registered, submitted, returned, left_registered[LEFT_WAYS];
	/* from the beginning to the end of the period */
	int64_t ever_listed, ever_left; /* problems; out of an open state */
	int64_t states[STATES];         /* problems in each state */
	int64_t closed_on_time;         /* of those closed, by the original due date */
	int64_t overdue;                /* open, past the due date */
	int64_t overdue_original;       /* open, past the original due date */
	int64_t ever_reopened;          /* problems that came back */
	int64_t withdrawn;
};

/* first and last day of a period; what is known as of a moment (MOMENT_ALL: all there is) */
struct tally_period {
	day_t from, until;
	moment_t as_of;
};

/*
 * tally_take: adds one problem. Folds it as of the period's end and as of `as_of`; the arena is
 * used while it lasts. -1 when out of memory.
 */
int tally_take(struct tally *tally, const struct plan *plan, const struct record *record,
	       const struct tally_period *period, struct arena *arena);

/* tally_add: sums of two groups of problems that share none. */
void tally_add(struct tally *to, const struct tally *from);

/* tally_holds: whether the identity holds; a program that finds it broken must stop and say so. */
bool tally_holds(const struct tally *tally);

/*
 * 销号率: closed of those that were listed and did not leave the list otherwise. 按期销号率: closed
 * by the original due date, of those closed and those open beyond it. *n and *d; d 0: 不适用.
 */
void tally_closing(const struct tally *tally, int64_t *n, int64_t *d);
void tally_punctuality(const struct tally *tally, int64_t *n, int64_t *d);

#endif
