#include "cli/progress.h"

#include <stdbool.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/msg.h"

#define FIRST_MS 500
#define STEP_MS 200

static struct {
	size_t done, all; /* all: 0: nobody knows */
	long long next;   /* ms */
	bool started, terminal, shown;
} progress;

static long long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void progress_of(size_t all)
{
	progress.all = all;
}

static void show(void)
{
	fputc('\r', stderr);
	if (progress.all)
		fprintf(stderr, _("%zu of %zu records"), progress.done, progress.all);
	else
		fprintf(stderr, ngettext_("%zu record", "%zu records", progress.done),
			progress.done);
	fflush(stderr);
}

void progress_tick(size_t n)
{
	long long now;

	if (!progress.started) {
		progress.started = true;
		progress.terminal = isatty(STDERR_FILENO) == 1;
		progress.next = now_ms() + FIRST_MS;
	}
	progress.done += n;
	if (!progress.terminal)
		return;
	now = now_ms();
	if (now < progress.next)
		return;
	progress.next = now + STEP_MS;
	progress.shown = true;
	show();
}

void progress_end(void)
{
	if (progress.shown)
		fputs("\r\033[K", stderr);
	progress.shown = false;
	progress.done = progress.all = 0;
}
