/*
 * world.h: what a disk holds after a power cut, from the log of a command's calls (preload.c).
 *
 * What was synced is there. Of what was not, names may be there or not, each by itself and in any
 * order, and of bytes none, a part or all.
 */
#ifndef DUBAN_TESTS_WORLD_H
#define DUBAN_TESTS_WORLD_H

#include <stdbool.h>
#include <stddef.h>

struct world;

/* world_read: from a log; names below `root` count. world_free. */
struct world *world_read(const char *log, const char *root);
void world_free(struct world *world);

/* the counted calls, in order: what each is named; the number of allocations */
size_t world_calls(const struct world *world);
const char *world_call(const struct world *world, size_t n);
long world_allocations(const struct world *world);

/* world_points: so many moments there are at which the power may be cut; the last is the end. */
size_t world_points(const struct world *world);

/*
 * world_cut: one state of the disk after a cut at the point. `choice` says which of the names and
 * how much of the bytes that were not synced are there: from 0, as long as true is returned. 0 is
 * the least that may be there. world_name and the rest speak of that state until the next cut.
 */
bool world_cut(struct world *world, size_t point, size_t choice);

/* the names that the command made and that are there: path, bytes, whether they are all that the
 * file was to hold; NULL after the last */
struct world_file {
	const char *path;
	const char *bytes;
	size_t size;
	bool whole;
};
const struct world_file *world_file(struct world *world, size_t i);
const struct world_file *world_find(struct world *world, const char *path);

/* world_printed: the i-th line that was printed before the cut, or NULL. */
const char *world_printed(const struct world *world, size_t i);

#endif
