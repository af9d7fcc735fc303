/* Indicators of the whole city for people: 进展, 差距, 未报送单位, 说明. */
#include <string.h>

#include "report/indicator_item.h"

static const struct column PROGRESS[] = {
	{ NULL, "指标", CELL_TEXT, COLUMN_READ_ONLY, 2 },
	{ NULL, "基线", CELL_CODE, COLUMN_READ_ONLY, 0 },
	{ NULL, "最新\n数据日期", CELL_TEXT, COLUMN_READ_ONLY, 1 },
	{ NULL, "较基线", CELL_CODE, COLUMN_READ_ONLY, 0 },
	{ NULL, "目标", CELL_CODE, COLUMN_READ_ONLY, 0 },
	{ NULL, "达标", CELL_TEXT, COLUMN_READ_ONLY, 1 },
};

static const struct column GAPS[] = {
	{ NULL, "指标", CELL_TEXT, COLUMN_READ_ONLY, 8 },
	{ NULL, "前沿值", CELL_TEXT, COLUMN_READ_ONLY, 6 },
	{ NULL, "较前沿", CELL_CODE, COLUMN_READ_ONLY, 0 },
	{ NULL, "中位数或均值", CELL_TEXT, COLUMN_READ_ONLY, 7 },
	{ NULL, "距目标", CELL_CODE, COLUMN_READ_ONLY, 0 },
};

/* words in the place of a figure may take several lines, a figure may not */
static void words_cell(struct report *report, struct cell *cell, bool figure, const char *text)
{
	if (figure)
		cell_text(report, cell, text);
	else
		cell_absent(report, cell, text);
}

/* value, date, and whose figures it lacks, one below the other */
static const char *latest_lines(struct report *report, const struct item *item)
{
	const struct indicator_words *words = &item->words;
	struct str text = { 0 };

	str_addf(&text, "%s%s%s%s%s", words->latest, *words->mark ? "\n" : "", words->mark,
		 *words->date ? "\n" : "", words->date);
	if (item->city.known && !item->city.published && item->nmissing)
		str_addf(&text, "\n缺%zu个单位", item->nmissing);
	return indicator_finish(report, &text);
}

static void progress_row(struct report *report, struct table *table, const struct item *item)
{
	const struct indicator_words *words = &item->words;
	const enum met met = item->city.met;
	struct cell *cells = table_row(report, table);

	cell_text(report, &cells[0], item->indicator->name);
	words_cell(report, &cells[1], item->indicator->baseline.known, words->baseline);
	cell_text(report, &cells[2], latest_lines(report, item));
	cell_text(report, &cells[3], words->change);
	words_cell(report, &cells[4], item->indicator->target.known, words->target);
	cell_text(report, &cells[5], words->met);
	cells[5].tone = met == MET_YES ? TONE_GREEN : met == MET_NO ? TONE_RED : TONE_NONE;
}

/* whether there is anything to compare */
static bool has_gaps(const struct item *item)
{
	const struct indicator *indicator = item->indicator;

	return indicator->frontier.known || indicator->median.known || indicator->mean.known ||
	       (indicator->target.known && (item->city.applicable || indicator->baseline.known));
}

static void gaps_row(struct report *report, struct table *table, const struct item *item)
{
	const struct indicator_words *words = &item->words;
	struct cell *cells = table_row(report, table);
	struct str middle = { 0 };

	str_add(&middle, indicator_lines(report, words->middle));
	if (item->indicator->median.known || item->indicator->mean.known)
		str_addf(&middle, "\n%s", words->middle_gap);
	cell_text(report, &cells[0], item->indicator->name);
	cell_text(report, &cells[1], indicator_lines(report, words->frontier));
	cell_text(report, &cells[2], words->frontier_gap);
	cell_text(report, &cells[3], indicator_finish(report, &middle));
	cell_text(report, &cells[4], words->target_gap);
}

/* one paragraph for those that lack the same units for the same reasons */
static void put_missing(struct report *report, const struct items *items)
{
	bool any = false;

	for (size_t i = 0; i < items->n; i++) {
		const struct item *item = &items->list[i];
		bool told = !item->nmissing;
		struct str line = { 0 };

		for (size_t j = 0; j < i && !told; j++)
			told = strcmp(items->list[j].missing, item->missing) == 0;
		if (told)
			continue;
		for (size_t j = i; j < items->n; j++)
			if (strcmp(items->list[j].missing, item->missing) == 0)
				str_addf(&line, "%s%s", j == i ? "" : "、",
					 items->list[j].indicator->name);
		str_addf(&line, "（%zu个单位）：%s", item->nmissing, item->missing);
		report_paragraph(report, indicator_finish(report, &line));
		any = true;
	}
	if (!any)
		report_paragraph(report, "无");
}

static void add_domains(struct str *out, const struct node *domains, bool applied)
{
	size_t n = 0;

	for (size_t i = 0; i < list_count(domains); i++)
		n += node_boolean(&domains->items[i], "applied", false) == applied;
	str_addf(out, "%s（%zu个）：", applied ? "方案列示已应用" : "。尚未应用", n);
	n = 0;
	for (size_t i = 0; i < list_count(domains); i++)
		if (node_boolean(&domains->items[i], "applied", false) == applied)
			str_addf(out, "%s%s", n++ ? "、" : "",
				 node_string(&domains->items[i], "name"));
}

/* what a single indicator is made of */
static void add_parts(struct str *out, const struct item *item)
{
	const struct node *node = item->indicator->node, *domains = node_get(node, "domains");
	const char *numerator = node_string(node, "numerator");
	const char *denominator = node_string(node, "denominator");

	if (numerator && denominator)
		str_addf(out, "口径：%s÷%s。\n", numerator, denominator);
	if (item->city.d)
		str_addf(out, "全市合计：%lld÷%lld。\n", (long long)item->city.n,
			 (long long)item->city.d);
	if (domains) {
		add_domains(out, domains, true);
		add_domains(out, domains, false);
		str_add(out, "。\n");
	}
}

/* records of the units that count for an indicator */
static size_t count_withdrawn(const struct items *items, const struct indicator *indicator)
{
	const struct plan *plan = items->plan;
	size_t index = (size_t)(indicator - plan->indicators), n = 0;

	for (size_t i = 0; i < plan->nunits; i++)
		if (set_has(&indicator->expected, (int)i) || (int)i == plan->owner)
			n += items->figures->withdrawn[index * plan->nunits + i];
	return n;
}

static void put_remarks(struct report *report, const struct items *items, bool single)
{
	bool derived = false, gaps = false;
	struct str text = { 0 };
	size_t withdrawn = 0;

	for (size_t i = 0; i < items->n; i++) {
		const struct indicator *indicator = items->list[i].indicator;
		const char *note = node_string(indicator->node, "note");

		derived = derived || indicator->frontier.derived || indicator->median.derived;
		gaps = gaps || has_gaps(&items->list[i]);
		withdrawn += count_withdrawn(items, indicator);
		if (note)
			str_addf(&text, "%s：%s。\n", indicator->name, note);
	}
	if (single && items->n)
		add_parts(&text, &items->list[0]);
	if (gaps)
		str_add(&text, "差距按最新值计算，没有最新值的按基线。\n");
	if (derived)
		str_add(&text, "推算：方案只列出与基线的差距，由基线加差距得出。\n");
	if (withdrawn)
		str_addf(&text, "另有已撤回填报%zu条，不计入。\n", withdrawn);
	if (text.len)
		text.p[--text.len] = '\0';
	else
		str_add(&text, "无");
	report_paragraph(report, indicator_finish(report, &text));
}

void indicators_read(struct report *report, const struct figures *figures, day_t day,
		     const struct indicator *only)
{
	struct table *table;
	struct items items;

	indicator_items(report, figures, day, only, &items);
	report_heading(report, 2, "一、进展");
	table = report_table(report, NULL, NULL, NULL, PROGRESS, COLUMNS(PROGRESS));
	for (size_t i = 0; i < items.n; i++)
		progress_row(report, table, &items.list[i]);
	report_heading(report, 2, "二、差距");
	table = report_table(report, NULL, NULL, "无可比较的数值", GAPS, COLUMNS(GAPS));
	for (size_t i = 0; i < items.n; i++)
		if (has_gaps(&items.list[i]))
			gaps_row(report, table, &items.list[i]);
	report_heading(report, 2, "三、节奏");
	indicator_pace_table(report, figures, day, only);
	report_heading(report, 2, "四、未报送单位");
	put_missing(report, &items);
	report_heading(report, 2, "五、说明");
	put_remarks(report, &items, only != NULL);
}
