/* A first look at many rows at once, each by itself: it only reads, so that threads can share it. */
#include "base/threads.h"
#include "cli/import.h"

#define LEAST_ROWS 512 /* that a thread is worth */

/* so many of the rows, one behind the other */
struct part {
	const struct import *import;
	size_t first, n;
	struct import_glance *glances;
};

static void *glance(void *context)
{
	const struct part *part = context;
	const struct import *import = part->import;
	struct schema_run *run = schema_run_new(import->add.schema);
	struct str text = { 0 }, rest = { 0 };
	struct import_texts texts;

	for (size_t i = 0; i < part->n; i++) {
		struct import_glance *g = &part->glances[i];

		g->sure = run && import_sure(import, run, part->first + i, &texts) &&
			  import_near(import, &texts, &text, &rest, &g->near);
	}
	str_release(&text);
	str_release(&rest);
	schema_run_free(run);
	return NULL;
}

void import_glance(const struct import *import, size_t first, size_t n,
		   struct import_glance *glances)
{
	size_t threads = threads_usable(), most = n / LEAST_ROWS + 1;
	struct part parts[THREADS_MOST];

	threads = threads > most ? most : threads;
	for (size_t i = 0; i < threads; i++) {
		size_t from = n * i / threads;

		parts[i] = (struct part){ .import = import,
					  .first = first + from,
					  .n = n * (i + 1) / threads - from,
					  .glances = glances + from };
	}
	threads_run(glance, parts, threads, sizeof(*parts));
}
