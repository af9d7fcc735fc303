/* The properties of a schema as options, and what was given for each. */
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "base/utf8.h"
#include "cli/value.h"

static bool is_list(const struct schema_property *p)
{
	return p->type && strcmp(p->type, "array") == 0;
}

static const char *metavar_of(const struct schema_property *p)
{
	const char *meta = node_string(p->shorthand, "meta");

	if (meta)
		return meta;
	if (p->metavar)
		return p->metavar;
	return p->type && strcmp(p->type, "integer") == 0   ? "N"
	       : p->type && strcmp(p->type, "boolean") == 0 ? "YES|NO"
							    : "TEXT";
}

/* "Method 走访方式: on-site 现场, forum 座谈 …" */
static const char *help_of(struct cli *cli, const struct schema_property *p)
{
	struct str help = { 0 };
	const char *text;

	str_addf(&help, "%s%s%s", p->english ? p->english : "", p->english && p->title ? " " : "",
		 p->title ? p->title : "");
	for (size_t i = 0; i < list_count(p->codes); i++) {
		const char *label = node_string(p->labels, p->codes->items[i].text);

		str_addf(&help, "%s%s%s%s", i ? ", " : ": ", p->codes->items[i].text,
			 label ? " " : "", label ? label : "");
	}
	if (is_list(p))
		str_add(&help, _("; may be repeated"));
	text = arena_strdup(&cli->arena, str_text(&help));
	str_release(&help);
	if (!text)
		cli_no_memory(cli);
	return text;
}

static bool is_in(const char *const *names, const char *name)
{
	for (; names && *names; names++)
		if (strcmp(*names, name) == 0)
			return true;
	return false;
}

/* a map without a shorthand is given by its members (vocabulary, x-option) */
static bool is_given_by_members(const struct schema_property *p)
{
	return p->type && strcmp(p->type, "object") == 0 && !p->shorthand && p->option;
}

static void add_property(struct cli *cli, struct field_options *fields,
			 const struct schema_property *p)
{
	if (fields->count == fields->cap) {
		size_t cap = fields->cap ? fields->cap * 2 : 64;
		struct schema_property *grown =
			arena_array(&cli->arena, cap, sizeof(*fields->properties));

		if (!grown)
			cli_no_memory(cli);
		if (fields->count)
			memcpy(grown, fields->properties, fields->count * sizeof(*grown));
		fields->properties = grown;
		fields->cap = cap;
	}
	fields->properties[fields->count++] = *p;
}

void fields_load(struct cli *cli, enum kind kind, const struct node *given,
		 struct field_options *fields)
{
	struct schema_property *own;
	size_t n = schemas_properties(&cli->schemas, kind, given, &own, &cli->findings);

	if (!n)
		cli_fail(cli, CANNOT);
	*fields = (struct field_options){ 0 };
	for (size_t i = 0; i < n; i++)
		add_property(cli, fields, &own[i]);
	/* goes on through what it adds */
	for (size_t i = 0; i < fields->count; i++) {
		const struct schema_property map = fields->properties[i];

		if (!is_given_by_members(&map))
			continue;
		n = cli_subproperties(cli, map.schema, &own);
		for (size_t j = 0; j < n; j++) {
			own[j].name = arena_printf(&cli->arena, "%s.%s", map.name, own[j].name);
			if (!own[j].name)
				cli_no_memory(cli);
			add_property(cli, fields, &own[j]);
		}
	}
	fields->given = calloc(fields->count, sizeof(*fields->given));
	fields->file = arena_printf(&cli->arena, "%sschemas/%s.yaml",
				    cli->store.root >= 0 ? cli->store.prefix : "",
				    kind == KINDS ? "event" : KIND_INFO[kind].name);
	if (!fields->given || !fields->file)
		cli_no_memory(cli);
}

bool field_has_option(const struct schema_property *p)
{
	const char *type = is_list(p) ? p->items_type : p->type;

	return p->option && (p->shorthand || !type || strcmp(type, "object") != 0);
}

/* a field that the folder adds must not take an option away */
static void refuse_double(struct cli *cli, const struct field_options *fields,
			  const struct schema_property *p)
{
	bool there = strcmp(p->option, "help") == 0 || strcmp(p->option, "version") == 0;
	struct finding what = { .level = LEVEL_ERROR, .code = "option", .file = fields->file };

	for (size_t i = 0; i < cli->opts.count; i++)
		there = there || (cli->opts.items[i].name &&
				  strcmp(cli->opts.items[i].name, p->option) == 0);
	if (!there)
		return;
	finding_hint(
		&cli->findings,
		findings_add(&cli->findings, &what,
			     _("the field '%s' makes the option '--%s', which is there already"),
			     p->name, p->option),
		"%s", _("give it another with x-option, or none with x-option: false"));
	cli_fail(cli, CANNOT);
}

static void add_option(struct cli *cli, struct field_options *fields, size_t i)
{
	const struct schema_property *p = &fields->properties[i];
	const struct opt opt = { .name = p->option,
				 .metavar = metavar_of(p),
				 .help = help_of(cli, p),
				 .many = &fields->given[i],
				 .once = !is_list(p) };

	refuse_double(cli, fields, p);
	cli_add_options(cli, &opt, 1);
}

void fields_add_option(struct cli *cli, struct field_options *fields, const char *name)
{
	for (size_t i = 0; i < fields->count; i++)
		if (strcmp(fields->properties[i].name, name) == 0)
			add_option(cli, fields, i);
}

void fields_add_options(struct cli *cli, enum kind kind, const struct node *given,
			const char *heading, const char *const *skip, struct field_options *fields)
{
	const struct opt title = { .help = heading };

	fields_load(cli, kind, given, fields);
	cli_add_options(cli, &title, 1);
	for (size_t i = 0; i < fields->count; i++)
		if (field_has_option(&fields->properties[i]) &&
		    !is_in(skip, fields->properties[i].option))
			add_option(cli, fields, i);
}

struct node *fields_typed(struct cli *cli, const struct field_options *fields)
{
	struct node *map = node_new_map(&cli->arena);

	for (size_t i = 0; map && i < fields->count; i++) {
		const struct schema_property *p = &fields->properties[i];

		if (fields->given[i].count &&
		    node_set(&cli->arena, map, p->name, value_make(cli, p, &fields->given[i])) < 0)
			cli_no_memory(cli);
	}
	if (!map)
		cli_no_memory(cli);
	return map;
}

void fields_release(struct field_options *fields)
{
	for (size_t i = 0; fields->given && i < fields->count; i++)
		strings_release(&fields->given[i]);
	free(fields->given);
	*fields = (struct field_options){ 0 };
}

const struct schema_property *property_named(const struct schema_property *properties, size_t n,
					     const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (text_is(properties[i].name, name))
			return &properties[i];
	return NULL;
}

const struct schema_property *fields_property(const struct field_options *fields, const char *name)
{
	return property_named(fields->properties, fields->count, name);
}

/* the property that a dotted name such as values.windows_total ends in */
static const struct schema_property *
dotted_property(struct cli *cli, const struct field_options *fields, const char *name)
{
	const char *dot = strchr(name, '.');
	char *head = arena_strndup(&cli->arena, name, dot ? (size_t)(dot - name) : strlen(name));
	const struct schema_property *p = head ? fields_property(fields, head) : NULL;

	while (p && dot) {
		const char *from = dot + 1;
		struct schema_property *inner;
		size_t n = cli_subproperties(cli, p->schema, &inner);
		size_t length;

		dot = strchr(from, '.');
		length = dot ? (size_t)(dot - from) : strlen(from);
		p = NULL;
		for (size_t i = 0; i < n && !p; i++)
			if (strlen(inner[i].name) == length && !memcmp(inner[i].name, from, length))
				p = &inner[i];
	}
	return p;
}

/* the texts given for one field by any number of --set */
static struct strings texts_of(struct cli *cli, const struct strings *sets, const char *name)
{
	struct strings texts = { 0 };
	size_t n = strlen(name);

	for (size_t i = 0; i < sets->count; i++)
		if (strncmp(sets->items[i], name, n) == 0 && sets->items[i][n] == '=' &&
		    strings_add(&texts, sets->items[i] + n + 1) < 0)
			cli_no_memory(cli);
	return texts;
}

const char *fields_due_words(const struct field_options *fields, const struct node *typed)
{
	const char *due = node_string(typed, "due");
	day_t day;

	for (size_t i = 0; due && i < fields->count; i++) {
		const struct strings *given = &fields->given[i];

		if (strcmp(fields->properties[i].name, "due") == 0 && given->count &&
		    date_parse(due, strlen(due), &day) &&
		    strcmp(given->items[given->count - 1], due) != 0)
			return given->items[given->count - 1];
	}
	return NULL;
}

static void unknown_field(struct cli *cli, const struct field_options *fields, const char *name)
{
	struct finding *f =
		cli_error(cli, "unknown-field", _("--set: there is no field '%s'"), name);
	const struct schema_property *best = NULL;
	unsigned least = 3;

	for (size_t i = 0; i < fields->count; i++) {
		const struct schema_property *p = &fields->properties[i];
		unsigned d = p->option && strcmp(name, p->option) == 0
				     ? 0
				     : text_distance(name, p->name, 2);

		/* any two short words are near each other */
		if (d < least && d < strlen(name)) {
			least = d;
			best = p;
		}
	}
	if (best && best->title)
		finding_hint(&cli->findings, f, _("did you mean '%s' %s?"), best->name,
			     best->title);
	else if (best)
		finding_hint(&cli->findings, f, _("did you mean '%s'?"), best->name);
}

struct node *fields_set(struct cli *cli, const struct field_options *fields,
			const struct strings *sets)
{
	struct node *map = node_new_map(&cli->arena);
	bool failed = false;

	for (size_t i = 0; map && i < sets->count; i++) {
		const char *equals = strchr(sets->items[i], '=');
		char *name = arena_strndup(&cli->arena, sets->items[i],
					   equals ? (size_t)(equals - sets->items[i]) : 0);
		const struct schema_property *p;
		struct strings texts;

		if (!equals || equals == sets->items[i])
			usage_error(_("--set takes FIELD=VALUE, not '%s'"), sets->items[i]);
		if (!name)
			cli_no_memory(cli);
		if (node_get(map, name))
			continue;
		p = dotted_property(cli, fields, name);
		if (!p) {
			unknown_field(cli, fields, name);
			failed = true;
			continue;
		}
		texts = texts_of(cli, sets, name);
		if (texts.count > 1 && !is_list(p))
			usage_error(_("'%s' is set twice"), name);
		if (node_set(&cli->arena, map, name, value_make(cli, p, &texts)) < 0)
			cli_no_memory(cli);
		strings_release(&texts);
	}
	if (!map)
		cli_no_memory(cli);
	if (failed)
		cli_fail(cli, REFUSED);
	return map;
}
