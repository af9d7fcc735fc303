/*
 * file.h: reading one file whole, and finding those of a folder. Together with lib/store, the only
 * place that touches the file system.
 */
#ifndef DUBAN_BASE_FILE_H
#define DUBAN_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"

/*
 * file_read: appends the whole of a regular file to *out. dirfd and name as openat takes them; a
 * symbolic link in the last place is not followed when dirfd is not AT_FDCWD. Returns 0, or -1 with
 * errno: EFBIG when it holds more than `limit` bytes, EISDIR for a folder, EINVAL for a device or
 * pipe, ENOMEM.
 */
int file_read(int dirfd, const char *name, size_t limit, struct str *out);

/* path_read: the same of a file that a person named, which may also be a pipe or a device. */
int path_read(const char *path, size_t limit, struct str *out);

/*
 * file_read_listed: the same of a name that was just listed as that of a regular file: the system
 * is not asked again. Where another took its place since, that one is read, without waiting for it.
 */
int file_read_listed(int dirfd, const char *name, size_t limit, struct str *out);

/* fd_read: the same from an open descriptor, which may be a pipe. */
int fd_read(int fd, size_t limit, struct str *out);

/* path_is_folder: whether the path, links followed, is that of a folder. */
bool path_is_folder(const char *path);

/* path_same: whether two paths, links followed, lead to one file that is there; "-" is standard input. */
bool path_same(const char *a, const char *b);

/* path_real: appends the absolute path without symbolic links; -1 with errno. */
int path_real(const char *path, struct str *out);

/*
 * files_below: the regular files below a folder, in the order of their paths, which begin with the
 * folder's; symbolic links and names that begin with a dot are passed over. The list lives in the
 * arena; *count is their number. NULL with errno.
 */
const char **files_below(const char *folder, struct arena *arena, size_t *count);

#endif
