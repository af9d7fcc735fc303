/*
 * set.h: the registry of schema documents: which resource and which anchor a URI names. Private to
 * lib/schema.
 *
 * When a document is added its subschemas are walked once, along the keywords that hold schemas (so
 * an `$id` inside `const` or an unknown keyword is none, 2020-12 core 8.2.1), and every `$id`,
 * `$anchor` and `$dynamicAnchor` is entered.
 */
#ifndef DUBAN_SCHEMA_SET_H
#define DUBAN_SCHEMA_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/map.h"
#include "base/str.h"
#include "schema/schema.h"
#include "yaml/tree.h"

struct document {
	const char *name;
	struct lines *lines; /* of its text, or NULL */
	const struct node *root;
	struct findings faults; /* of identifiers and anchors, told with the others in compile.c */
	struct subschema *subschemas, *last; /* all of them, in order */
	struct document *next;               /* of the set */
};

/* 2020-12 core 4.3.5: a schema with its own absolute URI */
struct resource {
	const char *uri; /* without fragment */
	size_t len;
	const struct node *root;
	const struct document *document;
	const struct resource *outer; /* the resource it stands in, or NULL */
	struct map anchors;           /* name to subschema, dynamic ones too */
	struct map dynamic;           /* the dynamic ones alone */
};

struct subschema {
	const struct node *node;
	const struct resource *resource;
	const struct subschema *outer; /* the one it stands in, or NULL */
	struct subschema *next;        /* of the document */
};

/* a metaschema that schemas of the set name; without program while it is compiled, or after faults
 */
struct schema_metaschema {
	struct schema *schema;
	bool broken;
	struct schema_metaschema *next;
};

struct schema_set {
	struct arena arena;
	struct map resources;   /* URI to resource */
	struct map subschemas;  /* address of the node to subschema */
	struct map metaschemas; /* URI to metaschema */
	struct document *documents;
	struct schema_metaschema *compiled;
	size_t nmetaschemas;
	const struct resource *first; /* the first document that was added, or NULL */
};

/* where a reference leads: a node and the resource it belongs to */
struct target {
	const struct node *node;
	const struct resource *resource;
};

enum found { FOUND, NO_RESOURCE, NO_ANCHOR, NO_PLACE, BAD_REFERENCE, FOUND_NO_MEMORY };

/*
 * set_find: what an absolute URI names; a metaschema of 2020-12 is added to the set when it is
 * first asked for. *dynamic, when given, is the name of the `$dynamicAnchor` that the fragment
 * named, or NULL.
 */
enum found set_find(struct schema_set *set, const char *uri, size_t n, struct target *target,
		    const char **dynamic);

/* set_find_root: the same for a C string, or for NULL the root of the first document. */
enum found set_find_root(struct schema_set *set, const char *uri, struct target *target);

/* set_resolve: the same for a reference that stands in a resource. */
enum found set_resolve(struct schema_set *set, const struct resource *from,
		       const struct node *reference, struct target *target, const char **dynamic);

/* set_subschema: what the walk knows of a node, or NULL. */
const struct subschema *set_subschema(const struct schema_set *set, const struct node *node);

/* set_report: a finding at a node (or at a member's key) of a schema document. */
struct finding *set_report(struct findings *findings, const struct document *document,
			   const char *code, const struct node *node, const char *format, ...)
	__attribute__((format(printf, 5, 6)));

#endif
