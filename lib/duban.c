#include "duban.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "schema/schema.h"
#include "yaml/read.h"

struct duban_set {
	struct arena arena;
	struct schema_set *set;
};

struct duban_schema {
	struct schema *schema;
};

const char *duban_version(void)
{
	return DUBAN_VERSION;
}

struct duban_set *duban_set_new(void)
{
	struct duban_set *set = calloc(1, sizeof(*set));

	if (set)
		set->set = schema_set_new();
	if (set && set->set)
		return set;
	free(set);
	return NULL;
}

void duban_set_free(struct duban_set *set)
{
	if (!set)
		return;
	schema_set_free(set->set);
	arena_release(&set->arena);
	free(set);
}

/* hands the findings over and forgets them; -1 when one was lost, else whether there was an error
 */
static int hand_over(struct findings *findings, duban_report *report, void *context)
{
	int result = findings->lost ? -1 : findings->errors > 0;

	findings_sort(findings);
	for (size_t i = 0; report && i < findings->count; i++) {
		const struct finding *f = &findings->items[i];
		const struct duban_finding out = { .level = (enum duban_level)f->level,
						   .code = f->code,
						   .file = f->file,
						   .line = f->line,
						   .column = f->column,
						   .pointer = f->pointer,
						   .label = f->label,
						   .message = f->message,
						   .hint = f->hint };

		report(context, &out);
	}
	findings_release(findings);
	if (result < 0)
		errno = ENOMEM;
	return result;
}

int duban_set_add(struct duban_set *set, const char *uri, const char *name, const char *text,
		  size_t size, duban_report *report, void *context)
{
	struct findings findings = { 0 };
	const char *copy = arena_strndup(&set->arena, text, size);
	const char *kept = arena_strdup(&set->arena, name);
	const char *at = arena_strdup(&set->arena, uri);
	struct node *root = copy && kept && (at || !uri) ? yaml_read(&set->arena, kept, copy, size,
								     &READ_LARGE, &findings)
							 : NULL;
	int result = -1;

	if (root)
		result = schema_set_add(set->set, root, at, kept, copy, size, &findings);
	hand_over(&findings, report, context);
	return result;
}

struct duban_schema *duban_compile(struct duban_set *set, const char *uri, int assert_format,
				   duban_report *report, void *context)
{
	struct duban_schema *schema = calloc(1, sizeof(*schema));
	struct findings findings = { 0 };

	if (!schema)
		return NULL;
	schema->schema =
		schema_compile(set->set, uri, assert_format ? SCHEMA_ASSERT_FORMAT : 0, &findings);
	hand_over(&findings, report, context);
	if (schema->schema)
		return schema;
	free(schema);
	return NULL;
}

void duban_schema_free(struct duban_schema *schema)
{
	if (schema)
		schema_free(schema->schema);
	free(schema);
}

static int check_documents(const struct duban_schema *schema, struct yaml_reader *reader,
			   const struct schema_source *source, struct findings *findings)
{
	struct schema_run *run = schema_run_new(schema->schema);
	struct arena arena = { 0 };
	struct node *root;
	int n = run ? 1 : -1;

	while (n > 0 && (n = yaml_next(reader, &arena, &root)) > 0) {
		errno = 0;
		if (!schema_check(schema->schema, run, root, NULL, NULL))
			schema_explain(schema->schema, run, root, NULL, source, findings);
		arena_reset(&arena);
	}
	arena_release(&arena);
	schema_run_free(run);
	return n < 0 && !findings->errors ? -1 : 0;
}

int duban_check(const struct duban_schema *schema, const char *name, const char *text, size_t size,
		duban_report *report, void *context)
{
	const struct schema_source source = { .name = name, .text = text, .size = size };
	struct findings findings = { 0 };
	struct yaml_reader *reader = yaml_open(name, text, size, &READ_LARGE, &findings);
	int result = 0, told;

	if (reader)
		result = check_documents(schema, reader, &source, &findings);
	else if (!findings.errors)
		result = -1;
	yaml_close(reader);
	told = hand_over(&findings, report, context);
	return result < 0 ? result : told;
}
