/*
 * judge.h: what must hold after a command had its trouble, or the power was cut.
 */
#ifndef DUBAN_TESTS_JUDGE_H
#define DUBAN_TESTS_JUDGE_H

#include "work.h"
#include "world.h"

struct expected {
	bool killed;  /* by SIGKILL; it may leave temporary files, and tells nothing */
	bool may_die; /* of a signal: out of memory, in a library that does not survive it */
	bool handled; /* it must be done all the same */
	bool told;    /* it must not be done */
	/* the same call failed before: files that are as large as those of the clean run, where ids have
	 * one length, are not given to record-check once more */
	bool again;
};

/* judge: what the last run left (take). */
void judge(struct work *w, const struct expected *expected);

/* judge_cut: the state of the last cut. judge_folder: the same as a folder, by record-check. */
void judge_cut(struct work *w, struct world *world);
void judge_folder(struct work *w, struct world *world);

/* is_new_file: whether the last run added the i-th of what is there now. */
bool is_new_file(const struct work *w, size_t i);

#endif
