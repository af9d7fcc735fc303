/*
 * What the parts of a plan must say of each other. That a word is a unit, an indicator or a focus
 * point of the plan is not looked at here: the schema's x-word says it.
 */
#include <string.h>

#include "base/msg.h"
#include "base/utf8.h"
#include "model/calendar.h"
#include "model/plan_loading.h"
#include "store/kind.h"

/* lists of the plan whose entries differ in a key */
static const struct {
	const char *list, *key;
} UNIQUE[] = {
	{ "goals", "id" },        { "ranking_groups", "id" }, { "roles", "code" },
	{ "focus_points", "id" }, { "indicators", "id" },     { "problems", "id" },
	{ "milestones", "name" }, { "calendar", "year" },     { "requirements", "id" },
	{ "annexes", "id" },
};

static void check_unique(struct loading *l, const struct node *list, const char *key)
{
	for (size_t i = 1; i < list_count(list); i++) {
		const struct node *value = node_get(&list->items[i], key);

		for (size_t j = 0; value && j < i; j++) {
			const struct node *before = node_get(&list->items[j], key);

			if (before && node_equal(before, value)) {
				loading_fault(l, value, _("'%s' stands here twice"), value->text);
				break;
			}
		}
	}
}

static void check_lists(struct loading *l)
{
	const struct node *root = l->plan->root, *vocab = node_get(root, "vocab");

	for (size_t i = 0; i < sizeof(UNIQUE) / sizeof(*UNIQUE); i++)
		check_unique(l, node_get(root, UNIQUE[i].list), UNIQUE[i].key);
	for (uint32_t i = 0; vocab && vocab->type == NODE_MAP && i < vocab->count; i++)
		check_unique(l, vocab->members[i].value, "code");
	check_unique(l, node_get(node_get(root, "supervision"), "triggers"), "code");
}

/* a word is a unit's or a group's, so that what people type means one of them */
static void check_group_word(struct loading *l, const struct node *word)
{
	if (word && word->type == NODE_STRING && plan_unit_word(l->plan, word->text) != NO_UNIT)
		loading_fault(l, word, _("'%s' names a unit and a group"), word->text);
}

static void check_groups(struct loading *l)
{
	const struct node *groups = node_get(l->plan->root, "groups");

	check_unique(l, groups, "id");
	for (size_t i = 0; i < list_count(groups); i++) {
		const struct node *aliases = node_get(&groups->items[i], "aliases");

		check_group_word(l, node_get(&groups->items[i], "id"));
		check_group_word(l, node_get(&groups->items[i], "name"));
		for (size_t j = 0; j < list_count(aliases); j++)
			check_group_word(l, &aliases->items[j]);
	}
}

static bool has_id(const struct node *list, const char *id)
{
	for (size_t i = 0; i < list_count(list); i++)
		if (node_is(node_get(&list->items[i], "id"), id))
			return true;
	return false;
}

/* former names are among a unit's aliases, its group among those that the plan ranks */
static void check_units(struct loading *l)
{
	const struct node *ranked = node_get(l->plan->root, "ranking_groups");

	for (size_t i = 0; i < l->plan->nunits; i++) {
		const struct node *node = l->plan->units[i].node;
		const struct node *former = node_get(node, "former");
		const struct node *group = node_get(node, "group");

		for (size_t j = 0; j < list_count(former); j++)
			if (plan_unit_word(l->plan, former->items[j].text) != (int)i)
				loading_fault(l, &former->items[j],
					      _("the former name '%s' is no alias of the unit"),
					      former->items[j].text);
		if (ranked && group && !has_id(ranked, group->text))
			loading_fault(l, group, _("'%s' is no ranking group of the plan"),
				      group->text);
	}
}

static void check_problem(struct loading *l, const struct node *problem)
{
	const struct node *id = node_get(problem, "id");
	const struct node *target = node_get(node_get(problem, "target"), "indicator");
	const struct indicator *indicator = target ? plan_indicator(l->plan, target->text) : NULL;

	if (!id_parse(id->text, id->count, NULL, NULL))
		loading_fault(l, id, _("'%s' is no id of a record: there is no such date"),
			      id->text);
	if (indicator && indicator->target_op == TARGET_NONE)
		loading_fault(l, target, _("the indicator '%s' has no target"), target->text);
	check_unique(l, node_get(problem, "measures"), "id");
}

static void check_calendar(struct loading *l)
{
	for (size_t i = 0; i < list_count(l->plan->calendar); i++) {
		const struct node *workdays = node_get(&l->plan->calendar->items[i], "workdays");

		for (size_t j = 0; j < list_count(workdays); j++) {
			const struct node *day = &workdays->items[j];
			day_t number = DAY_NONE;
			bool worked;

			date_parse(day->text, day->count, &number);
			if (calendar_is_workday(l->plan, number, &worked, NULL) && !worked)
				loading_fault(l, day, _("'%s' is both a holiday and a workday"),
					      day->text);
		}
	}
}

static void check_week(struct loading *l, const struct node *week)
{
	day_t monday = week ? week_parse(week->text, week->count) : DAY_NONE;

	if (week && monday == DAY_NONE)
		loading_fault(l, week, _("there is no week '%s'"), week->text);
	else if (week && (monday > l->plan->end || monday + 6 < l->plan->start))
		loading_fault(l, week, _("the week '%s' lies outside the campaign"), week->text);
}

static void check_reports(struct loading *l)
{
	const struct node *reports = node_get(l->plan->root, "reports");
	const struct node *required = node_get(reports, "required");
	static const char *const periods[] = { "weekly", "monthly" };

	for (size_t i = 0; i < list_count(required); i++) {
		const struct node *problem = node_get(&required->items[i], "problem");

		if (!plan_is_problem(l->plan, problem->text))
			loading_fault(l, problem, _("'%s' is no problem of the plan"),
				      problem->text);
	}
	check_week(l, node_get(node_get(reports, "weekly"), "first"));
	check_week(l, node_get(node_get(reports, "weekly"), "last"));
	for (size_t i = 0; i < 2; i++) {
		const struct node *first = node_get(node_get(reports, periods[i]), "first");
		const struct node *last = node_get(node_get(reports, periods[i]), "last");

		/* both forms sort as text */
		if (first && last && strcmp(first->text, last->text) > 0)
			loading_fault(l, last, _("the last issue, '%s', lies before the first"),
				      last->text);
	}
}

static void check_submission(struct loading *l)
{
	const struct node *submission = node_get(l->plan->root, "submission");
	const struct node *desk = node_get(submission, "recipient_desk");
	int unit = plan_unit_node(l->plan, node_get(submission, "recipient_unit"));
	const struct node *desks =
		unit == NO_UNIT ? NULL : node_get(l->plan->units[unit].node, "desk");
	bool known = !desk || unit == NO_UNIT;

	for (size_t i = 0; i < list_count(desks); i++)
		known = known || node_is(&desks->items[i], desk->text);
	if (!known)
		loading_fault(l, desk, _("'%s' is no desk of the unit that receives"), desk->text);
}

void loading_check(struct loading *l)
{
	const struct node *problems = l->plan->problems;

	check_lists(l);
	check_groups(l);
	check_units(l);
	for (size_t i = 0; i < list_count(problems); i++)
		check_problem(l, &problems->items[i]);
	check_calendar(l);
	check_reports(l);
	check_submission(l);
}
