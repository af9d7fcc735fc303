/* Keywords that apply subschemas: 2020-12 core 8.2.3, 10 and 11, and what is fused with them. */
#include "schema/compile.h"

#include <string.h>

#include "base/msg.h"

int compile_draft_schema(struct compiler *c, const struct keyword *keyword,
			 const struct node *value)
{
	/* reserved even when nothing applies it (`then` without `if`), so that its faults are found
	 */
	compile_block(c, value);
	c->draft[keyword->detail] = value;
	return 0;
}

int compile_draft_map(struct compiler *c, const struct keyword *keyword, const struct node *value)
{
	if (!compile_expect(c, keyword, value, TYPE_MAP, N_("a map of schemas")))
		return -1;
	c->draft[keyword->detail] = value;
	return 0;
}

static bool is_list_of_schemas(struct compiler *c, const struct keyword *keyword,
			       const struct node *value)
{
	if (value->type == NODE_LIST && value->count)
		return true;
	compile_refuse(c, "bad-keyword", value, _("'%s' must be a list of one schema or more"),
		       keyword->name);
	return false;
}

int compile_draft_list(struct compiler *c, const struct keyword *keyword, const struct node *value)
{
	if (!is_list_of_schemas(c, keyword, value))
		return -1;
	c->draft[keyword->detail] = value;
	return 0;
}

static bool is_list_of_names(struct compiler *c, const struct keyword *keyword,
			     const struct node *value)
{
	struct map seen;
	bool valid = true;

	if (!compile_expect(c, keyword, value, TYPE_LIST, N_("a list of names")))
		return false;
	map_init(&seen, &c->scratch);
	for (uint32_t i = 0; i < value->count; i++) {
		const struct node *name = &value->items[i];

		if (!compile_expect(c, keyword, name, TYPE_STRING, N_("a list of names"))) {
			valid = false;
		} else if (map_has(&seen, name->text, name->count)) {
			compile_refuse(c, "bad-keyword", name, _("'%s' has '%s' twice"),
				       keyword->name, name->text);
			valid = false;
		} else if (map_put(&seen, name->text, name->count, NULL) < 0) {
			c->no_memory = true;
			return false;
		}
	}
	return valid;
}

/* validation 6.5.3 */
int compile_draft_names(struct compiler *c, const struct keyword *keyword, const struct node *value)
{
	if (!is_list_of_names(c, keyword, value))
		return -1;
	c->draft[keyword->detail] = value;
	return 0;
}

int compile_definitions(struct compiler *c, const struct keyword *keyword, const struct node *value)
{
	if (!compile_expect(c, keyword, value, TYPE_MAP, N_("a map of schemas")))
		return -1;
	for (uint32_t i = 0; i < value->count; i++)
		compile_block(c, value->members[i].value);
	return 0;
}

/* core 8.1.2; what it says counts where the document is a metaschema (dialect.c) */
int compile_vocabulary(struct compiler *c, const struct keyword *keyword, const struct node *value)
{
	bool valid = value->type == NODE_MAP;

	for (uint32_t i = 0; valid && i < value->count; i++)
		valid = value->members[i].value->type == NODE_BOOL;
	if (!valid)
		compile_refuse(c, "bad-keyword", value, _("'%s' must be a map of true and false"),
			       keyword->name);
	return valid ? 0 : -1;
}

/* a schema that is not applied to the value itself */
int compile_schema(struct compiler *c, const struct keyword *keyword, const struct node *value)
{
	(void)keyword;
	compile_block(c, value);
	return 0;
}

static int emit_unresolved(struct compiler *c, const struct node *reference, enum found found)
{
	const char *why = "";

	switch (found) {
	case FOUND_NO_MEMORY:
		c->no_memory = true;
		return -1;
	case NO_RESOURCE:
		why = _("there is no such schema");
		break;
	case NO_ANCHOR:
		why = _("the schema has no such anchor");
		break;
	case NO_PLACE:
		why = _("the schema has no such place");
		break;
	case BAD_REFERENCE:
	case FOUND:
		why = _("not a reference");
		break;
	}
	compile_refuse(c, "bad-reference", reference, "'%s': %s", reference->text, why);
	return -1;
}

static int emit_target(struct compiler *c, const struct node *reference,
		       const struct target *target, const char *dynamic)
{
	uint32_t block, name;

	if (target->node->type != NODE_MAP && target->node->type != NODE_BOOL) {
		compile_refuse(c, "bad-reference", reference,
			       _("'%s' names a place that is no schema"), reference->text);
		return -1;
	}
	block = compile_block_at(c, target->node, target->resource);
	if (!dynamic)
		return compile_emit(c, OP_REF, TYPE_ANY, block, 0, 0);
	name = compile_text(c, dynamic, (uint32_t)strlen(dynamic));
	c->program->dynamic = true;
	return name == NONE ? -1 : compile_emit(c, OP_DYNAMIC_REF, TYPE_ANY, block, name, 0);
}

/* core 8.2.3.1 */
int compile_reference(struct compiler *c, const struct keyword *keyword, const struct node *value)
{
	struct target target;
	enum found found;

	if (!compile_expect(c, keyword, value, TYPE_STRING, N_("a string")))
		return -1;
	found = set_resolve(c->set, c->place.resource, value, &target, NULL);
	return found == FOUND ? emit_target(c, value, &target, NULL)
			      : emit_unresolved(c, value, found);
}

/* core 8.2.3.2: dynamic only when what it names at first is a $dynamicAnchor */
int compile_dynamic_reference(struct compiler *c, const struct keyword *keyword,
			      const struct node *value)
{
	struct target target;
	const char *dynamic;
	enum found found;

	if (!compile_expect(c, keyword, value, TYPE_STRING, N_("a string")))
		return -1;
	found = set_resolve(c->set, c->place.resource, value, &target, &dynamic);
	return found == FOUND ? emit_target(c, value, &target, dynamic)
			      : emit_unresolved(c, value, found);
}

/* core 10.2.1.1: no more than so many references */
int compile_all_of(struct compiler *c, const struct keyword *keyword, const struct node *value)
{
	if (!is_list_of_schemas(c, keyword, value))
		return -1;
	for (uint32_t i = 0; i < value->count; i++) {
		uint32_t block = compile_block(c, &value->items[i]);

		if (block != BLOCK_TRUE && compile_emit(c, OP_REF, TYPE_ANY, block, 0, 0) < 0)
			return -1;
	}
	return 0;
}

static uint32_t add_list(struct compiler *c, const struct node *list)
{
	struct schema *s = c->program;
	uint32_t first = s->lists.count;

	for (uint32_t i = 0; i < list->count; i++) {
		uint32_t block = compile_block(c, &list->items[i]);

		if (!ROOM(c, s->lists))
			return NONE;
		s->lists.p[s->lists.count++] = block;
	}
	return first;
}

/* core 10.2.1.2, 10.2.1.3 */
int compile_branches(struct compiler *c, const struct keyword *keyword, const struct node *value)
{
	uint32_t first;

	if (!is_list_of_schemas(c, keyword, value))
		return -1;
	first = add_list(c, value);
	return first == NONE ? -1
			     : compile_emit(c, (enum op_code)keyword->detail, TYPE_ANY, first,
					    value->count, 0);
}

/* core 10.2.1.4, 11.2, 11.3 */
int compile_one_block(struct compiler *c, const struct keyword *keyword, const struct node *value)
{
	enum op_code code = (enum op_code)keyword->detail;
	unsigned types = code == OP_UNEVALUATED_ITEMS        ? TYPE_LIST
			 : code == OP_UNEVALUATED_PROPERTIES ? TYPE_MAP
							     : TYPE_ANY;

	return compile_emit(c, code, types, compile_block(c, value), 0, 0);
}

/* faults are told; the program they are in is never run */
static void add_needs(struct compiler *c, const struct keyword *keyword, const struct member *m)
{
	struct schema *s = c->program;
	uint32_t name = compile_text(c, m->name, m->len);

	if (name == NONE || !is_list_of_names(c, keyword, m->value))
		return;
	for (uint32_t i = 0; i < m->value->count; i++) {
		const struct node *item = &m->value->items[i];
		uint32_t text = compile_text(c, item->text, item->count);

		if (text == NONE || !ROOM(c, s->pairs))
			return;
		s->pairs.p[s->pairs.count++] = (struct pair){ .if_text = name, .then_text = text };
	}
}

/* core 10.2.2.4; a list of names in the earlier keyword `dependencies` is a dependentRequired */
int compile_dependent(struct compiler *c, const struct keyword *keyword, const struct node *value)
{
	struct schema *s = c->program;
	uint32_t first = s->pairs.count;

	if (!compile_expect(c, keyword, value, TYPE_MAP, N_("a map of schemas")))
		return -1;
	for (uint32_t i = 0; i < value->count; i++) {
		const struct member *m = &value->members[i];
		uint32_t block, text;

		if (m->value->type == NODE_LIST && strcmp(keyword->name, "dependencies") == 0) {
			add_needs(c, keyword, m);
			continue;
		}
		block = compile_block(c, m->value);
		text = compile_text(c, m->name, m->len);
		if (text == NONE || compile_emit(c, OP_DEPENDENT, TYPE_MAP, text, block, 0) < 0)
			return -1;
	}
	return compile_emit(c, OP_NEEDS, TYPE_MAP, first, s->pairs.count - first, 0);
}

/* validation 6.5.4 */
int compile_needs(struct compiler *c, const struct keyword *keyword, const struct node *value)
{
	struct schema *s = c->program;
	uint32_t first = s->pairs.count;

	if (!compile_expect(c, keyword, value, TYPE_MAP, N_("a map of lists of names")))
		return -1;
	for (uint32_t i = 0; i < value->count; i++)
		add_needs(c, keyword, &value->members[i]);
	return compile_emit(c, OP_NEEDS, TYPE_MAP, first, s->pairs.count - first, 0);
}

int compile_conditions(struct compiler *c)
{
	const struct node *condition = c->draft[DRAFT_IF], *yes = c->draft[DRAFT_THEN],
			  *no = c->draft[DRAFT_ELSE];

	/* core 10.2.2.1: `if` alone still collects annotations; the others alone do nothing */
	if (!condition)
		return 0;
	return compile_emit(c, OP_IF, TYPE_ANY, compile_block(c, condition),
			    yes ? compile_block(c, yes) : BLOCK_TRUE,
			    no ? compile_block(c, no) : BLOCK_TRUE);
}

static uint32_t count_of(const struct node *value, uint32_t otherwise)
{
	struct decimal d;
	uint32_t count = otherwise;

	if (value) {
		d = decimal_of(value->text, value->count);
		decimal_count(&d, &count);
	}
	return count;
}

int compile_lists(struct compiler *c)
{
	const struct node *prefix = c->draft[DRAFT_PREFIX_ITEMS], *items = c->draft[DRAFT_ITEMS];
	const struct node *contains = c->draft[DRAFT_CONTAINS];
	uint32_t first = 0, rest = items ? compile_block(c, items) : NONE;

	if (prefix && (first = add_list(c, prefix)) == NONE)
		return -1;
	if ((prefix || items) &&
	    compile_emit(c, OP_ITEMS, TYPE_LIST, first, (uint32_t)list_count(prefix), rest) < 0)
		return -1;
	/* core 10.3.1.3; validation 6.4.4, 6.4.5: the counts mean nothing without it */
	if (!contains)
		return 0;
	return compile_emit(c, OP_CONTAINS, TYPE_LIST, compile_block(c, contains),
			    count_of(c->draft[DRAFT_MIN_CONTAINS], 1),
			    count_of(c->draft[DRAFT_MAX_CONTAINS], NONE));
}
