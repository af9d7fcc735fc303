/*
 * plan_loading.h: private to the files that make plan.h: a plan while it is read.
 */
#ifndef DUBAN_MODEL_PLAN_LOADING_H
#define DUBAN_MODEL_PLAN_LOADING_H

#include "model/plan.h"

struct loading {
	struct plan *plan;
	struct arena *arena;
	const char *file;
	struct findings *findings;
	bool failed;
};

/* loading_fault: an error at the node (NULL: none); the message has one %s, for the word. */
void loading_fault(struct loading *l, const struct node *at, const char *message, const char *word);

/*
 * loading_check: what the parts of a plan, all of them read, must say of each other and no schema
 * can say.
 */
void loading_check(struct loading *l);

#endif
