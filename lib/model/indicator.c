#include "model/indicator.h"

#include <stdlib.h>
#include <string.h>

typedef __int128 wide;

static int init(struct figures *figures)
{
	size_t places = figures->ndays * figures->plan->nindicators;
	size_t nunits = figures->plan->nunits, n = figures->plan->nindicators * nunits;
	struct arena *arena = figures->arena;

	figures->latest = arena_array(arena, places * nunits, sizeof(*figures->latest));
	figures->published = arena_array(arena, places, sizeof(*figures->published));
	figures->withdrawn = arena_array(arena, n, sizeof(*figures->withdrawn));
	return figures->latest && figures->published && figures->withdrawn ? 0 : -1;
}

int figures_init(struct figures *figures, const struct plan *plan, day_t day,
		 const struct indicator *series, struct arena *arena)
{
	day_t *days = arena_alloc(arena, sizeof(*days));

	if (!days)
		return -1;
	*days = day;
	*figures = (struct figures){
		.plan = plan, .arena = arena, .day = day, .days = days, .ndays = 1, .series = series
	};
	return init(figures);
}

int figures_init_days(struct figures *figures, const struct plan *plan, const day_t *days, size_t n,
		      struct arena *arena)
{
	*figures = (struct figures){
		.plan = plan, .arena = arena, .day = days[n - 1], .days = days, .ndays = n
	};
	return init(figures);
}

/* the first of the days that is not before the day; the last where all are */
static size_t place_of(const struct figures *figures, day_t day)
{
	size_t i = 0;

	while (i + 1 < figures->ndays && figures->days[i] < day)
		i++;
	return i;
}

/* whether the figure is of the owner's series of published values, not of the units' figures */
static bool is_for_city(const struct plan *plan, const struct indicator *indicator,
			const struct figure *figure)
{
	return figure->type == FIGURE_PUBLISHED && figure->unit == plan->owner &&
	       !indicator->city_level;
}

static bool is_later(const struct figure *a, const struct figure *b)
{
	if (a->date != b->date)
		return a->date > b->date;
	if (a->entered != b->entered)
		return a->entered > b->entered;
	return strcmp(a->path, b->path) > 0;
}

static int keep_in_series(struct figures *figures, const struct figure *figure)
{
	if (figures->nall == figures->all_cap) {
		size_t cap = figures->all_cap ? figures->all_cap * 2 : 64;
		struct figure *all = arena_array(figures->arena, cap, sizeof(*all));

		if (!all)
			return -1;
		if (figures->nall)
			memcpy(all, figures->all, figures->nall * sizeof(*all));
		figures->all = all;
		figures->all_cap = cap;
	}
	figures->all[figures->nall++] = *figure;
	return 0;
}

/* a copy of the path, in the place of the replaced figure's where nothing else has that */
static const char *keep_path(struct figures *figures, const struct figure *replaced,
			     const char *path)
{
	size_t n = strlen(path);

	if (!replaced || figures->series || strlen(replaced->path) != n)
		return arena_strndup(figures->arena, path, n);
	return memcpy((char *)(uintptr_t)replaced->path, path, n);
}

static int take(struct figures *figures, const struct indicator *indicator,
		const struct figure *figure)
{
	const struct plan *plan = figures->plan;
	size_t index = (size_t)(indicator - plan->indicators);
	bool in_series = figures->series == indicator;
	size_t row = place_of(figures, figure->date) * plan->nindicators + index;
	struct figure copy = *figure, **slot;
	bool later;

	slot = is_for_city(plan, indicator, figure)
		       ? &figures->published[row]
		       : &figures->latest[row * plan->nunits + (size_t)figure->unit];
	later = !*slot || is_later(figure, *slot);
	if (!later && !in_series)
		return 0;
	copy.path = keep_path(figures, *slot, figure->path);
	if (!copy.path || (in_series && keep_in_series(figures, &copy) < 0))
		return -1;
	if (!*slot && !(*slot = arena_alloc(figures->arena, sizeof(**slot))))
		return -1;
	if (later)
		**slot = copy;
	return 0;
}

/* what all records have; false: not one to take */
static bool read_head(const struct figures *figures, const struct node *fields, moment_t entered,
		      const char *path, struct figure *figure)
{
	const struct node *date = node_get(fields, "date");

	*figure = (struct figure){ .entered = entered, .path = path };
	figure->unit = plan_unit_node(figures->plan, node_get(fields, "unit"));
	return figure->unit != NO_UNIT && date && date->type == NODE_STRING &&
	       date_parse(date->text, date->count, &figure->date) && figure->date <= figures->day;
}

/* a count of things: an integer from 0 to 10^15 */
static bool read_number(const struct node *map, const char *key, int64_t *value)
{
	*value = key ? node_integer(map, key, -1) : -1;
	return *value >= 0 && *value <= NUM_LARGEST;
}

/* zeros at the end of a decimal say nothing, so `91.00` is a value for precision 0 */
static bool read_value(const struct node *value, unsigned precision, int64_t *number)
{
	size_t n = value ? value->count : 0;

	if (!value || value->type != NODE_STRING)
		return false;
	if (memchr(value->text, '.', n)) {
		while (n && value->text[n - 1] == '0')
			n--;
		if (n && value->text[n - 1] == '.')
			n--;
	}
	return decimal_parse(value->text, n, precision, number) && *number >= 0;
}

/* the figure itself, from the keys that the indicator's sort and source give it */
static bool read_figure(const struct indicator *indicator, const struct node *map,
			const char *numerator, const char *denominator, const char *count,
			struct figure *figure)
{
	if (indicator->kind == FIGURE_SHARE) {
		figure->type = FIGURE_PARTS;
		return read_number(map, numerator, &figure->n) &&
		       read_number(map, denominator, &figure->d);
	}
	figure->type = FIGURE_NUMBER;
	return read_number(map, count, &figure->number);
}

/* on a `level: city` indicator only the owner is heard */
static bool is_heard(const struct figures *figures, const struct indicator *indicator, int unit)
{
	return !indicator->city_level || unit == figures->plan->owner;
}

int figures_take_observation(struct figures *figures, const struct node *fields, moment_t entered,
			     const char *path)
{
	const struct indicator *indicator =
		plan_indicator(figures->plan, node_string(fields, "indicator"));
	const struct node *value = node_get(fields, "value");
	struct figure figure;

	if (!indicator || indicator->point || !read_head(figures, fields, entered, path, &figure) ||
	    !is_heard(figures, indicator, figure.unit))
		return 0;
	if (value && read_value(value, indicator->precision, &figure.number))
		figure.type = FIGURE_PUBLISHED;
	else if (!read_figure(indicator, fields, "numerator", "denominator", "count", &figure))
		return 0;
	return take(figures, indicator, &figure);
}

int figures_take_inspection(struct figures *figures, const struct node *fields, moment_t entered,
			    const char *path)
{
	const struct plan *plan = figures->plan;
	const struct node *values = node_get(fields, "values");
	int64_t point = node_integer(fields, "point", 0);
	struct figure head;

	if (point < 1 || !read_head(figures, fields, entered, path, &head))
		return 0;
	for (size_t i = 0; i < plan->nindicators; i++) {
		const struct indicator *indicator = &plan->indicators[i];
		struct figure figure = head;

		if (indicator->point == point && is_heard(figures, indicator, figure.unit) &&
		    read_figure(indicator, values, indicator->from_numerator,
				indicator->from_denominator, indicator->from_count, &figure) &&
		    take(figures, indicator, &figure) < 0)
			return -1;
	}
	return 0;
}

void figures_leave_out(struct figures *figures, const struct node *fields)
{
	const struct plan *plan = figures->plan;
	const struct indicator *named = plan_indicator(plan, node_string(fields, "indicator"));
	int64_t point = node_integer(fields, "point", 0);
	struct figure head;

	if (!read_head(figures, fields, MOMENT_NONE, NULL, &head))
		return;
	for (size_t i = 0; i < plan->nindicators; i++) {
		const struct indicator *indicator = &plan->indicators[i];

		if ((indicator->point ? indicator->point == point : indicator == named) &&
		    is_heard(figures, indicator, head.unit))
			figures->withdrawn[i * plan->nunits + (size_t)head.unit]++;
	}
}

/* figures_on by the days that are asked about; last[] is empty */
static const struct figure *last_of_days(const struct figures *figures,
					 const struct indicator *indicator, day_t day,
					 const struct figure **last)
{
	const struct plan *plan = figures->plan;
	size_t index = (size_t)(indicator - plan->indicators);
	const struct figure *published = NULL;

	for (size_t i = place_of(figures, day) + 1; i-- > 0;) {
		size_t row = i * plan->nindicators + index;

		if (!published && figures->published[row] && figures->published[row]->date <= day)
			published = figures->published[row];
		for (size_t u = 0; u < plan->nunits; u++) {
			const struct figure *figure = figures->latest[row * plan->nunits + u];

			if (!last[u] && figure && figure->date <= day)
				last[u] = figure;
		}
	}
	return published;
}

const struct figure *figures_on(const struct figures *figures, const struct indicator *indicator,
				day_t day, const struct figure **last)
{
	const struct plan *plan = figures->plan;
	bool from_series = day < figures->day && figures->series == indicator;
	const struct figure *published = NULL;

	for (size_t i = 0; i < plan->nunits; i++)
		last[i] = NULL;
	if (!from_series)
		return last_of_days(figures, indicator, day, last);
	for (size_t i = 0; i < figures->nall; i++) {
		const struct figure *figure = &figures->all[i], **slot = &last[figure->unit];

		if (is_for_city(plan, indicator, figure))
			slot = &published;
		if (figure->date <= day && (!*slot || is_later(figure, *slot)))
			*slot = figure;
	}
	return published;
}

bool figure_is_stale(const struct indicator *indicator, const struct figure *figure, day_t day)
{
	return !indicator->point && !indicator->city_level &&
	       (int64_t)day - figure->date > indicator->stale_days;
}

static enum met judge(const struct indicator *indicator, const struct city_value *city)
{
	int64_t target = indicator->target.value;
	int compared;

	if (!indicator->target.known || indicator->target_op == TARGET_NONE || !city->known ||
	    !city->applicable)
		return MET_UNKNOWN;
	if (city->d)
		compared = fraction_compare(
			(struct fraction){ city->n, city->d },
			(struct fraction){ target, share_whole(indicator->precision) });
	else
		compared = (city->value > target) - (city->value < target);
	return (indicator->target_op == TARGET_AT_LEAST ? compared >= 0 : compared <= 0) ? MET_YES
											 : MET_NO;
}

/*
 * The sum over the expected units; at most 1024 of 10^15 each, so nothing overflows. Counts have no
 * decimals (the plan's schema), so their sum is a value as it is.
 */
static void add_up(const struct figures *figures, const struct indicator *indicator, day_t day,
		   const struct figure *const *last, struct city_value *out)
{
	for (size_t i = 0; i < figures->plan->nunits; i++) {
		const struct figure *figure = last[i];

		if (!set_has(&indicator->expected, (int)i))
			continue;
		if (!figure || figure->type == FIGURE_PUBLISHED ||
		    figure_is_stale(indicator, figure, day)) {
			set_add(&out->missing, (int)i);
			continue;
		}
		out->known = true;
		out->n += figure->n;
		out->d += figure->d;
		out->value += figure->number;
		if (out->date < figure->date)
			out->date = figure->date;
	}
	out->applicable = out->known && (indicator->kind != FIGURE_SHARE || out->d);
	if (out->d)
		out->value = share_percent(out->n, out->d, indicator->precision);
}

void indicator_city(const struct figures *figures, const struct indicator *indicator, day_t day,
		    struct city_value *out)
{
	const struct figure *last[MOST_UNITS];
	const struct figure *published = figures_on(figures, indicator, day, last);
	const struct figure *own = last[figures->plan->owner];

	*out = (struct city_value){ .date = DAY_NONE };
	add_up(figures, indicator, day, last, out);
	if (indicator->city_level && own && own->type == FIGURE_PUBLISHED) {
		published = own;
		out->missing = (struct unit_set){ 0 };
	}
	/* DAY_NONE, the date of an empty sum, is before every day */
	if (published && published->date >= out->date) {
		out->known = out->applicable = out->published = true;
		out->value = published->number;
		out->n = out->d = 0;
		out->date = published->date;
	}
	out->met = judge(indicator, out);
}

static int by_day(const void *a, const void *b)
{
	day_t x = *(const day_t *)a, y = *(const day_t *)b;

	return (x > y) - (x < y);
}

int indicator_series(const struct figures *figures, day_t **days, size_t *n)
{
	day_t *list = arena_array(figures->arena, figures->nall, sizeof(*list));
	size_t count = 0, kept = 0;

	if (!list)
		return -1;
	for (size_t i = 0; i < figures->nall; i++) {
		const struct figure *figure = &figures->all[i];

		if (set_has(&figures->series->expected, figure->unit) ||
		    is_for_city(figures->plan, figures->series, figure))
			list[count++] = figure->date;
	}
	if (count)
		qsort(list, count, sizeof(*list), by_day);
	for (size_t i = 0; i < count; i++)
		if (!kept || list[kept - 1] != list[i])
			list[kept++] = list[i];
	*days = list;
	*n = kept;
	return 0;
}

static wide common_divisor(wide a, wide b)
{
	while (b) {
		wide rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

/* n of d in percent, 0 <= n < d; terms that 64 bits cannot hold even when reduced lose last bits */
static struct fraction percent_of(wide n, wide d)
{
	wide divisor = common_divisor(n, d);

	n /= divisor;
	d /= divisor;
	while (d > INT64_MAX / 100) {
		n /= 2;
		d = (d + 1) / 2;
	}
	return (struct fraction){ (int64_t)(n * 100), (int64_t)d };
}

bool indicator_progress(const struct figures *figures, const struct indicator *indicator, day_t day,
			struct fraction *progress)
{
	int64_t from = indicator->baseline.value, to = indicator->target.value;
	int sign = indicator->target_op == TARGET_AT_MOST ? -1 : 1;
	struct city_value city;
	wide done, way;

	indicator_city(figures, indicator, day, &city);
	if (!indicator->baseline.known || city.met == MET_UNKNOWN)
		return false;
	if (city.met == MET_YES) {
		*progress = (struct fraction){ 100, 1 };
		return true;
	}
	way = ((wide)to - from) * sign;
	if (way <= 0)
		return false;
	if (city.d) {
		done = ((wide)city.n * share_whole(indicator->precision) - (wide)from * city.d) *
		       sign;
		way *= city.d;
	} else {
		done = ((wide)city.value - from) * sign;
	}
	*progress = done > 0 ? percent_of(done, way) : (struct fraction){ 0, 1 };
	return true;
}

const char *value_format(const struct indicator *indicator, int64_t value, char out[FIGURE_SIZE])
{
	return decimal_format(value, indicator->precision, out);
}
