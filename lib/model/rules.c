#include "model/rules.h"

#include <string.h>

#include "base/msg.h"
#include "base/num.h"
#include "model/calendar.h"
#include "model/indicator.h"
#include "model/record.h"

struct look {
	const struct plan *plan;
	const struct node *fields;
	const struct finding *what;
	struct findings *findings;
};

static struct finding *say(struct look *look, enum level level, const char *code, const char *field,
			   const char *message)
{
	struct finding what = *look->what;
	const struct node *at = node_get(look->fields, field);
	struct finding *f;
	char *pointer = arena_printf(&look->findings->arena, "/%s", field);

	what.level = level;
	what.code = code;
	what.pointer = pointer;
	if (at && what.file) {
		what.line = at->line;
		what.column = at->column;
	}
	f = findings_add(look->findings, &what, "%s", message);
	return f;
}

/* plan L17; domain T026, T027: the dates of the campaign, and working days */
static void check_campaign_day(struct look *look)
{
	day_t day = field_date(look->fields, "date");
	bool workday = true;

	if (day == DAY_NONE)
		return;
	if (look->plan->start != DAY_NONE && day < look->plan->start)
		say(look, LEVEL_WARNING, "before-campaign", "date",
		    _("the day lies before the campaign (活动期前)"));
	else if (look->plan->end != DAY_NONE && day > look->plan->end)
		say(look, LEVEL_WARNING, "after-campaign", "date",
		    _("the day lies after the campaign (活动期后)"));
	if (calendar_is_workday(look->plan, day, &workday, NULL) && !workday)
		say(look, LEVEL_WARNING, "no-workday", "date", _("the day is no working day"));
}

static void check_parts(struct look *look, const struct indicator *indicator)
{
	bool parts = node_get(look->fields, "numerator") != NULL;
	bool count = node_get(look->fields, "count") != NULL;

	if (indicator->kind == FIGURE_SHARE && count)
		finding_hint(look->findings,
			     say(look, LEVEL_ERROR, "indicator-kind", "count",
				 _("the indicator is a share, not a count")),
			     "%s", _("give numerator and denominator"));
	if (indicator->of && node_integer(look->fields, "count", 0) > indicator->of)
		say(look, LEVEL_ERROR, "maximum", "count",
		    arena_printf(&look->findings->arena, _("there are only %lld in all"),
				 (long long)indicator->of));
	if (indicator->kind == FIGURE_RANK && count && node_integer(look->fields, "count", 1) < 1)
		say(look, LEVEL_ERROR, "minimum", "count", _("a rank is 1 at least"));
	if (indicator->kind != FIGURE_SHARE && parts)
		finding_hint(look->findings,
			     say(look, LEVEL_ERROR, "indicator-kind", "numerator",
				 _("the indicator is a number, not a share")),
			     "%s", _("give count"));
}

static void check_value(struct look *look, const struct indicator *indicator)
{
	const struct node *value = node_get(look->fields, "value");
	int64_t figure;

	if (!value || value->type != NODE_STRING)
		return;
	if (!decimal_parse(value->text, value->count, indicator->precision, &figure)) {
		say(look, LEVEL_ERROR, "precision", "value",
		    _("more decimals than the indicator's precision"));
		return;
	}
	if (indicator->kind == FIGURE_SHARE && figure > share_whole(indicator->precision))
		say(look, LEVEL_ERROR, "maximum", "value", _("a share is at most 100"));
}

static void check_observation(struct look *look)
{
	const struct indicator *indicator =
		plan_indicator(look->plan, node_string(look->fields, "indicator"));
	int unit = plan_unit_node(look->plan, node_get(look->fields, "unit"));

	if (!indicator)
		return;
	if (indicator->point)
		finding_hint(
			look->findings,
			say(look, LEVEL_ERROR, "from-inspections", "indicator",
			    _("this figure comes from the inspections of a focus point alone")),
			_("inspect-add --point %d"), indicator->point);
	else if (indicator->city_level && unit != look->plan->owner)
		finding_hint(
			look->findings,
			say(look, LEVEL_ERROR, "city-level", "unit",
			    _("only the plan's owner reports this figure, for the whole city")),
			"%s", look->plan->units[look->plan->owner].id);
	check_parts(look, indicator);
	check_value(look, indicator);
}

static void check_ids(struct look *look, const char *field)
{
	const struct node *list = node_get(look->fields, field);

	for (size_t i = 1; i < list_count(list); i++)
		for (size_t j = 0; j < i; j++) {
			const char *id = node_string(&list->items[i], "id");

			if (id && node_is(node_get(&list->items[j], "id"), id))
				say(look, LEVEL_ERROR, "duplicate-id", field,
				    _("two entries of the list have the same id"));
		}
}

/* domain 2.2: strictly increasing, the last not after the due date */
static void check_milestones(struct look *look)
{
	const struct node *list = node_get(look->fields, "milestones");
	day_t due = field_date(look->fields, "due"), before = DAY_NONE;

	for (size_t i = 0; i < list_count(list); i++) {
		day_t day = field_date(&list->items[i], "date");

		if (day == DAY_NONE)
			continue;
		if (before != DAY_NONE && day <= before)
			say(look, LEVEL_ERROR, "milestone-order", "milestones",
			    _("the dates of the milestones must increase"));
		if (due != DAY_NONE && day > due)
			say(look, look->what->level, "milestone-after-due", "milestones",
			    arena_printf(&look->findings->arena,
					 _("milestone '%s' lies after the due date"),
					 node_string(&list->items[i], "id")));
		before = day;
	}
}

void rules_check(const struct plan *plan, enum kind kind, const struct node *fields,
		 const struct finding *what, struct findings *findings)
{
	struct look look = { .plan = plan, .fields = fields, .what = what, .findings = findings };

	if (kind == KIND_VISIT || kind == KIND_WALKTHROUGH)
		check_campaign_day(&look);
	if (kind == KIND_OBSERVATION)
		check_observation(&look);
	if (kind == KIND_PROBLEM) {
		check_ids(&look, "measures");
		check_ids(&look, "milestones");
		check_milestones(&look);
	}
}
