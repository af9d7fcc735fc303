#include "model/guard.h"

#include <string.h>

#include "base/msg.h"
#include "model/guard_question.h"

static int look_ahead(struct question *q)
{
	q->after = *q->before;
	q->after.steps =
		arena_array(q->before->arena, q->before->nsteps + 1, sizeof(*q->after.steps));
	q->after.measures =
		arena_array(q->before->arena, q->before->nmeasures, sizeof(*q->after.measures));
	q->after.milestones =
		arena_array(q->before->arena, q->before->nmilestones, sizeof(*q->after.milestones));
	if (!q->after.steps || !q->after.measures || !q->after.milestones)
		return -1;
	memcpy(q->after.steps, q->before->steps, q->before->nsteps * sizeof(*q->after.steps));
	if (q->before->nmeasures)
		memcpy(q->after.measures, q->before->measures,
		       q->before->nmeasures * sizeof(*q->after.measures));
	if (q->before->nmilestones)
		memcpy(q->after.milestones, q->before->milestones,
		       q->before->nmilestones * sizeof(*q->after.milestones));
	fold_apply(&q->after, q->event);
	q->fields = q->after.fields;
	return q->after.failed ? -1 : 0;
}

static bool ask(struct question *q, const struct guard_world *world, const struct folded *before,
		const struct event *event, const struct finding *what, struct findings *list)
{
	*q = (struct question){ .world = world,
				.plan = world->plan,
				.before = before,
				.event = event,
				.to = event_state(event),
				.unit = plan_unit(world->plan, event->unit),
				.is_problem = before->record->kind == KIND_PROBLEM,
				.what = what,
				.list = list };
	return look_ahead(q) == 0;
}

/* domain 2.2, 2.4: the supervised unit answers; what was found and asked of it is not its to change */
static void check_supervision(struct question *q)
{
	const struct node *subject = node_get(q->before->fields, "subject");

	if (guard_has(q, "reply") && !(subject && node_is(subject, q->event->unit)))
		guard_fail(q, "reply", _("the supervised unit acts, with --unit"),
			   _("unit '%s' is not the one that is supervised, so it may not reply"),
			   guard_acting(q));
	if (guard_has(q, "set") || q->to != STATES)
		guard_right(q, guard_right_named(q, "supervise"), "supervise",
			    _("change what was supervised"));
}

size_t guards_check(const struct guard_world *world, const struct folded *before,
		    const struct event *event, const struct finding *what, struct findings *list)
{
	struct question q;

	if (!ask(&q, world, before, event, what, list)) {
		list->lost = true;
		list->errors++;
		return 1;
	}
	if (!record_has_part(q.plan, before, q.unit))
		guard_fail(&q, "no-part",
			   _("its unit, lead, responsible units and the plan's owner do"),
			   _("unit '%s' has no part in this record"), guard_acting(&q));
	guard_person(&q);
	if (q.is_problem)
		guard_parts(&q);
	if (before->record->kind == KIND_SUPERVISION)
		check_supervision(&q);
	guard_move(&q);
	return q.failed;
}

/* a unit that may close the problem, for what closing would ask of it */
static const char *closer_of(const struct plan *plan, const struct folded *f)
{
	const struct node *right = close_right(plan, f);

	for (size_t i = 0; i < plan->nunits; i++)
		if (right_has(plan, right, f, (int)i))
			return plan->units[i].id;
	return plan->units[plan->owner].id;
}

size_t guards_closing(const struct guard_world *world, const struct folded *folded, moment_t at,
		      struct findings *list)
{
	const struct finding what = { .level = LEVEL_ERROR };
	struct node *root = node_new_map(folded->arena);
	struct node *to = node_new_string(folded->arena, "closed", strlen("closed"));
	struct event event = {
		.root = root, .at = at, .by = "", .unit = closer_of(world->plan, folded)
	};
	struct question q;

	if (!root || !to || node_set(folded->arena, root, "to", to) < 0 ||
	    !ask(&q, world, folded, &event, &what, list)) {
		list->lost = true;
		return 0;
	}
	guard_persons(&q);
	guard_measures(&q);
	if (!q.after.evidence)
		guard_fail(&q, "needs-evidence", NULL, "%s", _("closing needs evidence"));
	guard_follow_up(&q);
	guard_policy(&q);
	guard_indicators(&q);
	return q.failed;
}

size_t guards_entered(const struct guard_world *world, const struct folded *entered,
		      const struct event *event, const struct finding *what, struct findings *list)
{
	struct question q = { .world = world,
			      .plan = world->plan,
			      .before = entered,
			      .event = event,
			      .to = entered->state,
			      .unit = plan_unit(world->plan, event->unit),
			      .fields = entered->fields,
			      .is_problem = entered->record->kind == KIND_PROBLEM,
			      .what = what,
			      .list = list };

	if (plan_is_problem(q.plan, entered->record->id))
		return 0;
	guard_person(&q);
	if (entered->record->kind == KIND_SUPERVISION)
		guard_right(&q, guard_right_named(&q, "supervise"), "supervise", _("supervise"));
	if (q.to == STATE_LISTED)
		guard_listed(&q);
	return q.failed;
}
