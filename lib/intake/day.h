/*
 * day.h: dates as clerks write them (domain 3.3): 2024年4月18日, 2024.4.18, 二〇二四年四月十八日 …
 *
 * Only what can mean one day is read. What could be a number, another day or many days is refused
 * with its reason, so that a person decides.
 */
#ifndef DUBAN_INTAKE_DAY_H
#define DUBAN_INTAKE_DAY_H

#include "model/plan.h"

enum day_fault {
	DAY_FINE,
	DAY_BLANK,      /* nothing, or a form's 年 月 日 */
	DAY_HASHES,     /* ######## of a column that was too narrow */
	DAY_SERIAL,     /* a day's number in a spreadsheet, not asked for */
	DAY_NUMBER,     /* 4.18: may be a number; no year */
	DAY_SHORT_YEAR, /* 24.4.18 */
	DAY_ORDER,      /* 18/4/2024, 4/18/2024: day or month first */
	DAY_RANGE,      /* more than one day: 4月中旬, 2024年4月, 18-19日 */
	DAY_UNREAL,     /* 4月31日 */
	DAY_WEEKDAY,    /* the day of the week in brackets is that of another date */
	DAY_UNKNOWN,
	DAY_NO_MEMORY,
};

struct day_read {
	day_t day;
	bool year_taken;   /* from the plan */
	bool time_dropped; /* a time of day was there */
	bool serial;       /* it was a spreadsheet's number */
};

/* day_read: `serial`: numbers of a spreadsheet are days (1899-12-30 is 0). *out only when fine. */
enum day_fault day_read(const struct plan *plan, const char *text, bool serial,
			struct day_read *out);

#endif
