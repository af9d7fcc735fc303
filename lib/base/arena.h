/*
 * arena.h: memory that dies together.
 *
 * An arena hands out pieces of larger blocks and gives all of them back at once. One arena belongs
 * to one document, one scan worker or one report; what is reachable from it dies with it. An arena
 * is used by one thread at a time.
 *
 * Out of memory: NULL is returned and errno is ENOMEM; nothing that was handed out before is
 * touched.
 */
#ifndef DUBAN_BASE_ARENA_H
#define DUBAN_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena_block;

struct arena {
	struct arena_block *block; /* the one being filled; older ones hang behind it */
	char *next, *end;          /* free part of it */
};

/* arena_init: an empty arena; allocates nothing. `(struct arena){ 0 }` is the same. */
void arena_init(struct arena *arena);

/* arena_release: gives all memory back and leaves an empty arena. */
void arena_release(struct arena *arena);

/* arena_adopt: what `from` has handed out lives as long as `arena` then; `from` is left empty. */
void arena_adopt(struct arena *arena, struct arena *from);

/* arena_reset: forgets what was handed out but keeps one block for the next round. */
void arena_reset(struct arena *arena);

/*
 * arena_alloc: `size` bytes, zeroed, aligned for any object. size 0 gives a unique pointer.
 * Returns NULL when out of memory.
 */
void *arena_alloc(struct arena *arena, size_t size);

/* arena_array: like arena_alloc for n objects of `size` bytes; n * size may not overflow (NULL). */
void *arena_array(struct arena *arena, size_t n, size_t size);

/* arena_strndup: a NUL-terminated copy of n bytes (which may hold NULs); NULL when out of memory.
 */
char *arena_strndup(struct arena *arena, const char *text, size_t n);

/* arena_strdup: a copy of a C string; NULL stays NULL. */
char *arena_strdup(struct arena *arena, const char *text);

/* arena_concat: texts one after the other, the last argument NULL; NULL when out of memory. */
char *arena_concat(struct arena *arena, const char *first, ...) __attribute__((sentinel));

/* arena_printf: formatted text in the arena; NULL when out of memory. */
char *arena_printf(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));

#endif
