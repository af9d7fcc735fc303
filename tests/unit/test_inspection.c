/* What follows from an answer to a focus point (domain 1.E): from its values alone, exactly. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "model/inspection.h"
#include "tale.h"
#include "yaml/write.h"

static struct plan plan;

/* what is derived of values in a flow map, as YAML */
static const char *derived(int point, const char *values)
{
	static struct str out;
	const struct node *fields =
		tale_node(arena_printf(&tale_arena, "{point: %d, values: {%s}}", point, values));

	str_reset(&out);
	yaml_write_value(&out, inspection_derived(&plan, fields, &tale_arena), true);
	return str_text(&out);
}

static void each_point(void **state)
{
	static const struct {
		int point;
		const char *values, *derived;
	} rows[] = {
		{ 1, "compiled: true, published: true", "{}" },
		{ 2, "channels: []", "{published: false}" },
		{ 2, "channels: [a]", "{published: true}" },
		{ 3, "status: a", "{}" },
		{ 3, "status: a, items_published: 3, guide_count: 1, flowchart_count: 3",
		  "{guide_share: '33.33', flowchart_share: '100.00'}" },
		{ 3, "status: a, items_published: 0, guide_count: 0", "{guide_share: null}" },
		{ 4, "fee_items: 30, online_pay_items: 26", "{online_pay_share: '86.67'}" },
		{ 4, "fee_items: 0, online_pay_items: 0", "{online_pay_share: null}" },
		/* a share that is not whole never prints as whole, nor one of something as nothing */
		{ 4, "fee_items: 25000, online_pay_items: 24999", "{online_pay_share: '99.99'}" },
		{ 4, "fee_items: 1000000, online_pay_items: 1", "{online_pay_share: '0.01'}" },
		{ 4, "fee_items: 9, online_pay_items: 0", "{online_pay_share: '0.00'}" },
		{ 5, "gkb_items_cumulative: 860", "{}" },
		{ 6, "state_deployed: 163, realised: 150", "{rate: '92.02'}" },
		{ 7, "nearby_items: 120", "{}" },
		{ 8, "cert_free_items: 0", "{}" },
		{ 9, "provided: true, description: a", "{}" },
		{ 10, "has_complaint_window: false, has_stuck_matter_window: true",
		  "{satisfied: true}" },
		{ 10, "has_complaint_window: true, has_stuck_matter_window: false",
		  "{satisfied: true}" },
		{ 10, "has_complaint_window: false, has_stuck_matter_window: false",
		  "{satisfied: false}" },
		{ 11, "disclosed: true, channels: [a]", "{}" },
		{ 12, "windows_total: 42, windows_covered: 40",
		  "{covered_share: '95.24', full: false}" },
		{ 12, "windows_total: 42, windows_covered: 42",
		  "{covered_share: '100.00', full: true}" },
		{ 12, "windows_total: 0, windows_covered: 0",
		  "{covered_share: null, full: false}" },
		{ 13, "mechanisms: []", "{mechanisms_count: 0}" },
		{ 13, "mechanisms: [supervision, callback]", "{mechanisms_count: 2}" },
		{ 14, "subject_count: 99", "{met: false}" },
		{ 14, "subject_count: 100", "{met: true}" },
		{ 15, "used: true", "{}" },
		{ 16, "materials: 3, room_for_improvement: true", "{}" },
		{ 17, "business_friendly: true", "{}" },
		{ 18, "absurd: true, suggestion: a", "{}" },
		/* the largest figures there can be */
		{ 12, "windows_total: 1000000000000000, windows_covered: 999999999999999",
		  "{covered_share: '99.99', full: false}" },
	};

	(void)state;
	tale_plan(&plan, NULL);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (strcmp(derived(rows[i].point, rows[i].values), rows[i].derived) != 0)
			fail_msg("point %d {%s}: %s, not %s", rows[i].point, rows[i].values,
				 derived(rows[i].point, rows[i].values), rows[i].derived);
}

/* a record by hand may lack anything; nothing is made up */
static void values_that_are_not_there(void **state)
{
	(void)state;
	tale_plan(&plan, NULL);
	assert_string_equal(derived(12, "windows_covered: 3"), "{}");
	assert_string_equal(derived(12, "windows_total: a, windows_covered: 3"), "{}");
	assert_string_equal(derived(99, "x: 1"), "{}");
	assert_int_equal(inspection_derived(&plan, tale_node("{point: 4}"), &tale_arena)->count, 0);
}

/* what is told by name has a title and a type */
static void names_are_known(void **state)
{
	const struct node *map;

	(void)state;
	tale_plan(&plan, NULL);
	map = inspection_derived(
		&plan,
		tale_node("{point: 14, values: {channels: [a], items_published: 3, guide_count: 1, "
			  "flowchart_count: 1, fee_items: 1, online_pay_items: 1, realised: 1, "
			  "state_deployed: 1, has_complaint_window: true, windows_total: 1, "
			  "windows_covered: 1, mechanisms: [], subject_count: 1}}"),
		&tale_arena);
	assert_int_equal(map->count, INSPECTION_NDERIVED);
	for (size_t i = 0; i < INSPECTION_NDERIVED; i++) {
		assert_non_null(node_get(map, INSPECTION_DERIVED[i].name));
		assert_non_null(INSPECTION_DERIVED[i].title);
		assert_non_null(INSPECTION_DERIVED[i].type);
	}
}

int main(void)
{
	const struct CMUnitTest inspection[] = {
		cmocka_unit_test_teardown(each_point, tale_end),
		cmocka_unit_test_teardown(values_that_are_not_there, tale_end),
		cmocka_unit_test_teardown(names_are_known, tale_end),
	};

	return cmocka_run_group_tests(inspection, NULL, NULL);
}
