#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/msg.h"
#include "store/list.h"

#define MOST_LEVELS 64
#define LOCK_STEP_MS 20

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
	store->root = fd;
	store->prefix = prefix.failed ? NULL : strdup(str_text(&prefix));
	str_release(&prefix);
	if (store->prefix)
		return DONE;
	close(fd);
	finding_errno(findings, dir, _("cannot open the folder"), ENOMEM);
	return CANNOT;
}

void store_close(struct store *store)
{
	if (store->root >= 0)
		close(store->root);
	free(store->prefix);
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

/*
 * Opens the folder of a path below the root, one step at a time, so that no symbolic link is
 * followed; makes missing ones when `make` is set and syncs the folder that each was made in. *name
 * is the rest.
 */
static int open_folder(const struct store *store, const char *path, bool make, const char **name)
{
	int dir = dup(store->root);

	while (dir >= 0) {
		const char *slash = strchr(path, '/');
		char step[NAME_MAX + 1];
		int next, saved;

		*name = path;
		if (!slash)
			return dir;
		if (slash == path || (size_t)(slash - path) > NAME_MAX ||
		    strncmp(path, "../", 3) == 0) {
			close(dir);
			errno = EINVAL;
			return -1;
		}
		memcpy(step, path, (size_t)(slash - path));
		step[slash - path] = '\0';
		next = openat(dir, step, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (next < 0 && errno == ENOENT && make) {
			if (mkdirat(dir, step, 0777) < 0 && errno != EEXIST)
				next = -1;
			else if (fsync(dir) == 0)
				next = openat(dir, step,
					      O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		}
		saved = errno;
		close(dir);
		errno = saved;
		dir = next;
		path = slash + 1;
	}
	return -1;
}

enum outcome store_read(const struct store *store, const char *path, size_t limit, struct str *out,
			struct findings *findings)
{
	const char *name;
	int dir = open_folder(store, path, false, &name);
	int result = dir < 0 ? -1 : file_read(dir, name, limit, out);
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
	int dir = open_folder(store, path, false, &name);
	bool found;

	if (dir < 0)
		return false;
	found = fstatat(dir, name, st, AT_SYMLINK_NOFOLLOW) == 0;
	close(dir);
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
	int dir = open_folder(store, path, false, &name);
	bool missing;

	if (dir < 0)
		return errno == ENOENT;
	missing = fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) < 0 && errno == ENOENT;
	close(dir);
	return missing;
}

int64_t store_size(const struct store *store, const char *path)
{
	struct stat st;

	return look_at(store, path, &st) && S_ISREG(st.st_mode) ? (int64_t)st.st_size : -1;
}

bool store_has_folder(const struct store *store, const char *path)
{
	struct stat st;

	return look_at(store, path, &st) && S_ISDIR(st.st_mode);
}

static int write_all(int fd, const char *bytes, size_t n)
{
	while (n) {
		ssize_t written = write(fd, bytes, n);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return -1;
		bytes += written;
		n -= (size_t)written;
	}
	return 0;
}

static int make_temp(int dir, char *name, size_t size)
{
	for (int attempt = 0; attempt < 100; attempt++) {
		uint64_t random;
		int fd;

		if (getrandom(&random, sizeof(random), 0) != sizeof(random))
			return -1;
		snprintf(name, size, ".duban-%016llx", (unsigned long long)random);
		fd = openat(dir, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
		if (fd >= 0 || errno != EEXIST)
			return fd;
	}
	return -1;
}

/* gives the temp file its name; EEXIST when that is taken */
static int give_name(int dir, const char *temp, const char *name)
{
	if (renameat2(dir, temp, dir, name, RENAME_NOREPLACE) == 0)
		return 0;
	if (errno != EINVAL && errno != ENOSYS)
		return -1;
	/* a file system without RENAME_NOREPLACE */
	if (linkat(dir, temp, dir, name, 0) < 0)
		return -1;
	return unlinkat(dir, temp, 0);
}

static int create_in(int dir, const char *name, const char *bytes, size_t n)
{
	char temp[32];
	int fd = make_temp(dir, temp, sizeof(temp)), saved;
	bool ok;

	if (fd < 0)
		return -1;
	ok = write_all(fd, bytes, n) == 0 && fsync(fd) == 0;
	saved = errno;
	if (close(fd) < 0 && ok) {
		ok = false;
		saved = errno;
	}
	if (ok && give_name(dir, temp, name) == 0) {
		if (fsync(dir) == 0)
			return 0;
		/* not known to be on the disk: take it back, so that the answer is true */
		saved = errno;
		unlinkat(dir, name, 0);
		errno = saved;
		return -1;
	}
	if (ok)
		saved = errno;
	unlinkat(dir, temp, 0);
	errno = saved;
	return -1;
}

/*
 * Signals that end a program wait until the file is there or gone: a temp file is left behind only
 * by SIGKILL and power cuts.
 */
static void hold_signals(sigset_t *before)
{
	sigset_t held;

	sigemptyset(&held);
	sigaddset(&held, SIGINT);
	sigaddset(&held, SIGTERM);
	sigaddset(&held, SIGHUP);
	sigaddset(&held, SIGQUIT);
	sigaddset(&held, SIGPIPE);
	pthread_sigmask(SIG_BLOCK, &held, before);
}

static void finding_write(const char *path, int error, struct findings *findings)
{
	struct finding what = { .level = LEVEL_ERROR, .code = "io", .file = path };
	struct finding *f = findings_add(findings, &what, _("cannot write: %s"), strerror(error));

	if (error == ENOTDIR || error == ELOOP)
		finding_hint(findings, f, "%s",
			     _("a file or a symbolic link stands where a folder must be; links are "
			       "not followed"));
}

enum outcome store_create(const struct store *store, const char *path, const char *bytes, size_t n,
			  struct findings *findings)
{
	const char *name;
	sigset_t before;
	int dir, result, saved;

	hold_signals(&before);
	dir = open_folder(store, path, true, &name);
	result = dir < 0 ? -1 : create_in(dir, name, bytes, n);
	saved = errno;
	if (dir >= 0)
		close(dir);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (result == 0)
		return DONE;
	if (saved == EEXIST && dir >= 0)
		return REFUSED;
	finding_write(path, saved, findings);
	return CANNOT;
}

void store_list(const struct store *store, const char *folder,
		void (*entry)(void *context, const char *name, bool regular), void *context)
{
	struct str inside = { 0 };
	const char *name;
	struct names names = { 0 };
	int dir;

	str_addf(&inside, "%s%sx", folder, *folder ? "/" : "");
	dir = open_folder(store, str_text(&inside), false, &name);
	if (dir >= 0 && names_list(dir, false, &names) == 0)
		for (size_t i = 0; i < names.count; i++)
			entry(context, names.items[i], name_is_regular(names.items[i]));
	if (dir >= 0)
		close(dir);
	names_release(&names);
	str_release(&inside);
}

enum outcome store_remove_left(const struct store *store, const char *path,
			       struct findings *findings)
{
	const char *name = path;
	int dir = open_folder(store, strncmp(path, "./", 2) == 0 ? path + 2 : path, false, &name);
	int result = -1, saved = EINVAL;

	if (dir >= 0 && strncmp(name, ".duban-", 7) == 0) {
		result = unlinkat(dir, name, 0);
		saved = errno;
	}
	if (dir >= 0)
		close(dir);
	if (result == 0 || saved == ENOENT)
		return DONE;
	finding_errno(findings, path, _("cannot remove"), saved);
	return CANNOT;
}

enum outcome store_lock(const struct store *store, const char *path, unsigned seconds, int *lock,
			struct findings *findings)
{
	struct timespec step = { .tv_nsec = LOCK_STEP_MS * 1000000L };
	unsigned long left = (unsigned long)seconds * 1000 / LOCK_STEP_MS;
	const char *name;
	int dir = open_folder(store, path, false, &name);

	if (dir < 0) {
		finding_errno(findings, path, _("cannot lock"), errno);
		return CANNOT;
	}
	while (flock(dir, LOCK_EX | LOCK_NB) < 0) {
		if (errno == EINTR)
			continue;
		if (errno != EWOULDBLOCK || left == 0) {
			int saved = errno;
			struct finding busy = { .level = LEVEL_ERROR,
						.code = "busy",
						.file = path };

			close(dir);
			if (saved != EWOULDBLOCK) {
				finding_errno(findings, path, _("cannot lock"), saved);
				return CANNOT;
			}
			finding_hint(findings,
				     findings_add(findings, &busy, "%s",
						  _("another command is writing in this folder")),
				     "%s", _("try again, or wait longer with --wait SECONDS"));
			return BUSY;
		}
		nanosleep(&step, NULL);
		left--;
	}
	*lock = dir;
	return DONE;
}

void store_unlock(int lock)
{
	if (lock >= 0)
		close(lock);
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
