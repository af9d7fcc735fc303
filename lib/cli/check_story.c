/* What the events of a record make of it, one after the other, as the folds of all clones see them.
 */
#include <string.h>

#include "base/msg.h"
#include "cli/check_one.h"
#include "cli/read.h"
#include "model/guard.h"
#include "model/rules.h"

static void tell_skip(struct check *k, const struct step *step)
{
	const struct event *event = step->event;
	const char *to = node_string(event->root, "to");
	struct finding *f;

	if (step->before == STATE_WITHDRAWN)
		f = check_say(k, LEVEL_WARNING, "move-not-allowed", event->name,
			      to ? node_get(event->root, "to") : event->root,
			      _("the record was withdrawn before: the event has no effect"));
	else if (step->skip == SKIP_PART)
		f = check_say(k, LEVEL_WARNING, "move-not-allowed", event->name,
			      node_get(event->root, step->part),
			      _("'%s' was not allowed when the record was %s %s: the event has no "
				"effect"),
			      step->part, state_name(step->before), state_label(step->before));
	else
		f = check_say(k, LEVEL_WARNING, "move-not-allowed", event->name,
			      node_get(event->root, "to"),
			      _("the record was %s %s and could not become '%s': the event has no "
				"effect"),
			      state_name(step->before), state_label(step->before), to);
	finding_hint(k->findings, f, _("%s came first"),
		     step->first && step->first->name ? step->first->name : check_head(k));
}

/* a finding about an event as a whole stands where it says what it does */
static void place_event(struct check *k, const struct event *event, struct finding *what)
{
	const struct node *to = node_get(event->root, "to");

	what->file = check_path(k, event->name ? event->name : check_head(k));
	what->line = to ? to->line : event->root->line;
	what->column = to ? to->column : event->root->column;
}

/* what the guards ask beyond the record, as of the event */
struct moment_of {
	struct check *k;
	moment_t at;
};

/* the other problem is checked by itself: what is wrong with it is not told here */
static const char *master_then(void *context, const char *id, enum state *state)
{
	const struct moment_of *then = context;
	struct check *k = then->k;
	struct findings quiet = { 0 };
	const char *master = merged_into(k->c->cli, id, then->at, state, k->arena, &quiet);

	k->failed = k->failed || quiet.lost;
	findings_release(&quiet);
	return master;
}

bool check_story(struct check *k, const bool *valid)
{
	struct moment_of then = { .k = k };
	struct guard_world world = { .plan = &k->c->cli->plan,
				     .context = &then,
				     .master = master_then };
	struct finding what = { .level = LEVEL_WARNING, .code = "guard-not-met" };
	struct folded *f = &k->folded;

	if (fold_start(f, &k->record, world.plan->offset, 0, k->arena) < 0)
		return false;
	place_event(k, k->entered, &what);
	if (valid[0])
		guards_entered(&world, f, k->entered, &what, k->findings);
	for (size_t i = 1; i < k->record.nevents; i++) {
		const struct event *event = &k->record.events[i];
		const char *part;
		enum skip skip = fold_would(f, event, &part);

		place_event(k, event, &what);
		then.at = event->at;
		if (skip == SKIP_NONE && valid[0] && valid[i])
			guards_check(&world, f, event, &what, k->findings);
		fold_apply(f, event);
		if (valid[i] && (skip == SKIP_MOVE || skip == SKIP_PART))
			tell_skip(k, &f->steps[f->nsteps - 1]);
	}
	return !f->failed && f->fields;
}

/* whether a pointer leads to what a dotted name sets, or into it */
static bool leads_into(const char *pointer, const char *name)
{
	if (*pointer++ != '/')
		return false;
	for (; *name && (*pointer == *name || (*pointer == '/' && *name == '.')); name++)
		pointer++;
	return !*name && (!*pointer || *pointer == '/');
}

/* the event that gave the field its value, or NULL: the record itself */
static const struct event *setter_of(const struct check *k, const char *pointer)
{
	for (size_t i = k->folded.nsteps; pointer && i-- > 1;) {
		const struct step *step = &k->folded.steps[i];
		const struct node *set = node_get(step->event->root, "set");

		if (step->skip != SKIP_NONE)
			continue;
		if (node_get(step->event->root, "due") && leads_into(pointer, "due"))
			return step->event;
		for (uint32_t j = 0; set && set->type == NODE_MAP && j < set->count; j++)
			if (leads_into(pointer, set->members[j].name))
				return step->event;
	}
	return NULL;
}

void check_effective(struct check *k)
{
	const struct node *fields = k->folded.fields;
	struct schema_source source = { .name = check_path(k, check_head(k)) };
	struct finding what = { .level = LEVEL_ERROR, .file = source.name };
	const struct schema *schema = k->c->kinds[k->stored->kind];
	struct schema_run *run = k->run->kinds[k->stored->kind];
	struct findings own = { 0 };
	bool changed = fields != k->record.root, warnings = false;
	bool valid = !changed || schema_check(schema, run, fields, &k->c->host, &warnings);

	if (!valid || warnings)
		schema_explain(schema, run, fields, &k->c->host, &source, &own);
	/* a new due date may leave milestones behind it; nothing can be taken back */
	if (changed)
		what.level = LEVEL_WARNING;
	if (valid)
		rules_check(&k->c->cli->plan, k->stored->kind, fields, &what, &own);
	for (size_t i = 0; i < own.count; i++) {
		struct finding *f = &own.items[i];
		const struct event *setter = changed ? setter_of(k, f->pointer) : NULL;

		if (setter)
			f->file = check_path(k, setter->name);
		else if (!k->corrected && strcmp(f->code, "record-not-here") == 0)
			continue; /* told of the record itself */
		findings_add(k->findings, f, "%s", f->message);
	}
	k->findings->lost = k->findings->lost || own.lost;
	findings_release(&own);
}

bool check_corrected(struct check *k, bool *valid)
{
	struct folded now;

	if (k->record.nevents < 2)
		return false;
	if (record_fold(&now, &k->record, MOMENT_ALL, k->c->cli->plan.offset, k->arena) < 0) {
		k->failed = true;
		return false;
	}
	if (now.fields == k->record.root)
		return false;
	*valid = schema_check(k->c->kinds[k->stored->kind], k->run->kinds[k->stored->kind],
			      now.fields, &k->c->host, NULL);
	return true;
}
