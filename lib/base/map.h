/*
 * map.h: a hash map from text to a pointer, in an arena. It only grows. Order of iteration is order
 * of insertion, so that nothing printed depends on a hash.
 */
#ifndef DUBAN_BASE_MAP_H
#define DUBAN_BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct map_entry {
	const char *key; /* not copied: lives as long as the map */
	size_t len;
	uint32_t hash;
	void *value;
};

struct map {
	struct arena *arena;
	struct map_entry *entries; /* in order of insertion */
	uint32_t *slots;           /* index into entries + 1, 0 for free */
	size_t count, cap, nslots;
};

/* text_hash: FNV-1a, 32 bits; keys of trees and schemas carry it. */
uint32_t text_hash(const char *text, size_t n);

void map_init(struct map *map, struct arena *arena);

/* map_reserve: room for n keys at once; -1 when out of memory. */
int map_reserve(struct map *map, size_t n);

/* map_get: the value, or NULL when the key is not there. */
void *map_get(const struct map *map, const char *key, size_t len);

/* map_has: whether the key is there, whatever its value. */
bool map_has(const struct map *map, const char *key, size_t len);

/* map_put: adds or replaces; -1 when out of memory. The key is not copied. */
int map_put(struct map *map, const char *key, size_t len, void *value);

/* map_add: adds unless the key is there; the value that is there then, or NULL when out of memory. */
void *map_add(struct map *map, const char *key, size_t len, void *value);

#endif
