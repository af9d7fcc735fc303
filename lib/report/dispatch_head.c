/* 题头 and 数据说明. */
#include <string.h>

#include "report/dispatch_part.h"

static const char *const KINDS_OF_ISSUE[] = { "weekly", "monthly", "final" };

static void number_fact(struct telling *t)
{
	const struct issue *issue = &t->d->issue;
	struct cell *cell =
		report_fact(t->report, "issue", issue->number ? "期号" : NULL, CELL_INTEGER);

	if (!issue->number)
		return;
	cell_integer(cell, issue->number);
	cell_shown(t->report, cell, indicator_say(t->report, "第%d期", issue->number));
}

static void period_facts(struct telling *t)
{
	const struct issue *issue = &t->d->issue;
	struct cell *cell = report_fact(t->report, "period", "时段", CELL_CODE);
	bool same_year = civil_of_day(issue->from).year == civil_of_day(issue->until).year;

	cell_code(
		t->report, cell, issue->name,
		indicator_say(t->report, "%s至%s", day_words(t, issue->from),
			      same_year ? short_day(t, issue->until) : day_words(t, issue->until)));
	cell_day(t, report_fact(t->report, "from", NULL, CELL_DATE), issue->from);
	cell_day(t, report_fact(t->report, "until", NULL, CELL_DATE), issue->until);
	cell_day(t, report_fact(t->report, "state_on", NULL, CELL_DATE), t->d->day);
}

void part_head(struct telling *t)
{
	const struct node *reports = node_get(t->plan->root, "reports");
	const char *heading = node_string(reports, "heading"), *mark = node_string(reports, "mark");
	const char *desk = node_string(reports, "desk");

	report_heading(t->report, 1,
		       indicator_say(t->report, "%s%s", heading ? heading : t->plan->campaign,
				     issue_report_name(t->plan, t->d->issue.kind)));
	cell_text(t->report, report_fact(t->report, "report", NULL, CELL_CODE),
		  KINDS_OF_ISSUE[t->d->issue.kind]);
	if (mark)
		cell_text(t->report, report_fact(t->report, "mark", "标识", CELL_TEXT), mark);
	number_fact(t);
	period_facts(t);
	report_as_of(t->report, "数据截止", t->words->as_of);
	if (desk)
		cell_text(t->report, report_fact(t->report, "desk", "编发", CELL_TEXT), desk);
	if (t->words->names)
		cell_text(t->report, report_fact(t->report, "units", "单位", CELL_TEXT),
			  t->words->names);
}

/* who reported in the period: facts for programs, words for people */
static void tell_reported(struct telling *t)
{
	const char **ids = arena_array(t->report->arena, t->plan->nunits, sizeof(*ids));
	struct unit_set missing = { 0 };
	size_t nmissing = 0;
	int64_t expected = 0;

	for (int u = 0; ids && u < (int)t->plan->nunits; u++) {
		if (!set_has(&t->d->chosen, u) || !t->plan->units[u].reporting)
			continue;
		expected++;
		if (t->d->units[u].reported)
			continue;
		set_add(&missing, u);
		ids[nmissing++] = t->plan->units[u].id;
	}
	cell_integer(report_fact(t->report, "units_expected", NULL, CELL_INTEGER), expected);
	cell_integer(report_fact(t->report, "units_reported", NULL, CELL_INTEGER),
		     expected - (int64_t)nmissing);
	if (ids)
		cell_list(t->report, report_fact(t->report, "units_missing", NULL, CELL_LIST), ids,
			  nmissing);
	t->report->failed = t->report->failed || !ids;
	tell(t, "填报单位：应填报%lld个，%s已填报%lld个；未填报：%s。", (long long)expected,
	     period_word(t), (long long)expected - (long long)nmissing, names_of_set(t, &missing));
}

static void count_fact(struct telling *t, const char *key, int64_t value)
{
	cell_integer(report_fact(t->report, key, NULL, CELL_INTEGER), value);
}

void part_notes(struct telling *t)
{
	const struct dispatch *d = t->d;

	report_heading(t->report, 2, "数据说明");
	tell_reported(t);
	count_fact(t, "withdrawn", d->withdrawn);
	count_fact(t, "without_effect", d->skipped);
	count_fact(t, "outside_campaign", d->outside);
	tell(t,
	     "数据校核：无法读取的记录0条；已撤回%lld条，不计入各数；%s未生效的变更%lld项；"
	     "日期在活动期外的走访和走流程%lld条，计入各数。",
	     (long long)d->withdrawn, period_word(t), (long long)d->skipped, (long long)d->outside);
	if (d->day < d->issue.until)
		tell(t, "时段未结束：各数为%s的情况。", day_words(t, d->day));
	if (t->words->not_here)
		tell(t, "以下单位的数据不在本地，全市数值不予计算：%s。", t->words->not_here);
	tell(t, "标“推算”的前沿值、中位数由方案所列基线与差距相加得出；“未报送”不是零，"
		"“不适用”指分母为零。");
	report_believed(t->report, t->plan);
}
