/*
 * ledger.h: the table of problems (问题台账): which of them, in which order, with why.
 */
#ifndef DUBAN_CLI_LEDGER_H
#define DUBAN_CLI_LEDGER_H

#include "cli/read.h"

struct ledger_options {
	struct strings states, leads, lights;
	const char *due_within, *sort;
	bool overdue;
	bool explain;   /* the command's own options, since other reports have them too */
	bool exit_code; /* a row makes the outcome REFUSED */
};

/* ledger_add_options: those that choose and sort. */
void ledger_add_options(struct cli *cli, struct ledger_options *options);

/* ledger_wanted: whether an option was given that only goes with the table. */
bool ledger_wanted(const struct ledger_options *options);

/* ledger_show: reads the problems and prints the table; ends on a word that is not known. */
enum outcome ledger_show(struct cli *cli, struct reader *reader,
			 const struct ledger_options *options);

#endif
