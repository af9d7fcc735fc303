/* Strict JSON to the same trees as YAML: values, positions, and what RFC 8259 does not allow. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/str.h"
#include "yaml/read.h"

static struct arena arena;

static int release(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static const struct node *json(const char *text, size_t n)
{
	struct findings findings;
	const struct node *node;

	findings_init(&findings);
	node = json_read(&arena, "f.json", text, n, &READ_LARGE, &findings);
	if (!node)
		fail_msg("%s: %s", text, findings.count ? findings.items[0].message : "no finding");
	assert_int_equal(findings.count, 0);
	findings_release(&findings);
	return node;
}

static const struct node *yaml(const char *text)
{
	struct findings findings;
	const struct node *node;

	findings_init(&findings);
	node = yaml_read(&arena, "f.yaml", text, strlen(text), &READ_LARGE, &findings);
	assert_non_null(node);
	findings_release(&findings);
	return node;
}

static void same_as_yaml(void **state)
{
	static const char *const texts[] = {
		"null",
		" true\r\n",
		"[]",
		"{}",
		"[0, -0, 12, -7, 1.50, 1e3, 1E-2, 9007199254740993, 1e400, 12345678901234567890]",
		"{\"a\": {\"b\": [1, {\"c\": null}]}, \"中文\": \"值\"}",
		"[\"\", \"a\\\"b\\\\c\\/d\", \"\\b\\f\\n\\r\\t\", \"\\u4e2d\\u0041\"]",
		"[[[]], {\"\": {}}]",
		"\"true\"",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (!node_equal(json(texts[i], strlen(texts[i])), yaml(texts[i])))
			fail_msg("%s", texts[i]);
}

/* what is JSON, and libyaml cannot read or reads otherwise */
static void beyond_yaml(void **state)
{
	static const struct {
		const char *text;
		size_t n;
		const char *value;
		size_t length;
	} rows[] = {
		{ "\"\\ud83d\\udca9\"", 14, "\xf0\x9f\x92\xa9", 4 },
		{ "\"a\\uD834\\uDD1Eb\"", 16,
		  "a\xf0\x9d\x84\x9e"
		  "b",
		  6 },
		{ "\"\\u0000\"", 8, "\0", 1 },
		{ "\"\x7f\xc2\x80\xef\xbf\xbf\"", 8, "\x7f\xc2\x80\xef\xbf\xbf", 6 },
		{ "\"a\xc2\x85z\"", 6, "a\xc2\x85z", 4 },
		{ "\xef\xbb\xbf\"a\"", 6, "a", 1 },
		{ "\"\xe2\x80\xae\"", 5, "\xe2\x80\xae", 3 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct node *node = json(rows[i].text, rows[i].n);

		assert_int_equal(node->type, NODE_STRING);
		assert_int_equal(node->count, rows[i].length);
		assert_memory_equal(node->text, rows[i].value, rows[i].length + 1);
	}
	assert_int_equal(json("{\"a\"\n:\t1\n\t}", 11)->count, 1);
}

static void keys_of_any_length(void **state)
{
	struct str text = { 0 };
	const struct node *node;

	(void)state;
	str_add(&text, "{\"");
	for (int i = 0; i < 5000; i++)
		str_add(&text, "k");
	str_add(&text, "\": 1, \"a\\u0000b\": 2, \"a\": 3}");
	node = json(str_text(&text), text.len);
	assert_int_equal(node->members[0].len, 5000);
	assert_int_equal(node->members[1].len, 3);
	assert_memory_equal(node->members[1].name, "a\0b", 4);
	assert_int_equal(node->members[2].len, 1);
	str_release(&text);
}

static void positions(void **state)
{
	const char *text = "{\"名称\": [1,\n  \"中\", {\"b\" :true}],\r\n\"c\": null}";
	const struct node *node = json(text, strlen(text)), *list = node->members[0].value;

	(void)state;
	assert_int_equal(node->line, 1);
	assert_int_equal(node->column, 1);
	assert_int_equal(node->members[0].column, 2);
	assert_int_equal(list->column, 8);
	assert_int_equal(list->items[0].column, 9);
	assert_int_equal(list->items[1].line, 2);
	assert_int_equal(list->items[1].column, 3);
	assert_int_equal(list->items[2].column, 8);
	assert_int_equal(list->items[2].members[0].column, 9);
	assert_int_equal(list->items[2].members[0].value->column, 14);
	assert_int_equal(node->members[1].line, 3);
	assert_int_equal(node->members[1].column, 1);
	assert_int_equal(node->members[1].value->column, 6);
	assert_int_equal(node->style, STYLE_FLOW);
	assert_int_equal(list->items[1].style, STYLE_QUOTED);
	assert_int_equal(list->items[0].style, STYLE_PLAIN);
}

static void faults(void **state)
{
	static const struct {
		const char *text;
		const char *where; /* `line:column code` */
		const char *message;
	} rows[] = {
		{ "", "1:1 empty", "empty" },
		{ " \n\t", "1:1 empty", "empty" },
		{ "[1,]", "1:4 json-syntax", "a value is expected" },
		{ "[,1]", "1:2 json-syntax", "a value is expected" },
		{ "{\"a\":1,}", "1:8 json-syntax", "a name in double quotes" },
		{ "{a: 1}", "1:2 json-syntax", "a name in double quotes" },
		{ "{'a': 1}", "1:2 json-syntax", "a name in double quotes" },
		{ "{\"a\" 1}", "1:6 json-syntax", "a colon" },
		{ "{\"a\":}", "1:6 json-syntax", "a value is expected" },
		{ "{\"a\":1 \"b\":2}", "1:8 json-syntax", "a comma or }" },
		{ "[1 2]", "1:4 json-syntax", "a comma or ]" },
		{ "[1}", "1:3 json-syntax", "a comma or ]" },
		{ "{\"a\":1]", "1:7 json-syntax", "a comma or }" },
		{ "['a']", "1:2 json-syntax", "a value is expected" },
		{ "[01]", "1:2 json-syntax", "a value is expected" },
		{ "[+1]", "1:2 json-syntax", "a value is expected" },
		{ "[.5]", "1:2 json-syntax", "a value is expected" },
		{ "[1.]", "1:2 json-syntax", "a value is expected" },
		{ "[1e]", "1:2 json-syntax", "a value is expected" },
		{ "[-]", "1:2 json-syntax", "a value is expected" },
		{ "[0x1F]", "1:2 json-syntax", "a value is expected" },
		{ "[1_000]", "1:2 json-syntax", "a value is expected" },
		{ "[NaN]", "1:2 json-syntax", "a value is expected" },
		{ "[-Infinity]", "1:2 json-syntax", "a value is expected" },
		{ "[True]", "1:2 json-syntax", "a value is expected" },
		{ "[nul]", "1:2 json-syntax", "a value is expected" },
		{ "[nulll]", "1:2 json-syntax", "a value is expected" },
		{ "// x\n1", "1:1 json-syntax", "a value is expected" },
		{ "1 2", "1:3 json-syntax", "something follows" },
		{ "{}\n\n x", "3:2 json-syntax", "something follows" },
		{ "[\"a\nb\"]", "1:4 json-syntax", "control character" },
		{ "[\"a\tb\"]", "1:4 json-syntax", "control character" },
		{ "\"\\x41\"", "1:2 json-syntax", "no such escape" },
		{ "\"\\u12g4\"", "1:2 json-syntax", "hexadecimal" },
		{ "\"\\u12", "1:2 json-syntax", "hexadecimal" },
		{ "\"\\ud800\"", "1:2 json-syntax", "surrogate" },
		{ "\"\\udc00\"", "1:2 json-syntax", "surrogate" },
		{ "\"\\ud800\\u0041\"", "1:2 json-syntax", "surrogate" },
		{ "\"\\ud800\\ud800\"", "1:2 json-syntax", "surrogate" },
		{ "\"中\\", "1:4 json-syntax", "no end" },
		{ "\"中", "1:3 json-syntax", "no end" },
		{ "[[1,\n", "2:1 json-syntax", "a value is expected" },
		{ "{\"a\":[", "1:7 json-syntax", "a value is expected" },
		{ "\xff", "1:1 encoding", "UTF-8" },
		{ "{\"a\": 1,\n \"b\": 2, \"\\u0061\": 3}", "2:10 duplicate-key", "duplicate" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct findings findings;
		char where[64] = "none";

		findings_init(&findings);
		assert_null(json_read(&arena, "f.json", rows[i].text, strlen(rows[i].text),
				      &READ_LARGE, &findings));
		if (findings.count)
			snprintf(where, sizeof(where), "%u:%u %s", findings.items[0].line,
				 findings.items[0].column, findings.items[0].code);
		if (findings.count != 1 || strcmp(where, rows[i].where) != 0 ||
		    !strstr(findings.items[0].message, rows[i].message))
			fail_msg("%s: %s, %s", rows[i].text, where,
				 findings.count ? findings.items[0].message : "");
		findings_release(&findings);
	}
}

/* both are told by the place where the limit is passed; neither recurses */
static void limits(void **state)
{
	const struct read_options few = { .depth = 4, .nodes = 5, .bytes = 200000 };
	struct str deep = { 0 };
	struct findings findings;

	(void)state;
	for (int i = 0; i < 100000; i++)
		str_add(&deep, "[");
	findings_init(&findings);
	assert_null(json_read(&arena, "f", deep.p, deep.len, &few, &findings));
	assert_string_equal(findings.items[0].code, "too-deep");
	assert_int_equal(findings.items[0].column, 5);
	assert_null(json_read(&arena, "f", "[1,2,3,4,5]", 11, &few, &findings));
	assert_string_equal(findings.items[1].code, "too-large");
	for (int i = 0; i < 100001; i++)
		str_add(&deep, "[");
	assert_null(json_read(&arena, "f", deep.p, deep.len, &few, &findings));
	assert_string_equal(findings.items[2].code, "too-large");
	findings_release(&findings);
	str_release(&deep);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(same_as_yaml, release),
		cmocka_unit_test_teardown(beyond_yaml, release),
		cmocka_unit_test_teardown(keys_of_any_length, release),
		cmocka_unit_test_teardown(positions, release),
		cmocka_unit_test_teardown(faults, release),
		cmocka_unit_test_teardown(limits, release),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
