/* Operations on maps and lists: 2020-12 core 10.3, validation 6.4 and 6.5. */
#include <stdlib.h>
#include <string.h>

#include "schema/eval.h"

#define COMPARED_IN_PAIRS 8

/* a member's value, or what additionalProperties and the like say of it */
static bool eval_member(struct schema_run *run, uint32_t block, const struct frame *at,
			const struct member *m, struct site site, bool is_unknown)
{
	struct frame below = { .up = at, .node = m->value, .member = m };

	if (block == BLOCK_TRUE)
		return true;
	if (block == BLOCK_FALSE && is_unknown)
		return eval_fault(run, FAULT_UNKNOWN_FIELD, &below, site, 0);
	return eval_block(run, block, &below, NONE);
}

/* core 10.3.2.4: the name as a string, standing where the name stands */
static bool eval_name(struct schema_run *run, uint32_t block, const struct frame *at,
		      const struct member *m)
{
	struct node name = { .type = NODE_STRING,
			     .style = STYLE_QUOTED,
			     .line = m->line,
			     .column = m->column,
			     .count = m->len,
			     .text = m->name };
	struct frame below = { .up = at, .node = &name, .member = m, .is_key = true };

	return eval_block(run, block, &below, NONE);
}

static bool eval_patterns(struct schema_run *run, const struct object *object, struct site site,
			  const struct frame *at, const struct member *m, bool *known)
{
	bool valid = true;

	for (uint32_t i = 0; i < object->npatterns; i++) {
		const struct named_pattern *p =
			&run->schema->named_patterns.p[object->patterns + i];

		if (!eval_pattern(run, p->pattern, at, site, m->name, m->len)) {
			if (run->trouble)
				return false;
			continue;
		}
		*known = true;
		if (!eval_member(run, p->block, at, m, site, false))
			valid = false;
	}
	return valid;
}

static bool has_name(const struct node *map, const struct text *name)
{
	for (uint32_t i = 0; i < map->count; i++)
		if (map->members[i].hash == name->hash && map->members[i].len == name->len &&
		    memcmp(map->members[i].name, name->p, name->len) == 0)
			return true;
	return false;
}

/* validation 6.5.3; the first 64 have been looked for already, one bit each */
static bool eval_required(struct schema_run *run, const struct object *object, struct site site,
			  const struct frame *at, uint64_t seen)
{
	bool valid = true;

	for (uint32_t i = 0; i < object->nrequired; i++) {
		uint32_t text = object->required + i;

		if (i < 64 ? seen >> i & 1 : has_name(at->node, &run->schema->texts.p[text]))
			continue;
		valid = eval_fault(run, FAULT_REQUIRED, at, site, text);
		if (!run->explain)
			return false;
	}
	return valid;
}

static bool eval_pair(struct schema_run *run, const struct object *object, struct site site,
		      const struct frame *at, uint32_t i, uint32_t track, uint64_t *seen)
{
	const struct member *m = &at->node->members[i];
	const struct property *p = object_property(run->schema, object, m->name, m->len, m->hash);
	bool known = false, valid = true;

	if (p && p->required && p->required <= 64)
		*seen |= UINT64_C(1) << (p->required - 1);
	if (p && p->block != NONE) {
		known = true;
		valid = eval_member(run, p->block, at, m, site, false);
	}
	if (object->npatterns && (valid || run->explain) &&
	    !eval_patterns(run, object, site, at, m, &known))
		valid = false;
	if (!known && object->additional != NONE) {
		known = true;
		valid = eval_member(run, object->additional, at, m, site, true) && valid;
	}
	if (object->names != NONE && (valid || run->explain) &&
	    !eval_name(run, object->names, at, m))
		valid = false;
	if (known)
		track_mark(run, track, i);
	return valid;
}

/* validation 6.5.4 */
static bool eval_needs(struct schema_run *run, struct site site, const struct frame *at)
{
	const struct op *op = site_op(run->schema, site);
	const struct schema *s = run->schema;
	bool valid = true;

	for (uint32_t i = 0; i < op->b; i++) {
		const struct pair *pair = &s->pairs.p[op->a + i];

		if (!has_name(at->node, &s->texts.p[pair->if_text]) ||
		    has_name(at->node, &s->texts.p[pair->then_text]))
			continue;
		valid = eval_fault(run, FAULT_DEPENDENT_REQUIRED, at, site, op->a + i);
		if (!run->explain)
			return false;
	}
	return valid;
}

bool eval_object(struct schema_run *run, struct site site, const struct frame *at, uint32_t track)
{
	const struct op *op = site_op(run->schema, site);
	const struct object *object;
	uint64_t seen = 0;
	bool valid = true;

	if (op->code == OP_NEEDS)
		return eval_needs(run, site, at);
	object = &run->schema->objects.p[op->a];
	for (uint32_t i = 0; i < at->node->count; i++) {
		if (eval_pair(run, object, site, at, i, track, &seen))
			continue;
		valid = false;
		if (!run->explain || run->trouble)
			return false;
	}
	return eval_required(run, object, site, at, seen) && valid;
}

static bool eval_items(struct schema_run *run, struct site site, const struct frame *at,
		       uint32_t track)
{
	const struct op *op = site_op(run->schema, site);
	bool valid = true;

	for (uint32_t i = 0; i < at->node->count; i++) {
		uint32_t block = i < op->b ? run->schema->lists.p[op->a + i] : op->c;
		struct frame below = { .up = at, .node = &at->node->items[i], .index = i };
		bool fits = true;

		if (block == NONE)
			break;
		track_mark(run, track, i);
		if (block == BLOCK_FALSE)
			fits = eval_fault(run, FAULT_UNKNOWN_ITEM, &below, site, op->b);
		else if (block != BLOCK_TRUE)
			fits = eval_block(run, block, &below, NONE);
		if (fits)
			continue;
		valid = false;
		if (!run->explain || run->trouble)
			return false;
	}
	return valid;
}

/* core 10.3.1.3, validation 6.4.4 and 6.4.5 */
static bool eval_contains(struct schema_run *run, struct site site, const struct frame *at,
			  uint32_t track)
{
	const struct op *op = site_op(run->schema, site);
	uint32_t count = 0;

	for (uint32_t i = 0; i < at->node->count; i++) {
		struct frame below = { .up = at, .node = &at->node->items[i], .index = i };

		if (!eval_quiet(run, op->a, &below, NONE)) {
			if (run->trouble)
				return false;
			continue;
		}
		count++;
		track_mark(run, track, i);
		if (track == NONE && count >= op->b && op->c == NONE)
			return true;
	}
	if (count < op->b)
		return eval_fault(run, FAULT_CONTAINS, at, site, count);
	if (count > op->c)
		return eval_fault(run, FAULT_CONTAINS_MANY, at, site, count);
	return true;
}

static bool same_items(struct schema_run *run, struct site site, const struct frame *at, uint32_t i,
		       uint32_t j)
{
	const struct node *items = at->node->items;
	struct frame below = { .up = at, .node = &items[j], .index = j };

	if (!value_equal(&items[i], &items[j]))
		return false;
	eval_fault(run, FAULT_UNIQUE, &below, site, i);
	return true;
}

static int by_word(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* sorted by hash, equal items stand near each other; the index is in the lower half */
static bool eval_unique_sorted(struct schema_run *run, struct site site, const struct frame *at)
{
	uint32_t n = at->node->count, words = run->nwords;
	uint32_t first = n < NONE / 128 ? eval_track(run, n * 64) : NONE;
	bool valid = true;
	uint64_t *keys;

	if (first == NONE)
		return eval_trouble(run, FAULT_MEMORY, at, site);
	keys = run->words + first;
	for (uint32_t i = 0; i < n; i++)
		keys[i] = (uint64_t)value_hash(&at->node->items[i]) << 32 | i;
	qsort(keys, n, sizeof(*keys), by_word);
	for (uint32_t i = 1; i < n && (valid || run->explain); i++)
		for (uint32_t j = i; j-- > 0 && keys[j] >> 32 == keys[i] >> 32;) {
			/* a list may be made so that all its items have one hash */
			if (!eval_spend(run, 1, at))
				return false;
			if (same_items(run, site, at, (uint32_t)keys[j], (uint32_t)keys[i])) {
				valid = false;
				break;
			}
		}
	run->nwords = words;
	return valid;
}

/* validation 6.4.3 */
static bool eval_unique(struct schema_run *run, struct site site, const struct frame *at)
{
	bool valid = true;

	if (!eval_spend(run, budget_whole(at->node), at))
		return false;
	if (at->node->count > COMPARED_IN_PAIRS)
		return eval_unique_sorted(run, site, at);
	for (uint32_t j = 1; j < at->node->count; j++)
		for (uint32_t i = 0; i < j; i++)
			if (same_items(run, site, at, i, j)) {
				valid = false;
				if (!run->explain)
					return false;
				break;
			}
	return valid;
}

bool eval_list(struct schema_run *run, struct site site, const struct frame *at, uint32_t track)
{
	switch ((enum op_code)site_op(run->schema, site)->code) {
	case OP_ITEMS:
		return eval_items(run, site, at, track);
	case OP_CONTAINS:
		return eval_contains(run, site, at, track);
	default:
		return eval_unique(run, site, at);
	}
}
