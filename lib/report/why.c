/* Why a problem's light is what it is, and what is missing: sentences for people. */
#include <string.h>

#include "base/str.h"
#include "model/calendar.h"
#include "model/guard.h"
#include "report/problems.h"

static void say_reason(struct str *out, const struct plan *plan, const struct folded *f,
		       const struct problem_status *s, day_t day)
{
	switch (s->reason) {
	case REASON_NONE:
		break;
	case REASON_OVERDUE:
		str_addf(out, "已逾期%d天。", -s->days_left);
		break;
	case REASON_BEHIND:
		str_addf(out, "进度落后于时间%d个百分点以上。", plan->lights.behind_red);
		break;
	case REASON_RETURNED_TWICE:
		str_addf(out, "已退回%d次。", f->times_returned);
		break;
	case REASON_SILENT:
		str_addf(out, "连续%d周未报进展。", problem_silent_weeks(plan, f, day));
		break;
	case REASON_DUE_SOON:
		str_addf(out, "距时限还有%d天。", s->days_left);
		break;
	case REASON_MILESTONE_MISSED:
		str_add(out, "有到期节点未完成。");
		break;
	}
}

/* the due date, in the words of the plan, and when to remind of it (domain 0.8) */
static void say_due(struct str *out, const struct plan *plan, const struct folded *f,
		    const struct problem_status *s)
{
	const char *words = node_string(f->fields, "due_text");
	char date[DATE_SIZE];
	day_t remind, said;

	if (s->due == DAY_NONE)
		return;
	str_addf(out, "时限%s", date_format(s->due, date));
	/* words that were there before an extension are not those of the new date */
	if (words &&
	    (s->due == s->due_original || (due_parse(plan, words, &said) && said == s->due)))
		str_addf(out, "（%s）", words);
	if (s->due_original != DAY_NONE && s->due != s->due_original)
		str_addf(out, "，原定%s", date_format(s->due_original, date));
	remind = calendar_workday_at_or_before(plan, s->due, NULL);
	if (remind != DAY_NONE && remind != s->due)
		str_addf(out, "，前一工作日%s提醒", date_format(remind, date));
	str_add(out, "。");
}

/* the milestones that were missed, and the next one */
static void say_milestones(struct str *out, const struct plan *plan, const struct folded *f,
			   day_t day)
{
	const struct milestone_state *next = NULL;
	char date[DATE_SIZE];
	bool any = false;

	for (size_t i = 0; i < f->nmilestones; i++) {
		const struct milestone_state *m = &f->milestones[i];

		if (milestone_is_done(plan, f, m) || m->date == DAY_NONE)
			continue;
		if (m->date >= day) {
			next = next ? next : m;
			continue;
		}
		str_addf(out, "%s%s %s", any ? "、" : "已过节点：", date_format(m->date, date),
			 m->name);
		any = true;
	}
	if (any)
		str_add(out, "。");
	if (next)
		str_addf(out, "下一节点：%s %s。", date_format(next->date, date), next->name);
}

static void say_units(struct str *out, const struct plan *plan, const struct unit_set *units)
{
	bool any = false;

	for (int u = 0; u < (int)plan->nunits; u++)
		if (set_has(units, u)) {
			str_addf(out, "%s%s", any ? "、" : "", plan->units[u].name);
			any = true;
		}
	if (!any)
		str_add(out, "无");
}

static struct unit_set holders(const struct plan *plan, const struct folded *f,
			       const struct node *right)
{
	struct unit_set units = { 0 };

	for (int u = 0; u < (int)plan->nunits; u++)
		if (right_has(plan, right, f, u))
			set_add(&units, u);
	return units;
}

/* lead and responsible as the record names them, groups by their name */
static void say_parties(struct str *out, const struct plan *plan, const struct folded *f)
{
	const char *lead = node_string(f->fields, "lead");
	const struct node *responsible = node_get(f->fields, "responsible");

	if (lead)
		str_add(out, plan_name(plan, lead));
	for (size_t i = 0; i < list_count(responsible); i++) {
		const char *id = node_text(&responsible->items[i]);

		if (id && (!lead || strcmp(id, lead) != 0))
			str_addf(out, "%s%s", lead || i ? "、" : "", plan_name(plan, id));
	}
}

/* 立行立改 that was not put to work: the application for closing speaks for its measures */
static bool is_at_once(const struct folded *f)
{
	return f->at_once ||
	       (f->state == STATE_LISTED && node_is(node_get(f->fields, "track"), "immediate"));
}

/* the step that leads on from the state, and whose it is */
static void say_next(struct str *out, const struct plan *plan, const struct folded *f)
{
	static const char *const steps[STATES] = {
		[STATE_REGISTERED] = "列入清单", [STATE_LISTED] = "开始整改",
		[STATE_RECTIFYING] = "申请销号", [STATE_SUBMITTED] = "审核",
		[STATE_RETURNED] = "重新整改",   [STATE_REOPENED] = "重新整改",
	};
	const char *step =
		steps[f->state == STATE_LISTED && is_at_once(f) ? STATE_RECTIFYING : f->state];
	const char *right = f->state == STATE_REGISTERED  ? "list"
			    : f->state == STATE_SUBMITTED ? "review"
							  : NULL;
	struct unit_set units;

	if (!step)
		return;
	str_addf(out, "下一步：%s（", step);
	if (right) {
		units = holders(plan, f, node_get(plan->rights, right));
		say_units(out, plan, &units);
	} else {
		say_parties(out, plan, f);
	}
	str_add(out, "）。");
}

/* what the guards of closing would say, in a report's words */
static const char *words_of(const char *guard)
{
	static const struct {
		const char *guard, *words;
	} table[] = {
		{ "second-person", "第二人审核通过" },
		{ "review-failed", "最近一次审核未通过，须重新审核" },
		{ "needs-evidence", "佐证资料" },
		{ "follow-up", "回访诉求人" },
		{ "policy", "制度措施（或说明）" },
		{ "observation", "列账后的指标数据（或说明）" },
		{ "target", "指标达到目标（或说明）" },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++)
		if (strcmp(table[i].guard, guard) == 0)
			return table[i].words;
	return NULL;
}

static const struct figures *known_figures(void *context)
{
	return context;
}

/* measures by their ids, the rest once each */
static void say_missing(struct str *out, const struct plan *plan, const struct folded *f,
			const struct figures *figures, day_t day)
{
	struct guard_world world = { .plan = plan,
				     .context = (void *)(uintptr_t)figures,
				     .figures = figures ? known_figures : NULL };
	moment_t at = moment_of_day(day + 1, plan->offset) - 1;
	const char *before = "销号前还须：";
	struct findings list = { 0 };
	bool none = false; /* not a file yet: said once for all */

	guards_closing(&world, f, at, &list);
	for (size_t i = 0; i < list.count; i++)
		none = none || strcmp(list.items[i].code, "needs-evidence") == 0;
	for (size_t i = 0; i < f->nmeasures && !is_at_once(f); i++) {
		const struct measure *m = &f->measures[i];
		bool done = measure_is_done(plan, f, m);

		if (m->waived || (done && m->evidence))
			continue;
		str_addf(out, "%s%s%s", before, m->id,
			 done                  ? "佐证"
			 : m->evidence || none ? "完成"
					       : "完成并附佐证");
		if (!done && list_count(m->units)) {
			struct unit_set units = measure_awaits(plan, m);

			str_add(out, "（");
			say_units(out, plan, &units);
			str_add(out, "）");
		}
		before = "、";
	}
	for (size_t i = 0; i < list.count; i++) {
		const char *words = words_of(list.items[i].code);
		bool again = !words;

		for (size_t j = 0; j < i && !again; j++)
			again = strcmp(list.items[j].code, list.items[i].code) == 0;
		if (again)
			continue;
		str_addf(out, "%s%s", before, words);
		before = "、";
	}
	if (strcmp(before, "、") == 0)
		str_add(out, "。");
	findings_release(&list);
}

/* who may close; which of them only after a review, where what is missing does not say so of all */
static void say_closers(struct str *out, const struct plan *plan, const struct folded *f)
{
	const struct unit_set units = holders(plan, f, close_right(plan, f));
	int first = NO_UNIT;

	str_add(out, "可销号单位：");
	for (int u = 0; u < (int)plan->nunits; u++) {
		if (!set_has(&units, u))
			continue;
		str_addf(out, "%s%s", first == NO_UNIT ? "" : "、", plan->units[u].name);
		first = first == NO_UNIT ? u : first;
		if (!f->review && guards_second(plan, f, u) && !guards_second(plan, f, first))
			str_add(out, "（须先经第二人审核）");
	}
	str_add(out, first == NO_UNIT ? "无。" : "。");
}

const char *problem_why(const struct plan *plan, const struct folded *f,
			const struct problem_status *s, const struct figures *figures, day_t day,
			struct arena *arena)
{
	struct str out = { 0 };
	const char *text;

	say_reason(&out, plan, f, s, day);
	say_due(&out, plan, f, s);
	if (problem_is_open(f))
		say_milestones(&out, plan, f, day);
	say_next(&out, plan, f);
	if (problem_is_open(f)) {
		say_missing(&out, plan, f, figures, day);
		say_closers(&out, plan, f);
	}
	text = out.failed ? NULL : arena_strdup(arena, str_text(&out));
	str_release(&out);
	return text;
}
