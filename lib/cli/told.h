/*
 * told.h: findings as the product of a command that checks: on standard output, as text with a line
 * of counts, or as JSON (contract 4, record-check --format json).
 */
#ifndef DUBAN_CLI_TOLD_H
#define DUBAN_CLI_TOLD_H

#include "cli/cli.h"

/* told_check_format: text, json or NULL; ends with 2 otherwise. */
void told_check_format(const char *format);

/*
 * told_print: prints the findings so far, sorted before; `prefix` goes before the files' names in
 * text. Findings that were printed are forgotten, and so are not told again at the end.
 */
void told_print(struct cli *cli, const char *format, size_t files, const char *prefix);

#endif
