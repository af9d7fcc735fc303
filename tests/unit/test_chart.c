/* Charts: their scale, the same in words, the picture, and what each writer makes of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "report/chart.h"
#include "report/render.h"

static const struct column COLUMNS[] = {
	{ "week", "周次", CELL_CODE, 0, 0 },
	{ "value", "全市", CELL_FIGURE, 0, 0 },
	{ "planned", "均衡进度", CELL_FIGURE, 0, 0 },
	{ "count", "件数", CELL_INTEGER, 0, 0 },
};

static struct arena arena;
static struct report report;
static struct str out;

static int start(void **state)
{
	(void)state;
	arena_init(&arena);
	report_init(&report, &arena);
	return 0;
}

static int end(void **state)
{
	(void)state;
	str_release(&out);
	arena_release(&arena);
	return 0;
}

/* weeks with the figures, NULL for one that is missing */
static struct chart *lines(const char *const *values, size_t n)
{
	struct chart *chart = report_chart(&report, CHART_LINES, "签章率 <i>&", "%", 2, NULL);
	struct table *table = chart_data(&report, chart, "trend", COLUMNS, 4);

	chart->roles[0] = ROLE_LABEL;
	chart->roles[1] = ROLE_MAIN;
	for (size_t i = 0; i < n; i++) {
		struct cell *cells = table_row(&report, table);
		char name[32];

		snprintf(name, sizeof(name), "W%zu", i + 15);
		cell_text(&report, &cells[0], name);
		if (values[i])
			cell_code(&report, &cells[1], values[i], "不是这个");
		cell_integer(&cells[3], (int64_t)i);
	}
	return chart;
}

static struct chart *bars(const char *const *values, size_t n)
{
	struct table *table = report_table(&report, "units", NULL, NULL, COLUMNS, 4);
	struct chart *chart;

	for (size_t i = 0; i < n; i++) {
		struct cell *cells = table_row(&report, table);

		cell_code(&report, &cells[0], "x", "灵台");
		if (values[i])
			cell_text(&report, &cells[1], values[i]);
		else
			cell_absent(&report, &cells[1], "不适用");
	}
	chart = report_chart(&report, CHART_BARS, "排名", "%", 2, table);
	chart->roles[0] = ROLE_LABEL;
	chart->roles[1] = ROLE_MAIN;
	return chart;
}

static void scales(void **state)
{
	static const struct {
		const char *values[3];
		int64_t level, low, high, step;
	} rows[] = {
		{ { "77.73", NULL, "92.66" }, -1, 7500, 9500, 500 },
		{ { "77.73", NULL, "92.66" }, 10000, 7500, 10000, 500 },
		{ { "50.00", "50.00", "50.00" }, -1, 5000, 5001, 1 },
		{ { "0.00", "0.00", "0.00" }, -1, 0, 1, 1 },
		{ { "99.99", "100.00", "99.98" }, -1, 9998, 10000, 1 },
		{ { "1.00", "99.99", "2.00" }, -1, 0, 10000, 2000 },
		{ { "123.50", "99.99", "2.00" }, -1, 0, 15000, 5000 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct chart *chart = lines(rows[i].values, 3);
		struct scale scale;

		if (rows[i].level >= 0)
			chart_level(&report, chart, "目标", rows[i].level);
		assert_true(chart_scale(chart, &scale));
		if (scale.low != rows[i].low || scale.high != rows[i].high ||
		    scale.step != rows[i].step)
			fail_msg("row %zu: %lld to %lld by %lld", i, (long long)scale.low,
				 (long long)scale.high, (long long)scale.step);
	}
}

static void bars_begin_at_nothing(void **state)
{
	struct scale scale;

	(void)state;
	assert_true(chart_scale(bars((const char *[]){ "77.73", "92.66" }, 2), &scale));
	assert_int_equal(scale.low, 0);
	assert_int_equal(scale.high, 10000);
}

static void nothing_to_draw(void **state)
{
	struct chart *chart = lines((const char *[]){ NULL, NULL }, 2);
	struct scale scale;

	(void)state;
	assert_false(chart_scale(chart, &scale));
	assert_int_equal(render_html(&report, &out), 0);
	assert_null(strstr(str_text(&out), "<svg"));
	assert_non_null(strstr(str_text(&out), "未报送"));
}

static void words(void **state)
{
	struct chart *chart = lines((const char *[]){ "77.73", NULL, "85.00", "92.66" }, 4);

	(void)state;
	chart_level(&report, chart, "目标", 10000);
	chart_mark(&report, chart, 150, "4月30日到期");
	chart_words(&out, chart, true);
	assert_string_equal(
		str_text(&out),
		"全市　▁·▄█　W15 77.73%，W18 92.66%。\n参照：目标 100.00%、4月30日到期。");
	str_reset(&out);
	chart_words(&out, bars((const char *[]){ "77.73", NULL }, 2), false);
	assert_string_equal(str_text(&out), "灵台 77.73%。");
	/* nothing all along lies on the ground */
	str_reset(&out);
	chart_words(&out, lines((const char *[]){ "0.00", "0.00" }, 2), true);
	assert_string_equal(str_text(&out), "全市　▁▁　W15 0.00%，W16 0.00%。");
	str_reset(&out);
	chart_words(&out, lines((const char *[]){ "5.00", "5.00" }, 2), true);
	assert_string_equal(str_text(&out), "全市　▄▄　W15 5.00%，W16 5.00%。");
}

/* every figure of the table, nothing that asks for anything, text as text */
static void picture(void **state)
{
	struct chart *chart = lines((const char *[]){ "77.73", NULL, "85.00", "92.66" }, 4);
	const char *text;

	(void)state;
	chart_level(&report, chart, "目标", 10000);
	chart_mark(&report, chart, 150, "<script>");
	chart_svg(&out, chart, 3);
	text = str_text(&out);
	assert_non_null(strstr(text, "<title id=\"chart3\">签章率 &lt;i&gt;&amp;</title>"));
	assert_non_null(strstr(text, "aria-labelledby=\"chart3 chart3d\""));
	assert_non_null(strstr(text, "<desc id=\"chart3d\">全市　W15 77.73%，W18 92.66%。"));
	assert_non_null(strstr(text, ">全市 92.66%</text>"));
	assert_non_null(strstr(text, ">目标 100.00%</text>"));
	assert_non_null(strstr(text, "&lt;script&gt;"));
	assert_null(strstr(text, "<script"));
	assert_null(strstr(text, "href"));
	assert_null(strstr(text, "url("));
	/* three points, and a course that stops where one is missing */
	assert_non_null(strstr(text, " d=\"M150 424M"));
	for (int i = 0; i < 3; i++) {
		text = strstr(text, "<circle");
		assert_non_null(text);
		text++;
	}
	assert_null(strstr(text, "<circle"));
}

static void forms(void **state)
{
	const char *text;

	(void)state;
	lines((const char *[]){ "77.73", "92.66" }, 2);
	bars((const char *[]){ "50.00", NULL }, 2);
	/* for programs the table, once, with bare figures */
	assert_int_equal(render_json(&report, &out), 0);
	assert_string_equal(
		str_text(&out),
		"{\"version\":1,\"trend\":[{\"week\":\"W15\",\"value\":\"77.73\",\"planned\":null,"
		"\"count\":0},{\"week\":\"W16\",\"value\":\"92.66\",\"planned\":null,\"count\":1}],"
		"\"units\":[{\"week\":\"x\",\"value\":\"50.00\",\"planned\":null,\"count\":null},"
		"{\"week\":\"x\",\"value\":null,\"planned\":null,\"count\":null}]}\n");
	str_reset(&out);
	assert_int_equal(render_csv(&report, &out), 0);
	assert_non_null(strstr(str_text(&out), "\"W16\",\"92.66\""));
	str_reset(&out);
	/* for people the picture, or what it says */
	assert_int_equal(render_text(&report, NULL, &out), 0);
	text = str_text(&out);
	assert_non_null(strstr(text, "全市　▁█　W15 77.73%，W16 92.66%。"));
	/* bars of a table that is there already */
	assert_null(strstr(text, "排名"));
	str_reset(&out);
	assert_int_equal(render_md(&report, &out), 0);
	assert_non_null(strstr(str_text(&out), "全市　▁█　W15 77.73%"));
	assert_null(strstr(str_text(&out), "排名"));
	str_reset(&out);
	assert_int_equal(render_fodt(&report, &out), 0);
	text = strstr(str_text(&out), "<draw:image draw:mime-type=\"image/svg+xml\">");
	assert_non_null(text);
	/* <svg xmlns */
	assert_non_null(strstr(text, "<office:binary-data>PHN2ZyB4bWxucz"));
	assert_non_null(strstr(text, "<svg:desc>全市　W15 77.73%"));
}

/* days stand as far apart as they are */
static void days_apart(void **state)
{
	static const struct column columns[] = { { "date", "日期", CELL_DATE, 0, 0 },
						 { "value", "数值", CELL_FIGURE, 0, 0 } };
	static const char *const days[] = { "2024-05-01", "2024-05-02", "2024-05-11" };
	struct chart *chart = report_chart(&report, CHART_LINES, "x", "%", 2, NULL);
	struct table *table = chart_data(&report, chart, "x", columns, 2);

	(void)state;
	chart->roles[0] = ROLE_LABEL;
	chart->roles[1] = ROLE_MAIN;
	for (size_t i = 0; i < 3; i++) {
		struct cell *cells = table_row(&report, table);

		cell_text(&report, &cells[0], days[i]);
		cell_text(&report, &cells[1], "50.00");
	}
	chart_svg(&out, chart, 1);
	/* 150, a tenth of 520, 670 */
	assert_non_null(strstr(str_text(&out), "cx=\"150\""));
	assert_non_null(strstr(str_text(&out), "cx=\"202\""));
	assert_non_null(strstr(str_text(&out), "cx=\"670\""));
}

/* labels at the right do not cover each other */
static void labels_apart(void **state)
{
	struct chart *chart = lines((const char *[]){ "90.00", "90.00" }, 2);
	long last = -1000;

	(void)state;
	chart_level(&report, chart, "一", 9000);
	chart_level(&report, chart, "二", 9000);
	chart_level(&report, chart, "三", 9001);
	chart_svg(&out, chart, 1);
	for (const char *p = str_text(&out); (p = strstr(p, "<text x=\"698\" y=\""));) {
		long y = strtol(p + strlen("<text x=\"698\" y=\""), NULL, 10);

		assert_true(y - last >= 40);
		last = y;
		p++;
	}
	assert_true(last > 0);
}

static long y_of(const char *part)
{
	const char *p = strstr(str_text(&out), part);

	assert_non_null(p);
	while (strncmp(p, "<text ", 6) != 0)
		p--;
	return strtol(strstr(p, " y=\"") + 4, NULL, 10);
}

/* the name of the last row reaches below the labels at the right end: they stay above it */
static void labels_end_with_the_plot(void **state)
{
	struct chart *chart = lines((const char *[]){ "9.00", "9.00", "9.00" }, 3);

	(void)state;
	chart_level(&report, chart, "前沿值", 1100);
	chart_level(&report, chart, "基线", 900);
	chart_svg(&out, chart, 1);
	assert_true(y_of(">全市 9.00%<") < y_of(">基线 9.00%<"));
	assert_true(y_of(">基线 9.00%<") + 34 <= y_of(">W17<"));
}

static void no_memory(void **state)
{
	struct chart *chart;

	(void)state;
	report.failed = true;
	chart = report_chart(&report, CHART_LINES, "x", "%", 2, NULL);
	assert_null(chart);
	assert_null(chart_data(&report, chart, "x", COLUMNS, 4));
	chart_level(&report, chart, "x", 1);
	chart_mark(&report, chart, 1, "x");
	assert_int_equal(render_html(&report, &out), -1);
}

int main(void)
{
	const struct CMUnitTest charts[] = {
		cmocka_unit_test_setup_teardown(scales, start, end),
		cmocka_unit_test_setup_teardown(bars_begin_at_nothing, start, end),
		cmocka_unit_test_setup_teardown(nothing_to_draw, start, end),
		cmocka_unit_test_setup_teardown(words, start, end),
		cmocka_unit_test_setup_teardown(picture, start, end),
		cmocka_unit_test_setup_teardown(forms, start, end),
		cmocka_unit_test_setup_teardown(days_apart, start, end),
		cmocka_unit_test_setup_teardown(labels_apart, start, end),
		cmocka_unit_test_setup_teardown(labels_end_with_the_plot, start, end),
		cmocka_unit_test_setup_teardown(no_memory, start, end),
	};

	return cmocka_run_group_tests(charts, NULL, NULL);
}
