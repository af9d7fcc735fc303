#include "model/pace.h"

#include "model/record.h"

static bool links(const struct node *problem, const struct indicator *indicator)
{
	const struct node *list = node_get(problem, "indicators");

	for (size_t i = 0; i < list_count(list); i++)
		if (node_is(&list->items[i], indicator->id))
			return true;
	return false;
}

day_t indicator_limit(const struct plan *plan, const struct indicator *indicator)
{
	day_t linked = DAY_NONE;

	for (size_t i = 0; i < list_count(plan->problems); i++) {
		const struct node *problem = &plan->problems->items[i];
		day_t due = field_date(problem, "due");

		if (node_is(node_get(node_get(problem, "target"), "indicator"), indicator->id))
			return due;
		if (linked == DAY_NONE && links(problem, indicator))
			linked = due;
	}
	return linked;
}

bool pace_line(const struct plan *plan, const struct indicator *indicator, day_t day,
	       int64_t *planned)
{
	day_t due = indicator_limit(plan, indicator), from = plan->issue_date;
	int64_t base = indicator->baseline.known ? indicator->baseline.value : 0;
	__int128 way, part, half;

	if (from == DAY_NONE)
		from = plan->start;
	if (!indicator->pace_linear || !indicator->target.known || due == DAY_NONE || due <= from)
		return false;
	if (day > due)
		day = due;
	if (day < from)
		day = from;
	/* half up, away from the baseline: a value and its distance are rounded alike */
	way = indicator->target.value - base;
	half = way < 0 ? -(due - from) : due - from;
	part = (2 * way * (day - from) + half) / (2 * (__int128)(due - from));
	*planned = base + (int64_t)part;
	return true;
}

/* what is missing to the target, of more than a week a week's part; rounded once, up; never 0 */
static int64_t missing(const struct indicator *indicator, const struct city_value *city, int days)
{
	__int128 parts = city->d ? city->d : 1, has = city->value, gap;

	if (city->d)
		has = (__int128)city->n * 100;
	for (unsigned i = 0; city->d && i < indicator->precision; i++)
		has *= 10;
	gap = indicator->target.value * parts - has;
	if (indicator->target_op == TARGET_AT_MOST)
		gap = -gap;
	if (days > 7) {
		gap *= 7;
		parts *= days;
	}
	return gap > parts ? (int64_t)((gap + parts - 1) / parts) : 1;
}

static enum pace_answer answer_of(const struct indicator *indicator, const struct city_value *city,
				  const struct pace *pace)
{
	if (!indicator->target.known || indicator->target_op == TARGET_NONE)
		return PACE_NO_TARGET;
	if (city->met == MET_YES)
		return PACE_MET;
	if (indicator->kind == FIGURE_RANK)
		return PACE_NOT_STEADY;
	if (pace->due == DAY_NONE)
		return PACE_NO_LIMIT;
	if (pace->days_left < 0)
		return PACE_TOO_LATE;
	return city->applicable ? PACE_NEEDED : PACE_NO_FIGURE;
}

void indicator_pace(const struct plan *plan, const struct indicator *indicator,
		    const struct city_value *city, day_t day, struct pace *pace)
{
	*pace = (struct pace){ .due = indicator_limit(plan, indicator) };
	if (pace->due != DAY_NONE)
		pace->days_left = pace->due - day;
	pace->answer = answer_of(indicator, city, pace);
	pace->has_line = pace_line(plan, indicator, day, &pace->planned);
	if (pace->answer != PACE_NEEDED)
		return;
	pace->per_week = missing(indicator, city, pace->days_left);
}
