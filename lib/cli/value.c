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
