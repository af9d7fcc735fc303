/*
 * The schemas that ship with duban: they compile, hold no word that no vocabulary knows, their own
 * examples are valid, labels fit their codes, and the records in tests/fixtures/records get exactly
 * the findings that they say they should.
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
#include "model/plan.h"
#include "yaml/read.h"

#define PLAN "examples/pingliang-2024/plan.yaml"
#define RECORDS "tests/fixtures/records"
#define MOST 64

static struct arena arena;
static struct plan plan;
static struct schema_set *set;

/* a schema file */
struct document {
	const char *name, *text, *id;
	const struct node *root;
};
static struct document documents[MOST];
static size_t ndocuments;

/* every finding, one a line */
static const char *told(const struct findings *findings)
{
	static struct str out;

	str_reset(&out);
	str_add(&out, "");
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *f = &findings->items[i];

		str_addf(&out, "%s:%u:%u: %s: %s %s [%s]\n", f->file ? f->file : "-", f->line,
			 f->column, level_code(f->level), f->pointer ? f->pointer : "", f->message,
			 f->code);
	}
	return str_text(&out);
}

static const char *text_of(const char *path, size_t *n)
{
	struct str text = { 0 };
	const char *copy;

	if (file_read(AT_FDCWD, path, (size_t)1 << 20, &text) < 0)
		fail_msg("cannot read %s", path);
	copy = arena_strndup(&arena, str_text(&text), text.len);
	*n = text.len;
	str_release(&text);
	return copy;
}

/* schemas/visit.yaml is duban:visit, as the commands read it */
static void add_document(const char *name, const char *text, size_t n)
{
	struct document *d = &documents[ndocuments++];
	const char *stem = strrchr(name, '/') + 1;
	struct findings findings;

	findings_init(&findings);
	d->name = name;
	d->text = text;
	d->root = yaml_read(&arena, name, text, n, &READ_LARGE, &findings);
	d->id = arena_printf(&arena, "duban:%.*s", (int)strcspn(stem, "."), stem);
	if (!d->root || schema_set_add(set, d->root, d->id, name, text, n, &findings) < 0)
		fail_msg("%s", told(&findings));
	findings_release(&findings);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* the names in a folder that end so, sorted */
static size_t names_in(const char *folder, const char *end, const char **names)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	size_t n = 0;

	if (!dir)
		fail_msg("no folder %s", folder);
	while ((entry = readdir(dir))) {
		size_t length = strlen(entry->d_name), tail = strlen(end);

		if (*entry->d_name != '.' && length > tail &&
		    strcmp(entry->d_name + length - tail, end) == 0) {
			assert_true(n < MOST);
			names[n++] = arena_strdup(&arena, entry->d_name);
		}
	}
	closedir(dir);
	qsort(names, n, sizeof(*names), by_text);
	return n;
}

static int set_up(void **state)
{
	const char *names[MOST], *text;
	struct findings findings;
	const struct node *root;
	size_t n;

	(void)state;
	setenv("DUBAN_SCHEMAS", "schemas", 1);
	set = schema_set_new();
	n = names_in("schemas", ".yaml", names);
	for (size_t i = 0; i < n; i++) {
		size_t size;
		char *path = arena_printf(&arena, "schemas/%s", names[i]);

		text = text_of(path, &size);
		add_document(path, text, size);
	}
	findings_init(&findings);
	text = text_of(PLAN, &n);
	root = yaml_read(&arena, PLAN, text, n, &READ_LARGE, &findings);
	n = (size_t)(root ? plan_load(&plan, root, PLAN, &arena, &findings) : -1);
	if (n)
		print_error("%s", told(&findings));
	findings_release(&findings);
	return n ? -1 : 0;
}

static int tear_down(void **state)
{
	(void)state;
	schema_set_free(set);
	arena_release(&arena);
	return 0;
}

static bool is_word(void *context, const char *kind, const struct node *value)
{
	(void)context;
	return plan_word(&plan, kind, value);
}

static const struct schema_host host = { .is_word = is_word };

static struct schema *compiled(const char *uri)
{
	struct findings findings;
	struct schema *schema;

	findings_init(&findings);
	schema = schema_compile(set, uri, SCHEMA_ASSERT_FORMAT, &findings);
	if (!schema || findings.count)
		fail_msg("%s: %s", uri, told(&findings));
	findings_release(&findings);
	return schema;
}

/* fails with the findings when the value is not valid; warnings too */
static void must_be_valid(const char *uri, const struct node *value, const char *name)
{
	struct schema *schema = compiled(uri);
	struct schema_run *run = schema_run_new(schema);
	struct schema_source source = { .name = name };
	struct findings findings;

	findings_init(&findings);
	schema_explain(schema, run, value, &host, &source, &findings);
	if (findings.count)
		fail_msg("against %s:\n%s", uri, told(&findings));
	assert_true(schema_check(schema, run, value, &host, NULL));
	findings_release(&findings);
	schema_run_free(run);
	schema_free(schema);
}

static void every_schema_compiles(void **state)
{
	(void)state;
	assert_true(ndocuments > 12);
	for (size_t i = 0; i < ndocuments; i++)
		schema_free(compiled(documents[i].id));
}

/* duban:meta is that of 2020-12 with our words, and nothing else */
static void no_unknown_keywords(void **state)
{
	static const char *const wrong[] = {
		"{requird: [a]}",
		"{properties: {a: {maxlength: 3}}}",
		"{allOf: [{items: {patern: a}}]}",
		"{x-label: {a: b}}",
		"{x-word: units}",
		"{properties: {a: {x-record: [visits]}}}",
		"{x-headings: [单位]}",
		"{title: 单位, x-headings: []}",
		"{x-shorthand: {keys: []}}",
	};
	struct schema *schema = compiled("duban:meta");
	struct schema_run *run = schema_run_new(schema);

	(void)state;
	for (size_t i = 0; i < ndocuments; i++)
		must_be_valid("duban:meta", documents[i].root, documents[i].name);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		struct findings findings;
		const struct node *value;

		findings_init(&findings);
		value = yaml_read(&arena, "wrong", wrong[i], strlen(wrong[i]), &READ_LARGE,
				  &findings);
		if (schema_check(schema, run, value, &host, NULL))
			fail_msg("%s is a schema of duban's", wrong[i]);
		findings_release(&findings);
	}
	schema_run_free(run);
	schema_free(schema);
}

/* appends a segment to a URI's JSON pointer */
static const char *below(const char *uri, const char *segment)
{
	struct str out = { 0 };
	const char *copy;

	str_addf(&out, "%s%s/", uri, strchr(uri, '#') ? "" : "#");
	for (const char *p = segment; *p; p++) {
		if (*p == '~' || *p == '/')
			str_add(&out, *p == '~' ? "~0" : "~1");
		else if (strchr("-._", *p) || (*p >= '0' && *p <= '9') ||
			 (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z'))
			str_addc(&out, *p);
		else
			str_addf(&out, "%%%02X", (unsigned char)*p);
	}
	copy = arena_strdup(&arena, str_text(&out));
	str_release(&out);
	return copy;
}

/* calls `look` for every subschema of a document, with its URI */
static void walk(const struct node *schema, const char *uri,
		 void (*look)(const struct node *schema, const char *uri))
{
	static const char *const maps[] = { "properties", "$defs", "patternProperties",
					    "dependentSchemas", NULL };
	static const char *const lists[] = { "allOf", "anyOf", "oneOf", "prefixItems", NULL };
	static const char *const ones[] = { "items",
					    "contains",
					    "additionalProperties",
					    "if",
					    "then",
					    "else",
					    "not",
					    "unevaluatedProperties",
					    "propertyNames",
					    NULL };

	if (schema->type != NODE_MAP)
		return;
	look(schema, uri);
	for (const char *const *name = maps; *name; name++) {
		const struct node *map = node_get(schema, *name);

		for (uint32_t i = 0; map && map->type == NODE_MAP && i < map->count; i++)
			walk(map->members[i].value, below(below(uri, *name), map->members[i].name),
			     look);
	}
	for (const char *const *name = lists; *name; name++) {
		const struct node *list = node_get(schema, *name);

		for (uint32_t i = 0; i < list_count(list); i++)
			walk(&list->items[i],
			     below(below(uri, *name), arena_printf(&arena, "%u", i)), look);
	}
	for (const char *const *name = ones; *name; name++)
		if (node_get(schema, *name))
			walk(node_get(schema, *name), below(uri, *name), look);
}

static size_t nexamples, nlabels, naliases;

static void look_at_examples(const struct node *schema, const char *uri)
{
	const struct node *examples = node_get(schema, "examples");
	const struct node *value = node_get(schema, "default");

	if (value)
		must_be_valid(uri, value, uri);
	for (uint32_t i = 0; i < list_count(examples); i++) {
		must_be_valid(uri, &examples->items[i], uri);
		nexamples++;
	}
}

static void examples_are_valid(void **state)
{
	(void)state;
	for (size_t i = 0; i < ndocuments; i++)
		walk(documents[i].root, documents[i].id, look_at_examples);
	assert_true(nexamples > 150);
}

/* every word that a person may type for a code means one code */
static void add_word(struct map *words, const char *word, const char *code, const char *uri)
{
	const char *known = map_get(words, word, strlen(word));

	if (known && strcmp(known, code) != 0)
		fail_msg("%s: '%s' stands for %s and for %s", uri, word, known, code);
	map_put(words, word, strlen(word), (void *)(uintptr_t)code);
}

/*
 * x-labels has exactly the codes of enum, or without one words that are valid; x-aliases none but
 * them
 */
static void look_at_labels(const struct node *schema, const char *uri)
{
	const struct node *codes = node_get(schema, "enum"), *labels = node_get(schema, "x-labels");
	const struct node *aliases = node_get(schema, "x-aliases");
	struct map words;

	if (!labels && !aliases)
		return;
	map_init(&words, &arena);
	if (!labels || (codes && labels->count != list_count(codes)))
		fail_msg("%s: the labels are not those of the codes", uri);
	for (uint32_t i = 0; i < labels->count; i++) {
		const char *code = labels->members[i].name;

		if (codes && !node_is(&codes->items[i], code))
			fail_msg("%s: '%s' is no code there, or in another order", uri, code);
		if (!codes)
			must_be_valid(uri, node_new_string(&arena, code, strlen(code)), uri);
		add_word(&words, code, code, uri);
		add_word(&words, node_string(labels, code), code, uri);
		nlabels++;
	}
	for (uint32_t i = 0; aliases && i < aliases->count; i++) {
		const struct node *list = aliases->members[i].value;

		if (!node_get(labels, aliases->members[i].name))
			fail_msg("%s: '%s' is no code", uri, aliases->members[i].name);
		for (uint32_t j = 0; j < list_count(list); j++) {
			add_word(&words, list->items[j].text, aliases->members[i].name, uri);
			naliases++;
		}
	}
}

static void labels_fit_codes(void **state)
{
	(void)state;
	for (size_t i = 0; i < ndocuments; i++)
		walk(documents[i].root, documents[i].id, look_at_labels);
	assert_true(nlabels > 80 && naliases > 40);
}

/* what forms, help and messages need: every field of a record has both labels and a sentence */
static void fields_have_labels(void **state)
{
	size_t n = 0;

	(void)state;
	for (int k = 0; k <= KINDS; k++) {
		char uri[64];
		struct schema_property *properties;
		size_t count;

		snprintf(uri, sizeof(uri), "duban:%s", k < KINDS ? KIND_INFO[k].name : "event");
		count = schema_properties(set, uri, NULL, &arena, &properties);
		assert_true(count > 5);
		for (size_t i = 0; i < count; i++) {
			const struct schema_property *p = &properties[i];

			if (!p->title || !p->english || !p->description)
				fail_msg("%s: %s has no title, x-en or description", uri, p->name);
			for (size_t j = 0; j < i; j++)
				if (p->option && properties[j].option &&
				    strcmp(p->option, properties[j].option) == 0)
					fail_msg("%s: two fields are --%s", uri, p->option);
			n++;
		}
		/* records end with who entered them (contract 2) */
		if (k < KINDS)
			assert_string_equal(properties[count - 1].name, "entered");
	}
	assert_true(n > 120);
}

static size_t ndescriptions;

/* an editor that offers a field tells its description, not its title */
static void look_at_description(const struct node *schema, const char *uri)
{
	const char *title = node_string(schema, "title");
	const char *description = node_string(schema, "description");
	const char *colon = "：";
	size_t n = title ? strlen(title) : 0;

	if (!title || !description || !strstr(uri, "/properties/"))
		return;
	if (strncmp(description, title, n) != 0 ||
	    strncmp(description + n, colon, strlen(colon)) != 0)
		fail_msg("%s: the description does not begin with '%s%s'", uri, title, colon);
	ndescriptions++;
}

static void descriptions_have_labels(void **state)
{
	(void)state;
	for (size_t i = 0; i < ndocuments; i++)
		walk(documents[i].root, documents[i].id, look_at_description);
	assert_true(ndescriptions > 400);
}

/* the lines `#! line:column code` at the head of a fixture */
static const char *expected(const char *text)
{
	struct str out = { 0 };
	const char *copy;

	str_add(&out, "");
	while (strncmp(text, "#!", 2) == 0) {
		size_t n = strcspn(text, "\n");

		str_addn(&out, text + 3, n - 3);
		str_add(&out, "\n");
		text += n + 1;
	}
	copy = arena_strdup(&arena, str_text(&out));
	str_release(&out);
	return copy;
}

/* record.yaml, which knows all kinds, and its run */
static struct schema *any;
static struct schema_run *any_run;

/* what is found in a record, in the same form; warnings are marked */
static const char *found(const struct schema *schema, struct schema_run *run, const char *path,
			 const char *text, size_t n)
{
	struct schema_source source = { .name = path, .text = text, .size = n };
	struct findings findings;
	struct str out = { 0 };
	const struct node *node;
	const char *copy;

	findings_init(&findings);
	str_add(&out, "");
	node = yaml_read(&arena, path, text, n, &READ_RECORD, &findings);
	if (node)
		schema_explain(schema, run, node, &host, &source, &findings);
	assert_int_equal(node && schema_check(schema, run, node, &host, NULL),
			 findings.errors == 0);
	assert_int_equal(node && schema_check(any, any_run, node, &host, NULL),
			 findings.errors == 0);
	findings_sort(&findings);
	for (size_t i = 0; i < findings.count; i++)
		str_addf(&out, "%u:%u %s%s\n", findings.items[i].line, findings.items[i].column,
			 findings.items[i].code,
			 findings.items[i].level == LEVEL_ERROR     ? ""
			 : findings.items[i].level == LEVEL_WARNING ? " warning"
								    : " note");
	copy = arena_strdup(&arena, str_text(&out));
	str_release(&out);
	findings_release(&findings);
	return copy;
}

static size_t wrong_records;

static size_t check_records(struct schemas *schemas, const char *name, enum kind kind)
{
	char *folder = arena_printf(&arena, "%s/%s", RECORDS, name);
	struct findings findings;
	const struct schema *schema;
	struct schema_run *run;
	const char *names[MOST];
	size_t n = names_in(folder, ".yaml", names), good = 0;

	findings_init(&findings);
	schema = kind == KINDS ? schemas_compile_event(schemas, &findings)
			       : schemas_compile_kind(schemas, kind, &findings);
	if (!schema)
		fail_msg("%s", told(&findings));
	findings_release(&findings);
	run = schema_run_new(schema);
	for (size_t i = 0; i < n; i++) {
		char *path = arena_printf(&arena, "%s/%s", folder, names[i]);
		size_t size;
		const char *text = text_of(path, &size);
		const char *want = expected(text), *have = found(schema, run, path, text, size);

		if (strcmp(want, have) != 0) {
			print_error("%s: found\n%snot\n%s", path, have, want);
			wrong_records++;
		}
		if ((strncmp(names[i], "good", 4) == 0) != (*want == '\0'))
			fail_msg("%s is named as the other sort", path);
		good += *want == '\0';
	}
	assert_true(good > 0 && n > good); /* of each kind both sorts */
	schema_run_free(run);
	return n;
}

static void records(void **state)
{
	struct schemas schemas;
	size_t n = 0;

	(void)state;
	assert_int_equal(schemas_init(&schemas, NULL), 0);
	any = compiled("duban:record");
	any_run = schema_run_new(any);
	for (int k = 0; k < KINDS; k++)
		n += check_records(&schemas, KIND_INFO[k].name, (enum kind)k);
	n += check_records(&schemas, "event", KINDS);
	assert_true(n >= 40);
	assert_int_equal(wrong_records, 0);
	schema_run_free(any_run);
	schema_free(any);
	schemas_release(&schemas);
}

/* the plan that ships is valid under its schema */
static void the_plan(void **state)
{
	(void)state;
	must_be_valid("duban:plan", plan.root, PLAN);
}

int main(void)
{
	const struct CMUnitTest schemas[] = {
		cmocka_unit_test(every_schema_compiles),
		cmocka_unit_test(no_unknown_keywords),
		cmocka_unit_test(examples_are_valid),
		cmocka_unit_test(labels_fit_codes),
		cmocka_unit_test(fields_have_labels),
		cmocka_unit_test(descriptions_have_labels),
		cmocka_unit_test(records),
		cmocka_unit_test(the_plan),
	};

	return cmocka_run_group_tests(schemas, set_up, tear_down);
}
