/*
 * git.h: trees as strangers may make them, and git as it answers: a repository made by git itself.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "scratch.h"
#include "store/git.h"

extern char **environ;

static struct arena arena;

/* a tree in the making */
static char bytes[4096];
static size_t length;

static void start(void)
{
	length = 0;
}

static void entry(const char *mode, const char *name, char id)
{
	length += (size_t)sprintf(bytes + length, "%s %s", mode, name) + 1;
	memset(bytes + length, id, 20);
	length += 20;
}

static const struct git_folder *parse(void)
{
	return git_folder_parse(bytes, length, 20, &arena);
}

static void test_folder(void **state)
{
	const struct git_folder *f;

	(void)state;
	start();
	f = parse();
	assert_non_null(f);
	assert_int_equal(f->count, 0);
	assert_null(git_entry(f, "a", 1));
	entry("100644", "a", 1);
	entry("100755", "a-b", 2);
	entry("40000", "a.b", 3);
	entry("120000", "ab.c", 5);
	entry("40000", "ab", 4);
	f = parse();
	assert_non_null(f);
	assert_int_equal(f->count, 5);
	assert_int_equal(git_entry(f, "a", 1)->mode, GIT_MODE_FILE);
	assert_int_equal(git_entry(f, "a-b", 3)->mode, GIT_MODE_PROGRAM);
	assert_int_equal(git_entry(f, "ab", 2)->mode, GIT_MODE_FOLDER);
	assert_int_equal(git_entry(f, "ab.c", 4)->mode, GIT_MODE_LINK);
	assert_int_equal(git_entry(f, "ab", 2)->id[19], 4);
	assert_null(git_entry(f, "ab.", 3));
	assert_null(git_entry(f, "b", 1));
	arena_release(&arena);
}

/* git sorts a folder as if a slash followed its name */
static void test_order(void **state)
{
	(void)state;
	start();
	entry("100644", "a-b", 1);
	entry("40000", "a", 2);
	entry("100644", "a0", 3);
	assert_non_null(parse());
	assert_int_equal(git_entry(parse(), "a", 1)->id[0], 2);
	start();
	entry("40000", "a", 2);
	entry("100644", "a-b", 1);
	assert_null(parse());
	arena_release(&arena);
}

static void test_unsound(void **state)
{
	static const char *const wrong[][2] = {
		{ "a", "a" }, { "b", "a" }, { "a", "" }, { "a", "b/c" }, { "a", "../b" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		start();
		entry("100644", wrong[i][0], 1);
		entry("100644", wrong[i][1], 2);
		assert_null(parse());
	}
	/* one name as a file and as a folder, others between them */
	start();
	entry("100644", "a", 1);
	entry("100644", "a-b", 1);
	entry("40000", "a", 2);
	assert_null(parse());
	/* cut off anywhere */
	start();
	entry("100644", "a", 1);
	entry("40000", "bc", 2);
	for (size_t n = 1; n < length; n++)
		if (n != 29)
			assert_null(git_folder_parse(bytes, n, 20, &arena));
	/* modes that are no number, or too large */
	for (const char *const *mode = (const char *const[]){ "", "8", "10x", "7777777777", NULL };
	     *mode; mode++) {
		start();
		entry(*mode, "a", 1);
		if (**mode)
			assert_null(parse());
	}
	/* ids of the other length */
	start();
	entry("100644", "a", 1);
	assert_null(git_folder_parse(bytes, length, 32, &arena));
	arena_release(&arena);
}

static void test_blob_id(void **state)
{
	char id[GIT_ID_SIZE];

	(void)state;
	/* git hash-object -t blob /dev/null, with either --object-format */
	assert_string_equal(git_blob_id("", 0, 40, id), "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
	assert_string_equal(git_blob_id(NULL, 0, 64, id),
			    "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813");
	assert_string_equal(git_blob_id("x\n", 2, 40, id),
			    "587be6b4c3f93f93c489c0111bba5596147a26cb");
}

/* run: a command of the shell in the scratch folder */
static void run(const char *command)
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		execl("/bin/sh", "sh", "-c", command, (char *)NULL);
		_exit(127);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void test_repository(void **state)
{
	const char *const rev[] = { "rev-parse", "HEAD", NULL };
	const char *const fails[] = { "rev-parse", "--verify", "--quiet", "none", NULL };
	char id[GIT_ID_SIZE], hex[GIT_ID_SIZE];
	struct str out = { 0 };
	const struct git_entry *e;
	struct git *git;
	uint64_t size;
	int dir;

	(void)state;
	run("git init -q . && mkdir -p a/b && echo hello >a/b/c && echo x >d && git add . && "
	    "git -c user.name=a -c user.email=a@b commit -qm x");
	dir = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	git = git_new(dir, environ);
	assert_non_null(git);
	assert_int_equal(git_run(git, rev, &out), 0);
	assert_int_equal(out.len, 41);
	memcpy(hex, out.p, 40);
	hex[40] = '\0';
	str_reset(&out);
	assert_int_equal(git_run(git, fails, &out), 1);
	assert_int_equal(out.len, 0);
	assert_int_equal(git_size(git, hex, &size), GIT_COMMIT);
	assert_int_equal(git_read(git, "HEAD^{tree}", 0, &out, id), GIT_TOO_LARGE);
	assert_int_equal(out.len, 0);
	e = git_lookup(git, id, "a/b/c");
	assert_non_null(e);
	assert_int_equal(e->mode, GIT_MODE_FILE);
	assert_int_equal(git_size(git, git_hex(git, e, hex), &size), GIT_BLOB);
	assert_int_equal(size, 6);
	assert_int_equal(git_read(git, hex, 6, &out, NULL), GIT_BLOB);
	assert_string_equal(str_text(&out), "hello\n");
	str_reset(&out);
	/* what was too large is passed over, and the next answer is the next one's */
	assert_int_equal(git_read(git, hex, 5, &out, NULL), GIT_TOO_LARGE);
	assert_int_equal(git_read(git, git_hex(git, git_lookup(git, id, "d"), hex), 9, &out, NULL),
			 GIT_BLOB);
	assert_string_equal(str_text(&out), "x\n");
	assert_null(git_lookup(git, id, "d/x"));
	assert_null(git_lookup(git, id, "a/none"));
	assert_null(git_lookup(git, id, ""));
	assert_int_equal(git_lookup(git, id, "a/b")->mode, GIT_MODE_FOLDER);
	assert_int_equal(git_size(git, "none", &size), GIT_MISSING);
	assert_int_equal(git_size(git, "0123456789012345678901234567890123456789", &size),
			 GIT_MISSING);
	assert_int_equal(git_size(git, "HEAD\nHEAD", &size), GIT_FAILED);
	assert_null(git_folder(git, hex));
	git_free(git);
	str_release(&out);
	close(dir);
}

static void test_no_repository(void **state)
{
	struct str out = { 0 };
	uint64_t size;
	struct git *git;
	int dir;
	char *const nothing[] = { NULL };
	const char *const rev[] = { "rev-parse", "HEAD", NULL };

	(void)state;
	dir = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	git = git_new(dir, nothing);
	assert_int_not_equal(git_run(git, rev, &out), 0);
	assert_int_equal(git_size(git, "HEAD", &size), GIT_FAILED);
	assert_int_equal(git_size(git, "HEAD", &size), GIT_FAILED);
	assert_int_equal(git_read(git, "HEAD", 10, &out, NULL), GIT_FAILED);
	git_free(git);
	git_free(NULL);
	str_release(&out);
	close(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_folder),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_unsound),
		cmocka_unit_test(test_blob_id),
		cmocka_unit_test_setup_teardown(test_repository, scratch_make, scratch_remove),
		cmocka_unit_test_setup_teardown(test_no_repository, scratch_make, scratch_remove),
	};

	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
