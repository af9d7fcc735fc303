/*
 * handin.h: what a unit hands in, as a folder (plan L70; domain 1.M, 2.5): its forms, its list of
 * problems, its files of evidence under names that people read, a list of digests, a page of
 * contents. Nothing is sent.
 */
#ifndef DUBAN_CLI_HANDIN_H
#define DUBAN_CLI_HANDIN_H

#include "cli/export.h"

/*
 * handin_write: after export_resolve, for one unit: fills `folder`, which is made when it is not
 * there, and prints what is in it and where it goes. Ends with 1, with nothing written, when the
 * folder holds something or a file of evidence is missing or was changed; with 3 when one is not
 * here, or on an error of output, after which the folder is not whole.
 */
void handin_write(struct cli *cli, struct reader *reader, struct export_options *options,
		  const char *folder);

#endif
