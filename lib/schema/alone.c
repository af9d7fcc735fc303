/*
 * Values at which nothing looks but their own subschemas: who checks very many maps that differ in
 * such a value alone checks the rest of them once.
 *
 * Where there is a doubt, the answer is no.
 */
#include "schema/eval.h"

#include <string.h>

/* references and subschemas within each other */
#define DEEPEST 32

struct looking {
	const struct schema *schema;
	const char *name;
	uint32_t len, hash;
	struct schema_alone *alone; /* the subschemas of the property of that name */
};

static bool applies_to_map(const struct op *op)
{
	return op->types >> NODE_MAP & 1;
}

static bool add_block(struct looking *l, uint32_t block)
{
	struct schema_alone *alone = l->alone;

	if (block == BLOCK_TRUE)
		return true;
	if (alone->count == SCHEMA_ALONE_MOST)
		return false;
	alone->blocks[alone->count++] = block;
	return true;
}

/* `always`: the map is valid only when it is so by this object too */
static bool look_at_object(struct looking *l, const struct object *object, bool always)
{
	const struct property *p = object_property(l->schema, object, l->name, l->len, l->hash);
	uint32_t block = p && p->block != NONE ? p->block : object->additional;

	if (object->npatterns)
		return false;
	if (block == NONE || block == BLOCK_TRUE)
		return true;
	return always && add_block(l, block);
}

static bool look_at_block(struct looking *l, uint32_t block, bool always, unsigned depth);

static bool look_at_list(struct looking *l, const struct op *op, unsigned depth)
{
	for (uint32_t i = 0; i < op->b; i++)
		if (!look_at_block(l, l->schema->lists.p[op->a + i], false, depth))
			return false;
	return true;
}

static bool look_at(struct looking *l, const struct op *op, bool always, unsigned depth)
{
	switch ((enum op_code)op->code) {
	case OP_OBJECT:
		return look_at_object(l, &l->schema->objects.p[op->a], always);
	case OP_REF:
		return look_at_block(l, op->a, always, depth);
	case OP_DEPENDENT:
		return look_at_block(l, op->b, false, depth);
	case OP_NOT:
		return look_at_block(l, op->a, false, depth);
	case OP_IF:
		return look_at_block(l, op->a, false, depth) &&
		       look_at_block(l, op->b, false, depth) &&
		       look_at_block(l, op->c, false, depth);
	case OP_ANY_OF:
	case OP_ONE_OF:
		return look_at_list(l, op, depth);
	case OP_UNEVALUATED_PROPERTIES:
		return op->a <= BLOCK_FALSE;
	case OP_FALSE:
	case OP_TYPE:
	case OP_MIN_PROPERTIES:
	case OP_MAX_PROPERTIES:
	case OP_NEEDS:
		return true; /* whether something is there, not what */
	default:
		return false;
	}
}

static bool look_at_block(struct looking *l, uint32_t block, bool always, unsigned depth)
{
	const struct block *b = &l->schema->blocks.p[block];

	if (depth == DEEPEST)
		return false;
	for (uint32_t i = 0; i < b->count; i++) {
		const struct op *op = &l->schema->ops.p[b->first + i];

		if (applies_to_map(op) && !look_at(l, op, always, depth + 1))
			return false;
	}
	return true;
}

/* x-not-before and x-not-after look at a value's neighbour, wherever they stand */
static bool has_neighbours(const struct schema *schema)
{
	for (uint32_t i = 0; i < schema->ops.count; i++)
		if (schema->ops.p[i].code == OP_NOT_BEFORE || schema->ops.p[i].code == OP_NOT_AFTER)
			return true;
	return false;
}

/* of the maps that are valid by all of these blocks */
static bool look_for(const struct schema *schema, const struct schema_alone *of, const char *name,
		     uint32_t len, struct schema_alone *alone)
{
	struct looking l = { .schema = schema,
			     .name = name,
			     .len = len,
			     .hash = text_hash(name, len),
			     .alone = alone };

	*alone = (struct schema_alone){ 0 };
	for (uint32_t i = 0; i < of->count; i++)
		if (!look_at_block(&l, of->blocks[i], true, 0))
			return false;
	return true;
}

bool schema_alone(const struct schema *schema, const char *name, struct schema_alone *alone)
{
	struct schema_alone of = { .blocks = { schema->root }, .count = 1 };

	if (schema->dynamic || has_neighbours(schema))
		return false;
	for (;; name++) {
		uint32_t len = (uint32_t)strcspn(name, ".");

		if (!look_for(schema, &of, name, len, alone))
			return false;
		name += len;
		if (!*name)
			return true;
		of = *alone;
	}
}
