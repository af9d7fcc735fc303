/*
 * check.h: everything that can be said of one stored record with its events, without changing it:
 * record-check for all of a folder, record-guard for what is pushed.
 */
#ifndef DUBAN_CLI_CHECK_H
#define DUBAN_CLI_CHECK_H

#include "cli/cli.h"
#include "model/record.h"

/* every id there is, eight bytes each */
struct id_set {
	uint64_t *ids; /* sorted after id_set_read */
	size_t count;
	bool complete; /* all units' folders are here */
};

/*
 * id_set_read: lists the names of all records in the folder; two files with one id are findings.
 * Ends with 3 when a folder cannot be read.
 */
void id_set_read(struct cli *cli, struct id_set *set);
bool id_set_has(const struct id_set *set, uint64_t id);
void id_set_release(struct id_set *set);

/* What checks share; read-only while workers run. */
struct checker {
	struct cli *cli;
	const struct id_set *ids;
	const struct schema *kinds[KINDS], *event;
	struct schema_host host;
	bool hash_evidence;
	moment_t latest; /* an `at` after this lies in the future */
};

/* checker_init: compiles the schemas of the kinds; ends with 3 when one is wrong. */
void checker_init(struct checker *checker, struct cli *cli, const struct id_set *ids,
		  unsigned kinds);

/* one thread's scratch */
struct check_run {
	struct schema_run *kinds[KINDS], *event;
};
struct check_run *check_run_new(const struct checker *checker);
void check_run_free(struct check_run *run);

/* what was read of a record, for checks over many: in the arena */
struct checked {
	struct record record;
	bool whole; /* all files could be read and have a usable `entered` */
	/* of a whole record: its fields as the events leave them; NULL when they were not folded */
	const struct node *fields;
	bool withdrawn;
	const struct node **events; /* the trees of all events that could be read */
	size_t nevents;
};

/*
 * check_stored: YAML, schema, names against content, references, rules, moves, guards, evidence.
 * A file that cannot be read does not hide what is wrong with the others. Findings have paths
 * relative to the root. false when out of memory.
 */
bool check_stored(const struct checker *checker, struct check_run *run, const struct stored *stored,
		  struct arena *arena, struct findings *findings, struct checked *checked);

#endif
