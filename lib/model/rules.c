#include "model/rules.h"

#include <limits.h>
#include <string.h>

#include "base/msg.h"
#include "base/num.h"
#include "model/calendar.h"
#include "model/indicator.h"
#include "model/record.h"

#define MOST_FIELDS 5

struct look {
	const struct plan *plan;
	const struct node *fields;
	const char *const *seen; /* the fields that the rule looks at, then NULL */
	const struct finding *what;
	struct findings *findings;
};

static struct finding *say_at(struct look *look, enum level level, const char *code,
			      const char *pointer, const struct node *at, const char *message)
{
	struct finding what = *look->what;

	what.level = level;
	what.code = code;
	what.pointer = pointer;
	if (at && what.file) {
		what.line = at->line;
		what.column = at->column;
	}
	return findings_add(look->findings, &what, "%s", message);
}

static struct finding *say(struct look *look, enum level level, const char *code, const char *field,
			   const char *message)
{
	return say_at(look, level, code, arena_printf(&look->findings->arena, "/%s", field),
		      node_get(look->fields, field), message);
}

/* a field that the table below says the rule looks at; no other is seen */
static const struct node *field(const struct look *look, const char *name)
{
	for (size_t i = 0; i < MOST_FIELDS && look->seen[i]; i++)
		if (text_is(look->seen[i], name))
			return node_get(look->fields, name);
	return NULL;
}

static const char *text_field(const struct look *look, const char *name)
{
	const struct node *value = field(look, name);

	return value && value->type == NODE_STRING ? value->text : NULL;
}

static day_t day_field(const struct look *look, const char *name)
{
	return field(look, name) ? field_date(look->fields, name) : DAY_NONE;
}

/* contract 3: a record is dated on the day it happened, at the latest on that of its entry */
static void check_entry_day(struct look *look)
{
	const struct node *at = node_get(field(look, "entered"), "at");
	const char *date = text_field(look, "date");
	day_t day = day_field(look, "date"), entry;
	char text[DATE_SIZE];
	moment_t moment;

	if (day == DAY_NONE || !at || at->type != NODE_STRING ||
	    !moment_parse(at->text, at->count, &moment))
		return;
	entry = day_of_moment(moment, look->plan->offset);
	if (day > entry)
		finding_hint(look->findings,
			     say(look, LEVEL_ERROR, "future", "date",
				 arena_printf(&look->findings->arena,
					      _("'%s' lies after the day of entry, %s"), date,
					      date_format(entry, text))),
			     "%s",
			     _("a record is dated on the day it happened, today at the latest"));
}

/* GB 32100: the last character makes the sum, weighted by powers of 3, a multiple of 31 */
static void check_credit_code(struct look *look)
{
	static const char digits[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
	const struct node *code = field(look, "credit_code");
	size_t weight = 1, sum = 0;

	if (!code || code->type != NODE_STRING)
		return;
	for (size_t i = 0; i + 1 < code->count; i++, weight = weight * 3 % 31)
		sum += (size_t)(strchr(digits, code->text[i]) - digits) * weight;
	if (code->text[code->count - 1] != digits[(31 - sum % 31) % 31])
		finding_hint(look->findings,
			     say(look, LEVEL_ERROR, "credit-code", "credit_code",
				 _("the check character of the code does not match")),
			     "%s", _("compare it with the business licence"));
}

/* plan L15: some capacities belong to people of certain units; the plan's `roles` say which */
static void check_position(struct look *look)
{
	const char *position = text_field(look, "position");
	const struct node *role = position ? plan_role(look->plan, position) : NULL;
	const struct node *kinds = node_get(role, "unit_kinds");
	int unit = plan_unit_node(look->plan, field(look, "unit"));
	bool fits = !kinds || unit == NO_UNIT;

	for (size_t i = 0; i < list_count(kinds); i++)
		fits = fits || node_is(&kinds->items[i], look->plan->units[unit].kind);
	if (!fits)
		say(look, LEVEL_WARNING, "role", "position",
		    _("people in this capacity belong to other units"));
}

/* plan L71: who may be reported to stands in the plan */
static void check_escalation(struct look *look)
{
	const struct node *bodies =
		node_get(node_get(look->plan->root, "supervision"), "escalate_to");
	const char *body = text_field(look, "escalate_to");
	struct str allowed = { 0 };
	bool known = !bodies || !body;

	for (size_t i = 0; i < list_count(bodies); i++) {
		const char *id = bodies->items[i].text;

		known = known || strcmp(id, body) == 0;
		str_addf(&allowed, "%s%s %s", i ? ", " : "", id, plan_name(look->plan, id));
	}
	if (!known)
		finding_hint(look->findings,
			     say(look, LEVEL_ERROR, "escalate-to", "escalate_to",
				 _("the plan does not have this body told")),
			     _("allowed: %s"), str_text(&allowed));
	str_release(&allowed);
}

/* the pattern lets every year have 53 weeks */
static void check_period(struct look *look)
{
	const struct node *period = field(look, "period");

	if (period && period->type == NODE_STRING && strchr(period->text, 'W') &&
	    week_parse(period->text, period->count) == DAY_NONE)
		say(look, LEVEL_ERROR, "period", "period", _("the year has no such week"));
}

/* a visit on such a day would not count for the plan, which counts what is done in its period */
static void check_targets(struct look *look)
{
	const struct node *targets = field(look, "targets");
	const char *period = text_field(look, "period");
	day_t from, until;

	if (!period || !period_parse(period, strlen(period), &from, &until))
		return;
	for (size_t i = 0; i < list_count(targets); i++) {
		struct arena *arena = &look->findings->arena;
		day_t day = field_date(&targets->items[i], "date");

		if (day != DAY_NONE && (day < from || day > until))
			say_at(look, LEVEL_WARNING, "outside-period",
			       arena_printf(arena, "/targets/%zu/date", i),
			       node_get(&targets->items[i], "date"),
			       _("the day lies outside the plan's period"));
	}
}

/* plan L17; domain T026, T027: the dates of the campaign, and working days */
static void check_campaign_day(struct look *look)
{
	day_t day = day_field(look, "date");
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

/* what the figure of such an indicator can be, however it is given; in units of 10^-precision */
static void check_range(struct look *look, const struct indicator *indicator, const char *field,
			int64_t figure)
{
	if (indicator->kind == FIGURE_SHARE && figure > share_whole(indicator->precision))
		say(look, LEVEL_ERROR, "maximum", field, _("a share is at most 100"));
	if (indicator->of && figure > indicator->of)
		say(look, LEVEL_ERROR, "maximum", field,
		    arena_printf(&look->findings->arena, _("there are only %lld in all"),
				 (long long)indicator->of));
	if (indicator->kind == FIGURE_RANK && figure < 1)
		say(look, LEVEL_ERROR, "minimum", field, _("a rank is 1 at least"));
}

static void check_sort(struct look *look, const struct indicator *indicator)
{
	const struct node *count = field(look, "count");

	if (indicator->kind == FIGURE_SHARE && count)
		finding_hint(look->findings,
			     say(look, LEVEL_ERROR, "indicator-kind", "count",
				 _("the indicator is a share, not a count")),
			     "%s", _("give numerator and denominator"));
	else if (count)
		check_range(look, indicator, "count", node_integer(look->fields, "count", 0));
	if (indicator->kind != FIGURE_SHARE && field(look, "numerator"))
		finding_hint(look->findings,
			     say(look, LEVEL_ERROR, "indicator-kind", "numerator",
				 _("the indicator is a number, not a share")),
			     "%s", _("give count"));
}

static void check_value(struct look *look, const struct indicator *indicator)
{
	const struct node *value = field(look, "value");
	int64_t figure;

	if (!value || value->type != NODE_STRING)
		return;
	if (decimal_parse(value->text, value->count, indicator->precision, &figure))
		check_range(look, indicator, "value", figure);
	else
		say(look, LEVEL_ERROR, "precision", "value",
		    _("more decimals than the indicator's precision"));
}

static void check_observation(struct look *look)
{
	const struct indicator *indicator =
		plan_indicator(look->plan, text_field(look, "indicator"));
	int unit = plan_unit_node(look->plan, field(look, "unit"));

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
			_("the owner is %s %s"), look->plan->units[look->plan->owner].id,
			look->plan->units[look->plan->owner].name);
	else if (!indicator->city_level && unit != look->plan->owner && unit != NO_UNIT &&
		 !set_has(&indicator->expected, unit))
		say(look, LEVEL_WARNING, "not-expected", "unit",
		    _("the plan expects no figure of this unit: no sum and no table has it"));
	check_sort(look, indicator);
	check_value(look, indicator);
}

/* contract 1: all that belongs to a record lies in its unit's folder */
static void check_items(struct look *look)
{
	const char *unit = text_field(look, "unit");
	const struct node *items = field(look, "items");
	size_t n = unit ? strlen(unit) : 0;

	for (size_t i = 0; i < list_count(items); i++) {
		struct arena *arena = &look->findings->arena;
		const struct node *file = node_get(&items->items[i], "evidence");

		if (!unit || !file || file->type != NODE_STRING ||
		    (strncmp(file->text, unit, n) == 0 && file->text[n] == '/'))
			continue;
		finding_hint(look->findings,
			     say_at(look, LEVEL_ERROR, "evidence-place",
				    arena_printf(arena, "/items/%zu/evidence", i), file,
				    arena_printf(arena,
						 _("evidence lies in the folder of the record's "
						   "unit, '%s'"),
						 unit)),
			     "%s", _("add it there with evidence-add"));
	}
}

static void check_list_ids(struct look *look, const char *name)
{
	const struct node *list = field(look, name);

	for (size_t i = 1; i < list_count(list); i++)
		for (size_t j = 0; j < i; j++) {
			const char *id = node_string(&list->items[i], "id");

			if (id && node_is(node_get(&list->items[j], "id"), id))
				say(look, LEVEL_ERROR, "duplicate-id", name,
				    _("two entries of the list have the same id"));
		}
}

static void check_ids(struct look *look)
{
	check_list_ids(look, "measures");
	check_list_ids(look, "milestones");
}

/* domain 2.2: strictly increasing, the last not after the due date */
static void check_milestones(struct look *look)
{
	const struct node *list = field(look, "milestones");
	day_t due = day_field(look, "due"), before = DAY_NONE;

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

/* domain 2.2: a measure may be due earlier than its problem */
static void check_measures(struct look *look)
{
	const struct node *list = field(look, "measures");
	day_t due = day_field(look, "due");

	for (size_t i = 0; i < list_count(list) && due != DAY_NONE; i++)
		if (field_date(&list->items[i], "due") > due)
			say(look, look->what->level, "measure-after-due", "measures",
			    arena_printf(&look->findings->arena,
					 _("measure '%s' is due after the problem"),
					 node_string(&list->items[i], "id")));
}

#define ANY_KIND UINT_MAX

static const struct rule {
	unsigned kinds;
	void (*check)(struct look *look);
	const char *fields[MOST_FIELDS]; /* all that it looks at */
} RULES[] = {
	{ ANY_KIND, check_entry_day, { "date", "entered" } },
	{ KIND_BIT(KIND_VISIT) | KIND_BIT(KIND_WALKTHROUGH), check_campaign_day, { "date" } },
	{ KIND_BIT(KIND_VISIT), check_credit_code, { "credit_code" } },
	{ KIND_BIT(KIND_WALKTHROUGH), check_position, { "position", "unit" } },
	{ KIND_BIT(KIND_OBSERVATION),
	  check_observation,
	  { "indicator", "unit", "count", "numerator", "value" } },
	{ KIND_BIT(KIND_PROBLEM), check_ids, { "measures", "milestones" } },
	{ KIND_BIT(KIND_PROBLEM), check_milestones, { "milestones", "due" } },
	{ KIND_BIT(KIND_PROBLEM), check_measures, { "measures", "due" } },
	{ KIND_BIT(KIND_VISIT_PLAN), check_period, { "period" } },
	{ KIND_BIT(KIND_VISIT_PLAN), check_targets, { "targets", "period" } },
	{ KIND_BIT(KIND_SUPERVISION), check_escalation, { "escalate_to" } },
	{ KIND_BIT(KIND_SUBMISSION), check_items, { "unit", "items" } },
};

#define NRULES (sizeof(RULES) / sizeof(*RULES))

void rules_check(const struct plan *plan, enum kind kind, const struct node *fields,
		 const struct finding *what, struct findings *findings)
{
	struct look look = { .plan = plan, .fields = fields, .what = what, .findings = findings };

	for (size_t i = 0; i < NRULES; i++)
		if (RULES[i].kinds & KIND_BIT(kind)) {
			look.seen = RULES[i].fields;
			RULES[i].check(&look);
		}
}

enum rules_look rules_look(enum kind kind, const char *name)
{
	enum rules_look how = RULES_NOT;

	for (size_t i = 0; i < NRULES; i++) {
		bool looked = false, others = false;

		for (size_t k = 0; k < MOST_FIELDS && RULES[i].fields[k]; k++)
			if (strcmp(RULES[i].fields[k], name) == 0)
				looked = true;
			else if (strcmp(RULES[i].fields[k], "entered") != 0)
				others = true;
		if (!looked || !(RULES[i].kinds & KIND_BIT(kind)))
			continue;
		if (others)
			return RULES_JOINTLY;
		how = RULES_ALONE;
	}
	return how;
}
