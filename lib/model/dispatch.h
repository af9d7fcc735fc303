/*
 * dispatch.h: what an issue of the plan's reports tells (domain 2.10, 2.11): counted once over all
 * records, in whatever order they come.
 *
 * The state is that at the end of the issue's period, known as of a moment: records count by their
 * date, problems' moves by their `at`. Beside it the period before is counted twice, as its own
 * issue could know it and as it is known now: what differs are the corrections.
 *
 *	dispatch_init(&d, &plan, &issue, as_of, day, look, context, &arena);
 *	for each record, folded as of as_of: dispatch_take(&d, &folded);
 *	dispatch_finish(&d);
 *
 * Counted is what belongs to the units in d->chosen; figures of indicators are taken from all
 * records that are shown to it.
 */
#ifndef DUBAN_MODEL_DISPATCH_H
#define DUBAN_MODEL_DISPATCH_H

#include "base/map.h"
#include "model/indicator.h"
#include "model/issue.h"
#include "model/status.h"
#include "model/submission.h"
#include "model/tally.h"
#include "model/visit_plan.h"

/* records of a period, or of all up to its end */
struct counts {
	int64_t visits, walkthroughs, inspections;
	int64_t appeals;     /* visits whose enterprise asks for something */
	int64_t enterprises; /* different ones; only in sums */
};

/* one unit */
struct unit_part {
	struct counts period, total;
	struct tally tally;
	bool reported; /* something is dated in the period, or happened in it */
};

/* the period before, as known at some moment */
struct hindsight {
	moment_t as_of;
	struct counts counts;
	struct tally tally;
};

enum correction_kind { CORRECTION_LATE, CORRECTION_SET, CORRECTION_WITHDRAWN };

/* what came after the issue of the period before and changes it */
struct correction {
	const char *id;
	enum kind kind;
	int unit;
	enum correction_kind what;
	day_t date;      /* of the record */
	moment_t at;     /* when it was entered, or decided */
	const char *why; /* fields that were set, the note; or NULL */
	struct correction *next;
};

struct item_milestone {
	const char *name;
	day_t date;
	bool done;
};

/* a problem that some list shows */
struct issue_item {
	const char *id, *title;
	int unit, lead;
	const char *responsible; /* names */
	const char *due_text;
	bool of_plan, in_units;    /* one of the plan's; of a chosen unit */
	bool immediate, has_track; /* 立行立改; whether it is known at all */
	enum state state;
	struct problem_status status;
	day_t listed, closed; /* DAY_NONE: not */
	day_t found;
	int times_returned, times_reopened;
	bool added, moved, gone; /* listed or reopened, gone on, closed or left in the period */
	const char *progress;    /* what was said of it in the period, or NULL */
	const char *last_note;   /* said last of all, or NULL */
	const struct node *indicators; /* ids */
	struct folded *fold;           /* what the light needs, where figures decide it; or NULL */
	struct item_milestone *milestones; /* not done, in the period after this */
	size_t nmilestones;
	struct issue_item *next;
};

/* what the plan's owner did to see that work is done */
struct oversight {
	const char *id, *form, *trigger, *requirement, *findings, *problem;
	const char *escalate_to, *approved_by;
	const char *reply; /* the last one, or NULL */
	int subject;
	day_t date, due, replied; /* DAY_NONE: none */
	struct oversight *next;
};

/* a rule that was made (建章立制) */
struct policy {
	const char *title, *doc_no, *problem;
	int unit;
	day_t issued;
	struct policy *next;
};

/* the last answer of a unit to a focus point */
struct answer {
	day_t date; /* DAY_NONE: none */
	moment_t entered;
	enum { ANSWER_GIVEN, ANSWER_SHORT } result; /* short of what the point asks for */
};

/* of the appeals of enterprises, by the final summary */
struct appeals {
	int64_t raised, solved, pending, unanswered;
	int64_t satisfied, basically, dissatisfied; /* follow-ups of problems */
};

/* a file of evidence that was shown */
struct evidence_file {
	const char *file, *name, *type, *sha256, *record;
	int64_t bytes;
	int unit;
	struct evidence_file *next;
};

/* a visit or walkthrough, kept for the annexes of a final summary */
struct annex_row {
	const char *id;
	enum kind kind;
	int unit;
	day_t date;
	const char *name, *said, *answer, *people, *how;
	struct annex_row *next;
};

struct dispatch {
	const struct plan *plan;
	struct arena *arena;
	struct issue issue, before;
	bool has_before;
	moment_t as_of;
	day_t day;        /* lights and dates are judged as of: the period's end, or earlier */
	moment_t end;     /* last moment of that day, or as_of */
	day_t next_until; /* last day of the period after it */
	struct unit_set chosen; /* counted; set after dispatch_init */
	bool narrowed;          /* some were left out; set after dispatch_init */
	bool all_here;          /* figures of the whole city are known; set after dispatch_init */

	struct unit_part *units; /* one per unit of the plan */
	struct counts period, total;
	struct tally tally, whole;    /* of the period; of all there was up to its end */
	struct hindsight issued, now; /* of the period before */
	struct figures issued_figures;
	struct correction *corrections, **last_correction;
	struct figures figures; /* days: weeks, the end of the period before, the day */
	day_t *weeks;           /* Sundays from that of the first issue up to the day */
	size_t nweeks;
	day_t *course; /* the days that charts show: the weeks, and the day */
	size_t ncourse;
	int64_t *open_on, *overdue_on; /* problems on those days */
	struct answer *answers;        /* [unit * npoints + point] */
	struct visit_plans plans;
	struct submissions packages;
	struct issue_item *items, **last_item;
	struct oversight *oversights, **last_oversight;
	struct policy *policies, **last_policy;
	struct evidence_file *files, **last_file;
	struct annex_row *annex, **last_annex;
	struct appeals appeals;
	int64_t found_days,
		found_count; /* from finding to listing, of those listed in the period */
	int64_t withdrawn, skipped,
		outside;     /* records; events without effect; dated off the campaign */
	int64_t track[2][2]; /* [立行立改, 限期整改][listed, closed] */

	struct map enterprises, sources;
	struct appeal *appeal_list;
	void (*mask)(void *context, struct folded *f, struct arena *arena);
	void *mask_context;
	struct arena scratch; /* of one record */
	bool failed;          /* out of memory */
};

/*
 * dispatch_init: `day`: dates are judged as of, at most the period's end counts. `look` as in
 * submissions_init. plan, arena and context live as long as the result. -1 when out of memory.
 */
int dispatch_init(struct dispatch *d, const struct plan *plan, const struct issue *issue,
		  moment_t as_of, day_t day, look_at_file *look, void *context,
		  struct arena *arena);

/*
 * dispatch_take: one record, folded as of d->as_of. What is kept is copied. Texts that are kept are
 * masked before with d->mask, unless that is NULL; what is counted and compared never is.
 */
void dispatch_take(struct dispatch *d, const struct folded *f);

/*
 * dispatch_finish: adds up and sorts. 0; -1 when out of memory, then or before. A sum that does not
 * hold (tally_holds) is for the caller to look for: dispatch_broken.
 */
int dispatch_finish(struct dispatch *d);

/* dispatch_broken: the unit whose figures do not add up, NO_UNIT for their sum; false: all do. */
bool dispatch_broken(const struct dispatch *d, int *unit);

/* dispatch_rows: the units that tables show: chosen ones that report or did something. */
struct unit_set dispatch_rows(const struct dispatch *d);

#endif
