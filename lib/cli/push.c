#include "cli/push.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/msg.h"
#include "cli/push_parts.h"

#define TAG_LIMIT ((size_t)1024 * 1024)
#define SHOWN_DIGITS 12
#define MERGE_HEAD_LIMIT ((size_t)65536)

struct finding *push_say(struct push *push, const char *code, const char *path, const char *hint,
			 const char *format, ...)
{
	struct finding what = { .level = LEVEL_ERROR, .code = code, .file = path };
	struct finding *f;
	va_list args;
	char *message;

	va_start(args, format);
	message = arena_vprintf(&push->cli->arena, format, args);
	va_end(args);
	f = findings_add(&push->findings, &what, "%s", message ? message : format);
	if (hint)
		finding_hint(&push->findings, f, "%s", hint);
	return f;
}

bool push_full(const struct push *push)
{
	return push->findings.count >= MOST_TOLD;
}

const char *push_inside(const struct push *push, const char *path)
{
	size_t n = strlen(push->prefix);

	if (strncmp(path, push->prefix, n) == 0)
		return path + n;
	return n && strlen(path) == n - 1 && strncmp(path, push->prefix, n - 1) == 0 ? "" : NULL;
}

bool push_unit_folder(const struct push *push, const char *inside)
{
	size_t n = strcspn(inside, "/");
	const char *id = map_get(&push->folders, inside, n);

	return id && strncmp(id, inside, n) == 0;
}

char *push_text(struct push *push, char *text)
{
	if (!text)
		cli_no_memory(push->cli);
	return text;
}

char *push_join(struct push *push, const char *folder, const char *name)
{
	return push_text(push,
			 arena_concat(&push->cli->arena, folder, *folder ? "/" : "", name, NULL));
}

const struct git_folder *push_folder(struct push *push, const struct git_entry *entry)
{
	char id[GIT_ID_SIZE];

	return entry->mode == GIT_MODE_FOLDER ? git_folder(push->git, git_hex(push->git, entry, id))
					      : NULL;
}

struct git *push_git(struct cli *cli)
{
	const char *folder = cli->folder ? cli->folder : ".";
	int dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct git *git;

	if (dir < 0) {
		finding_errno(&cli->findings, folder, _("cannot open the folder"), errno);
		cli_fail(cli, CANNOT);
	}
	/* that git has ended is an answer, not our end */
	signal(SIGPIPE, SIG_IGN);
	git = git_new(dir, environ);
	if (!git)
		cli_no_memory(cli);
	if (cli->store.root >= 0)
		store_close(&cli->store);
	return git;
}

static void no_git(struct cli *cli)
{
	finding_hint(&cli->findings,
		     cli_error(cli, "git", "%s", _("git does not answer what is asked of it")),
		     "%s", _("look above for what it says itself; is this a repository of git?"));
	cli_fail(cli, CANNOT);
}

char *push_ask(struct pushing *all, const char *const *arguments)
{
	struct str out = { 0 };
	char *copy;

	if (git_run(all->git, arguments, &out) != 0)
		no_git(all->cli);
	copy = arena_strndup(&all->cli->arena, str_text(&out),
			     out.len && out.p[out.len - 1] == '\n' ? out.len - 1 : out.len);
	str_release(&out);
	if (!copy)
		cli_no_memory(all->cli);
	return copy;
}

/* the same where a negative answer is one: NULL */
static char *may_ask(struct pushing *all, const char *const *arguments)
{
	struct str out = { 0 };
	int status = git_run(all->git, arguments, &out);
	char *copy = NULL;

	if (status != 0 && status != 1)
		no_git(all->cli);
	if (status == 0)
		copy = arena_strndup(&all->cli->arena, str_text(&out),
				     strcspn(str_text(&out), "\n"));
	str_release(&out);
	return copy;
}

/* the id of what a name leads to: a commit's tree, a tag's commit; NULL */
static char *peel(struct pushing *all, const char *id, const char *to, enum git_type type)
{
	char *name = arena_concat(&all->cli->arena, id, "^{", to, "}", NULL), found[GIT_ID_SIZE];
	struct str none = { 0 };
	enum git_type is;
	uint64_t size;

	if (!name)
		cli_no_memory(all->cli);
	is = git_size(all->git, name, &size);
	if (is == GIT_FAILED)
		no_git(all->cli);
	if (is != type)
		return NULL;
	git_read(all->git, name, 0, &none, found);
	str_release(&none);
	return arena_strdup(&all->cli->arena, found);
}

static char *tree_of(struct push *push, const char *commit)
{
	return commit ? peel(push->all, commit, "tree", GIT_TREE) : NULL;
}

static void init(struct push *push, struct pushing *all)
{
	struct cli *cli = all->cli;

	*push = (struct push){ .all = all, .cli = cli, .git = all->git, .prefix = "" };
	if (*all->subfolder)
		push->prefix =
			push_text(push, arena_concat(&cli->arena, all->subfolder, "/", NULL));
	map_init(&push->shapes, &cli->arena);
	map_init(&push->seen, &cli->arena);
	map_init(&push->folders, &cli->arena);
	map_init(&push->added_paths, &cli->arena);
}

/* the commit that first had the path so, or the newest */
static const char *shown_name(struct push *push, const char *path, const char *ref)
{
	const struct push_shape *shape = path ? map_get(&push->shapes, path, strlen(path)) : NULL;
	const char *commit = shape ? shape->commit : push->commit;

	if (!path)
		path = ref ? ref : "";
	return commit ? push_text(push, arena_printf(&push->cli->arena, "%.*s:%s", SHOWN_DIGITS,
						     commit, path))
		      : path;
}

/* hands what was found to the cli, by path, each with its commit */
static void finish(struct push *push, const char *ref)
{
	struct findings *all = &push->cli->findings;

	findings_sort(&push->findings);
	for (size_t i = 0; i < push->findings.count; i++) {
		struct finding f = push->findings.items[i];

		f.file = shown_name(push, f.file, ref);
		findings_add(all, &f, "%s", f.message);
	}
	all->lost = all->lost || push->findings.lost;
	if (push_full(push))
		findings_add(all, &(struct finding){ .level = LEVEL_NOTE, .code = "more" }, "%s",
			     _("there is more that is not told: what was found was too much"));
	findings_release(&push->findings);
	free(push->added);
	schemas_release(&push->cli->schemas);
	if (schemas_init(&push->cli->schemas, NULL) < 0)
		cli_no_memory(push->cli);
	push->cli->store = (struct store){ .root = -1 };
}

static void judge_all(struct push *push)
{
	/* names that deceive are told before anything is read by them */
	if (push->findings.errors)
		return;
	push_changes(push);
	if (!push->findings.errors)
		push_records(push);
}

static bool is_none(const char *id)
{
	return id[strspn(id, "0")] == '\0';
}

static bool is_ref_in(const char *name, const char *folder)
{
	return strncmp(name, folder, strlen(folder)) == 0 && name[strlen(folder)];
}

/* one name on a file system that knows no case, or a folder of the other */
static bool collide(struct push *push, const char *a, const char *b)
{
	const char *x = push_likeness(push, a), *y = push_likeness(push, b);
	size_t n = strlen(x), m = strlen(y), least = n < m ? n : m;

	return strcmp(a, b) != 0 && strncmp(x, y, least) == 0 && (!x[least] || x[least] == '/') &&
	       (!y[least] || y[least] == '/');
}

/* a clone keeps references as files: a new one that it would take for another spoils that */
static void check_ref_name(struct push *push, const struct push_ref *refs, size_t n, size_t own)
{
	const char *const list[] = { "for-each-ref", "--format=%(refname)", "refs/heads",
				     "refs/tags", NULL };
	const char *name = refs[own].name, *other = NULL;
	char *copy = push_text(push, arena_strdup(&push->cli->arena, name)), *rest;
	bool plain = true;

	if (!is_none(refs[own].old))
		return;
	for (char *part = strtok_r(copy, "/", &rest); part; part = strtok_r(NULL, "/", &rest))
		plain = plain && push_plain(push, part);
	for (size_t i = 0; i < n && !other; i++)
		if (i != own && collide(push, name, refs[i].name))
			other = refs[i].name;
	copy = other ? NULL : push_ask(push->all, list);
	for (char *line = copy ? strtok_r(copy, "\n", &rest) : NULL; line && !other;
	     line = strtok_r(NULL, "\n", &rest))
		if (collide(push, name, line))
			other = line;
	if (!plain || other)
		push_say(push, "odd-name", NULL, _("push it under another name"), "%s",
			 _("such a name is taken for another one, or cannot be on every computer"));
}

/* what a branch that is new here grew from: HEAD's, or any */
static char *main_line(struct pushing *all)
{
	const char *const head[] = { "rev-parse", "--verify", "--quiet", "HEAD^{commit}", NULL };
	const char *const any[] = { "for-each-ref", "--count=1", "--format=%(objectname)",
				    "refs/heads", NULL };
	char *commit = may_ask(all, head);

	if (!commit)
		commit = may_ask(all, any);
	return commit && *commit ? commit : NULL;
}

/* the commit that the branch is compared with; *judge: whose plan judges. False after a finding. */
static bool find_base(struct push *push, const struct push_ref *ref, const char **base,
		      const char **judge)
{
	const char *const forward[] = { "merge-base", "--is-ancestor", ref->old, ref->new, NULL };
	const char *const fork[] = { "merge-base", NULL, ref->new, NULL };
	const char *words[4];

	*base = *judge = NULL;
	if (!is_none(ref->old)) {
		*base = *judge = ref->old;
		if (may_ask(push->all, forward))
			return true;
		push_say(push, "no-force", NULL,
			 _("pull, so that your work comes on top of it, and push again"), "%s",
			 _("the push would take commits away that the server has"));
		return false;
	}
	*judge = main_line(push->all);
	if (!*judge)
		return true;
	memcpy(words, fork, sizeof(words));
	words[1] = *judge;
	*base = may_ask(push->all, words);
	if (*base)
		return true;
	push_say(push, "other-history", NULL,
		 _("clone what is on the server, and enter your records there"), "%s",
		 _("the branch has nothing in common with what the server has"));
	return false;
}

/*
 * Every commit that no other reference has yet, the oldest first; in a clone the branch itself is
 * there already.
 */
static void check_commits(struct push *push, const struct push_ref *ref)
{
	const char *new = ref->new, *old = is_none(ref->old) ? new : ref->old;
	const char *own = push_text(push, arena_concat(&push->cli->arena, "--exclude=",
						       ref->name + strlen("refs/heads/"), NULL));
	const char *const list[] = { "rev-list",  "--reverse",  "--topo-order",
				     new,         "--not",      old == new ? "--tags" : old,
				     own,         "--branches", "--tags",
				     "--remotes", NULL };
	char *commits = push_ask(push->all, list), *next;

	for (char *p = commits; *p && !push_full(push); p = next) {
		size_t n = strcspn(p, "\n");
		char *tree;

		next = p + n + (p[n] == '\n');
		p[n] = '\0';
		tree = tree_of(push, p);
		push->commit = p;
		if (tree)
			push_shapes(push, p, tree);
		else
			push_say(push, "damaged", NULL, NULL, "%s", _("the commit has no tree"));
	}
	push->commit = new;
	/* known commits on a new place are looked at as well */
	push_shapes(push, new, push->tip);
}

static void check_branch(struct pushing *all, const struct push_ref *refs, size_t n, size_t own)
{
	const struct push_ref *ref = &refs[own];
	const char *base, *judge;
	struct push push;

	init(&push, all);
	push.commit = ref->new;
	if (is_none(ref->new)) {
		push.commit = ref->old;
		push_say(&push, "no-deletion", NULL, _("leave it; it does no harm"), "%s",
			 _("a branch is never deleted"));
	} else if (find_base(&push, ref, &base, &judge)) {
		push.since = base;
		push.base = tree_of(&push, base);
		push.tip = tree_of(&push, ref->new);
		if (!push.tip || (base && !push.base))
			no_git(all->cli);
		push_find_judge(&push, judge == base ? push.base : tree_of(&push, judge));
		check_ref_name(&push, refs, n, own);
		if (!push.findings.errors)
			check_commits(&push, ref);
		judge_all(&push);
	}
	finish(&push, ref->name);
}

/* a tag names what a branch has, so it brings no history of its own */
static bool is_on_branch(struct pushing *all, const char *commit, const struct push_ref *refs,
			 size_t n)
{
	const char **words = arena_array(&all->cli->arena, n + 8, sizeof(*words));
	size_t w = 0;

	if (!words)
		cli_no_memory(all->cli);
	words[w++] = "rev-list";
	words[w++] = "--max-count=1";
	words[w++] = commit;
	words[w++] = "--not";
	words[w++] = "--branches";
	for (size_t i = 0; i < n; i++)
		if (is_ref_in(refs[i].name, "refs/heads/") && !is_none(refs[i].new))
			words[w++] = refs[i].new;
	return !*push_ask(all, words);
}

static void check_tag(struct pushing *all, const struct push_ref *refs, size_t n, size_t own)
{
	const struct push_ref *ref = &refs[own];
	char *commit = is_none(ref->new) ? NULL : peel(all, ref->new, "commit", GIT_COMMIT);
	const char *line;
	struct push push;
	uint64_t size;

	init(&push, all);
	push.commit = is_none(ref->new) ? ref->old : ref->new;
	if (!is_none(ref->old)) {
		push_say(&push, "no-deletion", NULL, _("make another tag"), "%s",
			 _("a tag is never moved or deleted"));
	} else if (!commit || git_size(all->git, ref->new, &size) < GIT_BLOB || size > TAG_LIMIT) {
		push_say(&push, "tag", NULL, NULL, "%s", _("a tag names a commit"));
	} else {
		line = main_line(all);
		push.tip = tree_of(&push, commit);
		if (!push.tip)
			no_git(all->cli);
		push_find_judge(&push, tree_of(&push, line ? line : commit));
		check_ref_name(&push, refs, n, own);
		if (!push.owner)
			push_say(&push, "owner-only", NULL, NULL, "%s",
				 _("tags are set by the plan's owner"));
		if (!is_on_branch(all, commit, refs, n))
			push_say(&push, "tag", NULL, _("push the branch first"), "%s",
				 _("no branch here has the commit of this tag"));
	}
	finish(&push, ref->name);
}

void push_refs(struct pushing *all, const struct push_ref *refs, size_t n)
{
	struct push push;

	for (size_t i = 0; i < n; i++) {
		if (is_ref_in(refs[i].name, "refs/heads/")) {
			check_branch(all, refs, n, i);
		} else if (is_ref_in(refs[i].name, "refs/tags/")) {
			check_tag(all, refs, n, i);
		} else {
			init(&push, all);
			push.commit = is_none(refs[i].new) ? refs[i].old : refs[i].new;
			push_say(&push, "ref", NULL, NULL, "%s",
				 _("only branches and tags are taken"));
			finish(&push, refs[i].name);
		}
	}
}

/* the trees of what is being merged: a line of MERGE_HEAD each */
static void find_others(struct push *push)
{
	const char *const where[] = { "rev-parse", "--git-path", "MERGE_HEAD", NULL };
	const char *path = push_ask(push->all, where), **trees = NULL;
	struct str heads = { 0 };
	char *tree;

	if (*path != '/' && push->cli->folder)
		path = push_join(push, push->cli->folder, path);
	if (path_read(path, MERGE_HEAD_LIMIT, &heads) == 0)
		trees = arena_array(&push->cli->arena, heads.len / 40 + 1, sizeof(*trees));
	for (char *p = heads.p; trees && p && *p; p += strcspn(p, "\n")) {
		p += *p == '\n';
		tree = tree_of(push, arena_strndup(&push->cli->arena, p, strcspn(p, "\n")));
		if (tree)
			trees[push->nothers++] = tree;
	}
	push->others = trees;
	str_release(&heads);
}

void push_commit(struct pushing *all)
{
	const char *const write[] = { "write-tree", NULL };
	const char *const head[] = { "rev-parse", "--verify", "--quiet", "HEAD^{tree}", NULL };
	struct push push;

	init(&push, all);
	push.base = may_ask(all, head);
	push.tip = push_ask(all, write);
	find_others(&push);
	push_find_judge(&push, push.base);
	if (!push.findings.errors)
		push_shapes(&push, NULL, push.tip);
	judge_all(&push);
	finish(&push, NULL);
}
