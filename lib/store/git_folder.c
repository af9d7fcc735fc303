/* The trees of git: bytes that a stranger may have made. */
#include <string.h>

#include "store/git.h"

/* git's order: a folder's name as if a slash followed it */
static int compare(const char *a, size_t n, bool a_folder, const char *b, size_t m, bool b_folder)
{
	size_t least = n < m ? n : m;
	int order = memcmp(a, b, least);
	unsigned char x, y;

	if (order)
		return order;
	x = n > least ? (unsigned char)a[least] : a_folder ? '/' : 0;
	y = m > least ? (unsigned char)b[least] : b_folder ? '/' : 0;
	return x != y ? (x < y ? -1 : 1) : (n > m) - (n < m);
}

static const struct git_entry *find(const struct git_folder *folder, const char *name, size_t n,
				    bool as_folder)
{
	size_t low = 0, high = folder->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct git_entry *entry = &folder->entries[middle];
		int order = compare(name, n, as_folder, entry->name, strlen(entry->name),
				    entry->mode == GIT_MODE_FOLDER);

		if (order == 0)
			return entry;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

const struct git_entry *git_entry(const struct git_folder *folder, const char *name, size_t n)
{
	const struct git_entry *entry = find(folder, name, n, false);

	return entry ? entry : find(folder, name, n, true);
}

/* "<mode in octal> <name>\0<id>"; the bytes after it, or NULL */
static const char *take_entry(const char *p, const char *end, size_t id_bytes,
			      struct git_entry *entry)
{
	const char *zero;

	entry->mode = 0;
	/* git pads no mode: another tree of the same files */
	if (p < end && *p == '0')
		return NULL;
	for (; p < end && *p >= '0' && *p <= '7' && entry->mode < 01000000; p++)
		entry->mode = entry->mode * 8 + (uint32_t)(*p - '0');
	if (p == end || *p++ != ' ')
		return NULL;
	zero = memchr(p, '\0', (size_t)(end - p));
	if (!zero || zero == p || (size_t)(end - zero - 1) < id_bytes ||
	    memchr(p, '/', (size_t)(zero - p)))
		return NULL;
	entry->name = p;
	entry->id = (const unsigned char *)zero + 1;
	return zero + 1 + id_bytes;
}

/* sorted, so that what is looked for is found, and each name once */
static bool is_sound(const struct git_folder *folder)
{
	for (size_t i = 0; i < folder->count; i++) {
		const struct git_entry *e = &folder->entries[i], *before = e - 1;

		if (i &&
		    compare(before->name, strlen(before->name), before->mode == GIT_MODE_FOLDER,
			    e->name, strlen(e->name), e->mode == GIT_MODE_FOLDER) >= 0)
			return false;
	}
	for (size_t i = 0; i < folder->count; i++) {
		const struct git_entry *e = &folder->entries[i];

		if (e->mode == GIT_MODE_FOLDER && find(folder, e->name, strlen(e->name), false))
			return false;
	}
	return true;
}

const struct git_folder *git_folder_parse(const char *bytes, size_t n, size_t id_bytes,
					  struct arena *arena)
{
	/* the shortest entry: "1 x\0" and the id */
	size_t most = n / (id_bytes + 4);
	struct git_folder *folder = arena_alloc(arena, sizeof(*folder));
	const char *p = bytes, *end = bytes + n;

	if (!folder)
		return NULL;
	folder->entries = arena_array(arena, most + 1, sizeof(*folder->entries));
	if (!folder->entries)
		return NULL;
	while (p && p < end && folder->count < most)
		p = take_entry(p, end, id_bytes, &folder->entries[folder->count++]);
	return p == end && is_sound(folder) ? folder : NULL;
}

const struct git_entry *git_lookup(struct git *git, const char *tree, const char *path)
{
	char id[GIT_ID_SIZE];

	for (;;) {
		const struct git_folder *folder = git_folder(git, tree);
		size_t n = strcspn(path, "/");
		const struct git_entry *entry = folder ? git_entry(folder, path, n) : NULL;

		if (!entry || !path[n])
			return entry;
		if (entry->mode != GIT_MODE_FOLDER)
			return NULL;
		tree = git_hex(git, entry, id);
		path += n + 1;
	}
}
