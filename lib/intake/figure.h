/*
 * figure.h: figures as clerks write them (domain 3.4): 1,234, 91项, 73.50% …
 *
 * A figure is read only when it can mean one number; about, more than and words are refused, and so
 * is what a spreadsheet made of a fault.
 */
#ifndef DUBAN_INTAKE_FIGURE_H
#define DUBAN_INTAKE_FIGURE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/num.h"

enum figure_fault {
	FIGURE_FINE,
	FIGURE_NONE,       /* nothing, —, / or 无: not reported, which is not 0 */
	FIGURE_ERROR,      /* #DIV/0! */
	FIGURE_SCIENTIFIC, /* 1.2345E+05: digits may be lost */
	FIGURE_LETTERS,    /* O.5, l00 */
	FIGURE_ABOUT,      /* 约73%, 100余项, 九十一 */
	FIGURE_GROUPS,     /* 73,50 */
	FIGURE_UNIT,       /* a unit of measure that the figure does not have */
	FIGURE_POINTS,     /* 73.5个百分点: a difference, no level */
	FIGURE_AMBIGUOUS,  /* 0.735, 1: a share or percent */
	FIGURE_PRECISION,  /* more places than the figure has */
	FIGURE_NEGATIVE,
	FIGURE_FRACTION, /* of a count */
	FIGURE_RANGE,    /* above 100 percent, above 10^15 */
	FIGURE_UNKNOWN,
};

/* figure_is_error: whether it is what a spreadsheet shows for a formula that failed: #N/A. */
bool figure_is_error(const char *text);

/*
 * figure_count: a count. `unit`: the unit of measure it may carry besides 个, 项 and the like, or
 * NULL. *value only when fine.
 */
enum figure_fault figure_count(const char *text, const char *unit, int64_t *value);

/*
 * figure_percent: a level in percent, as units of 10^-places. *bare: it has no percent sign. *value
 * and *bare only when fine.
 */
enum figure_fault figure_percent(const char *text, unsigned places, int64_t *value, bool *bare);

#endif
