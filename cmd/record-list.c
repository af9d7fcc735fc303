/* record-list: records of one kind that fulfil conditions, for people and for other programs. */
#include "base/msg.h"
#include "cli/list.h"

int main(int argc, char **argv)
{
	static const struct usage usage = {
		.operands = "KIND",
		.summary = N_("List the records of a kind (visit 走访记录, walkthrough 走流程记录, "
			      "inspection 排查填报, problem 问题, observation 指标数据, visit-plan "
			      "走访计划, supervision 督导督办, submission 佐证资料报送). Withdrawn "
			      "ones are left out, unless asked for by --where state=withdrawn."),
		.least = 1,
		.most = 1,
	};
	static struct cli cli;
	static struct reader reader;
	static struct list_options options;
	struct strings operands = { 0 };

	cli_start(&cli, argc, argv);
	list_add_options(&cli, &options);
	reader_add_options(&cli, &reader, READ_AS_OF | READ_UNIT | READ_REDACT);
	args_parse(argc, argv, &cli.opts, &usage, &operands);
	cli_open(&cli, NULL);
	reader_resolve(&cli, &reader);
	list_print(&cli, &reader, list_kind(&cli, operands.items[0]), &options);
	strings_release(&operands);
	strings_release(&options.where);
	strings_release(&options.fields);
	return cli_end(&cli, DONE);
}
