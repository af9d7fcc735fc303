/*
 * finding.h: what a problem comes from: a record, or one finding of it (contract 4, problem-log).
 */
#ifndef DUBAN_CLI_FINDING_H
#define DUBAN_CLI_FINDING_H

#include "base/map.h"
#include "cli/cli.h"

struct source {
	const char *name; /* entry of `sources`: an id, or <id>/N */
	const char *id;
	int number;                /* the finding, from 1; 0: the record as a whole */
	const struct node *fields; /* effective */
	const char *origin;        /* of a problem found there, or NULL */
	const char *text;          /* the finding, or NULL when there is none or it says 无 */
};

/*
 * sources_read: records named as on any command line (also <id>/N, and - for standard input);
 * `number`: the finding that --finding names, or NULL. Ends with 1 when a record or a finding is
 * not there, or it has several findings and none was chosen. The list lives in the arena; returns
 * its length.
 */
struct strings;
size_t sources_read(struct cli *cli, const struct strings *names, const char *number,
		    struct source **sources);

/* which problems were found in which records */
struct origins {
	struct cli *cli;
	struct map by_record; /* id of the record → struct origin, private */
};

/* origins_read: of all problems as of a moment that were not withdrawn by then. */
void origins_read(struct origins *origins, struct cli *cli, moment_t as_of);

/* origins_of: the ids of those that were found in a record, as a list in the arena; NULL when out of
 * memory. */
struct node *origins_of(const struct origins *origins, const char *id, struct arena *arena);

/* source_problem: id of a problem that was logged from the same finding and not withdrawn, or NULL.
 */
const char *source_problem(struct cli *cli, const struct source *source);

#endif
