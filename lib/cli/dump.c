#include "cli/figures.h"
#include "cli/dump.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "model/status.h"
#include "report/sql.h"

#define COUNT(table) (sizeof(table) / sizeof(*(table)))
#define OWN_COLUMNS 2  /* plan, id */
#define MOST_VALUES 16 /* of the tables below */

/* computed fields of a record (record-list), as columns behind those of its schema */
static const struct sql_column COMPUTED[] = { { "state", SQL_TEXT },
					      { "path", SQL_TEXT },
					      { "events", SQL_INTEGER } };
static const struct sql_column OF_PROBLEMS[] = {
	{ "due_original", SQL_DATE },
	{ "as_of", SQL_DATE },
	{ "days_left", SQL_INTEGER },
	{ "overdue", SQL_BOOLEAN },
	{ "light", SQL_TEXT },
	{ "light_reason", SQL_TEXT },
	{ "measures_done", SQL_INTEGER },
	{ "measures_total", SQL_INTEGER },
	{ "listed", SQL_MOMENT },
	{ "closed", SQL_MOMENT },
};
static const struct sql_column OF_INSPECTIONS[] = { { "derived", SQL_JSON } };

static const struct sql_column PLAN[] = {
	{ "plan", SQL_TEXT }, { "title", SQL_TEXT }, { "owner", SQL_TEXT }, { "as_of", SQL_DATE }
};
static const struct sql_column UNIT[] = {
	{ "plan", SQL_TEXT },          { "id", SQL_TEXT },           { "name", SQL_TEXT },
	{ "kind", SQL_TEXT },          { "parent", SQL_TEXT },       { "region_code", SQL_TEXT },
	{ "ranking_group", SQL_TEXT }, { "reporting", SQL_BOOLEAN }, { "folder", SQL_BOOLEAN }
};
static const struct sql_column GROUP[] = { { "plan", SQL_TEXT },
					   { "id", SQL_TEXT },
					   { "unit", SQL_TEXT } };
static const struct sql_column INDICATOR[] = {
	{ "plan", SQL_TEXT },       { "id", SQL_TEXT },
	{ "name", SQL_TEXT },       { "unit_of_measure", SQL_TEXT },
	{ "kind", SQL_TEXT },       { "level", SQL_TEXT },
	{ "places", SQL_INTEGER },  { "lower_is_better", SQL_BOOLEAN },
	{ "baseline", SQL_NUMBER }, { "frontier", SQL_NUMBER },
	{ "target", SQL_NUMBER },   { "stale_days", SQL_INTEGER },
};
static const struct sql_column EXPECTED[] = { { "plan", SQL_TEXT },
					      { "indicator", SQL_TEXT },
					      { "unit", SQL_TEXT } };
static const struct sql_column EVENT[] = { { "plan", SQL_TEXT },       { "record", SQL_TEXT },
					   { "name", SQL_TEXT },       { "kind", SQL_TEXT },
					   { "at", SQL_MOMENT },       { "by", SQL_TEXT },
					   { "unit", SQL_TEXT },       { "to", SQL_TEXT },
					   { "applied", SQL_BOOLEAN }, { "content", SQL_JSON } };

static const struct sql_table PLANS = { "plan", PLAN, COUNT(PLAN), 1 };
static const struct sql_table UNITS = { "unit", UNIT, COUNT(UNIT), 2 };
static const struct sql_table GROUPS = { "unit_group", GROUP, COUNT(GROUP), 3 };
static const struct sql_table INDICATORS = { "indicator", INDICATOR, COUNT(INDICATOR), 2 };
static const struct sql_table EXPECTEDS = { "indicator_unit", EXPECTED, COUNT(EXPECTED), 3 };
static const struct sql_table EVENTS = { "event", EVENT, COUNT(EVENT), 3 };

struct dump {
	struct cli *cli;
	const struct reader *reader;
	const struct figures *figures;
	const struct node *plan, *as_of;
	struct sql_table kinds[KINDS];
	const struct node **values; /* as many as the widest table has columns */
	struct arena arena;         /* of one record */
	struct str out;
};

/* what is there goes to stdout; nobody reading on is said at exit */
static void flush(struct dump *d)
{
	if (d->out.failed)
		cli_no_memory(d->cli);
	cli_print(str_text(&d->out), d->out.len);
	str_reset(&d->out);
	if (ferror(stdout))
		exit(CANNOT);
}

static const struct node *text_node(struct dump *d, const char *text)
{
	const struct node *node = text ? node_new_string(&d->arena, text, strlen(text)) : NULL;

	if (text && !node)
		cli_no_memory(d->cli);
	return node;
}

static const struct node *integer_node(struct dump *d, int64_t value)
{
	const struct node *node = node_new_integer(&d->arena, value);

	if (!node)
		cli_no_memory(d->cli);
	return node;
}

static const struct node *boolean_node(struct dump *d, bool value)
{
	const struct node *node = node_new_boolean(&d->arena, value);

	if (!node)
		cli_no_memory(d->cli);
	return node;
}

static const struct node *figure_node(struct dump *d, const struct plan_figure *figure,
				      unsigned places)
{
	char text[FIGURE_SIZE];

	return figure->known ? text_node(d, decimal_format(figure->value, places, text)) : NULL;
}

static void put_units(struct dump *d)
{
	const struct plan *plan = &d->cli->plan;

	for (size_t i = 0; i < plan->nunits; i++) {
		const struct unit *u = &plan->units[i];
		const struct node *values[MOST_VALUES] = {
			d->plan,
			text_node(d, u->id),
			text_node(d, u->name),
			text_node(d, u->kind),
			u->parent == NO_UNIT ? NULL : text_node(d, plan->units[u->parent].id),
			node_get(u->node, "region_code"),
			text_node(d, u->group),
			boolean_node(d, u->reporting),
			boolean_node(d, u->folder),
		};

		sql_row(&d->out, &UNITS, values);
	}
}

/* what belongs to what: rows of three, of one set */
static void put_set(struct dump *d, const struct sql_table *table, const char *id,
		    const struct unit_set *set)
{
	const struct plan *plan = &d->cli->plan;

	for (size_t i = 0; i < plan->nunits; i++) {
		const struct node *values[MOST_VALUES] = { d->plan, text_node(d, id),
							   text_node(d, plan->units[i].id) };

		if (set_has(set, (int)i))
			sql_row(&d->out, table, values);
	}
}

static void put_indicators(struct dump *d)
{
	static const char *const kinds[] = {
		[FIGURE_SHARE] = "share", [FIGURE_COUNT] = "count", [FIGURE_RANK] = "rank"
	};
	const struct plan *plan = &d->cli->plan;

	for (size_t i = 0; i < plan->nindicators; i++) {
		const struct indicator *x = &plan->indicators[i];
		const struct node *values[MOST_VALUES] = {
			d->plan,
			text_node(d, x->id),
			text_node(d, x->name),
			text_node(d, x->unit_of_measure),
			text_node(d, kinds[x->kind]),
			text_node(d, x->city_level ? "city" : "units"),
			integer_node(d, x->precision),
			boolean_node(d, x->lower_is_better),
			figure_node(d, &x->baseline, x->precision),
			figure_node(d, &x->frontier, x->precision),
			figure_node(d, &x->target, x->precision),
			integer_node(d, x->stale_days),
		};

		sql_row(&d->out, &INDICATORS, values);
		put_set(d, &EXPECTEDS, x->id, &x->expected);
	}
}

static void put_plan(struct dump *d)
{
	static const struct sql_table *const tables[] = { &PLANS,      &UNITS,     &GROUPS,
							  &INDICATORS, &EXPECTEDS, &EVENTS };
	const struct plan *plan = &d->cli->plan;
	const struct node *values[MOST_VALUES] = { d->plan, text_node(d, plan->title),
						   text_node(d, plan->units[plan->owner].id),
						   d->as_of };

	for (size_t i = 0; i < COUNT(tables); i++)
		sql_create(&d->out, tables[i]);
	for (int k = 0; k < KINDS; k++)
		sql_create(&d->out, &d->kinds[k]);
	sql_row(&d->out, &PLANS, values);
	put_units(d);
	sql_forget(&d->out, &GROUPS, plan->id);
	for (size_t i = 0; i < plan->ngroups; i++)
		put_set(d, &GROUPS, plan->groups[i].id, &plan->groups[i].units);
	sql_forget(&d->out, &EXPECTEDS, plan->id);
	put_indicators(d);
	flush(d);
}

static enum sql_type type_of(const struct schema_property *p)
{
	static const struct {
		const char *type, *format;
		enum sql_type is;
	} types[] = { { "array", NULL, SQL_JSON },          { "object", NULL, SQL_JSON },
		      { "integer", NULL, SQL_INTEGER },     { "number", NULL, SQL_NUMBER },
		      { "boolean", NULL, SQL_BOOLEAN },     { "string", "date", SQL_DATE },
		      { "string", "date-time", SQL_MOMENT } };

	for (size_t i = 0; p->type && i < COUNT(types); i++)
		if (strcmp(p->type, types[i].type) == 0 &&
		    (!types[i].format || (p->format && strcmp(p->format, types[i].format) == 0)))
			return types[i].is;
	/* what may be of any type */
	return p->type ? SQL_TEXT : SQL_JSON;
}

static char *table_name(struct dump *d, enum kind kind)
{
	char *name = arena_strdup(&d->cli->arena, KIND_INFO[kind].name);

	if (!name)
		cli_no_memory(d->cli);
	for (char *p = name; *p; p++)
		*p = *p == '-' ? '_' : *p;
	return name;
}

/* a column that is there already stays the one: a folder's own field may be called as any of
 * ours */
static void add_columns(struct sql_column *columns, size_t *n, const struct sql_column *more,
			size_t count)
{
	for (size_t i = 0; i < count; i++) {
		size_t k = 0;

		while (k < *n && strcmp(columns[k].name, more[i].name) != 0)
			k++;
		columns[k] = more[i];
		*n += k == *n;
	}
}

/* the key, the fields of the schema, what is computed */
static void describe_kind(struct dump *d, enum kind kind)
{
	struct schema_property *properties;
	size_t n = schemas_properties(&d->cli->schemas, kind, NULL, &properties, &d->cli->findings);
	struct sql_column *columns =
		arena_array(&d->cli->arena, OWN_COLUMNS + n + COUNT(COMPUTED) + COUNT(OF_PROBLEMS),
			    sizeof(*columns));
	static const struct sql_column key[OWN_COLUMNS] = { { "plan", SQL_TEXT },
							    { "id", SQL_TEXT } };
	size_t count = 0;

	if (!n)
		cli_fail(d->cli, CANNOT);
	if (!columns)
		cli_no_memory(d->cli);
	add_columns(columns, &count, key, OWN_COLUMNS);
	for (size_t i = 0; i < n; i++) {
		struct sql_column own = { properties[i].name, type_of(&properties[i]) };

		if (strcmp(own.name, "kind") != 0)
			add_columns(columns, &count, &own, 1);
	}
	add_columns(columns, &count, COMPUTED, COUNT(COMPUTED));
	if (kind == KIND_PROBLEM)
		add_columns(columns, &count, OF_PROBLEMS, COUNT(OF_PROBLEMS));
	if (kind == KIND_INSPECTION)
		add_columns(columns, &count, OF_INSPECTIONS, COUNT(OF_INSPECTIONS));
	memcpy(columns, key, sizeof(key));
	d->kinds[kind] = (struct sql_table){ table_name(d, kind), columns, count, OWN_COLUMNS };
}

static void put_event(struct dump *d, const struct folded *f, const struct step *step)
{
	const struct event *event = step->event;
	const struct node *values[MOST_VALUES] = {
		d->plan,
		text_node(d, f->record->id),
		text_node(d, event->name ? event->name : "entered"),
		text_node(d, KIND_INFO[f->record->kind].name),
		node_get(event->root, "at"),
		node_get(event->root, "by"),
		node_get(event->root, "unit"),
		node_get(event->root, "to"),
		boolean_node(d, step->skip == SKIP_NONE),
		event->root,
	};

	sql_row(&d->out, &EVENTS, values);
}

static void take(void *context, const struct folded *f)
{
	struct dump *d = context;
	const struct sql_table *table = &d->kinds[f->record->kind];
	const struct node *view =
		record_view(&d->cli->plan, f, d->figures, d->reader->day, &d->arena);
	bool computed = f->record->kind == KIND_PROBLEM; /* of others it is a folder's own field */

	if (!view)
		cli_no_memory(d->cli);
	for (size_t i = 0; i < table->ncolumns; i++)
		d->values[i] = computed && strcmp(table->columns[i].name, "as_of") == 0
				       ? d->as_of
				       : node_get(view, table->columns[i].name);
	d->values[0] = d->plan;
	sql_row(&d->out, table, d->values);
	for (size_t i = 0; i < f->nsteps; i++)
		put_event(d, f, &f->steps[i]);
	flush(d);
	arena_reset(&d->arena);
}

static struct node *own_text(struct cli *cli, const char *text)
{
	struct node *node = node_new_string(&cli->arena, text, strlen(text));

	if (!node)
		cli_no_memory(cli);
	return node;
}

void dump_sql(struct cli *cli, const struct reader *reader)
{
	struct dump d = { .cli = cli, .reader = reader, .plan = own_text(cli, cli->plan.id) };
	char day[DATE_SIZE];
	size_t widest = 0;
	struct figures figures;

	reader_need_here(cli, reader);
	d.as_of = own_text(cli, date_format(reader->day, day));
	for (int k = 0; k < KINDS; k++) {
		describe_kind(&d, (enum kind)k);
		widest = d.kinds[k].ncolumns > widest ? d.kinds[k].ncolumns : widest;
	}
	d.values = arena_array(&cli->arena, widest, sizeof(*d.values));
	if (!d.values)
		cli_no_memory(cli);
	/* lights are judged by figures of the whole city; without all of them, by milestones */
	if (all_here(cli)) {
		figures_read(cli, reader, NULL, &figures);
		d.figures = &figures;
	}
	sql_start(&d.out);
	put_plan(&d);
	arena_reset(&d.arena);
	records_scan(cli, reader, reader->units, reader->nunits, ALL_KINDS, NULL, take, &d);
	sql_end(&d.out);
	flush(&d);
	str_release(&d.out);
	arena_release(&d.arena);
}
