/* The period before, as its own issue could know it and as it is known now (更正). */
#include "model/dispatch_parts.h"

#include <string.h>

static void add_correction(struct dispatch *d, const struct folded *f, int unit,
			   enum correction_kind what, moment_t at, const char *why)
{
	struct correction *c = dispatch_new(d, sizeof(*c));

	if (!c)
		return;
	*c = (struct correction){ .id = dispatch_keep(d, f->record->id),
				  .kind = f->record->kind,
				  .unit = unit,
				  .what = what,
				  .date = field_date(f->fields, "date"),
				  .at = at,
				  .why = dispatch_keep(d, why) };
	*d->last_correction = c;
	d->last_correction = &c->next;
}

/* the fields that an event set, by name */
static const char *names_of(struct dispatch *d, const struct node *set)
{
	const char *names = "";

	for (uint32_t i = 0; names && set->type == NODE_MAP && i < set->count; i++)
		names = arena_concat(&d->scratch, names, i ? "、" : "", set->members[i].name, NULL);
	d->failed = d->failed || !names;
	return names;
}

/* what happened to a record that the issue knew */
static void find_changes(struct dispatch *d, const struct folded *f, int unit)
{
	for (size_t i = 1; i < f->nsteps; i++) {
		const struct step *step = &f->steps[i];
		const struct node *set = node_get(step->event->root, "set");

		if (step->skip != SKIP_NONE || step->event->at <= d->issued.as_of)
			continue;
		if (step->after == STATE_WITHDRAWN)
			add_correction(d, f, unit, CORRECTION_WITHDRAWN, step->event->at, NULL);
		else if (set && f->record->kind != KIND_PROBLEM)
			add_correction(d, f, unit, CORRECTION_SET, step->event->at,
				       names_of(d, set));
	}
}

static void count_before(struct dispatch *d, struct hindsight *h, const struct folded *f,
			 unsigned where)
{
	if (!in_issue(&d->before, field_date(f->fields, "date")))
		return;
	count_record(&h->counts, f->record->kind, f->fields);
	if (f->record->kind == KIND_VISIT)
		dispatch_enterprise(d, f->fields, where);
}

/* a problem's figures of the period before move by `at`: only a withdrawal changes them later */
static void take_problem(struct dispatch *d, const struct folded *f, int unit)
{
	const struct record *record = f->record;
	struct tally_period period = { .from = d->before.from, .until = d->before.until };

	period.as_of = d->issued.as_of;
	if (tally_take(&d->issued.tally, d->plan, record, &period, &d->scratch) < 0)
		d->failed = true;
	period.as_of = d->now.as_of;
	if (tally_take(&d->now.tally, d->plan, record, &period, &d->scratch) < 0)
		d->failed = true;
	if (day_of_moment(record->events[0].at, d->plan->offset) <= d->before.until)
		find_changes(d, f, unit);
}

static int take_issued_figure(struct dispatch *d, const struct folded *f)
{
	const char *path = arena_concat(&d->scratch, f->record->folder, "/", f->record->id, NULL);
	moment_t entered = f->record->events[0].at;

	if (!path)
		return -1;
	if (f->record->kind == KIND_OBSERVATION)
		return figures_take_observation(&d->issued_figures, f->fields, entered, path);
	return figures_take_inspection(&d->issued_figures, f->fields, entered, path);
}

void dispatch_hindsight(struct dispatch *d, const struct folded *f, int unit)
{
	const struct record *record = f->record;
	struct folded then = *f;
	bool chosen = set_has(&d->chosen, unit);

	if (record->kind == KIND_PROBLEM) {
		if (chosen)
			take_problem(d, f, unit);
		return;
	}
	if (field_date(record->root, "date") > d->before.until)
		return;
	if (record->nevents > 1 &&
	    record_fold(&then, record, d->issued.as_of, d->plan->offset, &d->scratch) < 0)
		d->failed = true;
	then.exists = record->events[0].at <= d->issued.as_of;
	if (then.exists && then.state != STATE_WITHDRAWN) {
		if (chosen)
			count_before(d, &d->issued, &then, DISPATCH_ISSUED);
		if ((record->kind == KIND_OBSERVATION || record->kind == KIND_INSPECTION) &&
		    take_issued_figure(d, &then) < 0)
			d->failed = true;
	}
	if (f->state != STATE_WITHDRAWN && chosen)
		count_before(d, &d->now, f, DISPATCH_NOW);
	if (!chosen)
		return;
	if (!then.exists && f->state != STATE_WITHDRAWN)
		add_correction(d, f, unit, CORRECTION_LATE, record->events[0].at, NULL);
	if (then.exists)
		find_changes(d, f, unit);
}
