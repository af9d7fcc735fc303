#include "cli/writer.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/msg.h"
#include "model/calendar.h"
#include "model/problem.h"
#include "yaml/read.h"
#include "yaml/write.h"

#define MOST_AHEAD 600
#define DEFAULT_WAIT 10

void writer_add_options(struct cli *cli, struct writer *w, bool unit)
{
	const struct opt who[] = {
		{ .help = N_("Who, when and how:") },
		{ .name = "by",
		  .metavar = "NAME",
		  .help = N_("who does it ($DUBAN_BY)"),
		  .one = &w->by },
		{ .name = "unit",
		  .metavar = "UNIT",
		  .help = N_("the unit one acts for ($DUBAN_UNIT)"),
		  .one = &w->unit_text },
	};
	const struct opt how[] = {
		{ .name = "at",
		  .metavar = "TIME",
		  .help = N_("when it happened, RFC 3339; default now"),
		  .one = &w->at_text },
		{ .name = "dry-run",
		  .letter = 'n',
		  .help = N_("print the YAML, write nothing"),
		  .flag = &w->dry_run },
		{ .name = "wait",
		  .metavar = "SECONDS",
		  .help = N_("how long to wait for another writer; default 10"),
		  .one = &w->wait_text },
	};

	cli_add_options(cli, who, unit ? 3 : 2);
	cli_add_options(cli, how, sizeof(how) / sizeof(*how));
}

static const char *or_environment(const char *given, const char *name)
{
	const char *value = given ? given : getenv(name);

	return value && *value ? value : NULL;
}

void writer_take_unit(struct writer *w, const struct strings *units)
{
	if (units->count > 1)
		usage_error(_("option '--%s' is given twice"), "unit");
	w->unit_text = units->count ? units->items[0] : NULL;
}

void writer_resolve(struct cli *cli, struct writer *w)
{
	char *end = NULL;

	w->by = or_environment(w->by, "DUBAN_BY");
	w->unit_text = or_environment(w->unit_text, "DUBAN_UNIT");
	w->at = MOMENT_NONE;
	w->wait = DEFAULT_WAIT;
	if (w->wait_text) {
		unsigned long seconds = strtoul(w->wait_text, &end, 10);

		if (!*w->wait_text || *end || seconds > 86400 || *w->wait_text == '-')
			usage_error(_("--wait takes a number of seconds, not '%s'"), w->wait_text);
		w->wait = (unsigned)seconds;
	}
	if (!w->by)
		finding_hint(&cli->findings,
			     cli_error(cli, "required", "%s", _("who does it is missing")), "%s",
			     _("say --by NAME or set $DUBAN_BY"));
	if (!w->unit_text)
		finding_hint(
			&cli->findings,
			cli_error(cli, "required", "%s", _("the unit one acts for is missing")),
			"%s", _("say --unit UNIT or set $DUBAN_UNIT"));
	if (w->at_text && !moment_parse(w->at_text, strlen(w->at_text), &w->at))
		finding_hint(&cli->findings,
			     cli_error(cli, "format", _("--at: '%s' is no time"), w->at_text), "%s",
			     _("write it as 2024-04-18T17:40:00+08:00"));
	else if (w->at_text && w->at > cli->now + MOST_AHEAD)
		cli_error(cli, "future", "%s", _("--at: the time lies in the future"));
	if (cli->findings.errors)
		cli_fail(cli, REFUSED);
	w->unit = cli_unit(cli, "--unit", w->unit_text);
	if (!person_may(&cli->plan, w->by, w->unit, NULL)) {
		cli_error(cli, "person", _("'%s' is not a person of unit '%s'"), w->by,
			  cli->plan.units[w->unit].id);
		cli_fail(cli, REFUSED);
	}
}

moment_t writer_time(struct cli *cli, const struct writer *w, moment_t newest)
{
	char time[MOMENT_SIZE];

	if (w->at == MOMENT_NONE)
		return newest != MOMENT_NONE && newest >= cli->now ? newest + 1 : cli->now;
	if (newest != MOMENT_NONE && w->at <= newest) {
		cli_error(cli, "not-newest", _("--at: the record's newest event is of %s"),
			  moment_format(newest, cli->plan.offset, time));
		return MOMENT_NONE;
	}
	return w->at;
}

static int put_text(struct cli *cli, struct node *map, const char *name, const char *text)
{
	struct node *node = node_new_string(&cli->arena, text, strlen(text));

	return node ? node_set(&cli->arena, map, name, node) : -1;
}

void writer_stamp(struct cli *cli, const struct writer *w, moment_t at, struct node *map)
{
	const char *unit = cli->plan.units[w->unit].id;
	char time[MOMENT_SIZE];

	moment_format(at, cli->plan.offset, time);
	if (put_text(cli, map, "at", time) < 0 || put_text(cli, map, "by", w->by) < 0 ||
	    put_text(cli, map, "unit", unit) < 0)
		cli_no_memory(cli);
}

enum outcome writer_create(struct cli *cli, const char *path, const struct node *root)
{
	size_t told = cli->findings.count;
	struct str text = { 0 };
	enum outcome outcome;

	/* nothing is added of which nobody would hear */
	if (!cli_flush())
		return CANNOT;
	yaml_write(&text, root);
	/* what was added before it is still to be told */
	if (text.failed)
		finding_errno(&cli->findings, path, _("cannot write"), ENOMEM);
	outcome = text.failed ? CANNOT
			      : store_create(&cli->store, path, str_text(&text), text.len,
					     &cli->findings);
	str_release(&text);
	cli_paths(cli, told);
	if (outcome == DONE)
		cli_added(cli, path);
	return outcome;
}

/* what differs gets other digits, and so does the same at another attempt */
static uint32_t seeded_tail(struct cli *cli, const char *seed, unsigned bits,
			    const struct node *root, unsigned attempt)
{
	struct str text = { 0 };
	uint32_t hash;

	str_addf(&text, "%s\n%u\n", seed, attempt);
	yaml_write(&text, root);
	if (text.failed)
		cli_no_memory(cli);
	hash = text_hash(str_text(&text), text.len);
	str_release(&text);
	/* all 32 bits have a part in fewer digits */
	return (hash ^ hash >> bits) & ((UINT32_C(1) << bits) - 1);
}

uint32_t writer_tail(struct cli *cli, unsigned bits, const struct node *root, unsigned attempt)
{
	const char *seed = or_environment(NULL, "DUBAN_SEED");
	uint32_t tail;

	if (seed)
		return seeded_tail(cli, seed, bits, root, attempt);
	if (store_random(bits, &tail, &cli->findings) != DONE)
		cli_fail(cli, CANNOT);
	return tail;
}

struct node *milestone_list(struct cli *cli, const struct node *fields, day_t listed)
{
	struct milestone *milestones =
		arena_array(&cli->arena, cli->plan.nmilestones + 1, sizeof(*milestones));
	struct node *list = node_new_list(&cli->arena);
	day_t due = field_date(fields, "due");
	int year = 0, n;

	if (!milestones || !list)
		cli_no_memory(cli);
	if (due == DAY_NONE || !node_is(node_get(fields, "track"), "scheduled") ||
	    list_count(node_get(fields, "milestones")))
		return NULL;
	n = milestones_back(&cli->plan, listed, due, milestones, &year);
	if (n == -2) {
		finding_hint(&cli->findings,
			     cli_error(cli, "unknown-year",
				       _("the plan's calendar does not hold the year %d"), year),
			     "%s", _("add its holidays to plan.yaml, or give the milestones"));
		cli_fail(cli, REFUSED);
	}
	for (int i = 0; i < n; i++) {
		struct node *map = node_new_map(&cli->arena);
		const char *id = arena_printf(&cli->arena, "N%d", i + 1);
		char date[DATE_SIZE];

		date_format(milestones[i].date, date);
		if (!map || !id || put_text(cli, map, "id", id) < 0 ||
		    put_text(cli, map, "name", milestones[i].name) < 0 ||
		    put_text(cli, map, "date", date) < 0 || node_append(&cli->arena, list, map) < 0)
			cli_no_memory(cli);
	}
	return n <= 0 ? NULL : list;
}

/* fields that are given by a common option of the same name */
static const char *const COMMON[] = { "date", "by", "at", NULL };

/* how much of a JSON pointer the dotted name of a property is; 0: it leads elsewhere */
static size_t names_place(const char *name, const char *pointer)
{
	size_t n = strlen(name);

	for (size_t i = 0; i < n; i++)
		if (pointer[i] != name[i] && !(pointer[i] == '/' && name[i] == '.'))
			return 0;
	return pointer[n] == '/' || !pointer[n] ? n : 0;
}

/* the option whose value the pointer leads to or into; of a map's members, the innermost */
static const struct schema_property *option_at(const struct field_options *fields,
					       const char *pointer)
{
	const struct schema_property *option = NULL;
	size_t longest = 0;

	for (size_t i = 0; i < fields->count; i++) {
		const struct schema_property *p = &fields->properties[i];
		size_t n = field_has_option(p) ? names_place(p->name, pointer) : 0;

		if (n > longest) {
			longest = n;
			option = p;
		}
	}
	return option;
}

void option_findings(struct cli *cli, const struct field_options *fields, struct findings *from)
{
	for (size_t i = 0; i < from->count; i++) {
		struct finding *f = &from->items[i];
		const char *name = f->pointer && *f->pointer == '/' ? f->pointer + 1 : "";
		bool entered = strncmp(name, "entered/", 8) == 0;
		const struct schema_property *p = NULL;
		const char *option = NULL, *parts;

		name += entered ? 8 : 0;
		if (!f->file && !entered)
			p = option_at(fields, name);
		if (p)
			option = p->option;
		for (size_t j = 0; !f->file && !option && COMMON[j]; j++)
			if (names_place(COMMON[j], name))
				option = COMMON[j];
		if (option)
			f->file = arena_printf(&cli->arena, "--%s", option);
		/* one text that says several things: in which order */
		parts = p ? node_string(p->shorthand, "meta") : NULL;
		if (parts && !f->hint && f->code && strcmp(f->code, "required") == 0)
			finding_hint(from, f, "--%s %s", option, parts);
		f->line = 0;
		f->excerpt = f->within = NULL;
	}
	findings_append(&cli->findings, from);
	findings_release(from);
}

struct unfit {
	struct cli *cli;
	const struct schema_source *source; /* or NULL */
	struct findings *to;
};

static struct finding *say_unfit(const struct unfit *unfit, const char *code,
				 const struct node *value, const char *pointer, const char *message)
{
	struct finding what = { .level = LEVEL_ERROR, .code = code, .pointer = pointer };

	if (unfit->source && unfit->source->name) {
		what.file = unfit->source->name;
		what.line = value->line;
		what.column = value->column;
	}
	return findings_add(unfit->to, &what, "%s", message);
}

static void check_texts(const struct unfit *unfit, const struct node *value, const char *pointer)
{
	enum text_fault fault =
		value->type == NODE_STRING ? yaml_text_fault(value->text, value->count) : TEXT_FITS;

	if (fault == TEXT_NOT_UTF8)
		say_unfit(unfit, "encoding", value, pointer, _("the text is not UTF-8"));
	else if (fault == TEXT_CONTROL)
		finding_hint(unfit->to,
			     say_unfit(unfit, "control-character", value, pointer,
				       _("the text holds a control or reordering character")),
			     "%s",
			     _("remove it; it cannot be seen and would change what others see"));
	for (uint32_t i = 0; value->type == NODE_LIST && i < value->count; i++)
		check_texts(unfit, &value->items[i],
			    arena_printf(&unfit->to->arena, "%s/%u", pointer, i));
	for (uint32_t i = 0; value->type == NODE_MAP && i < value->count; i++)
		check_texts(
			unfit, value->members[i].value,
			arena_printf(&unfit->to->arena, "%s/%s", pointer, value->members[i].name));
}

static bool fits(const struct node *value)
{
	if (value->type == NODE_STRING)
		return yaml_text_fault(value->text, value->count) == TEXT_FITS;
	for (uint32_t i = 0; value->type == NODE_LIST && i < value->count; i++)
		if (!fits(&value->items[i]))
			return false;
	for (uint32_t i = 0; value->type == NODE_MAP && i < value->count; i++)
		if (!fits(value->members[i].value))
			return false;
	return true;
}

bool schema_reads_back(struct cli *cli, const struct node *value,
		       const struct schema_source *source, struct findings *to)
{
	const struct unfit unfit = { .cli = cli, .source = source, .to = to };
	struct arena arena = { 0 };
	struct findings own = { 0 };
	struct str text = { 0 };
	size_t errors = to->errors;
	const struct node *back;

	yaml_write(&text, value);
	if (text.failed)
		cli_no_memory(unfit.cli);
	back = yaml_read(&arena, "", str_text(&text), text.len, &READ_RECORD, &own);
	if (own.count)
		say_unfit(&unfit, own.items[0].code, value, "", own.items[0].message);
	else if (!back)
		cli_no_memory(unfit.cli);
	else if (!node_equal(back, value))
		say_unfit(&unfit, "yaml", value, "",
			  _("the record cannot be written as YAML that says the same"));
	str_release(&text);
	findings_release(&own);
	arena_release(&arena);
	return to->errors == errors;
}

/* the scratch memory of a schema stays for the next value, as long as that is one of the same */
static struct schema_run *run_of(struct cli *cli, const struct schema *schema)
{
	if (cli->run_of == schema && cli->run)
		return cli->run;
	schema_run_free(cli->run);
	cli->run = schema_run_new(schema);
	cli->run_of = schema;
	if (!cli->run)
		cli_no_memory(cli);
	return cli->run;
}

bool schema_fits(struct cli *cli, const struct schema *schema, const struct node *value,
		 const struct schema_source *source, struct findings *to)
{
	const struct unfit unfit = { .cli = cli, .source = source, .to = to };
	const struct schema_host *host = cli_host(cli);
	size_t errors = to->errors;
	bool warnings = false;

	if (!fits(value)) {
		check_texts(&unfit, value, "");
		return false;
	}
	if (!schema_check(schema, run_of(cli, schema), value, host, &warnings) || warnings)
		schema_explain(schema, run_of(cli, schema), value, host, source, to);
	return to->errors == errors;
}

bool schema_findings(struct cli *cli, const struct schema *schema, const struct node *value,
		     const struct schema_source *source, struct findings *to)
{
	return schema_fits(cli, schema, value, source, to) &&
	       schema_reads_back(cli, value, source, to);
}
