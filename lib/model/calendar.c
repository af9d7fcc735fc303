#include "model/calendar.h"

#include <string.h>

#define SATURDAY 6

/* the calendar of one year, or NULL */
static const struct node *year_of(const struct plan *plan, int year)
{
	for (size_t i = 0; i < list_count(plan->calendar); i++)
		if (node_integer(&plan->calendar->items[i], "year", 0) == year)
			return &plan->calendar->items[i];
	return NULL;
}

/* the notice of a year may name days of the years beside it, so all are looked at */
static bool is_listed(const struct plan *plan, const char *list_name, day_t day)
{
	char date[DATE_SIZE];

	date_format(day, date);
	for (size_t i = 0; i < list_count(plan->calendar); i++) {
		const struct node *list = node_get(&plan->calendar->items[i], list_name);

		for (size_t j = 0; j < list_count(list); j++)
			if (list->items[j].type == NODE_STRING &&
			    list->items[j].count == DATE_SIZE - 1 &&
			    memcmp(list->items[j].text, date, DATE_SIZE - 1) == 0)
				return true;
	}
	return false;
}

bool calendar_knows(const struct plan *plan, day_t day)
{
	return day != DAY_NONE && year_of(plan, civil_of_day(day).year);
}

bool calendar_is_workday(const struct plan *plan, day_t day, bool *workday, int *unknown_year)
{
	if (!calendar_knows(plan, day)) {
		if (unknown_year && day != DAY_NONE)
			*unknown_year = civil_of_day(day).year;
		return false;
	}
	if (is_listed(plan, "holidays", day))
		*workday = false;
	else
		*workday = weekday_of(day) < SATURDAY || is_listed(plan, "workdays", day);
	return true;
}

day_t calendar_workday_at_or_before(const struct plan *plan, day_t day, int *unknown_year)
{
	bool workday;

	for (;; day--) {
		if (!calendar_is_workday(plan, day, &workday, unknown_year))
			return DAY_NONE;
		if (workday)
			return day;
	}
}

day_t calendar_add(const struct plan *plan, day_t day, int n, int *unknown_year)
{
	int step = n < 0 ? -1 : 1;
	bool workday;

	while (n && day != DAY_NONE) {
		day += step;
		if (!calendar_is_workday(plan, day, &workday, unknown_year))
			return DAY_NONE;
		if (workday)
			n -= step;
	}
	return day;
}

int calendar_count(const struct plan *plan, day_t from, day_t to, int *unknown_year)
{
	bool workday;
	int n = 0;

	if (from == DAY_NONE)
		return -1;
	for (day_t day = from + 1; day <= to; day++) {
		if (!calendar_is_workday(plan, day, &workday, unknown_year))
			return -1;
		n += workday;
	}
	return n;
}

/* the place of a rule's day among the n working days after listing; 0 or less: not after it */
static int place_of(const struct milestone_rule *rule, int n)
{
	switch (rule->rule) {
	case MILESTONE_AFTER_LISTING:
		return rule->days;
	case MILESTONE_HALF:
		return (n + 1) / 2;
	case MILESTONE_BEFORE_DUE:
		break;
	}
	return n - rule->days;
}

int milestones_back(const struct plan *plan, day_t listed, day_t due, struct milestone *out,
		    int *unknown_year)
{
	const struct milestone_rule *last;
	int n, last_place, before = 0, count = 0;

	if (due < listed)
		return -1;
	n = calendar_count(plan, listed, due, unknown_year);
	if (n < 0)
		return -2;
	if (!plan->nmilestones)
		return 0;
	last = &plan->milestones[plan->nmilestones - 1];
	last_place = place_of(last, n);
	if (last_place < 1 || last_place > n)
		last_place = n;
	for (const struct milestone_rule *rule = plan->milestones; rule < last; rule++) {
		int place = place_of(rule, n);

		if (place <= before || place >= last_place)
			continue;
		before = place;
		out[count++] = (struct milestone){
			.name = rule->name,
			.date = calendar_add(plan, listed, place, NULL),
		};
	}
	out[count++] = (struct milestone){
		.name = last->name,
		.date = n ? calendar_add(plan, listed, last_place, NULL) : due,
	};
	return count;
}
