/* One record with its events, and where it lies. */
#include <errno.h>
#include <string.h>

#include "base/msg.h"
#include "store/list.h"
#include "store/view.h"

const char *store_find_record(const struct store *store, const char *id, const char *const *units,
			      size_t nunits, struct arena *arena)
{
	for (size_t i = 0; i < nunits; i++) {
		struct str path = { 0 };
		const char *folder = NULL;
		int error = 0;

		path_of_record(&path, units[i], id);
		if (path.failed)
			error = ENOMEM;
		else if (!store_has(store, str_text(&path)))
			error = errno;
		else
			folder = arena_strndup(arena, path.p,
					       (size_t)(strrchr(path.p, '/') - path.p));
		str_release(&path);
		if (error == ENOENT)
			continue;
		errno = error ? error : ENOMEM;
		return folder;
	}
	errno = ENOENT;
	return NULL;
}

struct loading {
	struct arena *arena;
	struct stored *stored;
	bool found;
};

static bool copy_stored(struct arena *arena, struct stored *to, const struct stored *from)
{
	struct stored_file *files = arena_array(arena, from->nfiles, sizeof(*files));

	*to = *from;
	to->unit = arena_strdup(arena, from->unit);
	to->folder = arena_strdup(arena, from->folder);
	to->id = arena_strdup(arena, from->id);
	to->files = files;
	for (size_t i = 0; files && i < from->nfiles; i++) {
		files[i] = from->files[i];
		files[i].name = arena_strdup(arena, from->files[i].name);
		files[i].text = arena_strndup(arena, from->files[i].text, from->files[i].size);
		if (!files[i].text || (from->files[i].name && !files[i].name))
			return false;
	}
	return files && to->unit && to->folder && to->id;
}

static bool keep(void *context, void *worker, struct arena *arena, const struct stored *stored,
		 struct batch *batch)
{
	struct loading *l = context;

	(void)worker;
	(void)arena;
	if (stored->type == STORED_NO_FILE) {
		finding_no_file(&batch->findings,
				arena_concat(&batch->arena, stored->folder, "/", stored->id, NULL));
		return false;
	}
	if (stored->type != STORED_RECORD)
		return true;
	l->found = copy_stored(l->arena, l->stored, stored);
	if (!l->found)
		finding_errno(&batch->findings, stored->id, _("cannot read"), ENOMEM);
	return l->found;
}

static bool pass(void *context, struct batch *batch)
{
	(void)context;
	(void)batch;
	return true;
}

enum outcome store_load(const struct store *store, const char *folder, const char *id,
			struct arena *arena, struct stored *stored, struct findings *findings)
{
	struct loading loading = { .arena = arena, .stored = stored };
	const char *slash = strchr(folder, '/');
	const char *unit = slash ? arena_strndup(arena, folder, (size_t)(slash - folder)) : NULL;
	struct scan scan = { .units = &unit,
			     .nunits = 1,
			     .prefix = id,
			     .threads = 1,
			     .work = keep,
			     .take = pass,
			     .context = &loading };
	enum outcome outcome;
	enum kind kind;
	day_t day;
	struct civil date;

	if (!unit || !id_parse(id, strlen(id), &kind, &day))
		return REFUSED;
	if (store->git) {
		outcome = view_load(store, folder, id, arena, stored, findings);
		return outcome == DONE && stored->type != STORED_RECORD ? REFUSED : outcome;
	}
	date = civil_of_day(day);
	scan.kinds = KIND_BIT(kind);
	scan.first_month = scan.last_month = date.year * 12 + date.month - 1;
	outcome = store_scan(store, &scan, findings);
	return outcome == DONE && !loading.found ? REFUSED : outcome;
}
