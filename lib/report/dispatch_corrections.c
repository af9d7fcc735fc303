/* 更正: what came after the issue before, and how that issue's figures would be today. */
#include <stdlib.h>
#include <string.h>

#include "report/dispatch_part.h"

static const struct column CHANGES[] = {
	{ "item", "项目", CELL_TEXT, 0, 1 },
	{ "issued", "上期通报数", CELL_FIGURE, 0, 0 },
	{ "now", "现为", CELL_FIGURE, 0, 0 },
	{ "difference", "相差", CELL_FIGURE, 0, 0 },
};

static const struct column ENTRIES[] = {
	{ "unit", "单位", CELL_TEXT, 0, 1 },
	{ "kind", "类别", CELL_CODE, 0, 0 },
	{ "what", "事由", CELL_CODE, 0, 0 },
	{ "count", "条数", CELL_INTEGER, 0, 0 },
	{ "first", "最早记录日期", CELL_DATE, 0, 0 },
	{ "last", "最晚记录日期", CELL_DATE, 0, 0 },
	{ "records", "编号", CELL_LIST, COLUMN_DATA_ONLY, 0 },
	{ "fields", "更正字段", CELL_TEXT, 0, 1 },
};

static struct cell *change_row(struct telling *t, struct table *table, const char *code,
			       const char *name)
{
	struct cell *cells = table_row(t->report, table);

	cell_code(t->report, &cells[0], code, name);
	return cells;
}

static void count_change(struct telling *t, struct table *table, const char *code, const char *name,
			 int64_t issued, int64_t now)
{
	struct cell *cells;

	if (issued == now)
		return;
	cells = change_row(t, table, code, name);
	cell_text(t->report, &cells[1], indicator_say(t->report, "%lld", (long long)issued));
	cell_text(t->report, &cells[2], indicator_say(t->report, "%lld", (long long)now));
	cell_text(t->report, &cells[3],
		  indicator_say(t->report, "%+lld", (long long)(now - issued)));
}

static void count_changes(struct telling *t, struct table *table)
{
	const struct counts *a = &t->d->issued.counts, *b = &t->d->now.counts;
	const struct tally *x = &t->d->issued.tally, *y = &t->d->now.tally;
	const struct {
		const char *code, *name;
		int64_t issued, now;
	} rows[] = {
		{ "visits", "走访（次）", a->visits, b->visits },
		{ "enterprises", "走访企业（家）", a->enterprises, b->enterprises },
		{ "walkthroughs", "走流程（次）", a->walkthroughs, b->walkthroughs },
		{ "appeals", "企业诉求（件）", a->appeals, b->appeals },
		{ "inspections", "排查填报（项次）", a->inspections, b->inspections },
		{ "registered", "新登记问题（件）", x->registered, y->registered },
		{ "open_before", "期初在办（件）", x->open_before, y->open_before },
		{ "listed", "列账（件）", x->listed, y->listed },
		{ "submitted", "申请销号（件次）", x->submitted, y->submitted },
		{ "returned", "退回整改（件次）", x->returned, y->returned },
		{ "closed", "销号（件次）", x->closed, y->closed },
		{ "reopened", "反弹重启（件次）", x->reopened, y->reopened },
		{ "transferred", "转办（件）", x->left[LEFT_TRANSFERRED],
		  y->left[LEFT_TRANSFERRED] },
		{ "merged", "合并（件）", x->left[LEFT_MERGED], y->left[LEFT_MERGED] },
		{ "declined", "不予列账（件）", x->left[LEFT_DECLINED], y->left[LEFT_DECLINED] },
		{ "open", "期末在办（件）", x->open_after, y->open_after },
		{ "overdue", "逾期（件）", x->overdue, y->overdue },
		{ "overdue_original", "超原定时限（件）", x->overdue_original,
		  y->overdue_original },
	};

	for (size_t i = 0; i < COLUMNS(rows); i++)
		count_change(t, table, rows[i].code, rows[i].name, rows[i].issued, rows[i].now);
}

static void figure_cell(struct telling *t, struct cell *cell, const struct indicator *indicator,
			const struct city_value *city, const char *words)
{
	char text[FIGURE_SIZE];

	if (!city->applicable) {
		cell_absent(t->report, cell, words);
		return;
	}
	cell_code(t->report, cell, value_format(indicator, city->value, text), words);
}

/* what people read has changed: 未报送 → 85.20% counts too */
static void figure_changes(struct telling *t, struct table *table)
{
	day_t day = t->d->before.until;

	for (size_t i = 0; i < t->plan->nindicators && t->d->all_here; i++) {
		const struct indicator *indicator = &t->plan->indicators[i];
		struct city_value then, now;
		struct indicator_words before, after;
		struct cell *cells;
		char text[FIGURE_SIZE];
		int64_t change;

		indicator_city(&t->d->issued_figures, indicator, day, &then);
		indicator_city(&t->d->figures, indicator, day, &now);
		indicator_words(t->report, indicator, &then, &before);
		indicator_words(t->report, indicator, &now, &after);
		if (strcmp(before.latest, after.latest) == 0)
			continue;
		change = now.value - then.value;
		cells = change_row(t, table, indicator->id, indicator->name);
		figure_cell(t, &cells[1], indicator, &then, before.latest);
		figure_cell(t, &cells[2], indicator, &now, after.latest);
		if (then.applicable && now.applicable)
			cell_code(t->report, &cells[3],
				  indicator_say(t->report, "%s%s", change > 0 ? "+" : "",
						value_format(indicator, change, text)),
				  indicator_change(t->report, indicator, change));
	}
}

static int by_group(const void *a, const void *b)
{
	const struct correction *x = *(const struct correction *const *)a;
	const struct correction *y = *(const struct correction *const *)b;

	if (x->unit != y->unit)
		return x->unit - y->unit;
	if (x->kind != y->kind)
		return (int)x->kind - (int)y->kind;
	return x->what != y->what ? (int)x->what - (int)y->what : strcmp(x->id, y->id);
}

static bool same_group(const struct correction *x, const struct correction *y)
{
	return x->unit == y->unit && x->kind == y->kind && x->what == y->what;
}

/* whether the list, with 、 between names, holds this one */
static bool is_named(const char *list, const char *name)
{
	size_t n = strlen(name);
	const char *next;

	for (; list; list = next ? next + strlen("、") : NULL) {
		next = strstr(list, "、");
		if ((next ? (size_t)(next - list) : strlen(list)) == n &&
		    memcmp(list, name, n) == 0)
			return true;
	}
	return false;
}

/* adds the fields that are not there yet: by their names, or what people call them */
static void add_fields(struct telling *t, struct str *text, const struct correction *c, bool labels)
{
	const char *name;
	size_t n;

	for (const char *p = c->why ? c->why : ""; *p; p += *p ? strlen("、") : 0) {
		const struct story_field *field;

		n = (size_t)(strstr(p, "、") ? strstr(p, "、") - p : (ptrdiff_t)strlen(p));
		name = arena_strndup(t->report->arena, p, n);
		t->report->failed = t->report->failed || !name;
		p += n;
		if (!name)
			return;
		field = field_named(t->words->fields[c->kind], t->words->nfields[c->kind], name);
		name = labels && field && field->title ? field->title : name;
		if (!text->len || !is_named(str_text(text), name))
			str_addf(text, "%s%s", text->len ? "、" : "", name);
	}
}

/* what was set, each field once */
static const char *fields_of(struct telling *t, const struct correction *const *list, size_t n,
			     bool labels)
{
	struct str text = { 0 };

	for (size_t i = 0; i < n; i++)
		add_fields(t, &text, list[i], labels);
	return indicator_finish(t->report, &text);
}

static void group_row(struct telling *t, struct table *table, const struct correction *const *list,
		      size_t n)
{
	static const struct {
		const char *code, *label;
	} whats[] = { { "late", "补报" }, { "set", "更正" }, { "withdrawn", "撤回" } };
	const char **ids = arena_array(t->report->arena, n, sizeof(*ids));
	struct cell *cells = table_row(t->report, table);
	day_t first = list[0]->date, last = list[0]->date;
	const char *fields = fields_of(t, list, n, false);

	for (size_t i = 0; ids && i < n; i++) {
		ids[i] = list[i]->id;
		first = list[i]->date < first ? list[i]->date : first;
		last = list[i]->date > last ? list[i]->date : last;
	}
	cell_unit(t, &cells[0], list[0]->unit);
	cell_code(t->report, &cells[1], KIND_INFO[list[0]->kind].name,
		  KIND_INFO[list[0]->kind].label);
	cell_code(t->report, &cells[2], whats[list[0]->what].code, whats[list[0]->what].label);
	cell_integer(&cells[3], (int64_t)n);
	cell_day(t, &cells[4], first);
	cell_day(t, &cells[5], last);
	t->report->failed = t->report->failed || !ids;
	if (ids)
		cell_list(t->report, &cells[6], ids, n);
	if (*fields)
		cell_code(t->report, &cells[7], fields, fields_of(t, list, n, true));
}

static void put_entries(struct telling *t)
{
	struct table *table = TELL_TABLE(t, "corrections", "上期后补报、更正和撤回", "无", ENTRIES);
	const struct correction **list;
	size_t n = 0, start = 0;

	for (const struct correction *c = t->d->corrections; c; c = c->next)
		n++;
	list = arena_array(t->report->arena, n, sizeof(*list));
	if (!list) {
		t->report->failed = true;
		return;
	}
	n = 0;
	for (const struct correction *c = t->d->corrections; c; c = c->next)
		list[n++] = c;
	if (n)
		qsort(list, n, sizeof(*list), by_group);
	for (size_t i = 1; i <= n; i++)
		if (i == n || !same_group(list[start], list[i])) {
			group_row(t, table, list + start, i - start);
			start = i;
		}
}

/* 2024年第18周, 2024年5月 */
static const char *issue_words(struct telling *t, const struct issue *issue)
{
	struct civil civil = civil_of_day(issue->from);
	int year, week;

	if (issue->kind != ISSUE_WEEK)
		return indicator_say(t->report, "%d年%d月", civil.year, civil.month);
	week_of(issue->from, &year, &week);
	return indicator_say(t->report, "%d年第%d周", year, week);
}

void part_corrections(struct telling *t)
{
	const struct dispatch *d = t->d;
	struct table *table;

	tell_section(t, "更正");
	if (!d->has_before) {
		tell(t, "本期为首期，无上期。");
		return;
	}
	tell(t,
	     "上期（%s）按截至%s掌握的情况编发；以下为此后至数据截止时填报或决定、并影响上期各数的"
	     "情况。",
	     issue_words(t, &d->before), day_words(t, d->before.until + 1));
	table = TELL_TABLE(t, "changes", "上期各数的变化", "无", CHANGES);
	count_changes(t, table);
	figure_changes(t, table);
	put_entries(t);
}
