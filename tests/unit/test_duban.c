/* The library's face: what each call of duban.h says it does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/str.h"
#include "duban.h"
#include "scratch.h"

static struct str told; /* what was reported: "file:line:column code message", a line each */

static void tell(void *context, const struct duban_finding *f)
{
	static const char *const levels[] = { "", "warning ", "note " };

	str_addf(context, "%s%s:%u:%u %s%s %s", told.len ? "\n" : "", f->file ? f->file : "-",
		 f->line, f->column, levels[f->level], f->code, f->message);
}

static int set_up(void **state)
{
	str_reset(&told);
	return scratch_make(state);
}

static const char *said(void)
{
	static char copy[2000];

	snprintf(copy, sizeof(copy), "%s", str_text(&told));
	str_reset(&told);
	return copy;
}

static int add(struct duban_set *set, const char *uri, const char *name, const char *text)
{
	return duban_set_add(set, uri, name, text, strlen(text), 0);
}

static struct duban_stream *text_of(const char *text, unsigned flags)
{
	return duban_open("d", text, strlen(text), flags, tell, &told);
}

/* opens a text and explains its first document */
static const char *explained(const struct duban_schema *schema, const char *text)
{
	struct duban_stream *stream = text_of(text, 0);
	int result;

	if (stream && duban_next(stream) > 0) {
		result = duban_explain(schema, stream, tell, &told);
		assert_int_equal(result, !duban_check(schema, stream));
	}
	duban_close(stream);
	return said();
}

static void all_of_a_finding(void *context, const struct duban_finding *f)
{
	char text[400], cut[20];
	size_t n = duban_finding_text(f, text, sizeof(text));

	++*(int *)context;
	assert_int_equal(f->level, DUBAN_ERROR);
	assert_string_equal(f->code, "enum");
	assert_string_equal(f->file, "d");
	assert_int_equal(f->line, 3);
	assert_int_equal(f->column, 19);
	assert_string_equal(f->pointer, "/visits/0/method");
	assert_string_equal(f->label, "方式");
	assert_string_equal(f->message, "'method' cannot be 'onsite'");
	assert_string_equal(f->within, "in 'visits' item 1, line 3");
	assert_string_equal(f->hint,
			    "did you mean 'on-site' 现场?; allowed: on-site 现场, phone 电话");
	assert_string_equal(f->excerpt, "  {方式: 1, method: onsite}");
	assert_int_equal(f->caret, 19);
	assert_string_equal(f->schema_file, "s");
	assert_int_equal(f->schema_line, 1);
	assert_int_equal(f->schema_column, 64);
	assert_string_equal(
		text,
		"d:3:19: error: 方式: 'method' cannot be 'onsite' [enum]\n"
		"      {方式: 1, method: onsite}\n"
		"                        ^\n"
		"    in 'visits' item 1, line 3\n"
		"    hint: did you mean 'on-site' 现场?; allowed: on-site 现场, phone 电话\n");
	assert_int_equal(n, strlen(text));
	/* no half characters */
	assert_int_equal(duban_finding_text(f, NULL, 0), n);
	for (size_t size = 16; size <= 19; size++) {
		assert_int_equal(duban_finding_text(f, cut, size), n);
		assert_string_equal(cut, size < 19 ? "d:3:19: error: " : "d:3:19: error: 方");
	}
}

static void findings(void **state)
{
	static const char schema[] =
		"properties: {visits: {items: {properties: {method: {title: 方式, "
		"enum: [on-site, phone], x-labels: {on-site: 现场, phone: 电话}}}}}}";
	static const char text[] = "visits:\n-\n  {方式: 1, method: onsite}\n";
	struct duban_set *set = duban_set_new(tell, &told);
	struct duban_schema *compiled;
	struct duban_stream *stream;
	int n = 0;

	(void)state;
	assert_int_equal(add(set, NULL, "s", schema), 0);
	compiled = duban_compile(set, NULL, 0);
	stream = text_of(text, 0);
	assert_int_equal(duban_next(stream), 1);
	assert_int_equal(duban_explain(compiled, stream, all_of_a_finding, &n), 1);
	assert_int_equal(n, 1);
	duban_close(stream);
	duban_schema_free(compiled);
	duban_set_free(set);
}

static void streams(void **state)
{
	static const char yaml[] = "a\n---\n- b\n";
	struct duban_set *set = duban_set_new(tell, &told);
	struct duban_schema *schema;
	struct duban_stream *stream = text_of(yaml, 0);

	(void)state;
	assert_int_equal(add(set, NULL, "s", "type: string"), 0);
	schema = duban_compile(set, NULL, 0);
	/* before the first document there is nothing to check */
	assert_false(duban_check(schema, stream));
	errno = 0;
	assert_int_equal(duban_explain(schema, stream, tell, &told), -1);
	assert_int_equal(errno, EINVAL);
	assert_int_equal(duban_next(stream), 1);
	assert_true(duban_check(schema, stream));
	assert_int_equal(duban_explain(schema, stream, tell, &told), 0);
	assert_int_equal(duban_next(stream), 1);
	assert_false(duban_check(schema, stream));
	assert_int_equal(duban_explain(schema, stream, NULL, NULL), 1);
	assert_string_equal(said(), "");
	assert_int_equal(duban_explain(schema, stream, tell, &told), 1);
	assert_string_equal(said(), "d:3:1 type the document must be a string, not a list");
	assert_int_equal(duban_next(stream), 0);
	assert_int_equal(duban_next(stream), 0);
	assert_false(duban_check(schema, stream));
	duban_close(stream);
	duban_schema_free(schema);
	duban_set_free(set);
	duban_close(NULL);
	duban_schema_free(NULL);
	duban_set_free(NULL);
}

/* the findings of reading the first document */
static const char *read_as(const char *text, unsigned flags)
{
	struct duban_stream *stream = text_of(text, flags);

	errno = 0;
	if (stream && duban_next(stream) < 0) {
		assert_int_equal(errno, EINVAL);
		assert_int_equal(duban_next(stream), 0);
	}
	duban_close(stream);
	return said();
}

static void reading(void **state)
{
	char text[] = "[1]", name[] = "name";
	struct duban_stream *stream;

	(void)state;
	assert_string_equal(read_as("{\"a\"\n: 1}", DUBAN_JSON), "");
	assert_string_equal(read_as("{a: 1}", DUBAN_JSON),
			    "d:1:2 json-syntax not valid JSON: a name in double quotes is expected "
			    "here");
	assert_string_equal(read_as("[&x 1, *x]", 0), "");
	assert_string_equal(read_as("[&x 1, *x]", DUBAN_PLAIN),
			    "d:1:2 anchor anchors and aliases are not allowed in a record");
	assert_string_equal(read_as("", 0), "d:1:1 empty the file is empty");
	assert_string_equal(read_as("# nothing\n", 0), "d:1:1 empty the file is empty");
	assert_string_equal(read_as("", DUBAN_JSON), "d:1:1 empty the file is empty");
	assert_string_equal(read_as("a\xff", 0), "d:1:2 encoding the text is not UTF-8");
	/* an empty text may have no address */
	stream = duban_open("d", NULL, 0, 0, NULL, NULL);
	assert_int_equal(duban_next(stream), -1);
	duban_close(stream);
	/* the name is copied */
	stream = duban_open(name, text, 2, 0, tell, &told);
	memset(name, 'x', 4);
	assert_int_equal(duban_next(stream), -1);
	assert_non_null(strstr(said(), "name:2:1 yaml-syntax"));
	duban_close(stream);
	/* a flag of a later version, or of another call */
	errno = 0;
	assert_null(duban_open("d", text, 3, 1u << 31, tell, &told));
	assert_int_equal(errno, EINVAL);
	assert_null(duban_open("d", text, 3, DUBAN_ASSERT_FORMAT, tell, &told));
	assert_string_equal(said(), "");
}

static void reading_files(void **state)
{
	struct duban_stream *stream;

	(void)state;
	scratch_write("a.json", "[1,]", 4);
	scratch_write("a", "[1,]", 4);
	stream = duban_open_path("a.json", 0, tell, &told);
	assert_int_equal(duban_next(stream), -1);
	assert_non_null(strstr(said(), "a.json:1:4 json-syntax"));
	duban_close(stream);
	stream = duban_open_path("a", 0, tell, &told);
	assert_int_equal(duban_next(stream), 1);
	duban_close(stream);
	stream = duban_open_path("a", DUBAN_JSON | DUBAN_PLAIN, NULL, NULL);
	assert_int_equal(duban_next(stream), -1);
	duban_close(stream);
	errno = 0;
	assert_null(duban_open_path("none", 0, tell, &told));
	assert_int_equal(errno, EINVAL);
	assert_string_equal(said(), "none:0:0 io cannot read the file: No such file or directory");
	assert_null(duban_open_path("a", DUBAN_WARN_UNKNOWN, tell, &told));
}

/* compiles and frees; the findings */
static const char *compiled(struct duban_set *set, const char *uri, unsigned flags)
{
	struct duban_schema *schema;

	errno = 0;
	schema = duban_compile(set, uri, flags);
	if (!schema)
		assert_int_equal(errno, EINVAL);
	duban_schema_free(schema);
	return said();
}

static void sets(void **state)
{
	struct duban_set *set = duban_set_new(tell, &told);
	char text[] = "$id: https://example.com/dir/a\nitems: {$ref: b}\n";

	(void)state;
	assert_string_equal(compiled(set, NULL, 0), "-:0:0 bad-reference there is no schema ''");
	assert_int_equal(add(set, NULL, "a", text), 0);
	memset(text, 'x', sizeof(text) - 1);
	assert_string_equal(compiled(set, NULL, 0),
			    "a:2:15 bad-reference 'b': there is no such schema");
	assert_int_equal(duban_set_add(set, "https://example.com/dir/b", "b",
				       "{\"type\"\n:\"string\"}", 18, DUBAN_JSON),
			 0);
	assert_string_equal(compiled(set, NULL, 0), "");
	assert_string_equal(compiled(set, "https://example.com/dir/a#/items", 0), "");
	assert_string_equal(compiled(set, "https://json-schema.org/draft/2020-12/schema", 0), "");
	assert_non_null(strstr(compiled(set, "https://example.com/dir/c", 0), "bad-reference"));
	assert_int_equal(add(set, NULL, "c", "{type: strng, $id: 'x:c', formt: x}"), 0);
	assert_string_equal(compiled(set, "x:c", 0),
			    "c:1:8 bad-keyword 'type' does not know 'strng'");
	assert_int_equal(add(set, NULL, "d", "{$id: 'x:d', formt: x}"), 0);
	assert_string_equal(compiled(set, "x:d", DUBAN_WARN_UNKNOWN),
			    "d:1:14 warning unknown-keyword unknown keyword 'formt'");
	assert_string_equal(compiled(set, "x:d", DUBAN_JSON), "");
	errno = 0;
	assert_int_equal(duban_set_add(set, NULL, "e", "true", 4, DUBAN_PLAIN), -1);
	assert_int_equal(errno, EINVAL);
	errno = 0;
	assert_int_equal(add(set, NULL, "f", "$id: x:d"), -1);
	assert_int_equal(errno, EINVAL);
	assert_string_equal(said(), "f:1:6 duplicate-id the URI 'x:d' is taken");
	duban_set_free(set);
	/* without a report there is only the answer */
	set = duban_set_new(NULL, NULL);
	assert_int_equal(add(set, NULL, "g", "["), -1);
	duban_set_free(set);
}

static void sets_from_files(void **state)
{
	struct duban_set *set = duban_set_new(tell, &told);
	struct duban_schema *schema;

	(void)state;
	scratch_write("a.yaml", "properties: {n: {$ref: parts/n.json}}", 37);
	scratch_write("parts/n.json", "{\"type\": \"integer\"}", 19);
	scratch_write("parts/readme", "[", 1);
	assert_int_equal(duban_set_add_path(set, "a.yaml", 0), 0);
	assert_int_equal(duban_set_add_path(set, "parts", 0), 0);
	schema = duban_compile(set, NULL, 0);
	assert_string_equal(explained(schema, "n: x"),
			    "d:1:4 type 'n' must be an integer, not 'x'");
	duban_schema_free(schema);
	assert_int_equal(duban_set_add_path(set, "parts/readme", DUBAN_JSON), -1);
	assert_non_null(strstr(said(), "parts/readme:1:2 json-syntax"));
	errno = 0;
	assert_int_equal(duban_set_add_path(set, "none", 0), -1);
	assert_int_equal(errno, EINVAL);
	assert_non_null(strstr(said(), "none:0:0 io cannot read the file"));
	assert_int_equal(duban_set_add_path(set, "a.yaml", DUBAN_PLAIN), -1);
	duban_set_free(set);
}

static void flags_of_compile(void **state)
{
	struct duban_set *set = duban_set_new(tell, &told);
	struct duban_schema *notes, *asserts;

	(void)state;
	assert_int_equal(add(set, NULL, "s", "format: date"), 0);
	notes = duban_compile(set, NULL, 0);
	asserts = duban_compile(set, NULL, DUBAN_ASSERT_FORMAT);
	assert_string_equal(explained(notes, "2024-02-30"), "");
	assert_non_null(strstr(explained(asserts, "2024-02-30"), "d:1:1 format"));
	duban_schema_free(notes);
	duban_schema_free(asserts);
	duban_set_free(set);
}

/* what cannot be decided is not valid, and explain says why */
static void undecided(void **state)
{
	struct duban_set *set = duban_set_new(tell, &told);
	struct duban_schema *schema;
	struct str chain = { 0 };
	static const char hostile[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab";

	(void)state;
	assert_int_equal(add(set, NULL, "s", "{not: {pattern: '^(a+)+$'}}"), 0);
	schema = duban_compile(set, NULL, 0);
	assert_non_null(strstr(explained(schema, hostile), "pattern-too-expensive"));
	assert_string_equal(explained(schema, "b"), "");
	duban_schema_free(schema);
	str_add(&chain, "$id: x:chain\n$ref: '#/$defs/r0'\n$defs:\n");
	for (int i = 0; i < 3000; i++)
		str_addf(&chain, "  r%d: {anyOf: [{$ref: '#/$defs/r%d'}]}\n", i, i + 1);
	str_add(&chain, "  r3000: true\n");
	assert_int_equal(add(set, NULL, "chain", str_text(&chain)), 0);
	schema = duban_compile(set, "x:chain", 0);
	assert_non_null(strstr(explained(schema, "b"), "too-deep"));
	duban_schema_free(schema);
	str_release(&chain);
	duban_set_free(set);
}

static void list_property(void *context, const struct duban_property *p)
{
	struct str *out = context;

	str_addf(out, "%s%s%s %s %s%s%s", out->len ? "\n" : "", p->name, p->required ? "!" : "",
		 p->title ? p->title : "-", p->type ? p->type : "-", p->items_type ? "/" : "",
		 p->items_type ? p->items_type : "");
	for (size_t i = 0; i < p->ncodes; i++)
		str_addf(out, " %s=%s", p->codes[i], p->labels[i] ? p->labels[i] : "");
	if (p->description)
		str_addf(out, " \"%s\"", p->description);
	if (p->uri)
		str_addf(out, " %s", p->uri);
	if (p->items_uri)
		str_addf(out, " %s", p->items_uri);
}

static void properties(void **state)
{
	static const char visit[] =
		"$id: x:visit\n"
		"required: [date]\n"
		"properties:\n"
		"  date: {title: 走访日期, type: string, description: of the visit}\n"
		"  method: {$ref: '#/$defs/method'}\n"
		"  marks: {type: array, items: {enum: [1, true, [], null, a], x-labels: {a: 甲}}}\n"
		"  measures: {type: array, items: {$ref: 'x:measure'}}\n"
		"allOf: [{properties: {more: {type: ['null', object], properties: {b: {}}}}}]\n"
		"$defs: {method: {type: string, enum: [phone], x-labels: {phone: 电话}}}\n";
	struct duban_set *set = duban_set_new(tell, &told);
	struct duban_schema *schema;

	(void)state;
	assert_int_equal(add(set, NULL, "v", visit), 0);
	assert_int_equal(
		add(set, NULL, "m", "{$id: 'x:measure', type: object, properties: {id: {}}}"), 0);
	assert_int_equal(duban_properties(set, NULL, NULL, list_property, &told), 5);
	assert_string_equal(said(),
			    "date! 走访日期 string \"of the visit\" x:visit#/properties/date\n"
			    "method - string phone=电话 x:visit#/$defs/method\n"
			    "marks - array 1= true= a=甲 x:visit#/properties/marks "
			    "x:visit#/properties/marks/items\n"
			    "measures - array/object x:visit#/properties/measures x:measure\n"
			    "more - object x:visit#/allOf/0/properties/more");
	/* the URIs lead on */
	assert_int_equal(duban_properties(set, "x:measure", NULL, list_property, &told), 1);
	assert_int_equal(duban_properties(set, "x:visit#/allOf/0/properties/more", NULL,
					  list_property, &told),
			 1);
	said();
	schema = duban_compile(set, "x:visit#/$defs/method", 0);
	assert_non_null(schema);
	assert_string_equal(explained(schema, "fax"), "d:1:1 enum the document cannot be 'fax'");
	duban_schema_free(schema);
	errno = 0;
	assert_int_equal(duban_properties(set, "x:none", NULL, list_property, &told), -1);
	assert_int_equal(errno, EINVAL);
	assert_int_equal(duban_properties(set, "x:visit#/$defs/method", NULL, list_property, &told),
			 0);
	assert_string_equal(said(), "");
	duban_set_free(set);
}

static void properties_of_a_case(void **state)
{
	static const char text[] = "if: {properties: {kind: {const: a}}}\n"
				   "then: {properties: {only_a: {}}}\n"
				   "properties: {kind: {}}\n";
	struct duban_set *set = duban_set_new(tell, &told);
	struct duban_stream *given = text_of("kind: b\n---\nkind: a\n", 0);

	(void)state;
	assert_int_equal(add(set, NULL, "s", text), 0);
	assert_int_equal(duban_properties(set, NULL, NULL, list_property, &told), 1);
	/* before the first document nothing is given */
	assert_int_equal(duban_properties(set, NULL, given, list_property, &told), 1);
	assert_int_equal(duban_next(given), 1);
	assert_int_equal(duban_properties(set, NULL, given, list_property, &told), 1);
	assert_int_equal(duban_next(given), 1);
	said();
	assert_int_equal(duban_properties(set, NULL, given, list_property, &told), 2);
	assert_string_equal(said(), "kind - - s#/properties/kind\n"
				    "only_a - - s#/then/properties/only_a");
	duban_close(given);
	duban_set_free(set);
}

static void version(void **state)
{
	(void)state;
	assert_string_equal(duban_version(), DUBAN_VERSION);
}

int main(void)
{
	const struct CMUnitTest duban[] = {
		cmocka_unit_test_setup_teardown(findings, set_up, scratch_remove),
		cmocka_unit_test_setup_teardown(streams, set_up, scratch_remove),
		cmocka_unit_test_setup_teardown(reading, set_up, scratch_remove),
		cmocka_unit_test_setup_teardown(reading_files, set_up, scratch_remove),
		cmocka_unit_test_setup_teardown(sets, set_up, scratch_remove),
		cmocka_unit_test_setup_teardown(sets_from_files, set_up, scratch_remove),
		cmocka_unit_test_setup_teardown(flags_of_compile, set_up, scratch_remove),
		cmocka_unit_test_setup_teardown(undecided, set_up, scratch_remove),
		cmocka_unit_test_setup_teardown(properties, set_up, scratch_remove),
		cmocka_unit_test_setup_teardown(properties_of_a_case, set_up, scratch_remove),
		cmocka_unit_test(version),
	};
	int result = cmocka_run_group_tests(duban, NULL, NULL);

	str_release(&told);
	return result;
}
