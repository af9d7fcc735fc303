/* The lock under which a record's next event is decided and written, or a table is imported. */
#include <errno.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/msg.h"
#include "store/folder.h"

#define STEP_MS 20

/*
 * Opens what is locked: the folder; where that cannot be locked (NFS and SMB lock only what is open
 * for writing), the file of the path, in which nothing is written. All who come to the same mount
 * come to the same of the two.
 */
static int try_lock(int dir, const char *name, int *lock)
{
	int fd, saved;

	if (lock_fd(dir, LOCK_EX | LOCK_NB) == 0) {
		*lock = dir;
		return 0;
	}
	if (errno != EBADF && errno != EINVAL && errno != EOPNOTSUPP)
		return -1;
	fd = open_at(dir, name, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return -1;
	if (lock_fd(fd, LOCK_EX | LOCK_NB) == 0) {
		close(dir);
		*lock = fd;
		return 0;
	}
	saved = errno;
	close(fd);
	errno = saved;
	return -1;
}

static enum outcome refuse(const char *path, int error, struct findings *findings)
{
	struct finding busy = { .level = LEVEL_ERROR, .code = "busy", .file = path };

	if (error != EWOULDBLOCK) {
		finding_errno(findings, path, _("cannot lock"), error);
		return CANNOT;
	}
	finding_hint(
		findings,
		findings_add(findings, &busy, "%s", _("another command is writing in this folder")),
		"%s", _("try again, or wait longer with --wait SECONDS"));
	return BUSY;
}

enum outcome store_lock(const struct store *store, const char *path, unsigned seconds, int *lock,
			struct findings *findings)
{
	struct timespec step = { .tv_nsec = STEP_MS * 1000000L };
	unsigned long left = (unsigned long)seconds * 1000 / STEP_MS;
	const char *name;
	int dir = folder_open(store, path, &name), saved;

	if (dir < 0)
		return refuse(path, errno, findings);
	while (try_lock(dir, name, lock) < 0) {
		saved = errno;
		if (saved != EWOULDBLOCK || left == 0) {
			close(dir);
			return refuse(path, saved, findings);
		}
		nanosleep(&step, NULL);
		left--;
	}
	return DONE;
}

void store_unlock(int lock)
{
	if (lock >= 0)
		close(lock);
}
