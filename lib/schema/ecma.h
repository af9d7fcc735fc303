/*
 * ecma.h: regular expressions of ECMA-262 (JSON Schema 2020-12 core 6.4) rewritten for PCRE2.
 *
 * The rewriter is a parser of the whole syntax with the u flag, so it is also the judge of `format:
 * regex`. What only PCRE2 knows (\A, \h, possessive quantifiers, (?>…), (?i), (*VERBS) …) is
 * refused: some of it is a hole, as a pattern could lift its own limits. Unless `strict`, lenient
 * where ECMA-262 annex B is: a brace or bracket that closes nothing stands for itself, \d may stand
 * beside a hyphen in a class, a lookahead may be repeated; and where PCRE2 is with the names of
 * properties. A needlessly escaped punctuation mark stands for itself, as without the u flag.
 *
 * One difference is left: a group within a repeated group forgets in each round what it took in the
 * round before (ECMA-262 22.2.2.3.1), but PCRE2 remembers, and a reference such as in
 * `(?:(a)|b)*\1` sees it.
 */
#ifndef DUBAN_SCHEMA_ECMA_H
#define DUBAN_SCHEMA_ECMA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/*
 * ecma_rewrite: appends the pattern for PCRE2 with PCRE2_UTF, without PCRE2_UCP, with
 * PCRE2_DOLLAR_ENDONLY and PCRE2_MATCH_UNSET_BACKREF. The text is valid UTF-8. False with *why, a
 * static, translatable text, and *at, in bytes.
 */
bool ecma_rewrite(struct str *out, const char *text, size_t n, bool strict, const char **why,
		  size_t *at);

#endif
