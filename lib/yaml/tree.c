#include "yaml/tree.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/num.h"

const struct member *node_find(const struct node *map, const char *name, size_t n)
{
	if (!map || map->type != NODE_MAP)
		return NULL;
	for (uint32_t i = 0; i < map->count; i++) {
		const struct member *m = &map->members[i];

		if (m->len == n && m->name[0] == name[0] && memcmp(m->name, name, n) == 0)
			return m;
	}
	return NULL;
}

const char *node_string(const struct node *map, const char *name)
{
	return node_text(node_get(map, name));
}

int64_t node_integer(const struct node *map, const char *name, int64_t otherwise)
{
	const struct node *value = node_get(map, name);

	return value && value->type == NODE_NUMBER && value->flags & NODE_INTEGER ? value->integer
										  : otherwise;
}

bool node_boolean(const struct node *map, const char *name, bool otherwise)
{
	const struct node *value = node_get(map, name);

	return value && value->type == NODE_BOOL ? value->boolean : otherwise;
}

bool node_is(const struct node *node, const char *text)
{
	return node && node->type == NODE_STRING && node->count == strlen(text) &&
	       memcmp(node->text, text, node->count) == 0;
}

size_t list_count(const struct node *list)
{
	return list && list->type == NODE_LIST ? list->count : 0;
}

static bool maps_equal(const struct node *a, const struct node *b)
{
	for (uint32_t i = 0; i < a->count; i++) {
		const struct node *other = NULL;

		for (uint32_t j = 0; j < b->count && !other; j++)
			if (a->members[i].hash == b->members[j].hash &&
			    a->members[i].len == b->members[j].len &&
			    memcmp(a->members[i].name, b->members[j].name, a->members[i].len) == 0)
				other = b->members[j].value;
		if (!other || !node_equal(a->members[i].value, other))
			return false;
	}
	return true;
}

bool node_equal(const struct node *a, const struct node *b)
{
	if (a->type != b->type)
		return false;
	switch ((enum node_type)a->type) {
	case NODE_NULL:
		return true;
	case NODE_BOOL:
		return a->boolean == b->boolean;
	case NODE_NUMBER:
		if (a->flags & b->flags & NODE_INTEGER)
			return a->integer == b->integer;
		return strcmp(a->text, b->text) == 0;
	case NODE_STRING:
		return a->count == b->count && memcmp(a->text, b->text, a->count) == 0;
	case NODE_LIST:
		if (a->count != b->count)
			return false;
		for (uint32_t i = 0; i < a->count; i++)
			if (!node_equal(&a->items[i], &b->items[i]))
				return false;
		return true;
	case NODE_MAP:
		return a->count == b->count && maps_equal(a, b);
	}
	return false;
}

static struct node *new_node(struct arena *arena, enum node_type type, enum node_style style)
{
	struct node *node = arena_alloc(arena, sizeof(*node));

	if (node) {
		node->type = (uint8_t)type;
		node->style = (uint8_t)style;
	}
	return node;
}

static struct node *new_scalar(struct arena *arena, enum node_type type, const char *text, size_t n)
{
	struct node *node = new_node(arena, type, STYLE_PLAIN);
	char *copy = node && n <= UINT32_MAX ? arena_strndup(arena, text, n) : NULL;

	if (!copy)
		return NULL;
	node->text = copy;
	node->count = (uint32_t)n;
	return node;
}

struct node *node_new_string(struct arena *arena, const char *text, size_t n)
{
	return new_scalar(arena, NODE_STRING, text, n);
}

struct node *node_new_integer(struct arena *arena, int64_t value)
{
	char digits[FIGURE_SIZE];
	const char *text = decimal_format(value, 0, digits);
	struct node *node = new_scalar(arena, NODE_NUMBER, text, strlen(text));

	if (node) {
		node->flags = NODE_INTEGER;
		node->integer = value;
	}
	return node;
}

struct node *node_new_boolean(struct arena *arena, bool value)
{
	const char *text = value ? "true" : "false";
	struct node *node = new_scalar(arena, NODE_BOOL, text, strlen(text));

	if (node)
		node->boolean = value;
	return node;
}

struct node *node_new_null(struct arena *arena)
{
	return new_scalar(arena, NODE_NULL, "null", 4);
}

struct node *node_new_list(struct arena *arena)
{
	return new_node(arena, NODE_LIST, STYLE_FLOW);
}

struct node *node_new_map(struct arena *arena)
{
	return new_node(arena, NODE_MAP, STYLE_BLOCK);
}

/*
 * Capacity is the next power of two of the count, so it needs no field: a full array is one whose
 * count is a power of two.
 */
static void *grown(struct arena *arena, void *old, uint32_t count, size_t size)
{
	void *array;

	if (count && (count & (count - 1)))
		return old;
	array = arena_array(arena, count ? (size_t)count * 2 : 1, size);
	if (array && count)
		memcpy(array, old, count * size);
	return array;
}

int node_append(struct arena *arena, struct node *list, const struct node *value)
{
	struct node *items = grown(arena, list->items, list->count, sizeof(*items));

	if (!items)
		return -1;
	list->items = items;
	items[list->count++] = *value;
	return 0;
}

/* the member of that name, which has this value now; NULL when out of memory */
static struct member *put(struct arena *arena, struct node *map, const struct member *named,
			  const struct node *value, bool copy_name)
{
	const struct member *known = node_find(map, named->name, named->len);
	struct node *copy = arena_alloc(arena, sizeof(*copy));
	struct member *members, *member;
	const char *name = named->name;

	if (!copy)
		return NULL;
	*copy = *value;
	if (known) {
		member = &map->members[known - map->members];
		member->value = copy;
		return member;
	}
	members = grown(arena, map->members, map->count, sizeof(*members));
	if (copy_name)
		name = arena_strndup(arena, name, named->len);
	if (!members || !name)
		return NULL;
	map->members = members;
	member = &members[map->count++];
	*member = (struct member){
		.name = name, .len = named->len, .hash = named->hash, .value = copy
	};
	return member;
}

int node_set(struct arena *arena, struct node *map, const char *name, const struct node *value)
{
	size_t len = strlen(name);
	struct member named = { .name = name, .len = (uint32_t)len, .hash = text_hash(name, len) };

	return put(arena, map, &named, value, true) ? 0 : -1;
}

int node_put(struct arena *arena, struct node *map, const struct member *member)
{
	struct member *added = put(arena, map, member, member->value, false);

	if (!added)
		return -1;
	added->line = member->line;
	added->column = member->column;
	return 0;
}

static bool copy_list(struct arena *arena, struct node *copy, const struct node *node)
{
	copy->items = arena_array(arena, node->count, sizeof(*copy->items));
	for (uint32_t i = 0; copy->items && i < node->count; i++) {
		const struct node *item = node_copy(arena, &node->items[i]);

		if (!item)
			return false;
		copy->items[i] = *item;
	}
	return copy->items != NULL;
}

static bool copy_map(struct arena *arena, struct node *copy, const struct node *node)
{
	copy->members = arena_array(arena, node->count, sizeof(*copy->members));
	for (uint32_t i = 0; copy->members && i < node->count; i++) {
		struct member *m = &copy->members[i];

		*m = node->members[i];
		m->name = arena_strndup(arena, m->name, m->len);
		m->value = node_copy(arena, m->value);
		if (!m->name || !m->value)
			return false;
	}
	return copy->members != NULL;
}

struct node *node_copy(struct arena *arena, const struct node *node)
{
	struct node *copy = arena_alloc(arena, sizeof(*copy));

	if (!copy)
		return NULL;
	*copy = *node;
	if (node->type == NODE_LIST)
		return copy_list(arena, copy, node) ? copy : NULL;
	if (node->type == NODE_MAP)
		return copy_map(arena, copy, node) ? copy : NULL;
	copy->text = arena_strndup(arena, node->text, node->count);
	return copy->text ? copy : NULL;
}
