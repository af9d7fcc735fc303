/* evidence-add: adds files of evidence to a record (佐证资料). */
#include <stdio.h>

#include "base/msg.h"
#include "cli/change.h"

int main(int argc, char **argv)
{
	static const struct usage usage = {
		.operands = "RECORD FILE...",
		.summary =
			N_("Add files of evidence to a record. What a camera wrote into a JPEG is "
			   "taken out. Do not attach ID cards, phone lists, faces or scans of "
			   "signatures: what git has once kept stays."),
		.least = 2,
		.most = SIZE_MAX,
	};
	static struct cli cli;
	static struct writer writer;
	static struct change change;
	struct strings operands = { 0 }, record = { 0 };
	enum outcome outcome;
	struct ref *ref;

	cli_start(&cli, argc, argv);
	writer_add_options(&cli, &writer, true);
	change_evidence_options(&cli, &writer, &change);
	args_parse(argc, argv, &cli.opts, &usage, &operands);
	cli_open(&cli, path_operand(&(struct strings){ .items = operands.items, .count = 1 }));
	writer_resolve(&cli, &writer);
	if (strings_add(&record, operands.items[0]) < 0)
		cli_no_memory(&cli);
	if (refs_resolve(&cli, &record, &ref) != 1)
		usage_error("%s", _("evidence goes to one record"));
	for (size_t i = 1; i < operands.count; i++)
		if (strings_add(&change.files, operands.items[i]) < 0)
			cli_no_memory(&cli);
	change_prepare(&change);
	outcome = change_add(&change, ref);
	if (outcome == DONE && !writer.dry_run)
		change_caution(&cli);
	change_release(&change);
	strings_release(&operands);
	strings_release(&record);
	return cli_end(&cli, outcome);
}
