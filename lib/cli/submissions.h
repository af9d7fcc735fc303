/*
 * submissions.h: what units still owe for the hand-in of their evidence, read from the folder
 * (submission-check, reports).
 */
#ifndef DUBAN_CLI_SUBMISSIONS_H
#define DUBAN_CLI_SUBMISSIONS_H

#include "cli/read.h"
#include "model/submission.h"

/*
 * submissions_read: takes the visits, walkthroughs and submissions of r->units, and looks at every
 * file that they name. Ends with 3 when one is not here.
 */
void submissions_read(struct cli *cli, const struct reader *r, struct submissions *submissions);

/* evidence_look_at: a look_at_file (submission.h) for a cli: whether the file is there and the same. */
enum evidence_answer evidence_look_at(void *context, const char *file, const char *digest,
				      int64_t bytes);

/* evidence_must_be_here: ends with 3 when a file that was looked for lies in a folder not here. */
void evidence_must_be_here(struct cli *cli, const struct submissions *submissions);

/* evidence_labels: what people call the kinds of evidence, by code; NULL: nothing. */
const struct node *evidence_labels(struct cli *cli);

#endif
