/* The record folder: found, read, added to; locks; nothing is ever overwritten. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <time.h>
#include <cmocka.h>

#include "base/file.h"
#include "scratch.h"
#include "store/store.h"

#define RIVALS 8

static struct findings findings;
static struct store store;

/* a folder `rf` with a plan, opened */
static int set_up(void **state)
{
	findings_init(&findings);
	if (scratch_make(state) < 0)
		return -1;
	scratch_write("rf/plan.yaml", "duban: 1\n", 9);
	return store_open(&store, "rf", &findings) == DONE ? 0 : -1;
}

static int tear_down(void **state)
{
	store_close(&store);
	findings_release(&findings);
	return scratch_remove(state);
}

static const char *content(const char *path)
{
	static struct str text;

	str_reset(&text);
	return file_read(AT_FDCWD, path, 1 << 20, &text) < 0 ? "(none)" : str_text(&text);
}

static enum outcome create(const char *path, const char *text)
{
	return store_create(&store, path, text, strlen(text), &findings);
}

static const char *code(void)
{
	return findings.count ? findings.items[findings.count - 1].code : "(none)";
}

/* what names are in a folder, in one text */
static void add_entry(void *context, const char *name, bool regular)
{
	str_addf(context, "%s%c ", name, regular ? ' ' : '*');
}

static const char *listing(const char *folder)
{
	static struct str names;

	str_reset(&names);
	store_list(&store, folder, add_entry, &names);
	return str_text(&names);
}

static void prefix_is(const char *dir, const char *expected)
{
	struct store found;

	if (store_open(&found, dir, &findings) != DONE)
		fail_msg("%s", dir ? dir : ".");
	assert_string_equal(found.prefix, expected);
	store_close(&found);
}

/* what is put before a path is the shortest way there */
static void found_from_anywhere(void **state)
{
	char here[4200], deep[4400];
	struct store found;

	(void)state;
	scratch_write("rf/jingchuan/visits/x", "", 0);
	scratch_write("else/where/x", "", 0);
	prefix_is("rf", "rf/");
	prefix_is("rf/", "rf/");
	prefix_is("./rf", "./rf/");
	prefix_is("rf/jingchuan", "rf/");
	prefix_is("rf/jingchuan/visits", "rf/");
	prefix_is("rf/jingchuan/visits/", "rf/");
	assert_int_equal(chdir("rf/jingchuan/visits"), 0);
	prefix_is(NULL, "../../");
	prefix_is(".", "../../");
	prefix_is("..", "../../");
	prefix_is("../..", "../../");
	prefix_is("../../jingchuan", "../../");
	assert_int_equal(chdir("../../../else/where"), 0);
	prefix_is("../../rf/jingchuan/visits", "../../rf/");
	assert_int_equal(chdir("../.."), 0);
	assert_non_null(getcwd(here, sizeof(here)));
	snprintf(deep, sizeof(deep), "%s/rf/jingchuan", here);
	strcat(here, "/rf/");
	prefix_is(deep, here);
	assert_int_equal(chdir("rf"), 0);
	prefix_is(NULL, "");
	/* across a link a/.. is not nothing */
	assert_int_equal(chdir(".."), 0);
	assert_int_equal(symlink("rf/jingchuan/visits", "link"), 0);
	assert_int_equal(store_open(&found, "link", &findings), DONE);
	snprintf(deep, sizeof(deep), "%splan.yaml", found.prefix);
	assert_string_equal(content(deep), "duban: 1\n");
	store_close(&found);
	/* no folder at all */
	assert_int_equal(store_open(&found, "else", &findings), CANNOT);
	assert_string_equal(code(), "no-record-folder");
	assert_int_equal(store_open(&found, "nosuch", &findings), CANNOT);
	assert_string_equal(code(), "io");
	/* a link or a folder of that name is no plan */
	assert_int_equal(symlink("../rf/plan.yaml", "else/plan.yaml"), 0);
	assert_int_equal(store_open(&found, "else", &findings), CANNOT);
	assert_int_equal(mkdir("else/where/plan.yaml", 0777), 0);
	assert_int_equal(store_open(&found, "else/where", &findings), CANNOT);
}

static void relative_paths(void **state)
{
	struct str path = { 0 };

	(void)state;
	scratch_write("rf/jingchuan/visits/x", "", 0);
	assert_true(store_relative(&store, "rf/jingchuan/../jingchuan/visits/x", &path));
	assert_string_equal(str_text(&path), "jingchuan/visits/x");
	str_reset(&path);
	assert_true(store_relative(&store, "rf", &path));
	assert_string_equal(str_text(&path), "");
	assert_false(store_relative(&store, "rf/nosuch", &path));
	assert_false(store_relative(&store, ".", &path));
	scratch_write("rfx/y", "", 0); /* a name that only starts the same */
	assert_false(store_relative(&store, "rfx/y", &path));
	str_release(&path);
}

static void creates(void **state)
{
	const char *path = "jingchuan/visits/2024-04/v-20240418-7k3fq2.yaml";
	struct stat st;

	(void)state;
	umask(022);
	assert_int_equal(create(path, "kind: visit\n"), DONE);
	assert_string_equal(content("rf/jingchuan/visits/2024-04/v-20240418-7k3fq2.yaml"),
			    "kind: visit\n");
	assert_int_equal(stat("rf/jingchuan/visits/2024-04/v-20240418-7k3fq2.yaml", &st), 0);
	assert_int_equal(st.st_mode & 0777, 0644);
	/* never over another, whatever it is */
	assert_int_equal(create(path, "kind: other\n"), REFUSED);
	assert_string_equal(content("rf/jingchuan/visits/2024-04/v-20240418-7k3fq2.yaml"),
			    "kind: visit\n");
	assert_int_equal(findings.count, 0);
	assert_int_equal(symlink("nowhere", "rf/jingchuan/visits/2024-04/link.yaml"), 0);
	assert_int_equal(create("jingchuan/visits/2024-04/link.yaml", "x"), REFUSED);
	assert_int_equal(mkdir("rf/jingchuan/visits/2024-04/dir.yaml", 0777), 0);
	assert_int_equal(create("jingchuan/visits/2024-04/dir.yaml", "x"), REFUSED);
	assert_string_equal(listing("jingchuan/visits/2024-04"),
			    "dir.yaml* link.yaml* v-20240418-7k3fq2.yaml  ");
	assert_int_equal(create("empty", ""), DONE);
	assert_int_equal(store_size(&store, "empty"), 0);
	assert_int_equal(findings.count, 0);
}

/* no path leads out of the folder, and no link is followed on the way */
static void stays_inside(void **state)
{
	struct str text = { 0 };
	int lock;

	(void)state;
	assert_int_equal(mkdir("outside", 0777), 0);
	scratch_write("outside/secret", "secret", 6);
	assert_int_equal(symlink("../outside", "rf/link"), 0);
	assert_int_equal(symlink("../outside/secret", "rf/file"), 0);
	assert_int_equal(create("link/x", "x"), CANNOT);
	assert_int_equal(create("../outside/x", "x"), CANNOT);
	assert_int_equal(create("/outside/x", "x"), CANNOT);
	assert_int_equal(create("a//x", "x"), CANNOT);
	assert_int_equal(create("a/../../outside/x", "x"), CANNOT);
	assert_string_equal(content("outside/x"), "(none)");
	assert_int_equal(store_read(&store, "link/secret", 100, &text, &findings), CANNOT);
	assert_int_equal(store_read(&store, "file", 100, &text, &findings), CANNOT);
	assert_int_equal(store_read(&store, "../outside/secret", 100, &text, &findings), CANNOT);
	assert_string_equal(str_text(&text), "");
	assert_false(store_has(&store, "file"));
	assert_false(store_has(&store, "link/secret"));
	assert_false(store_has_folder(&store, "link"));
	assert_int_equal(store_size(&store, "../outside/secret"), -1);
	assert_int_equal(store_lock(&store, "link/x", 0, &lock, &findings), CANNOT);
	assert_false(store_has_folder(&store, ".."));
	assert_false(store_has_folder(&store, "."));
	assert_false(store_missing(&store, ".."));
	assert_int_equal(create("..", "x"), CANNOT);
	assert_int_equal(create("a/..", "x"), CANNOT);
	assert_int_equal(create("./x", "x"), CANNOT);
	assert_string_equal(listing("link"), "");
	str_release(&text);
}

static void reads(void **state)
{
	struct str text = { 0 };

	(void)state;
	assert_int_equal(create("a/b", "12345"), DONE);
	assert_int_equal(store_read(&store, "a/b", 5, &text, &findings), DONE);
	assert_string_equal(str_text(&text), "12345");
	assert_int_equal(store_read(&store, "a/b", 4, &text, &findings), CANNOT);
	assert_string_equal(code(), "too-large");
	assert_int_equal(store_read(&store, "a/nosuch", 4, &text, &findings), CANNOT);
	assert_string_equal(code(), "io");
	assert_non_null(strstr(findings.items[findings.count - 1].file, "a/nosuch"));
	assert_true(store_has(&store, "a/b"));
	assert_false(store_has(&store, "a"));
	assert_true(store_has_folder(&store, "a"));
	assert_false(store_has_folder(&store, "a/b"));
	assert_int_equal(store_size(&store, "a/b"), 5);
	assert_string_equal(listing(""), "a* plan.yaml  ");
	assert_string_equal(listing("nosuch"), "");
	str_release(&text);
}

/* a name on which all of them want to write */
struct rival {
	pthread_t thread;
	struct store store;
	int number;
	enum outcome outcomes[50];
};

static void *compete(void *argument)
{
	struct rival *r = argument;
	struct findings own;

	findings_init(&own);
	for (int i = 0; i < 50; i++) {
		char path[64], text[5000];
		int n = snprintf(text, sizeof(text), "%d:", r->number);

		memset(text + n, 'a' + r->number, sizeof(text) - (size_t)n);
		snprintf(path, sizeof(path), "unit/visits/2024-%02d/file-%d", i % 12 + 1, i);
		r->outcomes[i] = store_create(&r->store, path, text, sizeof(text), &own);
	}
	findings_release(&own);
	return NULL;
}

/* one wins, the others are told, the file is one of theirs and whole; in folders just made */
static void many_at_once(void **state)
{
	struct rival rivals[RIVALS];

	(void)state;
	for (int i = 0; i < RIVALS; i++) {
		rivals[i].number = i;
		assert_int_equal(store_open(&rivals[i].store, "rf", &findings), DONE);
		assert_int_equal(pthread_create(&rivals[i].thread, NULL, compete, &rivals[i]), 0);
	}
	for (int i = 0; i < RIVALS; i++) {
		pthread_join(rivals[i].thread, NULL);
		store_close(&rivals[i].store);
	}
	for (int i = 0; i < 50; i++) {
		char path[64];
		const char *text;
		int winner = -1;

		snprintf(path, sizeof(path), "rf/unit/visits/2024-%02d/file-%d", i % 12 + 1, i);
		for (int r = 0; r < RIVALS; r++) {
			if (rivals[r].outcomes[i] == DONE) {
				assert_int_equal(winner, -1);
				winner = r;
			} else {
				assert_int_equal(rivals[r].outcomes[i], REFUSED);
			}
		}
		assert_int_not_equal(winner, -1);
		text = content(path);
		assert_int_equal(strlen(text), 5000);
		assert_int_equal(atoi(text), winner);
		assert_int_equal(strspn(text + 2, (char[]){ (char)('a' + winner), '\0' }), 4998);
	}
	for (int month = 1; month <= 12; month++) {
		char folder[32];

		snprintf(folder, sizeof(folder), "unit/visits/2024-%02d", month);
		assert_null(strstr(listing(folder), ".duban-"));
	}
}

static void locks(void **state)
{
	struct timespec before, after;
	int one, two, status;
	pid_t child;

	(void)state;
	assert_int_equal(create("jingchuan/problems/x", "x"), DONE);
	assert_int_equal(create("lingtai/problems/x", "x"), DONE);
	assert_int_equal(store_lock(&store, "jingchuan/problems/x", 0, &one, &findings), DONE);
	/* another folder is free, this one is not, and waiting takes as long as it was asked to */
	assert_int_equal(store_lock(&store, "lingtai/problems/x", 0, &two, &findings), DONE);
	store_unlock(two);
	assert_int_equal(store_lock(&store, "jingchuan/problems/y", 0, &two, &findings), BUSY);
	assert_string_equal(code(), "busy");
	clock_gettime(CLOCK_MONOTONIC, &before);
	assert_int_equal(store_lock(&store, "jingchuan/problems/x", 1, &two, &findings), BUSY);
	clock_gettime(CLOCK_MONOTONIC, &after);
	assert_true((after.tv_sec - before.tv_sec) * 1000 +
			    (after.tv_nsec - before.tv_nsec) / 1000000 >=
		    900);
	/* adding a file needs no lock */
	assert_int_equal(create("jingchuan/problems/z", "z"), DONE);
	/* another process waits and gets it */
	child = fork();
	if (child == 0) {
		store_unlock(one); /* its own copy of what was inherited */
		_exit((int)store_lock(&store, "jingchuan/problems/x", 10, &two, &findings));
	}
	nanosleep(&(struct timespec){ .tv_nsec = 100000000 }, NULL);
	store_unlock(one);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == DONE);
	/* the lock went with the process */
	assert_int_equal(store_lock(&store, "jingchuan/problems/x", 0, &one, &findings), DONE);
	store_unlock(one);
	store_unlock(-1);
	assert_int_equal(store_lock(&store, "nosuch/x", 0, &one, &findings), CANNOT);
}

/* a temp file is left when nobody holds it */
static void left_or_in_use(void **state)
{
	const char *path = "jingchuan/visits/.duban-0123";
	int fd;

	(void)state;
	assert_int_equal(create(path, "x"), DONE);
	assert_true(store_left(&store, path));
	assert_false(store_left(&store, "jingchuan/visits/.duban-4567"));
	assert_false(store_left(&store, "plan.yaml"));
	fd = open("rf/jingchuan/visits/.duban-0123", O_RDONLY);
	assert_int_equal(flock(fd, LOCK_EX), 0);
	assert_false(store_left(&store, path));
	assert_int_equal(store_remove_left(&store, path, &findings), REFUSED);
	assert_int_equal(findings.count, 0);
	assert_int_equal(store_size(&store, path), 1);
	close(fd);
	assert_true(store_left(&store, path));
	assert_int_equal(store_remove_left(&store, path, &findings), DONE);
	/* neither does a pipe hold us up, nor is a link followed */
	assert_int_equal(mkfifo("rf/.duban-pipe", 0600), 0);
	assert_int_equal(symlink("plan.yaml", "rf/.duban-link"), 0);
	assert_true(store_left(&store, ".duban-pipe"));
	assert_int_equal(store_remove_left(&store, "./.duban-pipe", &findings), DONE);
	assert_int_equal(store_remove_left(&store, ".duban-link", &findings), DONE);
	assert_string_equal(listing(""), "jingchuan* plan.yaml  ");
	assert_null(store_share(&store));
	assert_int_equal(store_sync(&store, &findings), DONE);
}

static void left_overs(void **state)
{
	(void)state;
	assert_int_equal(create("jingchuan/visits/.duban-0123", "x"), DONE);
	assert_int_equal(store_remove_left(&store, "jingchuan/visits/.duban-0123", &findings),
			 DONE);
	assert_string_equal(listing("jingchuan/visits"), "");
	assert_int_equal(store_remove_left(&store, "jingchuan/visits/.duban-0123", &findings),
			 DONE);
	assert_int_equal(create("jingchuan/visits/v", "x"), DONE);
	assert_int_equal(store_remove_left(&store, "jingchuan/visits/v", &findings), CANNOT);
	assert_int_equal(store_remove_left(&store, "plan.yaml", &findings), CANNOT);
	assert_string_equal(listing("jingchuan/visits"), "v  ");
	/* of a write that is killed at any time the name shows nothing or all */
	for (int i = 0; i < 20; i++) {
		pid_t child = fork();

		if (child == 0)
			for (int j = 0;; j++) {
				char path[64];

				snprintf(path, sizeof(path), "killed/%d-%d", i, j);
				create(path, "0123456789");
			}
		nanosleep(&(struct timespec){ .tv_nsec = 1000000 + i * 200000 }, NULL);
		kill(child, SIGKILL);
		waitpid(child, NULL, 0);
	}
	for (const char *p = listing("killed"); *p;) {
		char path[64];
		size_t n = strcspn(p, " ");

		snprintf(path, sizeof(path), "killed/%.*s", (int)n, p);
		assert_true(strncmp(p, ".duban-", 7) == 0 || store_size(&store, path) == 10);
		p += n + 2;
	}
}

static void unwritable(void **state)
{
	(void)state;
	assert_int_equal(create("a/b", "x"), DONE);
	assert_int_equal(create("a/b/c", "x"), CANNOT); /* a file on the way */
	assert_string_equal(code(), "io");
	assert_non_null(strstr(findings.items[findings.count - 1].file, "a/b/c"));
	assert_string_equal(content("rf/a/b"), "x");
}

static void random_bits(void **state)
{
	uint32_t seen = 0, value;

	(void)state;
	for (int i = 0; i < 2000; i++) {
		assert_int_equal(store_random(5, &value, &findings), DONE);
		assert_true(value < 32);
		seen |= UINT32_C(1) << value;
	}
	assert_int_equal(seen, UINT32_MAX);
	assert_int_equal(store_random(32, &value, &findings), DONE);
}

int main(void)
{
	const struct CMUnitTest store_tests[] = {
		cmocka_unit_test_setup_teardown(found_from_anywhere, set_up, tear_down),
		cmocka_unit_test_setup_teardown(relative_paths, set_up, tear_down),
		cmocka_unit_test_setup_teardown(creates, set_up, tear_down),
		cmocka_unit_test_setup_teardown(stays_inside, set_up, tear_down),
		cmocka_unit_test_setup_teardown(reads, set_up, tear_down),
		cmocka_unit_test_setup_teardown(many_at_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(locks, set_up, tear_down),
		cmocka_unit_test_setup_teardown(left_or_in_use, set_up, tear_down),
		cmocka_unit_test_setup_teardown(left_overs, set_up, tear_down),
		cmocka_unit_test_setup_teardown(unwritable, set_up, tear_down),
		cmocka_unit_test_setup_teardown(random_bits, set_up, tear_down),
	};

	return cmocka_run_group_tests(store_tests, NULL, NULL);
}
