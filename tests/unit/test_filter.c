#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "model/filter.h"
#include "yaml/read.h"

#define EAST_8 480

static const char RECORD[] = "id: p-20240418-q4z7aa\n"
			     "date: '2024-04-18'\n"
			     "title: 重复提交, =1+1\n"
			     "value: '85.20'\n"
			     "code: '007'\n"
			     "count: 24999\n"
			     "large: 123456789012345678901234567890\n"
			     "small: -0.5\n"
			     "focus: [15, 16]\n"
			     "visitors: [张某, 李某]\n"
			     "none: []\n"
			     "nothing: null\n"
			     "nulls: [null]\n"
			     "policy: false\n"
			     "empty: {}\n"
			     "milestones:\n"
			     "- {id: N1, date: '2024-05-10'}\n"
			     "- {id: N2, date: '2024-05-24', parts: [{n: 1}, {n: 2}]}\n"
			     "values: {windows: {total: 42}}\n"
			     "entered: {at: '2024-04-18T17:40:00+08:00', by: 张某}\n"
			     "late: '2024-04-18T23:30:00Z'\n";

struct fixture {
	struct arena arena;
	const struct node *fields;
};

static int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));
	struct findings findings = { 0 };

	if (!fixture)
		return -1;
	fixture->fields = yaml_read(&fixture->arena, "record", RECORD, strlen(RECORD), &READ_INPUT,
				    &findings);
	findings_release(&findings);
	*state = fixture;
	return fixture->fields ? 0 : -1;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	arena_release(&fixture->arena);
	free(fixture);
	return 0;
}

struct expected {
	const char *text;
	bool holds;
};

static void expect(struct fixture *fixture, const struct expected *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct condition c;

		assert_int_equal(filter_parse(&c, cases[i].text, &fixture->arena), 1);
		if (filter_holds(&c, fixture->fields, EAST_8) != cases[i].holds)
			fail_msg("%s should be %s", cases[i].text,
				 cases[i].holds ? "true" : "false");
	}
}

#define EXPECT(cases) expect(*state, cases, sizeof(cases) / sizeof(*(cases)))

static void taken_apart(void **state)
{
	static const struct {
		const char *text, *field, *value;
		enum filter_op op;
	} cases[] = {
		{ "a=b", "a", "b", FILTER_EQUAL },
		{ "a!=b", "a", "b", FILTER_NOT_EQUAL },
		{ "a<b", "a", "b", FILTER_LESS },
		{ "a>b", "a", "b", FILTER_GREATER },
		{ "a<=b", "a", "b", FILTER_AT_MOST },
		{ "a>=b", "a", "b", FILTER_AT_LEAST },
		{ "a~b", "a", "b", FILTER_CONTAINS },
		{ "a==b", "a", "=b", FILTER_EQUAL },
		{ "a=<b", "a", "<b", FILTER_EQUAL },
		{ "a=b=c~d", "a", "b=c~d", FILTER_EQUAL },
		{ "a~~", "a", "~", FILTER_CONTAINS },
		{ " a.b-c_d  !=　b c　", "a.b-c_d", "b c", FILTER_NOT_EQUAL },
		{ "状态=整改中", "状态", "整改中", FILTER_EQUAL },
		{ "a=", "a", "", FILTER_EQUAL },
		{ "a!=", "a", "", FILTER_NOT_EQUAL },
		{ "a~", "a", "", FILTER_CONTAINS },
	};
	static const char *const none[] = { "",   "a",  "=b",  " =b", "a!b",  "a!",
					    "a<", "a>", "a<=", "a>=", "!a=b", "a b" };
	struct fixture *fixture = *state;
	struct condition c;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		assert_int_equal(filter_parse(&c, cases[i].text, &fixture->arena), 1);
		assert_string_equal(c.field, cases[i].field);
		assert_string_equal(c.value, cases[i].value);
		assert_int_equal(c.op, cases[i].op);
	}
	memset(&c, 0x5a, sizeof(c));
	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++) {
		assert_int_equal(filter_parse(&c, none[i], &fixture->arena), 0);
		assert_int_equal(((const unsigned char *)&c)[0], 0x5a);
	}
}

static void texts(void **state)
{
	static const struct expected cases[] = {
		{ "title=重复提交, =1+1", true },
		{ "title=重复提交", false },
		{ "title!=重复提交", true },
		{ "title~提交", true },
		{ "title~=1+1", true },
		{ "title~提 交", false },
		{ "title~.*", false },
		{ "id=p-20240418-q4z7aa", true },
		{ "id=P-20240418-Q4Z7AA", false },
		{ "id>p-20240418-a", true },
		{ "id<p-20240418-a", false },
		{ "id<=p-20240418-q4z7aa", true },
		{ "id>=p-20240418-q4z7aa", true },
	};

	EXPECT(cases);
}

static void numbers(void **state)
{
	static const struct expected cases[] = {
		{ "count=24999", true },
		{ "count=24999.0", true },
		{ "count=24999.5", false },
		{ "count>3", true },
		{ "count<3", false },
		{ "count>100000", false },
		{ "count>=24999", true },
		{ "count>24999", false },
		{ "count>-1", true },
		{ "count~499", true },
		/* a quoted decimal is a number too */
		{ "value=85.2", true },
		{ "value>9", true },
		{ "value<9", false },
		{ "value<100", true },
		/* beyond 64 bits, exactly */
		{ "large=123456789012345678901234567890", true },
		{ "large>123456789012345678901234567889", true },
		{ "large<123456789012345678901234567889", false },
		{ "small<0", true },
		{ "small>-1", true },
		{ "small=-0.50", true },
		/* a code with leading zeros is no number */
		{ "code=7", false },
		{ "code=007", true },
		{ "code~0", true },
		/* byte by byte as soon as one of them is none */
		{ "count<a", true },
		{ "title>5", true },
		{ "value=85.2x", false },
		{ "count=24,999", false },
	};

	EXPECT(cases);
}

static void dates(void **state)
{
	static const struct expected cases[] = {
		{ "date=2024-04-18", true },
		{ "date!=2024-04-18", false },
		{ "date<2024-04-19", true },
		{ "date>2024-04-17", true },
		{ "date>2024-04-18", false },
		{ "date>=2024-04-18", true },
		{ "date<=2024-04-18", true },
		{ "date~2024-04", true },
		/* a time within that day at the offset */
		{ "entered.at=2024-04-18", true },
		{ "entered.at<=2024-04-18", true },
		{ "entered.at>2024-04-18", false },
		{ "entered.at<2024-04-19", true },
		{ "late=2024-04-19", true },
		{ "late=2024-04-18", false },
		/* two times, whatever their offsets */
		{ "entered.at=2024-04-18T09:40:00Z", true },
		{ "entered.at<2024-04-18T17:40:01+08:00", true },
		{ "entered.at>2024-04-18T17:40:00+08:00", false },
		{ "entered.at>2024-04-18T17:39:59+08:00", true },
		/* a date beside a time */
		{ "date=2024-04-18T12:00:00+08:00", true },
		{ "date<2024-04-18T23:00:00Z", true },
		/* no such date: as text */
		{ "date<2024-04-31", true },
		{ "date=2024-4-18", false },
	};

	EXPECT(cases);
}

static void booleans(void **state)
{
	static const struct expected cases[] = {
		{ "policy=否", true },     { "policy=false", true }, { "policy=no", true },
		{ "policy=无", true },     { "policy=是", false },   { "policy=true", false },
		{ "policy!=是", true },    { "policy!=否", false },  { "policy=0", false },
		{ "policy<true", true },   { "policy>否", false },   { "policy=maybe", false },
		{ "policy!=maybe", true },
	};

	EXPECT(cases);
}

static void lists(void **state)
{
	static const struct expected cases[] = {
		{ "focus=15", true },
		{ "focus=16", true },
		{ "focus=17", false },
		{ "focus>15", true },
		{ "focus>16", false },
		{ "focus<16", true },
		/* != is the opposite of = */
		{ "focus!=15", false },
		{ "focus!=17", true },
		{ "visitors=李某", true },
		{ "visitors~李", true },
		{ "visitors~王", false },
		{ "milestones.date=2024-05-24", true },
		{ "milestones.date<2024-05-10", false },
		{ "milestones.date<=2024-05-10", true },
		{ "milestones.id!=N2", false },
		{ "milestones.parts.n=2", true },
		{ "milestones.parts.n=3", false },
		{ "values.windows.total>41", true },
		{ "values.windows.total>42", false },
	};

	EXPECT(cases);
}

static void absent(void **state)
{
	static const char *const names[] = { "missing",     "nothing",
					     "none",        "nulls",
					     "date.more",   "values.missing.total",
					     "missing.sub", "milestones.none" };
	struct fixture *fixture = *state;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		static const struct expected kinds[] = {
			{ "=1", false },  { "!=1", true },  { "<1", false }, { ">1", false },
			{ "<=1", false }, { ">=1", false }, { "~1", false }, { "=", true },
			{ "!=", false },  { "~", false },
		};

		for (size_t k = 0; k < sizeof(kinds) / sizeof(*kinds); k++) {
			char text[64];

			snprintf(text, sizeof(text), "%s%s", names[i], kinds[k].text);
			expect(fixture, &(struct expected){ text, kinds[k].holds }, 1);
		}
	}
}

static void present(void **state)
{
	static const struct expected cases[] = {
		{ "title=", false },   { "title!=", true },      { "title~", true },
		{ "policy!=", true },  { "focus!=", true },      { "values!=", true },
		{ "values=", false },  { "empty=", true },       { "values=1", false },
		{ "values~1", false }, { "milestones!=", true },
	};

	EXPECT(cases);
}

static void codes(void **state)
{
	static const char *const both[] = { "recorded", "p-20240418-q4z7aa" };
	struct fixture *fixture = *state;
	struct condition c;

	assert_int_equal(filter_parse(&c, "id=编号", &fixture->arena), 1);
	assert_false(filter_holds(&c, fixture->fields, EAST_8));
	c.codes = both;
	c.ncodes = 2;
	assert_true(filter_holds(&c, fixture->fields, EAST_8));
	c.op = FILTER_NOT_EQUAL;
	assert_false(filter_holds(&c, fixture->fields, EAST_8));
	c.op = FILTER_CONTAINS;
	assert_true(filter_holds(&c, fixture->fields, EAST_8));
	c.op = FILTER_LESS; /* p… < recorded */
	assert_true(filter_holds(&c, fixture->fields, EAST_8));
	c.op = FILTER_GREATER;
	assert_false(filter_holds(&c, fixture->fields, EAST_8));
}

static void values(void **state)
{
	struct fixture *fixture = *state;
	const struct node *value;

	assert_int_equal(filter_value(fixture->fields, "entered.by", &fixture->arena, &value), 0);
	assert_true(node_is(value, "张某"));
	assert_int_equal(filter_value(fixture->fields, "focus", &fixture->arena, &value), 0);
	assert_ptr_equal(value, node_get(fixture->fields, "focus"));
	assert_int_equal(filter_value(fixture->fields, "milestones.date", &fixture->arena, &value),
			 0);
	assert_int_equal(list_count(value), 2);
	assert_true(node_is(&value->items[1], "2024-05-24"));
	assert_int_equal(
		filter_value(fixture->fields, "milestones.parts.n", &fixture->arena, &value), 0);
	assert_int_equal(list_count(value), 2);
	assert_int_equal(filter_value(fixture->fields, "milestones.x", &fixture->arena, &value), 0);
	assert_null(value);
	assert_int_equal(filter_value(fixture->fields, "x.y", &fixture->arena, &value), 0);
	assert_null(value);
	assert_int_equal(filter_value(fixture->fields, "nothing", &fixture->arena, &value), 0);
	assert_int_equal(value->type, NODE_NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(taken_apart), cmocka_unit_test(texts),
		cmocka_unit_test(numbers),     cmocka_unit_test(dates),
		cmocka_unit_test(booleans),    cmocka_unit_test(lists),
		cmocka_unit_test(absent),      cmocka_unit_test(present),
		cmocka_unit_test(codes),       cmocka_unit_test(values),
	};

	return cmocka_run_group_tests_name("filter", tests, set_up, tear_down);
}
