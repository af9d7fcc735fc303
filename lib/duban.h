/*
 * duban.h: YAML and JSON documents against JSON Schema 2020-12, every fault with line and column.
 *
 *	set = duban_set_new(report, context)           schemas by URI
 *	duban_set_add_path(set, "schemas", 0)          from files and folders
 *	duban_set_add(set, uri, name, text, size, 0)   or from memory
 *	schema = duban_compile(set, uri, 0)            once, for all threads
 *
 *	stream = duban_open_path("plan.yaml", 0, report, context)
 *	while (duban_next(stream) > 0)                 one document after the other
 *		if (!duban_check(schema, stream))      yes or no, without allocating
 *			duban_explain(schema, stream, report, context)
 *	duban_close(stream)
 *
 *	duban_schema_free(schema)
 *	duban_set_free(set)
 *
 * Compile and link with `pkg-config --cflags --libs duban` (--static for libduban.a, whose other
 * symbols are hidden as well). duban(3) has a whole program.
 *
 * The standard: all vocabularies of 2020-12, custom metaschemas, `$dynamicRef`; of drafts 4, 6, 7
 * and 2019-09 what means the same in 2020-12, the rest is refused. `format` annotates, unless it is
 * asked to assert. Patterns are ECMA-262; one that is too expensive on a text is a finding of its
 * own. YAML is read by the core schema of 1.2. Nothing is ever fetched: what a `$ref` names must be
 * in the set, where the 2020-12 metaschemas always are.
 *
 * Errors. What is wrong with a schema or a document is a finding and goes to a `duban_report`; a
 * call tells all of its findings, in order of position, before it returns. NULL or -1 come with
 * errno EINVAL after a finding of level error, and for an argument that cannot be; or with ENOMEM.
 * Nothing prints, exits, or changes the locale, the environment or a signal; there is no global
 * state.
 *
 * Threads. A set and a stream belong to one thread at a time. A schema is never changed: any number
 * of threads may check and explain with it, the same document too while none calls duban_next, and
 * the set it came from may be added to, compiled from and asked meanwhile. A call needs at most
 * 2 MiB of stack, for a document and a schema nested to their limits.
 *
 * Memory. A set keeps copies of all texts. A schema keeps scratch for as many threads as have used
 * it at once; once that is there, duban_check allocates nothing for a valid document (but that the
 * scratch grows with the largest list or map below `unevaluated…` and `uniqueItems`). Limits: a
 * schema of 16 MiB, a text of 1 GiB; 512 levels and 1,000,000 values in a document.
 *
 * Messages are English, or in the language of the locale when the program has called setlocale. The
 * catalogue is that of the gettext domain "duban": bindtextdomain says where it is (what
 * `pkg-config --variable=localedir duban` prints) and bind_textdomain_codeset that it is wanted in
 * UTF-8, in which all other texts here are.
 *
 * Compatibility. The structs below are filled by the library and read by the program: later
 * versions add fields at their ends, so never copy one as a whole or ask for its size. New flags
 * take new bits; a flag that a call does not know is an error, EINVAL.
 */
#ifndef DUBAN_H
#define DUBAN_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define DUBAN_API __attribute__((visibility("default")))
#else
#define DUBAN_API
#endif

/* Flags; which ones a call takes is said there. */
#define DUBAN_JSON 1u /* strict JSON (RFC 8259), not YAML */
#define DUBAN_PLAIN                                                                                \
	2u /* no anchors, aliases, tags, merge keys, bidi overrides and other controls; */
	   /* at most 64 MiB, and per document 32 levels and 10,000 values */
#define DUBAN_ASSERT_FORMAT 16u /* `format` is checked, whatever the metaschema says */
#define DUBAN_WARN_UNKNOWN 32u  /* keywords that no vocabulary has are warnings; not x-… */

/* An error makes a document invalid. Notes belong to the error before them: branches of an `anyOf`
 * or `oneOf` that may have been meant as well. */
enum duban_level { DUBAN_ERROR, DUBAN_WARNING, DUBAN_NOTE };

/* What is wrong and where. All texts are UTF-8 and live until the report returns; all but code and
 * message may be NULL. */
struct duban_finding {
	enum duban_level level;
	const char *code; /* kind of fault: "type", "required", "duplicate-key"; see duban(3) */
	const char *file; /* the name that was given, or the path */
	unsigned line, column; /* from 1, columns in characters; 0: no position */
	const char *pointer;   /* JSON pointer of the value, "" for the whole */
	const char *label;     /* nearest title that a schema gives the value */
	const char *message;
	const char *within;  /* what encloses the value: "in 'measures' item 2, line 14" */
	const char *hint;    /* what to do: allowed values, the nearest name, quotes */
	const char *excerpt; /* the line of the position, or the part of it around the column */
	unsigned caret;      /* which character of the excerpt the column is, from 1; 0: none */
	/* where the keyword stands that is not met, in the schema's file; 0: not known */
	const char *schema_file;
	unsigned schema_line, schema_column;
};

/*
 * duban_report: is called for each finding, with the context that came along, by the thread that
 * made the call. It must return, and may not call the library with the set or stream of that call.
 * Where one is asked for it may be NULL: then findings are dropped and only the answer counts.
 */
typedef void duban_report(void *context, const struct duban_finding *finding);

/*
 * duban_finding_text: the finding as lines for a terminal, as schema-check(1) prints it: position,
 * message and code, the excerpt with a caret under the place, what encloses it, the hint; control
 * characters made visible. At most size bytes are written, a NUL included, and no character is cut;
 * buffer may be NULL when size is 0. Returns the length of the whole, without the NUL; 0 when out
 * of memory.
 */
DUBAN_API size_t duban_finding_text(const struct duban_finding *finding, char *buffer, size_t size);

/* duban_version: "0.1.0"; static. */
DUBAN_API const char *duban_version(void);

/* A set: schema documents, each under its `$id` and the URI that it was added under. */
struct duban_set;

/* duban_set_new: an empty set; findings about its schemas go to `report`. NULL when out of memory.
 */
DUBAN_API struct duban_set *duban_set_new(duban_report *report, void *context);

/* duban_set_free: the schemas that were compiled from it must have been freed. NULL is ignored. */
DUBAN_API void duban_set_free(struct duban_set *set);

/*
 * duban_set_add: adds a document of size bytes. `uri` is where it was got from, absolute: relative
 * references start there, and it is known by it. NULL will do for a document with an absolute
 * `$id`, and for one that nothing refers to. `name` is what findings call it, not NULL. Two
 * documents of one URI are an error. Flags: DUBAN_JSON. Returns 0, or -1 with errno; then the set
 * is good for nothing but duban_set_free.
 */
DUBAN_API int duban_set_add(struct duban_set *set, const char *uri, const char *name,
			    const char *text, size_t size, unsigned flags);

/*
 * duban_set_add_path: adds a file, or all files below a folder whose names end in .json, .yaml or
 * .yml. Their URIs are file: URIs, so that `$ref: common.yaml` finds the file beside. .json is
 * JSON, the other two are YAML; a file of another name is YAML, or with DUBAN_JSON JSON. A file
 * that was added before is passed over. 0 or -1, as duban_set_add.
 */
DUBAN_API int duban_set_add_path(struct duban_set *set, const char *path, unsigned flags);

/* A schema: compiled, immutable. */
struct duban_schema;

/*
 * duban_compile: the schema at an absolute URI, which may have a fragment (a JSON pointer or an
 * anchor); NULL: the document that was added first. It and all documents that it refers to are
 * checked as a whole, also against their metaschemas. Flags: DUBAN_ASSERT_FORMAT,
 * DUBAN_WARN_UNKNOWN. Returns NULL with errno.
 */
DUBAN_API struct duban_schema *duban_compile(struct duban_set *set, const char *uri,
					     unsigned flags);

/* duban_schema_free: NULL is ignored; no thread may be using it. */
DUBAN_API void duban_schema_free(struct duban_schema *schema);

/* A stream: a text, and the one of its documents that it stands at. */
struct duban_stream;

/*
 * duban_open: a stream over size bytes of text, which must stay as they are until duban_close;
 * `name` is what findings call it and is copied. It stands before the first document. Findings of
 * reading, here and in duban_next, go to `report`. Flags: DUBAN_JSON, a text of one document;
 * DUBAN_PLAIN. Returns NULL with errno.
 */
DUBAN_API struct duban_stream *duban_open(const char *name, const char *text, size_t size,
					  unsigned flags, duban_report *report, void *context);

/* duban_open_path: the same of a file, whose name says JSON or YAML as in duban_set_add_path. */
DUBAN_API struct duban_stream *duban_open_path(const char *path, unsigned flags,
					       duban_report *report, void *context);

/*
 * duban_next: reads the next document, and forgets the one before it. 1; 0 when there is none; -1
 * with errno, and then it is at its end. A text without any document is an error.
 */
DUBAN_API int duban_next(struct duban_stream *stream);

/* duban_close: NULL is ignored. */
DUBAN_API void duban_close(struct duban_stream *stream);

/*
 * duban_check: whether the document that the stream stands at is valid; stops at the first fault.
 * False also where there is no document, and where the answer cannot be had: a pattern too
 * expensive, a schema that leads too deep, no memory (errno ENOMEM); duban_explain tells which.
 */
DUBAN_API bool duban_check(const struct duban_schema *schema, const struct duban_stream *stream);

/*
 * duban_explain: reports every fault of the document. 0 when it is valid (exactly when duban_check
 * says so), 1 when it is not, -1 with errno: EINVAL where there is no document, ENOMEM when
 * findings may be missing.
 */
DUBAN_API int duban_explain(const struct duban_schema *schema, const struct duban_stream *stream,
			    duban_report *report, void *context);

/*
 * What a schema says of a property, for forms, columns and options. It follows `$ref`, `allOf` and
 * the first alternative of `anyOf` and `oneOf` that is not null. Texts live until the visit
 * returns; all but the name may be NULL.
 */
struct duban_property {
	const char *name;
	const char *title, *description;
	const char *
		type; /* as JSON Schema calls them: "string", "array"; the first that is not null */
	bool required;
	const char *items_type;   /* of the items of an array */
	size_t ncodes;            /* of `enum`, or that of the items: texts, numbers, booleans */
	const char *const *codes; /* "on-site", "3", "true" */
	const char *const
		*labels;       /* from the keyword x-labels, a map from codes; each may be NULL */
	const char *uri;       /* of its schema, for duban_compile and duban_properties */
	const char *items_uri; /* of the schema of its items */
};

typedef void duban_visit(void *context, const struct duban_property *property);

/*
 * duban_properties: visits the properties of the object schema at a URI (as in duban_compile), in
 * the order in which schemas say them, those in `$ref` and `allOf` too. `given`, unless it is NULL,
 * stands at a document of which some fields are known: what is under an `if` counts where they are
 * the `const` that it asks for, and under no other condition. Returns the number of properties; -1
 * with errno, EINVAL when there is no such schema. Nothing need have been compiled.
 */
DUBAN_API int duban_properties(struct duban_set *set, const char *uri,
			       const struct duban_stream *given, duban_visit *visit, void *context);

#ifdef __cplusplus
}
#endif

#endif
