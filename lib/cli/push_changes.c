/* What the tip has that the base has not, and the other way round. */
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "cli/push_parts.h"

static void compare(struct push *push, const char *path, const struct git_folder *base,
		    const struct git_folder *tip);

/* it came with a merge, and is as it was there */
static bool is_of_others(struct push *push, const char *path, const struct git_entry *entry)
{
	for (size_t i = 0; i < push->nothers; i++) {
		const struct git_entry *other = git_lookup(push->git, push->others[i], path);

		if (!entry ? !other
			   : other && other->mode == entry->mode &&
				     git_same(push->git, other, entry))
			return true;
	}
	return false;
}

static void add(struct push *push, const char *inside, const struct git_entry *entry)
{
	if (push->nadded == push->added_cap) {
		size_t cap = push->added_cap ? push->added_cap * 2 : 64;
		struct push_file *grown = realloc(push->added, cap * sizeof(*grown));

		if (!grown)
			cli_no_memory(push->cli);
		push->added = grown;
		push->added_cap = cap;
	}
	push->added[push->nadded++] = (struct push_file){ .path = inside, .entry = entry };
}

/* a path that is gone is in no commit's tree: the newest that took it away is named */
static void note_remover(struct push *push, const char *path)
{
	const char *const list[] = {
		"rev-list", "--max-count=1", push->commit, "--not", push->since, "--", path, NULL
	};
	struct push_shape *shape;
	const char *commit;

	if (!push->commit || !push->since)
		return;
	commit = push_ask(push->all, list);
	if (!*commit)
		return;
	shape = arena_alloc(&push->cli->arena, sizeof(*shape));
	if (!shape || map_put(&push->shapes, path, strlen(path), shape) < 0)
		cli_no_memory(push->cli);
	*shape = (struct push_shape){ .commit = commit };
}

static void refuse_change(struct push *push, const char *path, bool gone)
{
	const char *hint = _("restore it from what the server has (git checkout COMMIT -- PATH): "
			     "what happens to a record is added beside it");

	if (!gone) {
		push_say(push, "changed", path, hint, "%s",
			 _("the file was changed; nothing in a unit's folder ever is"));
		return;
	}
	note_remover(push, path);
	push_say(push, "gone", path, hint, "%s",
		 _("the file is gone; nothing in a unit's folder is ever deleted"));
}

/* beside the units: the owner's alone */
static void change_beside(struct push *push, const char *path, const char *inside, bool gone)
{
	const char *owner = push->cli->plan.units[push->cli->plan.owner].id;

	if (!push->owner && !push->anyone && gone)
		note_remover(push, path);
	if (!push->owner && !push->anyone)
		push_say(push, "owner-only", path,
			 _("take the change back: git checkout COMMIT -- PATH; or ask the owner to "
			   "make it"),
			 _("only the plan's owner, '%s', changes this"), owner);
	else if (gone && inside && strcmp(inside, "plan.yaml") == 0)
		push_say(push, "gone", path, NULL, "%s",
			 _("without plan.yaml this is no record folder"));
}

static void file_changed(struct push *push, const char *path, const struct git_entry *before,
			 const struct git_entry *entry)
{
	const char *inside = push_inside(push, path);

	if (is_of_others(push, path, entry))
		return;
	if (!inside || !push_unit_folder(push, inside))
		change_beside(push, path, inside, !entry);
	else if (before)
		refuse_change(push, path, !entry);
	else
		add(push, inside, entry);
}

/* an entry of a folder, of which one may be NULL */
static void changed(struct push *push, const char *path, const struct git_entry *before,
		    const struct git_entry *entry)
{
	bool was_folder = before && before->mode == GIT_MODE_FOLDER;
	bool is_folder = entry && entry->mode == GIT_MODE_FOLDER;

	if (was_folder || is_folder)
		compare(push, path, was_folder ? push_folder(push, before) : NULL,
			is_folder ? push_folder(push, entry) : NULL);
	if ((before && !was_folder) || (entry && !is_folder))
		file_changed(push, path, was_folder ? NULL : before, is_folder ? NULL : entry);
}

static void compare(struct push *push, const char *path, const struct git_folder *base,
		    const struct git_folder *tip)
{
	for (size_t i = 0; tip && i < tip->count && !push_full(push); i++) {
		const struct git_entry *e = &tip->entries[i];
		const struct git_entry *before =
			base ? git_entry(base, e->name, strlen(e->name)) : NULL;

		if (!before || before->mode != e->mode || !git_same(push->git, before, e))
			changed(push, push_join(push, path, e->name), before, e);
	}
	for (size_t i = 0; base && i < base->count && !push_full(push); i++) {
		const struct git_entry *e = &base->entries[i];

		if (!tip || !git_entry(tip, e->name, strlen(e->name)))
			changed(push, push_join(push, path, e->name), e, NULL);
	}
}

void push_changes(struct push *push)
{
	compare(push, "", push->base ? git_folder(push->git, push->base) : NULL,
		git_folder(push->git, push->tip));
	for (size_t i = 0; i < push->nadded; i++)
		if (map_put(&push->added_paths, push->added[i].path, strlen(push->added[i].path),
			    &push->added[i]) < 0)
			cli_no_memory(push->cli);
	push->all->files += push->nadded;
}
