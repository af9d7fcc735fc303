/* The table of one indicator by unit, ranked within groups (domain 2.7). */
#include <stdlib.h>
#include <string.h>

#include "model/indicator.h"

/* the order in which a table lists them */
static const int status_place[] = {
	[UNIT_RANKED] = 0,         [UNIT_UNRANKED] = 1,     [UNIT_PUBLISHED_ONLY] = 2,
	[UNIT_NOT_APPLICABLE] = 3, [UNIT_NOT_REPORTED] = 4,
};

static void assess(const struct plan *plan, const struct indicator *indicator, day_t day,
		   struct unit_value *value)
{
	const struct figure *figure = value->figure;

	value->status = UNIT_NOT_REPORTED;
	if (!figure || figure_is_stale(indicator, figure, day))
		return;
	if (figure->type == FIGURE_PARTS && figure->d == 0) {
		value->status = UNIT_NOT_APPLICABLE;
		return;
	}
	value->known = true;
	value->value = figure->type == FIGURE_PARTS
			       ? share_percent(figure->n, figure->d, indicator->precision)
			       : figure->number;
	value->small = figure->type == FIGURE_PARTS && figure->d < plan->small_denominator;
	if (figure->type == FIGURE_PUBLISHED)
		value->status = UNIT_PUBLISHED_ONLY;
	else
		value->status = plan->units[value->unit].group ? UNIT_RANKED : UNIT_UNRANKED;
}

static bool is_better(const struct indicator *indicator, const struct figure *a,
		      const struct figure *b)
{
	int compared;

	if (a->type == FIGURE_PARTS)
		compared = fraction_compare((struct fraction){ a->n, a->d },
					    (struct fraction){ b->n, b->d });
	else
		compared = (a->number > b->number) - (a->number < b->number);
	return indicator->lower_is_better ? compared < 0 : compared > 0;
}

static bool same_group(const struct plan *plan, int a, int b)
{
	const char *one = plan->units[a].group, *other = plan->units[b].group;

	return one && other && strcmp(one, other) == 0;
}

/* a rank is one more than the number of better ones, so ties share it and leave out the next */
static void rank(const struct plan *plan, const struct indicator *indicator,
		 struct unit_value *values, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (values[i].status != UNIT_RANKED)
			continue;
		values[i].rank = 1;
		for (size_t j = 0; j < n; j++)
			if (values[j].status == UNIT_RANKED &&
			    same_group(plan, values[i].unit, values[j].unit) &&
			    is_better(indicator, values[j].figure, values[i].figure))
				values[i].rank++;
	}
}

/* the first unit of the plan in the unit's group */
static int group_place(const struct plan *plan, int unit)
{
	int first = 0;

	while (first < unit && !same_group(plan, first, unit))
		first++;
	return first;
}

static int by_place(const void *a, const void *b, void *context)
{
	const struct unit_value *x = a, *y = b;
	const struct plan *plan = context;

	if (x->status != y->status)
		return status_place[x->status] - status_place[y->status];
	if (x->status == UNIT_RANKED && !same_group(plan, x->unit, y->unit))
		return group_place(plan, x->unit) - group_place(plan, y->unit);
	return x->rank != y->rank ? x->rank - y->rank : x->unit - y->unit;
}

size_t indicator_units(const struct figures *figures, const struct indicator *indicator, day_t day,
		       struct unit_value *out)
{
	const struct plan *plan = figures->plan;
	const struct figure *last[MOST_UNITS];
	const struct figure *published = figures_on(figures, indicator, day, last);
	const struct figure **own = &last[plan->owner];
	size_t n = 0;

	/* what the owner published stands in its row where its own cases say nothing */
	if (published && (!*own || figure_is_stale(indicator, *own, day)))
		*own = published;
	for (size_t i = 0; i < plan->nunits; i++) {
		if (!set_has(&indicator->expected, (int)i))
			continue;
		out[n] = (struct unit_value){ .unit = (int)i, .figure = last[i] };
		assess(plan, indicator, day, &out[n++]);
	}
	rank(plan, indicator, out, n);
	if (n)
		qsort_r(out, n, sizeof(*out), by_place, (void *)plan);
	return n;
}
