/*
 * indicator.h: figures from observations and inspections (contract 2, domain 2.6 and 2.7).
 *
 * Feed every observation and inspection, folded as of the moment that is asked about, in any order;
 * then ask. Exact integers throughout. Missing is not zero.
 *
 * The city's value of a `level: units` indicator is Σn/Σd, or the sum of the counts, over the
 * expected units: each unit's last figure dated on or before the day and not older than stale_days.
 * A unit whose last figure is a `value` alone is not in the sum. The owner has two series: its
 * parts or counts are its own cases, one unit's among the others; its `value` is the published one
 * of the whole city, and wins while it is not dated before the newest figure in the sum. The city's
 * value of a `level: city` indicator is the owner's last figure, of whatever age. Figures of focus
 * points (`from`) never grow stale either.
 */
#ifndef DUBAN_MODEL_INDICATOR_H
#define DUBAN_MODEL_INDICATOR_H

#include "base/num.h"
#include "model/plan.h"

/* one reported figure */
struct figure {
	int unit;
	day_t date;
	moment_t entered; /* of two with the same date the later counts, */
	const char *path; /* then the one whose path is later */
	enum {
		FIGURE_PARTS,
		FIGURE_NUMBER,
		FIGURE_PUBLISHED
	} type;         /* n and d of a share; count or rank; value alone */
	int64_t n, d;   /* FIGURE_PARTS */
	int64_t number; /* FIGURE_NUMBER: the count; FIGURE_PUBLISHED: in units of 10^-precision */
};

/* the figures of every indicator: latest ones, and all of one that is asked for as a series */
struct figures {
	const struct plan *plan;
	struct arena *arena;
	day_t day;         /* figures dated later are not taken */
	const day_t *days; /* days that are asked about, ascending; the last is `day` */
	size_t ndays;
	/* the last ones after days[i - 1] up to days[i]; NULL: none */
	struct figure **latest;    /* [(i * nindicators + indicator) * nunits + unit] */
	struct figure **published; /* [i * nindicators + indicator], of the owner, `level: units` */
	unsigned *withdrawn;       /* [indicator * nunits + unit], records left out */
	const struct indicator *series; /* keep all figures of this one, or NULL */
	struct figure *all;
	size_t nall, all_cap;
};

/*
 * figures_init: no figures yet. `series`, one of the plan's indicators or NULL, is the one that
 * will be asked about for earlier days than `day`. The plan and the arena live as long as the
 * figures. -1 when out of memory.
 */
int figures_init(struct figures *figures, const struct plan *plan, day_t day,
		 const struct indicator *series, struct arena *arena);

/*
 * figures_init_days: the same for who will ask about several days, of any indicator: the ends of
 * weeks, say. `days` ascend, n > 0, and live as long as the figures; the last is figures->day.
 */
int figures_init_days(struct figures *figures, const struct plan *plan, const day_t *days, size_t n,
		      struct arena *arena);

/*
 * figures_take_observation, figures_take_inspection: take an effective record (fields with `set`
 * laid over); nothing of it is kept, the path is copied. Withdrawn records go to figures_leave_out.
 * `entered` is the record's own `entered.at`. -1 when out of memory.
 *
 * An observation is ignored when its indicator is unknown or takes its figures from inspections,
 * when it is of another unit than the owner on a `level: city` indicator, when it is dated after
 * the day, and when its figure is of the wrong sort: parts for a count or rank, a count for a
 * share, a `value` with more places than the indicator. An inspection gives a figure to each
 * indicator `from` its point whose keys its `values` hold.
 */
int figures_take_observation(struct figures *figures, const struct node *fields, moment_t entered,
			     const char *path);
int figures_take_inspection(struct figures *figures, const struct node *fields, moment_t entered,
			    const char *path);

/*
 * figures_leave_out: counts a withdrawn observation or inspection, dated on or before the day, with
 * the indicators it would have been taken for, so that reports can say how many there were.
 */
void figures_leave_out(struct figures *figures, const struct node *fields);

/*
 * figures_on: the last figure of every unit, dated on or before the day, into last[plan->nunits]
 * (NULL: none), stale ones and units that are not expected included. Returns the owner's last
 * `value` for a `level: units` indicator, which is not in `last`, or NULL. Right for
 * figures->day and later, for each of figures->days, and for the series' indicator for any day; else
 * a figure that was followed by another one before the next of figures->days is not known any more.
 */
const struct figure *figures_on(const struct figures *figures, const struct indicator *indicator,
				day_t day, const struct figure **last);

/* figure_is_stale: whether the figure is too old on the day to count (contract 2). */
bool figure_is_stale(const struct indicator *indicator, const struct figure *figure, day_t day);

enum met { MET_UNKNOWN, MET_YES, MET_NO };

/* an indicator's value for the whole city on the day */
struct city_value {
	bool known;              /* there is a sum (its denominators may add up to 0) or a value */
	bool applicable;         /* false when known and the sum of the denominators is 0 */
	bool published;          /* the owner's published value, not a sum */
	int64_t value;           /* in units of 10^-precision, rounded by num.h's rule; else 0 */
	int64_t n, d;            /* the sum; 0 for counts and published values */
	day_t date;              /* newest date in it; DAY_NONE when not known */
	enum met met;            /* of the target: on n and d, or on the decimal when published */
	struct unit_set missing; /* expected units without a usable figure, or stale */
};

/*
 * indicator_city: the city's value on the day (see above), which is one that figures_on is right for. `met` is unknown without a target or an applicable value.
 */
void indicator_city(const struct figures *figures, const struct indicator *indicator, day_t day,
		    struct city_value *out);

enum unit_status {
	UNIT_RANKED,
	UNIT_UNRANKED,       /* reports, has no ranking group */
	UNIT_PUBLISHED_ONLY, /* a value without its parts: not ranked, not summed */
	UNIT_NOT_REPORTED,   /* nothing, or stale */
	UNIT_NOT_APPLICABLE, /* denominator 0 */
};

struct unit_value {
	int unit;
	const struct figure *figure; /* NULL: none; of UNIT_NOT_REPORTED the stale one */
	enum unit_status status;
	bool known;    /* there is a value: ranked, unranked, published-only */
	int64_t value; /* in units of 10^-precision */
	int rank;      /* within the unit's group, ties share one and leave out the next; 0: none */
	bool small;    /* denominator under the plan's small_denominator, and not 0 */
};

/*
 * indicator_units: one entry per expected unit, in an order to read: ranked ones by group (in the
 * order of their first units in the plan) and rank (ties by the plan's order of units), then
 * unranked, published-only, not-applicable, not-reported, each by the plan's order. Shares are
 * compared as fractions; `direction: down` ranks the lowest first. `out` has room for plan->nunits.
 * Returns their number. Days as for indicator_city.
 */
size_t indicator_units(const struct figures *figures, const struct indicator *indicator, day_t day,
		       struct unit_value *out);

/*
 * indicator_series: the days up to figures->day on which the series' indicator has a figure that
 * matters (of an expected unit, or published), ascending, each once, into an array in the arena.
 * indicator_city for such a day then gives its value. None without a series. -1 when out of memory.
 */
int indicator_series(const struct figures *figures, day_t **days, size_t *n);

/*
 * indicator_progress: how far the city value has come from the baseline to the target, in percent
 * of the way, 0 to 100, as a fraction (domain 2.9); 100 once the target is met, and only then.
 * False where baseline, target or an applicable value is missing, and where there is no way to go:
 * the baseline is at the target or beyond, and the target is not met now.
 */
bool indicator_progress(const struct figures *figures, const struct indicator *indicator, day_t day,
			struct fraction *progress);

/* value_format: a value in the indicator's precision; returns out. */
const char *value_format(const struct indicator *indicator, int64_t value, char out[FIGURE_SIZE]);

#endif
