/*
 * plan.h: the plan as the model sees it: units, groups, rights, indicators, calendar, thresholds.
 *
 * Everything points into the plan's tree, which was checked against `duban:plan` before; what a
 * schema cannot say (ids that are used twice, groups with unknown units, two meanings of one alias)
 * is checked here. Read-only after plan_load; any number of threads.
 */
#ifndef DUBAN_MODEL_PLAN_H
#define DUBAN_MODEL_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/diag.h"
#include "base/map.h"
#include "base/str.h"
#include "yaml/tree.h"

#define PLAN_FORMAT 1 /* the `duban:` number that this program reads */
#define MOST_UNITS 1024
#define NO_UNIT (-1)

struct unit_set {
	uint64_t bits[MOST_UNITS / 64];
};

struct unit {
	const char *id, *name, *kind;
	const char *group; /* of ranking, or NULL */
	int parent;        /* index, or NO_UNIT */
	bool folder;       /* has a record folder */
	bool reporting;    /* in the sums of the city */
	const struct node *node;
};

struct group {
	const char *id, *name;
	struct unit_set units;
};

enum figure_kind { FIGURE_SHARE, FIGURE_COUNT, FIGURE_RANK };

/* a figure of the plan in units of 10^-precision; known is false where the plan gives none */
struct plan_figure {
	bool known, derived; /* derived: baseline plus the gap that the plan states */
	int64_t value;
	const char *gap;     /* of a derived one, as the plan writes it, with its sign */
	const char *holders; /* who is there already, or NULL */
};

enum target_op { TARGET_NONE, TARGET_AT_LEAST, TARGET_AT_MOST };

struct indicator {
	const char *id, *name, *unit_of_measure;
	enum figure_kind kind;
	bool city_level; /* level: city: the owner's observation counts, never summed */
	bool lower_is_better;
	unsigned precision; /* places of the figure */
	struct plan_figure baseline, frontier, median, mean, target;
	enum target_op target_op;
	bool target_strive; /* 力争 */
	bool pace_linear;   /* 均衡进度 */
	int64_t of;         /* a count's whole (9 of 11), 0: none */
	int stale_days;
	struct unit_set expected;   /* units whose figures are expected */
	int point;                  /* from inspections of this focus point; 0: from observations */
	const char *from_numerator; /* keys of the inspection's values, or NULL */
	const char *from_denominator, *from_count;
	const struct node *node;
};

struct focus_point {
	int id;
	const char *name, *text;
	bool cumulative; /* counts up to a date, so it does not fall */
};

struct milestone_rule {
	const char *name;
	enum { MILESTONE_AFTER_LISTING, MILESTONE_HALF, MILESTONE_BEFORE_DUE } rule;
	int days;
	const char *done_by; /* submitted, review-passed, closed, or NULL */
};

struct light_rules {
	int behind_red, silent_red_weeks, silent_yellow_weeks, due_soon_days, returned_red;
};

struct person {
	const char *name; /* folded with name_fold */
	int unit;
	const struct node *may; /* list of rights, or NULL: all of the unit's */
};

struct plan {
	const struct node *root;
	const char *id, *title, *doc_no, *campaign;
	int owner;  /* unit */
	int offset; /* minutes east of UTC */
	day_t issue_date, start, end;
	struct unit *units;
	size_t nunits;
	struct group *groups;
	size_t ngroups;
	struct indicator *indicators;
	size_t nindicators;
	struct focus_point *points;
	size_t npoints;
	struct milestone_rule *milestones;
	size_t nmilestones;
	struct light_rules lights;
	int immediate_workdays, listing_workdays;
	int small_denominator;
	int same_text, visitor_per_day; /* 疑似走过场; 0: nothing is */
	const struct node *rights;
	struct person *people; /* NULL: any name is believed */
	size_t npeople;
	const struct node *calendar; /* list of years */
	const struct node *problems; /* list */
	struct map words;            /* folded name, alias or id of a unit -> unit index + 1 */
	const char **folders;        /* ids of the units with a folder */
	size_t nfolders;
};

/*
 * plan_load: reads the tree into *plan; both and the arena live as long as it is used. 0, or -1
 * after findings (file: name) or when out of memory.
 */
int plan_load(struct plan *plan, const struct node *root, const char *file, struct arena *arena,
	      struct findings *findings);

/* plan_unit: index of the unit with this id, or NO_UNIT. plan_unit_word: by id, name or alias. */
int plan_unit(const struct plan *plan, const char *id);
int plan_unit_word(const struct plan *plan, const char *word);

/* plan_unit_former: whether the word is one of the unit's names that are out of date. */
bool plan_unit_former(const struct plan *plan, int unit, const char *word);

/* plan_unit_node: of a node that should be a unit's id. */
int plan_unit_node(const struct plan *plan, const struct node *node);

const struct group *plan_group(const struct plan *plan, const char *id);
const struct indicator *plan_indicator(const struct plan *plan, const char *id);
const struct focus_point *plan_point(const struct plan *plan, int64_t id);

/* plan_name: what people call a unit, group or indicator; the id itself when it is none. */
const char *plan_name(const struct plan *plan, const char *id);

/* plan_is_problem: whether the id is one of the plan's own problems. */
bool plan_is_problem(const struct plan *plan, const char *id);

/*
 * plan_code: the code that a word (code, name or alias) of plan vocabulary `vocab` stands for, or
 * NULL.
 */
const char *plan_code(const struct plan *plan, const char *vocab, const char *word);

/*
 * plan_word_name: what people call a word of this kind (as for plan_word); the word itself when it
 * is not known.
 */
const char *plan_word_name(const struct plan *plan, const char *kind, const char *word);

/* plan_role: the entry of the plan's `roles` that a word (code, name or alias) names, or NULL. */
const struct node *plan_role(const struct plan *plan, const char *word);

/* unit sets */
static inline void set_add(struct unit_set *set, int unit)
{
	set->bits[unit / 64] |= UINT64_C(1) << (unit % 64);
}

static inline bool set_has(const struct unit_set *set, int unit)
{
	return unit >= 0 && (set->bits[unit / 64] >> (unit % 64) & 1);
}

/* plan_expand: adds the units of a list of unit and group ids (or of one id); unknown ones are
 * skipped. */
void plan_expand(const struct plan *plan, const struct node *list, struct unit_set *set);

/*
 * plan_word: answers the schema's x-word: whether the value is a word of this kind ("unit",
 * "folder-unit", "unit-or-group", "indicator", "point", "vocab:<name>").
 */
bool plan_word(const struct plan *plan, const char *kind, const struct node *value);

/* plan_word_hint: appends what is near or allowed. */
void plan_word_hint(const struct plan *plan, const char *kind, const struct node *value,
		    struct str *hint);

/*
 * plan_word_code: what a word typed by a person (name, alias, id) stands for in records of this
 * kind of word: the id or code; the word itself when it is not known.
 */
const char *plan_word_code(const struct plan *plan, const char *kind, const char *word);

#endif
