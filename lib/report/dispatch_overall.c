/* 总体情况: what was done, and that what came in has gone out or is still there. */
#include "report/dispatch_part.h"
#include "report/tallies.h"

static const struct column COUNTS[] = {
	{ "item", "项目", CELL_CODE, 0, 0 },
	{ "period", "本期", CELL_INTEGER, 0, 0 },
	{ "before", "上期", CELL_INTEGER, 0, 0 },
	{ "total", "累计", CELL_INTEGER, 0, 0 },
};

static const struct column STOCK[] = {
	{ "item", "项目", CELL_CODE, 0, 0 },
	{ "start", "期初", CELL_INTEGER, 0, 0 },
	{ "end", "期末", CELL_INTEGER, 0, 0 },
};

static const struct column RATES[] = {
	{ "item", "项目", CELL_CODE, 0, 0 },
	{ "numerator", "分子", CELL_INTEGER, 0, 0 },
	{ "denominator", "分母", CELL_INTEGER, 0, 0 },
	{ "rate", "期末", CELL_FIGURE, 0, 0 },
	{ "before", "上期末", CELL_FIGURE, 0, 0 },
	{ "change", "较上期末（百分点）", CELL_FIGURE, 0, 0 },
};

/* a count that has a period, one before and a total; before NULL: there is none */
static void count_row(struct telling *t, struct table *table, const char *code, const char *name,
		      int64_t period, int64_t before, int64_t total)
{
	struct cell *cells = table_row(t->report, table);

	cell_code(t->report, &cells[0], code, name);
	cell_integer(&cells[1], period);
	if (t->d->has_before && t->d->issue.kind != ISSUE_FINAL)
		cell_integer(&cells[2], before);
	cell_integer(&cells[3], total);
}

static void put_counts(struct telling *t)
{
	struct table *table = TELL_TABLE(t, "overall", "走访和问题", NULL, COUNTS);
	const struct counts *p = &t->d->period, *b = &t->d->now.counts, *a = &t->d->total;
	const struct tally *tp = &t->d->tally, *tb = &t->d->now.tally;
	const struct tally *ta = &t->d->whole;

	count_row(t, table, "visits", "走访（次）", p->visits, b->visits, a->visits);
	count_row(t, table, "enterprises", "走访企业（家）", p->enterprises, b->enterprises,
		  a->enterprises);
	count_row(t, table, "walkthroughs", "走流程（次）", p->walkthroughs, b->walkthroughs,
		  a->walkthroughs);
	count_row(t, table, "appeals", "企业诉求（件）", p->appeals, b->appeals, a->appeals);
	count_row(t, table, "inspections", "排查填报（项次）", p->inspections, b->inspections,
		  a->inspections);
	count_row(t, table, "registered", "新登记问题（件）", tp->registered, tb->registered,
		  ta->registered);
	count_row(t, table, "listed", "列账（件）", tp->listed, tb->listed, ta->listed);
	count_row(t, table, "submitted", "申请销号（件次）", tp->submitted, tb->submitted,
		  ta->submitted);
	count_row(t, table, "returned", "退回整改（件次）", tp->returned, tb->returned,
		  ta->returned);
	count_row(t, table, "closed", "销号（件次）", tp->closed, tb->closed, ta->closed);
	count_row(t, table, "reopened", "反弹重启（件次）", tp->reopened, tb->reopened,
		  ta->reopened);
	for (int way = 0; way < LEFT_WAYS; way++) {
		static const char *const codes[] = { "transferred", "merged", "declined" };
		static const char *const names[] = { "转办（件）", "合并（件）", "不予列账（件）" };

		count_row(t, table, codes[way], names[way], tp->left[way], tb->left[way],
			  ta->left[way]);
	}
}

static void put_stock(struct telling *t)
{
	struct table *table = TELL_TABLE(t, "stock", "在办问题", NULL, STOCK);
	const struct tally *now = &t->d->tally;
	struct cell *cells = table_row(t->report, table);

	cell_code(t->report, &cells[0], "open", "在办（件）");
	cell_integer(&cells[1], now->open_before);
	cell_integer(&cells[2], now->open_after);
	cells = table_row(t->report, table);
	cell_code(t->report, &cells[0], "overdue", "其中逾期（件）");
	if (t->d->has_before && t->d->issue.kind != ISSUE_FINAL)
		cell_integer(&cells[1], t->d->now.tally.overdue);
	cell_integer(&cells[2], now->overdue);
	cells = table_row(t->report, table);
	cell_code(t->report, &cells[0], "overdue_original", "其中超原定时限（件）");
	if (t->d->has_before && t->d->issue.kind != ISSUE_FINAL)
		cell_integer(&cells[1], t->d->now.tally.overdue_original);
	cell_integer(&cells[2], now->overdue_original);
}

static void rate_row(struct telling *t, struct table *table, const char *code, const char *name,
		     void (*parts)(const struct tally *tally, int64_t *n, int64_t *d))
{
	struct cell *cells = table_row(t->report, table);
	int64_t n, d, n0, d0, change;
	char text[FIGURE_SIZE];

	parts(&t->d->tally, &n, &d);
	parts(&t->d->now.tally, &n0, &d0);
	cell_code(t->report, &cells[0], code, name);
	cell_integer(&cells[1], n);
	cell_integer(&cells[2], d);
	cell_share(t->report, &cells[3], n, d);
	if (!t->d->has_before || t->d->issue.kind == ISSUE_FINAL)
		return;
	cell_share(t->report, &cells[4], n0, d0);
	if (!d || !d0)
		return;
	change = share_percent(n, d, 2) - share_percent(n0, d0, 2);
	decimal_format(change, 2, text);
	cell_code(t->report, &cells[5], text,
		  change ? indicator_say(t->report, "%s%s个百分点", change > 0 ? "+" : "", text)
			 : "持平");
}

static void put_rates(struct telling *t)
{
	struct table *table = TELL_TABLE(t, "rates_overall", "销号率", NULL, RATES);

	rate_row(t, table, "closing", "销号率", tally_closing);
	rate_row(t, table, "punctuality", "按期销号率", tally_punctuality);
}

/* the identity of domain 2.10 in figures */
static void tell_identity(struct telling *t)
{
	const struct tally *a = &t->d->tally;
	const int64_t *left = a->left, *apart = a->left_registered;

	tell(t,
	     "期初在办%lld＋列账%lld＋反弹%lld＝销号%lld＋转办%lld＋合并%lld＋不予列账%lld＋期末"
	     "在办%lld。未列账即转办%lld件、合并%lld件、不予列账%lld件，不在其内。",
	     (long long)a->open_before, (long long)a->listed, (long long)a->reopened,
	     (long long)a->closed, (long long)left[LEFT_TRANSFERRED], (long long)left[LEFT_MERGED],
	     (long long)left[LEFT_DECLINED], (long long)a->open_after,
	     (long long)apart[LEFT_TRANSFERRED], (long long)apart[LEFT_MERGED],
	     (long long)apart[LEFT_DECLINED]);
}

static void tell_found(struct telling *t)
{
	char days[FIGURE_SIZE];

	cell_integer(report_fact(t->report, "listed_days", NULL, CELL_INTEGER), t->d->found_days);
	cell_integer(report_fact(t->report, "listed_count", NULL, CELL_INTEGER), t->d->found_count);
	if (!t->d->found_count)
		return;
	decimal_format((t->d->found_days * 20 + t->d->found_count) / (2 * t->d->found_count), 1,
		       days);
	tell(t, "%s列账的问题从发现到列账平均%s天（%lld天÷%lld件）。", period_word(t), days,
	     (long long)t->d->found_days, (long long)t->d->found_count);
}

void put_overall(struct telling *t)
{
	const struct counts *p = &t->d->period, *a = &t->d->total;
	const struct tally *now = &t->d->tally;
	const char *tracks = node_string(node_get(t->plan->root, "campaign"), "four_part_name");

	/* of the whole campaign, what it comes to is the same once more */
	tell(t,
	     "%s走访%lld次、%lld家企业，收集诉求%lld件；开展%s活动，体验办事流程%lld次；列账%"
	     "lld件，"
	     "销号%lld件，期末在办%lld件，其中逾期%lld件。%s",
	     period_word(t), (long long)p->visits, (long long)p->enterprises, (long long)p->appeals,
	     tracks ? indicator_say(t->report, "“%s”", tracks) : "走流程",
	     (long long)p->walkthroughs, (long long)now->listed, (long long)now->closed,
	     (long long)now->open_after, (long long)now->overdue,
	     t->d->issue.kind == ISSUE_FINAL
		     ? ""
		     : indicator_say(t->report, "累计走访%lld次、%lld家企业，走流程%lld次。",
				     (long long)a->visits, (long long)a->enterprises,
				     (long long)a->walkthroughs));
	put_counts(t);
	put_stock(t);
	tell_identity(t);
	chart_open(t);
	put_rates(t);
	tell(t, "销号率＝已销号÷（列账－转办－合并－不予列账）；按期销号率按原定时限计，"
		"延期不改。");
	tell_found(t);
}

void part_overall(struct telling *t)
{
	tell_section(t, t->d->issue.kind == ISSUE_WEEK ? "总体情况" : "总体完成情况");
	put_overall(t);
}
