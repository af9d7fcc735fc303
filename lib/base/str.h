/*
 * str.h: a growing string.
 *
 * Failure is sticky, as with stdio: after an allocation has failed, further additions do nothing
 * and `failed` stays set, so that a writer of many pieces checks once, at its end.
 */
#ifndef DUBAN_BASE_STR_H
#define DUBAN_BASE_STR_H

#include <stdbool.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

/* text_is: whether two texts are equal; of names in a table most differ in their first byte. */
static inline bool text_is(const char *a, const char *b)
{
	return *a == *b && strcmp(a, b) == 0;
}

struct str {
	char *p; /* NUL-terminated once something was added; else NULL */
	size_t len, cap;
	bool failed;
};

/* str_release: frees the text and leaves an empty string. `(struct str){ 0 }` is an empty string.
 */
void str_release(struct str *s);

/* str_release_part: the same of a text that went into another one: its failure is that one's too.
 */
void str_release_part(struct str *part, struct str *whole);

/* str_reset: empties the string, keeps its memory and forgets a failure. */
void str_reset(struct str *s);

/* str_text: the text as a C string, "" when empty; valid until the next change. */
const char *str_text(const struct str *s);

void str_add(struct str *s, const char *text);
void str_addn(struct str *s, const char *text, size_t n);
void str_addc(struct str *s, char c);
void str_pad(struct str *s, char c, size_t n); /* n times c */
void str_addf(struct str *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
void str_vaddf(struct str *s, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));

/*
 * str_room: makes room for n more bytes and returns where they go, or NULL when out of memory. The
 * caller adds what it wrote there to `len`.
 */
char *str_room(struct str *s, size_t n);

#endif
