/*
 * simple.h: patterns that need no engine: a row of characters or classes, each with a count, of
 * which at most one may have to give back what it took. Most ids, codes and "not blank" are of this
 * kind; they are matched in one pass, a tenth of what the engine takes.
 */
#ifndef DUBAN_SCHEMA_SIMPLE_H
#define DUBAN_SCHEMA_SIMPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SIMPLE_STEPS 16
#define SIMPLE_RANGES 16

/* a set of characters: ASCII as bits, the others all or none, but for some ranges */
struct simple_set {
	uint64_t ascii[2];
	bool others;
	uint8_t nranges; /* beyond ASCII; of those the answer is !others */
	struct {
		int32_t first, last;
	} ranges[SIMPLE_RANGES];
};

struct simple_step {
	struct simple_set set;
	uint32_t min, max;
	bool gives_back; /* what it takes may be needed by the next step */
	bool again;      /* the last step runs over the same set: it gives back only at the end */
};

struct simple {
	struct simple_step *steps; /* of SIMPLE_STEPS; to be freed */
	unsigned count;
	bool anywhere; /* one step, not bound to the start */
	bool to_end;   /* `$` stands at the end */
};

/* simple_parse: false when the pattern is not of this kind, no pattern at all, or out of memory. */
bool simple_parse(struct simple *simple, const char *text, size_t n);
void simple_release(struct simple *simple);

bool simple_match(const struct simple *simple, const char *text, size_t n);

#endif
