/*
 * submission.h: what units still owe for the hand-in of their evidence (佐证资料报送; plan L70,
 * domain 2.5, T125).
 *
 * The package of a unit holds, for each of the two tracks that it ran, at least one file of every
 * kind that the plan asks for: 大走访, when it made a visit, in the events of its visits; 走流程,
 * when it made a walkthrough, in the events of those; or in its hand-in (events and items), which
 * serves both. A file counts while it is there and unchanged. One that is missing or changed bars
 * the package, whatever its kind. A unit that ran neither has nothing to hand in, and so is not
 * complete.
 *
 * The hand-in is the submission of the campaign's final period, `<year>-final`, of the year in
 * which it is due. What it names without a file was sent on paper and counts as no file.
 *
 * Feed every visit, walkthrough and submission, folded as of the moment that is asked about, in any
 * order.
 */
#ifndef DUBAN_MODEL_SUBMISSION_H
#define DUBAN_MODEL_SUBMISSION_H

#include "model/guard.h"
#include "model/plan.h"
#include "model/record.h"

enum track { TRACK_VISITS, TRACK_WALKTHROUGHS, TRACKS };

/* the Chinese name of a track */
extern const char *const TRACK_LABELS[TRACKS];

/* most kinds of evidence that a plan can ask for: the schema knows fewer */
#define MOST_EVIDENCE_KINDS 32

/* of one unit */
struct package {
	size_t records[TRACKS]; /* what it ran */
	uint32_t kinds[TRACKS]; /* bit i: a file of the i-th kind that the plan asks for */
	size_t faults;          /* files that are missing or were changed */
	day_t handed_in;        /* first day of a hand-in; DAY_NONE: none is recorded */
};

/* a file that bars a package */
struct bad_file {
	int unit;
	const char *record, *file;
	enum evidence_answer answer;
};

/* the state of a file; digest NULL and bytes -1: of it only its name is known */
typedef enum evidence_answer look_at_file(void *context, const char *file, const char *digest,
					  int64_t bytes);

struct submissions {
	const struct plan *plan;
	struct arena *arena;
	look_at_file *look;
	void *context;
	const struct node *kinds; /* that the plan asks for, codes */
	day_t due;
	char period[16];        /* of the hand-in */
	struct package *units;  /* one per unit of the plan */
	struct bad_file *files; /* in the order in which they came */
	size_t nfiles, cap;
	size_t withdrawn; /* records left out */
	bool failed;      /* out of memory */
};

/* submissions_init: plan, arena and context live as long as the result. */
void submissions_init(struct submissions *s, const struct plan *plan, look_at_file *look,
		      void *context, struct arena *arena);

/* submissions_take: one record of the three kinds; others and unknown units are ignored. What is
 * kept is copied. */
void submissions_take(struct submissions *s, const struct folded *f);

/* package_missing: the kinds that the track lacks, as bits; 0 for one that was not run. */
uint32_t package_missing(const struct submissions *s, const struct package *package,
			 enum track track);

enum package_state { PACKAGE_COMPLETE, PACKAGE_INCOMPLETE, PACKAGE_NOT_STARTED };

/* package_state: 齐全, 不齐全, 未开展. The hand-in itself is not looked at. */
enum package_state package_state(const struct submissions *s, const struct package *package);

/* package_owes: whether it is not complete, or its hand-in is not recorded. */
bool package_owes(const struct submissions *s, const struct package *package);

#endif
