/*
 * tallies.h: what became of the problems of each unit in a period (rectify-status --summary).
 */
#ifndef DUBAN_CLI_TALLIES_H
#define DUBAN_CLI_TALLIES_H

#include "cli/read.h"
#include "report/tallies.h"

/*
 * period_option: the first and last day of a period that a person typed (2024, 2024-05, 2024-W18, a
 * day); NULL: from the beginning of the campaign to the day the reader judges by. Ends with 1 on
 * what is none.
 */
struct tally_period period_option(struct cli *cli, const struct reader *r, const char *text);

/*
 * tallies_read: counts the problems of r->units, one tally a unit, in the reader's arena; ends with
 * 3 when the identity does not hold, which is a fault of the program.
 */
struct unit_tally *tallies_read(struct cli *cli, const struct reader *r,
				const struct tally_period *period);

#endif
