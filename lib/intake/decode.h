/*
 * decode.h: the bytes of a clerk's table as UTF-8 text (domain 3.1).
 *
 * What Excel, WPS and editors write is told apart by its byte order mark, else UTF-8 if all of it
 * is (RFC 3629), else GB18030, which every Chinese Excel writes without saying so. Nothing is
 * guessed and nothing replaced: a text of two encodings, one that was cut off and one with NUL
 * bytes are refused with the offset of the byte.
 */
#ifndef DUBAN_INTAKE_DECODE_H
#define DUBAN_INTAKE_DECODE_H

#include <stddef.h>

#include "base/diag.h"
#include "base/str.h"

/* a text: the bytes themselves behind their mark, or `own`, which the caller releases */
struct decoded {
	const char *text; /* ends with a NUL */
	size_t n;
	struct str own;
};

/*
 * decode_table: the text of the file's bytes, which end with a NUL and are not changed; `name` is
 * what findings call the file. Returns 0, or -1 after a finding (or with decoded->own.failed).
 */
int decode_table(const char *name, const char *bytes, size_t n, struct decoded *decoded,
		 struct findings *findings);

/*
 * decode_meant: of a text that was decoded with the wrong encoding and saved so (宕囦俊 for 崇信):
 * the encoding that it should be read with, when one of the words stands in it then; NULL
 * otherwise.
 */
const char *decode_meant(const char *text, size_t n, const char *const *words, size_t nwords);

#endif
