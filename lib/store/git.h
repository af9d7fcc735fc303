/*
 * git.h: the door to git: one process that hands out objects, others that answer one question.
 *
 * Git is run without a shell, with the environment that was given, so that in a hook it sees what
 * is being pushed and is not yet part of the repository. Nothing is written; nothing that the
 * configuration of the repository names is run.
 *
 * What git hands out was made by strangers: trees are taken apart here and nothing about them is
 * believed, neither their order nor their names nor their modes.
 */
#ifndef DUBAN_STORE_GIT_H
#define DUBAN_STORE_GIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

#define GIT_ID_SIZE 65 /* SHA-1 or SHA-256 in hexadecimal, and NUL */

struct git;

/*
 * git_new: asks git in the folder `dir` (a descriptor that stays open as long) with this
 * environment, which git_new does not copy. NULL when out of memory.
 */
struct git *git_new(int dir, char *const *environment);
void git_free(struct git *git);

/*
 * git_run: runs git with these arguments (the last is NULL) and appends what it prints, at most 1
 * GiB. Its exit status, or -1 when it could not be run or was killed.
 */
int git_run(struct git *git, const char *const *arguments, struct str *out);

/*
 * git_list: the files that the index has of the folder `dir`, as `git ls-files -t -z` prints them:
 * "S PATH" and a NUL for one that a sparse checkout leaves out. -1 where there is no git.
 */
int git_list(int dir, char *const *environment, struct str *out);

enum git_type { GIT_FAILED, GIT_MISSING, GIT_TOO_LARGE, GIT_BLOB, GIT_TREE, GIT_COMMIT, GIT_TAG };

/*
 * git_size: the type of an object and its size; git_read appends its bytes, unless there are more
 * than `limit`: GIT_TOO_LARGE. `name` is an id or one with ^{commit}, ^{tree} behind it; *id
 * (GIT_ID_SIZE bytes, or NULL) is the object's own. GIT_FAILED: git does not answer.
 */
enum git_type git_size(struct git *git, const char *name, uint64_t *size);
enum git_type git_read(struct git *git, const char *name, size_t limit, struct str *out, char *id);

#define GIT_MODE_FILE 0100644u
#define GIT_MODE_PROGRAM 0100755u
#define GIT_MODE_LINK 0120000u
#define GIT_MODE_MODULE 0160000u
#define GIT_MODE_FOLDER 0040000u

struct git_entry {
	uint32_t mode;
	const char *name;
	const unsigned char *id; /* as many bytes as git_hex knows of */
};

struct git_folder {
	struct git_entry *entries; /* in git's order */
	size_t count;
};

/*
 * git_folder: the entries of a tree, by its id in hexadecimal; it is kept, and lives as long as
 * git. NULL when it is not there or is no tree as git makes them: cut off, not sorted, two entries
 * of one name, an empty name or one with a slash.
 */
const struct git_folder *git_folder(struct git *git, const char *id);

/* git_folder_once: the same, but not kept: it lives as long as the arena does, or git. */
const struct git_folder *git_folder_once(struct git *git, const char *id, struct arena *arena);

/* git_folder_parse: the same from the bytes of a tree; id_bytes: 20 or 32. They must outlive it. */
const struct git_folder *git_folder_parse(const char *bytes, size_t n, size_t id_bytes,
					  struct arena *arena);

/* git_hex: an entry's id as text; returns out. git_same: whether two entries have the same one. */
const char *git_hex(const struct git *git, const struct git_entry *entry, char out[GIT_ID_SIZE]);
bool git_same(const struct git *git, const struct git_entry *a, const struct git_entry *b);

/*
 * git_blob_id: the id that a file with these bytes has in git; digits: 40 (SHA-1) or 64 (SHA-256)
 * of them. Returns out.
 */
const char *git_blob_id(const char *bytes, size_t n, size_t digits, char out[GIT_ID_SIZE]);

/* git_entry: of a folder, by name; NULL. */
const struct git_entry *git_entry(const struct git_folder *folder, const char *name, size_t n);

/*
 * git_lookup: what lies at the path below the tree; NULL when nothing does. An entry that is no
 * folder has nothing below it.
 */
const struct git_entry *git_lookup(struct git *git, const char *tree, const char *path);

#endif
