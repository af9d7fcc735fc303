/*
 * issue.h: the periods that the plan's reports are issued for (plan `reports`; domain 2.8, 2.10,
 * 2.11): 周调度 of an ISO week, 月通报 of a month, 工作总结 of the whole campaign.
 *
 * An issue shows the state at its period's end. It is due on the day after that end, its own issue
 * day: what was entered until then it could know.
 */
#ifndef DUBAN_MODEL_ISSUE_H
#define DUBAN_MODEL_ISSUE_H

#include "model/plan.h"

enum issue_kind { ISSUE_WEEK, ISSUE_MONTH, ISSUE_FINAL };

#define ISSUE_NAME_SIZE 16

struct issue {
	enum issue_kind kind;
	day_t from, until;          /* first and last day of the period */
	int number;                 /* 第N期, from 1; 0: it has none */
	char name[ISSUE_NAME_SIZE]; /* 2024-W18, 2024-05, 2024-final */
};

enum issue_answer {
	ISSUE_FOUND,
	ISSUE_NO_PERIOD, /* the text is no week, or no month */
	ISSUE_OUTSIDE,   /* before the first issue, or after the last */
};

/*
 * issue_find: the issue of a week (2024-W18) or a month (2024-05); ISSUE_FINAL takes no text. The
 * first and last are the plan's, else those in which the campaign begins and ends.
 */
enum issue_answer issue_find(const struct plan *plan, enum issue_kind kind, const char *text,
			     struct issue *issue);

/*
 * issue_last_closed: the last week that ended before the day; the first issue where none has ended,
 * the last one when the campaign is over.
 */
void issue_last_closed(const struct plan *plan, day_t day, struct issue *issue);

/*
 * issue_nth: the n-th issue of this kind, from 1; false when there are not so many. There is one
 * final summary.
 */
bool issue_nth(const struct plan *plan, enum issue_kind kind, int n, struct issue *issue);

/*
 * issue_before: the issue before this one; that of a final summary is the last month's. False for
 * the first.
 */
bool issue_before(const struct plan *plan, const struct issue *issue, struct issue *before);

/* issue_range: the names of the first and last issue of this kind. */
void issue_range(const struct plan *plan, enum issue_kind kind, char first[ISSUE_NAME_SIZE],
		 char last[ISSUE_NAME_SIZE]);

/* issue_report_name: what the plan calls the report: 周调度, 月通报, 工作总结. */
const char *issue_report_name(const struct plan *plan, enum issue_kind kind);

#endif
