/*
 * calendar.h: working days, from the plan's list of holidays and make-up workdays (domain 2.8), the
 * milestones counted back from a due date, and deadlines in words.
 *
 * A week is worked from Monday to Friday, except on the calendar's `holidays`, and on its
 * `workdays`. A year that the plan's calendar does not hold is an error, never a guess: every
 * function that needs one answers DAY_NONE, false or a negative number and names the year through
 * *unknown_year (may be NULL), which is not touched otherwise. DAY_NONE is
 * answered the same way, without a year.
 */
#ifndef DUBAN_MODEL_CALENDAR_H
#define DUBAN_MODEL_CALENDAR_H

#include "model/plan.h"

/* calendar_knows: whether the plan's calendar holds the year of the day. */
bool calendar_knows(const struct plan *plan, day_t day);

/* calendar_is_workday: *workday is set; false when the year is unknown. */
bool calendar_is_workday(const struct plan *plan, day_t day, bool *workday, int *unknown_year);

/* calendar_workday_at_or_before: the last working day that is not after the day. */
day_t calendar_workday_at_or_before(const struct plan *plan, day_t day, int *unknown_year);

/* calendar_add: the n-th working day after the day (n > 0), or before it (n < 0). n = 0: the day.
 */
day_t calendar_add(const struct plan *plan, day_t day, int n, int *unknown_year);

/* calendar_count: working days after `from` up to and including `to`; -1 when a year is unknown. */
int calendar_count(const struct plan *plan, day_t from, day_t to, int *unknown_year);

struct milestone {
	const char *name; /* of the plan's rule */
	day_t date;
};

/*
 * milestones_back: the plan's milestones for a problem listed on `listed` and due on `due`, into
 * out (plan->nmilestones places), ascending. W is the last working day at or before the due date,
 * n the number of working days after the listing day up to W: `after_listing: k` is the k-th of
 * them, `half` the (n/2)-th, rounded up, `before_due: k` the k-th before W. A date that is not
 * after the listing day, its predecessor that was kept, or not before the last rule's date is left
 * out. The last rule always stays: where its own date is none of the n, at W, and at the due date
 * when n is 0. Returns how many there are, -1 when due lies before listed, -2 when a calendar year
 * is unknown. Only days after `listed` up to `due` are looked up.
 */
int milestones_back(const struct plan *plan, day_t listed, day_t due, struct milestone *out,
		    int *unknown_year);

/*
 * due_parse: the last day of a deadline as plans and lists write it (domain 4.5). The words, where
 * [] may be missing and 前 may be 以前 or 之前:
 *
 * - `[2024年]6月底[前]`, 月末, 6月份底: the last day of the month
 * - `[2024年]5月31日[前]`, 31号: the day itself
 * - `[2024年]8月中旬[前]`, 上旬, 下旬: with 前 strictly the day before the ten days begin (08-10),
 *   without it their last (08-20)
 * - `[2024]年底[前]`, 年末: 31 December
 * - `2024-05-31[前]`, 2024/5/31, 2024.5.31, 20240531: the day itself
 *
 * 五月底, 二〇二四年八月十日 are the same; full-width digits and spaces of any kind do not matter.
 * A year that is missing is the plan's; of a plan that runs into another year it is the first in
 * which the day does not lie before the plan's start. False for anything else, for dates that do
 * not exist and when out of memory; *due untouched.
 */
bool due_parse(const struct plan *plan, const char *text, day_t *due);

#endif
