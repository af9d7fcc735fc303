#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/file.h"
#include "intake/day.h"
#include "intake/figure.h"
#include "intake/words.h"
#include "yaml/read.h"

#define PLAN "examples/pingliang-2024/plan.yaml"

static struct arena arena;
static struct findings findings;
static struct str text;
static struct plan plan;

static int load(void **state)
{
	const struct node *root;

	(void)state;
	findings_init(&findings);
	if (file_read(AT_FDCWD, PLAN, (size_t)1 << 20, &text) < 0)
		return -1;
	root = yaml_read(&arena, PLAN, text.p, text.len, &READ_LARGE, &findings);
	return root ? plan_load(&plan, root, PLAN, &arena, &findings) : -1;
}

static int unload(void **state)
{
	(void)state;
	findings_release(&findings);
	arena_release(&arena);
	str_release(&text);
	return 0;
}

/* the day as text, or the fault's number in brackets */
static const char *day(const char *typed, bool serial)
{
	static char out[DATE_SIZE + 16];
	struct day_read read;
	enum day_fault fault = day_read(&plan, typed, serial, &read);

	if (fault == DAY_FINE)
		date_format(read.day, out);
	else
		snprintf(out, sizeof(out), "(%d)", (int)fault);
	return out;
}

static void test_one_day(void **state)
{
	static const char *const typed[] = {
		"2024年4月18日",
		"2024-4-18",
		"2024.04.18",
		"20240418",
		"2024。4。18",
		"4月18日",
		"二〇二四年四月十八日",
		"2024年四月十八日",
		"2024年4月18日（星期四）",
		"4月18号",
		"2024-04-18T08:00",
		"‘2024-04-18",
		"  2024/4/18  ",
		"2024年4月18日下午3点半",
		"2024年4月18日周4",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(typed) / sizeof(*typed); i++)
		assert_string_equal(day(typed[i], false), "2024-04-18");
	assert_string_equal(day("2024年三月三十一日", false), "2024-03-31");
	assert_string_equal(day("2024年十二月廿一日", false), "2024-12-21");
	assert_string_equal(day("2024年十月二十日(周日)", false), "2024-10-20");
}

static void check_fault(enum day_fault fault, const char *typed)
{
	struct day_read read = { .day = 7 };

	assert_int_equal(day_read(&plan, typed, false, &read), fault);
	assert_int_equal(read.day, 7);
}

static void test_no_day(void **state)
{
	(void)state;
	check_fault(DAY_BLANK, " 年 月　日");
	check_fault(DAY_BLANK, "'");
	check_fault(DAY_HASHES, "####");
	check_fault(DAY_SERIAL, "45400");
	check_fault(DAY_SERIAL, "45400.5");
	check_fault(DAY_NUMBER, "4.18");
	check_fault(DAY_NUMBER, "4/18");
	check_fault(DAY_SHORT_YEAR, "24.4.18");
	check_fault(DAY_SHORT_YEAR, "24年4月18日");
	check_fault(DAY_ORDER, "4/5/2024");
	check_fault(DAY_RANGE, "2024年4月18日至20日");
	check_fault(DAY_RANGE, "4月18、19日");
	check_fault(DAY_RANGE, "4月底前");
	check_fault(DAY_RANGE, "2024年");
	check_fault(DAY_RANGE, "2024.4");
	check_fault(DAY_UNREAL, "2024-02-30");
	check_fault(DAY_UNREAL, "4月31日");
	check_fault(DAY_UNREAL, "20241318");
	check_fault(DAY_WEEKDAY, "2024年4月18日星期五");
	check_fault(DAY_UNKNOWN, "2024年4月18日左右");
	check_fault(DAY_UNKNOWN, "2024-4/18");
	check_fault(DAY_UNKNOWN, "12345");
	check_fault(DAY_UNKNOWN, "月");
	check_fault(DAY_UNKNOWN, "\xff");
}

static void test_serial(void **state)
{
	struct day_read read = { .day = 0 };

	(void)state;
	assert_string_equal(day("45400", true), "2024-04-18");
	assert_string_equal(day("45200", true), "2023-10-01");
	assert_int_equal(day_read(&plan, "45400.25", true, &read), DAY_FINE);
	assert_true(read.serial && read.time_dropped && !read.year_taken);
}

static void check_count(const char *typed, enum figure_fault fault, int64_t value)
{
	int64_t read = -7;

	assert_int_equal(figure_count(typed, NULL, &read), fault);
	assert_int_equal(read, fault == FIGURE_FINE ? value : -7);
}

static void test_counts(void **state)
{
	(void)state;
	check_count("91", FIGURE_FINE, 91);
	check_count(" ９１项 ", FIGURE_FINE, 91);
	check_count("1,234,567", FIGURE_FINE, 1234567);
	check_count("1，234", FIGURE_FINE, 1234);
	check_count("1 234", FIGURE_FINE, 1234);
	check_count("0", FIGURE_FINE, 0);
	check_count("", FIGURE_NONE, 0);
	check_count("——", FIGURE_NONE, 0);
	check_count("12,34", FIGURE_GROUPS, 0);
	check_count("1234,567", FIGURE_GROUPS, 0);
	check_count("1.5", FIGURE_FRACTION, 0);
	check_count("-3", FIGURE_NEGATIVE, 0);
	check_count("3公里", FIGURE_UNIT, 0);
	check_count("100余项", FIGURE_ABOUT, 0);
	check_count("九十一", FIGURE_ABOUT, 0);
	check_count("1O0", FIGURE_LETTERS, 0);
	check_count("1.2345E+05", FIGURE_SCIENTIFIC, 0);
	check_count("#N/A", FIGURE_ERROR, 0);
	check_count("9999999999999999", FIGURE_RANGE, 0);
	check_count("9999999999999999999999999999999999", FIGURE_RANGE, 0);
	check_count("很好", FIGURE_UNKNOWN, 0);
}

static void check_percent(const char *typed, enum figure_fault fault, int64_t value, bool bare)
{
	int64_t read = -7;
	bool said = false;

	assert_int_equal(figure_percent(typed, 2, &read, &said), fault);
	assert_int_equal(read, fault == FIGURE_FINE ? value : -7);
	assert_int_equal(said, fault == FIGURE_FINE && bare);
}

static void test_percentages(void **state)
{
	(void)state;
	check_percent("73.50%", FIGURE_FINE, 7350, false);
	check_percent("７３．５％", FIGURE_FINE, 7350, false);
	check_percent("73.5 %", FIGURE_FINE, 7350, false);
	check_percent("73.5", FIGURE_FINE, 7350, true);
	check_percent("0.5%", FIGURE_FINE, 50, false);
	check_percent("0", FIGURE_FINE, 0, true);
	check_percent("100%", FIGURE_FINE, 10000, false);
	check_percent("100.01%", FIGURE_RANGE, 0, false);
	check_percent("0.735", FIGURE_AMBIGUOUS, 0, false);
	check_percent("1", FIGURE_AMBIGUOUS, 0, false);
	check_percent("1.00", FIGURE_AMBIGUOUS, 0, false);
	check_percent("73.505%", FIGURE_PRECISION, 0, false);
	check_percent("-1.2%", FIGURE_NEGATIVE, 0, false);
	check_percent("73.5个百分点", FIGURE_POINTS, 0, false);
	check_percent("73%左右", FIGURE_ABOUT, 0, false);
	check_percent("无", FIGURE_NONE, 0, false);
}

/* the names in a cell, with | between them */
static const char *names(const char *cell)
{
	static char out[256];
	const struct node at = { .line = 3, .column = 9 };
	struct node *list = node_new_list(&arena);

	assert_int_equal(names_split(&arena, cell, &at, list), 0);
	out[0] = '\0';
	for (uint32_t i = 0; i < list->count; i++) {
		snprintf(out + strlen(out), sizeof(out) - strlen(out), "%s%s", i ? "|" : "",
			 list->items[i].text);
		assert_int_equal(list->items[i].line, 3);
		assert_int_equal(list->items[i].column, 9);
	}
	return out;
}

static void test_names(void **state)
{
	(void)state;
	assert_string_equal(names("张某"), "张某");
	assert_string_equal(names("张某、李某，王某某;赵某/孙某"), "张某|李某|王某某|赵某|孙某");
	assert_string_equal(names("张某 李某　王某某"), "张某|李某|王某某");
	assert_string_equal(names("郑 某"), "郑 某");
	assert_string_equal(names("郑 某、张某"), "郑 某|张某");
	assert_string_equal(names(" 张某  "), "张某");
	assert_string_equal(names("张某、张某、"), "张某");
	assert_string_equal(names("、"), "");
	assert_true(is_signed("（签字）") && is_signed("已签") && !is_signed("张某"));
}

static const char *entries(const char *cell)
{
	static char out[256];
	const struct node at = { .line = 1, .column = 1 };
	struct node *list = node_new_list(&arena);

	assert_int_equal(entries_split(&arena, cell, &at, list), 0);
	out[0] = '\0';
	for (uint32_t i = 0; i < list->count; i++)
		snprintf(out + strlen(out), sizeof(out) - strlen(out), "%s%s", i ? "|" : "",
			 list->items[i].text);
	return out;
}

static void test_entries(void **state)
{
	(void)state;
	assert_string_equal(entries("材料多"), "材料多");
	assert_string_equal(entries("1.材料多；2、时间长"), "材料多；|时间长");
	assert_string_equal(entries("①材料多\n②时间长"), "材料多|时间长");
	assert_string_equal(entries("（一）材料多。（二）时间长"), "材料多。|时间长");
	assert_string_equal(entries("共1.5小时；3.5天"), "共1.5小时；3.5天");
}

static void test_words(void **state)
{
	bool sub;

	(void)state;
	assert_true(is_ditto("〃") && is_ditto("“同上”"));
	assert_false(is_ditto("同上海"));
	assert_true(is_total("小 计", &sub) && sub && is_total("合计：", &sub) && !sub);
	assert_true(is_footer("注：一式两份") && is_footer("填表人:张某"));
	assert_false(is_footer("注册登记"));
	assert_string_equal(word_trim(&arena, "1.政务服务"), "政务服务");
	assert_string_equal(word_trim(&arena, "（2）政务服务"), "政务服务");
	assert_string_equal(word_trim(&arena, "12345热线"), "12345热线");
	assert_string_equal(name_trim(&arena, "　示例甲\n商店。 。"), "示例甲商店");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_day),     cmocka_unit_test(test_no_day),
		cmocka_unit_test(test_serial),      cmocka_unit_test(test_counts),
		cmocka_unit_test(test_percentages), cmocka_unit_test(test_names),
		cmocka_unit_test(test_entries),     cmocka_unit_test(test_words),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
