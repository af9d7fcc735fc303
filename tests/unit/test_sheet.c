#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <errno.h>
#include <cmocka.h>

#include "report/render.h"
#include "report/sheet.h"
#include "scratch.h"

#define DAY 19865 /* 2024-05-22 */

/* what would do harm as a formula, as markup, or as an escape of the format itself */
static const char *const HOSTILE[] = {
	"=1+1",           "+1",      "-1",   "@SUM(A1)", "\t=1+1", "<&>\"'",
	"a\x01\x1b[31mz", "_x0041_", "a\nb", "䶮𬭊",
};
/* of these, _x0041_ is A to a reader of the format */
#define NHOSTILE (sizeof(HOSTILE) / sizeof(*HOSTILE))

static const unsigned WIDTHS[] = { 10, 20 };

static void fill(struct book *book, struct arena *arena)
{
	struct sheet *sheet;
	struct sheet_row *row;

	book_init(book, arena, "表");
	sheet = book_sheet(book, "a/b [1]", WIDTHS, 2);
	sheet_put(sheet, sheet_row(sheet, 0), 0, SHEET_TITLE, 2, "标题");
	for (size_t i = 0; i < NHOSTILE; i++) {
		row = sheet_row(sheet, 0);
		sheet_put(sheet, row, 0, SHEET_NUMBER, 1, "-12.50");
		sheet_put(sheet, row, 1, SHEET_TEXT, 1, HOSTILE[i]);
	}
	sheet->head = 1;
}

/* part: what lies in the file of this name in the archive */
static const char *part(const struct str *bytes, const char *name, struct str *out)
{
	char command[200], piece[4096];
	FILE *file = fopen("a.xlsx", "wb"), *pipe;
	size_t n;

	assert_non_null(file);
	assert_int_equal(fwrite(bytes->p, 1, bytes->len, file), bytes->len);
	assert_int_equal(fclose(file), 0);
	snprintf(command, sizeof(command), "unzip -p a.xlsx %s", name);
	pipe = popen(command, "r");
	assert_non_null(pipe);
	str_reset(out);
	while ((n = fread(piece, 1, sizeof(piece), pipe)) > 0)
		str_addn(out, piece, n);
	assert_int_equal(pclose(pipe), 0);
	return str_text(out);
}

static void no_text_is_a_formula(void **state)
{
	static const char *const said[] = {
		"<t>=1+1</t>",
		"<t>+1</t>",
		"<t>-1</t>",
		"<t>@SUM(A1)</t>",
		"<t xml:space=\"preserve\">\t=1+1</t>",
		"<t>&lt;&amp;&gt;\"'</t>",
		"<t>a\\x01\\x1b[31mz</t>",
		"<t>_x005F_x0041_</t>",
		"<t>a\nb</t>",
		"<t>䶮𬭊</t>",
	};
	struct arena arena = { 0 };
	struct str bytes = { 0 }, text = { 0 };
	struct book book;
	const char *strings, *cells;

	(void)state;
	fill(&book, &arena);
	assert_int_equal(book_xlsx(&book, DAY, &bytes), 0);
	strings = part(&bytes, "xl/sharedStrings.xml", &text);
	for (size_t i = 0; i < NHOSTILE; i++)
		if (!strstr(strings, said[i]))
			fail_msg("%s is not in %s", said[i], strings);
	cells = part(&bytes, "xl/worksheets/sheet1.xml", &text);
	assert_null(strstr(cells, "<f>"));
	assert_non_null(strstr(cells, "<v>-12.5</v>"));
	assert_non_null(strstr(cells, "<mergeCell ref=\"A1:B1\"/>"));
	assert_non_null(strstr(part(&bytes, "xl/styles.xml", &text), "formatCode=\"@\""));
	assert_non_null(strstr(part(&bytes, "xl/workbook.xml", &text), "name=\"a_b _1_\""));
	str_release(&bytes);
	str_release(&text);
	arena_release(&arena);
}

static void the_same_book_is_the_same_bytes(void **state)
{
	struct arena arena = { 0 };
	struct str first = { 0 }, second = { 0 }, text = { 0 };
	struct book book;

	(void)state;
	fill(&book, &arena);
	assert_int_equal(book_xlsx(&book, DAY, &first), 0);
	sleep(2); /* the archive's times are exact to two seconds */
	assert_int_equal(book_xlsx(&book, DAY, &second), 0);
	assert_int_equal(first.len, second.len);
	assert_memory_equal(first.p, second.p, first.len);
	assert_non_null(strstr(part(&first, "docProps/core.xml", &text), "2024-05-22T00:00:00Z"));
	str_release(&first);
	str_release(&second);
	str_release(&text);
	arena_release(&arena);
}

static void what_does_not_fit_is_refused(void **state)
{
	struct arena arena = { 0 };
	struct str out = { 0 }, text = { 0 };
	struct sheet *sheet;
	struct book book;

	(void)state;
	str_add(&out, "before");
	for (size_t n = 10000; n <= 40000; n += 22767) { /* 10000, 32767 */
		str_reset(&text);
		str_pad(&text, 'a', n);
		book_init(&book, &arena, NULL);
		sheet = book_sheet(&book, NULL, WIDTHS, 2);
		sheet_put(sheet, sheet_row(sheet, 0), 0, SHEET_TEXT, 1, str_text(&text));
		assert_int_equal(book_xlsx(&book, DAY, &out), 0);
		out.len = strlen("before");
		out.p[out.len] = '\0';
	}
	str_addc(&text, 'a');
	sheet_put(sheet, sheet_row(sheet, 0), 0, SHEET_TEXT, 1, str_text(&text));
	errno = 0;
	assert_int_equal(book_xlsx(&book, DAY, &out), -1);
	assert_int_equal(errno, EOVERFLOW);
	assert_string_equal(str_text(&out), "before");
	book.failed = true;
	assert_int_equal(book_xlsx(&book, DAY, &out), -1);
	assert_int_equal(errno, ENOMEM);
	assert_int_equal(book_csv(&book, &out), -1);
	assert_string_equal(str_text(&out), "before");
	str_release(&text);
	str_release(&out);
	arena_release(&arena);
}

/* a row has an end, and so has a page: none of a text is cut off */
static void a_long_text_goes_on_over_pages(void **state)
{
	struct arena arena = { 0 };
	struct str bytes = { 0 }, text = { 0 };
	const char *cells, *p;
	unsigned long points = 0;
	struct sheet *sheet;
	struct sheet_row *row;
	struct book book;

	(void)state;
	book_init(&book, &arena, NULL);
	sheet = book_sheet(&book, "一", WIDTHS, 2);
	sheet_put(sheet, sheet_row(sheet, 0), 0, SHEET_TEXT, 1, "前");
	row = sheet_row(sheet, 0);
	sheet_put(sheet, row, 0, SHEET_NUMBER, 1, "7");
	for (int i = 0; i < 100; i++)
		str_addf(&text, "%d\n", i);
	sheet_put(sheet, row, 1, SHEET_TEXT, 1, str_text(&text));
	row = sheet_row(sheet, 0);
	row->breaks = true;
	sheet_put(sheet, row, 0, SHEET_TEXT, 1, "后");
	assert_int_equal(book_xlsx(&book, DAY, &bytes), 0);
	cells = part(&bytes, "xl/worksheets/sheet1.xml", &text);
	for (p = cells; (p = strstr(p, " ht=\""));) {
		unsigned long height = strtoul(p += strlen(" ht=\""), NULL, 10);

		assert_in_range(height, 1, 409);
		points += height;
	}
	/* 101 lines of 15.25 points */
	assert_in_range(points, 1541, 1800);
	assert_non_null(strstr(cells, "<mergeCells count=\"2\"><mergeCell ref=\"A2:A14\"/>"
				      "<mergeCell ref=\"B2:B14\"/>"));
	assert_non_null(strstr(cells, "<v>7</v>"));
	assert_non_null(strstr(cells, "<row r=\"15\""));
	assert_non_null(strstr(cells, "<brk id=\"14\""));
	assert_non_null(strstr(part(&bytes, "xl/workbook.xml", &text), "$A$1:$B$15<"));
	assert_non_null(strstr(part(&bytes, "xl/styles.xml", &text), "vertical=\"top\""));
	str_release(&bytes);
	str_release(&text);
	arena_release(&arena);
}

static void csv_of_a_book(void **state)
{
	struct arena arena = { 0 };
	struct str out = { 0 };
	struct sheet *sheet;
	struct sheet_row *row;
	struct book book;

	(void)state;
	book_init(&book, &arena, NULL);
	sheet = book_sheet(&book, "一", WIDTHS, 2);
	sheet_put(sheet, sheet_row(sheet, 0), 0, SHEET_TITLE, 2, "标题");
	row = sheet_row(sheet, 0);
	sheet_put(sheet, row, 0, SHEET_NUMBER, 1, "-1");
	sheet_put(sheet, row, 1, SHEET_TEXT, 1, "-1\"");
	sheet = book_sheet(&book, "二", WIDTHS, 1);
	sheet_put(sheet, sheet_row(sheet, 0), 0, SHEET_TEXT, 1, NULL);
	assert_int_equal(book_csv(&book, &out), 0);
	assert_string_equal(str_text(&out), "\xef\xbb\xbf\"标题\",\"\"\r\n\"-1\",\"'-1\"\"\"\r\n"
					    "\r\n\"\"\r\n");
	str_release(&out);
	arena_release(&arena);
}

static void a_report_is_a_sheet_for_each_table(void **state)
{
	static const struct column columns[] = {
		{ "name", "名称", CELL_TEXT, 0, 0 },
		{ "value", "数值", CELL_FIGURE, 0, 0 },
		{ "n", "件数", CELL_INTEGER, 0, 0 },
	};
	struct arena arena = { 0 };
	struct str bytes = { 0 }, text = { 0 };
	struct report report;
	const char *strings, *cells;

	(void)state;
	report_init(&report, &arena);
	report_heading(&report, 1, "总标题");
	cell_text(&report, report_fact(&report, "as_of", "截至", CELL_DATE), "2024-05-22");
	for (int i = 0; i < 2; i++) {
		struct table *table =
			report_table(&report, "t", i ? "第二" : NULL, NULL, columns, 3);
		struct cell *cells3 = table_row(&report, table);

		cell_text(&report, &cells3[0], "=1+1");
		cell_text(&report, &cells3[1], "73.50");
		cell_integer(&cells3[2], 999999999999999);
	}
	report_paragraph(&report, "说明");
	assert_int_equal(render_xlsx(&report, DAY, &bytes), 0);
	strings = part(&bytes, "xl/sharedStrings.xml", &text);
	assert_non_null(strstr(strings, "总标题"));
	assert_non_null(strstr(strings, "截至：2024-05-22"));
	assert_non_null(strstr(strings, "<t>=1+1</t>"));
	assert_non_null(strstr(strings, "说明"));
	cells = part(&bytes, "xl/worksheets/sheet2.xml", &text);
	assert_non_null(strstr(cells, "<v>73.5</v>"));
	assert_non_null(strstr(cells, "<v>999999999999999</v>"));
	assert_null(strstr(cells, "<f>"));
	assert_non_null(strstr(part(&bytes, "xl/workbook.xml", &text), "name=\"第二\""));
	report.failed = true;
	str_reset(&bytes);
	assert_int_equal(render_xlsx(&report, DAY, &bytes), -1);
	assert_int_equal(bytes.len, 0);
	str_release(&bytes);
	str_release(&text);
	arena_release(&arena);
}

/* what the strings of a sheet say, in their order */
static const char *said(const struct str *bytes, const char *name)
{
	static char all[256];
	struct str cells = { 0 }, strings = { 0 };
	const char *p = part(bytes, name, &cells);

	part(bytes, "xl/sharedStrings.xml", &strings);
	*all = '\0';
	while ((p = strstr(p, "t=\"s\"><v>"))) {
		long n = strtol(p += strlen("t=\"s\"><v>"), NULL, 10);
		const char *text = str_text(&strings), *end;

		do
			text = strstr(text, "<t>") + strlen("<t>");
		while (n--);
		end = strstr(text, "</t>");
		snprintf(all + strlen(all), sizeof(all) - strlen(all), "%.*s|", (int)(end - text),
			 text);
	}
	str_release(&cells);
	str_release(&strings);
	return all;
}

static void paragraphs_go_with_their_tables(void **state)
{
	static const struct column columns[] = { { "name", "名", CELL_TEXT, 0, 0 } };
	struct arena arena = { 0 };
	struct str bytes = { 0 };
	struct report report;

	(void)state;
	report_init(&report, &arena);
	report_heading(&report, 1, "题");
	report_paragraph(&report, "甲");
	report_heading(&report, 2, "一");
	report_paragraph(&report, "乙");
	report_table(&report, "a", "表一", NULL, columns, 1);
	report_paragraph(&report, "丙");
	report_table(&report, "b", "表二", NULL, columns, 1);
	report_heading(&report, 2, "二");
	report_paragraph(&report, "丁");
	report_heading(&report, 2, "三");
	report_paragraph(&report, "戊");
	report_table(&report, "c", "表三", NULL, columns, 1);
	report_paragraph(&report, "己");
	assert_int_equal(render_xlsx(&report, DAY, &bytes), 0);
	assert_string_equal(said(&bytes, "xl/worksheets/sheet1.xml"), "表一|名|甲|乙|丙|");
	/* a section without a table: with the one before */
	assert_string_equal(said(&bytes, "xl/worksheets/sheet2.xml"), "表二|名|丁|");
	assert_string_equal(said(&bytes, "xl/worksheets/sheet3.xml"), "表三|名|戊|己|");
	/* no table at all */
	report_init(&report, &arena);
	report_heading(&report, 1, "题");
	report_paragraph(&report, "甲");
	str_reset(&bytes);
	assert_int_equal(render_xlsx(&report, DAY, &bytes), 0);
	assert_string_equal(said(&bytes, "xl/worksheets/sheet1.xml"), "题|甲|");
	str_release(&bytes);
	arena_release(&arena);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, scratch_make, scratch_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(no_text_is_a_formula),
		TEST(the_same_book_is_the_same_bytes),
		TEST(what_does_not_fit_is_refused),
		TEST(a_long_text_goes_on_over_pages),
		TEST(csv_of_a_book),
		TEST(a_report_is_a_sheet_for_each_table),
		TEST(paragraphs_go_with_their_tables),
	};

	return cmocka_run_group_tests_name("sheet", tests, NULL, NULL);
}
