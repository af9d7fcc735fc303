/*
 * check allocates nothing on the good path: every allocation of the process is counted, those in
 * libraries included.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/file.h"
#include "cli/schemas.h"
#include "schema/pattern.h"
#include "yaml/read.h"

#define RECORDS "tests/fixtures/records"
#define PLAN "examples/pingliang-2024/plan.yaml"

static size_t allocations;

#ifndef __has_feature
#define __has_feature(feature) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
/* of <sanitizer/allocator_interface.h>, which gcc's package lacks */
extern int __sanitizer_install_malloc_and_free_hooks(void (*on_malloc)(const volatile void *,
								       size_t),
						     void (*on_free)(const volatile void *));

static void on_malloc(const volatile void *p, size_t n)
{
	(void)p;
	(void)n;
	allocations++;
}

static void on_free(const volatile void *p)
{
	(void)p;
}

static int start_counting(void **state)
{
	(void)state;
	return __sanitizer_install_malloc_and_free_hooks(on_malloc, on_free) ? 0 : -1;
}
#else
/* in place of glibc's, which are found by their other names */
#define SEEN __attribute__((visibility("default")))
extern void *__libc_malloc(size_t n);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *p, size_t n);

SEEN void *malloc(size_t n)
{
	allocations++;
	return __libc_malloc(n);
}

SEEN void *calloc(size_t n, size_t size)
{
	allocations++;
	return __libc_calloc(n, size);
}

SEEN void *realloc(void *p, size_t n)
{
	allocations++;
	return __libc_realloc(p, n);
}

static int start_counting(void **state)
{
	(void)state;
	return 0;
}
#endif

static struct arena arena; /* of one test */

static int tear_down(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static const struct node *tree(const char *name, const char *text, size_t n)
{
	struct findings findings;
	const struct node *root;

	findings_init(&findings);
	root = yaml_read(&arena, name, text, n, &READ_LARGE, &findings);
	if (!root)
		fail_msg("%s: %s", name, findings.count ? findings.items[0].message : "?");
	findings_release(&findings);
	return root;
}

static const struct node *tree_of(const char *path)
{
	struct str text = { 0 };
	const struct node *root;

	if (file_read(AT_FDCWD, path, READ_LARGE.bytes, &text) < 0)
		fail_msg("cannot read %s", path);
	root = tree(path, str_text(&text), text.len);
	str_release(&text);
	return root;
}

/* the value is valid, and once the run is warm saying so takes no allocation */
static void must_be_free(const struct schema *schema, const struct node *value, const char *name)
{
	struct schema_run *run = schema_run_new(schema);
	size_t before;

	assert_non_null(run);
	if (!schema_check(schema, run, value, NULL, NULL))
		fail_msg("%s is not valid", name);
	before = allocations;
	for (int i = 0; i < 100; i++)
		schema_check(schema, run, value, NULL, NULL);
	if (allocations != before)
		fail_msg("%s: %zu allocations", name, allocations - before);
	schema_run_free(run);
}

/* a count that stays 0 says nothing unless it can be another one: one is ours, more are PCRE2's */
static void the_counter_counts(void **state)
{
	size_t before = allocations;
	struct matcher *matcher = matcher_new();

	(void)state;
	assert_non_null(matcher);
	assert_true(allocations - before > 1);
	matcher_free(matcher);
}

static void check_folder(const struct schema *schema, const char *name, size_t *n)
{
	char *folder = arena_printf(&arena, "%s/%s", RECORDS, name);
	DIR *dir = opendir(folder);
	struct dirent *entry;

	assert_non_null(schema);
	assert_non_null(dir);
	while ((entry = readdir(dir))) {
		char *path = arena_printf(&arena, "%s/%s", folder, entry->d_name);

		if (strncmp(entry->d_name, "good-", 5) != 0)
			continue;
		must_be_free(schema, tree_of(path), path);
		++*n;
	}
	closedir(dir);
}

static void records(void **state)
{
	struct schemas schemas;
	struct findings findings;
	size_t n = 0;

	(void)state;
	setenv("DUBAN_SCHEMAS", "schemas", 1);
	findings_init(&findings);
	assert_int_equal(schemas_init(&schemas, NULL), 0);
	for (int k = 0; k < KINDS; k++)
		check_folder(schemas_compile_kind(&schemas, (enum kind)k, &findings),
			     KIND_INFO[k].name, &n);
	check_folder(schemas_compile_event(&schemas, &findings), "event", &n);
	must_be_free(schemas_compile_plan(&schemas, &findings), tree_of(PLAN), PLAN);
	assert_true(n >= 10);
	schemas_release(&schemas);
	findings_release(&findings);
}

/* what our own schemas have little of */
static void keywords(void **state)
{
	static const struct {
		const char *schema, *value;
	} all[] = {
		{ "{pattern: '^(a|b)\\1$'}", "aa" },
		{ "{uniqueItems: true}", "[a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, 1, 2]" },
		{ "{uniqueItems: true}", "[{a: 1, b: 2}, {b: 2, a: 2}, [1, 2], [2, 1]]" },
		{ "{allOf: [{properties: {a: true}}], unevaluatedProperties: false}", "{a: 1}" },
		{ "{anyOf: [{prefixItems: [true]}, false], unevaluatedItems: false}", "[1]" },
		{ "{oneOf: [{const: 1}, {const: 2}], not: {const: 3}}", "2" },
		{ "{contains: {const: 1}, minContains: 2, maxContains: 3}", "[1, 2, 1]" },
		{ "{if: {required: [a]}, then: {dependentRequired: {a: [b]}}}", "{a: 1, b: 2}" },
		{ "{patternProperties: {'^(a|b)\\1$': {type: integer}}, propertyNames: {maxLength: "
		  "2}}",
		  "{aa: 1, bb: 2}" },
		{ "{multipleOf: 0.01, minimum: -1e400, exclusiveMaximum: 1e400}", "12.34" },
		{ "{enum: [{a: [1, 2.0]}, 1.0]}", "{a: [1, 2]}" },
		{ "{$dynamicAnchor: n, properties: {a: {items: {$dynamicRef: '#n'}}}}",
		  "{a: [{a: [{a: []}]}]}" },
		{ "{format: date}", "'2024-02-29'" },
		{ "{format: date-time}", "'2024-04-18T17:40:00+08:00'" },
		{ "{format: uri}", "https://example.org/a?b#c" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
		struct schema_set *set = schema_set_new();
		const char *text = all[i].schema;
		struct schema *schema;
		struct findings findings;

		findings_init(&findings);
		assert_int_equal(schema_set_add(set, tree("schema", text, strlen(text)),
						"test:schema", "schema", NULL, 0, &findings),
				 0);
		schema = schema_compile(set, "test:schema", SCHEMA_ASSERT_FORMAT, &findings);
		if (!schema)
			fail_msg("%s: %s", text, findings.items[0].message);
		must_be_free(schema, tree("value", all[i].value, strlen(all[i].value)), text);
		schema_free(schema);
		schema_set_free(set);
		findings_release(&findings);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(the_counter_counts, tear_down),
		cmocka_unit_test_teardown(records, tear_down),
		cmocka_unit_test_teardown(keywords, tear_down),
	};

	return cmocka_run_group_tests(tests, start_counting, NULL);
}
