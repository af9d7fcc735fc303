/* Red, yellow, green: domain 2.9; the thresholds are the plan's. */
#include "model/problem.h"

const char *light_code(enum light light)
{
	static const char *const codes[] = { NULL, "red", "yellow", "green", "closed" };

	return codes[light];
}

const char *light_label(enum light light)
{
	static const char *const labels[] = { NULL, "红", "黄", "绿", "已销号" };

	return labels[light];
}

const char *reason_code(enum light_reason reason)
{
	static const char *const codes[] = {
		NULL,     "overdue",  "behind",          "returned-twice",
		"silent", "due-soon", "milestone-missed"
	};

	return codes[reason];
}

const char *reason_label(enum light_reason reason)
{
	static const char *const labels[] = { NULL,       "逾期", "进度滞后",  "两次退回",
					      "未报进展", "临期", "节点未完成" };

	return labels[reason];
}

int problem_silent_weeks(const struct plan *plan, const struct folded *f, day_t day)
{
	day_t from = day_of_moment(f->listed_at, plan->offset), newest, monday, sunday;

	newest = day_of_moment(f->last_entry, plan->offset);
	if (newest > from)
		from = newest;
	monday = from + 8 - weekday_of(from); /* of the first week that began after it */
	sunday = day - weekday_of(day);       /* of the last week that ended before the day */
	return sunday < monday ? 0 : (sunday - monday + 1) / 7;
}

/* percent of the work that is done: of linked indicators the lowest, else of the milestones */
static bool actual_progress(const struct plan *plan, const struct folded *f,
			    const struct figures *figures, day_t day, struct fraction *actual)
{
	const struct node *linked = node_get(f->fields, "indicators");
	bool known = false;

	for (size_t i = 0; figures && i < list_count(linked); i++) {
		const struct indicator *indicator =
			plan_indicator(plan, node_text(&linked->items[i]));
		struct fraction progress;

		if (!indicator || !indicator_progress(figures, indicator, day, &progress))
			continue;
		if (!known || fraction_compare(progress, *actual) < 0)
			*actual = progress;
		known = true;
	}
	if (known || !f->nmilestones)
		return known;
	*actual = (struct fraction){ .d = (int64_t)f->nmilestones };
	for (size_t i = 0; i < f->nmilestones; i++)
		actual->n += milestone_is_done(plan, f, &f->milestones[i]) ? 100 : 0;
	return true;
}

/* behind = percent of the time that is over - percent of the work that is done */
static bool behind_more_than(struct fraction elapsed, struct fraction actual, int percent)
{
	__int128 left = (__int128)elapsed.n * 100 * actual.d;
	__int128 right = (__int128)elapsed.d * (actual.n + (__int128)percent * actual.d);

	return left > right;
}

static bool has_missed_milestone(const struct plan *plan, const struct folded *f, day_t day)
{
	for (size_t i = 0; i < f->nmilestones; i++)
		if (f->milestones[i].date != DAY_NONE && f->milestones[i].date < day &&
		    !milestone_is_done(plan, f, &f->milestones[i]))
			return true;
	return false;
}

struct view {
	const struct light_rules *rules;
	bool is_behind, far_behind; /* more than 0, more than behind_red */
	int silent;
};

static struct view view_of(const struct plan *plan, const struct folded *f,
			   const struct figures *figures, day_t day)
{
	struct view view = { .rules = &plan->lights, .silent = problem_silent_weeks(plan, f, day) };
	day_t start = day_of_moment(f->listed_at, plan->offset);
	/* due may be DAY_NONE, which is far away */
	struct fraction elapsed = { .n = (int64_t)day - start, .d = (int64_t)f->due - start };
	struct fraction actual;

	if (f->due == DAY_NONE || elapsed.d <= 0 || elapsed.n < 0 ||
	    !actual_progress(plan, f, figures, day, &actual))
		return view;
	view.is_behind = behind_more_than(elapsed, actual, 0);
	view.far_behind = behind_more_than(elapsed, actual, view.rules->behind_red);
	return view;
}

enum light problem_light(const struct plan *plan, const struct folded *f,
			 const struct figures *figures, day_t day, enum light_reason *reason)
{
	struct view v;

	*reason = REASON_NONE;
	if (f->state == STATE_CLOSED)
		return LIGHT_CLOSED;
	if (!problem_is_open(f) || f->listed_at == MOMENT_NONE)
		return LIGHT_NONE;
	v = view_of(plan, f, figures, day);
	*reason = problem_is_overdue(f, day)                   ? REASON_OVERDUE
		  : v.far_behind                               ? REASON_BEHIND
		  : f->times_returned >= v.rules->returned_red ? REASON_RETURNED_TWICE
		  : v.silent >= v.rules->silent_red_weeks      ? REASON_SILENT
							       : REASON_NONE;
	if (*reason != REASON_NONE)
		return LIGHT_RED;
	if (f->due != DAY_NONE && f->due - day <= v.rules->due_soon_days &&
	    f->state != STATE_SUBMITTED)
		*reason = REASON_DUE_SOON;
	else if (v.is_behind && has_missed_milestone(plan, f, day))
		*reason = REASON_MILESTONE_MISSED;
	else if (v.silent >= v.rules->silent_yellow_weeks)
		*reason = REASON_SILENT;
	return *reason == REASON_NONE ? LIGHT_GREEN : LIGHT_YELLOW;
}
