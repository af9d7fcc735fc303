/* record-check: everything that can be wrong in a record folder, in one list. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
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

/* an observation's unit, indicator and date in one number, and which it is */
struct seen {
	uint64_t key, id;
};

struct job {
	struct cli *cli;
	struct checker checker;
	struct evidence_names names;
	struct seen *seen;
	size_t nseen, seen_cap;
	size_t files;
};

/* what a batch found beside findings */
struct result {
	size_t files;
	struct seen *seen;
	size_t nseen;
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

static void note_observation(struct result *result, const struct checked *checked,
			     struct arena *arena)
{
	struct seen *seen = result->seen;
	const char *unit = node_string(checked->fields, "unit");
	const char *indicator = node_string(checked->fields, "indicator");
	const char *date = node_string(checked->fields, "date");

	if (checked->record.kind != KIND_OBSERVATION || checked->withdrawn || !unit || !indicator ||
	    !date)
		return;
	/* grows where the count is a power of two */
	if ((result->nseen & (result->nseen - 1)) == 0) {
		seen = arena_array(arena, result->nseen ? 2 * result->nseen : 1, sizeof(*seen));
		if (!seen)
			return;
		if (result->nseen)
			memcpy(seen, result->seen, result->nseen * sizeof(*seen));
		result->seen = seen;
	}
	seen[result->nseen].key = ((uint64_t)text_hash(unit, strlen(unit)) << 32) ^
				  ((uint64_t)text_hash(indicator, strlen(indicator)) << 16) ^
				  text_hash(date, strlen(date));
	seen[result->nseen++].id = id_pack(checked->record.id, ID_LENGTH);
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
	if (checked.whole)
		note_observation(result, &checked, &batch->arena);
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
	if (job->nseen + result->nseen > job->seen_cap) {
		size_t cap = (job->nseen + result->nseen) * 2;
		struct seen *grown = realloc(job->seen, cap * sizeof(*grown));

		if (!grown)
			return false;
		job->seen = grown;
		job->seen_cap = cap;
	}
	if (result->nseen)
		memcpy(job->seen + job->nseen, result->seen, result->nseen * sizeof(*job->seen));
	job->nseen += result->nseen;
	return evidence_names_join(&job->names, &result->names);
}

static int by_key(const void *a, const void *b)
{
	const struct seen *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

/* the fields of an observation, and where it says of which indicator it is */
static bool look_up(struct cli *cli, uint64_t id, const struct node **fields, struct finding *what)
{
	char text[ID_SIZE];
	const char *folder;
	struct ref ref;
	struct folded folded;
	struct record *record = arena_alloc(&cli->arena, sizeof(*record));
	const struct node *indicator;

	id_unpack(id, text);
	folder = store_find_record(&cli->store, text, cli->plan.folders, cli->plan.nfolders,
				   &cli->arena);
	if (!folder || !record)
		return false;
	ref = (struct ref){ .id = arena_strdup(&cli->arena, text), .folder = folder };
	record_load(cli, &ref, record);
	if (record_fold(&folded, record, MOMENT_ALL, cli->plan.offset, &cli->arena) < 0)
		cli_no_memory(cli);
	*fields = folded.fields;
	indicator = node_get(record->root, "indicator");
	*what = (struct finding){ .level = LEVEL_WARNING,
				  .code = "same-observation",
				  .file = arena_printf(&cli->arena, "%s/%s.yaml", folder, text),
				  .line = indicator ? indicator->line : 0,
				  .column = indicator ? indicator->column : 0 };
	return what->file != NULL;
}

static bool same_field(const struct node *a, const struct node *b, const char *name)
{
	const struct node *x = node_get(a, name), *y = node_get(b, name);

	return x && y && node_equal(x, y);
}

/* contract 2: two figures of the same unit, indicator and date: the later counts, and it is told */
static void tell_same(struct cli *cli, uint64_t first, uint64_t second)
{
	const struct node *a, *b;
	struct finding one, other;

	if (first == second || !look_up(cli, first, &a, &one) ||
	    !look_up(cli, second, &b, &other) || !same_field(a, b, "unit") ||
	    !same_field(a, b, "indicator") || !same_field(a, b, "date"))
		return; /* only the hashes are the same */
	finding_hint(&cli->findings,
		     findings_add(&cli->findings, &other,
				  _("the same unit, indicator and date as %s"), one.file),
		     "%s", _("the one entered later counts"));
}

static void check_same(struct job *job)
{
	if (job->nseen)
		qsort(job->seen, job->nseen, sizeof(*job->seen), by_key);
	for (size_t i = 1; i < job->nseen; i++)
		if (job->seen[i].key == job->seen[i - 1].key)
			tell_same(job->cli, job->seen[i - 1].id, job->seen[i].id);
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
	check_same(job);
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
	free(job->seen);
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
