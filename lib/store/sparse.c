#include "store/sparse.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "store/git.h"

#define LEFT_OUT "S " /* before a file's name */

struct sparse {
	pthread_mutex_t mutex;
	bool asked;
	struct str text; /* the names, each with a NUL behind it */
	struct arena arena;
	struct map files;
};

struct sparse *sparse_new(void)
{
	struct sparse *sparse = calloc(1, sizeof(*sparse));

	if (!sparse)
		return NULL;
	pthread_mutex_init(&sparse->mutex, NULL);
	map_init(&sparse->files, &sparse->arena);
	return sparse;
}

void sparse_free(struct sparse *sparse)
{
	if (!sparse)
		return;
	pthread_mutex_destroy(&sparse->mutex);
	str_release(&sparse->text);
	arena_release(&sparse->arena);
	free(sparse);
}

/* what is not known is not left out: it is told that it is gone */
static void ask(struct sparse *sparse, int dir, char *const *environment)
{
	const char *p, *end;

	sparse->asked = true;
	if (git_list(dir, environment, &sparse->text) < 0)
		return;
	p = str_text(&sparse->text);
	for (end = p + sparse->text.len; p < end; p += strlen(p) + 1)
		if (strncmp(p, LEFT_OUT, strlen(LEFT_OUT)) == 0)
			map_put(&sparse->files, p + strlen(LEFT_OUT), strlen(p + strlen(LEFT_OUT)),
				sparse);
}

bool store_leaves_out(const struct store *store, char *const *environment, const char *path)
{
	struct sparse *sparse = store->sparse;
	bool found;

	if (!sparse)
		return false;
	pthread_mutex_lock(&sparse->mutex);
	if (!sparse->asked)
		ask(sparse, store->root, environment);
	found = map_has(&sparse->files, path, strlen(path));
	pthread_mutex_unlock(&sparse->mutex);
	return found;
}
