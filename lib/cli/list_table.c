#include "cli/list_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/rows.h"

static enum cell_type cell_type_of(const struct list_field *column)
{
	if (column->is_list || strchr(column->name, '.'))
		return CELL_TEXT; /* may be several */
	if (column->type == FIELD_INTEGER)
		return CELL_INTEGER;
	if (column->type == FIELD_DATE || column->type == FIELD_TIME)
		return CELL_DATE;
	return column->closed || column->type == FIELD_BOOLEAN || strcmp(column->name, "id") == 0
		       ? CELL_CODE
		       : CELL_TEXT;
}

static void start_page(struct list_table *t)
{
	arena_reset(&t->arena);
	report_init(&t->report, &t->arena);
	t->table = report_table(&t->report, "records", NULL, NULL, t->head, t->ncolumns);
}

static void end_page(struct list_table *t)
{
	if (t->pages++)
		putchar('\n');
	report_out(t->cli, t->reader, &t->report);
	if (ferror(stdout)) /* nobody reads on; said at exit */
		exit(CANNOT);
}

void list_table_start(struct list_table *t, struct cli *cli, const struct reader *reader,
		      const struct list_field *columns, size_t ncolumns)
{
	*t = (struct list_table){
		.cli = cli, .reader = reader, .columns = columns, .ncolumns = ncolumns
	};
	t->head = arena_array(&cli->arena, ncolumns, sizeof(*t->head));
	if (!t->head)
		cli_no_memory(cli);
	for (size_t i = 0; i < ncolumns; i++)
		t->head[i] = (struct column){ .key = columns[i].name,
					      .title = columns[i].title ? columns[i].title
									: columns[i].name,
					      .type = cell_type_of(&columns[i]) };
	start_page(t);
}

/* what people read: labels for codes, a map as name=value */
static void add_shown(struct str *out, const struct list_field *column, const struct node *value)
{
	if (value->type == NODE_LIST) {
		for (uint32_t i = 0; i < value->count; i++) {
			str_add(out, !i ? "" : column->type == FIELD_MAP ? "；" : "、");
			add_shown(out, column, &value->items[i]);
		}
	} else if (value->type == NODE_MAP) {
		for (uint32_t i = 0; i < value->count; i++) {
			str_addf(out, "%s%s=", i ? " " : "", value->members[i].name);
			row_text(out, value->members[i].value);
		}
	} else if (value->type == NODE_BOOL) {
		str_add(out, value->boolean ? "是" : "否");
	} else if (value->type == NODE_STRING) {
		str_add(out, list_label(column, value->text));
	} else {
		row_text(out, value);
	}
}

static enum tone tone_of(const struct node *light)
{
	return node_is(light, "red")      ? TONE_RED
	       : node_is(light, "yellow") ? TONE_YELLOW
	       : node_is(light, "green")  ? TONE_GREEN
					  : TONE_DIM;
}

static void fill(struct list_table *t, size_t i, struct cell *cell, const struct node *value)
{
	struct str shown = { 0 };

	if (t->head[i].type == CELL_INTEGER && value->flags & NODE_INTEGER) {
		cell_integer(cell, value->integer);
		return;
	}
	add_shown(&shown, &t->columns[i], value);
	if (shown.failed)
		cli_no_memory(t->cli);
	if (strcmp(t->columns[i].name, "light") == 0)
		cell->tone = tone_of(value);
	if (t->head[i].type == CELL_INTEGER)
		cell_absent(&t->report, cell, str_text(&shown));
	else
		cell_text(&t->report, cell, str_text(&shown));
	str_release(&shown);
}

void list_table_add(struct list_table *t, const struct node *const *values)
{
	struct cell *cells;

	if (t->table && t->table->nrows == PAGE_ROWS) {
		end_page(t);
		start_page(t);
	}
	cells = table_row(&t->report, t->table);
	for (size_t i = 0; i < t->ncolumns; i++)
		if (values[i] && values[i]->type != NODE_NULL)
			fill(t, i, &cells[i], values[i]);
}

void list_table_end(struct list_table *t)
{
	end_page(t);
	arena_release(&t->arena);
}
