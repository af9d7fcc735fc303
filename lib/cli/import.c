#include "cli/import.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/msg.h"
#include "base/utf8.h"
#include "cli/progress.h"
#include "store/evidence.h"

#define MOST_BYTES ((size_t)256 * 1024 * 1024)
#define MOST_NAME 255 /* characters, of a line in the schema */
#define STANDARD_INPUT "-"

static void add_options(struct import *import)
{
	const struct opt options[] = {
		{ .name = "form",
		  .metavar = "FORM",
		  .help = N_("what the file holds: annex-1 走访清单, annex-2 走流程登记表, "
			     "observations 指标数据"),
		  .one = &import->form_text },
		{ .name = "for",
		  .metavar = "UNIT",
		  .help = N_("the records' own unit, where the file does not say it"),
		  .one = &import->add.for_text },
		{ .name = "partial",
		  .help = N_("write the rows that are right, although others are wrong"),
		  .flag = &import->partial },
		{ .name = "rejects",
		  .metavar = "FILE",
		  .help = N_("write the rows that are wrong to this CSV file, with the reasons"),
		  .one = &import->rejects },
		{ .name = "fill-down",
		  .metavar = "COLUMN",
		  .help = N_("an empty cell of this column is as the one above; may be repeated"),
		  .many = &import->fill_down },
		{ .name = "sheet",
		  .metavar = "SHEET",
		  .help = N_("the sheet of a workbook, by name or number; else the first with the "
			     "form"),
		  .one = &import->sheet },
		{ .name = "ditto",
		  .help = N_("同上 and 〃 are as the cell above"),
		  .flag = &import->ditto },
		{ .name = "excel-serial",
		  .help = N_("a number such as 45400 is a spreadsheet's day"),
		  .flag = &import->excel_serial },
		{ .name = "split",
		  .help = N_("findings numbered 1. 2. are entries of their own"),
		  .flag = &import->split },
		{ .name = "allow-duplicate",
		  .help = N_("also what is nearly the same as another (疑似重复)"),
		  .flag = &import->allow_duplicate },
		{ .name = "update",
		  .help = N_("a solution that has changed is set by an event"),
		  .flag = &import->update },
		{ .name = "verbose",
		  .help = N_("tell of every cell that is kept as something else"),
		  .flag = &import->verbose },
	};

	cli_add_options(&import->add.cli, options, sizeof(options) / sizeof(*options));
}

static void find_form(struct import *import)
{
	const struct plan *plan = &import->add.cli.plan;
	const struct node *annexes = node_get(plan->root, "annexes");
	struct str known = { 0 };

	if (intake_form_find(plan, import->form_text, &import->form))
		return;
	for (size_t i = 0; i < list_count(annexes); i++)
		str_addf(&known, "%s, ", node_string(&annexes->items[i], "id"));
	str_add(&known, "observations");
	usage_error(_("--form is one of %s, not '%s'"), str_text(&known), import->form_text);
}

static void load_form(struct import *import)
{
	struct add *add = &import->add;
	struct cli *cli = &add->cli;
	struct schema_property *properties;
	size_t n = schemas_properties(&cli->schemas, import->form.kind, NULL, &properties,
				      &cli->findings);

	add->schema = schemas_compile_kind(&cli->schemas, import->form.kind, &cli->findings);
	if (!n || !add->schema)
		cli_fail(cli, CANNOT);
	add->fields.properties = properties;
	add->fields.count = n;
	if (intake_form_load(&import->form, &cli->plan, import->form_text, properties, n,
			     &cli->arena) < 0)
		cli_no_memory(cli);
}

static void read_bytes(struct import *import, const char *file, struct str *bytes)
{
	struct cli *cli = &import->add.cli;
	bool standard = strcmp(file, STANDARD_INPUT) == 0;
	int result = standard ? fd_read(STDIN_FILENO, MOST_BYTES, bytes)
			      : path_read(file, MOST_BYTES, bytes);

	import->name = file;
	if (result < 0) {
		finding_errno(&cli->findings, file, _("cannot read"), errno);
		cli_fail(cli, errno == EFBIG ? REFUSED : CANNOT);
	}
}

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
	copy = arena_strndup(&cli->arena, str_text(&visible), (size_t)(end - str_text(&visible)));
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

/* contract 2: where a record comes from */
static struct node *origin(struct import *import, const char *file, uint32_t number)
{
	struct arena *arena = &import->add.cli.arena;
	struct node *map = node_new_map(arena);

	if (!map)
		cli_no_memory(&import->add.cli);
	set(import, map, "file", node_new_string(arena, file, strlen(file)));
	set(import, map, "sha256", node_new_string(arena, import->sha256, strlen(import->sha256)));
	if (import->intake.grid.sheet)
		set(import, map, "sheet",
		    node_new_string(arena, import->intake.grid.sheet,
				    strlen(import->intake.grid.sheet)));
	set(import, map, "row", node_new_integer(arena, number));
	return map;
}

static void take_entry(struct import *import, struct intake_entry *entry, const char *file)
{
	struct add *add = &import->add;
	struct candidate *c = add_candidate(add, NULL);

	c->source = (struct schema_source){ .name = import->name };
	c->import = origin(import, file, entry->number);
	c->fields->line = entry->line;
	c->fields->column = entry->column;
	for (uint32_t i = 0; i < entry->fields->count; i++) {
		struct member copy = entry->fields->members[i];
		const struct schema_property *p = fields_property(&add->fields, copy.name);

		if (p)
			copy.value = value_normalise(&add->cli, p, copy.value);
		if (node_put(&add->cli.arena, c->fields, &copy) < 0)
			cli_no_memory(&add->cli);
	}
}

/* of what the reading refused nothing else is told: neither that it is missing nor of what stands for it */
static void add_findings(struct intake_entry *entry, const struct findings *own)
{
	bool told = entry->findings.errors > 0;

	for (size_t i = 0; i < own->count; i++) {
		const struct finding *f = &own->items[i];

		if (!told || (f->line && strcmp(f->code, "required") != 0))
			findings_add(&entry->findings, f, "%s", f->message);
	}
	entry->findings.lost = entry->findings.lost || own->lost;
}

static void check_entries(struct import *import)
{
	struct intake *in = &import->intake;
	const char *file = origin_name(import);

	import->entries = arena_array(&import->add.cli.arena, in->count, sizeof(*import->entries));
	if (in->count && !import->entries)
		cli_no_memory(&import->add.cli);
	for (size_t i = 0; i < in->count; i++)
		take_entry(import, &in->entries[i], file);
	for (size_t i = 0; i < in->count; i++) {
		struct findings own = { 0 };

		import->entries[i].candidate = &import->add.candidates[i];
		add_check_one(&import->add, import->entries[i].candidate, &own);
		add_findings(&in->entries[i], &own);
		findings_release(&own);
		progress_tick(1);
	}
	progress_end();
}

/* findings of the entries behind those of the file, each with its 序号 */
static void gather_findings(struct import *import)
{
	struct cli *cli = &import->add.cli;
	const struct intake *in = &import->intake;

	for (size_t i = 0; i < in->count; i++) {
		const struct intake_entry *entry = &in->entries[i];
		const char *within =
			in->form->vertical && !entry->row
				? arena_printf(&cli->arena, _("form %u in the file"), entry->number)
			: entry->seq ? arena_printf(&cli->arena, _("in the row with 序号 %s"),
						    entry->seq)
				     : NULL;

		for (size_t j = 0; j < entry->findings.count; j++) {
			struct finding f = entry->findings.items[j];

			f.sheet = in->grid.sheet;
			f.within = f.within ? f.within : within;
			findings_add(&cli->findings, &f, "%s", f.message);
		}
		cli->findings.lost = cli->findings.lost || entry->findings.lost;
	}
	findings_sort(&cli->findings);
}

static size_t count_fate(const struct import *import, enum import_fate fate)
{
	size_t n = 0;

	for (size_t i = 0; i < import->intake.count; i++)
		n += import->entries[i].fate == fate;
	return n;
}

static void note(struct import *import, enum level level, const char *code, const char *text)
{
	struct finding what = { .level = level, .code = code, .file = import->name };

	findings_add(&import->add.cli.findings, &what, "%s", text);
}

static void summarise(struct import *import)
{
	const struct intake *in = &import->intake;
	struct str text = { 0 };

	if (!in->count)
		note(import, LEVEL_WARNING, "no-records",
		     _("there is no record in it (无有效记录)"));
	str_addf(&text, _("%zu new, %zu there already, %zu changed, %zu twice, %zu wrong"),
		 count_fate(import, IMPORT_NEW), count_fate(import, IMPORT_KNOWN),
		 count_fate(import, IMPORT_CHANGED), count_fate(import, IMPORT_DOUBLE),
		 count_fate(import, IMPORT_REJECTED));
	str_add(&text, "; ");
	str_addf(&text, _("passed over: %zu title rows, %zu empty rows, %zu totals, %zu footers"),
		 in->titles, in->empty, in->totals, in->footers);
	note(import, LEVEL_NOTE, "summary", str_text(&text));
	str_release(&text);
}

/* only the new ones are left to be written */
static void keep_new(struct import *import)
{
	struct add *add = &import->add;
	size_t kept = 0;

	for (size_t i = 0; i < import->intake.count; i++)
		if (import->entries[i].fate == IMPORT_NEW)
			add->candidates[kept++] = add->candidates[i];
	add->count = kept;
}

/* domain V38: what has changed in a record that is there is an event of it */
static enum outcome write_changes(struct import *import, const struct candidate *candidates)
{
	struct change *change = &import->change;
	struct cli *cli = &import->add.cli;
	const char *field = import->form.kind == KIND_VISIT ? "solution" : "suggestions";
	enum outcome outcome = DONE;

	for (size_t i = 0; i < import->intake.count && outcome == DONE; i++) {
		const struct import_entry *entry = &import->entries[i];
		const char *assignment;

		if (entry->fate != IMPORT_CHANGED)
			continue;
		if (!change->event_schema) {
			change_no_options(cli, &import->add.writer, change);
			change_prepare(change);
		}
		assignment = arena_concat(&cli->arena, field, "=",
					  node_string(candidates[i].fields, field), NULL);
		change->sets.count = 0;
		if (!assignment || strings_add(&change->sets, assignment) < 0)
			cli_no_memory(cli);
		change->import = candidates[i].import;
		outcome = change_add(change, &entry->known->ref);
	}
	return outcome;
}

static struct candidate *copy_candidates(struct import *import)
{
	struct add *add = &import->add;
	struct candidate *copy = arena_array(&add->cli.arena, add->count, sizeof(*copy));

	if (add->count && !copy)
		cli_no_memory(&add->cli);
	if (add->count)
		memcpy(copy, add->candidates, add->count * sizeof(*copy));
	return copy;
}

static enum outcome write_out(struct import *import)
{
	const struct candidate *all = copy_candidates(import);
	enum outcome outcome;

	keep_new(import);
	outcome = add_write(&import->add);
	if (outcome == DONE)
		outcome = write_changes(import, all);
	/* left by a run that was cut short, perhaps before it was on the disk */
	if (outcome == DONE && count_fate(import, IMPORT_KNOWN) && !import->add.writer.dry_run)
		outcome = store_sync(&import->add.cli.store, &import->add.cli.findings);
	return outcome;
}

static enum outcome import_file(struct import *import, const char *file)
{
	struct cli *cli = &import->add.cli;
	struct intake *in = &import->intake;
	struct str bytes = { 0 };
	char digest[DIGEST_SIZE];
	enum outcome outcome = DONE, written;

	read_bytes(import, file, &bytes);
	import->sha256 = sha256_hex(str_text(&bytes), bytes.len, digest);
	if (intake_read(in, import->name, str_text(&bytes), bytes.len) < 0) {
		if (!cli->findings.errors)
			cli_no_memory(cli);
		str_release(&bytes);
		findings_sort(&cli->findings);
		return REFUSED;
	}
	str_release(&bytes);
	check_entries(import);
	import_compare(import);
	if (count_fate(import, IMPORT_REJECTED)) {
		outcome = import->add.away ? CANNOT : REFUSED;
		written = import->rejects ? import_rejects(import) : DONE;
		if (written != DONE)
			return written;
	}
	gather_findings(import);
	summarise(import);
	if (outcome != DONE && !import->partial) {
		note(import, LEVEL_NOTE, "nothing-written",
		     _("nothing was written; --partial writes the rows that are right"));
		return outcome;
	}
	written = write_out(import);
	return written == DONE ? outcome : written;
}

int import_main(int argc, char **argv)
{
	static const struct usage usage = {
		.operands = "FILE",
		.summary = N_(
			"Add the records that a clerk's table or form holds: a workbook (.xlsx), "
			"or CSV separated by commas, tabs or semicolons, in any encoding that "
			"Excel and WPS write. All rows are checked before the first is written."),
		.least = 1,
		.most = 1,
	};
	static struct import import;
	static struct add_command command;
	struct cli *cli = &import.add.cli;
	struct strings operands = { 0 };
	enum outcome outcome;

	cli_start(cli, argc, argv);
	writer_add_options(cli, &import.add.writer, true);
	add_options(&import);
	args_parse(argc, argv, &cli->opts, &usage, &operands);
	if (!import.form_text)
		usage_error("%s", _("--form says what the file holds"));
	cli_open(cli, NULL);
	find_form(&import);
	writer_resolve(cli, &import.add.writer);
	load_form(&import);
	command.kind = import.form.kind;
	import.add.command = &command;
	import.intake = (struct intake){
		.plan = &cli->plan,
		.form = &import.form,
		.arena = &cli->arena,
		.findings = &cli->findings,
		.options = { .fill_down = import.fill_down.items,
			     .nfill_down = import.fill_down.count,
			     .ditto = import.ditto,
			     .excel_serial = import.excel_serial,
			     .split = import.split,
			     .sheet = import.sheet,
			     .unit_known = import.add.for_text != NULL,
			     .verbose = import.verbose },
	};
	outcome = import_file(&import, operands.items[0]);
	intake_release(&import.intake);
	change_release(&import.change);
	strings_release(&import.fill_down);
	strings_release(&operands);
	free(import.add.candidates);
	return cli_end(cli, outcome);
}
