#include "report/report.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "base/date.h"
#include "report/cell.h"

#define FIRST_ITEMS 8

void report_init(struct report *report, struct arena *arena)
{
	*report = (struct report){ .arena = arena };
}

/*
 * items itself when there is room for one more, else a larger copy; NULL when out of memory or when
 * the report has failed before. size: of one item, not 0.
 */
static void *with_room(struct report *report, void *items, size_t count, size_t *cap, size_t size)
{
	size_t larger = *cap ? *cap * 2 : FIRST_ITEMS;
	void *copy;

	if (report->failed)
		return NULL;
	if (count < *cap)
		return items;
	copy = arena_array(report->arena, larger, size);
	if (!copy) {
		report->failed = true;
		return NULL;
	}
	if (count)
		memcpy(copy, items, count * size);
	*cap = larger;
	return copy;
}

/* NULL stays NULL, but a copy that could not be made fails the report */
static const char *copy_text(struct report *report, const char *text)
{
	const char *copy = report->failed ? NULL : arena_strdup(report->arena, text);

	if (text && !copy)
		report->failed = true;
	return copy;
}

static struct cell *spare_row(struct report *report)
{
	memset(report->spare, 0, sizeof(report->spare));
	return report->spare;
}

struct cell *report_fact(struct report *report, const char *key, const char *title,
			 enum cell_type type)
{
	struct fact *facts = with_room(report, report->facts, report->nfacts, &report->facts_cap,
				       sizeof(*facts));

	if (!facts)
		return spare_row(report);
	report->facts = facts;
	facts += report->nfacts++;
	*facts = (struct fact){ .key = copy_text(report, key),
				.title = copy_text(report, title),
				.type = type };
	return &facts->cell;
}

static void add_block(struct report *report, const struct block *block)
{
	struct block *blocks = with_room(report, report->blocks, report->nblocks,
					 &report->blocks_cap, sizeof(*blocks));

	if (!blocks)
		return;
	report->blocks = blocks;
	blocks[report->nblocks++] = *block;
}

/* no zero before a month or a day (GB/T 9704) */
void stamp_words(struct str *out, const char *stamp)
{
	struct civil c;
	day_t day;

	if (!date_parse(stamp, strlen(stamp), &day)) {
		str_add(out, stamp);
		return;
	}
	c = civil_of_day(day);
	str_addf(out, "%d年%d月%d日", c.year, c.month, c.day);
}

void report_as_of(struct report *report, const char *title, const char *stamp)
{
	struct cell *cell = report_fact(report, "as_of", title, CELL_DATE);
	struct str words = { 0 };

	stamp_words(&words, stamp);
	cell_code(report, cell, stamp, str_text(&words));
	report->failed = report->failed || words.failed;
	str_release(&words);
}

void report_heading(struct report *report, unsigned level, const char *text)
{
	struct block block = { .type = BLOCK_HEADING, .level = level };

	block.text = copy_text(report, text);
	if (block.text)
		add_block(report, &block);
}

void report_paragraph(struct report *report, const char *text)
{
	struct block block = { .type = BLOCK_PARAGRAPH };

	block.text = copy_text(report, text);
	if (block.text)
		add_block(report, &block);
}

static struct table *make_table(struct report *report, const char *key, const char *title,
				const char *empty, const struct column *columns, size_t ncolumns)
{
	struct table *table;

	if (report->failed || ncolumns > TABLE_COLUMNS) {
		report->failed = true;
		return NULL;
	}
	table = arena_alloc(report->arena, sizeof(*table));
	if (!table) {
		report->failed = true;
		return NULL;
	}
	*table = (struct table){ .key = copy_text(report, key),
				 .title = copy_text(report, title),
				 .empty = copy_text(report, empty ? empty : "无"),
				 .columns = columns,
				 .ncolumns = ncolumns };
	return report->failed ? NULL : table;
}

struct table *report_table(struct report *report, const char *key, const char *title,
			   const char *empty, const struct column *columns, size_t ncolumns)
{
	struct table *table = make_table(report, key, title, empty, columns, ncolumns);

	if (table)
		add_block(report, &(struct block){ .type = BLOCK_TABLE, .table = table });
	return report->failed ? NULL : table;
}

static void *make(struct report *report, size_t size)
{
	void *made = report->failed ? NULL : arena_alloc(report->arena, size);

	report->failed = !made;
	return made;
}

struct chart *report_chart(struct report *report, enum chart_type type, const char *title,
			   const char *unit, unsigned places, struct table *table)
{
	struct chart *chart = make(report, sizeof(*chart));

	if (!chart)
		return NULL;
	*chart = (struct chart){ .type = type,
				 .title = copy_text(report, title),
				 .unit = copy_text(report, unit),
				 .places = places,
				 .table = table,
				 .last_level = &chart->levels,
				 .last_mark = &chart->marks,
				 .drawn_only = true };
	add_block(report, &(struct block){ .type = BLOCK_CHART, .chart = chart });
	return report->failed ? NULL : chart;
}

struct table *chart_data(struct report *report, struct chart *chart, const char *key,
			 const struct column *columns, size_t ncolumns)
{
	struct table *table =
		chart ? make_table(report, key, chart->title, NULL, columns, ncolumns) : NULL;

	if (!table)
		return NULL;
	chart->table = table;
	chart->drawn_only = false;
	report->blocks[report->nblocks - 1].table = table;
	return table;
}

void chart_level(struct report *report, struct chart *chart, const char *name, int64_t value)
{
	struct chart_level *level = chart ? make(report, sizeof(*level)) : NULL;

	if (!level)
		return;
	*level = (struct chart_level){ .name = copy_text(report, name), .value = value };
	*chart->last_level = level;
	chart->last_level = &level->next;
}

void chart_mark(struct report *report, struct chart *chart, int64_t at, const char *text)
{
	struct chart_mark *mark = chart ? make(report, sizeof(*mark)) : NULL;

	if (!mark)
		return;
	*mark = (struct chart_mark){ .text = copy_text(report, text), .at = at };
	*chart->last_mark = mark;
	chart->last_mark = &mark->next;
}

struct cell *table_row(struct report *report, struct table *table)
{
	struct cell *cells;

	if (!table || !table->ncolumns)
		return spare_row(report);
	cells = with_room(report, table->cells, table->nrows, &table->cap,
			  table->ncolumns * sizeof(*cells));
	if (!cells)
		return spare_row(report);
	table->cells = cells;
	return cells + table->nrows++ * table->ncolumns;
}

/* what every cell_ function starts from: nothing but the tone */
static void clear(struct cell *cell)
{
	*cell = (struct cell){ .tone = cell->tone };
}

void cell_text(struct report *report, struct cell *cell, const char *text)
{
	clear(cell);
	cell->text = copy_text(report, text);
	cell->present = cell->text != NULL;
}

void cell_code(struct report *report, struct cell *cell, const char *code, const char *text)
{
	clear(cell);
	cell->code = copy_text(report, code);
	cell->text = copy_text(report, text);
	cell->present = cell->code || cell->text;
}

void cell_integer(struct cell *cell, int64_t value)
{
	clear(cell);
	cell->integer = value;
	cell->present = true;
}

void cell_boolean(struct cell *cell, bool value)
{
	clear(cell);
	cell->boolean = value;
	cell->present = true;
}

void cell_list(struct report *report, struct cell *cell, const char *const *texts, size_t n)
{
	const char **list = NULL;

	clear(cell);
	if (!report->failed)
		list = arena_array(report->arena, n, sizeof(*list));
	if (!list) {
		report->failed = true;
		return;
	}
	for (size_t i = 0; i < n; i++)
		list[i] = copy_text(report, texts[i]);
	if (report->failed)
		return;
	cell->list = list;
	cell->nlist = n;
	cell->present = true;
}

void cell_shown(struct report *report, struct cell *cell, const char *text)
{
	cell->text = copy_text(report, text);
}

void cell_absent(struct report *report, struct cell *cell, const char *text)
{
	clear(cell);
	cell->text = copy_text(report, text);
}

static bool is_text(enum cell_type type)
{
	return type != CELL_INTEGER && type != CELL_BOOLEAN && type != CELL_LIST;
}

bool cell_has_value(enum cell_type type, const struct cell *cell)
{
	if (!cell->present)
		return false;
	/* a cell filled by a function of another type says nothing rather than something wrong */
	if (type == CELL_LIST)
		return cell->list != NULL;
	return !is_text(type) || cell->text || cell->code;
}

static void add_list(struct str *out, const struct cell *cell)
{
	if (!cell->nlist)
		str_add(out, "无");
	for (size_t i = 0; i < cell->nlist; i++) {
		if (i)
			str_add(out, "、");
		str_add(out, cell->list[i]);
	}
}

static void add_value(struct str *out, enum cell_type type, const struct cell *cell)
{
	if (type == CELL_INTEGER)
		str_addf(out, "%" PRId64, cell->integer);
	else if (type == CELL_BOOLEAN)
		str_add(out, cell->boolean ? "是" : "否");
	else if (type == CELL_LIST)
		add_list(out, cell);
	else
		str_add(out, cell->code ? cell->code : cell->text);
}

void cell_add_shown(struct str *out, enum cell_type type, const struct cell *cell,
		    const char *nothing)
{
	if (cell->text)
		str_add(out, cell->text);
	else if (cell_has_value(type, cell))
		add_value(out, type, cell);
	else
		str_add(out, nothing);
}

void cell_add_sheet(struct str *out, enum cell_type type, const struct cell *cell)
{
	bool number = type == CELL_FIGURE || type == CELL_INTEGER;

	if (number && cell_has_value(type, cell))
		add_value(out, type, cell);
	else
		cell_add_shown(out, type, cell, "");
}

int writer_end(struct str *out, size_t start, bool failed)
{
	if (!failed && !out->failed)
		return 0;
	if (out->p) {
		out->len = start;
		out->p[start] = '\0';
	}
	errno = ENOMEM;
	return -1;
}

void cell_add_title(struct str *out, const struct table *table, size_t column)
{
	const char *title = table->columns[column].title;
	bool any = false, all = table->columns[column].type == CELL_FIGURE;

	for (size_t i = 0; all && i < table->nrows; i++) {
		const struct cell *cell = &table->cells[i * table->ncolumns + column];

		if (!cell->present)
			continue;
		any = true;
		all = cell->code && cell->text && strchr(cell->text, '%');
	}
	str_addf(out, "%s%s", title, any && all && !strchr(title, '%') ? "（%）" : "");
}
