/*
 * indicator_item.h: private to the files that make indicators.h: indicators with their values, and
 * texts in the report's arena.
 */
#ifndef DUBAN_REPORT_INDICATOR_ITEM_H
#define DUBAN_REPORT_INDICATOR_ITEM_H

#include "base/str.h"
#include "model/pace.h"
#include "report/indicators.h"

#define COLUMNS(table) (sizeof(table) / sizeof(*(table)))

/* an indicator with its value */
struct item {
	const struct indicator *indicator;
	struct city_value city;
	struct indicator_words words;
	const char *missing; /* units that did not report, by name, and why; "" for none */
	size_t nmissing;
};

struct items {
	const struct figures *figures;
	const struct plan *plan;
	day_t day;
	struct item *list;
	size_t n;
};

/* indicator_items: every indicator of the plan, or `only`, with its value on the day. */
void indicator_items(struct report *report, const struct figures *figures, day_t day,
		     const struct indicator *only, struct items *items);

/* indicator_say: a text; "" and a failed report when out of memory. */
const char *indicator_say(struct report *report, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* indicator_finish: the same from what was put together, which is released. */
const char *indicator_finish(struct report *report, struct str *text);

/* indicator_value_title: the header of a column of values: 比率（%）, 数量（项）. */
const char *indicator_value_title(struct report *report, const struct indicator *indicator);

/* unit_status_code: "not-reported"; unit_status_word: 未报送. */
const char *unit_status_code(enum unit_status status);
const char *unit_status_word(enum unit_status status);

/* indicator_pace_words: +2.40个百分点 a week, or why that cannot be said. */
const char *indicator_pace_words(struct report *report, const struct indicator *indicator,
				 const struct pace *pace);

/* ranking_group_name: what the plan calls a group of ranking. */
const char *ranking_group_name(const struct plan *plan, const char *id);

/* indicator_lines: the words with what stands in brackets behind them on a line of its own. */
const char *indicator_lines(struct report *report, const char *words);

/* rank_change_cell: 升2, 降1, 持平; the number for programs. */
void rank_change_cell(struct report *report, struct cell *cell, int change);

/* indicator_change: +1.20个百分点, -3项, 持平. */
const char *indicator_change(struct report *report, const struct indicator *indicator,
			     int64_t change);

#endif
