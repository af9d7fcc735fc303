/* The ids of all records, however many threads list them. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "scratch.h"
#include "store/scan.h"

#define RECORDS 3000

static const char *const units[] = { "jingchuan", "a", "nosuch", "lingtai", "a-unit" };

static int by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static void open_store(struct store *store)
{
	*store = (struct store){ .root = open("rf", O_RDONLY | O_DIRECTORY), .prefix = NULL };
	assert_true(store->root >= 0);
}

static void put(const char *unit, const char *id)
{
	struct str path = { 0 };

	str_add(&path, "rf/");
	path_of_record(&path, unit, id);
	scratch_write(str_text(&path), "", 0);
	str_release(&path);
}

static void all_of_them(void **state)
{
	uint64_t *want = calloc(RECORDS + 1, sizeof(*want)), *ids = NULL;
	struct findings findings = { 0 };
	struct store store;
	uint32_t seed = 7;
	size_t count = 0;

	(void)state;
	for (uint32_t i = 0; i < RECORDS; i++) {
		char id[ID_SIZE];

		seed = seed * 1664525 + 1013904223;
		id_format((enum kind)(seed >> 8) % KINDS,
			  day_of_civil(2024, 4, 1) + (day_t)(seed >> 16) % 150, i, id);
		want[i] = id_pack(id, ID_LENGTH);
		put(units[i % 5 == 2 ? 0 : i % 5], id);
	}
	/* one that stands in two places, an event, a record of a unit that is not asked for */
	put("a", "p-20240410-000001");
	put("lingtai", "p-20240410-000001");
	put("other", "p-20240410-000002");
	scratch_write("rf/a/problems/2024-04/p-20240410-000001_20240520T162000_9dm1.yaml", "", 0);
	scratch_write("rf/a/evidence/2024-04/p-20240410-000003.yaml", "", 0);
	want[RECORDS] = id_pack("p-20240410-000001", ID_LENGTH);
	open_store(&store);
	assert_int_equal(store_ids(&store, units, 5, &ids, &count, &findings), DONE);
	assert_int_equal(findings.count, 0);
	qsort(ids, count, sizeof(*ids), by_value);
	qsort(want, RECORDS + 1, sizeof(*want), by_value);
	for (size_t i = 0, j = 0; i < count; i++) {
		assert_true(ids[i] == want[j]);
		j += i + 1 == count || ids[i] != ids[i + 1];
	}
	assert_int_equal(count, RECORDS + 2);
	free(ids);
	free(want);
	store_close(&store);
}

/* units that are not here are left out; a folder that cannot be listed is told */
static void none_of_them(void **state)
{
	struct findings findings = { 0 };
	uint64_t *ids = NULL;
	struct store store;
	size_t count = 1;

	(void)state;
	scratch_write("rf/plan.yaml", "", 0);
	open_store(&store);
	assert_int_equal(store_ids(&store, units, 5, &ids, &count, &findings), DONE);
	assert_int_equal(count, 0);
	free(ids);
	ids = NULL;
	scratch_write("rf/a", "no folder", 9);
	assert_int_equal(store_ids(&store, units, 5, &ids, &count, &findings), CANNOT);
	assert_null(ids);
	assert_true(findings.errors > 0);
	assert_string_equal(findings.items[0].file, "a");
	findings_release(&findings);
	store_close(&store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(all_of_them, scratch_make, scratch_remove),
		cmocka_unit_test_setup_teardown(none_of_them, scratch_make, scratch_remove),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
