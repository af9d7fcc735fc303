#include "schema/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "base/utf8.h"
#include "schema/ecma.h"
#include "schema/simple.h"

/*
 * Steps a match may take. Honest patterns need a few for each byte; 100,000 are about 2 ms, after
 * which an exponential one is given up.
 */
#define STEPS 100000u
#define STEPS_PER_BYTE 64u
#define HEAP_KIBIBYTES 20000u

struct pattern {
	pcre2_code *code; /* NULL: simple does it */
	struct simple simple;
};

struct matcher {
	pcre2_match_data *data;
	pcre2_match_context *context;
};

static uint32_t options_for(const char *rewritten)
{
	uint32_t options = PCRE2_UTF | PCRE2_NO_UTF_CHECK | PCRE2_DOLLAR_ENDONLY |
			   PCRE2_MATCH_UNSET_BACKREF | PCRE2_NEVER_BACKSLASH_C;

	/* PCRE2 10.42 looks for the character that a lookahead begins with once more behind it, and
	 * finds no (?=a)b?a in "a" */
	if (strstr(rewritten, "(?="))
		options |= PCRE2_NO_START_OPTIMIZE;
	return options;
}

static pcre2_code *compile(const char *text, size_t n, bool strict, struct str *why, int *error)
{
	struct str rewritten = { 0 };
	pcre2_code *code = NULL;
	const char *reason;
	size_t at;

	*error = 0;
	if (!ecma_rewrite(&rewritten, text, n, strict, &reason, &at)) {
		*error = -1;
		str_addf(why, _("%s, at character %zu"), _(reason), utf8_count(text, at) + 1);
	} else if (!rewritten.failed) {
		code = pcre2_compile((PCRE2_SPTR)str_text(&rewritten), rewritten.len,
				     options_for(str_text(&rewritten)), error, &at, NULL);
		if (code)
			*error = 0;
		else if (*error != PCRE2_ERROR_HEAP_FAILED) {
			PCRE2_UCHAR text_of_error[160];

			pcre2_get_error_message(*error, text_of_error, sizeof(text_of_error));
			str_addf(why, _("not supported: %s"), (const char *)text_of_error);
		}
	}
	str_release(&rewritten);
	return code;
}

struct pattern *pattern_new(const char *text, size_t n, struct str *why)
{
	struct pattern *pattern = calloc(1, sizeof(*pattern));
	int error;

	if (!pattern || simple_parse(&pattern->simple, text, n))
		return pattern;
	/* a pattern of any other kind, or out of memory there */
	pattern->code = compile(text, n, false, why, &error);
	if (!pattern->code) {
		free(pattern);
		return NULL;
	}
	return pattern;
}

void pattern_free(struct pattern *pattern)
{
	if (!pattern)
		return;
	pcre2_code_free(pattern->code);
	simple_release(&pattern->simple);
	free(pattern);
}

bool pattern_is_valid(const char *text, size_t n)
{
	struct str why = { 0 };
	int error;
	pcre2_code *code = compile(text, n, true, &why, &error);

	pcre2_code_free(code);
	str_release(&why);
	return code || error == PCRE2_ERROR_LOOKBEHIND_NOT_FIXED_LENGTH ||
	       error == PCRE2_ERROR_LOOKBEHIND_TOO_COMPLICATED ||
	       error == PCRE2_ERROR_LOOKBEHIND_TOO_LONG ||
	       error == PCRE2_ERROR_QUANTIFIER_TOO_BIG || error == PCRE2_ERROR_PATTERN_TOO_LARGE;
}

struct matcher *matcher_new(void)
{
	struct matcher *matcher = calloc(1, sizeof(*matcher));

	if (!matcher)
		return NULL;
	/* only whether there is a match is asked: room for its own bounds is enough */
	matcher->data = pcre2_match_data_create(1, NULL);
	matcher->context = pcre2_match_context_create(NULL);
	if (!matcher->data || !matcher->context) {
		matcher_free(matcher);
		return NULL;
	}
	pcre2_set_heap_limit(matcher->context, HEAP_KIBIBYTES);
	return matcher;
}

void matcher_free(struct matcher *matcher)
{
	if (!matcher)
		return;
	pcre2_match_data_free(matcher->data);
	pcre2_match_context_free(matcher->context);
	free(matcher);
}

enum pattern_answer pattern_match(const struct pattern *pattern, struct matcher *matcher,
				  const char *text, size_t n)
{
	size_t steps = n < UINT32_MAX / STEPS_PER_BYTE ? n * STEPS_PER_BYTE : UINT32_MAX;
	int result;

	if (!pattern->code)
		return simple_match(&pattern->simple, text, n) ? PATTERN_YES : PATTERN_NO;
	pcre2_set_match_limit(matcher->context, steps > STEPS ? (uint32_t)steps : STEPS);
	result = pcre2_match(pattern->code, (PCRE2_SPTR)text, n, 0, PCRE2_NO_UTF_CHECK,
			     matcher->data, matcher->context);
	if (result >= 0)
		return PATTERN_YES;
	if (result == PCRE2_ERROR_NOMATCH)
		return PATTERN_NO;
	return result == PCRE2_ERROR_NOMEMORY ? PATTERN_NO_MEMORY : PATTERN_EXPENSIVE;
}
