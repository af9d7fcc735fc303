/* Host names in all letters: Punycode, IDNA 2008, the Bidi rule, lengths. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>
#include <cmocka.h>

#include "base/str.h"
#include "base/utf8.h"
#include "schema/format.h"
#include "schema/idna.h"
#include "schema/punycode.h"

#define ROOM 128

static size_t decode(const char *text, uint32_t out[ROOM])
{
	const char *end = text + strlen(text);
	size_t n = 0;

	while (text < end && n < ROOM)
		out[n++] = (uint32_t)utf8_decode(&text, end);
	return n;
}

/* each of the names, up to NULL */
static void expect(format_check *check, bool valid, const char *const *names)
{
	for (; *names; names++)
		if (check(*names, strlen(*names)) != valid)
			fail_msg("%s is %s", *names, valid ? "refused" : "let pass");
}

#define VALID(check, ...) expect(check, true, (const char *const[]){ __VA_ARGS__, NULL })
#define INVALID(check, ...) expect(check, false, (const char *const[]){ __VA_ARGS__, NULL })

/* RFC 3492 7.1; capitals that only annotate case, as in (I), are small here */
static void punycode_of_rfc_3492(void **state)
{
	static const struct {
		const char *text, *ascii;
	} samples[] = {
		{ "ليهمابتكلموشعربي؟", "egbpdaj6bu4bxfgehfvwxn" },
		{ "他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye" },
		{ "他們爲什麽不說中文", "ihqwctvzc91f659drss3x8bo0yb" },
		{ "Pročprostěnemluvíčesky", "Proprostnemluvesky-uyb24dma41a" },
		{ "למההםפשוטלאמדבריםעברית", "4dbcagdahymbxekheh6e0a7fei0b" },
		{ "यहलोगहिन्दीक्योंनहींबोलसकतेहैं", "i1baa7eci9glrd9b2ae1bj0hfcgg6iyaf8o0a1dig0cd" },
		{ "なぜみんな日本語を話してくれないのか",
		  "n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa" },
		{ "세계의모든사람들이한국어를이해한다면얼마나좋을까",
		  "989aomsvi5e83db1d2a355cv1e0vak1dwrv93d5xbh15a0dt30a5jpsd879ccm6fea98c" },
		{ "почемужеонинеговорятпорусски", "b1abfaaepdrnnbgefbadotcwatmq2g4l" },
		{ "PorquénopuedensimplementehablarenEspañol",
		  "PorqunopuedensimplementehablarenEspaol-fmd56a" },
		{ "TạisaohọkhôngthểchỉnóitiếngViệt",
		  "TisaohkhngthchnitingVit-kjcr8268qyxafd2f1b9g" },
		{ "3年B組金八先生", "3B-ww4c5e180e575a65lsy2b" },
		{ "安室奈美恵-with-SUPER-MONKEYS", "-with-SUPER-MONKEYS-pc58ag80a8qai00g7n9n" },
		{ "Hello-Another-Way-それぞれの場所", "Hello-Another-Way--fc4qua05auwb3674vfr0b" },
		{ "ひとつ屋根の下2", "2-u9tlzr9756bt3uc0v" },
		{ "MajiでKoiする5秒前", "MajiKoi5-783gue6qz075azm5e" },
		{ "パフィーdeルンバ", "de-jg4avhby1noc0d" },
		{ "そのスピードで", "d9juau41awczczp" },
		{ "-> $1.00 <-", "-> $1.00 <--" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(samples) / sizeof(*samples); i++) {
		uint32_t text[ROOM], decoded[ROOM];
		char ascii[ROOM];
		size_t n = decode(samples[i].text, text), length = strlen(samples[i].ascii);

		assert_int_equal(punycode_encode(text, n, ascii, ROOM), length);
		assert_memory_equal(ascii, samples[i].ascii, length);
		assert_int_equal(punycode_encode(text, n, ascii, length), length);
		assert_int_equal(punycode_encode(text, n, ascii, length - 1), 0);
		assert_int_equal(punycode_decode(ascii, length, decoded, ROOM), n);
		assert_memory_equal(decoded, text, n * sizeof(*text));
		assert_int_equal(punycode_decode(ascii, length, decoded, n), n);
		assert_int_equal(punycode_decode(ascii, length, decoded, n - 1), 0);
	}
}

static void punycode_that_is_none(void **state)
{
	/* cut off, no digits, beyond U+10FFFF, beyond 32 bits, beyond ASCII, nothing */
	static const char *const texts[] = { "x",          "-",      "a-!",       "a-!a",
					     "99999b",     "99999a", "02731841s", "49937926h",
					     "\xc3\xa9-a", "" };
	uint32_t decoded[ROOM];

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		assert_int_equal(punycode_decode(texts[i], strlen(texts[i]), decoded, ROOM), 0);
}

/* no text has two encodings: all of up to three characters, and many of eight */
static void punycode_is_canonical(void **state)
{
	static const char digits[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
	const unsigned base = sizeof(digits) - 1;
	uint32_t decoded[ROOM], random = 1;
	char text[8], again[ROOM];
	unsigned taken = 0;

	(void)state;
	for (unsigned i = 0; i < 4 * base * base * base; i++) {
		size_t n = 0, count;

		if (i < base * base * base)
			for (unsigned rest = i + 1; rest; rest /= base)
				text[n++] = digits[rest % base];
		else
			for (n = 0; n < sizeof(text); n++) {
				random = random * 1664525 + 1013904223;
				text[n] = digits[(random >> 16) % base];
			}
		count = punycode_decode(text, n, decoded, ROOM);
		if (!count)
			continue;
		taken++;
		assert_int_equal(punycode_encode(decoded, count, again, ROOM), n);
		assert_memory_equal(again, text, n);
	}
	assert_true(taken > base * base);
}

static void letters_digits_hyphens(void **state)
{
	(void)state;
	VALID(format_hostname, "a", "1", "a-b.c1", "EXAMPLE.org", "192.0.2.1", "a--b", "ab--cd");
	INVALID(format_hostname, "", ".", "a.", ".a", "a..b", "-a", "a-", "a_b", "a b", "é", "a。b",
		"xn--", "xn--a-");
	VALID(format_idn_hostname, "a", "1", "a-b.c1", "EXAMPLE.org", "a--b");
	/* RFC 5890 2.3.1: reserved, whatever the letters beside them */
	INVALID(format_idn_hostname, "ab--cd", "ab--cd.例", "aé--b", "xn--é", "éa--b");
	INVALID(format_idn_hostname, "", "-é", "é-", "a_é", "a é", "-> $1.00 <--");
}

static void full_stops_of_other_scripts(void **state)
{
	(void)state;
	VALID(format_idn_hostname, "a。b", "a．b", "a｡b", "例.例。例");
	INVALID(format_idn_hostname, "。", "a。", "．a", "a｡｡b", "a․b");
}

/* RFC 5892 section 2 */
static void derived_properties(void **state)
{
	(void)state;
	/* A: letters, digits and marks; U+0CF1 since Unicode 6 (RFC 6452) */
	VALID(format_idn_hostname, "é", "例", "почему", "ˁé", "१", "क\u0940", "\u0cf1", "Ꭰ",
	      "\U0001e922");
	INVALID(format_idn_hostname, "☃", "a–b", "a\u00a0b", "½", "ⅷ", "\u19da", "\U0001f409");
	/* B: changed by case or width */
	INVALID(format_idn_hostname, "É", "éA", "ａ", "ﬁ", "\u212b", "\u0958", "\u0e33", "\uab70",
		"\u1c80", "\U0001e900");
	/* C: ignorable, white space, no characters */
	INVALID(format_idn_hostname, "é\u034f", "例\ufe00", "é\u00ad", "é\u3000", "é\u2028",
		"é\ufdd0", "é\uffff", "é\U000e0100");
	/* D: blocks of symbols and notes */
	INVALID(format_idn_hostname, "é\u20d0", "é\U0001d165", "é\U0001d242");
	/* F: exceptions */
	VALID(format_idn_hostname, "faß", "ς", "\u06fd\u06fe", "\u0f0b", "〇");
	INVALID(format_idn_hostname, "ب\u0640ب", "ߊ\u07fa", "가\u302e", "가\u302f", "か\u3031",
		"か\u3035", "か\u303b");
	/* I: jamo that are no syllables */
	INVALID(format_idn_hostname, "\u1100", "\u1161", "\u11a8", "\ua960", "\ud7b0", "\ud7cb");
	/* J: not assigned; private use */
	INVALID(format_idn_hostname, "\u0378", "\U000323b0", "\ue000");
}

/* RFC 5891 4.2.3.2, and 4.1 for the form */
static void marks_and_composition(void **state)
{
	(void)state;
	VALID(format_idn_hostname, "é", "x\u0323\u0302", "क\u0903");
	INVALID(format_idn_hostname, "\u0301a", "\u0903a", "\u0488a", "a.\u0301", "e\u0301",
		"x\u0302\u0323");
}

/* RFC 5892 appendix A */
static void contextual_rules(void **state)
{
	(void)state;
	/* A.1 */
	VALID(format_idn_hostname, "क\u094d\u200cष", "ب\u200cب", "ب\u200cا", "ب\u064e\u200c\u064eب",
	      "\ua872\u200c\ua840");
	INVALID(format_idn_hostname, "\u200c", "\u200cب", "ب\u200c", "ا\u200cب", "ب\u200cء",
		"a\u200cé", "ب\u064e\u200c", "\u200c\u064eب", "क\u200cष", "क\u094d\u200cषx\u200cy");
	/* A.2 */
	VALID(format_idn_hostname, "क\u094d\u200dष", "क\u094d\u200d");
	INVALID(format_idn_hostname, "\u200d", "क\u200dष", "ب\u200dب", "क\u094d\u200d\u200dष");
	/* A.3 */
	VALID(format_idn_hostname, "l·l", "col·lega", "l·l·l");
	INVALID(format_idn_hostname, "·", "·l", "l·", "a·l", "l·a", "é.l·", "L·L");
	/* A.4 */
	VALID(format_idn_hostname, "α\u0375β", "\u0375β");
	INVALID(format_idn_hostname, "α\u0375", "α\u0375s", "\u0375");
	/* A.5 and A.6 */
	VALID(format_idn_hostname, "א׳ב", "א״ב", "א׳");
	INVALID(format_idn_hostname, "׳ב", "״ב", "a׳", "ا״");
	/* A.7 */
	VALID(format_idn_hostname, "・ぁ", "ァ・", "a・丈", "・々");
	INVALID(format_idn_hostname, "・", "def・abc", "・ー", "・ᄀ");
	/* A.8 and A.9 */
	VALID(format_idn_hostname, "ب٠٩ب", "ب۰۹ب", "۰0");
	INVALID(format_idn_hostname, "ب٠۰", "ب۹٩");
}

/* RFC 5893 section 2 */
static void conditions_of_the_bidi_rule(void **state)
{
	static const struct {
		const char *label;
		bool obeys;
	} rows[] = {
		/* 1 */
		{ "a", true },
		{ "א", true },
		{ "ا", true },
		{ "1", false },
		{ "-a", false },
		{ "١ا", false },
		{ "\u05b0א", false },
		{ "1א", false },
		/* 2 */
		{ "א1-+,$\u02c6\u05b0ا", true },
		{ "אaב", false },
		{ "א ב", false },
		/* 3 */
		{ "א\u05b0\u05b0", true },
		{ "א1\u05b0", true },
		{ "ا١", true },
		{ "א-", false },
		{ "א\u02c6\u05b0", false },
		/* 4 */
		{ "א12", true },
		{ "א1١", false },
		{ "ا١ا1", false },
		/* 5 */
		{ "a1-+,$\u02c6\u0301b", true },
		{ "aאb", false },
		{ "aاb", false },
		{ "a١b", false },
		{ "a b", false },
		/* 6 */
		{ "a1", true },
		{ "a\u0301\u0301", true },
		{ "a1\u0301", true },
		{ "a-", false },
		{ "a\u02c6\u0301", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		uint32_t label[ROOM];

		if (idna_obeys_bidi_rule(label, decode(rows[i].label, label)) != rows[i].obeys)
			fail_msg("row %zu, %s", i, rows[i].label);
	}
}

/* RFC 5893 1.4: one label from right to left, and the rule holds for each */
static void bidi_domain_names(void **state)
{
	(void)state;
	VALID(format_idn_hostname, "1a.例", "a\u02c6.b", "a1.א", "א.a-b", "xn--4db.a1", "א1.ا١");
	INVALID(format_idn_hostname, "1a.א", "1a.ا", "א.1a", "א.例.1", "a\u02c6.א", "xn--4db.1a",
		"aא", "א.١", "١.com", "xn--0ca24w");
	VALID(format_hostname, "a1.xn--4db", "1a.xn--fsq");
	INVALID(format_hostname, "1a.xn--4db", "xn--4db.1a");
}

/* RFC 5891 5.3 and 5.4: what an A-label stands for is valid and stands for no other A-label */
static void a_labels(void **state)
{
	static format_check *const checks[] = { format_hostname, format_idn_hostname };

	(void)state;
	for (int i = 0; i < 2; i++) {
		VALID(checks[i], "xn--9n2bp8q.xn--9t4b11yi5a", "XN--9N2BP8Q", "xn--ll-0ea",
		      "xn--fa-hia", "xn--11b2ezcs70k", "xn--ngba1o");
		INVALID(checks[i], "xn--X", "xn--a", "xn--zz--", "xn--99999", "xn--example-",
			"xn---9uc", "xn--n3h", "xn--hello-zed", "xn--l-gda", "xn--ngb6iyr",
			"XN--aa---o47jg78q", "xn--e-xbb", "xn---ab");
	}
}

static void repeat(struct str *out, const char *text, size_t n)
{
	while (n-- > 0)
		str_add(out, text);
}

static bool is_valid(format_check *check, struct str *name)
{
	bool valid = check(str_text(name), name->len);

	str_release(name);
	return valid;
}

/* "aaa.aaa.", a label of 63 octets each, then n letters */
static struct str long_name(const char *letter, size_t n)
{
	struct str name = { 0 };

	for (int i = 0; i < 3; i++) {
		repeat(&name, "a", 63);
		str_add(&name, ".");
	}
	repeat(&name, letter, n);
	return name;
}

/* octets of the A-label form: 63 for a label, 253 for a name */
static void lengths(void **state)
{
	struct str name = { 0 };
	char ascii[ROOM];
	uint32_t label[ROOM];
	size_t n = 0;

	(void)state;
	name = long_name("a", 61);
	assert_true(is_valid(format_hostname, &name));
	name = long_name("a", 62);
	assert_false(is_valid(format_hostname, &name));
	name = long_name("a", 64);
	assert_false(is_valid(format_hostname, &name));
	repeat(&name, "a", 63);
	assert_true(is_valid(format_idn_hostname, &name));
	repeat(&name, "a", 64);
	assert_false(is_valid(format_idn_hostname, &name));
	/* the most of one letter that a label takes, 168 bytes of UTF-8: three make a long name */
	do
		label[n++] = 0x4f8b;
	while (punycode_encode(label, n, ascii, ROOM) <= 59);
	repeat(&name, "例", n);
	assert_false(is_valid(format_idn_hostname, &name));
	for (int i = 0; i < 3; i++) {
		repeat(&name, "例", n - 1);
		str_add(&name, ".");
	}
	str_add(&name, "com");
	assert_true(name.len > 253);
	assert_true(is_valid(format_idn_hostname, &name));
	/* "xn--" and what stands for n times é: 253 octets for the name, then 254 */
	for (n = 1; n < 60; n++) {
		label[n - 1] = 0xe9;
		name = long_name("é", n);
		assert_int_equal(is_valid(format_idn_hostname, &name),
				 punycode_encode(label, n, ascii, ROOM) + 4 + 3 * 64 <= 253);
	}
	/* no label is too long to be refused */
	repeat(&name, "é", 5000);
	assert_false(is_valid(format_idn_hostname, &name));
	repeat(&name, "a", 5000);
	assert_false(is_valid(format_hostname, &name));
}

static void nul_and_what_is_no_utf_8(void **state)
{
	static const char *const pieces[] = {
		"a", "\xc3", "\xa9",         "\xed\xa0\x80", "\xf4\x90",     "\xff",    "xn--",
		"-", ".",    "\xe3\x80\x82", "\xe4\xbe",     "\xe4\xbe\x8b", "\xd7\x90"
	};
	size_t count = sizeof(pieces) / sizeof(*pieces);

	(void)state;
	assert_false(format_hostname("a\0b", 3));
	assert_false(format_hostname("a\0", 2));
	assert_false(format_idn_hostname("\0", 1));
	assert_false(format_idn_hostname("\xe4\xbe\x8b\0", 4));
	assert_false(format_idn_hostname("\xe4\xbe\x8b", 2));
	INVALID(format_idn_hostname, "\xed\xa0\x80", "a\xff", "\xc0\xae", "\xf4\x90\x80\x80");
	/* all that matters here is that it ends */
	for (size_t i = 0; i < count * count * count; i++) {
		struct str name = { 0 };

		str_add(&name, pieces[i % count]);
		str_add(&name, pieces[i / count % count]);
		str_add(&name, pieces[i / count / count]);
		(void)format_hostname(str_text(&name), name.len);
		(void)format_idn_email(str_text(&name), name.len);
		(void)is_valid(format_idn_hostname, &name);
	}
}

/* RFC 5891 5.2: the domain of an address is mapped, a host name is taken as it is */
static void mapped_domains(void **state)
{
	(void)state;
	VALID(format_idn_email, "a@例.测试", "a@例。测试", "a@CAFÉ.example", "a@cafe\u0301.example",
	      "a@ＡＢＣ.example", "a@ﾊﾝｶｸ.example", "a@EXAMPLE.ORG", "a@xn--9n2bp8q",
	      "a@faß.example");
	INVALID(format_idn_email, "a@☃.example", "a@e\u0301..b", "a@e\u0301-", "a@1a.א", "a@xn--X",
		"a@é.", "a@é。", "a@a_é", "a@ab--cd", "a＠b", "a@x\u200cy");
	INVALID(format_email, "a@é.example", "a@b。c", "a@xn--X", "a@ａ");
	VALID(format_email, "a@xn--9n2bp8q", "a@ab--cd");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(punycode_of_rfc_3492),
		cmocka_unit_test(punycode_that_is_none),
		cmocka_unit_test(punycode_is_canonical),
		cmocka_unit_test(letters_digits_hyphens),
		cmocka_unit_test(full_stops_of_other_scripts),
		cmocka_unit_test(derived_properties),
		cmocka_unit_test(marks_and_composition),
		cmocka_unit_test(contextual_rules),
		cmocka_unit_test(conditions_of_the_bidi_rule),
		cmocka_unit_test(bidi_domain_names),
		cmocka_unit_test(a_labels),
		cmocka_unit_test(lengths),
		cmocka_unit_test(nul_and_what_is_no_utf_8),
		cmocka_unit_test(mapped_domains),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
