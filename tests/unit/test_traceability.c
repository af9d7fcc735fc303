/*
 * tests/traceability.tsv: every clause of the plan leads to a place in its data, a schema or a
 * command, and what stands there is what the clause says. The table's head explains its syntax.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/file.h"
#include "base/map.h"
#include "yaml/read.h"

#define TABLE "tests/traceability.tsv"
#define PLAN "examples/pingliang-2024/plan.yaml"
#define CLAUSES 151
#define HEADER "T-number\tproof\twhere\tcheck"

static struct arena arena;
static struct map documents; /* by path */
static struct str problem;   /* what is wrong with a place */

static int release(void **state)
{
	(void)state;
	arena_release(&arena);
	str_release(&problem);
	return 0;
}

static const char *text_of(const char *path)
{
	struct str text = { 0 };
	const char *copy = NULL;

	if (file_read(AT_FDCWD, path, (size_t)1 << 20, &text) == 0)
		copy = arena_strndup(&arena, str_text(&text), text.len);
	str_release(&text);
	return copy;
}

static const struct node *parsed(const char *name, const char *text)
{
	struct findings findings;
	const struct node *node;

	findings_init(&findings);
	node = yaml_read(&arena, name, text, strlen(text), &READ_LARGE, &findings);
	findings_release(&findings);
	return node;
}

/* a file of the repository as a tree, read once; NULL when it is not there or no YAML */
static const struct node *document(const char *path)
{
	struct node *node;
	const char *text;

	if (!documents.arena)
		map_init(&documents, &arena);
	node = map_get(&documents, path, strlen(path));
	text = node ? NULL : text_of(path);
	if (!text)
		return node;
	path = arena_strdup(&arena, path);
	node = (struct node *)(uintptr_t)parsed(path, text);
	if (node)
		map_put(&documents, path, strlen(path), node);
	return node;
}

/* `~1` stands for `/`, `~0` for `~` */
static char *unescaped(const char *from, size_t n)
{
	char *segment = arena_strndup(&arena, from, n), *to = segment;

	for (const char *p = segment; *p; p++) {
		if (*p == '~' && (p[1] == '0' || p[1] == '1'))
			*to++ = *++p == '1' ? '/' : '~';
		else
			*to++ = *p;
	}
	*to = '\0';
	return segment;
}

/* the one item whose key, written as text, is the value; NULL for none and for several */
static const struct node *chosen(const struct node *list, const char *segment)
{
	static const char *const keys[] = { "id=", "code=", "name=" };
	const struct node *found = NULL;

	for (size_t k = 0; k < 3; k++) {
		size_t n = strlen(keys[k]);

		if (strncmp(segment, keys[k], n) != 0)
			continue;
		for (uint32_t i = 0; i < list->count; i++) {
			const struct node *value =
				node_get(&list->items[i], arena_strndup(&arena, keys[k], n - 1));

			if (!value || value->type > NODE_STRING ||
			    strcmp(value->text, segment + n) != 0)
				continue;
			if (found)
				return NULL;
			found = &list->items[i];
		}
	}
	return found;
}

static const struct node *step(const struct node *node, const char *segment)
{
	size_t digits = strspn(segment, "0123456789");

	if (node->type == NODE_MAP)
		return node_get(node, segment);
	if (node->type != NODE_LIST)
		return NULL;
	if (digits && !segment[digits])
		return strtoul(segment, NULL, 10) < node->count
			       ? &node->items[strtoul(segment, NULL, 10)]
			       : NULL;
	return chosen(node, segment);
}

/* where a path leads; *parent and *last: the node before and the last segment */
static const struct node *follow(const struct node *node, const char *path,
				 const struct node **parent, const char **last)
{
	*parent = NULL;
	*last = "";
	while (node && *path == '/') {
		size_t n = strcspn(++path, "/");

		*last = unescaped(path, n);
		*parent = node;
		node = step(node, *last);
		path += n;
		if (!node && *path)
			*parent = NULL; /* the way ends before the last segment */
	}
	return *path ? NULL : node;
}

static bool wrong(const char *format, ...) __attribute__((format(printf, 1, 2)));

static bool wrong(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	str_vaddf(&problem, format, args);
	va_end(args);
	return false;
}

static bool check_node(const struct node *root, const char *path, const char *check)
{
	const struct node *parent, *node, *expected;
	const char *last;

	if (*path && *path != '/')
		return wrong("'%s' is no path", path);
	node = follow(root, path, &parent, &last);
	if (strcmp(check, "absent") == 0)
		return parent && parent->type == NODE_MAP && !node ? true
								   : wrong("should be absent");
	if (!node)
		return wrong("leads nowhere");
	if (strcmp(check, "exists") == 0)
		return true;
	if (strncmp(check, "count=", 6) == 0)
		return node->type == NODE_LIST && node->count == strtoul(check + 6, NULL, 10)
			       ? true
			       : wrong("has %u items", node->count);
	expected = parsed("check", check);
	if (!expected || expected->type == NODE_MAP ||
	    (expected->type == NODE_STRING && expected->style != STYLE_QUOTED))
		return wrong("'%s' is no check", check);
	return node_equal(node, expected) ? true : wrong("is not %s", check);
}

static bool check_command(const char *name, const char *check)
{
	char path[128];

	if (strcmp(check, "exists") != 0)
		return wrong("a command can only exist");
	snprintf(path, sizeof(path), "cmd/%s.c", name);
	if (access(path, F_OK) != 0)
		return wrong("there is no such command");
	return true;
}

/* one place of the table against its check; false with `problem` set */
static bool check_place(const char *where, const char *check)
{
	const char *colon = strchr(where, ':'), *path = colon ? colon + 1 : "";
	size_t n = colon ? (size_t)(colon - where) : strlen(where);
	const char *file = arena_strndup(&arena, where, n);
	const struct node *root;

	str_reset(&problem);
	if (strcmp(where, "text") == 0)
		return strcmp(check, "-") == 0 ? true : wrong("text has nothing to check");
	if (strcmp(file, "command") == 0)
		return check_command(path, check);
	if (strcmp(file, "plan.yaml") == 0)
		file = PLAN;
	else if (strncmp(file, "schemas/", 8) != 0)
		return wrong("'%s' is no place", where);
	root = document(file);
	return root ? check_node(root, path, check) : wrong("cannot be read");
}

/* the next entry of a list separated by `;`, NULL at its end */
static char *entry(char **list)
{
	char *from = *list;

	if (!from)
		return NULL;
	*list = strchr(from, ';');
	if (*list)
		*(*list)++ = '\0';
	return from;
}

struct clause {
	unsigned number;
	char *proof, *where, *checks;
};

/* the columns of a line, which is cut up; false when there are more or fewer */
static bool split(char *line, struct clause *clause)
{
	char **columns[] = { &clause->proof, &clause->where, &clause->checks };

	for (size_t i = 0; i < sizeof(columns) / sizeof(*columns); i++) {
		line = strchr(line, '\t');
		if (!line)
			return false;
		*line++ = '\0';
		*columns[i] = line;
	}
	return !strchr(line, '\t');
}

/* calls `check` for every clause of the table and returns how many there are */
static unsigned each_clause(void (*check)(struct clause *clause))
{
	const char *text = text_of(TABLE);
	unsigned n = 0;
	bool header = false;

	assert_non_null(text);
	while (*text) {
		size_t length = strcspn(text, "\n");
		char *line = arena_strndup(&arena, text, length);
		struct clause clause;

		assert_int_equal(text[length], '\n');
		text += length + 1;
		if (!*line || *line == '#')
			continue;
		if (!header) {
			assert_string_equal(line, HEADER);
			header = true;
			continue;
		}
		if (!split(line, &clause))
			fail_msg("not four columns: %s", line);
		if (strlen(line) != 4 || line[0] != 'T' || atoi(line + 1) != (int)++n)
			fail_msg("after T%03u stands %s", n - 1, line);
		clause.number = n;
		check(&clause);
	}
	return n;
}

static unsigned faults, places;

/* a set of proofs as bits, 0 when a word is none or stands twice, or one stands with others that
 * leaves nothing to prove */
enum { PROOF_DATA = 1, PROOF_BEHAVIOUR = 2, PROOF_REPORT = 4, PROOF_NARRATIVE = 8 };

static unsigned proofs_of(char *list)
{
	static const char *const words[] = { "data", "behaviour", "report", "narrative" };
	unsigned set = 0;
	char *word;

	while ((word = entry(&list))) {
		unsigned bit = 0;

		for (unsigned i = 0; i < 4; i++)
			if (strcmp(words[i], word) == 0)
				bit = 1U << i;
		if (!bit || set & bit)
			return 0;
		set |= bit;
	}
	return set & (PROOF_DATA | PROOF_NARRATIVE) && set & (set - 1) ? 0 : set;
}

static void check_clause(struct clause *clause)
{
	unsigned proofs = proofs_of(clause->proof);
	bool text = strcmp(clause->where, "text") == 0;
	bool report = strstr(clause->where, "command:dispatch-report") != NULL;
	char *place, *check;

	if (!proofs || text != (proofs == PROOF_NARRATIVE) || report != !!(proofs & PROOF_REPORT))
		fail_msg("T%03u: that is no proof of it", clause->number);
	while ((place = entry(&clause->where))) {
		check = entry(&clause->checks);
		if (!check)
			fail_msg("T%03u: fewer checks than places", clause->number);
		places++;
		if (check_place(place, check))
			continue;
		print_error("T%03u %s: %s\n", clause->number, place, str_text(&problem));
		faults++;
	}
	if (entry(&clause->checks))
		fail_msg("T%03u: more checks than places", clause->number);
}

static void every_clause(void **state)
{
	(void)state;
	assert_int_equal(each_clause(check_clause), CLAUSES);
	assert_true(places > 500);
	assert_int_equal(faults, 0);
}

/* the test itself: what it takes for right and for wrong */
static void it_sees_faults(void **state)
{
	static const char *const yaml =
		"{a: {x/y: 1, z: null}, list: [{id: p, n: 1}, {id: q, n: 2}, {id: q, n: 3}, {code: "
		"7}], words: [b, c], numbers: [1, 2]}";
	static const struct {
		const char *path, *check;
		bool right;
	} rows[] = {
		{ "/a/x~1y", "1", true },
		{ "/a/x~1y", "2", false },
		{ "/a/x~1y", "\"1\"", false },
		{ "/a/x/y", "1", false },
		{ "/a/z", "exists", true },
		{ "/a/z", "null", true },
		{ "/a/z", "absent", false },
		{ "/a/w", "absent", true },
		{ "/a/w/v", "absent", false },
		{ "/nosuch/w", "absent", false },
		{ "/list/w", "absent", false },
		{ "/a/w", "exists", false },
		{ "/list/id=p/n", "1", true },
		{ "/list/id=q/n", "2", false }, /* two of them */
		{ "/list/1/n", "2", true },
		{ "/list/4", "exists", false },
		{ "/list/code=7", "exists", true },
		{ "/list", "count=4", true },
		{ "/list", "count=3", false },
		{ "/a", "count=2", false },
		{ "/words", "[\"b\", \"c\"]", true },
		{ "/words", "[\"c\", \"b\"]", false },
		{ "/words", "[\"b\"]", false },
		{ "/numbers", "[1, 2]", true },
		{ "/numbers", "[\"1\", \"2\"]", false },
		{ "/words/0", "b", false }, /* no JSON */
		{ "words", "exists", false },
		{ "", "exists", true },
	};
	static const char *const no_proofs[] = {
		"", "story", "data;report", "report;narrative", "report;report", "report;"
	};
	const struct node *root = parsed("test", yaml);

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		str_reset(&problem);
		if (check_node(root, rows[i].path, rows[i].check) != rows[i].right)
			fail_msg("%s %s", rows[i].path, rows[i].check);
	}
	assert_int_equal(proofs_of(arena_strdup(&arena, "behaviour;report")),
			 PROOF_BEHAVIOUR | PROOF_REPORT);
	for (size_t i = 0; i < sizeof(no_proofs) / sizeof(*no_proofs); i++)
		assert_int_equal(proofs_of(arena_strdup(&arena, no_proofs[i])), 0);
	assert_true(check_place("text", "-"));
	assert_false(check_place("text", "exists"));
	assert_false(check_place("schemas/nosuch.yaml", "exists"));
	assert_false(check_place("nosuch.yaml:/a", "exists"));
	assert_false(check_place("command:no-such", "exists"));
	assert_false(check_place("command:plan-init", "1"));
	assert_true(check_place("command:plan-init", "exists"));
	assert_true(check_place("schemas/visit.yaml", "exists"));
}

int main(void)
{
	const struct CMUnitTest traceability[] = {
		cmocka_unit_test(it_sees_faults),
		cmocka_unit_test(every_clause),
	};

	return cmocka_run_group_tests(traceability, NULL, release);
}
