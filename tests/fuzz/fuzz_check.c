/*
 * Check against explain: a YAML stream, whose first document is a schema and whose others are values
 * to check.
 *
 * Dictionaries: schema, syntax
 */
#include "must.h"

static struct schema *compile(struct schema_set *set, const struct node *root, const char *text,
			      size_t size)
{
	struct findings findings = { 0 };
	struct schema *schema = NULL;

	if (schema_set_add(set, root, "test:schema", "schema", text, size, &findings) == 0)
		schema = schema_compile(set, "test:schema", SCHEMA_ASSERT_FORMAT, &findings);
	MUST(!schema == (findings.errors > 0));
	findings_release(&findings);
	return schema;
}

/* what was written and read again has the same verdict */
static void must_stay(const struct schema *schema, struct schema_run *run, const struct node *value)
{
	bool valid = schema_check(schema, run, value, NULL, NULL);
	struct arena arena = { 0 };
	const struct node *copy = node_copy(&arena, value);

	MUST(copy && node_equal(copy, value));
	MUST(schema_check(schema, run, copy, NULL, NULL) == valid);
	must_survive_writing(value, &READ_LARGE);
	arena_release(&arena);
}

static void check(const struct schema *schema, struct yaml_reader *reader,
		  const struct schema_source *source)
{
	struct schema_run *run = schema_run_new(schema);
	struct arena arena = { 0 };
	struct node *value;

	MUST(run);
	while (yaml_next(reader, &arena, &value) > 0) {
		must_agree(schema, run, value, source);
		must_stay(schema, run, value);
		arena_reset(&arena);
	}
	schema_run_free(run);
	arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	struct lines lines;
	const struct schema_source source = { .name = "input", .lines = &lines };
	struct findings findings = { 0 };
	struct arena arena = { 0 };
	struct yaml_reader *reader = yaml_open("input", text, size, &READ_LARGE, &findings);
	struct schema_set *set = schema_set_new();
	struct schema *schema = NULL;
	struct node *root;

	MUST(set);
	lines_init(&lines, text, size);
	if (reader && yaml_next(reader, &arena, &root) > 0)
		schema = compile(set, root, text, size);
	if (schema)
		check(schema, reader, &source);
	schema_free(schema);
	schema_set_free(set);
	yaml_close(reader);
	findings_release(&findings);
	arena_release(&arena);
	return 0;
}
