/* 月通报: what is due in the month, ranks, topics, units to name, formulas. */
#include <string.h>

#include "report/dispatch_part.h"

static const struct column DUE_NOW[] = {
	{ "id", "编号", CELL_CODE, 0, 0 },      { "title", "问题", CELL_TEXT, 0, 3 },
	{ "unit", "单位", CELL_CODE, 0, 0 },    { "due_original", "原定时限", CELL_DATE, 0, 0 },
	{ "due", "现时限", CELL_DATE, 0, 0 },   { "closed", "销号日期", CELL_DATE, 0, 0 },
	{ "outcome", "结果", CELL_CODE, 0, 0 },
};

static bool was_due(const struct telling *t, const struct issue_item *item)
{
	day_t due = item->status.due_original;

	return (item->in_units || item->of_plan) && due != DAY_NONE && due >= t->d->issue.from &&
	       due <= t->d->issue.until &&
	       (STATE_BIT(item->state) & (OPEN_STATES | STATE_BIT(STATE_CLOSED)));
}

void part_due_now(struct telling *t)
{
	size_t n;
	const struct issue_item **items = chosen_items(t, was_due, by_place, &n);
	struct table *table = TELL_TABLE(t, "due_now", "本月到期（按原定时限）", "无", DUE_NOW);

	for (size_t i = 0; i < n; i++) {
		const struct issue_item *item = items[i];
		bool closed = item->state == STATE_CLOSED;
		bool late = closed ? item->closed > item->status.due_original
				   : item->status.due_original < t->d->day;
		struct cell *cells = table_row(t->report, table);

		cell_text(t->report, &cells[0], item->id);
		cell_text(t->report, &cells[1], item->title);
		cell_short_unit(t, &cells[2], item->unit);
		cell_day(t, &cells[3], item->status.due_original);
		cell_day(t, &cells[4], item->status.due);
		cell_day(t, &cells[5], item->closed);
		cell_code(t->report, &cells[6], closed ? late ? "late" : "on-time" : "open",
			  closed ? late ? "逾期销号" : "按期销号"
			  : late ? "逾期未销号"
				 : "在办");
		cells[6].tone = late ? TONE_RED : closed ? TONE_GREEN : TONE_NONE;
	}
}

static const struct column RANKS[] = {
	{ "indicator", "指标编号", CELL_CODE, COLUMN_DATA_ONLY, 0 },
	{ "rank", "名次", CELL_INTEGER, 0, 0 },
	{ "unit", "单位", CELL_TEXT, 0, 1 },
	{ "numerator", "分子", CELL_INTEGER, 0, 0 },
	{ "denominator", "分母", CELL_INTEGER, 0, 0 },
	{ "value", "数值", CELL_FIGURE, 0, 0 },
	{ "rank_before", "上期名次", CELL_INTEGER, 0, 0 },
	{ "rank_change", "名次变化", CELL_INTEGER, 0, 0 },
	{ "status", "状态", CELL_CODE, 0, 0 },
};

static void rank_cells(struct telling *t, struct cell *cells, int rank, int before)
{
	if (rank)
		cell_integer(&cells[1], rank);
	if (before)
		cell_integer(&cells[6], before);
	if (rank && before)
		rank_change_cell(t->report, &cells[7], before - rank);
}

static void rank_row(struct telling *t, struct table *table, const struct indicator *indicator,
		     const struct unit_value *value, const struct unit_value *before)
{
	const struct figure *figure = value->figure;
	bool parts = figure && figure->type == FIGURE_PARTS && value->status != UNIT_NOT_REPORTED;
	struct cell *cells = table_row(t->report, table);
	char text[FIGURE_SIZE];

	cell_text(t->report, &cells[0], indicator->id);
	cell_unit(t, &cells[2], value->unit);
	if (parts) {
		cell_integer(&cells[3], figure->n);
		cell_integer(&cells[4], figure->d);
	}
	if (value->known)
		cell_code(t->report, &cells[5], value_format(indicator, value->value, text),
			  indicator_say(t->report, "%s%s",
					indicator_value(t->report, indicator, value->value),
					value->small ? "＊" : ""));
	if (t->d->all_here)
		rank_cells(t, cells, value->rank, before ? before->rank : 0);
	cell_code(t->report, &cells[8], unit_status_code(value->status),
		  unit_status_word(value->status));
}

/* whether any unit reported it at all */
static bool has_figures(const struct unit_value *values, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (values[i].status != UNIT_NOT_REPORTED)
			return true;
	return false;
}

/* the figures of an indicator now and at the end of the period before */
struct ranks {
	const struct indicator *indicator;
	struct unit_value values[MOST_UNITS], before[MOST_UNITS];
	size_t n, nbefore;
};

static const char *group_of(const struct telling *t, const struct unit_value *value)
{
	return value->status == UNIT_RANKED ? t->plan->units[value->unit].group : NULL;
}

/* values[i] .. values[end - 1]: a group, and with the last one also who is not ranked */
static void put_group(struct telling *t, const struct ranks *r, size_t i, size_t end,
		      const char *title)
{
	struct table *table = TELL_TABLE(t, "ranking", title, "未报送", RANKS);

	for (; i < end; i++) {
		const struct unit_value *old = NULL;

		for (size_t k = 0; k < r->nbefore; k++)
			old = r->before[k].unit == r->values[i].unit ? &r->before[k] : old;
		if (set_has(&t->d->chosen, r->values[i].unit))
			rank_row(t, table, r->indicator, &r->values[i], old);
	}
	chart_ranks(t, table, r->indicator, &(struct rank_columns){ 2, 5, 8 });
}

/* a table for each group; where there is one group only it needs no name */
static bool put_ranks(struct telling *t, const struct indicator *indicator)
{
	struct ranks r = { .indicator = indicator };
	size_t start = 0;

	r.n = indicator_units(&t->d->figures, indicator, t->d->day, r.values);
	if (!has_figures(r.values, r.n))
		return false;
	if (t->d->has_before)
		r.nbefore =
			indicator_units(&t->d->figures, indicator, t->d->before.until, r.before);
	for (size_t i = 1; i <= r.n; i++) {
		const char *group = group_of(t, &r.values[start]);
		const char *next = i < r.n ? group_of(t, &r.values[i]) : NULL;
		bool last = i == r.n;

		if (!last && (!next || !group || strcmp(group, next) == 0))
			continue;
		put_group(t, &r, start, i,
			  group && (start || !last)
				  ? indicator_say(t->report, "%s（%s）", indicator->name,
						  ranking_group_name(t->plan, group))
				  : indicator->name);
		start = i;
	}
	return true;
}

void part_ranking(struct telling *t)
{
	struct str none = { 0 };

	tell_section(t, "指标排名");
	for (size_t i = 0; i < t->plan->nindicators; i++) {
		const struct indicator *indicator = &t->plan->indicators[i];

		if (!indicator->city_level && !put_ranks(t, indicator))
			str_addf(&none, "%s%s", none.len ? "、" : "", indicator->name);
	}
	tell(t, "各单位均未报送的指标：%s。", none.len ? str_text(&none) : "无");
	tell(t,
	     "名次按分数精确比较，并列者同名次，其后名次空出；未报送、不适用不参与排名；标＊的"
	     "分母小于%d。",
	     t->plan->small_denominator);
	t->report->failed = t->report->failed || none.failed;
	str_release(&none);
}

static const struct column TOPIC[] = {
	{ "topic", "专题", CELL_CODE, COLUMN_DATA_ONLY, 0 },
	{ "indicator", "指标", CELL_TEXT, 0, 2 },
	{ "numerator", "分子", CELL_INTEGER, 0, 0 },
	{ "denominator", "分母", CELL_INTEGER, 0, 0 },
	{ "value", "当前", CELL_FIGURE, 0, 0 },
	{ "baseline", "基线", CELL_FIGURE, 0, 0 },
	{ "before", "上月末", CELL_FIGURE, 0, 0 },
	{ "change", "较上月末", CELL_FIGURE, 0, 0 },
	{ "missing", "未报送单位数", CELL_INTEGER, 0, 0 },
};

static int64_t count_units(const struct unit_set *set)
{
	int64_t n = 0;

	for (int i = 0; i < MOST_UNITS; i++)
		n += set_has(set, i);
	return n;
}

static void topic_row(struct telling *t, struct table *table, const char *topic,
		      const struct indicator *indicator)
{
	struct city_value now = { .date = DAY_NONE }, then = { .date = DAY_NONE };
	struct cell *cells = table_row(t->report, table);
	struct indicator_words words, before;

	if (t->d->all_here)
		indicator_city(&t->d->figures, indicator, t->d->day, &now);
	if (t->d->all_here && t->d->has_before)
		indicator_city(&t->d->figures, indicator, t->d->before.until, &then);
	indicator_words(t->report, indicator, &now, &words);
	indicator_words(t->report, indicator, &then, &before);
	cell_text(t->report, &cells[0], topic);
	cell_code(t->report, &cells[1], indicator->id, indicator->name);
	if (now.d) {
		cell_integer(&cells[2], now.n);
		cell_integer(&cells[3], now.d);
	}
	tell_figure(t, &cells[4], indicator, now.applicable, now.value,
		    indicator_say(t->report, "%s%s", words.latest, words.mark));
	tell_figure(t, &cells[5], indicator, indicator->baseline.known, indicator->baseline.value,
		    words.baseline);
	tell_figure(t, &cells[6], indicator, then.applicable, then.value, before.latest);
	if (now.applicable && then.applicable)
		tell_figure(t, &cells[7], indicator, true, now.value - then.value,
			    indicator_change(t->report, indicator, now.value - then.value));
	if (t->d->all_here && !now.published)
		cell_integer(&cells[8], count_units(&now.missing));
}

/* circulars about the topic's problem: departments are named once a person has approved it (L64) */
static void tell_circulars(struct telling *t, const char *problem)
{
	struct str named = { 0 };
	size_t unapproved = 0;

	for (const struct oversight *o = t->d->oversights; o; o = o->next) {
		if (!o->form || strcmp(o->form, "circular") != 0 || !o->problem ||
		    strcmp(o->problem, problem) != 0 || o->date < t->d->issue.from ||
		    !is_overseen(t, o))
			continue;
		if (o->approved_by && o->subject != NO_UNIT)
			str_addf(&named, "%s%s（%s）", named.len ? "、" : "",
				 t->plan->units[o->subject].name, short_day(t, o->date));
		else
			unapproved++;
	}
	tell(t, "通报整改不力、不到位的单位：%s；另有未记批准人的通报%zu件，不列名。",
	     named.len ? str_text(&named) : "无", unapproved);
	t->report->failed = t->report->failed || named.failed;
	str_release(&named);
}

static void put_topic(struct telling *t, const struct node *topic)
{
	const struct node *list = node_get(topic, "indicators");
	const struct node *without = node_get(topic, "without_source");
	const char *name = node_string(topic, "name"), *problem = node_string(topic, "problem");
	struct table *table;

	tell_section(t, name);
	table = TELL_TABLE(t, "topics", "全市数值", NULL, TOPIC);
	for (size_t i = 0; i < list_count(list); i++) {
		const struct indicator *indicator =
			plan_indicator(t->plan, node_text(&list->items[i]));

		if (indicator)
			topic_row(t, table, name, indicator);
	}
	for (size_t i = 0; i < list_count(without); i++)
		tell(t, "%s：未报送。", node_text(&without->items[i]));
	if (problem)
		tell_circulars(t, problem);
}

void part_topics(struct telling *t)
{
	const struct node *monthly = node_get(node_get(t->plan->root, "reports"), "monthly");
	const struct node *topics = node_get(monthly, "topics");

	for (size_t i = 0; i < list_count(topics); i++)
		put_topic(t, &topics->items[i]);
}

static const struct column FORMULAS[] = {
	{ "indicator", "指标编号", CELL_CODE, COLUMN_DATA_ONLY, 0 },
	{ "name", "指标", CELL_TEXT, 0, 2 },
	{ "numerator", "分子", CELL_TEXT, 0, 3 },
	{ "denominator", "分母", CELL_TEXT, 0, 3 },
	{ "note", "说明", CELL_TEXT, 0, 3 },
};

void part_formulas(struct telling *t)
{
	struct table *table = TELL_TABLE(t, "formulas", "指标口径", NULL, FORMULAS);

	for (size_t i = 0; i < t->plan->nindicators; i++) {
		const struct indicator *indicator = &t->plan->indicators[i];
		struct cell *cells = table_row(t->report, table);

		cell_text(t->report, &cells[0], indicator->id);
		cell_text(t->report, &cells[1], indicator->name);
		cell_text(t->report, &cells[2], node_string(indicator->node, "numerator"));
		cell_text(t->report, &cells[3], node_string(indicator->node, "denominator"));
		cell_text(t->report, &cells[4], node_string(indicator->node, "note"));
	}
	tell(t, "比率按分子合计除以分母合计计算，不对各单位比率取平均，四舍五入至两位小数，只舍"
		"入一次；未达到全部的不显示为100.00%%。");
}
