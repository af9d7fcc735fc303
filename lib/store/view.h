/*
 * view.h: a record folder as it lies in a tree of git, behind the calls of store.h. Private to
 * lib/store.
 */
#ifndef DUBAN_STORE_VIEW_H
#define DUBAN_STORE_VIEW_H

#include "store/scan.h"

/* view_read: 0, or -1 with errno as file_read has it. The others as in store.h. */
int view_read(const struct store *store, const char *path, size_t limit, struct str *out);
bool view_missing(const struct store *store, const char *path);
int64_t view_size(const struct store *store, const char *path);
bool view_has_folder(const struct store *store, const char *path);
void view_list(const struct store *store, const char *folder,
	       void (*entry)(void *context, const char *name, bool regular), void *context);

/*
 * view_load: as store_load. It takes the events whether the record is there or not: orphans have
 * files[0].name NULL.
 */
enum outcome view_load(const struct store *store, const char *folder, const char *id,
		       struct arena *arena, struct stored *stored, struct findings *findings);

#endif
