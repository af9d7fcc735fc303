/* dispatch-report: 周调度, 月通报, 工作总结: one issue of the plan's reports. */
#include <stdio.h>
#include <string.h>

#include "base/msg.h"
#include "cli/dispatch.h"

static struct options {
	const char *week, *month;
	bool final, due, no_redact;
} options;

static void add_own_options(struct cli *cli)
{
	const struct opt table[] = {
		{ .help = N_("Which report:") },
		{ .name = "week",
		  .metavar = "WEEK",
		  .help = N_(
			  "周调度 of an ISO week such as 2024-W18; default the last week that is "
			  "over"),
		  .one = &options.week },
		{ .name = "month",
		  .metavar = "MONTH",
		  .help = N_("月通报 of a month such as 2024-05"),
		  .one = &options.month },
		{ .name = "final",
		  .help = N_("工作总结 of the whole campaign"),
		  .flag = &options.final },
		{ .name = "due",
		  .help = N_("no report, but which are due by the day of --as-of: name and day of "
			     "issue, one a line"),
		  .flag = &options.due },
		{ .name = "no-redact",
		  .help = N_("names of persons stay in html too"),
		  .flag = &options.no_redact },
	};

	cli_add_options(cli, table, sizeof(table) / sizeof(*table));
}

static void check_usage(struct reader *reader)
{
	int reports = (options.week != NULL) + (options.month != NULL) + options.final;

	if (reports > 1)
		usage_error("%s", _("--week, --month and --final are three reports: choose one"));
	if (options.due && (reports || reader->format || reader->units_text.count ||
			    reader->encoding || reader->redact || options.no_redact))
		usage_error("%s", _("--due makes no report: only --as-of goes with it"));
	if (options.no_redact && reader->redact)
		usage_error("%s", _("--redact and --no-redact do not go together"));
	/* pages are for many eyes: names are masked in them unless the office wants them */
	if (!options.no_redact && reader->format && strcmp(reader->format, "html") == 0)
		reader->redact = true;
}

static void refuse(struct cli *cli, enum issue_kind kind, const char *text,
		   enum issue_answer answer)
{
	char first[ISSUE_NAME_SIZE], last[ISSUE_NAME_SIZE];
	const char *option = kind == ISSUE_WEEK ? "--week" : "--month";

	issue_range(&cli->plan, kind, first, last);
	if (answer == ISSUE_NO_PERIOD)
		finding_hint(
			&cli->findings,
			kind == ISSUE_WEEK
				? cli_error(cli, "format", _("--week: '%s' is no week"), text)
				: cli_error(cli, "format", _("--month: '%s' is no month"), text),
			_("write it as %s"), first);
	else
		finding_hint(
			&cli->findings,
			cli_error(cli, "outside", _("%s: there is no issue of '%s'"), option, text),
			_("the plan has issues from %s to %s"), first, last);
	cli_fail(cli, REFUSED);
}

static void choose_issue(struct cli *cli, const struct reader *reader, struct issue *issue)
{
	enum issue_kind kind = options.final   ? ISSUE_FINAL
			       : options.month ? ISSUE_MONTH
					       : ISSUE_WEEK;
	const char *text = options.month ? options.month : options.week;
	enum issue_answer answer;

	if (kind == ISSUE_WEEK && !text) {
		issue_last_closed(&cli->plan, reader->day, issue);
	} else {
		answer = issue_find(&cli->plan, kind, text, issue);
		if (answer != ISSUE_FOUND)
			refuse(cli, kind, text, answer);
	}
	if (reader->day >= issue->from)
		return;
	cli_error(cli, "outside", _("%s begins after %s, the day of --as-of"), issue->name,
		  reader->stamp);
	cli_fail(cli, REFUSED);
}

/* an issue is due on the day after its period */
static void print_due(const struct cli *cli, const struct reader *reader)
{
	char day[DATE_SIZE];
	struct issue issue;

	for (enum issue_kind kind = ISSUE_WEEK; kind <= ISSUE_FINAL; kind++)
		for (int n = 1; issue_nth(&cli->plan, kind, n, &issue) && issue.until < reader->day;
		     n++)
			printf("%s\t%s\n", issue.name, date_format(issue.until + 1, day));
}

int main(int argc, char **argv)
{
	static const struct usage usage = {
		.operands = "",
		.summary = N_("Make an issue of the plan's reports: 周调度 of a week, 月通报 of a "
			      "month, 工作总结 of the campaign."),
	};
	static struct cli cli;
	static struct reader reader;
	static struct dispatch dispatch;
	struct strings operands = { 0 };
	struct dispatch_words words;
	struct issue issue = { 0 };
	struct report report;

	cli_start(&cli, argc, argv);
	add_own_options(&cli);
	reader_add_options(&cli, &reader, READ_AS_OF | READ_UNIT | READ_FORMAT | READ_REDACT);
	args_parse(argc, argv, &cli.opts, &usage, &operands);
	check_usage(&reader);
	cli_open(&cli, NULL);
	reader_resolve(&cli, &reader);
	if (options.due) {
		print_due(&cli, &reader);
		return cli_end(&cli, DONE);
	}
	choose_issue(&cli, &reader, &issue);
	dispatch_read(&cli, &reader, &issue, &dispatch);
	dispatch_words_load(&cli, &reader, &dispatch, &words);
	report_init(&report, &cli.arena);
	dispatch_report(&report, &dispatch, &words);
	report_out(&cli, &reader, &report);
	strings_release(&operands);
	strings_release(&reader.units_text);
	return cli_end(&cli, DONE);
}
