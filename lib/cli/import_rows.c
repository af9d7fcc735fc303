/* An import row by row: what a row becomes lives only as long as it is looked at. */
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "base/utf8.h"
#include "cli/import.h"
#include "cli/personal.h"
#include "cli/progress.h"

#define MOST_CODES 4096
#define FIRST_GLANCES 64
#define MOST_GLANCES 8192
#define MOST_NAME 255 /* characters, of a line in the schema */

/* the file's name without folders, as a record may keep it */
static const char *origin_name(struct import *import)
{
	struct cli *cli = &import->add.cli;
	const char *slash = strrchr(import->name, '/'), *p, *end;
	struct str visible = { 0 };
	char *copy;
	size_t n = 0;

	p = slash ? slash + 1 : import->name;
	utf8_add_visible(&visible, p, strlen(p), false);
	end = str_text(&visible);
	for (; *end && n < MOST_NAME; n++)
		end += utf8_length_of(*end);
	copy = visible.failed ? NULL
			      : arena_strndup(&cli->arena, str_text(&visible),
					      (size_t)(end - str_text(&visible)));
	str_release(&visible);
	if (!copy)
		cli_no_memory(cli);
	return copy;
}

static void set(struct import *import, struct node *map, const char *name, const struct node *value)
{
	if (!value || node_set(&import->add.cli.arena, map, name, value) < 0)
		cli_no_memory(&import->add.cli);
}

/* contract 2: where a record comes from; the row, which is the last, is that of the record */
static struct node *make_origin(struct import *import)
{
	struct arena *arena = &import->add.cli.arena;
	struct node *map = node_new_map(arena);
	const char *file = origin_name(import);

	if (!map)
		cli_no_memory(&import->add.cli);
	set(import, map, "file", node_new_string(arena, file, strlen(file)));
	set(import, map, "sha256", node_new_string(arena, import->sha256, strlen(import->sha256)));
	if (import->intake.grid.sheet)
		set(import, map, "sheet",
		    node_new_string(arena, import->intake.grid.sheet,
				    strlen(import->intake.grid.sheet)));
	set(import, map, "row", node_new_integer(arena, 0));
	return map;
}

static struct node *origin(struct import *import, uint32_t number)
{
	const struct node *origin = import->origin;
	struct arena *arena = &import->add.cli.arena;
	struct node *map = node_new_map(arena), *row = node_new_integer(arena, number);
	struct member *members = arena_array(arena, origin->count, sizeof(*members));

	if (!map || !row || !members)
		cli_no_memory(&import->add.cli);
	*map = *origin;
	map->members = members;
	memcpy(members, origin->members, origin->count * sizeof(*members));
	members[origin->count - 1].value = row;
	return map;
}

/* the words of a column are few, and of each its code is looked up once */
static const char *known_code(struct import *import, const struct schema_property *p,
			      const char *word)
{
	struct cli *cli = &import->add.cli;
	struct str *key = &import->compared;
	const char *code, *copy;

	str_reset(key);
	str_add(key, p->name);
	str_addc(key, '\n');
	str_add(key, word);
	if (key->failed)
		cli_no_memory(cli);
	code = map_get(&import->codes, str_text(key), key->len);
	if (code)
		return code;
	code = value_code(cli, p->codes, p->labels, p->aliases, p->word, word);
	if (import->codes.count == MOST_CODES)
		return code;
	copy = arena_strndup(&import->arena, str_text(key), key->len);
	code = arena_strdup(&import->arena, code);
	if (!copy || !code || map_put(&import->codes, copy, key->len, (void *)(uintptr_t)code) < 0)
		cli_no_memory(cli);
	return code;
}

/* what was typed as the codes it stands for; text that stands for itself is as the intake made it */
static struct node *normalised(struct import *import, const struct schema_property *p,
			       struct node *value)
{
	struct cli *cli = &import->add.cli;
	bool truth = p->type && text_is(p->type, "boolean");
	bool coded = p->codes || p->word || p->labels;
	struct node *copy;

	if (!coded && !p->shorthand && !truth)
		return value;
	if (value->type != NODE_STRING || !coded || truth)
		return value_normalise(cli, p, value);
	copy = node_copy(&cli->arena, value);
	if (!copy)
		cli_no_memory(cli);
	copy->text = known_code(import, p, value->text);
	copy->count = (uint32_t)strlen(copy->text);
	return copy;
}

/* of the fields that the intake has made, which are the candidate's then */
static void make_candidate(struct import *import, size_t i, struct node *fields,
			   struct candidate *c)
{
	struct add *add = &import->add;

	*c = (struct candidate){
		.fields = fields,
		.properties = add->fields.properties,
		.nproperties = add->fields.count,
		.source = { .name = import->name, .called = import_called, .context = import },
		.import = origin(import, import->intake.entries[i].number)
	};
	for (uint32_t n = 0; n < fields->count; n++) {
		struct member *m = &fields->members[n];
		const struct schema_property *p = fields_property(&add->fields, m->name);

		if (p)
			m->value = normalised(import, p, m->value);
	}
}

/* from here to end_row all that is made for a record goes with the row */
static void begin_row(struct import *import, size_t i, struct row *row)
{
	struct cli *cli = &import->add.cli;

	import->kept = cli->arena;
	cli->arena = import->work;
	if (intake_values(&import->intake, i, &cli->arena, &row->values) < 0)
		cli_no_memory(cli);
	make_candidate(import, i, row->values.fields, &row->candidate);
}

static void end_row(struct import *import, struct row *row)
{
	struct cli *cli = &import->add.cli;

	findings_release(&row->values.findings);
	import->work = cli->arena;
	cli->arena = import->kept;
	import->kept = (struct arena){ 0 };
	arena_reset(&import->work);
}

static bool is_clean(const struct findings *findings)
{
	return !findings->count && !findings->errors && !findings->lost;
}

/* the record of a row, and what is wrong with it by itself */
static void check_record(struct import *import, struct row *row)
{
	struct findings own = { 0 };

	add_check_one(&import->add, &row->candidate, &own);
	import_add_findings(import, &row->values, &own);
	findings_release(&own);
}

#ifdef DUBAN_DOUBT
/* in the variants for tests: what is known without looking is looked at all the same */
static void doubt(struct import *import, size_t i)
{
	const char *const *names = import_identity(import);
	struct import_texts texts, sure;
	struct row row;

	if (!import_sure(import, import->add.cli.run, i, &sure))
		abort();
	begin_row(import, i, &row);
	check_record(import, &row);
	import_texts(import, row.candidate.record, &import->add.cli.arena, &texts);
	for (size_t k = 0; names[k]; k++) {
		const char *is = texts.items[k] ? texts.items[k] : "";

		if (strcmp(is, sure.items[k] ? sure.items[k] : "") != 0)
			abort();
	}
	if (!is_clean(&row.values.findings))
		abort();
	end_row(import, &row);
}
#else
static void doubt(struct import *import, size_t i)
{
	(void)import;
	(void)i;
}
#endif

static void check_row(struct import *import, size_t i)
{
	struct import_entry *entry = &import->entries[i];
	struct row row;

	begin_row(import, i, &row);
	check_record(import, &row);
	if (is_clean(&row.values.findings))
		import_sure_learn(import, i, &row);
	if (row.values.nothing && !row.values.findings.errors)
		entry->fate = IMPORT_NOTHING;
	else
		entry->fate = import_fate(import, i, &row, &entry->known);
	if (import->rejects && entry->fate == IMPORT_REJECTED)
		entry->reasons = import_reasons(import, &row.values.findings);
	import_tell(import, i, &row.values);
	end_row(import, &row);
}

/* looked at together, more and more of them: what is learnt from one is of use for those behind it */
static void check_rows(struct import *import, size_t n)
{
	struct import_glance *glances = arena_array(&import->arena, MOST_GLANCES, sizeof(*glances));
	size_t many = FIRST_GLANCES;

	if (!glances)
		cli_no_memory(&import->add.cli);
	for (size_t first = 0; first < n; first += many) {
		many = first ? 2 * many : many;
		many = many > MOST_GLANCES ? MOST_GLANCES : many;
		many = many > n - first ? n - first : many;
		import_glance(import, first, many, glances);
		for (size_t i = 0; i < many; i++) {
			if (glances[i].sure)
				doubt(import, first + i);
			if (glances[i].sure && import_is_new(import, first + i, &glances[i].near))
				import->entries[first + i].fate = IMPORT_NEW;
			else
				check_row(import, first + i);
			progress_tick(1);
		}
	}
}

void import_check(struct import *import)
{
	size_t n = import->intake.count;

	import->origin = make_origin(import);
	map_init(&import->codes, &import->arena);
	import->entries = arena_array(&import->arena, n, sizeof(*import->entries));
	if (n && !import->entries)
		cli_no_memory(&import->add.cli);
	/* what is made once and stays must not be made for a row */
	cli_host(&import->add.cli);
	personal_load(&import->add.cli, import->form.kind);
	if (import->update) {
		personal_load(&import->add.cli, KINDS);
		change_no_options(&import->add.cli, &import->add.writer, &import->change);
		change_prepare(&import->change);
	}
	import_learn(import);
	import_sure_init(import);
	progress_of(n);
	check_rows(import, n);
	progress_end();
	findings_sort(&import->add.cli.findings);
}

size_t import_count(const struct import *import, enum import_fate fate)
{
	size_t n = 0;

	for (size_t i = 0; i < import->intake.count; i++)
		n += import->entries[i].fate == fate;
	return n;
}

enum outcome import_change(struct import *import, const struct import_record *known,
			   const struct candidate *c, struct findings *told)
{
	struct change *change = &import->change;
	struct cli *cli = &import->add.cli;
	struct findings kept = cli->findings;
	enum outcome outcome;
	const char *field = import_change_field(import);
	const char *assignment =
		arena_concat(&cli->arena, field, "=", node_string(c->fields, field), NULL);

	change->sets.count = 0;
	if (!assignment || strings_add(&change->sets, assignment) < 0)
		cli_no_memory(cli);
	change->import = c->import;
	if (!told)
		return change_add(change, &known->ref);
	cli->findings = *told;
	outcome = change_try(change, &known->ref);
	*told = cli->findings;
	cli->findings = kept;
	return outcome;
}

static enum outcome write_row(struct import *import, size_t i, bool many)
{
	const struct import_entry *entry = &import->entries[i];
	enum outcome outcome;
	struct row row;

	begin_row(import, i, &row);
	outcome = entry->fate == IMPORT_NEW
			  ? add_write_one(&import->add, &row.candidate, many)
			  : import_change(import, entry->known, &row.candidate, NULL);
	end_row(import, &row);
	return outcome;
}

static enum outcome write_rows(struct import *import, enum import_fate fate)
{
	size_t written = 0, all = import_count(import, fate);
	enum outcome outcome = DONE;

	progress_of(all);
	for (size_t i = 0; i < import->intake.count && outcome == DONE; i++) {
		if (import->entries[i].fate != fate)
			continue;
		outcome = write_row(import, i, all > 1);
		written += outcome == DONE;
		progress_tick(1);
	}
	progress_end();
	if (outcome != DONE && fate == IMPORT_NEW && all > 1)
		cli_error(&import->add.cli, "io", _("%zu of %zu records were not written"),
			  all - written, all);
	return outcome;
}

enum outcome import_write(struct import *import)
{
	enum outcome outcome = write_rows(import, IMPORT_NEW);

	return outcome == DONE ? write_rows(import, IMPORT_CHANGED) : outcome;
}
