/*
 * visit_plans.h: visit plans against what was done, as report data (contract 4, visit-plan
 * --status).
 */
#ifndef DUBAN_REPORT_VISIT_PLANS_H
#define DUBAN_REPORT_VISIT_PLANS_H

#include "model/visit_plan.h"
#include "report/report.h"

/*
 * visit_plans_report: a row a unit and their sum, every target, and which of the units have no
 * plan. `rows`: the units to show, whose records were taken.
 */
void visit_plans_report(struct report *report, const struct visit_plans *plans,
			const struct unit_set *rows);

#endif
