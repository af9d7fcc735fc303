#include "report/chart.h"

#include <string.h>

#include "base/num.h"

typedef __int128 wide;

bool chart_value(const struct chart *chart, size_t row, size_t column, int64_t *value)
{
	const struct table *table = chart->table;
	const struct cell *cell = &table->cells[row * table->ncolumns + column];
	enum cell_type type = table->columns[column].type;
	const char *text = cell->code ? cell->code : cell->text;

	if (!cell_has_value(type, cell))
		return false;
	if (type == CELL_INTEGER) {
		*value = cell->integer;
		for (unsigned i = 0; i < chart->places; i++)
			*value *= 10;
		return true;
	}
	return text && decimal_parse(text, strlen(text), chart->places, value);
}

size_t chart_column(const struct chart *chart, enum chart_role role)
{
	size_t i = 0;

	while (i < chart->table->ncolumns && chart->roles[i] != role)
		i++;
	return i;
}

void chart_label(struct str *out, const struct chart *chart, size_t row)
{
	const struct table *table = chart->table;
	size_t column = chart_column(chart, ROLE_LABEL);

	if (column < table->ncolumns)
		cell_add_shown(out, table->columns[column].type,
			       &table->cells[row * table->ncolumns + column], "合计");
}

void chart_absent(struct str *out, const struct chart *chart, size_t row)
{
	const struct table *table = chart->table;
	size_t column = chart_column(chart, ROLE_WORDS);

	if (column == table->ncolumns)
		column = chart_column(chart, ROLE_MAIN);
	cell_add_shown(out, table->columns[column].type,
		       &table->cells[row * table->ncolumns + column], "—");
}

void chart_figure(struct str *out, const struct chart *chart, int64_t value)
{
	char text[FIGURE_SIZE];

	str_addf(out, "%s%s", decimal_format(value, chart->places, text),
		 chart->unit ? chart->unit : "");
}

static bool is_drawn(enum chart_role role)
{
	return role == ROLE_MAIN || role == ROLE_OTHER || role == ROLE_PLAN;
}

static void widen(int64_t *low, int64_t *high, bool *any, int64_t value)
{
	*low = *any && *low < value ? *low : value;
	*high = *any && *high > value ? *high : value;
	*any = true;
}

/* 1, 2 or 5 times a power of 10: so that there are at most five steps */
static int64_t step_for(int64_t range)
{
	int64_t step = 1;

	for (int i = 0; step * 5 < range; i++)
		step = i % 3 == 1 ? step / 2 * 5 : step * 2;
	return step;
}

static int64_t floor_to(int64_t value, int64_t step)
{
	int64_t rest = value % step;

	return value - (rest < 0 ? rest + step : rest);
}

bool chart_scale(const struct chart *chart, struct scale *scale)
{
	int64_t low = 0, high = 0, value, whole = share_whole(chart->places);
	bool any = false;

	for (size_t row = 0; row < chart->table->nrows; row++)
		for (size_t i = 0; i < chart->table->ncolumns; i++)
			if (is_drawn(chart->roles[i]) && chart_value(chart, row, i, &value))
				widen(&low, &high, &any, value);
	if (!any)
		return false;
	for (const struct chart_level *level = chart->levels; level; level = level->next)
		widen(&low, &high, &any, level->value);
	if (chart->type == CHART_BARS)
		widen(&low, &high, &any, 0);
	scale->step = step_for(high > low ? high - low : 1);
	scale->low = floor_to(low, scale->step);
	scale->high = floor_to(high + scale->step - 1, scale->step);
	if (scale->high == scale->low)
		scale->high += scale->step;
	/* no share is above 100 % */
	if (chart->unit && strcmp(chart->unit, "%") == 0 && high <= whole && scale->high > whole)
		scale->high = whole;
	return true;
}

static void add_course(struct str *out, const struct chart *chart, size_t column)
{
	static const char *const blocks[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
	int64_t low = 0, high = 0, value;
	bool any = false;

	for (size_t row = 0; row < chart->table->nrows; row++)
		if (chart_value(chart, row, column, &value))
			widen(&low, &high, &any, value);
	for (size_t row = 0; row < chart->table->nrows; row++) {
		if (!chart_value(chart, row, column, &value))
			str_add(out, "·");
		else if (high == low)
			str_add(out, blocks[high ? 3 : 0]);
		else
			str_add(out, blocks[(wide)(value - low) * 7 / (high - low)]);
	}
}

/* first and last figure with their rows */
static void add_ends(struct str *out, const struct chart *chart, size_t column)
{
	size_t first = chart->table->nrows, last = 0;
	int64_t from = 0, to = 0, value;

	for (size_t row = 0; row < chart->table->nrows; row++) {
		if (!chart_value(chart, row, column, &value))
			continue;
		if (first == chart->table->nrows) {
			first = row;
			from = value;
		}
		last = row;
		to = value;
	}
	if (first == chart->table->nrows) {
		str_add(out, "未报送");
		return;
	}
	chart_label(out, chart, first);
	str_addc(out, ' ');
	chart_figure(out, chart, from);
	if (last == first)
		return;
	str_add(out, "，");
	chart_label(out, chart, last);
	str_addc(out, ' ');
	chart_figure(out, chart, to);
}

static void add_levels(struct str *out, const struct chart *chart)
{
	const char *before = "参照：";

	for (const struct chart_level *level = chart->levels; level; level = level->next) {
		str_addf(out, "%s%s ", before, level->name);
		chart_figure(out, chart, level->value);
		before = "、";
	}
	for (const struct chart_mark *mark = chart->marks; mark; mark = mark->next) {
		str_addf(out, "%s%s", before, mark->text);
		before = "、";
	}
	if (chart->levels || chart->marks)
		str_add(out, "。");
}

static void bars_words(struct str *out, const struct chart *chart)
{
	size_t column = chart_column(chart, ROLE_MAIN), said = 0;
	int64_t value;

	for (size_t row = 0; row < chart->table->nrows; row++) {
		if (!chart_value(chart, row, column, &value))
			continue;
		str_add(out, said++ ? "，" : "");
		chart_label(out, chart, row);
		str_addc(out, ' ');
		chart_figure(out, chart, value);
	}
	str_add(out, said ? "。" : "未报送。");
}

void chart_words(struct str *out, const struct chart *chart, bool course)
{
	size_t start = out->len;

	for (size_t i = 0; chart->type == CHART_LINES && i < chart->table->ncolumns; i++) {
		if (!is_drawn(chart->roles[i]))
			continue;
		str_addf(out, "%s%s　", out->len > start ? "\n" : "",
			 chart->table->columns[i].title);
		if (course) {
			add_course(out, chart, i);
			str_add(out, "　");
		}
		add_ends(out, chart, i);
		str_add(out, "。");
	}
	if (chart->type == CHART_BARS)
		bars_words(out, chart);
	if (chart->levels || chart->marks)
		str_add(out, "\n");
	add_levels(out, chart);
}
