/* indicator-add: adds an observation of an indicator: one unit, one date. */
#include "base/msg.h"
#include "cli/add.h"

int main(int argc, char **argv)
{
	static const struct add_command command = {
		.kind = KIND_OBSERVATION,
		.summary = N_("Add a figure of an indicator for one unit and one date (指标数据)."),
	};

	return add_main(argc, argv, &command);
}
