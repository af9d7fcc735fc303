/*
 * ECMA-262 patterns: the first line is the pattern, the rest the text.
 *
 * Dictionaries: pattern
 */
#include "must.h"

#include "base/str.h"
#include "base/utf8.h"
#include "schema/pattern.h"

static enum pattern_answer answer_of(const struct pattern *pattern, const char *text, size_t n)
{
	struct matcher *matcher = matcher_new();
	enum pattern_answer answer;

	MUST(matcher);
	answer = pattern_match(pattern, matcher, text, n);
	MUST(answer != PATTERN_NO_MEMORY);
	MUST(pattern_match(pattern, matcher, text, n) == answer);
	matcher_free(matcher);
	return answer;
}

/* in a group the pattern is the same, but no longer simple: the engine must give that answer too */
static void must_be_engines(const char *pattern, size_t n, const char *text, size_t size,
			    enum pattern_answer answer)
{
	struct str wrapped = { 0 }, why = { 0 };
	struct pattern *compiled;

	str_add(&wrapped, "(?:");
	str_addn(&wrapped, pattern, n);
	str_add(&wrapped, ")");
	compiled = pattern_new(wrapped.p, wrapped.len, &why);
	MUST(compiled || why.len);
	if (compiled) {
		enum pattern_answer engines = answer_of(compiled, text, size);

		MUST(engines == answer || engines == PATTERN_EXPENSIVE ||
		     answer == PATTERN_EXPENSIVE);
	}
	pattern_free(compiled);
	str_release(&wrapped);
	str_release(&why);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *pattern = (const char *)data;
	const char *newline = size ? memchr(pattern, '\n', size) : NULL;
	size_t n = newline ? (size_t)(newline - pattern) : size;
	const char *text = newline ? newline + 1 : "";
	size_t ntext = newline ? size - n - 1 : 0;
	struct str why = { 0 };
	struct pattern *compiled;

	if (utf8_valid(pattern, size) != size)
		return 0;
	compiled = pattern_new(pattern, n, &why);
	MUST(!compiled == (why.len > 0));
	MUST(!why.failed && utf8_valid(str_text(&why), why.len) == why.len);
	/* what is valid compiles, but for the engine's limits */
	MUST(compiled || !pattern_is_valid(pattern, n) || strstr(str_text(&why), "not supported"));
	if (compiled)
		must_be_engines(pattern, n, text, ntext, answer_of(compiled, text, ntext));
	/* the text as another pattern, which need not be one */
	pattern_is_valid(text, ntext);
	pattern_free(compiled);
	str_release(&why);
	return 0;
}
