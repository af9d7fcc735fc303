/*
 * guard_question.h: between the files of the guards: the question that they answer, and how they
 * say no. Nothing else includes it.
 */
#ifndef DUBAN_MODEL_GUARD_QUESTION_H
#define DUBAN_MODEL_GUARD_QUESTION_H

#include "model/guard.h"

/* one question: an event on a record as it was before */
struct question {
	const struct guard_world *world;
	const struct plan *plan;
	const struct folded *before;
	const struct event *event;
	enum state to;
	int unit;                  /* acting */
	const struct node *fields; /* with the event's own `set` and `due` */
	struct folded after;       /* the event applied, for what it brings itself */
	bool is_problem;
	const struct finding *what;
	struct findings *list;
	size_t failed;
};

/*
 * guard_fail: the guard is not met; the hint says what to do, or is NULL. Where the finding is to be
 * a warning with a code of its own, the guard stands in the message.
 */
void guard_fail(struct question *q, const char *guard, const char *hint, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* guard_has: whether the event has the key. */
bool guard_has(const struct question *q, const char *key);
void guard_needs_note(struct question *q, const char *why);

/* guard_acting: the acting unit as it is called and as people know it, "jingchuan 泾川县政务服务中心". */
const char *guard_acting(const struct question *q);

/* guard_right: the acting unit has a right of the plan, and its person that of the name. */
void guard_right(struct question *q, const struct node *right, const char *name, const char *what);
const struct node *guard_right_named(const struct question *q, const char *name);

/* guard_party: the acting unit is lead or responsible; guard_person: who acts is of that unit. */
void guard_party(struct question *q, const char *what);
void guard_person(struct question *q);

/* guard_move: what the event's move needs; guard_listed: what the list needs. */
void guard_move(struct question *q);
void guard_listed(struct question *q);

/* guard_parts: what its other parts need. */
void guard_parts(struct question *q);

/* what closing needs, in part also applying for it */
void guard_measures(struct question *q);
void guard_indicators(struct question *q);
void guard_persons(struct question *q);
void guard_follow_up(struct question *q);
void guard_policy(struct question *q);
void guard_closed(struct question *q);

#endif
