/*
 * push_parts.h: one reference, or one commit to be made, while it is judged. Private to lib/cli.
 */
#ifndef DUBAN_CLI_PUSH_PARTS_H
#define DUBAN_CLI_PUSH_PARTS_H

#include "base/map.h"
#include "cli/push.h"
#include "model/record.h"

/* what is wrong in a push is told until there is this much of it */
#define MOST_TOLD 100

/* a file below a unit's folder that was not there before */
struct push_file {
	const char *path; /* from the record folder */
	const struct git_entry *entry;
	bool judged; /* a record, an event, or evidence that an event names */
};

/* what was looked at in the new commits */
struct push_shape {
	const char *commit; /* the first that has the path */
	uint32_t mode;      /* as it was last */
	char id[GIT_ID_SIZE];
};

struct push {
	struct pushing *all;
	struct cli *cli;
	struct git *git;
	struct findings findings; /* files are paths in the work tree */
	const char *prefix;       /* the record folder's path with / behind it, or "" */
	const char *base, *tip;   /* trees: what was there (NULL: nothing), what is to be there */
	const char *const
		*others; /* trees of what is merged: what comes from there is not judged */
	size_t nothers;
	const char *since;     /* the commit of `base`, or NULL */
	const char *commit;    /* the newest, or NULL: it is still to be made */
	struct map shapes;     /* path in the work tree -> struct push_shape */
	struct map seen;       /* trees that were looked at, with their path */
	struct map folders;    /* of units, before and after, and their names as compared */
	struct unit_set units; /* who pushes */
	bool anyone;           /* it is not known who does */
	bool owner;
	bool plan_changes; /* plan.yaml or schemas/ */
	struct store store, judge;
	struct push_file *added;
	size_t nadded, added_cap;
	struct map added_paths; /* path from the record folder -> struct push_file */
};

/* push_say: an error about a path in the work tree (NULL: about the reference); hint may be NULL. */
struct finding *push_say(struct push *push, const char *code, const char *path, const char *hint,
			 const char *format, ...) __attribute__((format(printf, 5, 6)));

/* push_full: whether so much was told that looking further helps nobody. */
bool push_full(const struct push *push);

/* push_inside: the path from the record folder, or NULL: it lies outside. */
const char *push_inside(const struct push *push, const char *path);

/* push_unit_folder: whether a path from the record folder lies in a unit's folder (or is it). */
bool push_unit_folder(const struct push *push, const char *inside);

/* push_folder: of an entry, NULL when it is none or cannot be read. */
const struct git_folder *push_folder(struct push *push, const struct git_entry *entry);

/* push_text: of the arena, or the end. push_join: `folder` and `name` as a path. */
char *push_text(struct push *push, char *text);
char *push_join(struct push *push, const char *folder, const char *name);

/* push_likeness: the name as file systems that know no case would compare it; "" when it is no text. */
const char *push_likeness(struct push *push, const char *name);

/* push_plain: whether every system that git runs on can have the name, and takes it for no other. */
bool push_plain(struct push *push, const char *name);

/* push_ask: what git prints for the arguments, in the arena, its last newline cut off; or the end. */
char *push_ask(struct pushing *all, const char *const *arguments);

/*
 * push_find_judge: loads the plan that judges, of the tree `before` (NULL: there is none) or of the
 * tip; who pushes under it; the stores. Ends with 3 when there is no plan or it cannot be read.
 */
void push_find_judge(struct push *push, const char *before);

/* push_shapes: every file and folder of a commit's tree that is not in the base: its name, its mode, its size. */
void push_shapes(struct push *push, const char *commit, const char *tree);

/* push_changes: from base to tip: additions only below the units, and who may change the rest. */
void push_changes(struct push *push);

/* push_records: every file that was added, with its record: valid, and by whom it says it is. */
void push_records(struct push *push);

/*
 * push_undone: what becomes of the events of the record that were there before, because of what was
 * added with an earlier time. Offices that decide against each other are let through, and told. But a
 * closing or a reopening that is undone so, a record that leaves the list before what another unit did
 * to it, and an event that comes to count against the rules are refused: nobody moves by dating back.
 * `found`: what the check of the record found.
 */
void push_undone(struct push *push, const struct folded *after, const struct findings *found,
		 struct arena *arena);

#endif
