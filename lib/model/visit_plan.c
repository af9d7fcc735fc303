#include "model/visit_plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

/* a visit or walkthrough; those of one unit, kind and name hang together, by day */
struct trip {
	day_t day;
	const char *id, *used_by; /* the plan of which it did a target last, or NULL */
	bool planned;
	struct trip *next;
};

void visit_plans_init(struct visit_plans *v, const struct plan *plan, day_t from, day_t until,
		      struct arena *arena)
{
	*v = (struct visit_plans){ .plan = plan, .arena = arena, .from = from, .until = until };
	v->units = arena_array(arena, plan->nunits, sizeof(*v->units));
	v->failed = !v->units;
	map_init(&v->trips, arena);
}

/* whether the period from a to b is no longer than the one from c to d, and lies in it mostly */
static bool belongs(day_t a, day_t b, day_t c, day_t d)
{
	int64_t length = (int64_t)b - a, middle = a + length / 2;

	return length <= (int64_t)d - c && middle >= c && middle <= d;
}

static const char *copy(struct visit_plans *v, const char *text)
{
	char *kept = text ? arena_strdup(v->arena, text) : NULL;

	v->failed = v->failed || (text && !kept);
	return kept;
}

/* unit, kind and name as one text */
static const char *key_of(struct visit_plans *v, int unit, enum kind kind, const char *name)
{
	char *folded = name_fold(v->arena, name, strlen(name));
	char *key = folded ? arena_printf(v->arena, "%d %d %s", unit, kind, folded) : NULL;

	v->failed = v->failed || !key;
	return key;
}

static void take_trip(struct visit_plans *v, const struct folded *f, int unit)
{
	enum kind kind = f->record->kind;
	const char *name = node_string(f->fields, kind == KIND_VISIT ? "enterprise" : "matter");
	struct trip *trip = arena_alloc(v->arena, sizeof(*trip)), *first, **place = &first;
	const char *key = name ? key_of(v, unit, kind, name) : NULL;

	if (!trip || !key) {
		v->failed = v->failed || !trip;
		return;
	}
	*trip = (struct trip){ .day = field_date(f->fields, "date"), .id = copy(v, f->record->id) };
	first = map_get(&v->trips, key, strlen(key));
	while (*place && trip->id &&
	       ((*place)->day < trip->day ||
		((*place)->day == trip->day && strcmp((*place)->id, trip->id) < 0)))
		place = &(*place)->next;
	trip->next = *place;
	*place = trip;
	if (map_put(&v->trips, key, strlen(key), first) < 0)
		v->failed = true;
}

static struct target *add_target(struct visit_plans *v)
{
	if (v->ntargets == v->cap) {
		size_t cap = v->cap ? v->cap * 2 : 64;
		struct target *grown = arena_array(v->arena, cap, sizeof(*grown));

		if (!grown) {
			v->failed = true;
			return NULL;
		}
		if (v->ntargets)
			memcpy(grown, v->targets, v->ntargets * sizeof(*grown));
		v->targets = grown;
		v->cap = cap;
	}
	return &v->targets[v->ntargets++];
}

static void take_plan(struct visit_plans *v, const struct folded *f, int unit)
{
	const char *period = node_string(f->fields, "period"), *id = copy(v, f->record->id);
	const struct node *list = node_get(f->fields, "targets");
	bool inside, around;
	day_t from, until;

	if (!period || !period_parse(period, strlen(period), &from, &until))
		return;
	inside = belongs(from, until, v->from, v->until);
	around = belongs(v->from, v->until, from, until);
	v->units[unit].plans += inside || around;
	for (size_t i = 0; i < list_count(list); i++) {
		const char *enterprise = node_string(&list->items[i], "enterprise");
		const char *matter = node_string(&list->items[i], "matter");
		day_t date = field_date(&list->items[i], "date");
		struct target *t = enterprise || matter ? add_target(v) : NULL;

		if (!t)
			continue;
		*t = (struct target){ .unit = unit,
				      .plan = id,
				      .from = from,
				      .until = until,
				      .number = i,
				      .kind = enterprise ? KIND_VISIT : KIND_WALKTHROUGH,
				      .name = copy(v, enterprise ? enterprise : matter),
				      .role = copy(v, node_string(&list->items[i], "role")),
				      .date = date,
				      .asked = inside || (around && date != DAY_NONE &&
							  date >= v->from && date <= v->until) };
	}
}

void visit_plans_take(struct visit_plans *v, const struct folded *f)
{
	enum kind kind = f->record->kind;
	int unit = plan_unit(v->plan, f->record->unit);

	if (v->failed || unit == NO_UNIT)
		return;
	if (f->state == STATE_WITHDRAWN)
		v->withdrawn++;
	else if (kind == KIND_VISIT_PLAN)
		take_plan(v, f, unit);
	else if (kind == KIND_VISIT || kind == KIND_WALKTHROUGH)
		take_trip(v, f, unit);
}

static void match(struct visit_plans *v, struct target *t)
{
	const char *key = key_of(v, t->unit, t->kind, t->name);
	struct trip *trip = key ? map_get(&v->trips, key, strlen(key)) : NULL;

	for (; trip; trip = trip->next) {
		if (trip->day < t->from || trip->day > t->until)
			continue;
		trip->planned = true;
		if (t->done || trip->used_by == t->plan)
			continue;
		t->done = trip->id;
		trip->used_by = t->plan;
	}
}

static void count_beside(struct visit_plans *v)
{
	for (size_t i = 0; i < v->trips.count; i++) {
		const struct map_entry *entry = &v->trips.entries[i];
		char *end;
		long unit = strtol(entry->key, &end, 10), kind = strtol(end, NULL, 10);
		struct plan_progress *p = &v->units[unit];

		for (const struct trip *trip = entry->value; trip; trip = trip->next) {
			if (trip->planned || trip->day < v->from || trip->day > v->until)
				continue;
			p->visits_beside += kind == KIND_VISIT;
			p->walkthroughs_beside += kind == KIND_WALKTHROUGH;
		}
	}
}

static int by_day(const void *a, const void *b)
{
	const struct target *x = a, *y = b;
	bool without = x->date == DAY_NONE, other = y->date == DAY_NONE;
	int order;

	if (x->unit != y->unit)
		return x->unit < y->unit ? -1 : 1;
	if (without != other)
		return without ? 1 : -1;
	if (x->date != y->date)
		return x->date < y->date ? -1 : 1;
	order = strcmp(x->plan, y->plan);
	return order ? order : x->number < y->number ? -1 : 1;
}

int visit_plans_match(struct visit_plans *v)
{
	size_t kept = 0;

	for (size_t i = 0; !v->failed && i < v->ntargets; i++)
		match(v, &v->targets[i]);
	if (v->failed)
		return -1;
	count_beside(v);
	for (size_t i = 0; i < v->ntargets; i++) {
		const struct target *t = &v->targets[i];

		if (!t->asked)
			continue;
		v->units[t->unit].planned++;
		v->units[t->unit].done += t->done != NULL;
		v->targets[kept++] = *t;
	}
	v->ntargets = kept;
	if (kept)
		qsort(v->targets, kept, sizeof(*v->targets), by_day);
	return 0;
}
