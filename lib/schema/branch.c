/*
 * anyOf and oneOf (2020-12 core 10.2.1.2 and 10.2.1.3), and when none holds, which branch was
 * meant.
 *
 * A branch was meant when the value has its type and its words: a fault in a `const` or `enum` of
 * the value or of one of its fields speaks against it. Among those that are left, fewest and
 * deepest faults win. Branches that fail alike (all by type, all by words, all by missing fields)
 * are told as one.
 */
#include <string.h>

#include "schema/eval.h"

#define MOST_OTHERS 3

/* how the branch failed; smaller is better */
struct outcome {
	uint32_t from, to; /* faults */
	uint32_t applied;
	bool is_false, wrong_type, wrong_word;
	uint32_t errors, deepest;
};

static bool branch_holds(struct schema_run *run, uint32_t block, const struct frame *at,
			 uint32_t track)
{
	bool is_container = at->node->type == NODE_MAP || at->node->type == NODE_LIST;
	uint32_t words = run->nwords, own = NONE;
	bool warned = run->warned, valid;

	if (block <= BLOCK_FALSE)
		return block == BLOCK_TRUE;
	if (track != NONE && is_container && (own = eval_track(run, at->node->count)) == NONE)
		return false;
	if (run->explain) {
		valid = eval_quiet(run, block, at, own);
	} else {
		valid = eval_block(run, block, at, own);
		if (!valid)
			run->warned = warned;
	}
	if (valid && own != NONE)
		track_join(run, track, own, at->node->count);
	run->nwords = words;
	return valid;
}

static bool worse(const struct outcome *a, const struct outcome *b)
{
	if (a->is_false != b->is_false)
		return a->is_false;
	if (a->wrong_type != b->wrong_type)
		return a->wrong_type;
	if (a->wrong_word != b->wrong_word)
		return a->wrong_word;
	if (a->errors != b->errors)
		return a->errors > b->errors;
	return a->deepest < b->deepest;
}

static struct outcome judge(const struct explainer *e, uint32_t from, uint32_t depth)
{
	struct outcome o = { .from = from, .to = e->faults.count };

	for (uint32_t i = from; i < o.to; i++) {
		const struct fault *f = &e->faults.p[i];

		if (f->is_other || f->level != LEVEL_ERROR)
			continue;
		o.errors++;
		if (f->depth > o.deepest)
			o.deepest = f->depth;
		/* a branch that is `false` was no more meant than one of another type */
		if ((f->kind == FAULT_TYPE || f->kind == FAULT_FALSE) && f->depth == depth)
			o.wrong_type = true;
		if (f->kind == FAULT_FALSE && f->depth == depth)
			o.is_false = true;
		if ((f->kind == FAULT_CONST || f->kind == FAULT_ENUM) && f->depth <= depth + 1)
			o.wrong_word = true;
	}
	return o;
}

/* whether the branch failed by nothing but one fault of such a kind */
static const struct fault *only_fault(const struct explainer *e, const struct outcome *o)
{
	return o->to - o->from == 1 && !e->faults.p[o->from].nsites ? &e->faults.p[o->from] : NULL;
}

static bool is_word_fault(const struct fault *f)
{
	return f->kind == FAULT_ENUM || f->kind == FAULT_CONST;
}

/* all branches fail in one fault at the same value, all by type or all by words */
static bool are_alike(const struct explainer *e, const struct outcome *o, uint32_t n)
{
	const struct fault *first = only_fault(e, &o[0]);

	if (!first || !(first->kind == FAULT_TYPE || is_word_fault(first)))
		return false;
	for (uint32_t i = 1; i < n; i++) {
		const struct fault *f = only_fault(e, &o[i]);

		if (!f || f->node != first->node || f->is_key != first->is_key)
			return false;
		if (f->kind != first->kind && !(is_word_fault(f) && is_word_fault(first)))
			return false;
	}
	return true;
}

/* every branch fails by missing fields of this very value, and by nothing else */
static bool are_missing(const struct explainer *e, const struct outcome *o, uint32_t n,
			const struct node *node)
{
	for (uint32_t i = 0; i < n; i++)
		for (uint32_t j = o[i].from; j < o[i].to; j++)
			if (e->faults.p[j].kind != FAULT_REQUIRED || e->faults.p[j].node != node)
				return false;
	return n > 1 && o[0].to > o[0].from;
}

static struct site *new_sites(struct explainer *e, uint32_t n)
{
	struct site *sites = arena_array(&e->arena, n, sizeof(*sites));

	if (!sites)
		e->no_memory = true;
	return sites;
}

static void merge_alike(struct explainer *e, const struct outcome *o, uint32_t n)
{
	struct site *sites = new_sites(e, n);
	struct fault *merged = &e->faults.p[o[0].from];

	for (uint32_t i = 0; sites && i < n; i++)
		sites[i] = e->faults.p[o[i].from].site;
	if (is_word_fault(merged))
		merged->kind = FAULT_ENUM;
	merged->sites = sites;
	merged->nsites = sites ? n : 0;
	e->faults.count = o[0].from + 1;
}

/* keeps the best branch's faults, then the first of each other one as a note */
static void choose(struct explainer *e, struct outcome *o, uint32_t n, uint32_t best)
{
	uint32_t start = o[0].from, others = 0, kept = o[best].to - o[best].from, nlist = 0;
	struct fault notes[MOST_OTHERS];

	for (uint32_t i = 0; i < n && others < MOST_OTHERS; i++) {
		if (i == best || o[i].from == o[i].to || o[i].is_false)
			continue;
		notes[others] = e->faults.p[o[i].from];
		notes[others].is_other = true;
		notes[others++].level = LEVEL_NOTE;
	}
	if (kept)
		memmove(&e->faults.p[start], &e->faults.p[o[best].from],
			kept * sizeof(*e->faults.p));
	e->faults.count = start + kept;
	for (uint32_t i = 0; i < others; i++)
		fault_add(e, &notes[i]);
	/* names of fields are suggested from the branch that was meant */
	nlist = (best + 1 < n ? o[best + 1].applied : e->applied.count) - o[best].applied;
	if (nlist)
		memmove(&e->applied.p[o[0].applied], &e->applied.p[o[best].applied],
			nlist * sizeof(*e->applied.p));
	e->applied.count = o[0].applied + nlist;
}

static bool explain_none(struct schema_run *run, struct site site, const struct frame *at,
			 uint32_t track)
{
	const struct op *op = site_op(run->schema, site);
	const uint32_t *blocks = &run->schema->lists.p[op->a];
	enum fault_kind kind = op->code == OP_ANY_OF ? FAULT_ANY_OF : FAULT_ONE_OF;
	struct explainer *e = run->explain;
	struct outcome *o = arena_array(&e->arena, op->b, sizeof(*o));
	uint32_t best = 0, depth = 0, before = e->faults.count;

	if (!o) {
		e->no_memory = true;
		return eval_fault(run, kind, at, site, 0);
	}
	for (const struct frame *f = at; f->up; f = f->up)
		depth++;
	for (uint32_t i = 0; i < op->b; i++) {
		uint32_t from = e->faults.count, applied = e->applied.count;

		eval_block(run, blocks[i], at, track);
		if (run->trouble)
			return false;
		o[i] = judge(e, from, depth);
		o[i].applied = applied;
		if (i && worse(&o[best], &o[i]))
			best = i;
	}
	if (are_alike(e, o, op->b)) {
		merge_alike(e, o, op->b);
	} else if (o[best].is_false || are_missing(e, o, op->b, at->node)) {
		e->faults.count = before;
		eval_fault(run, kind, at, site, 0);
	} else if (e->faults.count > before) {
		choose(e, o, op->b, best);
	}
	/* out of memory */
	if (e->faults.count == before)
		eval_fault(run, kind, at, site, 0);
	return false;
}

static bool explain_many(struct schema_run *run, struct site site, const struct frame *at,
			 const uint32_t *held, uint32_t n)
{
	struct explainer *e = run->explain;
	struct site *sites = new_sites(e, n);

	eval_fault(run, FAULT_ONE_OF_MANY, at, site, n);
	if (!sites || !e->faults.count)
		return false;
	for (uint32_t i = 0; i < n; i++)
		sites[i] = (struct site){ .block = held[i], .op = NONE };
	e->faults.p[e->faults.count - 1].sites = sites;
	e->faults.p[e->faults.count - 1].nsites = n;
	return false;
}

/* anyOf goes on only to learn what the others evaluate; what is not looked at cannot be in doubt */
static bool is_decided(const struct op *op, uint32_t held, uint32_t track)
{
	return held && op->code == OP_ANY_OF && track == NONE;
}

/* the branches that hold are gone through again for their warnings and names */
static bool explain_branches(struct schema_run *run, struct site site, const struct frame *at,
			     uint32_t track)
{
	const struct op *op = site_op(run->schema, site);
	const uint32_t *blocks = &run->schema->lists.p[op->a];
	uint32_t *held = arena_array(&run->explain->arena, op->b, sizeof(*held)), n = 0;

	if (!held) {
		run->explain->no_memory = true;
		return false;
	}
	for (uint32_t i = 0; i < op->b; i++) {
		if (branch_holds(run, blocks[i], at, track))
			held[n++] = blocks[i];
		if (run->trouble)
			return false;
		if (is_decided(op, n, track))
			break;
	}
	for (uint32_t i = 0; i < n; i++)
		eval_block(run, held[i], at, NONE);
	if (!n)
		return explain_none(run, site, at, track);
	return op->code == OP_ANY_OF || n == 1 || explain_many(run, site, at, held, n);
}

bool eval_branches(struct schema_run *run, struct site site, const struct frame *at, uint32_t track)
{
	const struct op *op = site_op(run->schema, site);
	const uint32_t *blocks = &run->schema->lists.p[op->a];
	uint32_t held = 0;

	if (run->explain)
		return explain_branches(run, site, at, track);
	for (uint32_t i = 0; i < op->b; i++) {
		if (branch_holds(run, blocks[i], at, track))
			held++;
		if (run->trouble)
			return false;
		if (is_decided(op, held, track))
			return true;
		if (held > 1 && op->code == OP_ONE_OF)
			return false;
	}
	return held > 0;
}
