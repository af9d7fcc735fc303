/*
 * numeral.h: Chinese numerals as dates have them.
 */
#ifndef DUBAN_BASE_NUMERAL_H
#define DUBAN_BASE_NUMERAL_H

#include <stdbool.h>

/*
 * numeral_take: a number of 0 to 99, of a day or month: 四, 十, 十八, 廿八, 三十一. Passes it and
 * returns true, or leaves *text where it is.
 */
bool numeral_take(const char **text, int *value);

/* numeral_take_year: the same for the four digits of a year: 二〇二四, 二○二四, 二零二四. */
bool numeral_take_year(const char **text, int *year);

#endif
