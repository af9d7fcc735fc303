/* Places in a text: from any place to any other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/lines.h"

static const char text[] = "\xef\xbb\xbf"
			   "a走b\n\n走走\nlast";
#define T (text + 3)

static const struct {
	uint32_t line, column;
	const char *at;
	uint32_t reached;
} places[] = {
	{ 1, 1, T, 1 },      { 1, 2, T + 1, 2 },  { 1, 3, T + 4, 3 },  { 1, 4, T + 5, 4 },
	{ 1, 9, T + 5, 4 },  { 2, 1, T + 6, 1 },  { 2, 2, T + 6, 1 },  { 3, 1, T + 7, 1 },
	{ 3, 2, T + 10, 2 }, { 3, 3, T + 13, 3 }, { 4, 1, T + 14, 1 }, { 4, 5, T + 18, 5 },
	{ 4, 6, T + 18, 5 }, { 5, 1, NULL, 0 },   { 0, 1, NULL, 0 },
};
#define PLACES (sizeof(places) / sizeof(*places))

static void from_any_to_any(void **state)
{
	struct lines lines;

	(void)state;
	for (size_t i = 0; i < PLACES; i++)
		for (size_t j = 0; j < PLACES; j++) {
			lines_init(&lines, text, sizeof(text) - 1);
			lines_at(&lines, places[i].line, places[i].column);
			assert_ptr_equal(lines_at(&lines, places[j].line, places[j].column),
					 places[j].at);
			if (places[j].at)
				assert_int_equal(lines.column, places[j].reached);
		}
}

static void other_texts(void **state)
{
	struct lines lines;

	(void)state;
	lines_init(&lines, "", 0);
	assert_non_null(lines_at(&lines, 1, 1));
	assert_null(lines_at(&lines, 2, 1));
	lines_init(&lines, "\n", 1);
	assert_ptr_equal(lines_at(&lines, 2, 1), lines.end);
	assert_ptr_equal(lines_at(&lines, 1, 3), lines.text);
	/* what is not UTF-8 is a character for each byte, and nothing is read beyond the text */
	lines_init(&lines, "\x80\xe8\n\xb5", 4);
	assert_ptr_equal(lines_at(&lines, 1, 9), lines.text + 2);
	assert_ptr_equal(lines_at(&lines, 2, 9), lines.end);
	assert_ptr_equal(lines_at(&lines, 1, 1), lines.text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(from_any_to_any),
		cmocka_unit_test(other_texts),
	};

	return cmocka_run_group_tests_name("lines", tests, NULL, NULL);
}
