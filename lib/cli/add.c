#include "cli/add_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/msg.h"
#include "cli/progress.h"
#include "model/record.h"
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

static void said_twice(const char *field, const char *option)
{
	usage_error(_("'%s' is given by both --%s and --set"), field, option);
}

/* what the schema's words for a due date were; own words win */
static void keep_due_text(struct add *add, struct node *fields)
{
	const char *words = fields_due_words(&add->fields, fields);

	if (words && fields_property(&add->fields, "due_text") && !node_get(fields, "due_text"))
		add_set(add, fields, "due_text", add_text_node(add, words));
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
			add_set(add, fields, head, node_new_map(&add->cli.arena));
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
		add_set(add, fields, p->name, node_get(typed, p->name));
	}
	keep_due_text(add, fields);
	if (add->date && node_get(fields, "date"))
		said_twice("date", "date");
	if (add->date)
		add_set(add, fields, "date", add_text_node(add, add->date));
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
		add_give_id(add, c, day, attempt);
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

	add_complete(add, c, at);
	add_give_first_id(add, c, at);
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
			add_set(add, map, name, value_make(&add->cli, &properties[i], &one));
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
