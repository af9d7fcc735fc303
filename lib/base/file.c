#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>

#define SMALLEST_READ ((size_t)4096)

static int read_all(int fd, size_t limit, bool regular, struct str *out)
{
	size_t total = 0, step = SMALLEST_READ;

	for (;;) {
		char *to = str_room(out, step);
		ssize_t n;

		if (!to) {
			errno = ENOMEM;
			return -1;
		}
		n = read(fd, to, step);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		if (n == 0)
			break;
		total += (size_t)n;
		if (total > limit) {
			errno = EFBIG;
			return -1;
		}
		out->len += (size_t)n;
		/* nothing cuts a read within the first page short but the end of the file */
		if (regular && total < SMALLEST_READ)
			break;
		if ((size_t)n == step && step < SMALLEST_READ * 64)
			step *= 2;
	}
	out->p[out->len] = '\0';
	return 0;
}

int fd_read(int fd, size_t limit, struct str *out)
{
	return read_all(fd, limit, false, out);
}

static int read_regular(int fd, size_t limit, struct str *out)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return -1;
	if (!S_ISREG(st.st_mode)) {
		errno = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
		return -1;
	}
	if ((size_t)st.st_size > limit) {
		errno = EFBIG;
		return -1;
	}
	if (!str_room(out, (size_t)st.st_size + SMALLEST_READ)) {
		errno = ENOMEM;
		return -1;
	}
	return read_all(fd, limit, true, out);
}

int path_read(const char *path, size_t limit, struct str *out)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	int result, saved;

	if (fd < 0)
		return -1;
	result = fd_read(fd, limit, out);
	saved = errno;
	close(fd);
	errno = saved;
	return result;
}

static int open_and_read(int dirfd, const char *name, size_t limit, bool regular, struct str *out)
{
	int follow = dirfd == AT_FDCWD ? 0 : O_NOFOLLOW;
	int fd = openat(dirfd, name, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | follow);
	int result, saved;

	if (fd < 0)
		return -1;
	result = regular ? read_all(fd, limit, true, out) : read_regular(fd, limit, out);
	saved = errno;
	close(fd);
	errno = saved;
	return result;
}

int file_read(int dirfd, const char *name, size_t limit, struct str *out)
{
	return open_and_read(dirfd, name, limit, false, out);
}

int file_read_listed(int dirfd, const char *name, size_t limit, struct str *out)
{
	return open_and_read(dirfd, name, limit, true, out);
}
