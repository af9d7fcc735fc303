/*
 * sheet_number.h: numbers in the cells of a workbook as the texts that a clerk sees: dates and
 * percentages are numbers that only their format tells apart. Private to lib/intake.
 *
 * Decimal digits are moved and rounded as digits: nothing goes through binary.
 */
#ifndef DUBAN_INTAKE_SHEET_NUMBER_H
#define DUBAN_INTAKE_SHEET_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

enum number_sort {
	NUMBER_PLAIN,
	NUMBER_DAY,     /* a date, with or without a time of day */
	NUMBER_MONTH,   /* a date that shows year and month alone */
	NUMBER_CLOCK,   /* a time of day alone */
	NUMBER_PERCENT, /* 0.735 is 73.5% */
	NUMBER_SIGNED,  /* 73.5 is shown with a percent sign behind it */
};

struct number_format {
	uint8_t sort;   /* enum number_sort */
	uint8_t places; /* of a percentage */
};

/* number_format_of: what a format's code makes of a number (ECMA-376 part 1, 18.8.31). */
struct number_format number_format_of(const char *code);

/* number_format_known: the same of a number that has no code in the file; Chinese ones too. */
struct number_format number_format_known(unsigned id);

#define NUMBER_SIZE 64

/*
 * number_show: the text of a number as it stands in the file (0.73499999999999999, 4.5E-2, 45400.5).
 * Binary programs keep 15 digits: more are rounded to them. What is no number stays as it is, cut to
 * what fits. Returns out.
 */
const char *number_show(const char *number, struct number_format format, bool from_1904,
			char out[NUMBER_SIZE]);

#endif
