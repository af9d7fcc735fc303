/*
 * num.h: exact figures: decimals with a fixed number of places, and shares as fractions.
 *
 * No floating point: a figure is a 64-bit count of its last place (hundredths of a percentage point
 * for precision 2), a share is numerator and denominator, products are 128 bits wide. Figures in
 * records are limited to 10^15 by the schema.
 */
#ifndef DUBAN_BASE_NUM_H
#define DUBAN_BASE_NUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NUM_LARGEST INT64_C(1000000000000000)
#define FIGURE_SIZE 32

struct fraction {
	int64_t n, d; /* d > 0 */
};

/*
 * decimal_parse: a decimal number such as "73.5" or "-1.90" as a count of units of 10^-places.
 * False for anything else, for more places than that, and beyond NUM_LARGEST; *value untouched.
 */
bool decimal_parse(const char *text, size_t n, unsigned places, int64_t *value);

/* decimal_format: the reverse, with exactly `places` digits behind the point; returns out. */
const char *decimal_format(int64_t value, unsigned places, char out[FIGURE_SIZE]);

/* fraction_compare: -1, 0 or 1, exact. */
int fraction_compare(struct fraction a, struct fraction b);

/* share_whole: 100 percent in units of 10^-places. */
int64_t share_whole(unsigned places);

/*
 * share_percent: n of d (0 <= n, 0 < d) in units of 10^-places of a percent, rounded half up, once
 * (domain 2.6). A share that is not whole never becomes 100 and, when n > 0, never 0: it stays one
 * unit away (contract 4). n > d is not limited.
 */
int64_t share_percent(int64_t n, int64_t d, unsigned places);

#endif
