#include "cli/figures.h"
#include "cli/list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/msg.h"
#include "base/utf8.h"
#include "cli/finding.h"
#include "cli/list_table.h"
#include "model/status.h"
#include "model/suspect.h"
#include "report/rows.h"

/* what a list shows when --fields does not say */
static const char *const USUAL[KINDS] = {
	[KIND_VISIT] = "id,unit,date,enterprise,appeal,solution,state",
	[KIND_WALKTHROUGH] = "id,unit,date,matter,method,findings,state",
	[KIND_INSPECTION] = "id,unit,date,point,values,state",
	[KIND_PROBLEM] = "id,unit,title,lead,due,state,overdue",
	[KIND_OBSERVATION] = "id,unit,date,indicator,numerator,denominator,count,value",
	[KIND_VISIT_PLAN] = "id,unit,date,period,targets,state",
	[KIND_SUPERVISION] = "id,unit,date,form,subject,problem,due,state",
	[KIND_SUBMISSION] = "id,unit,date,period,state",
};

enum list_format { LIST_TSV, LIST_CSV, LIST_JSONL, LIST_IDS, LIST_PATHS, LIST_TABLE, LIST_FORMATS };

static const char *const FORMATS[LIST_FORMATS] = { "tsv", "csv", "jsonl", "ids", "paths", "table" };

struct list {
	struct cli *cli;
	struct reader *reader;
	enum kind kind;
	enum list_format format;
	day_t since, until; /* DAY_NONE: not limited */
	struct condition *conditions;
	size_t nconditions;
	struct list_field *columns;
	const char **keys; /* their names */
	size_t ncolumns;
	bool whole;     /* jsonl: all fields */
	bool withdrawn; /* wanted */
	unsigned needs;
	const struct figures *figures;
	struct suspects *suspects; /* or NULL */
	struct origins *origins;   /* or NULL */
	/* of one record */
	struct arena arena;
	const struct node **values;
	struct str line;
	struct list_table table;
};

void list_add_options(struct cli *cli, struct list_options *options)
{
	const struct opt table[] = {
		{ .name = "where",
		  .metavar = "FIELD=VALUE",
		  .help = N_("only records whose field is so; also != < > <= >= and ~ for a part "
			     "of the text; repeated: all must hold"),
		  .many = &options->where },
		{ .name = "since",
		  .metavar = "DATE",
		  .help = N_("only records dated on that day or later"),
		  .one = &options->since },
		{ .name = "until",
		  .metavar = "DATE",
		  .help = N_("only records dated on that day or earlier"),
		  .one = &options->until },
		{ .name = "fields",
		  .metavar = "NAME,...",
		  .help = N_("the columns and their order; dotted names reach into maps"),
		  .many = &options->fields },
		{ .name = "format",
		  .metavar = "FORMAT",
		  .help = N_("tsv, csv, jsonl, ids, paths or table"),
		  .one = &options->format },
	};

	cli_add_options(cli, table, sizeof(table) / sizeof(*table));
}

enum kind list_kind(struct cli *cli, const char *word)
{
	enum kind kind = kind_named(word);
	struct str all = { 0 };

	if (kind != KINDS)
		return kind;
	for (int k = 0; k < KINDS; k++)
		str_addf(&all, "%s%s %s", k ? ", " : "", KIND_INFO[k].name, KIND_INFO[k].label);
	finding_hint(&cli->findings,
		     cli_error(cli, "unknown-kind", _("'%s' is no kind of record"), word),
		     _("allowed: %s"), str_text(&all));
	str_release(&all);
	cli_fail(cli, REFUSED);
}

static void resolve_format(struct list *l, const struct list_options *options)
{
	l->format = isatty(STDOUT_FILENO) == 1 ? LIST_TABLE : LIST_TSV;
	for (int f = 0; options->format && f <= LIST_FORMATS; f++) {
		if (f == LIST_FORMATS)
			usage_error(_("--format is tsv, csv, jsonl, ids, paths or table, not '%s'"),
				    options->format);
		l->format = (enum list_format)f;
		if (strcmp(FORMATS[f], options->format) == 0)
			break;
	}
	if (options->fields.count && (l->format == LIST_IDS || l->format == LIST_PATHS))
		usage_error(_("--fields does not go with --format %s"), FORMATS[l->format]);
	l->whole = l->format == LIST_JSONL && !options->fields.count;
}

static day_t resolve_day(struct cli *cli, const char *option, const char *text)
{
	day_t day = DAY_NONE;

	if (text && !date_parse(text, strlen(text), &day))
		finding_hint(&cli->findings,
			     cli_error(cli, "format", _("%s: '%s' is no date"), option, text), "%s",
			     _("write it as 2024-05-06"));
	return day;
}

static void resolve_conditions(struct list *l, const struct list_fields *fields,
			       const struct strings *where)
{
	l->conditions = arena_array(&l->cli->arena, where->count, sizeof(*l->conditions));
	if (!l->conditions)
		cli_no_memory(l->cli);
	for (size_t i = 0; i < where->count; i++) {
		struct condition *c = &l->conditions[l->nconditions];
		struct list_field field;

		if (!list_condition(fields, where->items[i], c, &field))
			continue;
		l->nconditions++;
		l->needs |= field.needs;
		for (size_t k = 0; k < c->ncodes; k++)
			if (c->op == FILTER_EQUAL && strcmp(field.name, "state") == 0 &&
			    strcmp(c->codes[k], state_name(STATE_WITHDRAWN)) == 0)
				l->withdrawn = true;
	}
}

static void add_column(struct list *l, const struct list_fields *fields, const char *name)
{
	struct list_field *column = &l->columns[l->ncolumns];

	if (!*name)
		usage_error("%s", _("--fields takes names with commas between them"));
	if (!list_field_find(fields, "--fields", name, column))
		return;
	for (size_t i = 0; i < l->ncolumns; i++)
		if (strcmp(l->columns[i].name, column->name) == 0)
			usage_error(_("--fields names '%s' twice"), column->name);
	l->keys[l->ncolumns++] = column->name;
	l->needs |= column->needs;
}

static void resolve_columns(struct list *l, const struct list_fields *fields,
			    const struct strings *given)
{
	struct strings usual = { .items = (const char *[]){ USUAL[l->kind] }, .count = 1 };
	const struct strings *texts = given->count ? given : &usual;
	size_t most = 0;

	for (size_t i = 0; i < texts->count; i++) {
		most++;
		for (const char *p = texts->items[i]; *p; p++)
			most += *p == ',';
	}
	l->columns = arena_array(&l->cli->arena, most, sizeof(*l->columns));
	l->keys = arena_array(&l->cli->arena, most, sizeof(*l->keys));
	l->values = arena_array(&l->cli->arena, most, sizeof(*l->values));
	if (!l->columns || !l->keys || !l->values)
		cli_no_memory(l->cli);
	for (size_t i = 0; i < texts->count; i++) {
		const char *p = texts->items[i];

		for (;;) {
			size_t length = strcspn(p, ","), n = length;
			const char *name = p;

			utf8_trim(&name, &n);
			name = arena_strndup(&l->cli->arena, name, n);
			if (!name)
				cli_no_memory(l->cli);
			add_column(l, fields, name);
			if (!p[length])
				break;
			p += length + 1;
		}
	}
	if (l->format == LIST_TABLE && l->ncolumns > TABLE_COLUMNS)
		usage_error(_("a table has at most %d columns"), TABLE_COLUMNS);
}

static void resolve(struct list *l, const struct list_options *options)
{
	struct list_fields fields;

	resolve_format(l, options);
	list_fields_load(&fields, l->cli, l->kind);
	l->since = resolve_day(l->cli, "--since", options->since);
	l->until = resolve_day(l->cli, "--until", options->until);
	resolve_conditions(l, &fields, &options->where);
	if (l->format != LIST_IDS && l->format != LIST_PATHS && !l->whole)
		resolve_columns(l, &fields, &options->fields);
	if (l->whole && l->kind == KIND_PROBLEM)
		l->needs |= NEEDS_FIGURES;
	if (l->cli->findings.errors)
		cli_fail(l->cli, REFUSED);
}

static void find_values(struct list *l, const struct node *view)
{
	for (size_t i = 0; i < l->ncolumns; i++)
		if (filter_value(view, l->keys[i], &l->arena, &l->values[i]) < 0)
			cli_no_memory(l->cli);
}

static enum row_form row_form_of(enum list_format format)
{
	return format == LIST_CSV ? ROW_CSV : format == LIST_JSONL ? ROW_JSON : ROW_TSV;
}

static void put_record(struct list *l, const struct folded *f, const struct node *view)
{
	str_reset(&l->line);
	if (l->format == LIST_IDS) {
		str_addf(&l->line, "%s\n", f->record->id);
	} else if (l->format == LIST_PATHS) {
		str_addf(&l->line, "%s%s/%s.yaml\n", l->cli->store.prefix, f->record->folder,
			 f->record->id);
	} else if (l->whole) {
		json_value(&l->line, view);
		str_addc(&l->line, '\n');
	} else {
		find_values(l, view);
		if (l->format == LIST_TABLE) {
			list_table_add(&l->table, l->values);
			return;
		}
		row_add(&l->line, row_form_of(l->format), l->keys, l->values, l->ncolumns);
	}
	if (l->line.failed)
		cli_no_memory(l->cli);
	cli_print(str_text(&l->line), l->line.len);
	if (ferror(stdout)) /* nobody reads on: the rest need not be read; said at exit */
		exit(CANNOT);
}

static bool is_wanted(const struct list *l, const struct folded *f, const struct node *view)
{
	day_t date = field_date(f->fields, "date");

	if (l->since != DAY_NONE && (date == DAY_NONE || date < l->since))
		return false;
	if (l->until != DAY_NONE && (date == DAY_NONE || date > l->until))
		return false;
	for (size_t i = 0; i < l->nconditions; i++)
		if (!filter_holds(&l->conditions[i], view, l->cli->plan.offset))
			return false;
	return true;
}

/* what stands in other records */
static void add_to_view(struct list *l, struct node *view, const char *field,
			const struct node *value)
{
	if (!value || node_set(&l->arena, view, field, value) < 0)
		cli_no_memory(l->cli);
}

static void count_suspect(void *context, const struct folded *f)
{
	if (f->state != STATE_WITHDRAWN)
		suspects_take(context, f->unmasked ? f->unmasked : f->fields);
}

/* what makes a visit suspect is in the others of the units that are listed */
static void read_suspects(struct list *l, struct suspects *suspects)
{
	suspects_init(suspects, &l->cli->plan);
	records_scan(l->cli, l->reader, l->reader->units, l->reader->nunits, KIND_BIT(KIND_VISIT),
		     NULL, count_suspect, suspects);
	if (suspects->failed)
		cli_no_memory(l->cli);
	l->suspects = suspects;
}

static void take(void *context, const struct folded *f)
{
	struct list *l = context;
	struct node *view;

	if (f->state == STATE_WITHDRAWN && !l->withdrawn)
		return;
	view = record_view(&l->cli->plan, f, l->figures, l->reader->day, &l->arena);
	if (!view)
		cli_no_memory(l->cli);
	if (l->suspects)
		add_to_view(
			l, view, "suspect",
			suspects_of(l->suspects, f->unmasked ? f->unmasked : f->fields, &l->arena));
	if (l->origins)
		add_to_view(l, view, "led_to", origins_of(l->origins, f->record->id, &l->arena));
	if (is_wanted(l, f, view))
		put_record(l, f, view);
	arena_reset(&l->arena);
}

/* lights are judged by figures of the whole city; without all of them, by milestones */
static void read_figures(struct list *l)
{
	struct finding what = { .level = LEVEL_WARNING, .code = "not-here" };
	struct figures *figures = arena_alloc(&l->cli->arena, sizeof(*figures));

	if (!figures)
		cli_no_memory(l->cli);
	if (all_here(l->cli)) {
		figures_read(l->cli, l->reader, NULL, figures);
		l->figures = figures;
		return;
	}
	findings_add(&l->cli->findings, &what, "%s",
		     _("not all units' folders are here: lights are judged by milestones alone"));
}

static void put_head(struct list *l)
{
	if (l->format == LIST_TABLE) {
		list_table_start(&l->table, l->cli, l->reader, l->columns, l->ncolumns);
	} else if (l->ncolumns) {
		row_head(&l->line, row_form_of(l->format), l->keys, l->ncolumns);
		if (l->line.failed)
			cli_no_memory(l->cli);
		cli_print(str_text(&l->line), l->line.len);
	}
}

void list_print(struct cli *cli, struct reader *reader, enum kind kind,
		const struct list_options *options)
{
	struct list l = { .cli = cli, .reader = reader, .kind = kind };
	struct suspects suspects = { 0 };
	struct origins origins;

	resolve(&l, options);
	reader_need_here(cli, reader);
	if (l.needs & NEEDS_FIGURES)
		read_figures(&l);
	if (l.needs & NEEDS_SUSPECTS)
		read_suspects(&l, &suspects);
	if (l.needs & NEEDS_ORIGINS) {
		origins_read(&origins, cli, reader->as_of);
		l.origins = &origins;
	}
	put_head(&l);
	records_scan(cli, reader, reader->units, reader->nunits, KIND_BIT(kind), NULL, take, &l);
	if (l.format == LIST_TABLE)
		list_table_end(&l.table);
	str_release(&l.line);
	suspects_release(&suspects);
	arena_release(&l.arena);
}
