/*
 * record-export: records as the plan's own forms, for the clerks' spreadsheets and for paper; what a
 * unit hands in.
 */
#include <stdio.h>

#include "base/msg.h"
#include "cli/dump.h"
#include "cli/handin.h"

static struct export_options options;
static const char *form, *file;
static bool submission, sql;

static void add_own_options(struct cli *cli)
{
	const struct opt table[] = {
		{ .name = "form",
		  .metavar = "FORM",
		  .help = N_(
			  "one of the plan's annexes, such as annex-1, or problem-list 问题清单"),
		  .one = &form },
		{ .name = "submission",
		  .help = N_("what one unit hands in (--unit), as a folder DIR: forms, problem "
			     "list, evidence, digests; nothing is sent"),
		  .flag = &submission },
		{ .name = "sql",
		  .help = N_("all records with their events, for PostgreSQL"),
		  .flag = &sql },
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

static void check_usage(const struct reader *reader, const struct strings *operands)
{
	bool of_forms = file || options.format || options.encoding || options.period ||
			options.blank || options.names;

	if ((form != NULL) + submission + sql != 1)
		usage_error("%s", _("what? say one of --form FORM, --submission DIR, --sql"));
	if (!submission && operands->count)
		usage_error(_("what is '%s'? -o FILE says where the form goes"),
			    operands->items[0]);
	if (submission && (!operands->count || reader->units_text.count != 1))
		usage_error("%s", _("--submission takes one --unit and the folder to make"));
	if (!form && of_forms)
		usage_error("%s",
			    _("--submission and --sql take --unit, --as-of and --redact only"));
}

static void write_form(struct cli *cli, const struct reader *reader)
{
	struct str out = { 0 };

	export_form(cli, reader, &options, form, &out);
	if (file)
		export_file(cli, file, &out);
	else
		cli_print(str_text(&out), out.len);
	str_release(&out);
}

int main(int argc, char **argv)
{
	static const struct usage usage = {
		.operands = "[DIR]",
		.summary =
			N_("Write records as forms (登记表, 问题清单) for a spreadsheet, or the "
			   "blank forms; or make the folder that a unit hands in (佐证资料报送)."),
		.most = 1,
	};
	static struct cli cli;
	static struct reader reader;
	struct strings operands = { 0 };

	cli_start(&cli, argc, argv);
	add_own_options(&cli);
	reader_add_options(&cli, &reader, READ_AS_OF | READ_UNIT | READ_REDACT);
	args_parse(argc, argv, &cli.opts, &usage, &operands);
	check_usage(&reader, &operands);
	cli_open(&cli, NULL);
	reader_resolve(&cli, &reader);
	export_resolve(&cli, &reader, &options, submission ? operands.items[0] : file);
	if (sql)
		dump_sql(&cli, &reader);
	else if (submission)
		handin_write(&cli, &reader, &options, operands.items[0]);
	else
		write_form(&cli, &reader);
	strings_release(&operands);
	strings_release(&reader.units_text);
	return cli_end(&cli, DONE);
}
