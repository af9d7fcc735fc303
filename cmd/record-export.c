/* record-export: records as the plan's own forms, for the clerks' spreadsheets and for paper. */
#include <stdio.h>

#include "base/msg.h"
#include "cli/export.h"

static struct export_options options;
static const char *form, *file;

static void add_own_options(struct cli *cli)
{
	const struct opt table[] = {
		{ .name = "form",
		  .metavar = "FORM",
		  .help = N_(
			  "one of the plan's annexes, such as annex-1, or problem-list 问题清单"),
		  .one = &form },
		{ .name = "blank",
		  .help = N_("the form to be filled in, without records"),
		  .flag = &options.blank },
		{ .name = "period",
		  .metavar = "PERIOD",
		  .help = N_("only records dated in it: 2024, 2024-05, 2024-W18 or a day"),
		  .one = &options.period },
		{ .name = "names",
		  .help = N_("print the visitors' names where they sign; else that stays empty"),
		  .flag = &options.names },
		{ .name = "format",
		  .metavar = "FORMAT",
		  .help = N_("csv or xlsx; default as the name of FILE ends, else csv"),
		  .one = &options.format },
		{ .name = "encoding",
		  .metavar = "NAME",
		  .help = N_("of csv: utf-8 with BOM (default) or gb18030"),
		  .one = &options.encoding },
		{ .name = "output",
		  .letter = 'o',
		  .metavar = "FILE",
		  .help = N_("write into this file instead of standard output"),
		  .one = &file },
	};

	cli_add_options(cli, table, sizeof(table) / sizeof(*table));
}

int main(int argc, char **argv)
{
	static const struct usage usage = {
		.operands = "",
		.summary = N_("Write records as forms (登记表, 问题清单) for a spreadsheet, or the "
			      "blank forms."),
	};
	static struct cli cli;
	static struct reader reader;
	struct strings operands = { 0 };
	struct str out = { 0 };

	cli_start(&cli, argc, argv);
	add_own_options(&cli);
	reader_add_options(&cli, &reader, READ_AS_OF | READ_UNIT | READ_REDACT);
	args_parse(argc, argv, &cli.opts, &usage, &operands);
	if (!form)
		usage_error("%s", _("what? say --form FORM"));
	cli_open(&cli, NULL);
	reader_resolve(&cli, &reader);
	export_resolve(&cli, &reader, &options, file);
	export_form(&cli, &reader, &options, form, &out);
	if (file)
		file_replace(&cli, file, &out);
	else
		fwrite(str_text(&out), 1, out.len, stdout);
	str_release(&out);
	strings_release(&operands);
	strings_release(&reader.units_text);
	return cli_end(&cli, DONE);
}
