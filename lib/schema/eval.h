/*
 * eval.h: the evaluator and what it leaves for the one who explains. Private to lib/schema.
 *
 * There is one evaluator. Without `explain` it stops at the first fault and allocates nothing; with
 * it, it goes on, notes a struct fault for each, and explain.c makes findings of them. So the two
 * cannot disagree.
 */
#ifndef DUBAN_SCHEMA_EVAL_H
#define DUBAN_SCHEMA_EVAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "schema/program.h"
#include "schema/schema.h"

/* subschemas within each other, by nesting of the value or by reference */
#define DEEPEST_EVALUATION 2048

/* where the evaluation stands: a chain from the value up to the document, on the stack */
struct frame {
	const struct frame *up;
	const struct node *node;
	const struct member *member; /* of a map, else NULL */
	uint32_t index;              /* in a list */
	bool is_key;                 /* the value is the member's name (propertyNames) */
};

enum fault_kind {
	FAULT_FALSE, /* a schema that is `false` */
	FAULT_TYPE,
	FAULT_ENUM,
	FAULT_CONST,
	FAULT_MINIMUM,
	FAULT_MAXIMUM,
	FAULT_EXCLUSIVE_MINIMUM,
	FAULT_EXCLUSIVE_MAXIMUM,
	FAULT_MULTIPLE,
	FAULT_MIN_LENGTH,
	FAULT_MAX_LENGTH,
	FAULT_MIN_ITEMS,
	FAULT_MAX_ITEMS,
	FAULT_MIN_PROPERTIES,
	FAULT_MAX_PROPERTIES,
	FAULT_FORMAT,
	FAULT_PATTERN,
	FAULT_NOT_BEFORE,
	FAULT_NOT_AFTER,
	FAULT_WORD,
	FAULT_RECORD,
	FAULT_RECORD_NOT_HERE,
	FAULT_REQUIRED,
	FAULT_DEPENDENT_REQUIRED,
	FAULT_UNKNOWN_FIELD,
	FAULT_UNKNOWN_ITEM,
	FAULT_UNIQUE,
	FAULT_CONTAINS,
	FAULT_CONTAINS_MANY,
	FAULT_NOT,
	FAULT_ANY_OF,
	FAULT_ONE_OF,      /* none fits */
	FAULT_ONE_OF_MANY, /* more than one fits */
	FAULT_EXPENSIVE,
	FAULT_DEEP,
	FAULT_COSTLY,
	FAULT_MANY,
	FAULT_MEMORY,
};

/* an operation in its block */
struct site {
	uint32_t block, op;
};

struct fault {
	uint8_t kind;
	uint8_t level;
	bool is_key;   /* about a member's name */
	bool is_other; /* of a branch that was probably not meant */
	uint32_t depth;
	struct site site;
	const struct node *node;          /* the value at fault */
	const struct node *parent;        /* the map or list it stands in, or NULL */
	const struct member *member;      /* through which it was reached, or NULL */
	const struct member *list_member; /* of an item: the member that holds the list */
	uint32_t index;                   /* of an item, in its list */
	const char *pointer;              /* JSON pointer of the value */
	const char *within;               /* what encloses the subject of the message, or NULL */
	const struct node *const
		*fields;          /* values of the fields around it, nearest first, then NULL */
	uint32_t number;          /* a text, a count, an index; by kind */
	const struct site *sites; /* of branches that failed alike, or that all hold */
	uint32_t nsites;
};

/* a block that was applied to a value, for titles and names of fields */
struct application {
	const struct node *node;
	uint32_t block, order;
};

struct explainer {
	struct arena arena;
	ARRAY_OF(struct fault) faults;
	ARRAY_OF(struct application) applied;
	uint32_t compared; /* words with others, for hints */
	bool no_memory;
};

/* what is left of the steps that an evaluation may take; a step is about what PCRE2 takes for one */
struct budget {
	const struct node *value; /* of which the size may add some; NULL: it has */
	size_t left;
};

struct schema_run {
	const struct schema *schema;
	struct matcher *matcher;
	uint64_t *words; /* bitmaps of what has been evaluated, a stack */
	uint32_t nwords, words_cap;
	uint32_t *scope; /* resources entered, outermost first; room for DEEPEST_EVALUATION */
	uint32_t nscope;

	/* of one evaluation */
	const struct schema_host *host;
	struct explainer *explain;   /* NULL: only the answer matters */
	struct explainer *explainer; /* the same, also while a condition is tried in silence */
	struct budget budget;
	uint32_t depth;
	uint8_t trouble; /* enum fault_kind that ended the evaluation, or 0 */
	struct fault at; /* where */
	bool warned;
};

void budget_init(struct budget *budget, const struct node *value);

/* budget_init_alone: for a value that is part of one: so little that 128 of them have it for sure. */
void budget_init_alone(struct budget *budget);

/* budget_is_ample: whether half of what is free is left. */
bool budget_is_ample(const struct budget *budget);

/* budget_whole: what it takes to look at all of a value. */
size_t budget_whole(const struct node *value);

/* eval_root: evaluates the whole value. */
bool eval_root(struct schema_run *run, const struct node *value, const struct schema_host *host,
	       struct explainer *explainer);

/* what the parts of the evaluator share */

/* eval_block: applies a block to the frame's value; marks what it evaluates in the bitmap `track`.
 */
bool eval_block(struct schema_run *run, uint32_t block, const struct frame *at, uint32_t track);

/* eval_quiet: the same, without faults and warnings. */
bool eval_quiet(struct schema_run *run, uint32_t block, const struct frame *at, uint32_t track);

/* eval_fault: notes a fault when explaining; always false. */
bool eval_fault(struct schema_run *run, enum fault_kind kind, const struct frame *at,
		struct site site, uint32_t number);

/* eval_trouble: ends the evaluation with a fault that is no answer; always false. */
bool eval_trouble(struct schema_run *run, enum fault_kind kind, const struct frame *at,
		  struct site site);

/*
 * eval_spend: takes steps from the budget; false, and the evaluation ended, when there are no more so
 * many.
 */
bool eval_overdraw(struct schema_run *run, size_t steps, const struct frame *at);

static inline bool eval_spend(struct schema_run *run, size_t steps, const struct frame *at)
{
	if (steps > run->budget.left)
		return eval_overdraw(run, steps, at);
	run->budget.left -= steps;
	return true;
}

/* fault_add: a copy at the end of the list. */
void fault_add(struct explainer *explainer, const struct fault *fault);

/* eval_track: an empty bitmap for n members or items on the stack; NONE when out of memory. */
uint32_t eval_track(struct schema_run *run, uint32_t n);

/* eval_branches: anyOf and oneOf. */
bool eval_branches(struct schema_run *run, struct site site, const struct frame *at,
		   uint32_t track);

bool eval_object(struct schema_run *run, struct site site, const struct frame *at, uint32_t track);
bool eval_list(struct schema_run *run, struct site site, const struct frame *at, uint32_t track);
bool eval_value(struct schema_run *run, struct site site, const struct frame *at);

/* eval_pattern: PATTERN_YES or not; trouble counts as not, and is noted. */
bool eval_pattern(struct schema_run *run, uint32_t pattern, const struct frame *at,
		  struct site site, const char *text, size_t n);

static inline const struct op *site_op(const struct schema *schema, struct site site)
{
	return &schema->ops.p[site.op];
}

static inline void track_mark(struct schema_run *run, uint32_t track, uint32_t i)
{
	if (track != NONE)
		run->words[track + i / 64] |= UINT64_C(1) << (i % 64);
}

static inline bool track_has(const struct schema_run *run, uint32_t track, uint32_t i)
{
	return run->words[track + i / 64] >> (i % 64) & 1;
}

/* track_join: what is in `from` is in `to` too. */
void track_join(struct schema_run *run, uint32_t to, uint32_t from, uint32_t n);

#endif
