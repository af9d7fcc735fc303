#include "model/dispatch_parts.h"

#include <string.h>

#include "base/utf8.h"
#include "model/inspection.h"

#define MECHANISMS 4 /* that point 13 asks for (plan L31) */

void *dispatch_new(struct dispatch *d, size_t size)
{
	void *made = arena_alloc(d->arena, size);

	d->failed = d->failed || !made;
	return made;
}

const char *dispatch_keep(struct dispatch *d, const char *text)
{
	const char *copy = text ? arena_strdup(d->arena, text) : NULL;

	d->failed = d->failed || (text && !copy);
	return copy;
}

bool in_period(const struct dispatch *d, moment_t at)
{
	return at >= moment_of_day(d->issue.from, d->plan->offset) && at <= d->end;
}

/* the days that figures are asked about: Sundays, the end of the period before, the day */
static int set_days(struct dispatch *d)
{
	char first[ISSUE_NAME_SIZE], last[ISSUE_NAME_SIZE];
	day_t monday, *days, other = d->has_before ? d->before.until : d->day;
	size_t n = 0;

	issue_range(d->plan, ISSUE_WEEK, first, last);
	monday = week_parse(first, strlen(first));
	d->nweeks = monday != DAY_NONE && d->day >= monday + 6
			    ? (size_t)(d->day - (monday + 6)) / 7 + 1
			    : 0;
	days = arena_array(d->arena, d->nweeks + 2, sizeof(*days));
	d->weeks = arena_array(d->arena, d->nweeks + 1, sizeof(*d->weeks));
	d->course = arena_array(d->arena, d->nweeks + 1, sizeof(*d->course));
	d->open_on = arena_array(d->arena, d->nweeks + 1, sizeof(*d->open_on));
	d->overdue_on = arena_array(d->arena, d->nweeks + 1, sizeof(*d->overdue_on));
	if (!days || !d->weeks || !d->course || !d->open_on || !d->overdue_on)
		return -1;
	for (size_t i = 0; i < d->nweeks; i++) {
		d->weeks[i] = monday + 6 + 7 * (day_t)i;
		if (other < d->weeks[i] && (!n || days[n - 1] < other))
			days[n++] = other;
		days[n++] = d->weeks[i];
	}
	if (!n || days[n - 1] < other)
		days[n++] = other;
	if (days[n - 1] < d->day)
		days[n++] = d->day;
	d->ncourse = d->nweeks;
	if (d->nweeks)
		memcpy(d->course, d->weeks, d->nweeks * sizeof(*d->course));
	if (!d->nweeks || d->course[d->nweeks - 1] < d->day)
		d->course[d->ncourse++] = d->day;
	return figures_init_days(&d->figures, d->plan, days, n, d->arena);
}

static int set_before(struct dispatch *d)
{
	d->has_before = issue_before(d->plan, &d->issue, &d->before);
	/* a summary before its time follows the last month that was over */
	while (d->has_before && d->before.until >= d->day) {
		struct issue later = d->before;

		d->has_before = issue_before(d->plan, &later, &d->before);
	}
	d->now.as_of = d->as_of;
	d->issued.as_of = d->as_of;
	if (!d->has_before)
		return 0;
	/* the issue of the period before knew what was entered up to the end of the day after it */
	d->issued.as_of = moment_of_day(d->before.until + 2, d->plan->offset) - 1;
	if (d->issued.as_of > d->as_of)
		d->issued.as_of = d->as_of;
	return figures_init(&d->issued_figures, d->plan, d->before.until, NULL, d->arena);
}

int dispatch_init(struct dispatch *d, const struct plan *plan, const struct issue *issue,
		  moment_t as_of, day_t day, look_at_file *look, void *context, struct arena *arena)
{
	moment_t end;

	*d = (struct dispatch){ .plan = plan, .arena = arena, .issue = *issue, .as_of = as_of };
	d->day = day < issue->until ? day : issue->until;
	end = moment_of_day(d->day + 1, plan->offset) - 1;
	d->end = end < as_of ? end : as_of;
	d->next_until = d->day + (issue->kind == ISSUE_WEEK ? 7 : 31);
	if (issue->kind == ISSUE_MONTH && d->day == issue->until)
		d->next_until = d->day + days_in_month(civil_of_day(d->day + 1).year,
						       civil_of_day(d->day + 1).month);
	d->last_correction = &d->corrections;
	d->last_item = &d->items;
	d->last_oversight = &d->oversights;
	d->last_policy = &d->policies;
	d->last_file = &d->files;
	d->last_annex = &d->annex;
	map_init(&d->enterprises, arena);
	map_init(&d->sources, arena);
	d->units = arena_array(arena, plan->nunits, sizeof(*d->units));
	d->answers = arena_array(arena, plan->nunits * plan->npoints, sizeof(*d->answers));
	if (!d->units || !d->answers || set_before(d) < 0 || set_days(d) < 0)
		return -1;
	for (size_t i = 0; i < plan->nunits * plan->npoints; i++)
		d->answers[i].date = DAY_NONE;
	visit_plans_init(&d->plans, plan, issue->from, issue->until, arena);
	submissions_init(&d->packages, plan, look, context, arena);
	return d->plans.failed || d->packages.failed ? -1 : 0;
}

bool says_something(const char *text)
{
	size_t n = text ? strlen(text) : 0;

	if (!text)
		return false;
	utf8_trim(&text, &n);
	return n && !(n == strlen("无") && memcmp(text, "无", n) == 0);
}

void count_record(struct counts *counts, enum kind kind, const struct node *fields)
{
	counts->visits += kind == KIND_VISIT;
	counts->appeals += kind == KIND_VISIT && says_something(node_string(fields, "appeal"));
	counts->walkthroughs += kind == KIND_WALKTHROUGH;
	counts->inspections += kind == KIND_INSPECTION;
}

void dispatch_enterprise(struct dispatch *d, const struct node *fields, unsigned where)
{
	const char *name = node_string(fields, "enterprise");
	char *key = name ? name_fold(&d->scratch, name, strlen(name)) : NULL;
	size_t n = key ? strlen(key) : 0;
	uintptr_t seen;

	if (!key) {
		d->failed = d->failed || name;
		return;
	}
	seen = (uintptr_t)map_get(&d->enterprises, key, n);
	if ((seen | where) == seen)
		return;
	if (!seen)
		key = arena_strndup(d->arena, key, n);
	if (!key || map_put(&d->enterprises, key, n, (void *)(seen | where)) < 0)
		d->failed = true;
}

/* the map keeps the key that it was given first */
static void count_enterprises(struct dispatch *d)
{
	for (size_t i = 0; i < d->enterprises.count; i++) {
		uintptr_t where = (uintptr_t)d->enterprises.entries[i].value;

		d->period.enterprises += (where & DISPATCH_PERIOD) != 0;
		d->total.enterprises += (where & DISPATCH_TOTAL) != 0;
		d->issued.counts.enterprises += (where & DISPATCH_ISSUED) != 0;
		d->now.counts.enterprises += (where & DISPATCH_NOW) != 0;
	}
}

static void take_counted(struct dispatch *d, const struct folded *f, int unit, day_t date)
{
	enum kind kind = f->record->kind;
	bool inside = in_issue(&d->issue, date);

	count_record(&d->units[unit].total, kind, f->fields);
	if (inside)
		count_record(&d->units[unit].period, kind, f->fields);
	if (kind == KIND_VISIT)
		dispatch_enterprise(d, f->fields, DISPATCH_TOTAL | (inside ? DISPATCH_PERIOD : 0));
	if (kind != KIND_INSPECTION && (date < d->plan->start || date > d->plan->end))
		d->outside++;
}

/* whether an answer falls short of what the point asks for */
static bool falls_short(const struct dispatch *d, const struct node *fields, struct arena *arena)
{
	static const char *const good[] = { "compiled",  "published", "provided",
					    "disclosed", "used",      "business_friendly" };
	static const char *const bad[] = { "room_for_improvement", "absurd", "circular",
					   "duplicate" };
	static const char *const derived[] = { "published", "satisfied", "full", "met" };
	const struct node *values = node_get(fields, "values");
	const struct node *follows = inspection_derived(d->plan, fields, arena);
	const struct node *elements = node_get(values, "elements");

	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
		if (!node_boolean(values, good[i], true))
			return true;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (node_boolean(values, bad[i], false))
			return true;
	for (size_t i = 0; i < sizeof(derived) / sizeof(*derived); i++)
		if (!node_boolean(follows, derived[i], true))
			return true;
	for (uint32_t i = 0; elements && elements->type == NODE_MAP && i < elements->count; i++)
		if (node_is(elements->members[i].value, "poor"))
			return true;
	return node_integer(follows, "mechanisms_count", MECHANISMS) < MECHANISMS;
}

static void take_answer(struct dispatch *d, const struct folded *f, int unit, day_t date)
{
	const struct focus_point *point = plan_point(d->plan, node_integer(f->fields, "point", 0));
	moment_t entered = f->record->events[0].at;
	struct answer *answer;

	if (!point)
		return;
	answer = &d->answers[(size_t)unit * d->plan->npoints + (size_t)(point - d->plan->points)];
	if (answer->date != DAY_NONE &&
	    (answer->date > date || (answer->date == date && answer->entered > entered)))
		return;
	*answer =
		(struct answer){ .date = date,
				 .entered = entered,
				 .result = falls_short(d, f->fields, &d->scratch) ? ANSWER_SHORT
										  : ANSWER_GIVEN };
}

static void take_figure(struct dispatch *d, const struct folded *f)
{
	moment_t entered = f->record->events[0].at;
	const char *path = arena_concat(&d->scratch, f->record->folder, "/", f->record->id, NULL);
	int result = path ? 0 : -1;

	if (path && f->record->kind == KIND_OBSERVATION)
		result = figures_take_observation(&d->figures, f->fields, entered, path);
	else if (path)
		result = figures_take_inspection(&d->figures, f->fields, entered, path);
	d->failed = d->failed || result < 0;
}

static void take_oversight(struct dispatch *d, const struct folded *given)
{
	struct folded f = *given;
	struct oversight *o;
	day_t date = field_date(f.fields, "date");

	if (date > d->day || !(o = dispatch_new(d, sizeof(*o))))
		return;
	if (d->mask)
		d->mask(d->mask_context, &f, &d->scratch);
	*o = (struct oversight){
		.id = dispatch_keep(d, f.record->id),
		.form = dispatch_keep(d, node_string(f.fields, "form")),
		.trigger = dispatch_keep(d, node_string(f.fields, "trigger")),
		.requirement = dispatch_keep(d, node_string(f.fields, "requirement")),
		.problem = dispatch_keep(d, node_string(f.fields, "problem")),
		.escalate_to = dispatch_keep(d, node_string(f.fields, "escalate_to")),
		.approved_by = dispatch_keep(d, node_string(f.fields, "approved_by")),
		.subject = plan_unit_node(d->plan, node_get(f.fields, "subject")),
		.date = date,
		.due = field_date(f.fields, "due"),
		.replied = DAY_NONE
	};
	o->findings = dispatch_join(d, node_get(f.fields, "findings"));
	for (size_t i = 1; i < f.nsteps; i++) {
		const struct event *event = f.steps[i].event;
		const char *reply = node_string(event->root, "reply");

		if (!reply || f.steps[i].skip != SKIP_NONE || event->at > d->end)
			continue;
		o->reply = dispatch_keep(d, reply);
		o->replied = day_of_moment(event->at, d->plan->offset);
	}
	*d->last_oversight = o;
	d->last_oversight = &o->next;
}

const char *dispatch_join(struct dispatch *d, const struct node *list)
{
	struct str text = { 0 };
	const char *copy;

	for (size_t i = 0; i < list_count(list); i++) {
		const char *item = node_text(&list->items[i]);

		if (item)
			str_addf(&text, "%s%s", text.len ? "；" : "", item);
	}
	copy = text.len ? arena_strndup(d->arena, str_text(&text), text.len) : NULL;
	d->failed = d->failed || text.failed || (text.len && !copy);
	str_release(&text);
	return copy;
}

/* who entered something for which unit in the period */
static void note_reported(struct dispatch *d, const struct folded *f, int unit, day_t date)
{
	if (unit != NO_UNIT && in_issue(&d->issue, date))
		d->units[unit].reported = true;
	for (size_t i = 0; i < f->nsteps; i++) {
		int acting = plan_unit(d->plan, f->steps[i].event->unit);

		d->skipped +=
			i && f->steps[i].skip != SKIP_NONE && in_period(d, f->steps[i].event->at);
		if (acting != NO_UNIT && in_period(d, f->steps[i].event->at))
			d->units[acting].reported = true;
	}
}

/* what is counted by unit, and what tables by unit show */
static void take_chosen(struct dispatch *d, const struct folded *f, int unit, day_t date)
{
	enum kind kind = f->record->kind;

	if (kind == KIND_VISIT || kind == KIND_WALKTHROUGH || kind == KIND_INSPECTION) {
		take_counted(d, f, unit, date);
		if (kind == KIND_INSPECTION)
			take_answer(d, f, unit, date);
	}
	if (kind == KIND_VISIT || kind == KIND_WALKTHROUGH || kind == KIND_VISIT_PLAN)
		visit_plans_take(&d->plans, f);
	if (kind == KIND_VISIT || kind == KIND_WALKTHROUGH || kind == KIND_SUBMISSION)
		submissions_take(&d->packages, f);
	if (d->issue.kind == ISSUE_FINAL && (kind == KIND_VISIT || kind == KIND_WALKTHROUGH))
		dispatch_annex(d, f, unit);
	else if (d->issue.kind == ISSUE_FINAL && date <= d->day)
		dispatch_files(d, f, unit);
}

void dispatch_take(struct dispatch *d, const struct folded *f)
{
	enum kind kind = f->record->kind;
	int unit = plan_unit(d->plan, f->record->unit);
	bool chosen = set_has(&d->chosen, unit);
	day_t date = field_date(f->fields, "date");

	if (d->failed || unit == NO_UNIT)
		return;
	if (d->has_before)
		dispatch_hindsight(d, f, unit);
	if (kind == KIND_PROBLEM)
		dispatch_problem(d, f, unit);
	else if (f->state == STATE_WITHDRAWN)
		d->withdrawn += chosen && date <= d->day;
	else if (kind == KIND_SUPERVISION) {
		take_oversight(d, f);
		if (chosen && d->issue.kind == ISSUE_FINAL && date <= d->day)
			dispatch_files(d, f, unit);
	} else if (date <= d->day || kind == KIND_VISIT_PLAN) {
		if (chosen)
			take_chosen(d, f, unit, date);
		if (kind == KIND_OBSERVATION || kind == KIND_INSPECTION)
			take_figure(d, f);
	}
	if (chosen && f->state != STATE_WITHDRAWN)
		note_reported(d, f, unit, date);
	arena_reset(&d->scratch);
}

static void add_counts(struct counts *to, const struct counts *from)
{
	to->visits += from->visits;
	to->walkthroughs += from->walkthroughs;
	to->inspections += from->inspections;
	to->appeals += from->appeals;
}

int dispatch_finish(struct dispatch *d)
{
	for (size_t i = 0; i < d->plan->nunits; i++) {
		add_counts(&d->period, &d->units[i].period);
		add_counts(&d->total, &d->units[i].total);
		tally_add(&d->tally, &d->units[i].tally);
	}
	count_enterprises(d);
	d->withdrawn += d->tally.withdrawn;
	dispatch_lights(d);
	dispatch_appeals(d);
	arena_release(&d->scratch);
	if (!d->failed && visit_plans_match(&d->plans) < 0)
		d->failed = true;
	return d->failed || d->packages.failed ? -1 : 0;
}

bool dispatch_broken(const struct dispatch *d, int *unit)
{
	for (size_t i = 0; i < d->plan->nunits; i++) {
		*unit = (int)i;
		if (!tally_holds(&d->units[i].tally))
			return true;
	}
	*unit = NO_UNIT;
	return !tally_holds(&d->tally) || !tally_holds(&d->whole) ||
	       !tally_holds(&d->issued.tally) || !tally_holds(&d->now.tally);
}

/* something is counted of the unit */
static bool did_something(const struct unit_part *part, const struct plan_progress *plans)
{
	int64_t problems = part->tally.withdrawn;

	for (int state = 0; state < STATES; state++)
		problems += part->tally.states[state];
	return part->total.visits || part->total.walkthroughs || part->total.inspections ||
	       problems || plans->plans;
}

struct unit_set dispatch_rows(const struct dispatch *d)
{
	struct unit_set rows = { 0 };

	for (int u = 0; u < (int)d->plan->nunits; u++)
		if (set_has(&d->chosen, u) && (d->plan->units[u].reporting || d->narrowed ||
					       did_something(&d->units[u], &d->plans.units[u])))
			set_add(&rows, u);
	return rows;
}
