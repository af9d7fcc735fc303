#include "schema/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "base/utf8.h"
#include "schema/ecma.h"
#include "schema/simple.h"

/* what PCRE2 could not compile in any case: it stops at 64 KiB of code */
#define LONGEST_PATTERN 65535u

/*
 * What a match may cost: a step is an item of the pattern that is tried, or so many bytes that one
 * runs over. Honest patterns need a few for each byte; 250,000 are about 4 ms. PCRE2's own limit of
 * matches is not enough, as it starts anew wherever a match may begin and does not count runs.
 */
#define STEPS 250000u
#define STEPS_PER_BYTE 32u
#define BYTES_PER_STEP 16u
#define HEAP_KIBIBYTES 20000u

struct pattern {
	pcre2_code *code; /* NULL: simple does it */
	char *text;       /* as PCRE2 has it; NULL: empty */
	struct simple simple;
};

struct allowance {
	const char *pattern;
	size_t left;
	size_t at; /* where in the text the last item was tried */
};

struct matcher {
	pcre2_match_data *data;
	pcre2_match_context *context;
	struct allowance allowance;
	size_t spent; /* by the last match */
};

static uint32_t options_for(const char *rewritten)
{
	uint32_t options = PCRE2_UTF | PCRE2_NO_UTF_CHECK | PCRE2_DOLLAR_ENDONLY |
			   PCRE2_MATCH_UNSET_BACKREF | PCRE2_NEVER_BACKSLASH_C | PCRE2_AUTO_CALLOUT;

	/* PCRE2 10.42 looks for the character that a lookahead begins with once more behind it, and
	 * finds no (?=a)b?a in "a" */
	if (strstr(rewritten, "(?="))
		options |= PCRE2_NO_START_OPTIMIZE;
	return options;
}

static void say_unsupported(struct str *why, int error)
{
	PCRE2_UCHAR text[160];

	pcre2_get_error_message(error, text, sizeof(text));
	str_addf(why, _("not supported: %s"), (const char *)text);
}

/* *rewritten is for the caller to release */
static pcre2_code *compile(const char *text, size_t n, bool strict, struct str *rewritten,
			   struct str *why, int *error)
{
	bool too_long = n > LONGEST_PATTERN;
	pcre2_code *code = NULL;
	const char *reason;
	size_t at;

	*rewritten = (struct str){ .failed = too_long }; /* judged, but not written */
	*error = 0;
	if (!ecma_rewrite(rewritten, text, n, strict, &reason, &at)) {
		*error = -1;
		str_addf(why, _("%s, at character %zu"), _(reason), utf8_count(text, at) + 1);
	} else if (too_long) {
		*error = PCRE2_ERROR_PATTERN_STRING_TOO_LONG;
		say_unsupported(why, *error);
	} else if (!rewritten->failed) {
		code = pcre2_compile((PCRE2_SPTR)str_text(rewritten), rewritten->len,
				     options_for(str_text(rewritten)), error, &at, NULL);
		if (code)
			*error = 0;
		else if (*error != PCRE2_ERROR_HEAP_FAILED)
			say_unsupported(why, *error);
	}
	return code;
}

struct pattern *pattern_new(const char *text, size_t n, struct str *why)
{
	struct pattern *pattern = calloc(1, sizeof(*pattern));
	struct str rewritten;
	int error;

	if (!pattern || simple_parse(&pattern->simple, text, n))
		return pattern;
	/* a pattern of any other kind, or out of memory there */
	pattern->code = compile(text, n, false, &rewritten, why, &error);
	pattern->text = rewritten.p;
	if (!pattern->code) {
		pattern_free(pattern);
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
	free(pattern->text);
	free(pattern);
}

bool pattern_is_valid(const char *text, size_t n)
{
	struct str rewritten, why = { 0 };
	int error;
	pcre2_code *code = compile(text, n, true, &rewritten, &why, &error);

	pcre2_code_free(code);
	str_release(&rewritten);
	str_release(&why);
	return code || error == PCRE2_ERROR_LOOKBEHIND_NOT_FIXED_LENGTH ||
	       error == PCRE2_ERROR_LOOKBEHIND_TOO_COMPLICATED ||
	       error == PCRE2_ERROR_LOOKBEHIND_TOO_LONG ||
	       error == PCRE2_ERROR_QUANTIFIER_TOO_BIG || error == PCRE2_ERROR_PATTERN_TOO_LARGE ||
	       error == PCRE2_ERROR_PATTERN_STRING_TOO_LONG;
}

/*
 * How many bytes an item may run over and then fail, so that nothing behind it is tried: as often
 * as it must be repeated, what a reference refers to. The number of a \x{…} is taken for a repeat;
 * that costs little.
 */
static size_t bytes_ahead(const pcre2_callout_block *block, const char *item)
{
	size_t n = block->next_item_length, rest = block->subject_length - block->current_position;
	size_t width = 1, count;

	if (n > 3 && memcmp(item, "\\g{", 3) == 0) {
		unsigned long group = strtoul(item + 3, NULL, 10);
		const size_t *bounds = &block->offset_vector[2 * group];

		width = group < block->capture_top ? bounds[1] - bounds[0] : 0;
	}
	n -= n && item[n - 1] == '?';
	if (!n || item[n - 1] != '}')
		return 0;
	while (n && item[n - 1] != '{')
		n--;
	count = strtoul(item + n, NULL, 10);
	return width && count > rest / width ? rest : width * count;
}

/* before each item that is tried */
static int spend(pcre2_callout_block *block, void *data)
{
	struct allowance *a = data;
	size_t at = block->current_position, run = at > a->at ? at - a->at : 0;
	size_t cost;

	run += bytes_ahead(block, a->pattern + block->pattern_position);
	cost = 1 + run / BYTES_PER_STEP;
	a->at = at;
	if (cost > a->left)
		return PCRE2_ERROR_CALLOUT;
	a->left -= cost;
	return 0;
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
	pcre2_set_callout(matcher->context, spend, &matcher->allowance);
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

	if (!pattern->code) {
		matcher->spent = n / BYTES_PER_STEP;
		return simple_match(&pattern->simple, text, n) ? PATTERN_YES : PATTERN_NO;
	}
	steps = steps > STEPS ? steps : STEPS;
	matcher->allowance =
		(struct allowance){ .pattern = pattern->text ? pattern->text : "", .left = steps };
	pcre2_set_match_limit(matcher->context, (uint32_t)steps);
	result = pcre2_match(pattern->code, (PCRE2_SPTR)text, n, 0, PCRE2_NO_UTF_CHECK,
			     matcher->data, matcher->context);
	matcher->spent = steps - matcher->allowance.left;
	if (result >= 0)
		return PATTERN_YES;
	if (result == PCRE2_ERROR_NOMATCH)
		return PATTERN_NO;
	return result == PCRE2_ERROR_NOMEMORY ? PATTERN_NO_MEMORY : PATTERN_EXPENSIVE;
}

size_t matcher_spent(const struct matcher *matcher)
{
	return matcher->spent;
}
