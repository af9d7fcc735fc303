/* indicator-add: adds an observation of an indicator: one unit, one date. */
#include "base/msg.h"
#include "cli/add.h"

/* contract 2: a rate without its parts is shown and never summed, the owner's apart */
static void say_published(struct add *add, const struct candidate *candidate)
{
	const struct plan *plan = &add->cli.plan;
	const struct indicator *indicator =
		plan_indicator(plan, node_string(candidate->record, "indicator"));
	struct finding what = { .level = LEVEL_NOTE, .code = "published-only" };

	if (!node_get(candidate->record, "value") || indicator->city_level ||
	    plan_unit_node(plan, node_get(candidate->record, "unit")) == plan->owner)
		return;
	finding_hint(&add->cli.findings,
		     findings_add(&add->cli.findings, &what, "%s",
				  _("a published value alone is shown, but neither summed nor "
				    "ranked")),
		     "%s", _("give --numerator and --denominator where the source has them"));
}

int main(int argc, char **argv)
{
	static const struct add_command command = {
		.kind = KIND_OBSERVATION,
		.summary = N_("Add a figure of an indicator for one unit and one date (指标数据)."),
		.remark = say_published,
	};

	return add_main(argc, argv, &command);
}
