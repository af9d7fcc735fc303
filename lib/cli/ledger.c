/* The problems that pass the filters, sorted, as a table. */
#include "cli/ledger.h"

#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "cli/figures.h"
#include "report/problems.h"

/* a problem that passed the filters, kept until all are there to be sorted */
struct row {
	const struct folded *folded;
	struct problem_status status;
	const char *why;
};

struct table_of {
	struct cli *cli;
	const struct reader *reader;
	const struct ledger_options *options;
	const struct figures *figures;
	unsigned states, lights;
	struct unit_set leads;
	long within; /* days, or -1 */
	struct row *rows;
	size_t count, cap, withdrawn;
};

void ledger_add_options(struct cli *cli, struct ledger_options *options)
{
	const struct opt table[] = {
		{ .name = "lead",
		  .metavar = "UNIT",
		  .help = N_("only problems this unit leads; may be repeated"),
		  .many = &options->leads },
		{ .name = "state",
		  .metavar = "STATE",
		  .help = N_("only problems in this state, code or label; may be repeated"),
		  .many = &options->states },
		{ .name = "light",
		  .metavar = "LIGHT,...",
		  .help = N_("only these lights: red 红, yellow 黄, green 绿, closed 已销号"),
		  .many = &options->lights },
		{ .name = "overdue",
		  .help = N_("only overdue problems"),
		  .flag = &options->overdue },
		{ .name = "due-within",
		  .metavar = "DAYS",
		  .help = N_("only open problems that are due within so many days"),
		  .one = &options->due_within },
		{ .name = "sort",
		  .metavar = "KEY",
		  .help = N_("by due (default), light, days, id, unit, lead or state"),
		  .one = &options->sort },
	};

	cli_add_options(cli, table, sizeof(table) / sizeof(*table));
}

bool ledger_wanted(const struct ledger_options *options)
{
	return options->states.count || options->leads.count || options->lights.count ||
	       options->due_within || options->sort || options->overdue || options->exit_code;
}

static void wrong_word(struct cli *cli, const char *option, const char *word, const char *allowed)
{
	finding_hint(&cli->findings,
		     cli_error(cli, "enum", _("%s: '%s' is not known"), option, word),
		     _("allowed: %s"), allowed);
	cli_fail(cli, REFUSED);
}

static void wrong_state(struct cli *cli, const char *word)
{
	struct str all = { 0 };

	for (int s = 0; s < STATES; s++)
		if (s != STATE_RECORDED)
			str_addf(&all, "%s%s %s", all.len ? ", " : "", state_name((enum state)s),
				 state_label((enum state)s));
	wrong_word(cli, "--state", word, str_text(&all));
}

static void wrong_light(struct cli *cli, const char *word)
{
	struct str all = { 0 };

	for (int light = LIGHT_RED; light <= LIGHT_CLOSED; light++)
		str_addf(&all, "%s%s %s", all.len ? ", " : "", light_code((enum light)light),
			 light_label((enum light)light));
	wrong_word(cli, "--light", word, str_text(&all));
}

static void resolve_states(struct table_of *t)
{
	for (size_t i = 0; i < t->options->states.count; i++) {
		enum state state = state_named(t->options->states.items[i]);

		if (state == STATES || state == STATE_RECORDED)
			wrong_state(t->cli, t->options->states.items[i]);
		t->states |= STATE_BIT(state);
	}
}

static void resolve_lights(struct table_of *t)
{
	for (size_t i = 0; i < t->options->lights.count; i++) {
		char *list = arena_strdup(&t->cli->arena, t->options->lights.items[i]);
		char *rest = list;

		for (char *word = strtok_r(list, ",", &rest); word;
		     word = strtok_r(NULL, ",", &rest)) {
			int light = LIGHT_RED;

			while (light <= LIGHT_CLOSED &&
			       strcmp(word, light_code((enum light)light)) &&
			       strcmp(word, light_label((enum light)light)))
				light++;
			if (light > LIGHT_CLOSED)
				wrong_light(t->cli, word);
			t->lights |= 1u << light;
		}
	}
}

static int (*sort_named(const char *key))(const void *, const void *);

static void resolve_filters(struct table_of *t)
{
	char *end;

	t->within = -1;
	resolve_states(t);
	resolve_lights(t);
	for (size_t i = 0; i < t->options->leads.count; i++)
		set_add(&t->leads, cli_unit(t->cli, "--lead", t->options->leads.items[i]));
	if (t->options->due_within) {
		t->within = strtol(t->options->due_within, &end, 10);
		if (*end || !*t->options->due_within || t->within < 0 || t->within > 100000)
			usage_error(_("--due-within takes a number of days, not '%s'"),
				    t->options->due_within);
	}
	if (!sort_named(t->options->sort ? t->options->sort : "due"))
		usage_error(_("--sort is due, light, days, id, unit, lead or state, not '%s'"),
			    t->options->sort);
}

static bool passes(const struct table_of *t, const struct folded *f, const struct problem_status *s)
{
	if (t->states ? !(t->states & STATE_BIT(f->state)) : f->state == STATE_WITHDRAWN)
		return false;
	if (t->options->leads.count &&
	    !set_has(&t->leads, plan_unit_node(&t->cli->plan, node_get(f->fields, "lead"))))
		return false;
	if (t->lights && !(t->lights & 1u << s->light))
		return false;
	if (t->options->overdue && !s->overdue)
		return false;
	return t->within < 0 || (s->has_days && s->days_left <= t->within);
}

static void take(void *context, const struct folded *f)
{
	struct table_of *t = context;
	struct arena *arena = &t->cli->arena;
	struct row row = { 0 };
	struct folded *kept;
	struct record *record;

	t->withdrawn += f->state == STATE_WITHDRAWN;
	problem_status(&t->cli->plan, f, t->figures, t->reader->day, &row.status);
	if (!passes(t, f, &row.status))
		return;
	if (t->options->explain)
		row.why = problem_why(&t->cli->plan, f, &row.status, t->figures, t->reader->day,
				      arena);
	/* of the record the table needs its fields and its name */
	kept = arena_alloc(arena, sizeof(*kept));
	record = arena_alloc(arena, sizeof(*record));
	if (!kept || !record)
		cli_no_memory(t->cli);
	*record = (struct record){ .kind = KIND_PROBLEM,
				   .id = arena_strdup(arena, f->record->id),
				   .folder = arena_strdup(arena, f->record->folder) };
	*kept = (struct folded){ .record = record,
				 .state = f->state,
				 .fields = problem_head(f->fields, arena) };
	row.folded = kept;
	if (t->count == t->cap) {
		size_t cap = t->cap ? t->cap * 2 : 64;
		struct row *rows = realloc(t->rows, cap * sizeof(*rows));

		if (!rows)
			cli_no_memory(t->cli);
		t->rows = rows;
		t->cap = cap;
	}
	if (!record->id || !record->folder || !kept->fields)
		cli_no_memory(t->cli);
	t->rows[t->count++] = row;
}

static int by_id(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	return strcmp(x->folded->record->id, y->folded->record->id);
}

static int by_number(long x, long y, const void *a, const void *b)
{
	return x != y ? (x < y ? -1 : 1) : by_id(a, b);
}

static int by_due(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	/* what has no due date comes last */
	return by_number(x->status.due == DAY_NONE ? INT32_MAX : x->status.due,
			 y->status.due == DAY_NONE ? INT32_MAX : y->status.due, a, b);
}

static int by_days(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	return by_number(x->status.has_days ? x->status.days_left : INT32_MAX,
			 y->status.has_days ? y->status.days_left : INT32_MAX, a, b);
}

static int by_light(const void *a, const void *b)
{
	static const int order[] = { 5, 0, 1, 2, 3 }; /* no light last */
	const struct row *x = a, *y = b;
	int lx = order[x->status.light], ly = order[y->status.light];

	return lx != ly ? lx - ly : by_due(a, b);
}

static int by_state(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	return by_number((long)x->folded->state, (long)y->folded->state, a, b);
}

static int by_text(const char *key, const void *a, const void *b)
{
	const char *x = node_string(((const struct row *)a)->folded->fields, key);
	const char *y = node_string(((const struct row *)b)->folded->fields, key);
	int order = strcmp(x ? x : "~", y ? y : "~");

	return order ? order : by_due(a, b);
}

static int by_unit(const void *a, const void *b)
{
	return by_text("unit", a, b);
}

static int by_lead(const void *a, const void *b)
{
	return by_text("lead", a, b);
}

static int (*sort_named(const char *key))(const void *, const void *)
{
	static const struct {
		const char *name;
		int (*compare)(const void *, const void *);
	} sorts[] = { { "due", by_due },    { "light", by_light }, { "days", by_days },
		      { "id", by_id },      { "unit", by_unit },   { "lead", by_lead },
		      { "state", by_state } };

	for (size_t i = 0; i < sizeof(sorts) / sizeof(*sorts); i++)
		if (strcmp(sorts[i].name, key) == 0)
			return sorts[i].compare;
	return NULL;
}

static void make_report(struct table_of *t, struct report *report)
{
	struct table *table;

	report_heading(report, 1, "问题整改情况");
	report_as_of(report, "截至", t->reader->stamp);
	table = problems_table(report, t->options->explain);
	for (size_t i = 0; i < t->count; i++)
		problems_row(report, table, &t->cli->plan, t->rows[i].folded, &t->rows[i].status,
			     t->rows[i].why);
	if (t->withdrawn && !t->states) {
		const char *note =
			arena_printf(&t->cli->arena, "另有已撤回%zu件，不计入。", t->withdrawn);

		if (note)
			report_paragraph(report, note);
	}
	report_believed(report, &t->cli->plan);
}

enum outcome ledger_show(struct cli *cli, struct reader *reader,
			 const struct ledger_options *options)
{
	struct table_of t = { .cli = cli, .reader = reader, .options = options };
	struct figures figures;
	struct report report;

	resolve_filters(&t);
	reader_need_here(cli, reader);
	/* lights are judged by figures of the whole city; without all of them, by milestones */
	if (all_here(cli)) {
		figures_read(cli, reader, NULL, &figures);
		t.figures = &figures;
	}
	records_scan(cli, reader, reader->units, reader->nunits, KIND_BIT(KIND_PROBLEM), NULL, take,
		     &t);
	if (t.count)
		qsort(t.rows, t.count, sizeof(*t.rows),
		      sort_named(options->sort ? options->sort : "due"));
	report_init(&report, &cli->arena);
	make_report(&t, &report);
	report_out(cli, reader, &report);
	free(t.rows);
	return options->exit_code && t.count ? REFUSED : DONE;
}
