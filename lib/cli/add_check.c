/* A candidate as the record that it will be, and what is wrong with it. */
#include <string.h>

#include "base/msg.h"
#include "cli/add_parts.h"
#include "cli/personal.h"
#include "model/guard.h"
#include "model/record.h"
#include "model/rules.h"

struct node *add_text_node(struct add *add, const char *text)
{
	struct node *node = node_new_string(&add->cli.arena, text, strlen(text));

	if (!node)
		cli_no_memory(&add->cli);
	return node;
}

void add_set(struct add *add, struct node *map, const char *name, const struct node *value)
{
	if (node_set(&add->cli.arena, map, name, value) < 0)
		cli_no_memory(&add->cli);
}

static void complete_head(struct add *add, struct candidate *c, moment_t at)
{
	struct cli *cli = &add->cli;
	int unit = add->for_text ? cli_unit(cli, "--for", add->for_text) : add->writer.unit;
	char date[DATE_SIZE];

	if (!node_get(c->fields, "unit"))
		add_set(add, c->fields, "unit", add_text_node(add, cli->plan.units[unit].id));
	if (!node_get(c->fields, "date"))
		add_set(add, c->fields, "date",
			add_text_node(add, date_format(day_of_moment(at, cli->plan.offset), date)));
}

static void put(struct add *add, struct node *map, const struct member *member)
{
	if (node_put(&add->cli.arena, map, member) < 0)
		cli_no_memory(&add->cli);
}

/* one of 64 bits, by how a name begins: most properties of a kind are in no record */
static uint64_t bit_of(const char *name)
{
	unsigned first = (unsigned char)*name, second = first ? (unsigned char)name[1] : 0;

	return UINT64_C(1) << ((first + 5 * second) & 63);
}

static uint64_t bits_of(const struct node *fields)
{
	uint64_t bits = 0;

	for (uint32_t i = 0; i < fields->count; i++)
		bits |= bit_of(fields->members[i].name);
	return bits;
}

static const struct member *member_of(const struct node *fields, const char *name)
{
	for (uint32_t i = 0; i < fields->count; i++)
		if (text_is(fields->members[i].name, name))
			return &fields->members[i];
	return NULL;
}

/* all in the schema's order; what the schema does not know stays, so that it is told */
static struct node *in_order(struct add *add, const struct candidate *c)
{
	const struct node *fields = c->fields;
	struct node *record = node_new_map(&add->cli.arena);
	uint64_t bits = bits_of(fields);

	if (!record)
		cli_no_memory(&add->cli);
	record->line = fields->line;
	record->column = fields->column;
	for (size_t i = 0; i < c->nproperties; i++) {
		const struct schema_property *p = &c->properties[i];
		const struct member *m = bits & bit_of(p->name) ? member_of(fields, p->name) : NULL;
		struct member copy;

		if (!m || strcmp(m->name, "entered") == 0)
			continue;
		copy = *m;
		copy.value = value_in_order(&add->cli, p, m->value);
		put(add, record, &copy);
	}
	for (uint32_t i = 0; record->count < fields->count && i < fields->count; i++)
		if (!node_get(record, fields->members[i].name) &&
		    strcmp(fields->members[i].name, "entered") != 0)
			put(add, record, &fields->members[i]);
	return record;
}

static void check_entered(struct add *add, const struct candidate *c, moment_t at,
			  struct findings *findings)
{
	struct guard_world world = { .plan = &add->cli.plan };
	struct event entered = { .root = node_get(c->record, "entered"),
				 .at = at,
				 .by = add->writer.by,
				 .unit = add->cli.plan.units[add->writer.unit].id };
	struct record record = { .kind = add->command->kind,
				 .id = node_string(c->record, "id"),
				 .root = c->record,
				 .events = &entered,
				 .nevents = 1 };
	struct finding what = { .level = LEVEL_ERROR, .file = c->source.name };
	struct folded folded;

	if (fold_start(&folded, &record, add->cli.plan.offset, 0, &add->cli.arena) < 0)
		cli_no_memory(&add->cli);
	guards_entered(&world, &folded, &entered, &what, findings);
}

/* a unit's folder that is missing is elsewhere: it is not made by the way */
static void check_here(struct add *add, const struct candidate *c, struct findings *findings)
{
	const char *unit = node_string(c->record, "unit");
	struct finding what = { .level = LEVEL_ERROR,
				.code = "not-here",
				.file = c->source.name,
				.line = c->record->line,
				.column = c->record->column };
	int index = plan_unit_node(&add->cli.plan, node_get(c->record, "unit"));

	if (index != NO_UNIT && set_has(&add->here, index))
		return;
	if (store_has_folder(&add->cli.store, unit)) {
		if (index != NO_UNIT)
			set_add(&add->here, index);
		return;
	}
	add->away = true;
	finding_hint(findings,
		     findings_add(findings, &what, _("the folder of unit '%s' is not here"), unit),
		     "%s", _("check it out; a folder that is a symbolic link does not count"));
}

/* the id that this record gets at this attempt; it has its place already */
void add_give_id(struct add *add, struct candidate *c, day_t day, unsigned attempt)
{
	char id[ID_SIZE];

	id_format(add->command->kind, day, writer_tail(&add->cli, 30, c->record, attempt), id);
	add_set(add, c->record, "id", add_text_node(add, id));
}

/* as it will be, but for the id, which is the first that the day has */
void add_complete(struct add *add, struct candidate *c, moment_t at)
{
	struct node *entered = node_new_map(&add->cli.arena);
	const char *kind = KIND_INFO[add->command->kind].name, *state = NULL;
	day_t day;
	char id[ID_SIZE];

	if (!entered)
		cli_no_memory(&add->cli);
	complete_head(add, c, at);
	if (add->command->prepare)
		state = add->command->prepare(add, c);
	day = field_date(c->fields, "date");
	if (!node_get(c->fields, "kind"))
		add_set(add, c->fields, "kind", add_text_node(add, kind));
	id_format(add->command->kind,
		  day == DAY_NONE ? day_of_moment(at, add->cli.plan.offset) : day, 0, id);
	add_set(add, c->fields, "id", add_text_node(add, id));
	writer_stamp(&add->cli, &add->writer, at, entered);
	add_set(add, entered, "to", add_text_node(add, state ? state : "recorded"));
	if (c->import)
		add_set(add, entered, "import", c->import);
	c->record = in_order(add, c);
	add_set(add, c->record, "entered", entered);
}

void add_give_first_id(struct add *add, struct candidate *c, moment_t at)
{
	day_t day = field_date(c->record, "date");

	add_set(add, c->record, "id", add_text_node(add, ""));
	add_give_id(add, c, day == DAY_NONE ? day_of_moment(at, add->cli.plan.offset) : day, 0);
}

static void check_completed(struct add *add, struct candidate *c, moment_t at,
			    struct findings *findings)
{
	struct cli *cli = &add->cli;
	struct finding what = { .level = LEVEL_ERROR, .file = c->source.name };

	rules_check(&cli->plan, add->command->kind, c->record, &what, findings);
	check_here(add, c, findings);
	personal_warn(cli, add->command->kind, c->record, &c->source, findings);
	check_entered(add, c, at, findings);
}

void add_check_one(struct add *add, struct candidate *c, struct findings *findings)
{
	moment_t at = writer_time(&add->cli, &add->writer, MOMENT_NONE);

	add_complete(add, c, at);
	if (schema_fits(&add->cli, add->schema, c->record, &c->source, findings))
		check_completed(add, c, at, findings);
}

static void check_now(struct add *add, struct candidate *c, struct findings *findings)
{
	struct cli *cli = &add->cli;
	moment_t at = writer_time(cli, &add->writer, MOMENT_NONE);
	struct findings own = { 0 };

	add_complete(add, c, at);
	add_give_first_id(add, c, at);
	if (schema_findings(cli, add->schema, c->record, &c->source, &own))
		check_completed(add, c, at, &own);
	if (c->source.name) {
		findings_append(findings, &own);
		findings_release(&own);
	} else {
		option_findings(cli, &add->fields, &own);
	}
}

bool add_check(struct add *add, struct findings *findings)
{
	for (size_t i = 0; i < add->count; i++)
		check_now(add, &add->candidates[i], findings);
	if (add->file || add->edit)
		findings_sort(findings);
	return !findings->errors && !add->cli.findings.errors;
}
