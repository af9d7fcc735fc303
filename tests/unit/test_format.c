/* The formats, each against its standard; host names are test_idn.c's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/str.h"
#include "schema/format.h"
#include "schema/pattern.h"

/* each of the texts, up to NULL */
static void expect(format_check *check, bool valid, const char *const *texts)
{
	for (; *texts; texts++)
		if (check(*texts, strlen(*texts)) != valid)
			fail_msg("%s is %s", *texts, valid ? "refused" : "let pass");
}

#define VALID(check, ...) expect(check, true, (const char *const[]){ __VA_ARGS__, NULL })
#define INVALID(check, ...) expect(check, false, (const char *const[]){ __VA_ARGS__, NULL })

/* RFC 3339 5.6 and 5.7 */
static void dates_and_times(void **state)
{
	(void)state;
	VALID(format_date, "2024-02-29", "2000-02-29", "0000-02-29", "9999-12-31");
	INVALID(format_date, "2023-02-29", "1900-02-29", "2024-04-31", "2024-00-01", "2024-13-01",
		"2024-01-00", "2024-1-01", "10000-01-01", "+2024-01-01", "20240101", "2024-W01-1",
		"2024-001", "2024-01-01Z", "2024-01-01\n", "２０24-01-01", "");
	VALID(format_time, "12:00:00Z", "12:00:00z", "12:00:00-00:00", "12:00:00+23:59",
	      "12:00:00.000000000000000000001Z", "23:59:60Z", "23:59:60.9Z", "01:29:60+01:30",
	      "15:59:60-08:00");
	INVALID(format_time, "12:00:00", "12:00Z", "24:00:00Z", "12:60:00Z", "12:00:61Z",
		"12:00:00.Z", "12:00:00,5Z", "12:00:00 Z", "12:00:00+24:00", "12:00:00+08:60",
		"12:00:00+0800", "12:00:00+08", "12:00:00−08:00", "T12:00:00Z", "12:00:00ZZ",
		"22:59:60Z", "23:58:60Z", "23:59:60+01:00");
	VALID(format_date_time, "2024-04-18T17:40:00+08:00", "2024-04-18t17:40:00.5z");
	INVALID(format_date_time, "2024-04-18 17:40:00Z", "2024-04-18T17:40:00", "2024-04-18T",
		"2024-02-30T17:40:00Z", "2024-04-18TT17:40:00Z", "17:40:00Z");
}

/* RFC 3339 5.7: at the end of a June or a December */
static void leap_seconds(void **state)
{
	(void)state;
	VALID(format_date_time, "1998-12-31T23:59:60Z", "1997-06-30T23:59:60.5z",
	      "1998-12-31T15:59:60-08:00", "1999-01-01T07:59:60+08:00", "1997-07-01T00:59:60+01:00",
	      "1998-12-31T23:59:60-00:00");
	INVALID(format_date_time, "1998-12-30T23:59:60Z", "1998-03-31T23:59:60Z",
		"1998-11-30T23:59:60Z", "1998-12-31T07:59:60+08:00", "1998-12-31T00:29:60+00:30",
		"1998-12-30T15:59:60-08:00", "1999-01-01T15:59:60-08:00", "1998-12-31T23:58:60Z");
}

/* RFC 3339 appendix A */
static void durations(void **state)
{
	(void)state;
	VALID(format_duration, "P1Y", "P1M", "P1D", "P1W", "PT1H", "PT1M", "PT1S", "P1Y2M3DT4H5M6S",
	      "P1DT1S", "P0D", "PT36H", "P00001Y", "P99999999999999999999Y");
	INVALID(format_duration, "", "P", "PT", "P1", "P1YT", "1Y", "P1D1Y", "PT1S1H", "P1Y2D",
		"PT1H2S", "P1Y1W", "P1W1D", "P1WT1H", "P1W2W", "P1Y1Y", "P1.5D", "PT0.5S", "P-1D",
		"-P1D", "p1d", "P1H", "PT1D", "P1D ", "PTT1H", "P২Y", "PW");
}

/* RFC 2673 3.2; RFC 4291 2.2 */
static void addresses(void **state)
{
	(void)state;
	VALID(format_ipv4, "192.0.2.1", "0.0.0.0", "255.255.255.255");
	INVALID(format_ipv4, "", "256.0.0.1", "1.2.3", "1.2.3.4.5", "01.2.3.4", "1.2.3.00",
		"0x1.2.3.4", "2130706433", "1.2.3.4 ", "1.2.3.4\n", "1.2.3.4/24", "１.2.3.4");
	VALID(format_ipv6, "::", "::1", "1::", "1:2:3:4:5:6:7:8",
	      "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "::ffff:192.0.2.1", "1:2:3:4:5:6:1.2.3.4",
	      "ABCD::");
	INVALID(format_ipv6, "", ":", ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9",
		"12345::", "g::", ":1", "1:", "::1.2.3", "::1.2.3.256", "::01.2.3.4",
		"1.2.3.4::", "1:2:3:4:5:6:7:1.2.3.4", "fe80::1%eth0", "::1/64", "[::1]", "::1 ",
		"::00001");
	assert_false(format_ipv4("1.2.3.4\0", 8));
	assert_false(format_ipv6("::1\0", 4));
}

/* RFC 5321 4.1.2 and 4.1.3 */
static void mailboxes(void **state)
{
	(void)state;
	VALID(format_email, "a@b", "a.b@example.org", "!#$%&'*+-/=?^_`{|}~@b", "A1@EXAMPLE.ORG");
	INVALID(format_email, "", "@", "a", "a@", "@b", "a@b@c", ".a@b", "a.@b", "a..b@c", "a b@c",
		"a(b)@c", "<a@b>", " a@b", "a@b ", "a\x7f@b", "é@b", "a@b_c", "a@b.", "a@-b");
	VALID(format_email, "\"\"@b", "\"a b\"@b", "\"a@b\"@c", "\"a..b\"@c", "\"a\\\"b\"@c",
	      "\"\\\\\"@b", "\"a\\ b\"@c", "\"[(<,;:>)]\"@b");
	INVALID(format_email, "\"@b", "\"a@b", "a\"@b", "\"a\"b\"@c", "\"a\\\\\"b\"@c", "\"a\\\"@b",
		"\"\\\"@b", "\"a\"b@c", "\"a\".b@c", "a.\"b\"@c", "\"a\tb\"@c", "\"\\\t\"@b",
		"\"\x7f\"@b", "\"\\\x7f\"@b", "\"é\"@b");
	VALID(format_email, "a@[192.0.2.1]", "a@[192.000.002.001]", "a@[IPv6:::1]", "a@[ipv6:1::]",
	      "a@[IPv6:::1.2.3.4]");
	INVALID(format_email, "a@[]", "a@[192.0.2]", "a@[192.0.2.256]", "a@[192.0.2.0001]",
		"a@[192.0.2.1.]", "a@[192.0.2.]", "a@[.0.2.1]", "a@[::1]", "a@[IPv6:]",
		"a@[IPv6:x]", "a@[IPv6:::1%eth0]", "a@[tag:text]", "a@[192.0.2.1", "a@192.0.2.1]",
		"a@[192.0.2.1]b");
	assert_false(format_email("a\0@b", 4));
	assert_false(format_email("\"a\0\"@b", 6));
	assert_false(format_email("a@[192.0.2.1\0]", 14));
}

/* RFC 6531 3.3: letters of other scripts, not behind a backslash */
static void mailboxes_of_all_letters(void **state)
{
	(void)state;
	VALID(format_idn_email, "用户@例子.测试", "é@b", "\"é é\"@b", "a\u00a0b@c", "a@[192.0.2.1]",
	      "用户@[IPv6:::1]");
	INVALID(format_idn_email, "é", "é@", "@é", "é.@b", "é..é@b", "\"\\é\"@b", "\"é@b", "é é@b",
		"é＠b", "é@b c");
}

/* RFC 5321 4.5.3.1, in octets */
static void lengths_of_mailboxes(void **state)
{
	static const struct {
		const char *letter;
		size_t local, domain; /* letters of the local part, octets of the domain */
		bool email, idn_email;
	} rows[] = {
		{ "a", 64, 1, true, true },   { "a", 65, 1, false, false },
		{ "é", 32, 1, false, true },  { "é", 33, 1, false, false },
		{ "a", 64, 189, true, true }, { "a", 64, 190, false, false },
		{ "a", 1, 252, true, true },  { "a", 1, 253, false, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct str text = { 0 };

		for (size_t j = 0; j < rows[i].local; j++)
			str_add(&text, rows[i].letter);
		str_addc(&text, '@');
		for (size_t j = 1; j <= rows[i].domain; j++)
			str_addc(&text, j % 50 || j == rows[i].domain ? 'b' : '.');
		assert_int_equal(format_email(str_text(&text), text.len), rows[i].email);
		assert_int_equal(format_idn_email(str_text(&text), text.len), rows[i].idn_email);
		str_release(&text);
	}
}

/* RFC 3986 and RFC 3987 */
static void uris(void **state)
{
	static format_check *const all[] = { format_uri, format_uri_reference, format_iri,
					     format_iri_reference };

	(void)state;
	for (int i = 0; i < 4; i++) {
		VALID(all[i], "a:", "A+1-.:b", "http://u:p@a:80/b;c=1?d#e", "http://[::1]:80",
		      "http://[v1.a:b]", "http://:80", "http://@a", "http://a:", "http://%61/%00",
		      "urn:a:b", "file:///a", "http://999.1.1.1", "a:b//c", "http://a?b?c#d?e/");
		INVALID(all[i], ":a", "://a", "http://a b", "http://a/%4", "http://a/%gg",
			"http://a/%", "http://a/{}", "http://a/\\", "http://a/[", "http://a#b#c",
			"http://[::1", "http://[::1]x", "http://[::1%25eth0]", "http://[1.2.3.4]",
			"http://[v1.]", "http://[vg.a]", "http://::1", "http://a:b",
			"http://a:80:80", "http://u@b@a", "http://a\n", " http://a",
			"http://a/\x7f", "1:b", "é:a");
	}
	for (int i = 0; i < 4; i += 2)
		INVALID(all[i], "", "a", "//a", "/a", "?a", "#a", "a/b:c");
	for (int i = 1; i < 4; i += 2) {
		VALID(all[i], "", "a", "//a:80/b", "/a", "?a", "#a", "a/b:c", "./a:b", "%41");
		INVALID(all[i], "%", "a,b:c", "@:b", "//a[");
	}
	INVALID(format_uri, "http://é", "http://a/é", "http://a?é", "http://a#é");
	VALID(format_iri, "http://é@é/é?é#é", "http://a/\u00a0", "http://a/\ufdf0",
	      "http://a?\ue000", "http://a?\U000f0000", "http://a/\U000e1000");
	INVALID(format_iri, "http://a/\xc2\x80", "http://a/\ue000", "http://a#\ue000",
		"http://a/\ufdd0", "http://a/\ufff0", "http://a/\U0001fffe", "http://a/\U000e0000",
		"http://[é]");
	assert_false(format_uri("a:\0", 3));
}

/* RFC 6570 2 */
static void uri_templates(void **state)
{
	(void)state;
	VALID(format_uri_template, "", "a", "/a{b}{?c,d*}", "{+a}{#a}{.a}{/a}{;a}{?a}{&a}", "{a:1}",
	      "{a:9999}", "{a*}", "{a.b}", "{%41}", "{1}", "{_}", "é\ue000", "a'b", "%41");
	INVALID(format_uri_template, "{", "}", "{}", "{a", "a}", "{{a}}", "{a,}", "{,a}", "{a,,b}",
		"{=a}", "{!a}", "{@a}", "{|a}", "{$a}", "{++a}", "{+}", "{a**}", "{a:0}", "{a:01}",
		"{a:10000}", "{a:}", "{a:1*}", "{a*:1}", "{a..b}", "{a.}", "{..a}", "{a-b}", "{ a}",
		"{é}", "{%4}", "a b", "a\"b", "a<b", "a\\b", "a^b", "a`b", "a|b", "%", "%4g", "\n",
		"\xc2\x80", "\ufdd0");
}

/* RFC 4122 3; RFC 6901 3; draft-bhutton-relative-json-pointer-00 3 */
static void uuids_and_pointers(void **state)
{
	(void)state;
	VALID(format_uuid, "2eb8aa08-AA98-11ea-b4aa-73b441d16380",
	      "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff");
	INVALID(format_uuid, "", "2eb8aa08aa9811eab4aa73b441d16380",
		"{2eb8aa08-aa98-11ea-b4aa-73b441d16380}", "2eb8aa08-aa98-11ea-b4aa-73b441d1638",
		"2eb8aa08-aa98-11ea-b4aa-73b441d163800", "2eb8-aa08-aa98-11ea-b4aa73b44-1d16380",
		"2gb8aa08-aa98-11ea-b4aa-73b441d16380");
	VALID(format_json_pointer, "", "/", "//", "/a/b", "/~0~1~01", "/é \"\\%");
	INVALID(format_json_pointer, "a", "#", "#/a", "/~", "/~2", "/a~/b", " /a");
	assert_true(format_json_pointer("/\0", 2));
	VALID(format_relative_json_pointer, "0", "10/a", "0#", "1/~0", "0/", "0+1", "0-0",
	      "1+10/a");
	INVALID(format_relative_json_pointer, "", "/a", "#", "01", "00", "-1", "+1", "0a", "0##",
		"0#/a", "1/~", "0+", "0+01", "0+1-1", "0+1#", "0-1#", "1.5", "٠");
}

/* ECMA-262 22.2.1, without annex B, which is for browsers */
static void regular_expressions(void **state)
{
	(void)state;
	VALID(pattern_is_valid, "", "a|", "()", "[]", "[^]", "(?:a)(?=b)(?!c)(?<=d)(?<!e)",
	      "(?<n>a)\\k<n>", "(?<=a+)b", "(?<=a{9999}b{65535})c", "a{65536}", "a{1,99999999999}",
	      "a{00,0}?", "\\-\\/", "[\\w-]", "[-\\w]",
	      "\\p{Lu}\\p{LC}\\p{Uppercase_Letter}\\p{gc=Letter}", "\\p{Alpha}", "\\P{Alphabetic}",
	      "[\\p{Script=Han}\\p{scx=Hira}]", "\\u{10FFFF}\\uD83D\\uDC09");
	INVALID(pattern_is_valid, "(", ")", "[", "\\", "*", "a**", "a{2,1}", "a{65536,1}",
		"a{10,9}", "^*", "(?<=a)*", "\\1", "\\k<n>", "[b-a]", "(?i)a", "(?>a)", "\\a",
		"\\Z", "\\_", "\\u{110000}", "\\p{Foo}", "\\p{Foo=Lu}");
	INVALID(pattern_is_valid, "{", "}", "]", "a{", "a{1", "a{,1}", "(?=a)*", "(?!a){2}",
		"[\\d-a]", "[a-\\d]", "[[:alpha:]]", "\\p{lu}", "\\p{letter}", "\\p{Greek}",
		"\\p{L&}", "\\p{Xan}", "\\p{bc=L}", "\\p{Lu Alpha}", "\\p{gc=Alpha}",
		"\\p{gc=Han}");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_and_times),
		cmocka_unit_test(leap_seconds),
		cmocka_unit_test(durations),
		cmocka_unit_test(addresses),
		cmocka_unit_test(mailboxes),
		cmocka_unit_test(mailboxes_of_all_letters),
		cmocka_unit_test(lengths_of_mailboxes),
		cmocka_unit_test(uris),
		cmocka_unit_test(uri_templates),
		cmocka_unit_test(uuids_and_pointers),
		cmocka_unit_test(regular_expressions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
