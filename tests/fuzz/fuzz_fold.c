/*
 * A record and its events, a document each: folded, checked and shown, whatever they hold. The plan
 * and the schemas are those of the source tree.
 *
 * Dictionaries: fold, syntax
 */
#include "must.h"

#include <fcntl.h>
#include <stdlib.h>

#include "base/file.h"
#include "cli/check.h"
#include "model/guard.h"
#include "model/status.h"

#define PLAN "examples/pingliang-2024/plan.yaml"
#define UP "../../" /* `make fuzz` runs in this folder, the tests in the tree's */
#define MOST_FILES 40
#define OFFSET 480

static struct cli cli;
static struct checker checker;
static struct check_run *run;
static struct id_set ids = { .complete = true };

static void load(void)
{
	struct str text = { 0 };
	const struct node *root;
	bool here = path_is_folder("examples");

	setenv("DUBAN_SCHEMAS", here ? "schemas" : UP "schemas", 1);
	MUST(file_read(AT_FDCWD, here ? PLAN : UP PLAN, (size_t)1 << 20, &text) == 0);
	root = yaml_read(&cli.arena, PLAN, text.p, text.len, &READ_LARGE, &cli.findings);
	MUST(root && plan_load(&cli.plan, root, PLAN, &cli.arena, &cli.findings) == 0);
	str_release(&text);
	MUST(schemas_init(&cli.schemas, NULL) == 0);
	cli.store.root = open(here ? "tests/fuzz" : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	cli.store.prefix = (char[]){ "" };
	cli.now = 1718000000; /* 2024-06-10 */
	MUST(cli.store.root >= 0);
	checker_init(&checker, &cli, &ids, ALL_KINDS);
	run = check_run_new(&checker);
	MUST(run);
}

/* the kind that the first line names, else a problem */
static enum kind kind_of(const char *text, size_t n)
{
	for (int k = 0; k < KINDS; k++) {
		size_t length = strlen(KIND_INFO[k].name);

		if (n > 6 + length && memcmp(text, "kind: ", 6) == 0 &&
		    memcmp(text + 6, KIND_INFO[k].name, length) == 0 && text[6 + length] == '\n')
			return (enum kind)k;
	}
	return KIND_PROBLEM;
}

/* the documents as files; those after the first get the names of events */
static void split(struct stored *stored, struct stored_file *files, struct arena *arena,
		  const char *text, size_t size)
{
	const char *end = text + size;

	while (text < end && stored->nfiles < MOST_FILES) {
		const char *mark = memmem(text, (size_t)(end - text), "\n---\n", 5);
		size_t n = (size_t)((mark ? mark + 1 : end) - text), i = stored->nfiles++;

		files[i].text = arena_strndup(arena, text, n);
		files[i].size = n;
		files[i].name =
			i ? arena_printf(arena, "%s_20240501T1200%02zu_0000.yaml", stored->id, i)
			  : arena_printf(arena, "%s.yaml", stored->id);
		MUST(files[i].text && files[i].name);
		text = mark ? mark + 5 : end;
	}
}

static void must_be_same(const struct folded *a, const struct folded *b)
{
	MUST(a->exists == b->exists && a->state == b->state && a->nsteps == b->nsteps);
	MUST(!a->exists || node_equal(a->fields, b->fields));
	MUST(a->due == b->due && a->due_original == b->due_original);
	MUST(a->listed_at == b->listed_at && a->closed_at == b->closed_at);
	MUST(a->nmeasures == b->nmeasures && a->nmilestones == b->nmilestones);
	MUST(a->evidence == b->evidence && a->times_returned == b->times_returned &&
	     a->times_reopened == b->times_reopened);
	for (size_t i = 0; i < a->nsteps; i++)
		MUST(a->steps[i].skip == b->steps[i].skip &&
		     a->steps[i].after == b->steps[i].after);
}

/* a step that is left out leaves all as it was, and nothing follows a withdrawal */
static void must_be_story(const struct folded *f)
{
	MUST(f->nsteps > 0 && f->state < STATES && f->steps[f->nsteps - 1].after == f->state);
	for (size_t i = 0; i < f->nsteps; i++) {
		const struct step *step = &f->steps[i];

		MUST(step->before < STATES && step->after < STATES);
		MUST(i == 0 || step->before == f->steps[i - 1].after);
		MUST(step->skip == SKIP_NONE || step->before == step->after);
		MUST((step->skip == SKIP_PART) == (step->part != NULL));
		MUST(i == 0 || step->before != STATE_WITHDRAWN || step->skip != SKIP_NONE);
	}
	MUST(f->state != STATE_CLOSED || f->closed_at != MOMENT_NONE);
}

/* a word of the guards for what is wrong, and the light of every day in between */
static void must_be_shown(const struct record *record, const struct folded *f, struct arena *arena)
{
	struct guard_world world = { .plan = &cli.plan };
	struct findings findings = { 0 };
	struct problem_status status;

	if (record->kind == KIND_PROBLEM) {
		size_t n = guards_closing(&world, f, cli.now, &findings);

		MUST(n == findings.count);
		must_be_findings(&findings);
		for (day_t day = 19800; day < 19900; day += 33) {
			problem_status(&cli.plan, f, NULL, day, &status);
			MUST(status.measures_done <= status.measures_total &&
			     status.milestones_done <= f->nmilestones);
			MUST(!status.overdue || status.has_days);
		}
	}
	MUST(record_view(&cli.plan, f, NULL, 19850, arena));
	findings_release(&findings);
}

/* one event after the other, as a writer and record-check go: each as it was foretold */
static void must_step_alike(const struct record *record, const struct folded *whole,
			    struct arena *arena)
{
	struct folded stepped, then;

	MUST(fold_start(&stepped, record, OFFSET, 0, arena) == 0);
	for (size_t i = 1; i < record->nevents; i++) {
		const struct event *event = &record->events[i];
		const char *part = NULL;
		enum skip would = fold_would(&stepped, event, &part);

		MUST(fold_apply(&stepped, event) == would);
		if (i + 1 < record->nevents && record->events[i + 1].at == event->at)
			continue;
		MUST(record_fold(&then, record, event->at, OFFSET, arena) == 0);
		if (then.exists)
			MUST(then.state == stepped.state &&
			     node_equal(then.fields, stepped.fields));
	}
	must_be_same(&stepped, whole);
}

static void fold(const struct record *record, const struct stored *stored, struct arena *arena)
{
	struct folded folded, again;
	struct stored turned = *stored;
	struct stored_file *files = arena_array(arena, stored->nfiles, sizeof(*files));
	struct findings findings = { 0 };
	struct record other;

	MUST(record_fold(&folded, record, MOMENT_ALL, OFFSET, arena) == 0);
	must_be_story(&folded);
	must_step_alike(record, &folded, arena);
	must_be_shown(record, &folded, arena);
	/* the order in which the files are met says nothing */
	MUST(files);
	files[0] = stored->files[0];
	for (size_t i = 1; i < stored->nfiles; i++)
		files[i] = stored->files[stored->nfiles - i];
	turned.files = files;
	MUST(record_parse(&other, &turned, "", arena, &findings) == 0);
	MUST(record_fold(&again, &other, MOMENT_ALL, OFFSET, arena) == 0);
	must_be_same(&folded, &again);
	findings_release(&findings);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	struct stored_file files[MOST_FILES] = { 0 };
	struct stored stored = { .type = STORED_RECORD, .unit = "jingchuan", .files = files };
	struct arena arena = { 0 };
	struct findings findings = { 0 };
	struct checked checked;
	struct record record;

	if (!run)
		load();
	stored.kind = kind_of(text, size);
	stored.id = arena_printf(&arena, "%c-20240418-q4z7aa", KIND_INFO[stored.kind].letter);
	stored.folder = arena_printf(&arena, "jingchuan/%s/2024-04", KIND_INFO[stored.kind].folder);
	MUST(stored.id && stored.folder);
	split(&stored, files, &arena, text, size);
	if (stored.nfiles && record_parse(&record, &stored, "", &arena, &findings) == 0)
		fold(&record, &stored, &arena);
	else
		MUST(!stored.nfiles || findings.errors);
	must_be_findings(&findings);
	findings_release(&findings);
	if (stored.nfiles) {
		MUST(check_stored(&checker, run, &stored, &arena, &findings, &checked));
		must_be_findings(&findings);
	}
	findings_release(&findings);
	arena_release(&arena);
	return 0;
}
