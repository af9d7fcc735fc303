/* submission-add: records that a unit handed in its evidence (佐证资料报送). */
#include "base/msg.h"
#include "cli/add.h"

/* what is named as handed in lies there */
static void check_files(struct add *add, const struct candidate *candidate)
{
	const struct node *items = node_get(candidate->record, "items");

	for (size_t i = 0; i < list_count(items); i++) {
		const struct node *file = node_get(&items->items[i], "evidence");
		struct finding what = { .level = LEVEL_ERROR,
					.code = "evidence-missing",
					.file = candidate->source.name };

		if (!file || store_has(&add->cli.store, file->text))
			continue;
		what.line = file->line;
		what.column = file->column;
		finding_hint(&add->cli.findings,
			     findings_add(&add->cli.findings, &what,
					  _("the evidence '%s' is missing"), file->text),
			     "%s", _("add the file to a record first: evidence-add RECORD FILE"));
	}
}

int main(int argc, char **argv)
{
	static const struct add_command command = {
		.kind = KIND_SUBMISSION,
		.summary =
			N_("Record the hand-in of a unit's evidence for a period (佐证资料报送)."),
		.remark = check_files,
	};

	return add_main(argc, argv, &command);
}
