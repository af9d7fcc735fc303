/* The rows that were rejected, as a table to send back: the columns of the file and the reasons. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "base/file.h"
#include "base/msg.h"
#include "cli/import.h"
#include "report/render.h"
#include "store/durable.h"

#define REJECTS_LIMIT ((size_t)256 * 1024 * 1024)

/* one column of what goes back: a cell of the header, or a column of the form */
struct back {
	struct column columns[TABLE_COLUMNS];
	uint32_t from[TABLE_COLUMNS];
	size_t count;
};

static void add_column(struct back *back, const char *title, uint32_t from)
{
	if (back->count + 1 >= TABLE_COLUMNS)
		return;
	back->columns[back->count] = (struct column){ .title = title, .flags = COLUMN_READ_ONLY };
	back->from[back->count++] = from;
}

/* without columns of personal data; under the form's own headings, so that it can be imported */
static void choose_columns(const struct intake *in, struct back *back)
{
	for (uint32_t i = 0; in->header && i < in->width; i++) {
		int column = in->map[i];

		if (column >= 0)
			add_column(back, in->form->columns[column].name, i);
		else if (column != MAP_PERSONAL &&
			 strcmp(row_cell(in->header, i).text, INTAKE_REASONS) != 0)
			add_column(back, row_cell(in->header, i).text, i);
	}
	for (uint32_t i = 0; !in->header && i < in->form->nprinted; i++)
		add_column(back, in->form->columns[i].name, i);
	back->columns[back->count] =
		(struct column){ .title = INTAKE_REASONS, .flags = COLUMN_READ_ONLY };
}

const char *import_reasons(struct import *import, const struct findings *findings)
{
	struct cli *cli = &import->add.cli;
	struct str text = { 0 };
	char *copy;

	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *f = &findings->items[i];

		if (f->level != LEVEL_ERROR)
			continue;
		str_addf(&text, "%s%s%s%s", text.len ? "；" : "", f->label ? f->label : "",
			 f->label ? "：" : "", cli_told(cli, f->message));
		if (f->hint)
			str_addf(&text, "（%s）", cli_told(cli, f->hint));
	}
	copy = text.failed ? NULL : arena_strdup(&import->arena, str_text(&text));
	str_release(&text);
	if (!copy)
		cli_no_memory(cli);
	return copy;
}

static void add_row(const struct intake_entry *entry, const char *reasons, struct report *report,
		    struct table *table, const struct back *back)
{
	struct cell *cells = table_row(report, table);

	for (size_t i = 0; i < back->count; i++) {
		const char *text = entry->row ? row_cell(entry->row, back->from[i]).text
					      : entry->cells[back->from[i]].text;

		cell_text(report, &cells[i], text && *text ? text : NULL);
		if (!text || !*text)
			cell_absent(report, &cells[i], "");
	}
	cell_text(report, &cells[back->count], reasons);
}

/* a table of ours ends its first line with the heading of the reasons */
static bool is_rejects(const char *text)
{
	const char *line_end = text + strcspn(text, "\r\n");
	size_t n = strlen("\"" INTAKE_REASONS "\"");

	return (size_t)(line_end - text) >= n &&
	       strncmp(line_end - n, "\"" INTAKE_REASONS "\"", n) == 0;
}

bool import_may_reject_to(const char *path)
{
	struct str text = { 0 };
	/* what cannot be read, or is no file, cannot be replaced either, as is told then */
	bool may = file_read(AT_FDCWD, path, REJECTS_LIMIT, &text) < 0 ? errno != EFBIG : !text.len;

	may = may || is_rejects(str_text(&text));
	str_release(&text);
	return may;
}

static enum outcome write_file(struct import *import, const struct str *text)
{
	struct cli *cli = &import->add.cli;

	if (file_replace(import->rejects, str_text(text), text->len) == 0)
		return DONE;
	finding_errno(&cli->findings, import->rejects, _("cannot write"), errno);
	return CANNOT;
}

enum outcome import_rejects(struct import *import)
{
	struct cli *cli = &import->add.cli;
	const struct intake *in = &import->intake;
	struct report report;
	struct back back = { .count = 0 };
	struct str text = { 0 };
	struct table *table;
	enum outcome outcome;

	choose_columns(in, &back);
	report_init(&report, &cli->arena);
	table = report_table(&report, NULL, NULL, NULL, back.columns, back.count + 1);
	for (size_t i = 0; i < in->count; i++)
		if (import->entries[i].fate == IMPORT_REJECTED)
			add_row(&in->entries[i], import->entries[i].reasons, &report, table, &back);
	if (render_csv(&report, &text) < 0)
		cli_no_memory(cli);
	outcome = write_file(import, &text);
	str_release(&text);
	return outcome;
}
