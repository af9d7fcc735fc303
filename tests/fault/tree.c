#include "tree.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct tree *reading;

static int add(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	struct entry *grown =
		realloc(reading->entries, (reading->count + 1) * sizeof(*reading->entries));

	(void)type;
	if (!grown)
		return -1;
	reading->entries = grown;
	if (ftw->level > 0)
		grown[reading->count++] = (struct entry){ .path = strdup(path), .st = *st };
	return 0;
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct entry *)a)->path, ((const struct entry *)b)->path);
}

void tree_read(struct tree *tree, const char *folder)
{
	*tree = (struct tree){ 0 };
	reading = tree;
	nftw(folder, add, 16, FTW_PHYS);
	if (tree->count)
		qsort(tree->entries, tree->count, sizeof(*tree->entries), by_path);
}

void tree_free(struct tree *tree)
{
	for (size_t i = 0; i < tree->count; i++)
		free(tree->entries[i].path);
	free(tree->entries);
	*tree = (struct tree){ 0 };
}

const struct entry *tree_find(const struct tree *tree, const char *path)
{
	const struct entry key = { .path = (char *)path };

	return tree->count ? bsearch(&key, tree->entries, tree->count, sizeof(key), by_path) : NULL;
}

bool entry_is_same(const struct entry *a, const struct entry *b)
{
	if (S_ISDIR(a->st.st_mode))
		return S_ISDIR(b->st.st_mode);
	return a->st.st_ino == b->st.st_ino && a->st.st_size == b->st.st_size &&
	       a->st.st_mtim.tv_sec == b->st.st_mtim.tv_sec &&
	       a->st.st_mtim.tv_nsec == b->st.st_mtim.tv_nsec;
}

void tree_clear(const struct tree *now, const struct tree *before)
{
	for (size_t i = now->count; i-- > 0;)
		if (!tree_find(before, now->entries[i].path))
			remove(now->entries[i].path);
}

char *text_of(const char *path, size_t *size)
{
	FILE *file = fopen(path, "r");
	struct stat st = { 0 };
	char *text;
	size_t n = 0;

	if (file)
		fstat(fileno(file), &st);
	text = malloc((size_t)st.st_size + 1);
	if (file && text)
		n = fread(text, 1, (size_t)st.st_size, file);
	if (file)
		fclose(file);
	if (text)
		text[n] = '\0';
	if (size)
		*size = n;
	return text;
}
