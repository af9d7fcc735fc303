/*
 * suspect.h: visits that look as if they went through the motions (疑似走过场; plan L69, domain
 * T119): neither appeal nor solution, the same words again and again, more visits of one person
 * than fit into a day. An answer to a question, never stored: a person has to look.
 */
#ifndef DUBAN_MODEL_SUSPECT_H
#define DUBAN_MODEL_SUSPECT_H

#include "base/map.h"
#include "model/plan.h"

struct suspects {
	const struct plan *plan;
	struct arena arena;
	struct map texts, days; /* how many visits of a text, of a person on a day */
	bool failed;            /* out of memory */
};

/* suspects_init: counts nothing yet; suspects_release when it has been asked. */
void suspects_init(struct suspects *suspects, const struct plan *plan);
void suspects_release(struct suspects *suspects);

/* suspects_take: counts one visit by its effective fields; all of them come before the questions. */
void suspects_take(struct suspects *suspects, const struct node *visit);

/* the reasons: code and what people read */
struct suspect_reason {
	const char *code, *label;
};
extern const struct suspect_reason SUSPECT_REASONS[];
extern const size_t SUSPECT_NREASONS;

/*
 * suspects_of: a list of the codes of the reasons, in the arena; empty for most. NULL when out of
 * memory.
 */
struct node *suspects_of(const struct suspects *suspects, const struct node *visit,
			 struct arena *arena);

#endif
