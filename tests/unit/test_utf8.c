/* UTF-8 text: validity, width, safe display, names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/utf8.h"

/* RFC 3629, section 4, written as a table of ranges for the second to fourth bytes */
static size_t valid_at(const unsigned char *p, size_t n)
{
	static const struct {
		unsigned char from, to, low, high;
		size_t length;
	} rows[] = {
		{ 0x00, 0x7f, 0, 0, 1 },       { 0xc2, 0xdf, 0x80, 0xbf, 2 },
		{ 0xe0, 0xe0, 0xa0, 0xbf, 3 }, { 0xe1, 0xec, 0x80, 0xbf, 3 },
		{ 0xed, 0xed, 0x80, 0x9f, 3 }, { 0xee, 0xef, 0x80, 0xbf, 3 },
		{ 0xf0, 0xf0, 0x90, 0xbf, 4 }, { 0xf1, 0xf3, 0x80, 0xbf, 4 },
		{ 0xf4, 0xf4, 0x80, 0x8f, 4 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		if (*p < rows[i].from || *p > rows[i].to)
			continue;
		if (n < rows[i].length ||
		    (rows[i].length > 1 && (p[1] < rows[i].low || p[1] > rows[i].high)))
			return 0;
		for (size_t j = 2; j < rows[i].length; j++)
			if (p[j] < 0x80 || p[j] > 0xbf)
				return 0;
		return rows[i].length;
	}
	return 0;
}

static size_t valid_start(const unsigned char *p, size_t n)
{
	size_t at = 0, length;

	while (at < n && (length = valid_at(p + at, n - at)) > 0)
		at += length;
	return at;
}

/* every pair of bytes, alone and behind eight that are looked at together, and many longer ones */
static void validity(void **state)
{
	unsigned char text[16] = "abcdefgh";
	uint32_t seed = 1;

	(void)state;
	for (unsigned a = 0; a < 256; a++)
		for (unsigned b = 0; b < 256; b++) {
			text[8] = (unsigned char)a;
			text[9] = (unsigned char)b;
			assert_int_equal(utf8_valid((char *)text + 8, 2), valid_start(text + 8, 2));
			assert_int_equal(utf8_valid((char *)text, 10), valid_start(text, 10));
		}
	for (int i = 0; i < 200000; i++) {
		static const unsigned char bytes[] = { 'a',  0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf,
						       0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed,
						       0xee, 0xf0, 0xf3, 0xf4, 0xf5, 0xff, 0 };
		size_t n = 0;

		for (; n < 12; n++) {
			seed = seed * 1103515245 + 12345;
			text[n] = bytes[(seed >> 16) % sizeof(bytes)];
		}
		assert_int_equal(utf8_valid((char *)text, n), valid_start(text, n));
	}
	assert_int_equal(utf8_valid("", 0), 0);
	assert_int_equal(utf8_valid("走访", 5), 3);
}

/* every character there is, there and back */
static void characters(void **state)
{
	(void)state;
	for (int32_t c = 0; c <= 0x10ffff; c++) {
		char out[4];
		const char *p = out;
		size_t n;

		if (c >= 0xd800 && c <= 0xdfff)
			continue;
		n = utf8_encode(c, out);
		assert_int_equal(n, c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4);
		assert_int_equal(utf8_length_of(out[0]), n);
		assert_int_equal(utf8_decode(&p, out + n), c);
		assert_ptr_equal(p, out + n);
	}
}

static void decoding_what_is_none(void **state)
{
	const char text[] = "\xe8\xb5", *p = text;

	(void)state;
	assert_int_equal(utf8_decode(&p, text + 2), 0xfffd);
	assert_ptr_equal(p, text + 1);
	assert_int_equal(utf8_decode(&p, text + 2), 0xfffd);
	assert_ptr_equal(p, text + 2);
}

static void counts_and_widths(void **state)
{
	static const struct {
		const char *text;
		size_t count, width;
	} rows[] = {
		{ "", 0, 0 },
		{ "duban", 5, 5 },
		{ "走访", 2, 4 },
		{ "p-1 走访", 6, 8 },
		{ "“一件事”", 5, 8 },  /* the quotation marks are narrow */
		{ "（１）", 3, 6 },    /* full-width brackets and digit */
		{ "e\xcc\x81", 2, 1 }, /* e and a combining accent */
		{ "a\x1b[31m", 6, 5 }, /* an escape takes no column */
		{ "\xe2\x80\xae"
		  "a",
		  2, 1 },      /* nor does a bidi override */
		{ "ｱ", 1, 1 }, /* half-width */
		{ "🏢", 1, 2 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		size_t n = strlen(rows[i].text);

		assert_int_equal(utf8_count(rows[i].text, n), rows[i].count);
		assert_int_equal(utf8_width(rows[i].text, n), rows[i].width);
	}
}

/* counted by the byte, at every length and beginning */
static void counts_of_any_bytes(void **state)
{
	static const char text[] = "a示例🚩\xc2\x85z甲乙丙丁\xff\x80\x80\xf0\x9f";

	(void)state;
	for (size_t from = 0; from < sizeof(text); from++)
		for (size_t to = from; to < sizeof(text); to++) {
			size_t count = 0;

			for (size_t i = from; i < to; i++)
				count += ((unsigned char)text[i] & 0xc0) != 0x80;
			assert_int_equal(utf8_count(text + from, to - from), count);
		}
}

/* told by their beginning from words that they may be */
static void beginnings(void **state)
{
	static const char *const words[] = { "", "无", "同上", "(签字)", "1号" };
	static const struct {
		const char *text;
		bool may;
	} rows[] = { { "", true },          { "无", true },       { "无诉求", true },
		     { "示例", false },     { "9", false },       { "1", true },
		     { " 无", true },       { "（签字）", true }, { "abc", true },
		     { "同", true },        { "暂无", false },    { "１号", true },
		     { "\xe6\x97", false }, { "\xe6", false } };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (name_may_begin(rows[i].text, words, sizeof(words) / sizeof(*words)) !=
		    rows[i].may)
			fail_msg("'%s'", rows[i].text);
}

static void fitting(void **state)
{
	const char *text = "走a访e\xcc\x81。";

	(void)state;
	assert_int_equal(utf8_fit(text, strlen(text), 0), 0);
	assert_int_equal(utf8_fit(text, strlen(text), 1), 0);
	assert_int_equal(utf8_fit(text, strlen(text), 2), 3);
	assert_int_equal(utf8_fit(text, strlen(text), 3), 4);
	assert_int_equal(utf8_fit(text, strlen(text), 4), 4);
	assert_int_equal(utf8_fit(text, strlen(text), 5), 7);
	assert_int_equal(utf8_fit(text, strlen(text), 6), 10); /* the accent stays with its e */
	assert_int_equal(utf8_fit(text, strlen(text), 99), strlen(text));
}

static void controls(void **state)
{
	static const struct {
		int32_t from, to;
	} ranges[] = { { 0, 0x1f },        { 0x7f, 0x9f },     { 0x061c, 0x061c },
		       { 0x200b, 0x200f }, { 0x2028, 0x202e }, { 0x2060, 0x206f },
		       { 0xfeff, 0xfeff }, { 0xfff9, 0xfffb }, { 0xfffe, 0xffff } };

	(void)state;
	for (int32_t c = 0; c <= 0x10ffff; c++) {
		bool expected = false;

		for (size_t i = 0; i < sizeof(ranges) / sizeof(*ranges); i++)
			expected = expected || (c >= ranges[i].from && c <= ranges[i].to);
		assert_int_equal(utf8_is_control(c), expected);
	}
}

static const char *visible(const char *text, size_t n, bool keep_newlines)
{
	static struct str out;

	str_reset(&out);
	utf8_add_visible(&out, text, n, keep_newlines);
	return str_text(&out);
}

#define VISIBLE(text) visible(text, sizeof(text) - 1, false)

static void made_visible(void **state)
{
	(void)state;
	assert_string_equal(VISIBLE("走访 a\\b \"c\""), "走访 a\\b \"c\"");
	assert_string_equal(VISIBLE("\x1b[2J"), "\\x1b[2J");
	assert_string_equal(VISIBLE("a\0b\x7f\xc2\x9b"), "a\\x00b\\x7f\\x9b");
	assert_string_equal(VISIBLE("\xe2\x80\xae"
				    "abc"),
			    "\\u202e"
			    "abc");
	assert_string_equal(VISIBLE("\xef\xbb\xbf"
				    "a\xe2\x80\xa8"),
			    "\\ufeffa\\u2028");
	assert_string_equal(VISIBLE("\xff\xd7\xdf"), "\\xff\\xd7\\xdf");
	assert_string_equal(VISIBLE("\xef\xbf\xbd"), "\xef\xbf\xbd"); /* U+FFFD itself is text */
	assert_string_equal(VISIBLE("a\tb\r\nc"), "a\\tb\\x0d\\nc");
	assert_string_equal(visible("a\nb", 3, true), "a\nb");
}

static const char *folded(const char *text)
{
	static struct arena arena;
	const char *name;

	arena_reset(&arena);
	name = name_fold(&arena, text, strlen(text));
	return name ? name : "(none)";
}

static void names(void **state)
{
	(void)state;
	assert_string_equal(folded("张某"), "张某");
	assert_string_equal(folded(" 张\xe3\x80\x80某\xc2\xa0\t"), "张某");
	assert_string_equal(folded("ＡＢＣ１２"), "ABC12");
	assert_string_equal(folded("e\xcc\x81"), "\xc3\xa9");
	assert_string_equal(folded("⽅案"), "方案"); /* the radical that PDF texts have */
	assert_string_equal(folded(""), "");
	assert_string_equal(folded("\xff"), "(none)");
	assert_string_equal(folded("\xe5\xb9"), "(none)");
	assert_string_equal(folded("\xe5\xb9x"), "(none)");
	/* what is taken as it is must be what folding makes of it; a space beside it is taken away
	 */
	for (int32_t c = 0x21; c <= 0x3ffff; c++) {
		char with[8] = " ", alone[64] = "";

		if (c >= 0xd800 && c <= 0xdfff)
			continue;
		with[1 + utf8_encode(c, with + 1)] = '\0';
		snprintf(alone, sizeof(alone), "%s", folded(with + 1));
		assert_string_equal(folded(with), alone);
	}
}

static void trimming(void **state)
{
	const char *text = " \t\xe3\x80\x80走 访\xc2\xa0\n";
	size_t n = strlen(text);

	(void)state;
	utf8_trim(&text, &n);
	assert_int_equal(n, 7);
	assert_memory_equal(text, "走 访", 7);
	text = "\xe3\x80\x80 ";
	n = strlen(text);
	utf8_trim(&text, &n);
	assert_int_equal(n, 0);
	n = 0;
	utf8_trim(&text, &n);
	assert_int_equal(n, 0);
	assert_true(utf8_is_blank("", 0));
	assert_true(utf8_is_blank(" \xe3\x80\x80\t", 5));
	assert_false(utf8_is_blank(" \xe3\x80\x80x", 5));
	assert_true(utf8_is_space(0x3000));
	assert_true(utf8_is_space(0x2003));
	assert_false(utf8_is_space(0x200b));
	assert_false(utf8_is_space('a'));
}

static void distances(void **state)
{
	static const struct {
		const char *a, *b;
		unsigned limit, distance;
	} rows[] = {
		{ "", "", 2, 0 },
		{ "jingchuan", "jingchuan", 2, 0 },
		{ "jingchaun", "jingchuan", 2, 1 }, /* neighbours swapped */
		{ "jingchun", "jingchuan", 2, 1 },
		{ "jingchuann", "jingchuan", 2, 1 },
		{ "jinhchuan", "jingchuan", 2, 1 },
		{ "", "ab", 2, 2 },
		{ "", "abc", 2, 3 },
		{ "kitten", "sitting", 3, 3 },
		{ "kitten", "sitting", 2, 3 }, /* limit + 1 */
		{ "泾川", "经川", 2, 1 },
		{ "abcdef", "uvwxyz", 2, 3 },
		{ "ca", "abc", 9, 3 }, /* nothing is edited between swapped neighbours */
	};
	char longer[70];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		assert_int_equal(text_distance(rows[i].a, rows[i].b, rows[i].limit),
				 rows[i].distance);
		assert_int_equal(text_distance(rows[i].b, rows[i].a, rows[i].limit),
				 rows[i].distance);
	}
	memset(longer, 'a', sizeof(longer));
	longer[64] = '\0';
	assert_int_equal(text_distance(longer, longer, 2), 0);
	longer[64] = 'a';
	longer[65] = '\0';
	assert_int_equal(text_distance(longer, longer, 2), 3);
	/* what ends early ends right */
	for (unsigned i = 0; i < 3000; i++) {
		char a[8] = "", b[8] = "";
		unsigned seed = i * 2654435761u, full;

		for (unsigned j = 0; j < 7; j++) {
			a[j] = "abc"[(seed >> j * 2 & 3) % 3];
			b[j] = j < 4 + seed % 4 ? "acb"[(seed >> (j * 2 + 11) & 3) % 3] : '\0';
		}
		full = text_distance(a, b, 64);
		for (unsigned limit = 0; limit < 4; limit++)
			assert_int_equal(text_distance(a, b, limit),
					 full > limit ? limit + 1 : full);
	}
}

int main(void)
{
	const struct CMUnitTest utf8[] = {
		cmocka_unit_test(validity),
		cmocka_unit_test(characters),
		cmocka_unit_test(decoding_what_is_none),
		cmocka_unit_test(counts_and_widths),
		cmocka_unit_test(counts_of_any_bytes),
		cmocka_unit_test(beginnings),
		cmocka_unit_test(fitting),
		cmocka_unit_test(controls),
		cmocka_unit_test(made_visible),
		cmocka_unit_test(names),
		cmocka_unit_test(trimming),
		cmocka_unit_test(distances),
	};

	return cmocka_run_group_tests(utf8, NULL, NULL);
}
