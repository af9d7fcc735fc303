/* One indicator by unit, ranked (domain 2.7). */
#include <string.h>

#include "report/indicator_item.h"

/* what a column shows */
enum field {
	UNIT,
	NAME,
	GROUP,
	NUMERATOR,
	DENOMINATOR,
	VALUE,
	RANK,
	STATUS,
	DATE,
	RANK_BEFORE,
	RANK_CHANGE,
	FIELDS
};

/* contract 4: keys and their order; the last three are not of JSON */
static const struct column DATA[FIELDS] = {
	[UNIT] = { "unit", "单位编号", CELL_CODE, 0, 0 },
	[NAME] = { "name", "单位", CELL_TEXT, 0, 2 },
	[GROUP] = { "group", "排名组", CELL_CODE, 0, 0 },
	[NUMERATOR] = { "numerator", "分子", CELL_INTEGER, 0, 0 },
	[DENOMINATOR] = { "denominator", "分母", CELL_INTEGER, 0, 0 },
	[VALUE] = { "value", "数值", CELL_FIGURE, 0, 0 },
	[RANK] = { "rank", "名次", CELL_INTEGER, 0, 0 },
	[STATUS] = { "status", "状态", CELL_TEXT, 0, 1 },
	[DATE] = { NULL, "数据日期", CELL_DATE, COLUMN_READ_ONLY, 0 },
	[RANK_BEFORE] = { NULL, "上月末名次", CELL_INTEGER, COLUMN_READ_ONLY, 0 },
	[RANK_CHANGE] = { NULL, "名次变化", CELL_INTEGER, COLUMN_READ_ONLY, 0 },
};

static const struct {
	const char *code, *word;
} STATUSES[] = {
	[UNIT_RANKED] = { "ranked", "参与排名" },
	[UNIT_UNRANKED] = { "unranked", "不参与排名" },
	[UNIT_PUBLISHED_ONLY] = { "published-only", "仅公布值" },
	[UNIT_NOT_REPORTED] = { "not-reported", "未报送" },
	[UNIT_NOT_APPLICABLE] = { "not-applicable", "不适用" },
};

const char *unit_status_code(enum unit_status status)
{
	return STATUSES[status].code;
}

const char *unit_status_word(enum unit_status status)
{
	return STATUSES[status].word;
}

/* the rows of a table */
struct rows {
	const struct plan *plan;
	const struct indicator *indicator;
	struct unit_value *values;
	int *before; /* ranks by unit on the earlier day, 0: none */
	size_t n;
	bool unranked; /* a rank was left out, because of units that are not here */
};

static bool same_group(const struct plan *plan, int a, int b)
{
	const char *one = plan->units[a].group, *other = plan->units[b].group;

	return one && other && strcmp(one, other) == 0;
}

/* whether the records of all expected units of the unit's group are here */
static bool group_is_here(const struct rows *rows, const struct unit_choice *choice, int unit)
{
	for (size_t i = 0; choice->here && i < rows->plan->nunits; i++)
		if (set_has(&rows->indicator->expected, (int)i) &&
		    same_group(rows->plan, (int)i, unit) && !set_has(choice->here, (int)i))
			return false;
	return true;
}

/* rows->values is only used on the way */
static void find_before(struct report *report, const struct figures *figures,
			const struct unit_choice *choice, struct rows *rows)
{
	size_t n = 0;

	rows->before = arena_array(report->arena, rows->plan->nunits, sizeof(*rows->before));
	if (!rows->before)
		report->failed = true;
	else if (choice->before != DAY_NONE)
		n = indicator_units(figures, rows->indicator, choice->before, rows->values);
	for (size_t i = 0; i < n; i++)
		rows->before[rows->values[i].unit] = rows->values[i].rank;
}

static void choose(struct report *report, const struct figures *figures,
		   const struct indicator *indicator, day_t day, const struct unit_choice *choice,
		   struct rows *rows)
{
	size_t n;

	*rows = (struct rows){ .plan = figures->plan, .indicator = indicator };
	rows->values = arena_array(report->arena, rows->plan->nunits, sizeof(*rows->values));
	if (!rows->values) {
		report->failed = true;
		return;
	}
	find_before(report, figures, choice, rows);
	n = indicator_units(figures, indicator, day, rows->values);
	for (size_t i = 0; i < n; i++) {
		struct unit_value value = rows->values[i];

		if (choice->rows && !set_has(choice->rows, value.unit))
			continue;
		if (value.rank && !group_is_here(rows, choice, value.unit)) {
			value.rank = 0;
			rows->unranked = true;
		}
		rows->values[rows->n++] = value;
	}
}

const char *ranking_group_name(const struct plan *plan, const char *id)
{
	const struct node *groups = node_get(plan->root, "ranking_groups");

	for (size_t i = 0; i < list_count(groups); i++)
		if (node_is(node_get(&groups->items[i], "id"), id))
			return node_string(&groups->items[i], "name");
	return id;
}

/* 未报送（数据过期）, 参与排名（分母小于10）: the status and what to think of it */
static const char *status_words(struct report *report, const struct rows *rows,
				const struct unit_value *value)
{
	const char *word = STATUSES[value->status].word;

	if (value->status == UNIT_NOT_REPORTED && value->figure)
		return indicator_say(report, "%s（数据过期）", word);
	if (value->small)
		return indicator_say(report, "%s（分母小于%d）", word,
				     rows->plan->small_denominator);
	return word;
}

void rank_change_cell(struct report *report, struct cell *cell, int change)
{
	cell_integer(cell, change);
	cell_shown(report, cell,
		   change ? indicator_say(report, "%s%d", change > 0 ? "升" : "降",
					  change > 0 ? change : -change)
			  : "持平");
}

static void fill(struct report *report, const struct rows *rows, const struct unit_value *value,
		 enum field field, struct cell *cell)
{
	const struct unit *unit = &rows->plan->units[value->unit];
	const struct figure *figure = value->figure;
	/* of a stale figure only the date is told */
	bool parts = figure && figure->type == FIGURE_PARTS && value->status != UNIT_NOT_REPORTED;
	/* without all of its group it has no rank, now or then */
	int before = value->rank ? rows->before[value->unit] : 0;
	char text[FIGURE_SIZE];

	switch (field) {
	case UNIT:
		cell_text(report, cell, unit->id);
		break;
	case NAME:
		cell_text(report, cell, unit->name);
		break;
	case GROUP:
		if (unit->group)
			cell_code(report, cell, unit->group,
				  ranking_group_name(rows->plan, unit->group));
		break;
	case NUMERATOR:
		if (parts)
			cell_integer(cell, figure->n);
		break;
	case DENOMINATOR:
		if (parts)
			cell_integer(cell, figure->d);
		break;
	case VALUE:
		if (value->known)
			cell_text(report, cell, value_format(rows->indicator, value->value, text));
		break;
	case RANK:
		if (value->rank)
			cell_integer(cell, value->rank);
		break;
	case STATUS:
		cell_code(report, cell, STATUSES[value->status].code,
			  status_words(report, rows, value));
		break;
	case DATE:
		if (figure)
			cell_text(report, cell, date_format(figure->date, text));
		break;
	case RANK_BEFORE:
		if (before)
			cell_integer(cell, before);
		break;
	case RANK_CHANGE:
		if (value->rank && before)
			rank_change_cell(report, cell, before - value->rank);
		break;
	case FIELDS:
		break;
	}
}

static struct table *put_table(struct report *report, const struct rows *rows, const char *key,
			       const struct column *columns, const enum field *fields, size_t n)
{
	struct table *table = report_table(report, key, NULL, "所选单位不在应报范围", columns, n);

	for (size_t i = 0; i < rows->n; i++) {
		struct cell *cells = table_row(report, table);

		for (size_t j = 0; j < n; j++)
			fill(report, rows, &rows->values[i], fields[j], &cells[j]);
	}
	return table;
}

void indicator_units_data(struct report *report, const struct figures *figures,
			  const struct indicator *indicator, day_t day,
			  const struct unit_choice *choice)
{
	enum field fields[FIELDS];
	struct rows rows;

	for (size_t i = 0; i < FIELDS; i++)
		fields[i] = (enum field)i;
	choose(report, figures, indicator, day, choice, &rows);
	put_table(report, &rows, "units", DATA, fields, FIELDS);
}

/* whether the rows are ranked in more than one group, so that each must name its own */
static const char *only_group(const struct rows *rows, bool *several)
{
	const char *only = NULL;

	*several = false;
	for (size_t i = 0; i < rows->n; i++) {
		const char *group = rows->plan->units[rows->values[i].unit].group;

		if (!group)
			continue;
		*several = *several || (only && strcmp(only, group) != 0);
		only = group;
	}
	return only;
}

static void put_city(struct report *report, const struct figures *figures,
		     const struct indicator *indicator, day_t day)
{
	struct indicator_words words;
	struct city_value city;
	struct str text = { 0 };

	indicator_city(figures, indicator, day, &city);
	indicator_words(report, indicator, &city, &words);
	str_addf(&text, "%s%s", words.latest, words.mark);
	if (city.d)
		str_addf(&text, "（%lld÷%lld）", (long long)city.n, (long long)city.d);
	cell_text(report, report_fact(report, NULL, "全市", CELL_TEXT), str_text(&text));
	cell_text(report, report_fact(report, NULL, "目标", CELL_TEXT), words.target);
	report->failed = report->failed || text.failed;
	str_release(&text);
}

/* bars of two units or more */
static void put_chart(struct report *report, const struct figures *figures, const struct rows *rows,
		      day_t day, struct table *table, const enum field *fields, size_t n)
{
	const struct indicator *indicator = rows->indicator;
	bool share = indicator->kind == FIGURE_SHARE;
	struct city_value city;
	struct chart *chart;

	if (!table || rows->n < 2 || indicator->kind == FIGURE_RANK)
		return;
	chart = report_chart(report, CHART_BARS, indicator->name, indicator->unit_of_measure,
			     indicator->precision, table);
	if (!chart)
		return;
	for (size_t i = 0; i < n; i++)
		chart->roles[i] = fields[i] == NAME     ? ROLE_LABEL
				  : fields[i] == VALUE  ? ROLE_MAIN
				  : fields[i] == STATUS ? ROLE_WORDS
							: ROLE_NONE;
	indicator_city(figures, indicator, day, &city);
	/* without all units it is no value of the city */
	if (share && city.applicable && !rows->unranked)
		chart_level(report, chart, "全市", city.value);
	if (share && indicator->target.known)
		chart_level(report, chart, "目标", indicator->target.value);
}

static void put_notes(struct report *report, const struct figures *figures, const struct rows *rows)
{
	size_t index = (size_t)(rows->indicator - rows->plan->indicators), withdrawn = 0;

	for (size_t i = 0; i < rows->n; i++)
		withdrawn += figures->withdrawn[index * rows->plan->nunits +
						(size_t)rows->values[i].unit];
	if (rows->unranked)
		report_paragraph(report, "同组部分单位的数据不在本地，不排名次。");
	if (withdrawn)
		report_paragraph(report,
				 indicator_say(report, "另有已撤回填报%zu条，不计入。", withdrawn));
}

static bool had_ranks(const struct rows *rows)
{
	for (size_t i = 0; i < rows->n; i++)
		if (rows->values[i].rank && rows->before[rows->values[i].unit])
			return true;
	return false;
}

void indicator_units_read(struct report *report, const struct figures *figures,
			  const struct indicator *indicator, day_t day,
			  const struct unit_choice *choice)
{
	static const enum field order[] = { RANK,        RANK_CHANGE, NAME, GROUP, NUMERATOR,
					    DENOMINATOR, VALUE,       DATE, STATUS };
	struct column *columns = arena_array(report->arena, FIELDS, sizeof(*columns));
	enum field fields[FIELDS];
	const char *group;
	struct rows rows;
	bool several;
	size_t n = 0;

	choose(report, figures, indicator, day, choice, &rows);
	if (!columns) {
		report->failed = true;
		return;
	}
	group = only_group(&rows, &several);
	for (size_t i = 0; i < sizeof(order) / sizeof(*order); i++) {
		bool part = order[i] == NUMERATOR || order[i] == DENOMINATOR;

		if ((part && indicator->kind != FIGURE_SHARE) || (order[i] == GROUP && !several) ||
		    (order[i] == RANK_CHANGE && !had_ranks(&rows)))
			continue;
		columns[n] = DATA[order[i]];
		columns[n].key = NULL;
		columns[n].flags = COLUMN_READ_ONLY;
		if (order[i] == VALUE)
			columns[n].title = indicator_value_title(report, indicator);
		fields[n++] = order[i];
	}
	if (!choice->rows)
		put_city(report, figures, indicator, day);
	if (group && !several)
		cell_text(report, report_fact(report, NULL, "排名组", CELL_TEXT),
			  ranking_group_name(rows.plan, group));
	put_chart(report, figures, &rows, day, put_table(report, &rows, NULL, columns, fields, n),
		  fields, n);
	put_notes(report, figures, &rows);
}
