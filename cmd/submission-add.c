/* submission-add: records that a unit handed in its evidence (佐证资料报送). */
#include "base/msg.h"
#include "cli/add.h"

int main(int argc, char **argv)
{
	static const struct add_command command = {
		.kind = KIND_SUBMISSION,
		.summary =
			N_("Record the hand-in of a unit's evidence for a period (佐证资料报送)."),
	};

	return add_main(argc, argv, &command);
}
