/*
 * The files of a commit, each against the one that lies there now. Git hands out the trees only;
 * what is there now is read and hashed here, because what git remembers of a work tree, and what it
 * is told to overlook, is the word of whoever may have changed something.
 */
#include "cli/against.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/map.h"
#include "base/msg.h"
#include "model/record.h"
#include "store/evidence.h"
#include "store/git.h"
#include "yaml/read.h"

#define MOST_LEVELS 8
#define COMMIT_LIMIT ((size_t)1024 * 1024)
#define FILE_LIMIT ((size_t)1024 * 1024 * 1024)

/* a file of the commit */
struct known {
	const char *path; /* from the record folder */
	char id[GIT_ID_SIZE];
	bool seen; /* was compared; set by the one thread that has its record */
};

struct against {
	struct cli *cli;
	struct git *git;
	const char *commit;
	const char *root; /* id of the tree that holds plan.yaml, as the commit has it */
	moment_t time;    /* of the commit */
	struct map files; /* path -> struct known */
	bool asked_away;
	struct map away; /* paths that git was told to leave out of the work tree */
};

static void fail(struct against *a)
{
	cli_error(a->cli, "git", "%s", _("git could not say what has changed since the commit"));
	cli_fail(a->cli, CANNOT);
}

static char *in_arena(struct against *a, char *text)
{
	if (!text)
		cli_no_memory(a->cli);
	return text;
}

/* what git prints, in the arena; *n: how many bytes */
static char *ask(struct against *a, const char *const *arguments, size_t *n)
{
	struct str out = { 0 };
	char *copy;

	if (git_run(a->git, arguments, &out) != 0)
		fail(a);
	copy = in_arena(a, arena_strndup(&a->cli->arena, str_text(&out), out.len));
	if (n)
		*n = out.len;
	str_release(&out);
	return copy;
}

/* the id of the one commit that a person named, whatever the words are */
static const char *commit_id(struct against *a, const char *revision)
{
	const char *name = in_arena(a, arena_printf(&a->cli->arena, "%s^{commit}", revision));
	const char *const parse[] = { "rev-parse",        "--verify", "--quiet",
				      "--end-of-options", name,       NULL };
	struct str id = { 0 };
	int status = git_run(a->git, parse, &id);
	size_t digits = strspn(str_text(&id), "0123456789abcdef");
	char *copy;

	if (status != 0 && status != 1)
		fail(a);
	if (status != 0 || !digits || strcmp(str_text(&id) + digits, "\n") != 0) {
		cli_error(a->cli, "git", _("'%s' is not the name of one commit"), revision);
		cli_fail(a->cli, CANNOT);
	}
	copy = in_arena(a, arena_strndup(&a->cli->arena, str_text(&id), digits));
	str_release(&id);
	return copy;
}

/* "committer … <seconds since 1970> <zone>" */
static moment_t commit_time(struct against *a)
{
	struct str text = { 0 };
	const char *line, *end;
	moment_t time = 0;

	if (git_read(a->git, a->commit, COMMIT_LIMIT, &text, NULL) != GIT_COMMIT)
		fail(a);
	line = strstr(str_text(&text), "\ncommitter ");
	end = line ? strchr(line + 1, '\n') : NULL;
	for (; end && end > line && *end != '>'; end--)
		;
	if (end && *end == '>')
		time = strtoll(end + 1, NULL, 10);
	str_release(&text);
	return time;
}

/* the record folder's own tree */
static const char *commit_root(struct against *a)
{
	const char *const where[] = { "rev-parse", "--show-prefix", NULL };
	char *prefix = ask(a, where, NULL), id[GIT_ID_SIZE];
	size_t n = strcspn(prefix, "\n");
	const struct git_entry *entry;
	struct str none = { 0 };

	if (!n) {
		git_read(a->git, in_arena(a, arena_printf(&a->cli->arena, "%s^{tree}", a->commit)),
			 0, &none, id);
		str_release(&none);
		return in_arena(a, arena_strdup(&a->cli->arena, id));
	}
	prefix[n - 1] = '\0';
	entry = git_lookup(
		a->git, in_arena(a, arena_printf(&a->cli->arena, "%s^{tree}", a->commit)), prefix);
	if (!entry || entry->mode != GIT_MODE_FOLDER)
		return NULL;
	return in_arena(a, arena_strdup(&a->cli->arena, git_hex(a->git, entry, id)));
}

/* remembers every file below a folder of the commit */
static void take_files(struct against *a, const char *path, const struct git_entry *folder,
		       unsigned level)
{
	char id[GIT_ID_SIZE];
	const struct git_folder *f = git_folder(a->git, git_hex(a->git, folder, id));

	if (!f || level == MOST_LEVELS)
		fail(a);
	for (size_t i = 0; i < f->count; i++) {
		const struct git_entry *e = &f->entries[i];
		char *below = in_arena(a, arena_concat(&a->cli->arena, path, "/", e->name, NULL));
		struct known *known;

		if (e->mode == GIT_MODE_FOLDER) {
			take_files(a, below, e, level + 1);
			continue;
		}
		known = arena_alloc(&a->cli->arena, sizeof(*known));
		if (!known)
			cli_no_memory(a->cli);
		known->path = below;
		git_hex(a->git, e, known->id);
		if (map_put(&a->files, below, strlen(below), known) < 0)
			cli_no_memory(a->cli);
	}
}

/* the units of the commit's own plan too: what a unit had is not gone with it */
static bool was_unit(const struct node *plan, const char *name)
{
	const struct node *units = node_get(plan, "units");

	for (size_t i = 0; i < list_count(units); i++)
		if (node_is(node_get(&units->items[i], "id"), name))
			return node_boolean(&units->items[i], "folder", true);
	return false;
}

static void take_units(struct against *a)
{
	const struct git_folder *top = a->root ? git_folder(a->git, a->root) : NULL;
	struct findings quiet = { 0 };
	struct str text = { 0 };
	const struct node *plan = NULL;
	struct store then;

	store_of_tree(&then, a->git, a->root);
	if (top && store_read(&then, "plan.yaml", READ_LARGE.bytes, &text, &quiet) == DONE)
		plan = yaml_read(&a->cli->arena, "plan.yaml", str_text(&text), text.len,
				 &READ_LARGE, &quiet);
	for (size_t i = 0; top && i < top->count; i++) {
		const struct git_entry *e = &top->entries[i];
		int unit = plan_unit(&a->cli->plan, e->name);

		if (e->mode == GIT_MODE_FOLDER &&
		    ((unit != NO_UNIT && a->cli->plan.units[unit].folder) ||
		     was_unit(plan, e->name)))
			take_files(a, e->name, e, 0);
	}
	findings_release(&quiet);
	str_release(&text);
}

static void say(struct findings *findings, enum level level, const char *code, const char *path,
		const char *message, const char *hint)
{
	struct finding what = { .level = level, .code = code, .file = path };

	finding_hint(findings, findings_add(findings, &what, "%s", message), "%s", hint);
}

static void compare(struct known *known, const char *text, size_t size, struct findings *findings)
{
	char id[GIT_ID_SIZE];

	known->seen = true;
	if (strcmp(git_blob_id(text, size, strlen(known->id), id), known->id) != 0)
		say(findings, LEVEL_ERROR, "changed", known->path,
		    _("the file of the commit was changed"),
		    _("restore it: what happens is added beside it"));
}

static void check_date(struct against *a, const char *path, const struct stored_file *file,
		       struct arena *arena, struct findings *findings)
{
	struct findings quiet = { 0 };
	const struct node *root =
		yaml_read(arena, path, file->text, file->size, &READ_RECORD, &quiet);
	const struct node *entered = node_get(root, "entered");
	const struct node *at = node_get(entered ? entered : root, "at");
	moment_t moment;

	if (at && at->type == NODE_STRING && moment_parse(at->text, at->count, &moment) &&
	    moment < a->time)
		say(findings, LEVEL_WARNING, "backdated", path,
		    _("added since the commit, dated before it"),
		    _("reports as of that time are no longer the same"));
	findings_release(&quiet);
}

/* on any thread: the files of one record */
static bool compare_stored(void *context, void *worker, struct arena *arena,
			   const struct stored *stored, struct batch *batch)
{
	struct against *a = context;

	(void)worker;
	for (size_t i = 0; stored->type <= STORED_ORPHAN && i < stored->nfiles; i++) {
		const struct stored_file *file = &stored->files[i];
		const char *path =
			file->name ? arena_concat(arena, stored->folder, "/", file->name, NULL)
				   : NULL;
		struct known *known = path ? map_get(&a->files, path, strlen(path)) : NULL;

		if (file->name && !path)
			return false;
		if (!path || file->error)
			continue;
		if (known)
			compare(known, file->text, file->size, &batch->findings);
		else
			check_date(a, path, file, arena, &batch->findings);
	}
	return true;
}

static bool pass(void *context, struct batch *batch)
{
	(void)context;
	(void)batch;
	return true;
}

/* a file that is not here because git was told so: its folder is not here either */
static bool is_away(struct against *a, const char *path)
{
	const char *const list[] = { "ls-files", "-z", "-t", "--", ".", NULL };
	char *folder = in_arena(
		a, arena_strndup(&a->cli->arena, path, (size_t)(strrchr(path, '/') - path)));
	size_t n = 0;

	if (store_has_folder(&a->cli->store, folder))
		return false;
	for (char *p = a->asked_away ? NULL : ask(a, list, &n), *end = p ? p + n : NULL; p < end;
	     p += strlen(p) + 1)
		if (strncmp(p, "S ", 2) == 0 && map_put(&a->away, p + 2, strlen(p + 2), NULL) < 0)
			cli_no_memory(a->cli);
	a->asked_away = true;
	return map_has(&a->away, path, strlen(path));
}

/* evidence, and whatever else the records' scan has not met */
static void check_other(struct against *a, struct known *known)
{
	struct cli *cli = a->cli;
	struct findings quiet = { 0 };
	struct str text = { 0 };

	if (store_missing(&cli->store, known->path)) {
		if (!is_away(a, known->path))
			say(&cli->findings, LEVEL_ERROR, "gone", known->path,
			    _("the file of the commit is gone"),
			    _("restore it: nothing is ever deleted"));
	} else if (store_read(&cli->store, known->path, FILE_LIMIT, &text, &quiet) == DONE) {
		compare(known, str_text(&text), text.len, &cli->findings);
	} else {
		/* no file any more, or none that can be read */
		say(&cli->findings, LEVEL_ERROR, "changed", known->path,
		    _("the file of the commit was changed"),
		    _("restore it: what happens is added beside it"));
	}
	findings_release(&quiet);
	str_release(&text);
}

void against_check(struct cli *cli, const char *revision)
{
	struct against a = { .cli = cli, .git = git_new(cli->store.root, environ) };
	struct scan scan = { .units = cli->plan.folders,
			     .nunits = cli->plan.nfolders,
			     .kinds = ALL_KINDS,
			     .work = compare_stored,
			     .take = pass,
			     .context = &a };

	if (!a.git)
		cli_no_memory(cli);
	map_init(&a.files, &cli->arena);
	map_init(&a.away, &cli->arena);
	a.commit = commit_id(&a, revision);
	a.time = commit_time(&a);
	a.root = commit_root(&a);
	take_units(&a);
	if (store_scan(&cli->store, &scan, &cli->findings) != DONE)
		cli_fail(cli, CANNOT);
	for (size_t i = 0; i < a.files.count; i++) {
		struct known *known = a.files.entries[i].value;

		if (!known->seen)
			check_other(&a, known);
	}
	git_free(a.git);
}
