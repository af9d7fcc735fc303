/*
 * The fold: every move from every state against the table of domain 2.3 and contract 2, written
 * down here a second time from their text; what has a meaning in which state; and what events leave
 * behind.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "model/problem.h"
#include "tale.h"

#define PROBLEM(to)                                                                                \
	"kind: problem\nid: p-20240418-q4z7aa\nunit: jingchuan\ndate: '2024-04-18'\n"              \
	"title: t\norigin: visit\ntrack: scheduled\nlead: jingchuan\n"                             \
	"responsible: [jingchuan, bigdata-center]\ndue: '2024-05-31'\n"                            \
	"measures: [{id: M1, text: a}, {id: M2, text: b}]\n"                                       \
	"milestones: [{id: N1, name: x, date: '2024-05-24'}]\n"                                    \
	"entered: {at: '2024-04-18T18:00:00+08:00', by: a, unit: jingchuan, to: " to "}\n"

/* an event on a day, at 09:00 */
#define ON(day, rest) "---\n{at: '2024-" day "T09:00:00+08:00', by: a, unit: jingchuan, " rest "}\n"

/* how a problem comes into each state, by moves that no test of a single move relies on */
static const struct {
	enum state state;
	const char *yaml;
} WAYS[] = {
	{ STATE_REGISTERED, PROBLEM("registered") },
	{ STATE_LISTED, PROBLEM("listed") },
	{ STATE_RECTIFYING, PROBLEM("listed") ON("04-19", "to: rectifying") },
	{ STATE_SUBMITTED,
	  PROBLEM("listed") ON("04-19", "to: rectifying") ON("04-20", "to: submitted") },
	{ STATE_RETURNED, PROBLEM("listed") ON("04-19", "to: rectifying")
				  ON("04-20", "to: submitted") ON("04-21", "to: returned") },
	{ STATE_CLOSED, PROBLEM("listed") ON("04-19", "to: rectifying") ON("04-20", "to: submitted")
				ON("04-21", "to: closed") },
	{ STATE_REOPENED,
	  PROBLEM("listed") ON("04-19", "to: rectifying") ON("04-20", "to: submitted")
		  ON("04-21", "to: closed") ON("04-22", "to: reopened, due: '2024-06-30'") },
	{ STATE_TRANSFERRED, PROBLEM("listed") ON("04-19", "to: transferred") },
	{ STATE_MERGED, PROBLEM("listed") ON("04-19", "to: merged") },
	{ STATE_DECLINED, PROBLEM("registered") ON("04-19", "to: declined") },
	{ STATE_WITHDRAWN, PROBLEM("registered") ON("04-19", "to: withdrawn") },
};

#define WAYS_N (sizeof(WAYS) / sizeof(*WAYS))

/* one line per arrow: domain 2.3, then what contract 2 adds */
static const struct {
	enum state from, to;
} ARROWS[] = {
	{ STATE_REGISTERED, STATE_LISTED },
	{ STATE_REGISTERED, STATE_TRANSFERRED },
	{ STATE_REGISTERED, STATE_MERGED },
	{ STATE_REGISTERED, STATE_DECLINED },
	{ STATE_LISTED, STATE_RECTIFYING },
	{ STATE_LISTED, STATE_SUBMITTED }, /* 立行立改 */
	{ STATE_RECTIFYING, STATE_SUBMITTED },
	{ STATE_SUBMITTED, STATE_RETURNED },
	{ STATE_RETURNED, STATE_RECTIFYING },
	{ STATE_SUBMITTED, STATE_CLOSED },
	{ STATE_CLOSED, STATE_REOPENED },
	{ STATE_REOPENED, STATE_RECTIFYING },
	/* any open one can be transferred */
	{ STATE_LISTED, STATE_TRANSFERRED },
	{ STATE_RECTIFYING, STATE_TRANSFERRED },
	{ STATE_SUBMITTED, STATE_TRANSFERRED },
	{ STATE_RETURNED, STATE_TRANSFERRED },
	{ STATE_REOPENED, STATE_TRANSFERRED },
	/* contract 2 */
	{ STATE_SUBMITTED, STATE_RECTIFYING },
	{ STATE_LISTED, STATE_MERGED },
	{ STATE_RECTIFYING, STATE_MERGED },
	{ STATE_LISTED, STATE_DECLINED },
	/* a record entered by mistake, whatever became of it */
	{ STATE_REGISTERED, STATE_WITHDRAWN },
	{ STATE_LISTED, STATE_WITHDRAWN },
	{ STATE_RECTIFYING, STATE_WITHDRAWN },
	{ STATE_SUBMITTED, STATE_WITHDRAWN },
	{ STATE_RETURNED, STATE_WITHDRAWN },
	{ STATE_CLOSED, STATE_WITHDRAWN },
	{ STATE_REOPENED, STATE_WITHDRAWN },
	{ STATE_TRANSFERRED, STATE_WITHDRAWN },
	{ STATE_MERGED, STATE_WITHDRAWN },
	{ STATE_DECLINED, STATE_WITHDRAWN },
};

static bool is_move(enum state from, enum state to)
{
	for (size_t i = 0; i < sizeof(ARROWS) / sizeof(*ARROWS); i++)
		if (ARROWS[i].from == from && ARROWS[i].to == to)
			return true;
	return false;
}

/* the record of a way with one more event, on 1 May */
static struct folded *with_event(const char *yaml, const char *rest)
{
	return tale_fold(arena_printf(&tale_arena,
				      "%s---\n{at: '2024-05-01T09:00:00+08:00', by: a, unit: "
				      "jingchuan, %s}\n",
				      yaml, rest),
			 NULL);
}

static const struct step *last_step(const struct folded *f)
{
	return &f->steps[f->nsteps - 1];
}

static void every_move(void **state)
{
	(void)state;
	for (size_t i = 0; i < WAYS_N; i++) {
		assert_int_equal(tale_fold(WAYS[i].yaml, NULL)->state, WAYS[i].state);
		for (int to = 0; to < STATES; to++) {
			char rest[32];
			struct folded *f;
			bool moves = is_move(WAYS[i].state, (enum state)to);

			snprintf(rest, sizeof(rest), "to: %s", state_name((enum state)to));
			f = with_event(WAYS[i].yaml, rest);
			if ((last_step(f)->skip == SKIP_NONE) != moves)
				fail_msg("%s → %s", state_name(WAYS[i].state),
					 state_name((enum state)to));
			assert_int_equal(f->state, moves ? (enum state)to : WAYS[i].state);
			assert_int_equal(last_step(f)->skip, moves ? SKIP_NONE : SKIP_MOVE);
			assert_int_equal(last_step(f)->before, WAYS[i].state);
			assert_int_equal(last_step(f)->after, f->state);
		}
		tale_end(NULL);
	}
}

/* other kinds of records can be withdrawn, nothing else */
static void other_kinds(void **state)
{
	static const char *const keys[] = {
		"done: [M1]",         "undone: [M1]",      "waived: [M1]",
		"review: passed",     "due: '2024-05-01'", "follow_up: {method: phone}",
		"policy: {title: a}", "to_unit: lingtai",  "master: p-20240418-000000"
	};

	(void)state;
	for (int k = 0; k < KINDS; k++) {
		const char *yaml = arena_printf(
			&tale_arena,
			"kind: %s\nid: x\nentered: {at: '2024-04-18T18:00:00+08:00', by: a, unit: "
			"jingchuan, to: recorded}\n",
			KIND_INFO[k].name);
		struct folded *f;

		if (k == KIND_PROBLEM)
			continue;
		for (int to = 0; to < STATES; to++) {
			f = with_event(yaml, arena_printf(&tale_arena, "to: %s",
							  state_name((enum state)to)));
			assert_int_equal(last_step(f)->skip,
					 to == STATE_WITHDRAWN ? SKIP_NONE : SKIP_MOVE);
			assert_int_equal(f->state,
					 to == STATE_WITHDRAWN ? STATE_WITHDRAWN : STATE_RECORDED);
		}
		for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
			f = with_event(yaml, keys[i]);
			assert_int_equal(last_step(f)->skip, SKIP_PART);
			assert_memory_equal(last_step(f)->part, keys[i],
					    strlen(last_step(f)->part));
		}
		assert_int_equal(last_step(with_event(yaml, "reply: r"))->skip,
				 k == KIND_SUPERVISION ? SKIP_NONE : SKIP_PART);
		assert_int_equal(last_step(with_event(yaml, "note: n, set: {a: 1}"))->skip,
				 SKIP_NONE);
		tale_end(NULL);
	}
}

/* the states in which a part of an event has a meaning */
static void parts_of_events(void **state)
{
	static const struct {
		const char *rest, *part;
		unsigned states; /* where it may stand */
	} rows[] = {
#define ALL ((1u << STATES) - 1)
#define WORK                                                                                       \
	(STATE_BIT(STATE_LISTED) | STATE_BIT(STATE_RECTIFYING) | STATE_BIT(STATE_RETURNED) |       \
	 STATE_BIT(STATE_REOPENED))
		{ "note: n", NULL, ALL },
		{ "evidence: [{file: f}]", NULL, ALL },
		{ "follow_up: {method: phone, date: '2024-05-01', result: satisfied}", NULL, ALL },
		{ "policy: {title: t}", NULL, ALL },
		{ "set: {title: u}", NULL, ALL },
		{ "done: [M1]", "done", WORK },
		{ "undone: [M1]", "undone", WORK },
		{ "waived: [M1], note: n", "waived", WORK },
		{ "review: passed", "review", STATE_BIT(STATE_SUBMITTED) },
		{ "review: failed", "review", STATE_BIT(STATE_SUBMITTED) },
		{ "due: '2024-06-30', note: n", "due", STATE_BIT(STATE_REGISTERED) | OPEN_STATES },
		{ "reply: r", "reply", 0 },
		{ "set: {lead: lingtai}, note: n", "set",
		  ALL & ~(STATE_BIT(STATE_SUBMITTED) | STATE_BIT(STATE_CLOSED)) },
		{ "set: {measures: []}, note: n", "set",
		  ALL & ~(STATE_BIT(STATE_SUBMITTED) | STATE_BIT(STATE_CLOSED)) },
		{ "set: {due: '2024-06-30'}, note: n", "set", /* only before it was listed */
		  STATE_BIT(STATE_REGISTERED) | STATE_BIT(STATE_DECLINED) },
	};

	(void)state;
	for (size_t i = 0; i < WAYS_N; i++) {
		if (WAYS[i].state == STATE_WITHDRAWN)
			continue;
		for (size_t j = 0; j < sizeof(rows) / sizeof(*rows); j++) {
			const struct step *step = last_step(with_event(WAYS[i].yaml, rows[j].rest));
			bool may = rows[j].states & STATE_BIT(WAYS[i].state);

			if (step->skip != (may ? SKIP_NONE : SKIP_PART))
				fail_msg("%s in %s", rows[j].rest, state_name(WAYS[i].state));
			if (!may)
				assert_string_equal(step->part, rows[j].part);
		}
		tale_end(NULL);
	}
}

/* nothing is left of a record that was withdrawn */
static void after_withdrawing(void **state)
{
	(void)state;
	assert_int_equal(last_step(with_event(WAYS[WAYS_N - 1].yaml, "note: still here"))->skip,
			 SKIP_MOVE);
}

/* contract 2: origin track lead responsible measures milestones indicators needs_policy */
static void guarded_fields(void **state)
{
	static const char *const names[] = {
		"origin",   "track",      "lead",       "responsible",
		"measures", "milestones", "indicators", "needs_policy"
	};
	static const char *const others[] = { "title", "description",  "due",  "cause",
					      "pain",  "due.measures", "lead2" };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		assert_true(field_is_guarded(names[i]));
	assert_true(field_is_guarded("measures.text"));
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		assert_false(field_is_guarded(others[i]));
}

/* of two offices that decided offline the first counts, and is named; nothing of the second does */
static void skipped_whole(void **state)
{
	struct folded *f = tale_fold(
		PROBLEM("listed") ON("04-19", "to: rectifying")
			ON("04-20", "to: submitted, done: [M1]") ON("04-21", "note: between")
				ON("04-22", "to: submitted, done: "
					    "[M2], set: {title: u}, "
					    "due: '2024-07-31', note: n"),
		NULL);

	(void)state;
	assert_int_equal(f->nsteps, 5);
	assert_int_equal(f->steps[4].skip, SKIP_MOVE);
	assert_string_equal(f->steps[4].first->name, "e2");
	assert_true(f->measures[0].said);
	assert_false(f->measures[1].said);
	assert_string_equal(node_string(f->fields, "title"), "t");
	assert_int_equal(f->due, day_of_civil(2024, 5, 31));
	assert_string_equal(f->last->name, "e3");
	/* a part that is not allowed takes the move with it */
	f = tale_fold(PROBLEM("listed") ON("04-19", "to: rectifying")
			      ON("04-20", "to: submitted, review: passed"),
		      NULL);
	assert_int_equal(f->state, STATE_RECTIFYING);
	assert_int_equal(f->steps[2].skip, SKIP_PART);
	assert_string_equal(f->steps[2].part, "review");
	assert_string_equal(f->steps[2].first->name, "e1");
	/* with nothing before it, `entered` came first */
	f = tale_fold(PROBLEM("listed") ON("04-19", "to: closed"), NULL);
	assert_ptr_equal(f->steps[1].first, &f->record->events[0]);
}

static void as_of(void **state)
{
	const char *yaml = PROBLEM("listed") ON("04-17", "to: rectifying")
		ON("04-19", "to: rectifying") ON("04-20", "to: submitted");
	struct folded *f = tale_fold(yaml, NULL);

	(void)state;
	assert_int_equal(f->steps[1].skip, SKIP_BEFORE);
	assert_int_equal(f->state, STATE_SUBMITTED);
	f = tale_fold(yaml, "2024-04-19");
	assert_true(f->exists);
	assert_int_equal(f->state, STATE_RECTIFYING);
	assert_int_equal(f->nsteps, 3); /* what comes later does not exist */
	assert_int_equal(f->last_entry, tale_moment("2024-04-19T09:00:00+08:00"));
	f = tale_fold(yaml, "2024-04-19T09:00:00+08:00"); /* the very second is in it */
	assert_int_equal(f->state, STATE_RECTIFYING);
	f = tale_fold(yaml, "2024-04-19T08:59:59+08:00");
	assert_int_equal(f->state, STATE_LISTED);
	f = tale_fold(yaml, "2024-04-17");
	assert_false(f->exists);
}

/* fold_would changes nothing, step by step is the same as at once */
static void step_by_step(void **state)
{
	struct folded *whole, f;
	struct record record;
	const char *part;

	(void)state;
	assert_int_equal(tale_parse(&record, WAYS[6].yaml), 0);
	assert_int_equal(fold_start(&f, &record, TALE_OFFSET, 1, &tale_arena), 0);
	for (size_t i = 1; i < record.nevents; i++) {
		struct folded before = f;

		assert_int_equal(fold_would(&f, &record.events[i], &part), SKIP_NONE);
		assert_int_equal(memcmp(&before, &f, sizeof(f)), 0);
		assert_int_equal(fold_apply(&f, &record.events[i]), SKIP_NONE);
	}
	whole = tale_fold(WAYS[6].yaml, NULL);
	assert_int_equal(f.state, whole->state);
	assert_int_equal(f.nsteps, whole->nsteps);
	assert_int_equal(f.due, whole->due);
	assert_int_equal(fold_apply(&f, &record.events[1]), SKIP_NONE); /* one to spare */
}

static const char *dates(const struct folded *f)
{
	static char out[2 * DATE_SIZE + 8];
	char due[DATE_SIZE] = "-", original[DATE_SIZE] = "-";

	if (f->due != DAY_NONE)
		date_format(f->due, due);
	if (f->due_original != DAY_NONE)
		date_format(f->due_original, original);
	snprintf(out, sizeof(out), "%s %s", due, original);
	return out;
}

#define BARE                                                                                       \
	"kind: problem\nid: p-20240418-q4z7aa\nunit: jingchuan\n"                                  \
	"entered: {at: '2024-04-18T18:00:00+08:00', by: a, unit: jingchuan, to: registered}\n"

/* the due date first in force on the list is the original one, whatever follows */
static void due_dates(void **state)
{
	(void)state;
	assert_string_equal(dates(tale_fold(BARE, NULL)), "- -");
	assert_string_equal(dates(tale_fold(PROBLEM("registered"), NULL)), "2024-05-31 -");
	assert_string_equal(dates(tale_fold(PROBLEM("listed"), NULL)), "2024-05-31 2024-05-31");
	assert_string_equal(
		dates(tale_fold(PROBLEM("registered") ON("04-19", "set: {due: '2024-06-10'}")
					ON("04-20", "to: listed"),
				NULL)),
		"2024-06-10 2024-06-10");
	assert_string_equal(
		dates(tale_fold(BARE ON("04-19", "to: listed") ON("04-20", "due: '2024-06-10'")
					ON("04-21", "due: '2024-06-20'"),
				NULL)),
		"2024-06-20 2024-06-10");
	assert_string_equal(
		dates(tale_fold(BARE ON("04-19", "to: listed, due: '2024-06-10'"), NULL)),
		"2024-06-10 2024-06-10");
	assert_string_equal(
		dates(tale_fold(PROBLEM("listed") ON("04-19", "due: '2024-06-30', note: n"), NULL)),
		"2024-06-30 2024-05-31");
	assert_string_equal(
		node_string(
			tale_fold(PROBLEM("listed") ON("04-19", "due: '2024-06-30'"), NULL)->fields,
			"due"),
		"2024-06-30");
	assert_string_equal(dates(tale_fold(WAYS[6].yaml, NULL)), "2024-06-30 2024-05-31");
	assert_true(tale_fold(WAYS[6].yaml, NULL)->due_since_reopening);
	assert_false(tale_fold(PROBLEM("listed") ON("04-19", "due: '2024-06-30'"), NULL)
			     ->due_since_reopening);
}

static void times_of_moves(void **state)
{
	const char *yaml =
		PROBLEM("registered") ON("04-19", "to: listed") ON("04-20", "to: rectifying")
			ON("04-21", "to: submitted") ON("04-22", "to: returned, note: n")
				ON("04-23", "to: rectifying") ON("04-24", "to: submitted")
					ON("04-25", "review: passed") ON("04-26", "to: closed");
	const char *reopened =
		arena_printf(&tale_arena, "%s%s", yaml, ON("04-27", "to: reopened, note: n"));
	struct folded *f = tale_fold(yaml, NULL);

	(void)state;
	assert_int_equal(f->listed_at, tale_moment("2024-04-19T09:00:00+08:00"));
	assert_int_equal(f->closed_at, tale_moment("2024-04-26T09:00:00+08:00"));
	assert_int_equal(f->times_returned, 1);
	assert_string_equal(f->submitted->name, "e6");
	assert_string_equal(f->review->name, "e7");
	f = tale_fold(reopened, NULL);
	assert_int_equal(f->times_reopened, 1);
	assert_int_equal(f->closed_at, MOMENT_NONE);
	assert_int_equal(f->reopened_step, 9);
	assert_int_equal(f->listed_at, tale_moment("2024-04-19T09:00:00+08:00"));
	assert_null(f->submitted);
	assert_null(f->review);
	/* a review counts until the next submission */
	f = tale_fold(yaml, "2024-04-25");
	assert_non_null(f->review);
	f = tale_fold(arena_printf(&tale_arena, "%s%s%s%s", PROBLEM("listed"),
				   ON("04-20", "to: rectifying") ON("04-21", "to: submitted"),
				   ON("04-22", "review: passed") ON("04-23", "to: rectifying"),
				   ON("04-24", "to: submitted")),
		      NULL);
	assert_null(f->review);
}

/* M1=s2 e1: said by two units, one file counts for it; w waived; - nothing */
static const char *work(const struct folded *f)
{
	static struct str out;

	str_reset(&out);
	for (size_t i = 0; i < f->nmeasures; i++) {
		const struct measure *m = &f->measures[i];

		str_addf(&out, "%s%s", i ? " " : "", m->id);
		str_addf(&out, m->said ? "=s%zu" : "=-", m->nsaid);
		str_addf(&out, "%s e%zu", m->waived ? "w" : "", m->evidence);
	}
	for (size_t i = 0; i < f->nmilestones; i++)
		str_addf(&out, " %s=%s%s", f->milestones[i].id, f->milestones[i].said ? "s" : "-",
			 f->milestones[i].waived ? "w" : "");
	return str_text(&out);
}

static void done_and_undone(void **state)
{
	(void)state;
	assert_string_equal(work(tale_fold(PROBLEM("listed"), NULL)), "M1=- e0 M2=- e0 N1=-");
	assert_string_equal(work(tale_fold(PROBLEM("listed") ON("04-19", "done: [M2, N1]"), NULL)),
			    "M1=- e0 M2=s1 e0 N1=s");
	assert_string_equal(work(tale_fold(PROBLEM("listed") ON("04-19", "done: [M2, N1]")
						   ON("04-20", "undone: [M2, N1]"),
					   NULL)),
			    "M1=- e0 M2=- e0 N1=-");
	assert_string_equal(work(tale_fold(PROBLEM("listed") ON("04-19", "waived: [M1, N1]")
						   ON("04-20", "undone: [M1]"),
					   NULL)),
			    "M1=- e0 M2=- e0 N1=-w");
	/* the same unit twice is one, another is another; unknown ids are nothing here */
	assert_string_equal(
		work(tale_fold(PROBLEM("listed") ON("04-19", "done: [M1, M9]")
				       ON("04-20", "done: [M1]") "---\n{at: "
								 "'2024-04-21T09:00:00+08:00', by: "
								 "b, unit: lingtai, done: [M1]}\n",
			       NULL)),
		"M1=s2 e0 M2=- e0 N1=-");
	/* a new list of measures keeps what was said of those that stay */
	assert_string_equal(
		work(tale_fold(PROBLEM("listed") ON("04-19", "done: [M1]")
				       ON("04-20", "set: {measures: [{id: M3, text: c}, {id: M1, "
						   "text: a}], milestones: []}, note: n"),
			       NULL)),
		"M3=- e0 M1=s1 e0");
}

/* contract 2: for the measures in its own `done`; else for every one done so far; `for` narrows */
static void evidence(void **state)
{
	struct folded *f;

	(void)state;
	f = tale_fold(PROBLEM("listed") ON("04-19", "done: [M1], evidence: [{file: a}]"), NULL);
	assert_string_equal(work(f), "M1=s1 e1 M2=- e0 N1=-");
	assert_int_equal(f->evidence, 1);
	f = tale_fold(PROBLEM("listed") ON("04-19", "done: [M1]") ON("04-20", "done: [M2]")
			      ON("04-21", "evidence: [{file: a}, {file: b}]"),
		      NULL);
	assert_string_equal(work(f), "M1=s1 e2 M2=s1 e2 N1=-");
	assert_int_equal(f->evidence, 2);
	f = tale_fold(PROBLEM("listed") ON("04-19", "done: [M1]")
			      ON("04-20", "done: [M2], evidence: [{file: a}]"),
		      NULL);
	assert_string_equal(work(f), "M1=s1 e0 M2=s1 e1 N1=-");
	f = tale_fold(PROBLEM("listed") ON("04-19", "done: [M1, M2]")
			      ON("04-20", "evidence: [{file: a, for: [M2]}, {file: b}]"),
		      NULL);
	assert_string_equal(work(f), "M1=s1 e1 M2=s1 e2 N1=-");
	/* a milestone alone in `done` is no measure */
	f = tale_fold(PROBLEM("listed") ON("04-19", "done: [M1]")
			      ON("04-20", "done: [N1], evidence: [{file: a}]"),
		      NULL);
	assert_string_equal(work(f), "M1=s1 e1 M2=- e0 N1=s");
	f = tale_fold(PROBLEM("listed") ON("04-19", "evidence: [{file: a}]"), NULL);
	assert_string_equal(work(f), "M1=- e0 M2=- e0 N1=-");
	assert_int_equal(f->evidence, 1);
}

static void sets(void **state)
{
	struct folded *f =
		tale_fold(PROBLEM("listed") ON("04-19", "set: {title: u, lead: lingtai}, note: n")
				  ON("04-20", "set: {title: v, pain: blockage}"),
			  NULL);

	(void)state;
	assert_string_equal(node_string(f->fields, "title"), "v");
	assert_string_equal(node_string(f->fields, "lead"), "lingtai");
	assert_string_equal(node_string(f->fields, "pain"), "blockage");
	assert_string_equal(node_string(f->record->root, "title"), "t"); /* as it was written */
	assert_int_equal(f->last_entry, tale_moment("2024-04-20T09:00:00+08:00"));
}

#define ONCE                                                                                       \
	"kind: problem\nid: p-20240418-q4z7aa\nunit: jingchuan\ntrack: immediate\n"                \
	"measures: [{id: M1, text: a, units: [lingtai]}]\n"                                        \
	"entered: {at: '2024-04-18T18:00:00+08:00', by: a, unit: jingchuan, to: listed}\n"

/* done for good: by each of the units that a measure names, or all at once for what is immediate */
static void what_is_done(void **state)
{
	const char *yaml =
		"kind: problem\nid: p-20240418-q4z7aa\nunit: jingchuan\ntrack: scheduled\n"
		"measures: [{id: M1, text: a, units: [jingchuan, lingtai]}, {id: M2, text: b}]\n"
		"milestones: [{id: N1, name: 申请销号, date: '2024-05-24'}, {id: N2, name: "
		"审核验收, date: '2024-05-25'}, {id: N3, name: 销号, date: '2024-05-26'}, {id: N4, "
		"name: 其他, date: '2024-05-27'}]\n"
		"entered: {at: '2024-04-18T18:00:00+08:00', by: a, unit: jingchuan, to: "
		"listed}\n" ON(
			"04-19",
			"done: [M1], to: rectifying") "---\n{at: '2024-04-20T09:00:00+08:00', by: "
						      "b, unit: lingtai, done: [M1]}\n" ON("04-21",
											   "to: "
											   "submitt"
											   "ed")
							      ON("04-22", "review: passed")
								      ON("04-23", "to: closed");
	static const struct {
		const char *day, *done; /* measures M1 M2, milestones N1 to N4 */
	} rows[] = { { "2024-04-19", "------" },
		     { "2024-04-20", "x-----" },
		     { "2024-04-21", "x-x---" },
		     { "2024-04-22", "x-xx--" },
		     { "2024-04-23", "x-xxx-" } };
	struct plan plan;
	struct folded *f;

	(void)state;
	tale_plan(&plan, NULL);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char done[7] = "";

		f = tale_fold(yaml, rows[i].day);
		for (size_t j = 0; j < 2; j++)
			strcat(done, measure_is_done(&plan, f, &f->measures[j]) ? "x" : "-");
		for (size_t j = 0; j < 4; j++)
			strcat(done, milestone_is_done(&plan, f, &f->milestones[j]) ? "x" : "-");
		assert_string_equal(done, rows[i].done);
	}
	/* 立行立改: all of it, once it was submitted */
	f = tale_fold(ONCE ON("04-21", "to: submitted"), NULL);
	assert_true(measure_is_done(&plan, f, &f->measures[0]));
	/* until it is sent back */
	f = with_event(ONCE ON("04-21", "to: submitted"), "to: returned, note: n");
	assert_false(measure_is_done(&plan, f, &f->measures[0]));
	f = with_event(ONCE ON("04-21", "to: submitted"), "to: closed");
	assert_true(measure_is_done(&plan, f, &f->measures[0]));
	/* put to work, it is like any other */
	f = with_event(ONCE ON("04-21", "to: rectifying"), "to: submitted, note: n");
	assert_false(measure_is_done(&plan, f, &f->measures[0]));
}

int main(void)
{
	const struct CMUnitTest fold[] = {
		cmocka_unit_test_teardown(every_move, tale_end),
		cmocka_unit_test_teardown(other_kinds, tale_end),
		cmocka_unit_test_teardown(parts_of_events, tale_end),
		cmocka_unit_test_teardown(after_withdrawing, tale_end),
		cmocka_unit_test(guarded_fields),
		cmocka_unit_test_teardown(skipped_whole, tale_end),
		cmocka_unit_test_teardown(as_of, tale_end),
		cmocka_unit_test_teardown(step_by_step, tale_end),
		cmocka_unit_test_teardown(due_dates, tale_end),
		cmocka_unit_test_teardown(times_of_moves, tale_end),
		cmocka_unit_test_teardown(done_and_undone, tale_end),
		cmocka_unit_test_teardown(evidence, tale_end),
		cmocka_unit_test_teardown(sets, tale_end),
		cmocka_unit_test_teardown(what_is_done, tale_end),
	};

	return cmocka_run_group_tests(fold, NULL, NULL);
}
