/*
 * indicators.h: indicators as report data (contract 4, indicator-report; domain 2.6, 2.7).
 *
 * Each table comes in two forms: for programs (JSON, CSV) with the keys and bare figures of
 * contract 4, and for people with signs, units and words. Both are made from the same values.
 */
#ifndef DUBAN_REPORT_INDICATORS_H
#define DUBAN_REPORT_INDICATORS_H

#include "model/indicator.h"
#include "report/report.h"

/*
 * An indicator in words. None is NULL; — where there is nothing to say. A difference of two shares
 * is in 个百分点, of other figures in the indicator's own unit. Differences are those of the latest
 * value, or of the baseline where there is none; what the plan says of the baseline's stands in its
 * own precision.
 */
struct indicator_words {
	const char *baseline;     /* 73.50%, 9/11, 无基线 */
	const char *latest;       /* 74.20%, 未报送, 不适用 (denominator 0) */
	const char *mark;         /* （公布值）, or empty */
	const char *date;         /* 2024-05-20, or empty */
	const char *change;       /* latest - baseline: +1.20个百分点, 持平 */
	const char *frontier;     /* 75.70%（推算）, 11个（9个市州）, 未提供 */
	const char *frontier_gap; /* 低2.2个百分点, 高2项, 持平 */
	const char *middle; /* 中位数71.60%（推算）, 均值87项, 处于中游, 未提供 */
	const char *middle_gap; /* as frontier_gap */
	const char *target;     /* 100.00%, 力争100.00%, 100项以上, 方案未设定目标值 */
	const char *target_gap; /* 差26.50个百分点, 已达到 */
	const char *met;        /* 达标, 未达标, 未达力争目标 */
};

/* indicator_words: in the report's arena; `city` is the indicator's value (indicator_city). */
void indicator_words(struct report *report, const struct indicator *indicator,
		     const struct city_value *city, struct indicator_words *words);

/* indicator_value: a value with its sign or unit: 73.50%, 91项, 第1位; in the report's arena. */
const char *indicator_value(struct report *report, const struct indicator *indicator,
			    int64_t value);

/*
 * indicators_data: the table `indicators` of contract 4, one row for each indicator of the plan, or
 * for `only` (may be NULL).
 */
void indicators_data(struct report *report, const struct figures *figures, day_t day,
		     const struct indicator *only);

/*
 * indicators_read: the same for people: progress and targets, differences, the units that did not
 * report by name, remarks; with headings of level 2. Of `only` also what it is made of.
 */
void indicators_read(struct report *report, const struct figures *figures, day_t day,
		     const struct indicator *only);

/*
 * Which units a table by unit shows. A group of which a unit is not here cannot be ranked: its rows
 * have no rank.
 */
struct unit_choice {
	const struct unit_set *rows; /* NULL: all that are expected */
	const struct unit_set *here; /* units whose records are here; NULL: all */
	day_t before;                /* ranks are compared with those on this day; DAY_NONE: not */
};

/* indicator_units_data: the table `units` of contract 4, in the order of indicator_units. */
void indicator_units_data(struct report *report, const struct figures *figures,
			  const struct indicator *indicator, day_t day,
			  const struct unit_choice *choice);

/* indicator_units_read: the same for people, with the city's value where all rows are shown. */
void indicator_units_read(struct report *report, const struct figures *figures,
			  const struct indicator *indicator, day_t day,
			  const struct unit_choice *choice);

/*
 * indicator_pace_table: the table `pace`: for each indicator with a target (or `only`) how much it
 * has to move a week, in honest words where that cannot be said, and where an even pace would have
 * it (pace.h): id, name, latest, target, due, days_left, per_week, answer, planned, planned_gap.
 */
void indicator_pace_table(struct report *report, const struct figures *figures, day_t day,
			  const struct indicator *only);

/*
 * indicator_series_table: the city's value of figures->series on each day with a figure, as the
 * table `series`: date, value, numerator, denominator, published, missing (number of units).
 */
void indicator_series_table(struct report *report, const struct figures *figures);

#endif
