#include "cli/personal.h"

#include <string.h>

#include "base/msg.h"
#include "base/privacy.h"
#include "base/utf8.h"

/* the fields of one level that are personal, free text or hold such; the last has no name */
struct personal_field {
	const char *name;
	const struct node *personal; /* x-personal */
	bool free_text;
	struct personal_field *members; /* of a map or of the maps in a list */
};

static struct personal_field *fields_of(struct cli *cli, const struct schema_property *properties,
					size_t n);

static struct personal_field *members_of(struct cli *cli, const struct schema_property *p)
{
	const struct node *schemas[] = { p->items, p->schema };
	struct schema_property *inner;

	for (size_t i = 0; i < 2; i++) {
		size_t n = schemas[i] ? cli_subproperties(cli, schemas[i], &inner) : 0;

		if (n)
			return fields_of(cli, inner, n);
	}
	return NULL;
}

static struct personal_field *fields_of(struct cli *cli, const struct schema_property *properties,
					size_t n)
{
	struct personal_field *fields = arena_array(&cli->arena, n + 1, sizeof(*fields));
	size_t count = 0;

	if (!fields)
		cli_no_memory(cli);
	for (size_t i = 0; i < n; i++) {
		const struct schema_property *p = &properties[i];
		struct personal_field field = { .name = p->name,
						.personal = p->personal,
						.free_text = p->free_text,
						.members = members_of(cli, p) };

		if (field.personal || field.free_text || field.members)
			fields[count++] = field;
	}
	fields[count] = (struct personal_field){ 0 };
	return count ? fields : NULL;
}

/* of a kind, or of events; `given` decides which fields an inspection has */
static struct personal_field *load(struct cli *cli, enum kind kind, const struct node *given)
{
	struct schema_property *properties;
	size_t n = schemas_properties(&cli->schemas, kind, given, &properties, &cli->findings);

	if (!n)
		cli_fail(cli, CANNOT);
	return fields_of(cli, properties, n);
}

static const struct personal_field *known(struct personal *personal, enum kind kind,
					  const struct node *given)
{
	/* which fields an inspection has hangs on its point */
	if (kind == KIND_INSPECTION)
		return load(personal->cli, kind, given);
	if (!personal->kinds[kind])
		personal->kinds[kind] = load(personal->cli, kind, NULL);
	return personal->kinds[kind];
}

static const struct personal_field *field_named(const struct personal_field *fields,
						const char *name)
{
	for (; fields && fields->name; fields++)
		if (text_is(fields->name, name))
			return fields;
	return NULL;
}

/* whether the field holds a name in this map */
static bool holds_name(const struct personal_field *field, const struct node *map)
{
	const struct node *when = field->personal;

	if (!when || when->type != NODE_MAP)
		return when && when->type == NODE_BOOL && when->boolean;
	for (uint32_t i = 0; i < when->count; i++) {
		const struct node *sibling = node_get(map, when->members[i].name);

		if (!sibling || !node_equal(sibling, when->members[i].value))
			return false;
	}
	return true;
}

struct warning {
	struct cli *cli;
	const struct schema_source *source;
	struct findings *findings;
};

static const char *words_of(enum privacy found)
{
	return found == PRIVACY_ID_NUMBER ? _("the text seems to hold the number of an ID card")
	       : found == PRIVACY_MOBILE  ? _("the text seems to hold a mobile number")
					  : _("the text seems to hold an e-mail address");
}

static const char *pointer_to(const struct warning *w, const char *pointer, const char *name)
{
	const char *at = arena_concat(&w->cli->arena, pointer, "/", name, NULL);

	if (!at)
		cli_no_memory(w->cli);
	return at;
}

/* each kind of it once: who takes out only what is named writes the rest a second time */
static void warn_text(const struct warning *w, const struct node *value, const char *pointer,
		      const char *name)
{
	struct finding what = { .level = LEVEL_WARNING, .code = "personal-data" };
	size_t start = 0, length;
	enum privacy found;
	unsigned told = 0;

	if (value->type != NODE_STRING)
		return;
	if (w->source && w->source->name) {
		what.file = w->source->name;
		what.line = value->line;
		what.column = value->column;
	}
	for (; (found = privacy_find(value->text, value->count, &start, &length)); start += length)
		if (!(told & 1u << found)) {
			told |= 1u << found;
			what.pointer = pointer_to(w, pointer, name);
			finding_hint(w->findings,
				     findings_add(w->findings, &what, "%s", words_of(found)), "%s",
				     _("leave it out: what git has once kept stays"));
		}
}

static void warn_map(const struct warning *w, const struct personal_field *fields,
		     const struct node *map, const char *pointer)
{
	for (uint32_t i = 0; fields && map->type == NODE_MAP && i < map->count; i++) {
		const struct member *m = &map->members[i];
		const struct personal_field *field = field_named(fields, m->name);
		const char *at;

		if (!field)
			continue;
		if (field->free_text)
			warn_text(w, m->value, pointer, m->name);
		for (size_t k = 0; field->free_text && k < list_count(m->value); k++)
			warn_text(w, &m->value->items[k], pointer, m->name);
		if (!field->members)
			continue;
		at = pointer_to(w, pointer, m->name);
		warn_map(w, field->members, m->value, at);
		for (size_t k = 0; k < list_count(m->value); k++)
			warn_map(w, field->members, &m->value->items[k], at);
	}
}

/* many records are of one kind */
static const struct personal_field *fields_kept(struct cli *cli, enum kind kind,
						const struct node *record)
{
	static struct personal fields;

	fields.cli = cli;
	return known(&fields, kind, record);
}

void personal_load(struct cli *cli, enum kind kind)
{
	fields_kept(cli, kind, NULL);
}

void personal_warn(struct cli *cli, enum kind kind, const struct node *record,
		   const struct schema_source *source, struct findings *findings)
{
	const struct warning w = { .cli = cli, .source = source, .findings = findings };

	warn_map(&w, fields_kept(cli, kind, record), record, "");
}

/* masking */
struct masking {
	struct cli *cli;
	struct arena *arena;
	const char **names; /* of persons in this record */
	size_t nnames, cap;
};

static void add_name(struct masking *m, const struct node *value)
{
	if (value->type != NODE_STRING || utf8_count(value->text, value->count) < 2)
		return;
	if (m->nnames == m->cap) {
		size_t cap = m->cap ? m->cap * 2 : 16;
		const char **grown = arena_array(m->arena, cap, sizeof(*grown));

		if (!grown)
			cli_no_memory(m->cli);
		if (m->nnames)
			memcpy(grown, m->names, m->nnames * sizeof(*grown));
		m->names = grown;
		m->cap = cap;
	}
	m->names[m->nnames++] = value->text;
}

static void find_names(struct masking *m, const struct personal_field *fields,
		       const struct node *map)
{
	for (uint32_t i = 0; fields && map->type == NODE_MAP && i < map->count; i++) {
		const struct node *value = map->members[i].value;
		const struct personal_field *field = field_named(fields, map->members[i].name);

		if (!field)
			continue;
		if (holds_name(field, map))
			add_name(m, value);
		for (size_t k = 0; holds_name(field, map) && k < list_count(value); k++)
			add_name(m, &value->items[k]);
		find_names(m, field->members, value);
		for (size_t k = 0; k < list_count(value); k++)
			find_names(m, field->members, &value->items[k]);
	}
}

static const char *kept(struct masking *m, const char *text)
{
	if (!text)
		cli_no_memory(m->cli);
	return text;
}

static void set_text(struct node *value, const char *text)
{
	value->text = text;
	value->count = (uint32_t)strlen(text);
}

static const char *without_name(struct masking *m, const char *text, const char *name)
{
	const char *at = strstr(text, name), *mask, *copy;
	struct str out = { 0 };

	if (!at)
		return text;
	mask = kept(m, privacy_mask_name(m->arena, name));
	for (; at; at = strstr(text, name)) {
		str_addn(&out, text, (size_t)(at - text));
		str_add(&out, mask);
		text = at + strlen(name);
	}
	str_add(&out, text);
	copy = out.failed ? NULL : arena_strndup(m->arena, str_text(&out), out.len);
	str_release(&out);
	return kept(m, copy);
}

static void mask_value(struct masking *m, struct node *value, bool name, bool text)
{
	for (size_t i = 0; i < list_count(value); i++)
		mask_value(m, &value->items[i], name, text);
	if (value->type != NODE_STRING)
		return;
	if (name) {
		set_text(value, kept(m, privacy_mask_name(m->arena, value->text)));
		return;
	}
	if (!text)
		return;
	set_text(value, kept(m, privacy_mask(m->arena, value->text)));
	for (size_t i = 0; i < m->nnames; i++)
		set_text(value, without_name(m, value->text, m->names[i]));
}

/* in a tree that is a copy */
static void mask_map(struct masking *m, const struct personal_field *fields, struct node *map)
{
	struct node *before = fields ? node_copy(m->arena, map) : NULL;

	if (fields && !before)
		cli_no_memory(m->cli);
	for (uint32_t i = 0; fields && map->type == NODE_MAP && i < map->count; i++) {
		struct node *value = map->members[i].value;
		const struct personal_field *field = field_named(fields, map->members[i].name);

		if (!field)
			continue;
		mask_value(m, value, holds_name(field, before), field->free_text);
		if (value->type == NODE_MAP)
			mask_map(m, field->members, value);
		for (size_t k = 0; k < list_count(value); k++)
			mask_map(m, field->members, &value->items[k]);
	}
}

static struct node *copy_of(struct masking *m, const struct node *node)
{
	struct node *copy = node_copy(m->arena, node);

	if (!copy)
		cli_no_memory(m->cli);
	return copy;
}

/* an event's `set` holds fields of the record, by dotted names */
static void mask_set(struct masking *m, const struct personal_field *fields, struct node *set)
{
	for (uint32_t i = 0; set && set->type == NODE_MAP && i < set->count; i++) {
		const char *name = set->members[i].name, *dot;
		const struct personal_field *level = fields, *field = NULL;

		for (; name; name = dot ? dot + 1 : NULL, level = field ? field->members : NULL) {
			dot = strchr(name, '.');
			field = field_named(
				level,
				dot ? kept(m, arena_strndup(m->arena, name, (size_t)(dot - name)))
				    : name);
		}
		if (field) {
			mask_value(m, set->members[i].value, field->personal != NULL,
				   field->free_text);
			mask_map(m, field->members, set->members[i].value);
		}
	}
}

static void mask_event(struct masking *m, const struct personal_field *of_events,
		       const struct personal_field *of_kind, struct step *step)
{
	struct event *event = arena_alloc(m->arena, sizeof(*event));
	struct node *root = copy_of(m, step->event->root);

	if (!event)
		cli_no_memory(m->cli);
	*event = *step->event;
	mask_map(m, of_events, root);
	mask_set(m, of_kind, (struct node *)(uintptr_t)node_get(root, "set"));
	event->root = root;
	event->by = kept(m, privacy_mask_name(m->arena, event->by));
	step->event = event;
}

void personal_redact(struct personal *personal, struct folded *f, struct arena *arena)
{
	struct masking m = { .cli = personal->cli, .arena = arena };
	const struct personal_field *of_kind = known(personal, f->record->kind, f->fields);
	const struct personal_field *of_events = known(personal, KINDS, NULL);
	struct node *fields = copy_of(&m, f->fields);

	/* also those that a correction has replaced: a text may still name them */
	find_names(&m, of_kind, f->record->root);
	for (size_t i = 0; i < f->nsteps; i++) {
		const struct node *root = f->steps[i].event->root;
		const struct node *set = node_get(root, "set");

		find_names(&m, of_events, root);
		if (set)
			find_names(&m, of_kind, set);
	}
	mask_map(&m, of_kind, fields);
	f->unmasked = f->fields;
	f->fields = fields;
	for (size_t i = 0; i < f->nsteps; i++)
		mask_event(&m, of_events, of_kind, &f->steps[i]);
}
