#include "cli/tallies.h"

#include <string.h>

#include "base/msg.h"

struct counting {
	struct cli *cli;
	const struct tally_period *period;
	struct unit_tally *units;
	size_t nunits;
	struct arena arena; /* of one problem */
};

struct tally_period period_option(struct cli *cli, const struct reader *r, const char *text)
{
	struct tally_period period = { .from = cli->plan.start,
				       .until = r->day,
				       .as_of = r->as_of };

	if (cli->plan.issue_date != DAY_NONE && cli->plan.issue_date < period.from)
		period.from = cli->plan.issue_date;
	if (text && !period_parse(text, strlen(text), &period.from, &period.until)) {
		finding_hint(&cli->findings,
			     cli_error(cli, "format", _("--period: '%s' is no period"), text), "%s",
			     _("write it as 2024, 2024-05, 2024-W18 or 2024-05-06"));
		cli_fail(cli, REFUSED);
	}
	return period;
}

static void take(void *context, const struct folded *f)
{
	struct counting *c = context;

	for (size_t i = 0; i < c->nunits; i++) {
		struct unit_tally *u = &c->units[i];

		if (strcmp(c->cli->plan.units[u->unit].id, f->record->unit) == 0 &&
		    tally_take(&u->tally, &c->cli->plan, f->record, c->period, &c->arena) < 0)
			cli_no_memory(c->cli);
	}
	arena_reset(&c->arena);
}

static void must_hold(struct cli *cli, const struct unit_tally *u)
{
	if (tally_holds(&u->tally))
		return;
	cli_error(cli, "identity",
		  _("the figures of unit '%s' do not add up; this is a fault of "
		    "the program"),
		  cli->plan.units[u->unit].id);
	cli_fail(cli, CANNOT);
}

struct unit_tally *tallies_read(struct cli *cli, const struct reader *r,
				const struct tally_period *period)
{
	struct counting c = { .cli = cli, .period = period, .nunits = r->nunits };

	c.units = arena_array(&cli->arena, r->nunits, sizeof(*c.units));
	if (!c.units)
		cli_no_memory(cli);
	for (size_t i = 0; i < r->nunits; i++)
		c.units[i].unit = plan_unit(&cli->plan, r->units[i]);
	records_scan(cli, r, r->units, r->nunits, KIND_BIT(KIND_PROBLEM), NULL, take, &c);
	for (size_t i = 0; i < r->nunits; i++)
		must_hold(cli, &c.units[i]);
	arena_release(&c.arena);
	return c.units;
}
