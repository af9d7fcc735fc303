/* The ids of a folder, and which of them stand in two places. */
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "cli/check.h"

static int by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

bool id_set_has(const struct id_set *set, uint64_t id)
{
	return set->count && bsearch(&id, set->ids, set->count, sizeof(id), by_value);
}

void id_set_release(struct id_set *set)
{
	free(set->ids);
	*set = (struct id_set){ 0 };
}

static bool pass(void *context, struct batch *batch)
{
	(void)context;
	(void)batch;
	return true;
}

/* a record whose id another one has too */
struct twin {
	uint64_t id;
	const char *path;
};

struct twins {
	struct arena *arena;
	const struct id_set *twice;
	struct twin *items;
	size_t count, cap;
};

static bool list_twin(void *context, void *worker, struct arena *arena, const struct stored *stored,
		      struct batch *batch)
{
	struct twins *twins = context;
	uint64_t id = id_pack(stored->id, ID_LENGTH);
	struct twin *grown;
	const char *path;

	(void)worker;
	(void)arena;
	(void)batch;
	if (stored->type != STORED_RECORD || !id_set_has(twins->twice, id))
		return true;
	if (twins->count == twins->cap) {
		size_t cap = twins->cap ? twins->cap * 2 : 16;

		grown = realloc(twins->items, cap * sizeof(*grown));
		if (!grown)
			return false;
		twins->items = grown;
		twins->cap = cap;
	}
	path = arena_printf(twins->arena, "%s/%s.yaml", stored->folder, stored->id);
	twins->items[twins->count++] = (struct twin){ .id = id, .path = path };
	return path != NULL;
}

static int by_id(const void *a, const void *b)
{
	const struct twin *x = a, *y = b;

	return x->id != y->id ? (x->id < y->id ? -1 : 1) : strcmp(x->path, y->path);
}

/* n records of one id: the first is told, the others are named */
static void tell_twins(struct cli *cli, const struct twin *twins, size_t n)
{
	struct finding what = { .level = LEVEL_ERROR,
				.code = "duplicate-id",
				.file = twins[0].path };
	struct str others = { 0 };

	for (size_t i = 1; i < n; i++)
		str_addf(&others, "%s%s", others.len ? ", " : "", twins[i].path);
	finding_hint(&cli->findings,
		     findings_add(&cli->findings, &what, _("the id is also that of %s"),
				  str_text(&others)),
		     "%s", _("one is a copy: keep the one in its own unit and month"));
	str_release(&others);
}

/* the names are listed once more, for the paths of those that stand there twice */
static void tell_twice(struct cli *cli, const struct id_set *twice)
{
	struct twins twins = { .arena = &cli->arena, .twice = twice };
	struct scan scan = { .units = cli->plan.folders,
			     .nunits = cli->plan.nfolders,
			     .kinds = ALL_KINDS,
			     .names_only = true,
			     .threads = 1,
			     .work = list_twin,
			     .take = pass,
			     .context = &twins };

	if (store_scan(&cli->store, &scan, &cli->findings) != DONE)
		cli_fail(cli, CANNOT);
	if (twins.count)
		qsort(twins.items, twins.count, sizeof(*twins.items), by_id);
	for (size_t i = 0, n; i < twins.count; i += n) {
		for (n = 1; i + n < twins.count && twins.items[i + n].id == twins.items[i].id; n++)
			;
		if (n > 1)
			tell_twins(cli, twins.items + i, n);
	}
	free(twins.items);
}

void id_set_read(struct cli *cli, struct id_set *set)
{
	struct id_set twice = { 0 };
	size_t n = 0;

	*set = (struct id_set){ .complete = true };
	if (store_ids(&cli->store, cli->plan.folders, cli->plan.nfolders, &set->ids, &set->count,
		      &cli->findings) != DONE)
		cli_fail(cli, CANNOT);
	if (set->count)
		qsort(set->ids, set->count, sizeof(*set->ids), by_value);
	for (size_t i = 1; i < set->count; i++)
		n += set->ids[i] == set->ids[i - 1];
	twice.ids = calloc(n + 1, sizeof(*twice.ids));
	if (!twice.ids)
		cli_no_memory(cli);
	for (size_t i = 1; i < set->count; i++)
		if (set->ids[i] == set->ids[i - 1])
			twice.ids[twice.count++] = set->ids[i];
	if (n)
		tell_twice(cli, &twice);
	id_set_release(&twice);
	for (size_t i = 0; i < cli->plan.nfolders; i++)
		set->complete =
			set->complete && store_has_folder(&cli->store, cli->plan.folders[i]);
}
