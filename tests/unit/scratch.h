/*
 * scratch.h: a folder of its own for a test that needs files. scratch_make and scratch_remove are
 * setup and teardown; in between the working directory is the folder.
 */
#ifndef DUBAN_TESTS_SCRATCH_H
#define DUBAN_TESTS_SCRATCH_H

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char scratch_path[4096];
static int scratch_home = -1; /* where the test was started */

static inline int scratch_make(void **state)
{
	const char *tmp = getenv("TMPDIR");

	(void)state;
	if (scratch_home < 0)
		scratch_home = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	snprintf(scratch_path, sizeof(scratch_path), "%s/duban-test.XXXXXX",
		 tmp && *tmp ? tmp : "/tmp");
	return mkdtemp(scratch_path) && chdir(scratch_path) == 0 ? 0 : -1;
}

static inline int scratch_remove_one(const char *path, const struct stat *st, int type,
				     struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static inline int scratch_remove(void **state)
{
	(void)state;
	return fchdir(scratch_home) == 0 &&
			       nftw(scratch_path, scratch_remove_one, 16, FTW_DEPTH | FTW_PHYS) == 0
		       ? 0
		       : -1;
}

/* scratch_write: a file with this text, the folders above it made as needed */
static inline void scratch_write(const char *path, const char *text, size_t n)
{
	char folder[4096];
	FILE *file;

	for (const char *p = strchr(path + 1, '/'); p; p = strchr(p + 1, '/')) {
		snprintf(folder, sizeof(folder), "%.*s", (int)(p - path), path);
		mkdir(folder, 0777);
	}
	file = fopen(path, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, n, file), n);
	assert_int_equal(fclose(file), 0);
}

#endif
