/*
 * pace.h: how fast an indicator would have to move to reach its target in time, and, where the plan
 * asks for an even pace (均衡进度, plan L64), where it should be on a day (domain 2.6, 2.9).
 *
 * The time limit is that of the plan's problem whose target the indicator is, else of the first of
 * the plan's problems that it is linked to. An even pace goes in a straight line, in calendar days,
 * from the baseline (of a share or count without one: nothing) on the day of the plan's issue to the
 * target on that limit.
 */
#ifndef DUBAN_MODEL_PACE_H
#define DUBAN_MODEL_PACE_H

#include "model/indicator.h"

enum pace_answer {
	PACE_NEEDED,     /* per_week is known */
	PACE_MET,        /* the target is met */
	PACE_NO_TARGET,  /* the plan sets none */
	PACE_NO_LIMIT,   /* the plan sets no time */
	PACE_NO_FIGURE,  /* nothing to start from was reported */
	PACE_TOO_LATE,   /* the time is over */
	PACE_NOT_STEADY, /* a rank does not move by so much a week */
};

struct pace {
	enum pace_answer answer;
	day_t due;        /* DAY_NONE: none */
	int days_left;    /* negative when over; 0 where there is no limit */
	int64_t per_week; /* PACE_NEEDED: so much at least, in units of 10^-precision, rounded up
			   * once, from n and d where there are any; a limit within a week:
			   * all of it. Never 0. */
	bool has_line;    /* the plan asks for an even pace, and it can be drawn */
	int64_t planned;  /* where the line is on the day, in units of 10^-precision */
};

/* indicator_pace: on the day, from the city's value on it. */
void indicator_pace(const struct plan *plan, const struct indicator *indicator,
		    const struct city_value *city, day_t day, struct pace *pace);

/* indicator_limit: the last day for the target, or DAY_NONE. */
day_t indicator_limit(const struct plan *plan, const struct indicator *indicator);

/* pace_line: where the even pace is on the day; false where there is none. */
bool pace_line(const struct plan *plan, const struct indicator *indicator, day_t day,
	       int64_t *planned);

#endif
