/*
 * rectify-status: the ledger as a table, one record as a story, and the one way to add to it what
 * happened: moves, notes, what is done, corrections (整改一个、销号一个).
 */
#include <string.h>

#include "base/msg.h"
#include "cli/figures.h"
#include "cli/change.h"
#include "cli/labels.h"
#include "cli/ledger.h"
#include "cli/personal.h"
#include "cli/tallies.h"
#include "report/problems.h"

static struct options {
	struct ledger_options ledger;
	const char *period;
	bool summary;
} options;

static void add_own_options(struct cli *cli)
{
	static const struct opt head = { .help = N_("The table of problems and the story:") };
	const struct opt table[] = {
		{ .name = "explain",
		  .help = N_("say why the light is what it is, what is missing and who may close"),
		  .flag = &options.ledger.explain },
		{ .name = "summary",
		  .help = N_("instead of the table: what became of the problems of each unit in "
			     "the period, and the rates of closing"),
		  .flag = &options.summary },
		{ .name = "period",
		  .metavar = "PERIOD",
		  .help = N_("of --summary: 2024, 2024-05, 2024-W18 or a day; default the whole "
			     "campaign"),
		  .one = &options.period },
		{ .name = "exit-code",
		  .help = N_("exit with 1 when there is any row"),
		  .flag = &options.ledger.exit_code },
	};

	cli_add_options(cli, &head, 1);
	ledger_add_options(cli, &options.ledger);
	cli_add_options(cli, table, sizeof(table) / sizeof(*table));
}

static enum outcome show_summary(struct cli *cli, struct reader *reader)
{
	const struct tally_period period = period_option(cli, reader, options.period);
	struct report report;
	char day[DATE_SIZE];

	reader_need_here(cli, reader);
	report_init(&report, &cli->arena);
	report_heading(&report, 1, "问题整改统计");
	report_as_of(&report, "截至", reader->stamp);
	cell_text(&report, report_fact(&report, "from", "起", CELL_DATE),
		  date_format(period.from, day));
	cell_text(&report, report_fact(&report, "until", "止", CELL_DATE),
		  date_format(period.until, day));
	tallies_tables(&report, &cli->plan, tallies_read(cli, reader, &period), reader->nunits);
	report_out(cli, reader, &report);
	return DONE;
}

static enum outcome show_story(struct cli *cli, struct reader *reader, const struct ref *ref)
{
	struct record record;
	struct folded folded;
	struct figures figures;
	struct report report;
	struct labels fields, events;
	struct problem_status status;
	bool has_figures;

	record_load(cli, ref, &record);
	if (record_fold(&folded, &record, reader->as_of, cli->plan.offset, &cli->arena) < 0)
		cli_no_memory(cli);
	if (!folded.exists) {
		cli_error(cli, "no-record", _("%s was entered after %s"), ref->id, reader->stamp);
		return REFUSED;
	}
	if (reader->redact)
		personal_redact(&(struct personal){ .cli = cli }, &folded, &cli->arena);
	has_figures = record.kind == KIND_PROBLEM && all_here(cli);
	if (has_figures)
		figures_read(cli, reader, NULL, &figures);
	report_init(&report, &cli->arena);
	fields = labels_load(cli, record.kind, folded.fields);
	events = labels_load(cli, KINDS, NULL);
	record_story(&report, &cli->plan, &folded,
		     record_view(&cli->plan, &folded, has_figures ? &figures : NULL, reader->day,
				 &cli->arena),
		     fields.fields, fields.count, events.fields, events.count);
	if (options.ledger.explain && record.kind == KIND_PROBLEM) {
		problem_status(&cli->plan, &folded, has_figures ? &figures : NULL, reader->day,
			       &status);
		report_paragraph(&report, problem_why(&cli->plan, &folded, &status,
						      has_figures ? &figures : NULL, reader->day,
						      &cli->arena));
	}
	report_out(cli, reader, &report);
	return DONE;
}

/* of several records, which one is meant */
static void name_record(struct cli *cli, size_t from, const struct ref *ref)
{
	const char *path = arena_concat(&cli->arena, ref->folder, "/", ref->id, ".yaml", NULL);

	for (size_t i = from; path && i < cli->findings.count; i++)
		if (!cli->findings.items[i].file)
			cli->findings.items[i].file = cli_path(cli, path);
}

static enum outcome change_all(struct change *change, const struct ref *refs, size_t n)
{
	const struct schema_property *to = fields_property(&change->fields, "to");
	const struct strings *given = &change->fields.given[to - change->fields.properties];
	enum outcome outcome = DONE;

	/* plan L70: 整改一个，销号一个 */
	if (n > 1 && given->count &&
	    state_named(value_code(change->cli, to->codes, to->labels, to->aliases, NULL,
				   given->items[0])) == STATE_CLOSED)
		usage_error("%s", _("--to closed takes one record: each is closed by itself"));
	change_prepare(change);
	for (size_t i = 0; i < n; i++) {
		size_t told = change->cli->findings.count;

		outcome = worse_of(outcome, change_add(change, &refs[i]));
		if (n > 1)
			name_record(change->cli, told, &refs[i]);
	}
	return outcome;
}

static enum outcome run(struct cli *cli, struct reader *reader, struct writer *writer,
			struct change *change, const struct strings *operands)
{
	struct ref *refs = NULL;
	size_t n;

	cli_open(cli, path_operand(operands));
	if (change_wanted(change)) {
		if (!operands->count)
			usage_error("%s",
				    _("which record? name one, or - for names on standard input"));
		if (ledger_wanted(&options.ledger) || options.ledger.explain ||
		    reader->as_of_text || reader->format || reader->encoding)
			usage_error("%s", _("options of the table and of the story do not go with "
					    "what happened"));
		writer_take_unit(writer, &reader->units_text);
		writer_resolve(cli, writer);
		n = refs_resolve(cli, operands, &refs);
		return change_all(change, refs, n);
	}
	if (writer->by || writer->at_text || writer->wait_text || writer->dry_run)
		usage_error("%s", _("--by, --at, --wait and --dry-run go with what happened, such "
				    "as --to or --note"));
	reader_resolve(cli, reader);
	if (options.period && !options.summary)
		usage_error("%s", _("--period goes with --summary"));
	if (options.summary &&
	    (operands->count || ledger_wanted(&options.ledger) || options.ledger.explain))
		usage_error("%s", _("--summary takes --period, --unit and --as-of only"));
	if (!operands->count)
		return options.summary ? show_summary(cli, reader)
				       : ledger_show(cli, reader, &options.ledger);
	if (ledger_wanted(&options.ledger))
		usage_error("%s", _("options of the table go without a record"));
	n = refs_resolve(cli, operands, &refs);
	if (n != 1)
		usage_error("%s", _("the story is told of one record at a time"));
	return show_story(cli, reader, &refs[0]);
}

int main(int argc, char **argv)
{
	static const struct usage usage = {
		.operands = "[RECORD...]",
		.summary = N_("Without a record: the table of problems. With one: its story. With "
			      "a record "
			      "and what happened: add that to it, if it is allowed."),
		.most = SIZE_MAX,
	};
	static struct cli cli;
	static struct reader reader;
	static struct writer writer;
	static struct change change;
	struct strings operands = { 0 };
	enum outcome outcome;

	cli_start(&cli, argc, argv);
	add_own_options(&cli);
	reader_add_options(&cli, &reader, READ_AS_OF | READ_UNIT | READ_FORMAT | READ_REDACT);
	writer_add_options(&cli, &writer, false);
	change_options(&cli, &writer, &change);
	args_parse(argc, argv, &cli.opts, &usage, &operands);
	outcome = run(&cli, &reader, &writer, &change, &operands);
	change_release(&change);
	strings_release(&operands);
	return cli_end(&cli, outcome);
}
