/*
 * schema.h: JSON Schema 2020-12, compiled once, checked many times.
 *
 *   set = schema_set_new()                a registry of schema documents by URI
 *   schema_set_add(set, tree, name, …)    each file once; the tree must outlive the set
 *   schema = schema_compile(set, uri, …)  one flat program; it needs the trees as long as it lives
 *   run = schema_run_new(schema)          scratch memory of one thread
 *   schema_check(schema, run, node, …)    true or false, no allocation, stops at the first fault
 *   schema_explain(schema, run, node, …)  only after a failure: every fault as a finding
 *
 * Faults of a schema are findings at the schema's own file:line:column. Nothing here touches the
 * network or the disk; what a `$ref` names must have been added to the set.
 *
 * A compiled schema is never changed and may be shared by threads; a run belongs to one thread at a
 * time, a set to one thread. Findings of one call come in the order they are found: findings_sort
 * them.
 *
 * Our own vocabulary (schemas/vocabulary.yaml) says what JSON Schema cannot; what a word or a
 * record is, the host knows: the three questions below are asked while checking.
 */
#ifndef DUBAN_SCHEMA_SCHEMA_H
#define DUBAN_SCHEMA_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"
#include "yaml/tree.h"

struct schema_set;
struct schema;
struct schema_run;

enum record_answer { RECORD_FOUND, RECORD_MISSING, RECORD_NOT_HERE };

/* What the schema cannot know. Any function may be NULL: then its keyword is not checked. */
struct schema_host {
	void *context;
	/* x-word: whether the value is a word of this kind ("unit", "indicator", "vocab:x"…) */
	bool (*is_word)(void *context, const char *kind, const struct node *value);
	/* the hint of a failure of it: appends nearest and allowed words to *hint */
	void (*word_hint)(void *context, const char *kind, const struct node *value,
			  struct str *hint);
	/*
	 * x-record: whether the record exists. kinds: n names, none for any kind. finding:
	 * `<id>/<N>` allowed. RECORD_NOT_HERE, a unit's folder that was not checked out, is a
	 * warning.
	 */
	enum record_answer (*has_record)(void *context, const char *const *kinds, size_t n,
					 const struct node *value, bool finding);
};

struct schema_set *schema_set_new(void);
void schema_set_free(struct schema_set *set);

/*
 * schema_set_add: adds a document under its `$id` (or `uri`, when it has none; NULL: under `name`);
 * with both, `uri` is what a relative `$id` is resolved against and names the document too (2020-12
 * core 9.1.1). `text`, of `size` bytes, is the source, for excerpts; may be NULL; like the tree it
 * must outlive the set. -1 after a finding, when the document is no schema or its URI is taken, or
 * when out of memory (errno ENOMEM); the set is then good for nothing but schema_set_free. Faults
 * within the document are found by schema_compile.
 */
int schema_set_add(struct schema_set *set, const struct node *document, const char *uri,
		   const char *name, const char *text, size_t size, struct findings *findings);

/* for schema_compile */
#define SCHEMA_ASSERT_FORMAT 1u /* format is checked, whatever the metaschema says */
#define SCHEMA_WARN_UNKNOWN 2u  /* keywords that no vocabulary knows are warnings; not x-… */

/*
 * schema_compile: the program for the schema at `uri` (absolute, may have a fragment; NULL: the
 * document that was added first). NULL after findings or when out of memory (errno ENOMEM). Without
 * SCHEMA_ASSERT_FORMAT `format` is checked only when the document's metaschema has the
 * format-assertion vocabulary. Every document that the schema refers to is checked as a whole, and
 * all that is wrong is told: identifiers and anchors that are none or taken, values of keywords,
 * patterns that are none, references that lead nowhere or around in a circle, unknown dialects; and
 * what its metaschema says, when that is one of the set. Codes: bad-schema, bad-keyword,
 * bad-pattern, bad-reference, bad-dialect, duplicate-id, unknown-keyword.
 */
struct schema *schema_compile(struct schema_set *set, const char *uri, unsigned flags,
			      struct findings *findings);
void schema_free(struct schema *schema);

/* schema_run_new: scratch of one thread at a time; NULL when out of memory. */
struct schema_run *schema_run_new(const struct schema *schema);
void schema_run_free(struct schema_run *run);

/*
 * schema_check: whether the value is valid. It stops at the first fault and allocates nothing, but
 * that a run's scratch grows with the largest map or list it meets below an unevaluated keyword or
 * with uniqueItems, and PCRE2 keeps a heap of its own from a run's first match on; both stay with
 * the run.
 *
 * What is only a warning (an unknown word with `x-word-level: warning` beside it, a record that is
 * not here) is no reason for false; *warnings, unless NULL, says whether there is one, and explain
 * tells it. False is also what cannot be decided (too deep, a pattern or the schema too expensive;
 * out of memory with errno ENOMEM); explain says so.
 */
bool schema_check(const struct schema *schema, struct schema_run *run, const struct node *value,
		  const struct schema_host *host, bool *warnings);

/*
 * Who checks very many maps that differ in few values checks those alone. schema_alone: whether
 * nothing in the schema looks at the member of this name (a dotted one: within a member) but its
 * own subschemas, which it then finds. Of two maps with the same members, equal but for such
 * values, one is valid without a warning when the other is so, cheaply, and schema_check_alone is
 * true of what differs. schema_was_cheap: of the schema_check before: that it would have succeeded
 * with values of twice the cost. Where there is a doubt, all three say no.
 */
#define SCHEMA_ALONE_MOST 8

struct schema_alone {
	uint32_t blocks[SCHEMA_ALONE_MOST], count;
};

bool schema_alone(const struct schema *schema, const char *name, struct schema_alone *alone);
bool schema_check_alone(const struct schema *schema, struct schema_run *run,
			const struct schema_alone *alone, const struct node *value,
			const struct schema_host *host);
bool schema_was_cheap(const struct schema_run *run);

/*
 * What explain knows of the document: its name and text for positions and excerpts. All may be
 * NULL. `pointer` is put before every JSON pointer (for a part of a document). `lines` may stand in
 * for text and size; who explains many documents of one text should give it.
 */
struct schema_source {
	const char *name;
	const char *text;
	size_t size;
	const char *pointer;
	size_t number; /* of the document in the text; told when it is above 1 */
	struct lines *lines;
	/* what its readers call a field, or the whole (""); NULL: as it is called in the
	 * document */
	const char *(*called)(void *context, const char *field);
	void *context;
};

/*
 * schema_explain: appends a finding for every fault, errors and warnings; notes tell other branches
 * of an anyOf or oneOf that may have been meant. The code is the keyword in kebab case (type, enum,
 * pattern, min-length, required, one-of …) or unknown-field, unknown-item, unknown-word,
 * unknown-record, record-not-here, not-before, not-after, pattern-too-expensive,
 * schema-too-expensive, too-deep, too-many-faults (there is no end at 10,000), no-memory. A finding
 * stands at the value; that of a missing field at the name of the map it is missing in, that of a
 * field that should not be there at its name. Its label is the title of the nearest field in the
 * schemas.
 *
 * Check and explain are one evaluator: a value is valid exactly when no error is told.
 */
void schema_explain(const struct schema *schema, struct schema_run *run, const struct node *value,
		    const struct schema_host *host, const struct schema_source *source,
		    struct findings *findings);

/*
 * Questions to a schema, for the command line, forms and labels: its properties as the trees say
 * them, gathered through `$ref` and `allOf` (first wins, a later one fills in what it leaves open,
 * `entered` last). What a property is follows `$ref`, `allOf` and the first
 * alternative of `anyOf` or `oneOf` that is not null.
 */
struct schema_property {
	const char *name;        /* "indicator_type" */
	const char *title;       /* Chinese label, or NULL */
	const char *english;     /* x-en, or NULL */
	const char *description; /* or NULL */
	const char *option;      /* long option without dashes; NULL: none */
	const char *metavar;     /* what --help shows as argument; NULL: from the type */
	const char *type; /* "string", "integer", "boolean", "array", "object", "number" or NULL */
	const char *format;           /* of it or of its items, or NULL */
	const char *word;             /* x-word of it or of its items, or NULL */
	const struct node *codes;     /* enum of it or of its items, or NULL */
	const struct node *labels;    /* x-labels beside that enum, or NULL */
	const struct node *aliases;   /* x-aliases beside it, or NULL */
	const struct node *shorthand; /* x-shorthand of it or of its items, or NULL */
	const struct node *headings;  /* x-headings, or NULL */
	const struct node *schema;    /* its subschema, behind bare references */
	const struct node
		*items; /* of an array: its items' subschema, references resolved; or NULL */
	const char *items_type; /* type of the items, or NULL */
	bool required;
	const struct node *personal; /* x-personal of it or its items, or NULL */
	bool free_text;              /* x-free-text of it or its items */
};

/*
 * schema_properties: the properties of the object schema at `uri` (as in schema_compile), in order.
 * `given`: fields that are known already, or NULL; what stands under an `if` counts where they are
 * the `const` that it asks for, and under no other condition. The array and its texts live as long
 * as the arena and the set. Returns the number, and 0 with *out NULL and errno: EINVAL when there
 * is no such schema, ENOMEM when out of memory.
 */
size_t schema_properties(struct schema_set *set, const char *uri, const struct node *given,
			 struct arena *arena, struct schema_property **out);

/* schema_subproperties: the same for a subschema node that a property gave (an inspection's
 * values). */
size_t schema_subproperties(struct schema_set *set, const struct node *subschema,
			    struct arena *arena, struct schema_property **out);

/*
 * schema_uri: appends a URI that leads to a subschema of the set, such as a property gave: that of
 * the nearest `$id` around it and a JSON pointer. False when it stands at no keyword that holds a
 * schema.
 */
bool schema_uri(const struct schema_set *set, const struct node *schema, struct str *out);

#endif
