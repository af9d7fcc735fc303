/*
 * figures.h: figures of indicators, read from the folder.
 */
#ifndef DUBAN_CLI_FIGURES_H
#define DUBAN_CLI_FIGURES_H

#include "cli/read.h"

/*
 * figures_read: all observations and inspections of all units as of r->as_of, for the day. `series`
 * as in figures_init.
 */
void figures_read(struct cli *cli, const struct reader *r, const struct indicator *series,
		  struct figures *figures);

/* figures_read_days: the same for several days, as in figures_init_days. */
void figures_read_days(struct cli *cli, const struct reader *r, const day_t *days, size_t n,
		       struct figures *figures);

/*
 * figures_need_city: ends with 3 when a folder is not here that the city's value of `only` (NULL: of
 * any indicator) needs.
 */
void figures_need_city(struct cli *cli, const struct reader *r, const struct indicator *only);

/* figures_indicator: what --indicator names, by id or name; ends with 1 when the plan has no such. */
const struct indicator *figures_indicator(struct cli *cli, const char *word);

#endif
