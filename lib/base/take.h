/*
 * take.h: words at the beginning of a text that is read from left to right.
 */
#ifndef DUBAN_BASE_TAKE_H
#define DUBAN_BASE_TAKE_H

#include <stdbool.h>

/* take_word: passes the word and returns true when *text begins with it; else *text stays. */
bool take_word(const char **text, const char *word);

/* take_one_of: the same for the first of the words that it is (the last is NULL); *which: its place.
 */
bool take_one_of(const char **text, const char *const words[], int *which);

#endif
