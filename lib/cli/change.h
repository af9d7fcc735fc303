/*
 * change.h: adding one event to a record: lock, fold, is it allowed, guards, the whole valid,
 * create.
 */
#ifndef DUBAN_CLI_CHANGE_H
#define DUBAN_CLI_CHANGE_H

#include "cli/read.h"
#include "cli/writer.h"

/* a file that becomes evidence */
struct attachment {
	const char *given; /* as the person named it */
	const char *bytes; /* cleaned */
	const char *path;  /* once it is stored */
	size_t size;
	char digest[65], extension[11];
};

struct change {
	struct cli *cli;
	struct writer *writer;
	struct field_options fields; /* of events */
	struct strings sets, files, evidence_type, evidence_for;
	struct attachment *attachments;
	size_t nattachments;
	const struct node *import; /* the row that the next event was read from, or NULL */
	const struct schema *event_schema;
	size_t shown; /* documents, with --dry-run */
};

/* change_options: the options of an event: --to, --note, --done … --evidence, --set. */
void change_options(struct cli *cli, struct writer *w, struct change *change);

/* change_evidence_options: only --type, --note and --evidence-for (evidence-add). */
void change_evidence_options(struct cli *cli, struct writer *w, struct change *change);

/* change_no_options: none; the command fills in `sets` and `import` itself. */
void change_no_options(struct cli *cli, struct writer *w, struct change *change);

/* change_caution: says, once for all files of a command, what must not be attached. */
void change_caution(struct cli *cli);

/* change_wanted: whether any of them was given. */
bool change_wanted(const struct change *change);

/*
 * change_prepare: after writer_resolve: reads the evidence files and compiles the event's schema.
 * Ends on files that cannot be read or have no type.
 */
void change_prepare(struct change *change);

/*
 * change_add: adds the event to one record and prints its path. DONE, or an outcome with findings
 * told; ends the program only when memory or the plan's folder is gone.
 */
enum outcome change_add(struct change *change, const struct ref *ref);

/* change_try: whether change_add would add it, as far as can be known before; nothing is
 * written. */
enum outcome change_try(struct change *change, const struct ref *ref);

void change_release(struct change *change);

#endif
