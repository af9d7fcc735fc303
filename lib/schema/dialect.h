/*
 * dialect.h: what `$schema` says of a resource: which keywords count, and the metaschema that it
 * must obey. Private to lib/schema.
 */
#ifndef DUBAN_SCHEMA_DIALECT_H
#define DUBAN_SCHEMA_DIALECT_H

#include <stdbool.h>
#include <stdint.h>

#include "schema/keyword.h"

struct compiler;
struct resource;

/* of a resource that is compiled */
struct dialect {
	const struct resource *resource;
	uint32_t vocabularies;
	enum edition edition;
};

/*
 * dialect_of: by the nearest `$schema` of the resource or of those it stands in, 2020-12 where
 * there is none. A metaschema of one's own turns vocabularies on and off (2020-12 core 8.1.2), and
 * the resource is checked against it; its faults are findings at the resource. An earlier edition
 * counts with the keywords that mean the same in it as in 2020-12: one that it does not know is no
 * keyword, one that it understands otherwise is refused, and so is any other `$schema`.
 */
struct dialect dialect_of(struct compiler *compiler, const struct resource *resource);

/* dialect_knows: whether a keyword counts in a dialect. */
bool dialect_knows(const struct dialect *dialect, const struct keyword *keyword);

/* dialect_check: refuses what the schema being compiled says and an earlier edition understood
 * otherwise; false when there is such a thing. */
bool dialect_check(struct compiler *compiler, const struct dialect *dialect);

#endif
