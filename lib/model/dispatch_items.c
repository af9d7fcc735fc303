/* Problems of an issue: tallies, the lists, what came of appeals, the rules that were made. */
#include "model/dispatch_parts.h"

#include <string.h>

/* moves and words of the period, oldest first, one a line; of the last words also d->last_note */
static const char *progress_of(struct dispatch *d, const struct folded *f, const char **last)
{
	struct str text = { 0 };
	const char *copy;

	for (size_t i = 1; i < f->nsteps; i++) {
		const struct step *step = &f->steps[i];
		struct civil day = civil_of_day(day_of_moment(step->event->at, d->plan->offset));
		const char *note = node_string(step->event->root, "note");
		bool moved = step->before != step->after;

		if (step->skip != SKIP_NONE)
			continue;
		*last = note ? note : *last;
		if (!in_period(d, step->event->at) || (!note && !moved))
			continue;
		str_addf(&text, "%s%d月%d日%s%s%s", text.len ? "\n" : "", day.month, day.day,
			 moved ? state_label(step->after) : "", moved && note ? "：" : "",
			 note ? note : "");
	}
	copy = text.len ? arena_strndup(d->arena, str_text(&text), text.len) : NULL;
	d->failed = d->failed || text.failed || (text.len && !copy);
	str_release(&text);
	return copy;
}

/* names of units and groups, in the record's order */
static const char *names_of(struct dispatch *d, const struct node *list)
{
	const char *names = NULL;

	for (size_t i = 0; i < list_count(list); i++) {
		const char *id = node_text(&list->items[i]);
		const char *name = id ? plan_name(d->plan, id) : NULL;

		if (!name)
			continue;
		names = arena_concat(d->arena, names ? names : "", names ? "、" : "", name, NULL);
		d->failed = d->failed || !names;
	}
	return names;
}

/* what of a fold its light is judged by, without what dies with the record */
static struct folded *keep_fold(struct dispatch *d, const struct folded *f)
{
	struct folded *kept = dispatch_new(d, sizeof(*kept));
	struct node *fields = node_new_map(d->arena);
	struct node *linked = node_copy(d->arena, node_get(f->fields, "indicators"));

	if (!kept || !fields || !linked || node_set(d->arena, fields, "indicators", linked) < 0) {
		d->failed = true;
		return NULL;
	}
	*kept = *f;
	kept->fields = fields;
	kept->record = NULL;
	kept->steps = NULL;
	kept->last = kept->submitted = kept->review = NULL;
	kept->measures = NULL;
	kept->nmeasures = 0;
	kept->milestones = arena_array(d->arena, f->nmilestones, sizeof(*kept->milestones));
	d->failed = d->failed || !kept->milestones;
	for (size_t i = 0; kept->milestones && i < f->nmilestones; i++)
		kept->milestones[i] =
			(struct milestone_state){ .date = f->milestones[i].date,
						  .said = milestone_is_done(d->plan, f,
									    &f->milestones[i]) };
	return kept;
}

static void keep_milestones(struct dispatch *d, struct issue_item *item, const struct folded *f)
{
	size_t n = 0;

	item->milestones = arena_array(d->arena, f->nmilestones, sizeof(*item->milestones));
	d->failed = d->failed || !item->milestones;
	for (size_t i = 0; item->milestones && i < f->nmilestones; i++) {
		const struct milestone_state *m = &f->milestones[i];

		if (!problem_is_open(f) || m->date <= d->day || m->date > d->next_until ||
		    milestone_is_done(d->plan, f, m))
			continue;
		item->milestones[n++] = (struct item_milestone){ .name = dispatch_keep(d, m->name),
								 .date = m->date };
	}
	item->nmilestones = n;
}

/* what moved it in the period */
static void note_moves(const struct dispatch *d, struct issue_item *item, const struct folded *f)
{
	for (size_t i = 0; i < f->nsteps; i++) {
		const struct step *step = &f->steps[i];
		bool was_open = i && STATE_BIT(step->before) & OPEN_STATES;
		bool is_open = STATE_BIT(step->after) & OPEN_STATES;

		if (step->skip != SKIP_NONE || !in_period(d, step->event->at))
			continue;
		item->added = item->added || (is_open && !was_open);
		item->moved = true;
		if (is_open != was_open)
			item->gone = was_open;
	}
}

static day_t day_at(const struct dispatch *d, moment_t at)
{
	return at == MOMENT_NONE ? DAY_NONE : day_of_moment(at, d->plan->offset);
}

static void fill_item(struct dispatch *d, struct issue_item *item, const struct folded *f)
{
	const struct node *linked = node_get(f->fields, "indicators");
	const char *last = NULL;

	item->id = dispatch_keep(d, f->record->id);
	item->title = dispatch_keep(d, node_string(f->fields, "title"));
	item->lead = plan_unit_node(d->plan, node_get(f->fields, "lead"));
	item->responsible = names_of(d, node_get(f->fields, "responsible"));
	item->due_text = dispatch_keep(d, node_string(f->fields, "due_text"));
	item->has_track = node_get(f->fields, "track") != NULL;
	item->immediate = node_is(node_get(f->fields, "track"), "immediate");
	item->listed = day_at(d, f->listed_at);
	item->closed = day_at(d, f->closed_at);
	item->found = field_date(f->fields, "date");
	item->times_returned = f->times_returned;
	item->times_reopened = f->times_reopened;
	item->progress = progress_of(d, f, &last);
	item->last_note = dispatch_keep(d, last);
	if (list_count(linked)) {
		item->indicators = node_copy(d->arena, linked);
		d->failed = d->failed || !item->indicators;
		item->fold = keep_fold(d, f);
	}
	keep_milestones(d, item, f);
}

/* whether some list of the issue shows it: what is open, came or went, or was due */
static bool is_shown(const struct dispatch *d, const struct issue_item *item,
		     const struct folded *f)
{
	if (f->state == STATE_REGISTERED)
		return false;
	return problem_is_open(f) || item->gone || item->added || d->issue.kind == ISSUE_FINAL ||
	       (d->issue.kind == ISSUE_MONTH && in_issue(&d->issue, f->due_original));
}

static void keep_item(struct dispatch *d, const struct folded *given, int unit)
{
	struct folded f = *given;
	bool of_plan = plan_is_problem(d->plan, f.record->id);
	bool chosen = set_has(&d->chosen, unit);
	struct issue_item probe = { .unit = unit, .of_plan = of_plan, .in_units = chosen }, *item;

	probe.state = f.state;
	note_moves(d, &probe, &f);
	if (!of_plan && !(chosen && is_shown(d, &probe, &f)))
		return;
	item = dispatch_new(d, sizeof(*item));
	if (!item)
		return;
	*item = probe;
	problem_status(d->plan, &f, NULL, d->day, &item->status);
	if (d->mask)
		d->mask(d->mask_context, &f, &d->scratch);
	fill_item(d, item, &f);
	*d->last_item = item;
	d->last_item = &item->next;
}

void dispatch_lights(struct dispatch *d)
{
	for (struct issue_item *item = d->items; item && d->all_here; item = item->next)
		if (item->fold)
			item->status.light = problem_light(d->plan, item->fold, &d->figures, d->day,
							   &item->status.reason);
}

static void keep_policy(struct dispatch *d, const struct folded *f, const struct node *policy,
			int unit)
{
	struct policy *p = dispatch_new(d, sizeof(*p));

	if (!p)
		return;
	*p = (struct policy){ .title = dispatch_keep(d, node_string(policy, "title")),
			      .doc_no = dispatch_keep(d, node_string(policy, "doc_no")),
			      .problem = dispatch_keep(d, f->record->id),
			      .unit = unit,
			      .issued = field_date(policy, "issued") };
	*d->last_policy = p;
	d->last_policy = &p->next;
}

/* follow-ups and rules of a final summary */
static void take_events(struct dispatch *d, const struct folded *f, int unit)
{
	for (size_t i = 1; i < f->nsteps; i++) {
		const struct node *root = f->steps[i].event->root;
		const struct node *follow_up = node_get(root, "follow_up");
		const struct node *result = node_get(follow_up, "result");

		if (f->steps[i].skip != SKIP_NONE)
			continue;
		d->appeals.satisfied += node_is(result, "satisfied");
		d->appeals.basically += node_is(result, "basically");
		d->appeals.dissatisfied += node_is(result, "dissatisfied");
		if (node_get(root, "policy"))
			keep_policy(d, f, node_get(root, "policy"), unit);
	}
}

/* the records in which an open or closed problem was found */
static void note_sources(struct dispatch *d, const struct folded *f)
{
	const struct node *sources = node_get(f->fields, "sources");
	uintptr_t what = problem_is_open(f) || f->state == STATE_REGISTERED ? SOURCE_OPEN
			 : f->state == STATE_CLOSED                         ? SOURCE_CLOSED
									    : 0;

	for (size_t i = 0; what && i < list_count(sources); i++) {
		const char *id = node_text(&sources->items[i]);
		size_t n = id ? strcspn(id, "/") : 0;
		uintptr_t known = (uintptr_t)map_get(&d->sources, id ? id : "", n);

		if (!n)
			continue;
		id = known ? id : arena_strndup(d->arena, id, n);
		if (!id || map_put(&d->sources, id, n, (void *)(known | what)) < 0)
			d->failed = true;
	}
}

static void count_found(struct dispatch *d, const struct folded *f)
{
	day_t found = field_date(f->fields, "date"), listed = day_at(d, f->listed_at);

	if (found == DAY_NONE || listed == DAY_NONE || !in_issue(&d->issue, listed))
		return;
	d->found_count++;
	d->found_days += listed - found;
}

static void count_track(struct dispatch *d, const struct folded *f)
{
	const struct node *track = node_get(f->fields, "track");
	int which = node_is(track, "immediate") ? 0 : 1;

	if (!node_get(f->fields, "track") || f->listed_at == MOMENT_NONE)
		return;
	d->track[which][0]++;
	d->track[which][1] += f->state == STATE_CLOSED;
}

/* on which of the days that charts show it was open, and overdue */
static void take_course(struct dispatch *d, const struct record *record)
{
	struct folded f;
	size_t next = 1;

	if (fold_start(&f, record, d->plan->offset, 0, &d->scratch) < 0) {
		d->failed = true;
		return;
	}
	for (size_t i = 0; i < d->ncourse; i++) {
		moment_t end = moment_of_day(d->course[i] + 1, d->plan->offset) - 1;

		if (record->events[0].at > end)
			continue;
		for (; next < record->nevents && record->events[next].at <= end &&
		       record->events[next].at <= d->end;
		     next++)
			fold_apply(&f, &record->events[next]);
		d->open_on[i] += problem_is_open(&f);
		d->overdue_on[i] += problem_is_overdue(&f, d->course[i]);
	}
	d->failed = d->failed || f.failed;
}

void dispatch_problem(struct dispatch *d, const struct folded *f, int unit)
{
	const struct tally_period period = { .from = d->issue.from,
					     .until = d->day,
					     .as_of = d->as_of };
	const struct tally_period all = { .until = d->day, .as_of = d->as_of };
	struct folded at_end;

	if (set_has(&d->chosen, unit) &&
	    (tally_take(&d->units[unit].tally, d->plan, f->record, &period, &d->scratch) < 0 ||
	     tally_take(&d->whole, d->plan, f->record, &all, &d->scratch) < 0))
		d->failed = true;
	if (f->state == STATE_WITHDRAWN)
		return;
	if (record_fold(&at_end, f->record, d->end, d->plan->offset, &d->scratch) < 0)
		d->failed = true;
	if (d->failed || !at_end.exists)
		return;
	if (set_has(&d->chosen, unit)) {
		take_course(d, f->record);
		count_found(d, &at_end);
		count_track(d, &at_end);
		note_sources(d, &at_end);
		take_events(d, &at_end, unit);
		if (d->issue.kind == ISSUE_FINAL)
			dispatch_files(d, &at_end, unit);
	}
	keep_item(d, &at_end, unit);
}

/* what only a final summary shows: visits and walkthroughs one by one, their files, appeals */
static void keep_files(struct dispatch *d, const struct folded *f, int unit)
{
	for (size_t i = 0; i < f->nsteps; i++) {
		const struct node *list = node_get(f->steps[i].event->root, "evidence");

		for (size_t k = 0; f->steps[i].skip == SKIP_NONE && k < list_count(list); k++) {
			const struct node *item = &list->items[k];
			struct evidence_file *file = dispatch_new(d, sizeof(*file));

			if (!file)
				return;
			*file = (struct evidence_file){
				.file = dispatch_keep(d, node_string(item, "file")),
				.name = dispatch_keep(d, node_string(item, "name")),
				.type = dispatch_keep(d, node_string(item, "type")),
				.sha256 = dispatch_keep(d, node_string(item, "sha256")),
				.bytes = node_integer(item, "bytes", 0),
				.record = dispatch_keep(d, f->record->id),
				.unit = unit,
			};
			*d->last_file = file;
			d->last_file = &file->next;
		}
	}
}

void dispatch_files(struct dispatch *d, const struct folded *given, int unit)
{
	struct folded f = *given;

	if (d->mask)
		d->mask(d->mask_context, &f, &d->scratch);
	keep_files(d, &f, unit);
}

static void keep_appeal(struct dispatch *d, const struct folded *f)
{
	struct counts counts = { 0 };
	struct appeal *appeal;

	count_record(&counts, KIND_VISIT, f->fields);
	if (!counts.appeals || !(appeal = dispatch_new(d, sizeof(*appeal))))
		return;
	*appeal = (struct appeal){ .id = id_pack(f->record->id, strlen(f->record->id)),
				   .answered = says_something(node_string(f->fields, "solution")),
				   .next = d->appeal_list };
	d->appeal_list = appeal;
}

void dispatch_annex(struct dispatch *d, const struct folded *given, int unit)
{
	bool visit = given->record->kind == KIND_VISIT;
	struct folded f = *given;
	struct annex_row *row = dispatch_new(d, sizeof(*row));

	if (!row)
		return;
	if (visit)
		keep_appeal(d, &f);
	if (d->mask)
		d->mask(d->mask_context, &f, &d->scratch);
	keep_files(d, &f, unit);
	*row = (struct annex_row){
		.id = dispatch_keep(d, f.record->id),
		.kind = f.record->kind,
		.unit = unit,
		.date = field_date(f.fields, "date"),
		.name = dispatch_keep(d, node_string(f.fields, visit ? "enterprise" : "matter")),
		.answer =
			dispatch_keep(d, node_string(f.fields, visit ? "solution" : "suggestions")),
		.how = dispatch_keep(d,
				     node_string(f.fields, visit ? "indicator_type" : "position")),
	};
	row->said = visit ? dispatch_keep(d, node_string(f.fields, "appeal"))
			  : dispatch_join(d, node_get(f.fields, "findings"));
	row->people = visit ? dispatch_join(d, node_get(f.fields, "visitors"))
			    : dispatch_keep(d, node_string(f.fields, "experiencer"));
	*d->last_annex = row;
	d->last_annex = &row->next;
}

void dispatch_appeals(struct dispatch *d)
{
	for (const struct appeal *a = d->appeal_list; a; a = a->next) {
		char id[ID_SIZE];
		uintptr_t problems;

		id_unpack(a->id, id);
		problems = (uintptr_t)map_get(&d->sources, id, strlen(id));
		d->appeals.raised++;
		if (problems & SOURCE_OPEN)
			d->appeals.pending++;
		else if (problems & SOURCE_CLOSED || a->answered)
			d->appeals.solved++;
		else
			d->appeals.unanswered++;
	}
}
