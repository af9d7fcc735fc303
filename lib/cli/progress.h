/*
 * progress.h: how far long work is, on stderr when that is a terminal, and never otherwise.
 */
#ifndef DUBAN_CLI_PROGRESS_H
#define DUBAN_CLI_PROGRESS_H

#include <stddef.h>

/* progress_tick: n more things are done; shown after half a second, at most five times a second. */
void progress_tick(size_t n);

/* progress_of: how many things there are in all; told beside those that are done. */
void progress_of(size_t all);

/* progress_end: takes the line away again. */
void progress_end(void);

#endif
