#include "store/view.h"

#include <errno.h>
#include <string.h>

#include "base/msg.h"
#include "store/git.h"

#define RECORD_LIMIT ((size_t)1024 * 1024)

void store_of_tree(struct store *store, struct git *git, const char *tree)
{
	*store = (struct store){ .root = -1, .git = git, .tree = tree };
}

static bool is_file(const struct git_entry *entry)
{
	return entry && (entry->mode == GIT_MODE_FILE || entry->mode == GIT_MODE_PROGRAM);
}

/* 0, or -1 with errno */
static int read_entry(const struct store *store, const struct git_entry *entry, size_t limit,
		      struct str *out)
{
	char id[GIT_ID_SIZE];

	switch (git_read(store->git, git_hex(store->git, entry, id), limit, out, NULL)) {
	case GIT_BLOB:
		return 0;
	case GIT_TOO_LARGE:
		errno = EFBIG;
		return -1;
	default:
		errno = EIO;
		return -1;
	}
}

int view_read(const struct store *store, const char *path, size_t limit, struct str *out)
{
	const struct git_entry *entry = git_lookup(store->git, store->tree, path);

	if (is_file(entry))
		return read_entry(store, entry, limit, out);
	errno = !entry ? ENOENT : entry->mode == GIT_MODE_FOLDER ? EISDIR : ELOOP;
	return -1;
}

bool view_missing(const struct store *store, const char *path)
{
	return !git_lookup(store->git, store->tree, path);
}

int64_t view_size(const struct store *store, const char *path)
{
	const struct git_entry *entry = git_lookup(store->git, store->tree, path);
	char id[GIT_ID_SIZE];
	uint64_t size;

	if (!is_file(entry) ||
	    git_size(store->git, git_hex(store->git, entry, id), &size) != GIT_BLOB)
		return -1;
	return size > INT64_MAX ? INT64_MAX : (int64_t)size;
}

static const struct git_folder *folder_at(const struct store *store, const char *path)
{
	const struct git_entry *entry;
	char id[GIT_ID_SIZE];

	if (!*path)
		return git_folder(store->git, store->tree);
	entry = git_lookup(store->git, store->tree, path);
	return entry && entry->mode == GIT_MODE_FOLDER
		       ? git_folder(store->git, git_hex(store->git, entry, id))
		       : NULL;
}

bool view_has_folder(const struct store *store, const char *path)
{
	return folder_at(store, path) != NULL;
}

void view_list(const struct store *store, const char *path,
	       void (*entry)(void *context, const char *name, bool regular), void *context)
{
	const struct git_folder *folder = folder_at(store, path);

	for (size_t i = 0; folder && i < folder->count; i++)
		entry(context, folder->entries[i].name, is_file(&folder->entries[i]));
}

/* the first entry whose name is not before the id */
static size_t first_of(const struct git_folder *folder, const char *id)
{
	size_t low = 0, high = folder->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(folder->entries[middle].name, id) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static enum outcome load_file(const struct store *store, const struct git_entry *entry,
			      struct arena *arena, struct stored_file *file)
{
	struct str text = { 0 };
	enum outcome outcome = DONE;

	file->name = entry->name;
	file->error = read_entry(store, entry, RECORD_LIMIT, &text) < 0 ? errno : 0;
	file->size = file->error ? 0 : text.len;
	file->text = arena_strndup(arena, str_text(&text), file->size);
	if (!file->text)
		outcome = CANNOT;
	str_release(&text);
	return outcome;
}

enum outcome view_load(const struct store *store, const char *path, const char *id,
		       struct arena *arena, struct stored *stored, struct findings *findings)
{
	const struct git_folder *folder = folder_at(store, path);
	size_t first, end, n = strlen(id);
	struct stored_file *files;
	enum outcome outcome = DONE;

	if (!folder)
		return REFUSED;
	for (first = end = first_of(folder, id);
	     end < folder->count && strncmp(folder->entries[end].name, id, n) == 0;)
		end++;
	files = arena_array(arena, end - first + 1, sizeof(*files));
	*stored = (struct stored){ .type = STORED_ORPHAN,
				   .id = arena_strdup(arena, id),
				   .folder = arena_strdup(arena, path),
				   .unit = arena_strndup(arena, path, strcspn(path, "/")),
				   .files = files,
				   .nfiles = 1 };
	if (!files || !stored->id || !stored->folder || !stored->unit)
		outcome = CANNOT;
	id_parse(id, n, &stored->kind, NULL);
	for (size_t i = first; i < end && outcome == DONE; i++) {
		const struct git_entry *entry = &folder->entries[i];
		bool record = strcmp(entry->name + n, ".yaml") == 0;

		if (!is_file(entry) ||
		    (!record && !event_name_parse(entry->name, strlen(entry->name), NULL, NULL)))
			continue;
		if (record)
			stored->type = STORED_RECORD;
		outcome = load_file(store, entry, arena, &files[record ? 0 : stored->nfiles++]);
	}
	if (outcome != DONE)
		finding_errno(findings, path, _("cannot read"), ENOMEM);
	return outcome;
}
