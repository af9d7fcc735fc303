#include "forms.h"

#include <fcntl.h>
#include <stdlib.h>

#include "base/file.h"
#include "cli/schemas.h"
#include "must.h"

#define PLAN "examples/pingliang-2024/plan.yaml"
#define UP "../../" /* `make fuzz` runs in this folder, the tests in the tree's */

static const char *const NAMES[NFORMS] = { "annex-1", "annex-2", "observations" };

static struct plan plan;

static void load(struct intake_form forms[NFORMS])
{
	static struct arena arena;
	static struct schemas schemas;
	struct findings findings = { 0 };
	struct str text = { 0 };
	const struct node *root;
	bool here = path_is_folder("examples");

	setenv("DUBAN_SCHEMAS", here ? "schemas" : UP "schemas", 1);
	MUST(file_read(AT_FDCWD, here ? PLAN : UP PLAN, (size_t)1 << 20, &text) == 0);
	root = yaml_read(&arena, PLAN, text.p, text.len, &READ_LARGE, &findings);
	MUST(root && plan_load(&plan, root, PLAN, &arena, &findings) == 0);
	MUST(schemas_init(&schemas, NULL) == 0);
	for (size_t i = 0; i < NFORMS; i++) {
		struct schema_property *properties;
		size_t n;

		MUST(intake_form_find(&plan, NAMES[i], &forms[i]));
		n = schemas_properties(&schemas, forms[i].kind, NULL, &properties, &findings);
		MUST(n && intake_form_load(&forms[i], &plan, NAMES[i], properties, n, &arena) == 0);
	}
	str_release(&text); /* the tree has its own texts */
}

const struct plan *forms_load(struct intake_form forms[NFORMS])
{
	if (!plan.units)
		load(forms);
	return &plan;
}

static struct grid_cell cell_of(const struct grid_row *row, uint32_t i)
{
	return row ? row_cell(row, i) : (struct grid_cell){ .text = "" };
}

/* a plain cell of column `index` is the value as it is, and nothing is told of it */
static void must_be_plain(const struct intake_values *values, const struct intake_column *column,
			  const char *text)
{
	const struct node *value =
		column->property ? node_get(values->fields, column->property->name) : NULL;

	MUST(!column->property || (value && strcmp(value->text, text) == 0));
	for (size_t i = 0; i < values->findings.count; i++) {
		const char *label = values->findings.items[i].label;

		MUST(!label || strcmp(label, column->name) != 0);
	}
}

/* whether what intake_way says makes the row as right as the one before */
static bool is_like(const struct intake *in, const struct intake_values *values,
		    const struct grid_row *row, const struct grid_row *before)
{
	bool like = row && before;

	for (uint32_t i = 0; row && i < in->width; i++) {
		const struct intake_column *column =
			in->map[i] >= 0 ? &in->form->columns[in->map[i]] : NULL;
		struct grid_cell cell = cell_of(row, i), other = cell_of(before, i);
		enum intake_way way = column ? intake_way(in->form, column) : INTAKE_JOINTLY;
		bool plain = column && !cell_is_empty(&cell) &&
			     intake_plain(way, cell.text, strlen(cell.text));

		if (!column)
			continue;
		if (plain)
			must_be_plain(values, column, cell.text);
		if (cell_is_empty(&cell) != cell_is_empty(&other))
			like = false;
		else if (!plain && !cell_is_empty(&cell) && strcmp(cell.text, other.text) != 0)
			like = false;
		else if (plain && !intake_plain(way, other.text, strlen(other.text)))
			like = false;
	}
	return like;
}

/* *before: the last row that was right */
static void must_be_entry(struct intake *in, size_t i, struct arena *work,
			  const struct grid_row **before)
{
	const struct intake_entry *entry = &in->entries[i];
	const struct grid_row *row = intake_row(in, i);
	struct intake_values values;

	MUST(entry->line && entry->column && entry->number);
	MUST(intake_values(in, i, work, &values) == 0);
	must_be_findings(&values.findings);
	MUST(values.fields->type == NODE_MAP);
	MUST(values.fields->count || values.findings.count);
	if (is_like(in, &values, row, *before))
		MUST(!values.findings.count);
	if (row && !values.findings.count)
		*before = row;
	findings_release(&values.findings);
	arena_reset(work);
}

void forms_read(const struct plan *of, const struct intake_form *form, unsigned choice,
		const char *bytes, size_t n)
{
	static const char *const fill[] = { "unit", "enterprise" };
	struct arena arena = { 0 }, work = { 0 };
	struct findings findings = { 0 };
	const struct grid_row *before = NULL;
	struct str text = { 0 };
	bool missing;
	struct intake in = { .plan = of,
			     .form = form,
			     .arena = &arena,
			     .findings = &findings,
			     .options = { .fill_down = fill,
					  .nfill_down =
						  choice & 4 && form->kind == KIND_VISIT ? 2 : 0,
					  .ditto = choice & 8,
					  .excel_serial = choice & 16,
					  .split = choice & 32,
					  .verbose = choice & 64 } };

	str_addn(&text, bytes, n);
	if (intake_decode(&in, "input", &text) < 0 || intake_read(&in) < 0)
		MUST(findings.errors);
	must_be_findings(&findings);
	intake_units(&in, &missing);
	for (size_t i = 0; i < in.count; i++)
		must_be_entry(&in, i, &work, &before);
	intake_release(&in);
	findings_release(&findings);
	arena_release(&work);
	arena_release(&arena);
}
