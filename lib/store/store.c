#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/msg.h"
#include "store/folder.h"
#include "store/list.h"
#include "store/sparse.h"
#include "store/view.h"

#define MOST_LEVELS 64

static bool holds_plan(int dir)
{
	struct stat st;

	return fstatat(dir, "plan.yaml", &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode);
}

static bool same_folder(int a, int b)
{
	struct stat x, y;

	return fstat(a, &x) == 0 && fstat(b, &y) == 0 && x.st_dev == y.st_dev &&
	       x.st_ino == y.st_ino;
}

/* goes up from `dir` until a plan.yaml lies there; adds ../ to prefix for every step */
static int climb(int dir, struct str *prefix)
{
	for (int level = 0; level < MOST_LEVELS && !holds_plan(dir); level++) {
		int up = openat(dir, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		bool top = up < 0 || same_folder(dir, up);

		close(dir);
		if (top) {
			if (up >= 0)
				close(up);
			return -1;
		}
		str_add(prefix, "../");
		dir = up;
	}
	if (holds_plan(dir))
		return dir;
	close(dir);
	return -1;
}

/* a/b/../../ says the same as nothing, unless a link lies on the way: the shorter one is tried */
static void shorten(struct str *prefix, int root)
{
	struct str shorter = { 0 };
	size_t n = prefix->len;
	size_t up = 0;
	int fd;

	while (n >= 3 && strncmp(prefix->p + n - 3, "../", 3) == 0 &&
	       (n == 3 || prefix->p[n - 4] == '/')) {
		n -= 3;
		up++;
	}
	for (; up && n > 1; up--) {
		size_t from = n - 1;

		while (from && prefix->p[from - 1] != '/')
			from--;
		if (n - from == 3 && strncmp(prefix->p + from, "../", 3) == 0)
			break;
		n = from;
	}
	str_addn(&shorter, prefix->p, n);
	for (; up; up--)
		str_add(&shorter, "../");
	fd = open(shorter.len ? str_text(&shorter) : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0 && !shorter.failed && same_folder(fd, root)) {
		str_reset(prefix);
		str_addn(prefix, str_text(&shorter), shorter.len);
	}
	if (fd >= 0)
		close(fd);
	str_release(&shorter);
}

enum outcome store_open(struct store *store, const char *dir, struct findings *findings)
{
	struct finding none = { .level = LEVEL_ERROR, .code = "no-record-folder", .file = dir };
	struct str prefix = { 0 };
	int fd = open(dir ? dir : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0) {
		finding_errno(findings, dir ? dir : ".", _("cannot open the folder"), errno);
		return CANNOT;
	}
	if (dir && strcmp(dir, ".") != 0)
		str_addf(&prefix, "%s%s", dir, dir[strlen(dir) - 1] == '/' ? "" : "/");
	fd = climb(fd, &prefix);
	if (fd < 0) {
		struct finding *f = findings_add(findings, &none, "%s",
						 _("no record folder: no plan.yaml here or above"));

		finding_hint(
			findings, f, "%s",
			_("go into the folder, name it with -C DIR or $DUBAN_DIR, or make one with "
			  "plan-init DIR"));
		str_release(&prefix);
		return CANNOT;
	}
	if (prefix.len)
		shorten(&prefix, fd);
	*store = (struct store){ .root = fd,
				 .prefix = prefix.failed ? NULL : strdup(str_text(&prefix)),
				 .sparse = sparse_new() };
	str_release(&prefix);
	if (store->prefix && store->sparse)
		return DONE;
	store_close(store);
	finding_errno(findings, dir, _("cannot open the folder"), ENOMEM);
	return CANNOT;
}

void store_close(struct store *store)
{
	if (store->root >= 0)
		close(store->root);
	free(store->prefix);
	free(store->settled);
	sparse_free(store->sparse);
	*store = (struct store){ .root = -1 };
}

/* the real path of what a name stands in; the name itself is left as it is, be it a link */
static bool real_parent(const char *path, struct str *full)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	char parent[PATH_MAX], real[PATH_MAX];
	size_t n = (size_t)(name - path);
	struct stat st;

	if (!*name || strcmp(name, ".") == 0 || strcmp(name, "..") == 0 || n >= sizeof(parent) ||
	    lstat(path, &st) < 0 || !S_ISLNK(st.st_mode))
		return false;
	memcpy(parent, path, n);
	parent[n] = '\0';
	if (!realpath(n ? parent : ".", real))
		return false;
	str_addf(full, "%s/%s", real, name);
	return true;
}

/* appends what follows the root's path; false when the path does not lie below it */
static bool below(const char *root, size_t n, const char *full, struct str *out)
{
	if (strncmp(full, root, n) != 0 || (full[n] != '/' && full[n] != '\0'))
		return false;
	str_add(out, full[n] ? full + n + 1 : "");
	return !out->failed;
}

bool store_relative(const struct store *store, const char *path, struct str *out)
{
	char root[PATH_MAX], full[PATH_MAX], link[64];
	struct str named = { 0 };
	ssize_t n;
	bool found;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", store->root);
	n = readlink(link, root, sizeof(root) - 1);
	if (n <= 0)
		return false;
	/* a link in the folder is named, not followed; one outside may lead into it */
	found = real_parent(path, &named) && !named.failed &&
		below(root, (size_t)n, str_text(&named), out);
	str_release(&named);
	return found || (realpath(path, full) && below(root, (size_t)n, full, out));
}

bool is_file_name(const char *name, size_t n)
{
	return n > 0 && n <= NAME_MAX &&
	       !(name[0] == '.' && (n == 1 || (n == 2 && name[1] == '.')));
}

int folder_step(int dir, const char **path)
{
	const char *slash = strchr(*path, '/');
	size_t n = slash ? (size_t)(slash - *path) : 0;
	char step[NAME_MAX + 1];

	if (!is_file_name(*path, n)) {
		errno = EINVAL;
		return -1;
	}
	memcpy(step, *path, n);
	step[n] = '\0';
	*path = slash + 1;
	return open_at(dir, step, FOLDER);
}

int folder_last(int dir, const char *path, const char **name)
{
	*name = path;
	if (dir < 0 || is_file_name(path, strlen(path)))
		return dir;
	close(dir);
	errno = EINVAL;
	return -1;
}

int folder_open(const struct store *store, const char *path, const char **name)
{
	int dir = open_at(store->root, ".", FOLDER);

	while (dir >= 0 && strchr(path, '/')) {
		int next = folder_step(dir, &path), saved = errno;

		close(dir);
		errno = saved;
		dir = next;
	}
	return folder_last(dir, path, name);
}

enum outcome store_read(const struct store *store, const char *path, size_t limit, struct str *out,
			struct findings *findings)
{
	const char *name;
	int dir = store->git ? -1 : folder_open(store, path, &name);
	int result = store->git ? view_read(store, path, limit, out)
		     : dir < 0  ? -1
				: file_read(dir, name, limit, out);
	int saved = errno;

	if (dir >= 0)
		close(dir);
	if (result == 0)
		return DONE;
	if (saved == EFBIG)
		findings_add(findings,
			     &(struct finding){
				     .level = LEVEL_ERROR, .code = "too-large", .file = path },
			     _("the file is larger than %zu bytes"), limit);
	else
		finding_errno(findings, path, _("cannot read"), saved);
	return CANNOT;
}

static bool look_at(const struct store *store, const char *path, struct stat *st)
{
	const char *name;
	int dir = folder_open(store, path, &name);
	bool found;
	int saved;

	if (dir < 0)
		return false;
	found = fstatat(dir, name, st, AT_SYMLINK_NOFOLLOW) == 0;
	saved = errno;
	close(dir);
	errno = saved;
	return found;
}

bool store_has(const struct store *store, const char *path)
{
	return store_size(store, path) >= 0;
}

bool store_missing(const struct store *store, const char *path)
{
	const char *name;
	struct stat st;
	int dir;
	bool missing;

	if (store->git)
		return view_missing(store, path);
	dir = folder_open(store, path, &name);
	if (dir < 0)
		return errno == ENOENT;
	missing = fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) < 0 && errno == ENOENT;
	close(dir);
	return missing;
}

int64_t store_size(const struct store *store, const char *path)
{
	struct stat st;
	int64_t size = -1;

	if (store->git) {
		size = view_size(store, path);
	} else if (look_at(store, path, &st)) {
		size = S_ISREG(st.st_mode) ? (int64_t)st.st_size : -1;
	} else if (errno != ENOTDIR && errno != ELOOP && errno != EINVAL) {
		return -1;
	}
	/* what would lie in a folder that is none, or behind a link, lies nowhere */
	if (size < 0)
		errno = ENOENT;
	return size;
}

bool store_has_folder(const struct store *store, const char *path)
{
	struct stat st;

	if (store->git)
		return view_has_folder(store, path);
	return look_at(store, path, &st) && S_ISDIR(st.st_mode);
}

void store_list(const struct store *store, const char *folder,
		void (*entry)(void *context, const char *name, bool regular), void *context)
{
	struct str inside = { 0 };
	const char *name;
	struct names names = { 0 };
	int dir;

	if (store->git) {
		view_list(store, folder, entry, context);
		return;
	}
	str_addf(&inside, "%s%sx", folder, *folder ? "/" : "");
	dir = folder_open(store, str_text(&inside), &name);
	if (dir >= 0 && names_list(dir, false, &names) == 0)
		for (size_t i = 0; i < names.count; i++)
			entry(context, names.items[i], name_is_regular(names.items[i]));
	if (dir >= 0)
		close(dir);
	names_release(&names);
	str_release(&inside);
}

enum outcome store_random(unsigned bits, uint32_t *value, struct findings *findings)
{
	uint32_t random;

	if (getrandom(&random, sizeof(random), 0) != sizeof(random)) {
		finding_errno(findings, NULL, _("cannot get random digits"), errno);
		return CANNOT;
	}
	*value = bits < 32 ? random & ((UINT32_C(1) << bits) - 1) : random;
	return DONE;
}
