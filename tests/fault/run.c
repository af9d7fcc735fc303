/*
 * fault/run BIN PRELOAD BASE SCRATCH [SCENE...]: every command of scenes.h in a system in which the n-th
 * call fails, for every call and every error; killed before every call, and at every system call; with
 * no memory; and the power cut at every moment. What must hold after each:
 *
 * - Exit status 0 only if every path is printed and every file is there, whole, and survives a power cut
 *   at once, by the log of the calls, which the command does not write.
 * - Else status 3 with a message, and nothing new but whole files of which the path was printed.
 * - Files that were there are as they were. A temporary file is left by a kill only; record-check
 *   names it and --tidy removes it. record-check has nothing else to say.
 *
 * What comes before the first file or folder is touched is tried in children of one run (FAULT_FORK
 * of preload.c): they need not do again all that went well.
 *
 * FAULT_ALLOCATIONS=all, or about so many of each scene.
 *
 * One line of a table per scene; a fault that breaks something is told on stderr with what runs it
 * again. Exit status 1 then.
 */
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "judge.h"
#include "kill.h"

#define MOST_ALLOCATIONS 300 /* tried of each scene's, unless told otherwise */

const char *bin, *preload, *base, *scratch;

/* the columns */
enum {
	CALLS,
	FAULTED,
	KILLS,
	SYSTEM_KILLS,
	STARVED,
	ALLOCATIONS,
	MOMENTS,
	STATES,
	FOLDERS,
	BROKEN,
	COLUMNS
};

struct counts {
	size_t of[COLUMNS];
};

static const char *const FAULTS[] = {
	"EIO", "ENOSPC", "EINTR", "EDQUOT", "EROFS", "SHORT", "KILL"
};

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

static void judge_fault(struct work *w, const char *error, const char *call, bool again)
{
	judge(w, &(struct expected){ .killed = is(error, "KILL"),
				     .again = again,
				     .handled = is_handled(error, call),
				     .told = is_told(error, call) });
}

/* libraries that do not survive it are not the program itself */
static void judge_starved(struct work *w, size_t number)
{
	size_t n;
	char *log = need(text_of(w->log, &n)), *line = memmem(log, n, "\nn\t", 3);
	bool theirs = line && line[3] == '/'; /* the program has no path in words[0] */

	snprintf(w->how, sizeof(w->how), "FAULT_ALLOC=%zu %.*s", number,
		 line ? (int)strcspn(line + 3, "\n") : 0, line ? line + 3 : "");
	judge(w, &(struct expected){ .again = true, .may_die = w->scene->fed && theirs });
	free(log);
}

/* --- in children of one run --- */

/* judges one child; what it was is in w->how */
typedef void judge_child(struct work *w, size_t number, const char *error, struct counts *counts,
			 const struct world *world);

/* so far it came: calls and allocations until the first touch */
struct reached {
	size_t calls, allocations;
};

static struct reached fork_all(struct work *w, const char *how, judge_child *each,
			       struct counts *counts, const struct world *world)
{
	struct reached reached = { 0 };
	struct trouble trouble = { .fork = how };
	int ends[2], wait_status;
	char line[100], error[20];
	pid_t child;
	ssize_t n;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
		need(NULL);
	trouble.fd = ends[1];
	child = launch(w, w->scene->words, &trouble, w->scene->input);
	close(ends[1]);
	while ((n = read(ends[0], line, sizeof(line) - 1)) > 0) {
		size_t number;

		line[n] = '\0';
		if (sscanf(line, "%zu %19s %d", &number, error, &wait_status) == 3) {
			take(w, wait_status);
			each(w, number, error, counts, world);
			put_back(w);
			if (write(ends[0], "", 1) != 1)
				need(NULL);
		} else if (sscanf(line, "%zu %zu", &reached.calls, &reached.allocations) != 2) {
			need(NULL);
		}
	}
	close(ends[0]);
	if (waitpid(child, &wait_status, 0) != child)
		need(NULL);
	/* it has gone on as if nothing had been */
	take(w, wait_status);
	snprintf(w->how, sizeof(w->how), "FAULT_FORK=%s", how);
	judge(w, &(struct expected){ .handled = true });
	put_back(w);
	return reached;
}

/* --- the rounds --- */

static void judge_call(struct work *w, size_t n, const char *error, struct counts *counts,
		       const struct world *world)
{
	const char *call = n <= world_calls(world) ? world_call(world, n - 1) : "";

	snprintf(w->how, sizeof(w->how), "FAULT_AT=%zu FAULT_ERROR=%s %s ", n, error, call);
	judge_fault(w, error, call, !is(error, "EIO"));
	counts->of[is(error, "KILL") ? KILLS : FAULTED]++;
}

static void fail_calls(struct work *w, struct world *world, struct counts *counts)
{
	size_t n = fork_all(w, "calls", judge_call, counts, world).calls;

	counts->of[CALLS] = world_calls(world);
	while (n++ < world_calls(world)) {
		const char *call = world_call(world, n - 1);

		for (size_t i = 0; i < sizeof(FAULTS) / sizeof(*FAULTS); i++) {
			if (is(FAULTS[i], "SHORT") && !is(call, "write"))
				continue;
			start(w, &(struct trouble){ .at = n, .error = FAULTS[i] });
			judge_call(w, n, FAULTS[i], counts, world);
			put_back(w);
		}
	}
}

static void judge_allocation(struct work *w, size_t n, const char *error, struct counts *counts,
			     const struct world *world)
{
	(void)error;
	(void)world;
	judge_starved(w, n);
	counts->of[STARVED]++;
}

/* every so many-th of n */
static size_t step_of(size_t n)
{
	const char *wanted = getenv("FAULT_ALLOCATIONS");
	size_t most = wanted && *wanted ? strtoul(wanted, NULL, 10) : MOST_ALLOCATIONS;

	return is(wanted, "all") || most == 0 || n <= most ? 1 : (n + most - 1) / most;
}

static void fail_allocations(struct work *w, struct world *world, struct counts *counts)
{
	size_t all = (size_t)world_allocations(world), n, step;
	char how[60];

	counts->of[ALLOCATIONS] = all;
	snprintf(how, sizeof(how), "allocations:%zu", step_of(all));
	n = fork_all(w, how, judge_allocation, counts, world).allocations;
	step = step_of(all - n);
	for (n++; n <= all; n += step) {
		start(w, &(struct trouble){ .alloc = n });
		judge_allocation(w, n, NULL, counts, world);
		put_back(w);
	}
}

static void kill_system_calls(struct work *w, struct world *world, struct counts *counts)
{
	(void)world;
	for (size_t n = 1; w->status != 0; n++) {
		start(w, &(struct trouble){ .system = n });
		snprintf(w->how, sizeof(w->how), "killed at system call %zu (number %ld)", n,
			 kill_number());
		if (w->status != 0) {
			judge(w, &(struct expected){ .killed = true });
			counts->of[SYSTEM_KILLS]++;
		}
		put_back(w);
	}
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

static void cut_power(struct work *w, struct world *world, struct counts *counts)
{
	static char seen[4000][2000];
	size_t nseen = 0;

	for (size_t point = 0; point < world_points(world); point++, counts->of[MOMENTS]++)
		for (size_t choice = 0; world_cut(world, point, choice);
		     choice++, counts->of[STATES]++) {
			char text[2000];
			size_t i = 0;

			snprintf(w->how, sizeof(w->how), "power cut at %zu, state %zu", point,
				 choice);
			judge_cut(w, world);
			describe(world, text, sizeof(text));
			while (i < nseen && strcmp(seen[i], text) != 0)
				i++;
			if (i < nseen || w->scene->place != RECORDS || nseen == 4000)
				continue;
			strcpy(seen[nseen++], text);
			counts->of[FOLDERS]++;
			judge_folder(w, world);
		}
}

/* --- a scene --- */

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
	for (size_t i = 0; i < w->now.count; i++)
		if (is_new_file(w, i)) {
			w->files++;
			w->bytes += (size_t)w->now.entries[i].st.st_size;
		}
	judge(w, &(struct expected){ .handled = true });
	put_back(w);
	return world_read(w->log, w->root);
}

/* what takes longest first */
static void (*const ROUNDS[])(struct work *w, struct world *world,
			      struct counts *counts) = { fail_allocations, kill_system_calls,
							 fail_calls, cut_power };
#define NROUNDS (sizeof(ROUNDS) / sizeof(*ROUNDS))
#define NJOBS (NSCENES * NROUNDS)

static const struct scene *scene_of(size_t job)
{
	return &SCENES[job % NSCENES];
}

static void counts_path(char path[PATH + 32], size_t job)
{
	snprintf(path, PATH + 32, "%s/%zu.counts", scratch, job);
}

static int play(size_t job)
{
	static struct work w;
	struct counts counts = { 0 };
	char path[PATH + 32];
	struct world *world;
	FILE *file;

	set_up(&w, scene_of(job), job);
	world = run_clean(&w);
	if (!w.bad) {
		w.status = -1;
		ROUNDS[job / NSCENES](&w, world, &counts);
	}
	counts.of[BROKEN] = w.bad;
	counts_path(path, job);
	file = need(fopen(path, "w"));
	if (fwrite(&counts, sizeof(counts), 1, file) != 1 || fclose(file) != 0)
		need(NULL);
	return w.bad > 0;
}

/* each in a process on one processor, so that the command has one thread */
static pid_t launch_job(size_t job, size_t processor)
{
	pid_t child = fork();
	cpu_set_t set;

	if (child)
		return child;
	CPU_ZERO(&set);
	CPU_SET(processor, &set);
	sched_setaffinity(0, sizeof(set), &set);
	exit(play(job));
}

static bool is_wanted(const struct scene *scene, int n, char **titles)
{
	for (int i = 0; i < n; i++)
		if (strstr(scene->title, titles[i]))
			return true;
	return n == 0;
}

/* as many at a time as there are processors */
static int play_all(const bool *wanted)
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
			while (next < NJOBS && !wanted[next])
				next++;
			if (running[i] || next == NJOBS)
				continue;
			running[i] = launch_job(next++, processors[i]);
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

static void add_counts(struct counts *sum, size_t job)
{
	struct counts counts = { 0 };
	char path[PATH + 32];
	FILE *file;

	counts_path(path, job);
	file = fopen(path, "r");
	if (!file || fread(&counts, sizeof(counts), 1, file) != 1)
		counts.of[BROKEN] = 1;
	if (file)
		fclose(file);
	for (size_t i = 0; i < COLUMNS; i++)
		sum->of[i] += counts.of[i];
}

static void print_row(size_t scene, const bool *wanted, bool traced)
{
	struct counts sum = { 0 };

	for (size_t job = scene; job < NJOBS; job += NSCENES)
		if (wanted[job])
			add_counts(&sum, job);
	printf("| %s | %zu | %zu | %zu | ", SCENES[scene].title, sum.of[CALLS], sum.of[FAULTED],
	       sum.of[KILLS]);
	if (traced)
		printf("%zu", sum.of[SYSTEM_KILLS]);
	else
		printf("skipped");
	printf(" | %zu of %zu", sum.of[STARVED], sum.of[ALLOCATIONS]);
	for (size_t i = MOMENTS; i < COLUMNS; i++)
		printf(" | %zu", sum.of[i]);
	puts(" |");
}

int main(int argc, char **argv)
{
	bool wanted[NJOBS], traced = kill_permitted();
	size_t jobs = 0, skipped = 0;
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
	for (size_t job = 0; job < NJOBS; job++) {
		bool of_scene = is_wanted(scene_of(job), argc - 5, argv + 5);

		wanted[job] = of_scene && (traced || ROUNDS[job / NSCENES] != kill_system_calls);
		jobs += wanted[job];
		skipped += of_scene && !wanted[job];
	}
	bad = play_all(wanted);
	for (size_t scene = 0; scene < NSCENES; scene++)
		if (wanted[scene])
			print_row(scene, wanted, traced);
	if (skipped)
		printf("%zu skipped: ptrace is not permitted here, nothing was killed at its "
		       "system calls\n",
		       skipped);
	printf("%zu passed, %d failed\n", jobs - (size_t)bad, bad);
	return bad > 0;
}
