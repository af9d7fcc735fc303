#include "schema/talk.h"

#include <string.h>

#define LONGEST_CHAIN 16

/* the applications of a value stand together, in the order they were made */
static const struct application *first_of(const struct explainer *e, const struct node *node)
{
	uint32_t low = 0, high = e->applied.count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (e->applied.p[middle].node < node)
			low = middle + 1;
		else
			high = middle;
	}
	return low < e->applied.count && e->applied.p[low].node == node ? &e->applied.p[low] : NULL;
}

static bool is_last(const struct explainer *e, const struct application *a)
{
	return a + 1 == e->applied.p + e->applied.count || a[1].node != a->node;
}

const struct node *look_keyword(const struct talk *talk, const struct node *node, const char *name)
{
	const struct application *a = first_of(talk->explainer, node);

	while (a) {
		const struct node *value = node_get(talk->schema->places.p[a->block].schema, name);

		if (value)
			return value;
		a = is_last(talk->explainer, a) ? NULL : a + 1;
	}
	return NULL;
}

const char *look_title(const struct talk *talk, const struct node *node)
{
	const struct node *title = look_keyword(talk, node, "title");

	return title && title->type == NODE_STRING ? title->text : NULL;
}

/* the title of a block's schema, or of what it refers to */
static const char *block_title(const struct schema *s, uint32_t index)
{
	for (unsigned i = 0; i < LONGEST_CHAIN && index > BLOCK_FALSE && index != NONE; i++) {
		const struct block *block = &s->blocks.p[index];
		const char *title = node_string(s->places.p[index].schema, "title");
		uint32_t next = NONE;

		if (title)
			return title;
		for (uint32_t j = 0; j < block->count && next == NONE; j++)
			if (s->ops.p[block->first + j].code == OP_REF)
				next = s->ops.p[block->first + j].a;
		index = next;
	}
	return NULL;
}

static const struct object *object_of(const struct schema *s, uint32_t index)
{
	const struct block *block = &s->blocks.p[index];

	for (uint32_t i = 0; i < block->count; i++)
		if (s->ops.p[block->first + i].code == OP_OBJECT)
			return &s->objects.p[s->ops.p[block->first + i].a];
	return NULL;
}

const struct object *look_object(const struct schema *s, uint32_t index)
{
	const struct block *block = &s->blocks.p[index];
	const struct op *op = &s->ops.p[block->first];

	/* a type beside it says nothing more */
	if (block->count == 2 && op->code == OP_TYPE)
		op++;
	else if (block->count != 1)
		return NULL;
	return op->code == OP_OBJECT ? &s->objects.p[op->a] : NULL;
}

const char *look_field_title(const struct talk *talk, const struct node *map, const char *name,
			     uint32_t len)
{
	const struct application *a = first_of(talk->explainer, map);
	const struct schema *s = talk->schema;
	uint32_t hash = text_hash(name, len);

	while (a) {
		const struct object *object = object_of(s, a->block);
		const struct property *p =
			object ? object_property(s, object, name, len, hash) : NULL;
		const char *title = p ? block_title(s, p->block) : NULL;

		if (title)
			return title;
		a = is_last(talk->explainer, a) ? NULL : a + 1;
	}
	return NULL;
}

void look_fields(const struct talk *talk, const struct node *map,
		 void (*visit)(void *context, const struct property *property, const char *title),
		 void *context)
{
	const struct application *a = first_of(talk->explainer, map);
	const struct schema *s = talk->schema;

	while (a) {
		const struct object *object = object_of(s, a->block);

		for (uint32_t i = 0; object && i < object->nproperties; i++) {
			const struct property *p = &s->properties.p[object->properties + i];

			if (p->block != NONE && p->block != BLOCK_FALSE)
				visit(context, p, block_title(s, p->block));
		}
		a = is_last(talk->explainer, a) ? NULL : a + 1;
	}
}

const struct choices *look_choices(const struct talk *talk, const struct fault *fault, uint32_t i,
				   const struct node **schema)
{
	struct site site = fault->nsites ? fault->sites[i] : fault->site;
	const struct op *op = site_op(talk->schema, site);

	*schema = talk->schema->places.p[site.block].schema;
	return &talk->schema->choices.p[op->a];
}

/* the keyword behind an operation; several on the members of a map are one operation */
static const char *keyword_of(enum op_code code, enum fault_kind kind)
{
	static const char *const keywords[] = {
		[OP_TYPE] = "type",
		[OP_ENUM] = "enum",
		[OP_CONST] = "const",
		[OP_MINIMUM] = "minimum",
		[OP_MAXIMUM] = "maximum",
		[OP_ABOVE] = "exclusiveMinimum",
		[OP_BELOW] = "exclusiveMaximum",
		[OP_MULTIPLE] = "multipleOf",
		[OP_MIN_LENGTH] = "minLength",
		[OP_MAX_LENGTH] = "maxLength",
		[OP_MIN_ITEMS] = "minItems",
		[OP_MAX_ITEMS] = "maxItems",
		[OP_MIN_PROPERTIES] = "minProperties",
		[OP_MAX_PROPERTIES] = "maxProperties",
		[OP_FORMAT] = "format",
		[OP_PATTERN] = "pattern",
		[OP_NOT_BEFORE] = "x-not-before",
		[OP_NOT_AFTER] = "x-not-after",
		[OP_WORD] = "x-word",
		[OP_RECORD] = "x-record",
		[OP_NEEDS] = "dependentRequired",
		[OP_ITEMS] = "items",
		[OP_UNIQUE] = "uniqueItems",
		[OP_CONTAINS] = "contains",
		[OP_NOT] = "not",
		[OP_ANY_OF] = "anyOf",
		[OP_ONE_OF] = "oneOf",
		[OP_UNEVALUATED_ITEMS] = "unevaluatedItems",
		[OP_UNEVALUATED_PROPERTIES] = "unevaluatedProperties",
	};

	if (code != OP_OBJECT)
		return keywords[code];
	return kind == FAULT_REQUIRED        ? "required"
	       : kind == FAULT_UNKNOWN_FIELD ? "additionalProperties"
					     : "patternProperties";
}

void look_rule(const struct talk *talk, const struct fault *fault, struct finding *what)
{
	const struct place *place = &talk->schema->places.p[fault->site.block];
	const char *name = fault->site.op == NONE
				   ? NULL
				   : keyword_of(site_op(talk->schema, fault->site)->code,
						(enum fault_kind)fault->kind);
	const struct member *keyword = name ? node_member(place->schema, name) : NULL;

	if (!keyword || !keyword->line)
		return;
	what->schema_file = place->resource->document->name;
	what->schema_line = keyword->line;
	what->schema_column = keyword->column;
}
