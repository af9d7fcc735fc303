/*
 * list.h: the names in a record folder, in path order, in batches. Private to lib/store.
 */
#ifndef DUBAN_STORE_LIST_H
#define DUBAN_STORE_LIST_H

#include "store/scan.h"

struct lister;
struct month;

struct listed_entry {
	enum stored_type type;
	const char *id;
	const char *const *names; /* record (NULL for an orphan) and events */
	size_t nnames;
};

/* a run of entries of one month folder (or odd names of a folder above) */
struct listed {
	struct month *month;
	int dir; /* the month folder */
	const char *unit, *folder;
	enum kind kind;
	struct listed_entry *entries;
	size_t nentries;
};

struct lister *lister_new(const struct store *store, const struct scan *scan);
void lister_free(struct lister *lister);

/*
 * lister_next: the next entries, at most `most`, in the arena. 1, 0 at the end, -1 after a finding.
 * One thread at a time.
 */
int lister_next(struct lister *lister, struct arena *arena, size_t most, struct listed *listed,
		struct findings *findings);

/* listed_release: gives up the hold on the month folder; any thread. */
void listed_release(struct lister *lister, struct listed *listed);

/* the names in one folder, sorted */
struct names {
	struct arena arena;
	const char **items;
	size_t count, cap;
};

/*
 * names_list: all names of an open folder but . and .., sorted; 0, -1 with errno. With `folders` in
 * the order of the paths below them (`a-b/x`, `a/x`). name_is_regular: of such a name, whether it
 * is a regular file (a folder, when `folders` was set).
 */
int names_list(int dir, bool folders, struct names *names);
bool name_is_regular(const char *name);
void names_release(struct names *names);

#endif
