#include "duban_parts.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "schema/load.h"

/* scratch of one thread, while none uses it */
struct spare {
	struct schema_run *run;
	struct spare *next;
};

struct pool {
	pthread_mutex_t lock;
	struct spare *first;
};

struct duban_schema {
	struct schema *schema;
	struct pool *pool; /* all of a schema that ever changes */
};

const char *duban_version(void)
{
	return DUBAN_VERSION;
}

int fail_with(int error)
{
	errno = error;
	return -1;
}

bool are_flags(unsigned flags, unsigned known)
{
	if (flags & ~known)
		errno = EINVAL;
	return !(flags & ~known);
}

static void hand_over(struct findings *findings, const struct reporter *to)
{
	findings_sort(findings);
	for (size_t i = 0; to->report && i < findings->count; i++) {
		const struct finding *f = &findings->items[i];
		const struct duban_finding out = { .level = (enum duban_level)f->level,
						   .code = f->code,
						   .file = f->file,
						   .line = f->line,
						   .column = f->column,
						   .pointer = f->pointer,
						   .label = f->label,
						   .message = f->message,
						   .within = f->within,
						   .hint = f->hint,
						   .excerpt = f->excerpt,
						   .caret = f->caret,
						   .schema_file = f->schema_file,
						   .schema_line = f->schema_line,
						   .schema_column = f->schema_column };

		to->report(to->context, &out);
	}
}

int finish(int result, struct findings *findings, const struct reporter *to)
{
	int error = 0;

	if (findings->lost || (result < 0 && !findings->errors))
		error = ENOMEM;
	else if (result < 0)
		error = EINVAL;
	hand_over(findings, to);
	findings_release(findings);
	return error ? fail_with(error) : result;
}

size_t duban_finding_text(const struct duban_finding *finding, char *buffer, size_t size)
{
	const struct finding f = { .level = (enum level)finding->level,
				   .code = finding->code,
				   .line = finding->line,
				   .column = finding->column,
				   .label = finding->label,
				   .message = finding->message,
				   .within = finding->within,
				   .hint = finding->hint,
				   .excerpt = finding->excerpt,
				   .caret = finding->caret };
	struct str out = { 0 };
	size_t n, whole;

	finding_show(&out, &f, finding->file, true, false);
	whole = out.failed ? 0 : out.len;
	n = whole < size ? whole : size ? size - 1 : 0;
	while (n && n < whole && ((unsigned char)out.p[n] & 0xc0) == 0x80)
		n--;
	if (size) {
		memcpy(buffer, str_text(&out), n);
		buffer[n] = '\0';
	}
	str_release(&out);
	return whole;
}

struct duban_set *duban_set_new(duban_report *report, void *context)
{
	struct duban_set *set = malloc(sizeof(*set));

	if (!set)
		return NULL;
	*set = (struct duban_set){ .set = schema_set_new(), .to = { report, context } };
	if (set->set)
		return set;
	free(set);
	return NULL;
}

void duban_set_free(struct duban_set *set)
{
	if (set)
		schema_set_free(set->set);
	free(set);
}

int duban_set_add(struct duban_set *set, const char *uri, const char *name, const char *text,
		  size_t size, unsigned flags)
{
	struct findings findings = { 0 };

	if (!are_flags(flags, DUBAN_JSON))
		return -1;
	return finish(
		schema_set_add_text(set->set, uri, name, text, size, flags & DUBAN_JSON, &findings),
		&findings, &set->to);
}

int duban_set_add_path(struct duban_set *set, const char *path, unsigned flags)
{
	struct findings findings = { 0 };

	if (!are_flags(flags, DUBAN_JSON))
		return -1;
	return finish(path_is_folder(path)
			      ? schema_set_add_folder(set->set, path, &findings)
			      : schema_set_add_file(set->set, path, flags & DUBAN_JSON, &findings),
		      &findings, &set->to);
}

static struct duban_schema *schema_new(void)
{
	struct duban_schema *schema = calloc(1, sizeof(*schema));
	struct pool *pool = calloc(1, sizeof(*pool));

	if (schema && pool && pthread_mutex_init(&pool->lock, NULL) == 0) {
		schema->pool = pool;
		return schema;
	}
	free(schema);
	free(pool);
	errno = ENOMEM;
	return NULL;
}

struct duban_schema *duban_compile(struct duban_set *set, const char *uri, unsigned flags)
{
	unsigned wanted = (flags & DUBAN_ASSERT_FORMAT ? SCHEMA_ASSERT_FORMAT : 0) |
			  (flags & DUBAN_WARN_UNKNOWN ? SCHEMA_WARN_UNKNOWN : 0);
	struct duban_schema *schema =
		are_flags(flags, DUBAN_ASSERT_FORMAT | DUBAN_WARN_UNKNOWN) ? schema_new() : NULL;
	struct findings findings = { 0 };

	if (!schema)
		return NULL;
	schema->schema = schema_compile(set->set, uri, wanted, &findings);
	if (finish(schema->schema ? 0 : -1, &findings, &set->to) == 0)
		return schema;
	duban_schema_free(schema);
	return NULL;
}

void duban_schema_free(struct duban_schema *schema)
{
	int error = errno;

	if (!schema)
		return;
	for (struct spare *spare = schema->pool->first, *next; spare; spare = next) {
		next = spare->next;
		schema_run_free(spare->run);
		free(spare);
	}
	pthread_mutex_destroy(&schema->pool->lock);
	free(schema->pool);
	schema_free(schema->schema);
	free(schema);
	errno = error;
}

static struct spare *spare_new(const struct schema *schema)
{
	struct spare *spare = calloc(1, sizeof(*spare));

	if (spare)
		spare->run = schema_run_new(schema);
	if (spare && spare->run)
		return spare;
	free(spare);
	errno = ENOMEM;
	return NULL;
}

/* NULL and ENOMEM when there is no memory for one more thread */
static struct spare *take_spare(const struct duban_schema *schema)
{
	struct pool *pool = schema->pool;
	struct spare *spare;

	pthread_mutex_lock(&pool->lock);
	spare = pool->first;
	if (spare)
		pool->first = spare->next;
	pthread_mutex_unlock(&pool->lock);
	return spare ? spare : spare_new(schema->schema);
}

static void give_back(const struct duban_schema *schema, struct spare *spare)
{
	struct pool *pool = schema->pool;

	pthread_mutex_lock(&pool->lock);
	spare->next = pool->first;
	pool->first = spare;
	pthread_mutex_unlock(&pool->lock);
}

bool duban_check(const struct duban_schema *schema, const struct duban_stream *stream)
{
	struct spare *spare = stream->root ? take_spare(schema) : NULL;
	bool valid;

	if (!spare)
		return false;
	valid = schema_check(schema->schema, spare->run, stream->root, NULL, NULL);
	give_back(schema, spare);
	return valid;
}

int duban_explain(const struct duban_schema *schema, const struct duban_stream *stream,
		  duban_report *report, void *context)
{
	const struct reporter to = { report, context };
	struct findings findings = { 0 };
	/* others may look for places in the document too: each from where it begins */
	struct lines lines = stream->lines;
	struct schema_source source = stream->source;
	struct spare *spare;

	if (!stream->root)
		return fail_with(EINVAL);
	source.lines = &lines;
	spare = take_spare(schema);
	if (!spare)
		return -1;
	schema_explain(schema->schema, spare->run, stream->root, NULL, &source, &findings);
	give_back(schema, spare);
	return finish(findings.errors > 0, &findings, &to);
}
