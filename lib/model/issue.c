#include "model/issue.h"

#include <stdio.h>
#include <string.h>

static const struct {
	const char *key, *name;
} REPORTS[] = { [ISSUE_WEEK] = { "weekly", "周调度" },
		[ISSUE_MONTH] = { "monthly", "月通报" },
		[ISSUE_FINAL] = { "final", "工作总结" } };

static const struct node *report_of(const struct plan *plan, enum issue_kind kind)
{
	return node_get(node_get(plan->root, "reports"), REPORTS[kind].key);
}

const char *issue_report_name(const struct plan *plan, enum issue_kind kind)
{
	const char *name = node_string(report_of(plan, kind), "name");

	return name ? name : REPORTS[kind].name;
}

/* the week or month that holds the day */
static void issue_around(enum issue_kind kind, day_t day, struct issue *issue)
{
	struct civil civil = civil_of_day(day);
	int year, week;

	issue->kind = kind;
	if (kind == ISSUE_WEEK) {
		week_of(day, &year, &week);
		issue->from = week_monday(year, week);
		issue->until = issue->from + 6;
		snprintf(issue->name, sizeof(issue->name), "%d-W%02d", year, week);
		return;
	}
	issue->from = day_of_civil(civil.year, civil.month, 1);
	issue->until = issue->from + days_in_month(civil.year, civil.month) - 1;
	snprintf(issue->name, sizeof(issue->name), "%04d-%02d", civil.year, civil.month);
}

/* the day of the campaign on which its issues begin or end, as the plan says it or without */
static day_t bound(const struct plan *plan, enum issue_kind kind, const char *key, day_t otherwise)
{
	const char *text = node_string(report_of(plan, kind), key);
	day_t from, until;

	return text && period_parse(text, strlen(text), &from, &until) ? from : otherwise;
}

static day_t first_day(const struct plan *plan, enum issue_kind kind)
{
	return bound(plan, kind, "first", plan->start);
}

static day_t last_day(const struct plan *plan, enum issue_kind kind)
{
	return bound(plan, kind, "last", plan->end);
}

static int months_of(day_t day)
{
	struct civil civil = civil_of_day(day);

	return civil.year * 12 + civil.month;
}

static enum issue_answer issue_on(const struct plan *plan, enum issue_kind kind, day_t day,
				  struct issue *issue)
{
	struct issue first, last;

	issue_around(kind, day, issue);
	issue_around(kind, first_day(plan, kind), &first);
	issue_around(kind, last_day(plan, kind), &last);
	if (issue->from < first.from || issue->from > last.from)
		return ISSUE_OUTSIDE;
	issue->number = 1 + (kind == ISSUE_WEEK ? (issue->from - first.from) / 7
						: months_of(issue->from) - months_of(first.from));
	return ISSUE_FOUND;
}

static void issue_final(const struct plan *plan, struct issue *issue)
{
	day_t from = plan->start;

	/* the plan's own problems are older than the campaign */
	if (plan->issue_date != DAY_NONE && plan->issue_date < from)
		from = plan->issue_date;
	*issue = (struct issue){ .kind = ISSUE_FINAL, .from = from, .until = plan->end };
	snprintf(issue->name, sizeof(issue->name), "%04d-final", civil_of_day(plan->end).year);
}

enum issue_answer issue_find(const struct plan *plan, enum issue_kind kind, const char *text,
			     struct issue *issue)
{
	size_t n = text ? strlen(text) : 0;
	struct issue found = { 0 };
	enum issue_answer answer;
	day_t from, until;

	if (kind == ISSUE_FINAL) {
		issue_final(plan, issue);
		return ISSUE_FOUND;
	}
	if (!text || !period_parse(text, n, &from, &until))
		return ISSUE_NO_PERIOD;
	answer = issue_on(plan, kind, from, &found);
	/* a year or a day is a period too, and lies in some week */
	if (found.from != from || found.until != until)
		return ISSUE_NO_PERIOD;
	if (answer == ISSUE_FOUND)
		*issue = found;
	return answer;
}

void issue_last_closed(const struct plan *plan, day_t day, struct issue *issue)
{
	day_t sunday = day - weekday_of(day), first = first_day(plan, ISSUE_WEEK);
	day_t last = last_day(plan, ISSUE_WEEK);

	*issue = (struct issue){ 0 };
	if (issue_on(plan, ISSUE_WEEK, sunday, issue) != ISSUE_FOUND)
		issue_on(plan, ISSUE_WEEK, sunday < first ? first : last, issue);
}

bool issue_nth(const struct plan *plan, enum issue_kind kind, int n, struct issue *issue)
{
	struct issue found = { 0 };
	day_t day = first_day(plan, kind);
	int months;

	if (kind == ISSUE_FINAL && n == 1)
		issue_final(plan, issue);
	if (kind == ISSUE_FINAL)
		return n == 1;
	if (kind == ISSUE_WEEK) {
		day += (n - 1) * 7;
	} else {
		months = months_of(day) - 1 + n - 1;
		day = day_of_civil(months / 12, months % 12 + 1, 1);
	}
	if (issue_on(plan, kind, day, &found) != ISSUE_FOUND)
		return false;
	*issue = found;
	return true;
}

bool issue_before(const struct plan *plan, const struct issue *issue, struct issue *before)
{
	struct issue found = { 0 };
	enum issue_kind kind = issue->kind == ISSUE_WEEK ? ISSUE_WEEK : ISSUE_MONTH;
	day_t day = issue->kind == ISSUE_FINAL ? last_day(plan, ISSUE_MONTH) : issue->from - 1;

	if (issue_on(plan, kind, day, &found) != ISSUE_FOUND)
		return false;
	*before = found;
	return true;
}

void issue_range(const struct plan *plan, enum issue_kind kind, char first[ISSUE_NAME_SIZE],
		 char last[ISSUE_NAME_SIZE])
{
	struct issue issue = { 0 };

	issue_around(kind, first_day(plan, kind), &issue);
	memcpy(first, issue.name, ISSUE_NAME_SIZE);
	issue_around(kind, last_day(plan, kind), &issue);
	memcpy(last, issue.name, ISSUE_NAME_SIZE);
}
