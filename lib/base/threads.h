/*
 * threads.h: work that is divided among the processors.
 */
#ifndef DUBAN_BASE_THREADS_H
#define DUBAN_BASE_THREADS_H

#include <stddef.h>

#define THREADS_MOST 8

/*
 * threads_usable: as many as processors that we may use, which taskset and containers make fewer
 * than there are; at most THREADS_MOST.
 */
size_t threads_usable(void);

/*
 * threads_run: work(part) for each of the `n` parts, at most THREADS_MOST, of `size` bytes that
 * stand one behind the other; returns when all are done. The first is this thread's own, and so are
 * those for which there is no other; all of them where there is one processor.
 */
void threads_run(void *(*work)(void *part), void *parts, size_t n, size_t size);

#endif
