#include "cli/sweep.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/msg.h"

/* the first twelve hexadecimal digits, or 0 */
static uint64_t digits_of(const char *text)
{
	char copy[13] = "", *end;
	uint64_t value;

	if (strlen(text) < 12)
		return 0;
	memcpy(copy, text, 12);
	value = strtoull(copy, &end, 16);
	return end == copy + 12 && strspn(copy, "0123456789abcdef") == 12 ? value + 1 : 0;
}

static bool reserve(struct evidence_names *names, size_t more)
{
	size_t cap = (names->count + more) * 2;
	uint64_t *items;

	if (names->count + more <= names->cap)
		return true;
	items = realloc(names->items, cap * sizeof(*items));
	if (!items)
		return false;
	names->items = items;
	names->cap = cap;
	return true;
}

bool evidence_names_take(struct evidence_names *names, const struct node *event)
{
	const struct node *list = node_get(event, "evidence");

	for (size_t i = 0; i < list_count(list); i++) {
		const char *digest = node_string(&list->items[i], "sha256");

		if (!digest)
			continue;
		if (!reserve(names, 1))
			return false;
		names->items[names->count++] = digits_of(digest);
	}
	return true;
}

bool evidence_names_join(struct evidence_names *to, struct evidence_names *from)
{
	bool ok = reserve(to, from->count);

	if (ok && from->count) {
		memcpy(to->items + to->count, from->items, from->count * sizeof(*to->items));
		to->count += from->count;
	}
	evidence_names_release(from);
	return ok;
}

void evidence_names_release(struct evidence_names *names)
{
	free(names->items);
	*names = (struct evidence_names){ 0 };
}

bool sweep_is_left(struct cli *cli, const char *folder, const char *name)
{
	struct str path = { 0 };
	bool is;

	str_addf(&path, "%s%s%s", folder, *folder ? "/" : "", name);
	is = store_left(&cli->store, str_text(&path));
	str_release(&path);
	return is;
}

bool sweep_left(struct cli *cli, const char *folder, const char *name, struct findings *findings)
{
	struct str path = { 0 };

	str_addf(&path, "%s%s%s", folder, *folder ? "/" : "", name);
	if (store_remove_left(&cli->store, str_text(&path), findings) == DONE)
		findings_add(findings,
			     &(struct finding){ .level = LEVEL_NOTE,
						.code = "removed",
						.file = str_text(&path) },
			     "%s", _("the left-over temporary file was removed"));
	str_release(&path);
	return true;
}

static int by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

struct sweep {
	struct cli *cli;
	struct evidence_names *names;
	const char *folder;
	bool tidy;
};

static void say(struct sweep *s, enum level level, const char *code, const char *name,
		const char *message, const char *hint)
{
	struct str path = { 0 };
	struct finding *f;

	str_addf(&path, "%s%s%s", s->folder, *s->folder ? "/" : "", name);
	f = findings_add(&s->cli->findings,
			 &(struct finding){ .level = level, .code = code, .file = str_text(&path) },
			 "%s", message);
	if (hint)
		finding_hint(&s->cli->findings, f, "%s", hint);
	str_release(&path);
}

static void left(struct sweep *s, const char *name)
{
	if (s->tidy)
		sweep_left(s->cli, s->folder, name, &s->cli->findings);
	else if (sweep_is_left(s->cli, s->folder, name))
		say(s, LEVEL_WARNING, "left-over", name,
		    _("a temporary file that a killed command left behind"),
		    _("record-check --tidy removes it"));
}

static void evidence_entry(void *context, const char *name, bool regular)
{
	struct sweep *s = context;
	uint64_t digits = digits_of(name);

	if (strncmp(name, ".duban-", 7) == 0)
		left(s, name);
	else if (!regular || !digits || name[12] != '.')
		say(s, LEVEL_ERROR, "odd-name", name, _("no evidence file has such a name"),
		    _("evidence is added with evidence-add; take it away"));
	else if (!s->names->count ||
		 !bsearch(&digits, s->names->items, s->names->count, sizeof(digits), by_value))
		say(s, LEVEL_WARNING, "evidence-unnamed", name,
		    _("no event names this file of evidence"), NULL);
}

static void root_entry(void *context, const char *name, bool regular)
{
	struct sweep *s = context;
	int unit = plan_unit(&s->cli->plan, name);

	if (strncmp(name, ".duban-", 7) == 0)
		left(s, name);
	else if (strcmp(name, "schemas") == 0 && !store_has_folder(&s->cli->store, name))
		say(s, LEVEL_WARNING, "odd-name", name, _("this is no folder"),
		    _("no schema of this folder is looked at"));
	else if (!regular && *name != '.' && strcmp(name, "schemas") != 0 &&
		 strcmp(name, "reports") != 0 &&
		 (unit == NO_UNIT || !s->cli->plan.units[unit].folder))
		say(s, LEVEL_WARNING, "odd-name", name, _("no unit of the plan has this folder"),
		    _("its files are in no figure"));
}

static void schema_entry(void *context, const char *name, bool regular)
{
	struct sweep *s = context;
	size_t n = strlen(name);
	bool known = n > 5 && strcmp(name + n - 5, ".yaml") == 0 && regular;

	if (strncmp(name, ".duban-", 7) == 0) {
		left(s, name);
		return;
	}
	if (known) {
		char *stem = arena_strndup(&s->cli->arena, name, n - 5);

		known = stem && (strcmp(stem, "event") == 0 || kind_named(stem) != KINDS);
	}
	if (!known)
		say(s, LEVEL_WARNING, "odd-name", name, _("no kind of record has such a schema"),
		    _("it is not looked at: a schema is a file KIND.yaml or event.yaml"));
}

static void sort_names(struct evidence_names *names)
{
	if (!names->sorted && names->count)
		qsort(names->items, names->count, sizeof(*names->items), by_value);
	names->sorted = true;
}

void sweep_unit(struct cli *cli, const char *unit, struct evidence_names *names, bool tidy)
{
	struct sweep s = { .cli = cli, .names = names, .tidy = tidy };

	sort_names(names);
	s.folder = arena_printf(&cli->arena, "%s/evidence", unit);
	if (!s.folder)
		cli_no_memory(cli);
	store_list(&cli->store, s.folder, evidence_entry, &s);
}

void sweep_root(struct cli *cli, struct evidence_names *names, bool tidy)
{
	struct sweep s = { .cli = cli, .names = names, .folder = "", .tidy = tidy };

	store_list(&cli->store, "", root_entry, &s);
	s.folder = "schemas";
	store_list(&cli->store, s.folder, schema_entry, &s);
	for (size_t i = 0; i < cli->plan.nfolders; i++)
		sweep_unit(cli, cli->plan.folders[i], names, tidy);
}

static char *take_part(struct arena *arena, const char **path)
{
	const char *slash = strchrnul(*path, '/');
	char *part = arena_strndup(arena, *path, (size_t)(slash - *path));

	*path = *slash ? slash + 1 : slash;
	return part;
}

static bool is_folder_unit(const struct plan *plan, const char *id)
{
	int unit = plan_unit(plan, id);

	return unit != NO_UNIT && plan->units[unit].folder;
}

/* yyyy-mm, as the scan counts months; 0: it is none */
static int month_of(const char *name)
{
	int month;

	if (strlen(name) != 7 || strspn(name, "0123456789") != 4 || name[4] != '-' ||
	    strspn(name + 5, "0123456789") != 2)
		return 0;
	month = atoi(name + 5);
	return month >= 1 && month <= 12 ? atoi(name) * 12 + month - 1 : 0;
}

/* from a path relative to the root; false when nothing that is scanned has it */
static bool path_limits(const struct plan *plan, const char *path, struct arena *arena,
			struct scan *scan)
{
	const char **unit = arena_alloc(arena, sizeof(*unit));
	char *part;
	enum kind kind;

	*scan = (struct scan){ .units = plan->folders,
			       .nunits = plan->nfolders,
			       .kinds = ALL_KINDS };
	if (!*path || !unit)
		return unit != NULL;
	*unit = take_part(arena, &path);
	if (!*unit || !is_folder_unit(plan, *unit))
		return false;
	scan->units = unit;
	scan->nunits = 1;
	if (!*path)
		return true;
	part = take_part(arena, &path);
	kind = part ? kind_in_folder(part, strlen(part)) : KINDS;
	if (kind == KINDS)
		return false;
	scan->kinds = KIND_BIT(kind);
	if (!*path)
		return true;
	part = take_part(arena, &path);
	scan->first_month = scan->last_month = part ? month_of(part) : 0;
	if (!scan->first_month)
		return false;
	if (!*path)
		return true;
	part = take_part(arena, &path);
	if (!part || *path)
		return false;
	/* an event stands for its record; a name that no record has is looked at by itself */
	scan->prefix = id_parse(part, strnlen(part, ID_LENGTH), NULL, NULL)
			       ? arena_strndup(arena, part, ID_LENGTH)
			       : part;
	scan->threads = 1;
	return scan->prefix != NULL;
}

/* the path without what an event's name has beyond its record's; in the arena */
static char *record_path(struct cli *cli, const char *relative, const struct scan *scan)
{
	const char *slash = strrchr(relative, '/');
	char *path = scan->prefix ? arena_printf(&cli->arena, "%.*s/%s", (int)(slash - relative),
						 relative, scan->prefix)
				  : arena_strdup(&cli->arena, relative);

	if (!path)
		cli_no_memory(cli);
	return path;
}

/* whether a folder that the path lies in is among them too */
static bool is_covered(const struct map *paths, const char *path)
{
	for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/'))
		if (map_has(paths, path, (size_t)(slash - path)))
			return true;
	return *path && map_has(paths, "", 0);
}

static void no_path(struct cli *cli, const char *path)
{
	struct finding *f = cli_error(
		cli, "no-record", _("'%s' is no record, month, kind or unit of the folder"), path);

	finding_hint(&cli->findings, f, "%s",
		     _("evidence and what lies beside the units is checked with the whole folder"));
}

size_t paths_limits(struct cli *cli, const struct strings *paths, struct scan **scans)
{
	struct map named;
	bool wrong = false;
	size_t n = 0;

	map_init(&named, &cli->arena);
	for (size_t i = 0; i < paths->count; i++) {
		struct scan *scan = arena_alloc(&cli->arena, sizeof(*scan));
		struct str relative = { 0 };
		char *path;

		if (!scan)
			cli_no_memory(cli);
		if (store_relative(&cli->store, paths->items[i], &relative) &&
		    path_limits(&cli->plan, str_text(&relative), &cli->arena, scan)) {
			path = record_path(cli, str_text(&relative), scan);
			if (map_put(&named, path, strlen(path), scan) < 0)
				cli_no_memory(cli);
		} else {
			no_path(cli, paths->items[i]);
			wrong = true;
		}
		str_release(&relative);
	}
	if (wrong)
		cli_fail(cli, REFUSED);
	*scans = arena_array(&cli->arena, named.count, sizeof(**scans));
	if (!*scans)
		cli_no_memory(cli);
	for (size_t i = 0; i < named.count; i++)
		if (!is_covered(&named, named.entries[i].key))
			(*scans)[n++] = *(const struct scan *)named.entries[i].value;
	return n;
}
