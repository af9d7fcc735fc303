/* Schema documents from texts, files and folders. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <cmocka.h>

#include "schema/load.h"
#include "scratch.h"

static struct schema_set *set;
static struct findings findings;

static int set_up(void **state)
{
	set = schema_set_new();
	return set ? scratch_make(state) : -1;
}

static int tear_down(void **state)
{
	schema_set_free(set);
	findings_release(&findings);
	return scratch_remove(state);
}

static void file(const char *path, const char *text)
{
	scratch_write(path, text, strlen(text));
}

/* compiles what is known under a URI; the number of errors */
static size_t faults(const char *uri)
{
	size_t errors = findings.errors;
	struct schema *schema = schema_compile(set, uri, 0, &findings);

	assert_int_equal(schema == NULL, findings.errors > errors);
	schema_free(schema);
	return findings.errors - errors;
}

static void texts(void **state)
{
	char text[] = "{$id: 'test:a', $ref: b}", name[] = "name", uri[] = "test:dir/b";
	static const char json[] = "{\"type\"\n:\"string\"}";

	(void)state;
	assert_int_equal(faults(NULL), 1); /* there is none yet */
	assert_int_equal(schema_set_add_text(set, NULL, name, text, strlen(text), false, &findings),
			 0);
	assert_int_equal(
		schema_set_add_text(set, uri, name, json, sizeof(json) - 1, true, &findings), 0);
	/* nothing of the caller's is needed any longer */
	memset(text, 'x', sizeof(text) - 1);
	memset(name, 'x', sizeof(name) - 1);
	memset(uri, 'x', sizeof(uri) - 1);
	assert_int_equal(faults("test:dir/b"), 0);
	assert_int_equal(faults("test:a"), 1); /* test:b is not there */
	assert_int_equal(faults(NULL), 1);     /* the first one, test:a */
	assert_string_equal(findings.items[findings.count - 1].file, "name");
	/* JSON is strict when it is said to be JSON */
	assert_int_equal(schema_set_add_text(set, NULL, "j", "{}#", 3, true, &findings), -1);
	assert_int_equal(schema_set_add_text(set, NULL, "y", "{} #", 4, false, &findings), 0);
}

static void files(void **state)
{
	(void)state;
	file("a.yaml", "$ref: sub/公共+1.json\n");
	file("sub/公共+1.json", "{\"$ref\": \"https://example.com/c\"}");
	file("sub/c.yml", "$id: https://example.com/c\n");
	file("j", "{}\n");
	file("k", "{} # a remark\n");
	assert_int_equal(schema_set_add_file(set, "a.yaml", true, &findings), 0);
	assert_int_equal(faults(NULL), 1);
	assert_int_equal(schema_set_add_file(set, "sub/公共+1.json", false, &findings), 0);
	assert_int_equal(schema_set_add_file(set, "sub/c.yml", false, &findings), 0);
	assert_int_equal(faults(NULL), 0);
	/* again, by another path */
	assert_int_equal(schema_set_add_file(set, "./sub/../a.yaml", false, &findings), 0);
	assert_int_equal(schema_set_add_file(set, "j", true, &findings), 0);
	assert_int_equal(findings.errors, 1);
	assert_int_equal(schema_set_add_file(set, "k", true, &findings), -1);
	assert_string_equal(findings.items[1].code, "json-syntax");
	assert_int_equal(schema_set_add_file(set, "none", false, &findings), -1);
	assert_int_equal(errno, ENOENT);
	assert_string_equal(findings.items[2].code, "io");
	assert_string_equal(findings.items[2].file, "none");
	assert_int_equal(schema_set_add_file(set, "sub", false, &findings), -1);
	assert_int_equal(errno, EISDIR);
}

static void a_pipe(void **state)
{
	char path[32];
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "$ref: '#'", 9), 9);
	close(ends[1]);
	snprintf(path, sizeof(path), "/dev/fd/%d", ends[0]);
	assert_int_equal(schema_set_add_file(set, path, false, &findings), 0);
	close(ends[0]);
	assert_int_equal(faults(URI_OF_NO_PLACE), 1); /* it was read: it is a loop */
	assert_string_equal(findings.items[0].code, "bad-reference");
}

static void folders(void **state)
{
	(void)state;
	file("d/a.json", "{\"$id\": \"https://example.com/a\"}");
	file("d/deep/er/b.yaml", "$id: https://example.com/b\n");
	file("d/c.yml", "$id: https://example.com/c\n");
	file("d/.hidden.yaml", "[");
	file("d/README", "[");
	assert_int_equal(schema_set_add_file(set, "d/c.yml", false, &findings), 0);
	assert_int_equal(schema_set_add_folder(set, "d", &findings), 0);
	assert_int_equal(faults("https://example.com/a"), 0);
	assert_int_equal(faults("https://example.com/b"), 0);
	assert_int_equal(faults("https://example.com/c"), 0);
	assert_int_equal(findings.count, 0);
	assert_int_equal(schema_set_add_folder(set, "none", &findings), -1);
	assert_int_equal(errno, ENOENT);
	assert_int_equal(schema_set_add_folder(set, "d/c.yml", &findings), -1);
	assert_int_equal(errno, ENOTDIR);
	/* all faults of a folder are told */
	file("e/1.json", "[");
	file("e/2.yaml", "[");
	assert_int_equal(schema_set_add_folder(set, "e", &findings), -1);
	assert_int_equal(findings.errors, 4);
}

int main(void)
{
	const struct CMUnitTest load[] = {
		cmocka_unit_test_setup_teardown(texts, set_up, tear_down),
		cmocka_unit_test_setup_teardown(files, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_pipe, set_up, tear_down),
		cmocka_unit_test_setup_teardown(folders, set_up, tear_down),
	};

	return cmocka_run_group_tests(load, NULL, NULL);
}
