/*
 * pattern.h: matching of ECMA-262 regular expressions (JSON Schema 2020-12 core 6.4), by PCRE2.
 *
 * Patterns are unanchored and see Unicode. A match has a budget that grows with the text; when it
 * is spent the answer is PATTERN_EXPENSIVE, never "no". Simple patterns such as `^p-[0-9]{8}$` skip
 * the engine.
 */
#ifndef DUBAN_SCHEMA_PATTERN_H
#define DUBAN_SCHEMA_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct pattern;
struct matcher; /* scratch of one thread */

enum pattern_answer { PATTERN_NO, PATTERN_YES, PATTERN_EXPENSIVE, PATTERN_NO_MEMORY };

/*
 * pattern_new: NULL when the text is no pattern, or one that is not supported (lookbehind of
 * variable width); then the reason, in the reader's language, is appended to *why. NULL with
 * nothing appended: out of memory.
 */
struct pattern *pattern_new(const char *text, size_t n, struct str *why);
void pattern_free(struct pattern *pattern);

/* pattern_is_valid: whether the text is a pattern by ECMA-262 (`format: regex`), supported or not.
 */
bool pattern_is_valid(const char *text, size_t n);

struct matcher *matcher_new(void);
void matcher_free(struct matcher *matcher);

/* pattern_match: whether the pattern is found in the n bytes of valid UTF-8. */
enum pattern_answer pattern_match(const struct pattern *pattern, struct matcher *matcher,
				  const char *text, size_t n);

/* matcher_spent: the steps that the last match took. */
size_t matcher_spent(const struct matcher *matcher);

#endif
