/*
 * tallies.h: what became of problems in a period, unit by unit, as report data (domain 2.10).
 */
#ifndef DUBAN_REPORT_TALLIES_H
#define DUBAN_REPORT_TALLIES_H

#include "model/tally.h"
#include "report/report.h"

/* the counts of one unit's problems; unit NO_UNIT: all */
struct unit_tally {
	int unit;
	struct tally tally;
};

/* cell_share: n of d in per cent, for people with the sign; 不适用 where d is 0. */
void cell_share(struct report *report, struct cell *cell, int64_t n, int64_t d);

/* tallies_tables: the flow of the period and the rates at its end: a row a unit, and their sum. */
void tallies_tables(struct report *report, const struct plan *plan, const struct unit_tally *units,
		    size_t n);

#endif
