/*
 * program.h: a compiled schema: flat arrays that refer to each other by index. Private to
 * lib/schema.
 *
 * Every subschema is a block: a row of operations, cheap ones first, those on what others have
 * evaluated last. Checking reads blocks, operations and their tables; of the schema's trees it sees
 * the values of const and enum alone. `places` leads back to the trees, for findings.
 */
#ifndef DUBAN_SCHEMA_PROGRAM_H
#define DUBAN_SCHEMA_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "schema/format.h"
#include "schema/number.h"
#include "schema/pattern.h"
#include "schema/set.h"
#include "yaml/tree.h"

#define NONE UINT32_MAX

/* the first two blocks of every program: the boolean schemas (2020-12 core 4.3.2) */
#define BLOCK_TRUE 0
#define BLOCK_FALSE 1

/* types as bits: 1 << enum node_type, and one that JSON Schema adds (validation 6.1.1) */
#define TYPE_NULL (1u << NODE_NULL)
#define TYPE_BOOL (1u << NODE_BOOL)
#define TYPE_NUMBER (1u << NODE_NUMBER)
#define TYPE_STRING (1u << NODE_STRING)
#define TYPE_LIST (1u << NODE_LIST)
#define TYPE_MAP (1u << NODE_MAP)
#define TYPE_INTEGER 64u
#define TYPE_ANY 63u
#define TYPE_SCALAR (TYPE_STRING | TYPE_NUMBER)

/* in the order in which the operations of a block run */
enum op_code {
	OP_FALSE,
	OP_TYPE,    /* a: mask */
	OP_ENUM,    /* a: choices */
	OP_CONST,   /* a: choices, of one */
	OP_MINIMUM, /* a: bounds */
	OP_MAXIMUM,
	OP_ABOVE,
	OP_BELOW,
	OP_MULTIPLE,   /* a: bounds */
	OP_MIN_LENGTH, /* a: characters */
	OP_MAX_LENGTH,
	OP_MIN_ITEMS,
	OP_MAX_ITEMS,
	OP_MIN_PROPERTIES,
	OP_MAX_PROPERTIES,
	OP_FORMAT,     /* a: index into schema_formats[] */
	OP_PATTERN,    /* a: patterns */
	OP_NOT_BEFORE, /* a: texts */
	OP_NOT_AFTER,
	OP_WORD,   /* a: words */
	OP_RECORD, /* a: records */
	OP_OBJECT, /* a: objects */
	OP_NEEDS,  /* dependentRequired; a: first of b pairs */
	OP_ITEMS,  /* a: first of prefix blocks in blocks_of, b: how many, c: the rest */
	OP_UNIQUE,
	OP_CONTAINS,    /* a: block, b: least, c: most */
	OP_REF,         /* a: block */
	OP_DYNAMIC_REF, /* a: block, b: scopes first, c: how many */
	OP_DEPENDENT,   /* dependentSchemas; a: text, b: block */
	OP_NOT,         /* a: block */
	OP_IF,          /* a, b, c: blocks */
	OP_ANY_OF,      /* a: first in lists, b: how many */
	OP_ONE_OF,
	OP_UNEVALUATED_ITEMS, /* a: block */
	OP_UNEVALUATED_PROPERTIES,
};

struct op {
	uint8_t code;
	uint8_t flags;
	uint16_t types; /* applies to these only */
	uint32_t a, b, c;
};

#define OP_IS_WARNING 1 /* x-word-level: warning */
#define OP_IS_FINDING 2 /* x-finding */

struct block {
	uint32_t first; /* operation */
	uint16_t count;
	uint16_t flags;
	uint32_t resource; /* for the dynamic scope */
};

#define BLOCK_TRACKS_MAP 1   /* has unevaluatedProperties */
#define BLOCK_TRACKS_LIST 2  /* has unevaluatedItems */
#define BLOCK_IS_REFERENCE 4 /* nothing but one OP_REF */

struct choices {
	uint32_t count;
	const struct node *items; /* copies; what they lead to is the tree's */
	uint32_t *hashes;         /* of lists and maps 0 */
};

struct bound {
	bool small; /* fits an int64_t */
	int64_t integer;
	struct decimal decimal;
	struct divisor divisor;
};

struct text {
	const char *p;
	uint32_t len, hash;
};

struct property {
	struct text name;
	uint32_t block;    /* NONE: only required */
	uint32_t required; /* 1 + its place among the object's required names; 0: not */
};

struct named_pattern {
	uint32_t pattern, block;
};

struct object {
	uint32_t properties, nproperties; /* into properties[] */
	uint32_t slots, nslots; /* into slots[]: 1 + property, 0 free; nslots is a power of two */
	uint32_t patterns, npatterns; /* into named_patterns[] */
	uint32_t additional;          /* block or NONE */
	uint32_t names;               /* propertyNames: block or NONE */
	uint32_t required, nrequired; /* into texts[] */
};

struct pair {
	uint32_t if_text, then_text; /* dependentRequired */
};

struct record_kinds {
	const char *const *names;
	size_t count;
};

/* a resource that has a $dynamicAnchor of a name that some $dynamicRef uses; ascending for a name */
struct scope {
	uint32_t resource, block;
};

/* where a block was written */
struct place {
	const struct node *schema;
	const struct resource *resource;
};

/* an array that grows while compiling */
#define ARRAY_OF(type)                                                                             \
	struct {                                                                                   \
		type *p;                                                                           \
		uint32_t count, cap;                                                               \
	}

struct schema {
	struct arena arena;
	bool dynamic; /* keeps the dynamic scope */
	ARRAY_OF(struct block) blocks;
	ARRAY_OF(struct place) places; /* parallel to blocks */
	ARRAY_OF(struct op) ops;
	ARRAY_OF(uint32_t) lists;
	ARRAY_OF(uint32_t) slots;
	ARRAY_OF(struct choices) choices;
	ARRAY_OF(struct bound) bounds;
	ARRAY_OF(struct text) texts;
	ARRAY_OF(struct property) properties;
	ARRAY_OF(struct object) objects;
	ARRAY_OF(struct named_pattern) named_patterns;
	ARRAY_OF(struct pattern *) patterns;
	ARRAY_OF(struct pair) pairs;
	ARRAY_OF(struct record_kinds) kinds;
	ARRAY_OF(struct scope) scopes;
	uint32_t root;
};

/* object_property: the property of that name, or NULL. */
const struct property *object_property(const struct schema *schema, const struct object *object,
				       const char *name, uint32_t len, uint32_t hash);

#endif
