/*
 * tree.h: a document as a positioned tree.
 *
 * The readers (yaml/read.h) make it, the schema checks it, the model reads it, yaml/write.h prints
 * it. All nodes and texts live in one arena and are not changed after reading. Texts are UTF-8, may
 * hold NUL bytes when they came from JSON, and are NUL-terminated besides.
 *
 * Scalars follow the YAML 1.2 core schema: a plain `yes`, `no`, `on` or `12:30` and any date is a
 * string; `null`, `~` and nothing are null; a quoted scalar is always a string.
 */
#ifndef DUBAN_YAML_TREE_H
#define DUBAN_YAML_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

enum node_type {
	NODE_NULL,
	NODE_BOOL,
	NODE_NUMBER,
	NODE_STRING,
	NODE_LIST,
	NODE_MAP,
};

enum node_style {
	STYLE_PLAIN, /* scalars */
	STYLE_QUOTED,
	STYLE_LITERAL, /* | or > */
	STYLE_BLOCK,   /* collections */
	STYLE_FLOW,
};

#define NODE_INTEGER 1 /* flag: a number without fraction or exponent that fits `integer` */
#define NODE_ALIAS 2   /* flag: reached through an alias; the children are shared */

struct node;

struct member {
	const char *name;
	uint32_t len;          /* of name, in bytes */
	uint32_t hash;         /* text_hash of name */
	uint32_t line, column; /* of the name, from 1; 0 for a node that was made by a program */
	struct node *value;
};

struct node {
	uint8_t type;  /* enum node_type */
	uint8_t style; /* enum node_style */
	uint8_t flags;
	uint32_t line, column; /* of the value, from 1, columns in characters; 0: no position */
	uint32_t count;        /* scalars: length of text in bytes; list, map: number of children */
	const char *text;      /* scalars: never NULL; of a number a JSON number, else as written */
	union {
		bool boolean;           /* NODE_BOOL */
		int64_t integer;        /* NODE_NUMBER with NODE_INTEGER */
		struct node *items;     /* NODE_LIST: array of count */
		struct member *members; /* NODE_MAP: array of count, in document order */
	};
};

/*
 * node_get: the value of a map's member, or NULL; also NULL when `map` is NULL or not a map.
 * node_find: the member, by a name of n bytes. Inline, so that the length of a literal is no work.
 */
const struct member *node_find(const struct node *map, const char *name, size_t n);

static inline const struct member *node_member(const struct node *map, const char *name)
{
	return node_find(map, name, strlen(name));
}

static inline const struct node *node_get(const struct node *map, const char *name)
{
	const struct member *m = node_find(map, name, strlen(name));

	return m ? m->value : NULL;
}

/* node_text: text of a string; NULL for any other node and for NULL. */
static inline const char *node_text(const struct node *node)
{
	return node && node->type == NODE_STRING ? node->text : NULL;
}

/* node_string: text of a string member, or NULL when it is missing or not a string. */
const char *node_string(const struct node *map, const char *name);

/* node_integer: an integer member, or `otherwise`. */
int64_t node_integer(const struct node *map, const char *name, int64_t otherwise);

/* node_boolean: a boolean member, or `otherwise`. */
bool node_boolean(const struct node *map, const char *name, bool otherwise);

/* node_is: whether the node is a string with exactly this text; NULL is not. */
bool node_is(const struct node *node, const char *text);

/* list_count: number of items; 0 for NULL and for anything that is not a list. */
size_t list_count(const struct node *list);

/*
 * node_equal: same type and content; maps without regard to order, integers by value, other numbers
 * by their text (schema/number.h compares by value).
 */
bool node_equal(const struct node *a, const struct node *b);

/*
 * Making nodes. All return NULL when out of memory; texts are copied into the arena. node_scalar
 * reads a plain scalar by the core schema.
 */
struct node *node_new_string(struct arena *arena, const char *text, size_t n);
struct node *node_new_integer(struct arena *arena, int64_t value);
struct node *node_new_boolean(struct arena *arena, bool value);
struct node *node_new_null(struct arena *arena);
struct node *node_new_list(struct arena *arena);
struct node *node_new_map(struct arena *arena);

/*
 * node_append, node_set: add to a list or map that was made here, or replace a member. The value is
 * shared, not copied. -1 when out of memory.
 */
int node_append(struct arena *arena, struct node *list, const struct node *value);
int node_set(struct arena *arena, struct node *map, const char *name, const struct node *value);

/* node_put: adds a member of another map, its position included; its name is shared too. */
int node_put(struct arena *arena, struct node *map, const struct member *member);

/* node_copy: a deep copy in another arena, positions included. */
struct node *node_copy(struct arena *arena, const struct node *node);

/*
 * node_resolve: sets type, flags and value of a plain scalar from its text by the core schema. The
 * text of a number becomes a JSON number (0x1F is 31, 007 is 7, .5 is 0.5). Returns 0, -1 when out
 * of memory, 1 for a number that JSON does not have: .inf, .nan and hexadecimal or octal beyond 64
 * bits.
 */
int node_resolve(struct arena *arena, struct node *node);

#endif
