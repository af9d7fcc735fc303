#include "report/render.h"

#include <csv.h>
#include <string.h>

#include "base/utf8.h"
#include "report/cell.h"

/* [+-]digits[.digits][%]: what a spreadsheet reads as a number and nothing else */
static bool is_number(const char *text)
{
	static const char digits[] = "0123456789";
	size_t n;

	text += *text == '+' || *text == '-';
	n = strspn(text, digits);
	if (!n)
		return false;
	text += n;
	if (*text == '.') {
		n = strspn(++text, digits);
		if (!n)
			return false;
		text += n;
	}
	return !text[*text == '%'];
}

/* whether a spreadsheet could take the text for a formula: OWASP's list of first characters */
static bool could_be_formula(const char *text)
{
	static const char *const wide[] = { "＝", "＋", "－", "＠" };

	if (*text && strchr("=+-@\t\r\n", *text))
		return true;
	for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++)
		if (strncmp(text, wide[i], strlen(wide[i])) == 0)
			return true;
	return false;
}

bool csv_is_guarded(const char *text)
{
	return *text == '\'' && could_be_formula(text + strspn(text, "'"));
}

static void put_quoted(struct str *out, const struct str *text)
{
	size_t needed = csv_write2(NULL, 0, str_text(text), text->len, '"');
	char *to = str_room(out, needed);

	if (!to)
		return;
	out->len += csv_write2(to, needed, str_text(text), text->len, '"');
	out->p[out->len] = '\0';
}

void csv_add_cell(struct str *out, const char *text, bool number)
{
	struct str safe = { 0 };

	text = text ? text : "";
	if (could_be_formula(text) && !(number && is_number(text)))
		str_addc(&safe, '\'');
	utf8_add_cell(&safe, text, strlen(text));
	put_quoted(out, &safe);
	if (safe.failed)
		out->failed = true;
	str_release(&safe);
}

static void put_table(struct str *out, const struct table *table)
{
	struct str raw = { 0 };

	for (size_t i = 0; i < table->ncolumns; i++) {
		str_add(out, i ? "," : "");
		cell_add_title(&raw, table, i);
		csv_add_cell(out, str_text(&raw), false);
		str_reset(&raw);
	}
	str_add(out, CSV_ROW_END);
	for (size_t i = 0; i < table->nrows * table->ncolumns; i++) {
		const struct column *column = &table->columns[i % table->ncolumns];

		str_add(out, i % table->ncolumns ? "," : "");
		cell_add_sheet(&raw, column->type, &table->cells[i]);
		csv_add_cell(out, str_text(&raw),
			     column->type == CELL_FIGURE || column->type == CELL_INTEGER);
		str_reset(&raw);
		if ((i + 1) % table->ncolumns == 0)
			str_add(out, CSV_ROW_END);
	}
	if (raw.failed)
		out->failed = true;
	str_release(&raw);
}

int render_csv(const struct report *report, struct str *out)
{
	size_t start = out->len, tables = 0, written = 0;

	for (size_t i = 0; i < report->nblocks; i++)
		tables += block_data(&report->blocks[i]) != NULL;
	str_add(out, CSV_BOM);
	for (size_t i = 0; i < report->nblocks && !report->failed; i++) {
		const struct table *table = block_data(&report->blocks[i]);

		if (!table)
			continue;
		if (written++)
			str_add(out, CSV_ROW_END);
		if (tables > 1 && table->title) {
			csv_add_cell(out, table->title, false);
			str_add(out, CSV_ROW_END);
		}
		put_table(out, table);
	}
	return writer_end(out, start, report->failed);
}
