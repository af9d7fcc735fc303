/*
 * What an evaluation may cost. A schema of some hundred bytes that refers to the same subschemas over
 * and over takes time beyond all measure; what is honest takes some steps for each value and byte.
 */
#include "schema/eval.h"

/* so many are free: some 30 ms */
#define STEPS 2000000u
#define STEPS_PER_NODE 1000u
#define STEPS_PER_BYTE 32u

/* for the size of a value; what an alias repeats is not there again */
static size_t steps_for(const struct node *node)
{
	size_t steps = STEPS_PER_NODE;

	if (node->type != NODE_LIST && node->type != NODE_MAP)
		return steps + (size_t)node->count * STEPS_PER_BYTE;
	if (node->flags & NODE_ALIAS)
		return steps;
	for (uint32_t i = 0; i < node->count; i++) {
		if (node->type == NODE_MAP)
			steps += node->members[i].len * STEPS_PER_BYTE +
				 steps_for(node->members[i].value);
		else
			steps += steps_for(&node->items[i]);
	}
	return steps;
}

void budget_init(struct budget *budget, const struct node *value)
{
	*budget = (struct budget){ .value = value, .left = STEPS };
}

void budget_init_alone(struct budget *budget)
{
	*budget = (struct budget){ .left = STEPS / 256 };
}

bool budget_is_ample(const struct budget *budget)
{
	return budget->value && budget->left >= STEPS / 2;
}

bool eval_overdraw(struct schema_run *run, size_t steps, const struct frame *at)
{
	struct budget *budget = &run->budget;

	/* the value is measured once, and only when it matters */
	if (budget->value) {
		budget->left += steps_for(budget->value);
		budget->value = NULL;
		return eval_spend(run, steps, at);
	}
	/* where it was spent is chance */
	while (at->up)
		at = at->up;
	return eval_trouble(run, FAULT_COSTLY, at, (struct site){ run->schema->root, NONE });
}

size_t budget_whole(const struct node *value)
{
	size_t steps = 1;

	if (value->type != NODE_LIST && value->type != NODE_MAP)
		return steps + value->count / 64;
	for (uint32_t i = 0; i < value->count; i++)
		steps += budget_whole(value->type == NODE_MAP ? value->members[i].value
							      : &value->items[i]);
	return steps;
}
