#include "model/status.h"

#include <string.h>

#include "model/inspection.h"

void problem_status(const struct plan *plan, const struct folded *f, const struct figures *figures,
		    day_t day, struct problem_status *out)
{
	*out = (struct problem_status){ .due = f->due, .due_original = f->due_original };
	out->has_days = problem_is_open(f) && f->due != DAY_NONE;
	if (out->has_days)
		out->days_left = f->due - day;
	out->overdue = problem_is_overdue(f, day);
	out->light = problem_light(plan, f, figures, day, &out->reason);
	out->measures_total = f->nmeasures;
	for (size_t i = 0; i < f->nmeasures; i++)
		out->measures_done +=
			f->measures[i].waived || measure_is_done(plan, f, &f->measures[i]);
	for (size_t i = 0; i < f->nmilestones; i++)
		out->milestones_done += milestone_is_done(plan, f, &f->milestones[i]);
}

struct view {
	struct node *map;
	struct arena *arena;
	bool failed;
};

static void put(struct view *view, const char *name, const struct node *value)
{
	if (!value || node_set(view->arena, view->map, name, value) < 0)
		view->failed = true;
}

static void put_text(struct view *view, const char *name, const char *text)
{
	if (text)
		put(view, name, node_new_string(view->arena, text, strlen(text)));
}

static void put_number(struct view *view, const char *name, int64_t value)
{
	put(view, name, node_new_integer(view->arena, value));
}

static void put_day(struct view *view, const char *name, day_t day)
{
	char text[DATE_SIZE];

	if (day != DAY_NONE)
		put_text(view, name, date_format(day, text));
}

static void put_moment(struct view *view, const char *name, moment_t moment, int offset)
{
	char text[MOMENT_SIZE];

	if (moment != MOMENT_NONE)
		put_text(view, name, moment_format(moment, offset, text));
}

static void put_problem(struct view *view, const struct plan *plan, const struct folded *f,
			const struct figures *figures, day_t day)
{
	day_t found = field_date(f->fields, "date");
	struct problem_status s;

	problem_status(plan, f, figures, day, &s);
	put_day(view, "due_original", s.due_original);
	if (s.has_days)
		put_number(view, "days_left", s.days_left);
	put(view, "overdue", node_new_boolean(view->arena, s.overdue));
	put_text(view, "light", light_code(s.light));
	put_text(view, "light_reason", reason_code(s.reason));
	put_number(view, "measures_done", (int64_t)s.measures_done);
	put_number(view, "measures_total", (int64_t)s.measures_total);
	put_moment(view, "listed", f->listed_at, plan->offset);
	put_moment(view, "closed", f->closed_at, plan->offset);
	if (f->listed_at != MOMENT_NONE && found != DAY_NONE)
		put_number(view, "days_to_list", day_of_moment(f->listed_at, plan->offset) - found);
}

struct node *record_view(const struct plan *plan, const struct folded *f,
			 const struct figures *figures, day_t day, struct arena *arena)
{
	struct view view = { .map = node_new_map(arena), .arena = arena };

	if (!view.map)
		return NULL;
	for (uint32_t i = 0; i < f->fields->count; i++)
		if (node_put(arena, view.map, &f->fields->members[i]) < 0)
			return NULL;
	put_text(&view, "state", state_name(f->state));
	if (f->record->kind == KIND_PROBLEM)
		put_problem(&view, plan, f, figures, day);
	if (f->record->kind == KIND_INSPECTION)
		put(&view, "derived", inspection_derived(plan, f->fields, arena));
	put_number(&view, "events", (int64_t)f->nsteps - 1);
	put_text(&view, "path",
		 arena_printf(arena, "%s/%s.yaml", f->record->folder, f->record->id));
	return view.failed ? NULL : view.map;
}
