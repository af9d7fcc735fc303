/*
 * writer.h: what all commands that add a file share: who acts, for which unit, when; dry run; lock.
 */
#ifndef DUBAN_CLI_WRITER_H
#define DUBAN_CLI_WRITER_H

#include "cli/cli.h"
#include "cli/value.h"

struct writer {
	/* as given */
	const char *by, *unit_text, *at_text, *wait_text;
	bool dry_run;
	/* after writer_resolve */
	int unit;
	moment_t at; /* MOMENT_NONE: now */
	unsigned wait;
};

/* writer_add_options: --by, --unit (unless the command has it as a filter too), --at, -n, --wait.
 */
void writer_add_options(struct cli *cli, struct writer *w, bool unit);

/* writer_take_unit: of a command that has --unit as a filter too: the one it acts for. */
void writer_take_unit(struct writer *w, const struct strings *units);

/*
 * writer_resolve: after cli_open: $DUBAN_BY and $DUBAN_UNIT where the options are missing; the unit
 * from the plan, the time parsed and not later than ten minutes from now. Ends with 1 when
 * something is missing or wrong, or when the plan's people do not know the person.
 */
void writer_resolve(struct cli *cli, struct writer *w);

/*
 * writer_time: the moment of a new event after `newest` (MOMENT_NONE: a new record, and then there is
 * always one). MOMENT_NONE and a finding when --at is not later.
 */
moment_t writer_time(struct cli *cli, const struct writer *w, moment_t newest);

/* stamp: puts at, by, unit into a map. */
void writer_stamp(struct cli *cli, const struct writer *w, moment_t at, struct node *map);

/* writer_create: store_create, and prints the path when it is done; false after findings. */
enum outcome writer_create(struct cli *cli, const char *path, const struct node *root);

/*
 * milestone_list: the plan's milestones, as a record has them, for a problem with these fields that
 * is listed on the day. NULL: it has milestones of its own, no due date, one before the listing
 * (then the schema or a guard says so), another track than `scheduled` (domain 2.8), or the plan
 * knows none. A year that the calendar does not hold ends the program with 1.
 */
struct node *milestone_list(struct cli *cli, const struct node *fields, day_t listed);

/*
 * writer_tail: the digits (less than 32 bits) that tell a new file's name from others': random, or,
 * where $DUBAN_SEED is set, computed from it, from what is written and from the attempt, so that
 * the same commands make the same names. Ends with 3 when there are none.
 */
uint32_t writer_tail(struct cli *cli, unsigned bits, const struct node *root, unsigned attempt);

/*
 * option_findings: findings of a value that was made from options get the option's name for a file:
 * what /method points to is said of --method.
 */
void option_findings(struct cli *cli, const struct field_options *fields, struct findings *from);

/*
 * schema_findings: checks a record or an event that is to be written and appends what is wrong to
 * `to`; true when it is valid. Besides the schema it must hold nothing that a reader would refuse
 * (contract 2): control characters, other encodings, more than a file may hold. `source`: where it
 * came from, or NULL. schema_fits: the same, but that it is not written and read.
 * schema_reads_back: that alone: the limits of a file, and a net below the rules of quoting.
 */
bool schema_fits(struct cli *cli, const struct schema *schema, const struct node *value,
		 const struct schema_source *source, struct findings *to);
bool schema_reads_back(struct cli *cli, const struct node *value,
		       const struct schema_source *source, struct findings *to);
bool schema_findings(struct cli *cli, const struct schema *schema, const struct node *value,
		     const struct schema_source *source, struct findings *to);

#endif
