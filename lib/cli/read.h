/*
 * read.h: what all commands that read records share: as of when, which units, record arguments, the
 * scan of folded records, figures, and the output of a report in one of its forms.
 */
#ifndef DUBAN_CLI_READ_H
#define DUBAN_CLI_READ_H

#include "cli/cli.h"
#include "model/guard.h"
#include "model/indicator.h"
#include "model/record.h"
#include "report/report.h"
#include "store/evidence.h"

/* options of readers */
struct reader {
	const char *as_of_text, *format, *encoding;
	bool redact; /* names of persons are masked, and what free text holds */
	struct strings units_text;
	/* after reader_resolve */
	moment_t as_of;     /* MOMENT_ALL: every event there is */
	day_t day;          /* dates are judged as of this day */
	const char *stamp;  /* as of, as it is printed: a date or a moment */
	const char **units; /* folders to read */
	size_t nunits;
	bool filtered; /* --unit was given */
};

/*
 * reader_add_options: --as-of, --unit, --format and --encoding, --redact (each when its flag is
 * set).
 */
#define READ_AS_OF 1u
#define READ_UNIT 2u
#define READ_FORMAT 4u
#define READ_REDACT 8u
void reader_add_options(struct cli *cli, struct reader *r, unsigned which);

/*
 * reader_resolve: after cli_open. Ends with 1 on a wrong date or unit, with 2 on an unknown format,
 * with 3 when a unit's folder that is needed is not here.
 */
void reader_resolve(struct cli *cli, struct reader *r);

/* reader_for_people: whether the form is one that people read, not csv, json or xlsx. */
bool reader_for_people(const struct reader *r);

/* reader_need_here: ends with 3 and names each folder of r->units that is not here. */
void reader_need_here(struct cli *cli, const struct reader *r);

/* a record that was named */
struct ref {
	const char *id, *folder; /* <unit>/<folder>/<yyyy-mm> */
};

/*
 * refs_resolve: record arguments (an id, its unique last part of three characters or more, a path,
 * or - for such names on standard input) to records; ends with 1 when one is not found. The list
 * lives in the arena.
 */
size_t refs_resolve(struct cli *cli, const struct strings *operands, struct ref **refs);

/*
 * names_read: appends the names on standard input, one a line; ends with 1 when there is none, with
 * 3 when it cannot be read.
 */
void names_read(struct cli *cli, struct strings *names);

/* path_operand: the first operand that looks like a path, for cli_open; NULL. */
const char *path_operand(const struct strings *operands);

/* record_load: reads and parses a record; ends with 1 or 3 when it cannot be read. */
void record_load(struct cli *cli, const struct ref *ref, struct record *record);

/*
 * merged_into: the problem into which another one had been merged by the moment, an id in the arena;
 * NULL when it had not, or is not here. *state: that of the other one then; STATES when it is not
 * here. What cannot be read is a finding, with a path relative to the root.
 */
const char *merged_into(const struct cli *cli, const char *id, moment_t as_of, enum state *state,
			struct arena *arena, struct findings *findings);

/*
 * records_scan: every record of the kinds in the units (`prefix`: whose id starts so, at least with
 * letter and date, in the month of that date; NULL: all), folded as of r->as_of, in path order;
 * records entered later are left out, and names masked with r->redact. take is called on this thread; what it keeps it must copy.
 * Ends with 1 when a file is no readable record, with 3 on an I/O error.
 */
void records_scan(struct cli *cli, const struct reader *r, const char *const *units, size_t nunits,
		  unsigned kinds, const char *prefix,
		  void (*take)(void *context, const struct folded *folded), void *context);

/*
 * has_io: whether the findings from number `from` on say what the system did not let us do, so that
 * it is no answer.
 */
bool has_io(const struct findings *findings, size_t from);

/* all_here: whether every unit's folder is here. */
bool all_here(const struct cli *cli);

/*
 * evidence_or_away: the state, but away for a file that is gone because a sparse checkout leaves it
 * out: the unit's folder may be here without its evidence.
 */
enum evidence_state evidence_or_away(const struct cli *cli, const char *file,
				     enum evidence_state state);

/* evidence_answer: what guards and reports call the state in which a file of evidence was found. */
enum evidence_answer evidence_answer(enum evidence_state state);

/* report_out: writes the report in the reader's format to stdout. */
void report_out(struct cli *cli, const struct reader *r, const struct report *report);

/* The parts of it, for what is no report. no_terminal: ends with 2 when stdout is a terminal, where
 * a spreadsheet is no use. */
void no_terminal(void);

/* encode_out: the text in another encoding (NULL: as it is); ends with 1 or 2. */
void encode_out(struct cli *cli, const char *encoding, struct str *text);

/* bytes_failed: the end when a spreadsheet could not be made, by errno: 1 or 3. */
void bytes_failed(struct cli *cli) __attribute__((noreturn));

/* record_path: "<folder>/<id>.yaml" in the arena, relative to the root. */
const char *record_path(struct arena *arena, const struct record *record);

#endif
