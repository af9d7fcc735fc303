/*
 * push.h: what is pushed into a record folder that lies in git, or is about to be committed to it,
 * judged before it is taken (contract 1, record-guard): additions only, by the right unit in the
 * right place, valid.
 *
 * Nothing is read but git's objects. The plan and the schemas that judge are those of what is there
 * already; only where the plan's owner pushes, those that come. What is read grows with what is
 * pushed, not with what is there.
 */
#ifndef DUBAN_CLI_PUSH_H
#define DUBAN_CLI_PUSH_H

#include "cli/cli.h"
#include "store/git.h"

/* one reference that changes; ids in hexadecimal, nothing but zeros where there is none */
struct push_ref {
	const char *name, *old, *new;
};

struct pushing {
	struct cli *cli;
	struct git *git;       /* of push_git */
	const char *subfolder; /* the record folder in the work tree; "" the whole */
	const char *unit;      /* for whom is pushed: units, with commas; NULL: not known */
	size_t files;          /* how many were judged */
};

/*
 * push_git: git in the folder of -C or the working directory, with the environment of this command.
 * What cli_start found there as a record folder is let go. Ends with 3 when the folder cannot be
 * opened.
 */
struct git *push_git(struct cli *cli);

/*
 * push_refs: judges n references that change together. Findings are appended to the cli's; their
 * files are `<commit>:<path>`. Ends with 3 when git does not answer or nothing can judge.
 */
void push_refs(struct pushing *pushing, const struct push_ref *refs, size_t n);

/* push_commit: the same of what is about to be committed: the index against HEAD. */
void push_commit(struct pushing *pushing);

#endif
