/* One indicator by day. */
#include <string.h>

#include "report/indicator_item.h"

static const struct column SERIES[] = {
	{ "date", "日期", CELL_DATE, 0, 0 },
	{ "value", "数值", CELL_FIGURE, 0, 0 },
	{ "numerator", "分子", CELL_INTEGER, 0, 0 },
	{ "denominator", "分母", CELL_INTEGER, 0, 0 },
	{ "published", "公布值", CELL_BOOLEAN, 0, 0 },
	{ "missing", "未报送单位数", CELL_INTEGER, 0, 0 },
};

static int64_t count_units(const struct unit_set *set)
{
	int64_t n = 0;

	for (int i = 0; i < MOST_UNITS; i++)
		n += set_has(set, i);
	return n;
}

/* the course between first and last day, with what the plan compares it to */
static void series_chart(struct report *report, const struct indicator *indicator,
			 struct table *table)
{
	const struct {
		const char *name;
		const struct plan_figure *figure;
	} levels[] = {
		{ "基线", &indicator->baseline },
		{ "前沿值", &indicator->frontier },
		{ "中位数", &indicator->median },
		{ "均值", &indicator->mean },
		{ indicator->target_strive ? "力争目标" : "目标", &indicator->target },
	};
	struct chart *chart;

	if (!table || table->nrows < 2)
		return;
	chart = report_chart(report, CHART_LINES, indicator_say(report, "%s走势", indicator->name),
			     indicator->unit_of_measure, indicator->precision, table);
	if (!chart)
		return;
	chart->roles[0] = ROLE_LABEL;
	chart->roles[1] = ROLE_MAIN;
	for (size_t i = 0; i < COLUMNS(levels); i++)
		if (levels[i].figure->known)
			chart_level(report, chart, levels[i].name, levels[i].figure->value);
}

static void series_row(struct report *report, struct cell *cells, const struct indicator *indicator,
		       day_t day, const struct city_value *city)
{
	char date[DATE_SIZE], figure[FIGURE_SIZE];

	cell_text(report, &cells[0], date_format(day, date));
	if (city->applicable)
		cell_text(report, &cells[1], value_format(indicator, city->value, figure));
	else
		cell_absent(report, &cells[1], city->known ? "不适用" : "未报送");
	if (city->known && !city->published && indicator->kind == FIGURE_SHARE) {
		cell_integer(&cells[2], city->n);
		cell_integer(&cells[3], city->d);
	}
	cell_boolean(&cells[4], city->published);
	cell_integer(&cells[5], count_units(&city->missing));
}

void indicator_series_table(struct report *report, const struct figures *figures)
{
	const struct indicator *indicator = figures->series;
	size_t n;
	struct column *columns = arena_array(report->arena, COLUMNS(SERIES), sizeof(*columns));
	struct table *table;
	day_t *days;

	if (!columns || indicator_series(figures, &days, &n) < 0) {
		report->failed = true;
		return;
	}
	memcpy(columns, SERIES, sizeof(SERIES));
	columns[1].title = indicator_value_title(report, indicator);
	table = report_table(report, "series", NULL, "未报送", columns, COLUMNS(SERIES));
	for (size_t i = 0; i < n; i++) {
		struct city_value city;

		indicator_city(figures, indicator, days[i], &city);
		series_row(report, table_row(report, table), indicator, days[i], &city);
	}
	series_chart(report, indicator, table);
}
