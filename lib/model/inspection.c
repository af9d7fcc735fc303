#include "model/inspection.h"

#include <string.h>

#include "base/num.h"

#define PLACES 2

const struct derived_figure INSPECTION_DERIVED[] = {
	{ "published", "已公布", "boolean" },             /* F02: an empty list says 未公布 */
	{ "guide_share", "办事指南占比（%）", "string" }, /* F03 */
	{ "flowchart_share", "流程图占比（%）", "string" },
	{ "online_pay_share", "网上支付占比（%）", "string" }, /* F04 */
	{ "rate", "实现率（%）", "string" },                   /* F06 */
	{ "satisfied", "已设置", "boolean" },                  /* F10: either window is enough */
	{ "covered_share", "覆盖率（%）", "string" },          /* F12 */
	{ "full", "全覆盖", "boolean" },
	{ "mechanisms_count", "已建立机制数（共4项）", "integer" }, /* F13, plan L31 */
	{ "met", "达到标准", "boolean" },                           /* F14 */
};

const size_t INSPECTION_NDERIVED = sizeof(INSPECTION_DERIVED) / sizeof(*INSPECTION_DERIVED);

struct deriving {
	const struct plan *plan;
	const struct node *fields, *values;
	struct node *map;
	struct arena *arena;
	bool failed;
};

static void put(struct deriving *d, const char *name, struct node *value)
{
	if (!value || node_set(d->arena, d->map, name, value) < 0)
		d->failed = true;
}

static void put_boolean(struct deriving *d, const char *name, bool value)
{
	put(d, name, node_new_boolean(d->arena, value));
}

static void put_share(struct deriving *d, const char *name, const char *numerator,
		      const char *denominator)
{
	int64_t n = node_integer(d->values, numerator, -1);
	int64_t of = node_integer(d->values, denominator, -1);
	char text[FIGURE_SIZE];

	if (n < 0 || of < 0)
		return;
	if (of == 0) {
		put(d, name, node_new_null(d->arena));
		return;
	}
	decimal_format(share_percent(n, of, PLACES), PLACES, text);
	put(d, name, node_new_string(d->arena, text, strlen(text)));
}

/* the target of the indicator that is read from this point (F14: 以上 includes the number) */
static void put_met(struct deriving *d)
{
	int64_t point = node_integer(d->fields, "point", 0);

	for (size_t i = 0; i < d->plan->nindicators; i++) {
		const struct indicator *indicator = &d->plan->indicators[i];
		int64_t count = indicator->from_count
					? node_integer(d->values, indicator->from_count, -1)
					: -1;

		if (indicator->point != point || count < 0 || !indicator->target.known)
			continue;
		if (indicator->target_op == TARGET_AT_LEAST)
			put_boolean(d, "met", count >= indicator->target.value);
		else if (indicator->target_op == TARGET_AT_MOST)
			put_boolean(d, "met", count <= indicator->target.value);
		return;
	}
}

static void put_existence(struct deriving *d)
{
	const struct node *channels = node_get(d->values, "channels");
	const struct node *mechanisms = node_get(d->values, "mechanisms");

	if (channels && !node_get(d->values, "disclosed"))
		put_boolean(d, "published", list_count(channels) > 0);
	if (node_get(d->values, "has_complaint_window") ||
	    node_get(d->values, "has_stuck_matter_window"))
		put_boolean(d, "satisfied",
			    node_boolean(d->values, "has_complaint_window", false) ||
				    node_boolean(d->values, "has_stuck_matter_window", false));
	if (mechanisms)
		put(d, "mechanisms_count",
		    node_new_integer(d->arena, (int64_t)list_count(mechanisms)));
}

struct node *inspection_derived(const struct plan *plan, const struct node *fields,
				struct arena *arena)
{
	struct deriving d = { .plan = plan,
			      .fields = fields,
			      .values = node_get(fields, "values"),
			      .map = node_new_map(arena),
			      .arena = arena };
	int64_t windows = node_integer(d.values, "windows_total", -1);

	if (!d.map)
		return NULL;
	put_share(&d, "guide_share", "guide_count", "items_published");
	put_share(&d, "flowchart_share", "flowchart_count", "items_published");
	put_share(&d, "online_pay_share", "online_pay_items", "fee_items");
	put_share(&d, "rate", "realised", "state_deployed");
	put_share(&d, "covered_share", "windows_covered", "windows_total");
	if (windows >= 0)
		put_boolean(&d, "full",
			    windows > 0 &&
				    node_integer(d.values, "windows_covered", -1) == windows);
	put_existence(&d);
	put_met(&d);
	return d.failed ? NULL : d.map;
}

const char *inspection_cumulative(const struct plan *plan, int64_t point)
{
	const struct focus_point *p = plan_point(plan, point);

	for (size_t i = 0; p && p->cumulative && i < plan->nindicators; i++)
		if (plan->indicators[i].point == p->id && plan->indicators[i].from_count)
			return plan->indicators[i].from_count;
	return NULL;
}
