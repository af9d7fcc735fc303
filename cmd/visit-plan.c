/* visit-plan: adds plans of visits and walkthroughs (走访计划), and holds them against what was done. */
#include <string.h>

#include "base/msg.h"
#include "cli/add.h"
#include "report/visit_plans.h"

static struct {
	bool status;
	struct strings matters;
} own;

static void add_own_options(struct add *add)
{
	const struct opt table[] = {
		{ .help = N_("What was done of it:") },
		{ .name = "status",
		  .help = N_("show planned against done, of --period or all there is"),
		  .flag = &own.status },
	};
	const struct opt matter[] = {
		{ .help = N_("Besides the fields:") },
		{ .name = "matter",
		  .metavar = "[DATE=]MATTER",
		  .help = N_("Matter to walk through 体验事项; may be repeated"),
		  .many = &own.matters },
	};

	cli_add_options(&add->cli, table, sizeof(table) / sizeof(*table));
	reader_add_options(&add->cli, &add->reader, READ_AS_OF | READ_FORMAT | READ_REDACT);
	cli_add_options(&add->cli, matter, sizeof(matter) / sizeof(*matter));
}

static void put(struct add *add, struct node *map, const char *name, const char *text, size_t n)
{
	struct node *value = node_new_string(&add->cli.arena, text, n);

	if (!value || node_set(&add->cli.arena, map, name, value) < 0)
		cli_no_memory(&add->cli);
}

/* a matter may hold the sign itself, so only a date takes it */
static struct node *matter_target(struct add *add, const char *text)
{
	const char *equals = strchr(text, '=');
	struct node *map = node_new_map(&add->cli.arena);
	day_t day;

	if (!map)
		cli_no_memory(&add->cli);
	if (equals && date_parse(text, (size_t)(equals - text), &day)) {
		put(add, map, "matter", equals + 1, strlen(equals + 1));
		put(add, map, "date", text, (size_t)(equals - text));
	} else {
		put(add, map, "matter", text, strlen(text));
	}
	return map;
}

/* --matter: further targets behind those of --target */
static void add_matters(struct add *add, struct node *fields)
{
	const struct node *given = node_get(fields, "targets");
	struct node *list = given && given->type == NODE_LIST ? node_copy(&add->cli.arena, given)
							      : node_new_list(&add->cli.arena);

	bool ok = list != NULL;

	for (size_t i = 0; ok && i < own.matters.count; i++)
		ok = node_append(&add->cli.arena, list, matter_target(add, own.matters.items[i])) ==
		     0;
	if (!ok || (own.matters.count && node_set(&add->cli.arena, fields, "targets", list) < 0))
		cli_no_memory(&add->cli);
}

/* what goes with the table: not what says what was planned, and by whom */
static void check_usage(const struct add *add, const struct strings *period)
{
	const struct field_options *fields = &add->fields;
	const struct writer *w = &add->writer;
	bool other = add->date || add->edit || add->for_text || add->sets.count ||
		     own.matters.count || w->by || w->at_text || w->wait_text || w->dry_run;

	for (size_t i = 0; i < fields->count; i++)
		other = other || (&fields->given[i] != period && fields->given[i].count);
	if (other)
		usage_error("%s", _("--status goes with --period, --unit and the options of a "
				    "report, not with those of a plan"));
}

/* the period that is asked for, or NULL: all there is */
static const char *asked_period(struct add *add, const struct strings *given, day_t *from,
				day_t *until)
{
	const char *text = given->count ? given->items[0] : NULL;

	*from = PERIOD_FIRST;
	*until = PERIOD_LAST;
	if (text && !period_parse(text, strlen(text), from, until)) {
		finding_hint(&add->cli.findings,
			     cli_error(&add->cli, "format", _("--period: '%s' is no period"), text),
			     "%s", _("write it as 2024, 2024-05, 2024-W18 or 2024-05-06"));
		cli_fail(&add->cli, REFUSED);
	}
	return text;
}

static void take(void *context, const struct folded *f)
{
	visit_plans_take(context, f);
}

/* the units that were named, else those that report and those that planned or did something */
static struct unit_set rows_of(const struct reader *reader, const struct visit_plans *plans)
{
	struct unit_set rows = { 0 };

	for (size_t i = 0; i < reader->nunits; i++) {
		int unit = plan_unit(plans->plan, reader->units[i]);
		const struct plan_progress *p = &plans->units[unit];

		if (reader->filtered || plans->plan->units[unit].reporting || p->plans ||
		    p->visits_beside || p->walkthroughs_beside)
			set_add(&rows, unit);
	}
	return rows;
}

static void report_plans(struct add *add, const char *period, const struct visit_plans *plans)
{
	const struct unit_set rows = rows_of(&add->reader, plans);
	struct report report;

	report_init(&report, &add->cli.arena);
	report_heading(&report, 1, "走访计划完成情况");
	report_as_of(&report, "截至", add->reader.stamp);
	if (period)
		cell_text(&report, report_fact(&report, "period", "时段", CELL_CODE), period);
	else
		cell_absent(&report, report_fact(&report, "period", "时段", CELL_CODE), "全部");
	visit_plans_report(&report, plans, &rows);
	report_out(&add->cli, &add->reader, &report);
}

static bool show_status(struct add *add)
{
	const struct schema_property *field = fields_property(&add->fields, "period");
	const struct strings *given = &add->fields.given[field - add->fields.properties];
	struct reader *reader = &add->reader;
	struct visit_plans plans;
	const char *period;
	day_t from, until;

	if (!own.status) {
		if (reader->as_of_text || reader->format || reader->encoding || reader->redact)
			usage_error("%s", _("--as-of and --format go with --status"));
		return false;
	}
	check_usage(add, given);
	period = asked_period(add, given, &from, &until);
	reader_resolve(&add->cli, reader);
	reader_need_here(&add->cli, reader);
	visit_plans_init(&plans, &add->cli.plan, from, until, &add->cli.arena);
	records_scan(&add->cli, reader, reader->units, reader->nunits,
		     KIND_BIT(KIND_VISIT_PLAN) | KIND_BIT(KIND_VISIT) | KIND_BIT(KIND_WALKTHROUGH),
		     NULL, take, &plans);
	if (visit_plans_match(&plans) < 0)
		cli_no_memory(&add->cli);
	report_plans(add, period, &plans);
	return true;
}

int main(int argc, char **argv)
{
	static const struct add_command command = {
		.kind = KIND_VISIT_PLAN,
		.summary = N_("Add a plan of visits and walkthroughs (走访计划), or show with "
			      "--status what was done of the plans."),
		.options = add_own_options,
		.instead = show_status,
		.fields = add_matters,
	};

	return add_main(argc, argv, &command);
}
