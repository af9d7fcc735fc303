/* Personal data in free text. The numbers are invented: no region has the code 990000. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/privacy.h"

#define ID "99000019900101005X"

static struct arena arena;

static int end(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static void what_is_found(void **state)
{
	static const struct {
		const char *text;
		enum privacy found;
		const char *what; /* the part that is it */
	} rows[] = {
		{ "身份证" ID "。", PRIVACY_ID_NUMBER, ID },
		{ "99000019900101005x", PRIVACY_ID_NUMBER, "99000019900101005x" },
		{ "990000 19900101 0025", PRIVACY_ID_NUMBER, "990000 19900101 0025" },
		{ "990000-19900101-0025", PRIVACY_ID_NUMBER, "990000-19900101-0025" },
		{ "９９００００１９９００１０１００２５", PRIVACY_ID_NUMBER,
		  "９９００００１９９００１０１００２５" },
		{ "编号2024 990000199001010025", PRIVACY_ID_NUMBER, "990000199001010025" },
		{ "990000199001010026", PRIVACY_NONE, "" },  /* check character */
		{ "990000199002300025", PRIVACY_NONE, "" },  /* 30 February */
		{ "9900001990010100251", PRIVACY_NONE, "" }, /* too long */
		{ "ID990000199001010025", PRIVACY_ID_NUMBER, "990000199001010025" },
		{ "GS_990000199001010025", PRIVACY_NONE, "" }, /* a name of something */
		{ "电话19900000000", PRIVACY_MOBILE, "19900000000" },
		{ "199 0000 0000", PRIVACY_MOBILE, "199 0000 0000" },
		{ "199-0000-0000转", PRIVACY_MOBILE, "199-0000-0000" },
		{ "+8619900000000", PRIVACY_MOBILE, "8619900000000" },
		{ "+86 199 0000 0000", PRIVACY_MOBILE, "86 199 0000 0000" },
		{ "5月6日 19900000000", PRIVACY_MOBILE, "19900000000" },
		{ "wx19900000000", PRIVACY_MOBILE, "19900000000" },
		{ "ＴＥＬ１９９００００００００", PRIVACY_MOBILE, "１９９００００００００" },
		{ "12900000000", PRIVACY_NONE, "" },
		{ "199000000001", PRIVACY_NONE, "" },
		{ "1990000000", PRIVACY_NONE, "" },
		{ "0933-8200000", PRIVACY_NONE, "" },
		{ "写到 zhang.mou+a@example.com。", PRIVACY_EMAIL, "zhang.mou+a@example.com" },
		{ "邮箱zhang＠example.com", PRIVACY_EMAIL, "zhang＠example.com" },
		{ "＠example.com", PRIVACY_NONE, "" },
		{ "a@b", PRIVACY_NONE, "" },
		{ "@example.com", PRIVACY_NONE, "" },
		{ "a@example.", PRIVACY_NONE, "" },
		{ "2024-05-06 12:30，办件1234件，占73.50%", PRIVACY_NONE, "" },
		{ "", PRIVACY_NONE, "" },
		{ "\xff\xfe"
		  "19900000000\xff",
		  PRIVACY_MOBILE, "19900000000" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		size_t start = 0, length = 0;
		enum privacy found =
			privacy_find(rows[i].text, strlen(rows[i].text), &start, &length);

		if (found != rows[i].found || length != strlen(rows[i].what) ||
		    memcmp(rows[i].text + start, rows[i].what, length) != 0)
			fail_msg("%s: %d, %.*s", rows[i].text, (int)found, (int)length,
				 rows[i].text + start);
	}
}

static void all_are_masked(void **state)
{
	const char *plain = "一切正常";

	(void)state;
	assert_string_equal(privacy_mask(&arena, "张某" ID "，19900000000、a@example.com"),
			    "张某******************，***********、*************");
	assert_ptr_equal(privacy_mask(&arena, plain), plain);
	assert_null(privacy_mask(&arena, NULL));
	/* one character, one star */
	assert_string_equal(privacy_mask(&arena, "１９９００００００００"), "***********");
}

static void names_keep_their_first_character(void **state)
{
	(void)state;
	assert_string_equal(privacy_mask_name(&arena, "张某某"), "张*");
	assert_string_equal(privacy_mask_name(&arena, "　李某"), "李*");
	assert_string_equal(privacy_mask_name(&arena, "Smith"), "S*");
	assert_string_equal(privacy_mask_name(&arena, ""), "*");
}

int main(void)
{
	const struct CMUnitTest privacy[] = {
		cmocka_unit_test_teardown(what_is_found, end),
		cmocka_unit_test_teardown(all_are_masked, end),
		cmocka_unit_test_teardown(names_keep_their_first_character, end),
	};

	return cmocka_run_group_tests(privacy, NULL, NULL);
}
