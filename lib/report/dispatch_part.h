/*
 * dispatch_part.h: private to the files that make dispatch.h: one section or a few of a kind each.
 */
#ifndef DUBAN_REPORT_DISPATCH_PART_H
#define DUBAN_REPORT_DISPATCH_PART_H

#include "report/dispatch.h"
#include "report/indicator_item.h"

/* a report while it is told */
struct telling {
	struct report *report;
	const struct dispatch *d;
	const struct plan *plan;
	const struct dispatch_words *words;
	struct unit_set rows; /* units that tables show */
	int section;          /* number of the last heading */
};

/* tell_section: 一、, 二、 … before the title. tell: a paragraph. */
void tell_section(struct telling *t, const char *title);
void tell(struct telling *t, const char *format, ...) __attribute__((format(printf, 2, 3)));

#define TELL_TABLE(t, key, title, empty, columns)                                                  \
	report_table((t)->report, key, title, empty, columns, COLUMNS(columns))

/* cells that many tables have; a unit NO_UNIT, a day DAY_NONE: absent */
void cell_unit(struct telling *t, struct cell *cell, int unit);
void cell_short_unit(struct telling *t, struct cell *cell, int unit);
void cell_day(struct telling *t, struct cell *cell, day_t day);
void cell_light(struct telling *t, struct cell *cell, const struct problem_status *status);
void cell_days_left(struct telling *t, struct cell *cell, const struct problem_status *status);

/* tell_figure: a bare figure for programs, words for people; not known: the words alone. */
void tell_figure(struct telling *t, struct cell *cell, const struct indicator *indicator,
		 bool known, int64_t value, const char *words);

/* day_words: 2024年5月6日; short_day: 5月6日; in the report's arena. count_words: 六. */
const char *day_words(struct telling *t, day_t day);
const char *short_day(struct telling *t, day_t day);
const char *count_words(struct telling *t, int n);

/* period_word: 本周, 本月, 活动以来; before_word: 上周, 上月; next_word: 下周, 下月, 下一步. */
const char *period_word(const struct telling *t);
const char *before_word(const struct telling *t);
const char *next_word(const struct telling *t);

/* plan_short: what the unit is called in few words. */
const char *plan_short(const struct plan *plan, int unit);

/* names_of_set: the names of the units with 、 between them; 无. */
const char *names_of_set(struct telling *t, const struct unit_set *set);

/* chosen_items: the items that pass, sorted; *n of them, in the report's arena. */
typedef bool item_filter(const struct telling *t, const struct issue_item *item);
typedef int item_order(const void *a, const void *b);
const struct issue_item **chosen_items(struct telling *t, item_filter *passes, item_order *order,
				       size_t *n);
int by_days_left(const void *a, const void *b);
int by_place(const void *a, const void *b);

/* what the schema calls a code of a supervision's field */
const char *oversight_word(struct telling *t, const char *name, const char *code);

/* is_overseen: whether the report tells of it. oversight_counts: a row for each form. */
bool is_overseen(const struct telling *t, const struct oversight *o);
void oversight_row(struct telling *t, struct table *table, const struct oversight *o);
void oversight_counts(struct telling *t);

/* The sections. */
void part_head(struct telling *t);
void part_notes(struct telling *t);
void part_overall(struct telling *t);
void part_plan_problems(struct telling *t);
void part_required(struct telling *t);
void part_points(struct telling *t);
void part_units(struct telling *t);
void part_lights(struct telling *t);
void part_due(struct telling *t);
void part_followed_up(struct telling *t);
void part_oversight(struct telling *t);
void part_next(struct telling *t);
void part_corrections(struct telling *t);
void part_lists(struct telling *t);

void part_due_now(struct telling *t);
void part_ranking(struct telling *t);
void part_topics(struct telling *t);
void part_duty(struct telling *t);
void part_standing(struct telling *t);
void part_appendix(struct telling *t);
void part_formulas(struct telling *t);
void part_summary(struct telling *t);
void part_plan_results(struct telling *t);
void part_own_problems(struct telling *t);
void part_tracks(struct telling *t);
void part_policies(struct telling *t);
void part_appeals(struct telling *t);
void part_effects(struct telling *t);
void part_goals(struct telling *t);
void part_outlook(struct telling *t);
void part_annexes(struct telling *t);

/*
 * Charts. chart_trend: the indicator over the weeks against its benchmarks, where two figures or more
 * are known. chart_open: open problems over the weeks, with the time limits of the plan's.
 * chart_ranks: bars for a table of units, which has their names, values and what stands for a value
 * that is not there in these columns.
 */
struct rank_columns {
	size_t names, values, words;
};
void chart_trend(struct telling *t, const struct indicator *indicator);
void chart_open(struct telling *t);
void chart_ranks(struct telling *t, struct table *table, const struct indicator *indicator,
		 const struct rank_columns *columns);

/* Pieces of sections that two reports share. put_overall: what was done, in words and figures; put_points: the matrix; put_units, put_tallies: tables by
 * unit; put_plan_figures, put_plan_trends: the indicators of the plan's problems; put_lists: 新增, 推进, 已销号. */
void put_overall(struct telling *t);
void put_points(struct telling *t);
void put_units(struct telling *t);
void put_tallies(struct telling *t);
void put_plan_figures(struct telling *t);
void put_plan_trends(struct telling *t);
void put_lists(struct telling *t);

#endif
