/*
 * read.h: text to positioned trees: YAML by libyaml's events, and strict JSON.
 *
 * What libyaml lets pass is refused here, with a position: duplicate keys (both positions), depth
 * and size beyond the limits, and for records anchors, aliases, tags and merge keys. Bytes are
 * looked at first, so that GBK text, binary junk, conflict markers and control characters get a
 * message of their own.
 */
#ifndef DUBAN_YAML_READ_H
#define DUBAN_YAML_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "yaml/tree.h"

struct read_options {
	size_t bytes; /* largest text; 0: no limit */
	size_t depth; /* deepest nesting, at most 512 */
	size_t nodes; /* most nodes in a document; 0: no limit */
	bool plain;   /* a record: no anchors, aliases, tags, merge keys, bidi or other controls */
	bool exact;   /* a file of the folder: no BOM, no CR LF, which a person's input may have */
};

/* records and events: contract 2 */
extern const struct read_options READ_RECORD;
/* the same kinds of documents typed by a person, many in one text */
extern const struct read_options READ_INPUT;
/* plans and schemas: larger, aliases allowed */
extern const struct read_options READ_LARGE;
/* anybody's documents, of any size */
extern const struct read_options READ_ANY;

struct yaml_reader;

/*
 * yaml_open: a reader over a buffer that must live as long as the reader; `name` is what findings
 * call it. Faults of the bytes are found here. NULL after a finding, or when out of memory (errno
 * ENOMEM).
 */
struct yaml_reader *yaml_open(const char *name, const char *text, size_t size,
			      const struct read_options *options, struct findings *findings);

/*
 * yaml_next: the next document into *root (in the arena). Returns 1, 0 at the end of the stream, -1
 * after a finding; then the stream is at its end.
 */
int yaml_next(struct yaml_reader *reader, struct arena *arena, struct node **root);

void yaml_close(struct yaml_reader *reader);

/*
 * yaml_read: a text that holds exactly one document. An empty text or a second document is a
 * finding. NULL after a finding or when out of memory.
 */
struct node *yaml_read(struct arena *arena, const char *name, const char *text, size_t size,
		       const struct read_options *options, struct findings *findings);

/*
 * json_read: strict JSON (RFC 8259) into the same tree; a byte order mark is skipped, a name that
 * stands twice in an object is a finding. Of the options, size, depth and number of values count.
 * NULL after a finding (code json-syntax, or those of YAML) or when out of memory.
 */
struct node *json_read(struct arena *arena, const char *name, const char *text, size_t size,
		       const struct read_options *options, struct findings *findings);

#endif
