/*
 * across.h: what no record shows by itself: the same figure twice, and one that is counted up to a
 * date and falls. Workers note what they read, record by record; at the end all of it is compared.
 */
#ifndef DUBAN_CLI_ACROSS_H
#define DUBAN_CLI_ACROSS_H

#include "cli/check.h"

/* of one batch; in its arena. Zeroed before use. */
struct across_notes {
	struct seen *seen;
	size_t nseen;
	struct stand *stands;
	size_t nstands;
};

/* of all; zeroed before use */
struct across {
	struct seen *seen;
	size_t nseen, seen_cap;
	struct stand *stands;
	size_t nstands, stands_cap;
};

/* across_note: what there is to compare of a record. False when out of memory. */
bool across_note(struct across_notes *notes, const struct plan *plan, const struct checked *checked,
		 struct arena *arena);

/* across_join: copies the notes of a batch behind the others. False when out of memory. */
bool across_join(struct across *across, const struct across_notes *notes);

/*
 * across_check: appends warnings to the cli's: same-observation (contract 2: the one entered later
 * counts) and fell (domain T035: without a decrease_reason).
 */
void across_check(struct across *across, struct cli *cli);
void across_release(struct across *across);

#endif
