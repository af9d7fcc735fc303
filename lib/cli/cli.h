/*
 * cli.h: what every command shares: its start and end, the record folder with its plan, findings on
 * stderr, exit statuses (contract 3).
 *
 * The only room that reads the environment, the clock and argv.
 */
#ifndef DUBAN_CLI_CLI_H
#define DUBAN_CLI_CLI_H

#include <stdio.h>

#include "base/diag.h"
#include "base/outcome.h"
#include "cli/args.h"
#include "cli/schemas.h"
#include "model/plan.h"
#include "store/scan.h"
#include "store/store.h"

struct cli {
	struct arena arena;
	struct findings findings; /* printed by cli_end and cli_tell */
	struct store store;
	struct schemas schemas;
	struct schema_run *run; /* of the schema that was checked last, run_of */
	const struct schema *run_of;
	struct plan plan;
	bool has_folder; /* store and plan are there */
	bool told;       /* an error was printed */
	moment_t now;
	const char *typed; /* a file that holds what a person typed: told when it came to nothing */

	/* common options */
	const char *folder; /* -C */
	const char *color;
	struct opts opts;
};

/*
 * cli_start: sets the language, checks stdout at exit, opens the folder for its schemas when there
 * is one
 * (-C, $DUBAN_DIR, the working directory) and adds the common options. Problems with the folder are
 * told only by cli_open.
 */
void cli_start(struct cli *cli, int argc, char **argv);

/*
 * cli_open: the folder, its plan checked. `path`: the folder of a path argument, or NULL. Ends the
 * program with status 3 and findings when it cannot.
 */
void cli_open(struct cli *cli, const char *path);

/* cli_load_plan: reads and checks a plan's text; ends with 3 and findings when it is not right. */
void cli_load_plan(struct cli *cli, const char *path, const struct str *text);

/* cli_end: prints what is left to say, releases all, and returns the exit status of main. */
int cli_end(struct cli *cli, enum outcome outcome);

/* cli_tell: prints the findings so far to stderr and forgets them. */
void cli_tell(struct cli *cli);

/* cli_tell_to: prints the findings to a stream and keeps them; `prefix` goes before the files'
 * names. */
void cli_tell_to(struct cli *cli, FILE *stream, const char *prefix);

/* cli_told: what is printed of a finding's text: of records no personal data (privacy.h). */
const char *cli_told(struct cli *cli, const char *text);

/* cli_print: n bytes to standard output; a failure is told at exit, with its reason. */
void cli_print(const char *text, size_t n);

/* cli_flush: what was printed so far goes out; false after a failure, which is told at exit. */
bool cli_flush(void);

/* cli_fail: cli_end and exit. */
void cli_fail(struct cli *cli, enum outcome outcome) __attribute__((noreturn));

/* cli_add_options: appends a table to the options. */
void cli_add_options(struct cli *cli, const struct opt *opts, size_t n);

/* cli_error: an error without a position: code and message. Returns the finding for a hint. */
struct finding *cli_error(struct cli *cli, const char *code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* cli_no_memory: the end when memory is. */
void cli_no_memory(struct cli *cli) __attribute__((noreturn));

/* cli_unit: a unit typed by a person (id, name, alias); ends with 1 and the nearest names
 * otherwise. */
int cli_unit(struct cli *cli, const char *option, const char *word);

/* cli_colored: whether output to this stream should have colour (--color, NO_COLOR, a terminal). */
bool cli_colored(const struct cli *cli, int fd);

/* cli_host: answers the schema's questions from the plan and the folder; context is the cli. */
const struct schema_host *cli_host(struct cli *cli);

/* cli_subproperties: schema_subproperties in the cli's arena; ends with 3 when out of memory. */
size_t cli_subproperties(struct cli *cli, const struct node *schema, struct schema_property **out);

/* cli_find_record: store_find_record among the plan's units; ends with 3 when that is not known. */
const char *cli_find_record(struct cli *cli, const char *id, struct arena *arena);

/* cli_path: a path below the root as it can be used from the working directory, in the arena. */
const char *cli_path(struct cli *cli, const char *path);

/* cli_added: prints the path of a file that was added, at once. */
void cli_added(struct cli *cli, const char *path);

/* cli_tell_share: a finding when the record folder lies on a network share. */
void cli_tell_share(struct cli *cli, enum level level);

/* cli_paths: the same for the files of all findings from number `from` on, which the store made. */
void cli_paths(struct cli *cli, size_t from);

#endif
