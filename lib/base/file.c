#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
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

static bool look(const char *path, struct stat *what)
{
	return (strcmp(path, "-") == 0 ? fstat(STDIN_FILENO, what) : stat(path, what)) == 0;
}

bool path_same(const char *a, const char *b)
{
	struct stat x, y;

	return look(a, &x) && look(b, &y) && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

int path_real(const char *path, struct str *out)
{
	char real[PATH_MAX]; /* with one of its own realpath hides that there was no memory */

	if (!realpath(path, real))
		return -1;
	str_add(out, real);
	if (!out->failed)
		return 0;
	errno = ENOMEM;
	return -1;
}

struct paths {
	const char **items;
	size_t count;
};

static int add_path(struct paths *paths, struct arena *arena, const char *path)
{
	size_t n = paths->count;
	const char **grown = paths->items;

	/* grows where the count is a power of two */
	if ((n & (n - 1)) == 0) {
		grown = arena_array(arena, n ? n * 2 : 1, sizeof(*grown));
		if (!grown)
			return -1;
		if (n)
			memcpy(grown, paths->items, n * sizeof(*grown));
		paths->items = grown;
	}
	grown[paths->count++] = path;
	return 0;
}

static int add_entry(struct paths *files, struct paths *folders, struct arena *arena,
		     const char *folder, const char *name)
{
	const char *slash = folder[strlen(folder) - 1] == '/' ? "" : "/";
	const char *path = arena_concat(arena, folder, slash, name, NULL);
	struct stat st;

	if (!path || lstat(path, &st) < 0)
		return -1;
	if (S_ISDIR(st.st_mode))
		return add_path(folders, arena, path);
	return S_ISREG(st.st_mode) ? add_path(files, arena, path) : 0;
}

static int list_folder(struct paths *files, struct paths *folders, struct arena *arena,
		       const char *folder)
{
	DIR *dir = opendir(folder);
	const struct dirent *entry;
	int error = dir ? 0 : errno;

	while (!error && (errno = 0, entry = readdir(dir)))
		if (*entry->d_name != '.' &&
		    add_entry(files, folders, arena, folder, entry->d_name) < 0)
			error = errno;
	if (!error)
		error = errno;
	if (dir)
		closedir(dir);
	errno = error;
	return error ? -1 : 0;
}

static int by_path(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* not fts(3): glibc's does not survive that it finds no memory */
const char **files_below(const char *folder, struct arena *arena, size_t *count)
{
	struct paths files = { .items = arena_array(arena, 1, sizeof(*files.items)) };
	struct paths folders = { 0 };

	if (!files.items || add_path(&folders, arena, folder) < 0)
		return NULL;
	for (size_t i = 0; i < folders.count; i++)
		if (list_folder(&files, &folders, arena, folders.items[i]) < 0)
			return NULL;
	qsort(files.items, files.count, sizeof(*files.items), by_path);
	*count = files.count;
	return files.items;
}
