#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <fcntl.h>
#include <string.h>
#include <cmocka.h>

#include "base/file.h"
#include "model/indicator.h"
#include "yaml/read.h"

#define PLAN "examples/pingliang-2024/plan.yaml"

static struct findings findings;
static struct str text;
static struct arena plan_arena;
static struct plan plan;

static struct arena arena; /* of one test */
static struct figures figures;

static int load(void **state)
{
	const struct node *root;

	(void)state;
	findings_init(&findings);
	if (file_read(AT_FDCWD, PLAN, (size_t)1 << 20, &text) < 0)
		return -1;
	root = yaml_read(&plan_arena, PLAN, text.p, text.len, &READ_LARGE, &findings);
	return root ? plan_load(&plan, root, PLAN, &plan_arena, &findings) : -1;
}

static int unload(void **state)
{
	(void)state;
	findings_release(&findings);
	arena_release(&plan_arena);
	str_release(&text);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static day_t day_of(const char *date)
{
	day_t day = DAY_NONE;

	assert_true(date_parse(date, strlen(date), &day));
	return day;
}

static const struct indicator *the(const char *id)
{
	const struct indicator *indicator = plan_indicator(&plan, id);

	assert_non_null(indicator);
	return indicator;
}

static int unit(const char *id)
{
	int index = plan_unit(&plan, id);

	assert_int_not_equal(index, NO_UNIT);
	return index;
}

static void start(const char *day, const char *series)
{
	assert_int_equal(
		figures_init(&figures, &plan, day_of(day), series ? the(series) : NULL, &arena), 0);
}

static const struct node *fields_of(const char *yaml)
{
	const struct node *node =
		yaml_read(&arena, "test", yaml, strlen(yaml), &READ_RECORD, &findings);

	assert_non_null(node);
	return node;
}

/* an observation entered at a moment, from a path */
static void observe_from(struct figures *to, const char *id, const char *date,
			 const char *indicator, const char *rest, moment_t entered,
			 const char *path)
{
	char *yaml = arena_printf(&arena, "{unit: %s, date: '%s', indicator: %s, %s}", id, date,
				  indicator, rest);

	assert_int_equal(figures_take_observation(to, fields_of(yaml), entered, path), 0);
}

static void observe(const char *id, const char *date, const char *indicator, const char *rest)
{
	observe_from(&figures, id, date, indicator, rest, 0, "a");
}

static void inspect(const char *id, const char *date, int point, const char *values)
{
	char *yaml = arena_printf(&arena, "{unit: %s, date: '%s', point: %d, values: {%s}}", id,
				  date, point, values);

	assert_int_equal(figures_take_inspection(&figures, fields_of(yaml), 0, "a"), 0);
}

static struct city_value city_on(const char *id, const char *day)
{
	struct city_value city;

	indicator_city(&figures, the(id), day_of(day), &city);
	return city;
}

static struct city_value city(const char *id)
{
	struct city_value value;

	indicator_city(&figures, the(id), figures.day, &value);
	return value;
}

static size_t count_missing(const struct city_value *value)
{
	size_t n = 0;

	for (size_t i = 0; i < plan.nunits; i++)
		n += set_has(&value->missing, (int)i);
	return n;
}

#define EXPECT_VALUE(id, shown)                                                                    \
	do {                                                                                       \
		struct city_value expected = city(id);                                             \
		char number[FIGURE_SIZE];                                                          \
                                                                                                   \
		assert_true(expected.known);                                                       \
		assert_true(expected.applicable);                                                  \
		assert_string_equal(value_format(the(id), expected.value, number), shown);         \
	} while (0)

static void nothing_is_not_zero(void **state)
{
	struct city_value value;

	(void)state;
	start("2024-05-31", NULL);
	value = city("seal-rate");
	assert_false(value.known);
	assert_false(value.applicable);
	assert_int_equal(value.date, DAY_NONE);
	assert_int_equal(value.met, MET_UNKNOWN);
	assert_int_equal(count_missing(&value), 10);
	value = city("one-matter-packages");
	assert_false(value.known);
	assert_int_equal(count_missing(&value), 1);
	assert_true(set_has(&value.missing, plan.owner));
}

static void shares_add_up(void **state)
{
	struct city_value value;

	(void)state;
	start("2024-05-31", NULL);
	observe("pingliang", "2024-05-10", "seal-rate", "numerator: 90, denominator: 100");
	observe("jingchuan", "2024-05-20", "seal-rate", "numerator: 1, denominator: 3");
	observe("jingchuan", "2024-05-12", "seal-rate", "numerator: 3, denominator: 3");
	observe("lingtai", "2024-06-01", "seal-rate", "numerator: 5, denominator: 5");
	value = city("seal-rate");
	assert_int_equal(value.n, 91);
	assert_int_equal(value.d, 103);
	assert_int_equal(value.value, 8835);
	assert_int_equal(value.date, day_of("2024-05-20"));
	assert_false(value.published);
	assert_int_equal(value.met, MET_NO);
	assert_int_equal(count_missing(&value), 8);
	assert_false(set_has(&value.missing, unit("jingchuan")));
	assert_true(set_has(&value.missing, unit("lingtai")));
	/* not expected: the joint hall does not report */
	observe("city-hall", "2024-05-30", "seal-rate", "numerator: 7, denominator: 7");
	assert_int_equal(city("seal-rate").d, 103);
}

static void targets_are_exact(void **state)
{
	(void)state;
	start("2024-05-31", NULL);
	observe("jingchuan", "2024-05-20", "seal-rate", "numerator: 24999, denominator: 25000");
	EXPECT_VALUE("seal-rate", "99.99");
	assert_int_equal(city("seal-rate").met, MET_NO);
	observe("jingchuan", "2024-05-21", "seal-rate", "numerator: 25000, denominator: 25000");
	EXPECT_VALUE("seal-rate", "100.00");
	assert_int_equal(city("seal-rate").met, MET_YES);
	/* no target, no judgement */
	observe("jingchuan", "2024-05-21", "review-coverage", "numerator: 1, denominator: 1");
	assert_int_equal(city("review-coverage").met, MET_UNKNOWN);
	/* a published 99.99 is not 100, a published 100.00 is */
	observe("pingliang", "2024-05-22", "seal-rate", "value: '99.99'");
	assert_int_equal(city("seal-rate").met, MET_NO);
	observe("pingliang", "2024-05-23", "seal-rate", "value: '100'");
	assert_int_equal(city("seal-rate").met, MET_YES);
}

static void largest_figures(void **state)
{
	const struct indicator *rate = the("seal-rate");

	(void)state;
	start("2024-05-31", NULL);
	for (size_t i = 0; i < plan.nunits; i++)
		if (set_has(&rate->expected, (int)i))
			observe(plan.units[i].id, "2024-05-20", "seal-rate",
				"numerator: 999999999999999, denominator: 1000000000000000");
	EXPECT_VALUE("seal-rate", "99.99");
	assert_int_equal(city("seal-rate").met, MET_NO);
}

static void figures_grow_stale(void **state)
{
	(void)state;
	start("2024-05-31", "seal-rate");
	observe("jingchuan", "2024-04-30", "seal-rate", "numerator: 1, denominator: 2");
	observe("lingtai", "2024-04-29", "seal-rate", "numerator: 1, denominator: 1");
	/* 31 days old is still good, 32 is not */
	assert_int_equal(city("seal-rate").d, 2);
	assert_int_equal(city_on("seal-rate", "2024-05-30").d, 3);
	assert_false(city_on("seal-rate", "2024-06-01").known);
	/* the owner's own figure of a city-level indicator and inspections stay */
	observe("pingliang", "2024-01-10", "one-matter-packages", "count: 91");
	EXPECT_VALUE("one-matter-packages", "91");
	inspect("jingchuan", "2024-01-10", 7, "nearby_items: 120");
	EXPECT_VALUE("f07-nearby-items", "120");
}

static void published_value_of_the_owner(void **state)
{
	struct city_value value;

	(void)state;
	start("2024-05-31", "seal-rate");
	observe("pingliang", "2024-05-10", "seal-rate", "numerator: 90, denominator: 100");
	observe("jingchuan", "2024-05-20", "seal-rate", "numerator: 10, denominator: 100");
	observe("pingliang", "2024-05-20", "seal-rate", "value: '85.2'");
	value = city("seal-rate");
	assert_true(value.published);
	assert_int_equal(value.value, 8520);
	assert_int_equal(value.date, day_of("2024-05-20"));
	assert_int_equal(value.n, 0);
	assert_int_equal(value.d, 0);
	assert_int_equal(value.met, MET_NO);
	assert_int_equal(count_missing(&value), 8);
	/* not before the newest in the sum: a day later it is the sum again, the owner's cases in
	 * it */
	observe("jingchuan", "2024-05-21", "seal-rate", "numerator: 20, denominator: 100");
	value = city("seal-rate");
	assert_false(value.published);
	assert_int_equal(value.n, 110);
	assert_int_equal(value.d, 200);
	assert_int_equal(value.value, 5500);
	/* and as of the day before it still is the published one */
	assert_int_equal(city_on("seal-rate", "2024-05-20").value, 8520);
	assert_int_equal(city_on("seal-rate", "2024-05-19").value, 9000);
	/* a stale figure is not in the sum, so a published value wins over it */
	assert_true(city_on("seal-rate", "2024-07-30").published);
}

static void published_value_of_another(void **state)
{
	struct city_value value;

	(void)state;
	start("2024-05-31", NULL);
	observe("jingchuan", "2024-05-20", "seal-rate", "value: '85.20'");
	value = city("seal-rate");
	assert_false(value.known);
	assert_int_equal(count_missing(&value), 10);
	/* it replaces the parts that the unit gave before */
	observe("lingtai", "2024-05-10", "seal-rate", "numerator: 1, denominator: 2");
	observe("lingtai", "2024-05-11", "seal-rate", "value: '60.00'");
	assert_false(city("seal-rate").known);
	observe("lingtai", "2024-05-12", "seal-rate", "numerator: 1, denominator: 2");
	EXPECT_VALUE("seal-rate", "50.00");
	value = city("seal-rate");
	assert_true(set_has(&value.missing, unit("jingchuan")));
	assert_false(set_has(&value.missing, unit("lingtai")));
}

static void zero_denominators(void **state)
{
	struct city_value value;
	struct fraction progress;

	(void)state;
	start("2024-05-31", NULL);
	observe("jingchuan", "2024-05-20", "gkb-online-share", "numerator: 0, denominator: 0");
	value = city("gkb-online-share");
	assert_true(value.known);
	assert_false(value.applicable);
	assert_int_equal(value.date, day_of("2024-05-20"));
	assert_false(set_has(&value.missing, unit("jingchuan")));
	observe("jingchuan", "2024-05-20", "seal-rate", "numerator: 0, denominator: 0");
	assert_int_equal(city("seal-rate").met, MET_UNKNOWN);
	assert_false(indicator_progress(&figures, the("seal-rate"), figures.day, &progress));
	/* nothing done is a figure: 0.00 */
	observe("lingtai", "2024-05-20", "gkb-online-share", "numerator: 0, denominator: 4");
	EXPECT_VALUE("gkb-online-share", "0.00");
}

static void city_level(void **state)
{
	(void)state;
	start("2024-05-31", NULL);
	observe("pingliang", "2024-04-10", "one-matter-packages", "count: 99");
	observe("jingchuan", "2024-05-10", "one-matter-packages", "count: 500");
	EXPECT_VALUE("one-matter-packages", "99");
	assert_int_equal(city("one-matter-packages").met, MET_NO);
	observe("pingliang", "2024-05-10", "one-matter-packages", "count: 100");
	assert_int_equal(city("one-matter-packages").met, MET_YES);
	assert_int_equal(city("one-matter-packages").d, 0);
	observe("pingliang", "2024-05-10", "seal-type-share", "numerator: 147, denominator: 200");
	EXPECT_VALUE("seal-type-share", "73.50");
	/* a value alone is the city's value here too, and is not missing */
	observe("pingliang", "2024-05-11", "seal-type-share", "value: '74.00'");
	EXPECT_VALUE("seal-type-share", "74.00");
	assert_true(city("seal-type-share").published);
	observe("pingliang", "2024-05-12", "seal-type-share", "numerator: 3, denominator: 4");
	EXPECT_VALUE("seal-type-share", "75.00");
	assert_false(city("seal-type-share").published);
}

static void city_level_misses_nothing_when_published(void **state)
{
	struct city_value value;

	(void)state;
	start("2024-05-31", NULL);
	observe("pingliang", "2024-05-11", "seal-type-share", "value: '74.00'");
	value = city("seal-type-share");
	assert_int_equal(count_missing(&value), 0);
	observe("pingliang", "2024-05-11", "one-matter-packages", "value: '91.00'");
	EXPECT_VALUE("one-matter-packages", "91");
}

static void ranks_are_lower_is_better(void **state)
{
	(void)state;
	start("2024-05-31", NULL);
	observe("pingliang", "2024-05-10", "provincial-rank", "count: 2");
	EXPECT_VALUE("provincial-rank", "2");
	assert_int_equal(city("provincial-rank").met, MET_NO);
	observe("pingliang", "2024-05-11", "provincial-rank", "count: 1");
	assert_int_equal(city("provincial-rank").met, MET_YES);
}

static void the_later_entered_counts(void **state)
{
	static const char *const parts[] = { "numerator: 1, denominator: 10",
					     "numerator: 2, denominator: 10",
					     "numerator: 3, denominator: 10" };

	(void)state;
	for (int order = 0; order < 2; order++) {
		start("2024-05-31", order ? "seal-rate" : NULL);
		for (int k = 0; k < 3; k++) {
			int i = order ? 2 - k : k;

			/* entered 5, 9, 9; paths c, a, b */
			observe_from(&figures, "jingchuan", "2024-05-20", "seal-rate", parts[i],
				     i ? 9 : 5,
				     i == 0   ? "c"
				     : i == 1 ? "a"
					      : "b");
		}
		EXPECT_VALUE("seal-rate", "30.00");
		/* an older date entered later does not */
		observe_from(&figures, "jingchuan", "2024-05-19", "seal-rate", parts[0], 99, "z");
		EXPECT_VALUE("seal-rate", "30.00");
	}
	assert_int_equal(city_on("seal-rate", "2024-05-20").n, 3);
	assert_int_equal(city_on("seal-rate", "2024-05-19").n, 1);
}

/* the path is copied, a scan's memory is gone by the time it is compared */
static void paths_are_copied(void **state)
{
	char path[] = "b";

	(void)state;
	start("2024-05-31", NULL);
	observe_from(&figures, "jingchuan", "2024-05-20", "seal-rate",
		     "numerator: 1, denominator: 10", 0, path);
	path[0] = 'z';
	observe_from(&figures, "jingchuan", "2024-05-20", "seal-rate",
		     "numerator: 2, denominator: 10", 0, "c");
	EXPECT_VALUE("seal-rate", "20.00");
}

static void what_is_ignored(void **state)
{
	(void)state;
	start("2024-05-31", NULL);
	observe("jingchuan", "2024-05-20", "no-such", "count: 5");
	observe("nowhere", "2024-05-20", "seal-rate", "numerator: 1, denominator: 1");
	observe("jingchuan", "2024-05-20", "seal-rate", "count: 5");
	observe("jingchuan", "2024-05-20", "seal-rate", "numerator: 1");
	observe("jingchuan", "2024-05-20", "seal-rate", "numerator: -1, denominator: 1");
	observe("pingliang", "2024-05-20", "seal-rate", "value: '85.205'");
	observe("pingliang", "2024-05-20", "seal-rate", "value: 85.20");
	observe("pingliang", "2024-05-20", "seal-rate", "value: '-1'");
	observe("pingliang", "2024-05-20", "one-matter-packages",
		"numerator: 91, denominator: 100");
	observe("pingliang", "2024-05-20", "one-matter-packages", "value: '91.5'");
	observe("jingchuan", "2024-05-20", "f07-nearby-items", "count: 5");
	inspect("jingchuan", "2024-05-20", 7, "other: 5");
	inspect("jingchuan", "2024-05-20", 7, "nearby_items: 1000000000000001");
	inspect("jingchuan", "2024-05-20", 9, "nearby_items: 5");
	for (size_t i = 0; i < plan.nindicators; i++) {
		struct city_value value;

		indicator_city(&figures, &plan.indicators[i], figures.day, &value);
		assert_false(value.known);
	}
	assert_int_equal(
		figures_take_observation(&figures, fields_of("{indicator: seal-rate}"), 0, "a"), 0);
	assert_int_equal(figures_take_inspection(&figures, fields_of("{point: 7}"), 0, "a"), 0);
}

static void figures_from_inspections(void **state)
{
	struct city_value value;

	(void)state;
	start("2024-05-31", NULL);
	inspect("jingchuan", "2024-04-20", 12, "windows_total: 42, windows_covered: 40");
	inspect("lingtai", "2024-05-20", 12, "windows_total: 8, windows_covered: 8");
	/* a later one without the keys does not hide the one that has them */
	inspect("jingchuan", "2024-05-20", 12, "windows_total: 42");
	value = city("f12-review-device-share");
	assert_int_equal(value.n, 48);
	assert_int_equal(value.d, 50);
	assert_int_equal(value.date, day_of("2024-05-20"));
	inspect("jingchuan", "2024-05-21", 5, "gkb_items_cumulative: 860");
	inspect("huating", "2024-05-01", 5, "gkb_items_cumulative: 40");
	EXPECT_VALUE("f05-gkb-items", "900");
	/* point 14 is the owner's own */
	inspect("jingchuan", "2024-05-20", 14, "subject_count: 300");
	assert_false(city("f14-one-matter-subjects").known);
	inspect("pingliang", "2024-05-20", 14, "subject_count: 99");
	assert_int_equal(city("f14-one-matter-subjects").met, MET_NO);
	inspect("pingliang", "2024-05-21", 14, "subject_count: 100");
	assert_int_equal(city("f14-one-matter-subjects").met, MET_YES);
}

static uint32_t random_state;

static int random_below(int n)
{
	random_state = random_state * 1103515245 + 12345;
	return (int)(random_state >> 16) % n;
}

static void observe_at_random(struct figures *to, uint32_t seed)
{
	static const char *const ids[] = { "pingliang", "jingchuan", "lingtai", "huating" };

	random_state = seed;
	for (int i = 0; i < 150; i++) {
		char date[DATE_SIZE], path[8];
		const char *id = ids[random_below(4)];
		int d = random_below(20), n = random_below(d + 1), kind = random_below(5);
		char *rest = kind ? arena_printf(&arena, "numerator: %d, denominator: %d", n, d)
				  : arena_printf(&arena, "value: '%d.5'", n);

		date_format(day_of("2024-04-01") + random_below(100), date);
		path[0] = (char)('a' + i / 16);
		path[1] = (char)('a' + i % 16);
		path[2] = '\0';
		observe_from(to, id, date, "seal-rate", rest, random_below(3), path);
	}
}

/* a series asked about a day answers what figures of that day alone answer */
static void a_series_is_right_on_every_day(void **state)
{
	day_t *days;
	size_t n;

	(void)state;
	for (uint32_t seed = 1; seed <= 5; seed++) {
		struct unit_value then[MOST_UNITS], now[MOST_UNITS];

		start("2024-07-31", "seal-rate");
		observe_at_random(&figures, seed);
		assert_int_equal(indicator_series(&figures, &days, &n), 0);
		assert_true(n > 30);
		for (size_t i = 0; i < n; i++) {
			struct figures alone;
			struct city_value a, b;
			size_t units;

			assert_true(i == 0 || days[i] > days[i - 1]);
			assert_int_equal(figures_init(&alone, &plan, days[i], NULL, &arena), 0);
			observe_at_random(&alone, seed);
			memset(&a, 0, sizeof(a));
			memset(&b, 0, sizeof(b));
			indicator_city(&alone, the("seal-rate"), days[i], &a);
			indicator_city(&figures, the("seal-rate"), days[i], &b);
			assert_int_equal(a.value, b.value);
			assert_int_equal(a.n, b.n);
			assert_int_equal(a.d, b.d);
			assert_int_equal(a.known, b.known);
			assert_int_equal(a.published, b.published);
			assert_int_equal(a.date, b.date);
			assert_memory_equal(&a.missing, &b.missing, sizeof(a.missing));
			units = indicator_units(&alone, the("seal-rate"), days[i], then);
			assert_int_equal(indicator_units(&figures, the("seal-rate"), days[i], now),
					 units);
			for (size_t j = 0; j < units; j++) {
				assert_int_equal(then[j].unit, now[j].unit);
				assert_int_equal(then[j].value, now[j].value);
				assert_int_equal(then[j].status, now[j].status);
				assert_int_equal(then[j].rank, now[j].rank);
			}
		}
		tear_down(NULL);
	}
}

static void days_of_a_series(void **state)
{
	day_t *days = NULL;
	size_t n = 99;

	(void)state;
	start("2024-05-31", "seal-rate");
	assert_int_equal(indicator_series(&figures, &days, &n), 0);
	assert_int_equal(n, 0);
	observe("lingtai", "2024-05-20", "seal-rate", "numerator: 1, denominator: 2");
	observe("jingchuan", "2024-05-10", "seal-rate", "numerator: 1, denominator: 2");
	observe("huating", "2024-05-20", "seal-rate", "numerator: 1, denominator: 2");
	observe("city-hall", "2024-05-15", "seal-rate", "numerator: 1, denominator: 2");
	observe("jingchuan", "2024-06-10", "seal-rate", "numerator: 1, denominator: 2");
	observe("jingchuan", "2024-05-11", "review-coverage", "numerator: 1, denominator: 2");
	observe("pingliang", "2024-05-12", "seal-rate", "value: '50.00'");
	assert_int_equal(indicator_series(&figures, &days, &n), 0);
	assert_int_equal(n, 3);
	assert_int_equal(days[0], day_of("2024-05-10"));
	assert_int_equal(days[1], day_of("2024-05-12"));
	assert_int_equal(days[2], day_of("2024-05-20"));
	start("2024-05-31", NULL);
	assert_int_equal(indicator_series(&figures, &days, &n), 0);
	assert_int_equal(n, 0);
}

/* the table as "unit rank status" lines; rows that did not report are left out */
static const char *table_of(const struct indicator *indicator)
{
	static const char *const names[] = {
		[UNIT_RANKED] = "ranked",
		[UNIT_UNRANKED] = "unranked",
		[UNIT_PUBLISHED_ONLY] = "published-only",
		[UNIT_NOT_APPLICABLE] = "not-applicable",
	};
	struct unit_value values[MOST_UNITS];
	size_t n = indicator_units(&figures, indicator, figures.day, values);
	char *lines = arena_strdup(&arena, "");

	for (size_t i = 0; i < n; i++) {
		assert_int_equal(values[i].status == UNIT_RANKED, values[i].rank > 0);
		if (values[i].status != UNIT_NOT_REPORTED)
			lines = arena_printf(&arena, "%s%s %d %s%s\n", lines,
					     plan.units[values[i].unit].id, values[i].rank,
					     names[values[i].status],
					     values[i].small ? " small" : "");
	}
	return lines;
}

static void ranking(void **state)
{
	(void)state;
	start("2024-05-31", NULL);
	observe("bigdata-center", "2024-05-20", "seal-rate", "numerator: 9, denominator: 9");
	observe("pingliang", "2024-05-20", "seal-rate", "numerator: 1, denominator: 10");
	observe("jingning", "2024-05-20", "seal-rate", "numerator: 9, denominator: 10");
	/* 2/3 and 200/300 are the same, 6666/10000 is a little less */
	observe("lingtai", "2024-05-20", "seal-rate", "numerator: 200, denominator: 300");
	observe("kongtong", "2024-05-20", "seal-rate", "numerator: 2, denominator: 3");
	observe("jingchuan", "2024-05-20", "seal-rate", "numerator: 6666, denominator: 10000");
	observe("huating", "2024-05-20", "seal-rate", "numerator: 0, denominator: 0");
	observe("zhuanglang", "2024-05-20", "seal-rate", "value: '99.00'");
	observe("chongxin", "2024-04-01", "seal-rate", "numerator: 5, denominator: 5");
	assert_string_equal(table_of(the("seal-rate")),
			    "jingning 1 ranked\nkongtong 2 ranked small\nlingtai 2 ranked\n"
			    "jingchuan 4 ranked\npingliang 0 unranked\n"
			    "bigdata-center 0 unranked small\nzhuanglang 0 published-only\n"
			    "huating 0 not-applicable\n");
}

/* shares that print alike but differ */
static void ranking_is_exact(void **state)
{
	(void)state;
	start("2024-05-31", NULL);
	observe("kongtong", "2024-05-20", "seal-rate", "numerator: 99998, denominator: 100000");
	observe("jingning", "2024-05-20", "seal-rate", "numerator: 99999, denominator: 100000");
	observe("lingtai", "2024-05-20", "seal-rate", "numerator: 100000, denominator: 100000");
	assert_string_equal(table_of(the("seal-rate")),
			    "lingtai 1 ranked\njingning 2 ranked\nkongtong 3 ranked\n");
}

static void ranking_within_groups(void **state)
{
	struct indicator down = *the("f07-nearby-items");
	struct plan other = plan;

	(void)state;
	other.units = arena_array(&arena, plan.nunits, sizeof(*plan.units));
	memcpy(other.units, plan.units, plan.nunits * sizeof(*plan.units));
	other.indicators = &down;
	other.nindicators = 1;
	other.units[unit("jingchuan")].group = "east";
	other.units[unit("huating")].group = "east";
	other.units[unit("bigdata-center")].group = "other";
	assert_int_equal(figures_init(&figures, &other, day_of("2024-05-31"), NULL, &arena), 0);
	inspect("kongtong", "2024-05-20", 7, "nearby_items: 5");
	inspect("jingchuan", "2024-05-20", 7, "nearby_items: 9");
	inspect("huating", "2024-05-20", 7, "nearby_items: 12");
	inspect("lingtai", "2024-05-20", 7, "nearby_items: 7");
	inspect("bigdata-center", "2024-05-20", 7, "nearby_items: 0");
	assert_string_equal(table_of(&down),
			    "lingtai 1 ranked\nkongtong 2 ranked\nhuating 1 ranked\n"
			    "jingchuan 2 ranked\nbigdata-center 1 ranked\n");
	down.lower_is_better = true;
	assert_string_equal(table_of(&down),
			    "kongtong 1 ranked\nlingtai 2 ranked\njingchuan 1 ranked\n"
			    "huating 2 ranked\nbigdata-center 1 ranked\n");
}

static void rows_of_those_who_say_little(void **state)
{
	struct unit_value values[MOST_UNITS];
	size_t n;

	(void)state;
	start("2024-05-31", NULL);
	n = indicator_units(&figures, the("seal-rate"), figures.day, values);
	assert_int_equal(n, 10);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(values[i].status, UNIT_NOT_REPORTED);
		assert_null(values[i].figure);
		assert_false(values[i].known);
	}
	/* a stale figure is there to be seen, and no value */
	observe("jingchuan", "2024-04-01", "seal-rate", "numerator: 1, denominator: 2");
	n = indicator_units(&figures, the("seal-rate"), figures.day, values);
	assert_int_equal(values[2].unit, unit("jingchuan"));
	assert_int_equal(values[2].status, UNIT_NOT_REPORTED);
	assert_non_null(values[2].figure);
	assert_false(values[2].known);
	/* the owner's published value stands in its row until its own cases are there */
	observe("pingliang", "2024-05-20", "seal-rate", "value: '85.20'");
	n = indicator_units(&figures, the("seal-rate"), figures.day, values);
	assert_int_equal(values[0].unit, plan.owner);
	assert_int_equal(values[0].status, UNIT_PUBLISHED_ONLY);
	assert_true(values[0].known);
	assert_int_equal(values[0].value, 8520);
	observe("pingliang", "2024-04-10", "seal-rate", "numerator: 1, denominator: 2");
	n = indicator_units(&figures, the("seal-rate"), figures.day, values);
	assert_int_equal(values[0].status, UNIT_PUBLISHED_ONLY);
	observe("pingliang", "2024-05-10", "seal-rate", "numerator: 1, denominator: 2");
	n = indicator_units(&figures, the("seal-rate"), figures.day, values);
	assert_int_equal(values[0].status, UNIT_UNRANKED);
	assert_int_equal(values[0].value, 5000);
	assert_int_equal(indicator_units(&figures, the("provincial-rank"), figures.day, values), 1);
}

static void owner_who_is_not_expected(void **state)
{
	struct indicator narrow = *the("seal-rate");
	struct plan other = plan;
	struct city_value value;

	(void)state;
	narrow.expected = (struct unit_set){ 0 };
	set_add(&narrow.expected, unit("jingchuan"));
	other.indicators = &narrow;
	other.nindicators = 1;
	assert_int_equal(figures_init(&figures, &other, day_of("2024-05-31"), NULL, &arena), 0);
	observe("pingliang", "2024-05-20", "seal-rate", "numerator: 1, denominator: 2");
	observe("jingchuan", "2024-05-20", "seal-rate", "numerator: 1, denominator: 4");
	indicator_city(&figures, &narrow, figures.day, &value);
	assert_int_equal(value.value, 2500);
	observe("pingliang", "2024-05-20", "seal-rate", "value: '85.20'");
	indicator_city(&figures, &narrow, figures.day, &value);
	assert_int_equal(value.value, 8520);
	assert_int_equal(count_missing(&value), 0);
}

/* progress of an indicator with this way to go, at a figure of the owner's */
static bool progress_at(enum target_op op, int64_t from, int64_t to, const char *rest,
			struct fraction *progress)
{
	struct indicator way = *the("seal-rate");
	struct plan other = plan;
	bool known;

	way.baseline = (struct plan_figure){ .known = true, .value = from };
	way.target = (struct plan_figure){ .known = true, .value = to };
	way.target_op = op;
	way.lower_is_better = op == TARGET_AT_MOST;
	other.indicators = &way;
	other.nindicators = 1;
	assert_int_equal(figures_init(&figures, &other, day_of("2024-05-31"), NULL, &arena), 0);
	if (rest)
		observe("pingliang", "2024-05-20", "seal-rate", rest);
	known = indicator_progress(&figures, &way, figures.day, progress);
	return known;
}

#define EXPECT_PROGRESS(op, from, to, rest, numerator, denominator)                                \
	do {                                                                                       \
		struct fraction reached = { 0, 0 };                                                \
                                                                                                   \
		assert_true(progress_at(op, from, to, rest, &reached));                            \
		assert_true(reached.d > 0);                                                        \
		assert_int_equal(                                                                  \
			fraction_compare(reached, (struct fraction){ numerator, denominator }),    \
			0);                                                                        \
	} while (0)

static void progress_upward(void **state)
{
	struct fraction none = { 7, 7 };

	(void)state;
	EXPECT_PROGRESS(TARGET_AT_LEAST, 7350, 10000, "numerator: 147, denominator: 200", 0, 1);
	EXPECT_PROGRESS(TARGET_AT_LEAST, 7350, 10000, "numerator: 50, denominator: 100", 0, 1);
	EXPECT_PROGRESS(TARGET_AT_LEAST, 5000, 10000, "numerator: 3, denominator: 4", 50, 1);
	EXPECT_PROGRESS(TARGET_AT_LEAST, 5000, 10000, "value: '75.00'", 50, 1);
	EXPECT_PROGRESS(TARGET_AT_LEAST, 5000, 9000, "numerator: 95, denominator: 100", 100, 1);
	EXPECT_PROGRESS(TARGET_AT_LEAST, 0, 10000, "numerator: 2, denominator: 3", 200, 3);
	/* 99.996 of 100: nearly there is not there */
	EXPECT_PROGRESS(TARGET_AT_LEAST, 0, 10000, "numerator: 24999, denominator: 25000", 24999,
			250);
	assert_false(progress_at(TARGET_AT_LEAST, 5000, 10000, NULL, &none));
	assert_false(
		progress_at(TARGET_AT_LEAST, 5000, 10000, "numerator: 0, denominator: 0", &none));
	/* no way to go */
	assert_false(
		progress_at(TARGET_AT_LEAST, 9000, 9000, "numerator: 1, denominator: 2", &none));
	assert_false(
		progress_at(TARGET_AT_LEAST, 9500, 9000, "numerator: 1, denominator: 2", &none));
	assert_int_equal(none.n, 7);
	EXPECT_PROGRESS(TARGET_AT_LEAST, 9000, 9000, "numerator: 9, denominator: 10", 100, 1);
}

static void progress_downward(void **state)
{
	(void)state;
	EXPECT_PROGRESS(TARGET_AT_MOST, 4000, 2000, "numerator: 1, denominator: 2", 0, 1);
	EXPECT_PROGRESS(TARGET_AT_MOST, 4000, 2000, "numerator: 7, denominator: 20", 25, 1);
	EXPECT_PROGRESS(TARGET_AT_MOST, 4000, 2000, "value: '25.00'", 75, 1);
	EXPECT_PROGRESS(TARGET_AT_MOST, 4000, 2000, "numerator: 1, denominator: 10", 100, 1);
	EXPECT_PROGRESS(TARGET_AT_MOST, 2000, 2000, "numerator: 1, denominator: 5", 100, 1);
}

static void progress_of_large_figures(void **state)
{
	struct fraction reached = { 0, 0 };

	(void)state;
	/* reduced, it fits: 99.99999999999990 percent */
	assert_true(progress_at(TARGET_AT_LEAST, 0, 10000,
				"numerator: 999999999999999, denominator: 1000000000000000",
				&reached));
	assert_int_equal(fraction_compare(reached, (struct fraction){ 100, 1 }), -1);
	assert_int_equal(fraction_compare(reached, (struct fraction){ 9999, 100 }), 1);
	/* cannot be reduced: loses last bits, stays below 100 */
	assert_true(progress_at(TARGET_AT_LEAST, 0, 9999,
				"numerator: 999899999999999, denominator: 999999999999999",
				&reached));
	assert_true(reached.d > 0);
	assert_int_equal(fraction_compare(reached, (struct fraction){ 100, 1 }), -1);
	assert_int_equal(fraction_compare(reached, (struct fraction){ 9999, 100 }), 1);
}

static void progress_of_the_plan(void **state)
{
	struct fraction reached;

	(void)state;
	start("2024-05-31", NULL);
	observe("pingliang", "2024-05-20", "one-matter-packages", "count: 94");
	assert_true(
		indicator_progress(&figures, the("one-matter-packages"), figures.day, &reached));
	assert_int_equal(fraction_compare(reached, (struct fraction){ 100, 3 }), 0);
	/* a baseline without a target, a target without a baseline */
	observe("pingliang", "2024-05-20", "seal-type-share", "numerator: 4, denominator: 5");
	observe("pingliang", "2024-05-20", "seal-rate", "numerator: 5, denominator: 5");
	assert_false(indicator_progress(&figures, the("seal-type-share"), figures.day, &reached));
	assert_false(indicator_progress(&figures, the("seal-rate"), figures.day, &reached));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(nothing_is_not_zero),
		TEST(shares_add_up),
		TEST(targets_are_exact),
		TEST(largest_figures),
		TEST(figures_grow_stale),
		TEST(published_value_of_the_owner),
		TEST(published_value_of_another),
		TEST(zero_denominators),
		TEST(city_level),
		TEST(city_level_misses_nothing_when_published),
		TEST(ranks_are_lower_is_better),
		TEST(the_later_entered_counts),
		TEST(paths_are_copied),
		TEST(what_is_ignored),
		TEST(figures_from_inspections),
		TEST(a_series_is_right_on_every_day),
		TEST(days_of_a_series),
		TEST(ranking),
		TEST(ranking_is_exact),
		TEST(ranking_within_groups),
		TEST(rows_of_those_who_say_little),
		TEST(owner_who_is_not_expected),
		TEST(progress_upward),
		TEST(progress_downward),
		TEST(progress_of_large_figures),
		TEST(progress_of_the_plan),
	};

	return cmocka_run_group_tests_name("indicator", tests, load, unload);
}
