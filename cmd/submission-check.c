/* submission-check: what each unit still owes for the hand-in of its evidence (佐证资料报送). */
#include "base/msg.h"
#include "cli/submissions.h"
#include "report/submissions.h"

/* the units that were named, else those that report; only their records are read */
static struct unit_set choose_units(struct cli *cli, struct reader *reader)
{
	struct unit_set rows = { 0 };
	const char **units = arena_array(&cli->arena, reader->nunits, sizeof(*units));
	size_t n = 0;

	if (!units)
		cli_no_memory(cli);
	for (size_t i = 0; i < reader->nunits; i++) {
		int unit = plan_unit(&cli->plan, reader->units[i]);

		if (!reader->filtered && !cli->plan.units[unit].reporting)
			continue;
		set_add(&rows, unit);
		units[n++] = reader->units[i];
	}
	reader->units = units;
	reader->nunits = n;
	return rows;
}

static enum outcome outcome_of(const struct submissions *submissions, const struct unit_set *rows)
{
	for (int u = 0; u < (int)submissions->plan->nunits; u++)
		if (set_has(rows, u) && package_owes(submissions, &submissions->units[u]))
			return REFUSED;
	return DONE;
}

int main(int argc, char **argv)
{
	static const struct usage usage = {
		.operands = "",
		.summary = N_("Show what each unit still owes for the hand-in of its evidence "
			      "(佐证资料报送). Exits with 1 when any owes something."),
	};
	static struct cli cli;
	static struct reader reader;
	struct strings operands = { 0 };
	struct submissions submissions;
	struct unit_set rows;
	struct report report;

	cli_start(&cli, argc, argv);
	reader_add_options(&cli, &reader, READ_AS_OF | READ_UNIT | READ_FORMAT | READ_REDACT);
	args_parse(argc, argv, &cli.opts, &usage, &operands);
	cli_open(&cli, NULL);
	reader_resolve(&cli, &reader);
	rows = choose_units(&cli, &reader);
	reader_need_here(&cli, &reader);
	submissions_read(&cli, &reader, &submissions);
	report_init(&report, &cli.arena);
	report_heading(&report, 1, "佐证资料报送情况");
	report_as_of(&report, "截至", reader.stamp);
	submissions_facts(&report, &submissions, reader.day);
	submissions_tables(&report, &submissions, evidence_labels(&cli), &rows);
	report_out(&cli, &reader, &report);
	strings_release(&operands);
	strings_release(&reader.units_text);
	return cli_end(&cli, outcome_of(&submissions, &rows));
}
