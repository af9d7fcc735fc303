/* The forms that people open in other programs: Markdown, HTML, OpenDocument. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "report/render.h"

#define ESC "\x1b"
#define RLO "\xe2\x80\xae" /* U+202E right-to-left override */

typedef int render(const struct report *report, struct str *out);

static const struct {
	const char *name;
	render *render;
	const char *newline;
} FORMS[] = {
	{ "md", render_md, "<br>" },
	{ "html", render_html, "<br>" },
	{ "fodt", render_fodt, "<text:line-break/>" },
};
#define NFORMS (sizeof(FORMS) / sizeof(*FORMS))

static const struct column COLUMNS[] = {
	{ "id", "编号", CELL_CODE, 0, 0 },
	{ "secret", "隐", CELL_TEXT, COLUMN_DATA_ONLY, 0 },
	{ "share", "占比\n（%）", CELL_FIGURE, 0, 0 },
	{ "note", "说明", CELL_TEXT, COLUMN_READ_ONLY, 0 },
};

static struct arena arena;
static struct str out;

static int end(void **state)
{
	(void)state;
	str_release(&out);
	arena_release(&arena);
	return 0;
}

/* a report with one row; the note is what the test is about */
static void fill(struct report *report, const char *note)
{
	struct table *table;
	struct cell *cells;

	report_init(report, &arena);
	report_heading(report, 1, "周调度");
	cell_text(report, report_fact(report, "as_of", "截至", CELL_DATE), "2024-05-06");
	cell_text(report, report_fact(report, "hidden", NULL, CELL_TEXT), "藏");
	report_heading(report, 2, "一、总体情况");
	report_paragraph(report, note);
	table = report_table(report, "rows", "进展", NULL, COLUMNS, 4);
	cells = table_row(report, table);
	cell_text(report, &cells[0], "p-1");
	cell_text(report, &cells[1], "不给人看");
	cell_text(report, &cells[2], "99.99");
	cell_text(report, &cells[3], note);
	cells[3].tone = TONE_RED;
	cells = table_row(report, table);
	cell_absent(report, &cells[2], "未报送");
	report_table(report, "none", "督办", "无", COLUMNS, 4);
}

static const char *rendered(size_t form, const char *note)
{
	struct report report;

	fill(&report, note);
	str_reset(&out);
	assert_int_equal(FORMS[form].render(&report, &out), 0);
	return str_text(&out);
}

static size_t times(const char *text, const char *part)
{
	size_t n = 0;

	for (; (text = strstr(text, part)); text += strlen(part))
		n++;
	return n;
}

static void all_say_the_same(void **state)
{
	static const char *const parts[] = { "周调度",
					     "截至：2024-05-06",
					     "一、总体情况",
					     "进展",
					     "编号",
					     "占比",
					     "99.99",
					     "未报送",
					     "—",
					     "督办",
					     "无",
					     "正常" };

	(void)state;
	for (size_t i = 0; i < NFORMS; i++) {
		const char *text = rendered(i, "正常");

		for (size_t k = 0; k < sizeof(parts) / sizeof(*parts); k++)
			if (!strstr(text, parts[k]))
				fail_msg("%s lacks %s:\n%s", FORMS[i].name, parts[k], text);
		assert_null(strstr(text, "不给人看"));
		assert_null(strstr(text, "藏"));
		assert_null(strstr(text, "隐"));
		assert_int_equal(times(text, "正常"), 2);
		assert_int_equal(times(text, FORMS[i].newline), 1); /* of the header */
	}
}

static void twice_is_the_same(void **state)
{
	(void)state;
	for (size_t i = 0; i < NFORMS; i++) {
		char *first = arena_strdup(&arena, rendered(i, "a\nb"));

		assert_string_equal(rendered(i, "a\nb"), first);
	}
}

/* text is text: nothing of it becomes an element, an entity, an escape or a list */
static void hostile_text(void **state)
{
	static const char *const notes[] = { "<script>alert(1)</script>",
					     "</p></td><b>",
					     "&lt;&amp;",
					     "\"'><img src=x>",
					     "]]>",
					     "<!--",
					     "<?php" };

	(void)state;
	for (size_t k = 0; k < sizeof(notes) / sizeof(*notes); k++)
		for (size_t i = 1; i < NFORMS; i++) {
			const char *text = rendered(i, notes[k]);
			char *plain = arena_strdup(&arena, rendered(i, "x"));

			/* as many tags as with a harmless text */
			text = rendered(i, notes[k]);
			assert_int_equal(times(text, "<"), times(plain, "<"));
			assert_int_equal(times(text, ">"), times(plain, ">"));
		}
	assert_non_null(strstr(rendered(1, "<&\"'>"), "<p>&lt;&amp;&quot;&#39;&gt;</p>"));
	for (size_t i = 0; i < NFORMS; i++) {
		const char *text = rendered(i, "a" ESC "[31m" RLO "b");

		assert_null(strstr(text, ESC));
		assert_null(strstr(text, RLO));
	}
}

static void markdown_is_kept_from_meaning(void **state)
{
	static const struct {
		const char *note, *shown;
	} rows[] = {
		{ "a|b", "a\\|b" },           { "*强* _调_ `码`", "\\*强\\* \\_调\\_ \\`码\\`" },
		{ "# 标题", "\\# 标题" },     { "- 列", "\\- 列" },
		{ "1. 列", "1\\. 列" },       { "12) 列", "12\\) 列" },
		{ "73.50%", "73.50%" },       { "a-b+c", "a-b+c" },
		{ "<b>", "\\<b\\>" },         { "[a](b)", "\\[a\\](b)" },
		{ "a\n# b", "a<br>\\# b" },   { "===", "\\===" },
		{ "a\\b", "a\\\\b" },         { "&lt;", "\\&lt;" },
		{ "~~a~~", "\\~\\~a\\~\\~" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *text = rendered(0, rows[i].note);
		const char *cell = arena_printf(&arena, "| %s |\n", rows[i].shown);
		const char *paragraph = arena_printf(&arena, "\n\n%s\n", rows[i].shown);

		if (!strstr(text, cell) || !strstr(text, paragraph))
			fail_msg("%s:\n%s", rows[i].note, text);
	}
	/* a table is a row a line, with as many cells everywhere */
	assert_int_equal(times(rendered(0, "a\nb|c"), "\n| "), 4);
}

static void html_asks_for_nothing(void **state)
{
	const char *text;

	(void)state;
	text = rendered(1, "http://example.com/x.png");
	assert_null(strstr(text, "<script"));
	assert_null(strstr(text, "src="));
	assert_null(strstr(text, "url("));
	assert_null(strstr(text, "@import"));
	assert_null(strstr(text, "<link"));
	assert_non_null(strstr(text, "default-src 'none'"));
	assert_non_null(strstr(text, "<html lang=\"zh-CN\">"));
	assert_int_equal(times(text, "<div class=\"table whole\"><table>"), 1);
	assert_int_equal(times(text, "<th scope=\"col\">"), 3);
	assert_non_null(strstr(text, "<td class=\"number\">99.99</td>"));
	assert_non_null(strstr(text, "<td class=\"text red\">"));
}

/* ids and figures are not broken, however narrow the page; figures stay at the right in any colour */
static void cells_by_type(void **state)
{
	static const struct column columns[] = { { "id", "编号", CELL_CODE, 0, 0 },
						 { "n", "件数", CELL_INTEGER, 0, 0 },
						 { "mark", "标记", CELL_CODE, 0, 0 },
						 { "long", "文件", CELL_CODE, 0, 0 } };
	struct report report;
	struct cell *cells;

	(void)state;
	report_init(&report, &arena);
	cells = table_row(&report, report_table(&report, "t", NULL, NULL, columns, 4));
	cell_text(&report, &cells[0], "p-20240410-000001");
	cell_integer(&cells[1], -3);
	cells[1].tone = TONE_RED;
	cell_text(&report, &cells[2], "●");
	cells[2].tone = TONE_YELLOW;
	cell_text(&report, &cells[3], "kongtong/evidence/4e17c95a3b62.jpg");
	str_reset(&out);
	assert_int_equal(render_html(&report, &out), 0);
	assert_non_null(strstr(str_text(&out), "<td class=\"code\">p-20240410-000001<"));
	assert_non_null(strstr(str_text(&out), "<td class=\"number red\">-3<"));
	assert_non_null(strstr(str_text(&out), "<td class=\"code yellow mark\">●<"));
	assert_non_null(strstr(str_text(&out), "<td class=\"code long\">kongtong"));
	str_reset(&out);
	assert_int_equal(render_fodt(&report, &out), 0);
	assert_non_null(strstr(str_text(&out), "text:style-name=\"Cell\">p-20240410-000001<"));
	assert_non_null(strstr(str_text(&out), "text:style-name=\"NumberRed\">-3<"));
	assert_non_null(strstr(str_text(&out), "text:style-name=\"MarkYellow\">●<"));
	/* each style that is named is there */
	assert_non_null(strstr(str_text(&out), "style:name=\"NumberRed\""));
	assert_non_null(strstr(str_text(&out), "style:name=\"MarkYellow\""));
	assert_non_null(strstr(str_text(&out), "<text:page-number"));
	/* a line of a justified text that ends in a break would be spread over the page */
	report_init(&report, &arena);
	report_paragraph(&report, "甲。\n乙。");
	str_reset(&out);
	assert_int_equal(render_fodt(&report, &out), 0);
	assert_non_null(
		strstr(str_text(&out), ">甲。</text:p>\n<text:p text:style-name=\"Body\">乙。<"));
}

/* many columns on a page: notes are broken, a figure or a date is not */
static void figures_stay_whole(void **state)
{
	static const struct column columns[] = {
		{ "name", "指标", CELL_TEXT, 0, 0 },       { "a", "基线", CELL_FIGURE, 0, 0 },
		{ "b", "当前", CELL_FIGURE, 0, 0 },        { "c", "前沿值", CELL_FIGURE, 0, 0 },
		{ "target", "目标", CELL_FIGURE, 0, 0 },   { "gap", "距目标", CELL_FIGURE, 0, 0 },
		{ "change", "较上期", CELL_FIGURE, 0, 0 }, { "due", "时限", CELL_DATE, 0, 0 },
	};
	static const size_t least[] = { 0, 153, 153, 153, 172, 134, 134, 210 };
	struct report report;
	struct cell *cells;

	(void)state;
	report_init(&report, &arena);
	cells = table_row(&report, report_table(&report, "t", NULL, NULL, columns, 8));
	cell_text(&report, &cells[0], "电子营业执照应用领域数及其他");
	cell_code(&report, &cells[1], "73.50", "73.50%");
	cell_code(&report, &cells[2], "75.70", "75.70%");
	cell_code(&report, &cells[3], "89.60", "89.60%\n（部分市（州）区）");
	cell_code(&report, &cells[4], "100.00", "力争100.00%");
	cell_code(&report, &cells[5], "25.00", "差25.00个百分点");
	cell_code(&report, &cells[6], "1.20", "+1.20个百分点");
	cell_text(&report, &cells[7], "2024-05-31");
	str_reset(&out);
	assert_int_equal(render_fodt(&report, &out), 0);
	for (size_t i = 1; i < 8; i++) {
		char style[32];
		unsigned mm, tenth;
		const char *p;

		snprintf(style, sizeof(style), "style:name=\"T0C%zu\"", i);
		p = strstr(str_text(&out), style);
		assert_non_null(p);
		p = strstr(p, "column-width=");
		assert_int_equal(sscanf(p, "column-width=\"%u.%umm\"", &mm, &tenth), 2);
		if (mm * 10 + tenth < least[i])
			fail_msg("column %zu: %u.%u mm", i, mm, tenth);
	}
}

static void a_failed_report_is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < NFORMS; i++) {
		struct report report;

		report_init(&report, &arena);
		report.failed = true;
		str_reset(&out);
		str_add(&out, "kept");
		assert_int_equal(FORMS[i].render(&report, &out), -1);
		assert_string_equal(str_text(&out), "kept");
	}
}

static void an_empty_report(void **state)
{
	(void)state;
	for (size_t i = 0; i < NFORMS; i++) {
		struct report report;

		report_init(&report, &arena);
		str_reset(&out);
		assert_int_equal(FORMS[i].render(&report, &out), 0);
	}
}

int main(void)
{
	const struct CMUnitTest markup[] = {
		cmocka_unit_test_teardown(all_say_the_same, end),
		cmocka_unit_test_teardown(twice_is_the_same, end),
		cmocka_unit_test_teardown(hostile_text, end),
		cmocka_unit_test_teardown(markdown_is_kept_from_meaning, end),
		cmocka_unit_test_teardown(html_asks_for_nothing, end),
		cmocka_unit_test_teardown(cells_by_type, end),
		cmocka_unit_test_teardown(figures_stay_whole, end),
		cmocka_unit_test_teardown(a_failed_report_is_refused, end),
		cmocka_unit_test_teardown(an_empty_report, end),
	};

	return cmocka_run_group_tests(markup, NULL, NULL);
}
