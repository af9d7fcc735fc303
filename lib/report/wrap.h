/*
 * wrap.h: private to lib/report: Chinese and mixed text in lines.
 */
#ifndef DUBAN_REPORT_WRAP_H
#define DUBAN_REPORT_WRAP_H

#include <stddef.h>

/*
 * wrap_line: the first line of the n bytes at `text`: its length in bytes, without spaces at its
 * end; *next is where the following line starts, n at the last one. Newlines end a line, other
 * controls must have been made visible before. width in columns; a line holds at least one
 * character even when that is wider, and marks stay with their character.
 *
 * Broken is beside a full-width character and at a space, inside a word only when it is wider than
 * the line. GB/T 15834-2011, 5.1: a comma, full stop or closing bracket does not start a line, an
 * opening bracket does not end one; kept as far as it can be.
 */
size_t wrap_line(const char *text, size_t n, size_t width, size_t *next);

/* wrap_count: how many lines wrap_line makes of it, at least 1. */
size_t wrap_count(const char *text, size_t n, size_t width);

/* wrap_width: columns of the widest line when nothing but newlines breaks. */
size_t wrap_width(const char *text, size_t n);

/* wrap_word: columns of the widest part that wrap_line breaks only when the line is narrower. */
size_t wrap_word(const char *text, size_t n);

#endif
