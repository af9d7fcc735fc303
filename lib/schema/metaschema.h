/*
 * metaschema.h: the metaschemas of JSON Schema 2020-12, built in, so that a `$ref` or a `$schema`
 * to one of them needs neither network nor disk. Private to lib/schema.
 */
#ifndef DUBAN_SCHEMA_METASCHEMA_H
#define DUBAN_SCHEMA_METASCHEMA_H

#include <stddef.h>

#define DIALECT_2020_12 "https://json-schema.org/draft/2020-12/schema"

/*
 * metaschema_find: the text (YAML) of the metaschema with this absolute URI of n bytes, without
 * fragment; NULL for any other. Static.
 */
const char *metaschema_find(const char *uri, size_t n);

#endif
