/*
 * sparse.h: what a sparse checkout of git leaves out of the folder.
 */
#ifndef DUBAN_STORE_SPARSE_H
#define DUBAN_STORE_SPARSE_H

#include "store/store.h"

/* sparse_new: git is asked once, when it is first needed. NULL when out of memory. */
struct sparse *sparse_new(void);
void sparse_free(struct sparse *sparse);

/*
 * store_leaves_out: whether git's index has the file, and a sparse checkout leaves it out of the
 * folder; git is asked in this environment. False also where there is no git. Any thread may ask.
 */
bool store_leaves_out(const struct store *store, char *const *environment, const char *path);

#endif
