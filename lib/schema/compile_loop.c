/*
 * A schema that is applied to the same value again and again (2020-12 core 9.4.1) would never end:
 * a search in depth for circles of references. What only a condition leads to is left to the limit
 * of depth.
 */
#include "schema/compile.h"

#include "base/msg.h"

/* the k-th block that is always applied to the same value as this one; NONE behind the last */
static uint32_t applied(const struct schema *s, uint32_t index, uint32_t k)
{
	const struct block *block = &s->blocks.p[index];

	for (uint32_t i = 0; i < block->count; i++) {
		const struct op *op = &s->ops.p[block->first + i];
		uint32_t n = 0;

		if (op->code == OP_REF || op->code == OP_NOT || op->code == OP_IF)
			n = 1;
		else if (op->code == OP_ANY_OF || op->code == OP_ONE_OF)
			n = op->b;
		if (k < n)
			return n == 1 && op->code < OP_ANY_OF ? op->a : s->lists.p[op->a + k];
		k -= n;
	}
	return NONE;
}

struct step {
	uint32_t block, next;
};

void compile_refuse_loops(struct compiler *c)
{
	struct schema *s = c->program;
	uint8_t *state = arena_alloc(&c->scratch, s->blocks.count); /* 1 on the path, 2 done */
	struct step *path = arena_array(&c->scratch, s->blocks.count, sizeof(*path));

	if (!state || !path) {
		c->no_memory = true;
		return;
	}
	for (uint32_t start = 0; start < s->blocks.count; start++) {
		uint32_t depth = 0;

		if (state[start])
			continue;
		state[start] = 1;
		path[depth++] = (struct step){ .block = start };
		while (depth) {
			struct step *top = &path[depth - 1];
			uint32_t next = applied(s, top->block, top->next++);

			if (next == NONE) {
				state[top->block] = 2;
				depth--;
			} else if (state[next] == 1) {
				c->place = s->places.p[top->block];
				compile_refuse(c, "bad-reference", c->place.schema,
					       _("the schema refers to itself without end"));
			} else if (!state[next]) {
				state[next] = 1;
				path[depth++] = (struct step){ .block = next };
			}
		}
	}
}
