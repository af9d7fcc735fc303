/* The ids of all records: a unit at a time, several units at once. */
#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "base/threads.h"
#include "store/scan.h"

/* what the threads share */
struct roll {
	const struct store *store;
	const char *const *units;
	size_t nunits;
	atomic_size_t next;
};

/* what one of them has found */
struct part {
	struct roll *roll;
	uint64_t *ids;
	size_t count, cap;
	struct findings findings;
	enum outcome outcome;
};

static bool list_id(void *context, void *worker, struct arena *arena, const struct stored *stored,
		    struct batch *batch)
{
	struct part *part = context;

	(void)worker;
	(void)arena;
	if (stored->type != STORED_RECORD)
		return true;
	if (part->count == part->cap) {
		size_t cap = part->cap ? part->cap * 2 : 1024;
		uint64_t *ids = realloc(part->ids, cap * sizeof(*ids));

		if (!ids) {
			finding_errno(&batch->findings, NULL, _("cannot read the records"), ENOMEM);
			return false;
		}
		part->ids = ids;
		part->cap = cap;
	}
	part->ids[part->count++] = id_pack(stored->id, ID_LENGTH);
	return true;
}

static bool pass(void *context, struct batch *batch)
{
	(void)context;
	(void)batch;
	return true;
}

static void *list_units(void *argument)
{
	struct part *part = argument;
	struct roll *roll = part->roll;
	size_t unit;

	while (part->outcome == DONE && (unit = atomic_fetch_add(&roll->next, 1)) < roll->nunits) {
		struct scan scan = { .units = &roll->units[unit],
				     .nunits = 1,
				     .kinds = ALL_KINDS,
				     .names_only = true,
				     .threads = 1,
				     .work = list_id,
				     .take = pass,
				     .context = part };

		part->outcome = store_scan(roll->store, &scan, &part->findings);
	}
	return NULL;
}

/* moves what a part has found behind what the first one has */
static int join(struct part *all, struct part *part)
{
	uint64_t *ids = realloc(all->ids, (all->count + part->count + 1) * sizeof(*ids));

	if (!ids)
		return -1;
	all->ids = ids;
	if (part->count)
		memcpy(ids + all->count, part->ids, part->count * sizeof(*ids));
	all->count += part->count;
	findings_append(&all->findings, &part->findings);
	if (part->outcome != DONE)
		all->outcome = part->outcome;
	free(part->ids);
	part->ids = NULL;
	return 0;
}

enum outcome store_ids(const struct store *store, const char *const *units, size_t nunits,
		       uint64_t **ids, size_t *count, struct findings *findings)
{
	struct roll roll = { .store = store, .units = units, .nunits = nunits };
	size_t n = threads_usable();
	struct part *parts = calloc(n, sizeof(*parts));
	bool failed = !parts;
	enum outcome outcome = CANNOT;

	for (size_t i = 0; parts && i < n; i++)
		parts[i].roll = &roll;
	if (parts)
		threads_run(list_units, parts, n, sizeof(*parts));
	for (size_t i = 1; !failed && i < n; i++)
		failed = join(&parts[0], &parts[i]) < 0;
	if (failed) {
		finding_errno(findings, NULL, _("cannot read the records"), ENOMEM);
	} else {
		outcome = parts[0].outcome;
		findings_append(findings, &parts[0].findings);
	}
	if (outcome == DONE) {
		*ids = parts[0].ids;
		*count = parts[0].count;
		parts[0].ids = NULL;
	}
	for (size_t i = 0; parts && i < n; i++) {
		findings_release(&parts[i].findings);
		free(parts[i].ids);
	}
	free(parts);
	return outcome;
}
