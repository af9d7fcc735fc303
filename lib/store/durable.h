/*
 * durable.h: bytes that are on the disk, or an error that says they are not. What the rooms above
 * write beside the record folder goes the same way as what is written into it.
 *
 * A call that a signal interrupted is made again; a write that took a part goes on. Where these
 * return 0, a power cut does not undo what they did.
 */
#ifndef DUBAN_STORE_DURABLE_H
#define DUBAN_STORE_DURABLE_H

#include <signal.h>
#include <stddef.h>

/*
 * signals_hold: signals that end a program wait until signals_go with the same set, so that what is
 * half done is finished or taken back: only SIGKILL and power cuts leave a temporary file behind.
 */
void signals_hold(sigset_t *before);
void signals_go(const sigset_t *before);

/* retried calls: 0 or a descriptor, -1 with errno */
int open_at(int dir, const char *name, int flags);
int lock_fd(int fd, int operation);
int sync_fd(int fd);

/* sync_folder: the same of a folder; where a file system knows no such thing (EINVAL), it is done. */
int sync_folder(int dir);

/* write_through: writes n bytes, syncs and closes fd, which is closed whatever comes. */
int write_through(int fd, const char *bytes, size_t n);

/*
 * file_replace: the bytes under the name, whole or not at all. A regular file that is there is
 * replaced, and a link by itself; anything else is refused (EISDIR, EINVAL). -1 with errno: what was
 * there is there still, or the new file whole.
 */
int file_replace(const char *name, const char *bytes, size_t n);

/* folder_make: a folder, which may be there already; -1 with errno. */
int folder_make(const char *path);

#endif
