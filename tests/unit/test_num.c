/* Exact figures: parsing, printing, comparing, and the one rounding (contract 4, domain 2.6). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/num.h"

static void decimals(void **state)
{
	static const struct {
		const char *text;
		unsigned places;
		int64_t value;
	} rows[] = {
		{ "73.5", 2, 7350 },
		{ "73.50", 2, 7350 },
		{ "-1.90", 2, -190 },
		{ "0", 0, 0 },
		{ "0.00", 2, 0 },
		{ "-0", 2, 0 },
		{ "007", 0, 7 },
		{ "100", 2, 10000 },
		{ "0.01", 2, 1 },
		{ "-0.01", 2, -1 },
		{ "5", 3, 5000 },
		{ "1000000000000000", 0, NUM_LARGEST },
		{ "10000000000000", 2, NUM_LARGEST },
		{ "-1000000000000000", 0, -NUM_LARGEST },
	};
	static const struct {
		const char *text;
		unsigned places;
	} wrong[] = {
		{ "", 2 },
		{ "-", 2 },
		{ ".", 2 },
		{ ".5", 2 },
		{ "5.", 2 },
		{ "1.234", 2 },
		{ "1.0", 0 },
		{ "1e3", 2 },
		{ "+1", 2 },
		{ " 1", 2 },
		{ "1 ", 2 },
		{ "1,5", 2 },
		{ "1.2.3", 2 },
		{ "--1", 2 },
		{ "0x1", 2 },
		{ "１", 2 },
		{ "nan", 2 },
		{ "1000000000000001", 0 },
		{ "10000000000000.01", 2 },
		{ "99999999999999999999999999", 0 },
	};
	char out[FIGURE_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		int64_t value = 99;

		if (!decimal_parse(rows[i].text, strlen(rows[i].text), rows[i].places, &value))
			fail_msg("'%s' is a figure", rows[i].text);
		assert_int_equal(value, rows[i].value);
	}
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		int64_t value = 99;

		if (decimal_parse(wrong[i].text, strlen(wrong[i].text), wrong[i].places, &value))
			fail_msg("'%s' is no figure", wrong[i].text);
		assert_int_equal(value, 99);
	}
	assert_string_equal(decimal_format(7350, 2, out), "73.50");
	assert_string_equal(decimal_format(-190, 2, out), "-1.90");
	assert_string_equal(decimal_format(-1, 2, out), "-0.01");
	assert_string_equal(decimal_format(0, 2, out), "0.00");
	assert_string_equal(decimal_format(91, 0, out), "91");
	assert_string_equal(decimal_format(0, 0, out), "0");
	assert_string_equal(decimal_format(-10, 0, out), "-10");
	assert_string_equal(decimal_format(INT64_MAX, 0, out), "9223372036854775807");
	assert_string_equal(decimal_format(INT64_MIN, 0, out), "-9223372036854775808");
	assert_string_equal(decimal_format(-91, 0, out), "-91");
	assert_string_equal(decimal_format(NUM_LARGEST, 6, out), "1000000000.000000");
	assert_string_equal(decimal_format(INT64_MIN, 2, out), "-92233720368547758.08");
	assert_string_equal(decimal_format(INT64_MAX, 6, out), "9223372036854.775807");
}

/* every figure of a range comes back from its text */
static void there_and_back(void **state)
{
	char out[FIGURE_SIZE];

	(void)state;
	for (unsigned places = 0; places <= 6; places++)
		for (int64_t v = -12345; v <= 12345; v += 7) {
			int64_t back = 0;

			decimal_format(v, places, out);
			assert_true(decimal_parse(out, strlen(out), places, &back));
			assert_int_equal(back, v);
		}
}

static void fractions(void **state)
{
	const int64_t big = NUM_LARGEST;

	(void)state;
	assert_int_equal(fraction_compare((struct fraction){ 1, 3 }, (struct fraction){ 2, 6 }), 0);
	assert_int_equal(fraction_compare((struct fraction){ 1, 3 }, (struct fraction){ 1, 2 }),
			 -1);
	assert_int_equal(fraction_compare((struct fraction){ 0, 5 }, (struct fraction){ 0, 9 }), 0);
	assert_int_equal(fraction_compare((struct fraction){ -1, 2 }, (struct fraction){ 0, 1 }),
			 -1);
	/* no double can tell these two apart */
	assert_int_equal(fraction_compare((struct fraction){ big - 1, big },
					  (struct fraction){ big - 2, big - 1 }),
			 1);
}

static void the_rule(void **state)
{
	static const struct {
		int64_t n, d;
		unsigned places;
		const char *text;
	} rows[] = {
		/* not whole is not 100, something is not nothing (contract 4) */
		{ 24999, 25000, 2, "99.99" },
		{ 1, 100000, 2, "0.01" },
		{ 25000, 25000, 2, "100.00" },
		{ 0, 25000, 2, "0.00" },
		{ 999999999999999, 1000000000000000, 2, "99.99" },
		{ 1, 1000000000000000, 2, "0.01" },
		{ 199, 200, 0, "99" },
		{ 1, 201, 0, "1" },
		{ 9999, 10000, 2, "99.99" },
		/* half up, once */
		{ 1, 8, 2, "12.50" },
		{ 1, 8, 1, "12.5" },
		{ 1, 8, 0, "13" },
		{ 1, 3, 2, "33.33" },
		{ 2, 3, 2, "66.67" },
		{ 12345, 100000, 2, "12.35" },
		{ 12344, 100000, 2, "12.34" },
		{ 123449, 1000000, 2, "12.34" }, /* not 12.345 and then 12.35 */
		/* figures of the plan and more than the whole */
		{ 7350, 10000, 2, "73.50" },
		{ 9400, 10000, 2, "94.00" },
		{ 13879360, 11238000, 2, "123.50" },
		{ NUM_LARGEST, 1, 0, "100000000000000000" },
	};
	char out[FIGURE_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		int64_t value = share_percent(rows[i].n, rows[i].d, rows[i].places);

		assert_string_equal(decimal_format(value, rows[i].places, out), rows[i].text);
	}
}

/* decides by long division, digit by digit, what share_percent computes in one step */
static int64_t by_long_division(int64_t n, int64_t d, unsigned places)
{
	int64_t value = n / d, rest = n % d, whole = 1;

	for (unsigned i = 0; i < places + 2; i++) {
		value = value * 10 + rest * 10 / d;
		rest = rest * 10 % d;
		whole *= 10;
	}
	if (rest * 10 / d >= 5)
		value++;
	if (n < d && value == whole)
		return whole - 1;
	return n > 0 && value == 0 ? 1 : value;
}

static void all_small_shares(void **state)
{
	(void)state;
	for (int64_t d = 1; d <= 400; d++)
		for (int64_t n = 0; n <= d + 3; n++)
			for (unsigned places = 0; places <= 4; places += 2)
				if (share_percent(n, d, places) != by_long_division(n, d, places))
					fail_msg("%d of %d", (int)n, (int)d);
	for (int64_t n = 0; n <= 25000; n++)
		assert_int_equal(share_percent(n, 25000, 2), by_long_division(n, 25000, 2));
}

int main(void)
{
	const struct CMUnitTest num[] = {
		cmocka_unit_test(decimals),         cmocka_unit_test(there_and_back),
		cmocka_unit_test(fractions),        cmocka_unit_test(the_rule),
		cmocka_unit_test(all_small_shares),
	};

	return cmocka_run_group_tests(num, NULL, NULL);
}
