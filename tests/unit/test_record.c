/* Records and events as they are read, and fields laid over fields. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <stdlib.h>
#include <cmocka.h>

#include "tale.h"

#define ENTERED                                                                                    \
	"entered: {at: '2024-04-18T18:00:00+08:00', by: 张某, unit: jingchuan, to: listed}\n"

/* findings as `file:line code`, one after the other */
static const char *told(void)
{
	static struct str out;

	str_reset(&out);
	str_add(&out, "");
	for (size_t i = 0; i < tale_findings.count; i++) {
		const struct finding *f = &tale_findings.items[i];

		str_addf(&out, "%s%s:%u %s", i ? ", " : "", f->file, f->line, f->code);
	}
	return str_text(&out);
}

static void events_in_order(void **state)
{
	struct record record;
	static const char *const names[] = { "e1", "b", "c", "e3", "e2" };

	(void)state;
	/* by time, the zone taken into account, then by name; `entered` stays first */
	assert_int_equal(tale_parse(&record,
				    "id: p-20240418-q4z7aa\n" ENTERED
				    "---\n{at: '2024-04-18T17:00:00+08:00', by: a, unit: u}\n"
				    "---\n{at: '2024-04-20T23:59:59+08:00', by: a, unit: u}\n"
				    "---\n{at: '2024-04-20T15:00:00Z', by: a, unit: u}\n"
				    "---\n#c\n{at: '2024-04-20T22:00:00+08:00', by: a, unit: u}\n"
				    "---\n#b\n{at: '2024-04-20T16:00:00+02:00', by: a, unit: u}\n"),
			 0);
	assert_int_equal(record.nevents, 6);
	assert_int_equal(record.kind, KIND_PROBLEM);
	assert_null(record.events[0].name);
	assert_string_equal(record.events[0].by, "张某");
	for (size_t i = 0; i < 5; i++)
		assert_string_equal(record.events[i + 1].name, names[i]);
	assert_string_equal(node_string(record.root, "id"), "p-20240418-q4z7aa");
}

static void what_cannot_be_read(void **state)
{
	static const struct {
		const char *yaml, *told;
	} rows[] = {
		{ "id: x\n", "jingchuan/x/2024-04/e0:1 unreadable" },
		{ "entered: {by: a, unit: u, to: listed}\n",
		  "jingchuan/x/2024-04/e0:1 unreadable" },
		{ "entered: {at: 2024-04-18, by: a, unit: u, to: listed}\n",
		  "jingchuan/x/2024-04/e0:1 unreadable" },
		{ "entered: {at: '2024-04-18T18:00:00+08:00', unit: u, to: listed}\n",
		  "jingchuan/x/2024-04/e0:1 unreadable" },
		{ "entered: {at: '2024-04-18T18:00:00+08:00', by: a, unit: u}\n",
		  "jingchuan/x/2024-04/e0:1 unreadable" },
		{ "entered: {at: '2024-04-18T18:00:00+08:00', by: a, unit: u, to: done}\n",
		  "jingchuan/x/2024-04/e0:1 unreadable" },
		{ "[a]\n", "jingchuan/x/2024-04/e0:1 unreadable" },
		{ "a: b\na: c\n", "jingchuan/x/2024-04/e0:2 duplicate-key" },
		/* all are told, not the first */
		{ ENTERED "---\n\nby: a\n---\n{at: '2024-04-19T18:00:00+08:00', by: a, unit: u}\n"
			  "---\n[\n",
		  "jingchuan/x/2024-04/e1:2 unreadable, jingchuan/x/2024-04/e3:2 yaml-syntax" },
		{ ENTERED "---\n{at: 2024, by: a, unit: u}\n---\n{at: '2024-04-19T18:00:00+08:00', "
			  "by: 1, unit: u}\n",
		  "jingchuan/x/2024-04/e1:1 unreadable, jingchuan/x/2024-04/e2:1 unreadable" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct record record;

		findings_release(&tale_findings);
		assert_int_equal(tale_parse(&record, rows[i].yaml), -1);
		assert_string_equal(told(), rows[i].told);
	}
}

static void files_that_were_not_read(void **state)
{
	struct stored_file files[] = {
		{ .name = "p.yaml", .text = ENTERED, .size = sizeof(ENTERED) - 1 },
		{ .name = "e1", .text = "", .error = EFBIG },
		{ .name = "e2", .text = "", .error = EACCES },
	};
	struct stored stored = { .folder = "a/problems/2024-04",
				 .unit = "a",
				 .kind = KIND_PROBLEM,
				 .id = "p",
				 .files = files,
				 .nfiles = 3 };
	struct record record;

	(void)state;
	assert_int_equal(record_parse(&record, &stored, "../", &tale_arena, &tale_findings), -1);
	assert_string_equal(told(),
			    "../a/problems/2024-04/e1:0 too-large, ../a/problems/2024-04/e2:0 io");
}

static void words_of_states(void **state)
{
	/* contract 2 */
	static const char *const words[][2] = {
		{ "recorded", "已登记" },   { "registered", "已登记" }, { "listed", "已列清单" },
		{ "rectifying", "整改中" }, { "submitted", "待验收" },  { "returned", "退回整改" },
		{ "closed", "已销号" },     { "reopened", "反弹重启" }, { "transferred", "已转办" },
		{ "merged", "已合并" },     { "declined", "不予列账" }, { "withdrawn", "已撤回" },
	};

	(void)state;
	assert_int_equal(sizeof(words) / sizeof(*words), STATES);
	for (size_t i = 0; i < STATES; i++) {
		enum state s = state_named(words[i][0]);

		assert_int_not_equal(s, STATES);
		assert_string_equal(state_name(s), words[i][0]);
		assert_string_equal(state_label(s), words[i][1]);
		if (s != STATE_RECORDED) /* shares its label with registered */
			assert_int_equal(state_named(words[i][1]), s);
	}
	assert_int_equal(state_named("已登记"), STATE_REGISTERED);
	assert_int_equal(state_named(NULL), STATES);
	assert_int_equal(state_named(""), STATES);
	assert_int_equal(state_named("Closed"), STATES);
	assert_int_equal(OPEN_STATES, STATE_BIT(STATE_LISTED) | STATE_BIT(STATE_RECTIFYING) |
					      STATE_BIT(STATE_SUBMITTED) |
					      STATE_BIT(STATE_RETURNED) |
					      STATE_BIT(STATE_REOPENED));
}

static void overlays(void **state)
{
	static const struct {
		const char *fields, *set, *result;
	} rows[] = {
		{ "{a: 1, b: 2}", "{b: 3}", "{a: 1, b: 3}" },
		{ "{a: 1}", "{b: 3}", "{a: 1, b: 3}" },
		{ "{a: [1, 2]}", "{a: [3]}", "{a: [3]}" }, /* the whole list */
		{ "{a: {x: 1, y: 2}}", "{a: {x: 3}}", "{a: {x: 3}}" },
		{ "{a: {x: 1, y: 2}}", "{a.x: 3}", "{a: {x: 3, y: 2}}" },
		{ "{a: {x: {p: 1, q: 2}}}", "{a.x.p: 3, a.x.r: 4}",
		  "{a: {x: {p: 3, q: 2, r: 4}}}" },
		{ "{b: 1}", "{a.x: 3}", "{b: 1, a: {x: 3}}" },
		{ "{a: 1}", "{a.x: 3}", "{a: {x: 3}}" },
		{ "{a: 1}", "{a: null}", "{a: null}" },
		{ "{a: 1}", "{a.b: 2, a.c: 3, d: 4}", "{a: {b: 2, c: 3}, d: 4}" },
		{ "{a: 1}", "{}", "{a: 1}" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct node *fields = tale_node(rows[i].fields);
		const struct node *copy = node_copy(&tale_arena, fields);
		const struct node *result = overlay(fields, tale_node(rows[i].set), &tale_arena);

		if (!node_equal(result, tale_node(rows[i].result)))
			fail_msg("%s over %s", rows[i].set, rows[i].fields);
		assert_true(node_equal(fields, copy)); /* what was below stays as it was */
	}
	assert_null(overlay(NULL, tale_node("{a: 1}"), &tale_arena));
}

/* a field keeps its place, so that a record is shown in the order of its schema */
static void overlays_keep_the_order(void **state)
{
	const struct node *result =
		overlay(tale_node("{a: 1, b: 2, c: 3}"), tale_node("{b: 9, d: 4}"), &tale_arena);
	static const char names[] = "abcd";

	(void)state;
	for (uint32_t i = 0; i < 4; i++)
		assert_int_equal(result->members[i].name[0], names[i]);
}

/* n members `NAMEi: 0` as a flow map */
static const struct node *wide(const char *name, int n)
{
	struct str text = { 0 };
	const struct node *map;

	for (int i = 0; i < n; i++)
		str_addf(&text, "%c %s%d: 0", i ? ',' : '{', name, i);
	str_addc(&text, '}');
	map = tale_node(arena_strdup(&tale_arena, str_text(&text)));
	str_release(&text);
	return map;
}

/* an event that nobody checked neither digs nor fills without end, nor takes time without end */
static void overlays_have_bounds(void **state)
{
	const struct node *record = tale_node("{a: 1}"), *result;
	struct str text = { 0 };

	(void)state;
	for (int parts = 0; parts < 30; parts++)
		str_add(&text, "d.");
	str_add(&text, "d: 0");
	result = overlay(record, tale_node(str_text(&text)), &tale_arena);
	assert_non_null(node_get(result, "d"));
	str_reset(&text);
	str_add(&text, "? \"");
	for (int parts = 0; parts < 300000; parts++)
		str_add(&text, "d.");
	str_add(&text, "d\"\n: 0\nb: 2");
	result = overlay(record, tale_node(str_text(&text)), &tale_arena);
	assert_null(node_get(result, "d"));
	assert_int_equal(node_integer(result, "b", 0), 2);
	str_release(&text);
	/* a thousand members, and what is there may still change */
	result = overlay(record, wide("k", 4000), &tale_arena);
	assert_int_equal(result->count, 1000);
	result = overlay(result, tale_node("{a: 5, b: 2}"), &tale_arena);
	assert_int_equal(node_integer(result, "a", 0), 5);
	assert_null(node_get(result, "b"));
	result = overlay(record, wide("m.k", 4000), &tale_arena);
	assert_int_equal(node_get(result, "m")->count, 1000);
	/* what is larger already is left as it is */
	record = wide("k", 1001);
	assert_ptr_equal(overlay(record, tale_node("{k1: 5}"), &tale_arena), record);
}

static void dates_of_fields(void **state)
{
	const struct node *fields = tale_node("{a: '2024-04-18', b: 2024-04-18, c: x, d: 5, e: }");

	(void)state;
	assert_int_equal(field_date(fields, "a"), day_of_civil(2024, 4, 18));
	assert_int_equal(field_date(fields, "b"), day_of_civil(2024, 4, 18));
	for (const char *name = "cdef"; *name; name++)
		assert_int_equal(field_date(fields, (char[]){ *name, '\0' }), DAY_NONE);
}

int main(void)
{
	const struct CMUnitTest record[] = {
		cmocka_unit_test_teardown(events_in_order, tale_end),
		cmocka_unit_test_teardown(what_cannot_be_read, tale_end),
		cmocka_unit_test_teardown(files_that_were_not_read, tale_end),
		cmocka_unit_test(words_of_states),
		cmocka_unit_test_teardown(overlays, tale_end),
		cmocka_unit_test_teardown(overlays_keep_the_order, tale_end),
		cmocka_unit_test_teardown(overlays_have_bounds, tale_end),
		cmocka_unit_test_teardown(dates_of_fields, tale_end),
	};

	return cmocka_run_group_tests(record, NULL, NULL);
}
