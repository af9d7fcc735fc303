/*
 * tale.h: a record with its events, from one text of YAML documents, and the plan that ships with
 * duban, for tests of the model. The first document is the record, the others are its events; the
 * n-th is called en, unless a comment `#NAME` stands before it.
 */
#ifndef DUBAN_TESTS_TALE_H
#define DUBAN_TESTS_TALE_H

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "model/plan.h"
#include "model/record.h"
#include "yaml/read.h"

#define TALE_PLAN "examples/pingliang-2024/plan.yaml"
#define TALE_OFFSET 480
#define TALE_MOST 64

static struct arena tale_arena; /* of one test; tale_end is its teardown */
static struct findings tale_findings;

static inline int tale_end(void **state)
{
	(void)state;
	findings_release(&tale_findings);
	arena_release(&tale_arena);
	return 0;
}

static inline const struct node *tale_node(const char *yaml)
{
	const struct node *node =
		yaml_read(&tale_arena, "test", yaml, strlen(yaml), &READ_LARGE, &tale_findings);

	if (!node)
		fail_msg("%s: %s", yaml, tale_findings.items[0].message);
	return node;
}

/* tale_plan: a plan's text; the shipped one for NULL */
static inline void tale_plan(struct plan *plan, const char *yaml)
{
	struct str text = { 0 };

	if (!yaml) {
		assert_int_equal(file_read(AT_FDCWD, TALE_PLAN, (size_t)1 << 20, &text), 0);
		yaml = arena_strndup(&tale_arena, text.p, text.len);
		str_release(&text);
	}
	if (plan_load(plan, tale_node(yaml), "plan.yaml", &tale_arena, &tale_findings) < 0)
		fail_msg("%s", tale_findings.items[0].message);
}

/* tale_parse: what record_parse says of the documents; of the kind that the first one names */
static inline int tale_parse(struct record *record, const char *yaml)
{
	struct stored_file *files = arena_array(&tale_arena, TALE_MOST, sizeof(struct stored_file));
	struct stored stored = { .type = STORED_RECORD,
				 .unit = "jingchuan",
				 .folder = "jingchuan/x/2024-04",
				 .kind = KIND_PROBLEM,
				 .id = "p-20240418-q4z7aa",
				 .files = files };
	const char *kind = strncmp(yaml, "kind: ", 6) == 0 ? yaml + 6 : "problem\n";

	for (int k = 0; k < KINDS; k++)
		if (strncmp(kind, KIND_INFO[k].name, strlen(KIND_INFO[k].name)) == 0 &&
		    kind[strlen(KIND_INFO[k].name)] == '\n')
			stored.kind = (enum kind)k;
	while (*yaml) {
		const char *end = strstr(yaml, "---\n");
		size_t n = end ? (size_t)(end - yaml) : strlen(yaml);
		struct stored_file *f = &files[stored.nfiles];

		assert_true(stored.nfiles < TALE_MOST);
		f->name = *yaml == '#'
				  ? arena_strndup(&tale_arena, yaml + 1, strcspn(yaml + 1, "\n"))
				  : arena_printf(&tale_arena, "e%zu", stored.nfiles);
		f->text = arena_strndup(&tale_arena, yaml, n);
		f->size = n;
		stored.nfiles++;
		yaml += n + (end ? 4 : 0);
	}
	return record_parse(record, &stored, "", &tale_arena, &tale_findings);
}

static inline moment_t tale_moment(const char *text)
{
	moment_t moment = MOMENT_ALL;
	day_t day;

	if (text && date_parse(text, strlen(text), &day))
		return moment_of_day(day + 1, TALE_OFFSET) - 1;
	if (text && !moment_parse(text, strlen(text), &moment))
		fail_msg("%s", text);
	return moment;
}

/* tale_fold: the documents folded as of a date or time; NULL: all there is */
static inline struct folded *tale_fold(const char *yaml, const char *as_of)
{
	struct folded *folded = arena_alloc(&tale_arena, sizeof(*folded));
	struct record *record = arena_alloc(&tale_arena, sizeof(*record));

	if (tale_parse(record, yaml) < 0)
		fail_msg("%s: %s", yaml, tale_findings.items[0].message);
	assert_int_equal(record_fold(folded, record, tale_moment(as_of), TALE_OFFSET, &tale_arena),
			 0);
	return folded;
}

#endif
