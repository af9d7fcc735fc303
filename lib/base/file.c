#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
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

bool path_is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

int path_real(const char *path, struct str *out)
{
	char *real = realpath(path, NULL);

	if (!real)
		return -1;
	str_add(out, real);
	free(real);
	if (!out->failed)
		return 0;
	errno = ENOMEM;
	return -1;
}

static int by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

static bool add_path(struct arena *arena, const char ***paths, size_t count, const char *path)
{
	const char **grown = *paths;

	/* grows where the count is a power of two */
	if ((count & (count - 1)) == 0) {
		grown = arena_array(arena, count ? count * 2 : 1, sizeof(*grown));
		if (!grown)
			return false;
		if (count)
			memcpy(grown, *paths, count * sizeof(*grown));
		*paths = grown;
	}
	grown[count] = arena_strdup(arena, path);
	return grown[count] != NULL;
}

const char **files_below(const char *folder, struct arena *arena, size_t *count)
{
	char *roots[] = { (char *)(uintptr_t)folder, NULL };
	FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR | FTS_COMFOLLOW, by_name);
	const char **paths = arena_array(arena, 1, sizeof(*paths));
	int error = walk && paths ? 0 : ENOMEM;
	size_t n = 0;
	FTSENT *entry;

	while (!error && (errno = 0, entry = fts_read(walk))) {
		if (entry->fts_level > 0 && entry->fts_name[0] == '.')
			fts_set(walk, entry, FTS_SKIP);
		else if (entry->fts_info == FTS_F && entry->fts_level == 0)
			error = ENOTDIR;
		else if (entry->fts_info == FTS_F && !add_path(arena, &paths, n++, entry->fts_path))
			error = ENOMEM;
		else if (entry->fts_info == FTS_DNR || entry->fts_info == FTS_ERR ||
			 entry->fts_info == FTS_NS)
			error = entry->fts_errno;
	}
	if (!error)
		error = errno;
	if (walk)
		fts_close(walk);
	errno = error;
	*count = n;
	return error ? NULL : paths;
}
