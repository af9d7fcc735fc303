/* What a unit owes for the hand-in of its evidence: by track, by kind, file by file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "model/submission.h"
#include "tale.h"

#define ENTERED                                                                                    \
	"entered: {at: '2024-04-18T18:00:00+08:00', by: 张某, unit: jingchuan, to: recorded}\n"
#define VISIT "kind: visit\ndate: '2024-04-18'\n" ENTERED
#define WALK "kind: walkthrough\ndate: '2024-04-18'\n" ENTERED
#define SUBMISSION(period, rest)                                                                   \
	"kind: submission\ndate: '2024-08-09'\nperiod: " period "\n" rest ENTERED
#define EVENT(rest) "---\n{at: '2024-05-20T09:00:00+08:00', by: 张某, unit: jingchuan, " rest "}\n"
#define FILE(type) "{file: " type ", type: " type ", sha256: d, bytes: 7}"
#define HAS(types) EVENT("evidence: [" types "]")
#define ALL FILE("form") "," FILE("photo") "," FILE("summary")

static struct plan plan;
static struct submissions s;
static struct str looked;

/* a file called missing is missing, one called changed changed */
static enum evidence_answer look(void *context, const char *file, const char *digest, int64_t bytes)
{
	assert_ptr_equal(context, &looked);
	str_addf(&looked, "%s %s %lld\n", file, digest ? digest : "-", (long long)bytes);
	return strcmp(file, "missing") == 0   ? EVIDENCE_MISSING
	       : strcmp(file, "changed") == 0 ? EVIDENCE_CHANGED
					      : EVIDENCE_GOOD;
}

static int start(void **state)
{
	(void)state;
	tale_plan(&plan, NULL);
	str_reset(&looked);
	submissions_init(&s, &plan, look, &looked, &tale_arena);
	return 0;
}

static void take(const char *yaml)
{
	submissions_take(&s, tale_fold(yaml, NULL));
}

static const struct package *mine(void)
{
	return &s.units[plan_unit(&plan, "jingchuan")];
}

/* kinds that are missing, as the bits of form, photo, summary */
static void wanted(enum package_state state, unsigned visits, unsigned walkthroughs)
{
	assert_false(s.failed);
	assert_int_equal(package_state(&s, mine()), state);
	assert_int_equal(package_missing(&s, mine(), TRACK_VISITS), visits);
	assert_int_equal(package_missing(&s, mine(), TRACK_WALKTHROUGHS), walkthroughs);
}

static void nothing_was_run(void **state)
{
	(void)state;
	wanted(PACKAGE_NOT_STARTED, 0, 0);
	assert_true(package_owes(&s, mine()));
	take(SUBMISSION("2024-final", "") HAS(ALL));
	wanted(PACKAGE_NOT_STARTED, 0, 0);
	assert_true(package_owes(&s, mine()));
}

static void each_track_for_itself(void **state)
{
	(void)state;
	take(VISIT);
	wanted(PACKAGE_INCOMPLETE, 7, 0);
	take(VISIT HAS(FILE("form") "," FILE("photo")));
	wanted(PACKAGE_INCOMPLETE, 4, 0);
	take(WALK HAS(FILE("summary") "," FILE("training")));
	wanted(PACKAGE_INCOMPLETE, 4, 3);
	take(VISIT HAS(FILE("summary")));
	wanted(PACKAGE_INCOMPLETE, 0, 3);
	take(WALK HAS(FILE("form")) EVENT("note: n") HAS(FILE("photo")));
	wanted(PACKAGE_COMPLETE, 0, 0);
	assert_int_equal(mine()->records[TRACK_VISITS], 3);
	assert_int_equal(mine()->records[TRACK_WALKTHROUGHS], 2);
	/* the hand-in is owed too */
	assert_true(package_owes(&s, mine()));
	take(SUBMISSION("2024-final", ""));
	assert_false(package_owes(&s, mine()));
}

static void the_hand_in_serves_both(void **state)
{
	(void)state;
	take(VISIT);
	take(WALK);
	take(SUBMISSION("2024-final", "items: [{type: form, evidence: a}, {type: photo}]\n")
		     HAS(FILE("summary")));
	/* what was sent on paper is no file */
	wanted(PACKAGE_INCOMPLETE, 2, 2);
	/* of an item the name alone is known */
	assert_string_equal(str_text(&looked), "a - -1\nsummary d 7\n");
	assert_int_equal(mine()->handed_in, day_of_civil(2024, 8, 9));
	/* the hand-ins of months are others */
	take(SUBMISSION("2024-07", "items: [{type: photo, evidence: a}]\n") HAS(ALL));
	take(SUBMISSION("2025-final", "items: [{type: photo, evidence: a}]\n") HAS(ALL));
	wanted(PACKAGE_INCOMPLETE, 2, 2);
}

static void the_first_hand_in_is_the_day(void **state)
{
	(void)state;
	assert_int_equal(mine()->handed_in, DAY_NONE);
	take(SUBMISSION("2024-final", ""));
	take("kind: submission\ndate: '2024-08-07'\nperiod: 2024-final\n" ENTERED);
	take("kind: submission\ndate: '2024-08-08'\nperiod: 2024-final\n" ENTERED);
	assert_int_equal(mine()->handed_in, day_of_civil(2024, 8, 7));
}

static void bad_files(void **state)
{
	(void)state;
	take(VISIT HAS(ALL));
	wanted(PACKAGE_COMPLETE, 0, 0);
	take(VISIT HAS("{file: changed, type: training, sha256: d, bytes: 7}"));
	wanted(PACKAGE_INCOMPLETE, 0, 0);
	take(WALK HAS("{file: missing, type: photo, sha256: d, bytes: 7}," FILE("form")));
	/* nor does it count */
	wanted(PACKAGE_INCOMPLETE, 0, 6);
	take(SUBMISSION("2024-final", "items: [{type: photo, evidence: missing}]\n"));
	wanted(PACKAGE_INCOMPLETE, 0, 6);
	assert_int_equal(mine()->faults, 3);
	assert_int_equal(s.nfiles, 3);
	assert_string_equal(s.files[0].file, "changed");
	assert_int_equal(s.files[0].answer, EVIDENCE_CHANGED);
	assert_int_equal(s.files[1].answer, EVIDENCE_MISSING);
	assert_string_equal(s.files[2].file, "missing");
}

static void left_out(void **state)
{
	(void)state;
	take(VISIT EVENT("to: withdrawn, note: n"));
	take(SUBMISSION("2024-final", "") EVENT("to: withdrawn, note: n"));
	take("kind: problem\n" ENTERED HAS(ALL));
	wanted(PACKAGE_NOT_STARTED, 0, 0);
	assert_int_equal(s.withdrawn, 2);
	assert_int_equal(mine()->handed_in, DAY_NONE);
	/* an event that has no effect brings no evidence */
	take(VISIT EVENT("done: [M1], evidence: [" ALL "]"));
	wanted(PACKAGE_INCOMPLETE, 7, 0);
	assert_int_equal(looked.len, 0);
}

/* the kinds are the plan's, in its order */
static void kinds_of_the_plan(void **state)
{
	(void)state;
	take(VISIT HAS(FILE("photo")));
	assert_int_equal(package_missing(&s, mine(), TRACK_VISITS), 5);
	s.kinds = tale_node("[photo, training]");
	assert_int_equal(package_missing(&s, mine(), TRACK_VISITS), 1);
	take(VISIT HAS(FILE("photo")));
	assert_int_equal(package_missing(&s, mine(), TRACK_VISITS), 0);
	s.kinds = tale_node("[]");
	assert_int_equal(package_missing(&s, mine(), TRACK_VISITS), 0);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, start, tale_end)

static int end(void **state)
{
	(void)state;
	str_release(&looked);
	return 0;
}

int main(void)
{
	const struct CMUnitTest submission[] = {
		TEST(nothing_was_run),
		TEST(each_track_for_itself),
		TEST(the_hand_in_serves_both),
		TEST(the_first_hand_in_is_the_day),
		TEST(bad_files),
		TEST(left_out),
		TEST(kinds_of_the_plan),
	};

	return cmocka_run_group_tests(submission, NULL, end);
}
