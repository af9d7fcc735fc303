/* Problems in lists: 红黄灯, 临期与逾期, what comes next, 新增 推进 已销号. */
#include <stdlib.h>
#include <string.h>

#include "model/calendar.h"
#include "report/dispatch_part.h"

static const struct column LIGHTS[] = {
	{ "light", "灯", CELL_CODE, 0, 0 },  { "light_reason", "原因", CELL_CODE, 0, 0 },
	{ "id", "编号", CELL_CODE, 0, 0 },   { "title", "问题", CELL_TEXT, 0, 3 },
	{ "unit", "单位", CELL_CODE, 0, 0 }, { "lead", "牵头单位", CELL_CODE, COLUMN_DATA_ONLY, 0 },
	{ "due", "时限", CELL_DATE, 0, 0 },  { "days_left", "余天", CELL_INTEGER, 0, 0 },
};

static bool is_late_red(const struct telling *t, const struct issue_item *item)
{
	(void)t;
	return item->in_units && item->status.light == LIGHT_RED &&
	       item->status.reason != REASON_SILENT;
}

static bool is_late_yellow(const struct telling *t, const struct issue_item *item)
{
	(void)t;
	return item->in_units && item->status.light == LIGHT_YELLOW &&
	       item->status.reason != REASON_SILENT;
}

static bool is_silent(const struct telling *t, const struct issue_item *item)
{
	(void)t;
	return item->in_units && item->status.reason == REASON_SILENT;
}

static void light_row(struct telling *t, struct table *table, const struct issue_item *item)
{
	const struct problem_status *s = &item->status;
	struct cell *cells = table_row(t->report, table);

	cell_code(t->report, &cells[0], light_code(s->light), light_label(s->light));
	cells[0].tone = s->light == LIGHT_RED ? TONE_RED : TONE_YELLOW;
	cell_code(t->report, &cells[1], reason_code(s->reason), reason_label(s->reason));
	cell_text(t->report, &cells[2], item->id);
	cell_text(t->report, &cells[3], item->title);
	cell_short_unit(t, &cells[4], item->unit);
	cell_unit(t, &cells[5], item->lead);
	cell_day(t, &cells[6], s->due);
	cell_days_left(t, &cells[7], s);
}

static int silent_order(const void *a, const void *b)
{
	const struct issue_item *x = *(const struct issue_item *const *)a,
				*y = *(const struct issue_item *const *)b;

	if (x->status.light != y->status.light)
		return x->status.light == LIGHT_RED ? -1 : 1;
	return by_days_left(a, b);
}

void part_lights(struct telling *t)
{
	size_t red, yellow, silent;
	const struct issue_item **reds = chosen_items(t, is_late_red, by_days_left, &red);
	const struct issue_item **yellows = chosen_items(t, is_late_yellow, by_days_left, &yellow);
	const struct issue_item **silents = chosen_items(t, is_silent, silent_order, &silent);
	struct table *table;

	tell_section(t, "红黄灯清单");
	tell(t, "红灯%zu件，黄灯%zu件；另有未报进展%zu件，单独列出，不与滞后混计。", red, yellow,
	     silent);
	table = TELL_TABLE(t, "lights", "红灯与黄灯", "无", LIGHTS);
	for (size_t i = 0; i < red; i++)
		light_row(t, table, reds[i]);
	for (size_t i = 0; i < yellow; i++)
		light_row(t, table, yellows[i]);
	table = TELL_TABLE(t, "silent", "未报进展", "无", LIGHTS);
	for (size_t i = 0; i < silent; i++)
		light_row(t, table, silents[i]);
	tell(t, "没有目标值和节点的问题，只能按时限和填报判断。");
}

static const struct column DUE[] = {
	{ "when", "类别", CELL_CODE, 0, 0 },
	{ "id", "编号", CELL_CODE, 0, 0 },
	{ "title", "问题", CELL_TEXT, 0, 3 },
	{ "unit", "单位", CELL_CODE, 0, 0 },
	{ "lead", "牵头单位", CELL_CODE, COLUMN_DATA_ONLY, 0 },
	{ "state", "状态", CELL_CODE, 0, 0 },
	{ "due", "时限", CELL_DATE, 0, 0 },
	{ "days_left", "余天", CELL_INTEGER, 0, 0 },
};

#define SOON 7
#define LATER 14

static bool is_due(const struct telling *t, const struct issue_item *item)
{
	(void)t;
	return item->in_units && item->status.has_days && item->status.days_left <= LATER;
}

static void due_row(struct telling *t, struct table *table, const struct issue_item *item)
{
	static const struct {
		const char *code, *label;
	} when[] = { { "overdue", "逾期" }, { "within-7", "7天内" }, { "within-14", "14天内" } };
	int days = item->status.days_left, which = days < 0 ? 0 : days <= SOON ? 1 : 2;
	struct cell *cells = table_row(t->report, table);

	cell_code(t->report, &cells[0], when[which].code, when[which].label);
	cells[0].tone = which == 0 ? TONE_RED : which == 1 ? TONE_YELLOW : TONE_NONE;
	cell_text(t->report, &cells[1], item->id);
	cell_text(t->report, &cells[2], item->title);
	cell_short_unit(t, &cells[3], item->unit);
	cell_unit(t, &cells[4], item->lead);
	cell_code(t->report, &cells[5], state_name(item->state), state_label(item->state));
	cell_day(t, &cells[6], item->status.due);
	cell_days_left(t, &cells[7], &item->status);
}

void part_due(struct telling *t)
{
	size_t n;
	const struct issue_item **items = chosen_items(t, is_due, by_days_left, &n);
	struct table *table;

	tell_section(t, "临期与逾期");
	table = TELL_TABLE(t, "due", "按剩余天数", "无", DUE);
	for (size_t i = 0; i < n; i++)
		due_row(t, table, items[i]);
}

static const struct column NEXT[] = {
	{ "date", "日期", CELL_DATE, 0, 0 }, { "what", "事项", CELL_TEXT, 0, 1 },
	{ "id", "编号", CELL_CODE, 0, 0 },   { "title", "问题", CELL_TEXT, 0, 2 },
	{ "unit", "单位", CELL_CODE, 0, 0 },
};

struct to_come {
	day_t date;
	const char *what;
	const struct issue_item *item;
};

static int by_date(const void *a, const void *b)
{
	const struct to_come *x = a, *y = b;
	int order;

	if (x->date != y->date)
		return x->date < y->date ? -1 : 1;
	order = strcmp(x->item->id, y->item->id);
	return order ? order : strcmp(x->what, y->what);
}

static bool falls_due(const struct telling *t, const struct issue_item *item)
{
	return item->status.has_days && item->status.due > t->d->day &&
	       item->status.due <= t->d->next_until;
}

static size_t gather(struct telling *t, struct to_come *out)
{
	size_t n = 0;

	for (const struct issue_item *item = t->d->items; item; item = item->next) {
		for (size_t i = 0; i < item->nmilestones; i++, n++)
			if (out)
				out[n] = (struct to_come){ item->milestones[i].date,
							   item->milestones[i].name, item };
		if (!falls_due(t, item))
			continue;
		if (out)
			out[n] = (struct to_come){ item->status.due, "时限到期", item };
		n++;
	}
	return n;
}

/* days of the next period on which the week's rule is broken */
static void tell_holidays(struct telling *t)
{
	struct str off = { 0 }, worked = { 0 };

	for (day_t day = t->d->day + 1; day <= t->d->next_until; day++) {
		bool workday, weekend = weekday_of(day) > 5;

		if (!calendar_is_workday(t->plan, day, &workday, NULL) || workday != weekend)
			continue;
		str_addf(workday ? &worked : &off, "%s%s", (workday ? worked : off).len ? "、" : "",
			 short_day(t, day));
	}
	tell(t, "%s放假：%s；周末上班：%s。", next_word(t), off.len ? str_text(&off) : "无",
	     worked.len ? str_text(&worked) : "无");
	t->report->failed = t->report->failed || off.failed || worked.failed;
	str_release(&off);
	str_release(&worked);
}

void part_next(struct telling *t)
{
	size_t n = gather(t, NULL);
	struct to_come *list = arena_array(t->report->arena, n, sizeof(*list));
	struct table *table;

	tell_section(t, t->d->issue.kind == ISSUE_MONTH ? "下月要求" : "下周重点");
	table = TELL_TABLE(t, "next", "节点和时限", "无", NEXT);
	if (!list) {
		t->report->failed = true;
		return;
	}
	gather(t, list);
	if (n)
		qsort(list, n, sizeof(*list), by_date);
	for (size_t i = 0; i < n; i++) {
		struct cell *cells = table_row(t->report, table);

		cell_day(t, &cells[0], list[i].date);
		cell_text(t->report, &cells[1], list[i].what);
		cell_text(t->report, &cells[2], list[i].item->id);
		cell_text(t->report, &cells[3], list[i].item->title);
		cell_short_unit(t, &cells[4], list[i].item->unit);
	}
	tell_holidays(t);
}

static const struct column LISTS[] = {
	{ "id", "编号", CELL_CODE, 0, 0 },
	{ "title", "问题", CELL_TEXT, 0, 3 },
	{ "unit", "单位", CELL_CODE, 0, 0 },
	{ "state", "状态", CELL_CODE, 0, 0 },
	{ "due", "时限", CELL_DATE, 0, 0 },
	{ "listed", "列账日期", CELL_DATE, COLUMN_DATA_ONLY, 0 },
	{ "closed", "销号日期", CELL_DATE, COLUMN_DATA_ONLY, 0 },
};

static bool is_added(const struct telling *t, const struct issue_item *item)
{
	(void)t;
	return item->in_units && item->added;
}

static bool is_open(const struct telling *t, const struct issue_item *item)
{
	(void)t;
	return item->in_units && STATE_BIT(item->state) & OPEN_STATES;
}

static bool is_closed_now(const struct telling *t, const struct issue_item *item)
{
	(void)t;
	return item->in_units && item->gone && item->state == STATE_CLOSED;
}

static void put_list(struct telling *t, const char *key, const char *title, item_filter *passes)
{
	size_t n;
	const struct issue_item **items = chosen_items(t, passes, by_place, &n);
	struct table *table = TELL_TABLE(t, key, title, "无", LISTS);

	for (size_t i = 0; i < n; i++) {
		struct cell *cells = table_row(t->report, table);

		cell_text(t->report, &cells[0], items[i]->id);
		cell_text(t->report, &cells[1], items[i]->title);
		cell_short_unit(t, &cells[2], items[i]->unit);
		cell_code(t->report, &cells[3], state_name(items[i]->state),
			  state_label(items[i]->state));
		cell_day(t, &cells[4], items[i]->status.due);
		cell_day(t, &cells[5], items[i]->listed);
		cell_day(t, &cells[6], items[i]->closed);
	}
}

void put_lists(struct telling *t)
{
	put_list(t, "list_added", "新增", is_added);
	put_list(t, "list_open", "推进", is_open);
	put_list(t, "list_closed", "已销号", is_closed_now);
}

void part_lists(struct telling *t)
{
	report_heading(t->report, 2, "附表");
	put_lists(t);
}
