/* What each move needs (domain 2.3). */
#include "model/guard_question.h"

#include <string.h>

#include "base/msg.h"

/* merged into each other: more in a row are a circle already */
#define MOST_MERGED 1000

static void check_listed_fields(struct question *q)
{
	static const char *const needed[] = { "lead", "responsible", "track", "due" };
	day_t due = field_date(q->fields, "due");
	day_t listed = day_of_moment(q->event->at, q->plan->offset);

	for (size_t i = 0; i < sizeof(needed) / sizeof(*needed); i++)
		if (!node_get(q->fields, needed[i]))
			guard_fail(q, "needs-field",
				   _("add it with --set FIELD=VALUE or the field's option"),
				   _("a problem on the list needs '%s'"), needed[i]);
	if (due != DAY_NONE && due < listed)
		guard_fail(q, "due-before-listing", NULL, "%s",
			   _("the due date lies before the day of listing"));
}

void guard_listed(struct question *q)
{
	guard_right(q, guard_right_named(q, "list"), "list", _("put a problem on the list"));
	check_listed_fields(q);
}

/* merging goes on to a problem that is not itself merged into this one, by whatever way */
static void check_master(struct question *q, const char *master)
{
	const char *own = q->before->record->id, *at = master;

	if (!master)
		return;
	if (strcmp(master, own) == 0) {
		guard_fail(q, "needs-master", NULL, "%s",
			   _("a problem cannot be merged into itself"));
		return;
	}
	for (int i = 0; q->world->master && at && i < MOST_MERGED; i++) {
		enum state state = STATES;
		const char *next = q->world->master(q->world->context, at, &state);

		if (next && strcmp(next, own) == 0) {
			guard_fail(q, "needs-master", _("name the problem that goes on"),
				   _("'%s' is itself merged into this problem"), master);
			return;
		}
		if (state == STATE_WITHDRAWN || state == STATE_DECLINED ||
		    state == STATE_TRANSFERRED)
			guard_fail(q, "needs-master", _("name the problem that goes on"),
				   _("'%s' is %s %s: nothing goes on there"), at, state_name(state),
				   state_label(state));
		at = next;
	}
}

static void check_leaves(struct question *q)
{
	guard_right(q, guard_right_named(q, "list"), "list", _("take a problem off the list"));
	guard_needs_note(q, _("say why"));
	if (q->to == STATE_TRANSFERRED && !guard_has(q, "to_unit"))
		guard_fail(q, "needs-unit", _("add --to-unit UNIT"), "%s",
			   _("a transfer needs the unit that receives the problem"));
	else if (q->to == STATE_TRANSFERRED &&
		 node_is(node_get(q->event->root, "to_unit"), q->before->record->unit))
		guard_fail(q, "needs-unit", _("name the unit that receives it"), "%s",
			   _("a problem is not transferred to the unit that has it"));
	if (q->to != STATE_MERGED)
		return;
	if (!guard_has(q, "master"))
		guard_fail(q, "needs-master", _("add --master PROBLEM"), "%s",
			   _("merging needs the problem that goes on"));
	else
		check_master(q, node_string(q->event->root, "master"));
}

static void check_milestones(struct question *q)
{
	const struct node *list = node_get(q->fields, "milestones");
	day_t due = field_date(q->fields, "due");

	if (!list_count(list))
		guard_fail(q, "needs-milestone", _("add --set milestones=DATE=NAME"), "%s",
			   _("a problem with a time limit needs at least one milestone"));
	for (size_t i = 0; i < list_count(list); i++)
		if (due != DAY_NONE && field_date(&list->items[i], "date") > due)
			guard_fail(q, "milestone-after-due", NULL,
				   _("milestone '%s' lies after the due date"),
				   node_string(&list->items[i], "id"));
}

static void check_rectifying(struct question *q)
{
	guard_party(q, _("start rectifying"));
	if (q->before->state == STATE_LISTED) {
		if (!list_count(node_get(q->fields, "measures")))
			guard_fail(q, "needs-measure", _("add --set measures=TEXT"), "%s",
				   _("rectifying needs at least one measure"));
		if (node_is(node_get(q->fields, "track"), "scheduled"))
			check_milestones(q);
	}
	if (q->before->state == STATE_REOPENED && !q->after.due_since_reopening)
		guard_fail(q, "needs-due",
			   _("a unit that may close sets it with --due DATE --note TEXT"), "%s",
			   _("a reopened problem needs a new due date"));
}

static void check_submitted(struct question *q)
{
	guard_party(q, _("apply for closing"));
	if (q->before->state == STATE_LISTED) {
		if (!node_is(node_get(q->fields, "track"), "immediate"))
			guard_fail(
				q, "immediate-only", _("first --to rectifying"), "%s",
				_("only a problem that is set right at once goes from the list to "
				  "review"));
		if (!q->after.evidence)
			guard_fail(q, "needs-evidence", _("add --evidence FILE --type TYPE"), "%s",
				   _("applying for closing needs evidence"));
	} else {
		guard_needs_note(q, _("applying for closing needs the result of the self-check"));
		guard_measures(q);
	}
	guard_indicators(q);
}

static void check_returned(struct question *q)
{
	if (!right_has(q->plan, close_right(q->plan, q->before), q->before, q->unit))
		guard_right(q, guard_right_named(q, "review"), "review", _("send a problem back"));
	guard_needs_note(q, _("say why it goes back"));
}

static void check_reopened(struct question *q)
{
	guard_right(q, guard_right_named(q, "reopen"), "reopen", _("reopen a problem"));
	guard_needs_note(q, _("say why it is reopened"));
	if (!guard_has(q, "evidence"))
		guard_fail(q, "needs-evidence", _("add --evidence FILE --type TYPE"), "%s",
			   _("reopening needs evidence that the problem is back"));
}

static void check_withdrawn(struct question *q)
{
	guard_needs_note(q, _("say why the record is withdrawn"));
	if (!q->is_problem)
		return;
	if (plan_is_problem(q->plan, q->before->record->id))
		guard_fail(q, "plan-problem", NULL, "%s",
			   _("a problem of the plan cannot be withdrawn"));
	else if (q->before->state != STATE_REGISTERED)
		guard_right(q, close_right(q->plan, q->before), "close",
			    _("withdraw a problem that was listed"));
}

void guard_move(struct question *q)
{
	static void (*const moves[STATES])(struct question * q) = {
		[STATE_LISTED] = guard_listed,       [STATE_RECTIFYING] = check_rectifying,
		[STATE_SUBMITTED] = check_submitted, [STATE_RETURNED] = check_returned,
		[STATE_CLOSED] = guard_closed,       [STATE_REOPENED] = check_reopened,
		[STATE_TRANSFERRED] = check_leaves,  [STATE_MERGED] = check_leaves,
		[STATE_DECLINED] = check_leaves,     [STATE_WITHDRAWN] = check_withdrawn,
	};

	if (q->to != STATES && moves[q->to])
		moves[q->to](q);
}
