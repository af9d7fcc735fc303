/*
 * The schema compiler: any bytes as a schema, in JSON or YAML; what compiles checks a few values.
 *
 * Dictionaries: schema, syntax
 */
#include "must.h"

/* of every type, and what has items and fields that the dictionary knows */
static const char *const values[] = {
	"null",
	"true",
	"0",
	"-1.50e1",
	"''",
	"abc",
	"2024-02-29",
	"[]",
	"[1, 1.0, a, [], {}, null]",
	"{}",
	"{a: 1, b: [x, y], c: {a: {a: 2}}}",
	"{type: object, $ref: '#', properties: {a: {minimum: 1}}, allOf: [{}], '': ''}",
};

static void ask(struct schema_set *set)
{
	struct arena arena = { 0 };
	struct schema_property *properties;
	size_t n = schema_properties(set, "test:schema", NULL, &arena, &properties);

	MUST(n || !properties);
	for (size_t i = 0; i < n; i++) {
		struct schema_property *inner;

		MUST(properties[i].name && properties[i].schema);
		schema_subproperties(set, properties[i].schema, &arena, &inner);
	}
	arena_release(&arena);
}

static void check_values(const struct schema *schema)
{
	struct schema_run *run = schema_run_new(schema);
	struct arena arena = { 0 };

	MUST(run);
	for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++) {
		struct schema_source source = { .name = "value",
						.text = values[i],
						.size = strlen(values[i]) };
		struct findings none = { 0 };

		must_agree(schema, run,
			   yaml_read(&arena, "value", source.text, source.size, &READ_LARGE, &none),
			   &source);
	}
	schema_run_free(run);
	arena_release(&arena);
}

static void compile(const struct node *root, const char *text, size_t size)
{
	struct schema_set *set = schema_set_new();
	struct findings findings = { 0 };
	struct schema *schema = NULL;

	MUST(set);
	if (schema_set_add(set, root, "test:schema", "schema", text, size, &findings) == 0) {
		schema = schema_compile(set, "test:schema",
					SCHEMA_ASSERT_FORMAT | SCHEMA_WARN_UNKNOWN, &findings);
		ask(set);
	}
	MUST(!schema == (findings.errors > 0));
	must_be_findings(&findings);
	if (schema)
		check_values(schema);
	schema_free(schema);
	schema_set_free(set);
	findings_release(&findings);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	struct findings findings = { 0 };
	struct arena arena = { 0 };
	const struct node *root = json_read(&arena, "schema", text, size, &READ_LARGE, &findings);

	if (!root)
		root = yaml_read(&arena, "schema", text, size, &READ_LARGE, &findings);
	if (root)
		compile(root, text, size);
	findings_release(&findings);
	arena_release(&arena);
	return 0;
}
