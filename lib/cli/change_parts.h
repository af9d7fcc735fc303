/*
 * change_parts.h: one event in the making, and what makes it of what the options say. Private to
 * lib/cli.
 */
#ifndef DUBAN_CLI_CHANGE_PARTS_H
#define DUBAN_CLI_CHANGE_PARTS_H

#include "cli/change.h"
#include "cli/figures.h"

/* one event in the making */
struct making {
	struct change *change;
	struct cli *cli;
	const struct ref *ref;
	struct record record;
	struct folded folded;
	struct node *fields; /* what the options say */
	struct node *root;   /* the event */
	struct event event;
	moment_t at;
	struct figures figures;
	bool have_figures;
};

/* making_map: an empty map in the cli's arena, or the end. making_set_text: puts a text into one. */
struct node *making_map(struct making *m);
void making_set_text(struct making *m, struct node *map, const char *name, const char *text);

/* making_path: where an attachment will lie, from the root. */
const char *making_path(struct making *m, const struct attachment *a);

/* making_fields: the record's fields with what the event sets laid over. */
const struct node *making_fields(struct making *m, const struct node *event);

/* making_compose: the event of what the options say: its tree in `root`, and `event`. */
void making_compose(struct making *m);

#endif
