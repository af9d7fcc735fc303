/* Ids, their packed form, names of event files, paths (contract 1). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "store/kind.h"

static struct str out;

static int release(void **state)
{
	(void)state;
	str_release(&out);
	return 0;
}

static void kinds(void **state)
{
	/* contract 1 */
	static const struct {
		char letter;
		const char *name, *folder;
	} rows[] = {
		{ 'v', "visit", "visits" },
		{ 'w', "walkthrough", "walkthroughs" },
		{ 'i', "inspection", "inspections" },
		{ 'p', "problem", "problems" },
		{ 'o', "observation", "observations" },
		{ 't', "visit-plan", "visit-plans" },
		{ 's', "supervision", "supervisions" },
		{ 'm', "submission", "submissions" },
	};

	(void)state;
	assert_int_equal(KINDS, sizeof(rows) / sizeof(*rows));
	for (size_t i = 0; i < KINDS; i++) {
		enum kind kind = kind_named(rows[i].name);

		assert_int_not_equal(kind, KINDS);
		assert_int_equal(KIND_INFO[kind].letter, rows[i].letter);
		assert_string_equal(KIND_INFO[kind].folder, rows[i].folder);
		assert_int_equal(kind_in_folder(rows[i].folder, strlen(rows[i].folder)), kind);
		assert_int_equal(kind_named(KIND_INFO[kind].label), kind);
	}
	assert_int_equal(kind_named("visits"), KINDS);
	assert_int_equal(kind_named(""), KINDS);
	assert_int_equal(kind_in_folder("visits/x", 6), kind_named("visit"));
	assert_int_equal(kind_in_folder("visit", 5), KINDS);
	assert_int_equal(kind_in_folder("evidence", 8), KINDS);
}

static void ids(void **state)
{
	static const char *const wrong[] = {
		"",
		"p-20240418-q4z7a",   /* five digits */
		"p-20240418-q4z7aa2", /* seven */
		"P-20240418-q4z7aa",  /* upper case */
		"p-20240418-Q4Z7AA",
		"x-20240418-q4z7aa", /* no kind */
		"p-20240431-q4z7aa", /* no day */
		"p-20230229-q4z7aa",
		"p-00000101-q4z7aa",
		"p_20240418-q4z7aa",
		"p-20240418_q4z7aa",
		"p-2024041--q4z7aa",
		"p-20240418-q4z7ai", /* i, l, o and u are no digits */
		"p-20240418-q4z7al",
		"p-20240418-q4z7ao",
		"p-20240418-q4z7au",
		"p-20240418-q4z7/a",
		"p-20240418-q4z7a\n",
		"../../../etc/pass",
	};
	enum kind kind = KINDS;
	day_t day = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		if (id_parse(wrong[i], strlen(wrong[i]), &kind, &day) ||
		    id_pack(wrong[i], strlen(wrong[i])))
			fail_msg("'%s' is no id", wrong[i]);
	assert_false(id_parse("p-20240418-q4z7a\0", 17, NULL, NULL));
	assert_int_equal(kind, KINDS);
	assert_true(id_parse("p-20240418-q4z7aa", 17, &kind, &day));
	assert_int_equal(kind, KIND_PROBLEM);
	assert_int_equal(day, day_of_civil(2024, 4, 18));
	assert_true(id_parse("m-99991231-zzzzzz", 17, NULL, NULL));
	assert_true(id_parse("v-00010101-000000", 17, NULL, NULL));
}

/* packed and back, in the same order as the texts of a kind */
static void packing(void **state)
{
	uint32_t seed = 42;
	uint64_t before = 0;
	char id[ID_SIZE], again[ID_SIZE], last[ID_SIZE] = "";

	(void)state;
	for (int i = 0; i < 50000; i++) {
		enum kind kind;
		day_t day;
		uint64_t packed;

		seed = seed * 1664525 + 1013904223;
		kind = (enum kind)((seed >> 8) % KINDS);
		day = day_of_civil(1, 1, 1) + (day_t)((seed >> 5) % 3652059);
		seed = seed * 1664525 + 1013904223;
		id_format(kind, day, seed >> 2, id);
		packed = id_pack(id, ID_LENGTH);
		assert_true(packed != 0);
		assert_int_equal(id_kind(packed), kind);
		id_unpack(packed, again);
		assert_string_equal(again, id);
		if (last[0] == id[0])
			assert_int_equal(strcmp(last, id) < 0, before < packed);
		memcpy(last, id, sizeof(last));
		before = packed;
	}
	id_format(KIND_PROBLEM, day_of_civil(2024, 4, 10), 1, id);
	assert_string_equal(id, "p-20240410-000001");
	id_format(KIND_VISIT, day_of_civil(2024, 4, 18), (1u << 30) - 1, id);
	assert_string_equal(id, "v-20240418-zzzzzz");
}

static void event_names(void **state)
{
	static const char *const wrong[] = {
		"",
		"p-20240418-q4z7aa.yaml",
		"p-20240418-q4z7aa_20240520T162000_9dm1.yml",
		"p-20240418-q4z7aa_20240520T162000_9dm.yaml",
		"p-20240418-q4z7aa_20240520T162000_9dml.yaml",
		"p-20240418-q4z7aa_20240520T162000-9dm1.yaml",
		"p-20240418-q4z7aa-20240520T162000_9dm1.yaml",
		"p-20240418-q4z7aa_20240520 162000_9dm1.yaml",
		"p-20240418-q4z7aa_20240532T162000_9dm1.yaml",
		"p-20240418-q4z7aa_20240520T242000_9dm1.yaml",
		"p-20240418-q4z7aa_20240520T166000_9dm1.yaml",
		"p-20240418-q4z7aa_20240520T162060_9dm1.yaml",
		"x-20240418-q4z7aa_20240520T162000_9dm1.yaml",
		"p-20240418-q4z7aa_20240520T162000_9dm1.yaml~",
	};
	const char *name = "p-20240418-q4z7aa_20240520T162000_9dm1.yaml";
	uint64_t record = 7;
	moment_t local = 7;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		if (event_name_parse(wrong[i], strlen(wrong[i]), &record, &local))
			fail_msg("'%s' names no event", wrong[i]);
	assert_true(record == 7 && local == 7);
	assert_true(event_name_parse(name, strlen(name), &record, &local));
	assert_true(record == id_pack(name, ID_LENGTH));
	assert_int_equal(local, 1716222000); /* 2024-05-20T16:20:00 */
	assert_true(event_name_parse(name, strlen(name), NULL, NULL));
}

static const char *record_path(const char *unit, const char *id)
{
	str_reset(&out);
	path_of_record(&out, unit, id);
	return str_text(&out);
}

static const char *event_path(const char *unit, const char *id, moment_t local, uint32_t tail)
{
	str_reset(&out);
	path_of_event(&out, unit, id, local, tail);
	return str_text(&out);
}

static void paths(void **state)
{
	static const char *const wrong[] = {
		"",
		"jingchuan",
		"jingchuan/visits/2024-04",
		"jingchuan/visits/2024-04/a/b.yaml",
		"jingchuan/visit/2024-04/a.yaml",
		"jingchuan/evidence/2024-04/a.yaml",
		"jingchuan/visits/2024-13/a.yaml",
		"jingchuan/visits/2024-00/a.yaml",
		"jingchuan/visits/2024-4/a.yaml",
		"jingchuan/visits/2024_04/a.yaml",
		"/visits/2024-04/a.yaml",
		"a/jingchuan/visits/2024-04/a.yaml",
	};
	struct path_parts parts;
	uint64_t record;
	moment_t local;
	const char *path, *file;

	(void)state;
	assert_string_equal(record_path("jingchuan", "v-20240418-7k3fq2"),
			    "jingchuan/visits/2024-04/v-20240418-7k3fq2.yaml");
	assert_string_equal(record_path("pingliang", "m-20240809-000000"),
			    "pingliang/submissions/2024-08/m-20240809-000000.yaml");
	path = event_path("jingchuan", "p-20240418-q4z7aa", 1716222000, 0x4b681);
	assert_memory_equal(path, "jingchuan/problems/2024-04/p-20240418-q4z7aa_20240520T162000_",
			    61);
	file = strrchr(path, '/') + 1;
	assert_true(event_name_parse(file, strlen(file), &record, &local));
	assert_int_equal(local, 1716222000);
	assert_string_equal(event_path("a", "t-20240418-000000", 0, 0),
			    "a/visit-plans/2024-04/t-20240418-000000_19700101T000000_0000.yaml");
	assert_true(path_parse("jingchuan/visits/2024-04/v-20240418-7k3fq2.yaml", &parts));
	assert_int_equal(parts.unit_length, 9);
	assert_int_equal(parts.kind, KIND_VISIT);
	assert_int_equal(parts.year, 2024);
	assert_int_equal(parts.month, 4);
	assert_string_equal(parts.file, "v-20240418-7k3fq2.yaml");
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		if (path_parse(wrong[i], &parts))
			fail_msg("'%s' is no path of a record", wrong[i]);
}

int main(void)
{
	const struct CMUnitTest kind[] = {
		cmocka_unit_test(kinds),       cmocka_unit_test(ids),   cmocka_unit_test(packing),
		cmocka_unit_test(event_names), cmocka_unit_test(paths),
	};

	return cmocka_run_group_tests(kind, NULL, release);
}
