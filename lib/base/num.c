#include "base/num.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

typedef __int128 wide;

static int64_t power_of_ten(unsigned n)
{
	int64_t p = 1;

	while (n--)
		p *= 10;
	return p;
}

bool decimal_parse(const char *text, size_t n, unsigned places, int64_t *value)
{
	const char *end = text + n;
	bool negative = n && *text == '-';
	unsigned behind = 0;
	bool any = false, point = false;
	int64_t v = 0;

	for (text += negative; text < end; text++) {
		if (*text == '.' && any && !point) {
			point = true;
			continue;
		}
		if (*text < '0' || *text > '9' || (point && behind == places))
			return false;
		v = v * 10 + (*text - '0');
		if (v > NUM_LARGEST)
			return false;
		any = true;
		behind += point;
	}
	if (!any || end[-1] == '.')
		return false;
	for (; behind < places; behind++) {
		v *= 10;
		if (v > NUM_LARGEST)
			return false;
	}
	*value = negative ? -v : v;
	return true;
}

/* a table has very many numbers without decimals */
static void whole_format(uint64_t magnitude, bool negative, char out[FIGURE_SIZE])
{
	char digits[FIGURE_SIZE], *end = digits + sizeof(digits) - 1, *p = end;

	*end = '\0';
	do
		*--p = (char)('0' + magnitude % 10);
	while (magnitude /= 10);
	if (negative)
		*--p = '-';
	memcpy(out, p, (size_t)(end - p) + 1);
}

const char *decimal_format(int64_t value, unsigned places, char out[FIGURE_SIZE])
{
	uint64_t magnitude = value < 0 ? -(uint64_t)value : (uint64_t)value;
	uint64_t unit = (uint64_t)power_of_ten(places);

	if (places)
		snprintf(out, FIGURE_SIZE, "%s%" PRIu64 ".%0*" PRIu64, value < 0 ? "-" : "",
			 magnitude / unit, (int)places, magnitude % unit);
	else
		whole_format(magnitude, value < 0, out);
	return out;
}

int fraction_compare(struct fraction a, struct fraction b)
{
	wide left = (wide)a.n * b.d, right = (wide)b.n * a.d;

	return (left > right) - (left < right);
}

int64_t share_whole(unsigned places)
{
	return 100 * power_of_ten(places);
}

int64_t share_percent(int64_t n, int64_t d, unsigned places)
{
	int64_t whole = share_whole(places);
	int64_t rounded = (int64_t)(((wide)n * whole * 2 + d) / ((wide)d * 2));

	if (n < d && rounded >= whole)
		return whole - 1;
	if (n > 0 && rounded == 0)
		return 1;
	return rounded;
}
