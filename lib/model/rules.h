/*
 * rules.h: what must or should hold of a record beyond its schema and needs the plan: figures that
 * fit their indicator, dates within the campaign, milestones in order, bodies that may be told. Used
 * when a record is entered and by record-check.
 */
#ifndef DUBAN_MODEL_RULES_H
#define DUBAN_MODEL_RULES_H

#include "model/plan.h"
#include "store/kind.h"

/*
 * rules_check: appends findings about the effective fields of a record of the kind. `what` gives
 * the file, and the level at which a milestone or a measure behind the due date is told: an error
 * where they are given, a warning where the due date came later. Positions are those of the fields.
 * Other findings are warnings (a date outside the campaign, a holiday) and errors.
 */
void rules_check(const struct plan *plan, enum kind kind, const struct node *fields,
		 const struct finding *what, struct findings *findings);

/* how the rules look at a field, `entered` left aside: not, at it alone, or together with others */
enum rules_look { RULES_NOT, RULES_ALONE, RULES_JOINTLY };

/* rules_look: of the records of a kind. */
enum rules_look rules_look(enum kind kind, const char *name);

#endif
