/*
 * privacy.h: personal data that has no place in a record: numbers of ID cards, mobile numbers,
 * e-mail addresses in free text (domain 2.12; PIPL art. 6: least scope).
 *
 * What looks like one is found, never what it may be: an ID number has a day of birth and a check
 * character that are right (GB 11643), a mobile number has 11 digits and begins 13 to 19. Full-width
 * digits count as digits, single spaces and hyphens may stand between groups, letters before them.
 */
#ifndef DUBAN_BASE_PRIVACY_H
#define DUBAN_BASE_PRIVACY_H

#include <stddef.h>

#include "base/arena.h"

enum privacy { PRIVACY_NONE, PRIVACY_ID_NUMBER, PRIVACY_MOBILE, PRIVACY_EMAIL };

/*
 * privacy_find: the first of them at or behind *start in n bytes of UTF-8; *start and *length are
 * the bytes it takes. PRIVACY_NONE leaves both alone.
 */
enum privacy privacy_find(const char *text, size_t n, size_t *start, size_t *length);

/*
 * privacy_mask: the text with a * for every character of what is found, so that places in it stay;
 * the text itself when nothing is, else a copy in the arena; NULL for NULL and when out of memory.
 */
const char *privacy_mask(struct arena *arena, const char *text);

/* privacy_mask_name: 张某 as 张*: its first character and a star; in the arena. */
const char *privacy_mask_name(struct arena *arena, const char *name);

#endif
