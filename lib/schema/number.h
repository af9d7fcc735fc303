/*
 * number.h: numbers of any size, exactly, straight from their text.
 *
 * JSON Schema compares numbers mathematically (2020-12 core 4.2.2) and knows no largest one. A
 * decimal is a view of the text: nothing is allocated and nothing rounded.
 */
#ifndef DUBAN_SCHEMA_NUMBER_H
#define DUBAN_SCHEMA_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "yaml/tree.h"

/* ±d.ddd × 10^top, first and last digit not 0; zero has no digits */
struct decimal {
	const char *digits, *end; /* may hold a point, which is skipped */
	int64_t top;              /* power of ten of the first digit */
	int64_t bottom;           /* and of the last */
	bool negative;
};

/* decimal_of: the view of a number as JSON writes it; powers beyond ±10^15 are cut to that. */
struct decimal decimal_of(const char *text, size_t n);

/* decimal_compare: -1, 0 or 1, exact. */
int decimal_compare(const struct decimal *a, const struct decimal *b);

bool decimal_is_integer(const struct decimal *d);

/* decimal_hash: the same for equal numbers. */
uint32_t decimal_hash(const struct decimal *d);

/*
 * decimal_count: a whole number >= 0, for the size keywords (2020-12 validation 6.3.1 and others,
 * which allow 2.0); beyond UINT32_MAX - 1 it is UINT32_MAX - 1. False for anything else.
 */
bool decimal_count(const struct decimal *d, uint32_t *count);

/* a divisor of multipleOf: m × 10^bottom, m without trailing zeros */
struct divisor {
	unsigned __int128 m;
	int64_t bottom;
};

/* divisor_of: false when it is not greater than 0 or has more than 38 digits. */
bool divisor_of(const struct decimal *d, struct divisor *divisor);

/* decimal_is_multiple: whether d / divisor is a whole number, exact. */
bool decimal_is_multiple(const struct decimal *d, const struct divisor *divisor);

/* value_equal: JSON equality, numbers by value (2020-12 core 4.2.2). value_hash agrees with it. */
bool value_equal(const struct node *a, const struct node *b);
uint32_t value_hash(const struct node *value);

#endif
