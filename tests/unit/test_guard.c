/* Guards and rights (domain 2.3, 2.4, contract 2): what each refuses, by its code. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "model/guard.h"
#include "tale.h"

static struct plan plan;
static enum evidence_answer answer;
static const char *of_id; /* the record's id where it is another than tale.h gives it */

static int shipped(void **state)
{
	(void)state;
	tale_plan(&plan, NULL);
	answer = EVIDENCE_GOOD;
	return 0;
}

/* a problem of jingchuan alone, in its own hands; `rest` may change that */
#define OWN(rest, to)                                                                              \
	"kind: problem\nid: p-20240418-q4z7aa\nunit: jingchuan\norigin: self-check\n" rest         \
	"entered: {at: '2024-04-18T18:00:00+08:00', by: 张某, unit: jingchuan, to: " to "}\n"
#define WORK                                                                                       \
	"track: scheduled\nlead: jingchuan\nresponsible: [jingchuan]\ndue: '2024-05-31'\n"         \
	"measures: [{id: M1, text: a}]\nmilestones: [{id: N1, name: x, date: '2024-05-24'}]\n"
#define ONCE "track: immediate\nlead: jingchuan\nresponsible: [jingchuan]\ndue: '2024-05-31'\n"
/* two counties: closing is the owner's */
#define CROSS                                                                                      \
	"track: scheduled\nlead: jingchuan\nresponsible: [jingchuan, lingtai]\n"                   \
	"due: '2024-05-31'\nmeasures: [{id: M1, text: a}]\n"

#define BY(day, who, unit, rest)                                                                   \
	"---\n{at: '2024-" day "T09:00:00+08:00', by: " who ", unit: " unit ", " rest "}\n"
#define ZHANG(day, rest) BY(day, "张某", "jingchuan", rest)
#define RECTIFYING ZHANG("04-19", "to: rectifying")
#define DONE_M1 ZHANG("04-20", "done: [M1], evidence: [{file: f}]")
#define SUBMITTED RECTIFYING DONE_M1 ZHANG("04-21", "to: submitted, note: n")

static enum evidence_answer look(void *context, const struct node *evidence)
{
	(void)context;
	(void)evidence;
	return answer;
}

/* the codes of the guards that the last event of the text does not meet */
static const char *refused(const char *yaml)
{
	static struct str out;
	struct guard_world world = { .plan = &plan, .evidence = look };
	struct finding what = { .level = LEVEL_ERROR };
	struct findings list;
	struct record record;
	struct folded f;
	size_t n;

	findings_init(&list);
	str_reset(&out);
	str_add(&out, "");
	assert_int_equal(tale_parse(&record, yaml), 0);
	if (of_id)
		record.id = of_id;
	assert_int_equal(fold_start(&f, &record, TALE_OFFSET, 1, &tale_arena), 0);
	for (size_t i = 1; i + 1 < record.nevents; i++)
		if (fold_apply(&f, &record.events[i]) != SKIP_NONE)
			fail_msg("event %zu does not apply", i);
	if (record.nevents > 1)
		n = guards_check(&world, &f, &record.events[record.nevents - 1], &what, &list);
	else
		n = guards_entered(&world, &f, &record.events[0], &what, &list);
	assert_int_equal(n, list.count);
	assert_int_equal(n, list.errors);
	for (size_t i = 0; i < list.count; i++)
		str_addf(&out, "%s%s", i ? " " : "", list.items[i].code);
	findings_release(&list);
	return str_text(&out);
}

struct row {
	const char *yaml, *codes;
};

static void check(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *codes = refused(rows[i].yaml);

		if (strcmp(codes, rows[i].codes) != 0)
			fail_msg("row %zu: '%s', not '%s':\n%s", i, codes, rows[i].codes,
				 rows[i].yaml);
	}
}

#define CHECK(rows) check(rows, sizeof(rows) / sizeof(*(rows)))

static void listing(void **state)
{
	static const struct row rows[] = {
		{ OWN(WORK, "listed"), "" },
		{ OWN("", "listed"), "needs-field needs-field needs-field needs-field" },
		{ OWN("lead: jingchuan\nresponsible: [jingchuan]\ntrack: immediate\ndue: "
		      "'2024-04-17'\n",
		      "listed"),
		  "due-before-listing" },
		{ OWN(WORK, "registered") ZHANG("04-19", "to: listed"), "" },
		{ OWN("", "registered")
			  ZHANG("04-19", "to: listed, set: {lead: jingchuan, responsible: "
					 "[jingchuan], track: immediate, due: '2024-05-31'}"),
		  "" },
		{ OWN(CROSS, "registered") BY("04-19", "李某", "lingtai", "to: listed"), "right" },
		{ OWN(WORK, "registered") BY("04-19", "李某", "lingtai", "to: listed"), "no-part "
											"right" },
		{ OWN(WORK, "registered") BY("04-19", "周某", "pingliang", "to: listed"), "" },
	};

	(void)state;
	CHECK(rows);
}

/* a step of the city's centre on lingtai */
#define STEP(unit)                                                                                 \
	"kind: supervision\nid: s-20240521-8cy2kn\nunit: pingliang\nsubject: lingtai\n"            \
	"entered: {at: '2024-05-21T10:00:00+08:00', by: 周某, unit: " unit ", to: recorded}\n"

static void supervising(void **state)
{
	static const struct row rows[] = {
		{ STEP("pingliang"), "" },
		{ STEP("jingchuan"), "right" },
		{ STEP("lingtai"), "right" },
		{ STEP("pingliang") BY("05-22", "李某", "lingtai", "reply: r"), "" },
		{ STEP("pingliang") BY("05-22", "李某", "lingtai", "reply: r, note: n"), "" },
		{ STEP("pingliang") BY("05-22", "周某", "pingliang", "reply: r"), "reply" },
		{ STEP("pingliang") BY("05-22", "张某", "jingchuan", "reply: r"), "no-part reply" },
		{ STEP("pingliang") BY("05-22", "李某", "lingtai", "evidence: [{file: f}]"), "" },
		{ STEP("pingliang") BY("05-22", "李某", "lingtai", "set: {requirement: r}"),
		  "right" },
		{ STEP("pingliang") BY("05-22", "周某", "pingliang", "set: {requirement: r}"), "" },
		{ STEP("pingliang") BY("05-22", "李某", "lingtai", "to: withdrawn, note: n"),
		  "right" },
		{ STEP("pingliang") BY("05-22", "周某", "pingliang", "to: withdrawn, note: n"),
		  "" },
	};

	(void)state;
	CHECK(rows);
}

static void leaving(void **state)
{
	static const struct row rows[] = {
		{ OWN(WORK, "listed") ZHANG("04-19", "to: declined"), "needs-note" },
		{ OWN(WORK, "listed") ZHANG("04-19", "to: declined, note: n"), "" },
		{ OWN(WORK, "listed") ZHANG("04-19", "to: transferred, note: n"), "needs-unit" },
		{ OWN(WORK, "listed") ZHANG("04-19", "to: transferred, note: n, to_unit: sys-tax"),
		  "" },
		{ OWN(WORK, "listed") ZHANG("04-19", "to: merged, note: n"), "needs-master" },
		{ OWN(WORK, "listed")
			  ZHANG("04-19", "to: merged, note: n, master: p-20240418-q4z7aa"),
		  "needs-master" },
		{ OWN(WORK, "listed")
			  ZHANG("04-19", "to: merged, note: n, master: p-20240418-q4z7ab"),
		  "" },
		{ OWN(CROSS, "listed") BY("04-19", "李某", "lingtai", "to: declined, note: n"),
		  "right" },
		{ OWN(WORK, "registered") ZHANG("04-19", "to: withdrawn"), "needs-note" },
		{ OWN(WORK, "registered") ZHANG("04-19", "to: withdrawn, note: n"), "" },
		{ OWN(WORK, "listed") ZHANG("04-19", "to: withdrawn, note: n"), "" },
		{ OWN(CROSS, "listed") ZHANG("04-19", "to: withdrawn, note: n"), "right" },
		{ OWN(CROSS, "listed") BY("04-19", "周某", "pingliang", "to: withdrawn, note: n"),
		  "" },
	};

	(void)state;
	CHECK(rows);
}

static void working(void **state)
{
	static const struct row rows[] = {
		{ OWN(WORK, "listed") RECTIFYING, "" },
		{ OWN(CROSS, "listed") BY("04-19", "周某", "pingliang", "to: rectifying"),
		  "responsible-unit needs-milestone" },
		{ OWN(ONCE, "listed") RECTIFYING, "needs-measure" },
		{ OWN("lead: jingchuan\nresponsible: [jingchuan]\ntrack: scheduled\ndue: "
		      "'2024-05-31'\nmeasures: [{id: M1, text: a}]\nmilestones: [{id: N1, name: x, "
		      "date: '2024-06-01'}]\n",
		      "listed") RECTIFYING,
		  "milestone-after-due" },
		/* 立行立改 goes straight to review, with evidence */
		{ OWN(ONCE, "listed") ZHANG("04-19", "to: submitted"), "needs-evidence" },
		{ OWN(ONCE, "listed") ZHANG("04-19", "to: submitted, evidence: [{file: f}]"), "" },
		{ OWN(WORK, "listed") ZHANG("04-19", "to: submitted, evidence: [{file: f}]"),
		  "immediate-only" },
		/* the rest needs the self-check, every measure, and evidence of each */
		{ OWN(WORK, "listed") RECTIFYING ZHANG("04-21", "to: submitted"),
		  "needs-note measure-open" },
		{ OWN(WORK, "listed")
			  RECTIFYING ZHANG("04-21", "to: submitted, done: [M1], note: n"),
		  "measure-evidence" },
		{ OWN(WORK, "listed") RECTIFYING ZHANG("04-21", "to: submitted, done: [M1], note: "
								"n, evidence: [{file: f}]"),
		  "" },
		{ OWN(WORK, "listed") RECTIFYING ZHANG("04-21", "waived: [M1], note: n")
			  ZHANG("04-22", "to: submitted, note: n"),
		  "" },
		{ OWN(WORK, "listed") SUBMITTED, "" },
		{ OWN(WORK, "listed") SUBMITTED ZHANG("04-22", "to: rectifying"), "" },
		/* sent back, the first application speaks no longer for its measures */
		{ OWN(ONCE "measures: [{id: M1, text: a}]\n",
		      "listed") ZHANG("04-19", "to: submitted, evidence: [{file: f}]")
			  ZHANG("04-20", "to: returned, note: n") ZHANG("04-21", "to: rectifying")
				  ZHANG("04-22", "to: submitted, note: n"),
		  "measure-open" },
		/* what is said done is there, and said by one who does it */
		{ OWN(WORK, "listed") ZHANG("04-19", "done: [M1, M7]"), "unknown-step" },
		{ OWN(WORK, "listed") ZHANG("04-19", "waived: [N1]"), "needs-note" },
		{ OWN(WORK, "listed") BY("04-19", "周某", "pingliang", "done: [M1]"),
		  "responsible-unit" },
		{ OWN(CROSS, "listed") BY("04-19", "李某", "lingtai", "done: [M1]"), "" },
	};

	(void)state;
	CHECK(rows);
}

static void reviewing(void **state)
{
	static const struct row rows[] = {
		{ OWN(WORK, "listed") SUBMITTED BY("04-22", "孙某", "jingchuan", "review: passed"),
		  "" },
		{ OWN(CROSS, "listed") SUBMITTED BY("04-22", "李某", "lingtai", "review: passed"),
		  "right" },
		{ OWN(WORK, "listed") SUBMITTED ZHANG("04-22", "to: returned"), "needs-note" },
		{ OWN(WORK, "listed") SUBMITTED ZHANG("04-22", "to: returned, note: n"), "" },
		{ OWN(CROSS, "listed")
			  SUBMITTED BY("04-22", "李某", "lingtai", "to: returned, note: n"),
		  "right" },
		{ OWN(WORK, "listed") ZHANG("04-22", "follow_up: {method: phone, date: "
						     "'2024-04-22', result: dissatisfied}"),
		  "needs-note" },
	};

	(void)state;
	CHECK(rows);
}

#define REVIEWED SUBMITTED BY("04-22", "孙某", "jingchuan", "review: passed")
#define ZHOU(day, rest) BY(day, "周某", "pingliang", rest)

static void closing(void **state)
{
	static const struct row rows[] = {
		/* the unit itself: another person closes, a second one has reviewed */
		{ OWN(WORK, "listed") REVIEWED BY("04-23", "李某", "jingchuan", "to: closed"), "" },
		{ OWN(WORK, "listed") REVIEWED ZHANG("04-23", "to: closed"), "separation" },
		{ OWN(WORK, "listed") REVIEWED BY("04-23", "'张 某'", "jingchuan", "to: closed"),
		  "separation" },
		{ OWN(WORK, "listed") SUBMITTED BY("04-23", "李某", "jingchuan", "to: closed"),
		  "second-person" },
		{ OWN(WORK, "listed") REVIEWED BY("04-23", "孙某", "jingchuan", "to: closed"),
		  "second-person" },
		{ OWN(WORK, "listed") SUBMITTED ZHANG("04-22", "review: passed")
			  BY("04-23", "李某", "jingchuan", "to: closed"),
		  "second-person" },
		/* the owner, who has no part in it, needs no second person */
		{ OWN(WORK, "listed") SUBMITTED ZHOU("04-23", "to: closed"), "" },
		{ OWN(WORK, "listed") SUBMITTED BY("04-22", "孙某", "jingchuan", "review: failed")
			  ZHOU("04-23", "to: closed"),
		  "review-failed" },
		{ OWN(WORK, "listed") SUBMITTED BY("04-22", "孙某", "jingchuan", "review: failed")
			  BY("04-22", "孙某", "jingchuan", "review: passed")
				  ZHOU("04-23", "to: closed"),
		  "" },
		/* two counties, and the plan's own: the owner alone */
		{ OWN(CROSS "milestones: [{id: N1, name: x, date: '2024-05-24'}]\n", "listed")
			  REVIEWED BY("04-23", "李某", "jingchuan", "to: closed"),
		  "right" },
		{ OWN(CROSS "milestones: [{id: N1, name: x, date: '2024-05-24'}]\n", "listed")
			  REVIEWED ZHOU("04-23", "to: closed"),
		  "" },
		/* all that is missing is told, also to those who may not close */
		{ OWN(CROSS "milestones: [{id: N1, name: x, date: '2024-05-24'}]\n", "listed")
			  RECTIFYING ZHANG("04-21", "to: submitted, note: n")
				  ZHANG("04-23", "to: closed"),
		  "right separation second-person measure-open needs-evidence" },
		/* 立行立改: the application spoke for its measures, unless it was put to work */
		{ OWN(ONCE "measures: [{id: M1, text: a}]\n", "listed")
			  ZHANG("04-19", "to: submitted, evidence: [{file: f}]")
				  ZHOU("04-23", "to: closed"),
		  "" },
		{ OWN(ONCE "measures: [{id: M1, text: a}]\n",
		      "listed") RECTIFYING ZHANG("04-20", "done: [M1]")
			  ZHANG("04-21", "to: submitted, note: n") ZHOU("04-23", "to: closed"),
		  "measure-evidence needs-evidence" },
		/* whoever raised it is asked about the result */
		{ OWN(WORK, "listed") SUBMITTED ZHOU("04-23", "to: closed, follow_up: {method: "
							      "phone, date: '2024-04-23', result: "
							      "satisfied}"),
		  "" },
		{ "kind: problem\nid: p-20240418-q4z7aa\nunit: jingchuan\norigin: visit\n" WORK
		  "entered: {at: '2024-04-18T18:00:00+08:00', by: 张某, unit: jingchuan, to: "
		  "listed}\n" SUBMITTED ZHOU("04-23", "to: closed"),
		  "follow-up" },
		{ OWN(WORK "needs_policy: true\n", "listed") SUBMITTED ZHOU("04-23", "to: closed"),
		  "policy" },
		{ OWN(WORK "needs_policy: true\n", "listed")
			  SUBMITTED ZHOU("04-23", "to: closed, note: why not"),
		  "" },
	};

	(void)state;
	CHECK(rows);
	for (answer = EVIDENCE_GOOD; answer <= EVIDENCE_NOT_HERE; answer++)
		assert_string_equal(
			refused(OWN(WORK, "listed") SUBMITTED ZHOU("04-23", "to: closed")),
			answer == EVIDENCE_GOOD      ? ""
			: answer == EVIDENCE_MISSING ? "evidence-missing"
			: answer == EVIDENCE_CHANGED ? "evidence-changed"
						     : "evidence-not-here");
}

#define CLOSED SUBMITTED ZHOU("04-23", "to: closed")

static void reopening(void **state)
{
	static const struct row rows[] = {
		{ OWN(WORK, "listed") CLOSED ZHOU("04-24", "to: reopened"),
		  "needs-note needs-evidence" },
		{ OWN(WORK, "listed")
			  CLOSED ZHOU("04-24", "to: reopened, note: n, evidence: [{file: f}]"),
		  "" },
		{ OWN(WORK, "listed")
			  CLOSED ZHANG("04-24", "to: reopened, note: n, evidence: [{file: f}]"),
		  "right" },
		{ OWN(WORK, "listed") CLOSED ZHOU("04-24", "to: reopened, note: n")
			  ZHANG("04-25", "to: rectifying"),
		  "needs-due" },
		{ OWN(WORK, "listed")
			  CLOSED ZHOU("04-24", "to: reopened, note: n, due: '2024-06-30'")
				  ZHANG("04-25", "to: rectifying"),
		  "" },
		/* who applied before the reopening may close after it, also in the same second */
		{ OWN(WORK, "listed") RECTIFYING DONE_M1 BY("04-23", "李某", "jingchuan",
							    "to: submitted, note: n")
			  ZHOU("04-23", "to: closed") ZHOU(
				  "04-23", "to: reopened, note: n, evidence: [{file: f}], due: "
					   "'2024-06-30'") ZHANG("04-23", "to: rectifying")
				  ZHANG("04-23", "to: submitted, note: n")
					  BY("04-23", "孙某", "jingchuan", "review: passed")
						  BY("04-23", "李某", "jingchuan", "to: closed"),
		  "" },
	};

	(void)state;
	CHECK(rows);
}

static void due_dates(void **state)
{
	static const struct row rows[] = {
		{ OWN(WORK, "listed") ZHANG("04-19", "due: '2024-06-30'"), "needs-note" },
		{ OWN(WORK, "listed") ZHANG("04-19", "due: '2024-06-30', note: n"), "" },
		{ OWN(CROSS, "listed") ZHANG("04-19", "due: '2024-06-30', note: n"), "right" },
		{ OWN(WORK, "listed") ZHANG("04-19", "due: '2024-04-18', note: n"), "due-past" },
		{ OWN(WORK, "listed") ZHANG("05-31", "due: '2024-06-30', note: n"), "" },
		{ OWN(WORK, "listed") ZHANG("06-01", "due: '2024-06-30', note: n"), "due-passed" },
		/* the first one is no extension */
		{ OWN("lead: jingchuan\n", "listed") ZHANG("04-19", "due: '2024-06-30'"), "" },
	};

	(void)state;
	CHECK(rows);
}

static void setting(void **state)
{
	static const struct row rows[] = {
		{ OWN(WORK, "listed") ZHANG("04-19", "set: {title: t}"), "" },
		{ OWN(WORK, "listed") ZHANG("04-19", "set: {lead: lingtai}"), "needs-note" },
		{ OWN(WORK, "listed") ZHANG("04-19", "set: {lead: lingtai}, note: n"), "" },
		{ OWN(CROSS, "listed")
			  BY("04-19", "李某", "lingtai", "set: {track: immediate}, note: n"),
		  "right" },
		{ OWN(WORK, "registered") ZHANG("04-19", "set: {lead: lingtai}"), "" },
		/* a measure that was said done stays as it is */
		{ OWN(WORK, "listed")
			  ZHANG("04-19", "set: {measures: [{id: M2, text: b}]}, note: n"),
		  "" },
		{ OWN(WORK, "listed") ZHANG("04-19", "done: [M1]")
			  ZHANG("04-20", "set: {measures: [{id: M2, text: b}]}, note: n"),
		  "measure-kept" },
		{ OWN(WORK, "listed") ZHANG("04-19", "done: [M1]")
			  ZHANG("04-20", "set: {measures: [{id: M1, text: z}]}, note: n"),
		  "measure-kept" },
		{ OWN(WORK, "listed") ZHANG("04-19", "done: [M1]")
			  ZHANG("04-20", "set: {measures: [{id: M1, text: a}, {id: M2, text: b}]}, "
					 "note: n"),
		  "" },
	};

	(void)state;
	CHECK(rows);
}

/* the plan's own problem: never withdrawn, its measures stay and those that were added need not */
static void of_the_plan(void **state)
{
#define ADDED ZHANG("04-19", "set: {measures: [{id: M1, text: a}, {id: M2, text: b}]}, note: n")
	static const struct row rows[] = {
		{ OWN(WORK, "listed") ZHOU("04-19", "to: withdrawn, note: n"), "plan-problem" },
		{ OWN(WORK, "listed")
			  ZHANG("04-19", "set: {measures: [{id: M2, text: b}]}, note: n"),
		  "measure-kept" },
		{ OWN(WORK, "listed") ADDED, "" },
		{ OWN(WORK, "listed")
			  ADDED ZHANG("04-20", "set: {measures: [{id: M1, text: a}]}, note: n"),
		  "" },
		{ OWN(WORK, "listed")
			  ADDED ZHANG("04-20", "set: {measures: [{id: M1, text: z}, {id: M2, text: "
					       "b}]}, note: n"),
		  "measure-kept" },
		{ OWN(WORK, "listed") SUBMITTED BY("04-22", "孙某", "jingchuan", "review: passed")
			  BY("04-23", "李某", "jingchuan", "to: closed"),
		  "right" },
	};

	(void)state;
	of_id = "p-20240410-000003";
	CHECK(rows);
	of_id = NULL;
}

static void names_of_people(void **state)
{
	(void)state;
	assert_true(same_person("张某", " 张　某"));
	assert_true(same_person("ABC", "ＡＢＣ"));
	assert_false(same_person("张某", "张某某"));
	assert_true(person_may(&plan, "anyone", 0, "close"));
	tale_plan(&plan, "duban: 1\nid: x\nowner: a\nutc_offset: '+08:00'\n"
			 "units: [{id: a, name: 甲, kind: k}, {id: b, name: 乙, kind: k}]\n"
			 "people: [{name: 张某, unit: a, may: [list]}, {name: 李某, unit: b}]\n");
	assert_true(person_may(&plan, "张 某", 0, NULL));
	assert_true(person_may(&plan, "张某", 0, "list"));
	assert_false(person_may(&plan, "张某", 0, "close"));
	assert_false(person_may(&plan, "张某", 1, NULL));
	assert_true(person_may(&plan, "李某", 1, "close"));
	assert_false(person_may(&plan, "王某", 0, NULL));
}

int main(void)
{
	const struct CMUnitTest guard[] = {
		cmocka_unit_test_setup_teardown(listing, shipped, tale_end),
		cmocka_unit_test_setup_teardown(supervising, shipped, tale_end),
		cmocka_unit_test_setup_teardown(leaving, shipped, tale_end),
		cmocka_unit_test_setup_teardown(working, shipped, tale_end),
		cmocka_unit_test_setup_teardown(reviewing, shipped, tale_end),
		cmocka_unit_test_setup_teardown(closing, shipped, tale_end),
		cmocka_unit_test_setup_teardown(reopening, shipped, tale_end),
		cmocka_unit_test_setup_teardown(due_dates, shipped, tale_end),
		cmocka_unit_test_setup_teardown(setting, shipped, tale_end),
		cmocka_unit_test_setup_teardown(of_the_plan, shipped, tale_end),
		cmocka_unit_test_setup_teardown(names_of_people, shipped, tale_end),
	};

	return cmocka_run_group_tests(guard, NULL, NULL);
}
