/* What an import has already: records on the disk, and rows that came before (domain V36 to V38). */
#include <string.h>

#include "base/msg.h"
#include "base/utf8.h"
#include "cli/import.h"
#include "model/record.h"
#include "report/rows.h"

/* what makes two records of a kind the same, beside unit and date */
struct identity {
	const char *fields[6];
	size_t nnear;       /* so many of them make two nearly the same */
	bool near_is_wrong; /* then one is refused; else both stay */
	const char *change; /* the field in which a record may change later, or NULL */
};

static const struct identity VISIT = { { "enterprise", "appeal" }, 2, true, "solution" };
static const struct identity WALKTHROUGH = {
	{ "experiencer", "matter", "findings" }, 3, true, "suggestions"
};
static const struct identity OBSERVATION = {
	{ "indicator", "numerator", "denominator", "count", "value" }, 1, false, NULL
};

static const struct identity *identity_of(enum kind kind)
{
	return kind == KIND_VISIT ? &VISIT : kind == KIND_WALKTHROUGH ? &WALKTHROUGH : &OBSERVATION;
}

static void add_text(struct str *out, const struct node *fields, const char *name)
{
	const struct node *value = node_get(fields, name);

	str_addc(out, '\n');
	if (value)
		row_text(out, value);
}

/* letters, digits and ideographs alone: not spaces, not punctuation */
static char *bare(struct arena *arena, const char *text)
{
	char *folded = name_fold(arena, text, strlen(text)), *to = folded;
	const char *end = folded ? folded + strlen(folded) : NULL;

	for (const char *p = folded; p && p < end;) {
		const char *from = p;
		int32_t c = utf8_decode(&p, end);
		bool ascii =
			(c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');

		if (ascii || (c > 0xbf && !(c >= 0x2000 && c <= 0x206f) &&
			      !(c >= 0x3000 && c <= 0x303f) && !(c >= 0xff00 && c <= 0xffef))) {
			memmove(to, from, (size_t)(p - from));
			to += p - from;
		}
	}
	if (folded)
		*to = '\0';
	return folded;
}

static const char *key_of(struct import *import, const struct node *fields, bool near)
{
	const struct identity *identity = identity_of(import->form.kind);
	struct cli *cli = &import->add.cli;
	size_t n = near ? identity->nnear : sizeof(identity->fields) / sizeof(*identity->fields);
	struct str key = { 0 }, rest = { 0 };
	const char *copy;

	add_text(&key, fields, "unit");
	add_text(&key, fields, "date");
	for (size_t i = 0; i < n && identity->fields[i]; i++)
		add_text(&rest, fields, identity->fields[i]);
	copy = near ? bare(&cli->arena, str_text(&rest)) : str_text(&rest);
	copy = copy ? arena_concat(&cli->arena, str_text(&key), "\n", copy, NULL) : NULL;
	if (!copy || key.failed || rest.failed)
		cli_no_memory(cli);
	str_release(&key);
	str_release(&rest);
	return copy;
}

static void put(struct import *import, struct map *map, const char *key,
		const struct import_record *record)
{
	if (!map_has(map, key, strlen(key)) &&
	    map_put(map, key, strlen(key), (void *)(uintptr_t)record) < 0)
		cli_no_memory(&import->add.cli);
}

static const char *origin_key(struct import *import, const char *sha256, const char *sheet,
			      int64_t row)
{
	const char *key = arena_printf(&import->add.cli.arena, "%s %lld %s", sha256, (long long)row,
				       sheet ? sheet : "");

	if (!key)
		cli_no_memory(&import->add.cli);
	return key;
}

static char *kept(struct import *import, const char *text)
{
	char *copy = arena_strdup(&import->add.cli.arena, text);

	if (text && !copy)
		cli_no_memory(&import->add.cli);
	return copy;
}

/* a record by what it says now, by what it said when it was entered, and by the row it came from */
static void learn(void *context, const struct folded *f)
{
	struct import *import = context;
	const char *change = identity_of(import->form.kind)->change;
	const struct node *from = node_get(node_get(f->record->root, "entered"), "import");
	const char *sha256 = node_string(from, "sha256");
	struct arena *arena = &import->add.cli.arena;
	struct import_record *record = arena_alloc(arena, sizeof(*record));

	if (!record)
		cli_no_memory(&import->add.cli);
	record->ref.id = kept(import, f->record->id);
	record->ref.folder = kept(import, f->record->folder);
	record->path = record_path(arena, f->record);
	record->withdrawn = f->state == STATE_WITHDRAWN;
	if (change) {
		record->before = kept(import, node_string(f->record->root, change));
		record->now = kept(import, node_string(f->fields, change));
	}
	put(import, &import->exact, key_of(import, f->fields, false), record);
	put(import, &import->exact, key_of(import, f->record->root, false), record);
	if (!record->withdrawn)
		put(import, &import->near, key_of(import, f->fields, true), record);
	if (sha256)
		put(import, &import->exact,
		    origin_key(import, sha256, node_string(from, "sheet"),
			       node_integer(from, "row", 0)),
		    record);
}

/* the records of the units that the file has, read once */
static void learn_all(struct import *import)
{
	struct cli *cli = &import->add.cli;
	const char **units = arena_array(&cli->arena, cli->plan.nfolders, sizeof(*units));
	struct unit_set seen = { 0 };
	size_t n = 0;

	if (!units)
		cli_no_memory(cli);
	for (size_t i = 0; i < import->intake.count; i++) {
		const struct node *unit = node_get(import->entries[i].candidate->record, "unit");
		int index = plan_unit_node(&cli->plan, unit);

		if (index == NO_UNIT || set_has(&seen, index) || !cli->plan.units[index].folder)
			continue;
		set_add(&seen, index);
		units[n++] = cli->plan.units[index].id;
	}
	if (n)
		records_scan(cli, &(struct reader){ .as_of = MOMENT_ALL }, units, n,
			     KIND_BIT(import->form.kind), NULL, learn, import);
}

static void say(struct import *import, size_t i, enum level level, const char *code,
		const struct import_record *other, const char *message, const char *hint)
{
	struct intake_entry *entry = &import->intake.entries[i];
	struct finding what = { .level = level,
				.code = code,
				.file = import->name,
				.line = entry->line,
				.column = entry->column };
	struct finding *f = findings_add(&entry->findings, &what, "%s", message);
	const char *where =
		other->path ? cli_path(&import->add.cli, other->path)
			    : arena_printf(&import->add.cli.arena,
					   import->intake.entries[i].row ? _("line %u of the file")
									 : _("form %u in the file"),
					   other->number);

	finding_hint(&entry->findings, f, "%s%s%s", where ? where : "", hint ? "; " : "",
		     hint ? hint : "");
}

static bool same(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

/* what is there says something else where it may change, and did not say this before */
static enum import_fate known_fate(struct import *import, size_t i,
				   const struct import_record *record)
{
	const char *field = identity_of(import->form.kind)->change;
	const char *value = field ? node_string(import->entries[i].candidate->fields, field) : NULL;

	if (record->withdrawn || !value || same(value, record->now) || same(value, record->before))
		return IMPORT_KNOWN;
	if (import->update)
		return IMPORT_CHANGED;
	say(import, i, LEVEL_WARNING, "changed", record,
	    _("the record is there already and says something else"),
	    _("with --update it is set by an event"));
	return IMPORT_KNOWN;
}

static enum import_fate near_fate(struct import *import, size_t i,
				  const struct import_record *other)
{
	if (!identity_of(import->form.kind)->near_is_wrong) {
		say(import, i, LEVEL_WARNING, "second-figure", other,
		    _("the same figure was reported with other values: the one entered later "
		      "counts"),
		    NULL);
		return IMPORT_NEW;
	}
	say(import, i, import->allow_duplicate ? LEVEL_WARNING : LEVEL_ERROR, "near-duplicate",
	    other, _("this may be the same once more (疑似重复)"),
	    import->allow_duplicate
		    ? NULL
		    : _("take it out, write what is different, or say --allow-duplicate"));
	return import->allow_duplicate ? IMPORT_NEW : IMPORT_REJECTED;
}

static void remember(struct import *import, size_t i, const char *exact, const char *near)
{
	struct import_record *record = arena_alloc(&import->add.cli.arena, sizeof(*record));

	if (!record)
		cli_no_memory(&import->add.cli);
	record->number = import->intake.entries[i].number;
	put(import, &import->exact, exact, record);
	put(import, &import->near, near, record);
}

static enum import_fate fate_of(struct import *import, size_t i)
{
	const struct intake_entry *entry = &import->intake.entries[i];
	const struct node *fields = import->entries[i].candidate->record;
	const char *origin =
		origin_key(import, import->sha256, import->intake.grid.sheet, entry->number);
	const struct import_record *known;
	const char *exact, *near;
	enum import_fate fate = IMPORT_NEW;

	if (entry_rejected(entry))
		return IMPORT_REJECTED;
	exact = key_of(import, fields, false);
	near = key_of(import, fields, true);
	known = map_get(&import->exact, origin, strlen(origin));
	if (!known)
		known = map_get(&import->exact, exact, strlen(exact));
	import->entries[i].known = known;
	if (known && known->path)
		return known_fate(import, i, known);
	if (known) {
		say(import, i, LEVEL_WARNING, "double", known,
		    _("the row stands here twice and is taken once"), NULL);
		return IMPORT_DOUBLE;
	}
	known = map_get(&import->near, near, strlen(near));
	if (known)
		fate = near_fate(import, i, known);
	if (fate == IMPORT_NEW)
		remember(import, i, exact, near);
	return fate;
}

void import_compare(struct import *import)
{
	map_init(&import->exact, &import->add.cli.arena);
	map_init(&import->near, &import->add.cli.arena);
	learn_all(import);
	for (size_t i = 0; i < import->intake.count; i++)
		import->entries[i].fate = fate_of(import, i);
}
