/* Reading a file whole: limits, and what is no file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <cmocka.h>

#include "base/file.h"
#include "scratch.h"

static void whole_files(void **state)
{
	static const size_t sizes[] = { 0, 1, 4095, 4096, 4097, 70000, 1000000 };
	struct str out = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		char *text = malloc(sizes[i] + 1);

		for (size_t j = 0; j < sizes[i]; j++)
			text[j] = (char)(j * 31 % 251);
		scratch_write("file", text, sizes[i]);
		str_reset(&out);
		str_add(&out, "before");
		assert_int_equal(file_read(AT_FDCWD, "file", sizes[i], &out), 0);
		assert_int_equal(out.len, sizes[i] + 6);
		assert_memory_equal(out.p, "before", 6);
		assert_memory_equal(out.p + 6, text, sizes[i]);
		assert_int_equal(out.p[out.len], '\0');
		str_reset(&out);
		assert_int_equal(file_read_listed(AT_FDCWD, "file", sizes[i], &out), 0);
		assert_int_equal(out.len, sizes[i]);
		assert_memory_equal(out.p, text, sizes[i]);
		if (sizes[i]) {
			errno = 0;
			assert_int_equal(file_read(AT_FDCWD, "file", sizes[i] - 1, &out), -1);
			assert_int_equal(errno, EFBIG);
		}
		free(text);
	}
	str_release(&out);
}

static void what_is_no_file(void **state)
{
	struct str out = { 0 };
	int dir = open(".", O_RDONLY | O_DIRECTORY);

	(void)state;
	assert_int_equal(file_read(AT_FDCWD, "nosuch", 10, &out), -1);
	assert_int_equal(errno, ENOENT);
	assert_int_equal(file_read(AT_FDCWD, ".", 10, &out), -1);
	assert_int_equal(errno, EISDIR);
	assert_int_equal(file_read(AT_FDCWD, "/dev/null", 10, &out), -1);
	assert_int_equal(errno, EINVAL);
	assert_int_equal(mkfifo("pipe", 0600), 0);
	assert_int_equal(file_read(AT_FDCWD, "pipe", 10, &out), -1); /* and does not wait */
	assert_int_equal(errno, EINVAL);
	assert_int_equal(file_read_listed(dir, "pipe", 10, &out), 0); /* nor does this */
	assert_int_equal(out.len, 0);
	assert_int_equal(file_read_listed(dir, "nosuch", 10, &out), -1);
	assert_int_equal(errno, ENOENT);
	scratch_write("file", "text", 4);
	assert_int_equal(symlink("file", "link"), 0);
	assert_int_equal(file_read_listed(dir, "link", 10, &out), -1);
	assert_int_equal(errno, ELOOP);
	assert_int_equal(file_read(dir, "link", 10, &out), -1);
	assert_int_equal(errno, ELOOP);
	assert_int_equal(file_read(AT_FDCWD, "link", 10, &out), 0); /* a person's own path */
	assert_string_equal(str_text(&out), "text");
	close(dir);
	str_release(&out);
}

static void a_pipe(void **state)
{
	struct str out = { 0 };
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "kind: visit\n", 12), 12);
	close(ends[1]);
	assert_int_equal(fd_read(ends[0], 100, &out), 0);
	assert_string_equal(str_text(&out), "kind: visit\n");
	close(ends[0]);
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "kind: visit\n", 12), 12);
	close(ends[1]);
	assert_int_equal(fd_read(ends[0], 11, &out), -1);
	assert_int_equal(errno, EFBIG);
	close(ends[0]);
	str_release(&out);
}

static void below_a_folder(void **state)
{
	static const char *const expected[] = { "./b-c", "./b/a/x", "./b/z", "./link-not" };
	struct arena arena = { 0 };
	const char **paths;
	size_t n;

	(void)state;
	scratch_write("b/z", "", 0);
	scratch_write("b/a/x", "", 0);
	scratch_write("b-c", "", 0);
	scratch_write(".hidden/y", "", 0);
	scratch_write("link-not", "", 0);
	assert_int_equal(symlink("b-c", "link"), 0);
	assert_int_equal(symlink("b", "b/folder"), 0);
	assert_int_equal(mkfifo("pipe", 0600), 0);
	paths = files_below(".", &arena, &n);
	assert_int_equal(n, 4);
	for (size_t i = 0; i < n; i++)
		assert_string_equal(paths[i], expected[i]);
	paths = files_below("b/", &arena, &n);
	assert_int_equal(n, 2);
	assert_string_equal(paths[0], "b/a/x");
	assert_null(files_below("b-c", &arena, &n));
	assert_int_equal(errno, ENOTDIR);
	assert_null(files_below("none", &arena, &n));
	assert_int_equal(errno, ENOENT);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest file[] = {
		cmocka_unit_test_setup_teardown(whole_files, scratch_make, scratch_remove),
		cmocka_unit_test_setup_teardown(what_is_no_file, scratch_make, scratch_remove),
		cmocka_unit_test_setup_teardown(a_pipe, scratch_make, scratch_remove),
		cmocka_unit_test_setup_teardown(below_a_folder, scratch_make, scratch_remove),
	};

	return cmocka_run_group_tests(file, NULL, NULL);
}
