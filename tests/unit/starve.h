/*
 * starve.h: makes allocations fail, those of the C library and of libyaml and PCRE2 included.
 *
 * A program that includes it has its own malloc, calloc, realloc, strdup and free. Between
 * starve_begin(n, all) and starve_end() the n-th allocation fails, or it and all that follow; what
 * is allocated and not freed is counted.
 */
#ifndef DUBAN_TESTS_STARVE_H
#define DUBAN_TESTS_STARVE_H

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static struct {
	bool on, all, failed;
	size_t left; /* allocations until one fails */
	size_t live;
} starve;

static inline void starve_begin(size_t n, bool all)
{
	starve.left = n;
	starve.all = all;
	starve.failed = false;
	starve.on = true;
}

/* starve_end: whether an allocation failed. */
static inline bool starve_end(void)
{
	starve.on = false;
	return starve.failed;
}

/* glibc's own, and those of AddressSanitizer where it is there: it must see what it checks */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *p, size_t size);
extern void __libc_free(void *p);
extern void *__interceptor_malloc(size_t size) __attribute__((weak));
extern void *__interceptor_calloc(size_t n, size_t size) __attribute__((weak));
extern void *__interceptor_realloc(void *p, size_t size) __attribute__((weak));
extern void __interceptor_free(void *p) __attribute__((weak));

static inline bool starve_now(void)
{
	if (!starve.on || (starve.left && --starve.left))
		return false;
	if (starve.failed && !starve.all)
		return false;
	starve.failed = true;
	errno = ENOMEM;
	return true;
}

static inline void *starve_count(void *p)
{
	starve.live += p != NULL;
	return p;
}

#define STARVE_PUBLIC __attribute__((visibility("default")))

STARVE_PUBLIC void *malloc(size_t size)
{
	if (starve_now())
		return NULL;
	return starve_count(__interceptor_malloc ? __interceptor_malloc(size)
						 : __libc_malloc(size));
}

STARVE_PUBLIC void *calloc(size_t n, size_t size)
{
	if (starve_now())
		return NULL;
	return starve_count(__interceptor_calloc ? __interceptor_calloc(n, size)
						 : __libc_calloc(n, size));
}

STARVE_PUBLIC void *realloc(void *p, size_t size)
{
	void *grown;

	if (starve_now())
		return NULL;
	grown = __interceptor_realloc ? __interceptor_realloc(p, size) : __libc_realloc(p, size);
	return p ? grown : starve_count(grown);
}

STARVE_PUBLIC void free(void *p)
{
	starve.live -= p != NULL;
	(__interceptor_free ? __interceptor_free : __libc_free)(p);
}

STARVE_PUBLIC char *strdup(const char *text)
{
	size_t n = strlen(text) + 1;
	char *copy = malloc(n);

	return copy ? memcpy(copy, text, n) : NULL;
}

#endif
