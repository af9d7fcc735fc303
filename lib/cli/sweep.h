/*
 * sweep.h: what lies in a record folder beside records and events: evidence that no event names,
 * files that killed commands left, folders that no unit has.
 */
#ifndef DUBAN_CLI_SWEEP_H
#define DUBAN_CLI_SWEEP_H

#include "cli/cli.h"

/* the evidence files that events name: 48 bits of the digest each */
struct evidence_names {
	uint64_t *items;
	size_t count, cap;
	bool sorted;
};

/* evidence_names_take: those of one event; evidence_names_join: moves `from` behind `to`. */
bool evidence_names_take(struct evidence_names *names, const struct node *event);
bool evidence_names_join(struct evidence_names *to, struct evidence_names *from);
void evidence_names_release(struct evidence_names *names);

/* sweep_is_left: whether the temp file is no living command's. */
bool sweep_is_left(struct cli *cli, const char *folder, const char *name);

/* sweep_left: removes a left-over temp file; what was removed is a note. False never. */
bool sweep_left(struct cli *cli, const char *folder, const char *name, struct findings *findings);

/*
 * sweep_root: the root itself, its schemas and the evidence of all units; sweep_unit: the evidence
 * of one. They append findings to the cli's. `names` are those of all events of these units.
 */
void sweep_root(struct cli *cli, struct evidence_names *names, bool tidy);
void sweep_unit(struct cli *cli, const char *unit, struct evidence_names *names, bool tidy);

/*
 * paths_limits: what people name to be checked as scans, with units, kinds, months and prefix set:
 * the root, units, kinds' folders, months, records and events, which stand for their records. What
 * lies in another one of them is left out. Returns their number; they live in the cli's arena. Ends
 * with 1 when a path is none of these.
 */
size_t paths_limits(struct cli *cli, const struct strings *paths, struct scan **scans);

#endif
