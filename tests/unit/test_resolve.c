/* Plain scalars by the YAML 1.2 core schema, and nodes made by programs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/map.h"
#include "yaml/read.h"

static struct arena arena;

static int release(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static const struct node *resolved(const char *text, int *result)
{
	struct node *node = arena_alloc(&arena, sizeof(*node));

	node->text = arena_strdup(&arena, text);
	node->count = (uint32_t)strlen(text);
	*result = node_resolve(&arena, node);
	return node;
}

/* YAML 1.2.2, 10.3.2, and what YAML 1.1 would have made of it */
static void core_schema(void **state)
{
	static const struct {
		const char *text;
		enum node_type type;
		const char *json; /* NULL: the text itself */
	} rows[] = {
		{ "", NODE_NULL, NULL },
		{ "~", NODE_NULL, NULL },
		{ "null", NODE_NULL, NULL },
		{ "Null", NODE_NULL, NULL },
		{ "NULL", NODE_NULL, NULL },
		{ "nULL", NODE_STRING, NULL },
		{ "nil", NODE_STRING, NULL },
		{ "true", NODE_BOOL, NULL },
		{ "True", NODE_BOOL, NULL },
		{ "TRUE", NODE_BOOL, NULL },
		{ "false", NODE_BOOL, NULL },
		{ "False", NODE_BOOL, NULL },
		{ "FALSE", NODE_BOOL, NULL },
		{ "tRUE", NODE_STRING, NULL },
		{ "yes", NODE_STRING, NULL },
		{ "no", NODE_STRING, NULL },
		{ "No", NODE_STRING, NULL },
		{ "on", NODE_STRING, NULL },
		{ "off", NODE_STRING, NULL },
		{ "y", NODE_STRING, NULL },
		{ "N", NODE_STRING, NULL },
		{ "=", NODE_STRING, NULL },
		{ "<<", NODE_STRING, NULL },
		{ "0", NODE_NUMBER, NULL },
		{ "-0", NODE_NUMBER, NULL },
		{ "42", NODE_NUMBER, NULL },
		{ "+42", NODE_NUMBER, "42" },
		{ "-42", NODE_NUMBER, NULL },
		{ "007", NODE_NUMBER, "7" },
		{ "010", NODE_NUMBER, "10" },
		{ "-007", NODE_NUMBER, "-7" },
		{ "0o17", NODE_NUMBER, "15" },
		{ "0o8", NODE_STRING, NULL },
		{ "0O17", NODE_STRING, NULL },
		{ "-0o17", NODE_STRING, NULL },
		{ "0x1F", NODE_NUMBER, "31" },
		{ "0xFFFFFFFFFFFFFFFF", NODE_NUMBER, "18446744073709551615" },
		{ "0o1000000000000000000000", NODE_NUMBER, "9223372036854775808" },
		{ "0xg", NODE_STRING, NULL },
		{ "0x", NODE_STRING, NULL },
		{ "+0x1F", NODE_STRING, NULL },
		{ "0b11", NODE_STRING, NULL },
		{ "1_000", NODE_STRING, NULL },
		{ "1,000", NODE_STRING, NULL },
		{ "12:30", NODE_STRING, NULL },
		{ "1:2:3", NODE_STRING, NULL },
		{ "2024-04-18", NODE_STRING, NULL },
		{ "2024-04-18T17:40:00+08:00", NODE_STRING, NULL },
		{ "1.5", NODE_NUMBER, NULL },
		{ "-1.50", NODE_NUMBER, NULL },
		{ "+1.5", NODE_NUMBER, "1.5" },
		{ "1.", NODE_NUMBER, "1" },
		{ ".5", NODE_NUMBER, "0.5" },
		{ "-.5", NODE_NUMBER, "-0.5" },
		{ "00.50", NODE_NUMBER, "0.50" },
		{ "1e3", NODE_NUMBER, NULL },
		{ "1E+3", NODE_NUMBER, NULL },
		{ "1.e3", NODE_NUMBER, "1e3" },
		{ ".5e-3", NODE_NUMBER, "0.5e-3" },
		{ "1e", NODE_STRING, NULL },
		{ "e3", NODE_STRING, NULL },
		{ "1e3.5", NODE_STRING, NULL },
		{ ".", NODE_STRING, NULL },
		{ "+", NODE_STRING, NULL },
		{ "-", NODE_STRING, NULL },
		{ "..", NODE_STRING, NULL },
		{ "1.2.3", NODE_STRING, NULL },
		{ "1 2", NODE_STRING, NULL },
		{ "１", NODE_STRING, NULL },
		{ "9223372036854775807", NODE_NUMBER, NULL },
		{ "123456789012345678901234567890", NODE_NUMBER, NULL },
		{ "inf", NODE_STRING, NULL },
		{ "nan", NODE_STRING, NULL },
		{ "无", NODE_STRING, NULL },
		{ "示例甲商贸有限公司", NODE_STRING, NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		int result;
		const struct node *node = resolved(rows[i].text, &result);
		const char *json = rows[i].json ? rows[i].json : rows[i].text;

		if (result != 0 || node->type != rows[i].type)
			fail_msg("'%s' is of type %d", rows[i].text, node->type);
		if (node->type == NODE_NUMBER || node->type == NODE_STRING) {
			assert_string_equal(node->text, json);
			assert_int_equal(node->count, strlen(json));
		}
		if (node->type == NODE_BOOL)
			assert_int_equal(node->boolean, strpbrk(rows[i].text, "tT") != NULL &&
								strlen(rows[i].text) == 4);
	}
}

static void integers(void **state)
{
	static const struct {
		const char *text;
		int64_t value;
	} rows[] = { { "0", 0 },
		     { "-0", 0 },
		     { "+7", 7 },
		     { "0x7fffffffffffffff", INT64_MAX },
		     { "0o777777777777777777777", INT64_MAX },
		     { "9223372036854775807", INT64_MAX },
		     { "-9223372036854775808", INT64_MIN } };
	static const char *const others[] = {
		"1.0", "1e3", ".5", "9223372036854775808", "0x8000000000000000", "true"
	};
	int result;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct node *node = resolved(rows[i].text, &result);

		assert_int_equal(result, 0);
		assert_true(node->flags & NODE_INTEGER);
		assert_true(node->integer == rows[i].value);
	}
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		assert_false(resolved(others[i], &result)->flags & NODE_INTEGER);
}

/* numbers that JSON does not have are no texts either: the reader refuses them */
static void no_numbers(void **state)
{
	static const char *const texts[] = { ".inf",
					     ".Inf",
					     ".INF",
					     "-.inf",
					     "+.INF",
					     ".nan",
					     ".NaN",
					     ".NAN",
					     "0x10000000000000000",
					     "0xfffffffffffffffff",
					     "0o2000000000000000000000" };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		int result;

		resolved(texts[i], &result);
		assert_int_equal(result, 1);
	}
}

static const struct node *read_one(const char *text)
{
	struct findings findings;
	const struct node *node;

	findings_init(&findings);
	node = yaml_read(&arena, "t", text, strlen(text), &READ_LARGE, &findings);
	if (!node)
		fail_msg("%s: %s", text, findings.items[0].message);
	findings_release(&findings);
	return node;
}

static void quoted_is_a_string(void **state)
{
	static const char *const texts[] = { "'true'",   "\"null\"", "'12'",    "\"1.5\"",
					     "!!str 12", "! 12",     "|-\n 12", ">-\n null",
					     "''",       "\"\"" };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (read_one(texts[i])->type != NODE_STRING)
			fail_msg("%s is no string", texts[i]);
}

static void questions(void **state)
{
	const struct node *map = read_one(
		"{text: a, number: 7, share: 1.5, yes: true, none: , list: [1, b], map: {a: b}}");

	(void)state;
	assert_string_equal(node_string(map, "text"), "a");
	assert_null(node_string(map, "number"));
	assert_null(node_string(map, "nosuch"));
	assert_null(node_string(NULL, "text"));
	assert_null(node_get(node_get(map, "list"), "text"));
	assert_int_equal(node_integer(map, "number", 3), 7);
	assert_int_equal(node_integer(map, "share", 3), 3);
	assert_int_equal(node_integer(map, "text", 3), 3);
	assert_true(node_boolean(map, "yes", false));
	assert_true(node_boolean(map, "none", true));
	assert_true(node_is(node_get(map, "text"), "a"));
	assert_false(node_is(node_get(map, "text"), "ab"));
	assert_false(node_is(NULL, "a"));
	assert_int_equal(list_count(node_get(map, "list")), 2);
	assert_int_equal(list_count(map), 0);
	assert_int_equal(list_count(NULL), 0);
	assert_int_equal(node_member(map, "text")->hash, text_hash("text", 4));
}

static void equality(void **state)
{
	static const struct {
		const char *a, *b;
		bool equal;
	} rows[] = {
		{ "{a: 1, b: [x, y]}", "{b: [x, y], a: 0x1}", true },
		{ "{a: 1}", "{a: 1, b: 2}", false },
		{ "[x, y]", "[y, x]", false },
		{ "[x]", "[x, x]", false },
		{ "1", "'1'", false },
		{ "1.5", "1.50", false }, /* schema/number.h knows better */
		{ "null", "~", true },
		{ "true", "false", false },
		{ "a", "a ", true },
		{ "'a'", "'a '", false },
		{ "\"a\\0b\"", "\"a\\0c\"", false },
		{ "\"a\\0b\"", "\"a\\0b\"", true },
		{ "{}", "[]", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (node_equal(read_one(rows[i].a), read_one(rows[i].b)) != rows[i].equal)
			fail_msg("%s and %s", rows[i].a, rows[i].b);
}

static void made_by_programs(void **state)
{
	struct node *map = node_new_map(&arena), *list = node_new_list(&arena);

	(void)state;
	for (int i = 0; i < 100; i++) {
		char *name = arena_printf(&arena, "key%d", i % 50);

		assert_int_equal(node_append(&arena, list, node_new_integer(&arena, i)), 0);
		assert_int_equal(node_set(&arena, map, name, node_new_integer(&arena, i)), 0);
	}
	assert_int_equal(node_set(&arena, map, "list", list), 0);
	assert_int_equal(node_set(&arena, map, "none", node_new_null(&arena)), 0);
	assert_int_equal(node_set(&arena, map, "yes", node_new_boolean(&arena, true)), 0);
	assert_int_equal(node_set(&arena, map, "text", node_new_string(&arena, "a\0b", 3)), 0);
	assert_int_equal(map->count, 54);
	assert_int_equal(node_integer(map, "key49", 0), 99); /* replaced, in its old place */
	assert_string_equal(map->members[0].name, "key0");
	for (int i = 0; i < 100; i++)
		assert_int_equal(node_get(map, "list")->items[i].integer, i);
	assert_int_equal(node_new_integer(&arena, INT64_MIN)->integer, INT64_MIN);
	assert_string_equal(node_new_integer(&arena, INT64_MIN)->text, "-9223372036854775808");
	assert_int_equal(map->line, 0);
}

/* a copy lives without the arena of the original, and keeps positions */
static void copies(void **state)
{
	struct arena other = { 0 };
	const char *text = "a: {b: [1, 走访, null]}\nc: 'd'\n";
	struct findings findings;
	const struct node *node, *inner;

	(void)state;
	findings_init(&findings);
	node = yaml_read(&other, "t", text, strlen(text), &READ_RECORD, &findings);
	node = node_copy(&arena, node);
	assert_non_null(node);
	arena_release(&other);
	findings_release(&findings);
	assert_true(node_equal(node, read_one(text)));
	inner = node_get(node_get(node, "a"), "b");
	assert_int_equal(inner->items[1].line, 1);
	assert_int_equal(inner->items[1].column, 12);
	assert_int_equal(node_member(node, "c")->line, 2);
}

int main(void)
{
	const struct CMUnitTest resolve[] = {
		cmocka_unit_test(core_schema),      cmocka_unit_test(integers),
		cmocka_unit_test(no_numbers),       cmocka_unit_test(quoted_is_a_string),
		cmocka_unit_test(questions),        cmocka_unit_test(equality),
		cmocka_unit_test(made_by_programs), cmocka_unit_test(copies),
	};

	return cmocka_run_group_tests(resolve, NULL, release);
}
