/*
 * dispatch_parts.h: private to the files that make dispatch.h.
 */
#ifndef DUBAN_MODEL_DISPATCH_PARTS_H
#define DUBAN_MODEL_DISPATCH_PARTS_H

#include "model/dispatch.h"

/* an appeal, until it is known what became of the problems that came of it */
struct appeal {
	uint64_t id; /* packed */
	bool answered;
	struct appeal *next;
};

/* what the values of d->sources say of the problems that name a record */
#define SOURCE_OPEN 1u
#define SOURCE_CLOSED 2u

/* dispatch_keep: a copy in d->arena; NULL for NULL. */
const char *dispatch_keep(struct dispatch *d, const char *text);

/* dispatch_new: zeroed memory in d->arena; NULL and d->failed when there is none. */
void *dispatch_new(struct dispatch *d, size_t size);

static inline bool in_issue(const struct issue *issue, day_t day)
{
	return day >= issue->from && day <= issue->until;
}

/* dispatch_join: the texts of a list with ； between them, in d->arena; NULL when there is none. */
const char *dispatch_join(struct dispatch *d, const struct node *list);

/* dispatch_enterprise: the enterprise of a visit was met (bits: in which sums it counts). */
#define DISPATCH_PERIOD 1u
#define DISPATCH_TOTAL 2u
#define DISPATCH_ISSUED 4u
#define DISPATCH_NOW 8u
void dispatch_enterprise(struct dispatch *d, const struct node *fields, unsigned where);

/* in_period: whether the moment lies in the issue's period. */
bool in_period(const struct dispatch *d, moment_t at);

/* dispatch_hindsight: what the record says of the period before, then and now. */
void dispatch_hindsight(struct dispatch *d, const struct folded *f, int unit);

/* says_something: whether an appeal or its solution is there and not 无; NULL: no. */
bool says_something(const char *text);

/* count_record: adds a visit, walkthrough or inspection. */
void count_record(struct counts *counts, enum kind kind, const struct node *fields);

/* dispatch_problem: tallies, lists, appeals' problems, policies. */
void dispatch_problem(struct dispatch *d, const struct folded *f, int unit);

/* dispatch_lights: lights that figures decide, once all figures are there. */
void dispatch_lights(struct dispatch *d);

/* dispatch_annex: what only a final summary shows of a visit or walkthrough. */
void dispatch_annex(struct dispatch *d, const struct folded *f, int unit);

/* dispatch_files: the files of evidence of a record, for the manifest of a final summary. */
void dispatch_files(struct dispatch *d, const struct folded *f, int unit);

/* dispatch_appeals: d->appeals, from what was kept. */
void dispatch_appeals(struct dispatch *d);

#endif
