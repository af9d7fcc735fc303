/*
 * store.h: the record folder on disk: finding it, reading from it, adding to it.
 *
 * Everything is opened relative to a descriptor of the root with openat and without following
 * symbolic links; paths here are relative to the root. There is one write, create; nothing is ever
 * changed. A store belongs to one thread at a time where it creates; any number may read.
 */
#ifndef DUBAN_STORE_STORE_H
#define DUBAN_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/outcome.h"
#include "base/str.h"
#include "store/kind.h"

struct git;

struct store {
	int root;     /* descriptor of the folder that holds plan.yaml */
	char *prefix; /* put before a path, it can be used from the working directory; "" or ends in
			 / */
	char *settled;         /* the folder last created in, which is on the disk; or NULL */
	struct sparse *sparse; /* sparse.h; NULL: nothing is left out */
	struct git *git;       /* what is read is a tree of git, not a folder; NULL */
	const char *tree;      /* id of the tree that holds plan.yaml */
};

/*
 * store_open: the folder that holds `dir` (NULL: the working directory) and a plan.yaml, looking
 * upwards. CANNOT and a finding when there is none.
 */
enum outcome store_open(struct store *store, const char *dir, struct findings *findings);
void store_close(struct store *store);

/*
 * store_of_tree: a store that reads from a tree of git (git.h), which must outlive it: store_read,
 * _has, _missing, _size, _has_folder, _list, _find_record and _load; nothing can be added.
 */
void store_of_tree(struct store *store, struct git *git, const char *tree);

/*
 * store_relative: a path that a person typed, made relative to the root: appended to out. False
 * when it lies outside the folder or does not exist.
 */
bool store_relative(const struct store *store, const char *path, struct str *out);

/* store_read: appends a file's bytes; limit in bytes. DONE, or CANNOT and a finding. */
enum outcome store_read(const struct store *store, const char *path, size_t limit, struct str *out,
			struct findings *findings);

/* store_has: whether a regular file lies there; when not, errno is ENOENT unless that is not
 * known. */
bool store_has(const struct store *store, const char *path);

/* store_missing: whether nothing lies there; a symbolic link on the way or at the end is something.
 */
bool store_missing(const struct store *store, const char *path);

/* store_size: size of a regular file in bytes, or -1 when there is none, with errno as
 * store_has. */
int64_t store_size(const struct store *store, const char *path);

/* store_has_folder: whether a folder (no symbolic link) lies there. */
bool store_has_folder(const struct store *store, const char *path);

/*
 * store_create: adds a file with these bytes, never over an existing one. When DONE is returned the
 * file and all folders above it are on the disk. REFUSED, without a finding, when the name is
 * taken; CANNOT and a finding otherwise, and then nothing was added but folders that hold nothing.
 */
enum outcome store_create(struct store *store, const char *path, const char *bytes, size_t n,
			  struct findings *findings);

/*
 * store_sync: what lies in the folder is on the disk: for a command that finds what it was to add,
 * left by one that was cut short. CANNOT with a finding.
 */
enum outcome store_sync(const struct store *store, struct findings *findings);

/*
 * store_list: calls `entry` for every name in a folder ("" the root), in byte order; `regular`:
 * whether it is a regular file. A folder that is not there has none.
 */
void store_list(const struct store *store, const char *folder,
		void (*entry)(void *context, const char *name, bool regular), void *context);

/*
 * store_left: whether a temp file (.duban-…) was left by a command that was killed; one that a
 * living command works with is not.
 *
 * store_remove_left: removes such a file: the only one that is ever removed. REFUSED, without a
 * finding, when it is in use; CANNOT with a finding.
 */
bool store_left(const struct store *store, const char *path);
enum outcome store_remove_left(const struct store *store, const char *path,
			       struct findings *findings);

/*
 * store_share: what kind of network share the folder lies on ("NFS"), as far as its file system
 * tells; NULL: none.
 */
const char *store_share(const struct store *store);

/*
 * store_lock: an exclusive lock on the folder that `path` lies in, waiting at most `seconds`. *lock
 * is a descriptor for store_unlock. BUSY when another holds it, CANNOT when it cannot be had; with
 * a finding.
 */
enum outcome store_lock(const struct store *store, const char *path, unsigned seconds, int *lock,
			struct findings *findings);
void store_unlock(int lock);

/*
 * store_random: n random bits (at most 32) from the kernel. REFUSED never; CANNOT with a finding.
 */
enum outcome store_random(unsigned bits, uint32_t *value, struct findings *findings);

#endif
