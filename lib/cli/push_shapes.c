/* The files and folders of a commit as they are named, before anything in them is read. */
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "base/utf8.h"
#include "cli/push_parts.h"
#include "store/evidence.h"
#include "yaml/read.h"

#define MOST_LEVELS 16
#define NAME_LIMIT 200

static const char *undo(void)
{
	return _("take it out of every commit that is not pushed yet: git reset --soft to what the "
		 "server has, and commit again without it");
}

static const char *likeness(struct arena *arena, const char *name)
{
	size_t n = strlen(name);
	char *folded = utf8_valid(name, n) == n ? name_fold(arena, name, n) : NULL;

	for (char *p = folded; p && *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p - 'A' + 'a');
	return folded ? folded : "";
}

const char *push_likeness(struct push *push, const char *name)
{
	return likeness(&push->cli->arena, name);
}

static bool has_prefix(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* names that Windows keeps for devices, whatever the ending, or gives to other files: LONGNA~1.TXT */
static bool is_windows_own(const char *like)
{
	static const char *const devices[] = { "con", "prn", "aux", "nul", "com", "lpt" };
	size_t n = strcspn(like, ". "), tilde = strcspn(like, "~");

	for (size_t i = 0; i < sizeof(devices) / sizeof(*devices); i++)
		if (strncmp(like, devices[i], 3) == 0 &&
		    (i < 4 ? n == 3 : n == 4 && like[3] >= '0' && like[3] <= '9'))
			return true;
	return tilde < n && tilde <= 7 && n <= 8 && tilde + 1 < n &&
	       strspn(like + tilde + 1, "0123456789") == n - tilde - 1;
}

bool push_plain(struct push *push, const char *name)
{
	size_t n = strlen(name);
	const char *p = name, *end = name + n, *like = push_likeness(push, name);

	if (n > NAME_LIMIT || utf8_valid(name, n) != n || !*like || name[n - 1] == '.' ||
	    name[n - 1] == ' ' || *name == ' ' || strpbrk(name, "\\:*?\"<>|"))
		return false;
	while (p < end)
		if (utf8_is_control(utf8_decode(&p, end)))
			return false;
	return strcmp(like, ".git") != 0 && !is_windows_own(like) &&
	       strcmp(like, ".gitmodules") != 0 && !has_prefix(like, ".duban-");
}

/* <12 digits>.<ending> */
static bool is_evidence_name(const char *name)
{
	char extension[EXTENSION_SIZE];

	return strspn(name, "0123456789abcdef") == 12 && name[12] == '.' &&
	       strcmp(evidence_extension(name, extension), name + 13) == 0;
}

static bool is_month(const char *name)
{
	return strlen(name) == 7 && strspn(name, "0123456789") == 4 && name[4] == '-' &&
	       strspn(name + 5, "0123456789") == 2 && atoi(name + 5) >= 1 && atoi(name + 5) <= 12;
}

/* a record or an event, in the folder of its kind and of its month */
static bool is_record_path(const char *inside)
{
	struct path_parts parts;
	enum kind kind;
	size_t n;

	if (!path_parse(inside, &parts))
		return false;
	n = strlen(parts.file);
	return n > ID_LENGTH && id_parse(parts.file, ID_LENGTH, &kind, NULL) &&
	       kind == parts.kind && strncmp(parts.file + 2, parts.file - 8, 4) == 0 &&
	       strncmp(parts.file + 6, parts.file - 3, 2) == 0 &&
	       (strcmp(parts.file + ID_LENGTH, ".yaml") == 0 ||
		event_name_parse(parts.file, n, NULL, NULL));
}

/* whether a unit's folder has a place for such a file or folder; inside: "<unit>/…" */
static bool has_place(const char *inside, bool folder)
{
	const char *kind = strchr(inside, '/'), *third, *fourth;
	size_t n;

	if (!kind)
		return folder;
	kind++;
	third = strchr(kind, '/');
	n = third ? (size_t)(third - kind) : strlen(kind);
	if (!third)
		return folder ? strcmp(kind, "evidence") == 0 || kind_in_folder(kind, n) != KINDS
			      : strcmp(kind, ".keep") == 0;
	if (n == 8 && has_prefix(kind, "evidence/"))
		return !folder && is_evidence_name(third + 1);
	fourth = strchr(third + 1, '/');
	if (!fourth)
		return folder && is_month(third + 1);
	return !folder && is_record_path(inside);
}

static uint64_t most_bytes(const char *inside)
{
	const char *slash = inside ? strchr(inside, '/') : NULL;

	if (slash && has_prefix(slash, "/evidence/"))
		return EVIDENCE_LIMIT;
	if (slash && is_record_path(inside))
		return READ_RECORD.bytes;
	return inside && strcmp(inside, "plan.yaml") == 0 ? READ_LARGE.bytes : EVIDENCE_LIMIT;
}

static void check_size(struct push *push, const char *path, const struct git_entry *entry)
{
	const char *inside = push_inside(push, path);
	uint64_t most = most_bytes(inside), size = 0;
	char id[GIT_ID_SIZE];

	if (git_size(push->git, git_hex(push->git, entry, id), &size) != GIT_BLOB)
		push_say(push, "damaged", path, undo(), "%s", _("git does not have this file"));
	else if (size > most)
		push_say(push, "too-large", path, undo(), _("the file is larger than %zu bytes"),
			 (size_t)most);
	else if (inside && push_unit_folder(push, inside) && size &&
		 strcmp(strrchr(path, '/'), "/.keep") == 0)
		push_say(push, "odd-name", path, undo(), "%s", _("the file '.keep' must be empty"));
}

/* false: nothing more is to be said of it */
static bool check_mode(struct push *push, const char *path, const struct git_entry *entry)
{
	switch (entry->mode) {
	case GIT_MODE_FILE:
	case GIT_MODE_FOLDER:
		return true;
	case GIT_MODE_PROGRAM:
		push_say(push, "executable", path,
			 _("git update-index --chmod=-x takes the bit away; git config "
			   "core.fileMode false keeps it away"),
			 "%s", _("the file is marked as a program"));
		return true;
	case GIT_MODE_LINK:
		push_say(push, "link", path, undo(), "%s", _("this is a symbolic link"));
		return false;
	case GIT_MODE_MODULE:
		push_say(push, "submodule", path, undo(), "%s",
			 _("this is another repository in this one"));
		return false;
	default:
		push_say(push, "odd-mode", path, undo(), _("the file has the odd mode %o"),
			 (unsigned)entry->mode);
		return false;
	}
}

static bool check_name(struct push *push, const char *path, const struct git_entry *entry)
{
	const char *inside = push_inside(push, path);
	bool folder = entry->mode == GIT_MODE_FOLDER;
	const char *like;

	if (inside && push_unit_folder(push, inside)) {
		if (has_place(inside, folder))
			return true;
		push_say(push, "odd-name", path, undo(), "%s",
			 folder ? _("a unit has no such folder")
				: _("no record, event or evidence has such a name in this place"));
		return false;
	}
	like = push_likeness(push, entry->name);
	if (!push_plain(push, entry->name) ||
	    (inside && !strchr(inside, '/') && map_has(&push->folders, like, strlen(like)))) {
		push_say(push, "odd-name", path, undo(), "%s",
			 _("such a name is taken for another one, or cannot be on every computer"));
		return false;
	}
	return true;
}

static bool is_of_base(const struct git_folder *base, const char *name)
{
	return base && git_entry(base, name, strlen(name));
}

/* beside each other, but one on a file system that knows no case */
static void check_likenesses(struct push *push, const char *path, const struct git_folder *folder,
			     const struct git_folder *base, struct arena *arena)
{
	struct map likenesses;

	map_init(&likenesses, arena);
	for (size_t i = 0; i < folder->count && !push_full(push); i++) {
		const char *name = folder->entries[i].name, *like = likeness(arena, name);
		const char *twin = map_get(&likenesses, like, strlen(like));

		if (twin && !(is_of_base(base, name) && is_of_base(base, twin)))
			push_say(push, "odd-name",
				 push_join(push, path, is_of_base(base, name) ? twin : name),
				 undo(), "%s",
				 _("another name beside it differs by case or form only"));
		if (map_put(&likenesses, like, strlen(like), (void *)(uintptr_t)name) < 0)
			cli_no_memory(push->cli);
	}
}

/* whether it matters where the folder lies: above the record folder, at its top, or in a unit's */
static bool has_own_rules(const struct push *push, const char *path)
{
	const char *inside = push_inside(push, path);

	return (inside && (!*inside || push_unit_folder(push, inside))) ||
	       strncmp(push->prefix, path, strlen(path)) == 0;
}

/*
 * false: the tree was looked at before, in this place or in one of the same rules. So folders that
 * name the same folder many times, and it another one, are no more work than they are bytes.
 */
static bool is_new(struct push *push, const char *path, const char *tree)
{
	char *key = push_text(push, arena_concat(&push->cli->arena, tree, ":",
						 has_own_rules(push, path) ? path : "/", NULL));

	if (map_has(&push->seen, key, strlen(key)))
		return false;
	if (map_put(&push->seen, key, strlen(key), NULL) < 0)
		cli_no_memory(push->cli);
	return true;
}

struct walk {
	const char *commit;
	unsigned level;
};

static void walk(struct push *push, const struct walk *at, const char *path, const char *tree,
		 const struct git_folder *base);

/* false: it was looked at as it is, in an earlier commit. The path is kept only where it was not. */
static bool note(struct push *push, const struct walk *at, const char **path,
		 const struct git_entry *entry)
{
	struct push_shape *shape = map_get(&push->shapes, *path, strlen(*path));
	char id[GIT_ID_SIZE];

	git_hex(push->git, entry, id);
	if (shape && shape->mode == entry->mode && strcmp(shape->id, id) == 0)
		return false;
	*path = push_text(push, arena_strdup(&push->cli->arena, *path));
	if (!shape) {
		shape = arena_alloc(&push->cli->arena, sizeof(*shape));
		if (!shape || map_put(&push->shapes, *path, strlen(*path), shape) < 0)
			cli_no_memory(push->cli);
		shape->commit = at->commit;
	}
	shape->mode = entry->mode;
	memcpy(shape->id, id, sizeof(id));
	return true;
}

static void look_at(struct push *push, const struct walk *at, const char *path,
		    const struct git_entry *entry, const struct git_entry *before)
{
	struct walk below = { .commit = at->commit, .level = at->level + 1 };
	char id[GIT_ID_SIZE];

	if (!note(push, at, &path, entry) || !check_mode(push, path, entry) ||
	    !check_name(push, path, entry))
		return;
	if (entry->mode == GIT_MODE_FOLDER)
		walk(push, &below, path, git_hex(push->git, entry, id),
		     before ? push_folder(push, before) : NULL);
	else
		check_size(push, path, entry);
}

/*
 * Every entry that is not the base's own. The folder is let go at the end: of each of thousands of
 * commits the large folder to which it adds a file is another one.
 */
static void walk(struct push *push, const struct walk *at, const char *path, const char *tree,
		 const struct git_folder *base)
{
	const char *inside = push_inside(push, path);
	const struct git_folder *folder;
	struct arena once = { 0 };

	if (!is_new(push, path, tree))
		return;
	folder = at->level < MOST_LEVELS ? git_folder_once(push->git, tree, &once) : NULL;
	if (!folder)
		push_say(push, "damaged", path, undo(), "%s",
			 _("the folder is damaged, or lies too deep"));
	else if (!inside || !push_unit_folder(push, inside))
		check_likenesses(push, path, folder, base, &once);
	for (size_t i = 0; folder && i < folder->count && !push_full(push); i++) {
		const struct git_entry *entry = &folder->entries[i];
		const struct git_entry *before =
			base ? git_entry(base, entry->name, strlen(entry->name)) : NULL;

		if (!before || before->mode != entry->mode || !git_same(push->git, before, entry))
			look_at(push, at,
				push_text(push, arena_concat(&once, path, *path ? "/" : "",
							     entry->name, NULL)),
				entry, before);
	}
	arena_release(&once);
}

void push_shapes(struct push *push, const char *commit, const char *tree)
{
	struct walk at = { .commit = commit };

	walk(push, &at, "", tree, push->base ? git_folder(push->git, push->base) : NULL);
}
