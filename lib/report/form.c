/* The plan's own forms. */
#include <string.h>

#include "base/utf8.h"
#include "report/cell.h"
#include "report/form_parts.h"

#define ANNEX "annex-"

#define LINE_HEIGHT 40   /* a line of annex 2 */
#define LARGE_HEIGHT 170 /* findings, suggestions: room to write */
#define FORM_COLUMNS 4u
#define USUAL_WIDTH 14u

/* How wide a column is and how its cells stand. Of a form: what is written in large. */
static const struct look {
	const char *field;
	unsigned width;
	enum sheet_style style;
	bool large;
} LOOKS[] = {
	{ "seq", 5, SHEET_MIDDLE, false },       { "unit", 12, SHEET_MIDDLE, false },
	{ "date", 14, SHEET_MIDDLE, false },     { "indicator_type", 10, SHEET_MIDDLE, false },
	{ "enterprise", 13, SHEET_TEXT, false }, { "appeal", 20, SHEET_TEXT, false },
	{ "solution", 18, SHEET_TEXT, false },   { "visitors", 8, SHEET_MIDDLE, false },
	{ "findings", 0, SHEET_TEXT, true },     { "suggestions", 0, SHEET_TEXT, true },
};

static const struct look *look_of(const char *field)
{
	static const struct look usual = { NULL, USUAL_WIDTH, SHEET_TEXT, false };

	for (size_t i = 0; i < sizeof(LOOKS) / sizeof(*LOOKS); i++)
		if (strcmp(LOOKS[i].field, field) == 0)
			return &LOOKS[i];
	return &usual;
}

const struct node *form_annex(const struct plan *plan, const char *id)
{
	const struct node *annexes = node_get(plan->root, "annexes");

	for (size_t i = 0; i < list_count(annexes); i++)
		if (node_is(node_get(&annexes->items[i], "id"), id))
			return &annexes->items[i];
	return NULL;
}

const char *form_title(const struct node *annex)
{
	return node_string(annex, "title");
}

void form_count(struct str *out, size_t i, const char *text)
{
	bool digit = text && *text >= '0' && *text <= '9';

	str_addf(out, "%s%zu.%s", i ? "\n" : "", i + 1, digit ? " " : "");
}

/* several entries of one cell, a line each; numbered, so that they can be told apart again */
static void add_lines(struct str *out, const struct form_words *words,
		      const struct story_field *field, const struct node *list)
{
	for (uint32_t i = 0; i < list->count; i++) {
		if (list->count > 1)
			form_count(out, i, list->items[i].text);
		words_add(out, words->plan, field, &list->items[i]);
	}
}

/* what a column of the plan's form says of the record */
static void add_words(struct str *out, const struct form_words *words, const char *name,
		      const struct node *record)
{
	const struct node *value = node_get(record, name);
	const char *text = node_string(record, "method_text");

	if (strcmp(name, "visitors") == 0 && !words->names)
		return; /* T142: a printed name is no signature */
	if (!value)
		return;
	if (strcmp(name, "method") == 0 && text)
		str_add(out, text); /* as it was written on the form */
	else if (strcmp(name, "date") == 0 && value->type == NODE_STRING)
		stamp_words(out, value->text);
	else if (strcmp(name, "findings") == 0 && value->type == NODE_LIST)
		add_lines(out, words, field_named(words->fields, words->nfields, name), value);
	else
		words_add(out, words->plan, field_named(words->fields, words->nfields, name),
			  value);
}

/* the same for a cell; record-import takes an apostrophe before a formula away, so that a text's
 * own gets another */
static void add_value(struct str *out, const struct form_words *words, const char *name,
		      const struct node *record)
{
	struct str text = { 0 };

	add_words(&text, words, name, record);
	if (csv_is_guarded(str_text(&text)))
		str_addc(out, '\'');
	str_addn(out, str_text(&text), text.len);
	out->failed = out->failed || text.failed;
	str_release(&text);
}

const char *form_number(const struct node *annex)
{
	const char *id = node_string(annex, "id");

	return strncmp(id, ANNEX, strlen(ANNEX)) == 0 ? id + strlen(ANNEX) : id;
}

static void put_numbered(struct sheet *sheet, struct sheet_row *row, const struct node *columns,
			 const struct form_words *words, unsigned number, const struct node *record)
{
	struct str text = { 0 };

	for (uint32_t i = 0; i < columns->count; i++) {
		const char *field = node_string(&columns->items[i], "field");

		if (strcmp(field, "seq") == 0)
			str_addf(&text, "%u", number);
		else if (record)
			add_value(&text, words, field, record);
		sheet_take(sheet, row, i, look_of(field)->style, 1, &text);
	}
	str_release(&text);
}

/* numbers start again on every page; the last one is filled up, as the plan prints it */
static void fill_table(struct book *book, const struct form_words *words, const struct node *annex,
		       const struct listed *records, size_t n)
{
	const struct node *columns = node_get(annex, "columns");
	size_t page = (size_t)node_integer(annex, "rows", 1);
	size_t rows = n ? (n + page - 1) / page * page : page;
	unsigned *widths = arena_array(book->arena, columns->count, sizeof(*widths));
	struct str title = { 0 };
	struct sheet_row *row;
	struct sheet *sheet;

	if (!widths) {
		book->failed = true;
		return;
	}
	for (uint32_t i = 0; i < columns->count; i++)
		widths[i] = look_of(node_string(&columns->items[i], "field"))->width;
	str_addf(&title, "附件%s", form_number(annex));
	sheet = book_sheet(book, str_text(&title), widths, columns->count);
	str_addf(&title, " %s", form_title(annex));
	sheet_take(sheet, sheet_row(sheet, FORM_TITLE), 0, SHEET_TITLE, columns->count, &title);
	str_release(&title);
	row = sheet_row(sheet, FORM_HEAD);
	for (uint32_t i = 0; i < columns->count; i++)
		sheet_put(sheet, row, i, SHEET_HEAD, 1, node_string(&columns->items[i], "name"));
	for (size_t i = 0; i < rows && sheet; i++) {
		row = sheet_row(sheet, FORM_ROW);
		put_numbered(sheet, row, columns, words, (unsigned)(i % page) + 1,
			     i < n ? records[i].fields : NULL);
		if (row)
			row->breaks = i && i % page == 0;
	}
	sheet_put(sheet, sheet_row(sheet, 0), 0, SHEET_NOTE, columns->count, FORM_NOTICE);
	if (sheet) {
		sheet->head = 2;
		sheet->landscape = true;
	}
}

/* a label of two characters has a space between, as the plan prints 职 务 */
static void add_label(struct str *out, const char *name)
{
	size_t first = utf8_length_of(*name);

	if (utf8_count(name, strlen(name)) == 2)
		str_addf(out, "%.*s %s", (int)first, name, name + first);
	else
		str_add(out, name);
}

/* 日期：2024年5月20日, or what is to be filled in */
static void put_date(struct sheet *sheet, const struct node *column, const struct node *record)
{
	const char *date = record ? node_string(record, "date") : NULL;
	struct str text = { 0 };

	str_addf(&text, "%s：", node_string(column, "name"));
	if (date)
		stamp_words(&text, date);
	else
		str_add(&text, "    年    月    日");
	sheet_take(sheet, sheet_row(sheet, LINE_HEIGHT), 0, SHEET_RIGHT, FORM_COLUMNS, &text);
	str_release(&text);
}

static void put_form(struct sheet *sheet, const struct form_words *words, const struct node *annex,
		     const struct node *record)
{
	const struct node *columns = node_get(annex, "columns");
	struct sheet_row *row = sheet_row(sheet, 0);
	struct str text = { 0 };

	if (row)
		row->breaks = true;
	str_addf(&text, "附件%s", form_number(annex));
	sheet_take(sheet, row, 0, SHEET_LINE, FORM_COLUMNS, &text);
	sheet_put(sheet, sheet_row(sheet, FORM_TITLE), 0, SHEET_TITLE, FORM_COLUMNS,
		  form_title(annex));
	for (uint32_t i = 0; i < columns->count; i++) {
		const struct node *column = &columns->items[i], *next = column + 1;
		const char *field = node_string(column, "field");
		/* who and what post stand in one line, everything else has its own */
		bool pair = i + 1 < columns->count && node_is(node_get(next, "field"), "position");
		const struct node *pairs[] = { column, next };

		if (strcmp(field, "date") == 0) {
			put_date(sheet, column, record);
			continue;
		}
		row = sheet_row(sheet, look_of(field)->large ? LARGE_HEIGHT : LINE_HEIGHT);
		for (unsigned k = 0; k <= pair; k++) {
			add_label(&text, node_string(pairs[k], "name"));
			sheet_take(sheet, row, 2 * k, SHEET_HEAD, 1, &text);
			if (record)
				add_value(&text, words, node_string(pairs[k], "field"), record);
			sheet_take(sheet, row, 2 * k + 1,
				   look_of(field)->large ? SHEET_TEXT : SHEET_MIDDLE, pair ? 1 : 3,
				   &text);
		}
		i += pair;
	}
	sheet_put(sheet, sheet_row(sheet, 0), 0, SHEET_NOTE, FORM_COLUMNS, FORM_NOTICE);
	str_release(&text);
}

void form_fill(struct book *book, const struct form_words *words, const struct node *annex,
	       const struct listed *records, size_t n)
{
	static const unsigned widths[FORM_COLUMNS] = { 10, 22, 10, 22 };
	struct str name = { 0 };
	struct sheet *sheet;

	if (node_is(node_get(annex, "layout"), "table")) {
		fill_table(book, words, annex, records, n);
		return;
	}
	str_addf(&name, "附件%s", form_number(annex));
	sheet = book_sheet(book, str_text(&name), widths, FORM_COLUMNS);
	book->failed = book->failed || name.failed;
	str_release(&name);
	for (size_t i = 0; i < (n ? n : 1) && sheet; i++)
		put_form(sheet, words, annex, n ? records[i].fields : NULL);
}
