/* indicator-report: where every indicator stands (指标), one by unit, one over time. */
#include <string.h>

#include "base/msg.h"
#include "cli/figures.h"
#include "report/indicators.h"

static struct options {
	const char *indicator;
	bool by_unit, series, pace;
} options;

static void add_own_options(struct cli *cli)
{
	const struct opt table[] = {
		{ .help = N_("What to show:") },
		{ .name = "indicator",
		  .metavar = "INDICATOR",
		  .help = N_("one indicator, id or name"),
		  .one = &options.indicator },
		{ .name = "by-unit",
		  .help = N_("its figures by unit, ranked; --unit leaves out the others"),
		  .flag = &options.by_unit },
		{ .name = "series",
		  .help = N_("its value for the whole city on each day with a figure"),
		  .flag = &options.series },
		{ .name = "pace",
		  .help = N_("how fast each has to move to reach its target in time, and where an "
			     "even pace would have it"),
		  .flag = &options.pace },
	};

	cli_add_options(cli, table, sizeof(table) / sizeof(*table));
}

static void check_usage(const struct reader *reader)
{
	if ((options.by_unit || options.series) && !options.indicator)
		usage_error(_("--%s needs --indicator"), options.by_unit ? "by-unit" : "series");
	if (options.by_unit + options.series + options.pace > 1)
		usage_error("%s",
			    _("--by-unit, --series and --pace are three reports: choose one"));
	if (reader->units_text.count && !options.by_unit)
		usage_error("%s", _("--unit chooses rows of --by-unit; the city's value is that of "
				    "all units"));
}

static void put_units(struct cli *cli, const struct reader *reader, struct report *report,
		      const struct figures *figures, const struct indicator *indicator,
		      bool for_people)
{
	struct unit_set rows = { 0 }, here = { 0 };
	struct unit_choice choice = { .rows = reader->filtered ? &rows : NULL,
				      .here = &here,
				      .before = figures->days[0] };

	for (size_t i = 0; i < reader->nunits; i++)
		set_add(&rows, plan_unit(&cli->plan, reader->units[i]));
	for (size_t i = 0; i < cli->plan.nunits; i++)
		if (!cli->plan.units[i].folder ||
		    store_has_folder(&cli->store, cli->plan.units[i].id))
			set_add(&here, (int)i);
	if (for_people)
		indicator_units_read(report, figures, indicator, reader->day, &choice);
	else
		indicator_units_data(report, figures, indicator, reader->day, &choice);
}

static day_t month_end_before(day_t day)
{
	return day - civil_of_day(day).day;
}

static void make_report(struct cli *cli, const struct reader *reader, struct report *report,
			const struct figures *figures, const struct indicator *only)
{
	bool for_people = reader_for_people(reader);

	report_heading(report, 1, "指标完成情况");
	report_as_of(report, "截至", reader->stamp);
	if (options.by_unit || options.series)
		cell_code(report, report_fact(report, "indicator", "指标", CELL_CODE), only->id,
			  only->name);
	if (options.series)
		indicator_series_table(report, figures);
	else if (options.by_unit)
		put_units(cli, reader, report, figures, only, for_people);
	else if (options.pace)
		indicator_pace_table(report, figures, reader->day, only);
	else if (for_people)
		indicators_read(report, figures, reader->day, only);
	else
		indicators_data(report, figures, reader->day, only);
}

int main(int argc, char **argv)
{
	static const struct usage usage = {
		.operands = "",
		.summary =
			N_("Show every indicator (指标): baseline, latest value, change, frontier, "
			   "median or mean, target, gap, met or not."),
	};
	static struct cli cli;
	static struct reader reader;
	const struct indicator *only = NULL;
	struct strings operands = { 0 };
	struct figures figures;
	struct report report;
	day_t days[2];

	cli_start(&cli, argc, argv);
	reader_add_options(&cli, &reader, READ_AS_OF | READ_UNIT | READ_FORMAT | READ_REDACT);
	add_own_options(&cli);
	args_parse(argc, argv, &cli.opts, &usage, &operands);
	check_usage(&reader);
	cli_open(&cli, NULL);
	reader_resolve(&cli, &reader);
	if (options.indicator)
		only = figures_indicator(&cli, options.indicator);
	if (reader.filtered)
		reader_need_here(&cli, &reader);
	else
		figures_need_city(&cli, &reader, only);
	days[0] = month_end_before(reader.day);
	days[1] = reader.day;
	if (options.by_unit)
		figures_read_days(&cli, &reader, days, 2, &figures);
	else
		figures_read(&cli, &reader, options.series ? only : NULL, &figures);
	report_init(&report, &cli.arena);
	make_report(&cli, &reader, &report, &figures, only);
	report_out(&cli, &reader, &report);
	strings_release(&operands);
	strings_release(&reader.units_text);
	return cli_end(&cli, DONE);
}
