#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <errno.h>
#include <cmocka.h>

#include "base/utf8.h"
#include "report/render.h"
#include "report/report.h"
#include "report/wrap.h"

#define ESC "\x1b"
#define RLO "\xe2\x80\xae"      /* U+202E right-to-left override */
#define ACUTE "\xcc\x81"        /* U+0301 combining acute accent */
#define LINE_SEP "\xe2\x80\xa8" /* U+2028 */
#define BOM "\xef\xbb\xbf"

struct fixture {
	struct arena arena;
	struct report report;
	struct str out;
};

static int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	if (!fixture)
		return -1;
	report_init(&fixture->report, &fixture->arena);
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	arena_release(&fixture->arena);
	str_release(&fixture->out);
	free(fixture);
	return 0;
}

static const char *text_of(struct fixture *fixture, size_t width, bool color)
{
	const struct text_options options = { .width = width, .color = color };

	str_reset(&fixture->out);
	assert_int_equal(render_text(&fixture->report, &options, &fixture->out), 0);
	return str_text(&fixture->out);
}

static const char *csv_of(struct fixture *fixture)
{
	str_reset(&fixture->out);
	assert_int_equal(render_csv(&fixture->report, &fixture->out), 0);
	return str_text(&fixture->out);
}

static const char *json_of(struct fixture *fixture)
{
	str_reset(&fixture->out);
	assert_int_equal(render_json(&fixture->report, &fixture->out), 0);
	return str_text(&fixture->out);
}

/* no line wider than the page, none with a space at its end, none with a control */
static void assert_tidy(const char *text, size_t width)
{
	for (const char *end; *text; text = end + 1) {
		size_t n;

		end = strchr(text, '\n');
		assert_non_null(end);
		n = (size_t)(end - text);
		assert_in_range(utf8_width(text, n), 0, width);
		assert_false(n && end[-1] == ' ');
		assert_false(n >= 3 && memcmp(end - 3, "　", 3) == 0);
		for (const char *p = text; p < end;)
			assert_false(utf8_is_control(utf8_decode(&p, end)));
	}
}

static const struct column problem_columns[] = {
	{ "id", "编号", CELL_CODE, 0, 0 },
	{ "unit", "单位", CELL_CODE, 0, 0 },
	{ "title", "问题", CELL_TEXT, 0, 2 },
	{ "due", "时限", CELL_DATE, 0, 0 },
	{ "days_left", "剩余天数", CELL_INTEGER, 0, 0 },
	{ "share", "占比", CELL_FIGURE, 0, 0 },
	{ "overdue", "超期", CELL_BOOLEAN, 0, 0 },
	{ "responsible", "责任单位", CELL_LIST, 0, 1 },
	{ "path", "文件", CELL_CODE, COLUMN_DATA_ONLY, 0 },
	{ "light", "灯", CELL_CODE, COLUMN_READ_ONLY, 0 },
};

#define NPROBLEM (sizeof(problem_columns) / sizeof(problem_columns[0]))

static const char *const two_units[] = { "市大数据中心", "泾川县" };

static struct table *add_problems(struct report *report)
{
	struct table *table =
		report_table(report, "problems", "一览", NULL, problem_columns, NPROBLEM);
	struct cell *row = table_row(report, table);

	cell_text(report, &row[0], "p-20240410-000001");
	cell_code(report, &row[1], "jingchuan", "泾川县");
	cell_text(report, &row[2], "电子营业执照应用领域有待进一步拓展");
	cell_text(report, &row[3], "2024-04-30");
	cell_integer(&row[4], -6);
	cell_code(report, &row[5], "73.50", "73.50%");
	cell_boolean(&row[6], true);
	cell_list(report, &row[7], two_units, 2);
	cell_text(report, &row[8], "jingchuan/p.yaml");
	cell_code(report, &row[9], "red", "红");
	row[9].tone = TONE_RED;
	row = table_row(report, table);
	cell_text(report, &row[0], "p-20240410-000002");
	cell_code(report, &row[1], "pingliang", "平凉市政务服务中心");
	cell_text(report, &row[2], "套餐式主题式服务数量有待增加");
	cell_absent(report, &row[5], "未报送");
	cell_list(report, &row[7], NULL, 0);
	return table;
}

static void add_head(struct report *report)
{
	report_heading(report, 1, "问题台账");
	cell_text(report, report_fact(report, "as_of", "截至", CELL_DATE), "2024-05-06");
	cell_integer(report_fact(report, "count", "问题", CELL_INTEGER), 2);
	cell_boolean(report_fact(report, "believed", NULL, CELL_BOOLEAN), false);
}

static void text_of_a_report(void **state)
{
	struct fixture *fixture = *state;
	struct report *report = &fixture->report;

	add_head(report);
	report_heading(report, 2, "一、总体情况");
	report_paragraph(report, "本周新增问题2个。");
	add_problems(report);
	assert_string_equal(
		text_of(fixture, 200, false),
		"问题台账\n"
		"截至：2024-05-06　　问题：2\n"
		"\n"
		"一、总体情况\n"
		"\n"
		"本周新增问题2个。\n"
		"\n"
		"一览\n"
		"编号               单位                问题                                "
		"时限        剩余天数    占比  超期  责任单位              灯\n"
		"-----------------  ------------------  ----------------------------------  "
		"----------  --------  ------  ----  --------------------  --\n"
		"p-20240410-000001  泾川县              电子营业执照应用领域有待进一步拓展  "
		"2024-04-30        -6  73.50%  是    市大数据中心、泾川县  红\n"
		"p-20240410-000002  平凉市政务服务中心  套餐式主题式服务数量有待增加        "
		"—                  —  未报送  —     无                    —\n");
}

static const struct column narrow_columns[] = {
	{ "n", "序号", CELL_INTEGER, 0, 0 },
	{ "description", "情况", CELL_TEXT, 0, 2 },
	{ "measure", "措施", CELL_TEXT, 0, 1 },
	{ "value", "较前沿值差距", CELL_FIGURE, 0, 0 },
};

static struct table *add_narrow(struct report *report)
{
	struct table *table = report_table(report, "rows", NULL, NULL, narrow_columns, 4);
	struct cell *row = table_row(report, table);

	cell_integer(&row[0], 1);
	cell_text(report, &row[1],
		  "窗口未调用电子营业执照，群众重复提交复印件（3次）；自助终端不支持登录。");
	cell_text(report, &row[2], "接入“甘快办”APP调用接口");
	cell_text(report, &row[3], "2.20");
	row = table_row(report, table);
	cell_integer(&row[0], 12);
	cell_text(report, &row[1], "无");
	cell_text(report, &row[2], "—");
	cell_absent(report, &row[3], "方案未设定目标值");
	return table;
}

static void text_columns_share_the_page(void **state)
{
	struct fixture *fixture = *state;

	add_narrow(&fixture->report);
	assert_string_equal(
		text_of(fixture, 0, false),
		"序号  情况                             措施                         较前沿值差距\n"
		"----  -------------------------------  -----------------------  ----------------\n"
		"   1  窗口未调用电子营业执照，群众重   接入“甘快办”APP调用接口              2.20\n"
		"      复提交复印件（3次）；自助终端不\n"
		"      支持登录。\n"
		"  12  无                               —                        "
		"方案未设定目标值\n");
	assert_string_equal(text_of(fixture, 60, false),
			    "序号  情况                措施                  较前沿值差距\n"
			    "----  ------------------  ----------------  ----------------\n"
			    "   1  窗口未调用电子营业  接入“甘快办”APP               2.20\n"
			    "      执照，群众重复提交  调用接口\n"
			    "      复印件（3次）；自\n"
			    "      助终端不支持登录。\n"
			    "  12  无                  —                 方案未设定目标值\n");
}

/* the rule line of a table of two columns of text */
static const char *rule_of(struct fixture *fixture, const char *a, unsigned weight_a, const char *b,
			   unsigned weight_b, size_t width)
{
	const struct column columns[] = { { "a", "甲", CELL_TEXT, 0, weight_a },
					  { "b", "乙", CELL_TEXT, 0, weight_b } };
	struct report *report = &fixture->report;
	struct cell *row;
	char *rule;

	report_init(report, &fixture->arena);
	row = table_row(report, report_table(report, "rows", NULL, NULL, columns, 2));
	cell_text(report, &row[0], a);
	cell_text(report, &row[1], b);
	text_of(fixture, width, false);
	rule = strchr(fixture->out.p, '-');
	assert_non_null(rule);
	*strchr(rule, '\n') = '\0';
	return rule;
}

static void text_columns_share_by_weight(void **state)
{
	static const char many[] = "督督督督督督督督督督督督督督督督督督督督督督督督督督督督督督"
				   "督督督督督督督督督督督督督督督督督督督督督督督督督督督督督督";
	static const char some[] = "督督督督督督督督督督督督督督督";
	struct fixture *fixture = *state;

	assert_string_equal(
		rule_of(fixture, many, 3, many, 0, 100),
		"--------------------------------------------------------------------------"
		"  ------------------------");
	assert_string_equal(
		rule_of(fixture, many, 1, many, 3, 100),
		"--------------------------  "
		"------------------------------------------------------------------------");
	/* no half characters where it can be helped */
	assert_string_equal(rule_of(fixture, many, 0, many, 0, 60),
			    "------------------------------  ----------------------------");
	/* nobody gets more than it needs, and the other one has it */
	assert_string_equal(rule_of(fixture, some, 5, many, 1, 80),
			    "------------------------------  "
			    "------------------------------------------------");
	assert_string_equal(
		rule_of(fixture, "abcdefghijklmnopqrstuvwxyza", 1, many, 1, 100),
		"---------------------------  "
		"-----------------------------------------------------------------------");
}

static void headers_and_words_wrap_when_text_cannot(void **state)
{
	struct fixture *fixture = *state;

	add_narrow(&fixture->report);
	assert_string_equal(text_of(fixture, 50, false),
			    "                                          较前沿值\n"
			    "序号  情况              措施                  差距\n"
			    "----  ----------------  ----------------  --------\n"
			    "   1  窗口未调用电子营  接入“甘快办”APP       2.20\n"
			    "      业执照，群众重复  调用接口\n"
			    "      提交复印件（3\n"
			    "      次）；自助终端不\n"
			    "      支持登录。\n"
			    "  12  无                —                 方案未设\n"
			    "                                          定目标值\n");
}

static const struct column name_columns[] = {
	{ "id", "编号", CELL_CODE, 0, 0 },
	{ "unit", "牵头单位", CELL_CODE, 0, 0 },
	{ "title", "问题", CELL_TEXT, 0, 0 },
	{ "due", "时限", CELL_DATE, 0, 0 },
};

static void names_wrap_before_ids_and_dates(void **state)
{
	struct fixture *fixture = *state;
	struct report *report = &fixture->report;
	struct table *table = report_table(report, "rows", NULL, NULL, name_columns, 4);
	struct cell *row = table_row(report, table);

	cell_text(report, &row[0], "p-20240410-000001");
	cell_text(report, &row[1], "平凉工业园区企业服务中心");
	cell_text(report, &row[2], "重复提交营业执照");
	cell_text(report, &row[3], "2024-04-30");
	assert_string_equal(text_of(fixture, 57, false),
			    "编号               牵头单位      问题          时限\n"
			    "-----------------  ------------  ------------  ----------\n"
			    "p-20240410-000001  平凉工业园区  重复提交营业  2024-04-30\n"
			    "                   企业服务中心  执照\n");
	/* then the spaces between columns */
	cell_text(report, &row[1], "泾川");
	assert_string_equal(text_of(fixture, 44, false),
			    "                  牵头单\n"
			    "编号              位     问题     时限\n"
			    "----------------- ------ -------- ----------\n"
			    "p-20240410-000001 泾川   重复提交 2024-04-30\n"
			    "                         营业执照\n");
	assert_string_equal(text_of(fixture, 42, false),
			    "                  牵头\n"
			    "编号              单位 问题     时限\n"
			    "----------------- ---- -------- ----------\n"
			    "p-20240410-000001 泾川 重复提交 2024-04-30\n"
			    "                       营业执照\n");
	cell_text(report, &row[1], "平凉工业园区企业服务中心");
	assert_string_equal(text_of(fixture, 48, false), "编号：p-20240410-000001\n"
							 "牵头单位：平凉工业园区企业服务中心\n"
							 "问题：重复提交营业执照\n"
							 "时限：2024-04-30\n");
}

static void a_narrow_page_gets_a_line_per_cell(void **state)
{
	struct fixture *fixture = *state;

	add_narrow(&fixture->report);
	assert_string_equal(text_of(fixture, 20, false), "序号：1\n"
							 "情况：窗口未调用电子\n"
							 "  营业执照，群众重复\n"
							 "  提交复印件（3\n"
							 "  次）；自助终端不支\n"
							 "  持登录。\n"
							 "措施：接入“甘快\n"
							 "  办”APP调用接口\n"
							 "较前沿值差距：2.20\n"
							 "\n"
							 "序号：12\n"
							 "情况：无\n"
							 "措施：—\n"
							 "较前沿值差距：方案未\n"
							 "  设定目标值\n");
}

static const struct column tall_columns[] = {
	{ "id", "编号", CELL_CODE, 0, 0 },
	{ "latest", "最新\n数据日期", CELL_TEXT, 0, 0 },
};

static void a_header_of_two_lines_becomes_one(void **state)
{
	struct fixture *fixture = *state;
	struct report *report = &fixture->report;
	struct table *table = report_table(report, "rows", NULL, NULL, tall_columns, 2);
	struct cell *row = table_row(report, table);

	cell_text(report, &row[0], "p-20240410-000001");
	cell_text(report, &row[1], "99.99%\n2024-05-22");
	assert_string_equal(text_of(fixture, 26, false), "编号：p-20240410-000001\n"
							 "最新、数据日期：99.99%\n"
							 "  2024-05-22\n");
}

static void facts_share_lines(void **state)
{
	struct fixture *fixture = *state;
	struct report *report = &fixture->report;

	/* without a heading of level 1 they stand on top */
	report_heading(report, 2, "一、概况");
	cell_text(report, report_fact(report, "period", "周期", CELL_TEXT), "2024年第18周");
	cell_integer(report_fact(report, "n", "走访", CELL_INTEGER), 1234);
	cell_absent(report, report_fact(report, "rank", "排名", CELL_INTEGER), "未报送");
	cell_absent(report, report_fact(report, "share", "占比", CELL_FIGURE), NULL);
	cell_list(report, report_fact(report, "missing", "未报送单位", CELL_LIST), two_units, 2);
	cell_text(report, report_fact(report, "note", "说明", CELL_TEXT), "一\n二");
	assert_string_equal(text_of(fixture, 40, false), "周期：2024年第18周　　走访：1234\n"
							 "排名：未报送　　占比：—\n"
							 "未报送单位：市大数据中心、泾川县\n"
							 "说明：一\n"
							 "  二\n"
							 "\n"
							 "一、概况\n");
	assert_string_equal(text_of(fixture, 20, false), "周期：2024年第18周\n"
							 "走访：1234\n"
							 "排名：未报送\n"
							 "占比：—\n"
							 "未报送单位：市大数据\n"
							 "  中心、泾川县\n"
							 "说明：一\n"
							 "  二\n"
							 "\n"
							 "一、概况\n");
}

static void an_empty_report(void **state)
{
	struct fixture *fixture = *state;

	assert_string_equal(text_of(fixture, 80, true), "");
	assert_string_equal(csv_of(fixture), BOM);
	assert_string_equal(json_of(fixture), "{\"version\":1}\n");
}

static void an_empty_table(void **state)
{
	struct fixture *fixture = *state;
	struct report *report = &fixture->report;

	report_table(report, "a", "超期问题", NULL, name_columns, 1);
	report_table(report, "b", NULL, "未报送", name_columns, 2);
	assert_string_equal(text_of(fixture, 80, false), "超期问题\n无\n\n未报送\n");
	assert_string_equal(csv_of(fixture), BOM "\"超期问题\"\r\n\"编号\"\r\n"
						 "\r\n\"编号\",\"牵头单位\"\r\n");
	assert_string_equal(json_of(fixture), "{\"version\":1,\"a\":[],\"b\":[]}\n");
}

static void cells_that_say_nothing(void **state)
{
	static const struct column one[] = { { "a", "", CELL_TEXT, 0, 0 } };
	static const struct column data[] = { { "a", "数", CELL_INTEGER, COLUMN_DATA_ONLY, 0 } };
	struct fixture *fixture = *state;
	struct report *report = &fixture->report;

	cell_text(report, table_row(report, report_table(report, "a", NULL, NULL, one, 1)), "");
	cell_integer(table_row(report, report_table(report, "b", "甲", NULL, data, 1)), 1);
	table_row(report, report_table(report, "c", NULL, NULL, data, 0));
	assert_string_equal(text_of(fixture, 80, false), "\n\n\n\n甲\n\n无\n");
	assert_string_equal(json_of(fixture),
			    "{\"version\":1,\"a\":[{\"a\":\"\"}],\"b\":[{\"a\":1}],\"c\":[]}\n");
}

static void tones_are_colours_only_when_asked(void **state)
{
	static const struct column columns[] = { { "light", "灯", CELL_CODE, 0, 0 },
						 { "why", "说明", CELL_TEXT, 0, 0 },
						 { "n", "天数", CELL_INTEGER, 0, 0 } };
	struct fixture *fixture = *state;
	struct report *report = &fixture->report;
	struct cell *cell, *row;
	struct table *table;

	report_heading(report, 1, "预警");
	cell = report_fact(report, "worst", "总体", CELL_CODE);
	cell_text(report, cell, "红");
	cell->tone = TONE_RED;
	table = report_table(report, "rows", NULL, NULL, columns, 3);
	row = table_row(report, table);
	cell_code(report, &row[0], "yellow", "黄");
	row[0].tone = TONE_YELLOW;
	cell_text(report, &row[1], "绿绿绿绿绿绿绿绿绿绿");
	row[1].tone = TONE_GREEN;
	cell_integer(&row[2], 3);
	row[2].tone = TONE_DIM;
	assert_string_equal(text_of(fixture, 26, false), "预警\n"
							 "总体：红\n"
							 "\n"
							 "灯  说明              天数\n"
							 "--  ----------------  ----\n"
							 "黄  绿绿绿绿绿绿绿绿     3\n"
							 "    绿绿\n");
	assert_string_equal(text_of(fixture, 26, true),
			    ESC "[1m预警" ESC "[0m\n"
				"总体：" ESC "[31m红" ESC "[0m\n"
				"\n"
				"灯  说明              天数\n"
				"--  ----------------  ----\n" ESC "[33m黄" ESC "[0m  " ESC
				"[32m绿绿绿绿绿绿绿绿" ESC "[0m     " ESC "[2m3" ESC "[0m\n"
				"    " ESC "[32m绿绿" ESC "[0m\n");
	/* a line per cell: the label keeps its colour */
	assert_non_null(strstr(text_of(fixture, 12, true), "\n灯：" ESC "[33m黄" ESC "[0m\n"));
	assert_non_null(strstr(str_text(&fixture->out), "\n  " ESC "[32m绿绿"));
}

/* the lines of the text, joined by | */
static const char *wrapped(struct str *out, const char *text, size_t width)
{
	size_t n = strlen(text), next, lines = 0;

	str_reset(out);
	do {
		size_t len = wrap_line(text, n, width, &next);

		str_add(out, lines++ ? "|" : "");
		str_addn(out, text, len);
		text += next;
		n -= next;
		assert_true(next || !n);
	} while (n);
	return str_text(out);
}

static void lines_break_where_readers_expect(void **state)
{
	static const struct {
		const char *text;
		size_t width;
		const char *lines;
	} cases[] = {
		{ "", 8, "" },
		{ "重复提交", 4, "重复|提交" },
		{ "重复提交", 5, "重复|提交" },
		{ "重复提交", 8, "重复提交" },
		/* a word stays whole, a word wider than the line does not */
		{ "在APP上办", 4, "在|APP|上办" },
		{ "see README first", 10, "see README|first" },
		{ "abcdefghij", 4, "abcd|efgh|ij" },
		{ "中abcdefghij", 4, "中|abcd|efgh|ij" },
		/* GB/T 15834: what may not start or end a line */
		{ "已经办结，回访", 8, "已经办|结，回访" },
		{ "甲乙丙（丁）", 8, "甲乙丙|（丁）" },
		{ "接入“甘快办”中", 11, "接入“甘快|办”中" },
		{ "甲“乙”丙", 4, "甲|“乙”|丙" },
		{ "占比（73.50%）高", 10, "占比|（73.50%）|高" },
		{ "，，，，", 4, "，，|，，" },
		{ "甲乙)丙", 4, "甲|乙)|丙" },
		/* spaces at a break vanish, others stay */
		{ "一 二", 3, "一|二" },
		{ "一　　二", 4, "一|二" },
		{ "  一", 8, "  一" },
		{ "一  ", 8, "一" },
		{ "    ", 2, "" },
		/* newlines */
		{ "一\n二", 8, "一|二" },
		{ "一\n\n二\n", 8, "一||二" },
		{ "一二\n三", 4, "一二|三" },
		/* marks stay with their character */
		{ "ae" ACUTE "i", 2, "ae" ACUTE "|i" },
		{ ACUTE "ab", 1, ACUTE "a|b" },
		/* narrower than a character */
		{ "一二", 1, "一|二" },
		{ "ab", 0, "a|b" },
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(wrapped(&fixture->out, cases[i].text, cases[i].width),
				    cases[i].lines);
}

static void widths_of_text(void **state)
{
	(void)state;
	assert_int_equal(wrap_width("一\n二三\n", strlen("一\n二三\n")), 4);
	assert_int_equal(wrap_width("e" ACUTE, strlen("e" ACUTE)), 1);
	assert_int_equal(wrap_count("", 0, 4), 1);
	assert_int_equal(wrap_count("一二三", 9, 4), 2);
	assert_int_equal(wrap_word("在 p-20240410-000001 中", 25), 17);
	assert_int_equal(wrap_word("办结，回访", 15), 4);
	assert_int_equal(wrap_word("", 0), 0);
}

/* how often `what` is in the text */
static size_t count_of(const char *text, const char *what)
{
	size_t count = 0;

	for (; (text = strstr(text, what)) != NULL; text += strlen(what))
		count++;
	return count;
}

static void long_cells(void **state)
{
	static const struct column columns[] = { { "a", "中文", CELL_TEXT, 0, 0 },
						 { "b", "字母", CELL_TEXT, 0, 3 },
						 { "c", "标点", CELL_LIST, 0, 0 } };
	static const size_t widths[] = { 200, 80, 41, 28, 20, 5, 2 };
	struct fixture *fixture = *state;
	struct report *report = &fixture->report;
	struct str chinese = { 0 }, marks = { 0 }, ascii = { 0 };
	struct cell *row;

	for (int i = 0; i < 10000; i++) {
		str_add(&chinese, "督");
		str_add(&marks, "，");
	}
	str_pad(&ascii, 'x', 10000);
	row = table_row(report, report_table(report, "rows", NULL, NULL, columns, 3));
	cell_text(report, &row[0], str_text(&chinese));
	cell_text(report, &row[1], str_text(&ascii));
	cell_list(report, &row[2], (const char *const[]){ str_text(&marks) }, 1);
	for (size_t i = 0; i < sizeof(widths) / sizeof(widths[0]); i++) {
		const char *text = text_of(fixture, widths[i], false);

		assert_tidy(text, widths[i]);
		assert_int_equal(count_of(text, "督"), 10000);
		assert_int_equal(count_of(text, "，"), 10000);
		assert_int_equal(count_of(text, "x"), 10000);
	}
	str_release(&chinese);
	str_release(&marks);
	str_release(&ascii);
}

#define HOSTILE "甲" ESC "[2J" RLO "乙\t\r\x7f\xc2\x9b" LINE_SEP "\xff\xe4\xb8" BOM "e" ACUTE
#define VISIBLE "甲\\x1b[2J\\u202e乙\\t\\x0d\\x7f\\x9b\\u2028\\xff\\xe4\\xb8\\ufeffe" ACUTE
/* in a table that is read again a tab stays one */
#define IN_CSV "甲\\x1b[2J\\u202e乙\t\\x0d\\x7f\\x9b\\u2028\\xff\\xe4\\xb8\\ufeffe" ACUTE

/* a text of every kind in every place where one can stand */
static void add_hostile(struct report *report)
{
	static const struct column columns[] = { { HOSTILE, HOSTILE, CELL_TEXT, 0, 0 },
						 { "b", HOSTILE, CELL_CODE, 0, 0 },
						 { "c", "丙", CELL_LIST, 0, 0 },
						 { "d", "丁", CELL_FIGURE, 0, 0 },
						 { "e", "戊", CELL_INTEGER, 0, 0 } };
	struct cell *row;

	report_heading(report, 1, HOSTILE "\n");
	cell_text(report, report_fact(report, HOSTILE, HOSTILE, CELL_TEXT), HOSTILE "\n" HOSTILE);
	report_heading(report, 2, HOSTILE);
	report_paragraph(report, HOSTILE "\n" HOSTILE);
	report_table(report, "none", HOSTILE, HOSTILE, columns, 5);
	row = table_row(report, report_table(report, HOSTILE, HOSTILE, NULL, columns, 5));
	cell_text(report, &row[0], HOSTILE "\n" HOSTILE);
	cell_code(report, &row[1], HOSTILE, HOSTILE);
	cell_list(report, &row[2], (const char *const[]){ HOSTILE, HOSTILE }, 2);
	cell_text(report, &row[3], HOSTILE);
	cell_absent(report, &row[4], HOSTILE);
}

static void nothing_reaches_a_terminal(void **state)
{
	static const size_t widths[] = { 1000, 200, 80, 30, 20 };
	struct fixture *fixture = *state;
	const char *text;

	add_hostile(&fixture->report);
	for (size_t i = 0; i < sizeof(widths) / sizeof(widths[0]); i++)
		assert_tidy(text_of(fixture, widths[i], false), widths[i]);
	text = text_of(fixture, 1000, false);
	assert_memory_equal(text, VISIBLE "\\n\n" VISIBLE "：" VISIBLE "\n",
			    strlen(VISIBLE "\\n\n" VISIBLE "：" VISIBLE "\n"));
	assert_int_equal(count_of(text, VISIBLE), 19);

	text = csv_of(fixture) + strlen(BOM);
	assert_int_equal(count_of(text, IN_CSV), 13);
	for (const char *p = text, *end = text + strlen(text); p < end;) {
		int32_t c = utf8_decode(&p, end);

		assert_true(!utf8_is_control(c) || c == '\n' || c == '\t' ||
			    (c == '\r' && *p == '\n'));
	}

	text = json_of(fixture);
	assert_int_equal(utf8_valid(text, strlen(text)), strlen(text));
	assert_tidy(text, SIZE_MAX);
	assert_ptr_equal(strchr(text, '\n'), text + strlen(text) - 1);
}

static void csv_of_a_report(void **state)
{
	struct fixture *fixture = *state;

	add_head(&fixture->report);
	add_problems(&fixture->report);
	assert_string_equal(
		csv_of(fixture),
		BOM "\"编号\",\"单位\",\"问题\",\"时限\",\"剩余天数\",\"占比（%）\",\"超期\","
		    "\"责任单位\",\"文件\",\"灯\"\r\n"
		    "\"p-20240410-000001\",\"泾川县\",\"电子营业执照应用领域有待进一步拓展\","
		    "\"2024-04-30\",\"-6\",\"73.50\",\"是\",\"市大数据中心、泾川县\","
		    "\"jingchuan/p.yaml\",\"红\"\r\n"
		    "\"p-20240410-000002\",\"平凉市政务服务中心\",\"套餐式主题式服务数量有待增加\","
		    "\"\",\"\",\"未报送\",\"\",\"无\",\"\",\"\"\r\n");
	/* a second table: both get their titles */
	add_narrow(&fixture->report);
	assert_non_null(strstr(csv_of(fixture), BOM "\"一览\"\r\n\"编号\","));
	assert_non_null(strstr(str_text(&fixture->out), "\"\"\r\n\r\n\"序号\",\"情况\","));
}

static const char *csv_cell(enum cell_type type, const char *text, struct str *out)
{
	struct column column = { "a", "甲", type, 0, 0 };
	struct arena arena = { 0 };
	struct report report;

	report_init(&report, &arena);
	cell_text(&report, table_row(&report, report_table(&report, "t", "题", NULL, &column, 1)),
		  text);
	str_reset(out);
	assert_int_equal(render_csv(&report, out), 0);
	arena_release(&arena);
	/* no title: there is one table */
	assert_memory_equal(str_text(out), BOM "\"甲\"\r\n", strlen(BOM "\"甲\"\r\n"));
	return str_text(out) + strlen(BOM "\"甲\"\r\n");
}

static void csv_is_safe_from_formulas(void **state)
{
	static const struct {
		enum cell_type type;
		const char *text, *cell;
	} cases[] = {
		{ CELL_TEXT, "=1+1", "\"'=1+1\"\r\n" },
		{ CELL_TEXT, "+86", "\"'+86\"\r\n" },
		{ CELL_TEXT, "-", "\"'-\"\r\n" },
		{ CELL_TEXT, "-5", "\"'-5\"\r\n" },
		{ CELL_CODE, "@SUM(A1)", "\"'@SUM(A1)\"\r\n" },
		{ CELL_DATE, "=NOW()", "\"'=NOW()\"\r\n" },
		{ CELL_TEXT, "\t=1", "\"'\t=1\"\r\n" },
		{ CELL_TEXT, "\r=1", "\"'\\x0d=1\"\r\n" },
		{ CELL_TEXT, "\n=1", "\"'\n=1\"\r\n" },
		{ CELL_TEXT, "＝1", "\"'＝1\"\r\n" },
		{ CELL_TEXT, "＋1", "\"'＋1\"\r\n" },
		{ CELL_TEXT, "－1", "\"'－1\"\r\n" },
		{ CELL_TEXT, "＠1", "\"'＠1\"\r\n" },
		{ CELL_TEXT, "1=1", "\"1=1\"\r\n" },
		{ CELL_TEXT, "＜1", "\"＜1\"\r\n" },
		/* numbers stay, and only numbers */
		{ CELL_FIGURE, "-1.90", "\"-1.90\"\r\n" },
		{ CELL_FIGURE, "+18.18%", "\"+18.18%\"\r\n" },
		{ CELL_FIGURE, "-1+cmd", "\"'-1+cmd\"\r\n" },
		{ CELL_FIGURE, "-", "\"'-\"\r\n" },
		{ CELL_FIGURE, "-.5", "\"'-.5\"\r\n" },
		{ CELL_FIGURE, "-5.", "\"'-5.\"\r\n" },
		{ CELL_FIGURE, "-5%%", "\"'-5%%\"\r\n" },
		{ CELL_FIGURE, "=5", "\"'=5\"\r\n" },
		/* quoting */
		{ CELL_TEXT, "他说\"好\",行", "\"他说\"\"好\"\",行\"\r\n" },
		{ CELL_TEXT, "一\n二", "\"一\n二\"\r\n" },
		{ CELL_TEXT, "", "\"\"\r\n" },
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(csv_cell(cases[i].type, cases[i].text, &fixture->out),
				    cases[i].cell);
}

static void json_of_a_report(void **state)
{
	struct fixture *fixture = *state;
	struct report *report = &fixture->report;

	add_head(report);
	cell_absent(report, report_fact(report, "rank", NULL, CELL_INTEGER), "未报送");
	cell_text(report, report_fact(report, NULL, "只供阅读", CELL_TEXT), "一");
	add_problems(report);
	assert_string_equal(
		json_of(fixture),
		"{\"version\":1,\"as_of\":\"2024-05-06\",\"count\":2,\"believed\":false,"
		"\"rank\":null,\"problems\":["
		"{\"id\":\"p-20240410-000001\",\"unit\":\"jingchuan\","
		"\"title\":\"电子营业执照应用领域有待进一步拓展\",\"due\":\"2024-04-30\","
		"\"days_left\":-6,\"share\":\"73.50\",\"overdue\":true,"
		"\"responsible\":[\"市大数据中心\",\"泾川县\"],\"path\":\"jingchuan/p.yaml\"},"
		"{\"id\":\"p-20240410-000002\",\"unit\":\"pingliang\","
		"\"title\":\"套餐式主题式服务数量有待增加\",\"due\":null,"
		"\"days_left\":null,\"share\":null,\"overdue\":null,"
		"\"responsible\":[],\"path\":null}]}\n");
}

static void tables_of_one_key_are_one_array(void **state)
{
	static const struct column columns[] = { { "a", "甲", CELL_INTEGER, 0, 0 } };
	struct fixture *fixture = *state;
	struct report *report = &fixture->report;

	report_table(report, "x", NULL, NULL, columns, 1);
	cell_integer(table_row(report, report_table(report, "x", "一", NULL, columns, 1)), 1);
	cell_integer(table_row(report, report_table(report, "y", "二", NULL, columns, 1)), 2);
	cell_integer(table_row(report, report_table(report, NULL, "三", NULL, columns, 1)), 3);
	cell_integer(table_row(report, report_table(report, "x", "四", NULL, columns, 1)),
		     INT64_MIN);
	assert_string_equal(json_of(fixture),
			    "{\"version\":1,\"x\":[{\"a\":1},{\"a\":-9223372036854775808}],"
			    "\"y\":[{\"a\":2}]}\n");
}

static void json_strings(void **state)
{
	static const struct {
		const char *text, *json;
	} cases[] = {
		{ "", "\"\"" },
		{ "平凉🙂e" ACUTE, "\"平凉🙂e" ACUTE "\"" },
		{ "\"\\/", "\"\\\"\\\\/\"" },
		{ "\b\f\n\r\t", "\"\\b\\f\\n\\r\\t\"" },
		{ "\x01\x1b\x7f", "\"\\u0001\\u001b\\u007f\"" },
		{ "\xc2\x9b" LINE_SEP "\xe2\x80\xa9" RLO, "\"\\u009b\\u2028\\u2029\\u202e\"" },
		{ "a\xff\xc0\x80z", "\"a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz\"" },
		{ "\xed\xa0\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"" },
		{ "\xe5\xb9", "\"\xef\xbf\xbd\xef\xbf\xbd\"" },
		{ "\xef\xbf\xbd", "\"\xef\xbf\xbd\"" },
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		str_reset(&fixture->out);
		json_string(&fixture->out, cases[i].text, strlen(cases[i].text));
		assert_string_equal(str_text(&fixture->out), cases[i].json);
	}
	str_reset(&fixture->out);
	json_string(&fixture->out, "a\0b", 3);
	assert_string_equal(str_text(&fixture->out), "\"a\\u0000b\"");
}

static void what_cells_say(void **state)
{
	static const struct column columns[] = { { "a", "甲", CELL_INTEGER, 0, 0 },
						 { "b", "乙", CELL_LIST, 0, 0 },
						 { "c", "丙", CELL_TEXT, 0, 0 },
						 { "d", "丁", CELL_CODE, 0, 0 },
						 { "e", "戊", CELL_BOOLEAN, 0, 0 } };
	struct fixture *fixture = *state;
	struct report *report = &fixture->report;
	struct cell *row = table_row(report, report_table(report, "t", NULL, NULL, columns, 5));

	cell_integer(&row[0], 3);
	cell_shown(report, &row[0], "3个工作日");
	cell_list(report, &row[1], (const char *const[]){ "jingchuan" }, 1);
	cell_shown(report, &row[1], "泾川县");
	row[2].tone = TONE_DIM;
	cell_text(report, &row[2], "一");
	cell_text(report, &row[2], NULL);
	cell_code(report, &row[3], "x", NULL);
	cell_boolean(&row[4], true);
	cell_shown(report, &row[4], "已达标");
	assert_int_equal(row[2].tone, TONE_DIM);
	assert_string_equal(text_of(fixture, 80, false), "       甲  乙      丙  丁  戊\n"
							 "---------  ------  --  --  ------\n"
							 "3个工作日  泾川县  —   x   已达标\n");
	assert_non_null(strstr(csv_of(fixture), "\r\n\"3\",\"泾川县\",\"\",\"x\",\"已达标\"\r\n"));
	assert_string_equal(json_of(fixture),
			    "{\"version\":1,\"t\":[{\"a\":3,"
			    "\"b\":[\"jingchuan\"],\"c\":null,\"d\":\"x\",\"e\":true}]}\n");
}

static void texts_are_copied(void **state)
{
	static const struct column columns[] = { { "a", "甲", CELL_TEXT, 0, 0 } };
	struct fixture *fixture = *state;
	struct report *report = &fixture->report;
	char text[] = "old";

	report_heading(report, 1, text);
	cell_text(report, report_fact(report, text, text, CELL_TEXT), text);
	report_paragraph(report, text);
	cell_text(report, table_row(report, report_table(report, text, text, text, columns, 1)),
		  text);
	report_heading(report, 1, NULL);
	report_paragraph(report, NULL);
	memset(text, 'x', 3);
	assert_string_equal(text_of(fixture, 80, false),
			    "old\nold：old\n\nold\n\nold\n甲\n---\nold\n");
}

static void many_of_everything(void **state)
{
	static const struct column columns[] = { { "a", "甲", CELL_INTEGER, 0, 0 },
						 { "b", "乙", CELL_TEXT, 0, 0 } };
	struct fixture *fixture = *state;
	struct report *report = &fixture->report;
	struct table *table = report_table(report, "rows", NULL, NULL, columns, 2);

	for (int i = 0; i < 1000; i++) {
		struct cell *row = table_row(report, table);

		cell_integer(&row[0], i);
		assert_false(row[1].present);
		cell_integer(report_fact(report, "f", "数", CELL_INTEGER), i);
		report_paragraph(report, "段");
	}
	assert_false(report->failed);
	assert_int_equal(table->nrows, 1000);
	for (int i = 0; i < 1000; i++) {
		assert_int_equal(table->cells[i * 2].integer, i);
		assert_int_equal(report->facts[i].cell.integer, i);
	}
	assert_int_equal(count_of(text_of(fixture, 80, false), "段"), 1000);
}

static void a_failed_report_is_refused(void **state)
{
	static const struct column columns[TABLE_COLUMNS + 1] = { { "a", "甲", CELL_TEXT, 0, 0 } };
	struct fixture *fixture = *state;
	struct report *report = &fixture->report;
	struct str *out = &fixture->out;
	struct cell *row;

	add_head(report);
	assert_null(report_table(report, "t", NULL, NULL, columns, TABLE_COLUMNS + 1));
	assert_true(report->failed);
	/* further additions are taken and forgotten */
	row = table_row(report, NULL);
	for (size_t i = 0; i < TABLE_COLUMNS; i++)
		cell_integer(&row[i], 1);
	assert_false(table_row(report, NULL)->present);
	cell_list(report, report_fact(report, "f", "二", CELL_LIST), two_units, 2);
	report_paragraph(report, "三");
	assert_int_equal(report->nfacts, 3);
	assert_int_equal(report->nblocks, 1);

	str_add(out, "before");
	errno = 0;
	assert_int_equal(render_text(report, NULL, out), -1);
	assert_int_equal(errno, ENOMEM);
	assert_int_equal(render_csv(report, out), -1);
	assert_int_equal(render_json(report, out), -1);
	assert_string_equal(str_text(out), "before");
	report->failed = false;
	out->failed = true;
	assert_int_equal(render_text(report, NULL, out), -1);
	assert_int_equal(render_csv(report, out), -1);
	assert_int_equal(render_json(report, out), -1);
}

static void encodings(void **state)
{
	struct fixture *fixture = *state;
	struct str *out = &fixture->out, text = { 0 };

	/* 𬭊 has four bytes in GB 18030 and none in GBK */
	str_add(&text, BOM "平凉𬭊\r\n");
	assert_int_equal(encode_text(str_text(&text), text.len, "gb18030", out), 0);
	assert_string_equal(str_text(out), "\xc6\xbd\xc1\xb9\x99\x33\xa8\x38\r\n");
	str_reset(out);
	assert_int_equal(encode_text(str_text(&text), text.len, "utf-8", out), 0);
	assert_string_equal(str_text(out), "平凉𬭊\r\n");
	str_reset(out);
	assert_int_equal(encode_text("", 0, "gb18030", out), 0);
	assert_string_equal(str_text(out), "");
	/* a stateful one goes back to its first state at the end */
	assert_int_equal(encode_text("平", 3, "iso-2022-cn", out), 0);
	assert_string_equal(str_text(out), ESC "$)A\x0e\x46\x3d\x0f");
	/* more than is converted in one go, cut at every place of a character */
	str_reset(out);
	str_reset(&text);
	for (int i = 0; i < 10000; i++)
		str_add(&text, i % 7 ? "平" : "a");
	assert_int_equal(encode_text(str_text(&text), text.len, "gb18030", out), 0);
	assert_int_equal(out->len, 10000 / 7 * 13 + 1 + 2 * (10000 % 7 - 1));
	str_release(&text);
}

static void encodings_that_fail(void **state)
{
	static const struct {
		const char *text, *encoding;
		int error;
	} cases[] = {
		{ "平", "no-such-encoding", EINVAL }, { "平", "", EINVAL },
		{ "平", "ascii//TRANSLIT", EINVAL },  { "平", "gb18030,ignore", EINVAL },
		{ "a平", "iso-8859-1", EILSEQ },      { "平𬭊", "gbk", EILSEQ },
		{ "a\xff", "gb18030", EILSEQ },       { "a\xe5\xb9", "gb18030", EILSEQ },
		{ "a\xed\xa0\x80", "utf-8", EILSEQ },
	};
	struct fixture *fixture = *state;

	str_add(&fixture->out, "before");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		errno = 0;
		assert_int_equal(encode_text(cases[i].text, strlen(cases[i].text),
					     cases[i].encoding, &fixture->out),
				 -1);
		assert_int_equal(errno, cases[i].error);
		assert_string_equal(str_text(&fixture->out), "before");
	}
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(text_of_a_report),
		TEST(text_columns_share_the_page),
		TEST(text_columns_share_by_weight),
		TEST(headers_and_words_wrap_when_text_cannot),
		TEST(names_wrap_before_ids_and_dates),
		TEST(a_narrow_page_gets_a_line_per_cell),
		TEST(a_header_of_two_lines_becomes_one),
		TEST(facts_share_lines),
		TEST(an_empty_report),
		TEST(an_empty_table),
		TEST(cells_that_say_nothing),
		TEST(tones_are_colours_only_when_asked),
		TEST(lines_break_where_readers_expect),
		TEST(widths_of_text),
		TEST(long_cells),
		TEST(nothing_reaches_a_terminal),
		TEST(csv_of_a_report),
		TEST(csv_is_safe_from_formulas),
		TEST(json_of_a_report),
		TEST(tables_of_one_key_are_one_array),
		TEST(json_strings),
		TEST(what_cells_say),
		TEST(texts_are_copied),
		TEST(many_of_everything),
		TEST(a_failed_report_is_refused),
		TEST(encodings),
		TEST(encodings_that_fail),
	};

	return cmocka_run_group_tests_name("report", tests, NULL, NULL);
}
