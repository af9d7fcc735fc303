/*
 * $schema: the built-in metaschemas, metaschemas of one's own, earlier editions; and that what the
 * compiler says of a keyword's value is what the metaschema says.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/str.h"
#include "schema/keyword.h"
#include "schema/metaschema.h"
#include "schema/schema.h"
#include "yaml/read.h"

static struct arena arena;
static struct schema_set *set;
static struct findings findings;

static int begin(void **state)
{
	(void)state;
	set = schema_set_new();
	findings_init(&findings);
	return set ? 0 : -1;
}

static int end(void **state)
{
	(void)state;
	schema_set_free(set);
	findings_release(&findings);
	arena_release(&arena);
	return 0;
}

static const struct node *tree(const char *name, const char *text)
{
	struct node *node = yaml_read(&arena, name, text, strlen(text), &READ_LARGE, &findings);

	if (!node)
		fail_msg("%s: %s", text, findings.items[0].message);
	return node;
}

static void add(const char *name, const char *text)
{
	if (schema_set_add(set, tree(name, text), NULL, name, text, strlen(text), &findings) < 0)
		fail_msg("%s: %s", text, findings.items[0].message);
}

/* "valid", "not valid", or `file:line:column code message` of what is wrong with the schema */
static const char *verdict(const char *uri, const char *value)
{
	static char out[400];
	struct schema *schema = schema_compile(set, uri, 0, &findings);
	struct schema_run *run;
	bool valid;

	if (!schema) {
		assert_true(findings.count > 0);
		snprintf(out, sizeof(out), "%s:%u:%u %s %s", findings.items[0].file,
			 findings.items[0].line, findings.items[0].column, findings.items[0].code,
			 findings.items[0].message);
		return out;
	}
	run = schema_run_new(schema);
	valid = schema_check(schema, run, tree("value", value), NULL, NULL);
	schema_run_free(run);
	schema_free(schema);
	return valid ? "valid" : "not valid";
}

/* the same in a set of its own */
static const char *alone(const char *schema, const char *value)
{
	const char *result;

	end(NULL);
	begin(NULL);
	if (schema_set_add(set, tree("s", schema), "test:s", "s", schema, strlen(schema),
			   &findings) < 0)
		fail_msg("%s: %s", schema, findings.items[0].message);
	result = verdict("test:s", value);
	return result;
}

static void built_in(void **state)
{
	static const char *const parts[] = { "core",       "applicator",      "unevaluated",
					     "validation", "meta-data",       "format-annotation",
					     "content",    "format-assertion" };
	char uri[100];

	(void)state;
	assert_string_equal(verdict(DIALECT_2020_12, "{minLength: 1}"), "valid");
	assert_string_equal(verdict(DIALECT_2020_12, "{minLength: -1}"), "not valid");
	assert_string_equal(verdict(DIALECT_2020_12, "{properties: {a: {items: [true]}}}"),
			    "not valid");
	assert_string_equal(verdict(DIALECT_2020_12, "{$defs: {a: {type: [string, x]}}}"),
			    "not valid");
	assert_string_equal(verdict(DIALECT_2020_12, "[]"), "not valid");
	assert_string_equal(verdict(DIALECT_2020_12 "#/properties/definitions", "{a: 1}"),
			    "not valid");
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		snprintf(uri, sizeof(uri), "https://json-schema.org/draft/2020-12/meta/%s",
			 parts[i]);
		assert_string_equal(verdict(uri, "true"), "valid");
		assert_string_equal(verdict(uri, "1"), "not valid");
	}
	assert_string_equal(verdict(DIALECT_2020_12 "x", "1"),
			    "(null):0:0 bad-reference there is no schema '" DIALECT_2020_12 "x'");
}

/* each metaschema is a schema by the metaschema */
static void built_in_are_schemas(void **state)
{
	static const char *const names[] = { "schema", "meta/core", "meta/validation",
					     "meta/applicator" };
	char uri[100];

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		snprintf(uri, sizeof(uri), "https://json-schema.org/draft/2020-12/%s", names[i]);
		assert_string_equal(verdict(DIALECT_2020_12, metaschema_find(uri, strlen(uri))),
				    "valid");
	}
}

/* every keyword with every kind of value: the compiler refuses what the metaschema refuses */
static void compiler_and_metaschema_agree(void **state)
{
	static const char *const values[] = {
		"null",
		"true",
		"0",
		"-1",
		"1.0",
		"1.5",
		"1e400",
		"'a'",
		"''",
		"'a b'",
		"1a: b",
		"[]",
		"[a]",
		"[a, a]",
		"[1]",
		"[1, 1]",
		"[true]",
		"[{}]",
		"[string, 'null']",
		"[string, string]",
		"string",
		"{}",
		"{a: 1}",
		"{a: true}",
		"{a: {}}",
		"{a: [b]}",
		"{a: [b, b]}",
		"{a: []}",
		"{a: b}",
		"{a: null}",
	};
	struct schema *meta = schema_compile(set, DIALECT_2020_12, 0, &findings);
	struct schema_run *run = schema_run_new(meta);
	char text[100];
	size_t refused = 0;

	(void)state;
	for (size_t i = 0; i < schema_keyword_count; i++) {
		const struct keyword *keyword = &schema_keywords[i];

		if (keyword->vocabulary == VOCABULARY_DUBAN || !strcmp(keyword->name, "$schema"))
			continue;
		for (size_t j = 0; j < sizeof(values) / sizeof(*values); j++) {
			struct schema_set *own = schema_set_new();
			struct findings told;
			const struct node *schema;
			bool valid, bad = false;

			snprintf(text, sizeof(text),
				 *values[j] == '1' && values[j][1] == 'a' ? "%s: { %s }" : "%s: %s",
				 keyword->name, values[j]);
			schema = tree("s", text);
			valid = schema_check(meta, run, schema, NULL, NULL);
			findings_init(&told);
			if (schema_set_add(own, schema, "test:s", "s", NULL, 0, &told) == 0)
				schema_free(schema_compile(own, "test:s", 0, &told));
			for (size_t k = 0; k < told.count; k++)
				bad |= !strcmp(told.items[k].code, "bad-keyword") ||
				       !strcmp(told.items[k].code, "bad-schema");
			if (bad == valid)
				fail_msg("%s: %s by the metaschema; %s", text,
					 valid ? "valid" : "not valid",
					 told.count ? told.items[0].message : "compiles");
			refused += bad;
			findings_release(&told);
			schema_set_free(own);
		}
	}
	assert_true(refused > 500);
	schema_run_free(run);
	schema_free(meta);
}

static void own_metaschema(void **state)
{
	(void)state;
	add("m.yaml", "$schema: " DIALECT_2020_12 "\n"
		      "$id: test:meta\n"
		      "$vocabulary:\n"
		      "  https://json-schema.org/draft/2020-12/vocab/core: true\n"
		      "  https://json-schema.org/draft/2020-12/vocab/validation: true\n"
		      "$dynamicAnchor: meta\n"
		      "$ref: " DIALECT_2020_12 "\n"
		      "properties: { title: { maxLength: 3 } }\n"
		      "required: [title]\n");
	add("s.yaml", "$schema: test:meta\n$id: test:good\ntitle: abc\nmaximum: 1\n"
		      "properties: { a: false }\n");
	add("t.yaml", "$schema: test:meta\n$id: test:long\ntitle: abcd\n");
	add("u.yaml", "$id: test:outer\n$defs:\n  a:\n    $id: inner\n    $schema: test:meta\n"
		      "    $defs: {}\n$ref: inner\n");
	assert_string_equal(verdict("test:good", "1"), "valid");
	assert_string_equal(verdict("test:good", "2"), "not valid");
	/* without the applicator vocabulary `properties` is just a word */
	assert_string_equal(verdict("test:good", "{a: 1}"), "valid");
	assert_string_equal(
		verdict("test:long", "1"),
		"t.yaml:3:8 max-length 'title' has 4 characters, at most 3 are allowed");
	findings_release(&findings);
	findings_init(&findings);
	assert_string_equal(verdict("test:outer", "1"), "u.yaml:4:5 required 'title' is missing");
}

/* validation 7.2: formats are only notes, but for those who declare the vocabulary */
static void format_assertion(void **state)
{
	(void)state;
	add("m.yaml", "$id: test:assertion\n"
		      "$vocabulary:\n"
		      "  https://json-schema.org/draft/2020-12/vocab/core: true\n"
		      "  https://json-schema.org/draft/2020-12/vocab/format-assertion: false\n");
	add("s.yaml", "$schema: test:assertion\n$id: test:date\nformat: date\n");
	add("t.yaml", "$schema: test:assertion\n$id: test:day\nformat: day\n");
	assert_string_equal(verdict("test:date", "2024-04-31"), "not valid");
	assert_string_equal(verdict("test:date", "2024-04-30"), "valid");
	assert_string_equal(verdict("test:day", "x"),
			    "t.yaml:3:9 bad-keyword there is no format 'day'");
	assert_string_equal(alone("format: day", "x"), "valid");
}

static void metaschema_of_itself(void **state)
{
	(void)state;
	add("m", "$schema: test:self\n$id: test:self\n$vocabulary:\n"
		 "  https://json-schema.org/draft/2020-12/vocab/core: true\n"
		 "  https://json-schema.org/draft/2020-12/vocab/validation: true\n"
		 "type: object\nrequired: [$id]\n");
	add("s", "$schema: test:self\n$id: test:s\ntype: string\n");
	assert_string_equal(verdict("test:s", "a"), "valid");
	assert_string_equal(verdict("test:self", "{$id: a}"), "valid");
}

static void broken_metaschema(void **state)
{
	(void)state;
	add("m", "$id: test:broken\nminLength: -1\n");
	add("s", "$schema: test:broken\n$id: test:s\n");
	assert_string_equal(verdict("test:s", "a"),
			    "m:2:12 bad-keyword 'minLength' must be an integer, 0 or more");
	/* said once, refused again */
	findings_release(&findings);
	findings_init(&findings);
	assert_string_equal(verdict("test:s", "a"),
			    "s:1:10 bad-dialect the metaschema 'test:broken' has faults");
}

static void editions(void **state)
{
#define IN_4 "$schema: http://json-schema.org/draft-04/schema#\n"
#define IN_6 "$schema: http://json-schema.org/draft-06/schema\n"
#define IN_7 "$schema: http://json-schema.org/draft-07/schema#\n"
#define IN_2019 "$schema: https://json-schema.org/draft/2019-09/schema\n"
	static const struct {
		const char *schema, *value, *told;
	} rows[] = {
		{ IN_4 "properties: { a: { maximum: 3 } }", "{a: 4}", "not valid" },
		{ IN_4 "const: 1", "2", "valid" },
		{ IN_6 "const: 1", "2", "not valid" },
		{ IN_6 "if: true\nthen: false", "2", "valid" },
		{ IN_7 "if: true\nthen: false", "2", "not valid" },
		{ IN_7 "dependentRequired: { a: [b] }", "{a: 1}", "valid" },
		{ IN_7 "dependencies: { a: [b] }", "{a: 1}", "not valid" },
		{ IN_2019 "dependentRequired: { a: [b] }", "{a: 1}", "not valid" },
		{ IN_2019 "unevaluatedProperties: false", "{a: 1}", "not valid" },
		{ IN_7 "unevaluatedProperties: false", "{a: 1}", "valid" },
		{ IN_2019 "prefixItems: [{ type: string }]", "[1]", "valid" },
		{ IN_7 "items: { type: string }\nadditionalItems: false", "[1]", "not valid" },
		{ IN_7 "items: [{ type: string }]", "[1]",
		  "s:2:8 bad-dialect 'items' means something else in the edition that '$schema' "
		  "names" },
		{ IN_4 "id: x", "1",
		  "s:2:5 bad-dialect 'id' means something else in the edition that '$schema' "
		  "names" },
		{ IN_6 "properties: { id: { type: string } }", "{id: 1}", "not valid" },
		{ IN_4 "minimum: 1\nexclusiveMinimum: true", "1",
		  "s:3:19 bad-dialect 'exclusiveMinimum' means something else in the edition that "
		  "'$schema' names" },
		{ IN_2019 "$recursiveRef: '#'", "1",
		  "s:2:16 bad-dialect '$recursiveRef' means something else in the edition that "
		  "'$schema' names" },
		{ IN_2019 "unevaluatedItems: false", "[1]",
		  "s:2:19 bad-dialect 'unevaluatedItems' means something else in the edition that "
		  "'$schema' names" },
		{ IN_7 "definitions: { a: { type: string } }\nallOf:\n- { $ref: '#/definitions/a', "
		       "title: x }",
		  "1", "not valid" },
		{ IN_7 "definitions: { a: true }\n$ref: '#/definitions/a'\nmaximum: 1", "1",
		  "s:4:10 bad-dialect 'maximum' means something else in the edition that '$schema' "
		  "names" },
		{ IN_2019 "$defs: { a: true }\n$ref: '#/$defs/a'\nmaximum: 1", "2", "not valid" },
		{ "$schema: http://json-schema.org/draft-03/schema#", "1",
		  "s:1:10 bad-dialect '$schema' is not known: "
		  "'http://json-schema.org/draft-03/schema#'" },
		{ "$schema: test:none", "1",
		  "s:1:10 bad-dialect '$schema' is not known: 'test:none'" },
		{ "$schema: " DIALECT_2020_12 "#\nmaximum: 1", "2", "not valid" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *told = alone(rows[i].schema, rows[i].value);

		if (strcmp(told, rows[i].told) != 0)
			fail_msg("%s\n%s: %s", rows[i].schema, rows[i].value, told);
	}
}

/* a reference into a document of another edition is read by that edition */
static void mixed_editions(void **state)
{
	(void)state;
	add("old", IN_7 "$id: test:old\nprefixItems: [{ type: string }]\ntype: array\n");
	add("new", "$id: test:new\n$ref: test:old\nprefixItems: [{ type: integer }]\n");
	assert_string_equal(verdict("test:new", "[1]"), "valid");
	assert_string_equal(verdict("test:new", "[a]"), "not valid");
	assert_string_equal(verdict("test:new", "1"), "not valid");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(built_in, begin, end),
		cmocka_unit_test_setup_teardown(built_in_are_schemas, begin, end),
		cmocka_unit_test_setup_teardown(compiler_and_metaschema_agree, begin, end),
		cmocka_unit_test_setup_teardown(own_metaschema, begin, end),
		cmocka_unit_test_setup_teardown(format_assertion, begin, end),
		cmocka_unit_test_setup_teardown(metaschema_of_itself, begin, end),
		cmocka_unit_test_setup_teardown(broken_metaschema, begin, end),
		cmocka_unit_test_setup_teardown(editions, begin, end),
		cmocka_unit_test_setup_teardown(mixed_editions, begin, end),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
