/*
 * dispatch.h: 周调度, 月通报 and 工作总结 as report data: their sections in the order of domain 2.10
 * and 2.11, none left out when it is empty.
 */
#ifndef DUBAN_REPORT_DISPATCH_H
#define DUBAN_REPORT_DISPATCH_H

#include "model/dispatch.h"
#include "report/problems.h"
#include "report/report.h"

/* what the schemas call things, and how the reader asked */
struct dispatch_words {
	const struct story_field *oversight; /* fields of a supervision */
	size_t noversight;
	const struct story_field *fields[KINDS]; /* of kinds of which records were corrected */
	size_t nfields[KINDS];
	const struct node *evidence; /* labels of the kinds of evidence */
	const char *as_of;           /* as it is printed */
	const char *names;           /* 单位 that were asked for, by name; NULL: all */
	const char *not_here;        /* units whose records are not here; NULL: none */
};

/* dispatch_report: the whole report. `d` is finished. */
void dispatch_report(struct report *report, const struct dispatch *d,
		     const struct dispatch_words *words);

#endif
