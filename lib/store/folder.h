/*
 * folder.h: the folder that a path below the root leads to, opened one step at a time, so that no
 * symbolic link is followed and nothing leads out. Private to lib/store.
 */
#ifndef DUBAN_STORE_FOLDER_H
#define DUBAN_STORE_FOLDER_H

#include <fcntl.h>

#include "store/durable.h"
#include "store/store.h"

#define FOLDER (O_RDONLY | O_DIRECTORY | O_NOFOLLOW)

/* is_file_name: whether n bytes can name an entry of a folder: not itself, not the one above. */
bool is_file_name(const char *name, size_t n);

/* folder_step: opens the first folder of the path in `dir` and moves the path behind it. -1 with
 * errno; EINVAL when it has no name or goes up. */
int folder_step(int dir, const char **path);

/* folder_last: *name is the path's last part; dir, or -1 with EINVAL, and dir closed, when that is no
 * name. */
int folder_last(int dir, const char *path, const char **name);

/* folder_open: opens the folder that the path lies in; *name is its last part. -1 with
 * errno. */
int folder_open(const struct store *store, const char *path, const char **name);

#endif
