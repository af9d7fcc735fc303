/*
 * status.h: what a problem looks like on a day: the row that tables, lists and reports show.
 */
#ifndef DUBAN_MODEL_STATUS_H
#define DUBAN_MODEL_STATUS_H

#include "model/problem.h"

struct problem_status {
	day_t due, due_original; /* DAY_NONE: none */
	bool has_days;           /* open and due: days_left is known */
	int days_left;           /* negative when overdue */
	bool overdue;
	enum light light;
	enum light_reason reason;
	size_t measures_done, measures_total;
	size_t milestones_done;
};

void problem_status(const struct plan *plan, const struct folded *f, const struct figures *figures,
		    day_t day, struct problem_status *out);

/*
 * record_view: the effective fields of a record with the computed ones behind them (contract 3,
 * record-list): state, path, events, and of problems due_original, days_left, overdue, light,
 * light_reason, measures_done, measures_total, listed, closed, days_to_list, of inspections derived
 * (inspection.h). Absent ones are left out. `path` is
 * relative to the root. Lives in the arena; NULL when out of memory.
 */
struct node *record_view(const struct plan *plan, const struct folded *f,
			 const struct figures *figures, day_t day, struct arena *arena);

#endif
