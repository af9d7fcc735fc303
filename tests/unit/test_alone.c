/* schema_alone: what may be checked without the rest of a map, and that it says the same then. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "model/rules.h"
#include "schema/schema.h"
#include "yaml/read.h"

static struct arena arena; /* of one test */
static struct schema_set *set;
static struct schema *schema;
static struct schema_run *run;

static int tear_down(void **state)
{
	(void)state;
	schema_run_free(run);
	schema_free(schema);
	schema_set_free(set);
	arena_release(&arena);
	run = NULL;
	schema = NULL;
	set = NULL;
	return 0;
}

static const struct node *tree(const char *text)
{
	struct findings findings = { 0 };
	const struct node *root =
		yaml_read(&arena, "-", text, strlen(text), &READ_LARGE, &findings);

	assert_non_null(root);
	findings_release(&findings);
	return root;
}

static void compile(const char *text)
{
	struct findings findings = { 0 };

	tear_down(NULL);
	set = schema_set_new();
	assert_int_equal(schema_set_add(set, tree(text), "x:y", "s", NULL, 0, &findings), 0);
	schema = schema_compile(set, NULL, 0, &findings);
	assert_non_null(schema);
	run = schema_run_new(schema);
	findings_release(&findings);
}

static bool alone(const char *text, const char *name)
{
	struct schema_alone parts;

	compile(text);
	return schema_alone(schema, name, &parts);
}

static void test_seen_by_its_own(void **state)
{
	(void)state;
	assert_true(alone("{}", "a"));
	assert_true(alone("properties: {a: {type: string}}", "a"));
	assert_true(alone("allOf: [{$ref: '#/$defs/d'}, {properties: {a: {minLength: 1}}}]\n"
			  "$defs: {d: {properties: {a: {type: string}}}}",
			  "a"));
	assert_true(alone("properties: {a: true}\nunevaluatedProperties: false", "a"));
	assert_true(alone("required: [a, b]\ndependentRequired: {a: [b]}\nminProperties: 1", "a"));
	assert_true(alone("if: {properties: {b: {const: 1}}}\nthen: {required: [a]}", "a"));
	assert_true(alone("properties: {a: {properties: {b: {type: integer}}}}", "a.b"));
}

static void test_seen_by_others(void **state)
{
	static const char *const schemas[] = {
		"if: {properties: {a: {const: 1}}}\nthen: {required: [b]}",
		"if: {required: [b]}\nthen: {properties: {a: {const: 1}}}",
		"not: {properties: {a: {const: 1}}}",
		"anyOf: [{required: [b]}, {properties: {a: {const: 1}}}]",
		"oneOf: [{required: [b]}, {$ref: '#/$defs/d'}]\n$defs: {d: {const: {a: 1}}}",
		"dependentSchemas: {b: {properties: {a: {const: 1}}}}",
		"patternProperties: {^a: {type: string}}",
		"anyOf: [{additionalProperties: {type: string}}, {required: [b]}]",
		"unevaluatedProperties: {type: string}",
		"const: {a: 1}",
		"enum: [{a: 1}]",
		"properties: {a: {type: integer}, b: {x-not-after: a}}",
		"$ref: '#/$defs/d'\n$defs: {d: {not: {properties: {a: {const: 1}}}}}",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(schemas) / sizeof(*schemas); i++)
		if (alone(schemas[i], "a"))
			fail_msg("%s", schemas[i]);
	assert_false(alone("properties: {a: {not: {properties: {b: {const: 1}}}}}", "a.b"));
}

/* a map with this value is valid exactly when the value is so alone, the rest being right */
static void test_says_the_same(void **state)
{
	static const char *const values[] = {
		"x", "xx", "xxxx", "1", "[x]", "''", "null", "{b: x}"
	};

	(void)state;
	compile("allOf: [{$ref: '#/$defs/d'}, {properties: {a: {maxLength: 3}}}]\n"
		"required: [a]\nunevaluatedProperties: false\n"
		"$defs: {d: {properties: {a: {type: [string, 'null'], pattern: ^x}, b: {type: "
		"integer}}}}");
	for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++) {
		const char *text = arena_printf(&arena, "a: %s\nb: 1", values[i]);
		const struct node *map = tree(text);
		struct schema_alone parts;
		bool whole = schema_check(schema, run, map, NULL, NULL);

		assert_true(!whole || schema_was_cheap(run));
		assert_true(schema_alone(schema, "a", &parts));
		assert_int_equal(schema_check_alone(schema, run, &parts, node_get(map, "a"), NULL),
				 whole);
	}
}

/* what the whole might not have been allowed is nothing that the part may take */
static void test_costs(void **state)
{
	struct schema_alone parts;
	const struct node *map;
	struct str text = { 0 };

	(void)state;
	compile("properties: {a: {type: array, items: {type: integer}}}");
	assert_true(schema_alone(schema, "a", &parts));
	str_add(&text, "a: [1");
	for (int i = 0; i < 5000; i++)
		str_add(&text, ", 1");
	str_add(&text, "]");
	map = tree(str_text(&text));
	assert_true(schema_check(schema, run, map, NULL, NULL));
	assert_false(schema_check_alone(schema, run, &parts, node_get(map, "a"), NULL));
	str_release(&text);
}

static bool is_no_word(void *context, const char *kind, const struct node *value)
{
	(void)context;
	(void)kind;
	(void)value;
	return false;
}

static void test_warnings_are_told(void **state)
{
	const struct schema_host host = { .is_word = is_no_word };
	const struct node *map = tree("a: x");
	struct schema_alone parts;

	(void)state;
	compile("properties: {a: {x-word: w, x-word-level: warning}}");
	map = tree("a: x");
	assert_true(schema_alone(schema, "a", &parts));
	assert_true(schema_check(schema, run, map, &host, NULL));
	assert_false(schema_check_alone(schema, run, &parts, node_get(map, "a"), &host));
	assert_true(schema_check_alone(schema, run, &parts, node_get(map, "a"), NULL));
}

static void test_rules(void **state)
{
	(void)state;
	assert_int_equal(rules_look(KIND_VISIT, "appeal"), RULES_NOT);
	assert_int_equal(rules_look(KIND_VISIT, "date"), RULES_ALONE);
	assert_int_equal(rules_look(KIND_VISIT, "credit_code"), RULES_ALONE);
	assert_int_equal(rules_look(KIND_VISIT, "unit"), RULES_NOT);
	assert_int_equal(rules_look(KIND_WALKTHROUGH, "unit"), RULES_JOINTLY);
	assert_int_equal(rules_look(KIND_OBSERVATION, "value"), RULES_JOINTLY);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_seen_by_its_own, tear_down),
		cmocka_unit_test_teardown(test_seen_by_others, tear_down),
		cmocka_unit_test_teardown(test_says_the_same, tear_down),
		cmocka_unit_test_teardown(test_costs, tear_down),
		cmocka_unit_test_teardown(test_warnings_are_told, tear_down),
		cmocka_unit_test(test_rules),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
