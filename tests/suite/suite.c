/*
 * Runs the official JSON Schema test suite, or any folder of its form, through the library:
 *
 *	suite FOLDER [LIST]
 *
 * FOLDER holds tests/draft2020-12 and remotes. Every case is checked from JSON and, where libyaml
 * reads the text to the same value, from YAML; then both verdicts must be right. LIST names cases
 * that may fail: file, group, case, reason, with tabs between; `*` for every case of a group. A line
 * is printed for each case that fails and is not on it, then a table. Exit status 1 when one did.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/map.h"
#include "base/str.h"
#include "schema/schema.h"
#include "yaml/read.h"

#define TESTS "tests/draft2020-12"
#define SERVER "http://localhost:1234/"
#define GROUP "https://suite.invalid/group"
#define MOST 4096

static struct arena arena; /* of the whole run */

struct document {
	const char *path; /* below the folder */
	const char *text;
	size_t size;
	const struct node *root;
};

struct files {
	struct document items[MOST];
	size_t count;
};
static struct files tests, remotes;

struct count {
	unsigned cases, passed, listed, failed, yaml;
};

/* a case that may fail */
struct excuse {
	const char *file, *group, *test;
	unsigned used;
};
static struct excuse excuses[MOST];
static size_t nexcuses;

static void die(const char *what, const char *path)
{
	fprintf(stderr, "suite: %s: %s\n", path, what);
	exit(2);
}

static const char *read_text(const char *path, size_t *size)
{
	struct str text = { 0 };
	const char *copy;

	if (file_read(AT_FDCWD, path, (size_t)64 << 20, &text) < 0)
		die("cannot be read", path);
	copy = arena_strndup(&arena, str_text(&text), text.len);
	*size = text.len;
	str_release(&text);
	return copy;
}

static void read_json(struct document *d, const char *path)
{
	struct findings findings;

	findings_init(&findings);
	d->text = read_text(path, &d->size);
	d->root = json_read(&arena, d->path, d->text, d->size, &READ_LARGE, &findings);
	if (!d->root)
		die(findings.count ? findings.items[0].message : "no memory", path);
	findings_release(&findings);
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static void collect(struct files *files, const char *folder, const char *below)
{
	struct dirent **entries;
	const char *path = arena_concat(&arena, folder, "/", below, NULL);
	int n = scandir(path, &entries, NULL, by_name);

	if (n < 0)
		die("no such folder", path);
	for (int i = 0; i < n; i++) {
		const char *name = entries[i]->d_name, *dot = strrchr(name, '.');
		const char *inner = *below ? arena_concat(&arena, below, "/", name, NULL)
					   : arena_strdup(&arena, name);

		if (dot && strcmp(dot, ".json") == 0 && files->count < MOST) {
			struct document *d = &files->items[files->count++];

			d->path = inner;
			read_json(d, arena_concat(&arena, folder, "/", inner, NULL));
		} else if (*name != '.' && !dot) {
			collect(files, folder, inner);
		}
		free(entries[i]);
	}
	free(entries);
}

static const char *next_field(char **p)
{
	char *field = *p, *end = strpbrk(field, "\t\n");

	if (!end)
		die("a line needs four fields with tabs between", "the list");
	*p = end + 1;
	*end = '\0';
	return field;
}

static void read_excuses(const char *path)
{
	size_t size;
	char *p = (char *)(uintptr_t)read_text(path, &size);

	while (*p) {
		if (*p == '#') {
			p = strchr(p, '\n') + 1;
			continue;
		}
		excuses[nexcuses].file = next_field(&p);
		excuses[nexcuses].group = next_field(&p);
		excuses[nexcuses].test = next_field(&p);
		if (!*next_field(&p) || ++nexcuses == MOST)
			die("a line without reason", path);
	}
}

static bool excused(const char *file, const char *group, const char *test)
{
	for (size_t i = 0; i < nexcuses; i++)
		if (strcmp(excuses[i].file, file) == 0 && strcmp(excuses[i].group, group) == 0 &&
		    (strcmp(excuses[i].test, "*") == 0 || strcmp(excuses[i].test, test) == 0)) {
			excuses[i].used++;
			return true;
		}
	return false;
}

/* one that no set takes is of another edition and named by none of these cases */
static bool can_add(const struct document *remote, const char *uri)
{
	struct schema_set *set = schema_set_new();
	struct findings findings;
	bool added;

	findings_init(&findings);
	added = schema_set_add(set, remote->root, uri, remote->path, NULL, 0, &findings) == 0;
	findings_release(&findings);
	schema_set_free(set);
	return added;
}

static const char *remote_uri(const struct document *remote)
{
	return arena_concat(&arena, SERVER, remote->path, NULL);
}

static struct schema_set *new_set(void)
{
	static const char *uris[MOST];
	static bool taken[MOST], asked;
	struct schema_set *set = schema_set_new();
	struct findings findings;

	findings_init(&findings);
	for (size_t i = 0; i < remotes.count; i++) {
		if (!asked) {
			uris[i] = remote_uri(&remotes.items[i]);
			taken[i] = can_add(&remotes.items[i], uris[i]);
		}
		if (taken[i] && schema_set_add(set, remotes.items[i].root, uris[i],
					       remotes.items[i].path, NULL, 0, &findings) < 0) {
			/* a second one with the same $id: the first stays */
			taken[i] = false;
			findings_release(&findings);
			schema_set_free(set);
			asked = asked || i + 1 == remotes.count;
			return new_set();
		}
	}
	asked = true;
	findings_release(&findings);
	return set;
}

/* where a value of a JSON text starts */
static const char *place_of(const struct document *d, const struct node *node)
{
	const char *p = d->text;
	uint32_t line = 1, column = 1;

	for (; line < node->line; p++)
		line += *p == '\n';
	for (; column < node->column; column++)
		while ((*++p & 0xc0) == 0x80)
			;
	return p;
}

/* how long it is, in valid JSON */
static size_t length_of(const char *text)
{
	const char *p = text;
	int depth = 0;

	do {
		if (*p == '"')
			for (p++; *p != '"'; p++)
				p += *p == '\\';
		else if (*p == '{' || *p == '[')
			depth++;
		else if (*p == '}' || *p == ']')
			depth--;
		else if (!depth && strchr(",\n ", p[1]))
			return (size_t)(p + 1 - text);
		p++;
	} while (depth > 0 ||
		 (p[-1] != '"' && p[-1] != '}' && p[-1] != ']' && !strchr(",]} \n\r\t", *p)));
	return (size_t)(p - text);
}

/* the same value read as YAML, or NULL where libyaml cannot or reads another */
static const struct node *as_yaml(const struct document *d, const struct node *value)
{
	const char *text = place_of(d, value);
	struct findings findings;
	const struct node *node;

	findings_init(&findings);
	node = yaml_read(&arena, d->path, text, length_of(text), &READ_LARGE, &findings);
	findings_release(&findings);
	return node && node_equal(node, value) ? node : NULL;
}

/* a group's schema, ready to check; without it `why` tells what is wrong with it */
struct ready {
	struct schema_set *set;
	struct schema *schema;
	struct schema_run *run;
	const char *why;
};

static void make_ready(struct ready *r, const struct node *schema, unsigned flags)
{
	struct findings findings;

	*r = (struct ready){ .set = new_set() };
	findings_init(&findings);
	if (schema_set_add(r->set, schema, GROUP, "schema", NULL, 0, &findings) == 0)
		r->schema = schema_compile(r->set, GROUP, flags, &findings);
	if (r->schema)
		r->run = schema_run_new(r->schema);
	else
		r->why = findings.count ? arena_strdup(&arena, findings.items[0].message)
					: "no memory";
	findings_release(&findings);
}

static void release(struct ready *r)
{
	schema_run_free(r->run);
	schema_free(r->schema);
	schema_set_free(r->set);
}

/* NULL when the verdict is right and explain says the same; else what happened */
static const char *wrong(struct ready *r, const struct node *value, bool valid)
{
	struct findings findings;
	bool checked, explained;

	if (!r->schema)
		return r->why;
	findings_init(&findings);
	checked = schema_check(r->schema, r->run, value, NULL, NULL);
	schema_explain(r->schema, r->run, value, NULL, NULL, &findings);
	explained = findings.errors == 0;
	findings_release(&findings);
	if (checked != explained)
		return "check and explain disagree";
	return checked == valid ? NULL : valid ? "is valid, was refused" : "is not, was let pass";
}

static void run_case(const struct document *d, struct ready *json, struct ready *yaml,
		     const char *group, const struct node *test, struct count *count)
{
	const struct node *value = node_get(test, "data"), *same;
	const char *name = node_string(test, "description"), *why, *form = "JSON";
	bool valid = node_boolean(test, "valid", false);

	if (!value || !name)
		die("a case without data or description", d->path);
	count->cases++;
	why = wrong(json, value, valid);
	same = yaml->set ? as_yaml(d, value) : NULL;
	if (same) {
		const char *other = wrong(yaml, same, valid);

		count->yaml++;
		if (!why && other) {
			why = other;
			form = "YAML";
		}
	}
	if (!why) {
		count->passed++;
	} else if (excused(d->path, group, name)) {
		count->listed++;
	} else {
		count->failed++;
		printf("%s: %s: %s: %s (%s)\n", d->path, group, name, why, form);
	}
}

static void run_group(const struct document *d, const struct node *group, struct count *count)
{
	const struct node *schema = node_get(group, "schema"), *cases = node_get(group, "tests");
	const char *name = node_string(group, "description");
	unsigned flags = strstr(d->path, "optional/format/") ? SCHEMA_ASSERT_FORMAT : 0;
	struct ready json, yaml = { 0 };
	const struct node *same;

	if (!schema || !name)
		die("a group without schema or description", d->path);
	make_ready(&json, schema, flags);
	same = as_yaml(d, schema);
	if (same)
		make_ready(&yaml, same, flags);
	for (size_t i = 0; i < list_count(cases); i++)
		run_case(d, &json, &yaml, name, &cases->items[i], count);
	release(&json);
	release(&yaml);
}

static void add(struct count *sum, const struct count *count)
{
	sum->cases += count->cases;
	sum->passed += count->passed;
	sum->listed += count->listed;
	sum->failed += count->failed;
	sum->yaml += count->yaml;
}

static void print_row(const char *name, const struct count *c)
{
	printf("%-48s %6u %7u %7u %7u %7u\n", name, c->cases, c->passed, c->listed, c->failed,
	       c->yaml);
}

int main(int argc, char **argv)
{
	static struct count counts[MOST];
	struct count parts[3] = { 0 };
	static const char *const names[] = { "required", "optional", "optional/format" };

	if (argc < 2 || argc > 3)
		die("usage: suite FOLDER [LIST]", "arguments");
	collect(&tests, argv[1], TESTS);
	collect(&remotes, arena_concat(&arena, argv[1], "/remotes", NULL), "");
	if (argc == 3)
		read_excuses(argv[2]);
	for (size_t i = 0; i < tests.count; i++) {
		struct document *d = &tests.items[i];
		int part;

		d->path += strlen(TESTS "/");
		part = strncmp(d->path, "optional/format/", 16) == 0 ? 2
		       : strncmp(d->path, "optional/", 9) == 0       ? 1
								     : 0;
		for (size_t j = 0; j < list_count(d->root); j++)
			run_group(d, &d->root->items[j], &counts[i]);
		add(&parts[part], &counts[i]);
	}
	printf("%-48s %6s %7s %7s %7s %7s\n", "file", "cases", "passed", "listed", "failed",
	       "as YAML");
	for (size_t i = 0; i < tests.count; i++)
		print_row(tests.items[i].path, &counts[i]);
	for (int i = 0; i < 3; i++)
		print_row(names[i], &parts[i]);
	for (size_t i = 0; i < nexcuses; i++)
		if (!excuses[i].used)
			printf("on the list, but does not fail: %s: %s: %s\n", excuses[i].file,
			       excuses[i].group, excuses[i].test);
	arena_release(&arena);
	return parts[0].failed + parts[1].failed + parts[2].failed > 0 ||
	       !(parts[0].cases + parts[1].cases + parts[2].cases);
}
