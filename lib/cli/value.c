#include "cli/value.h"

#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "base/nothing.h"
#include "base/utf8.h"
#include "cli/read.h"
#include "model/calendar.h"

static bool is_list(const struct schema_property *p)
{
	return p->type && strcmp(p->type, "array") == 0;
}

/* as typed, but for line ends: what was pasted from elsewhere may have CR LF */
static struct node *string_node(struct cli *cli, const char *text)
{
	struct str lines = { 0 };
	struct node *node;

	for (const char *p = text; *p; p++)
		if (*p != '\r' || p[1] != '\n')
			str_addc(&lines, *p);
	node = lines.failed ? NULL : node_new_string(&cli->arena, str_text(&lines), lines.len);
	str_release(&lines);
	if (!node)
		cli_no_memory(cli);
	return node;
}

static bool same_word(struct cli *cli, const char *a, const char *b)
{
	char *x = name_fold(&cli->arena, a, strlen(a)), *y = name_fold(&cli->arena, b, strlen(b));

	return x && y && strcmp(x, y) == 0;
}

static bool is_alias(struct cli *cli, const struct node *aliases, const char *code,
		     const char *text)
{
	const struct node *list = node_get(aliases, code);

	for (size_t i = 0; i < list_count(list); i++)
		if (list->items[i].type == NODE_STRING && same_word(cli, list->items[i].text, text))
			return true;
	return false;
}

static bool stands_for(struct cli *cli, const char *code, const struct node *labels,
		       const struct node *aliases, const char *text)
{
	const char *label = node_string(labels, code);

	return same_word(cli, code, text) || (label && same_word(cli, label, text)) ||
	       is_alias(cli, aliases, code, text);
}

const char *value_code(struct cli *cli, const struct node *codes, const struct node *labels,
		       const struct node *aliases, const char *word, const char *text)
{
	for (size_t i = 0; i < list_count(codes); i++)
		if (codes->items[i].type == NODE_STRING &&
		    stands_for(cli, codes->items[i].text, labels, aliases, text))
			return codes->items[i].text;
	/* a word beside other values, such as not-tried beside a number */
	for (uint32_t i = 0; !codes && labels && i < labels->count; i++)
		if (stands_for(cli, labels->members[i].name, labels, aliases, text))
			return labels->members[i].name;
	return word && cli->has_folder ? plan_word_code(&cli->plan, word, text) : text;
}

/* NULL when the text is no integer */
static struct node *integer_node(struct cli *cli, const char *text)
{
	char *end;
	long long value = strtoll(text, &end, 10);
	bool plain = *text && !*end && (*text == '-' || (*text >= '0' && *text <= '9')) &&
		     strlen(text) <= 18;
	struct node *node = plain ? node_new_integer(&cli->arena, value) : NULL;

	if (plain && !node)
		cli_no_memory(cli);
	return node;
}

static struct node *boolean_node(struct cli *cli, const char *text)
{
	static const char *const yes[] = { "true", "yes", "是", "有", NULL };
	static const char *const no[] = { "false", "no", "否", "无", NULL };
	struct node *node = NULL;

	for (size_t i = 0; yes[i]; i++)
		if (strcmp(text, yes[i]) == 0)
			node = node_new_boolean(&cli->arena, true);
	for (size_t i = 0; no[i]; i++)
		if (strcmp(text, no[i]) == 0)
			node = node_new_boolean(&cli->arena, false);
	return node ? node : string_node(cli, text);
}

/* a property that names a record takes what a record argument takes; an id is left to the schema */
static const char *record_id(struct cli *cli, const struct schema_property *p, const char *text)
{
	const struct node *schema = p->items ? p->items : p->schema;
	struct ref *ref;

	if (!node_get(schema, "x-record") || !cli->has_folder || !*text || strcmp(text, "-") == 0 ||
	    (strlen(text) >= ID_LENGTH && id_parse(text, ID_LENGTH, NULL, NULL)))
		return text;
	refs_resolve(cli, &(struct strings){ .items = &text, .count = 1 }, &ref);
	return ref->id;
}

/* where something must be said, all words for nothing are 无 (domain T140); blank is none of them */
static bool says_nothing(const struct schema_property *p, const char *text)
{
	const char *trimmed = text;
	size_t n = strlen(text);

	utf8_trim(&trimmed, &n);
	return n && p->required && p->free_text && is_nothing(text);
}

static struct node *scalar(struct cli *cli, const struct schema_property *p, const char *type,
			   const char *text)
{
	struct node *integer;
	day_t due;
	char date[DATE_SIZE];

	if (type && strcmp(type, "integer") == 0 && (integer = integer_node(cli, text)))
		return integer;
	if (type && strcmp(type, "boolean") == 0)
		return boolean_node(cli, text);
	if (strcmp(p->name, "due") == 0 && cli->has_folder &&
	    !date_parse(text, strlen(text), &due) && due_parse(&cli->plan, text, &due))
		return string_node(cli, date_format(due, date));
	if (says_nothing(p, text))
		return string_node(cli, NOTHING);
	text = record_id(cli, p, text);
	return string_node(cli, value_code(cli, p->codes, p->labels, p->aliases, p->word, text));
}

/* a member's own codes: the property that the shorthand fills */
static struct node *member_value(struct cli *cli, const struct node *schema, const char *key,
				 const char *text)
{
	struct schema_property *properties;
	size_t n = cli_subproperties(cli, schema, &properties);

	for (size_t i = 0; i < n; i++)
		if (strcmp(properties[i].name, key) == 0)
			return scalar(cli, &properties[i], properties[i].type, text);
	return string_node(cli, text);
}

/* records are written in the order of their schema, whatever the order in which they were given */
static struct node *in_schema_order(struct cli *cli, const struct node *schema,
				    const struct node *map)
{
	struct schema_property *properties;
	size_t n = cli_subproperties(cli, schema, &properties);
	struct node *ordered = node_new_map(&cli->arena);
	bool ok = ordered != NULL;

	for (size_t i = 0; ok && i < n; i++) {
		const struct member *m = node_member(map, properties[i].name);
		struct member copy;

		if (!m)
			continue;
		copy = *m;
		copy.value = value_in_order(cli, &properties[i], m->value);
		ok = node_put(&cli->arena, ordered, &copy) == 0;
	}
	/* what the schema does not know stays, so that it is told */
	for (uint32_t i = 0; ok && i < map->count; i++)
		if (!node_get(ordered, map->members[i].name))
			ok = node_put(&cli->arena, ordered, &map->members[i]) == 0;
	if (!ok)
		cli_no_memory(cli);
	ordered->line = map->line;
	ordered->column = map->column;
	return ordered;
}

struct node *value_in_order(struct cli *cli, const struct schema_property *p,
			    const struct node *value)
{
	struct node *copy;

	if (value->type == NODE_MAP && p->schema)
		return in_schema_order(cli, p->schema, value);
	if (value->type != NODE_LIST || !p->items)
		return (struct node *)(uintptr_t)value;
	copy = node_copy(&cli->arena, value);
	if (!copy)
		cli_no_memory(cli);
	for (uint32_t i = 0; i < copy->count; i++)
		if (copy->items[i].type == NODE_MAP)
			copy->items[i] = *in_schema_order(cli, p->items, &copy->items[i]);
	return copy;
}

/* the member that a text begins with: a day that need not be there can be left out with its sign */
static size_t first_key(struct cli *cli, const struct node *schema, const struct node *keys,
			const char *separator, const char *text)
{
	struct schema_property *properties;
	size_t n = cli_subproperties(cli, schema, &properties);
	day_t day;

	if (!separator || strstr(text, separator) || date_parse(text, strlen(text), &day))
		return 0;
	for (size_t i = 0; i < n; i++)
		if (strcmp(properties[i].name, keys->items[0].text) == 0 &&
		    !properties[i].required && properties[i].format &&
		    strcmp(properties[i].format, "date") == 0)
			return list_count(keys) - 1;
	return 0;
}

/* DATE=NAME and the like: the last key takes the rest of the text */
static struct node *by_shorthand(struct cli *cli, const struct schema_property *p, const char *text,
				 size_t number)
{
	const struct node *keys = node_get(p->shorthand, "keys");
	const char *separator = node_string(p->shorthand, "separator");
	const char *prefix = node_string(p->shorthand, "id");
	const struct node *schema = p->items ? p->items : p->schema;
	struct node *map = node_new_map(&cli->arena);
	bool ok = map != NULL;

	if (prefix) {
		const char *id = arena_printf(&cli->arena, "%s%zu", prefix, number);

		ok = ok && id && node_set(&cli->arena, map, "id", string_node(cli, id)) == 0;
	}
	for (size_t i = first_key(cli, schema, keys, separator, text);
	     ok && i < list_count(keys) && text; i++) {
		const char *key = keys->items[i].text;
		bool last = i + 1 == list_count(keys) || !separator;
		const char *end = last ? NULL : strstr(text, separator);
		const char *part =
			arena_strndup(&cli->arena, text, end ? (size_t)(end - text) : strlen(text));

		if (!part)
			cli_no_memory(cli);
		if (*part)
			ok = node_set(&cli->arena, map, key,
				      member_value(cli, schema, key, part)) == 0;
		text = end ? end + strlen(separator) : NULL;
	}
	if (!ok)
		cli_no_memory(cli);
	return in_schema_order(cli, schema, map);
}

static struct node *one_value(struct cli *cli, const struct schema_property *p, const char *type,
			      const char *text, size_t number)
{
	return p->shorthand ? by_shorthand(cli, p, text, number) : scalar(cli, p, type, text);
}

struct node *value_make(struct cli *cli, const struct schema_property *p,
			const struct strings *texts)
{
	struct node *list;

	if (!is_list(p))
		return one_value(cli, p, p->type, texts->items[texts->count - 1], 1);
	list = node_new_list(&cli->arena);
	if (!list)
		cli_no_memory(cli);
	if (texts->count == 1 && !*texts->items[0])
		return list; /* said to be empty */
	for (size_t i = 0; i < texts->count; i++)
		if (node_append(&cli->arena, list,
				one_value(cli, p, p->items_type, texts->items[i], i + 1)) < 0)
			cli_no_memory(cli);
	return list;
}

static void normalise_members(struct cli *cli, const struct node *schema, struct node *map)
{
	struct schema_property *inner;
	size_t n = schema ? cli_subproperties(cli, schema, &inner) : 0;

	for (uint32_t i = 0; n && i < map->count; i++) {
		struct member *m = &map->members[i];
		const struct schema_property *of = property_named(inner, n, m->name);

		if (of)
			m->value = value_normalise(cli, of, m->value);
	}
}

static void normalise_text(struct cli *cli, const struct schema_property *p, struct node *text)
{
	uint32_t line = text->line, column = text->column;

	if (p->type && strcmp(p->type, "boolean") == 0) {
		*text = *boolean_node(cli, text->text);
		text->line = line;
		text->column = column;
	} else if (p->codes || p->word || p->labels) {
		text->text = value_code(cli, p->codes, p->labels, p->aliases, p->word, text->text);
		text->count = (uint32_t)strlen(text->text);
	} else if (says_nothing(p, text->text)) {
		text->text = NOTHING;
		text->count = (uint32_t)strlen(NOTHING);
	}
}

struct node *value_normalise(struct cli *cli, const struct schema_property *p,
			     const struct node *value)
{
	struct node *copy = node_copy(&cli->arena, value);

	if (!copy)
		cli_no_memory(cli);
	if (copy->type == NODE_STRING)
		normalise_text(cli, p, copy);
	if (copy->type == NODE_MAP)
		normalise_members(cli, p->schema, copy);
	for (uint32_t i = 0; copy->type == NODE_LIST && i < copy->count; i++) {
		struct node *item = &copy->items[i];

		if (item->type == NODE_STRING)
			normalise_text(cli, p, item);
		if (item->type == NODE_MAP)
			normalise_members(cli, p->items, item);
	}
	return copy;
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
