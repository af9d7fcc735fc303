/* Where people would rather look: courses over the weeks, bars of ranks. */
#include <stdlib.h>
#include <string.h>

#include "report/dispatch_part.h"

static const struct column TREND[] = {
	{ "indicator", "指标编号", CELL_CODE, 0, 0 }, { "week", "周次", CELL_CODE, 0, 0 },
	{ "date", "截止日", CELL_DATE, 0, 0 },        { "value", "全市", CELL_FIGURE, 0, 0 },
	{ "planned", "均衡进度", CELL_FIGURE, 0, 0 }, { "baseline", "基线", CELL_FIGURE, 0, 0 },
	{ "frontier", "前沿值", CELL_FIGURE, 0, 0 },  { "median", "中位数", CELL_FIGURE, 0, 0 },
	{ "target", "目标", CELL_FIGURE, 0, 0 },
};

static const struct column OPEN[] = {
	{ "week", "周次", CELL_CODE, 0, 0 },
	{ "date", "截止日", CELL_DATE, 0, 0 },
	{ "open", "在办", CELL_INTEGER, 0, 0 },
	{ "overdue", "逾期", CELL_INTEGER, 0, 0 },
};

/* 第18周, or 5月31日 where a period ends within a week */
static const char *name_of_day(struct telling *t, day_t day)
{
	int year, week;

	if (weekday_of(day) != 7)
		return short_day(t, day);
	week_of(day, &year, &week);
	return indicator_say(t->report, "第%d周", week);
}

static void level(struct telling *t, struct chart *chart, struct table *table, size_t column,
		  const char *name, const struct indicator *indicator,
		  const struct plan_figure *figure)
{
	char text[FIGURE_SIZE];

	if (!figure->known)
		return;
	chart_level(t->report, chart, name, figure->value);
	for (size_t i = 0; table && i < table->nrows; i++)
		cell_text(t->report, &table->cells[i * table->ncolumns + column],
			  value_format(indicator, figure->value, text));
}

static void trend_row(struct telling *t, struct table *table, const struct indicator *indicator,
		      day_t day)
{
	struct cell *cells = table_row(t->report, table);
	struct city_value city;
	char text[FIGURE_SIZE];
	int64_t planned;

	indicator_city(&t->d->figures, indicator, day, &city);
	cell_text(t->report, &cells[0], indicator->id);
	cell_text(t->report, &cells[1], name_of_day(t, day));
	cell_day(t, &cells[2], day);
	if (city.applicable)
		cell_text(t->report, &cells[3], value_format(indicator, city.value, text));
	if (pace_line(t->plan, indicator, day, &planned))
		cell_text(t->report, &cells[4], value_format(indicator, planned, text));
}

static bool has_course(struct telling *t, const struct indicator *indicator)
{
	size_t known = 0;

	for (size_t i = 0; i < t->d->ncourse; i++) {
		struct city_value city;

		indicator_city(&t->d->figures, indicator, t->d->course[i], &city);
		known += city.applicable;
	}
	return known > 1;
}

void chart_trend(struct telling *t, const struct indicator *indicator)
{
	struct chart *chart;
	struct table *table;

	if (!t->d->all_here || !has_course(t, indicator))
		return;
	chart = report_chart(t->report, CHART_LINES,
			     indicator_say(t->report, "%s逐周走势", indicator->name),
			     indicator->unit_of_measure, indicator->precision, NULL);
	table = chart_data(t->report, chart, "trend", TREND, COLUMNS(TREND));
	if (!table)
		return;
	chart->roles[1] = ROLE_LABEL;
	chart->roles[3] = ROLE_MAIN;
	chart->roles[4] = ROLE_PLAN;
	for (size_t i = 0; i < t->d->ncourse; i++)
		trend_row(t, table, indicator, t->d->course[i]);
	if (!indicator->pace_linear)
		chart->roles[4] = ROLE_NONE;
	level(t, chart, table, 5, "基线", indicator, &indicator->baseline);
	level(t, chart, table, 6, "前沿值", indicator, &indicator->frontier);
	level(t, chart, table, 7, "中位数", indicator, &indicator->median);
	level(t, chart, table, 8, indicator->target_strive ? "力争目标" : "目标", indicator,
	      &indicator->target);
}

/* hundredths of rows; the last row may lie within a week */
static int64_t place_of(const struct dispatch *d, day_t day)
{
	for (size_t i = 1; i < d->ncourse; i++)
		if (day >= d->course[i - 1] && day <= d->course[i])
			return (int64_t)(i - 1) * 100 + (int64_t)(day - d->course[i - 1]) * 100 /
								(d->course[i] - d->course[i - 1]);
	return -1;
}

/* problems of the plan that are due on one day share a mark */
static void put_marks(struct telling *t, struct chart *chart)
{
	for (const struct issue_item *item = t->d->items; item; item = item->next) {
		day_t due = item->status.due_original;
		struct str text = { 0 };
		bool told = false;

		for (const struct issue_item *k = t->d->items; k != item; k = k->next)
			told = told || (k->of_plan && k->status.due_original == due);
		if (!item->of_plan || due == DAY_NONE || told || place_of(t->d, due) < 0)
			continue;
		for (const struct issue_item *k = item; k; k = k->next)
			if (k->of_plan && k->status.due_original == due)
				str_addf(&text, "%s%d", k == item ? "问题" : "、",
					 atoi(k->id + strlen(k->id) - TAIL_LENGTH));
		str_addf(&text, "（%s）", short_day(t, due));
		chart_mark(t->report, chart, place_of(t->d, due),
			   indicator_finish(t->report, &text));
	}
}

void chart_open(struct telling *t)
{
	const struct dispatch *d = t->d;
	struct chart *chart;
	struct table *table;

	if (d->ncourse < 2)
		return;
	chart = report_chart(t->report, CHART_LINES, "在办问题与方案列示问题的时限", "件", 0, NULL);
	table = chart_data(t->report, chart, "open_course", OPEN, COLUMNS(OPEN));
	if (!table)
		return;
	chart->roles[0] = ROLE_LABEL;
	chart->roles[2] = ROLE_MAIN;
	chart->roles[3] = ROLE_OTHER;
	for (size_t i = 0; i < d->ncourse; i++) {
		struct cell *cells = table_row(t->report, table);

		cell_text(t->report, &cells[0], name_of_day(t, d->course[i]));
		cell_day(t, &cells[1], d->course[i]);
		cell_integer(&cells[2], d->open_on[i]);
		cell_integer(&cells[3], d->overdue_on[i]);
	}
	put_marks(t, chart);
}

void chart_ranks(struct telling *t, struct table *table, const struct indicator *indicator,
		 const struct rank_columns *columns)
{
	struct city_value city;
	struct chart *chart;

	if (!table || indicator->kind == FIGURE_RANK)
		return;
	chart = report_chart(t->report, CHART_BARS,
			     indicator_say(t->report, "%s：各单位", indicator->name),
			     indicator->unit_of_measure, indicator->precision, table);
	if (!chart)
		return;
	chart->roles[columns->words] = ROLE_WORDS;
	chart->roles[columns->names] = ROLE_LABEL;
	chart->roles[columns->values] = ROLE_MAIN;
	if (t->d->all_here && indicator->kind == FIGURE_SHARE) {
		indicator_city(&t->d->figures, indicator, t->d->day, &city);
		if (city.applicable)
			chart_level(t->report, chart, "全市", city.value);
	}
	if (indicator->target.known && indicator->kind == FIGURE_SHARE)
		chart_level(t->report, chart, indicator->target_strive ? "力争目标" : "目标",
			    indicator->target.value);
}
