#include "schema/number.h"

#include <string.h>

#include "base/map.h"

#define LARGEST_POWER INT64_C(1000000000000000)
#define LONGEST_DIVISOR 38

typedef unsigned __int128 wide;

static int64_t exponent_of(const char *p, const char *end)
{
	bool negative = p < end && *p == '-';
	int64_t value = 0;

	if (p < end && (*p == '-' || *p == '+'))
		p++;
	for (; p < end && *p >= '0' && *p <= '9'; p++)
		if (value < LARGEST_POWER)
			value = value * 10 + (*p - '0');
	if (value > LARGEST_POWER)
		value = LARGEST_POWER;
	return negative ? -value : value;
}

struct decimal decimal_of(const char *text, size_t n)
{
	const char *p = text, *end = text + n, *first = NULL, *last = NULL;
	struct decimal d = { .negative = n && *p == '-' };
	int64_t power = -1, at_first = 0, at_last = 0;
	bool behind = false;

	if (n && (*p == '-' || *p == '+'))
		p++;
	for (; p < end && *p != 'e' && *p != 'E'; p++) {
		if (*p == '.') {
			behind = true;
			continue;
		}
		if (behind) {
			if (*p != '0') {
				at_first = first ? at_first : power;
				at_last = power;
			}
			power--;
		} else {
			/* all digits so far are worth ten times as much */
			at_first++;
			at_last++;
			if (*p != '0') {
				at_first = first ? at_first : 0;
				at_last = 0;
			}
		}
		if (*p != '0') {
			first = first ? first : p;
			last = p;
		}
	}
	if (!first)
		return (struct decimal){ .digits = text, .end = text };
	power = p < end ? exponent_of(p + 1, end) : 0;
	d.digits = first;
	d.end = last + 1;
	d.top = at_first + power;
	d.bottom = at_last + power;
	return d;
}

/* the next digit, 0 behind the end */
static char next_digit(const char **p, const char *end)
{
	if (*p < end && **p == '.')
		(*p)++;
	return *p < end ? *(*p)++ : '0';
}

static int compare_sizes(const struct decimal *a, const struct decimal *b)
{
	const char *p = a->digits, *q = b->digits;

	if (a->top != b->top)
		return a->top < b->top ? -1 : 1;
	while (p < a->end || q < b->end) {
		char x = next_digit(&p, a->end), y = next_digit(&q, b->end);

		if (x != y)
			return x < y ? -1 : 1;
	}
	return 0;
}

int decimal_compare(const struct decimal *a, const struct decimal *b)
{
	bool zero_a = a->digits == a->end, zero_b = b->digits == b->end;
	int sign_a = zero_a ? 0 : a->negative ? -1 : 1, sign_b = zero_b ? 0 : b->negative ? -1 : 1;

	if (sign_a != sign_b)
		return sign_a < sign_b ? -1 : 1;
	return sign_a ? sign_a * compare_sizes(a, b) : 0;
}

bool decimal_is_integer(const struct decimal *d)
{
	return d->digits == d->end || d->bottom >= 0;
}

uint32_t decimal_hash(const struct decimal *d)
{
	uint32_t hash = 2166136261u;

	for (const char *p = d->digits; p < d->end; p++)
		if (*p != '.')
			hash = (hash ^ (unsigned char)*p) * 16777619u;
	if (d->digits == d->end)
		return hash;
	hash = (hash ^ (uint32_t)d->top) * 16777619u;
	return d->negative ? ~hash : hash;
}

bool decimal_count(const struct decimal *d, uint32_t *count)
{
	const char *p = d->digits;
	uint64_t value = 0;

	if (!decimal_is_integer(d) || (d->negative && d->digits != d->end))
		return false;
	if (d->digits == d->end) {
		*count = 0;
		return true;
	}
	for (int64_t i = d->top; i >= 0 && value < UINT32_MAX; i--)
		value = value * 10 + (uint64_t)(next_digit(&p, d->end) - '0');
	*count = value < UINT32_MAX ? (uint32_t)value : UINT32_MAX - 1;
	return true;
}

bool divisor_of(const struct decimal *d, struct divisor *divisor)
{
	struct divisor result = { .bottom = d->bottom };

	if (d->digits == d->end || d->negative || d->top - d->bottom >= LONGEST_DIVISOR)
		return false;
	for (const char *p = d->digits; p < d->end;)
		result.m = result.m * 10 + (wide)(next_digit(&p, d->end) - '0');
	*divisor = result;
	return true;
}

/* a × b mod m for m < 10^38, so that sums stay below 2^128 */
static wide multiply(wide a, wide b, wide m)
{
	wide result = 0;

	if (m <= UINT64_MAX)
		return a * b % m;
	for (; b; b >>= 1) {
		if (b & 1)
			result = (result + a) % m;
		a = (a + a) % m;
	}
	return result;
}

bool decimal_is_multiple(const struct decimal *d, const struct divisor *divisor)
{
	wide m = divisor->m, ten = 10 % m, power = ten, rest = 0;
	int64_t shift = d->bottom - divisor->bottom;

	if (d->digits == d->end)
		return true;
	/* neither mantissa ends in 0, so that a quotient with places behind the point stays one */
	if (shift < 0)
		return false;
	for (const char *p = d->digits; p < d->end;) {
		wide digit = (unsigned char)(next_digit(&p, d->end) - '0');

		rest = (multiply(rest, ten, m) + digit) % m;
	}
	for (; shift; shift >>= 1) {
		if (shift & 1)
			rest = multiply(rest, power, m);
		power = multiply(power, power, m);
	}
	return rest == 0;
}

static bool numbers_equal(const struct node *a, const struct node *b)
{
	struct decimal x, y;

	if (a->flags & b->flags & NODE_INTEGER)
		return a->integer == b->integer;
	x = decimal_of(a->text, a->count);
	y = decimal_of(b->text, b->count);
	return decimal_compare(&x, &y) == 0;
}

static bool maps_equal(const struct node *a, const struct node *b)
{
	for (uint32_t i = 0; i < a->count; i++) {
		const struct member *m = &a->members[i];
		const struct node *other = NULL;

		/* documents mostly agree in order: start at the same place */
		for (uint32_t j = 0; j < b->count && !other; j++) {
			const struct member *n = &b->members[(i + j) % b->count];

			if (m->hash == n->hash && m->len == n->len &&
			    memcmp(m->name, n->name, m->len) == 0)
				other = n->value;
		}
		if (!other || !value_equal(m->value, other))
			return false;
	}
	return true;
}

static bool lists_equal(const struct node *a, const struct node *b)
{
	for (uint32_t i = 0; i < a->count; i++)
		if (!value_equal(&a->items[i], &b->items[i]))
			return false;
	return true;
}

bool value_equal(const struct node *a, const struct node *b)
{
	if (a->type != b->type)
		return false;
	switch ((enum node_type)a->type) {
	case NODE_NULL:
		return true;
	case NODE_BOOL:
		return a->boolean == b->boolean;
	case NODE_NUMBER:
		return numbers_equal(a, b);
	case NODE_STRING:
		return a->count == b->count && memcmp(a->text, b->text, a->count) == 0;
	case NODE_LIST:
		return a->count == b->count && lists_equal(a, b);
	case NODE_MAP:
		return a->count == b->count && maps_equal(a, b);
	}
	return false;
}

uint32_t value_hash(const struct node *value)
{
	uint32_t hash = 2166136261u + value->type;
	struct decimal d;

	switch ((enum node_type)value->type) {
	case NODE_NULL:
		return hash;
	case NODE_BOOL:
		return hash + 16777619u * value->boolean;
	case NODE_NUMBER:
		d = decimal_of(value->text, value->count);
		return decimal_hash(&d);
	case NODE_STRING:
		return text_hash(value->text, value->count);
	case NODE_LIST:
		for (uint32_t i = 0; i < value->count; i++)
			hash = (hash ^ value_hash(&value->items[i])) * 16777619u;
		return hash;
	case NODE_MAP: /* a sum, because order does not matter */
		for (uint32_t i = 0; i < value->count; i++)
			hash += (value->members[i].hash ^ value_hash(value->members[i].value)) *
				16777619u;
		return hash;
	}
	return hash;
}
