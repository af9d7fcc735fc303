#include "work.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kill.h"

#define MOST_SECONDS 20
#define MOST_TOLD 12
#define FORK_FD 101 /* as in preload.c */

void *need(const void *p)
{
	if (!p) {
		perror("fault/run");
		exit(2);
	}
	return (void *)p;
}

void wrong(struct work *w, const char *format, ...)
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

static void set_number(const char *name, size_t value)
{
	char text[24];

	snprintf(text, sizeof(text), "%zu", value);
	setenv(name, text, 1);
}

static void redirect(const char *path, int flags, int fd)
{
	int opened = open(path, flags, 0666);

	if (opened < 0 || dup2(opened, fd) < 0)
		_exit(126);
	close(opened);
}

static void set_trouble(const struct work *w, const struct trouble *trouble)
{
	if (!trouble->system || w->scene->every)
		setenv("LD_PRELOAD", preload, 1);
	if (w->scene->every)
		setenv("FAULT_EVERY", w->scene->every, 1);
	if (trouble->system)
		return;
	setenv("FAULT_LOG", w->log, 1);
	set_number("FAULT_AT", trouble->at);
	set_number("FAULT_ALLOC", trouble->alloc);
	setenv("FAULT_ERROR", trouble->error ? trouble->error : "EIO", 1);
	if (trouble->fork) {
		setenv("FAULT_FORK", trouble->fork, 1);
		if (dup2(trouble->fd, FORK_FD) < 0)
			_exit(126);
	}
}

pid_t launch(const struct work *w, const char *const *words, const struct trouble *trouble,
	     const char *input)
{
	const int written = O_WRONLY | O_CREAT | O_TRUNC | O_APPEND;
	char path[PATH + 32];
	pid_t child;

	if (trouble)
		unlink(w->log);
	child = fork();
	if (child < 0)
		need(NULL);
	if (child)
		return child;
	if (chdir(w->records) < 0)
		_exit(126);
	snprintf(path, sizeof(path), "%s/%s", w->root, input ? input : "");
	redirect(input ? path : "/dev/null", O_RDONLY, 0);
	snprintf(path, sizeof(path), "%s/stdout", w->folder);
	redirect(path, written, 1);
	snprintf(path, sizeof(path), "%s/stderr", w->folder);
	redirect(path, written, 2);
	setenv("TMPDIR", w->tmp, 1);
	if (trouble)
		set_trouble(w, trouble);
	snprintf(path, sizeof(path), "%s/%s", bin, words[0]);
	if (!trouble || !trouble->fork)
		alarm(MOST_SECONDS);
	if (trouble && trouble->system)
		kill_me();
	execv(path, (char **)words);
	_exit(126);
}

int status_of(int wait_status)
{
	return WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : -WTERMSIG(wait_status);
}

static void read_texts(const struct work *w, char **said, char **complained)
{
	char path[PATH + 32];

	snprintf(path, sizeof(path), "%s/stdout", w->folder);
	*said = need(text_of(path, NULL));
	snprintf(path, sizeof(path), "%s/stderr", w->folder);
	*complained = need(text_of(path, NULL));
}

int run(const struct work *w, const char *const *words, char **said, char **complained)
{
	pid_t child = launch(w, words, NULL, NULL);
	int status;

	if (waitpid(child, &status, 0) != child)
		need(NULL);
	read_texts(w, said, complained);
	return status_of(status);
}

void forget(struct work *w)
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

void take(struct work *w, int wait_status)
{
	forget(w);
	w->status = status_of(wait_status);
	read_texts(w, &w->said, &w->complained);
	tree_read(&w->now, w->root);
}

void start(struct work *w, const struct trouble *trouble)
{
	int status = 0;
	pid_t child;

	clear_tmp(w);
	child = launch(w, w->scene->words, trouble, w->scene->input);
	if (trouble->system)
		status = kill_at(child, trouble->system);
	else if (waitpid(child, &status, 0) != child)
		need(NULL);
	take(w, status);
}

/* what -o writes over, as it was; a file of its own, so that times tell */
static void put_old(struct work *w)
{
	char path[PATH + 32];
	const struct entry *old, *now;
	FILE *file;

	snprintf(path, sizeof(path), "%s/visits.csv", w->out);
	old = tree_find(&w->before, path);
	now = tree_find(&w->now, path);
	if (old && now && entry_is_same(old, now))
		return;
	unlink(path);
	file = need(fopen(path, "w"));
	fputs("old\n", file);
	fclose(file);
	tree_free(&w->before);
	tree_read(&w->before, w->root);
}

void put_back(struct work *w)
{
	tree_clear(&w->now, &w->before);
	if (w->scene->place == BESIDE)
		put_old(w);
}

void copy(const char *from, const char *to)
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

void set_up(struct work *w, const struct scene *scene, size_t number)
{
	w->scene = scene;
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
