/* Every record with its events, in path order, whatever the number of threads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <cmocka.h>

#include "scratch.h"
#include "store/scan.h"

static struct findings findings;
static struct store store;
static const char *const units[] = { "zhuanglang", "jingchuan", "nosuch", "a-unit", "a", "a0" };

static void put(const char *path)
{
	scratch_write(path, path + 3, strlen(path) - 3); /* its path, without rf/ */
}

static uint32_t seed;

static uint32_t next_random(uint32_t n)
{
	seed = seed * 1664525 + 1013904223;
	return (uint32_t)((uint64_t)seed * n >> 32);
}

/* a record and some events, at random places; orphans too */
static void put_random(void)
{
	struct str path = { 0 };
	char id[ID_SIZE];
	enum kind kind = (enum kind)next_random(KINDS);
	day_t day = day_of_civil(2024, 3, 20) + (day_t)next_random(120);
	const char *unit = units[next_random(6)];
	uint32_t events = next_random(4);

	if (strcmp(unit, "nosuch") == 0)
		return;
	id_format(kind, day, next_random(1u << 30), id);
	str_add(&path, "rf/");
	path_of_record(&path, unit, id);
	if (next_random(20))
		put(path.p);
	else
		events++;
	for (uint32_t i = 0; i < events; i++) {
		str_reset(&path);
		str_add(&path, "rf/");
		path_of_event(&path, unit, id, moment_of_day(day, 0) + next_random(1000000),
			      next_random(1u << 20));
		put(path.p);
	}
	str_release(&path);
}

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

/* every file as a line: R, E (an event), O (of an orphan), N (no file), X (odd), L (left), and its
 * path */
struct seen {
	struct str lines;
	const char *stop_at; /* an id at which `work` gives up */
	int workers;
	bool refuse; /* take stops the scan */
	size_t taken;
};

static bool work(void *context, void *worker, struct arena *arena, const struct stored *stored,
		 struct batch *batch)
{
	static const char letters[] = "RONXL";
	const struct seen *seen = context;
	char *lines = batch->result ? batch->result : "";

	(void)worker;
	assert_non_null(arena_alloc(arena, 1000)); /* is reset behind us */
	for (size_t i = 0; i < stored->nfiles; i++) {
		const struct stored_file *f = &stored->files[i];
		char letter = stored->type == STORED_RECORD && i ? 'E' : letters[stored->type];
		bool other =
			f->size && strncmp(f->text, stored->folder, strlen(stored->folder)) != 0;

		if (f->name)
			lines = arena_printf(&batch->arena, "%s%c %s/%s\n", lines, letter,
					     stored->folder, f->name);
		if (f->error || other)
			lines = arena_printf(&batch->arena, "%s! %s\n", lines,
					     other ? "other content" : strerror(f->error));
	}
	batch->result = lines;
	if (seen->stop_at && strcmp(seen->stop_at, stored->id) == 0) {
		findings_add(&batch->findings, &(struct finding){ .code = "stop" }, "stop");
		return false;
	}
	return true;
}

static bool take(void *context, struct batch *batch)
{
	struct seen *seen = context;
	seen->taken++;
	if (batch->result)
		str_add(&seen->lines, batch->result);
	return !seen->refuse;
}

static void *worker_new(void *context)
{
	struct seen *seen = context;

	seen->workers++;
	return seen;
}

static void worker_free(void *worker)
{
	struct seen *seen = worker;

	seen->workers--;
}

static struct scan all_of_it(struct seen *seen, unsigned threads)
{
	return (struct scan){ .units = units,
			      .nunits = 6,
			      .kinds = ALL_KINDS,
			      .odd = true,
			      .threads = threads,
			      .worker_new = worker_new,
			      .worker_free = worker_free,
			      .work = work,
			      .take = take,
			      .context = seen };
}

/* the lines of one scan */
static const char *scanned(struct scan *scan)
{
	struct seen *seen = scan->context;

	str_reset(&seen->lines);
	seen->taken = 0;
	if (store_scan(&store, scan, &findings) != DONE)
		return "(cannot)";
	assert_int_equal(seen->workers, 0);
	return str_text(&seen->lines);
}

static const char *shell(const char *command)
{
	static struct str text;
	FILE *pipe = popen(command, "r");
	char buffer[4096];
	size_t n;

	str_reset(&text);
	str_add(&text, "");
	assert_non_null(pipe);
	while ((n = fread(buffer, 1, sizeof(buffer), pipe)) > 0)
		str_addn(&text, buffer, n);
	assert_int_equal(pclose(pipe), 0);
	return str_text(&text);
}

static const char *without_letters(const char *lines)
{
	static struct str bare;

	str_reset(&bare);
	str_add(&bare, "");
	for (const char *p = lines; *p; p = strchr(p, '\n') + 1)
		str_addn(&bare, p + 2, (size_t)(strchr(p, '\n') - p) - 1);
	return str_text(&bare);
}

static void an_empty_folder(void **state)
{
	struct seen seen = { 0 };
	struct scan scan = all_of_it(&seen, 8);

	(void)state;
	assert_string_equal(scanned(&scan), "");
	assert_int_equal(mkdir("rf/jingchuan", 0777), 0);
	scratch_write("rf/jingchuan/.keep", "", 0);
	assert_int_equal(mkdir("rf/jingchuan/visits", 0777), 0);
	assert_int_equal(mkdir("rf/jingchuan/visits/2024-04", 0777), 0);
	assert_string_equal(scanned(&scan), "");
	scan.nunits = 0;
	assert_string_equal(scanned(&scan), "");
	str_release(&seen.lines);
}

/* the order is that of the C locale's sort of the paths, with one thread as with eight */
static void order(void **state)
{
	struct seen alone = { 0 }, together = { 0 };
	struct scan one = all_of_it(&alone, 1), eight = all_of_it(&together, 8);

	(void)state;
	seed = 1;
	for (int i = 0; i < 500; i++)
		put_random();
	scanned(&one);
	assert_true(alone.taken > 10);
	for (int i = 0; i < 5; i++)
		assert_string_equal(scanned(&eight), str_text(&alone.lines));
	assert_null(strstr(str_text(&alone.lines), "!"));
	assert_non_null(strstr(str_text(&alone.lines), "\nO "));
	assert_string_equal(
		without_letters(str_text(&alone.lines)),
		shell("cd rf && find a a0 a-unit jingchuan zhuanglang -type f | LC_ALL=C sort"));
	assert_int_equal(findings.count, 0);
	str_release(&alone.lines);
	str_release(&together.lines);
}

static void what_has_no_place(void **state)
{
	struct seen seen = { 0 };
	struct scan scan = all_of_it(&seen, 2);
	static const char *const files[] = {
		"rf/a/visits/2024-04/v-20240418-7k3fq2.yaml",
		"rf/a/visits/2024-04/v-20240418-7k3fq2_20240520T162000_9dm1.yaml",
		/* what an editor leaves does not part a record from its events */
		"rf/a/visits/2024-04/v-20240418-7k3fq2.yaml~",
		"rf/a/visits/2024-04/v-20240418-7k3fq2_20240520T162000_9dm1.yaml~",
		"rf/a/visits/2024-04/v-20240418-7k3fq2_20240521T162000_9dm1.yaml",
		"rf/a/visits/2024-04/v-20240418-7k3fq2_9dm1.yaml",
		"rf/a/visits/2024-04/v-20240418-7k3fq3_20240520T162000_9dm1.yaml",
		"rf/a/visits/2024-04/v-20240418-7k3fq3_20240521T162000_9dm1.yaml",
		"rf/a/visits/2024-04/.duban-0123456789abcdef",
		"rf/a/visits/2024-04/.duban-zzz",
		"rf/a/visits/2024-04/p-20240418-7k3fq2.yaml", /* another kind */
		"rf/a/visits/2024-04/README",
		"rf/a/visits/2024-04/sub/v-20240418-7k3fq4.yaml",
		"rf/a/visits/2024-4/v-20240418-7k3fq5.yaml",
		"rf/a/visits/loose.yaml",
		"rf/a/visits/.duban-1",
		"rf/a/notes/x",
		"rf/a/loose.yaml",
		"rf/a/.duban-2",
		"rf/a/.keep",
		"rf/a/evidence/3f9a6c01d2e4.jpg", /* never opened, never listed */
		"rf/a/evidence/odd",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++)
		put(files[i]);
	assert_string_equal(scanned(&scan),
			    "L a/.duban-2\n"
			    "X a/loose.yaml\n"
			    "X a/notes\n"
			    "L a/visits/.duban-1\n"
			    "L a/visits/2024-04/.duban-0123456789abcdef\n"
			    "L a/visits/2024-04/.duban-zzz\n"
			    "X a/visits/2024-04/README\n"
			    "X a/visits/2024-04/p-20240418-7k3fq2.yaml\n"
			    "X a/visits/2024-04/sub\n"
			    "R a/visits/2024-04/v-20240418-7k3fq2.yaml\n"
			    "E a/visits/2024-04/v-20240418-7k3fq2_20240520T162000_9dm1.yaml\n"
			    "E a/visits/2024-04/v-20240418-7k3fq2_20240521T162000_9dm1.yaml\n"
			    "X a/visits/2024-04/v-20240418-7k3fq2.yaml~\n"
			    "X a/visits/2024-04/v-20240418-7k3fq2_20240520T162000_9dm1.yaml~\n"
			    "X a/visits/2024-04/v-20240418-7k3fq2_9dm1.yaml\n"
			    "O a/visits/2024-04/v-20240418-7k3fq3_20240520T162000_9dm1.yaml\n"
			    "O a/visits/2024-04/v-20240418-7k3fq3_20240521T162000_9dm1.yaml\n"
			    "X a/visits/2024-4\n"
			    "X a/visits/loose.yaml\n");
	scan.odd = false;
	assert_string_equal(scanned(&scan),
			    "R a/visits/2024-04/v-20240418-7k3fq2.yaml\n"
			    "E a/visits/2024-04/v-20240418-7k3fq2_20240520T162000_9dm1.yaml\n"
			    "E a/visits/2024-04/v-20240418-7k3fq2_20240521T162000_9dm1.yaml\n"
			    "O a/visits/2024-04/v-20240418-7k3fq3_20240520T162000_9dm1.yaml\n"
			    "O a/visits/2024-04/v-20240418-7k3fq3_20240521T162000_9dm1.yaml\n");
	str_release(&seen.lines);
}

/* a link is told to everybody, wherever it points to; what is behind it is not read */
static void links_are_not_followed(void **state)
{
	struct seen seen = { 0 };
	struct scan scan = all_of_it(&seen, 1);

	(void)state;
	put("rf/a/visits/2024-04/v-20240418-7k3fq2.yaml");
	put("rf/else/visits/2024-04/v-20240418-7k3fq3.yaml");
	assert_int_equal(
		symlink("v-20240418-7k3fq2.yaml", "rf/a/visits/2024-04/v-20240418-7k3fq9.yaml"), 0);
	assert_int_equal(symlink("2024-04", "rf/a/visits/2024-05"), 0);
	assert_int_equal(symlink("visits", "rf/a/problems"), 0);
	assert_int_equal(symlink("../visits", "rf/a/evidence"), 0);
	assert_int_equal(
		mkfifo("rf/a/visits/2024-04/v-20240418-7k3fq2_20240520T162000_9dm1.yaml", 0600), 0);
	assert_string_equal(scanned(&scan),
			    "N a/evidence\n"
			    "N a/problems\n"
			    "R a/visits/2024-04/v-20240418-7k3fq2.yaml\n"
			    "N a/visits/2024-04/v-20240418-7k3fq2_20240520T162000_9dm1.yaml\n"
			    "N a/visits/2024-04/v-20240418-7k3fq9.yaml\n"
			    "N a/visits/2024-05\n");
	scan.odd = false;
	assert_string_equal(scanned(&scan),
			    "N a/problems\n"
			    "R a/visits/2024-04/v-20240418-7k3fq2.yaml\n"
			    "N a/visits/2024-04/v-20240418-7k3fq2_20240520T162000_9dm1.yaml\n"
			    "N a/visits/2024-04/v-20240418-7k3fq9.yaml\n"
			    "N a/visits/2024-05\n");
	scan.kinds = KIND_BIT(KIND_PROBLEM);
	assert_string_equal(scanned(&scan), "N a/problems\n");
	scan.kinds = ALL_KINDS;
	/* a unit's folder that is a link cannot be read: told, not skipped in silence */
	assert_int_equal(symlink("else", "rf/zhuanglang"), 0);
	assert_int_equal(store_scan(&store, &scan, &findings), CANNOT);
	assert_int_equal(findings.errors, 1);
	str_release(&seen.lines);
}

static void selections(void **state)
{
	struct seen seen = { 0 };
	struct scan scan = all_of_it(&seen, 1);
	const char *one = "a";

	(void)state;
	put("rf/a/visits/2024-04/v-20240418-7k3fq2.yaml");
	put("rf/a/visits/2024-05/v-20240501-7k3fq2.yaml");
	put("rf/a/problems/2024-04/p-20240418-7k3fq2.yaml");
	put("rf/a/problems/2024-04/p-20240418-7k3fq2_20240520T162000_9dm1.yaml");
	put("rf/jingchuan/visits/2024-04/v-20240418-7k3fq3.yaml");
	scan.kinds = KIND_BIT(KIND_PROBLEM);
	assert_string_equal(scanned(&scan),
			    "R a/problems/2024-04/p-20240418-7k3fq2.yaml\n"
			    "E a/problems/2024-04/p-20240418-7k3fq2_20240520T162000_9dm1.yaml\n");
	scan.kinds = ALL_KINDS;
	scan.first_month = scan.last_month = 2024 * 12 + 4;
	assert_string_equal(scanned(&scan), "R a/visits/2024-05/v-20240501-7k3fq2.yaml\n");
	scan.first_month = scan.last_month = 0;
	scan.prefix = "v-20240418-7k3fq3";
	assert_string_equal(scanned(&scan), "R jingchuan/visits/2024-04/v-20240418-7k3fq3.yaml\n");
	scan.prefix = "v-202404";
	scan.units = &one;
	scan.nunits = 1;
	assert_string_equal(scanned(&scan), "R a/visits/2024-04/v-20240418-7k3fq2.yaml\n");
	str_release(&seen.lines);
}

/* a file that cannot be read is handed on with its errno; names alone open nothing */
static void unreadable_files(void **state)
{
	struct seen seen = { 0 };
	struct scan scan = all_of_it(&seen, 1);
	char *large = calloc(1, 1024 * 1024 + 1);

	(void)state;
	scratch_write("rf/a/visits/2024-04/v-20240418-7k3fq2.yaml", large, 1024 * 1024 + 1);
	free(large);
	assert_string_equal(scanned(&scan), "R a/visits/2024-04/v-20240418-7k3fq2.yaml\n"
					    "! File too large\n");
	scan.names_only = true;
	assert_string_equal(scanned(&scan), "R a/visits/2024-04/v-20240418-7k3fq2.yaml\n");
	str_release(&seen.lines);
}

/* a worker or the one who takes ends the scan: what came before is taken, nothing after it */
static void stopping(void **state)
{
	struct seen seen = { 0 };

	(void)state;
	seed = 5;
	for (int i = 0; i < 300; i++)
		put_random();
	for (unsigned threads = 1; threads <= 8; threads *= 2) {
		struct scan scan = all_of_it(&seen, threads);
		struct str all = { 0 };
		char id[ID_SIZE];
		const char *stop;

		seen.stop_at = NULL;
		str_add(&all, scanned(&scan));
		stop = strstr(all.p + all.len / 2, "\nR ");
		assert_non_null(stop);
		stop = strstr(stop, "-20") - 1;
		memcpy(id, stop, ID_LENGTH);
		id[ID_LENGTH] = '\0';
		seen.stop_at = id;
		assert_string_equal(scanned(&scan), "(cannot)");
		assert_true(seen.lines.len < all.len);
		assert_memory_equal(all.p, str_text(&seen.lines), seen.lines.len);
		assert_string_equal(findings.items[findings.count - 1].code, "stop");
		seen.refuse = true;
		seen.stop_at = NULL;
		assert_string_equal(scanned(&scan), "(cannot)");
		assert_int_equal(seen.taken, 1);
		assert_memory_equal(all.p, str_text(&seen.lines), seen.lines.len);
		seen.refuse = false;
		str_release(&all);
	}
	str_release(&seen.lines);
}

static void one_record(void **state)
{
	struct arena arena = { 0 };
	struct stored stored;
	const char *folder = "a/problems/2024-04", *id = "p-20240418-7k3fq2";

	(void)state;
	put("rf/a/problems/2024-04/p-20240418-7k3fq2.yaml");
	put("rf/a/problems/2024-04/p-20240418-7k3fq2_20240521T162000_9dm1.yaml");
	put("rf/a/problems/2024-04/p-20240418-7k3fq2_20240520T162000_9dm2.yaml");
	put("rf/a/problems/2024-04/p-20240418-7k3fq3.yaml");
	put("rf/a/problems/2024-04/p-20240418-7k3fq4_20240520T162000_9dm2.yaml");
	assert_string_equal(store_find_record(&store, id, units, 6, &arena), folder);
	assert_null(store_find_record(&store, "p-20240418-zzzzzz", units, 6, &arena));
	assert_null(store_find_record(&store, "p-20240418-7k3fq4", units, 6, &arena));
	assert_int_equal(store_load(&store, folder, id, &arena, &stored, &findings), DONE);
	assert_int_equal(stored.nfiles, 3);
	assert_int_equal(stored.kind, KIND_PROBLEM);
	assert_string_equal(stored.unit, "a");
	assert_string_equal(stored.folder, folder);
	assert_string_equal(stored.id, id);
	assert_string_equal(stored.files[1].name, "p-20240418-7k3fq2_20240520T162000_9dm2.yaml");
	assert_string_equal(stored.files[0].text, "a/problems/2024-04/p-20240418-7k3fq2.yaml");
	assert_int_equal(
		store_load(&store, folder, "p-20240418-zzzzzz", &arena, &stored, &findings),
		REFUSED);
	assert_int_equal(
		store_load(&store, folder, "p-20240418-7k3fq4", &arena, &stored, &findings),
		REFUSED);
	assert_int_equal(store_load(&store, folder, "../../x", &arena, &stored, &findings),
			 REFUSED);
	assert_int_equal(findings.count, 0);
	/* without an event that cannot be read the record would say something else */
	assert_int_equal(
		symlink("x", "rf/a/problems/2024-04/p-20240418-7k3fq2_20240522T162000_9dm1.yaml"),
		0);
	assert_int_equal(store_load(&store, folder, id, &arena, &stored, &findings), CANNOT);
	assert_string_equal(findings.items[0].file,
			    "a/problems/2024-04/p-20240418-7k3fq2_20240522T162000_9dm1.yaml");
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest scan[] = {
		cmocka_unit_test_setup_teardown(an_empty_folder, set_up, tear_down),
		cmocka_unit_test_setup_teardown(order, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_has_no_place, set_up, tear_down),
		cmocka_unit_test_setup_teardown(links_are_not_followed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(selections, set_up, tear_down),
		cmocka_unit_test_setup_teardown(unreadable_files, set_up, tear_down),
		cmocka_unit_test_setup_teardown(stopping, set_up, tear_down),
		cmocka_unit_test_setup_teardown(one_record, set_up, tear_down),
	};

	return cmocka_run_group_tests(scan, NULL, NULL);
}
