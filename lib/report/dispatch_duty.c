/* 督导检查情况, 做得好的 and 存在问题的单位: candidates for a person to judge, never a verdict. */
#include <string.h>

#include "report/dispatch_part.h"

/* why a unit is worth praise or a question; counted in the last issue's figures */
struct standing {
	int front, behind; /* indicators by rank */
	int64_t overdue, returned, silent;
	bool no_plan, unreported, active;
};

static const struct column TRIGGERS[] = {
	{ "trigger", "情形", CELL_TEXT, 0, 1 },
	{ "steps", "本期督导（次）", CELL_INTEGER, 0, 0 },
	{ "candidates", "待研判单位", CELL_LIST, 0, 2 },
	{ "ground", "依据", CELL_TEXT, 0, 2 },
};

static const struct column STANDING[] = {
	{ "unit", "单位", CELL_TEXT, 0, 0 },
	{ "front", "位次居前", CELL_INTEGER, 0, 0 },
	{ "behind", "位次靠后", CELL_INTEGER, 0, 0 },
	{ "overdue", "逾期", CELL_INTEGER, 0, 0 },
	{ "returned", "多次退回", CELL_INTEGER, 0, 0 },
	{ "silent", "未报进展", CELL_INTEGER, 0, 0 },
	{ "assessment", "情况", CELL_CODE, 0, 0 },
	{ "reasons", "说明", CELL_TEXT, 0, 1 },
};

#define FRONT 2 /* ranks that are told of as good */

/* of the ranked units of a group so many stand behind */
static int ranked_in_group(const struct plan *plan, const struct unit_value *values, size_t n,
			   int unit)
{
	int count = 0;

	for (size_t i = 0; i < n; i++)
		count += values[i].rank &&
			 strcmp(plan->units[values[i].unit].group, plan->units[unit].group) == 0;
	return count;
}

static void take_ranks(struct telling *t, struct standing *standings)
{
	int last = (int)node_integer(node_get(t->plan->root, "ranking"), "low_rank_last", 0);

	for (size_t i = 0; i < t->plan->nindicators && t->d->all_here; i++) {
		struct unit_value values[MOST_UNITS];
		size_t n =
			indicator_units(&t->d->figures, &t->plan->indicators[i], t->d->day, values);

		for (size_t k = 0; k < n; k++) {
			struct standing *s = &standings[values[k].unit];
			int count, worse = 0;

			if (!values[k].rank)
				continue;
			count = ranked_in_group(t->plan, values, n, values[k].unit);
			for (size_t m = 0; m < n; m++)
				worse += values[m].rank > values[k].rank &&
					 strcmp(t->plan->units[values[m].unit].group,
						t->plan->units[values[k].unit].group) == 0;
			/* where all are equal nobody is first or last */
			s->front += values[k].rank <= FRONT && worse > 0 && count > FRONT;
			s->behind += values[k].rank > 1 && worse < last && count > last;
		}
	}
}

static struct standing *standings_of(struct telling *t)
{
	struct standing *list = arena_array(t->report->arena, t->plan->nunits, sizeof(*list));

	if (!list) {
		t->report->failed = true;
		return NULL;
	}
	take_ranks(t, list);
	for (int u = 0; u < (int)t->plan->nunits; u++) {
		const struct unit_part *part = &t->d->units[u];
		bool reporting = t->plan->units[u].reporting;

		list[u].overdue = part->tally.overdue;
		list[u].no_plan = reporting && !t->d->plans.units[u].plans;
		list[u].unreported = reporting && !part->reported;
		list[u].active = part->period.visits + part->period.walkthroughs > 0;
	}
	for (const struct issue_item *item = t->d->items; item; item = item->next) {
		if (!item->in_units)
			continue;
		list[item->unit].returned += STATE_BIT(item->state) & OPEN_STATES &&
					     item->times_returned >= t->plan->lights.returned_red;
		list[item->unit].silent += item->status.reason == REASON_SILENT;
	}
	return list;
}

/* which of the plan's grounds a unit gives reason to ask about */
static bool is_candidate(const struct standing *s, const char *trigger)
{
	if (strcmp(trigger, "not-implemented") == 0)
		return s->no_plan;
	if (strcmp(trigger, "inactive") == 0)
		return s->unreported || !s->active;
	if (strcmp(trigger, "low-rank") == 0)
		return s->behind > 0;
	return strcmp(trigger, "incomplete") == 0 && (s->overdue || s->returned);
}

static const char *ground_of(struct telling *t, const char *trigger)
{
	if (strcmp(trigger, "not-implemented") == 0)
		return "未制定本期走访计划";
	if (strcmp(trigger, "inactive") == 0)
		return "本期未填报，或未走访也未走流程";
	if (strcmp(trigger, "low-rank") == 0)
		return indicator_say(t->report, "有指标位列末%lld位",
				     (long long)node_integer(node_get(t->plan->root, "ranking"),
							     "low_rank_last", 0));
	return "有逾期未销号或多次退回的问题";
}

static void trigger_row(struct telling *t, struct table *table, const struct node *trigger,
			const struct standing *standings)
{
	const char **names = arena_array(t->report->arena, t->plan->nunits, sizeof(*names));
	const char *code = node_string(trigger, "code");
	struct cell *cells = table_row(t->report, table);
	int64_t steps = 0;
	size_t n = 0;

	for (const struct oversight *o = t->d->oversights; o; o = o->next)
		steps += o->date >= t->d->issue.from && is_overseen(t, o) && o->trigger &&
			 strcmp(o->trigger, code) == 0;
	for (int u = 0; names && u < (int)t->plan->nunits; u++)
		if (set_has(&t->rows, u) && t->plan->units[u].group &&
		    is_candidate(&standings[u], code))
			names[n++] = t->plan->units[u].name;
	cell_code(t->report, &cells[0], code, node_string(trigger, "name"));
	cell_integer(&cells[1], steps);
	t->report->failed = t->report->failed || !names;
	if (names)
		cell_list(t->report, &cells[2], names, n);
	cell_text(t->report, &cells[3], ground_of(t, code));
}

static const struct column STEPS[] = {
	{ "id", "编号", CELL_CODE, COLUMN_DATA_ONLY, 0 },
	{ "date", "日期", CELL_DATE, 0, 0 },
	{ "form", "形式", CELL_CODE, 0, 0 },
	{ "subject", "对象", CELL_TEXT, 0, 1 },
	{ "trigger", "情形", CELL_TEXT, 0, 1 },
	{ "findings", "发现情况与要求", CELL_TEXT, 0, 3 },
	{ "reply", "回复", CELL_TEXT, 0, 2 },
	{ "escalated_to", "移送", CELL_TEXT, COLUMN_DATA_ONLY, 0 },
};

static void step_row(struct telling *t, struct table *table, const struct oversight *o)
{
	struct cell *cells = table_row(t->report, table);
	const char *findings =
		o->findings && o->requirement
			? indicator_say(t->report, "%s\n要求：%s", o->findings, o->requirement)
		: o->findings ? o->findings
			      : o->requirement;

	cell_text(t->report, &cells[0], o->id);
	cell_day(t, &cells[1], o->date);
	cell_code(t->report, &cells[2], o->form, oversight_word(t, "form", o->form));
	cell_unit(t, &cells[3], o->subject);
	if (o->trigger)
		cell_code(t->report, &cells[4], o->trigger,
			  oversight_word(t, "trigger", o->trigger));
	cell_text(t->report, &cells[5], findings);
	if (o->reply)
		cell_text(t->report, &cells[6], o->reply);
	else
		cell_absent(t->report, &cells[6], "未回复");
	if (o->escalate_to)
		cell_code(t->report, &cells[7], o->escalate_to, plan_name(t->plan, o->escalate_to));
}

void part_duty(struct telling *t)
{
	const struct node *triggers = node_get(node_get(t->plan->root, "supervision"), "triggers");
	const struct standing *standings = standings_of(t);
	struct table *table;

	tell_section(t, t->d->issue.kind == ISSUE_FINAL ? "督导问责情况" : "督导检查情况");
	oversight_counts(t);
	table = TELL_TABLE(t, "duty", "本期督导督办", "无", STEPS);
	for (const struct oversight *o = t->d->oversights; o; o = o->next)
		if (o->date >= t->d->issue.from && is_overseen(t, o))
			step_row(t, table, o);
	table = TELL_TABLE(t, "triggers", "督导情形", "无", TRIGGERS);
	for (size_t i = 0; standings && i < list_count(triggers); i++)
		trigger_row(t, table, &triggers->items[i], standings);
	tell(t, "待研判单位由各数自动列出，是否督导、通报、移送由负责人决定，本表不作结论。");
}

static const char *reasons_of(struct telling *t, const struct standing *s)
{
	struct str text = { 0 };

	if (s->overdue)
		str_addf(&text, "；逾期%lld件", (long long)s->overdue);
	if (s->returned)
		str_addf(&text, "；多次退回%lld件", (long long)s->returned);
	if (s->behind)
		str_addf(&text, "；%d项指标靠后", s->behind);
	if (s->unreported)
		str_add(&text, "；本期未填报");
	if (s->no_plan)
		str_add(&text, "；无走访计划");
	if (s->front)
		str_addf(&text, "；%d项指标居前", s->front);
	if (!text.len)
		return "无";
	return indicator_finish(t->report, &text) + strlen("；");
}

void part_standing(struct telling *t)
{
	const struct standing *standings = standings_of(t);
	struct table *table;

	tell_section(t, "做得好的和存在问题的单位");
	table = TELL_TABLE(t, "standing", "各单位情况", "无", STANDING);
	for (int u = 0; standings && u < (int)t->plan->nunits; u++) {
		const struct standing *s = &standings[u];
		bool fault = s->overdue || s->returned || s->unreported || s->no_plan;
		bool bad = fault || s->behind > s->front;
		bool good = !fault && !s->behind && s->front && s->active;
		struct cell *cells;

		if (!set_has(&t->rows, u))
			continue;
		cells = table_row(t->report, table);
		cell_short_unit(t, &cells[0], u);
		cell_integer(&cells[1], s->front);
		cell_integer(&cells[2], s->behind);
		cell_integer(&cells[3], s->overdue);
		cell_integer(&cells[4], s->returned);
		cell_integer(&cells[5], s->silent);
		cell_code(t->report, &cells[6],
			  good  ? "good"
			  : bad ? "wanting"
				: "even",
			  good  ? "较好"
			  : bad ? "有问题"
				: "平稳");
		cells[6].tone = good ? TONE_GREEN : bad ? TONE_RED : TONE_NONE;
		cell_text(t->report, &cells[7], reasons_of(t, s));
	}
	tell(t,
	     "较好：无所列问题，有指标位列前%"
	     "d，且本期开展了走访或走流程。有问题：有逾期、多次退回、"
	     "未填报或无走访计划，或靠后的指标多于居前的。",
	     FRONT);
}
