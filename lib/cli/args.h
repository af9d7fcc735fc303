/*
 * args.h: options as a table, parsed by argp: long options written out in full, exit status 2 for
 * what no table knows, --help on a checked stdout.
 */
#ifndef DUBAN_CLI_ARGS_H
#define DUBAN_CLI_ARGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* texts that were given, in order */
struct strings {
	const char **items;
	size_t count, cap;
};

/* strings_add: -1 when out of memory; the text is not copied. */
int strings_add(struct strings *list, const char *text);
void strings_release(struct strings *list);

/* One option. Exactly one of flag, one, many is set. */
struct opt {
	const char *name; /* long, without dashes; NULL: a heading, `help` is its text */
	char letter;      /* 0: none */
	const char *metavar;
	const char *help;
	bool *flag;
	const char **one; /* given twice: usage error */
	struct strings *many;
	bool once; /* with many: given twice is a usage error */
};

struct usage {
	const char *operands; /* "RECORD", "[RECORD...]", "" */
	const char *summary;  /* one or two sentences, translated by args_parse */
	size_t least, most;   /* operands */
	const char *decides;  /* the option that decides which others there are, or NULL */
};

/* tables of options, put one behind the other */
struct opts {
	struct opt *items;
	size_t count, cap;
};

/* opts_add: appends a table; -1 when out of memory. */
int opts_add(struct opts *opts, const struct opt *items, size_t n);
void opts_release(struct opts *opts);

/* opt_is_given: after args_parse; false for a heading. */
bool opt_is_given(const struct opt *opt);

/*
 * args_parse: fills what the options point to; operands in order. Does not return on --help,
 * --version (status 0, or 3 when stdout fails) and on what no option knows (status 2).
 */
void args_parse(int argc, char **argv, const struct opts *opts, const struct usage *usage,
		struct strings *operands);

/*
 * args_find: the value of an option before parsing (-C DIR, --directory DIR decides which schemas
 * make options), or NULL. letter 0: none.
 */
const char *args_find(int argc, char **argv, char letter, const char *name);

/* usage_error: prints the message and where help is, and exits with 2. */
void usage_error(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));

#endif
