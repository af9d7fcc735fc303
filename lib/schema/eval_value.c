/* Operations on single values: 2020-12 validation 6.1 to 6.5 and our own vocabulary. */
#include <string.h>

#include "base/date.h"
#include "base/utf8.h"
#include "schema/eval.h"

static bool has_type(const struct node *node, unsigned mask)
{
	struct decimal d;

	if (mask >> node->type & 1)
		return true;
	if (node->type != NODE_NUMBER || !(mask & TYPE_INTEGER))
		return false;
	if (node->flags & NODE_INTEGER)
		return true;
	/* validation 6.1.1: 1.0 is an integer */
	d = decimal_of(node->text, node->count);
	return decimal_is_integer(&d);
}

static bool is_collection(const struct node *node)
{
	return node->type == NODE_LIST || node->type == NODE_MAP;
}

static bool is_choice(const struct choices *choices, const struct node *node)
{
	uint32_t hash = is_collection(node) ? 0 : value_hash(node);

	for (uint32_t i = 0; i < choices->count; i++)
		if (choices->hashes[i] == hash && value_equal(&choices->items[i], node))
			return true;
	return false;
}

static int compare(const struct node *node, const struct bound *bound)
{
	struct decimal d;

	if (node->flags & NODE_INTEGER && bound->small)
		return (node->integer > bound->integer) - (node->integer < bound->integer);
	d = decimal_of(node->text, node->count);
	return decimal_compare(&d, &bound->decimal);
}

static bool is_multiple(const struct node *node, const struct bound *bound)
{
	struct decimal d;

	if (node->flags & NODE_INTEGER && bound->small)
		return node->integer % bound->integer == 0;
	d = decimal_of(node->text, node->count);
	return decimal_is_multiple(&d, &bound->divisor);
}

/* validation 6.3.1: characters, not bytes; only where the bytes leave it open are they counted */
static bool is_short_enough(const struct node *node, uint32_t most)
{
	return node->count <= most ||
	       (node->count / 4 <= most && utf8_count(node->text, node->count) <= most);
}

static bool is_long_enough(const struct node *node, uint32_t least)
{
	return node->count >= least &&
	       (node->count / 4 >= least || utf8_count(node->text, node->count) >= least);
}

bool eval_pattern(struct schema_run *run, uint32_t pattern, const struct frame *at,
		  struct site site, const char *text, size_t n)
{
	enum pattern_answer answer =
		pattern_match(run->schema->patterns.p[pattern], run->matcher, text, n);

	if (!eval_spend(run, matcher_spent(run->matcher), at))
		return false;
	switch (answer) {
	case PATTERN_YES:
		return true;
	case PATTERN_NO:
		return false;
	case PATTERN_EXPENSIVE:
		if (run->explain)
			return eval_fault(run, FAULT_EXPENSIVE, at, site, pattern);
		return eval_trouble(run, FAULT_EXPENSIVE, at, site);
	case PATTERN_NO_MEMORY:
		break;
	}
	return eval_trouble(run, FAULT_MEMORY, at, site);
}

/* like eval_fault, but for warnings, which fail nothing */
static bool warn(struct schema_run *run, enum fault_kind kind, const struct frame *at,
		 struct site site)
{
	run->warned = true;
	if (run->explain) {
		uint32_t before = run->explain->faults.count;

		eval_fault(run, kind, at, site, 0);
		if (run->explain->faults.count > before)
			run->explain->faults.p[before].level = LEVEL_WARNING;
	}
	return true;
}

static bool eval_word(struct schema_run *run, struct site site, const struct frame *at)
{
	const struct op *op = site_op(run->schema, site);
	const struct schema_host *host = run->host;

	if (!host || !host->is_word ||
	    host->is_word(host->context, run->schema->texts.p[op->a].p, at->node))
		return true;
	if (op->flags & OP_IS_WARNING)
		return warn(run, FAULT_WORD, at, site);
	return eval_fault(run, FAULT_WORD, at, site, 0);
}

static bool eval_record(struct schema_run *run, struct site site, const struct frame *at)
{
	const struct op *op = site_op(run->schema, site);
	const struct record_kinds *kinds = &run->schema->kinds.p[op->a];
	const struct schema_host *host = run->host;

	if (!host || !host->has_record)
		return true;
	switch (host->has_record(host->context, kinds->names, kinds->count, at->node,
				 op->flags & OP_IS_FINDING)) {
	case RECORD_FOUND:
		return true;
	case RECORD_NOT_HERE:
		/* contract 4: a warning, as the folder it is in was not checked out */
		return warn(run, FAULT_RECORD_NOT_HERE, at, site);
	case RECORD_MISSING:
		break;
	}
	return eval_fault(run, FAULT_RECORD, at, site, 0);
}

/* -1, 0, 1 for two integers or two dates; false when they cannot be compared */
static bool compare_siblings(const struct node *a, const struct node *b, int *order)
{
	day_t x, y;

	if (a->type != b->type)
		return false;
	if (a->type == NODE_NUMBER) {
		struct decimal d = decimal_of(a->text, a->count), e = decimal_of(b->text, b->count);

		*order = decimal_compare(&d, &e);
		return decimal_is_integer(&d) && decimal_is_integer(&e);
	}
	if (a->type != NODE_STRING || !date_parse(a->text, a->count, &x) ||
	    !date_parse(b->text, b->count, &y))
		return false;
	*order = (x > y) - (x < y);
	return true;
}

static bool eval_sibling(struct schema_run *run, struct site site, const struct frame *at)
{
	const struct op *op = site_op(run->schema, site);
	const struct node *other = NULL;
	bool before = op->code == OP_NOT_BEFORE;
	int order;

	if (at->member && !at->is_key)
		other = node_get(at->up->node, run->schema->texts.p[op->a].p);
	if (!other || !compare_siblings(at->node, other, &order) ||
	    (before ? order >= 0 : order <= 0))
		return true;
	return eval_fault(run, before ? FAULT_NOT_BEFORE : FAULT_NOT_AFTER, at, site, op->a);
}

static bool holds(struct schema_run *run, struct site site, const struct frame *at,
		  enum fault_kind *kind)
{
	const struct schema *s = run->schema;
	const struct op *op = site_op(s, site);
	const struct node *node = at->node;

	switch ((enum op_code)op->code) {
	case OP_TYPE:
		*kind = FAULT_TYPE;
		return has_type(node, op->a);
	case OP_ENUM:
	case OP_CONST:
		*kind = op->code == OP_ENUM ? FAULT_ENUM : FAULT_CONST;
		return (!is_collection(node) || eval_spend(run, budget_whole(node), at)) &&
		       is_choice(&s->choices.p[op->a], node);
	case OP_MINIMUM:
		*kind = FAULT_MINIMUM;
		return compare(node, &s->bounds.p[op->a]) >= 0;
	case OP_MAXIMUM:
		*kind = FAULT_MAXIMUM;
		return compare(node, &s->bounds.p[op->a]) <= 0;
	case OP_ABOVE:
		*kind = FAULT_EXCLUSIVE_MINIMUM;
		return compare(node, &s->bounds.p[op->a]) > 0;
	case OP_BELOW:
		*kind = FAULT_EXCLUSIVE_MAXIMUM;
		return compare(node, &s->bounds.p[op->a]) < 0;
	case OP_MULTIPLE:
		*kind = FAULT_MULTIPLE;
		/* a division by up to 38 digits for each one */
		return (node->count < 64 || eval_spend(run, (size_t)node->count * 16, at)) &&
		       is_multiple(node, &s->bounds.p[op->a]);
	case OP_MIN_LENGTH:
		*kind = FAULT_MIN_LENGTH;
		return is_long_enough(node, op->a);
	case OP_MAX_LENGTH:
		*kind = FAULT_MAX_LENGTH;
		return is_short_enough(node, op->a);
	case OP_MIN_ITEMS:
		*kind = FAULT_MIN_ITEMS;
		return node->count >= op->a;
	case OP_MAX_ITEMS:
		*kind = FAULT_MAX_ITEMS;
		return node->count <= op->a;
	case OP_MIN_PROPERTIES:
		*kind = FAULT_MIN_PROPERTIES;
		return node->count >= op->a;
	case OP_MAX_PROPERTIES:
		*kind = FAULT_MAX_PROPERTIES;
		return node->count <= op->a;
	case OP_FORMAT:
		*kind = FAULT_FORMAT;
		return eval_spend(run, node->count, at) &&
		       schema_formats[op->a].is_valid(node->text, node->count);
	default: /* OP_FALSE */
		*kind = FAULT_FALSE;
		return false;
	}
}

static bool eval_text_pattern(struct schema_run *run, struct site site, const struct frame *at)
{
	const struct op *op = site_op(run->schema, site);
	uint32_t before = run->explain ? run->explain->faults.count : 0;

	if (eval_pattern(run, op->a, at, site, at->node->text, at->node->count))
		return true;
	/* too expensive: told already */
	if (run->trouble || (run->explain && run->explain->faults.count > before))
		return false;
	return eval_fault(run, FAULT_PATTERN, at, site, 0);
}

bool eval_value(struct schema_run *run, struct site site, const struct frame *at)
{
	enum fault_kind kind;

	switch ((enum op_code)site_op(run->schema, site)->code) {
	case OP_PATTERN:
		return eval_text_pattern(run, site, at);
	case OP_WORD:
		return eval_word(run, site, at);
	case OP_RECORD:
		return eval_record(run, site, at);
	case OP_NOT_BEFORE:
	case OP_NOT_AFTER:
		return eval_sibling(run, site, at);
	default:
		return holds(run, site, at, &kind) ||
		       (!run->trouble && eval_fault(run, kind, at, site, 0));
	}
}
