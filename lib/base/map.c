#include "base/map.h"

#include <string.h>

uint32_t text_hash(const char *text, size_t n)
{
	uint32_t hash = 2166136261u;

	for (size_t i = 0; i < n; i++)
		hash = (hash ^ (unsigned char)text[i]) * 16777619u;
	return hash;
}

void map_init(struct map *map, struct arena *arena)
{
	*map = (struct map){ .arena = arena };
}

static struct map_entry *find(const struct map *map, const char *key, size_t len, uint32_t hash)
{
	if (!map->nslots)
		return NULL;
	for (size_t i = hash & (map->nslots - 1); map->slots[i]; i = (i + 1) & (map->nslots - 1)) {
		struct map_entry *e = &map->entries[map->slots[i] - 1];

		if (e->hash == hash && e->len == len && memcmp(e->key, key, len) == 0)
			return e;
	}
	return NULL;
}

static void place(struct map *map, uint32_t hash, uint32_t index)
{
	size_t i = hash & (map->nslots - 1);

	while (map->slots[i])
		i = (i + 1) & (map->nslots - 1);
	map->slots[i] = index + 1;
}

static int grow(struct map *map, size_t cap)
{
	size_t nslots = cap * 2;
	struct map_entry *entries = arena_array(map->arena, cap, sizeof(*entries));
	uint32_t *slots = arena_array(map->arena, nslots, sizeof(*slots));

	if (!entries || !slots)
		return -1;
	if (map->count)
		memcpy(entries, map->entries, map->count * sizeof(*entries));
	map->entries = entries;
	map->slots = slots;
	map->cap = cap;
	map->nslots = nslots;
	for (size_t i = 0; i < map->count; i++)
		place(map, entries[i].hash, (uint32_t)i);
	return 0;
}

int map_reserve(struct map *map, size_t n)
{
	size_t cap = 8;

	while (cap < n)
		cap *= 2;
	return cap > map->cap ? grow(map, cap) : 0;
}

void *map_get(const struct map *map, const char *key, size_t len)
{
	const struct map_entry *e = find(map, key, len, text_hash(key, len));

	return e ? e->value : NULL;
}

bool map_has(const struct map *map, const char *key, size_t len)
{
	return find(map, key, len, text_hash(key, len)) != NULL;
}

/* the entry of a key, made where there is none */
static struct map_entry *entry_of(struct map *map, const char *key, size_t len, void *value)
{
	uint32_t hash = text_hash(key, len);
	struct map_entry *e = find(map, key, len, hash);

	if (e)
		return e;
	if (map->count == map->cap && grow(map, map->cap ? map->cap * 2 : 8) < 0)
		return NULL;
	e = &map->entries[map->count];
	*e = (struct map_entry){ .key = key, .len = len, .hash = hash, .value = value };
	place(map, hash, (uint32_t)map->count++);
	return e;
}

int map_put(struct map *map, const char *key, size_t len, void *value)
{
	struct map_entry *e = entry_of(map, key, len, value);

	if (!e)
		return -1;
	e->value = value;
	return 0;
}

void *map_add(struct map *map, const char *key, size_t len, void *value)
{
	struct map_entry *e = entry_of(map, key, len, value);

	return e ? e->value : NULL;
}
