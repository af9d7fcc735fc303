/*
 * A clerk's file, as every form: the first byte says which, the rest is what the file holds. And as
 * a CSV text that is read in one piece and in several.
 *
 * Dictionaries: intake
 */
#include "base/utf8.h"
#include "forms.h"
#include "intake/csv.h"
#include "must.h"

struct table {
	struct arena arena;
	struct findings findings;
	struct grid grid;
	int result;
};

static void read_in(struct table *table, size_t parts, const char *bytes, size_t n, char delimiter)
{
	char *text;

	*table = (struct table){ .grid = { .name = "input" } };
	table->grid.arena = &table->arena;
	table->grid.findings = &table->findings;
	text = arena_strndup(&table->arena, bytes, n);
	MUST(text);
	table->result = csv_read_parts(&table->grid, text, n, delimiter, parts);
}

static void release(struct table *table)
{
	grid_clear(&table->grid);
	findings_release(&table->findings);
	arena_release(&table->arena);
}

static void must_be_the_same_rows(const struct grid *a, const struct grid *b)
{
	MUST(a->count == b->count);
	for (size_t i = 0; i < a->count; i++) {
		const struct grid_row *x = &a->rows[i], *y = &b->rows[i];

		MUST(x->count == y->count && x->line == y->line);
		for (uint32_t j = 0; j < x->count; j++)
			MUST(x->cells[j].line == y->cells[j].line &&
			     x->cells[j].column == y->cells[j].column &&
			     strcmp(x->cells[j].text, y->cells[j].text) == 0);
	}
}

static void must_be_the_same_findings(const struct findings *a, const struct findings *b)
{
	MUST(a->count == b->count && a->errors == b->errors);
	for (size_t i = 0; i < a->count; i++)
		MUST(a->items[i].line == b->items[i].line &&
		     a->items[i].column == b->items[i].column &&
		     strcmp(a->items[i].code, b->items[i].code) == 0);
}

static void must_read_alike(unsigned choice, const char *bytes, size_t n)
{
	char delimiter = ",\t;"[choice % 3];
	struct table whole, parts;

	read_in(&whole, 1, bytes, n, delimiter);
	read_in(&parts, 2 + choice / 3 % 3, bytes, n, delimiter);
	MUST(whole.result == parts.result);
	if (whole.result == 0)
		must_be_the_same_rows(&whole.grid, &parts.grid);
	must_be_the_same_findings(&whole.findings, &parts.findings);
	release(&whole);
	release(&parts);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct intake_form forms[NFORMS];
	const struct plan *plan = forms_load(forms);
	unsigned choice = size ? data[0] : 0;
	const char *bytes = (const char *)data + (size > 0);
	size_t n = size - (size > 0);

	forms_read(plan, &forms[choice % NFORMS], choice, bytes, n);
	if (utf8_valid(bytes, n) == n && !memchr(bytes, '\0', n))
		must_read_alike(choice, bytes, n);
	return 0;
}
