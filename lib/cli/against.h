/*
 * against.h: a record folder compared with a commit: additions only (contract 1, record-check
 * --against).
 */
#ifndef DUBAN_CLI_AGAINST_H
#define DUBAN_CLI_AGAINST_H

#include "cli/cli.h"

/*
 * against_check: what of the commit under the unit folders is changed (`changed`) or gone (`gone`):
 * errors; what was added since and is dated before the commit's own time (`backdated`): a warning.
 * Every file is read and hashed: what git was told to overlook is not overlooked. What a sparse
 * checkout leaves out is passed over. Asks git; ends with 3 when git cannot answer.
 */
void against_check(struct cli *cli, const char *revision);

#endif
