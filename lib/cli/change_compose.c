/* The event that the options make. */
#include <string.h>

#include "base/msg.h"
#include "cli/change_parts.h"
#include "model/calendar.h"
#include "store/evidence.h"

static void set(struct making *m, struct node *map, const char *name, const struct node *value)
{
	if (!value || node_set(&m->cli->arena, map, name, value) < 0)
		cli_no_memory(m->cli);
}

void making_set_text(struct making *m, struct node *map, const char *name, const char *text)
{
	set(m, map, name, text ? node_new_string(&m->cli->arena, text, strlen(text)) : NULL);
}

struct node *making_map(struct making *m)
{
	struct node *map = node_new_map(&m->cli->arena);

	if (!map)
		cli_no_memory(m->cli);
	return map;
}

/* codes of the evidence's type: from the event's schema */
static const char *type_code(struct making *m, const char *text)
{
	const struct schema_property *p = fields_property(&m->change->fields, "evidence");
	struct schema_property *inner;
	size_t n = p && p->items ? cli_subproperties(m->cli, p->items, &inner) : 0;

	for (size_t i = 0; i < n; i++)
		if (strcmp(inner[i].name, "type") == 0)
			return value_code(m->cli, inner[i].codes, inner[i].labels, inner[i].aliases,
					  NULL, text);
	return text;
}

const char *making_path(struct making *m, const struct attachment *a)
{
	struct str path = { 0 };
	const char *copy;

	evidence_path(&path, node_string(m->record.root, "unit"), a->digest, a->extension);
	copy = path.failed ? NULL : arena_strdup(&m->cli->arena, str_text(&path));
	str_release(&path);
	if (!copy)
		cli_no_memory(m->cli);
	return copy;
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static struct node *evidence_list(struct making *m)
{
	struct change *change = m->change;
	struct node *list = node_new_list(&m->cli->arena);

	for (size_t i = 0; i < change->nattachments; i++) {
		const struct attachment *a = &change->attachments[i];
		const struct strings *types = &change->evidence_type;
		struct node *map = making_map(m);

		making_set_text(m, map, "file", making_path(m, a));
		making_set_text(m, map, "name", base_name(a->given));
		making_set_text(m, map, "type",
				type_code(m, types->items[types->count == 1 ? 0 : i]));
		making_set_text(m, map, "sha256", a->digest);
		set(m, map, "bytes", node_new_integer(&m->cli->arena, (int64_t)a->size));
		if (change->evidence_for.count) {
			struct node *ids = node_new_list(&m->cli->arena);

			for (size_t j = 0; ids && j < change->evidence_for.count; j++) {
				const char *id = change->evidence_for.items[j];
				struct node *node = node_new_string(&m->cli->arena, id, strlen(id));

				if (!node || node_append(&m->cli->arena, ids, node) < 0)
					cli_no_memory(m->cli);
			}
			set(m, map, "for", ids);
		}
		if (!list || node_append(&m->cli->arena, list, map) < 0)
			cli_no_memory(m->cli);
	}
	return list;
}

/* an entry that stands as before, as far as the shorthand can say, keeps the rest of it too */
static void keep_entries(const struct node *old, struct node *list)
{
	for (uint32_t i = 0; i < list_count(list) && i < list_count(old); i++) {
		const struct node *item = &list->items[i];
		bool same = item->type == NODE_MAP;

		for (uint32_t j = 0; same && j < item->count; j++) {
			const struct node *value = node_get(&old->items[i], item->members[j].name);

			same = value && node_equal(value, item->members[j].value);
		}
		if (same)
			list->items[i] = old->items[i];
	}
}

/* --set is typed by the schema of the record's kind */
static struct node *corrections(struct making *m)
{
	struct field_options of_kind = { 0 };
	struct node *changes;

	of_kind.count = schemas_properties(&m->cli->schemas, m->record.kind, m->folded.fields,
					   &of_kind.properties, &m->cli->findings);
	if (!of_kind.count)
		cli_fail(m->cli, CANNOT);
	changes = fields_set(m->cli, &of_kind, &m->change->sets);
	for (uint32_t i = 0; i < changes->count; i++) {
		const struct member *member = &changes->members[i];

		keep_entries(node_get(m->folded.fields, member->name),
			     (struct node *)(uintptr_t)member->value);
	}
	return changes;
}

/* the record's fields with what the event sets laid over */
const struct node *making_fields(struct making *m, const struct node *event)
{
	const struct node *fields =
		overlay(m->folded.fields, node_get(event, "set"), &m->cli->arena);
	struct node *due = making_map(m);

	if (node_get(event, "due"))
		set(m, due, "due", node_get(event, "due"));
	fields = overlay(fields, due, &m->cli->arena);
	if (!fields)
		cli_no_memory(m->cli);
	return fields;
}

/* what is set besides, from here on */
static struct node *set_map(struct making *m)
{
	if (!node_get(m->fields, "set"))
		set(m, m->fields, "set", making_map(m));
	return (struct node *)(uintptr_t)node_get(m->fields, "set");
}

/* contract 4: a problem put on the list gets the plan's milestones unless it has its own */
static void add_milestones(struct making *m)
{
	struct node *list = milestone_list(m->cli, making_fields(m, m->fields),
					   day_of_moment(m->at, m->cli->plan.offset));

	if (list)
		set(m, set_map(m), "milestones", list);
}

/* the words of a new due date take the place of those of the old one */
static void keep_due_words(struct making *m)
{
	const char *words = fields_due_words(&m->change->fields, m->fields);

	if (words && !node_get(node_get(m->fields, "set"), "due_text"))
		making_set_text(m, set_map(m), "due_text", words);
}

static void gather(struct making *m)
{
	const struct field_options *fields = &m->change->fields;

	m->fields = (struct node *)(uintptr_t)overlay(making_map(m), fields_typed(m->cli, fields),
						      &m->cli->arena);
	if (!m->fields)
		cli_no_memory(m->cli);
	if (m->change->sets.count)
		set(m, m->fields, "set", corrections(m));
	if (m->record.kind == KIND_PROBLEM)
		keep_due_words(m);
	if (m->change->nattachments)
		set(m, m->fields, "evidence", evidence_list(m));
	if (m->change->import)
		set(m, m->fields, "import", m->change->import);
	if (node_is(node_get(m->fields, "to"), "listed") && m->record.kind == KIND_PROBLEM)
		add_milestones(m);
}

void making_compose(struct making *m)
{
	const struct field_options *fields = &m->change->fields;
	struct node *root = making_map(m);

	gather(m);
	making_set_text(m, root, "record", m->record.id);
	writer_stamp(m->cli, m->change->writer, m->at, root);
	for (size_t i = 0; i < fields->count; i++) {
		const struct node *value = node_get(m->fields, fields->properties[i].name);

		if (value)
			set(m, root, fields->properties[i].name, value);
	}
	m->root = root;
	if (!event_parse(&m->event, NULL, root))
		cli_no_memory(m->cli);
	m->event.name = "";
}
