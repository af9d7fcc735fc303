/* Why a problem's light is what it is, and what is missing: sentences for people. */
#include "base/str.h"
#include "report/problems.h"

static void say_reason(struct str *out, const struct plan *plan, const struct folded *f,
		       const struct problem_status *s, day_t day)
{
	char date[DATE_SIZE];

	switch (s->reason) {
	case REASON_NONE:
		break;
	case REASON_OVERDUE:
		str_addf(out, "时限%s已过%d天。", date_format(s->due, date), -s->days_left);
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
		str_addf(out, "距时限%s还有%d天。", date_format(s->due, date), s->days_left);
		break;
	case REASON_MILESTONE_MISSED:
		str_add(out, "有到期节点未完成。");
		break;
	}
}

static void say_milestone(struct str *out, const struct plan *plan, const struct folded *f)
{
	for (size_t i = 0; i < f->nmilestones; i++) {
		const struct milestone_state *m = &f->milestones[i];
		char date[DATE_SIZE];

		if (milestone_is_done(plan, f, m) || m->date == DAY_NONE)
			continue;
		str_addf(out, "下一节点：%s %s。", date_format(m->date, date), m->name);
		return;
	}
}

static void say_measures(struct str *out, const struct plan *plan, const struct folded *f)
{
	bool any = false;

	for (size_t i = 0; i < f->nmeasures; i++) {
		const struct measure *m = &f->measures[i];

		if (m->waived || (measure_is_done(plan, f, m) && m->evidence))
			continue;
		str_addf(out, "%s%s%s", any ? "、" : "未完成：", m->id,
			 measure_is_done(plan, f, m) ? "（缺佐证）" : "");
		any = true;
	}
	if (any)
		str_add(out, "。");
}

static void say_closers(struct str *out, const struct plan *plan, const struct folded *f)
{
	const struct node *right = close_right(plan, f);
	bool any = false;

	for (int u = 0; u < (int)plan->nunits; u++)
		if (right_has(plan, right, f, u)) {
			str_addf(out, "%s%s", any ? "、" : "可销号单位：", plan->units[u].name);
			any = true;
		}
	if (any)
		str_add(out, "。");
}

const char *problem_why(const struct plan *plan, const struct folded *f,
			const struct problem_status *s, day_t day, struct arena *arena)
{
	struct str out = { 0 };
	const char *text;

	say_reason(&out, plan, f, s, day);
	if (s->due != DAY_NONE && s->due_original != DAY_NONE && s->due != s->due_original) {
		char date[DATE_SIZE];

		str_addf(&out, "原定时限%s。", date_format(s->due_original, date));
	}
	if (problem_is_open(f)) {
		say_milestone(&out, plan, f);
		say_measures(&out, plan, f);
		say_closers(&out, plan, f);
	}
	text = arena_strdup(arena, str_text(&out));
	str_release(&out);
	return text;
}
