#include "schema/compile.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "base/utf8.h"

void *compile_room(struct compiler *c, void *array, uint32_t count, uint32_t *cap, size_t size)
{
	uint32_t wanted = *cap ? *cap * 2 : 16;
	void *grown;

	if (count < *cap)
		return array;
	grown = wanted > *cap && wanted < NONE / 2 ? realloc(array, wanted * size) : NULL;
	if (!grown) {
		c->no_memory = true;
		return array;
	}
	*cap = wanted;
	return grown;
}

struct finding *compile_refuse(struct compiler *c, const char *code, const struct node *node,
			       const char *format, ...)
{
	struct finding *finding;
	va_list args;
	char *message;

	va_start(args, format);
	message = arena_vprintf(&c->scratch, format, args);
	va_end(args);
	c->failed = true;
	if (!message)
		c->no_memory = true;
	finding = set_report(c->findings, c->place.resource ? c->place.resource->document : NULL,
			     code, node, "%s", message ? message : "");
	return finding;
}

int compile_emit(struct compiler *c, enum op_code code, unsigned types, uint32_t a, uint32_t b,
		 uint32_t d)
{
	struct schema *s = c->program;

	if (!ROOM(c, s->ops))
		return -1;
	s->ops.p[s->ops.count++] = (struct op){
		.code = (uint8_t)code, .types = (uint16_t)types, .a = a, .b = b, .c = d
	};
	return 0;
}

static void *index_value(uint32_t index)
{
	return (void *)(uintptr_t)(index + 1);
}

/* the index that was put under an address, or NONE */
static uint32_t index_of(const struct map *map, const void *address)
{
	return (uint32_t)(uintptr_t)map_get(map, (const char *)&address, sizeof(address)) - 1;
}

static bool put_index(struct compiler *c, struct map *map, const void *address, uint32_t index)
{
	const void **key = arena_alloc(&c->scratch, sizeof(*key));

	if (key)
		*key = address;
	if (key && map_put(map, (const char *)key, sizeof(*key), index_value(index)) == 0)
		return true;
	c->no_memory = true;
	return false;
}

uint32_t compile_block_at(struct compiler *c, const struct node *schema,
			  const struct resource *resource)
{
	struct schema *s = c->program;
	uint32_t index;

	if (schema->type == NODE_BOOL)
		return schema->boolean ? BLOCK_TRUE : BLOCK_FALSE;
	index = index_of(&c->blocks, schema);
	if (index != NONE)
		return index;
	if (schema->type != NODE_MAP) {
		compile_refuse(c, "bad-schema", schema, _("a schema must be a map, true or false"));
		put_index(c, &c->blocks, schema, BLOCK_TRUE);
		return BLOCK_TRUE;
	}
	index = s->blocks.count;
	if (!ROOM(c, s->blocks) || !ROOM(c, s->places) || !put_index(c, &c->blocks, schema, index))
		return BLOCK_TRUE;
	s->blocks.p[s->blocks.count++] = (struct block){ 0 };
	s->places.p[s->places.count++] = (struct place){ .schema = schema, .resource = resource };
	return index;
}

uint32_t compile_block(struct compiler *c, const struct node *schema)
{
	const struct subschema *known = set_subschema(c->set, schema);

	return compile_block_at(c, schema, known ? known->resource : c->place.resource);
}

/* the first block of a document brings all others of it, so that every fault in it is found */
static bool enter_document(struct compiler *c, const struct document *document)
{
	if (index_of(&c->documents, document) != NONE)
		return true;
	if (!put_index(c, &c->documents, document, 0))
		return false;
	findings_append(c->findings, &document->faults);
	c->failed |= document->faults.errors > 0;
	for (const struct subschema *sub = document->subschemas; sub; sub = sub->next)
		if (sub->node->type == NODE_MAP)
			compile_block_at(c, sub->node, sub->resource);
	return !c->no_memory;
}

static uint32_t enter_resource(struct compiler *c, const struct resource *resource)
{
	uint32_t i = index_of(&c->entered, resource);

	if (i != NONE)
		return i;
	if (!ROOM(c, c->resources) || !put_index(c, &c->entered, resource, c->resources.count))
		return 0;
	/* entered before it is known: its metaschema may lead back here */
	i = c->resources.count++;
	c->resources.p[i] = (struct dialect){ .resource = resource };
	c->resources.p[i] = dialect_of(c, resource);
	return i;
}

/* operations in the order of enum op_code; equal ones stay in the schema's order */
static void sort_ops(struct op *ops, uint32_t n)
{
	for (uint32_t i = 1; i < n; i++) {
		struct op op = ops[i];
		uint32_t j = i;

		for (; j > 0 && ops[j - 1].code > op.code; j--)
			ops[j] = ops[j - 1];
		ops[j] = op;
	}
}

static void finish_block(struct compiler *c, uint32_t index, uint32_t first)
{
	struct schema *s = c->program;
	struct block *block = &s->blocks.p[index];
	struct op *ops = s->ops.p ? s->ops.p + first : NULL;
	uint32_t n = s->ops.count - first;

	if (n > UINT16_MAX) {
		compile_refuse(c, "bad-schema", c->place.schema, _("too many keywords"));
		n = 0;
	}
	sort_ops(ops, n);
	*block = (struct block){ .first = first, .count = (uint16_t)n, .resource = c->resource };
	for (uint32_t i = 0; i < n; i++) {
		if (ops[i].code == OP_UNEVALUATED_PROPERTIES)
			block->flags |= BLOCK_TRACKS_MAP;
		if (ops[i].code == OP_UNEVALUATED_ITEMS)
			block->flags |= BLOCK_TRACKS_LIST;
	}
	if (n == 1 && ops[0].code == OP_REF)
		block->flags |= BLOCK_IS_REFERENCE;
}

static void warn_unknown(struct compiler *c, const struct member *m)
{
	const struct document *document = c->place.resource->document;
	struct finding what = { .level = LEVEL_WARNING,
				.code = "unknown-keyword",
				.file = document->name,
				.line = m->line,
				.column = m->column };
	const char *nearest = keyword_nearest(m->name, m->len);
	struct str name = { 0 };
	struct finding *f;

	/* core 6.5: names that begin so will never be keywords */
	if (m->len > 1 && memcmp(m->name, "x-", 2) == 0)
		return;
	if (document->lines && m->line)
		what.excerpt =
			excerpt_in(&c->scratch, document->lines, m->line, m->column, &what.caret);
	utf8_add_visible(&name, m->name, m->len, false);
	f = findings_add(c->findings, &what, _("unknown keyword '%s'"), str_text(&name));
	c->findings->lost |= name.failed;
	if (nearest)
		finding_hint(c->findings, f, _("did you mean '%s'?"), nearest);
	str_release(&name);
}

static void compile_one(struct compiler *c, uint32_t index)
{
	struct schema *s = c->program;
	const struct dialect *dialect;
	uint32_t first = s->ops.count;
	const struct node *schema;

	c->place = s->places.p[index];
	schema = c->place.schema;
	memset(c->draft, 0, sizeof(c->draft));
	c->resource = enter_resource(c, c->place.resource);
	if (c->no_memory || !enter_document(c, c->place.resource->document))
		return;
	dialect = &c->resources.p[c->resource];
	if (!dialect_check(c, dialect))
		return;
	for (uint32_t i = 0; i < schema->count; i++) {
		const struct member *m = &schema->members[i];
		const struct keyword *keyword = keyword_find(m->name, m->len);

		if (!keyword && c->flags & SCHEMA_WARN_UNKNOWN)
			warn_unknown(c, m);
		if (keyword && keyword->compile && dialect_knows(dialect, keyword))
			keyword->compile(c, keyword, m->value);
	}
	compile_objects(c);
	compile_lists(c);
	compile_conditions(c);
	compile_words(c);
	finish_block(c, index, first);
}

/* the operation before this one that has the same dynamic name, or NULL; then this is the first */
static const struct op *same_name(struct compiler *c, struct map *seen, const struct text *name,
				  const struct op *op)
{
	const struct op *first = map_get(seen, name->p, name->len);

	if (!first && map_put(seen, name->p, name->len, (void *)(uintptr_t)op) < 0)
		c->no_memory = true;
	return first;
}

/* core 8.2.3.2: every $dynamicAnchor of the name that a dynamic scope can hold */
static void enter_dynamic_anchors(struct compiler *c)
{
	struct schema *s = c->program;
	struct map seen;

	map_init(&seen, &c->scratch);
	for (uint32_t i = 0; i < s->ops.count; i++) {
		const struct op *op = &s->ops.p[i];
		const struct text *name;

		if (op->code != OP_DYNAMIC_REF)
			continue;
		name = &s->texts.p[op->b];
		if (same_name(c, &seen, name, op))
			continue;
		for (uint32_t j = 0; j < c->resources.count; j++) {
			const struct subschema *sub =
				map_get(&c->resources.p[j].resource->dynamic, name->p, name->len);

			if (sub)
				compile_block_at(c, sub->node, sub->resource);
		}
	}
}

static void compile_all(struct compiler *c)
{
	struct schema *s = c->program;
	uint32_t done = BLOCK_FALSE + 1;

	while (done < s->blocks.count && !c->no_memory) {
		while (done < s->blocks.count && !c->no_memory)
			compile_one(c, done++);
		if (s->dynamic)
			enter_dynamic_anchors(c);
	}
}

static void add_scopes(struct compiler *c, struct op *op, const struct text *name)
{
	struct schema *s = c->program;

	op->b = s->scopes.count;
	for (uint32_t j = 0; j < c->resources.count; j++) {
		const struct subschema *sub =
			map_get(&c->resources.p[j].resource->dynamic, name->p, name->len);

		if (!sub || !ROOM(c, s->scopes))
			continue;
		s->scopes.p[s->scopes.count++] =
			(struct scope){ .resource = j,
					.block = compile_block_at(c, sub->node, sub->resource) };
		op->c++;
	}
}

static void fill_scopes(struct compiler *c)
{
	struct schema *s = c->program;
	struct map seen;

	map_init(&seen, &c->scratch);
	for (uint32_t i = 0; i < s->ops.count && !c->no_memory; i++) {
		struct op *op = &s->ops.p[i];
		const struct text *name;
		const struct op *first;

		if (op->code != OP_DYNAMIC_REF)
			continue;
		name = &s->texts.p[op->b];
		first = same_name(c, &seen, name, op);
		if (first) {
			op->b = first->b;
			op->c = first->c;
		} else {
			add_scopes(c, op, name);
		}
	}
}

static bool start(struct compiler *c)
{
	struct schema *s = c->program;

	map_init(&c->blocks, &c->scratch);
	map_init(&c->documents, &c->scratch);
	map_init(&c->entered, &c->scratch);
	for (int i = 0; i < 2; i++) {
		if (!ROOM(c, s->blocks) || !ROOM(c, s->places) || !ROOM(c, s->ops))
			return false;
		s->blocks.p[s->blocks.count++] = (struct block){ .first = 0, .count = (uint16_t)i };
		s->places.p[s->places.count++] = (struct place){ 0 };
	}
	return compile_emit(c, OP_FALSE, TYPE_ANY, 0, 0, 0) == 0;
}

static void compile_root(struct compiler *c, const char *uri)
{
	struct target target;
	enum found found = set_find_root(c->set, uri, &target);

	if (found == FOUND_NO_MEMORY) {
		c->no_memory = true;
		return;
	}
	if (found != FOUND) {
		compile_refuse(c, "bad-reference", NULL, _("there is no schema '%s'"),
			       uri ? uri : "");
		return;
	}
	c->place.resource = target.resource;
	c->program->root = compile_block_at(c, target.node, target.resource);
	compile_all(c);
	if (!c->no_memory)
		compile_refuse_loops(c);
	if (!c->failed && !c->no_memory)
		fill_scopes(c);
}

struct schema *schema_compile(struct schema_set *set, const char *uri, unsigned flags,
			      struct findings *findings)
{
	struct schema *schema = calloc(1, sizeof(*schema));
	struct compiler c = { .set = set, .program = schema, .findings = findings, .flags = flags };

	if (!schema)
		return NULL;
	if (start(&c))
		compile_root(&c, uri);
	free(c.resources.p);
	arena_release(&c.scratch);
	if (c.failed || c.no_memory) {
		schema_free(schema);
		if (c.no_memory)
			errno = ENOMEM;
		return NULL;
	}
	return schema;
}

void schema_free(struct schema *s)
{
	if (!s)
		return;
	for (uint32_t i = 0; i < s->patterns.count; i++)
		pattern_free(s->patterns.p[i]);
	free(s->blocks.p);
	free(s->places.p);
	free(s->ops.p);
	free(s->lists.p);
	free(s->slots.p);
	free(s->choices.p);
	free(s->bounds.p);
	free(s->texts.p);
	free(s->properties.p);
	free(s->objects.p);
	free(s->named_patterns.p);
	free(s->patterns.p);
	free(s->pairs.p);
	free(s->kinds.p);
	free(s->scopes.p);
	arena_release(&s->arena);
	free(s);
}
