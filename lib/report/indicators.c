/* Indicators of the whole city, and the table that contract 4 fixes for programs. */
#include "report/indicator_item.h"

/* contract 4: keys and their order; the last one is of CSV alone */
static const struct column DATA[] = {
	{ "id", "编号", CELL_CODE, 0, 0 },
	{ "name", "指标", CELL_TEXT, 0, 0 },
	{ "unit_of_measure", "单位", CELL_CODE, 0, 0 },
	{ "level", "层级", CELL_CODE, 0, 0 },
	{ "baseline", "基线", CELL_FIGURE, 0, 0 },
	{ "latest", "最新", CELL_FIGURE, 0, 0 },
	{ "latest_date", "数据日期", CELL_DATE, 0, 0 },
	{ "change", "较基线", CELL_FIGURE, 0, 0 },
	{ "frontier", "前沿值", CELL_FIGURE, 0, 0 },
	{ "frontier_derived", "前沿值为推算", CELL_BOOLEAN, 0, 0 },
	{ "frontier_gap", "前沿值减当前值", CELL_FIGURE, 0, 0 },
	{ "median", "中位数", CELL_FIGURE, 0, 0 },
	{ "median_derived", "中位数为推算", CELL_BOOLEAN, 0, 0 },
	{ "mean", "均值", CELL_FIGURE, 0, 0 },
	{ "target", "目标", CELL_FIGURE, 0, 0 },
	{ "target_op", "目标关系", CELL_CODE, 0, 0 },
	{ "target_strength", "目标要求", CELL_CODE, 0, 0 },
	{ "met", "达标", CELL_BOOLEAN, 0, 0 },
	{ "units_missing", "未报送单位", CELL_LIST, 0, 0 },
	{ NULL, "最新值来源", CELL_TEXT, COLUMN_READ_ONLY, 0 },
};

enum {
	ID,
	NAME,
	UNIT_OF_MEASURE,
	LEVEL,
	BASELINE,
	LATEST,
	LATEST_DATE,
	CHANGE,
	FRONTIER,
	FRONTIER_DERIVED,
	FRONTIER_GAP,
	MEDIAN,
	MEDIAN_DERIVED,
	MEAN,
	TARGET,
	TARGET_OP,
	TARGET_STRENGTH,
	MET,
	UNITS_MISSING,
	SOURCE,
};

/* why a unit that said something is missing all the same */
static const char *why_missing(const struct indicator *indicator, const struct figure *figure,
			       day_t day)
{
	if (!figure)
		return "";
	return figure_is_stale(indicator, figure, day) ? "（数据过期）" : "（仅公布值）";
}

static void name_missing(struct report *report, const struct items *items, struct item *item)
{
	const struct figure *last[MOST_UNITS];
	struct str names = { 0 };

	figures_on(items->figures, item->indicator, items->day, last);
	for (size_t i = 0; i < items->plan->nunits; i++)
		if (set_has(&item->city.missing, (int)i))
			str_addf(&names, "%s%s%s", item->nmissing++ ? "、" : "",
				 items->plan->units[i].name,
				 why_missing(item->indicator, last[i], items->day));
	item->missing = indicator_finish(report, &names);
}

void indicator_items(struct report *report, const struct figures *figures, day_t day,
		     const struct indicator *only, struct items *items)
{
	const struct plan *plan = figures->plan;

	*items = (struct items){ .figures = figures, .plan = plan, .day = day };
	items->list = arena_array(report->arena, plan->nindicators, sizeof(*items->list));
	if (!items->list) {
		report->failed = true;
		return;
	}
	for (size_t i = 0; i < plan->nindicators; i++) {
		struct item *item = &items->list[items->n];

		if (only && only != &plan->indicators[i])
			continue;
		items->n++;
		item->indicator = &plan->indicators[i];
		indicator_city(figures, item->indicator, day, &item->city);
		indicator_words(report, item->indicator, &item->city, &item->words);
		name_missing(report, items, item);
	}
}

static void figure_cell(struct report *report, struct cell *cell, const struct indicator *indicator,
			bool known, int64_t value)
{
	char figure[FIGURE_SIZE];

	cell_text(report, cell, known ? value_format(indicator, value, figure) : NULL);
}

static void benchmark_cells(struct report *report, struct cell *value, struct cell *derived,
			    const struct indicator *indicator, const struct plan_figure *figure)
{
	figure_cell(report, value, indicator, figure->known, figure->value);
	if (figure->known && derived)
		cell_boolean(derived, figure->derived);
}

static void latest_cells(struct report *report, struct cell *cells, const struct item *item)
{
	const struct indicator *indicator = item->indicator;
	const struct city_value *city = &item->city;
	const char *source = city->published ? "公布值" : "各单位汇总";
	int64_t base = indicator->baseline.value, current = city->applicable ? city->value : base;
	bool known = city->applicable || indicator->baseline.known;

	if (city->applicable)
		figure_cell(report, &cells[LATEST], indicator, true, city->value);
	else
		cell_absent(report, &cells[LATEST], item->words.latest);
	if (city->known)
		cell_text(report, &cells[LATEST_DATE], item->words.date);
	figure_cell(report, &cells[CHANGE], indicator,
		    city->applicable && indicator->baseline.known, city->value - base);
	figure_cell(report, &cells[FRONTIER_GAP], indicator, indicator->frontier.known && known,
		    indicator->frontier.value - current);
	if (city->known)
		cell_text(report, &cells[SOURCE],
			  indicator->city_level && !city->published ? "市级填报" : source);
}

static void target_cells(struct report *report, struct cell *cells, const struct item *item)
{
	const struct indicator *indicator = item->indicator;

	if (!indicator->target.known) {
		cell_absent(report, &cells[TARGET], item->words.target);
		return;
	}
	figure_cell(report, &cells[TARGET], indicator, true, indicator->target.value);
	cell_text(report, &cells[TARGET_OP], indicator->target_op == TARGET_AT_MOST ? "<=" : ">=");
	if (indicator->target_strive)
		cell_code(report, &cells[TARGET_STRENGTH], "strive", "力争");
	else
		cell_code(report, &cells[TARGET_STRENGTH], "must", "达到");
	if (item->city.met == MET_UNKNOWN)
		return;
	cell_boolean(&cells[MET], item->city.met == MET_YES);
	cell_shown(report, &cells[MET], item->words.met);
}

static void missing_cell(struct report *report, struct cell *cell, const struct plan *plan,
			 const struct item *item)
{
	const char *ids[MOST_UNITS] = { NULL };
	size_t n = 0;

	for (size_t i = 0; i < plan->nunits; i++)
		if (set_has(&item->city.missing, (int)i))
			ids[n++] = plan->units[i].id;
	cell_list(report, cell, ids, n);
	if (n)
		cell_shown(report, cell, item->missing);
}

void indicators_data(struct report *report, const struct figures *figures, day_t day,
		     const struct indicator *only)
{
	struct table *table = report_table(report, "indicators", NULL, NULL, DATA, COLUMNS(DATA));
	struct items items;

	indicator_items(report, figures, day, only, &items);
	for (size_t i = 0; i < items.n; i++) {
		const struct item *item = &items.list[i];
		const struct indicator *indicator = item->indicator;
		struct cell *cells = table_row(report, table);

		cell_text(report, &cells[ID], indicator->id);
		cell_text(report, &cells[NAME], indicator->name);
		cell_text(report, &cells[UNIT_OF_MEASURE], indicator->unit_of_measure);
		cell_code(report, &cells[LEVEL], indicator->city_level ? "city" : "units",
			  indicator->city_level ? "市级" : "各单位");
		benchmark_cells(report, &cells[BASELINE], NULL, indicator, &indicator->baseline);
		benchmark_cells(report, &cells[FRONTIER], &cells[FRONTIER_DERIVED], indicator,
				&indicator->frontier);
		benchmark_cells(report, &cells[MEDIAN], &cells[MEDIAN_DERIVED], indicator,
				&indicator->median);
		benchmark_cells(report, &cells[MEAN], NULL, indicator, &indicator->mean);
		latest_cells(report, cells, item);
		target_cells(report, cells, item);
		missing_cell(report, &cells[UNITS_MISSING], items.plan, item);
	}
}
