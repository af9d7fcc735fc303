/*
 * duban.h: the validation library for other programs: YAML documents against JSON Schema 2020-12,
 * with positions.
 *
 *	struct duban_set *set = duban_set_new();
 *	duban_set_add(set, "duban:visit", "visit.yaml", text, size, report, NULL);
 *	struct duban_schema *schema = duban_compile(set, "duban:visit", 1, report, NULL);
 *	int result = duban_check(schema, "record.yaml", record, length, report, NULL);
 *
 * Compile and link with `pkg-config --cflags --libs duban`. Nothing here prints, exits, reads files
 * or keeps global state. A set and what was compiled from it may be used by one thread at a time; a
 * compiled schema may be checked by many at once.
 */
#ifndef DUBAN_H
#define DUBAN_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define DUBAN_API __attribute__((visibility("default")))
#else
#define DUBAN_API
#endif

enum duban_level { DUBAN_ERROR, DUBAN_WARNING, DUBAN_NOTE };

/* What is wrong and where. Texts live until the callback returns; any but code and message may be
 * NULL. */
struct duban_finding {
	enum duban_level level;
	const char *code;      /* kind of fault: "type", "required", "duplicate-key" */
	const char *file;      /* the name that was given */
	unsigned line, column; /* from 1, columns in characters; 0: no position */
	const char *pointer;   /* JSON pointer of the value */
	const char *label;     /* title of the field in the schema */
	const char *message;
	const char *hint; /* what to do */
};

/* duban_report: is called for each finding, in order of position. */
typedef void duban_report(void *context, const struct duban_finding *finding);

struct duban_set;    /* schema documents, by URI */
struct duban_schema; /* a compiled one */

/* duban_version: "0.1.0"; static. */
DUBAN_API const char *duban_version(void);

/* duban_set_new: an empty set, NULL when out of memory. duban_set_free: also of what was added;
 * NULL is ignored. Schemas that were compiled from it must be freed before. */
DUBAN_API struct duban_set *duban_set_new(void);
DUBAN_API void duban_set_free(struct duban_set *set);

/*
 * duban_set_add: adds a schema document (YAML, or JSON as far as it is YAML) under its `$id` and,
 * when not NULL, `uri`. The text is copied; `name` is what findings call it. report may be NULL. 0,
 * -1 after findings or when out of memory (errno ENOMEM).
 */
DUBAN_API int duban_set_add(struct duban_set *set, const char *uri, const char *name,
			    const char *text, size_t size, duban_report *report, void *context);

/*
 * duban_compile: the schema at an absolute URI; all that it refers to must have been added.
 * `format` asserts when assert_format is not 0. NULL after findings or when out of memory.
 */
DUBAN_API struct duban_schema *duban_compile(struct duban_set *set, const char *uri,
					     int assert_format, duban_report *report,
					     void *context);
DUBAN_API void duban_schema_free(struct duban_schema *schema);

/*
 * duban_check: checks every document of a YAML text. Returns 0 when all are valid, 1 after findings
 * of level error, -1 when out of memory.
 */
DUBAN_API int duban_check(const struct duban_schema *schema, const char *name, const char *text,
			  size_t size, duban_report *report, void *context);

#ifdef __cplusplus
}
#endif

#endif
