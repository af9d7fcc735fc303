#include "report/render.h"

#include <inttypes.h>
#include <string.h>

#include "base/utf8.h"
#include "report/cell.h"

static const char *short_escape(int32_t c)
{
	switch (c) {
	case '"':
		return "\\\"";
	case '\\':
		return "\\\\";
	case '\b':
		return "\\b";
	case '\f':
		return "\\f";
	case '\n':
		return "\\n";
	case '\r':
		return "\\r";
	case '\t':
		return "\\t";
	default:
		return NULL;
	}
}

void json_string(struct str *out, const char *text, size_t n)
{
	const char *end = text + n;

	str_addc(out, '"');
	while (text < end) {
		const char *from = text;
		int32_t c = utf8_decode(&text, end);
		const char *escape = short_escape(c);

		if (escape)
			str_add(out, escape);
		else if (utf8_is_control(c)) /* all of them are in the BMP: no surrogates */
			str_addf(out, "\\u%04x", (unsigned)c);
		else if (c == 0xfffd)
			str_add(out, "\xef\xbf\xbd");
		else
			str_addn(out, from, (size_t)(text - from));
	}
	str_addc(out, '"');
}

static void put_text(struct str *out, const char *text)
{
	json_string(out, text, strlen(text));
}

static void put_key(struct str *out, const char *key)
{
	put_text(out, key);
	str_addc(out, ':');
}

static void put_value(struct str *out, enum cell_type type, const struct cell *cell)
{
	if (!cell_has_value(type, cell)) {
		str_add(out, "null");
	} else if (type == CELL_INTEGER) {
		str_addf(out, "%" PRId64, cell->integer);
	} else if (type == CELL_BOOLEAN) {
		str_add(out, cell->boolean ? "true" : "false");
	} else if (type == CELL_LIST) {
		str_addc(out, '[');
		for (size_t i = 0; i < cell->nlist; i++) {
			str_add(out, i ? "," : "");
			put_text(out, cell->list[i]);
		}
		str_addc(out, ']');
	} else {
		put_text(out, cell->code ? cell->code : cell->text);
	}
}

static void put_rows(struct str *out, const struct table *table, bool *any)
{
	for (size_t i = 0; i < table->nrows; i++) {
		bool first = true;

		str_add(out, *any ? ",{" : "{");
		*any = true;
		for (size_t j = 0; j < table->ncolumns; j++) {
			const struct column *column = &table->columns[j];

			if (!column->key || column->flags & COLUMN_READ_ONLY)
				continue;
			str_add(out, first ? "" : ",");
			first = false;
			put_key(out, column->key);
			put_value(out, column->type, &table->cells[i * table->ncolumns + j]);
		}
		str_addc(out, '}');
	}
}

static bool is_table(const struct block *block, const char *key)
{
	const struct table *table = block_data(block);

	return table && table->key && (!key || strcmp(table->key, key) == 0);
}

/* the array of all tables with the key of the one at `first`, unless one before it has that key */
static void put_tables(struct str *out, const struct report *report, size_t first)
{
	const char *key = report->blocks[first].table->key;
	bool any = false;

	for (size_t i = 0; i < first; i++)
		if (is_table(&report->blocks[i], key))
			return;
	str_addc(out, ',');
	put_key(out, key);
	str_addc(out, '[');
	for (size_t i = first; i < report->nblocks; i++)
		if (is_table(&report->blocks[i], key))
			put_rows(out, report->blocks[i].table, &any);
	str_addc(out, ']');
}

int render_json(const struct report *report, struct str *out)
{
	size_t start = out->len;

	str_add(out, "{\"version\":1");
	for (size_t i = 0; i < report->nfacts && !report->failed; i++) {
		const struct fact *fact = &report->facts[i];

		if (!fact->key)
			continue;
		str_addc(out, ',');
		put_key(out, fact->key);
		put_value(out, fact->type, &fact->cell);
	}
	for (size_t i = 0; i < report->nblocks && !report->failed; i++)
		if (is_table(&report->blocks[i], NULL))
			put_tables(out, report, i);
	str_add(out, "}\n");
	return writer_end(out, start, report->failed);
}
