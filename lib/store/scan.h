/*
 * scan.h: every record of a folder, with its events, in path order.
 *
 * Workers read and look at records in parallel; what they found is taken in path order by the
 * thread that called, so a result never depends on the number of threads. Memory: one month
 * folder's names and a few batches, whatever the size of the whole. Files under evidence/ are never
 * opened.
 */
#ifndef DUBAN_STORE_SCAN_H
#define DUBAN_STORE_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/outcome.h"
#include "store/kind.h"
#include "store/store.h"

/* a file as it was read */
struct stored_file {
	const char *name; /* in its folder */
	const char *text;
	size_t size;
	int error; /* errno of the read, EFBIG for one over the limit, or 0; then text is "" */
};

enum stored_type {
	STORED_RECORD,  /* files[0] is the record, the rest its events, in order of name */
	STORED_ORPHAN,  /* events whose record is not there: files[0].name is NULL */
	STORED_NO_FILE, /* the name of a record, an event or a folder of records, but a link, a pipe
			 * …: nothing that could be read; told always, so that it is not passed over
			 */
	STORED_ODD,     /* a name that no record or event has; not read */
	STORED_LEFT,    /* a temp file that a killed process left; not read */
};

struct stored {
	enum stored_type type;
	const char *unit; /* id of the unit folder */
	const char
		*folder; /* "<unit>/<folder>/<yyyy-mm>" or, for odd names higher up, the folder */
	enum kind kind;
	const char *id; /* of records and orphans; else the name */
	size_t nfiles;
	const struct stored_file *files;
};

/* what a worker hands to `take`: made from the batch's arena, which dies after take */
struct batch {
	struct arena arena;
	struct findings findings;
	void *result; /* the caller's */
};

struct scan {
	const char *const
		*units; /* folder names, in any order; those that are missing are skipped */
	size_t nunits;
	unsigned kinds;              /* KIND_BIT of each */
	int first_month, last_month; /* year * 12 + month - 1, inclusive; 0, 0: all */
	const char *prefix; /* only ids that start so (an id, or letter and date), or NULL */
	bool names_only;    /* do not read the files */
	bool odd;           /* report odd names and left-over temp files too */
	unsigned threads;   /* 0: threads_usable() */

	/* a worker's own state, made and freed by the thread that called; may be NULL */
	void *(*worker_new)(void *context);
	void (*worker_free)(void *worker);

	/*
	 * work: looks at one record. `arena` is reset after each; results go to batch->arena.
	 * Called concurrently. False stops the scan (out of memory, I/O): findings in the batch say
	 * why.
	 */
	bool (*work)(void *context, void *worker, struct arena *arena, const struct stored *stored,
		     struct batch *batch);

	/* take: takes a batch's result, in path order, on the calling thread; false stops the scan.
	 */
	bool (*take)(void *context, struct batch *batch);
	void *context;
};

/* store_scan: DONE when all was taken; CANNOT with a finding when a folder could not be read. */
enum outcome store_scan(const struct store *store, const struct scan *scan,
			struct findings *findings);

/* finding_no_file: the error that a STORED_NO_FILE is to whoever wants to read what it hides. */
void finding_no_file(struct findings *findings, const char *path);

/*
 * store_ids: the ids of all records of the units, packed, in any order; what stands in two places
 * is there twice. *ids is to be freed; it may be NULL when there is none. CANNOT and a finding.
 */
enum outcome store_ids(const struct store *store, const char *const *units, size_t nunits,
		       uint64_t **ids, size_t *count, struct findings *findings);

/*
 * store_find_record: the folder `<unit>/<folder>/<yyyy-mm>` that holds the record, among the units;
 * NULL with errno: ENOENT when none has it, else it is not known. The result lives in the arena.
 */
const char *store_find_record(const struct store *store, const char *id, const char *const *units,
			      size_t nunits, struct arena *arena);

/*
 * store_load: one record with its events, read into the arena. DONE; REFUSED when there is no such
 * record in the folder; CANNOT and a finding. Of a tree of git (store_of_tree) *stored holds the
 * events of a record that is not there all the same, as STORED_ORPHAN, where its folder is.
 */
enum outcome store_load(const struct store *store, const char *folder, const char *id,
			struct arena *arena, struct stored *stored, struct findings *findings);

#endif
