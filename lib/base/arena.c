#include "base/arena.h"

#include <errno.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* tests/unit/test_no_memory.c makes every piece a block of its own */
#ifndef FIRST_BLOCK
#define FIRST_BLOCK ((size_t)16 * 1024)
#define LARGEST_STEP ((size_t)1024 * 1024)
#endif

struct arena_block {
	struct arena_block *older;
	size_t size; /* of data */
	alignas(max_align_t) char data[];
};

void arena_init(struct arena *arena)
{
	*arena = (struct arena){ 0 };
}

/* who looks there still is found out */
static void spoil(struct arena_block *block)
{
#ifdef DUBAN_DOUBT
	memset(block->data, 0xdd, block->size);
#else
	(void)block;
#endif
}

static void free_older(struct arena_block *block)
{
	while (block) {
		struct arena_block *older = block->older;

		spoil(block);
		free(block);
		block = older;
	}
}

void arena_release(struct arena *arena)
{
	free_older(arena->block);
	arena_init(arena);
}

void arena_adopt(struct arena *arena, struct arena *from)
{
	struct arena_block **end = &from->block;

	if (!arena->block) {
		*arena = *from;
		arena_init(from);
		return;
	}
	/* behind the block that is being filled */
	while (*end)
		end = &(*end)->older;
	*end = arena->block->older;
	arena->block->older = from->block;
	arena_init(from);
}

void arena_reset(struct arena *arena)
{
	if (!arena->block)
		return;
	/* one large document must not pin its memory for the rest of a scan */
	if (arena->block->size > LARGEST_STEP) {
		arena_release(arena);
		return;
	}
	free_older(arena->block->older);
	arena->block->older = NULL;
	arena->next = arena->block->data;
	arena->end = arena->next + arena->block->size;
	spoil(arena->block);
}

static int add_block(struct arena *arena, size_t needed)
{
	size_t size = arena->block ? arena->block->size * 2 : FIRST_BLOCK;
	struct arena_block *block;

	if (size > LARGEST_STEP)
		size = LARGEST_STEP;
	if (size < needed)
		size = needed;
	if (size > SIZE_MAX - sizeof(*block)) {
		errno = ENOMEM;
		return -1;
	}
	block = malloc(sizeof(*block) + size);
	if (!block)
		return -1;
	block->older = arena->block;
	block->size = size;
	arena->block = block;
	arena->next = block->data;
	arena->end = block->data + size;
	return 0;
}

/* blocks and pieces are multiples of the alignment, so what is free always is */
static char *take(struct arena *arena, size_t size)
{
	const size_t align = alignof(max_align_t);
	char *result;

	if (size > SIZE_MAX - align) {
		errno = ENOMEM;
		return NULL;
	}
	size = size ? (size + align - 1) & ~(align - 1) : align;
	if ((size_t)(arena->end - arena->next) < size && add_block(arena, size) < 0)
		return NULL;
	result = arena->next;
	arena->next += size;
	return result;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	char *result = take(arena, size);

	return result ? memset(result, 0, size) : NULL;
}

void *arena_array(struct arena *arena, size_t n, size_t size)
{
	if (size && n > SIZE_MAX / size) {
		errno = ENOMEM;
		return NULL;
	}
	return arena_alloc(arena, n * size);
}

char *arena_strndup(struct arena *arena, const char *text, size_t n)
{
	char *copy = n < SIZE_MAX ? take(arena, n + 1) : NULL;

	if (!copy)
		return NULL;
	if (n)
		memcpy(copy, text, n);
	copy[n] = '\0';
	return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
	return text ? arena_strndup(arena, text, strlen(text)) : NULL;
}

char *arena_concat(struct arena *arena, const char *first, ...)
{
	size_t n = 0;
	va_list args;
	char *text, *to;

	va_start(args, first);
	for (const char *part = first; part; part = va_arg(args, const char *))
		n += strlen(part);
	va_end(args);
	to = text = take(arena, n + 1);
	if (!text)
		return NULL;
	va_start(args, first);
	for (const char *part = first; part; part = va_arg(args, const char *))
		to = stpcpy(to, part);
	va_end(args);
	*to = '\0';
	return text;
}

char *arena_vprintf(struct arena *arena, const char *format, va_list args)
{
	size_t room = (size_t)(arena->end - arena->next);
	va_list again;
	char *text;
	int n;

	/* into what is free; only when that is too little, once more into a new block */
	va_copy(again, args);
	n = vsnprintf(arena->next, room, format, again);
	va_end(again);
	if (n < 0)
		return NULL;
	text = take(arena, (size_t)n + 1);
	if (text && (size_t)n >= room)
		vsnprintf(text, (size_t)n + 1, format, args);
	return text;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = arena_vprintf(arena, format, args);
	va_end(args);
	return text;
}
