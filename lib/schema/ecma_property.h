/*
 * ecma_property.h: the Unicode properties between the braces of \p{…} (ECMA-262 22.2.1). Private to
 * lib/schema.
 *
 * PCRE2 compares names loosely, knows names of its own, and lacks the long ones of general
 * categories.
 */
#ifndef DUBAN_SCHEMA_ECMA_PROPERTY_H
#define DUBAN_SCHEMA_ECMA_PROPERTY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* ecma_property_exists: whether ECMA-262 has the property; of a script, whose names PCRE2 has, only
 * how it is asked for. */
bool ecma_property_exists(const char *text, size_t n);

/* ecma_property_rewrite: appends \p{…}, or \P{…} when negated, for PCRE2. */
void ecma_property_rewrite(struct str *out, const char *text, size_t n, bool negated);

#endif
