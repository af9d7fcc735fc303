/*
 * A clerk's file, as every form: the first byte says which, the rest is what the file holds.
 *
 * Dictionaries: intake
 */
#include "must.h"

#include <fcntl.h>
#include <stdlib.h>

#include "base/file.h"
#include "cli/schemas.h"
#include "intake/intake.h"

#define PLAN "examples/pingliang-2024/plan.yaml"
#define UP "../../" /* `make fuzz` runs in this folder, the tests in the tree's */

static const char *const FORMS[] = { "annex-1", "annex-2", "observations" };
#define NFORMS (sizeof(FORMS) / sizeof(*FORMS))

static struct plan plan;
static struct intake_form forms[NFORMS];

/* once: the plan and the schemas of the source tree */
static void load(void)
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

		MUST(intake_form_find(&plan, FORMS[i], &forms[i]));
		n = schemas_properties(&schemas, forms[i].kind, NULL, &properties, &findings);
		MUST(n && intake_form_load(&forms[i], &plan, FORMS[i], properties, n, &arena) == 0);
	}
	str_release(&text); /* the tree has its own texts */
}

static void must_be_entry(struct intake *in, size_t i, struct arena *work)
{
	const struct intake_entry *entry = &in->entries[i];
	struct intake_values values;

	MUST(entry->line && entry->column && entry->number);
	intake_unit(in, i);
	MUST(intake_values(in, i, work, &values) == 0);
	must_be_findings(&values.findings);
	MUST(values.fields->type == NODE_MAP);
	MUST(values.fields->count || values.findings.count);
	findings_release(&values.findings);
	arena_reset(work);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 }, work = { 0 };
	struct findings findings = { 0 };
	unsigned choice = size ? data[0] : 0;
	struct intake in = { .plan = &plan,
			     .form = &forms[choice % NFORMS],
			     .arena = &arena,
			     .findings = &findings,
			     .options = { .ditto = choice & 8,
					  .excel_serial = choice & 16,
					  .split = choice & 32,
					  .verbose = choice & 64 } };

	if (!plan.units)
		load();
	if (intake_read(&in, "input", (const char *)data + (size > 0), size - (size > 0)) < 0)
		MUST(findings.errors);
	must_be_findings(&findings);
	for (size_t i = 0; i < in.count; i++)
		must_be_entry(&in, i, &work);
	intake_release(&in);
	findings_release(&findings);
	arena_release(&work);
	arena_release(&arena);
	return 0;
}
