#include "model/problem.h"

#include <string.h>

#include "base/utf8.h"

struct unit_set problem_parties(const struct plan *plan, const struct folded *f)
{
	struct unit_set set = { 0 };

	plan_expand(plan, node_get(f->fields, "lead"), &set);
	plan_expand(plan, node_get(f->fields, "responsible"), &set);
	return set;
}

bool right_has(const struct plan *plan, const struct node *right, const struct folded *f, int unit)
{
	struct unit_set responsible = { 0 };

	if (unit == NO_UNIT)
		return false;
	for (size_t i = 0; i < list_count(right); i++) {
		const struct node *word = &right->items[i];

		if (node_is(word, "unit")
			    ? unit == plan_unit_node(plan, node_get(f->fields, "unit"))
		    : node_is(word, "lead")
			    ? unit == plan_unit_node(plan, node_get(f->fields, "lead"))
		    : node_is(word, "owner") ? unit == plan->owner
					     : node_is(word, plan->units[unit].kind))
			return true;
		if (node_is(word, "responsible")) {
			plan_expand(plan, node_get(f->fields, "responsible"), &responsible);
			if (set_has(&responsible, unit))
				return true;
		}
	}
	return false;
}

const struct node *close_right(const struct plan *plan, const struct folded *f)
{
	const struct node *close = node_get(plan->rights, "close");
	struct unit_set parties = problem_parties(plan, f);
	int own = plan_unit_node(plan, node_get(f->fields, "unit"));

	if (plan_is_problem(plan, f->record->id))
		return node_get(close, "plan");
	for (int u = 0; u < (int)plan->nunits; u++)
		if (u != own && set_has(&parties, u))
			return node_get(close, "cross-unit");
	return node_get(close, "own");
}

/* a unit that none of the record's fields names, but the rights do, by its kind */
static bool has_a_right(const struct plan *plan, const struct folded *f, int unit)
{
	static const char *const names[] = { "list", "review", "reopen" };

	if (f->record->kind != KIND_PROBLEM)
		return false;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (right_has(plan, node_get(plan->rights, names[i]), f, unit))
			return true;
	return right_has(plan, close_right(plan, f), f, unit);
}

bool record_has_part(const struct plan *plan, const struct folded *f, int unit)
{
	struct unit_set parties = problem_parties(plan, f);

	if (unit == NO_UNIT)
		return false;
	return unit == plan->owner || unit == plan_unit_node(plan, node_get(f->fields, "unit")) ||
	       unit == plan_unit_node(plan, node_get(f->fields, "subject")) ||
	       set_has(&parties, unit) || has_a_right(plan, f, unit);
}

static char *folded_name(struct arena *arena, const char *name)
{
	return name_fold(arena, name, strlen(name));
}

bool same_person(const char *a, const char *b)
{
	struct arena arena = { 0 };
	char *x = folded_name(&arena, a), *y = folded_name(&arena, b);
	bool same = !x || !y || strcmp(x, y) == 0;

	arena_release(&arena);
	return same;
}

bool person_may(const struct plan *plan, const char *name, int unit, const char *right)
{
	struct arena arena = { 0 };
	char *folded = folded_name(&arena, name);
	bool may = !plan->people;

	for (size_t i = 0; folded && i < plan->npeople && !may; i++) {
		const struct person *p = &plan->people[i];

		if (p->unit != unit || strcmp(p->name, folded) != 0)
			continue;
		may = !right || !p->may;
		for (size_t j = 0; j < list_count(p->may) && !may; j++)
			may = node_is(&p->may->items[j], right);
	}
	arena_release(&arena);
	return may;
}

struct unit_set measure_awaits(const struct plan *plan, const struct measure *m)
{
	struct unit_set units = { 0 };

	plan_expand(plan, m->units, &units);
	for (size_t i = 0; i < m->nsaid; i++) {
		int unit = plan_unit(plan, m->said_by[i]);

		if (unit != NO_UNIT)
			units.bits[unit / 64] &= ~(UINT64_C(1) << (unit % 64));
	}
	return units;
}

bool measure_is_done(const struct plan *plan, const struct folded *f, const struct measure *m)
{
	struct unit_set units;

	if (f->at_once)
		return true;
	if (!list_count(m->units))
		return m->said;
	units = measure_awaits(plan, m);
	for (size_t i = 0; i < MOST_UNITS / 64; i++)
		if (units.bits[i])
			return false;
	return true;
}

static bool brought_by_move(const struct folded *f, const char *done_by)
{
	if (strcmp(done_by, "closed") == 0)
		return f->state == STATE_CLOSED;
	if (strcmp(done_by, "submitted") == 0)
		return f->state == STATE_SUBMITTED || f->state == STATE_CLOSED;
	if (strcmp(done_by, "review-passed") == 0)
		return (f->state == STATE_SUBMITTED || f->state == STATE_CLOSED) && f->review &&
		       node_is(node_get(f->review->root, "review"), "passed");
	return false;
}

bool milestone_is_done(const struct plan *plan, const struct folded *f,
		       const struct milestone_state *m)
{
	if (m->said || m->waived)
		return true;
	for (size_t i = 0; m->name && i < plan->nmilestones; i++)
		if (plan->milestones[i].done_by && strcmp(plan->milestones[i].name, m->name) == 0 &&
		    brought_by_move(f, plan->milestones[i].done_by))
			return true;
	return false;
}

bool problem_is_open(const struct folded *f)
{
	return STATE_BIT(f->state) & OPEN_STATES;
}

bool problem_is_overdue(const struct folded *f, day_t day)
{
	return problem_is_open(f) && f->due != DAY_NONE && day > f->due;
}
