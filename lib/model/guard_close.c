/* What closing needs, and what applying for it needs of that (domain 2.3 to 2.5). */
#include "model/guard_question.h"

#include "base/msg.h"
#include "base/str.h"

/* who has said so already is not asked again */
static void fail_open(struct question *q, const struct measure *m)
{
	struct unit_set units = measure_awaits(q->plan, m);
	struct str names = { 0 };

	if (!list_count(m->units)) {
		guard_fail(q, "measure-open", _("add --done, or --waive with --note TEXT"),
			   _("measure '%s' is not done"), m->id);
		return;
	}
	for (int u = 0; u < (int)q->plan->nunits; u++)
		if (set_has(&units, u))
			str_addf(&names, "%s%s %s", names.len ? ", " : "", q->plan->units[u].id,
				 q->plan->units[u].name);
	guard_fail(q, "measure-open",
		   _("each of its units adds --done; or --waive with --note TEXT"),
		   _("measure '%s' is not done; yet to say so: %s"), m->id, str_text(&names));
	str_release(&names);
}

void guard_measures(struct question *q)
{
	const struct folded *f = &q->after;

	for (size_t i = 0; i < f->nmeasures; i++) {
		const struct measure *m = &f->measures[i];

		if (m->waived)
			continue;
		if (!measure_is_done(q->plan, f, m))
			fail_open(q, m);
		else if (!m->evidence && !f->at_once)
			guard_fail(q, "measure-evidence",
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
		guard_fail(q, "target", hint, _("the target of indicator '%s' is not met"),
			   indicator->id);
	else if (has_target && q->to != STATE_CLOSED)
		return; /* to apply, that says enough */
	else if (!value.known || value.date < day_of_moment(q->before->listed_at, offset))
		guard_fail(q, "observation", hint,
			   _("indicator '%s' has no figure since the problem was listed"),
			   indicator->id);
}

/* a note says why not; who closes says it anew, since every application has a note of its own */
void guard_indicators(struct question *q)
{
	const struct node *linked = node_get(q->fields, "indicators");
	const struct figures *figures = NULL;

	if (!guard_has(q, "note") && list_count(linked) && q->world->figures)
		figures = q->world->figures(q->world->context);
	for (size_t i = 0; figures && i < list_count(linked); i++) {
		const struct indicator *indicator =
			plan_indicator(q->plan, node_text(&linked->items[i]));

		if (indicator)
			check_indicator(q, figures, indicator);
	}
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

bool guards_second(const struct plan *plan, const struct folded *f, int unit)
{
	const struct node *words = node_get(plan->rights, "second");
	struct unit_set parties = problem_parties(plan, f);

	for (size_t i = 0; i < list_count(words); i++) {
		if (node_is(&words->items[i], "plan") && plan_is_problem(plan, f->record->id))
			return true;
		if (node_is(&words->items[i], "acting-part") && set_has(&parties, unit))
			return true;
	}
	return false;
}

void guard_persons(struct question *q)
{
	const struct event *review = q->before->review;

	if (is_submitter(q, q->event->by))
		guard_fail(q, "separation", _("another person closes it"),
			   _("'%s' applied for closing and cannot close it"), q->event->by);
	if (last_review_failed(q->before)) {
		guard_fail(q, "review-failed",
			   _("return it with --to returned --note TEXT, or review it again"), "%s",
			   _("the last review failed"));
		return;
	}
	if (!guards_second(q->plan, q->before, q->unit))
		return;
	if (!review)
		guard_fail(q, "second-person", _("another person reviews it: --review passed"),
			   "%s", _("closing needs a review by a second person first"));
	else if (same_person(review->by, q->event->by) || is_submitter(q, review->by))
		guard_fail(q, "second-person",
			   _("a third person closes it, or another one reviews it"),
			   _("the review is by '%s', who also submits or closes"), review->by);
}

static bool has_since_reopening(const struct question *q, const char *key)
{
	const struct folded *f = q->before;

	if (guard_has(q, key))
		return true;
	for (size_t i = f->reopened_step; i < f->nsteps; i++)
		if (f->steps[i].skip == SKIP_NONE && node_get(f->steps[i].event->root, key))
			return true;
	return false;
}

void guard_follow_up(struct question *q)
{
	static const char *const asks[] = { "visit", "review", "hotline" };
	const struct node *origin = node_get(q->fields, "origin");

	for (size_t i = 0; i < sizeof(asks) / sizeof(*asks); i++)
		if (node_is(origin, asks[i]) && !has_since_reopening(q, "follow_up"))
			guard_fail(
				q, "follow-up", _("add --follow-up METHOD,DATE,RESULT"), "%s",
				_("who raised the problem must have been asked about the result"));
}

void guard_policy(struct question *q)
{
	if (node_boolean(q->fields, "needs_policy", false) && !q->after.failed &&
	    !has_since_reopening(q, "policy") && !guard_has(q, "note"))
		guard_fail(q, "policy",
			   _("add --policy TITLE,DOC_NO,DATE, or --note TEXT to say why not"), "%s",
			   _("the problem needs a rule or system to be made"));
}

static void check_file(struct question *q, const struct node *item)
{
	const char *file = node_string(item, "file");

	switch (q->world->evidence(q->world->context, item)) {
	case EVIDENCE_GOOD:
		break;
	case EVIDENCE_MISSING:
		guard_fail(q, "evidence-missing", _("put it back as it was added: git has kept it"),
			   _("the evidence '%s' is missing"), file);
		break;
	case EVIDENCE_CHANGED:
		guard_fail(q, "evidence-changed", _("put it back as it was added: git has kept it"),
			   _("the evidence '%s' is not what was added"), file);
		break;
	case EVIDENCE_NOT_HERE:
		guard_fail(q, "evidence-not-here", _("check out the unit's folder"),
			   _("the evidence '%s' is not here"), file);
		break;
	}
}

static bool same_text(const struct node *a, const struct node *b, const char *key)
{
	const char *text = node_string(a, key);

	return text ? node_is(node_get(b, key), text) : !node_string(b, key);
}

/* whether an earlier event says the same of the same file: a fault of it is told once */
static bool is_told(const struct folded *f, size_t step, const struct node *item)
{
	for (size_t i = 0; i < step; i++) {
		const struct node *list = node_get(f->steps[i].event->root, "evidence");

		for (size_t j = 0; j < list_count(list) && f->steps[i].skip == SKIP_NONE; j++)
			if (same_text(item, &list->items[j], "file") &&
			    same_text(item, &list->items[j], "sha256") &&
			    node_integer(item, "bytes", 0) ==
				    node_integer(&list->items[j], "bytes", 0))
				return true;
	}
	return false;
}

static void check_files(struct question *q)
{
	const struct folded *f = q->before;

	for (size_t i = 0; q->world->evidence && i < f->nsteps; i++) {
		const struct node *list = node_get(f->steps[i].event->root, "evidence");

		for (size_t j = 0; j < list_count(list) && f->steps[i].skip == SKIP_NONE; j++)
			if (!is_told(f, i, &list->items[j]))
				check_file(q, &list->items[j]);
	}
}

void guard_closed(struct question *q)
{
	guard_right(q, close_right(q->plan, q->before), "close", _("close this problem"));
	guard_persons(q);
	guard_measures(q);
	if (!q->after.evidence)
		guard_fail(q, "needs-evidence", _("evidence-add RECORD FILE --type TYPE"), "%s",
			   _("closing needs evidence"));
	check_files(q);
	guard_follow_up(q);
	guard_policy(q);
	guard_indicators(q);
}
