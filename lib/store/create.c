/* Adding a file: the one write. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/msg.h"
#include "store/folder.h"

#define TEMP ".duban-"
#define TEMP_SIZE 32
#define ATTEMPTS 100

static int make_one(int dir, const char *path, size_t n)
{
	char *step = strndup(path, n);
	int result, saved;

	if (!step)
		return -1;
	do
		result = mkdirat(dir, step, 0777);
	while (result < 0 && errno == EINTR);
	saved = errno;
	free(step);
	errno = saved;
	return result == 0 || saved == EEXIST ? 0 : -1;
}

/*
 * Opens the next folder, makes it when it is missing, and syncs the one that it stands in when its
 * name there may not be on the disk: when we made it, and also when another did a moment ago or was
 * killed before it could sync.
 */
static int make_step(int dir, const char **path, bool settled)
{
	const char *from = *path;
	int next = folder_step(dir, path);

	if (next < 0 && errno == ENOENT) {
		if (make_one(dir, from, (size_t)(*path - from - 1)) < 0)
			return -1;
		*path = from;
		next = folder_step(dir, path);
		settled = false;
	}
	if (next < 0 || settled || sync_folder(dir) == 0)
		return next;
	close(next);
	return -1;
}

static bool is_settled(const struct store *store, const char *path, size_t n)
{
	return store->settled && strncmp(store->settled, path, n) == 0 && !store->settled[n];
}

/* the folder of the path, made as needed, with all that is above it on the disk */
static int make_folder(struct store *store, const char *path, const char **name)
{
	const char *slash = strrchr(path, '/');
	size_t n = slash ? (size_t)(slash - path) : 0;
	bool settled = is_settled(store, path, n);
	int dir = open_at(store->root, ".", FOLDER);
	const char *rest = path;

	while (dir >= 0 && strchr(rest, '/')) {
		int next = make_step(dir, &rest, settled), saved = errno;

		close(dir);
		errno = saved;
		dir = next;
	}
	dir = folder_last(dir, rest, name);
	if (dir >= 0 && !settled) {
		free(store->settled);
		store->settled = strndup(path, n);
	}
	return dir;
}

/* a temp file is locked as long as its maker lives: so it is known from what a dead one left */
static int make_temp(int dir, char *name)
{
	int fd = -1;

	for (int attempt = 0; fd < 0 && attempt < ATTEMPTS; attempt++) {
		uint64_t random;

		if (getrandom(&random, sizeof(random), 0) != sizeof(random))
			return -1;
		snprintf(name, TEMP_SIZE, TEMP "%016llx", (unsigned long long)random);
		fd = open_at(dir, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW);
		if (fd < 0 && errno != EEXIST)
			return -1;
	}
	return fd;
}

/*
 * A file system that can neither rename without replacing nor link (FUSE of exFAT): no name appears
 * between the look and the rename as long as all who write here hold this lock.
 */
static int rename_locked(const struct store *store, int dir, const char *temp, const char *name)
{
	int root = open_at(store->root, ".", FOLDER), result = -1, saved;
	struct stat st;

	if (root < 0)
		return -1;
	if (lock_fd(root, LOCK_EX) == 0) {
		if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0)
			errno = EEXIST;
		else if (errno == ENOENT)
			while ((result = renameat(dir, temp, dir, name)) < 0 && errno == EINTR)
				continue;
	}
	saved = errno;
	close(root);
	errno = saved;
	return result;
}

static bool unsupported(void)
{
	return errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP;
}

/* gives the temp file its name; EEXIST when that is taken */
static int give_name(const struct store *store, int dir, const char *temp, const char *name)
{
	int result;

	do
		result = renameat2(dir, temp, dir, name, RENAME_NOREPLACE);
	while (result < 0 && errno == EINTR);
	if (result == 0 || !unsupported())
		return result;
	do
		result = linkat(dir, temp, dir, name, 0);
	while (result < 0 && errno == EINTR);
	if (result < 0 && (errno == EPERM || unsupported()))
		return rename_locked(store, dir, temp, name);
	if (result == 0)
		unlinkat(dir, temp, 0);
	return result;
}

/* whether the name is that of the file after all: an answer may be lost on its way from a server */
static bool is_ours(int dir, const char *name, const struct stat *ours)
{
	struct stat st;

	return fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && st.st_dev == ours->st_dev &&
	       st.st_ino == ours->st_ino;
}

static int name_and_sync(const struct store *store, int dir, const char *temp, const char *name,
			 const struct stat *ours)
{
	int saved;

	if (give_name(store, dir, temp, name) < 0) {
		saved = errno;
		if (!is_ours(dir, name, ours)) {
			unlinkat(dir, temp, 0);
			errno = saved;
			return -1;
		}
		unlinkat(dir, temp, 0);
	}
	if (sync_folder(dir) == 0)
		return 0;
	/* not known to be on the disk: take it back, so that the answer is true */
	saved = errno;
	unlinkat(dir, name, 0);
	errno = saved;
	return -1;
}

static int create_once(const struct store *store, int dir, const char *name, const char *bytes,
		       size_t n)
{
	char temp[TEMP_SIZE];
	int fd = make_temp(dir, temp), lock, saved;
	struct stat ours;
	bool written;

	if (fd < 0)
		return -1;
	/* a descriptor of its own, so that the lock lasts until the file has its name; without a
	 * lock the file may be tidied away, and is written again */
	lock = open_at(dir, temp, O_RDONLY | O_NOFOLLOW);
	if (lock >= 0)
		lock_fd(lock, LOCK_EX);
	fstat(fd, &ours);
	written = write_through(fd, bytes, n) == 0;
	saved = errno;
	if (!written)
		unlinkat(dir, temp, 0);
	else if (name_and_sync(store, dir, temp, name, &ours) < 0)
		saved = errno;
	else
		saved = 0;
	if (lock >= 0)
		close(lock);
	errno = saved;
	return saved ? -1 : 0;
}

/* what was tidied away meanwhile is written again */
static int create_in(const struct store *store, int dir, const char *name, const char *bytes,
		     size_t n)
{
	int result = -1;

	errno = ENOENT;
	for (int attempt = 0; result < 0 && errno == ENOENT && attempt < 3; attempt++)
		result = create_once(store, dir, name, bytes, n);
	return result;
}

static void finding_write(const struct store *store, const char *path, int error,
			  struct findings *findings)
{
	struct finding what = { .level = LEVEL_ERROR, .code = "io", .file = path };
	struct finding *f = findings_add(findings, &what, _("cannot write: %s"), strerror(error));

	if (error == ENOTDIR || error == ELOOP)
		finding_hint(findings, f, "%s",
			     _("a file or a symbolic link stands where a folder must be; links are "
			       "not followed"));
	else if (error != EEXIST && store_has(store, path))
		finding_hint(
			findings, f, "%s",
			_("the file is there and could not be taken back; it may not outlast a "
			  "power cut"));
}

enum outcome store_create(struct store *store, const char *path, const char *bytes, size_t n,
			  struct findings *findings)
{
	const char *name;
	sigset_t before;
	int dir, result, saved;

	signals_hold(&before);
	dir = make_folder(store, path, &name);
	result = dir < 0 ? -1 : create_in(store, dir, name, bytes, n);
	saved = errno;
	if (dir >= 0)
		close(dir);
	signals_go(&before);
	if (result == 0)
		return DONE;
	if (saved == EEXIST && dir >= 0)
		return REFUSED;
	finding_write(store, path, saved, findings);
	return CANNOT;
}

enum outcome store_sync(const struct store *store, struct findings *findings)
{
	if (syncfs(store->root) == 0)
		return DONE;
	finding_errno(findings, NULL, _("cannot bring the folder to the disk"), errno);
	return CANNOT;
}

static bool is_temp(const char *name)
{
	return strncmp(name, TEMP, strlen(TEMP)) == 0;
}

/* whether a living command holds the temp file; a lock that cannot be asked for is held by none */
static bool in_use(int dir, const char *name)
{
	int fd = open_at(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
	bool held = fd >= 0 && lock_fd(fd, LOCK_EX | LOCK_NB) < 0 && errno == EWOULDBLOCK;

	if (fd >= 0)
		close(fd);
	return held;
}

/* what the scan found in the root is named with ./ */
static const char *without_dot(const char *path)
{
	return strncmp(path, "./", 2) == 0 ? path + 2 : path;
}

bool store_left(const struct store *store, const char *path)
{
	const char *name;
	int dir = folder_open(store, without_dot(path), &name);
	bool left = dir >= 0 && is_temp(name) && !in_use(dir, name);
	struct stat st;

	left = left && fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0;
	if (dir >= 0)
		close(dir);
	return left;
}

enum outcome store_remove_left(const struct store *store, const char *path,
			       struct findings *findings)
{
	const char *name;
	int dir = folder_open(store, without_dot(path), &name);
	int result = -1, saved = dir < 0 ? errno : EINVAL;
	bool held = false;

	if (dir >= 0 && is_temp(name)) {
		held = in_use(dir, name);
		result = held ? 0 : unlinkat(dir, name, 0);
		saved = errno;
	}
	if (dir >= 0)
		close(dir);
	if (result == 0 || saved == ENOENT)
		return held ? REFUSED : DONE;
	finding_errno(findings, path, _("cannot remove"), saved);
	return CANNOT;
}

/* from linux/magic.h and the file systems' own headers */
static const struct share {
	unsigned type;
	const char *name;
} SHARES[] = {
	{ 0x6969, "NFS" },      { 0xff534d42, "SMB" },  { 0xfe534d42, "SMB" },
	{ 0x517b, "SMB" },      { 0x65735546, "FUSE" }, { 0x01021997, "9P" },
	{ 0x00c36400, "Ceph" }, { 0x5346414f, "AFS" },  { 0x6b414653, "AFS" },
};

const char *store_share(const struct store *store)
{
	struct statfs st;
	struct stat root;

	/* a stick that FUSE brings (exFAT, NTFS) lies on a disk of ours */
	if (fstatfs(store->root, &st) < 0 || fstat(store->root, &root) < 0 || major(root.st_dev))
		return NULL;
	for (size_t i = 0; i < sizeof(SHARES) / sizeof(*SHARES); i++)
		if ((unsigned)st.f_type == SHARES[i].type)
			return SHARES[i].name;
	return NULL;
}
