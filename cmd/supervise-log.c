/* supervise-log: adds what was done to see that work is done (督导督办). */
#include "base/msg.h"
#include "cli/add.h"

int main(int argc, char **argv)
{
	static const struct add_command command = {
		.kind = KIND_SUPERVISION,
		.summary =
			N_("Add an inspection, order, meeting, interview, circular or report on a "
			   "unit (督导督办); its answer is added with rectify-status --reply."),
	};

	return add_main(argc, argv, &command);
}
