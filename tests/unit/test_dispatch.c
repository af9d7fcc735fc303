/* What an issue tells, from records in any order: counts, the period before then and now, courses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "model/dispatch.h"
#include "tale.h"

#define VISIT(date, at, enterprise, appeal)                                                        \
	"kind: visit\nid: v-20240418-q4z7aa\nunit: jingchuan\ndate: '2024-" date                   \
	"'\nenterprise: " enterprise "\nappeal: " appeal "\nvisitors: [a]\n"                       \
	"entered: {at: '2024-" at "T18:00:00+08:00', by: a, unit: jingchuan, to: recorded}\n"
#define PROBLEM(at, due)                                                                           \
	"kind: problem\nid: p-20240418-q4z7aa\nunit: jingchuan\ndate: '2024-" at "'\ntitle: t\n"   \
	"lead: jingchuan\nresponsible: [jingchuan]\ntrack: scheduled\ndue: '2024-" due "'\n"       \
	"entered: {at: '2024-" at "T18:00:00+08:00', by: a, unit: jingchuan, to: listed}\n"
#define FIGURE(date, at, n, d)                                                                     \
	"kind: observation\nid: o-20240418-q4z7aa\nunit: jingchuan\ndate: '2024-" date             \
	"'\nindicator: seal-rate\nnumerator: " n "\ndenominator: " d "\n"                          \
	"entered: {at: '2024-" at "T18:00:00+08:00', by: a, unit: jingchuan, to: recorded}\n"
#define ON(day, rest) "---\n{at: '2024-" day "T09:00:00+08:00', by: a, unit: jingchuan, " rest "}\n"

static struct plan plan;
static struct dispatch d;

static int end(void **state)
{
	plan = (struct plan){ 0 };
	return tale_end(state);
}

static enum evidence_answer look(void *context, const char *file, const char *digest, int64_t bytes)
{
	(void)context;
	(void)file;
	(void)digest;
	(void)bytes;
	return EVIDENCE_GOOD;
}

static void begin(enum issue_kind kind, const char *text, const char *as_of)
{
	moment_t moment = tale_moment(as_of);
	struct issue issue;

	if (!plan.root)
		tale_plan(&plan, NULL);
	assert_int_equal(issue_find(&plan, kind, text, &issue), ISSUE_FOUND);
	assert_int_equal(dispatch_init(&d, &plan, &issue, moment,
				       day_of_moment(moment, TALE_OFFSET), look, NULL, &tale_arena),
			 0);
	for (size_t i = 0; i < plan.nfolders; i++)
		set_add(&d.chosen, plan_unit(&plan, plan.folders[i]));
	d.all_here = true;
}

static void take(const char *yaml, const char *as_of)
{
	const struct folded *f = tale_fold(yaml, as_of);

	/* the scan leaves out what was entered later */
	if (f->exists)
		dispatch_take(&d, f);
}

static void finish(void)
{
	int unit;

	assert_int_equal(dispatch_finish(&d), 0);
	assert_false(dispatch_broken(&d, &unit));
}

static const char *const STORY[] = {
	VISIT("04-30", "04-30", "示例甲 商贸", "办事慢"),
	VISIT("05-02", "05-02", "示例甲商贸", "无"),
	VISIT("05-03", "05-08", "示例乙", "' 无 '"),
	VISIT("04-26", "05-01", "示例丙", "办事慢") ON("05-02", "set: {appeal: 无}, note: x"),
	VISIT("04-25", "04-25", "示例丁", "办事慢") ON("05-03", "to: withdrawn, note: x"),
	VISIT("05-06", "05-06", "示例戊", "办事慢"),
	PROBLEM("04-23", "05-31") ON("04-24", "to: rectifying")
		ON("05-02", "to: submitted, note: 已办") ON("05-03", "to: closed"),
	PROBLEM("04-23", "04-30"),
	PROBLEM("05-01", "05-31") ON("05-04", "to: declined, note: x"),
	PROBLEM("05-06", "05-31"),
	FIGURE("04-26", "04-26", "8", "10"),
	FIGURE("04-27", "05-02", "9", "10"),
	FIGURE("05-02", "05-02", "10", "10"),
};
#define STORIES (sizeof(STORY) / sizeof(*STORY))

static void tell(const char *text, const char *as_of, bool backwards)
{
	begin(ISSUE_WEEK, text, as_of);
	for (size_t i = 0; i < STORIES; i++)
		take(STORY[backwards ? STORIES - 1 - i : i], as_of);
	finish();
}

static void counts(void **state)
{
	(void)state;
	for (int backwards = 0; backwards < 2; backwards++) {
		tell("2024-W18", "2024-05-06", backwards);
		assert_int_equal(d.period.visits, 2);
		assert_int_equal(d.period.enterprises, 1);
		assert_int_equal(d.period.appeals, 1);
		assert_int_equal(d.total.visits, 3);
		assert_int_equal(d.total.enterprises, 2);
		assert_int_equal(d.total.appeals, 1);
		assert_int_equal(d.withdrawn, 1);
		assert_int_equal(d.tally.open_before, 2);
		assert_int_equal(d.tally.listed, 1);
		assert_int_equal(d.tally.closed, 1);
		assert_int_equal(d.tally.left[LEFT_DECLINED], 1);
		assert_int_equal(d.tally.open_after, 1);
		assert_int_equal(d.tally.overdue, 1);
		assert_int_equal(d.whole.listed, 3);
	}
}

/* W17 as its issue of 29 April could know it, and as it is known now */
static void hindsight(void **state)
{
	const struct correction *c;
	struct city_value then, now;
	const struct indicator *indicator;
	int late = 0, set = 0, withdrawn = 0;

	(void)state;
	tell("2024-W18", "2024-05-06", false);
	assert_int_equal(d.issued.counts.visits, 1);
	assert_int_equal(d.issued.counts.appeals, 1);
	assert_int_equal(d.now.counts.visits, 1);
	assert_int_equal(d.now.counts.appeals, 0);
	assert_int_equal(d.issued.tally.listed, 2);
	assert_int_equal(d.now.tally.listed, 2);
	indicator = plan_indicator(&plan, "seal-rate");
	indicator_city(&d.issued_figures, indicator, d.before.until, &then);
	indicator_city(&d.figures, indicator, d.before.until, &now);
	assert_int_equal(then.value, 8000);
	assert_int_equal(now.value, 9000);
	for (c = d.corrections; c; c = c->next) {
		late += c->what == CORRECTION_LATE;
		set += c->what == CORRECTION_SET;
		withdrawn += c->what == CORRECTION_WITHDRAWN;
	}
	assert_int_equal(late, 2);
	assert_int_equal(set, 0); /* it came late already */
	assert_int_equal(withdrawn, 1);
	/* on the issue's own day nothing has changed yet */
	tell("2024-W18", "2024-04-29", false);
	assert_null(d.corrections);
	assert_int_equal(d.day, d.issue.from);
}

static void courses(void **state)
{
	(void)state;
	tell("2024-W19", "2024-05-13", false);
	assert_int_equal(d.ncourse, 5);
	assert_int_equal(d.open_on[0], 0);
	assert_int_equal(d.open_on[2], 2);
	assert_int_equal(d.open_on[3], 1);
	assert_int_equal(d.open_on[4], 2);
	assert_int_equal(d.overdue_on[2], 0);
	assert_int_equal(d.overdue_on[3], 1);
}

static const struct issue_item *item_of(bool added)
{
	for (const struct issue_item *item = d.items; item; item = item->next)
		if (item->added == added)
			return item;
	return NULL;
}

static void items(void **state)
{
	const struct issue_item *item;
	size_t n = 0;

	(void)state;
	tell("2024-W18", "2024-05-06", false);
	for (item = d.items; item; item = item->next)
		n++;
	/* closed now, open, listed and declined now; not the one of the next week */
	assert_int_equal(n, 3);
	item = item_of(false);
	assert_int_equal(item->state, STATE_CLOSED);
	assert_true(item->gone);
	assert_string_equal(item->progress, "5月2日待验收：已办\n5月3日已销号");
	item = item_of(true);
	assert_int_equal(item->state, STATE_DECLINED);
	assert_true(item->gone);
}

/* what is said of it later in the period does not bring back what is closed */
static void gone_for_good(void **state)
{
	(void)state;
	begin(ISSUE_WEEK, "2024-W18", "2024-05-06");
	take(PROBLEM("04-23", "05-31") "milestones: [{id: N1, name: x, date: '2024-05-08'}]\n" ON(
		     "04-24", "to: rectifying") ON("05-02", "to: submitted, note: x")
		     ON("05-03", "to: closed") ON("05-04", "note: 已回访"),
	     "2024-05-06");
	take(PROBLEM("04-23", "05-31") "milestones: [{id: N1, name: x, date: '2024-05-08'}]\n",
	     "2024-05-06");
	finish();
	assert_true(d.items->gone);
	assert_int_equal(d.items->nmilestones, 0); /* nothing more to do */
	assert_int_equal(d.items->next->nmilestones, 1);
}

/* a month tells what became of all that was due in it, also of what was closed before */
static void due_in_month(void **state)
{
	static const char closed[] = PROBLEM("04-23", "05-31") ON("04-24", "to: rectifying")
		ON("04-25", "to: submitted, note: x") ON("04-26", "to: closed");

	(void)state;
	begin(ISSUE_MONTH, "2024-05", "2024-06-03");
	take(closed, "2024-06-03");
	finish();
	assert_non_null(d.items);
	begin(ISSUE_MONTH, "2024-06", "2024-07-03");
	take(closed, "2024-07-03");
	finish();
	assert_null(d.items);
}

/* a summary before its time follows the last month that was over, or none */
static void summary_before_its_time(void **state)
{
	(void)state;
	begin(ISSUE_FINAL, NULL, "2024-08-09");
	assert_string_equal(d.before.name, "2024-07");
	begin(ISSUE_FINAL, NULL, "2024-07-31");
	assert_string_equal(d.before.name, "2024-06");
	begin(ISSUE_FINAL, NULL, "2024-04-20");
	assert_false(d.has_before);
}

/* a fault of the program is found wherever it is */
static void broken(void **state)
{
	int unit = -2, jingchuan;

	(void)state;
	tell("2024-W18", "2024-05-06", false);
	jingchuan = plan_unit(&plan, "jingchuan");
	d.units[jingchuan].tally.closed++;
	assert_true(dispatch_broken(&d, &unit));
	assert_int_equal(unit, jingchuan);
	d.units[jingchuan].tally.closed--;
	d.now.tally.open_after++;
	assert_true(dispatch_broken(&d, &unit));
	assert_int_equal(unit, NO_UNIT);
	d.now.tally.open_after--;
	d.whole.listed++;
	assert_true(dispatch_broken(&d, &unit));
}

/* what became of appeals, by the problems that came of them */
static void appeals(void **state)
{
	static const char *const stories[] = {
		VISIT("04-18", "04-18", "示例甲", "办事慢"),
		PROBLEM("04-18", "05-31") ON("04-19", "set: {note: x}, note: y"),
	};

	(void)state;
	begin(ISSUE_FINAL, NULL, "2024-08-21");
	take(stories[0], "2024-08-21");
	finish();
	assert_int_equal(d.appeals.raised, 1);
	assert_int_equal(d.appeals.unanswered, 1);
	begin(ISSUE_FINAL, NULL, "2024-08-21");
	take(VISIT("04-18", "04-18", "示例甲", "办事慢\nsolution: 无"), "2024-08-21");
	finish();
	assert_int_equal(d.appeals.unanswered, 1);
	begin(ISSUE_FINAL, NULL, "2024-08-21");
	take(VISIT("04-18", "04-18", "示例甲", "办事慢\nsolution: 已办"), "2024-08-21");
	take("kind: problem\nid: p-20240418-q4z7aa\nunit: jingchuan\ndate: '2024-04-18'\ntitle: t\n"
	     /* a tale's records all have one id */
	     "sources: [p-20240418-q4z7aa]\nlead: jingchuan\ndue: '2024-05-31'\n"
	     "entered: {at: '2024-04-18T19:00:00+08:00', by: a, unit: jingchuan, to: listed}\n",
	     "2024-08-21");
	finish();
	assert_int_equal(d.appeals.pending, 1);
	assert_int_equal(d.appeals.solved, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(counts, end),
		cmocka_unit_test_teardown(hindsight, end),
		cmocka_unit_test_teardown(courses, end),
		cmocka_unit_test_teardown(items, end),
		cmocka_unit_test_teardown(gone_for_good, end),
		cmocka_unit_test_teardown(due_in_month, end),
		cmocka_unit_test_teardown(summary_before_its_time, end),
		cmocka_unit_test_teardown(broken, end),
		cmocka_unit_test_teardown(appeals, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
