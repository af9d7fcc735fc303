/*
 * fault/run BIN PRELOAD BASE SCRATCH [SCENE...]: every command of scenes.h in a system in which the n-th
 * call fails, for every call and every error; killed before every call; with no memory; and the
 * power cut at every moment. What must hold after each:
 *
 * - Exit status 0 only if every path is printed and every file is there, whole, and survives a power cut
 *   at once, by the log of the calls, which the command does not write.
 * - Else status 3 with a message, and nothing new but whole files of which the path was printed.
 * - Files that were there are as they were. A temporary file is left by a kill only; record-check
 *   names it and --tidy removes it. record-check has nothing else to say.
 *
 * One line of a table per scene; a fault that breaks something is told on stderr with what runs it
 * again. Exit status 1 then.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "scenes.h"
#include "tree.h"
#include "world.h"

#define MOST_SECONDS 20
#define MOST_ALLOCATIONS 150 /* tried of each scene's, evenly spread */
#define MOST_TOLD 12
#define PATH 4096

static const char *bin, *preload, *base, *scratch;

/* one scene at work, in a folder of its own */
struct work {
	const struct scene *scene;
	char folder[PATH], root[PATH], records[PATH], out[PATH], log[PATH + 8], tmp[PATH + 8];
	struct tree before;  /* all of the folder */
	struct tree clean;   /* of BESIDE and NEW: what it makes when nothing fails, in a copy */
	size_t files, bytes; /* that it adds when nothing fails */
	size_t bad;
	size_t calls, faults, kills, allocations, starved, points, states, folders;
	/* of the last run */
	char how[200];
	int status;
	char *said, *complained;
	struct tree now;
};

static void *need(const void *p)
{
	if (!p) {
		perror("fault/run");
		exit(2);
	}
	return (void *)p;
}

__attribute__((format(printf, 2, 3))) static void wrong(struct work *w, const char *format, ...)
{
	va_list args;

	if (w->bad++ >= MOST_TOLD)
		return;
	va_start(args, format);
	fprintf(stderr, "%s: %s: ", w->scene->title, w->how);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	if (w->complained && *w->complained)
		fprintf(stderr, "    status %d: %.300s\n", w->status, w->complained);
	va_end(args);
}

/* --- running --- */

static void set_number(const char *name, size_t value)
{
	char text[24];

	snprintf(text, sizeof(text), "%zu", value);
	setenv(name, text, 1);
}

struct trouble {
	size_t at, alloc;  /* 0: none */
	const char *error; /* of `at` */
};

static void redirect(const char *path, int flags, int fd)
{
	int opened = open(path, flags, 0666);

	if (opened < 0 || dup2(opened, fd) < 0)
		_exit(126);
	close(opened);
}

static void become(const struct work *w, const char *const *words, const struct trouble *trouble,
		   const char *in, const char *out, const char *err)
{
	char program[PATH];

	if (chdir(w->records) < 0)
		_exit(126);
	redirect(in, O_RDONLY, 0);
	redirect(out, O_WRONLY | O_CREAT | O_TRUNC, 1);
	redirect(err, O_WRONLY | O_CREAT | O_TRUNC, 2);
	setenv("TMPDIR", w->tmp, 1);
	if (trouble) {
		setenv("LD_PRELOAD", preload, 1);
		setenv("FAULT_LOG", w->log, 1);
		if (w->scene->every)
			setenv("FAULT_EVERY", w->scene->every, 1);
		set_number("FAULT_AT", trouble->at);
		set_number("FAULT_ALLOC", trouble->alloc);
		setenv("FAULT_ERROR", trouble->error ? trouble->error : "EIO", 1);
	}
	snprintf(program, sizeof(program), "%s/%s", bin, words[0]);
	alarm(MOST_SECONDS);
	execv(program, (char **)words);
	_exit(126);
}

/* the exit status, or minus the signal; stdout and stderr in two texts to be freed */
static int run(const struct work *w, const char *const *words, const struct trouble *trouble,
	       const char *input, char **said, char **complained)
{
	char in[PATH + 32] = "/dev/null", out[PATH + 8], err[PATH + 8];
	int status = 0;
	pid_t child;

	snprintf(out, sizeof(out), "%s/stdout", w->folder);
	snprintf(err, sizeof(err), "%s/stderr", w->folder);
	if (input)
		snprintf(in, sizeof(in), "%s/%s", w->root, input);
	if (trouble)
		unlink(w->log);
	child = fork();
	if (child == 0)
		become(w, words, trouble, in, out, err);
	if (child < 0 || waitpid(child, &status, 0) != child)
		need(NULL);
	*said = need(text_of(out, NULL));
	*complained = need(text_of(err, NULL));
	return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static void forget(struct work *w)
{
	free(w->said);
	free(w->complained);
	w->said = w->complained = NULL;
	tree_free(&w->now);
}

/*
 * What libraries write for themselves, and may not be able to take away. Their names hang on the
 * clock: with what an earlier run left in the way the next one would make other calls.
 */
static void clear_tmp(const struct work *w)
{
	DIR *folder = need(opendir(w->tmp));
	struct dirent *entry;

	while ((entry = readdir(folder)))
		unlinkat(dirfd(folder), entry->d_name, 0);
	closedir(folder);
}

static void start(struct work *w, const struct trouble *trouble)
{
	forget(w);
	clear_tmp(w);
	w->status = run(w, w->scene->words, trouble, w->scene->input, &w->said, &w->complained);
	tree_read(&w->now, w->root);
}

/* an older file in the place of what -o writes, and nothing else that a run left */
static void put_back(struct work *w)
{
	char path[PATH + 32];
	FILE *old;

	tree_clear(&w->now, &w->before);
	if (w->scene->place == BESIDE) {
		snprintf(path, sizeof(path), "%s/visits.csv", w->out);
		unlink(path);
		old = need(fopen(path, "w"));
		fputs("old\n", old);
		fclose(old);
		tree_free(&w->before);
		tree_read(&w->before, w->root);
	}
}

/* --- what must hold --- */

static const char *last_part(const char *path)
{
	return strrchr(path, '/') + 1;
}

static bool is_temp(const char *path)
{
	const char *name = last_part(path), *dot = strrchr(name, '.');

	return strncmp(name, ".duban-", 7) == 0 ||
	       (strstr(path, "/out/") && dot && strlen(dot) == 7 && !strchr(dot, '_'));
}

static bool is_new_file(const struct work *w, size_t i)
{
	return !S_ISDIR(w->now.entries[i].st.st_mode) &&
	       !tree_find(&w->before, w->now.entries[i].path);
}

static size_t lines_of(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += *text == '\n';
	return n;
}

static bool same_bytes(const char *a, const char *b)
{
	size_t n, m;
	char *x = need(text_of(a, &n)), *y = need(text_of(b, &m));
	bool same = n == m && memcmp(x, y, n) == 0;

	free(x);
	free(y);
	return same;
}

/* the path of the same file of the clean run */
static const char *in_clean(const struct work *w, const char *path, char clean[PATH * 2])
{
	snprintf(clean, PATH * 2, "%s/clean%s", w->folder, path + strlen(w->out));
	return clean;
}

static bool may_be_left(const struct work *w, bool killed)
{
	return killed || strstr(w->how, " unlink ");
}

static void check_old(struct work *w)
{
	for (size_t i = 0; i < w->before.count; i++) {
		const struct entry *old = &w->before.entries[i];
		const struct entry *now = tree_find(&w->now, old->path);
		char clean[PATH * 2];
		bool same = now && entry_is_same(old, now);

		if (!same && now && w->scene->place == BESIDE &&
		    strncmp(old->path, w->out, strlen(w->out)) == 0)
			same = same_bytes(old->path, in_clean(w, old->path, clean));
		if (!same)
			wrong(w, "%s was changed", old->path);
	}
}

/* what is new, and whether some is temporary */
struct added {
	size_t files, bytes;
	bool left;
};

static struct added check_new(struct work *w, bool killed)
{
	struct added added = { 0 };

	for (size_t i = 0; i < w->now.count; i++) {
		const char *path = w->now.entries[i].path, *shown = path + strlen(w->root) + 1;
		char clean[PATH * 2];

		if (!is_new_file(w, i))
			continue;
		if (is_temp(path)) {
			added.left = true;
			if (!may_be_left(w, killed))
				wrong(w, "%s is left", path);
			continue;
		}
		added.files++;
		added.bytes += (size_t)w->now.entries[i].st.st_size;
		if (w->scene->place != RECORDS && !same_bytes(path, in_clean(w, path, clean)))
			wrong(w, "%s is not whole", path);
		if (w->scene->place == RECORDS)
			shown = path + strlen(w->records) + 1;
		/* evidence is named by its event, whose path is printed */
		if (w->scene->place != BESIDE && !killed && !strstr(w->said, shown) &&
		    !strstr(w->complained, shown) &&
		    !(w->status == 0 && strstr(shown, "/evidence/")))
			wrong(w, "%s was added, and nobody told", path);
	}
	return added;
}

/* what record-check says of a folder: status, and its text to be freed */
static int checked(const struct work *w, const char *folder, bool tidy, char **text)
{
	const char *const words[] = { "record-check",         "-C", folder, "--evidence",
				      tidy ? "--tidy" : NULL, NULL };
	char *complained;
	int status = run(w, words, NULL, NULL, text, &complained);

	free(complained);
	return status;
}

static void check_records(struct work *w, const char *folder, bool left)
{
	struct tree now;
	char *text;

	if (checked(w, folder, false, &text) != 0)
		wrong(w, "record-check: %.400s", text);
	for (size_t i = 0; left && i < w->now.count; i++)
		if (is_temp(w->now.entries[i].path) &&
		    !strstr(text, last_part(w->now.entries[i].path)))
			wrong(w, "record-check does not name %s", w->now.entries[i].path);
	free(text);
	if (!left)
		return;
	if (checked(w, folder, true, &text) != 0)
		wrong(w, "record-check --tidy: %.400s", text);
	free(text);
	tree_read(&now, folder);
	for (size_t i = 0; i < now.count; i++)
		if (is_temp(now.entries[i].path))
			wrong(w, "--tidy leaves %s", now.entries[i].path);
	tree_free(&now);
}

/* the absolute path of a printed one */
static void absolute(const struct work *w, const char *printed, char path[PATH * 2])
{
	if (strncmp(printed, "../", 3) == 0)
		snprintf(path, PATH * 2, "%s/%s", w->root, printed + 3);
	else
		snprintf(path, PATH * 2, "%s/%s", w->records, printed);
}

/* in the state of the last cut: what was printed is there, what is there is whole */
static void check_cut(struct work *w, struct world *world)
{
	const struct world_file *file;
	const char *printed;

	for (size_t i = 0; w->scene->place != BESIDE && (printed = world_printed(world, i)); i++) {
		char path[PATH * 2];

		absolute(w, printed, path);
		file = world_find(world, path);
		if (!file || !file->whole)
			wrong(w, "%s was printed and is %s", printed, file ? "cut short" : "gone");
	}
	for (size_t i = 0; (file = world_file(world, i)); i++)
		if (!file->whole && !is_temp(file->path))
			wrong(w, "%s is cut short", file->path);
}

/* a command that says it is done: all is there, and would be after a power cut now */
static void check_done(struct work *w, size_t files)
{
	struct world *world = world_read(w->log, w->root);
	size_t last = world_points(world) - 1;

	if (lines_of(w->said) != w->scene->adds && w->scene->place != BESIDE)
		wrong(w, "%zu paths printed, not %zu", lines_of(w->said), w->scene->adds);
	world_cut(world, last, 0);
	check_cut(w, world);
	for (size_t i = 0; i < w->now.count; i++)
		if (is_new_file(w, i) && !is_temp(w->now.entries[i].path)) {
			const struct world_file *file = world_find(world, w->now.entries[i].path);

			if (!file || !file->whole)
				wrong(w, "done, but %s is not on the disk", w->now.entries[i].path);
		}
	if (w->scene->place != RECORDS && files < w->clean.count)
		wrong(w, "%zu of %zu files", files, w->clean.count);
	world_free(world);
}

/* what a plan-init that failed made is completed by the next */
static void check_resumed(struct work *w)
{
	char path[PATH + 16];
	char *said, *complained;

	snprintf(path, sizeof(path), "%s/plan.yaml", w->out);
	if (access(path, F_OK) != 0 && run(w, w->scene->words, NULL, NULL, &said, &complained) != 0)
		wrong(w, "cannot go on: %s", complained);
	check_records(w, w->out, true);
	tree_free(&w->now);
	tree_read(&w->now, w->root);
}

/* handled: it must be done all the same; told: it must not; again: the same call failed before; then files that are as large as those of the clean run, where
 * ids have one length, are not given to record-check once more */
static void check(struct work *w, bool killed, bool again, bool handled, bool told)
{
	struct added added = check_new(w, killed);
	bool known = again && !added.left && added.files == w->files && added.bytes == w->bytes;

	check_old(w);
	if (killed ? w->status != -SIGKILL : w->status != 0 && w->status != 3)
		wrong(w, "ended with %d", w->status);
	if (handled && w->status != 0)
		wrong(w, "gives up");
	if (told && w->status != 3)
		wrong(w, "goes on");
	if (!killed && w->status != 0 && !*w->complained)
		wrong(w, "no message");
	if (w->status == 0)
		check_done(w, added.files);
	if (w->scene->place == NEW && !known)
		check_resumed(w);
	else if (w->scene->place == RECORDS && added.files + added.left && !known)
		check_records(w, w->records, added.left);
}

/* --- the rounds --- */

static const char *const FAULTS[] = { "EIO", "ENOSPC", "EINTR", "EDQUOT", "EROFS" };

static bool is(const char *a, const char *b)
{
	return a && strcmp(a, b) == 0;
}

/* what a writer makes again, or goes on with, whatever the call */
static bool is_handled(const char *error, const char *call)
{
	return is(error, "SHORT") || (is(error, "EINTR") && !is(call, "open") &&
				      !is(call, "close") && !is(call, "syncfs"));
}

/* what bytes were lost in cannot end well */
static bool is_told(const char *error, const char *call)
{
	return error && !is(error, "KILL") && !is(error, "SHORT") && !is(error, "EINTR") &&
	       (is(call, "close-written") || is(call, "write") || is(call, "fsync"));
}

static void one(struct work *w, const struct trouble *trouble, const char *call, bool again)
{
	snprintf(w->how, sizeof(w->how), "FAULT_AT=%zu FAULT_ALLOC=%zu FAULT_ERROR=%s %s ",
		 trouble->at, trouble->alloc, trouble->error ? trouble->error : "", call);
	start(w, trouble);
	check(w, is(trouble->error, "KILL"), again, is_handled(trouble->error, call),
	      is_told(trouble->error, call));
	put_back(w);
}

static void fail_calls(struct work *w, const struct world *world)
{
	w->calls = world_calls(world);
	for (size_t n = 1; n <= w->calls; n++) {
		const char *call = world_call(world, n - 1);

		for (size_t i = 0; i < sizeof(FAULTS) / sizeof(*FAULTS); i++, w->faults++)
			one(w, &(struct trouble){ .at = n, .error = FAULTS[i] }, call, i > 0);
		if (strcmp(call, "write") == 0) {
			one(w, &(struct trouble){ .at = n, .error = "SHORT" }, call, true);
			w->faults++;
		}
		one(w, &(struct trouble){ .at = n, .error = "KILL" }, call, false);
		w->kills++;
	}
}

static void fail_allocations(struct work *w, const struct world *world)
{
	size_t all = (size_t)world_allocations(world),
	       n = all < MOST_ALLOCATIONS ? all : MOST_ALLOCATIONS;

	w->allocations = all;
	if (w->scene->fed)
		n = 0;
	w->starved = n;
	for (size_t i = 0; i < n; i++)
		one(w, &(struct trouble){ .alloc = 1 + i * all / n }, "allocation", true);
}

static void put_file(const char *path, const char *bytes, size_t n)
{
	char folder[PATH * 2];
	FILE *file;

	for (const char *p = strchr(path + 1, '/'); p; p = strchr(p + 1, '/')) {
		snprintf(folder, sizeof(folder), "%.*s", (int)(p - path), path);
		mkdir(folder, 0777);
	}
	file = need(fopen(path, "w"));
	fwrite(bytes, 1, n, file);
	fclose(file);
}

/* a text that is the same for the same files */
static void describe(struct world *world, char *text, size_t size)
{
	const struct world_file *file;
	size_t n = 0;

	*text = '\0';
	for (size_t i = 0; (file = world_file(world, i)) && n < size; i++)
		n += (size_t)snprintf(text + n, size - n, "%s %zu\n", file->path, file->size);
}

/* the files of the last cut in the record folder, and what record-check says of them */
static void check_folder(struct work *w, struct world *world)
{
	const struct world_file *file;
	bool left = false;

	for (size_t i = 0; (file = world_file(world, i)); i++) {
		put_file(file->path, file->bytes, file->size);
		left = left || is_temp(file->path);
	}
	forget(w);
	tree_read(&w->now, w->root);
	check_records(w, w->records, left);
	tree_free(&w->now);
	tree_read(&w->now, w->root);
	put_back(w);
}

static void cut_power(struct work *w, struct world *world)
{
	static char seen[4000][2000];
	size_t nseen = 0;

	for (size_t point = 0; point < world_points(world); point++, w->points++)
		for (size_t choice = 0; world_cut(world, point, choice); choice++, w->states++) {
			char text[2000];
			size_t i = 0;

			snprintf(w->how, sizeof(w->how), "power cut at %zu, state %zu", point,
				 choice);
			check_cut(w, world);
			describe(world, text, sizeof(text));
			while (i < nseen && strcmp(seen[i], text) != 0)
				i++;
			if (i < nseen || w->scene->place != RECORDS || nseen == 4000)
				continue;
			strcpy(seen[nseen++], text);
			w->folders++;
			check_folder(w, world);
		}
}

/* --- a scene --- */

static void copy(const char *from, const char *to)
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		execlp("cp", "cp", "-a", from, to, (char *)NULL);
		_exit(126);
	}
	if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
		need(NULL);
}

static void set_up(struct work *w, size_t number)
{
	snprintf(w->folder, sizeof(w->folder), "%s/%zu", scratch, number);
	snprintf(w->root, sizeof(w->root), "%.2000s/root", w->folder);
	snprintf(w->records, sizeof(w->records), "%.2000s/rf", w->root);
	snprintf(w->out, sizeof(w->out), "%.2000s/out", w->root);
	snprintf(w->log, sizeof(w->log), "%.2000s/log", w->folder);
	snprintf(w->tmp, sizeof(w->tmp), "%.2000s/tmp", w->folder);
	mkdir(w->folder, 0777);
	mkdir(w->tmp, 0777);
	copy(base, w->root);
	if (w->scene->place == BESIDE)
		mkdir(w->out, 0777);
	tree_read(&w->before, w->root);
	put_back(w);
}

/* nothing fails: how many calls there are, and what comes out */
static struct world *run_clean(struct work *w)
{
	struct trouble none = { .at = 0 };
	char clean[PATH + 16];

	snprintf(w->how, sizeof(w->how), "nothing fails");
	start(w, &none);
	if (w->scene->place != RECORDS && w->status == 0) {
		snprintf(clean, sizeof(clean), "%s/clean", w->folder);
		copy(w->out, clean);
		tree_read(&w->clean, clean);
		for (size_t i = w->clean.count;
		     i-- > 0;) /* files that are new: neither folders nor the old one */
			if (S_ISDIR(w->clean.entries[i].st.st_mode) ||
			    strstr(w->clean.entries[i].path, "/visits.csv"))
				w->clean.entries[i] = w->clean.entries[--w->clean.count];
	}
	if (w->status != 0)
		wrong(w, "fails");
	for (size_t i = 0; i < w->now.count; i++)
		if (is_new_file(w, i)) {
			w->files++;
			w->bytes += (size_t)w->now.entries[i].st.st_size;
		}
	check(w, false, false, false, false);
	put_back(w);
	return world_read(w->log, w->root);
}

static int play(const struct scene *scene, size_t number)
{
	static struct work w;
	struct world *world;

	w.scene = scene;
	set_up(&w, number);
	world = run_clean(&w);
	if (!w.bad) {
		cut_power(&w, world);
		fail_calls(&w, world);
		fail_allocations(&w, world);
	}
	printf("| %s | %zu | %zu | %zu | %zu of %zu | %zu | %zu | %zu | %zu |\n", scene->title,
	       w.calls, w.faults, w.kills, w.starved, w.allocations, w.points, w.states, w.folders,
	       w.bad);
	return w.bad > 0;
}

/* each scene in a process on one processor, so that the command has one thread */
static pid_t launch(const struct scene *scene, size_t number, size_t processor)
{
	pid_t child = fork();
	char table[PATH + 32];
	cpu_set_t set;

	if (child)
		return child;
	CPU_ZERO(&set);
	CPU_SET(processor, &set);
	sched_setaffinity(0, sizeof(set), &set);
	snprintf(table, sizeof(table), "%s/%zu.table", scratch, number);
	need(freopen(table, "w", stdout));
	exit(play(scene, number));
}

static bool is_wanted(const struct scene *scene, int n, char **titles)
{
	for (int i = 0; i < n; i++)
		if (strstr(scene->title, titles[i]))
			return true;
	return n == 0;
}

/* as many at a time as there are processors */
static int play_all(int n, char **titles)
{
	pid_t running[CPU_SETSIZE] = { 0 };
	size_t processors[CPU_SETSIZE], count = 0;
	int busy = 0, bad = 0, status;
	size_t next = 0;
	cpu_set_t set;
	pid_t ended;

	sched_getaffinity(0, sizeof(set), &set);
	for (size_t i = 0; i < CPU_SETSIZE; i++)
		if (CPU_ISSET(i, &set))
			processors[count++] = i;
	for (;;) {
		for (size_t i = 0; i < count; i++) {
			while (next < NSCENES && !is_wanted(&SCENES[next], n, titles))
				next++;
			if (running[i] || next == NSCENES)
				continue;
			running[i] = launch(&SCENES[next], next, processors[i]);
			next++;
			busy++;
		}
		if (!busy)
			return bad;
		ended = wait(&status);
		for (size_t i = 0; i < count; i++)
			if (running[i] == ended) {
				running[i] = 0;
				busy--;
				bad += status != 0;
			}
	}
}

int main(int argc, char **argv)
{
	size_t passed = 0;
	int bad;

	if (argc < 5) {
		fputs("usage: fault/run BIN PRELOAD BASE SCRATCH [SCENE...]\n", stderr);
		return 2;
	}
	bin = argv[1];
	preload = argv[2];
	base = argv[3];
	scratch = argv[4];
	setenv("DUBAN_BY", "张某", 1);
	setenv("DUBAN_UNIT", "jingchuan", 1);
	setenv("LC_ALL", "C", 1);
	unsetenv("DUBAN_DIR");
	bad = play_all(argc - 5, argv + 5);
	for (size_t i = 0; i < NSCENES; i++) {
		char table[PATH + 32];
		char *text;

		snprintf(table, sizeof(table), "%s/%zu.table", scratch, i);
		text = need(text_of(table, NULL));
		fputs(text, stdout);
		passed += *text != '\0';
		free(text);
	}
	printf("%zu passed, %d failed\n", passed - (size_t)bad, bad);
	return bad > 0;
}
