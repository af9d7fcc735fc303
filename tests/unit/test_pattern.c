#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "schema/ecma.h"
#include "schema/pattern.h"
#include "schema/simple.h"

static enum pattern_answer match_n(const char *pattern, const char *text, size_t n)
{
	struct str why = { 0 };
	struct pattern *compiled = pattern_new(pattern, strlen(pattern), &why);
	struct matcher *matcher = matcher_new();
	enum pattern_answer answer;

	if (!compiled)
		fail_msg("%s: %s", pattern, str_text(&why));
	assert_non_null(matcher);
	answer = pattern_match(compiled, matcher, text, n);
	pattern_free(compiled);
	matcher_free(matcher);
	str_release(&why);
	return answer;
}

static bool match(const char *pattern, const char *text)
{
	return match_n(pattern, text, strlen(text)) == PATTERN_YES;
}

static void semantics_of_ecma_262(void **state)
{
	(void)state;
	/* ECMA-262: no newline before the end, ASCII \d \w \b, Unicode \s, . without four newlines
	 */
	assert_false(match("^abc$", "abc\n"));
	assert_true(match("b", "abc"));
	assert_false(match("^\\d$", "٣"));
	assert_false(match("^\\w$", "é"));
	assert_true(match("^\\s$", "\xef\xbb\xbf"));
	assert_true(match("^[\\s]$", "\xe2\x80\xa9"));
	assert_false(match("^\\S$", "\xc2\xa0"));
	assert_false(match("^[^\\S]$", "a"));
	assert_false(match("^(.)$", "\xe2\x80\xa8"));
	assert_true(match("^(.)$", "\xc2\x85"));
	assert_true(match("^\\p{Letter}+$", "甲π"));
	assert_true(match("^\\p{Lu}\\P{Lu}$", "Ab"));
	assert_true(match("^\\p{Script=Han}+$", "平凉"));
	assert_true(match("^\\u{1F409}(?:\\uD83D\\uDC09)$", "🐉🐉"));
	assert_true(match("^[\\uD83D\\uDC00-\\uD83D\\uDCFF]$", "🐉"));
	assert_int_equal(match_n("^\\cA\\x41\\/\\-\\0$", "\1A/-\0", 5), PATTERN_YES);
	assert_int_equal(match_n("^\\cA\\x41\\/\\-\\0$", "\1A/-", 4), PATTERN_NO);
	assert_true(match("^[[:alpha:]]$", ":]"));
	assert_true(match("^(?:(a)|b)\\1$", "b"));
	assert_true(match("^(?<year>\\d{4})-\\k<year>$", "2024-2024"));
	assert_true(match("^a{,2}$", "a{,2}"));
	assert_false(match("[]", "a"));
	assert_true(match("^[^]$", "\n"));
	assert_true(match("^(?:[]*|\\ud800{0,2}a)$", ""));
	assert_true(match("^\\ud800*[\\udfff]?[^\\ud800]+$", "aé"));
	/* PCRE2's own \W and \D lose characters beside a property */
	assert_false(match("^(a|)[^\\p{Han}\\W]$", "٣"));
	assert_false(match("^(a|)[^\\p{Han}\\D]$", "٣"));
	assert_true(match("^(a|)[\\p{Han}\\W]$", "٣"));
	assert_false(match("^(a|)[\\p{Han}\\W\\D]$", "3"));
	assert_true(match("^[\\b]$", "\b"));
	assert_true(match("(?<=甲)乙", "甲乙"));
	assert_true(match("^(?i:ab)c$", "ABc"));
	assert_true(match("^\\p{LC}\\p{Cased_Letter}\\P{Assigned}$", "aB\u0378"));
	assert_true(match("(?=a)b?a", "a"));
	assert_true(match("^(?=甲).?甲$", "甲"));
	assert_true(match("(?=a)\\1(a)", "a"));
	/* annex B: a brace or bracket that closes nothing, a set beside a hyphen, PCRE2's properties */
	assert_true(match("^a{,2}{]}(?=a)*$", "a{,2}{]}"));
	assert_true(match("^[\\d-z-~][a-\\d-z]$", "~-"));
	assert_false(match("^[\\d-a-z]$", "b"));
	assert_true(match("^\\p{Greek}$", "α"));
}

static void refuses_what_is_not_ecma_262(void **state)
{
	static const char *const wrong[] = {
		"^(abc]",    "(abc",     "abc)",    "[abc",        "a++",     "*a",
		"a**",       "{2}",      "\\",      "\\a",         "\\Z",     "\\A",
		"\\h",       "\\Q..\\E", "\\x{41}", "\\012",       "\\1",     "(?>a)",
		"(?#c)a",    "(?P<n>a)", "(?R)",    "(?i)abc",     "(*UCP)a", "(*LIMIT_MATCH=9)a",
		"\\p",       "\\p{",     "\\u12",   "\\u{110000}", "[b-a]",   "(?<n>a)(?<n>b)",
		"\\k<n>",    "(?<1>a)",  "^*",      "\\b+",        "(?<=a)*", "(?|a|b)",
		"(?(1)a|b)", "\\K",      "\\G",     "\\R",         "\\X",     "\\N",
		"\\C",       "\\_",      "\\e",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		struct str why = { 0 };
		struct pattern *pattern = pattern_new(wrong[i], strlen(wrong[i]), &why);

		if (pattern || !why.len || pattern_is_valid(wrong[i], strlen(wrong[i])))
			fail_msg("%s passed", wrong[i]);
		str_release(&why);
	}
}

static void tells_the_place_of_a_fault(void **state)
{
	struct str why = { 0 };

	(void)state;
	assert_null(pattern_new("甲\\a", strlen("甲\\a"), &why));
	assert_string_equal(str_text(&why),
			    "an escape that ECMA-262 does not have, at character 2");
	str_release(&why);
}

static void valid_is_more_than_supported(void **state)
{
	struct str why = { 0 };

	(void)state;
	assert_true(pattern_is_valid("(?<=a+)b", 8));
	/* PCRE2 counts up to 65535, ECMA-262 without end */
	assert_true(pattern_is_valid("a{9,99999999999}", 16));
	assert_false(pattern_is_valid("a{99999999999,9}", 16));
	assert_false(pattern_is_valid("a{2,1}", 6));
	assert_true(pattern_is_valid("a{2,}", 5));
	assert_null(pattern_new("(?<=a+)b", 8, &why));
	assert_non_null(strstr(str_text(&why), "not supported"));
	str_release(&why);
}

static char *repeated(const char *before, const char *text, size_t n, const char *after)
{
	struct str out = { 0 };

	str_add(&out, before);
	for (size_t i = 0; i < n; i++)
		str_add(&out, text);
	str_add(&out, after);
	assert_false(out.failed);
	return out.p;
}

static void expensive_is_not_no(void **state)
{
	static char nearly[1001] = { [999] = ' ' };
	static const struct {
		const char *pattern, *text; /* repeated, with a ! at the end */
		size_t n;
	} rows[] = {
		/* exponential */
		{ "^(a+)+$", "a", 40 },
		{ "^(a|a)*$", "a", 40 },
		{ "^(?:a?){30}a{30}$", "a", 40 },
		{ "^(?:.*=){20}$", "=", 60 },
		{ "(x+x+)+[yz]$", "x", 60 },
		/* from wherever a match may begin to the end */
		{ "(?:\\s+$)", " ", 20000 },
		{ "x|a.*y", "a", 20000 },
		{ "^(?:a*b?)*[cd]$", "a", 20000 },
		/* what no step of PCRE2's own counts: runs in a lookahead, least numbers, references */
		{ "x|a{1000}[bc]", nearly, 40 },
		{ "(?=a*)[ac]x", "a", 40000 },
		{ "^(?:(?!a*c)a)*[bd]$", "a", 40000 },
		{ "(?:[^b]{9000}[ac][bd])", "a", 40000 },
		{ "^(a*)\\1[bd]", "a", 40000 },
	};

	(void)state;
	memset(nearly, 'a', sizeof(nearly) - 2); /* and a space */
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char *text = repeated("", rows[i].text, rows[i].n, "!");
		enum pattern_answer answer = match_n(rows[i].pattern, text, strlen(text));

		if (answer != PATTERN_EXPENSIVE)
			fail_msg("%s: %d", rows[i].pattern, answer);
		free(text);
	}
}

static void long_texts_are_not_expensive(void **state)
{
	static const char *const patterns[] = {
		"^(?:[^x]|x[^y])*$", "^(?:a|b|c)*$",    "^(?:[a-z]{1,8} ?)+$", "^(?!.*z.*z).*$",
		"(?:foo|bar|a+b?$)", "^(a)(?:\\1a?)*$", "^(?:a{8})+$",
	};
	char *text = repeated("", "aaaaaaaa", 2048, "");

	(void)state;
	for (size_t i = 0; i < sizeof(patterns) / sizeof(*patterns); i++)
		if (match_n(patterns[i], text, strlen(text)) != PATTERN_YES)
			fail_msg("%s", patterns[i]);
	free(text);
}

/* none of them takes seconds or gigabytes to compile, and most are refused */
static void hostile_patterns(void **state)
{
	static const struct {
		const char *before, *text, *after;
		size_t n;
		bool compiles;
	} rows[] = {
		{ "(?:", "a", ")", 60000, false },
		{ "(?:[", "a", "])", 60000, true },
		{ "(?:[", "a", "])", 1000000, false },
		{ "(?:", ".", ")", 1000000, false },
		{ "(?:", "\\p{L}|", ")", 900000, false },
		{ "", "(a)", "", 900000, false },
		{ "", "(", "a", 900000, false },
		{ "(?:", "a{9999}", ")", 900, true },
		{ "(((a{99}){99}){99}){9", "9", "}", 4, false },
		{ "(?:", "a{0,65535}", ")", 900000, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char *text = repeated(rows[i].before, rows[i].text, rows[i].n, rows[i].after);
		struct str why = { 0 };
		struct pattern *pattern = pattern_new(text, strlen(text), &why);

		if (!pattern != !rows[i].compiles || !pattern != (why.len > 0))
			fail_msg("%.20s: %s", text, str_text(&why));
		pattern_free(pattern);
		str_release(&why);
		free(text);
	}
}

/* valid though not supported; the parser's judgement needs no PCRE2 */
static void valid_however_long(void **state)
{
	char *text = repeated("", "(a)", 500000, "");

	(void)state;
	assert_true(pattern_is_valid(text, strlen(text)));
	text[strlen(text) - 1] = 'b';
	assert_false(pattern_is_valid(text, strlen(text)));
	free(text);
}

/* every pattern that needs no engine must answer as the engine does */
static void simple_agrees_with_the_engine(void **state)
{
	static const char *const patterns[] = {
		"^p-[0-9]{8}-[0-9a-hjkmnp-tv-z]{6}$",
		"^[a-z0-9][a-z0-9-]{1,30}[a-z0-9]$",
		"^M[1-9][0-9]{0,2}$",
		"\\S",
		"^\\S+$",
		"^[^\\t\\n\\r\\u0085\\u2028\\u2029]*$",
		"^[^〔〕\\s]{1,3}〔[12][0-9]{3}〕[1-9]号$",
		"^[A-Z]",
		"^$",
		"^a?b*c+$",
		"^[^@\\s]+@[^@\\s]+$",
		("^[^\\t\\n\\r\\u0085\\u2028\\u2029]*[^\\s\\u0085]"
		 "[^\\t\\n\\r\\u0085\\u2028\\u2029]*$"),
		"^[a-z]+[0-9a-f][a-z]*$",
		"^[a-z ]{2,}[0-9a-f][a-z ]*$",
		"[甲乙]",
	};
	static const char *const texts[] = {
		"",
		"p-20240418-q4z7aa",
		"p-20240418-q4z7ai",
		"ab",
		"a-b",
		"-ab",
		"M1",
		"M0",
		"M123",
		"M1234",
		" ",
		"\xe3\x80\x80",
		"\xc2\xa0x",
		"甲乙",
		"a\nb",
		"\xc2\x85",
		"平政发〔2024〕9号",
		"平 〔2024〕9号",
		"Z",
		"zZ",
		"bbc",
		"ac",
		"aabc",
		"a@b",
		"a@ b",
		"\xef\xbb\xbf",
		"丙",
		"abcdefghijklmnopqrstuvwxyz0123456",
		"  ",
		" 甲 乙 ",
		"甲\t",
		"甲乙\n丙",
		"\xc2\x85  ",
		"xyz0xyz",
		"xyz0xyz0",
		"xyfxy",
		"xya",
		"a",
		" f",
		"xxf ",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(patterns) / sizeof(*patterns); i++) {
		char wrapped[200] = "(?:";
		struct simple simple;

		if (!simple_parse(&simple, patterns[i], strlen(patterns[i])))
			fail_msg("%s is left to the engine", patterns[i]);
		strcat(strcat(wrapped, patterns[i]), ")");
		for (size_t j = 0; j < sizeof(texts) / sizeof(*texts); j++)
			if (simple_match(&simple, texts[j], strlen(texts[j])) !=
			    match(wrapped, texts[j]))
				fail_msg("%s and '%s'", patterns[i], texts[j]);
		simple_release(&simple);
	}
}

static void simple_leaves_the_rest(void **state)
{
	static const char *const others[] = {
		"^a|b$",
		"^(a)$",
		"^a+?$",
		"^a*b*a*b*$",
		"ab",
		"^.$",
		"^a{2}{3}$",
		"^\\bz",
		"^\\1$",
		"^[a-\\d]$",
		"^a*a*a*b$",
		"^\\p{L}$",
		"[",
		"^a{1,0}$",
		"^x*x{100}y",
		"^[abc]*b[bc]*x$",
		"^a?a[ab]*b[ab]*$",
		"^[ab]*b[abc]*$",
		"^[ab]*b[ab]*",
	};
	struct simple simple;

	(void)state;
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (simple_parse(&simple, others[i], strlen(others[i])))
			fail_msg("%s is no simple pattern", others[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(semantics_of_ecma_262),
		cmocka_unit_test(refuses_what_is_not_ecma_262),
		cmocka_unit_test(tells_the_place_of_a_fault),
		cmocka_unit_test(valid_is_more_than_supported),
		cmocka_unit_test(expensive_is_not_no),
		cmocka_unit_test(long_texts_are_not_expensive),
		cmocka_unit_test(hostile_patterns),
		cmocka_unit_test(valid_however_long),
		cmocka_unit_test(simple_agrees_with_the_engine),
		cmocka_unit_test(simple_leaves_the_rest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
