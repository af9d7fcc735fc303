#include "report/tallies.h"

#include <stdio.h>

#include "base/num.h"

#define PLACES 2

static const struct column FLOW[] = {
	{ "unit", "单位", CELL_TEXT, 0, 0 },
	{ "open_before", "期初在办", CELL_INTEGER, 0, 0 },
	{ "listed", "列账", CELL_INTEGER, 0, 0 },
	{ "reopened", "反弹", CELL_INTEGER, 0, 0 },
	{ "closed", "销号", CELL_INTEGER, 0, 0 },
	{ "transferred", "转办", CELL_INTEGER, 0, 0 },
	{ "merged", "合并", CELL_INTEGER, 0, 0 },
	{ "declined", "不予列账", CELL_INTEGER, 0, 0 },
	{ "open_after", "期末在办", CELL_INTEGER, 0, 0 },
	/* for scripts: what enters neither the identity nor the rate */
	{ "registered", "登记", CELL_INTEGER, COLUMN_DATA_ONLY, 0 },
	{ "submitted", "申请销号", CELL_INTEGER, COLUMN_DATA_ONLY, 0 },
	{ "returned", "退回", CELL_INTEGER, COLUMN_DATA_ONLY, 0 },
	{ "registered_transferred", "登记后转办", CELL_INTEGER, COLUMN_DATA_ONLY, 0 },
	{ "registered_merged", "登记后合并", CELL_INTEGER, COLUMN_DATA_ONLY, 0 },
	{ "registered_declined", "登记后不予列账", CELL_INTEGER, COLUMN_DATA_ONLY, 0 },
};

static const struct column RATES[] = {
	{ "unit", "单位", CELL_TEXT, 0, 0 },
	{ "listed", "列账", CELL_INTEGER, 0, 0 },
	{ "closed", "已销号", CELL_INTEGER, 0, 0 },
	{ "closing_rate", "销号率", CELL_FIGURE, 0, 0 },
	{ "on_time", "按期", CELL_INTEGER, 0, 0 },
	{ "punctuality_rate", "按期率", CELL_FIGURE, 0, 0 },
	{ "overdue", "逾期", CELL_INTEGER, 0, 0 },
	{ "overdue_original", "超原定", CELL_INTEGER, 0, 0 },
	{ "ever_reopened", "曾反弹", CELL_INTEGER, 0, 0 },
	{ "withdrawn", "已撤回", CELL_INTEGER, 0, 0 },
};

#define COLUMNS_OF(columns) (sizeof(columns) / sizeof(*(columns)))

static void unit_cell(struct report *report, struct cell *cell, const struct plan *plan, int unit)
{
	if (unit == NO_UNIT)
		cell_absent(report, cell, "合计");
	else
		cell_code(report, cell, plan->units[unit].id, plan->units[unit].name);
}

static void integers(struct cell *cells, const int64_t *values, size_t n)
{
	for (size_t i = 0; i < n; i++)
		cell_integer(&cells[i], values[i]);
}

static void flow_row(struct report *report, struct table *table, const struct plan *plan,
		     const struct unit_tally *u)
{
	const struct tally *t = &u->tally;
	struct cell *cells = table_row(report, table);
	const int64_t values[] = { t->open_before,
				   t->listed,
				   t->reopened,
				   t->closed,
				   t->left[LEFT_TRANSFERRED],
				   t->left[LEFT_MERGED],
				   t->left[LEFT_DECLINED],
				   t->open_after,
				   t->registered,
				   t->submitted,
				   t->returned,
				   t->left_registered[LEFT_TRANSFERRED],
				   t->left_registered[LEFT_MERGED],
				   t->left_registered[LEFT_DECLINED] };

	_Static_assert(sizeof(values) / sizeof(*values) + 1 == COLUMNS_OF(FLOW), "a column each");
	unit_cell(report, &cells[0], plan, u->unit);
	integers(cells + 1, values, sizeof(values) / sizeof(*values));
}

void cell_share(struct report *report, struct cell *cell, int64_t n, int64_t d)
{
	char code[FIGURE_SIZE], text[FIGURE_SIZE + 1];

	if (!d) {
		cell_absent(report, cell, "不适用");
		return;
	}
	decimal_format(share_percent(n, d, PLACES), PLACES, code);
	snprintf(text, sizeof(text), "%s%%", code);
	cell_code(report, cell, code, text);
}

static void rates_row(struct report *report, struct table *table, const struct plan *plan,
		      const struct unit_tally *u)
{
	const struct tally *t = &u->tally;
	struct cell *cells = table_row(report, table);
	int64_t n, d;

	unit_cell(report, &cells[0], plan, u->unit);
	tally_closing(t, &n, &d);
	cell_integer(&cells[1], t->ever_listed);
	cell_integer(&cells[2], n);
	cell_share(report, &cells[3], n, d);
	tally_punctuality(t, &n, &d);
	cell_integer(&cells[4], n);
	cell_share(report, &cells[5], n, d);
	integers(cells + 6,
		 (const int64_t[]){ t->overdue, t->overdue_original, t->ever_reopened,
				    t->withdrawn },
		 4);
}

void tallies_tables(struct report *report, const struct plan *plan, const struct unit_tally *units,
		    size_t n)
{
	struct unit_tally sum = { .unit = NO_UNIT };
	struct table *table;

	for (size_t i = 0; i < n; i++)
		tally_add(&sum.tally, &units[i].tally);
	table = report_table(report, "flow", "本期进出", NULL, FLOW, COLUMNS_OF(FLOW));
	for (size_t i = 0; i < n; i++)
		flow_row(report, table, plan, &units[i]);
	flow_row(report, table, plan, &sum);
	report_paragraph(report, "期初在办＋列账＋反弹＝销号＋转办＋合并＋不予列账＋期末在办。"
				 "未列账即转办、合并、不予列账的另计，不在其内。");
	table = report_table(report, "rates", "期末累计", NULL, RATES, COLUMNS_OF(RATES));
	for (size_t i = 0; i < n; i++)
		rates_row(report, table, plan, &units[i]);
	rates_row(report, table, plan, &sum);
	report_paragraph(report,
			 "销号率＝已销号÷（列账－转办－合并－不予列账）；按期率＝按原定时限销号÷"
			 "（已销号＋超原定时限未销号）。已撤回的不计入其他各数。");
}
