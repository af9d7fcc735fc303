/* What became of problems in a period: the counts, their identity, the two rates. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "model/tally.h"
#include "tale.h"

#define PROBLEM(date, due, to)                                                                     \
	"kind: problem\nid: p-20240418-q4z7aa\nunit: jingchuan\ndate: '2024-" date "'\ntitle: t\n" \
	"lead: jingchuan\nresponsible: [jingchuan]\ntrack: scheduled\ndue: '2024-" due "'\n"       \
	"entered: {at: '2024-" date "T18:00:00+08:00', by: a, unit: jingchuan, to: " to "}\n"
#define ON(day, rest) "---\n{at: '2024-" day "T09:00:00+08:00', by: a, unit: jingchuan, " rest "}\n"

#define CLOSED_ON_TIME                                                                             \
	PROBLEM("04-18", "05-31", "listed")                                                        \
	ON("04-19", "to: rectifying")                                                              \
	ON("05-20", "to: submitted") ON("05-31", "to: closed")
#define CLOSED_LATE                                                                                \
	PROBLEM("04-18", "05-10", "registered")                                                    \
	ON("04-22", "to: listed")                                                                  \
	ON("04-23", "to: rectifying, due: '2024-05-31'")                                           \
	ON("05-20", "to: submitted") ON("05-22", "to: closed")
#define CAME_BACK CLOSED_ON_TIME ON("06-03", "to: reopened, due: '2024-06-30'")

static struct plan plan;

static void take(struct tally *tally, const char *yaml, const char *from, const char *until,
		 const char *as_of)
{
	struct tally_period period = { .as_of = tale_moment(as_of) };
	struct arena arena = { 0 };
	struct record record;

	if (!plan.root)
		tale_plan(&plan, NULL);
	assert_true(date_parse(from, strlen(from), &period.from));
	assert_true(date_parse(until, strlen(until), &period.until));
	assert_int_equal(tale_parse(&record, yaml), 0);
	assert_int_equal(tally_take(tally, &plan, &record, &period, &arena), 0);
	arena_release(&arena);
}

static int end(void **state)
{
	plan = (struct plan){ 0 };
	return tale_end(state);
}

/* before, listed, reopened, closed, left, after; overdue now, of the original date, on time */
static void counts(void **state)
{
	static const struct {
		const char *yaml, *from, *until;
		int wanted[9];
	} rows[] = {
		/* the week of the listing, the weeks between, that of the closing, and after it */
		{ CLOSED_ON_TIME, "2024-04-15", "2024-04-21", { 0, 1, 0, 0, 0, 1, 0, 0, 0 } },
		{ CLOSED_ON_TIME, "2024-04-22", "2024-04-28", { 1, 0, 0, 0, 0, 1, 0, 0, 0 } },
		{ CLOSED_ON_TIME, "2024-05-27", "2024-06-02", { 1, 0, 0, 1, 0, 0, 0, 0, 1 } },
		{ CLOSED_ON_TIME, "2024-06-03", "2024-06-09", { 0, 0, 0, 0, 0, 0, 0, 0, 1 } },
		{ CLOSED_ON_TIME, "2024-04-08", "2024-04-14", { 0, 0, 0, 0, 0, 0, 0, 0, 0 } },
		{ CLOSED_ON_TIME, "2024-04-01", "2024-08-31", { 0, 1, 0, 1, 0, 0, 0, 0, 1 } },
		/* an extension does not make it punctual */
		{ CLOSED_LATE, "2024-04-15", "2024-04-21", { 0, 0, 0, 0, 0, 0, 0, 0, 0 } },
		{ CLOSED_LATE, "2024-05-06", "2024-05-12", { 1, 0, 0, 0, 0, 1, 0, 1, 0 } },
		{ CLOSED_LATE, "2024-05-20", "2024-05-26", { 1, 0, 0, 1, 0, 0, 0, 0, 0 } },
		/* the day itself is in time, the next is not */
		{ PROBLEM("04-18", "05-10", "listed"),
		  "2024-05-06",
		  "2024-05-10",
		  { 1, 0, 0, 0, 0, 1, 0, 0, 0 } },
		{ PROBLEM("04-18", "05-10", "listed"),
		  "2024-05-06",
		  "2024-05-11",
		  { 1, 0, 0, 0, 0, 1, 1, 1, 0 } },
		{ CAME_BACK, "2024-06-03", "2024-06-09", { 0, 0, 1, 0, 0, 1, 0, 1, 0 } },
		{ CAME_BACK, "2024-04-01", "2024-07-31", { 0, 1, 1, 1, 0, 1, 1, 1, 0 } },
		/* out of the list, and out of what was never on it */
		{ PROBLEM("04-18", "05-10", "listed") ON("04-19", "to: merged"),
		  "2024-04-15",
		  "2024-04-21",
		  { 0, 1, 0, 0, 1, 0, 0, 0, 0 } },
		{ PROBLEM("04-18", "05-10", "registered") ON("04-19", "to: declined"),
		  "2024-04-15",
		  "2024-04-21",
		  { 0 } },
		{ PROBLEM("04-18", "05-10", "listed") ON("06-01", "to: transferred"),
		  "2024-05-27",
		  "2024-06-02",
		  { 1, 0, 0, 0, 1, 0, 0, 0, 0 } },
		/* withdrawn later: it never was */
		{ PROBLEM("04-18", "05-10", "listed") ON("06-01", "to: withdrawn, note: x"),
		  "2024-04-15",
		  "2024-04-21",
		  { 0 } },
		/* a move that is not allowed does not count */
		{ PROBLEM("04-18", "05-10", "listed") ON("04-19", "to: closed"),
		  "2024-04-15",
		  "2024-04-21",
		  { 0, 1, 0, 0, 0, 1, 0, 0, 0 } },
		/* nor does what is dated in the week before it was entered */
		{ PROBLEM("04-22", "05-10", "listed") ON("04-19", "note: x"),
		  "2024-04-22",
		  "2024-04-28",
		  { 0, 1, 0, 0, 0, 1, 0, 0, 0 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct tally t = { 0 };
		int64_t got[9];

		take(&t, rows[i].yaml, rows[i].from, rows[i].until, NULL);
		got[0] = t.open_before;
		got[1] = t.listed;
		got[2] = t.reopened;
		got[3] = t.closed;
		got[4] = t.left[0] + t.left[1] + t.left[2];
		got[5] = t.open_after;
		got[6] = t.overdue;
		got[7] = t.overdue_original;
		got[8] = t.closed_on_time;
		for (size_t k = 0; k < 9; k++)
			if (got[k] != rows[i].wanted[k])
				fail_msg("row %zu, count %zu: %d", i, k, (int)got[k]);
		assert_true(tally_holds(&t));
	}
}

static void what_is_known_later(void **state)
{
	const char *yaml =
		PROBLEM("04-18", "05-10", "listed") ON("06-01", "to: withdrawn, note: x");
	struct tally before = { 0 }, after = { 0 };

	(void)state;
	take(&before, yaml, "2024-04-15", "2024-04-21", "2024-05-01");
	take(&after, yaml, "2024-04-15", "2024-04-21", "2024-06-01");
	assert_int_equal(before.open_after, 1);
	assert_int_equal(before.withdrawn, 0);
	assert_int_equal(after.open_after, 0);
	assert_int_equal(after.withdrawn, 1);
}

static void rates(void **state)
{
	static const char *const all[] = {
		CLOSED_ON_TIME,
		CLOSED_LATE,
		CAME_BACK,
		PROBLEM("04-18", "05-10", "listed"),
		PROBLEM("04-18", "09-10", "listed"),
		PROBLEM("04-18", "05-10", "listed") ON("04-19", "to: merged"),
		PROBLEM("04-18", "05-10", "registered") ON("04-19", "to: declined"),
		PROBLEM("04-18", "05-10", "registered"),
	};
	struct tally sum = { 0 };
	int64_t n, d;

	(void)state;
	tally_closing(&sum, &n, &d);
	assert_int_equal(d, 0);
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
		struct tally one = { 0 };

		take(&one, all[i], "2024-04-01", "2024-07-31", NULL);
		tally_add(&sum, &one);
	}
	/* six were listed, one was merged; two are closed */
	tally_closing(&sum, &n, &d);
	assert_int_equal(n, 2);
	assert_int_equal(d, 5);
	/* one of them in time; two are open beyond their first date, one came back */
	tally_punctuality(&sum, &n, &d);
	assert_int_equal(n, 1);
	assert_int_equal(d, 4);
	assert_int_equal(sum.left_registered[LEFT_DECLINED], 1);
	assert_int_equal(sum.ever_reopened, 1);
	assert_int_equal(sum.states[STATE_REGISTERED], 1);
	assert_true(tally_holds(&sum));
	sum.closed++;
	assert_false(tally_holds(&sum));
}

/* any events in any order, any period */
static void identity(void **state)
{
	unsigned seed = 20240410;

	(void)state;
	for (int round = 0; round < 400; round++) {
		struct str yaml = { 0 };
		struct tally t = { 0 };
		char from[DATE_SIZE], until[DATE_SIZE];
		day_t first = day_of_civil(2024, 4, 10);

		str_add(&yaml, rand_r(&seed) % 2 ? PROBLEM("04-18", "05-10", "listed")
						 : PROBLEM("04-18", "05-10", "registered"));
		for (int n = (int)(rand_r(&seed) % 12); n > 0; n--) {
			char date[DATE_SIZE];

			date_format(first + 8 + (day_t)(rand_r(&seed) % 60), date);
			str_addf(&yaml,
				 "---\n{at: '%sT%02u:00:00+08:00', by: a, unit: jingchuan, to: %s, "
				 "note: x}\n",
				 date, rand_r(&seed) % 24,
				 state_name((enum state)(
					 STATE_LISTED +
					 rand_r(&seed) % (STATE_WITHDRAWN - STATE_LISTED))));
		}
		first += (day_t)(rand_r(&seed) % 60);
		take(&t, str_text(&yaml), date_format(first, from),
		     date_format(first + (day_t)(rand_r(&seed) % 30), until), NULL);
		if (!tally_holds(&t))
			fail_msg("%s to %s:\n%s", from, until, str_text(&yaml));
		str_release(&yaml);
	}
}

int main(void)
{
	const struct CMUnitTest tally[] = {
		cmocka_unit_test_teardown(counts, end),
		cmocka_unit_test_teardown(what_is_known_later, end),
		cmocka_unit_test_teardown(rates, end),
		cmocka_unit_test_teardown(identity, end),
	};

	return cmocka_run_group_tests(tally, NULL, NULL);
}
