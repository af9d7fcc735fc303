#include "cli/add.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/msg.h"
#include "cli/personal.h"
#include "cli/progress.h"
#include "model/guard.h"
#include "model/record.h"
#include "model/rules.h"
#include "yaml/read.h"
#include "yaml/write.h"

#define ATTEMPTS 100

static void add_options(struct add *add)
{
	const struct opt options[] = {
		{ .name = "for",
		  .metavar = "UNIT",
		  .help = N_("the record's own unit, when it is another"),
		  .one = &add->for_text },
		{ .name = "date",
		  .metavar = "DATE",
		  .help = N_("the record's date; default the day of --at"),
		  .one = &add->date },
		{ .name = "set",
		  .metavar = "FIELD=VALUE",
		  .help = N_("any field by its name; may be repeated"),
		  .many = &add->sets },
		{ .name = "file",
		  .metavar = "FILE",
		  .help = N_("YAML documents instead of options; - for standard input"),
		  .one = &add->file },
		{ .name = "edit",
		  .help = N_("fill a form in $VISUAL or $EDITOR"),
		  .flag = &add->edit },
	};

	cli_add_options(&add->cli, options, sizeof(options) / sizeof(*options));
}

struct candidate *add_candidate(struct add *add, struct node *fields)
{
	struct candidate *c;

	if (add->count == add->cap) {
		size_t cap = add->cap ? add->cap * 2 : 8;
		struct candidate *grown = realloc(add->candidates, cap * sizeof(*grown));

		if (!grown)
			cli_no_memory(&add->cli);
		add->candidates = grown;
		add->cap = cap;
	}
	if (!fields)
		fields = node_new_map(&add->cli.arena);
	if (!fields)
		cli_no_memory(&add->cli);
	c = &add->candidates[add->count++];
	*c = (struct candidate){ .fields = fields,
				 .properties = add->fields.properties,
				 .nproperties = add->fields.count };
	return c;
}

static struct node *text_node(struct add *add, const char *text)
{
	struct node *node = node_new_string(&add->cli.arena, text, strlen(text));

	if (!node)
		cli_no_memory(&add->cli);
	return node;
}

static void set(struct add *add, struct node *map, const char *name, const struct node *value)
{
	if (node_set(&add->cli.arena, map, name, value) < 0)
		cli_no_memory(&add->cli);
}

static void said_twice(const char *field, const char *option)
{
	usage_error(_("'%s' is given by both --%s and --set"), field, option);
}

/* what the schema's words for a due date were; own words win */
static void keep_due_text(struct add *add, struct node *fields)
{
	const char *words = fields_due_words(&add->fields, fields);

	if (words && fields_property(&add->fields, "due_text") && !node_get(fields, "due_text"))
		set(add, fields, "due_text", text_node(add, words));
}

/* given by the program, with what is in it */
static bool is_own(const char *name)
{
	size_t n = strcspn(name, ".");

	return (n == strlen("id") && memcmp(name, "id", n) == 0) ||
	       (n == strlen("entered") && memcmp(name, "entered", n) == 0);
}

/* what --set says, by dotted names */
static struct node *from_sets(struct add *add)
{
	struct cli *cli = &add->cli;
	size_t errors = cli->findings.errors;
	struct node *fields = fields_set(cli, &add->fields, &add->sets);

	for (uint32_t i = 0; i < fields->count; i++) {
		const char *name = fields->members[i].name;

		if (is_own(name))
			cli_error(cli, "not-yours", _("--set: '%.*s' is given by the program"),
				  (int)strcspn(name, "."), name);
	}
	if (cli->findings.errors > errors)
		cli_fail(cli, REFUSED);
	if (add->for_text && node_get(fields, "unit"))
		said_twice("unit", "for");
	return fields;
}

/* a map that must be there and is given by its members: then they are what is missing */
static void add_maps(struct add *add, struct node *fields)
{
	for (size_t i = 0; i < add->fields.count; i++) {
		const char *name = add->fields.properties[i].name, *dot = strchr(name, '.');
		char *head = dot ? arena_strndup(&add->cli.arena, name, (size_t)(dot - name)) : "";
		const struct schema_property *map =
			head ? fields_property(&add->fields, head) : NULL;

		if (!head)
			cli_no_memory(&add->cli);
		if (map && map->required && !node_get(fields, head))
			set(add, fields, head, node_new_map(&add->cli.arena));
	}
}

struct node *add_from_options(struct add *add)
{
	struct node *fields = from_sets(add), *typed = fields_typed(&add->cli, &add->fields);

	for (size_t i = 0; i < add->fields.count; i++) {
		const struct schema_property *p = &add->fields.properties[i];
		const struct strings *given = &add->fields.given[i];

		if (!given->count)
			continue;
		if (node_get(fields, p->name))
			said_twice(p->name, p->option);
		set(add, fields, p->name, node_get(typed, p->name));
	}
	keep_due_text(add, fields);
	if (add->date && node_get(fields, "date"))
		said_twice("date", "date");
	if (add->date)
		set(add, fields, "date", text_node(add, add->date));
	fields = (struct node *)(uintptr_t)overlay(node_new_map(&add->cli.arena), fields,
						   &add->cli.arena);
	if (!fields)
		cli_no_memory(&add->cli);
	add_maps(add, fields);
	if (add->command->fields)
		add->command->fields(add, fields);
	return fields;
}

static void refuse_member(struct findings *findings, const char *name, const struct member *m)
{
	struct finding what = { .level = LEVEL_ERROR,
				.code = "not-yours",
				.file = name,
				.line = m->line,
				.column = m->column };

	findings_add(findings, &what, _("'%s' is given by the program, not in a document"),
		     m->name);
}

bool add_documents(struct add *add, const char *name, const char *text, size_t size,
		   struct findings *findings)
{
	struct yaml_reader *reader = yaml_open(name, text, size, &READ_INPUT, findings);
	struct lines *lines = arena_alloc(&add->cli.arena, sizeof(*lines));
	struct node *root;
	int n = -1;

	if (!lines)
		cli_no_memory(&add->cli);
	lines_init(lines, text, size);
	while (reader && (n = yaml_next(reader, &add->cli.arena, &root)) > 0) {
		struct schema_property *properties;
		struct candidate *c;

		if (root->type == NODE_NULL)
			continue;
		if (root->type != NODE_MAP) {
			struct finding what = { .level = LEVEL_ERROR,
						.code = "type",
						.file = name,
						.line = root->line,
						.column = root->column };

			findings_add(findings, &what, "%s",
				     _("a document must be a map of fields"));
			continue;
		}
		c = add_candidate(add, NULL);
		c->source = (struct schema_source){ .name = name, .lines = lines };
		c->fields->line = root->line;
		c->fields->column = root->column;
		/* which fields there are may hang on another one */
		if (add->command->given) {
			c->nproperties = schemas_properties(&add->cli.schemas, add->command->kind,
							    root, &properties, findings);
			c->properties = properties;
		}
		for (uint32_t i = 0; i < root->count; i++) {
			const struct member *m = &root->members[i];
			struct member copy = *m;
			const struct schema_property *p =
				property_named(c->properties, c->nproperties, m->name);

			if (is_own(m->name))
				refuse_member(findings, name, m);
			if (p)
				copy.value = value_normalise(&add->cli, p, m->value);
			if (node_put(&add->cli.arena, c->fields, &copy) < 0)
				cli_no_memory(&add->cli);
		}
	}
	yaml_close(reader);
	return reader && n == 0 && !findings->errors;
}

static void read_file(struct add *add)
{
	struct cli *cli = &add->cli;
	bool standard = strcmp(add->file, "-") == 0;
	const char *name = standard ? "-" : add->file;
	struct str text = { 0 };
	int result = standard ? fd_read(STDIN_FILENO, READ_INPUT.bytes, &text)
			      : path_read(add->file, READ_INPUT.bytes, &text);
	const char *copy;

	if (result < 0 && errno == EFBIG) {
		struct finding what = { .level = LEVEL_ERROR, .code = "too-large", .file = name };

		finding_hint(&cli->findings,
			     findings_add(&cli->findings, &what,
					  _("the text is larger than %zu bytes"), READ_INPUT.bytes),
			     "%s", _("split it: each part holds whole documents"));
		cli_fail(cli, REFUSED);
	}
	if (result < 0) {
		finding_errno(&cli->findings, name, _("cannot read"), errno);
		cli_fail(cli, CANNOT);
	}
	copy = arena_strndup(&cli->arena, str_text(&text), text.len);
	if (!copy)
		cli_no_memory(cli);
	if (!add_documents(add, name, copy, text.len, &cli->findings))
		cli_fail(cli, cli->findings.errors ? REFUSED : CANNOT);
	str_release(&text);
	if (!add->count) {
		cli_error(cli, "empty", _("'%s' holds no document"), name);
		cli_fail(cli, REFUSED);
	}
}

/* the record's own unit: in the document, --for, else the acting unit */
static void complete_head(struct add *add, struct candidate *c, moment_t at)
{
	struct cli *cli = &add->cli;
	int unit = add->for_text ? cli_unit(cli, "--for", add->for_text) : add->writer.unit;
	char date[DATE_SIZE];

	if (!node_get(c->fields, "unit"))
		set(add, c->fields, "unit", text_node(add, cli->plan.units[unit].id));
	if (!node_get(c->fields, "date"))
		set(add, c->fields, "date",
		    text_node(add, date_format(day_of_moment(at, cli->plan.offset), date)));
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
static void give_id(struct add *add, struct candidate *c, day_t day, unsigned attempt)
{
	char id[ID_SIZE];

	id_format(add->command->kind, day, writer_tail(&add->cli, 30, c->record, attempt), id);
	set(add, c->record, "id", text_node(add, id));
}

/* as it will be, but for the id, which is the first that the day has */
static void complete(struct add *add, struct candidate *c, moment_t at)
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
		set(add, c->fields, "kind", text_node(add, kind));
	id_format(add->command->kind,
		  day == DAY_NONE ? day_of_moment(at, add->cli.plan.offset) : day, 0, id);
	set(add, c->fields, "id", text_node(add, id));
	writer_stamp(&add->cli, &add->writer, at, entered);
	set(add, entered, "to", text_node(add, state ? state : "recorded"));
	if (c->import)
		set(add, entered, "import", c->import);
	c->record = in_order(add, c);
	set(add, c->record, "entered", entered);
}

static void give_first_id(struct add *add, struct candidate *c, moment_t at)
{
	day_t day = field_date(c->record, "date");

	set(add, c->record, "id", text_node(add, ""));
	give_id(add, c, day == DAY_NONE ? day_of_moment(at, add->cli.plan.offset) : day, 0);
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

	complete(add, c, at);
	if (schema_fits(&add->cli, add->schema, c->record, &c->source, findings))
		check_completed(add, c, at, findings);
}

static void check_now(struct add *add, struct candidate *c, struct findings *findings)
{
	struct cli *cli = &add->cli;
	moment_t at = writer_time(cli, &add->writer, MOMENT_NONE);
	struct findings own = { 0 };

	complete(add, c, at);
	give_first_id(add, c, at);
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

static void show(struct add *add, const struct candidate *c, bool many)
{
	struct str text = { 0 };

	if (many)
		str_add(&text, "---\n");
	yaml_write(&text, c->record);
	if (text.failed)
		cli_no_memory(&add->cli);
	cli_print(str_text(&text), text.len);
	str_release(&text);
}

/* an id that nobody here has, and the file */
static enum outcome write_one(struct add *add, struct candidate *c)
{
	struct cli *cli = &add->cli;
	day_t day = field_date(c->record, "date");

	for (unsigned attempt = 1; attempt <= ATTEMPTS; attempt++) {
		const char *id = node_string(c->record, "id");
		struct str path = { 0 };
		enum outcome outcome = REFUSED;

		if (!cli_find_record(cli, id, &cli->arena)) {
			path_of_record(&path, node_string(c->record, "unit"), id);
			outcome = writer_create(cli, str_text(&path), c->record);
			str_release(&path);
		}
		if (outcome != REFUSED)
			return outcome;
		give_id(add, c, day, attempt);
	}
	cli_error(cli, "io", "%s", _("no free id was found"));
	return CANNOT;
}

static enum outcome write_all(struct add *add)
{
	enum outcome outcome = DONE;
	size_t written = 0;

	while (written < add->count && outcome == DONE) {
		outcome = write_one(add, &add->candidates[written]);
		written += outcome == DONE;
		progress_tick(1);
	}
	progress_end();
	if (outcome != DONE && add->count > 1)
		cli_error(&add->cli, "io", _("%zu of %zu records were not written"),
			  add->count - written, add->count);
	return outcome;
}

enum outcome add_write(struct add *add)
{
	if (!add->writer.dry_run)
		return write_all(add);
	for (size_t i = 0; i < add->count; i++)
		show(add, &add->candidates[i], add->count > 1);
	return DONE;
}

enum outcome add_write_one(struct add *add, struct candidate *c, bool many)
{
	moment_t at = writer_time(&add->cli, &add->writer, MOMENT_NONE);

	complete(add, c, at);
	give_first_id(add, c, at);
	if (!schema_reads_back(&add->cli, c->record, &c->source, &add->cli.findings))
		return REFUSED;
	if (!add->writer.dry_run)
		return write_one(add, c);
	show(add, c, many);
	return DONE;
}

static void refuse_mixed(const struct add *add)
{
	bool given = add->sets.count > 0 || add->date;

	for (size_t i = 0; i < add->fields.count; i++)
		given = given || add->fields.given[i].count;
	for (size_t i = 0; i < add->own_n; i++)
		given = given || opt_is_given(&add->cli.opts.items[add->own_from + i]);
	if (given && add->file)
		usage_error("%s", _("--file and options for fields exclude each other"));
	if (add->file && add->edit)
		usage_error("%s", _("--file and --edit exclude each other"));
}

static void gather(struct add *add)
{
	if (add->edit)
		add_edit(add);
	else if (add->file)
		read_file(add);
	else if (!add->command->candidates || !add->command->candidates(add))
		add_candidate(add, add_from_options(add));
}

/* the field that decides which others there are, as it stands on the command line */
static const struct node *given_fields(struct add *add, int argc, char **argv)
{
	const char *name = add->command->given;
	const char *text = name ? args_find(argc, argv, 0, name) : NULL;
	struct strings one = { .items = &text, .count = 1 };
	struct schema_property *properties;
	struct node *map;
	size_t n;

	if (!text)
		return NULL;
	n = schemas_properties(&add->cli.schemas, add->command->kind, NULL, &properties,
			       &add->cli.findings);
	if (!n)
		cli_fail(&add->cli, CANNOT);
	map = node_new_map(&add->cli.arena);
	for (size_t i = 0; map && i < n; i++)
		if (strcmp(properties[i].name, name) == 0)
			set(add, map, name, value_make(&add->cli, &properties[i], &one));
	if (!map)
		cli_no_memory(&add->cli);
	return map;
}

/* --unit of a command that also reads: whom one acts for, and a filter */
static void add_unit_option(struct add *add)
{
	const struct opt option = { .name = "unit",
				    .metavar = "UNIT",
				    .help = N_("the unit one acts for ($DUBAN_UNIT); of a table, "
					       "only this unit, may be repeated"),
				    .many = &add->reader.units_text };

	cli_add_options(&add->cli, &option, 1);
}

static int end(struct add *add, enum outcome outcome)
{
	fields_release(&add->fields);
	strings_release(&add->sets);
	strings_release(&add->operands);
	strings_release(&add->reader.units_text);
	free(add->candidates);
	return cli_end(&add->cli, outcome);
}

int add_main(int argc, char **argv, const struct add_command *command)
{
	static struct add add;
	struct usage usage = { .operands = "",
			       .summary = command->summary,
			       .decides = command->given };
	enum outcome outcome;

	add.command = command;
	cli_start(&add.cli, argc, argv);
	writer_add_options(&add.cli, &add.writer, !command->instead);
	if (command->instead)
		add_unit_option(&add);
	add_options(&add);
	add.own_from = add.cli.opts.count;
	if (command->options)
		command->options(&add);
	add.own_n = add.cli.opts.count - add.own_from;
	fields_add_options(&add.cli, command->kind, given_fields(&add, argc, argv), N_("Fields:"),
			   command->skip, &add.fields);
	args_parse(argc, argv, &add.cli.opts, &usage, &add.operands);
	refuse_mixed(&add);
	cli_open(&add.cli, NULL);
	if (command->instead && command->instead(&add))
		return end(&add, DONE);
	if (command->instead)
		writer_take_unit(&add.writer, &add.reader.units_text);
	writer_resolve(&add.cli, &add.writer);
	add.schema = schemas_compile_kind(&add.cli.schemas, command->kind, &add.cli.findings);
	if (!add.schema)
		cli_fail(&add.cli, CANNOT);
	gather(&add);
	if (!add.edit && !add_check(&add, &add.cli.findings))
		cli_fail(&add.cli, add.away ? CANNOT : REFUSED);
	for (size_t i = 0; command->remark && i < add.count; i++)
		command->remark(&add, &add.candidates[i]);
	if (add.cli.findings.errors)
		cli_fail(&add.cli, REFUSED);
	outcome = add_write(&add);
	if (add.cli.typed && outcome == DONE) /* it is on the disk */
		unlink(add.cli.typed);
	return end(&add, outcome);
}
