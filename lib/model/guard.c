#include "model/guard.h"

#include <string.h>

#include "base/msg.h"

/* merged into each other: more in a row are a circle already */
#define MOST_MERGED 1000

/* one question: an event on a record as it was before */
struct question {
	const struct guard_world *world;
	const struct plan *plan;
	const struct folded *before;
	const struct event *event;
	enum state to;
	int unit;                  /* acting */
	const struct node *fields; /* with the event's own `set` and `due` */
	struct folded after;       /* the event applied, for what it brings itself */
	bool is_problem;
	const struct finding *what;
	struct findings *list;
	size_t failed;
};

static void fail(struct question *q, const char *guard, const char *hint, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

static void fail(struct question *q, const char *guard, const char *hint, const char *format, ...)
{
	struct finding what = *q->what, *f;
	char *message;
	va_list args;

	va_start(args, format);
	message = arena_vprintf(&q->list->arena, format, args);
	va_end(args);
	if (what.code && what.level == LEVEL_WARNING) {
		f = findings_add(q->list, &what, _("%s (guard %s)"), message ? message : "", guard);
	} else {
		what.code = guard;
		f = findings_add(q->list, &what, "%s", message ? message : "");
	}
	if (hint)
		finding_hint(q->list, f, "%s", hint);
	q->failed++;
}

static bool has(const struct question *q, const char *key)
{
	return node_get(q->event->root, key) != NULL;
}

/* the acting unit, as it is called and as people know it */
static const char *acting(const struct question *q)
{
	const char *id = q->event->unit;
	const char *text = q->unit == NO_UNIT ? NULL
					      : arena_printf(&q->list->arena, "%s %s", id,
							     q->plan->units[q->unit].name);

	return text ? text : id;
}

static void need_note(struct question *q, const char *why)
{
	if (!has(q, "note"))
		fail(q, "needs-note", _("add --note TEXT"), "%s", why);
}

/* the words of a right, as units a reader knows */
static const char *who_may(struct question *q, const struct node *right)
{
	struct str out = { 0 };
	const char *text;

	for (int u = 0; u < (int)q->plan->nunits; u++)
		if (right_has(q->plan, right, q->before, u))
			str_addf(&out, "%s%s %s", out.len ? ", " : "", q->plan->units[u].id,
				 q->plan->units[u].name);
	text = arena_strdup(&q->list->arena, out.len ? str_text(&out) : "-");
	str_release(&out);
	return text ? text : "-";
}

/* who is no person of the unit at all is told by check_person */
static bool is_known_person(const struct question *q)
{
	return person_may(q->plan, q->event->by, q->unit, NULL);
}

static void check_right(struct question *q, const struct node *right, const char *name,
			const char *what)
{
	if (!right_has(q->plan, right, q->before, q->unit)) {
		struct str hint = { 0 };

		str_addf(&hint, _("may: %s"), who_may(q, right));
		fail(q, "right", str_text(&hint), _("unit '%s' may not %s"), acting(q), what);
		str_release(&hint);
	} else if (is_known_person(q) && !person_may(q->plan, q->event->by, q->unit, name)) {
		fail(q, "person", _("the plan's list of people says who may do what"),
		     _("'%s' of unit '%s' may not %s"), q->event->by, acting(q), what);
	}
}

static const struct node *right_named(const struct question *q, const char *name)
{
	return node_get(q->plan->rights, name);
}

static void check_party(struct question *q, const char *what)
{
	struct unit_set parties = problem_parties(q->plan, q->before);

	if (!set_has(&parties, q->unit))
		fail(q, "responsible-unit", _("its lead or a responsible unit does this"),
		     _("unit '%s' is neither lead nor responsible, so it may not %s"), acting(q),
		     what);
}

static void check_listed_fields(struct question *q)
{
	static const char *const needed[] = { "lead", "responsible", "track", "due" };
	day_t due = field_date(q->fields, "due");
	day_t listed = day_of_moment(q->event->at, q->plan->offset);

	for (size_t i = 0; i < sizeof(needed) / sizeof(*needed); i++)
		if (!node_get(q->fields, needed[i]))
			fail(q, "needs-field",
			     _("add it with --set FIELD=VALUE or the field's option"),
			     _("a problem on the list needs '%s'"), needed[i]);
	if (due != DAY_NONE && due < listed)
		fail(q, "due-before-listing", NULL, "%s",
		     _("the due date lies before the day of listing"));
}

static void check_listed(struct question *q)
{
	check_right(q, right_named(q, "list"), "list", _("put a problem on the list"));
	check_listed_fields(q);
}

/* merging goes on to a problem that is not itself merged into this one, by whatever way */
static void check_master(struct question *q, const char *master)
{
	const char *own = q->before->record->id, *at = master;

	if (!master)
		return;
	if (strcmp(master, own) == 0) {
		fail(q, "needs-master", NULL, "%s", _("a problem cannot be merged into itself"));
		return;
	}
	for (int i = 0; q->world->master && at && i < MOST_MERGED; i++) {
		enum state state = STATES;
		const char *next = q->world->master(q->world->context, at, &state);

		if (next && strcmp(next, own) == 0) {
			fail(q, "needs-master", _("name the problem that goes on"),
			     _("'%s' is itself merged into this problem"), master);
			return;
		}
		if (state == STATE_WITHDRAWN || state == STATE_DECLINED)
			fail(q, "needs-master", _("name the problem that goes on"),
			     _("'%s' is %s %s: nothing goes on there"), at, state_name(state),
			     state_label(state));
		at = next;
	}
}

static void check_leaves(struct question *q)
{
	check_right(q, right_named(q, "list"), "list", _("take a problem off the list"));
	need_note(q, _("say why"));
	if (q->to == STATE_TRANSFERRED && !has(q, "to_unit"))
		fail(q, "needs-unit", _("add --to-unit UNIT"), "%s",
		     _("a transfer needs the unit that receives the problem"));
	if (q->to != STATE_MERGED)
		return;
	if (!has(q, "master"))
		fail(q, "needs-master", _("add --master PROBLEM"), "%s",
		     _("merging needs the problem that goes on"));
	else
		check_master(q, node_string(q->event->root, "master"));
}

static void check_milestones(struct question *q)
{
	const struct node *list = node_get(q->fields, "milestones");
	day_t due = field_date(q->fields, "due");

	if (!list_count(list))
		fail(q, "needs-milestone", _("add --set milestones=DATE=NAME"), "%s",
		     _("a problem with a time limit needs at least one milestone"));
	for (size_t i = 0; i < list_count(list); i++)
		if (due != DAY_NONE && field_date(&list->items[i], "date") > due)
			fail(q, "milestone-after-due", NULL,
			     _("milestone '%s' lies after the due date"),
			     node_string(&list->items[i], "id"));
}

static void check_rectifying(struct question *q)
{
	check_party(q, _("start rectifying"));
	if (q->before->state == STATE_LISTED) {
		if (!list_count(node_get(q->fields, "measures")))
			fail(q, "needs-measure", _("add --set measures=TEXT"), "%s",
			     _("rectifying needs at least one measure"));
		if (node_is(node_get(q->fields, "track"), "scheduled"))
			check_milestones(q);
	}
	if (q->before->state == STATE_REOPENED && !q->after.due_since_reopening)
		fail(q, "needs-due", _("a unit that may close sets it with --due DATE --note TEXT"),
		     "%s", _("a reopened problem needs a new due date"));
}

static void check_measures(struct question *q)
{
	const struct folded *f = &q->after;

	for (size_t i = 0; i < f->nmeasures; i++) {
		const struct measure *m = &f->measures[i];

		if (m->waived)
			continue;
		if (!measure_is_done(q->plan, f, m))
			fail(q, "measure-open", _("add --done, or --waive with --note TEXT"),
			     _("measure '%s' is not done"), m->id);
		else if (!m->evidence && !f->at_once)
			fail(q, "measure-evidence",
			     _("add --evidence FILE --type TYPE together with --done, or "
			       "afterwards"),
			     _("measure '%s' has no evidence"), m->id);
	}
}

/* its target is met (domain 2.3), and it has a figure since listing (2.5) */
static void check_indicator(struct question *q, const struct figures *figures,
			    const struct indicator *indicator)
{
	const char *hint = _("report the figure with indicator-add, or say why in --note TEXT");
	bool has_target = indicator->target_op != TARGET_NONE;
	int offset = q->plan->offset;
	struct city_value value;

	indicator_city(figures, indicator, day_of_moment(q->event->at, offset), &value);
	if (has_target && value.met != MET_YES)
		fail(q, "target", hint, _("the target of indicator '%s' is not met"),
		     indicator->id);
	else if (has_target && q->to != STATE_CLOSED)
		return; /* to apply, that says enough */
	else if (!value.known || value.date < day_of_moment(q->before->listed_at, offset))
		fail(q, "observation", hint,
		     _("indicator '%s' has no figure since the problem was listed"), indicator->id);
}

/* a note says why not; who closes says it anew, since every application has a note of its own */
static void check_indicators(struct question *q)
{
	const struct node *linked = node_get(q->fields, "indicators");
	const struct figures *figures = NULL;

	if (!has(q, "note") && list_count(linked) && q->world->figures)
		figures = q->world->figures(q->world->context);
	for (size_t i = 0; figures && i < list_count(linked); i++) {
		const struct indicator *indicator =
			plan_indicator(q->plan, node_text(&linked->items[i]));

		if (indicator)
			check_indicator(q, figures, indicator);
	}
}

static void check_submitted(struct question *q)
{
	check_party(q, _("apply for closing"));
	if (q->before->state == STATE_LISTED) {
		if (!node_is(node_get(q->fields, "track"), "immediate"))
			fail(q, "immediate-only", _("first --to rectifying"), "%s",
			     _("only a problem that is set right at once goes from the list to "
			       "review"));
		if (!q->after.evidence)
			fail(q, "needs-evidence", _("add --evidence FILE --type TYPE"), "%s",
			     _("applying for closing needs evidence"));
	} else {
		need_note(q, _("applying for closing needs the result of the self-check"));
		check_measures(q);
	}
	check_indicators(q);
}

static void check_returned(struct question *q)
{
	if (!right_has(q->plan, close_right(q->plan, q->before), q->before, q->unit))
		check_right(q, right_named(q, "review"), "review", _("send a problem back"));
	need_note(q, _("say why it goes back"));
}

/* only what happened since the last reopening counts at closing */
static bool is_submitter(const struct question *q, const char *name)
{
	const struct folded *f = q->before;

	for (size_t i = f->reopened_step; i < f->nsteps; i++) {
		const struct step *step = &f->steps[i];

		if (step->skip == SKIP_NONE && step->after == STATE_SUBMITTED &&
		    step->before != STATE_SUBMITTED && same_person(step->event->by, name))
			return true;
	}
	return false;
}

/* contract 2: `failed` bars closing until a later `passed`, also after a new application */
static bool last_review_failed(const struct folded *f)
{
	bool failed = false;

	for (size_t i = f->reopened_step; i < f->nsteps; i++) {
		const struct node *review = node_get(f->steps[i].event->root, "review");

		if (review && f->steps[i].skip == SKIP_NONE)
			failed = !node_is(review, "passed");
	}
	return failed;
}

static bool second_is_needed(const struct question *q)
{
	const struct node *words = right_named(q, "second");
	struct unit_set parties = problem_parties(q->plan, q->before);

	for (size_t i = 0; i < list_count(words); i++) {
		if (node_is(&words->items[i], "plan") &&
		    plan_is_problem(q->plan, q->before->record->id))
			return true;
		if (node_is(&words->items[i], "acting-part") && set_has(&parties, q->unit))
			return true;
	}
	return false;
}

static void check_persons(struct question *q)
{
	const struct event *review = q->before->review;

	if (is_submitter(q, q->event->by))
		fail(q, "separation", _("another person closes it"),
		     _("'%s' applied for closing and cannot close it"), q->event->by);
	if (last_review_failed(q->before)) {
		fail(q, "review-failed",
		     _("return it with --to returned --note TEXT, or review it again"), "%s",
		     _("the last review failed"));
		return;
	}
	if (!second_is_needed(q))
		return;
	if (!review)
		fail(q, "second-person", _("another person reviews it: --review passed"), "%s",
		     _("closing needs a review by a second person first"));
	else if (same_person(review->by, q->event->by) || is_submitter(q, review->by))
		fail(q, "second-person", _("a third person closes it, or another one reviews it"),
		     _("the review is by '%s', who also submits or closes"), review->by);
}

static bool has_since_reopening(const struct question *q, const char *key)
{
	const struct folded *f = q->before;

	if (has(q, key))
		return true;
	for (size_t i = f->reopened_step; i < f->nsteps; i++)
		if (f->steps[i].skip == SKIP_NONE && node_get(f->steps[i].event->root, key))
			return true;
	return false;
}

static void check_follow_up(struct question *q)
{
	static const char *const asks[] = { "visit", "review", "hotline" };
	const struct node *origin = node_get(q->fields, "origin");

	for (size_t i = 0; i < sizeof(asks) / sizeof(*asks); i++)
		if (node_is(origin, asks[i]) && !has_since_reopening(q, "follow_up"))
			fail(q, "follow-up", _("add --follow-up METHOD,DATE,RESULT"), "%s",
			     _("who raised the problem must have been asked about the result"));
}

static void check_policy(struct question *q)
{
	if (node_boolean(q->fields, "needs_policy", false) && !q->after.failed &&
	    !has_since_reopening(q, "policy") && !has(q, "note"))
		fail(q, "policy",
		     _("add --policy TITLE,DOC_NO,DATE, or --note TEXT to say why not"), "%s",
		     _("the problem needs a rule or system to be made"));
}

static void check_files_of(struct question *q, const struct event *event)
{
	const struct node *list = node_get(event->root, "evidence");

	for (size_t i = 0; i < list_count(list); i++) {
		const char *file = node_string(&list->items[i], "file");

		switch (q->world->evidence(q->world->context, &list->items[i])) {
		case EVIDENCE_GOOD:
			break;
		case EVIDENCE_MISSING:
			fail(q, "evidence-missing", NULL, _("the evidence '%s' is missing"), file);
			break;
		case EVIDENCE_CHANGED:
			fail(q, "evidence-changed", NULL,
			     _("the evidence '%s' is not what was added"), file);
			break;
		case EVIDENCE_NOT_HERE:
			fail(q, "evidence-not-here", _("check out the unit's folder"),
			     _("the evidence '%s' is not here"), file);
			break;
		}
	}
}

static void check_files(struct question *q)
{
	const struct folded *f = q->before;

	for (size_t i = 0; q->world->evidence && i < f->nsteps; i++)
		if (f->steps[i].skip == SKIP_NONE)
			check_files_of(q, f->steps[i].event);
}

static void check_closed(struct question *q)
{
	check_right(q, close_right(q->plan, q->before), "close", _("close this problem"));
	check_persons(q);
	check_measures(q);
	if (!q->after.evidence)
		fail(q, "needs-evidence", _("evidence-add RECORD FILE --type TYPE"), "%s",
		     _("closing needs evidence"));
	check_files(q);
	check_follow_up(q);
	check_policy(q);
	check_indicators(q);
}

static void check_reopened(struct question *q)
{
	check_right(q, right_named(q, "reopen"), "reopen", _("reopen a problem"));
	need_note(q, _("say why it is reopened"));
	if (!has(q, "evidence"))
		fail(q, "needs-evidence", _("add --evidence FILE --type TYPE"), "%s",
		     _("reopening needs evidence that the problem is back"));
}

static void check_withdrawn(struct question *q)
{
	need_note(q, _("say why the record is withdrawn"));
	if (!q->is_problem)
		return;
	if (plan_is_problem(q->plan, q->before->record->id))
		fail(q, "plan-problem", NULL, "%s", _("a problem of the plan cannot be withdrawn"));
	else if (q->before->state != STATE_REGISTERED)
		check_right(q, close_right(q->plan, q->before), "close",
			    _("withdraw a problem that was listed"));
}

static void check_due(struct question *q)
{
	day_t day = day_of_moment(q->event->at, q->plan->offset);
	day_t due = field_date(q->event->root, "due"), old = q->before->due;

	if (!has(q, "due"))
		return;
	if (due != DAY_NONE && due < day)
		fail(q, "due-past", NULL, "%s",
		     _("the new due date lies before the day of the event"));
	if (q->before->due_original == DAY_NONE)
		return; /* the first due date is no extension */
	check_right(q, close_right(q->plan, q->before), "close", _("change a due date"));
	need_note(q, _("say why the due date is changed"));
	if (old != DAY_NONE && day > old && q->to != STATE_REOPENED && q->to != STATE_RETURNED &&
	    q->before->state != STATE_REOPENED)
		fail(q, "due-passed", NULL, "%s",
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
			fail(q, "unknown-step", _("rectify-status RECORD lists them"),
			     _("the problem has no measure or milestone '%s'"), ids->items[i].text);
}

/* done, taken back and waived shut each other out */
static void check_told_once(struct question *q, const struct node *one, const struct node *other)
{
	for (size_t i = 0; i < list_count(one); i++)
		for (size_t j = 0; j < list_count(other); j++)
			if (node_equal(&one->items[i], &other->items[j]))
				fail(q, "step-twice", _("one of done, undone and waived"),
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
		any = any || has(q, keys[i]);
	}
	for (size_t i = 0; i < list_count(evidence); i++)
		check_known_steps(q, node_get(&evidence->items[i], "for"));
	for (size_t i = 1; i < sizeof(keys) / sizeof(*keys); i++)
		for (size_t j = 0; j < i; j++)
			check_told_once(q, node_get(q->event->root, keys[i]),
					node_get(q->event->root, keys[j]));
	if (any)
		check_party(q, _("say what is done"));
	if (has(q, "waived"))
		need_note(q, _("say why a measure is waived"));
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
			fail(q, "measure-kept", _("give it again, unchanged, before the new ones"),
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
	check_right(q, right_named(q, "list"), "list",
		    _("change these fields of a listed problem"));
	need_note(q, _("say why the fields are changed"));
	if (node_get(set, "measures"))
		check_kept_measures(q, node_get(set, "measures"));
}

/* what an event tells of has happened by then */
static void check_past(struct question *q, const char *key, const char *date)
{
	day_t day = field_date(node_get(q->event->root, key), date);

	if (day != DAY_NONE && day > day_of_moment(q->event->at, q->plan->offset))
		fail(q, "future", NULL, _("the date of '%s' lies after the event"), key);
}

static void check_parts(struct question *q)
{
	const struct node *follow_up = node_get(q->event->root, "follow_up");

	check_past(q, "follow_up", "date");
	check_past(q, "policy", "issued");
	check_due(q);
	check_steps(q);
	check_set(q);
	if (has(q, "review"))
		check_right(q, right_named(q, "review"), "review", _("review a problem"));
	if (node_is(node_get(follow_up, "result"), "dissatisfied"))
		need_note(q, _("say what they are dissatisfied with"));
}

static void check_move(struct question *q)
{
	static void (*const moves[STATES])(struct question * q) = {
		[STATE_LISTED] = check_listed,       [STATE_RECTIFYING] = check_rectifying,
		[STATE_SUBMITTED] = check_submitted, [STATE_RETURNED] = check_returned,
		[STATE_CLOSED] = check_closed,       [STATE_REOPENED] = check_reopened,
		[STATE_TRANSFERRED] = check_leaves,  [STATE_MERGED] = check_leaves,
		[STATE_DECLINED] = check_leaves,     [STATE_WITHDRAWN] = check_withdrawn,
	};

	if (q->to != STATES && moves[q->to])
		moves[q->to](q);
}

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

	if (has(q, "reply") && !(subject && node_is(subject, q->event->unit)))
		fail(q, "reply", _("the supervised unit acts, with --unit"),
		     _("unit '%s' is not the one that is supervised, so it may not reply"),
		     acting(q));
	if (has(q, "set") || q->to != STATES)
		check_right(q, right_named(q, "supervise"), "supervise",
			    _("change what was supervised"));
}

static void check_person(struct question *q)
{
	if (!is_known_person(q))
		fail(q, "person", _("the plan's list of people says who may do what"),
		     _("'%s' is not a person of unit '%s'"), q->event->by, acting(q));
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
		fail(&q, "no-part", _("its unit, lead, responsible units and the plan's owner do"),
		     _("unit '%s' has no part in this record"), acting(&q));
	check_person(&q);
	if (q.is_problem)
		check_parts(&q);
	if (before->record->kind == KIND_SUPERVISION)
		check_supervision(&q);
	check_move(&q);
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
	check_persons(&q);
	check_measures(&q);
	if (!q.after.evidence)
		fail(&q, "needs-evidence", NULL, "%s", _("closing needs evidence"));
	check_follow_up(&q);
	check_policy(&q);
	check_indicators(&q);
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
	check_person(&q);
	if (entered->record->kind == KIND_SUPERVISION)
		check_right(&q, right_named(&q, "supervise"), "supervise", _("supervise"));
	if (q.to == STATE_LISTED)
		check_listed(&q);
	return q.failed;
}
