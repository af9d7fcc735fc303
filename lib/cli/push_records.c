/* What was added, read with the records that it belongs to. */
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "cli/check.h"
#include "cli/push_parts.h"
#include "model/problem.h"
#include "store/evidence.h"

/* a file of evidence as an event names it */
struct named {
	const char *digest;
	int64_t bytes;
};

struct judging {
	struct push *push;
	struct checker checker;
	struct check_run *run;
	struct arena arena; /* of one record */
	struct map named;   /* path of evidence -> struct named */
};

static const char *take_back(void)
{
	return _("nobody has it yet: git rm PATH, commit, and enter it again as it should be");
}

static struct push_file *added_file(const struct push *push, const char *inside)
{
	return map_get(&push->added_paths, inside, strlen(inside));
}

static char *outside(struct push *push, const char *inside)
{
	return push_text(push, arena_concat(&push->cli->arena, push->prefix, inside, NULL));
}

static bool is_pusher(const struct push *push, int unit)
{
	return push->anyone || set_has(&push->units, unit);
}

static bool in_own_folder(const struct push *push, const char *inside)
{
	char *unit = arena_strndup(&push->cli->arena, inside, strcspn(inside, "/"));

	return unit && is_pusher(push, plan_unit(&push->cli->plan, unit));
}

/* in a folder of checks a warning, here a reason to refuse: it can still be taken back */
static bool is_refused(const struct finding *f)
{
	static const char *const codes[] = { "guard-not-met", "future", "record-not-here",
					     "evidence-not-here" };

	if (f->level == LEVEL_ERROR)
		return true;
	for (size_t i = 0; i < sizeof(codes) / sizeof(*codes); i++)
		if (strcmp(f->code, codes[i]) == 0)
			return true;
	return false;
}

/* what is said of files that were there before is not the pusher's to mend */
static bool take_findings(struct judging *j, const struct findings *found)
{
	struct push *push = j->push;
	bool refused = false;

	for (size_t i = 0; i < found->count && !push_full(push); i++) {
		struct finding f = found->items[i];

		if (!f.file || !added_file(push, f.file))
			continue;
		f.file = outside(push, f.file);
		if (is_refused(&f)) {
			f.level = LEVEL_ERROR;
			f.hint = f.hint ? push_text(push, arena_printf(&push->cli->arena, "%s; %s",
								       f.hint, take_back()))
					: take_back();
			refused = true;
		}
		findings_add(&push->findings, &f, "%s", f.message);
	}
	push->findings.lost = push->findings.lost || found->lost;
	return refused;
}

/* remembers what the event says of its evidence, and compares it with what lies there */
static void take_evidence(struct judging *j, const char *path, const struct node *item)
{
	struct push *push = j->push;
	const char *file = node_string(item, "file"), *digest = node_string(item, "sha256");
	int64_t bytes = node_integer(item, "bytes", -1);
	struct push_file *added = file ? added_file(push, file) : NULL;
	struct named *known;

	if (!file || !digest)
		return;
	if (added)
		added->judged = true;
	known = map_get(&j->named, file, strlen(file));
	if (known && strcmp(known->digest, digest) == 0 && known->bytes == bytes)
		return;
	/* another size, or none, was told with the event */
	if (store_size(&push->store, file) == bytes &&
	    evidence_look(&push->store, file, digest, (size_t)bytes) != EVIDENCE_SAME)
		push_say(push, "evidence-changed", outside(push, path), take_back(),
			 _("the evidence '%s' is not what the event says: its sha256 is another"),
			 file);
	known = arena_alloc(&push->cli->arena, sizeof(*known));
	if (!known)
		cli_no_memory(push->cli);
	*known = (struct named){ push_text(push, arena_strdup(&push->cli->arena, digest)), bytes };
	file = push_text(push, arena_strdup(&push->cli->arena, file));
	if (map_put(&j->named, file, strlen(file), known) < 0)
		cli_no_memory(push->cli);
}

/* whose it is: the folder, the acting unit, and in another's folder its part in the record */
static void check_actor(struct judging *j, const struct folded *before, const struct event *event,
			const char *inside)
{
	struct push *push = j->push;
	const struct plan *plan = &push->cli->plan;
	int unit = plan_unit(plan, event->unit);

	if (!is_pusher(push, unit))
		push_say(
			push, "other-unit", outside(push, inside),
			_("that unit pushes it; what you pulled from another clone goes on when it "
			  "is on the server"),
			_("it is by unit '%s', and you push for '%s'"), event->unit,
			push->all->unit);
	else if (!in_own_folder(push, inside) && !event->name)
		push_say(push, "other-folder", outside(push, inside),
			 _("that unit enters it; others add events to its records, nothing else"),
			 "%s", _("the record lies in another unit's folder"));
	else if (!in_own_folder(push, inside) && before && !record_has_part(plan, before, unit))
		push_say(push, "no-part", outside(push, inside), take_back(),
			 _("unit '%s' has no part in this record"), event->unit);
}

static char *path_of(struct judging *j, const struct record *record, const char *name)
{
	return push_text(j->push,
			 arena_concat(&j->push->cli->arena, record->folder, "/",
				      name ? name : record->id, name ? "" : ".yaml", NULL));
}

static void check_event(struct judging *j, const struct record *record, const struct folded *before,
			const struct event *event)
{
	char *inside = path_of(j, record, event->name);
	const struct node *list = node_get(event->root, "evidence");

	if (!added_file(j->push, inside))
		return;
	check_actor(j, before, event, inside);
	for (size_t i = 0; event->name && i < list_count(list); i++)
		take_evidence(j, inside, &list->items[i]);
}

/* the story once more, for what each event found */
static void check_actors(struct judging *j, const struct record *record,
			 const struct findings *found)
{
	struct folded f;

	if (fold_start(&f, record, j->push->cli->plan.offset, 0, &j->arena) < 0)
		cli_no_memory(j->push->cli);
	check_event(j, record, NULL, &record->events[0]);
	for (size_t i = 1; i < record->nevents; i++) {
		check_event(j, record, &f, &record->events[i]);
		fold_apply(&f, &record->events[i]);
	}
	if (f.failed)
		cli_no_memory(j->push->cli);
	push_undone(j->push, &f, found, &j->arena);
}

/* a hand-in names evidence by its path alone */
static void take_handed_in(struct judging *j, const struct checked *checked)
{
	const struct node *items = node_get(checked->fields, "items");

	for (size_t i = 0; i < list_count(items); i++) {
		const char *file = node_string(&items->items[i], "evidence");
		struct push_file *added = file ? added_file(j->push, file) : NULL;

		if (added && in_own_folder(j->push, file) &&
		    evidence_look_named(&j->push->store, file) == EVIDENCE_SAME)
			added->judged = true;
	}
}

static void check_twins(struct judging *j, const char *folder, const char *id)
{
	struct push *push = j->push;
	size_t own = strcspn(folder, "/");
	char *inside =
		push_text(push, arena_concat(&push->cli->arena, folder, "/", id, ".yaml", NULL));

	if (!added_file(push, inside))
		return;
	for (size_t i = 0; i < push->cli->plan.nfolders; i++) {
		const char *unit = push->cli->plan.folders[i];
		struct str path = { 0 };

		path_of_record(&path, unit, id);
		if ((strlen(unit) != own || strncmp(unit, folder, own) != 0) &&
		    store_has(&push->store, str_text(&path)))
			push_say(push, "duplicate-id", outside(push, inside), take_back(),
				 _("the id is also that of %s"), str_text(&path));
		str_release(&path);
	}
}

static void mark_judged(struct push *push, const struct stored *stored)
{
	for (size_t i = 0; i < stored->nfiles; i++) {
		char *path = stored->files[i].name ? arena_concat(&push->cli->arena, stored->folder,
								  "/", stored->files[i].name, NULL)
						   : NULL;
		struct push_file *file = path ? added_file(push, path) : NULL;

		if (file)
			file->judged = true;
	}
}

/* the record of an added file, with all that is added to it */
static void judge(struct judging *j, const char *folder, const char *id)
{
	struct push *push = j->push;
	struct stored stored = { 0 };
	struct findings found = { 0 };
	struct checked checked;

	if (store_load(&push->store, folder, id, &j->arena, &stored, &found) == CANNOT ||
	    !stored.id || !check_stored(&j->checker, j->run, &stored, &j->arena, &found, &checked))
		cli_no_memory(push->cli);
	mark_judged(push, &stored);
	if (!take_findings(j, &found) && !checked.whole)
		push_say(push, "unreadable", outside(push, folder), NULL,
			 _("the record '%s' cannot be read, so nothing can be added to it"), id);
	if (checked.whole) {
		check_actors(j, &checked.record, &found);
		check_twins(j, folder, id);
		if (stored.kind == KIND_SUBMISSION)
			take_handed_in(j, &checked);
	}
	findings_release(&found);
	arena_reset(&j->arena);
}

/* what is neither record nor event: evidence, or the file that keeps a folder */
static void judge_other(struct judging *j, const struct push_file *file)
{
	struct push *push = j->push;
	struct finding what = { .level = LEVEL_WARNING, .code = "evidence-unnamed" };

	if (strcmp(strchr(file->path, '/'), "/.keep") == 0) {
		if (!in_own_folder(push, file->path) && !push->owner)
			push_say(push, "other-folder", outside(push, file->path), NULL, "%s",
				 _("this is another unit's folder"));
	} else if (!in_own_folder(push, file->path)) {
		push_say(push, "other-folder", outside(push, file->path), take_back(), "%s",
			 _("evidence in another unit's folder is that of an event of yours in the "
			   "same push; no such event names it"));
	} else if (evidence_look_named(&push->store, file->path) != EVIDENCE_SAME) {
		push_say(push, "evidence-name", outside(push, file->path), take_back(), "%s",
			 _("the file's name is not the start of its sha256"));
	} else {
		what.file = outside(push, file->path);
		findings_add(&push->findings, &what, "%s",
			     _("no event names this file of evidence"));
	}
}

static bool is_record_file(const struct push_file *file)
{
	struct path_parts parts;

	return path_parse(file->path, &parts);
}

static void judge_records(struct judging *j)
{
	struct push *push = j->push;

	for (size_t i = 0; i < push->nadded && !push_full(push); i++) {
		struct push_file *file = &push->added[i];
		size_t n = (size_t)(strrchr(file->path, '/') - file->path);
		char *folder, *id;

		if (file->judged || !is_record_file(file))
			continue;
		folder = push_text(push, arena_strndup(&push->cli->arena, file->path, n));
		id = push_text(push,
			       arena_strndup(&push->cli->arena, file->path + n + 1, ID_LENGTH));
		judge(j, folder, id);
	}
}

void push_records(struct push *push)
{
	struct judging j = { .push = push };

	if (!push->nadded)
		return;
	checker_init(&j.checker, push->cli, NULL, ALL_KINDS);
	/* asked of the tree where an id must lie, not of a list of all there are */
	j.checker.host = *cli_host(push->cli);
	j.run = check_run_new(&j.checker);
	if (!j.run)
		cli_no_memory(push->cli);
	map_init(&j.named, &push->cli->arena);
	judge_records(&j);
	for (size_t i = 0; i < push->nadded && !push_full(push); i++)
		if (!push->added[i].judged)
			judge_other(&j, &push->added[i]);
	check_run_free(j.run);
	arena_release(&j.arena);
}
