#include "cli/told.h"

#include <string.h>

#include "base/msg.h"
#include "cli/read.h"

void told_check_format(const char *format)
{
	if (format && strcmp(format, "json") && strcmp(format, "text"))
		usage_error(_("--format is text or json, not '%s'"), format);
}

static void print_json(struct cli *cli, size_t files)
{
	static const struct column columns[] = {
		{ "file", "文件", CELL_CODE, 0, 0 },    { "line", "行", CELL_INTEGER, 0, 0 },
		{ "column", "列", CELL_INTEGER, 0, 0 }, { "level", "级别", CELL_CODE, 0, 0 },
		{ "code", "代码", CELL_CODE, 0, 0 },    { "pointer", "位置", CELL_CODE, 0, 0 },
		{ "message", "说明", CELL_TEXT, 0, 0 }, { "hint", "提示", CELL_TEXT, 0, 0 },
	};
	struct report report;
	struct table *table;

	report_init(&report, &cli->arena);
	cell_integer(report_fact(&report, "files", NULL, CELL_INTEGER), (int64_t)files);
	cell_integer(report_fact(&report, "errors", NULL, CELL_INTEGER),
		     (int64_t)cli->findings.errors);
	cell_integer(report_fact(&report, "warnings", NULL, CELL_INTEGER),
		     (int64_t)cli->findings.warnings);
	table = report_table(&report, "findings", NULL, "无", columns, 8);
	for (size_t i = 0; table && i < cli->findings.count; i++) {
		const struct finding *f = &cli->findings.items[i];
		struct cell *cells = table_row(&report, table);

		cell_text(&report, &cells[0], f->file);
		if (f->line) {
			cell_integer(&cells[1], f->line);
			cell_integer(&cells[2], f->column);
		}
		cell_text(&report, &cells[3], level_code(f->level));
		cell_text(&report, &cells[4], f->code);
		cell_text(&report, &cells[5], f->pointer);
		cell_text(&report, &cells[6], cli_told(cli, f->message));
		cell_text(&report, &cells[7], cli_told(cli, f->hint));
	}
	report_out(cli, &(struct reader){ .format = "json" }, &report);
}

static void print_text(struct cli *cli, size_t files, const char *prefix)
{
	cli_tell_to(cli, stdout, prefix);
	printf(ngettext_("%zu file: ", "%zu files: ", files), files);
	printf(ngettext_("%zu error, ", "%zu errors, ", cli->findings.errors),
	       cli->findings.errors);
	printf(ngettext_("%zu warning\n", "%zu warnings\n", cli->findings.warnings),
	       cli->findings.warnings);
}

void told_print(struct cli *cli, const char *format, size_t files, const char *prefix)
{
	if (format && strcmp(format, "json") == 0)
		print_json(cli, files);
	else
		print_text(cli, files, prefix);
	cli->told = cli->told || cli->findings.errors;
	if (!cli->findings.lost)
		findings_release(&cli->findings);
}
