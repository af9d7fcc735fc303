/* inspect-add: adds a unit's answer to one of the focus points (大排查). */
#include <stdio.h>

#include "base/msg.h"
#include "cli/add.h"
#include "cli/read.h"
#include "model/inspection.h"

/* another answer of the unit to the point; of one day the last one entered counts */
struct neighbour {
	day_t day; /* DAY_NONE: there is none */
	moment_t entered;
	int64_t value;
	bool reasoned;
	char id[ID_SIZE];
};

struct around {
	const struct node *answer;
	const char *count; /* the key of the figure that may not fall */
	day_t day;
	struct neighbour before, after; /* the nearest on either side of the day */
};

static bool is_nearer(const struct neighbour *known, const struct neighbour *other, day_t day)
{
	if (known->day == DAY_NONE || known->day == other->day)
		return known->day == DAY_NONE || other->entered >= known->entered;
	return (other->day > known->day) == (other->day < day);
}

static void look(struct around *a, const struct node *fields, moment_t entered)
{
	const struct node *values = node_get(fields, "values");
	struct neighbour other = { .day = field_date(fields, "date"),
				   .entered = entered,
				   .value = node_integer(values, a->count, -1),
				   .reasoned = node_get(values, "decrease_reason") != NULL };
	struct neighbour *side = other.day < a->day ? &a->before : &a->after;

	if (other.value < 0 || other.day == DAY_NONE || other.day == a->day ||
	    !node_equal(node_get(fields, "point"), node_get(a->answer, "point")) ||
	    !node_equal(node_get(fields, "unit"), node_get(a->answer, "unit")) ||
	    !is_nearer(side, &other, a->day))
		return;
	snprintf(other.id, sizeof(other.id), "%s", node_string(fields, "id"));
	*side = other;
}

static void compare(void *context, const struct folded *f)
{
	if (f->state != STATE_WITHDRAWN)
		look(context, f->fields, f->record->events[0].at);
}

static void tell_fall(struct add *add, const struct candidate *candidate, const struct around *a)
{
	const struct node *values = node_get(candidate->record, "values");
	struct finding what = { .level = LEVEL_ERROR,
				.code = "fell",
				.file = candidate->source.name,
				.line = values->line,
				.column = values->column };
	int64_t value = node_integer(values, a->count, 0);
	struct findings *findings = &add->cli.findings;
	char text[DATE_SIZE];

	if (a->before.day != DAY_NONE && value < a->before.value &&
	    !node_get(values, "decrease_reason"))
		finding_hint(
			findings,
			findings_add(findings, &what, _("the figure has fallen: it was %lld on %s"),
				     (long long)a->before.value, date_format(a->before.day, text)),
			"%s", _("say why with --decrease-reason TEXT, or correct it"));
	if (a->after.day != DAY_NONE && value > a->after.value && !a->after.reasoned)
		finding_hint(findings,
			     findings_add(findings, &what,
					  _("the figure falls afterwards: it is %lld on %s"),
					  (long long)a->after.value,
					  date_format(a->after.day, text)),
			     _("correct it, or say there why first: rectify-status %s --set "
			       "values.decrease_reason=TEXT"),
			     a->after.id);
}

/* domain T035: what is counted up to a date does not fall, or it is said why */
static void check_fall(struct add *add, const struct candidate *candidate)
{
	const struct node *answer = candidate->record;
	const char *unit = node_string(answer, "unit");
	struct around around = {
		.answer = answer,
		.count = inspection_cumulative(&add->cli.plan, node_integer(answer, "point", 0)),
		.day = field_date(answer, "date"),
		.before.day = DAY_NONE,
		.after.day = DAY_NONE,
	};

	if (!around.count)
		return;
	records_scan(&add->cli, &(struct reader){ .as_of = MOMENT_ALL }, &unit, 1,
		     KIND_BIT(KIND_INSPECTION), NULL, compare, &around);
	/* of two in one run the later one has fallen */
	for (size_t i = 0; i < add->count; i++)
		if (field_date(add->candidates[i].record, "date") < around.day)
			look(&around, add->candidates[i].record, MOMENT_ALL);
	tell_fall(add, candidate, &around);
}

/* a judgement that it could be better is a reason to log a problem (domain T046) */
static void offer_problem(struct add *add, const struct candidate *candidate)
{
	const struct node *record = candidate->record;
	struct finding what = { .level = LEVEL_NOTE, .code = "problem" };

	if (!node_boolean(node_get(record, "values"), "room_for_improvement", false))
		return;
	finding_hint(
		&add->cli.findings,
		findings_add(&add->cli.findings, &what, "%s", _("there is room for improvement")),
		"problem-log --source %s", node_string(record, "id"));
}

static void remark(struct add *add, const struct candidate *candidate)
{
	check_fall(add, candidate);
	offer_problem(add, candidate);
}

int main(int argc, char **argv)
{
	static const struct add_command command = {
		.kind = KIND_INSPECTION,
		.given = "point",
		.summary =
			N_("Add a unit's answer to a focus point (大排查). Which fields there are "
			   "depends on the point: inspect-add --point 12 --help."),
		.remark = remark,
	};

	return add_main(argc, argv, &command);
}
