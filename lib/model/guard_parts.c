/* What the parts of an event need that come with any move or with none (contract 2). */
#include "model/guard_question.h"

#include <string.h>

#include "base/msg.h"

static void check_due(struct question *q)
{
	day_t day = day_of_moment(q->event->at, q->plan->offset);
	day_t due = field_date(q->event->root, "due"), old = q->before->due;

	if (!guard_has(q, "due"))
		return;
	if (due != DAY_NONE && due < day)
		guard_fail(q, "due-past", NULL, "%s",
			   _("the new due date lies before the day of the event"));
	if (q->before->due_original == DAY_NONE)
		return; /* the first due date is no extension */
	guard_right(q, close_right(q->plan, q->before), "close", _("change a due date"));
	guard_needs_note(q, _("say why the due date is changed"));
	if (old != DAY_NONE && day > old && q->to != STATE_REOPENED && q->to != STATE_RETURNED &&
	    q->before->state != STATE_REOPENED)
		guard_fail(q, "due-passed", NULL, "%s",
			   _("the due date is over: it can be extended only before"));
}

static bool known_step(const struct question *q, const char *id)
{
	for (size_t i = 0; i < q->after.nmeasures; i++)
		if (strcmp(q->after.measures[i].id, id) == 0)
			return true;
	for (size_t i = 0; i < q->after.nmilestones; i++)
		if (strcmp(q->after.milestones[i].id, id) == 0)
			return true;
	return false;
}

static void check_known_steps(struct question *q, const struct node *ids)
{
	for (size_t i = 0; i < list_count(ids); i++)
		if (ids->items[i].type == NODE_STRING && !known_step(q, ids->items[i].text))
			guard_fail(q, "unknown-step", _("rectify-status RECORD lists them"),
				   _("the problem has no measure or milestone '%s'"),
				   ids->items[i].text);
}

/* done, taken back and waived shut each other out */
static void check_told_once(struct question *q, const struct node *one, const struct node *other)
{
	for (size_t i = 0; i < list_count(one); i++)
		for (size_t j = 0; j < list_count(other); j++)
			if (node_equal(&one->items[i], &other->items[j]))
				guard_fail(q, "step-twice", _("one of done, undone and waived"),
					   _("'%s' cannot be told in two ways at once"),
					   node_text(&one->items[i]));
}

static void check_steps(struct question *q)
{
	static const char *const keys[] = { "done", "undone", "waived" };
	const struct node *evidence = node_get(q->event->root, "evidence");
	bool any = false;

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		check_known_steps(q, node_get(q->event->root, keys[i]));
		any = any || guard_has(q, keys[i]);
	}
	for (size_t i = 0; i < list_count(evidence); i++)
		check_known_steps(q, node_get(&evidence->items[i], "for"));
	for (size_t i = 1; i < sizeof(keys) / sizeof(*keys); i++)
		for (size_t j = 0; j < i; j++)
			check_told_once(q, node_get(q->event->root, keys[i]),
					node_get(q->event->root, keys[j]));
	if (any)
		guard_party(q, _("say what is done"));
	if (guard_has(q, "waived"))
		guard_needs_note(q, _("say why a measure is waived"));
}

/* a measure that was said done, and those that the plan gave its problem */
static bool must_stay(const struct question *q, const struct measure *m)
{
	const struct node *own = node_get(q->before->record->root, "measures");
	bool stays = false;

	if (plan_is_problem(q->plan, q->before->record->id))
		for (size_t i = 0; i < list_count(own); i++)
			stays = stays || node_is(node_get(&own->items[i], "id"), m->id);
	return m->said || stays;
}

static void check_kept_measures(struct question *q, const struct node *measures)
{
	const struct node *old = node_get(q->before->fields, "measures");

	for (size_t i = 0; i < q->before->nmeasures; i++) {
		const struct measure *m = &q->before->measures[i];
		bool kept = false;

		if (!must_stay(q, m))
			continue;
		for (size_t j = 0; j < list_count(measures); j++)
			for (size_t k = 0; k < list_count(old); k++)
				if (node_is(node_get(&old->items[k], "id"), m->id) &&
				    node_equal(&old->items[k], &measures->items[j]))
					kept = true;
		if (!kept)
			guard_fail(q, "measure-kept",
				   _("give it again, unchanged, before the new ones"),
				   _("measure '%s' must stay as it is"), m->id);
	}
}

static void check_set(struct question *q)
{
	const struct node *set = node_get(q->event->root, "set");
	bool guarded = false;

	for (uint32_t i = 0; set && set->type == NODE_MAP && i < set->count; i++)
		guarded = guarded || field_is_guarded(set->members[i].name);
	if (!guarded || q->before->listed_at == MOMENT_NONE)
		return;
	guard_right(q, guard_right_named(q, "list"), "list",
		    _("change these fields of a listed problem"));
	guard_needs_note(q, _("say why the fields are changed"));
	if (node_get(set, "measures"))
		check_kept_measures(q, node_get(set, "measures"));
}

/* what an event tells of has happened by then */
static void check_past(struct question *q, const char *key, const char *date)
{
	day_t day = field_date(node_get(q->event->root, key), date);

	if (day != DAY_NONE && day > day_of_moment(q->event->at, q->plan->offset))
		guard_fail(q, "future", NULL, _("the date of '%s' lies after the event"), key);
}

void guard_parts(struct question *q)
{
	const struct node *follow_up = node_get(q->event->root, "follow_up");

	check_past(q, "follow_up", "date");
	check_past(q, "policy", "issued");
	check_due(q);
	check_steps(q);
	check_set(q);
	if (guard_has(q, "review"))
		guard_right(q, guard_right_named(q, "review"), "review", _("review a problem"));
	if (node_is(node_get(follow_up, "result"), "dissatisfied"))
		guard_needs_note(q, _("say what they are dissatisfied with"));
}
