/*
 * work.h: a command of scenes.h at work in a folder of its own, in a system in which something goes
 * wrong, and what is left then.
 */
#ifndef DUBAN_TESTS_WORK_H
#define DUBAN_TESTS_WORK_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "scenes.h"
#include "tree.h"

#define PATH 4096

extern const char *bin, *preload, *base, *scratch;

struct work {
	const struct scene *scene;
	char folder[PATH], root[PATH], records[PATH], out[PATH], log[PATH + 8], tmp[PATH + 8];
	struct tree before;  /* all of the folder */
	struct tree clean;   /* of BESIDE and NEW: what it makes when nothing fails, in a copy */
	size_t files, bytes; /* that it adds when nothing fails */
	size_t bad;
	/* of the last run */
	char how[200];
	int status; /* of exit, or minus the signal */
	char *said, *complained;
	struct tree now;
};

struct trouble {
	size_t at, alloc;  /* 0: none */
	const char *error; /* of `at` */
	size_t system;    /* killed at the entry of its n-th system call, without preload.c's log */
	const char *fork; /* FAULT_FORK, see preload.c */
	int fd;           /* what it speaks by then */
};

/* need: ends the program when it is NULL. */
void *need(const void *p);

/* wrong: tells what broke, and how to do it again. */
__attribute__((format(printf, 2, 3))) void wrong(struct work *w, const char *format, ...);

void set_up(struct work *w, const struct scene *scene, size_t number);

/* launch: the words in the record folder; trouble may be NULL. */
pid_t launch(const struct work *w, const char *const *words, const struct trouble *trouble,
	     const char *input);

/* status_of: what waitpid told. take: what the command left, as of the status. */
int status_of(int wait_status);
void take(struct work *w, int wait_status);

/* start: the scene, and take. run: other words; the texts are to be freed. */
void start(struct work *w, const struct trouble *trouble);
int run(const struct work *w, const char *const *words, char **said, char **complained);

/* put_back: an older file in the place of what -o writes, and nothing else that a run left. */
void put_back(struct work *w);
void forget(struct work *w);

/* copy: a tree of files. */
void copy(const char *from, const char *to);

#endif
