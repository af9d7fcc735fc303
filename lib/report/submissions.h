/*
 * submissions.h: what units still owe for the hand-in of their evidence, as report data (contract
 * 4, submission-check).
 */
#ifndef DUBAN_REPORT_SUBMISSIONS_H
#define DUBAN_REPORT_SUBMISSIONS_H

#include "model/submission.h"
#include "report/report.h"

/*
 * submissions_facts: when and to whom, by the plan, and how many days are left on the day.
 * submissions_tables: a row a unit, and the files that bar one. `labels`: of the kinds of evidence,
 * by code, or NULL. `rows`: the units to show, whose records were taken.
 */
void submissions_facts(struct report *report, const struct submissions *submissions, day_t day);
void submissions_tables(struct report *report, const struct submissions *submissions,
			const struct node *labels, const struct unit_set *rows);

#endif
