/* walk-add: adds walkthroughs of a matter as an applicant (走流程, annex 2). */
#include "base/msg.h"
#include "cli/add.h"

int main(int argc, char **argv)
{
	static const struct add_command command = {
		.kind = KIND_WALKTHROUGH,
		.summary =
			N_("Add a walkthrough of one matter, as an applicant would do it (走流程, "
			   "annex 2)."),
	};

	return add_main(argc, argv, &command);
}
