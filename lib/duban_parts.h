/*
 * duban_parts.h: what the files behind duban.h share, and nobody else knows.
 */
#ifndef DUBAN_PARTS_H
#define DUBAN_PARTS_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"
#include "duban.h"
#include "schema/schema.h"

struct reporter {
	duban_report *report;
	void *context;
};

struct duban_set {
	struct schema_set *set;
	struct reporter to;
};

struct duban_stream {
	struct stream *stream;
	struct findings findings; /* of reading, until they are handed over */
	struct reporter to;
	struct str own; /* the text of a file */
	char *name;
	struct schema_source source;
	struct lines lines; /* of the source */
	struct arena arena;
	struct node *root; /* the document, or NULL */
};

/* fail_with: sets errno; always -1. */
int fail_with(int error);

/* are_flags: whether no other flags than the known ones are set; else with errno EINVAL. */
bool are_flags(unsigned flags, unsigned known);

/*
 * finish: the end of a call: its findings are handed over and forgotten. Returns `result`, or -1
 * with errno; what failed without a finding failed for want of memory.
 */
int finish(int result, struct findings *findings, const struct reporter *to);

#endif
