/* Who judges a push: whose plan, whose schemas; and who pushes. */
#include <string.h>

#include "base/msg.h"
#include "cli/push_parts.h"

#define PLAN_LIMIT ((size_t)16 * 1024 * 1024)

/* the record folder in a tree: the id of its own tree, or NULL */
static const char *root_of(struct push *push, const char *tree)
{
	const struct git_entry *entry;
	char id[GIT_ID_SIZE], *path;

	if (!tree || !*push->prefix)
		return tree;
	path = push_text(push,
			 arena_strndup(&push->cli->arena, push->prefix, strlen(push->prefix) - 1));
	entry = git_lookup(push->git, tree, path);
	if (!entry || entry->mode != GIT_MODE_FOLDER)
		return NULL;
	return push_text(push, arena_strdup(&push->cli->arena, git_hex(push->git, entry, id)));
}

static bool has_plan(struct push *push, const char *root)
{
	const struct git_entry *plan = root ? git_lookup(push->git, root, "plan.yaml") : NULL;

	return plan && plan->mode == GIT_MODE_FILE;
}

static void add_folders(struct push *push)
{
	const struct plan *plan = &push->cli->plan;

	for (size_t i = 0; i < plan->nfolders; i++)
		if (map_put(&push->folders, plan->folders[i], strlen(plan->folders[i]),
			    (void *)(uintptr_t)plan->folders[i]) < 0)
			cli_no_memory(push->cli);
}

/* the plan and the schemas of a tree are those that judge from here on */
static void load_judge(struct push *push, const char *root)
{
	struct cli *cli = push->cli;
	struct str text = { 0 };

	store_of_tree(&push->judge, push->git, root);
	push->judge.prefix = push_text(push, arena_strdup(&cli->arena, push->prefix));
	schemas_release(&cli->schemas);
	if (schemas_init(&cli->schemas, &push->judge) < 0)
		cli_no_memory(cli);
	if (store_read(&push->judge, "plan.yaml", PLAN_LIMIT, &text, &cli->findings) != DONE)
		cli_fail(cli, CANNOT);
	cli_load_plan(cli, push_join(push, push->prefix, "plan.yaml"), &text);
	str_release(&text);
	add_folders(push);
}

static void no_plan(struct push *push)
{
	struct cli *cli = push->cli;

	finding_hint(&cli->findings,
		     cli_error(cli, "no-record-folder",
			       _("there is no '%splan.yaml' in the commit"), push->prefix),
		     "%s",
		     _("where the record folder is not the whole work tree, the hook says so with "
		       "--subfolder PATH"));
	cli_fail(cli, CANNOT);
}

/* $DUBAN_UNIT: units, with commas between them */
static void find_pusher(struct push *push)
{
	const char *word = push->all->unit;

	push->units = (struct unit_set){ 0 };
	push->anyone = !word;
	while (word && *word) {
		size_t n = strcspn(word, ",");
		char *one = push_text(push, arena_strndup(&push->cli->arena, word, n));

		set_add(&push->units, cli_unit(push->cli, "$DUBAN_UNIT", one));
		word += n + (word[n] == ',');
	}
	push->owner = set_has(&push->units, push->cli->plan.owner);
}

static bool differs(struct push *push, const char *a, const char *b, const char *path)
{
	const struct git_entry *x = git_lookup(push->git, a, path);
	const struct git_entry *y = git_lookup(push->git, b, path);

	return (x != NULL) != (y != NULL) || (x && y && !git_same(push->git, x, y));
}

/*
 * Who judges: the plan that is there already, so that no push loosens its own judge; the one that
 * comes where its owner pushes, or where there is none yet. The first push is the owner's.
 */
void push_find_judge(struct push *push, const char *before)
{
	const char *tip = root_of(push, push->tip);
	const char *owner;

	before = root_of(push, before);
	map_init(&push->folders, &push->cli->arena);
	if (!has_plan(push, before) && !has_plan(push, tip))
		no_plan(push);
	if (has_plan(push, before)) {
		load_judge(push, before);
		find_pusher(push);
		if ((push->owner || push->anyone) && has_plan(push, tip) &&
		    (differs(push, before, tip, "plan.yaml") ||
		     differs(push, before, tip, "schemas")))
			load_judge(push, tip);
	} else {
		load_judge(push, tip);
		find_pusher(push);
		owner = push->cli->plan.units[push->cli->plan.owner].id;
		if (!push->owner && !push->anyone)
			push_say(push, "owner-only", NULL,
				 _("let that unit push first; then pull, and push again"),
				 _("the first push is that of the plan's owner, '%s'"), owner);
		/* whose records these are was settled where they come from */
		push->anyone = push->anyone || push->owner;
	}
	store_of_tree(&push->store, push->git, tip ? tip : push->tip);
	push->cli->store = push->store;
}
