/*
 * words.h: the small words of clerks' cells: 同上, 合计, names in a signature cell, numbers before
 * entries (domain 3.2).
 */
#ifndef DUBAN_INTAKE_WORDS_H
#define DUBAN_INTAKE_WORDS_H

#include <stdbool.h>

#include "yaml/tree.h"

/* is_ditto: the cell says that it is as the one above: 〃, 同上, “同上”. */
bool is_ditto(const char *text);

/* is_total: 小计, 合计, 总计, 平均 …; *sub: a sum of what came since the last one. */
bool is_total(const char *text, bool *sub);

/* is_footer: the text begins as what stands below a table does: 注：, 填表人, 审核人 … */
bool is_footer(const char *text);

/* is_signed: says that somebody signed, and not who: (签字), 已签, 见原件. */
bool is_signed(const char *text);

/* is_problem_expected: a solution that refers to the list of problems. */
bool is_problem_expected(const char *solution);

/*
 * names_split: appends the names in a cell to a list: between 、 ， , ; / & and line ends, and at
 * spaces between whole names (张某 李某, not within 郑 某). A name that stands there twice is one.
 * Positions are `at`'s. -1 when out of memory.
 */
int names_split(struct arena *arena, const char *text, const struct node *at, struct node *list);

/* name_trim: a name without spaces around it, line ends and final 。; in the arena, or NULL. */
char *name_trim(struct arena *arena, const char *text);

/* word_trim: the same, and without the number before it: 1.政务服务, （1）政务服务. */
char *word_trim(struct arena *arena, const char *text);

/*
 * entries_split: appends the numbered entries of a text to a list: lines or sentences that begin
 * with 1. 2、 ① （三）. A text without them is one entry. -1 when out of memory.
 */
int entries_split(struct arena *arena, const char *text, const struct node *at, struct node *list);

#endif
