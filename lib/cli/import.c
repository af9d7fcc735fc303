#include "cli/import.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/msg.h"
#include "base/threads.h"
#include "cli/read.h"
#include "store/evidence.h"

#define MOST_BYTES ((size_t)256 * 1024 * 1024)
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
		{ .name = "set",
		  .metavar = "FIELD=VALUE",
		  .help = N_("a field of all records, where the file has no column of it; may be "
			     "repeated"),
		  .many = &import->sets },
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

/* what --set says, by the columns' fields or headings */
static const char **given_texts(struct import *import)
{
	struct cli *cli = &import->add.cli;
	const struct intake_form *form = &import->form;
	const char **given = arena_array(&import->arena, form->ncolumns, sizeof(*given));

	if (!given)
		cli_no_memory(cli);
	for (size_t i = 0; i < import->sets.count; i++) {
		const char *text = import->sets.items[i], *equals = strchr(text, '=');
		char *name = arena_strndup(&import->arena, text,
					   equals ? (size_t)(equals - text) : strlen(text));
		int column = name ? form_column(form, name) : -1;

		if (!name)
			cli_no_memory(cli);
		if (!equals)
			usage_error(_("--set takes FIELD=VALUE, not '%s'"), text);
		if (column < 0 && heading_find(form, name, &column) != HEADING_KNOWN) {
			cli_error(cli, "unknown-field", _("--set: the form has no column '%s'"),
				  name);
			cli_fail(cli, REFUSED);
		}
		if (given[column])
			usage_error(_("--set: '%s' is given twice"), name);
		given[column] = equals + 1;
	}
	return given;
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

static void note(struct import *import, enum level level, const char *code, const char *text)
{
	struct finding what = { .level = level, .code = code, .file = import->name };

	findings_add(&import->add.cli.findings, &what, "%s", text);
}

static void summarise(struct import *import)
{
	const struct intake *in = &import->intake;
	struct str text = { 0 };

	if (in->count == import_count(import, IMPORT_NOTHING))
		note(import, LEVEL_WARNING, "no-records",
		     _("there is no record in it (无有效记录)"));
	str_addf(&text, _("%zu new, %zu there already, %zu changed, %zu twice, %zu wrong"),
		 import_count(import, IMPORT_NEW), import_count(import, IMPORT_KNOWN),
		 import_count(import, IMPORT_CHANGED), import_count(import, IMPORT_DOUBLE),
		 import_count(import, IMPORT_REJECTED));
	str_add(&text, "; ");
	str_addf(&text, _("passed over: %zu title rows, %zu empty rows, %zu totals, %zu footers"),
		 in->titles, in->empty + import_count(import, IMPORT_NOTHING), in->totals,
		 in->footers);
	note(import, LEVEL_NOTE, "summary", str_text(&text));
	str_release(&text);
}

/* one of two that go through all of the file at once: it is hashed and decoded */
struct first_look {
	struct import *import;
	const char *hashed; /* its bytes, or NULL: */
	size_t n;
	struct str *decoded; /* the same, taken over */
	int result;
};

static void *look_first(void *context)
{
	struct first_look *look = context;
	struct import *import = look->import;

	if (look->hashed)
		sha256_hex(look->hashed, look->n, import->sha256);
	else
		look->result = intake_decode(&import->intake, import->name, look->decoded);
	return NULL;
}

static int read_entries(struct import *import, const char *file)
{
	struct str bytes = { 0 };
	struct first_look looks[2];

	read_bytes(import, file, &bytes);
	looks[0] = (struct first_look){ .import = import, .decoded = &bytes };
	looks[1] =
		(struct first_look){ .import = import, .hashed = str_text(&bytes), .n = bytes.len };
	threads_run(look_first, looks, 2, sizeof(*looks));
	return looks[0].result < 0 ? -1 : intake_read(&import->intake);
}

static enum outcome import_file(struct import *import, const char *file)
{
	struct cli *cli = &import->add.cli;
	enum outcome outcome = DONE, written;

	if (read_entries(import, file) < 0) {
		if (!cli->findings.errors)
			cli_no_memory(cli);
		findings_sort(&cli->findings);
		return has_io(&cli->findings, 0) ? CANNOT : REFUSED;
	}
	import_units(import);
	if (!import->add.writer.dry_run && import_lock(import) == BUSY)
		return BUSY;
	import_check(import);
	if (import_count(import, IMPORT_REJECTED)) {
		outcome = import->add.away ? CANNOT : REFUSED;
		written = import->rejects ? import_rejects(import) : DONE;
		if (written != DONE)
			return written;
	}
	summarise(import);
	if (outcome != DONE && !import->partial) {
		note(import, LEVEL_NOTE, "nothing-written",
		     _("nothing was written; --partial writes the rows that are right"));
		return outcome;
	}
	written = import_write(import);
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
	if (import.rejects && path_same(operands.items[0], import.rejects))
		usage_error(_("--rejects would write over the file that is read, '%s'"),
			    import.rejects);
	if (import.rejects && !import_may_reject_to(import.rejects))
		usage_error(_("--rejects replaces only a table of rejected rows, and '%s' is none"),
			    import.rejects);
	cli_open(cli, NULL);
	find_form(&import);
	writer_resolve(cli, &import.add.writer);
	load_form(&import);
	command.kind = import.form.kind;
	import.add.command = &command;
	import.intake = (struct intake){
		.plan = &cli->plan,
		.form = &import.form,
		.arena = &import.arena,
		.findings = &cli->findings,
		.options = { .fill_down = import.fill_down.items,
			     .nfill_down = import.fill_down.count,
			     .ditto = import.ditto,
			     .excel_serial = import.excel_serial,
			     .split = import.split,
			     .sheet = import.sheet,
			     .given = given_texts(&import),
			     .unit_known = import.add.for_text != NULL,
			     .verbose = import.verbose },
	};
	outcome = import_file(&import, operands.items[0]);
	import_unlock(&import);
	intake_release(&import.intake);
	change_release(&import.change);
	strings_release(&import.fill_down);
	strings_release(&import.sets);
	strings_release(&operands);
	str_release(&import.compared);
	str_release(&import.rest);
	arena_release(&import.work);
	outcome = (enum outcome)cli_end(cli, outcome);
	arena_release(&import.arena);
	return (int)outcome;
}
