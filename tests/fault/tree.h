/*
 * tree.h: the files below a folder as they are, compared with how they were, and put back.
 */
#ifndef DUBAN_TESTS_TREE_H
#define DUBAN_TESTS_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

struct entry {
	char *path;
	struct stat st;
};

struct tree {
	struct entry *entries; /* folders before what is in them */
	size_t count;
};

/* tree_read: everything below the folder, in order of path. */
void tree_read(struct tree *tree, const char *folder);
void tree_free(struct tree *tree);
const struct entry *tree_find(const struct tree *tree, const char *path);

/* entry_is_same: the same file, not written to since. */
bool entry_is_same(const struct entry *a, const struct entry *b);

/* tree_clear: removes what `now` has and `before` has not. */
void tree_clear(const struct tree *now, const struct tree *before);

/* text_of: a file's bytes and a NUL, to be freed; "" when it cannot be read. */
char *text_of(const char *path, size_t *size);

#endif
