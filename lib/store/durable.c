#include "store/durable.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

void signals_hold(sigset_t *before)
{
	sigset_t held;

	sigemptyset(&held);
	sigaddset(&held, SIGINT);
	sigaddset(&held, SIGTERM);
	sigaddset(&held, SIGHUP);
	sigaddset(&held, SIGQUIT);
	sigaddset(&held, SIGPIPE);
	pthread_sigmask(SIG_BLOCK, &held, before);
}

void signals_go(const sigset_t *before)
{
	pthread_sigmask(SIG_SETMASK, before, NULL);
}

int open_at(int dir, const char *name, int flags)
{
	int fd;

	do
		fd = openat(dir, name, flags | O_CLOEXEC, 0666);
	while (fd < 0 && errno == EINTR);
	return fd;
}

int lock_fd(int fd, int operation)
{
	int result;

	do
		result = flock(fd, operation);
	while (result < 0 && errno == EINTR);
	return result;
}

int sync_fd(int fd)
{
	int result;

	do
		result = fsync(fd);
	while (result < 0 && errno == EINTR);
	return result;
}

int sync_folder(int dir)
{
	return sync_fd(dir) == 0 || errno == EINVAL ? 0 : -1;
}

static int write_all(int fd, const char *bytes, size_t n)
{
	while (n) {
		ssize_t written = write(fd, bytes, n);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return -1;
		bytes += written;
		n -= (size_t)written;
	}
	return 0;
}

int write_through(int fd, const char *bytes, size_t n)
{
	bool ok = write_all(fd, bytes, n) == 0 && sync_fd(fd) == 0;
	int saved = errno;

	/* interrupted, it is closed nevertheless, and what it held is on the disk */
	if (close(fd) < 0 && ok && errno != EINTR)
		return -1;
	errno = saved;
	return ok ? 0 : -1;
}

/* syncs the folder that a path stands in */
static int sync_parent(const char *path)
{
	char parent[PATH_MAX];
	size_t n = strlen(path);
	int dir, result, saved;

	while (n > 1 && path[n - 1] == '/')
		n--;
	while (n && path[n - 1] != '/')
		n--;
	if (n >= sizeof(parent)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(parent, path, n);
	parent[n] = '\0';
	dir = open_at(AT_FDCWD, n ? parent : ".", O_RDONLY | O_DIRECTORY);
	if (dir < 0)
		return -1;
	result = sync_folder(dir);
	saved = errno;
	close(dir);
	errno = saved;
	return result;
}

static int make_temp(char *temp)
{
	size_t n = strlen(temp);
	int fd;

	do {
		memset(temp + n - 6, 'X', 6);
		fd = mkstemp(temp);
	} while (fd < 0 && errno == EINTR);
	return fd;
}

static int rename_over(const char *temp, const char *name)
{
	int result;

	do
		result = rename(temp, name);
	while (result < 0 && errno == EINTR);
	return result;
}

/* a temp file beside the name, and its name then; mkstemp's file is its owner's alone, this one is
 * as any other */
static int replace(const char *name, char *temp, const char *bytes, size_t n)
{
	mode_t mask = umask(0);
	int fd, saved;

	umask(mask);
	fd = make_temp(temp);
	if (fd < 0)
		return -1;
	if (fchmod(fd, 0666 & ~mask) < 0) {
		saved = errno;
		close(fd);
		errno = saved;
	} else if (write_through(fd, bytes, n) == 0 && rename_over(temp, name) == 0) {
		return sync_parent(name);
	}
	saved = errno;
	unlink(temp);
	errno = saved;
	return -1;
}

/* a device, a pipe or a folder is no place for a file, behind a link neither */
static bool may_replace(const char *name)
{
	struct stat st;

	if (stat(name, &st) < 0 || S_ISREG(st.st_mode))
		return true;
	errno = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
	return false;
}

int file_replace(const char *name, const char *bytes, size_t n)
{
	char temp[PATH_MAX];
	sigset_t before;
	int result, saved;

	if (!may_replace(name))
		return -1;
	if (snprintf(temp, sizeof(temp), "%s.XXXXXX", name) >= (int)sizeof(temp)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	signals_hold(&before);
	result = replace(name, temp, bytes, n);
	saved = errno;
	signals_go(&before);
	errno = saved;
	return result;
}

int folder_make(const char *path)
{
	int result;

	do
		result = mkdir(path, 0777);
	while (result < 0 && errno == EINTR);
	if (result < 0 && errno != EEXIST)
		return -1;
	/* one that another is making may not be on the disk yet; an old one may stand where we
	 * cannot look */
	return sync_parent(path) == 0 || result < 0 ? 0 : -1;
}
