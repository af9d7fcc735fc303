#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "intake/sheet_number.h"

static const char *shown(const char *number, enum number_sort sort, unsigned places)
{
	static char out[NUMBER_SIZE];

	return number_show(
		number, (struct number_format){ .sort = (uint8_t)sort, .places = (uint8_t)places },
		false, out);
}

static void test_plain(void **state)
{
	static const char *const pairs[][2] = {
		{ "0", "0" },
		{ "-0", "0" },
		{ "45400", "45400" },
		{ "73.5", "73.5" },
		{ "-5.10", "-5.1" },
		{ ".5", "0.5" },
		{ "5.", "5" },
		{ "1E3", "1000" },
		{ "4.5E-2", "0.045" },
		{ "0.00000012", "0.00000012" },
		/* what binary makes of 0.735 and of 0.1 + 0.2 */
		{ "0.73499999999999999", "0.735" },
		{ "0.30000000000000004", "0.3" },
		{ "0.99999999999999989", "1" },
		{ "9.9999999999999995E+21", "1.0E+22" },
		{ "123456789012345", "123456789012345" },
		{ "1234567890123456", "1.23456789012346E+15" },
		{ "1e-20", "1.0E-20" },
		{ "abc", "abc" },
		{ "1e", "1e" },
		{ "--1", "--1" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
		assert_string_equal(shown(pairs[i][0], NUMBER_PLAIN, 0), pairs[i][1]);
	/* more than any number has */
	assert_int_equal(strlen(shown("1111111111111111111111111111111111111111111111111111111111"
				      "1111111111111111",
				      NUMBER_PLAIN, 0)),
			 NUMBER_SIZE - 1);
}

static void test_percent(void **state)
{
	(void)state;
	assert_string_equal(shown("0.735", NUMBER_PERCENT, 0), "73.5%");
	assert_string_equal(shown("0.735", NUMBER_PERCENT, 2), "73.50%");
	assert_string_equal(shown("0.735294117647059", NUMBER_PERCENT, 0), "73.53%");
	assert_string_equal(shown("0.73505", NUMBER_PERCENT, 3), "73.505%");
	assert_string_equal(shown("0.73505", NUMBER_PERCENT, 2), "73.51%");
	assert_string_equal(shown("1", NUMBER_PERCENT, 0), "100%");
	assert_string_equal(shown("0", NUMBER_PERCENT, 2), "0.00%");
	assert_string_equal(shown("1.05", NUMBER_PERCENT, 0), "105%");
	assert_string_equal(shown("-0.012", NUMBER_PERCENT, 1), "-1.2%");
	assert_string_equal(shown("73.5", NUMBER_SIGNED, 0), "73.5%");
	/* not whole, not nothing */
	assert_string_equal(shown("0.99996", NUMBER_PERCENT, 0), "99.99%");
	assert_string_equal(shown("0.9999999", NUMBER_PERCENT, 3), "99.999%");
	assert_string_equal(shown("0.00001", NUMBER_PERCENT, 2), "0.01%");
	assert_string_equal(shown("9.99996", NUMBER_PERCENT, 2), "1000.00%");
}

static void test_days(void **state)
{
	char out[NUMBER_SIZE];
	const struct number_format day = { .sort = NUMBER_DAY };

	(void)state;
	assert_string_equal(shown("45400", NUMBER_DAY, 0), "2024-04-18");
	assert_string_equal(shown("45400.395833333336", NUMBER_DAY, 0), "2024-04-18 09:30:00");
	assert_string_equal(shown("45400.999999999", NUMBER_DAY, 0), "2024-04-19");
	assert_string_equal(shown("45400", NUMBER_MONTH, 0), "2024年4月");
	assert_string_equal(shown("0.5", NUMBER_CLOCK, 0), "12:00:00");
	assert_string_equal(shown("0.0006944444", NUMBER_CLOCK, 0), "00:01:00");
	assert_string_equal(shown("45400.5", NUMBER_CLOCK, 0), "2024-04-18 12:00:00");
	/* the year 1900 had a day too many; 0 and what lies outside is no day */
	assert_string_equal(shown("1", NUMBER_DAY, 0), "1900-01-01");
	assert_string_equal(shown("59", NUMBER_DAY, 0), "1900-02-28");
	assert_string_equal(shown("60", NUMBER_DAY, 0), "60");
	assert_string_equal(shown("61", NUMBER_DAY, 0), "1900-03-01");
	assert_string_equal(shown("2958465", NUMBER_DAY, 0), "9999-12-31");
	assert_string_equal(shown("2958466", NUMBER_DAY, 0), "2958466");
	assert_string_equal(shown("-1", NUMBER_DAY, 0), "-1");
	assert_string_equal(number_show("43938", day, true, out), "2024-04-18");
	assert_string_equal(number_show("0", day, true, out), "1904-01-01");
}

static void test_formats(void **state)
{
	static const struct {
		const char *code;
		enum number_sort sort;
		unsigned places;
	} codes[] = {
		{ "General", NUMBER_PLAIN, 0 },
		{ "G/通用格式", NUMBER_PLAIN, 0 },
		{ "0.00", NUMBER_PLAIN, 0 },
		{ "0.00E+00", NUMBER_PLAIN, 0 },
		{ "#,##0_ ;[Red]\\-#,##0", NUMBER_PLAIN, 0 },
		{ "[红色]0\"年\"", NUMBER_PLAIN, 0 },
		{ "@", NUMBER_PLAIN, 0 },
		{ "0%", NUMBER_PERCENT, 0 },
		{ "0.0%;-0.00%", NUMBER_PERCENT, 1 },
		{ "0.0000000000%", NUMBER_PERCENT, 6 },
		{ "0.00\"%\"", NUMBER_SIGNED, 0 },
		{ "0\\%", NUMBER_SIGNED, 0 },
		{ "yyyy\"年\"m\"月\"d\"日\";@", NUMBER_DAY, 0 },
		{ "[$-804]yyyy/m/d h:mm", NUMBER_DAY, 0 },
		{ "m\"月\"d\"日\"", NUMBER_DAY, 0 },
		{ "[$-F800]dddd\\,\\ mmmm\\ dd", NUMBER_DAY, 0 },
		{ "aaaa", NUMBER_DAY, 0 },
		{ "YYYY-MM", NUMBER_MONTH, 0 },
		{ "[DBNum1]yyyy\"年\"m\"月\"", NUMBER_MONTH, 0 },
		{ "h:mm AM/PM", NUMBER_CLOCK, 0 },
		{ "[h]:mm:ss", NUMBER_CLOCK, 0 },
		{ "上午/下午h\"时\"mm\"分\"", NUMBER_CLOCK, 0 },
		{ "\"", NUMBER_PLAIN, 0 },
		{ "[", NUMBER_PLAIN, 0 },
		{ "\\", NUMBER_PLAIN, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(codes) / sizeof(*codes); i++) {
		struct number_format f = number_format_of(codes[i].code);

		assert_int_equal(f.sort, codes[i].sort);
		assert_int_equal(f.places, codes[i].places);
	}
	assert_int_equal(number_format_known(14).sort, NUMBER_DAY);
	assert_int_equal(number_format_known(57).sort, NUMBER_MONTH);
	assert_int_equal(number_format_known(10).places, 2);
	assert_int_equal(number_format_known(164).sort, NUMBER_PLAIN);
	assert_int_equal(number_format_known(4000000000).sort, NUMBER_PLAIN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_percent),
		cmocka_unit_test(test_days),
		cmocka_unit_test(test_formats),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
