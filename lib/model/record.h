/*
 * record.h: a record with its events, and what they make of it (contract 1, 2).
 *
 * record_parse reads the files of one stored record; record_fold lays the events over it as of a
 * moment. Folding looks at nothing but the record and its events, so every clone computes the same.
 * Problems have a life cycle of their own (problem.h) that folds through the same call.
 */
#ifndef DUBAN_MODEL_RECORD_H
#define DUBAN_MODEL_RECORD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/diag.h"
#include "store/kind.h"
#include "store/scan.h"
#include "yaml/tree.h"

enum state {
	STATE_RECORDED,
	STATE_REGISTERED,
	STATE_LISTED,
	STATE_RECTIFYING,
	STATE_SUBMITTED,
	STATE_RETURNED,
	STATE_CLOSED,
	STATE_REOPENED,
	STATE_TRANSFERRED,
	STATE_MERGED,
	STATE_DECLINED,
	STATE_WITHDRAWN,
	STATES,
};

#define STATE_BIT(state) (1u << (state))
/* 列账未销: what counts as open (contract 2) */
#define OPEN_STATES                                                                                \
	(STATE_BIT(STATE_LISTED) | STATE_BIT(STATE_RECTIFYING) | STATE_BIT(STATE_SUBMITTED) |      \
	 STATE_BIT(STATE_RETURNED) | STATE_BIT(STATE_REOPENED))

/* state_name: "rectifying"; state_label: 整改中. state_named: by either, or STATES. */
const char *state_name(enum state state);
const char *state_label(enum state state);
enum state state_named(const char *text);

struct event {
	const char *name;        /* of its file; NULL for `entered` */
	const struct node *root; /* the event, or the `entered` map */
	moment_t at;
	const char *by, *unit;
};

/* a record as it was read: its own fields and its events in order of `at`, then of file name */
struct record {
	enum kind kind;
	const char *id, *folder, *unit;
	const struct node *root;
	struct event *events; /* [0] is `entered` */
	size_t nevents;
};

/*
 * record_parse: reads the stored files into the arena. Files that cannot be read or are no YAML are
 * findings (paths put before with `prefix`) and make it return -1, as does a missing or senseless
 * `entered`; 0 otherwise. Nothing is checked against a schema here.
 */
int record_parse(struct record *record, const struct stored *stored, const char *prefix,
		 struct arena *arena, struct findings *findings);

/*
 * record_read: the tree of one of the stored files, in the arena; NULL and a finding when it cannot
 * be read or is no YAML.
 */
const struct node *record_read(const struct stored *stored, const struct stored_file *file,
			       const char *prefix, struct arena *arena, struct findings *findings);

/* as of when: only events with `at` not after it exist */
#define MOMENT_ALL INT64_MAX

/* why an event, or a part of it, was left out */
enum skip {
	SKIP_NONE,
	SKIP_BEFORE, /* dated before `entered` */
	SKIP_MOVE,   /* `to` is no move from the state */
	SKIP_PART,   /* a part is not allowed in the state */
};

struct step {
	const struct event *event;
	enum skip skip;
	const char *part; /* SKIP_PART: the key; else NULL */
	const struct event
		*first; /* the event that brought the state in which this was not allowed */
	enum state before, after;
};

struct measure {
	const char *id, *text;
	const struct node *units; /* who each must say done; NULL: one word is enough */
	bool said;                /* someone said done (and did not take it back) */
	const char **said_by;     /* the units that said so */
	size_t nsaid;
	bool waived;
	size_t evidence; /* files that count for it */
};

struct milestone_state {
	const char *id, *name;
	day_t date;
	bool said, waived;
};

/* what the events make of a record */
struct folded {
	const struct record *record;
	const struct node *fields;   /* the record's map with `set` and `due` laid over */
	const struct node *unmasked; /* the same before names were masked, or NULL */
	enum state state;
	bool exists;        /* false: entered after the moment */
	struct step *steps; /* one per event, `entered` first */
	size_t nsteps;
	moment_t last_entry; /* newest applied event, `entered` included */
	const struct event *last;

	/* problems */
	day_t due, due_original;       /* DAY_NONE: none yet */
	moment_t listed_at, closed_at; /* MOMENT_NONE: not (or not any more) */
	int times_returned, times_reopened;
	size_t reopened_step; /* the step of the last reopening; 0: none */
	bool due_since_reopening;
	bool at_once; /* 立行立改 that was submitted from the list, and not sent back */
	const struct event *submitted; /* the last one, or NULL */
	const struct event *review;    /* the last one since then, or NULL */
	struct measure *measures;
	size_t nmeasures;
	struct milestone_state *milestones;
	size_t nmilestones;
	size_t evidence; /* files in applied events */

	struct arena *arena;
	int offset;
	bool failed; /* out of memory */
};

/*
 * record_fold: the record as of the moment. `offset` is the plan's, for the dates of moves. -1 when
 * out of memory. Fields of the result live in the arena or in the record.
 */
int record_fold(struct folded *folded, const struct record *record, moment_t as_of, int offset,
		struct arena *arena);

/*
 * fold_start, fold_apply: the same step by step, for who wants to look between two events:
 * fold_start applies `entered`; fold_apply the next event and says whether it was applied. `spare`
 * more events than the record has may be applied.
 */
int fold_start(struct folded *folded, const struct record *record, int offset, size_t spare,
	       struct arena *arena);
enum skip fold_apply(struct folded *folded, const struct event *event);

/* fold_would: whether the event would be applied now; the key that bars it in *part. Changes
 * nothing. */
enum skip fold_would(const struct folded *folded, const struct event *event, const char **part);

/* event_parse: fills an event from its tree; false when `at`, `by` or `unit` is missing or
 * senseless. */
bool event_parse(struct event *event, const char *name, const struct node *root);

/* event_state: the state an event moves to, or STATES when it has no `to`. */
enum state event_state(const struct event *event);

/* overlay: `fields` with the entries of an event's `set` laid over; dotted names reach into maps.
 */
const struct node *overlay(const struct node *fields, const struct node *set, struct arena *arena);

/* field_is_guarded: fields of a listed problem that need the right to list and a note (contract 2);
 * of a dotted name the first part. */
bool field_is_guarded(const char *name);

/* field_date: a date field, or DAY_NONE. */
day_t field_date(const struct node *fields, const char *name);

#endif
