/* inspect-add: adds a unit's answer to one of the focus points (大排查). */
#include "base/msg.h"
#include "cli/add.h"
#include "cli/read.h"
#include "model/indicator.h"

/* the newest answer of the unit to the point before the day */
struct before {
	const struct add *add;
	const struct node *answer;
	const char *count; /* the key of the figure that may not fall */
	day_t day, of;
	int64_t value;
};

static void compare(void *context, const struct folded *f)
{
	struct before *b = context;
	day_t day = field_date(f->fields, "date");
	int64_t value = node_integer(node_get(f->fields, "values"), b->count, -1);

	if (f->state == STATE_WITHDRAWN || value < 0 || day >= b->day || day < b->of ||
	    !node_equal(node_get(f->fields, "point"), node_get(b->answer, "point")))
		return;
	b->of = day;
	b->value = value;
}

/* domain T035: what is counted up to a date does not fall, or it is said why */
static void check_fall(struct add *add, const struct candidate *candidate)
{
	const struct plan *plan = &add->cli.plan;
	const struct node *answer = candidate->record, *values = node_get(answer, "values");
	const struct focus_point *point = plan_point(plan, node_integer(answer, "point", 0));
	const char *unit = node_string(answer, "unit");
	struct before before = {
		.add = add, .answer = answer, .day = field_date(answer, "date"), .of = DAY_NONE
	};
	struct finding what = { .level = LEVEL_ERROR,
				.code = "fell",
				.file = candidate->source.name,
				.line = values ? values->line : 0,
				.column = values ? values->column : 0 };
	char text[DATE_SIZE];

	if (!point || !point->cumulative || node_get(values, "decrease_reason"))
		return;
	for (size_t i = 0; i < plan->nindicators && !before.count; i++)
		if (plan->indicators[i].point == point->id)
			before.count = plan->indicators[i].from_count;
	if (!before.count)
		return;
	records_scan(&add->cli, &(struct reader){ .as_of = MOMENT_ALL }, &unit, 1,
		     KIND_BIT(KIND_INSPECTION), NULL, compare, &before);
	if (before.of != DAY_NONE && node_integer(values, before.count, 0) < before.value)
		finding_hint(&add->cli.findings,
			     findings_add(&add->cli.findings, &what,
					  _("the figure has fallen: it was %lld on %s"),
					  (long long)before.value, date_format(before.of, text)),
			     "%s", _("say why with --decrease-reason TEXT, or correct it"));
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
