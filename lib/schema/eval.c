/*
 * The evaluator: blocks, references, conditions. Lists and maps are in eval_apply.c, single values
 * in eval_value.c, anyOf and oneOf in branch.c.
 *
 * What a subschema has evaluated (2020-12 core 11) is kept as one bit for each member or item, and
 * only below a subschema that has an unevaluated keyword. While explaining, marks of a subschema
 * that failed stay, or every field of a record with one wrong date would be called unknown; the
 * answer is false already then, so nothing else changes.
 */
#include "schema/eval.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static uint32_t words_for(uint32_t n)
{
	return n / 64 + 1;
}

uint32_t eval_track(struct schema_run *run, uint32_t n)
{
	uint32_t need = words_for(n), at = run->nwords;

	if (need > run->words_cap - at) {
		uint32_t cap = run->words_cap * 2 > at + need ? run->words_cap * 2 : at + need;
		uint64_t *words = realloc(run->words, cap * sizeof(*words));

		if (!words) {
			run->trouble = FAULT_MEMORY;
			return NONE;
		}
		run->words = words;
		run->words_cap = cap;
	}
	memset(run->words + at, 0, need * sizeof(*run->words));
	run->nwords += need;
	return at;
}

void track_join(struct schema_run *run, uint32_t to, uint32_t from, uint32_t n)
{
	if (to == NONE || from == NONE)
		return;
	for (uint32_t i = 0; i < words_for(n); i++)
		run->words[to + i] |= run->words[from + i];
}

static uint32_t size_of(const struct node *node)
{
	return node->type == NODE_MAP || node->type == NODE_LIST ? node->count : 0;
}

bool eval_quiet(struct schema_run *run, uint32_t block, const struct frame *at, uint32_t track)
{
	struct explainer *explain = run->explain;
	bool warned = run->warned, valid;

	run->explain = NULL;
	valid = eval_block(run, block, at, track);
	run->explain = explain;
	run->warned = warned;
	/* one expensive pattern must not hide all other faults */
	if (explain && run->trouble == FAULT_EXPENSIVE) {
		run->trouble = 0;
		fault_add(explain, &run->at);
		return false;
	}
	return valid;
}

/* a subschema whose marks count only when it holds; *valid tells whether */
static bool eval_condition(struct schema_run *run, uint32_t block, const struct frame *at,
			   uint32_t track, bool *valid)
{
	uint32_t words = run->nwords, n = size_of(at->node);
	uint32_t own = track == NONE || !n ? NONE : eval_track(run, n);

	if (run->trouble)
		return false;
	*valid = eval_quiet(run, block, at, own);
	if (*valid)
		track_join(run, track, own, n);
	run->nwords = words;
	return !run->trouble;
}

static bool eval_if(struct schema_run *run, struct site site, const struct frame *at,
		    uint32_t track)
{
	const struct op *op = site_op(run->schema, site);
	bool holds;

	if (op->b == BLOCK_TRUE && op->c == BLOCK_TRUE && track == NONE)
		return true;
	if (!eval_condition(run, op->a, at, track, &holds))
		return false;
	return eval_block(run, holds ? op->b : op->c, at, track);
}

static bool eval_not(struct schema_run *run, struct site site, const struct frame *at)
{
	bool holds;

	/* core 10.2.1.4: what is inside never annotates */
	if (!eval_condition(run, site_op(run->schema, site)->a, at, NONE, &holds))
		return false;
	return !holds || eval_fault(run, FAULT_NOT, at, site, 0);
}

static bool eval_dependent(struct schema_run *run, struct site site, const struct frame *at,
			   uint32_t track)
{
	const struct op *op = site_op(run->schema, site);
	const struct text *name = &run->schema->texts.p[op->a];

	for (uint32_t i = 0; i < at->node->count; i++) {
		const struct member *m = &at->node->members[i];

		if (m->hash == name->hash && m->len == name->len &&
		    memcmp(m->name, name->p, name->len) == 0)
			return eval_block(run, op->b, at, track);
	}
	return true;
}

static const struct scope *scope_of(const struct schema *schema, const struct op *op,
				    uint32_t resource)
{
	uint32_t low = op->b, high = op->b + op->c;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (schema->scopes.p[middle].resource < resource)
			low = middle + 1;
		else
			high = middle;
	}
	return low < op->b + op->c && schema->scopes.p[low].resource == resource
		       ? &schema->scopes.p[low]
		       : NULL;
}

/* core 8.2.3.2: the outermost resource of the dynamic scope that has the anchor */
static bool eval_dynamic(struct schema_run *run, struct site site, const struct frame *at,
			 uint32_t track)
{
	const struct op *op = site_op(run->schema, site);
	const struct scope *scope = NULL;

	if (!eval_spend(run, run->nscope, at))
		return false;
	for (uint32_t i = 0; i < run->nscope && !scope; i++)
		scope = scope_of(run->schema, op, run->scope[i]);
	return eval_block(run, scope ? scope->block : op->a, at, track);
}

/* core 11.2, 11.3: what nothing else has evaluated */
static bool eval_rest(struct schema_run *run, struct site site, const struct frame *at,
		      uint32_t track)
{
	uint32_t block = site_op(run->schema, site)->a;
	const struct node *node = at->node;
	bool valid = true;

	for (uint32_t i = 0; i < node->count; i++) {
		const struct member *m = node->type == NODE_MAP ? &node->members[i] : NULL;
		struct frame below = {
			.up = at, .node = m ? m->value : &node->items[i], .member = m, .index = i
		};
		bool fits = true;

		if (track_has(run, track, i))
			continue;
		if (block == BLOCK_FALSE)
			fits = eval_fault(run, m ? FAULT_UNKNOWN_FIELD : FAULT_UNKNOWN_ITEM, &below,
					  site, 0);
		else if (block != BLOCK_TRUE)
			fits = eval_block(run, block, &below, NONE);
		track_mark(run, track, i);
		if (!fits) {
			valid = false;
			if (!run->explain)
				return false;
		}
	}
	return valid;
}

static bool eval_op(struct schema_run *run, struct site site, const struct frame *at,
		    uint32_t track)
{
	const struct op *op = site_op(run->schema, site);

	switch ((enum op_code)op->code) {
	case OP_OBJECT:
	case OP_NEEDS:
		return eval_object(run, site, at, track);
	case OP_ITEMS:
	case OP_UNIQUE:
	case OP_CONTAINS:
		return eval_list(run, site, at, track);
	case OP_REF:
		return eval_block(run, op->a, at, track);
	case OP_DYNAMIC_REF:
		return eval_dynamic(run, site, at, track);
	case OP_DEPENDENT:
		return eval_dependent(run, site, at, track);
	case OP_NOT:
		return eval_not(run, site, at);
	case OP_IF:
		return eval_if(run, site, at, track);
	case OP_ANY_OF:
	case OP_ONE_OF:
		return eval_branches(run, site, at, track);
	default: /* OP_UNEVALUATED_ITEMS, OP_UNEVALUATED_PROPERTIES */
		return eval_rest(run, site, at, track);
	}
}

static bool eval_ops(struct schema_run *run, uint32_t index, const struct frame *at, uint32_t track)
{
	const struct block *block = &run->schema->blocks.p[index];
	bool valid = true;

	for (uint32_t i = 0; i < block->count; i++) {
		struct site site = { .block = index, .op = block->first + i };
		const struct op *op = site_op(run->schema, site);

		if (!(op->types >> at->node->type & 1) ||
		    (op->code <= OP_RECORD ? eval_value(run, site, at)
					   : eval_op(run, site, at, track)))
			continue;
		valid = false;
		/* of a value of the wrong type there is nothing more to say */
		if (!run->explain || run->trouble || op->code == OP_TYPE)
			break;
	}
	return valid;
}

/* the block's own bitmap: what is outside of it does not count for its unevaluated keywords */
static bool eval_tracked(struct schema_run *run, uint32_t index, const struct frame *at,
			 uint32_t track)
{
	uint32_t words = run->nwords, own = eval_track(run, size_of(at->node));
	bool valid;

	if (own == NONE)
		return false;
	valid = eval_ops(run, index, at, own);
	if (valid || run->explain)
		track_join(run, track, own, size_of(at->node));
	run->nwords = words;
	return valid;
}

static void note_application(struct schema_run *run, uint32_t block, const struct node *node)
{
	struct explainer *e = run->explain;

	if (e->applied.count == e->applied.cap) {
		uint32_t cap = e->applied.cap ? e->applied.cap * 2 : 256;
		struct application *p = realloc(e->applied.p, cap * sizeof(*p));

		if (!p) {
			e->no_memory = true;
			return;
		}
		e->applied.p = p;
		e->applied.cap = cap;
	}
	e->applied.p[e->applied.count] =
		(struct application){ .node = node, .block = block, .order = e->applied.count };
	e->applied.count++;
}

/* operations look at the children of a value once, and at a text mostly in parts or in bulk */
static size_t cost_of(const struct block *block, const struct node *node)
{
	bool is_text = node->type != NODE_MAP && node->type != NODE_LIST;

	return 1 + (is_text ? block->count * (size_t)(1 + node->count / 64)
			    : block->count + (size_t)node->count);
}

bool eval_block(struct schema_run *run, uint32_t index, const struct frame *at, uint32_t track)
{
	const struct block *block = &run->schema->blocks.p[index];
	uint32_t nscope = run->nscope;
	bool valid;

	if (run->trouble)
		return false;
	if (run->explain && index > BLOCK_FALSE)
		note_application(run, index, at->node);
	while (block->flags & BLOCK_IS_REFERENCE && !run->schema->dynamic) {
		index = run->schema->ops.p[block->first].a;
		block = &run->schema->blocks.p[index];
		if (run->explain && index > BLOCK_FALSE)
			note_application(run, index, at->node);
	}
	if (run->depth == DEEPEST_EVALUATION)
		return eval_trouble(run, FAULT_DEEP, at, (struct site){ index, NONE });
	if (!eval_spend(run, cost_of(block, at->node), at))
		return false;
	run->depth++;
	if (run->schema->dynamic && index > BLOCK_FALSE &&
	    (!nscope || run->scope[nscope - 1] != block->resource))
		run->scope[run->nscope++] = block->resource;
	if ((block->flags & BLOCK_TRACKS_MAP && at->node->type == NODE_MAP) ||
	    (block->flags & BLOCK_TRACKS_LIST && at->node->type == NODE_LIST))
		valid = eval_tracked(run, index, at, track);
	else
		valid = eval_ops(run, index, at, track);
	run->nscope = nscope;
	run->depth--;
	return valid && !run->trouble;
}

static void begin(struct schema_run *run, const struct node *value, const struct schema_host *host,
		  struct explainer *explainer)
{
	run->host = host;
	run->explain = run->explainer = explainer;
	run->depth = run->nscope = run->nwords = 0;
	run->trouble = 0;
	budget_init(&run->budget, value);
	run->at = (struct fault){ .kind = FAULT_MEMORY, .node = value, .pointer = "" };
	run->warned = false;
}

bool eval_root(struct schema_run *run, const struct node *value, const struct schema_host *host,
	       struct explainer *explainer)
{
	struct frame top = { .node = value };
	bool valid;

	begin(run, value, host, explainer);
	valid = eval_block(run, run->schema->root, &top, NONE);
	run->explain = run->explainer = NULL;
	return valid && !run->trouble;
}

struct schema_run *schema_run_new(const struct schema *schema)
{
	struct schema_run *run = calloc(1, sizeof(*run));

	if (!run)
		return NULL;
	run->schema = schema;
	run->matcher = matcher_new();
	run->words_cap = 64;
	run->words = calloc(run->words_cap, sizeof(*run->words));
	if (schema->dynamic)
		run->scope = calloc(DEEPEST_EVALUATION + 1, sizeof(*run->scope));
	if (!run->matcher || !run->words || (schema->dynamic && !run->scope)) {
		schema_run_free(run);
		return NULL;
	}
	return run;
}

void schema_run_free(struct schema_run *run)
{
	if (!run)
		return;
	matcher_free(run->matcher);
	free(run->words);
	free(run->scope);
	free(run);
}

bool schema_check(const struct schema *schema, struct schema_run *run, const struct node *value,
		  const struct schema_host *host, bool *warnings)
{
	bool valid;

	run->schema = schema;
	valid = eval_root(run, value, host, NULL);
	if (warnings)
		*warnings = run->warned;
	if (run->trouble == FAULT_MEMORY)
		errno = ENOMEM;
	return valid;
}

bool schema_check_alone(const struct schema *schema, struct schema_run *run,
			const struct schema_alone *alone, const struct node *value,
			const struct schema_host *host)
{
	struct frame top = { .node = value };
	bool valid = true;

	run->schema = schema;
	begin(run, value, host, NULL);
	budget_init_alone(&run->budget);
	/* so that it is not deeper within the map */
	run->depth = DEEPEST_EVALUATION / 2;
	for (uint32_t i = 0; i < alone->count && valid; i++)
		valid = eval_block(run, alone->blocks[i], &top, NONE);
	return valid && !run->trouble && !run->warned;
}

bool schema_was_cheap(const struct schema_run *run)
{
	return budget_is_ample(&run->budget);
}
