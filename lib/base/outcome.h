/*
 * outcome.h: how an operation ended: the exit statuses of the commands (contract 3), used by the
 * rooms below them so that a reason found deep down keeps its number.
 */
#ifndef DUBAN_BASE_OUTCOME_H
#define DUBAN_BASE_OUTCOME_H

enum outcome {
	DONE = 0,
	REFUSED = 1, /* a negative answer: bad data, a move that is not allowed, nothing found */
	USAGE = 2,   /* unknown option, wrong operands */
	CANNOT = 3,  /* I/O error, no record folder, unreadable plan or schema, not here */
	BUSY = 75,   /* a lock is held; try again */
};

/* worse_of: the one that a command exits with when both happened: the larger, but USAGE only by
 * itself. */
static inline enum outcome worse_of(enum outcome a, enum outcome b)
{
	return a > b ? a : b;
}

#endif
