/* 工作总结: what became of it all. */
#include <string.h>

#include "report/dispatch_part.h"
#include "report/tallies.h"

static const char *name_of_track(bool immediate)
{
	return immediate ? "立行立改" : "限期整改";
}

/* the plan by number and day, and what it aims at */
static void tell_basis(struct telling *t)
{
	const struct plan *plan = t->plan;
	const struct node *aims = node_get(plan->root, "aims");
	const char *issuer = node_string(plan->root, "issuer");
	struct str text = { 0 };

	str_addf(&text, "根据%s%s印发的《%s》", issuer ? plan_name(plan, issuer) : "",
		 plan->issue_date == DAY_NONE ? "" : day_words(t, plan->issue_date), plan->title);
	if (plan->doc_no)
		str_addf(&text, "（%s）", plan->doc_no);
	for (size_t i = 0; i < list_count(aims); i++)
		str_addf(&text, "%s%s", i ? "" : "，围绕政务服务", node_text(&aims->items[i]));
	str_add(&text, list_count(aims) ? "水平提升开展活动。" : "开展活动。");
	report_paragraph(t->report, indicator_finish(t->report, &text));
}

void part_summary(struct telling *t)
{
	const struct plan *plan = t->plan;

	tell_section(t, "活动开展基本情况");
	tell_basis(t);
	tell(t, "活动自%s至%s，历时%lld个月；参加单位%s。", day_words(t, plan->start),
	     day_words(t, plan->end), (long long)node_integer(plan->root, "duration_months", 0),
	     names_of_set(t, &t->rows));
	put_overall(t);
	put_units(t);
	put_points(t);
	put_tallies(t);
}

static const struct column RESULTS[] = {
	{ "id", "编号", CELL_CODE, COLUMN_DATA_ONLY, 0 },
	{ "title", "问题", CELL_TEXT, 0, 3 },
	{ "lead", "牵头单位", CELL_TEXT, 0, 2 },
	{ "due_original", "原定时限", CELL_DATE, 0, 0 },
	{ "closed", "销号日期", CELL_DATE, 0, 0 },
	{ "outcome", "结果", CELL_CODE, 0, 0 },
	{ "reason", "未销号说明", CELL_TEXT, 0, 2 },
};

static bool is_of_plan(const struct telling *t, const struct issue_item *item)
{
	(void)t;
	return item->of_plan;
}

static void outcome_cell(struct telling *t, struct cell *cell, const struct issue_item *item)
{
	day_t due = item->status.due_original;

	if (item->state != STATE_CLOSED)
		cell_code(t->report, cell, state_name(item->state), state_label(item->state));
	else if (due != DAY_NONE && item->closed > due)
		cell_code(t->report, cell, "late", "逾期销号");
	else
		cell_code(t->report, cell, "on-time", "按期销号");
	cell->tone = item->state == STATE_CLOSED ? TONE_GREEN : TONE_RED;
}

static void result_row(struct telling *t, struct table *table, const struct issue_item *item)
{
	struct cell *cells = table_row(t->report, table);

	cell_text(t->report, &cells[0], item->id);
	cell_text(t->report, &cells[1], item->title);
	cell_unit(t, &cells[2], item->lead);
	cell_day(t, &cells[3], item->status.due_original);
	cell_day(t, &cells[4], item->closed);
	outcome_cell(t, &cells[5], item);
	if (item->state == STATE_CLOSED)
		return;
	if (item->last_note)
		cell_text(t->report, &cells[6], item->last_note);
	else
		cell_absent(t->report, &cells[6], "未填写");
}

void part_plan_results(struct telling *t)
{
	size_t n;
	const struct issue_item **items = chosen_items(t, is_of_plan, by_place, &n);
	struct table *table;

	tell_section(t, indicator_say(t->report, "%s项反馈问题整改结果",
				      count_words(t, (int)list_count(t->plan->problems))));
	table = TELL_TABLE(t, "plan_results", "销号情况", "数据不在本地", RESULTS);
	for (size_t i = 0; i < n; i++)
		result_row(t, table, items[i]);
	put_plan_figures(t);
	put_plan_trends(t);
}

static const struct column OWN[] = {
	{ "id", "编号", CELL_CODE, 0, 0 },
	{ "title", "问题", CELL_TEXT, 0, 3 },
	{ "unit", "单位", CELL_CODE, 0, 0 },
	{ "track", "方式", CELL_CODE, COLUMN_DATA_ONLY, 0 },
	{ "listed", "列账日期", CELL_DATE, COLUMN_DATA_ONLY, 0 },
	{ "due", "时限", CELL_DATE, 0, 0 },
	{ "closed", "销号日期", CELL_DATE, 0, 0 },
	{ "outcome", "结果", CELL_CODE, 0, 0 },
	{ "reopened", "反弹次数", CELL_INTEGER, COLUMN_DATA_ONLY, 0 },
	{ "plan", "后续安排", CELL_TEXT, 0, 2 },
};

static bool is_own(const struct telling *t, const struct issue_item *item)
{
	(void)t;
	return !item->of_plan && item->in_units && item->listed != DAY_NONE;
}

static void own_row(struct telling *t, struct table *table, const struct issue_item *item)
{
	struct cell *cells = table_row(t->report, table);
	bool open = STATE_BIT(item->state) & OPEN_STATES;

	cell_text(t->report, &cells[0], item->id);
	cell_text(t->report, &cells[1], item->title);
	cell_short_unit(t, &cells[2], item->unit);
	if (item->has_track)
		cell_code(t->report, &cells[3], item->immediate ? "immediate" : "scheduled",
			  name_of_track(item->immediate));
	cell_day(t, &cells[4], item->listed);
	cell_day(t, &cells[5], item->status.due);
	cell_day(t, &cells[6], item->closed);
	outcome_cell(t, &cells[7], item);
	cell_integer(&cells[8], item->times_reopened);
	if (open && item->last_note)
		cell_text(t->report, &cells[9], item->last_note);
	else if (open)
		cell_absent(t->report, &cells[9], "未填写");
}

void part_own_problems(struct telling *t)
{
	const struct tally *a = &t->d->whole;
	size_t n;
	const struct issue_item **items = chosen_items(t, is_own, by_place, &n);
	struct table *table;

	tell_section(t, "自查发现问题清单与销号");
	tell(t, "含方案列示问题在内，累计列账%lld件，已销号%lld件，在办%lld件，曾反弹%lld件。",
	     (long long)a->ever_listed, (long long)a->states[STATE_CLOSED],
	     (long long)a->open_after, (long long)a->ever_reopened);
	table = TELL_TABLE(t, "own_problems", "问题清单", "无", OWN);
	for (size_t i = 0; i < n; i++)
		own_row(t, table, items[i]);
}

static const struct column TRACK_COLUMNS[] = {
	{ "track", "整改方式", CELL_CODE, 0, 0 },
	{ "listed", "列账", CELL_INTEGER, 0, 0 },
	{ "closed", "已销号", CELL_INTEGER, 0, 0 },
	{ "rate", "占比", CELL_FIGURE, 0, 0 },
};

void part_tracks(struct telling *t)
{
	struct table *table;

	tell_section(t, "立行立改与限期整改");
	table = TELL_TABLE(t, "tracks", "按整改方式", NULL, TRACK_COLUMNS);
	for (int i = 0; i < 2; i++) {
		struct cell *cells = table_row(t->report, table);

		cell_code(t->report, &cells[0], i ? "scheduled" : "immediate",
			  name_of_track(i == 0));
		cell_integer(&cells[1], t->d->track[i][0]);
		cell_integer(&cells[2], t->d->track[i][1]);
		cell_share(t->report, &cells[3], t->d->track[i][1], t->d->track[i][0]);
	}
}

static const struct column POLICIES[] = {
	{ "title", "制度名称", CELL_TEXT, 0, 3 },   { "doc_no", "文号", CELL_TEXT, 0, 1 },
	{ "issued", "印发日期", CELL_DATE, 0, 0 },  { "unit", "单位", CELL_CODE, 0, 0 },
	{ "problem", "相关问题", CELL_CODE, 0, 0 },
};

void part_policies(struct telling *t)
{
	struct table *table;

	tell_section(t, "建章立制清单");
	table = TELL_TABLE(t, "policies", "制度措施", "无", POLICIES);
	for (const struct policy *p = t->d->policies; p; p = p->next) {
		struct cell *cells = table_row(t->report, table);

		cell_text(t->report, &cells[0], p->title);
		cell_text(t->report, &cells[1], p->doc_no);
		cell_day(t, &cells[2], p->issued);
		cell_short_unit(t, &cells[3], p->unit);
		cell_text(t->report, &cells[4], p->problem);
	}
}

static const struct column APPEALS[] = {
	{ "item", "项目", CELL_CODE, 0, 0 },
	{ "count", "件数", CELL_INTEGER, 0, 0 },
};

static void appeal_row(struct telling *t, struct table *table, const char *code, const char *name,
		       int64_t count)
{
	struct cell *cells = table_row(t->report, table);

	cell_code(t->report, &cells[0], code, name);
	cell_integer(&cells[1], count);
}

void part_appeals(struct telling *t)
{
	const struct appeals *a = &t->d->appeals;
	struct table *table;

	tell_section(t, "企业诉求办理");
	table = TELL_TABLE(t, "appeals", "诉求与回访", NULL, APPEALS);
	appeal_row(t, table, "enterprises", "走访企业（家）", t->d->total.enterprises);
	appeal_row(t, table, "raised", "反映诉求", a->raised);
	appeal_row(t, table, "solved", "已解决", a->solved);
	appeal_row(t, table, "pending", "长期推进（问题在办）", a->pending);
	appeal_row(t, table, "unanswered", "未答复", a->unanswered);
	appeal_row(t, table, "satisfied", "回访满意", a->satisfied);
	appeal_row(t, table, "basically", "回访基本满意", a->basically);
	appeal_row(t, table, "dissatisfied", "回访不满意", a->dissatisfied);
	tell(t, "反映诉求＝已解决＋长期推进＋未答复。已解决：有解决方案，或由其形成的问题已全部"
		"销号；形成的问题尚有在办的，计入长期推进。");
}

void part_effects(struct telling *t)
{
	const struct node *headings = node_get(t->plan->root, "effects");
	const struct node *final = node_get(node_get(t->plan->root, "reports"), "final");
	const struct node *texts = node_get(final, "effects");

	tell_section(t, "成效");
	for (size_t i = 0; i < list_count(headings); i++) {
		const char *text = i < list_count(texts) ? node_text(&texts->items[i]) : NULL;
		const char *heading = node_text(&headings->items[i]);

		report_heading(t->report, 3,
			       indicator_say(t->report, "（%s）%s", count_words(t, (int)i + 1),
					     heading ? heading : ""));
		report_paragraph(t->report, text ? text : "【待填写】");
	}
	if (!list_count(headings))
		tell(t, "无。");
}

void part_goals(struct telling *t)
{
	const struct node *goals = node_get(t->plan->root, "goals");

	tell_section(t, "目标完成情况");
	for (size_t i = 0; i < list_count(goals); i++) {
		const struct node *goal = &goals->items[i];
		const struct indicator *indicator =
			plan_indicator(t->plan, node_string(goal, "indicator"));
		const char *text = node_string(goal, "text");
		struct city_value city = { .date = DAY_NONE };
		struct indicator_words words;

		if (text)
			tell(t, "%s。", text);
		if (!indicator)
			continue;
		if (t->d->all_here)
			indicator_city(&t->d->figures, indicator, t->d->day, &city);
		indicator_words(t->report, indicator, &city, &words);
		tell(t, "%s：%s%s%s。", indicator->name, words.latest,
		     city.met == MET_UNKNOWN ? "" : "，",
		     city.met == MET_YES  ? "达成"
		     : city.met == MET_NO ? "未达成"
					  : "");
	}
	if (!list_count(goals))
		tell(t, "无。");
}

static bool is_still_open(const struct telling *t, const struct issue_item *item)
{
	(void)t;
	return (item->in_units || item->of_plan) && STATE_BIT(item->state) & OPEN_STATES;
}

void part_outlook(struct telling *t)
{
	const struct node *final = node_get(node_get(t->plan->root, "reports"), "final");
	const char *text = node_string(final, "outlook");
	size_t n;
	const struct issue_item **items = chosen_items(t, is_still_open, by_days_left, &n);
	struct table *table;

	tell_section(t, "存在问题与下一步");
	report_paragraph(t->report, text ? text : "【待填写】");
	table = TELL_TABLE(t, "still_open", "尚在办问题", "无", OWN);
	for (size_t i = 0; i < n; i++)
		own_row(t, table, items[i]);
}
