/* The order of the sections, and what they share. */
#include "report/dispatch_part.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

static const char *const DIGITS[] = { "", "一", "二", "三", "四", "五", "六", "七", "八", "九" };

const char *count_words(struct telling *t, int n)
{
	if (n > 0 && n < 10)
		return DIGITS[n];
	if (n >= 10 && n < 100)
		return indicator_say(t->report, "%s十%s", n < 20 ? "" : DIGITS[n / 10],
				     DIGITS[n % 10]);
	return indicator_say(t->report, "%d", n);
}

void tell_section(struct telling *t, const char *title)
{
	report_heading(t->report, 2,
		       indicator_say(t->report, "%s、%s", count_words(t, ++t->section), title));
}

void tell(struct telling *t, const char *format, ...)
{
	const char *text;
	va_list args;

	va_start(args, format);
	text = arena_vprintf(t->report->arena, format, args);
	va_end(args);
	if (text)
		report_paragraph(t->report, text);
	else
		t->report->failed = true;
}

const char *plan_short(const struct plan *plan, int unit)
{
	const struct node *aliases = node_get(plan->units[unit].node, "aliases");
	const char *best = plan->units[unit].name;

	for (size_t i = 0; i < list_count(aliases); i++) {
		const char *alias = node_text(&aliases->items[i]);

		if (alias && utf8_width(alias, strlen(alias)) < utf8_width(best, strlen(best)) &&
		    !plan_unit_former(plan, unit, alias))
			best = alias;
	}
	return best;
}

void cell_unit(struct telling *t, struct cell *cell, int unit)
{
	if (unit != NO_UNIT)
		cell_code(t->report, cell, t->plan->units[unit].id, t->plan->units[unit].name);
}

void cell_short_unit(struct telling *t, struct cell *cell, int unit)
{
	if (unit != NO_UNIT)
		cell_code(t->report, cell, t->plan->units[unit].id, plan_short(t->plan, unit));
}

void cell_day(struct telling *t, struct cell *cell, day_t day)
{
	char text[DATE_SIZE];

	if (day != DAY_NONE)
		cell_text(t->report, cell, date_format(day, text));
}

void cell_light(struct telling *t, struct cell *cell, const struct problem_status *s)
{
	static const enum tone tones[] = { TONE_NONE, TONE_RED, TONE_YELLOW, TONE_GREEN, TONE_DIM };
	bool reason = s->reason != REASON_NONE;

	if (s->light == LIGHT_NONE)
		return;
	cell_code(t->report, cell, light_code(s->light),
		  indicator_say(t->report, "%s%s%s", light_label(s->light), reason ? " " : "",
				reason ? reason_label(s->reason) : ""));
	cell->tone = tones[s->light];
}

void cell_days_left(struct telling *t, struct cell *cell, const struct problem_status *s)
{
	(void)t;
	if (!s->has_days)
		return;
	cell_integer(cell, s->days_left);
	cell->tone = s->days_left < 0 ? TONE_RED : TONE_NONE;
}

void tell_figure(struct telling *t, struct cell *cell, const struct indicator *indicator,
		 bool known, int64_t value, const char *words)
{
	char text[FIGURE_SIZE];

	if (known)
		cell_code(t->report, cell, value_format(indicator, value, text), words);
	else if (strcmp(words, "—") != 0)
		cell_absent(t->report, cell, words);
}

const char *day_words(struct telling *t, day_t day)
{
	struct civil c = civil_of_day(day);

	return indicator_say(t->report, "%d年%d月%d日", c.year, c.month, c.day);
}

const char *short_day(struct telling *t, day_t day)
{
	struct civil c = civil_of_day(day);

	return indicator_say(t->report, "%d月%d日", c.month, c.day);
}

const char *period_word(const struct telling *t)
{
	static const char *const words[] = { "本周", "本月", "活动以来" };

	return words[t->d->issue.kind];
}

const char *before_word(const struct telling *t)
{
	return t->d->issue.kind == ISSUE_WEEK ? "上周" : "上月";
}

const char *next_word(const struct telling *t)
{
	static const char *const words[] = { "下周", "下月", "下一步" };

	return words[t->d->issue.kind];
}

const char *names_of_set(struct telling *t, const struct unit_set *set)
{
	struct str names = { 0 };

	for (int u = 0; u < (int)t->plan->nunits; u++)
		if (set_has(set, u))
			str_addf(&names, "%s%s", names.len ? "、" : "", t->plan->units[u].name);
	if (!names.len)
		str_add(&names, "无");
	return indicator_finish(t->report, &names);
}

int by_days_left(const void *a, const void *b)
{
	const struct issue_item *x = *(const struct issue_item *const *)a,
				*y = *(const struct issue_item *const *)b;

	if (x->status.days_left != y->status.days_left)
		return x->status.days_left < y->status.days_left ? -1 : 1;
	return strcmp(x->id, y->id);
}

int by_place(const void *a, const void *b)
{
	const struct issue_item *x = *(const struct issue_item *const *)a,
				*y = *(const struct issue_item *const *)b;

	return x->unit != y->unit ? x->unit - y->unit : strcmp(x->id, y->id);
}

const struct issue_item **chosen_items(struct telling *t, item_filter *passes, item_order *order,
				       size_t *n)
{
	const struct issue_item **list;
	size_t count = 0;

	*n = 0;
	for (const struct issue_item *item = t->d->items; item; item = item->next)
		count += passes(t, item);
	list = arena_array(t->report->arena, count, sizeof(*list));
	if (!list) {
		t->report->failed = true;
		return NULL;
	}
	for (const struct issue_item *item = t->d->items; item; item = item->next)
		if (passes(t, item))
			list[(*n)++] = item;
	if (count)
		qsort(list, count, sizeof(*list), order);
	return list;
}

/* domain 2.10 */
static void (*const WEEKLY[])(struct telling *t) = {
	part_head,      part_notes, part_overall,     part_plan_problems, part_required,
	part_points,    part_units, part_lights,      part_due,           part_followed_up,
	part_oversight, part_next,  part_corrections, part_lists,         NULL,
};

/* domain 2.11 */
static void (*const MONTHLY[])(struct telling *t) = {
	part_head,     part_notes,    part_overall,  part_plan_problems,
	part_due_now,  part_ranking,  part_required, part_topics,
	part_duty,     part_standing, part_next,     part_corrections,
	part_appendix, NULL,
};

static void (*const FINAL[])(struct telling *t) = {
	part_head,   part_notes,    part_summary,     part_plan_results, part_own_problems,
	part_tracks, part_policies, part_appeals,     part_effects,      part_goals,
	part_duty,   part_outlook,  part_corrections, part_annexes,      NULL,
};

void dispatch_report(struct report *report, const struct dispatch *d,
		     const struct dispatch_words *words)
{
	struct telling t = {
		.report = report, .d = d, .plan = d->plan, .words = words, .rows = dispatch_rows(d)
	};

	static void (*const *const orders[])(struct telling * t) = {
		[ISSUE_WEEK] = WEEKLY, [ISSUE_MONTH] = MONTHLY, [ISSUE_FINAL] = FINAL
	};

	for (void (*const *part)(struct telling * t) = orders[d->issue.kind]; *part; part++)
		(*part)(&t);
}
