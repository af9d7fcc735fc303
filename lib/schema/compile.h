/*
 * compile.h: what the parts of the schema compiler share. Private to lib/schema.
 *
 * Blocks are reserved when they are first referred to and compiled one after the other, so that
 * neither recursion nor deep nesting of schemas needs stack. A keyword's function (keyword.h)
 * checks its value and emits operations, or notes the value in `draft` where several keywords make
 * one operation.
 */
#ifndef DUBAN_SCHEMA_COMPILE_H
#define DUBAN_SCHEMA_COMPILE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/map.h"
#include "schema/dialect.h"
#include "schema/keyword.h"
#include "schema/program.h"
#include "schema/set.h"

/* keywords that act together */
enum draft {
	DRAFT_PROPERTIES,
	DRAFT_PATTERN_PROPERTIES,
	DRAFT_ADDITIONAL_PROPERTIES,
	DRAFT_PROPERTY_NAMES,
	DRAFT_REQUIRED,
	DRAFT_PREFIX_ITEMS,
	DRAFT_ITEMS,
	DRAFT_CONTAINS,
	DRAFT_MIN_CONTAINS,
	DRAFT_MAX_CONTAINS,
	DRAFT_IF,
	DRAFT_THEN,
	DRAFT_ELSE,
	DRAFT_WORD,
	DRAFT_WORD_LEVEL,
	DRAFT_RECORD,
	DRAFT_FINDING,
	DRAFTS
};

struct compiler {
	struct schema_set *set;
	struct schema *program;
	struct findings *findings;
	unsigned flags; /* of schema_compile */
	bool failed, no_memory;
	struct arena scratch;
	struct map blocks;                  /* address of a schema node to 1 + its block */
	struct map documents;               /* address of a document: entered */
	ARRAY_OF(struct dialect) resources; /* index is block.resource */
	struct map entered;                 /* address of a resource to 1 + its index */

	/* the block that is being compiled */
	struct place place;
	uint32_t resource;
	const struct node *draft[DRAFTS];
};

#define ROOM(c, array)                                                                             \
	((array).p = compile_room(c, (array).p, (array).count, &(array).cap, sizeof(*(array).p)),  \
	 (array).count < (array).cap)

/* compile_room: the array with room for one more; the same one and no_memory set on failure. */
void *compile_room(struct compiler *c, void *array, uint32_t count, uint32_t *cap, size_t size);

/* compile_refuse: a finding at a node of the schema being compiled; returns it for a hint. */
struct finding *compile_refuse(struct compiler *c, const char *code, const struct node *node,
			       const char *format, ...) __attribute__((format(printf, 4, 5)));

/* compile_expect: whether the value is of one of the types; else a finding that says `what` (an
 * N_ text) it must be. */
bool compile_expect(struct compiler *c, const struct keyword *keyword, const struct node *value,
		    unsigned types, const char *what);

/* compile_emit: adds an operation to the block. */
int compile_emit(struct compiler *c, enum op_code code, unsigned types, uint32_t a, uint32_t b,
		 uint32_t d);

/* compile_block: the block of a subschema, compiled later; BLOCK_TRUE after a finding. */
uint32_t compile_block(struct compiler *c, const struct node *schema);
uint32_t compile_block_at(struct compiler *c, const struct node *schema,
			  const struct resource *resource);

/* compile_text, compile_pattern: its index, NONE on failure. */
uint32_t compile_text(struct compiler *c, const char *text, uint32_t n);
uint32_t compile_pattern(struct compiler *c, const char *text, uint32_t n,
			 const struct node *where);

/* compile_refuse_loops: a finding for every circle of references, when all blocks are there. */
void compile_refuse_loops(struct compiler *c);

/* the operations that a block's draft makes */
int compile_objects(struct compiler *c);
int compile_lists(struct compiler *c);
int compile_conditions(struct compiler *c);
int compile_words(struct compiler *c);

/* functions of the table in keyword.c */
typedef int compile_keyword(struct compiler *c, const struct keyword *keyword,
			    const struct node *value);
compile_keyword compile_type, compile_enum, compile_const, compile_bound, compile_multiple,
	compile_size, compile_pattern_keyword, compile_format, compile_unique, compile_draft_schema,
	compile_draft_map, compile_draft_list, compile_draft_names, compile_draft_count,
	compile_draft_string, compile_draft_strings, compile_draft_boolean, compile_sibling,
	compile_needs, compile_dependent, compile_all_of, compile_one_block, compile_branches,
	compile_reference, compile_dynamic_reference, compile_vocabulary, compile_definitions,
	compile_schema, compile_is_string, compile_is_boolean, compile_is_list;

#endif
