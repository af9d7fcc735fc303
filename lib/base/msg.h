/*
 * msg.h: messages in the reader's language.
 *
 * `_()` marks and translates a message of the catalogue in lib/po; N_() only marks one in a table.
 * The catalogue is found by the command line (lib/cli), the library itself never sets a locale.
 */
#ifndef DUBAN_BASE_MSG_H
#define DUBAN_BASE_MSG_H

#include <libintl.h>

#define DUBAN_DOMAIN "duban"
#define _(text) dgettext(DUBAN_DOMAIN, text)
#define N_(text) text
#define ngettext_(one, many, n) dngettext(DUBAN_DOMAIN, one, many, n)

#endif
