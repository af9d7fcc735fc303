#include "store/list.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/msg.h"

#define DIRECTORY (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

/* an open month folder; it closes when the lister and every batch have let go */
struct month {
	atomic_uint holds;
	int dir;
	char folder[];
};

struct lister {
	const struct store *store;
	const struct scan *scan;
	const char **units; /* sorted */
	size_t unit;        /* index into units */
	int unit_dir;
	bool unit_open;
	struct names kinds; /* of the unit */
	size_t kind;
	int kind_dir;
	struct names months;
	size_t month_index;
	bool kind_open;
	enum kind kind_value;
	struct month *month;
	struct names files;
	size_t file;
};

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* folders in the order of the paths below them: `a-b/x` comes before `a/x` */
static int by_path(const void *a, const void *b)
{
	const char *x = *(const char *const *)a, *y = *(const char *const *)b;

	while (*x && *x == *y) {
		x++;
		y++;
	}
	return (unsigned char)(*x ? *x : '/') - (unsigned char)(*y ? *y : '/');
}

static void names_sort(const char **names, size_t n, bool folders)
{
	if (n > 1)
		qsort(names, n, sizeof(*names), folders ? by_path : by_name);
}

static void names_reset(struct names *names)
{
	arena_reset(&names->arena);
	names->count = 0;
}

void names_release(struct names *names)
{
	arena_release(&names->arena);
	free(names->items);
	*names = (struct names){ 0 };
}

/* the type is kept as the byte before the name */
static int add_name(struct names *names, const char *name, bool regular)
{
	size_t n = strlen(name);
	char *copy;

	if (names->count == names->cap) {
		size_t cap = names->cap ? names->cap * 2 : 64;
		const char **items = realloc(names->items, cap * sizeof(*items));

		if (!items)
			return -1;
		names->items = items;
		names->cap = cap;
	}
	copy = arena_alloc(&names->arena, n + 2);
	if (!copy)
		return -1;
	copy[0] = regular ? 'f' : 'o';
	memcpy(copy + 1, name, n + 1);
	names->items[names->count++] = copy + 1;
	return 0;
}

bool name_is_regular(const char *name)
{
	return name[-1] == 'f';
}

static bool entry_is(int dir, const struct dirent *entry, unsigned char type, mode_t mode)
{
	struct stat st;

	if (entry->d_type != DT_UNKNOWN)
		return entry->d_type == type;
	return fstatat(dir, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	       (st.st_mode & S_IFMT) == mode;
}

/* all names of an open folder but . and ..; 'f' marks regular files, or folders when folders is set
 */
int names_list(int dir, bool folders, struct names *names)
{
	int copy = openat(dir, ".", DIRECTORY);
	DIR *stream = copy < 0 ? NULL : fdopendir(copy);
	struct dirent *entry;
	int result = 0;

	names_reset(names);
	if (!stream) {
		if (copy >= 0)
			close(copy);
		return -1;
	}
	errno = 0;
	while (result == 0 && (entry = readdir(stream))) {
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			result = add_name(names, entry->d_name,
					  folders ? entry_is(dir, entry, DT_DIR, S_IFDIR)
						  : entry_is(dir, entry, DT_REG, S_IFREG));
		errno = 0;
	}
	if (result == 0 && errno)
		result = -1;
	closedir(stream);
	names_sort(names->items, names->count, folders);
	return result;
}

struct lister *lister_new(const struct store *store, const struct scan *scan)
{
	struct lister *l = calloc(1, sizeof(*l));

	if (!l)
		return NULL;
	l->store = store;
	l->scan = scan;
	l->unit_dir = l->kind_dir = -1;
	l->units = calloc(scan->nunits + 1, sizeof(*l->units));
	if (!l->units) {
		free(l);
		return NULL;
	}
	if (scan->nunits)
		memcpy(l->units, scan->units, scan->nunits * sizeof(*l->units));
	names_sort(l->units, scan->nunits, true);
	return l;
}

static void drop_month(struct month *month)
{
	if (month && atomic_fetch_sub(&month->holds, 1) == 1) {
		close(month->dir);
		free(month);
	}
}

static void close_kind(struct lister *l)
{
	if (l->kind_dir >= 0)
		close(l->kind_dir);
	l->kind_dir = -1;
	l->kind_open = false;
}

void lister_free(struct lister *l)
{
	if (!l)
		return;
	drop_month(l->month);
	close_kind(l);
	if (l->unit_dir >= 0)
		close(l->unit_dir);
	names_release(&l->kinds);
	names_release(&l->months);
	names_release(&l->files);
	free(l->units);
	free(l);
}

void listed_release(struct lister *lister, struct listed *listed)
{
	(void)lister;
	drop_month(listed->month);
	listed->month = NULL;
}

static int failed(struct findings *findings, const char *unit, const char *name)
{
	int error = errno;
	struct str path = { 0 };

	str_addf(&path, "%s%s%s", unit, name ? "/" : "", name ? name : "");
	finding_errno(findings, str_text(&path), _("cannot read the folder"), error);
	str_release(&path);
	return -1;
}

/* one entry that is only named: something that has no place in the folder */
static int single(struct lister *l, struct arena *arena, enum stored_type type, const char *folder,
		  const char *name, struct listed *listed)
{
	struct listed_entry *entry = arena_alloc(arena, sizeof(*entry));
	const char **names = arena_array(arena, 1, sizeof(*names));

	if (!entry || !names)
		return -1;
	names[0] = arena_strdup(arena, name);
	*listed = (struct listed){ .dir = -1,
				   .unit = arena_strdup(arena, l->units[l->unit]),
				   .folder = arena_strdup(arena, folder),
				   .kind = KINDS,
				   .entries = entry,
				   .nentries = 1 };
	*entry = (struct listed_entry){ .type = strncmp(name, ".duban-", 7) == 0 ? STORED_LEFT
										 : type,
					.id = names[0],
					.names = names,
					.nnames = 1 };
	return names[0] && listed->unit && listed->folder ? 1 : -1;
}

static bool wanted_month(const struct scan *scan, const char *name)
{
	int month;

	if (!scan->first_month && !scan->last_month)
		return true;
	month = atoi(name) * 12 + atoi(name + 5) - 1;
	return month >= scan->first_month && month <= scan->last_month;
}

static bool is_month_name(const char *name)
{
	int month = 0;

	if (strlen(name) != 7 || strspn(name, "0123456789") != 4 || name[4] != '-' ||
	    strspn(name + 5, "0123456789") != 2)
		return false;
	month = (name[5] - '0') * 10 + name[6] - '0';
	return month >= 1 && month <= 12;
}

/* what an entry of a month folder is; ids of what belongs together are equal */
static enum stored_type name_type(const char *name, enum kind kind, uint64_t *id)
{
	size_t n = strlen(name);
	enum stored_type type = STORED_ODD;

	*id = 0;
	if (strncmp(name, ".duban-", 7) == 0)
		return STORED_LEFT;
	if (n == ID_LENGTH + 5 && strcmp(name + ID_LENGTH, ".yaml") == 0 &&
	    (*id = id_pack(name, ID_LENGTH)) && id_kind(*id) == kind)
		type = STORED_RECORD;
	else if (event_name_parse(name, n, id, NULL) && id_kind(*id) == kind)
		type = STORED_ORPHAN;
	if (type != STORED_ODD && !name_is_regular(name))
		type = STORED_NO_FILE;
	if (type > STORED_ORPHAN)
		*id = 0;
	return type;
}

/*
 * Moves the events that belong to names[0] behind it and returns how many names that makes: what an
 * editor left beside a record (x.yaml~) sorts between it and its events, and must not part them.
 */
static size_t gather_events(const struct lister *l, const char **names, size_t left)
{
	size_t n = 1;
	uint64_t id;

	for (size_t i = 1; i < left && strncmp(names[i], names[0], ID_LENGTH) == 0; i++) {
		const char *name = names[i];

		if (name_type(name, l->kind_value, &id) != STORED_ORPHAN)
			continue;
		memmove(names + n + 1, names + n, (i - n) * sizeof(*names));
		names[n++] = name;
	}
	return n;
}

/* takes the names of one record, or one odd name, from the month folder; 0: nothing wanted there */
static int take_entry(struct lister *l, struct arena *arena, struct listed_entry *entry)
{
	const char **names = l->files.items + l->file;
	size_t left = l->files.count - l->file, n = 1, extra;
	const char **copies;
	uint64_t id;

	if (l->scan->prefix && strncmp(names[0], l->scan->prefix, strlen(l->scan->prefix)) != 0) {
		l->file++;
		return 0;
	}
	entry->type = name_type(names[0], l->kind_value, &id);
	if (id)
		n = gather_events(l, names, left);
	l->file += n;
	if (entry->type > STORED_NO_FILE && !l->scan->odd)
		return 0;
	extra = entry->type == STORED_ORPHAN;
	copies = arena_array(arena, n + extra, sizeof(*copies));
	if (!copies)
		return -1;
	for (size_t i = 0; i < n; i++) {
		copies[i + extra] = arena_strdup(arena, names[i]);
		if (!copies[i + extra])
			return -1;
	}
	entry->id = id ? arena_strndup(arena, names[0], ID_LENGTH) : copies[0];
	entry->names = copies;
	entry->nnames = n + extra;
	return entry->id ? 1 : -1;
}

static int take_files(struct lister *l, struct arena *arena, size_t most, struct listed *listed)
{
	*listed = (struct listed){ .month = l->month,
				   .dir = l->month->dir,
				   .unit = arena_strdup(arena, l->units[l->unit]),
				   .folder = arena_strdup(arena, l->month->folder),
				   .kind = l->kind_value,
				   .entries = arena_array(arena, most, sizeof(*listed->entries)) };
	if (!listed->unit || !listed->folder || !listed->entries) {
		listed->month = NULL;
		return -1;
	}
	atomic_fetch_add(&l->month->holds, 1);
	while (listed->nentries < most && l->file < l->files.count) {
		int n = take_entry(l, arena, &listed->entries[listed->nentries]);

		if (n < 0)
			return -1;
		listed->nentries += (size_t)n;
	}
	return 1;
}

/* opens the next month folder; 0 when the kind has no more */
static int open_month(struct lister *l, struct arena *arena, struct listed *listed)
{
	const char *kind = KIND_INFO[l->kind_value].folder;
	struct str folder = { 0 };
	const char *name;
	int dir;

	drop_month(l->month);
	l->month = NULL;
	if (l->month_index == l->months.count)
		return 0;
	name = l->months.items[l->month_index++];
	str_addf(&folder, "%s/%s", l->units[l->unit], kind);
	if (!is_month_name(name) || !name_is_regular(name)) {
		bool month = is_month_name(name);
		bool told = month ? wanted_month(l->scan, name)
				  : l->scan->odd && !l->scan->prefix && !l->scan->first_month;
		int n = told ? single(l, arena, month ? STORED_NO_FILE : STORED_ODD,
				      str_text(&folder), name, listed)
			     : 2;

		str_release(&folder);
		return n;
	}
	str_release(&folder);
	if (!wanted_month(l->scan, name))
		return 2;
	dir = openat(l->kind_dir, name, DIRECTORY);
	if (dir < 0)
		return -1;
	l->month = malloc(sizeof(*l->month) + strlen(l->units[l->unit]) + strlen(kind) + 10);
	if (!l->month) {
		close(dir);
		return -1;
	}
	atomic_init(&l->month->holds, 1);
	l->month->dir = dir;
	sprintf(l->month->folder, "%s/%s/%.7s", l->units[l->unit], kind, name);
	l->file = 0;
	return names_list(dir, false, &l->files) < 0 ? -1 : 2;
}

/* opens the next kind's folder of the unit; 0 when the unit has no more */
static int open_kind(struct lister *l, struct arena *arena, struct listed *listed)
{
	const char *name;

	if (l->kind == l->kinds.count)
		return 0;
	name = l->kinds.items[l->kind++];
	l->kind_value = kind_in_folder(name, strlen(name));
	if (l->kind_value == KINDS || !name_is_regular(name)) {
		bool evidence = strcmp(name, "evidence") == 0;
		bool expected = strcmp(name, ".keep") == 0 || (evidence && name_is_regular(name));
		bool told = l->kind_value == KINDS
				    ? l->scan->odd && l->scan->kinds == ALL_KINDS && !expected
				    : l->scan->kinds & KIND_BIT(l->kind_value);

		return told ? single(l, arena,
				     l->kind_value == KINDS && !evidence ? STORED_ODD
									 : STORED_NO_FILE,
				     l->units[l->unit], name, listed)
			    : 2;
	}
	if (!(l->scan->kinds & KIND_BIT(l->kind_value)))
		return 2;
	l->kind_dir = openat(l->unit_dir, name, DIRECTORY);
	if (l->kind_dir < 0 || names_list(l->kind_dir, true, &l->months) < 0)
		return -1;
	l->kind_open = true;
	l->month_index = 0;
	return 2;
}

static int open_unit(struct lister *l)
{
	if (l->unit_dir >= 0)
		close(l->unit_dir);
	l->unit_dir = openat(l->store->root, l->units[l->unit], DIRECTORY);
	if (l->unit_dir < 0)
		return errno == ENOENT ? 0 : -1;
	l->unit_open = true;
	l->kind = 0;
	return names_list(l->unit_dir, true, &l->kinds) < 0 ? -1 : 1;
}

/* one step of the walk: 1 something was listed, 2 go on, 0 at the end, -1 failure */
static int step(struct lister *l, struct arena *arena, size_t most, struct listed *listed)
{
	int n;

	if (l->unit == l->scan->nunits)
		return 0;
	if (!l->unit_open) {
		n = open_unit(l);
		if (n == 0)
			l->unit++;
		return n < 0 ? -1 : 2;
	}
	if (l->month && l->file < l->files.count) {
		n = take_files(l, arena, most, listed);
		if (n == 1 && !listed->nentries) {
			drop_month(listed->month);
			*listed = (struct listed){ 0 };
			return 2;
		}
		return n;
	}
	if (l->kind_open) {
		n = open_month(l, arena, listed);
		if (n == 0)
			close_kind(l);
		return n ? n : 2;
	}
	n = open_kind(l, arena, listed);
	if (n == 0) {
		l->unit_open = false;
		l->unit++;
		return 2;
	}
	return n;
}

int lister_next(struct lister *l, struct arena *arena, size_t most, struct listed *listed,
		struct findings *findings)
{
	int n;

	do
		n = step(l, arena, most, listed);
	while (n == 2);
	if (n < 0)
		return failed(findings, l->units[l->unit],
			      l->kind_open ? KIND_INFO[l->kind_value].folder : NULL);
	return n;
}
