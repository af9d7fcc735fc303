/* record-check: everything that can be wrong in a record folder, in one list. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "cli/across.h"
#include "cli/against.h"
#include "cli/check.h"
#include "cli/progress.h"
#include "cli/read.h"
#include "cli/sweep.h"
#include "cli/told.h"

static struct options {
	bool strict, tidy, evidence;
	const char *against, *format;
} options;

struct job {
	struct cli *cli;
	struct checker checker;
	struct evidence_names names;
	struct across across;
	size_t files;
};

/* what a batch found beside findings */
struct result {
	size_t files;
	struct across_notes across;
	struct evidence_names names;
};

static void *new_run(void *context)
{
	return check_run_new(&((struct job *)context)->checker);
}

static void free_run(void *run)
{
	check_run_free(run);
}

static bool work(void *context, void *run, struct arena *arena, const struct stored *stored,
		 struct batch *batch)
{
	struct job *job = context;
	struct result *result = batch->result;
	struct checked checked;

	if (!result)
		result = batch->result = arena_alloc(&batch->arena, sizeof(*result));
	if (!result)
		return false;
	if (stored->type <= STORED_ORPHAN)
		result->files += stored->nfiles - (stored->files[0].name == NULL);
	if (stored->type == STORED_LEFT && options.tidy)
		return sweep_left(job->cli, stored->folder, stored->id, &batch->findings);
	if (stored->type == STORED_LEFT && !sweep_is_left(job->cli, stored->folder, stored->id))
		return true;
	if (!check_stored(&job->checker, run, stored, arena, &batch->findings, &checked))
		return false;
	if (!across_note(&result->across, &job->cli->plan, &checked, &batch->arena))
		return false;
	for (size_t i = 0; i < checked.nevents; i++)
		if (!evidence_names_take(&result->names, checked.events[i]))
			return false;
	return true;
}

static bool take(void *context, struct batch *batch)
{
	struct job *job = context;
	struct result *result = batch->result;

	if (!result)
		return true;
	job->files += result->files;
	progress_tick(result->files);
	return across_join(&job->across, &result->across) &&
	       evidence_names_join(&job->names, &result->names);
}

static void scan_one(struct job *job, struct scan *scan)
{
	scan->odd = true;
	scan->worker_new = new_run;
	scan->worker_free = free_run;
	scan->work = work;
	scan->take = take;
	scan->context = job;
	if (store_scan(&job->cli->store, scan, &job->cli->findings) != DONE)
		cli_fail(job->cli, CANNOT);
	progress_end();
}

static void check_paths(struct job *job, const struct strings *operands)
{
	struct cli *cli = job->cli;
	struct scan everything = { .units = cli->plan.folders,
				   .nunits = cli->plan.nfolders,
				   .kinds = ALL_KINDS };
	struct scan *scans;
	size_t n = paths_limits(cli, operands, &scans);
	bool all = n == 0;

	if (all) {
		scans = &everything;
		n = 1;
	}
	for (size_t i = 0; i < n; i++)
		scan_one(job, &scans[i]);
	across_check(&job->across, cli);
	for (size_t i = 0; i < n; i++)
		all = all || scans[i].units == cli->plan.folders;
	if (all) {
		sweep_root(cli, &job->names, options.tidy);
		cli_tell_share(cli, LEVEL_NOTE);
	}
	for (size_t i = 0; i < n && !all; i++)
		if (scans[i].kinds == ALL_KINDS)
			sweep_unit(cli, scans[i].units[0], &job->names, options.tidy);
}

/* what the system did not let us do is no answer */
static bool is_io(const struct findings *findings)
{
	for (size_t i = 0; i < findings->count; i++)
		if (strcmp(findings->items[i].code, "io") == 0)
			return true;
	return false;
}

static enum outcome run(struct job *job, const struct strings *operands)
{
	struct cli *cli = job->cli;
	struct id_set ids;
	enum outcome outcome;

	id_set_read(cli, &ids);
	checker_init(&job->checker, cli, &ids, ALL_KINDS);
	job->checker.hash_evidence = options.evidence;
	check_paths(job, operands);
	if (options.against)
		against_check(cli, options.against);
	findings_sort(&cli->findings);
	outcome = is_io(&cli->findings)                      ? CANNOT
		  : cli->findings.errors                     ? REFUSED
		  : options.strict && cli->findings.warnings ? REFUSED
							     : DONE;
	told_print(cli, options.format, job->files, cli->store.prefix);
	id_set_release(&ids);
	evidence_names_release(&job->names);
	across_release(&job->across);
	return outcome;
}

int main(int argc, char **argv)
{
	static const struct usage usage = {
		.operands = "[PATH...]",
		.summary = N_(
			"Check a record folder, or the parts of it that are named: YAML, schemas, "
			"references, names, moves, guards, evidence."),
		.most = SIZE_MAX,
	};
	const struct opt table[] = {
		{ .help = N_("What to check:") },
		{ .name = "evidence",
		  .help = N_("compare the digests of evidence files"),
		  .flag = &options.evidence },
		{ .name = "strict",
		  .help = N_("warnings count as errors"),
		  .flag = &options.strict },
		{ .name = "tidy",
		  .help = N_("remove the temporary files of killed commands"),
		  .flag = &options.tidy },
		{ .name = "against",
		  .metavar = "REV",
		  .help = N_("also: nothing of that commit changed or gone under the unit folders"),
		  .one = &options.against },
		{ .name = "format",
		  .metavar = "FORMAT",
		  .help = N_("text or json"),
		  .one = &options.format },
	};
	static struct cli cli;
	static struct job job = { .cli = &cli };
	struct strings operands = { 0 };
	enum outcome outcome;

	cli_start(&cli, argc, argv);
	cli_add_options(&cli, table, sizeof(table) / sizeof(*table));
	args_parse(argc, argv, &cli.opts, &usage, &operands);
	told_check_format(options.format);
	cli_open(&cli, operands.count ? operands.items[0] : NULL);
	outcome = run(&job, &operands);
	strings_release(&operands);
	return cli_end(&cli, outcome);
}
