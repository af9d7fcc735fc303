#include "report/render.h"

#include <string.h>

#include "base/utf8.h"
#include "report/chart.h"

/* CommonMark 2.4, GFM 4.10: what means something anywhere, and what does at the start of a line */
#define ANYWHERE "\\`*_[]<>|~&$"
#define AT_START "#+-=>"

/* digits, a dot or bracket and a space at the start of a line would be the number of a list */
static bool starts_list(const char *text, const char *p)
{
	size_t digits = strspn(text, "0123456789");

	return (*p == '.' || *p == ')') && digits && digits == (size_t)(p - text) &&
	       (!p[1] || p[1] == ' ');
}

/* text as text: a backslash where a character would mean something; a newline as <br> */
static void put_safe(struct str *out, const char *text, size_t n)
{
	struct str safe = { 0 };
	const char *start;

	utf8_add_visible(&safe, text, n, true);
	start = str_text(&safe);
	for (const char *p = start; *p; p++) {
		if (*p == '\n') {
			str_add(out, "<br>");
			start = p + 1;
			continue;
		}
		if (strchr(ANYWHERE, *p) || (p == start && strchr(AT_START, *p)) ||
		    starts_list(start, p))
			str_addc(out, '\\');
		str_addc(out, *p);
	}
	out->failed = out->failed || safe.failed;
	str_release(&safe);
}

static void put_cell(struct str *out, enum cell_type type, const struct cell *cell)
{
	struct str raw = { 0 };

	cell_add_shown(&raw, type, cell, "—");
	put_safe(out, str_text(&raw), raw.len);
	out->failed = out->failed || raw.failed;
	str_release(&raw);
}

static bool is_number(enum cell_type type)
{
	return type == CELL_FIGURE || type == CELL_INTEGER;
}

static bool is_read(const struct column *column)
{
	return !(column->flags & COLUMN_DATA_ONLY);
}

static void put_table(struct str *out, const struct table *table)
{
	if (table->title) {
		str_add(out, "**");
		put_safe(out, table->title, strlen(table->title));
		str_add(out, "**\n\n");
	}
	if (!table->nrows) {
		put_safe(out, table->empty, strlen(table->empty));
		str_addc(out, '\n');
		return;
	}
	for (size_t i = 0; i < table->ncolumns; i++)
		if (is_read(&table->columns[i])) {
			str_add(out, "| ");
			put_safe(out, table->columns[i].title, strlen(table->columns[i].title));
			str_addc(out, ' ');
		}
	str_add(out, "|\n");
	for (size_t i = 0; i < table->ncolumns; i++)
		if (is_read(&table->columns[i]))
			str_add(out, is_number(table->columns[i].type) ? "| ---: " : "| --- ");
	str_add(out, "|\n");
	for (size_t i = 0; i < table->nrows * table->ncolumns; i++) {
		const struct column *column = &table->columns[i % table->ncolumns];

		if (is_read(column)) {
			str_add(out, "| ");
			put_cell(out, column->type, &table->cells[i]);
			str_addc(out, ' ');
		}
		if ((i + 1) % table->ncolumns == 0)
			str_add(out, "|\n");
	}
}

static void put_facts(struct str *out, const struct report *report)
{
	bool any = false;

	for (size_t i = 0; i < report->nfacts; i++) {
		const struct fact *fact = &report->facts[i];

		if (!fact->title)
			continue;
		if (any)
			str_add(out, "　　");
		put_safe(out, fact->title, strlen(fact->title));
		str_add(out, "：");
		put_cell(out, fact->type, &fact->cell);
		any = true;
	}
	if (any)
		str_add(out, "\n");
}

static void put_chart(struct str *out, const struct chart *chart)
{
	struct str words = { 0 };

	str_add(out, "**");
	put_safe(out, chart->title, strlen(chart->title));
	str_add(out, "**\n\n");
	chart_words(&words, chart, true);
	put_safe(out, str_text(&words), words.len);
	str_addc(out, '\n');
	str_release_part(&words, out);
}

static void put_block(struct str *out, const struct block *block)
{
	if (block->type == BLOCK_CHART) {
		put_chart(out, block->chart);
		return;
	}
	if (block->type == BLOCK_TABLE) {
		put_table(out, block->table);
		return;
	}
	if (block->type == BLOCK_HEADING) {
		str_pad(out, '#', block->level < 6 ? block->level : 6);
		str_addc(out, ' ');
	}
	put_safe(out, block->text, strlen(block->text));
	str_addc(out, '\n');
}

int render_md(const struct report *report, struct str *out)
{
	const struct block *blocks = report->blocks;
	bool titled = report->nblocks && blocks->type == BLOCK_HEADING && blocks->level == 1;
	size_t start = out->len;

	if (titled) {
		put_block(out, blocks);
		str_addc(out, '\n');
	}
	put_facts(out, report);
	for (size_t i = titled; i < report->nblocks; i++) {
		if (!chart_is_told(&blocks[i]))
			continue;
		str_addc(out, '\n');
		put_block(out, &blocks[i]);
	}
	return writer_end(out, start, report->failed);
}
