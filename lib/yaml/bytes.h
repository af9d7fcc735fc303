/*
 * bytes.h: what must be right about a text before it is parsed. Private to lib/yaml and its tests.
 */
#ifndef DUBAN_YAML_BYTES_H
#define DUBAN_YAML_BYTES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "yaml/read.h"

/*
 * bytes_check: size, encoding, conflict markers and control characters. Returns 0, or -1
 * after one finding: the first fault, because what follows a wrong byte means nothing.
 */
int bytes_check(const char *name, const char *text, size_t size, const struct read_options *options,
		struct findings *findings);

/* bytes_check_encoding: size and encoding alone, what any text must be right in. */
int bytes_check_encoding(const char *name, const char *text, size_t size,
			 const struct read_options *options, struct findings *findings);

/*
 * bytes_forbidden: whether a record's text (UTF-8) holds what it may not: control characters other
 * than newline and tab, and characters that reorder or separate text unseen (bidi, U+2028, U+2029,
 * U+200B, U+FEFF and the like).
 */
bool bytes_forbidden(const char *text, size_t n);

#endif
