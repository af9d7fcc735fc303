#include "model/plan.h"

#include <string.h>

#include "base/msg.h"
#include "base/num.h"
#include "base/str.h"
#include "base/utf8.h"
#include "model/plan_loading.h"

void loading_fault(struct loading *l, const struct node *at, const char *message, const char *word)
{
	struct finding what = { .level = LEVEL_ERROR,
				.code = "plan",
				.file = l->file,
				.line = at ? at->line : 0,
				.column = at ? at->column : 0 };

	findings_add(l->findings, &what, message, word ? word : "");
	l->failed = true;
}

static void *items_for(struct loading *l, const struct node *list, size_t size, size_t *n)
{
	void *items = arena_array(l->arena, list_count(list), size);

	*n = items ? list_count(list) : 0;
	if (!items)
		l->failed = true;
	return items;
}

static const struct node *item(const struct node *list, size_t i)
{
	return &list->items[i];
}

int plan_unit(const struct plan *plan, const char *id)
{
	void *found = id ? map_get(&plan->words, id, strlen(id)) : NULL;
	int unit = found ? (int)(intptr_t)found - 1 : NO_UNIT;

	/* an id is the same when it is folded; a name or an alias does not count here */
	return unit != NO_UNIT && strcmp(plan->units[unit].id, id) == 0 ? unit : NO_UNIT;
}

int plan_unit_node(const struct plan *plan, const struct node *node)
{
	return node && node->type == NODE_STRING ? plan_unit(plan, node->text) : NO_UNIT;
}

int plan_unit_word(const struct plan *plan, const char *word)
{
	char folded[NAME_SHORT];
	void *found = name_fold_short(folded, word, strlen(word))
			      ? map_get(&plan->words, folded, strlen(folded))
			      : NULL;

	return found ? (int)(intptr_t)found - 1 : plan_unit(plan, word);
}

const struct group *plan_group(const struct plan *plan, const char *id)
{
	for (size_t i = 0; i < plan->ngroups; i++)
		if (strcmp(plan->groups[i].id, id) == 0)
			return &plan->groups[i];
	return NULL;
}

const struct indicator *plan_indicator(const struct plan *plan, const char *id)
{
	for (size_t i = 0; id && i < plan->nindicators; i++)
		if (strcmp(plan->indicators[i].id, id) == 0)
			return &plan->indicators[i];
	return NULL;
}

const struct focus_point *plan_point(const struct plan *plan, int64_t id)
{
	for (size_t i = 0; i < plan->npoints; i++)
		if (plan->points[i].id == id)
			return &plan->points[i];
	return NULL;
}

const char *plan_name(const struct plan *plan, const char *id)
{
	int unit = plan_unit(plan, id);
	const struct group *group = plan_group(plan, id);
	const struct indicator *indicator = plan_indicator(plan, id);

	return unit != NO_UNIT ? plan->units[unit].name
	       : group         ? group->name
	       : indicator     ? indicator->name
			       : id;
}

bool plan_is_problem(const struct plan *plan, const char *id)
{
	for (size_t i = 0; i < list_count(plan->problems); i++)
		if (node_is(node_get(item(plan->problems, i), "id"), id))
			return true;
	return false;
}

void plan_expand(const struct plan *plan, const struct node *list, struct unit_set *set)
{
	const struct group *group;
	int unit;

	if (list && list->type == NODE_LIST) {
		for (uint32_t i = 0; i < list->count; i++)
			plan_expand(plan, &list->items[i], set);
		return;
	}
	if (!list || list->type != NODE_STRING)
		return;
	unit = plan_unit(plan, list->text);
	if (unit != NO_UNIT)
		set_add(set, unit);
	group = plan_group(plan, list->text);
	for (size_t i = 0; group && i < MOST_UNITS / 64; i++)
		set->bits[i] |= group->units.bits[i];
}

static void add_word(struct loading *l, const struct node *word, int unit)
{
	struct map *words = &l->plan->words;
	char *folded = name_fold(l->arena, word->text, word->count);
	void *known = folded ? map_get(words, folded, strlen(folded)) : NULL;

	if (!folded) {
		l->failed = true;
	} else if (known && (intptr_t)known != unit + 1) {
		loading_fault(l, word, _("'%s' names two units"), word->text);
	} else if (map_put(words, folded, strlen(folded), (void *)(intptr_t)(unit + 1)) < 0) {
		l->failed = true;
	}
}

static void load_unit(struct loading *l, const struct node *node, int index)
{
	const struct node *aliases = node_get(node, "aliases");

	l->plan->units[index] = (struct unit){
		.id = node_string(node, "id"),
		.name = node_string(node, "name"),
		.kind = node_string(node, "kind"),
		.group = node_string(node, "group"),
		.parent = NO_UNIT,
		.folder = node_boolean(node, "folder", true),
		.reporting = node_boolean(node, "reporting", false),
		.node = node,
	};
	add_word(l, node_get(node, "id"), index);
	add_word(l, node_get(node, "name"), index);
	for (size_t i = 0; i < list_count(aliases); i++)
		add_word(l, item(aliases, i), index);
}

static void check_parents(struct loading *l)
{
	struct plan *plan = l->plan;

	for (size_t i = 0; i < plan->nunits; i++)
		plan->units[i].parent =
			plan_unit_node(plan, node_get(plan->units[i].node, "parent"));
	for (size_t i = 0; i < plan->nunits; i++) {
		size_t steps = 0;

		for (int u = (int)i; u != NO_UNIT && steps <= plan->nunits; steps++)
			u = plan->units[u].parent;
		if (steps > plan->nunits) {
			loading_fault(l, plan->units[i].node,
				      _("the parents of '%s' go in a circle"), plan->units[i].id);
			return;
		}
	}
}

static void load_units(struct loading *l, const struct node *list)
{
	struct plan *plan = l->plan;
	size_t n;

	if (list_count(list) > MOST_UNITS) {
		loading_fault(l, list, _("more units than a plan may have"), NULL);
		return;
	}
	map_init(&plan->words, l->arena);
	plan->units = items_for(l, list, sizeof(*plan->units), &n);
	for (size_t i = 0; i < n && !l->failed; i++) {
		if (plan_unit(plan, node_string(item(list, i), "id")) != NO_UNIT)
			loading_fault(l, item(list, i), _("the unit '%s' stands here twice"),
				      node_string(item(list, i), "id"));
		load_unit(l, item(list, i), (int)i);
		plan->nunits = i + 1;
	}
	plan->folders = items_for(l, list, sizeof(*plan->folders), &n);
	for (size_t i = 0; i < plan->nunits && n; i++)
		if (plan->units[i].folder)
			plan->folders[plan->nfolders++] = plan->units[i].id;
	check_parents(l);
}

static void load_groups(struct loading *l, const struct node *list)
{
	struct plan *plan = l->plan;
	size_t n;

	plan->groups = items_for(l, list, sizeof(*plan->groups), &n);
	for (size_t i = 0; i < n; i++) {
		const struct node *node = item(list, i), *units = node_get(node, "units");
		struct group *group = &plan->groups[i];

		group->id = node_string(node, "id");
		group->name = node_string(node, "name");
		plan_expand(plan, units, &group->units);
		plan->ngroups = i + 1;
	}
}

/* a figure such as "73.50" in the indicator's precision */
static bool take_figure(struct loading *l, const struct indicator *indicator,
			const struct node *node, int64_t *value)
{
	if (!node)
		return false;
	if (node->type != NODE_STRING ||
	    !decimal_parse(node->text, node->count, indicator->precision, value)) {
		loading_fault(l, node, _("a figure of '%s' with more places than its precision"),
			      indicator->id);
		return false;
	}
	return true;
}

static struct plan_figure benchmark(struct loading *l, const struct indicator *indicator,
				    const char *name)
{
	const struct node *node = node_get(indicator->node, name);
	struct plan_figure figure = { .holders = node_string(node, "holders") };
	int64_t gap;

	if (take_figure(l, indicator, node_get(node, "value"), &figure.value)) {
		figure.known = true;
	} else if (take_figure(l, indicator, node_get(node, "gap"), &gap)) {
		if (!indicator->baseline.known) {
			loading_fault(l, node, _("a gap of '%s' needs a baseline"), indicator->id);
			return figure;
		}
		figure.known = figure.derived = true;
		figure.gap = node_string(node, "gap");
		figure.value = indicator->baseline.value + gap;
	}
	if (figure.value < 0 ||
	    (indicator->kind == FIGURE_SHARE && figure.value > share_whole(indicator->precision)))
		loading_fault(l, node, _("a figure of '%s' that no such indicator can have"),
			      indicator->id);
	return figure;
}

static void load_source(struct indicator *indicator, const struct node *from)
{
	if (!from)
		return;
	indicator->point = (int)node_integer(from, "point", 0);
	indicator->from_numerator = node_string(from, "numerator");
	indicator->from_denominator = node_string(from, "denominator");
	indicator->from_count = node_string(from, "count");
}

static void load_expected(struct loading *l, struct indicator *indicator)
{
	const struct plan *plan = l->plan;
	const struct node *units = node_get(indicator->node, "units");

	if (indicator->city_level) {
		set_add(&indicator->expected, plan->owner);
		return;
	}
	if (units) {
		plan_expand(plan, units, &indicator->expected);
		return;
	}
	for (size_t i = 0; i < plan->nunits; i++)
		if (plan->units[i].reporting)
			set_add(&indicator->expected, (int)i);
}

static void load_indicator(struct loading *l, struct indicator *indicator, const struct node *node)
{
	const char *kind = node_string(node, "kind");
	const struct node *target = node_get(node, "target");

	indicator->node = node;
	indicator->id = node_string(node, "id");
	indicator->name = node_string(node, "name");
	indicator->unit_of_measure = node_string(node, "unit_of_measure");
	indicator->kind = strcmp(kind, "share") == 0  ? FIGURE_SHARE
			  : strcmp(kind, "rank") == 0 ? FIGURE_RANK
						      : FIGURE_COUNT;
	indicator->city_level = node_is(node_get(node, "level"), "city");
	indicator->lower_is_better = node_is(node_get(node, "direction"), "down");
	indicator->precision = (unsigned)node_integer(node, "precision", 0);
	indicator->of = node_integer(node, "of", 0);
	indicator->stale_days = (int)node_integer(node, "stale_days",
						  node_integer(l->plan->root, "stale_days", 31));
	indicator->baseline = benchmark(l, indicator, "baseline");
	indicator->frontier = benchmark(l, indicator, "frontier");
	indicator->median = benchmark(l, indicator, "median");
	indicator->mean = benchmark(l, indicator, "mean");
	indicator->target = benchmark(l, indicator, "target");
	if (indicator->target.known)
		indicator->target_op =
			node_is(node_get(target, "op"), "<=") ? TARGET_AT_MOST : TARGET_AT_LEAST;
	indicator->target_strive = node_is(node_get(target, "strength"), "strive");
	indicator->pace_linear = node_is(node_get(target, "pace"), "linear");
	load_source(indicator, node_get(node, "from"));
	load_expected(l, indicator);
}

static void load_indicators(struct loading *l, const struct node *list)
{
	struct plan *plan = l->plan;
	size_t n;

	plan->indicators = items_for(l, list, sizeof(*plan->indicators), &n);
	for (size_t i = 0; i < n; i++) {
		load_indicator(l, &plan->indicators[i], item(list, i));
		plan->nindicators = i + 1;
	}
}

static void load_points(struct loading *l, const struct node *list)
{
	struct plan *plan = l->plan;

	plan->points = items_for(l, list, sizeof(*plan->points), &plan->npoints);
	for (size_t i = 0; i < plan->npoints; i++)
		plan->points[i] =
			(struct focus_point){ .id = (int)node_integer(item(list, i), "id", 0),
					      .name = node_string(item(list, i), "name"),
					      .text = node_string(item(list, i), "text"),
					      .cumulative = node_is(node_get(item(list, i), "kind"),
								    "cumulative") };
}

static void load_milestones(struct loading *l, const struct node *list)
{
	struct plan *plan = l->plan;

	plan->milestones = items_for(l, list, sizeof(*plan->milestones), &plan->nmilestones);
	for (size_t i = 0; i < plan->nmilestones; i++) {
		const struct node *node = item(list, i);
		struct milestone_rule *rule = &plan->milestones[i];

		rule->name = node_string(node, "name");
		rule->done_by = node_string(node, "done_by");
		rule->rule = node_get(node, "after_listing")     ? MILESTONE_AFTER_LISTING
			     : node_boolean(node, "half", false) ? MILESTONE_HALF
								 : MILESTONE_BEFORE_DUE;
		rule->days = (int)node_integer(
			node,
			rule->rule == MILESTONE_AFTER_LISTING ? "after_listing" : "before_due", 0);
	}
}

static void load_people(struct loading *l, const struct node *list)
{
	struct plan *plan = l->plan;

	if (!list)
		return;
	plan->people = items_for(l, list, sizeof(*plan->people), &plan->npeople);
	for (size_t i = 0; i < plan->npeople; i++) {
		const struct node *name = node_get(item(list, i), "name");

		plan->people[i].name = name_fold(l->arena, name->text, name->count);
		plan->people[i].unit = plan_unit_node(plan, node_get(item(list, i), "unit"));
		plan->people[i].may = node_get(item(list, i), "may");
		if (!plan->people[i].name)
			l->failed = true;
	}
}

static void load_head(struct loading *l)
{
	struct plan *plan = l->plan;
	const struct node *root = plan->root;
	const struct node *offset = node_get(root, "utc_offset"), *date;

	plan->id = node_string(root, "id");
	plan->title = node_string(root, "title");
	plan->doc_no = node_string(root, "doc_no");
	plan->campaign = node_string(node_get(root, "campaign"), "name");
	plan->rights = node_get(root, "rights");
	plan->calendar = node_get(root, "calendar");
	plan->problems = node_get(root, "problems");
	plan->issue_date = plan->start = plan->end = DAY_NONE;
	if (!offset || !offset_parse(offset->text, offset->count, &plan->offset))
		loading_fault(l, offset, _("utc_offset is not an offset such as '+08:00'%s"), NULL);
	date = node_get(root, "issue_date");
	if (date)
		date_parse(date->text, date->count, &plan->issue_date);
	date = node_get(root, "start");
	if (date)
		date_parse(date->text, date->count, &plan->start);
	date = node_get(root, "end");
	if (date)
		date_parse(date->text, date->count, &plan->end);
}

static void load_thresholds(struct plan *plan)
{
	const struct node *lights = node_get(plan->root, "lights");
	const struct node *limits = node_get(plan->root, "time_limits");

	plan->lights = (struct light_rules){
		.behind_red = (int)node_integer(lights, "behind_red", 30),
		.silent_red_weeks = (int)node_integer(lights, "silent_red_weeks", 2),
		.silent_yellow_weeks = (int)node_integer(lights, "silent_yellow_weeks", 1),
		.due_soon_days = (int)node_integer(lights, "due_soon_days", 7),
		.returned_red = (int)node_integer(lights, "returned_red", 2),
	};
	plan->immediate_workdays = (int)node_integer(limits, "immediate_workdays", 5);
	plan->listing_workdays = (int)node_integer(limits, "listing_workdays", 3);
	plan->same_text = (int)node_integer(node_get(plan->root, "suspect_visits"), "same_text", 0);
	plan->visitor_per_day =
		(int)node_integer(node_get(plan->root, "suspect_visits"), "visitor_per_day", 0);
	plan->small_denominator =
		(int)node_integer(node_get(plan->root, "ranking"), "small_denominator", 10);
}

int plan_load(struct plan *plan, const struct node *root, const char *file, struct arena *arena,
	      struct findings *findings)
{
	struct loading l = { .plan = plan, .arena = arena, .file = file, .findings = findings };

	*plan = (struct plan){ .root = root, .owner = NO_UNIT };
	load_head(&l);
	load_units(&l, node_get(root, "units"));
	plan->owner = plan_unit_node(plan, node_get(root, "owner"));
	if (plan->owner == NO_UNIT)
		loading_fault(&l, node_get(root, "owner"), _("'%s' is no unit of the plan"),
			      node_string(root, "owner"));
	if (l.failed)
		return -1;
	load_groups(&l, node_get(root, "groups"));
	load_points(&l, node_get(root, "focus_points"));
	load_indicators(&l, node_get(root, "indicators"));
	load_milestones(&l, node_get(root, "milestones"));
	load_people(&l, node_get(root, "people"));
	load_thresholds(plan);
	loading_check(&l);
	return l.failed ? -1 : 0;
}
