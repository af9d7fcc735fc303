/*
 * dispatch.h: reads what an issue of the plan's reports tells, in one scan (dispatch-report).
 */
#ifndef DUBAN_CLI_DISPATCH_H
#define DUBAN_CLI_DISPATCH_H

#include "cli/read.h"
#include "model/dispatch.h"
#include "report/dispatch.h"

/*
 * dispatch_read: all records that the issue needs, as of the reader's moment: of every unit, or, with
 * --unit, of those and the plan's owner, and of the others as far as they are here (figures of the
 * whole city and ranks only when all are). Ends with 3 when a folder that is needed is not here, and
 * when the figures do not add up, which is a fault of the program.
 */
void dispatch_read(struct cli *cli, const struct reader *r, const struct issue *issue,
		   struct dispatch *d);

/* dispatch_words_load: what the schemas call things; lives in the cli's arena. */
void dispatch_words_load(struct cli *cli, const struct reader *r, const struct dispatch *d,
			 struct dispatch_words *words);

#endif
