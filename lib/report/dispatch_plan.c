/* 方案列示问题 one by one, and 专项: what the plan itself commands to be briefed on. */
#include <string.h>

#include "report/dispatch_part.h"

static const struct column PROBLEMS[] = {
	{ "id", "编号", CELL_CODE, COLUMN_DATA_ONLY, 0 },
	{ "title", "问题", CELL_TEXT, 0, 4 },
	{ "lead", "牵头单位", CELL_TEXT, 0, 2 },
	{ "responsible", "责任单位", CELL_TEXT, 0, 4 },
	{ "due", "时限", CELL_DATE, 0, 0 },
	{ "days_left", "余天", CELL_INTEGER, 0, 0 },
	{ "state", "状态", CELL_CODE, 0, 0 },
	{ "light", "灯", CELL_CODE, 0, 0 },
	{ "light_reason", "原因", CELL_CODE, COLUMN_DATA_ONLY, 0 },
	{ "measures_done", "措施已完成", CELL_INTEGER, COLUMN_DATA_ONLY, 0 },
	{ "measures_total", "措施", CELL_INTEGER, COLUMN_DATA_ONLY, 0 },
};

static const struct column FIGURES[] = {
	{ "problem", "问题编号", CELL_CODE, COLUMN_DATA_ONLY, 0 },
	{ "indicator", "指标", CELL_TEXT, 0, 3 },
	{ "baseline", "基线", CELL_FIGURE, 0, 0 },
	{ "latest", "当前", CELL_FIGURE, 0, 0 },
	{ "latest_date", "数据日期", CELL_DATE, COLUMN_DATA_ONLY, 0 },
	{ "frontier", "前沿值", CELL_FIGURE, 0, 0 },
	{ "target", "目标", CELL_FIGURE, 0, 0 },
	{ "gap", "距目标", CELL_FIGURE, 0, 0 },
	{ "met", "达标", CELL_BOOLEAN, 0, 0 },
};

static const struct column PROGRESS[] = {
	{ "problem", "问题编号", CELL_CODE, COLUMN_DATA_ONLY, 0 },
	{ "title", "问题", CELL_TEXT, 0, 2 },
	{ "progress", "进展", CELL_TEXT, 0, 3 },
	{ "next", "安排", CELL_TEXT, 0, 2 },
};

static bool is_of_plan(const struct telling *t, const struct issue_item *item)
{
	(void)t;
	return item->of_plan;
}

static int by_id(const void *a, const void *b)
{
	const struct issue_item *x = *(const struct issue_item *const *)a,
				*y = *(const struct issue_item *const *)b;

	return strcmp(x->id, y->id);
}

static void problem_row(struct telling *t, struct table *table, const struct issue_item *item)
{
	const struct problem_status *s = &item->status;
	struct cell *cells = table_row(t->report, table);

	cell_text(t->report, &cells[0], item->id);
	cell_text(t->report, &cells[1], item->title);
	cell_unit(t, &cells[2], item->lead);
	cell_text(t->report, &cells[3], item->responsible);
	cell_day(t, &cells[4], s->due);
	cell_days_left(t, &cells[5], s);
	cell_code(t->report, &cells[6], state_name(item->state), state_label(item->state));
	cell_light(t, &cells[7], s);
	cell_code(t->report, &cells[8], reason_code(s->reason), reason_label(s->reason));
	cell_integer(&cells[9], (int64_t)s->measures_done);
	cell_integer(&cells[10], (int64_t)s->measures_total);
}

static void figure_row(struct telling *t, struct table *table, const struct issue_item *item,
		       const struct indicator *indicator)
{
	struct cell *cells = table_row(t->report, table);
	struct city_value city = { .date = DAY_NONE };
	bool target = indicator->target.known;
	struct indicator_words words;
	int64_t current, gap;

	if (t->d->all_here)
		indicator_city(&t->d->figures, indicator, t->d->day, &city);
	indicator_words(t->report, indicator, &city, &words);
	current = city.applicable ? city.value : indicator->baseline.value;
	gap = indicator->target.value - current;
	cell_text(t->report, &cells[0], item->id);
	cell_code(t->report, &cells[1], indicator->id, indicator->name);
	tell_figure(t, &cells[2], indicator, indicator->baseline.known, indicator->baseline.value,
		    words.baseline);
	tell_figure(t, &cells[3], indicator, city.applicable, city.value,
		    t->d->all_here ? indicator_say(t->report, "%s%s", words.latest, words.mark)
				   : "数据不全");
	cell_day(t, &cells[4], city.date);
	tell_figure(t, &cells[5], indicator, indicator->frontier.known, indicator->frontier.value,
		    indicator_lines(t->report, words.frontier));
	tell_figure(t, &cells[6], indicator, target, indicator->target.value, words.target);
	tell_figure(t, &cells[7], indicator,
		    target && (city.applicable || indicator->baseline.known), gap,
		    words.target_gap);
	if (city.met == MET_UNKNOWN)
		return;
	cell_boolean(&cells[8], city.met == MET_YES);
	cell_shown(t->report, &cells[8], words.met);
	cells[8].tone = city.met == MET_YES ? TONE_GREEN : TONE_RED;
}

/* what is next: milestones, and the day itself */
static const char *next_of(struct telling *t, const struct issue_item *item)
{
	struct str text = { 0 };

	for (size_t i = 0; i < item->nmilestones; i++)
		str_addf(&text, "%s%s%s", text.len ? "\n" : "",
			 short_day(t, item->milestones[i].date), item->milestones[i].name);
	if (item->status.has_days && item->status.days_left > 0 &&
	    item->status.due <= t->d->next_until)
		str_addf(&text, "%s%s到期", text.len ? "\n" : "", short_day(t, item->status.due));
	return indicator_finish(t->report, &text);
}

static void progress_row(struct telling *t, struct table *table, const struct issue_item *item)
{
	struct cell *cells = table_row(t->report, table);
	const char *next = next_of(t, item);

	cell_text(t->report, &cells[0], item->id);
	cell_text(t->report, &cells[1], item->title);
	if (item->progress)
		cell_text(t->report, &cells[2], item->progress);
	else
		cell_absent(t->report, &cells[2],
			    item->state == STATE_CLOSED ? "已销号" : "未报进展");
	if (*next)
		cell_text(t->report, &cells[3], next);
	else
		cell_absent(t->report, &cells[3], "无");
}

void put_plan_figures(struct telling *t)
{
	size_t n;
	const struct issue_item **items = chosen_items(t, is_of_plan, by_id, &n);
	struct table *table = TELL_TABLE(t, "plan_figures", "指标", "无", FIGURES);

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < list_count(items[i]->indicators); k++) {
			const char *id = node_text(&items[i]->indicators->items[k]);
			const struct indicator *indicator = plan_indicator(t->plan, id);

			if (indicator)
				figure_row(t, table, items[i], indicator);
		}
}

void put_plan_trends(struct telling *t)
{
	size_t n;
	const struct issue_item **items = chosen_items(t, is_of_plan, by_id, &n);
	bool *shown = arena_array(t->report->arena, t->plan->nindicators, sizeof(*shown));

	t->report->failed = t->report->failed || !shown;
	for (size_t i = 0; shown && i < n; i++)
		for (size_t k = 0; k < list_count(items[i]->indicators); k++) {
			const char *id = node_text(&items[i]->indicators->items[k]);
			const struct indicator *indicator = plan_indicator(t->plan, id);

			if (!indicator || shown[indicator - t->plan->indicators])
				continue;
			shown[indicator - t->plan->indicators] = true;
			chart_trend(t, indicator);
		}
}

/* how fast indicators have to move; of the whole city alone */
static void put_pace(struct telling *t)
{
	if (t->d->all_here)
		indicator_pace_table(t->report, &t->d->figures, t->d->day, NULL);
}

void part_plan_problems(struct telling *t)
{
	size_t n;
	const struct issue_item **items = chosen_items(t, is_of_plan, by_id, &n);
	struct table *table;

	tell_section(t, indicator_say(t->report, "%s项反馈问题",
				      count_words(t, (int)list_count(t->plan->problems))));
	table = TELL_TABLE(t, "plan_problems", "整改进度", "数据不在本地", PROBLEMS);
	for (size_t i = 0; i < n; i++)
		problem_row(t, table, items[i]);
	put_plan_figures(t);
	put_plan_trends(t);
	put_pace(t);
	table = TELL_TABLE(t, "plan_progress",
			   indicator_say(t->report, "%s进展与%s安排", period_word(t), next_word(t)),
			   "数据不在本地", PROGRESS);
	for (size_t i = 0; i < n; i++)
		progress_row(t, table, items[i]);
}

static const struct column REQUIRED[] = {
	{ "indicator", "指标", CELL_CODE, COLUMN_DATA_ONLY, 0 },
	{ "unit", "单位", CELL_TEXT, 0, 1 },
	{ "numerator", "分子", CELL_INTEGER, 0, 0 },
	{ "denominator", "分母", CELL_INTEGER, 0, 0 },
	{ "value", "数值", CELL_FIGURE, 0, 0 },
	{ "increase", "较上期", CELL_FIGURE, 0, 0 },
	{ "rank", "名次", CELL_INTEGER, 0, 0 },
	{ "status", "状态", CELL_CODE, COLUMN_DATA_ONLY, 0 },
	{ "date", "数据日期", CELL_DATE, 0, 0 },
	{ "missed", "漏调度", CELL_LIST, 0, 1 },
};

/* weeks of the period (of a week: all up to it) for which the unit gave no figure */
static void missed_cell(struct telling *t, struct cell *cell, const struct indicator *indicator,
			int unit)
{
	const struct dispatch *d = t->d;
	const char **weeks = arena_array(t->report->arena, d->nweeks, sizeof(*weeks));
	struct str shown = { 0 };
	size_t n = 0;

	for (size_t i = 0; weeks && i < d->nweeks; i++) {
		const struct figure *last[MOST_UNITS];
		int year, week;

		if (d->issue.kind == ISSUE_MONTH && d->weeks[i] < d->issue.from)
			continue;
		figures_on(&d->figures, indicator, d->weeks[i], last);
		if (last[unit] && last[unit]->date > d->weeks[i] - 7)
			continue;
		week_of(d->weeks[i], &year, &week);
		weeks[n++] = indicator_say(t->report, "第%d周", week);
		str_addf(&shown, "%s%d", shown.len ? "、" : "第", week);
	}
	str_add(&shown, "周");
	t->report->failed = t->report->failed || !weeks || shown.failed;
	if (weeks)
		cell_list(t->report, cell, weeks, n);
	if (n)
		cell_shown(t->report, cell, str_text(&shown));
	str_release(&shown);
}

static const struct unit_value *value_of(const struct unit_value *values, size_t n, int unit)
{
	for (size_t i = 0; i < n; i++)
		if (values[i].unit == unit)
			return &values[i];
	return NULL;
}

static void required_row(struct telling *t, struct table *table, const struct indicator *indicator,
			 const struct unit_value *value, const struct unit_value *before)
{
	const struct figure *figure = value->figure;
	bool parts = figure && figure->type == FIGURE_PARTS && value->status != UNIT_NOT_REPORTED;
	struct cell *cells = table_row(t->report, table);
	int64_t change;

	cell_text(t->report, &cells[0], indicator->id);
	cell_unit(t, &cells[1], value->unit);
	if (parts) {
		cell_integer(&cells[2], figure->n);
		cell_integer(&cells[3], figure->d);
	}
	tell_figure(t, &cells[4], indicator, value->known, value->value,
		    value->known
			    ? indicator_say(t->report, "%s%s",
					    indicator_value(t->report, indicator, value->value),
					    value->small ? "＊" : "")
		    : value->status == UNIT_NOT_APPLICABLE ? "不适用"
							   : "未报送");
	if (value->known && before && before->known) {
		change = value->value - before->value;
		tell_figure(t, &cells[5], indicator, true, change,
			    indicator_change(t->report, indicator, change));
	}
	if (value->rank && t->d->all_here)
		cell_integer(&cells[6], value->rank);
	cell_text(t->report, &cells[7], unit_status_code(value->status));
	cell_day(t, &cells[8], figure ? figure->date : DAY_NONE);
	missed_cell(t, &cells[9], indicator, value->unit);
}

/* 30天（4周余2天） */
static const char *days_words(struct telling *t, int days)
{
	if (days < 7)
		return indicator_say(t->report, "%d天", days);
	if (days % 7 == 0)
		return indicator_say(t->report, "%d天（%d周）", days, days / 7);
	return indicator_say(t->report, "%d天（%d周余%d天）", days, days / 7, days % 7);
}

/* how much is left, and how long */
static void tell_left(struct telling *t, const struct indicator *indicator, const char *problem)
{
	struct indicator_words words;
	struct city_value city;

	indicator_city(&t->d->figures, indicator, t->d->day, &city);
	indicator_words(t->report, indicator, &city, &words);
	tell(t, "全市%s：%s%s，目标%s，%s。", indicator->name, words.latest, words.mark,
	     words.target, city.met == MET_UNKNOWN ? "尚无数据可判" : words.met);
	if (city.d)
		tell(t, "分子%lld，分母%lld，尚差%lld。", (long long)city.n, (long long)city.d,
		     (long long)(city.d - city.n));
	for (const struct issue_item *item = t->d->items; item; item = item->next) {
		int days = item->status.has_days ? item->status.days_left : -1;

		if (strcmp(item->id, problem) != 0 || item->status.due == DAY_NONE)
			continue;
		if (days >= 0)
			tell(t, "时限%s，还有%s。", day_words(t, item->status.due),
			     days_words(t, days));
		else
			tell(t, "时限%s，%s。", day_words(t, item->status.due),
			     item->status.has_days ? "已过时限" : state_label(item->state));
	}
}

static void put_required(struct telling *t, const struct indicator *indicator, const char *problem)
{
	const struct dispatch *d = t->d;
	struct unit_value values[MOST_UNITS], before[MOST_UNITS];
	size_t n = indicator_units(&d->figures, indicator, d->day, values), nbefore = 0;
	struct table *table;

	if (d->has_before)
		nbefore = indicator_units(&d->figures, indicator, d->before.until, before);
	if (d->all_here)
		tell_left(t, indicator, problem);
	table = TELL_TABLE(t, "required", indicator->name, "未报送", REQUIRED);
	for (size_t i = 0; i < n; i++)
		if (set_has(&d->chosen, values[i].unit))
			required_row(t, table, indicator, &values[i],
				     value_of(before, nbefore, values[i].unit));
	chart_ranks(t, table, indicator, &(struct rank_columns){ 1, 4, 4 });
	tell(t, "分子：%s；分母：%s。标＊的分母小于%d，一件即可改变名次。",
	     node_string(indicator->node, "numerator") ? node_string(indicator->node, "numerator")
						       : "未定义",
	     node_string(indicator->node, "denominator")
		     ? node_string(indicator->node, "denominator")
		     : "未定义",
	     t->plan->small_denominator);
}

static bool has_cadence(const struct node *entry, const char *cadence)
{
	const struct node *list = node_get(entry, "cadence");

	for (size_t i = 0; i < list_count(list); i++)
		if (node_is(&list->items[i], cadence))
			return true;
	return false;
}

void part_required(struct telling *t)
{
	const struct node *list = node_get(node_get(t->plan->root, "reports"), "required");
	const char *cadence = t->d->issue.kind == ISSUE_MONTH ? "monthly" : "weekly";
	bool any = false;

	for (size_t i = 0; i < list_count(list); i++) {
		const struct indicator *indicator =
			plan_indicator(t->plan, node_string(&list->items[i], "indicator"));
		const char *problem = node_string(&list->items[i], "problem");

		if (!has_cadence(&list->items[i], cadence) || !indicator || !problem)
			continue;
		tell_section(
			t, indicator_say(t->report, "%s%s", indicator->name,
					 t->d->issue.kind == ISSUE_MONTH ? "月通报" : "专项调度"));
		put_required(t, indicator, problem);
		any = true;
	}
	if (any)
		return;
	tell_section(t, "专项调度");
	tell(t, "无。");
}
