/*
 * uri.h: resolving URI references (RFC 3986, section 5) and JSON pointers in fragments (RFC 6901,
 * section 6).
 *
 * Works on any scheme, `urn:` and `duban:` included; nothing is normalised beyond dot segments, as
 * 2020-12 core 8.2.1 compares URIs as they are written.
 */
#ifndef DUBAN_SCHEMA_URI_H
#define DUBAN_SCHEMA_URI_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* uri_fragment: where the `#` is, or n when there is none. */
size_t uri_fragment(const char *uri, size_t n);

/* uri_is_absolute: whether it starts with a scheme and a colon. */
bool uri_is_absolute(const char *uri, size_t n);

/* uri_resolve: appends the target of `reference` seen from `base` (RFC 3986 5.2.2), fragment
 * included. */
void uri_resolve(struct str *out, const char *base, size_t nbase, const char *reference, size_t n);

/* uri_decode: appends the text with %XX decoded; false when a % is not followed by two hex digits.
 */
bool uri_decode(struct str *out, const char *text, size_t n);

/* uri_encode: appends the text with %XX for what may not stand in a path or fragment (RFC 3986
 * 3.3). Letters of any script stay, as in IRIs (RFC 3987): a `$ref` names a file as it is called.
 */
void uri_encode(struct str *out, const char *text, size_t n);

/* uri_add_path: appends the file: URI of an absolute path (RFC 8089). */
void uri_add_path(struct str *out, const char *path);

#endif
