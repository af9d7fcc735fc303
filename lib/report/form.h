/*
 * form.h: the plan's forms and the problem list (问题清单) as books for paper (plan L70, L72 to
 * L91; domain 1.N, 2.12). Titles, columns and rows of a sheet are the plan's `annexes`.
 */
#ifndef DUBAN_REPORT_FORM_H
#define DUBAN_REPORT_FORM_H

#include "report/problems.h"
#include "report/sheet.h"

/* what a form needs to name what a record says */
struct form_words {
	const struct plan *plan;
	const struct story_field *fields; /* labels of the kind's properties */
	size_t nfields;
	bool names; /* print the names of those who sign where they sign; else that stays empty */
};

/* a record of a form; state and status are what a list of problems shows */
struct listed {
	const struct node *fields;
	enum state state;
	struct problem_status status;
};

/* form_annex: the entry of the plan's `annexes` with this id, or NULL. */
const struct node *form_annex(const struct plan *plan, const char *id);

/* form_title: what it is called: 平凉市营商环境大走访企业诉求清单. form_number: 1 of annex-1. */
const char *form_title(const struct node *annex);
const char *form_number(const struct node *annex);

/*
 * form_fill: a sheet with the records (their fields) in the annex's layout: rows of a table, filled
 * up to a whole page, or one form for each. Without records it is a blank one.
 */
void form_fill(struct book *book, const struct form_words *words, const struct node *annex,
	       const struct listed *records, size_t n);

/* what is in a unit's folder, but not on its list: nobody has confirmed it yet, or it is none */
struct unlisted {
	size_t registered, declined;
};

/* form_problems: a sheet with the problems of one unit; `stamp` is as of when, NULL: a blank
 * one. */
void form_problems(struct book *book, const struct form_words *words, const char *unit,
		   const char *stamp, const struct listed *problems, size_t n,
		   const struct unlisted *unlisted);

#endif
