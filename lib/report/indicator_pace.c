/* How fast an indicator has to move, and where an even pace would have it. */
#include "model/pace.h"
#include "report/indicator_item.h"

static const struct column DATA[] = {
	{ "id", "指标编号", CELL_CODE, COLUMN_DATA_ONLY, 0 },
	{ "name", "指标", CELL_TEXT, 0, 3 },
	{ "latest", "最新", CELL_FIGURE, 0, 0 },
	{ "target", "目标", CELL_FIGURE, 0, 0 },
	{ "due", "时限", CELL_DATE, 0, 0 },
	{ "days_left", "余天", CELL_INTEGER, 0, 0 },
	{ "per_week", "每周需", CELL_FIGURE, 0, 0 },
	{ "answer", "判断", CELL_CODE, COLUMN_DATA_ONLY, 0 },
	{ "planned", "均衡进度应达", CELL_FIGURE, 0, 0 },
	{ "planned_gap", "较均衡进度", CELL_FIGURE, 0, 0 },
};

enum { ID, NAME, LATEST, TARGET, DUE, DAYS_LEFT, PER_WEEK, ANSWER, PLANNED, PLANNED_GAP };

static const struct {
	const char *code, *words;
} ANSWERS[] = {
	[PACE_NEEDED] = { "needed", "" },
	[PACE_MET] = { "met", "已达到" },
	[PACE_NO_TARGET] = { "no-target", "无目标值，不作测算" },
	[PACE_NO_LIMIT] = { "no-limit", "方案未设定时限" },
	[PACE_NO_FIGURE] = { "no-figure", "未报送，无从测算" },
	[PACE_TOO_LATE] = { "too-late", "时限已过" },
	[PACE_NOT_STEADY] = { "not-steady", "位次不作测算" },
};

static void value_cell(struct report *report, struct cell *cell, const struct indicator *indicator,
		       bool known, int64_t value, const char *words)
{
	char text[FIGURE_SIZE];

	if (known)
		cell_code(report, cell, value_format(indicator, value, text), words);
	else
		cell_absent(report, cell, words);
}

const char *indicator_pace_words(struct report *report, const struct indicator *indicator,
				 const struct pace *pace)
{
	bool down = indicator->target_op == TARGET_AT_MOST;

	if (pace->answer != PACE_NEEDED)
		return ANSWERS[pace->answer].words;
	return indicator_change(report, indicator, down ? -pace->per_week : pace->per_week);
}

static void pace_row(struct report *report, struct table *table, const struct items *items,
		     const struct item *item)
{
	const struct indicator *indicator = item->indicator;
	const struct city_value *city = &item->city;
	struct cell *cells = table_row(report, table);
	char date[DATE_SIZE];
	struct pace pace;
	int64_t per_week;

	indicator_pace(items->plan, indicator, city, items->day, &pace);
	per_week = indicator->target_op == TARGET_AT_MOST ? -pace.per_week : pace.per_week;
	cell_text(report, &cells[ID], indicator->id);
	cell_text(report, &cells[NAME], indicator->name);
	value_cell(report, &cells[LATEST], indicator, city->applicable, city->value,
		   item->words.latest);
	value_cell(report, &cells[TARGET], indicator, indicator->target.known,
		   indicator->target.value, item->words.target);
	if (pace.due != DAY_NONE) {
		cell_text(report, &cells[DUE], date_format(pace.due, date));
		cell_integer(&cells[DAYS_LEFT], pace.days_left);
	}
	value_cell(report, &cells[PER_WEEK], indicator, pace.answer == PACE_NEEDED, per_week,
		   indicator_pace_words(report, indicator, &pace));
	cell_text(report, &cells[ANSWER], ANSWERS[pace.answer].code);
	if (!pace.has_line)
		return;
	value_cell(report, &cells[PLANNED], indicator, true, pace.planned,
		   indicator_value(report, indicator, pace.planned));
	if (city->applicable)
		value_cell(report, &cells[PLANNED_GAP], indicator, true, city->value - pace.planned,
			   indicator_change(report, indicator, city->value - pace.planned));
}

void indicator_pace_table(struct report *report, const struct figures *figures, day_t day,
			  const struct indicator *only)
{
	struct table *table;
	struct items items;

	indicator_items(report, figures, day, only, &items);
	table = report_table(report, "pace", "达到目标所需节奏", "方案未设定目标值", DATA,
			     COLUMNS(DATA));
	for (size_t i = 0; i < items.n; i++)
		if (only || items.list[i].indicator->target.known)
			pace_row(report, table, &items, &items.list[i]);
	report_paragraph(report,
			 "每周需：距目标的差按剩余天数折算到每周，不足最末一位的进位；"
			 "均衡进度：自方案印发日的基线（无基线的从零）到时限日的目标，按日历天"
			 "直线推进。");
}
