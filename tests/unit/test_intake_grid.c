#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "intake/csv.h"
#include "intake/decode.h"
#include "intake/grid.h"

static struct arena arena;
static struct findings findings;

static int tidy(void **state)
{
	(void)state;
	arena_release(&arena);
	findings_release(&findings);
	return 0;
}

/* the cells as LINE:COLUMN=TEXT, rows ended with `;` */
static const char *cells_of(const struct grid *grid)
{
	struct str out = { 0 };
	const char *copy;

	for (size_t i = 0; i < grid->count; i++) {
		for (uint32_t j = 0; j < grid->rows[i].count; j++) {
			const struct grid_cell *c = &grid->rows[i].cells[j];

			str_addf(&out, "%u:%u=%s ", c->line, c->column, c->text);
		}
		assert_int_equal(grid->rows[i].line, grid->rows[i].cells[0].line);
		str_addc(&out, ';');
	}
	copy = arena_strdup(&arena, str_text(&out));
	str_release(&out);
	return copy;
}

static const char *grid_of(const char *text, char delimiter)
{
	struct grid grid = { .name = "f.csv", .arena = &arena, .findings = &findings };
	int result = csv_read(&grid, arena_strdup(&arena, text), strlen(text), delimiter);
	const char *cells = result < 0 ? "refused" : cells_of(&grid);

	grid_clear(&grid);
	return cells;
}

static void test_places(void **state)
{
	(void)state;
	assert_string_equal(grid_of("a,b\r\n\r\n一,,二\n", ','),
			    "1:1=a 1:3=b ;3:1=一 3:3= 3:4=二 ;");
	assert_string_equal(grid_of("a\rb\r\n   \nc", ','), "1:1=a ;2:1=b ;4:1=c ;");
	assert_string_equal(grid_of("\"x\r\ny\",\"z\"\"\",c\n d ,e", ','),
			    "1:1=x\ny 2:4=z\" 2:10=c ;3:1=d 3:5=e ;");
	assert_string_equal(grid_of("a\tb,c\t\n", '\t'), "1:1=a 1:3=b,c 1:7= ;");
	assert_string_equal(grid_of("", ','), "");
	assert_string_equal(grid_of("\n\r\n\r", ','), "");
	assert_int_equal(findings.count, 0);
}

static void test_cleaning(void **state)
{
	(void)state;
	assert_string_equal(grid_of("a\xe2\x80\x8b"
				    "b,c\vd\xe2\x80\xa8"
				    "e",
				    ','),
			    "1:1=ab 1:5=c\nd\ne ;");
	assert_int_equal(findings.count, 2);
	assert_int_equal(findings.items[0].level, LEVEL_NOTE);
}

static void test_quotes(void **state)
{
	(void)state;
	assert_string_equal(grid_of("a,他说\"好\"的,b\nc", ','),
			    "1:1=a 1:3=他说\"好\"的 1:10=b ;2:1=c ;");
	assert_string_equal(findings.items[0].code, "bare-quote");
	assert_int_equal(findings.errors, 0);
	assert_string_equal(grid_of("a\nb,\"c\nd\n", ','), "refused");
	assert_int_equal(findings.items[1].line, 2);
	assert_int_equal(findings.items[1].column, 3);
	assert_string_equal(grid_of("a\nb,\"c\"d,e\n", ','), "refused");
	assert_int_equal(findings.items[2].line, 2);
	assert_int_equal(findings.errors, 2);
}

/* rows and findings, read in so many parts */
static const char *read_in(size_t parts, const char *text, char delimiter)
{
	struct findings own = { 0 };
	struct grid grid = { .name = "f.csv", .arena = &arena, .findings = &own };
	int result =
		csv_read_parts(&grid, arena_strdup(&arena, text), strlen(text), delimiter, parts);
	struct str out = { 0 };
	const char *copy;

	if (result == 0)
		str_add(&out, cells_of(&grid));
	for (size_t i = 0; i < own.count; i++)
		str_addf(&out, "%u:%u %s ", own.items[i].line, own.items[i].column,
			 own.items[i].code);
	copy = arena_strdup(&arena, str_text(&out));
	str_release(&out);
	grid_clear(&grid);
	findings_release(&own);
	return copy;
}

static unsigned random_below(unsigned n)
{
	static uint64_t seed = 20240411;

	seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (unsigned)(seed >> 33) % n;
}

/* rows of a table, of which one in many is not as it should be */
static const char *random_rows(size_t n, bool wild)
{
	static const char *const good[] = {
		"a,b",         "一,,二",        "\"x,y\",z", "\"多\n行\",c", "\"a\"\"\nb\"",
		" \"q\"\t, d", "\"\r\n\",\"\"", "",          "\t\tx",        "x\xe2\x80\x8by,\v"
	};
	static const char *const odd[] = { "5\" 管,\"a\"", "他说\"好\",b", "\"a\"b",
					   "\"",           " \",\"",       "a\"\n\"b" };
	static const char *const ends[] = { "\n", "\r\n", "\r", "\n\n", "\n" };
	struct str text = { 0 };
	const char *copy;

	for (size_t i = 0; i < n; i++) {
		if (wild && !random_below(12))
			str_add(&text, odd[random_below(sizeof(odd) / sizeof(*odd))]);
		else
			str_add(&text, good[random_below(sizeof(good) / sizeof(*good))]);
		if (i + 1 < n || random_below(2))
			str_add(&text, ends[random_below(sizeof(ends) / sizeof(*ends))]);
	}
	copy = arena_strdup(&arena, str_text(&text));
	str_release(&text);
	return copy;
}

static void must_be_the_same(const char *text, char delimiter)
{
	const char *alone = read_in(1, text, delimiter);

	for (size_t parts = 2; parts <= 8; parts++)
		assert_string_equal(read_in(parts, text, delimiter), alone);
}

/* in several parts as in one: rows, places, and of what is wrong as much */
static void test_parts(void **state)
{
	(void)state;
	for (size_t i = 0; i < 400; i++) {
		must_be_the_same(random_rows(1 + random_below(40), i % 2), ",\t;"[i % 3]);
		arena_release(&arena);
	}
}

static void test_delimiter(void **state)
{
	static const char *const words[] = { "序号", "单位", "日期" };
	static const struct {
		const char *text;
		char delimiter;
	} cases[] = {
		{ "标题,;;;;;;;;\n序号,单位,日期\n", ',' },
		{ "序 号;\"单位\";日期\n,,,,,,,\n", ';' },
		{ "序号\t单位\t日期", '\t' },
		{ "序号，单位，日期", 0 },
		{ "什么", ',' },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_int_equal(csv_delimiter(cases[i].text, strlen(cases[i].text), words, 3),
				 cases[i].delimiter);
}

/* the text, or the code of what is wrong and the offset that the message ends with */
static const char *decoded(const char *bytes, size_t n)
{
	static char out[256];
	char *copy = arena_strndup(&arena, bytes, n);
	struct decoded text;
	struct findings own = { 0 };

	if (decode_table("f", copy, n, &text, &own) == 0)
		snprintf(out, sizeof(out), "%s", text.text);
	else
		snprintf(out, sizeof(out), "%s %s", own.items[0].code,
			 strrchr(own.items[0].message, ' ') + 1);
	str_release(&text.own);
	assert_memory_equal(copy, bytes, n);
	findings_release(&own);
	return out;
}

#define DECODED(bytes) decoded(bytes, sizeof(bytes) - 1)
#define UTF8 "\xe5\xba\x8f\xe5\x8f\xb7" /* 序号 */
#define GB "\xd0\xf2\xba\xc5"

static void test_encodings(void **state)
{
	(void)state;
	assert_string_equal(DECODED(UTF8), "序号");
	assert_string_equal(DECODED("\xef\xbb\xbf" UTF8), "序号");
	assert_string_equal(DECODED(GB), "序号");
	assert_string_equal(DECODED("\x84\x31\x95\x33" GB), "序号");
	assert_string_equal(DECODED("\xff\xfe\x8f\x5e\xf7\x53"), "序号");
	assert_string_equal(DECODED("\xfe\xff\x5e\x8f\x53\xf7"), "序号");
	assert_string_equal(DECODED(""), "");
	assert_string_equal(DECODED("\xef\xbb\xbf"), "");
	assert_string_equal(DECODED("\xfe\x9f\x99\x33\xa8\x38"), "䶮𬭊");
}

static void test_bad_encodings(void **state)
{
	(void)state;
	assert_string_equal(DECODED(GB "\n" UTF8), "mixed-encoding 5");
	assert_string_equal(DECODED(UTF8 "\n" GB), "mixed-encoding 7");
	assert_string_equal(DECODED("\xef\xbb\xbf" UTF8 GB), "mixed-encoding 9");
	assert_string_equal(DECODED(UTF8 "\xe5\xba"), "cut-off 6");
	assert_string_equal(DECODED("\xef\xbb\xbf" UTF8 "\xe5\xba"), "cut-off 9");
	assert_string_equal(DECODED(GB "\xd0"), "cut-off 4");
	assert_string_equal(DECODED("\xff\xfe\x8f\x5e\xf7"), "cut-off 4");
	assert_string_equal(DECODED("\xff\xfe\x00\xd8\xf7\x53"), "mixed-encoding 2");
	assert_string_equal(DECODED("PK\x03\x04"), "not-csv file");
	assert_string_equal(DECODED("a\0b"), "nul line");
}

static void test_garbled(void **state)
{
	static const char *const words[] = { "序号" };
	static const char as_gb[] =
		"\xe6\x90\xb4\xe5\xbf\x93\xe5\xbd\xbf"; /* 序号 read as GB18030 */
	static const char as_latin[] = "\xc3\x90\xc3\xb2\xc2\xba\xc3\x85"; /* ÐòºÅ */

	(void)state;
	assert_string_equal(decode_meant(as_gb, sizeof(as_gb) - 1, words, 1), "UTF-8");
	assert_string_equal(decode_meant(as_latin, sizeof(as_latin) - 1, words, 1), "GB18030");
	assert_null(decode_meant("序列", strlen("序列"), words, 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_places, tidy),
		cmocka_unit_test_teardown(test_cleaning, tidy),
		cmocka_unit_test_teardown(test_quotes, tidy),
		cmocka_unit_test_teardown(test_parts, tidy),
		cmocka_unit_test_teardown(test_delimiter, tidy),
		cmocka_unit_test_teardown(test_encodings, tidy),
		cmocka_unit_test_teardown(test_bad_encodings, tidy),
		cmocka_unit_test_teardown(test_garbled, tidy),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
