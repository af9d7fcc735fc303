/*
 * What is pushed: trees as their bytes, and a record folder before and after as record-guard judges
 * it, out of a git that is kept in memory. The first line names the units that push, or nobody.
 * Files follow, each as a line `\x01<mode> <path>` and its content; those before \x02 were there,
 * those behind it come, in the place of one that was there, or with mode 0 take it away. An input
 * that begins with \x03 is one tree.
 *
 * Dictionaries: guard, fold, syntax
 */
#include "must.h"

#include <fcntl.h>

#include "base/file.h"
#include "base/utf8.h"
#include "cli/push_parts.h"
#include "store/evidence.h"

#define MOST_FILES 64
#define MOST_DEPTH 20

/* --- a git in memory: the doors of store/git.h ------------------------------------------------ */

struct object {
	bool folder;
	const char *bytes;
	size_t size;
	const struct git_folder *parsed;
};

struct git {
	struct arena arena;
	struct map objects; /* by id in hexadecimal */
};

static const struct object *object(const struct git *git, const char *name)
{
	return map_get(&git->objects, name, strlen(name));
}

struct git *git_new(int dir, char *const *environment)
{
	(void)dir;
	(void)environment;
	return NULL;
}

void git_free(struct git *git)
{
	(void)git;
}

int git_list(int dir, char *const *environment, struct str *out)
{
	(void)dir;
	(void)environment;
	(void)out;
	return -1;
}

int git_run(struct git *git, const char *const *arguments, struct str *out)
{
	(void)git;
	(void)arguments;
	(void)out;
	return -1;
}

enum git_type git_size(struct git *git, const char *name, uint64_t *size)
{
	const struct object *o = object(git, name);

	if (!o)
		return GIT_MISSING;
	*size = o->size;
	return o->folder ? GIT_TREE : GIT_BLOB;
}

enum git_type git_read(struct git *git, const char *name, size_t limit, struct str *out, char *id)
{
	const struct object *o = object(git, name);

	if (!o)
		return GIT_MISSING;
	if (id)
		strcpy(id, name);
	if (o->size > limit)
		return GIT_TOO_LARGE;
	str_addn(out, o->bytes, o->size);
	return o->folder ? GIT_TREE : GIT_BLOB;
}

const struct git_folder *git_folder(struct git *git, const char *id)
{
	const struct object *o = object(git, id);

	return o && o->folder ? o->parsed : NULL;
}

const struct git_folder *git_folder_once(struct git *git, const char *id, struct arena *arena)
{
	(void)arena;
	return git_folder(git, id);
}

const char *git_hex(const struct git *git, const struct git_entry *entry, char out[GIT_ID_SIZE])
{
	(void)git;
	for (size_t i = 0; i < 20; i++)
		sprintf(out + 2 * i, "%02x", entry->id[i]);
	return out;
}

bool git_same(const struct git *git, const struct git_entry *a, const struct git_entry *b)
{
	(void)git;
	return memcmp(a->id, b->id, 20) == 0;
}

/* --- the folder before and after -------------------------------------------------------------- */

struct file {
	unsigned mode;
	const char *path;
	const char *text;
	size_t size;
};

struct files {
	struct file items[MOST_FILES];
	size_t count;
};

static const char *put(struct git *git, bool folder, const char *bytes, size_t n)
{
	struct object *o = arena_alloc(&git->arena, sizeof(*o));
	char id[GIT_ID_SIZE], *key;

	MUST(o);
	*o = (struct object){ .folder = folder, .size = n };
	o->bytes = arena_strndup(&git->arena, bytes, n);
	if (folder)
		o->parsed = git_folder_parse(o->bytes, n, 20, &git->arena);
	git_blob_id(bytes, n, 40, id);
	id[0] = folder ? 'e' : 'f'; /* a file and a folder of the same bytes are two */
	key = arena_strdup(&git->arena, id);
	MUST(key && map_put(&git->objects, key, 40, o) == 0);
	return key;
}

static void add_entry(struct str *tree, unsigned mode, const char *name, size_t n, const char *id)
{
	str_addf(tree, "%o %.*s", mode, (int)n, name);
	str_addc(tree, '\0');
	for (size_t i = 0; i < 20; i++) {
		unsigned byte;

		sscanf(id + 2 * i, "%2x", &byte);
		str_addc(tree, (char)byte);
	}
}

/* the files from `from` on whose paths begin as that one's first n bytes: a tree; its id */
static const char *put_tree(struct git *git, const struct files *files, size_t from, size_t end,
			    size_t n, unsigned depth)
{
	struct str tree = { 0 };
	const char *id;

	for (size_t i = from; i < end;) {
		const struct file *f = &files->items[i];
		const char *name = f->path + n, *slash = strchr(name, '/');
		size_t length = slash ? (size_t)(slash - name) : strlen(name), next = i + 1;

		if (!slash || depth == MOST_DEPTH) {
			add_entry(&tree, f->mode, name, strcspn(name, "/"),
				  put(git, false, f->text, f->size));
		} else {
			while (next < end &&
			       strncmp(files->items[next].path, f->path, n + length + 1) == 0)
				next++;
			add_entry(&tree, GIT_MODE_FOLDER, name, length,
				  put_tree(git, files, i, next, n + length + 1, depth + 1));
		}
		i = next;
	}
	id = put(git, true, str_text(&tree), tree.len);
	str_release(&tree);
	return id;
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct file *)a)->path, ((const struct file *)b)->path);
}

static void set_file(struct files *files, const struct file *file)
{
	for (size_t i = 0; i < files->count; i++)
		if (strcmp(files->items[i].path, file->path) == 0) {
			if (file->mode)
				files->items[i] = *file;
			else
				files->items[i] = files->items[--files->count];
			return;
		}
	if (file->mode && files->count < MOST_FILES)
		files->items[files->count++] = *file;
}

/* takes one file of the input; false at its end */
static bool take_file(const char **p, const char *end, struct arena *arena, struct file *file)
{
	const char *line, *next, *space;

	*p = memchr(*p, '\x01', (size_t)(end - *p));
	if (!*p)
		return false;
	line = memchr(*p, '\n', (size_t)(end - *p));
	next = memchr(*p + 1, '\x01', (size_t)(end - *p - 1));
	if (!next)
		next = end;
	if (!line || line >= next)
		line = next;
	file->mode =
		(unsigned)strtoul(arena_strndup(arena, *p + 1, (size_t)(line - *p - 1)), NULL, 8) &
		0177777;
	space = memchr(*p, ' ', (size_t)(line - *p));
	file->path = space ? arena_strndup(arena, space + 1, (size_t)(line - space - 1)) : "x";
	file->text = line < next ? line + 1 : next;
	file->size = (size_t)(next - file->text);
	*p = next;
	return true;
}

static const char *read_tree(struct git *git, const char *p, const char *end, struct files *files)
{
	struct file file;

	while (p < end && take_file(&p, end, &git->arena, &file))
		set_file(files, &file);
	qsort(files->items, files->count, sizeof(*files->items), by_path);
	return put_tree(git, files, 0, files->count, 0, 0);
}

/* --- what must hold --------------------------------------------------------------------------- */

static struct cli cli; /* with the plan of Pingliang; nothing in it changes */

static void load(void)
{
	struct str path = { 0 }, text = { 0 };

	if (cli.has_folder)
		return;
	cli.store.root = -1;
	cli.now = 1735689600; /* the end of 2024 */
	MUST(schemas_init(&cli.schemas, NULL) == 0);
	MUST(data_path("plans/pingliang-2024/plan.yaml", &path));
	MUST(file_read(AT_FDCWD, str_text(&path), READ_LARGE.bytes, &text) == 0);
	cli_load_plan(&cli, str_text(&path), &text);
	str_release(&path);
	str_release(&text);
}

static bool is_unit(const char *path)
{
	for (size_t i = 0; i < cli.plan.nfolders; i++) {
		size_t n = strlen(cli.plan.folders[i]);

		if (strncmp(path, cli.plan.folders[i], n) == 0 && path[n] == '/')
			return true;
	}
	return false;
}

/* the rules in their plainest form, over the lists of files */
static void must_be_additions(const struct push *push, const struct files *before,
			      const struct files *after)
{
	size_t kept = 0;

	for (size_t i = 0; i < after->count; i++) {
		const struct file *f = &after->items[i], *old = NULL;

		for (size_t j = 0; j < before->count; j++)
			if (strcmp(before->items[j].path, f->path) == 0)
				old = &before->items[j];
		kept += old && is_unit(f->path);
		if (old && old->mode == f->mode && old->size == f->size &&
		    memcmp(old->text, f->text, f->size) == 0)
			continue;
		MUST(f->mode == GIT_MODE_FILE);
		MUST(utf8_valid(f->path, strlen(f->path)) == strlen(f->path));
		if (is_unit(f->path))
			MUST(!old && f->size <= EVIDENCE_LIMIT);
		else
			MUST(push->owner || push->anyone);
	}
	for (size_t i = 0; i < before->count; i++)
		kept -= is_unit(before->items[i].path);
	MUST(kept == 0);
}

static void judge(const char *text, size_t size)
{
	const char *line = memchr(text, '\n', size), *end = text + size, *middle;
	struct git git = { 0 };
	struct files files = { 0 }, before;
	struct cli mine = cli;
	struct pushing all = { .cli = &mine, .git = &git, .subfolder = "" };
	struct push push = { .all = &all, .cli = &mine, .git = &git, .prefix = "" };
	size_t n = line ? (size_t)(line - text) : 0;
	char *words;

	map_init(&git.objects, &git.arena);
	mine.arena = (struct arena){ 0 };
	mine.findings = (struct findings){ 0 };
	map_init(&push.shapes, &mine.arena);
	map_init(&push.seen, &mine.arena);
	map_init(&push.folders, &mine.arena);
	map_init(&push.added_paths, &mine.arena);
	for (size_t i = 0; i < mine.plan.nfolders; i++)
		map_put(&push.folders, mine.plan.folders[i], strlen(mine.plan.folders[i]),
			(void *)(uintptr_t)mine.plan.folders[i]);
	words = arena_strndup(&mine.arena, text, n);
	all.unit = n ? "units" : NULL;
	push.anyone = n == 0;
	for (char *word = words, *comma; word && *word; word = comma) {
		comma = strchrnul(word, ',');
		if (*comma)
			*comma++ = '\0';
		if (plan_unit(&mine.plan, word) != NO_UNIT)
			set_add(&push.units, plan_unit(&mine.plan, word));
	}
	push.owner = set_has(&push.units, mine.plan.owner);
	middle = memchr(text + n, '\x02', size - n);
	if (!middle)
		middle = end;
	push.base = read_tree(&git, text + n, middle, &files);
	before = files;
	push.tip = read_tree(&git, middle, end, &files);
	store_of_tree(&push.store, &git, push.tip);
	mine.store = push.store;
	push_shapes(&push, "0123456789012345678901234567890123456789", push.tip);
	if (!push.findings.errors)
		push_changes(&push);
	if (!push.findings.errors)
		push_records(&push);
	must_be_findings(&push.findings);
	MUST(push.findings.count <= MOST_TOLD + 64);
	if (!push.findings.errors)
		must_be_additions(&push, &before, &files);
	/* compiled once, for all that come after */
	cli.schemas = mine.schemas;
	findings_release(&push.findings);
	findings_release(&mine.findings);
	free(push.added);
	arena_release(&mine.arena);
	arena_release(&git.arena);
}

/* what was parsed is found again, and only that */
static void parse(const char *text, size_t size)
{
	struct arena arena = { 0 };

	for (size_t bytes = 20; bytes <= 32; bytes += 12) {
		const struct git_folder *f = git_folder_parse(text, size, bytes, &arena);

		for (size_t i = 0; f && i < f->count; i++) {
			const struct git_entry *e = &f->entries[i];

			MUST(*e->name && !strchr(e->name, '/'));
			MUST(git_entry(f, e->name, strlen(e->name)) == e);
			MUST((const char *)e->id + bytes <= text + size);
		}
	}
	arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	load();
	if (size && *data == '\x03')
		parse((const char *)data + 1, size - 1);
	else
		judge((const char *)data, size);
	return 0;
}
