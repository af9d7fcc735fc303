/*
 * utf8.h: UTF-8 text: validity, length, width on a terminal, safe display, comparison of names.
 *
 * Widths come from utf8proc and not from the locale: under cron it is C.
 */
#ifndef DUBAN_BASE_UTF8_H
#define DUBAN_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

/* utf8_valid: how many of the n bytes are valid UTF-8 (RFC 3629) from the start; n when all are. */
size_t utf8_valid(const char *text, size_t n);

/* utf8_length_of: length in bytes, 1 to 4, of the character that starts with this byte of valid
 * text. */
size_t utf8_length_of(char first);

/*
 * utf8_decode: the character at *text of valid UTF-8 that ends at `end`; moves *text behind it. At
 * bytes that are not UTF-8 the result is U+FFFD and *text moves by one byte.
 */
int32_t utf8_decode(const char **text, const char *end);

/* utf8_encode: writes the character to out (4 bytes) and returns its length. */
size_t utf8_encode(int32_t c, char out[4]);

/* utf8_count: the number of characters in n bytes of valid UTF-8. */
size_t utf8_count(const char *text, size_t n);

/* utf8_width: columns on a terminal; control characters and combining marks take none. */
size_t utf8_width(const char *text, size_t n);

/*
 * utf8_fit: the longest start of the text that is at most `width` columns wide, in bytes.
 */
size_t utf8_fit(const char *text, size_t n, size_t width);

/* utf8_is_control: C0, DEL, C1, and the characters that reorder or hide text (bidi overrides and
 * isolates, zero-width characters, U+2028, U+2029, U+FEFF), and U+FFFE and U+FFFF, which no YAML
 * text may hold (YAML 1.2.2, 5.1). Tab and newline are controls here. */
bool utf8_is_control(int32_t c);

/*
 * utf8_add_visible: appends the text with every control character made visible: U+001B as \x1b,
 * U+202E as \u202e. Bytes that are not UTF-8 are shown as \xNN. A newline is shown as \n unless
 * keep_newlines.
 */
void utf8_add_visible(struct str *out, const char *text, size_t n, bool keep_newlines);

/* utf8_add_cell: the same for the cell of a table that is read again: what a record's text may hold
 * stays as it is, newline, tab, and the joiners U+200C and U+200D. */
void utf8_add_cell(struct str *out, const char *text, size_t n);

/*
 * name_fold: the text as names are compared: NFKC, without any kind of space (contract 2). The
 * result lives in the arena; NULL when out of memory or not UTF-8.
 */
char *name_fold(struct arena *arena, const char *text, size_t n);

/* name_fold_short: the same without memory, so that what is not found is not there; false when not
 * UTF-8, or longer than names of units are. */
#define NAME_SHORT 1024
bool name_fold_short(char out[NAME_SHORT], const char *text, size_t n);

/*
 * name_may_begin: false when by its first character the folded text is none of the words (as they
 * are folded) and begins with none: most texts are told from a list so, without being folded.
 */
bool name_may_begin(const char *text, const char *const *words, size_t n);

/* utf8_is_space: ASCII space, tab, newline, U+00A0, U+3000 and the other Zs characters. */
bool utf8_is_space(int32_t c);

/* utf8_is_blank: no characters but such spaces, or none at all. */
bool utf8_is_blank(const char *text, size_t n);

/*
 * utf8_trim: moves *text and *n inward past spaces of any kind at both ends.
 */
void utf8_trim(const char **text, size_t *n);

/*
 * text_distance: edit distance in characters (insert, delete, change, swap of neighbours) between
 * two texts, or `limit` + 1 as soon as it is larger than limit. Texts longer than 64 characters are
 * always that far apart.
 */
unsigned text_distance(const char *a, const char *b, unsigned limit);

#endif
