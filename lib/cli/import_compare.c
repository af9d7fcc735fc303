/* What an import has already: records on the disk, and rows that came before (domain V36 to V38). */
#include <string.h>

#include "base/msg.h"
#include "cli/import.h"
#include "model/record.h"
#include "report/rows.h"

/* what makes two records of a kind the same */
struct identity {
	const char *fields[IMPORT_TEXTS + 1]; /* unit and date first */
	size_t nexact; /* so many of them make two the same; one behind them may change later */
	size_t nnear;  /* so many of them make two nearly the same */
	bool near_is_wrong; /* then one is refused; else both stay */
};

static const struct identity VISIT = {
	{ "unit", "date", "enterprise", "appeal", "solution" }, 4, 4, true
};
static const struct identity WALKTHROUGH = {
	{ "unit", "date", "experiencer", "matter", "findings", "suggestions" }, 5, 5, true
};
static const struct identity OBSERVATION = {
	{ "unit", "date", "indicator", "numerator", "denominator", "count", "value" }, 7, 3, false
};

static const struct identity *identity_of(enum kind kind)
{
	return kind == KIND_VISIT ? &VISIT : kind == KIND_WALKTHROUGH ? &WALKTHROUGH : &OBSERVATION;
}

const char *const *import_identity(const struct import *import)
{
	return identity_of(import->form.kind)->fields;
}

const char *import_change_field(const struct import *import)
{
	const struct identity *identity = identity_of(import->form.kind);

	return identity->fields[identity->nexact];
}

static const char *text_of(struct import *import, const struct node *value, struct arena *arena)
{
	struct str text = { 0 };
	const char *copy;

	if (!value || value->type == NODE_STRING || value->type == NODE_NUMBER)
		return value ? value->text : NULL;
	row_text(&text, value);
	copy = text.failed ? NULL : arena_strndup(arena, str_text(&text), text.len);
	str_release(&text);
	if (!copy)
		cli_no_memory(&import->add.cli);
	return copy;
}

void import_texts(struct import *import, const struct node *fields, struct arena *arena,
		  struct import_texts *texts)
{
	const char *const *names = import_identity(import);

	*texts = (struct import_texts){ { NULL } };
	for (size_t i = 0; names[i]; i++)
		texts->items[i] = text_of(import, node_get(fields, names[i]), arena);
}

/* a digest stands for the text: there may be a hundred thousand of them */
static struct digest key_of_text(struct import *import, const struct str *text)
{
	if (text->failed)
		cli_no_memory(&import->add.cli);
	return digest_of(&import->secret, str_text(text), text->len);
}

static void add_text(struct str *out, const char *text)
{
	str_addc(out, '\n');
	if (text)
		str_add(out, text);
}

static void add_key(const struct import *import, const struct import_texts *texts, bool near,
		    struct str *text, struct str *rest)
{
	const struct identity *identity = identity_of(import->form.kind);
	size_t n = near ? identity->nnear : identity->nexact;

	str_reset(text);
	str_reset(rest);
	add_text(text, texts->items[0]);
	add_text(text, texts->items[1]);
	for (size_t i = 2; i < n; i++)
		add_text(rest, texts->items[i]);
	str_addc(text, '\n');
	if (near)
		import_add_bare(text, rest);
	else
		str_addn(text, str_text(rest), rest->len);
	text->failed = text->failed || rest->failed;
}

bool import_near(const struct import *import, const struct import_texts *texts, struct str *text,
		 struct str *rest, struct digest *near)
{
	add_key(import, texts, true, text, rest);
	if (!text->failed)
		*near = digest_of(&import->secret, str_text(text), text->len);
	return !text->failed;
}

static struct digest key_of(struct import *import, const struct import_texts *texts, bool near)
{
	add_key(import, texts, near, &import->compared, &import->rest);
	return key_of_text(import, &import->compared);
}

/* of what a row says where its record may change */
static struct digest said_in(struct import *import, const struct import_texts *texts)
{
	size_t n = identity_of(import->form.kind)->nexact;
	const char *text = import_change_field(import) ? texts->items[n] : NULL;

	return digest_of(&import->secret, text ? text : "", text ? strlen(text) : 0);
}

static struct digest origin_key(struct import *import, const char *sha256, const char *sheet,
				int64_t row)
{
	struct str text = { 0 };
	struct digest key;

	str_addf(&text, "%s %lld %s", sha256, (long long)row, sheet ? sheet : "");
	key = key_of_text(import, &text);
	str_release(&text);
	return key;
}

/* a record, or an entry of this file: then an odd number, which no pointer is */
static void *of_entry(size_t i)
{
	return (void *)(uintptr_t)(2 * i + 1);
}

static bool is_entry(const void *value, size_t *i)
{
	*i = (size_t)(uintptr_t)value / 2;
	return (uintptr_t)value % 2;
}

/* what has the key then: this, or what had it before */
static const void *put(struct import *import, struct map *map, const struct digest *key,
		       const void *value)
{
	const char *copy = grid_copy(&import->intake.grid, key->bytes, sizeof(key->bytes));
	const void *has =
		copy ? map_add(map, copy, sizeof(key->bytes), (void *)(uintptr_t)value) : NULL;

	if (!has)
		cli_no_memory(&import->add.cli);
	return has;
}

static void *find(const struct map *map, const struct digest *key)
{
	return map_get(map, key->bytes, sizeof(key->bytes));
}

static char *kept(struct import *import, const char *text)
{
	char *copy = arena_strdup(&import->arena, text);

	if (text && !copy)
		cli_no_memory(&import->add.cli);
	return copy;
}

/* a record's text as it comes back from a table that has it */
static const char *cleaned(struct import *import, const char *text)
{
	const char *clean = text ? grid_cleaned(&import->work, text) : NULL;

	if (text && !clean)
		cli_no_memory(&import->add.cli);
	return clean;
}

static void record_texts(struct import *import, const struct node *fields,
			 struct import_texts *texts)
{
	import_texts(import, fields, &import->work, texts);
	for (size_t i = 0; i < IMPORT_TEXTS; i++)
		texts->items[i] = cleaned(import, texts->items[i]);
}

static void put_record(struct import *import, const struct folded *f,
		       const struct import_record *record)
{
	const struct node *from = node_get(node_get(f->record->root, "entered"), "import");
	const char *sha256 = node_string(from, "sha256");
	struct digest now, before, near, origin;
	struct import_texts texts;

	record_texts(import, f->record->root, &texts);
	before = key_of(import, &texts, false);
	record_texts(import, f->fields, &texts);
	now = key_of(import, &texts, false);
	near = key_of(import, &texts, true);
	arena_reset(&import->work);
	put(import, &import->exact, &now, record);
	put(import, &import->exact, &before, record);
	if (!record->withdrawn)
		put(import, &import->near, &near, record);
	if (!sha256 || strcmp(sha256, import->sha256) != 0)
		return;
	origin = origin_key(import, sha256, node_string(from, "sheet"),
			    node_integer(from, "row", 0));
	put(import, &import->same_file, &origin, record);
}

/* a record by what it says now, by what it said when it was entered, and by the row it came from */
static void learn(void *context, const struct folded *f)
{
	struct import *import = context;
	const char *change = import_change_field(import);
	struct import_record *record = arena_alloc(&import->arena, sizeof(*record));

	if (!record)
		cli_no_memory(&import->add.cli);
	record->ref.id = kept(import, f->record->id);
	record->ref.folder = kept(import, f->record->folder);
	record->path = record_path(&import->arena, f->record);
	record->withdrawn = f->state == STATE_WITHDRAWN;
	if (change) {
		record->before =
			kept(import, cleaned(import, node_string(f->record->root, change)));
		record->now = kept(import, cleaned(import, node_string(f->fields, change)));
	}
	put_record(import, f, record);
}

/* the records of the units that the file has, read once */
void import_learn(struct import *import)
{
	struct cli *cli = &import->add.cli;

	import->secret = digest_key();
	map_init(&import->exact, &import->arena);
	map_init(&import->near, &import->arena);
	map_init(&import->same_file, &import->arena);
	if (map_reserve(&import->near, import->intake.count) < 0)
		cli_no_memory(cli);
	if (import->nunits)
		records_scan(cli, &(struct reader){ .as_of = MOMENT_ALL }, import->units,
			     import->nunits, KIND_BIT(import->form.kind), NULL, learn, import);
	import->has_records = import->exact.count > 0;
}

/* `other`: a record or an entry of the file */
static void say(struct import *import, struct row *row, enum level level, const char *code,
		const void *other, const char *message, const char *hint)
{
	struct finding what = { .level = level,
				.code = code,
				.file = import->name,
				.line = row->values.line,
				.column = row->values.column };
	struct findings *findings = &row->values.findings;
	struct finding *f = findings_add(findings, &what, "%s", message);
	struct cli *cli = &import->add.cli;
	const char *where;
	size_t i;

	if (is_entry(other, &i))
		where = arena_printf(&cli->arena,
				     import->intake.entries[i].row ? _("line %u of the file")
								   : _("form %u in the file"),
				     import->intake.entries[i].number);
	else
		where = cli_path(cli, ((const struct import_record *)other)->path);
	finding_hint(findings, f, "%s%s%s", where ? where : "", hint ? "; " : "", hint ? hint : "");
}

static bool same(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

/* whether the event that --update makes of the row may be added; else it is wrong as any other */
static bool may_change(struct import *import, struct row *row, const struct import_record *record)
{
	struct cli *cli = &import->add.cli;
	struct findings told = { 0 };
	bool may = import_change(import, record, &row->candidate, &told) == DONE;
	const char *path = cli_path(cli, record->path);

	for (size_t i = 0; i < told.count && !may; i++) {
		struct finding what = told.items[i];

		what.file = import->name;
		what.line = row->values.line;
		what.column = row->values.column;
		what.hint =
			what.hint ? arena_concat(&cli->arena, path, "; ", what.hint, NULL) : path;
		findings_add(&row->values.findings, &what, "%s", what.message);
	}
	findings_release(&told);
	return may;
}

/* what is there says something else where it may change, and did not say this before */
static enum import_fate known_fate(struct import *import, struct row *row,
				   const struct import_record *record)
{
	const char *field = import_change_field(import);
	const char *value = field ? node_string(row->candidate.fields, field) : NULL;

	if (record->withdrawn || !value || same(value, record->now) || same(value, record->before))
		return IMPORT_KNOWN;
	if (import->update)
		return may_change(import, row, record) ? IMPORT_CHANGED : IMPORT_REJECTED;
	say(import, row, LEVEL_WARNING, "changed", record,
	    _("the record is there already and says something else"),
	    _("with --update it is set by an event"));
	return IMPORT_KNOWN;
}

/* domain V36: a row that stands in the file before, at `first` */
static enum import_fate second_fate(struct import *import, size_t i, struct row *row, size_t first)
{
	struct import_entry *entries = import->entries;

	if (memcmp(&entries[i].said, &entries[first].said, sizeof(entries[i].said)) != 0) {
		say(import, row, LEVEL_ERROR, "contradiction", of_entry(first),
		    _("the row stands here twice, and says something else now (内容不一致)"),
		    _("keep the one that is right"));
		return IMPORT_REJECTED;
	}
	say(import, row, LEVEL_WARNING, "double", of_entry(first),
	    _("the row stands here twice and is taken once"), NULL);
	return IMPORT_DOUBLE;
}

/* of a row whose record is there: the first such row decides, whatever a second one says */
static enum import_fate record_fate(struct import *import, size_t i, struct row *row,
				    struct import_record *record)
{
	if (record->row)
		return second_fate(import, i, row, record->row - 1);
	record->row = i + 1;
	return known_fate(import, row, record);
}

static enum import_fate near_fate(struct import *import, struct row *row, const void *other)
{
	if (!identity_of(import->form.kind)->near_is_wrong) {
		say(import, row, LEVEL_WARNING, "second-figure", other,
		    _("the same figure was reported with other values: the one entered later "
		      "counts"),
		    NULL);
		return IMPORT_NEW;
	}
	say(import, row, import->allow_duplicate ? LEVEL_WARNING : LEVEL_ERROR, "near-duplicate",
	    other, _("this may be the same once more (疑似重复)"),
	    import->allow_duplicate
		    ? NULL
		    : _("take it out, write what is different, or say --allow-duplicate"));
	return import->allow_duplicate ? IMPORT_NEW : IMPORT_REJECTED;
}

bool import_is_new(struct import *import, size_t i, const struct digest *near)
{
	struct import_texts texts;
	struct digest exact;

	if (import->same_file.count)
		return false;
	/* a record that was withdrawn is near to nothing */
	if (import->has_records) {
		if (!import_sure(import, import->add.cli.run, i, &texts))
			return false;
		exact = key_of(import, &texts, false);
		if (find(&import->exact, &exact))
			return false;
	}
	import->entries[i].near_only = put(import, &import->near, near, of_entry(i)) == of_entry(i);
	return import->entries[i].near_only;
}

/* what is nearly the same as this: a row's other key is made when there is a second such row */
static const void *find_near(struct import *import, const struct digest *near)
{
	const void *other = find(&import->near, near);
	struct import_texts texts;
	struct digest exact;
	size_t first;

	if (!other || !is_entry(other, &first) || !import->entries[first].near_only)
		return other;
	import->entries[first].near_only = false;
	if (import_sure(import, import->add.cli.run, first, &texts)) {
		exact = key_of(import, &texts, false);
		put(import, &import->exact, &exact, other);
		import->entries[first].said = said_in(import, &texts);
	}
	return other;
}

enum import_fate import_fate(struct import *import, size_t i, struct row *row,
			     const struct import_record **known)
{
	enum import_fate fate = IMPORT_NEW;
	struct digest exact, near, origin;
	struct import_texts texts;
	struct import_record *record = NULL;
	void *other;
	const void *nearly;
	size_t first;

	if (row->values.findings.errors)
		return IMPORT_REJECTED;
	import_texts(import, row->candidate.record, &import->add.cli.arena, &texts);
	exact = key_of(import, &texts, false);
	near = key_of(import, &texts, true);
	nearly = find_near(import, &near);
	if (import->same_file.count) {
		origin = origin_key(import, import->sha256, import->intake.grid.sheet,
				    import->intake.entries[i].number);
		record = find(&import->same_file, &origin);
	}
	import->entries[i].said = said_in(import, &texts);
	other = record ? record : find(&import->exact, &exact);
	if (other && is_entry(other, &first))
		return second_fate(import, i, row, first);
	if (other) {
		*known = record = other;
		return record_fate(import, i, row, record);
	}
	if (nearly)
		fate = near_fate(import, row, nearly);
	if (fate == IMPORT_NEW) {
		put(import, &import->exact, &exact, of_entry(i));
		put(import, &import->near, &near, of_entry(i));
	}
	return fate;
}
