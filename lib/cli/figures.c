#include "cli/figures.h"

#include <stdlib.h>
#include <string.h>

#include "base/msg.h"

static void take_figure(void *context, const struct folded *f)
{
	struct figures *figures = context;
	moment_t entered = f->record->events[0].at;
	const char *path = record_path(figures->arena, f->record);
	int result;

	if (f->state == STATE_WITHDRAWN) {
		figures_leave_out(figures, f->fields);
		return;
	}
	result = f->record->kind == KIND_OBSERVATION
			 ? figures_take_observation(figures, f->fields, entered, path)
			 : figures_take_inspection(figures, f->fields, entered, path);
	if (result < 0 || !path)
		exit(CANNOT);
}

void figures_read_days(struct cli *cli, const struct reader *r, const day_t *days, size_t n,
		       struct figures *figures)
{
	if (figures_init_days(figures, &cli->plan, days, n, &cli->arena) < 0)
		cli_no_memory(cli);
	records_scan(cli, r, cli->plan.folders, cli->plan.nfolders,
		     KIND_BIT(KIND_OBSERVATION) | KIND_BIT(KIND_INSPECTION), NULL, take_figure,
		     figures);
}

void figures_read(struct cli *cli, const struct reader *r, const struct indicator *series,
		  struct figures *figures)
{
	if (figures_init(figures, &cli->plan, r->day, series, &cli->arena) < 0)
		cli_no_memory(cli);
	records_scan(cli, r, cli->plan.folders, cli->plan.nfolders,
		     KIND_BIT(KIND_OBSERVATION) | KIND_BIT(KIND_INSPECTION), NULL, take_figure,
		     figures);
}

/* the city's value is made of the figures of every unit that should report, and of the owner's */
void figures_need_city(struct cli *cli, const struct reader *r, const struct indicator *only)
{
	const struct plan *plan = &cli->plan;
	struct reader all = *r;

	all.nunits = 0;
	all.units = arena_array(&cli->arena, plan->nunits, sizeof(*all.units));
	if (!all.units)
		cli_no_memory(cli);
	for (size_t i = 0; i < plan->nunits; i++) {
		bool needed = (int)i == plan->owner;

		for (size_t j = 0; j < plan->nindicators; j++)
			needed = needed || ((!only || only == &plan->indicators[j]) &&
					    set_has(&plan->indicators[j].expected, (int)i));
		if (needed && plan->units[i].folder)
			all.units[all.nunits++] = plan->units[i].id;
	}
	reader_need_here(cli, &all);
}

const struct indicator *figures_indicator(struct cli *cli, const char *word)
{
	const struct plan *plan = &cli->plan;
	const struct indicator *indicator =
		plan_indicator(plan, plan_word_code(plan, "indicator", word));
	const struct node *value;
	struct str hint = { 0 };

	if (indicator)
		return indicator;
	value = node_new_string(&cli->arena, word, strlen(word));
	if (!value)
		cli_no_memory(cli);
	plan_word_hint(plan, "indicator", value, &hint);
	finding_hint(&cli->findings,
		     cli_error(cli, "unknown-word",
			       _("--indicator: '%s' is no indicator of the plan"), word),
		     "%s", str_text(&hint));
	str_release(&hint);
	cli_fail(cli, REFUSED);
}
