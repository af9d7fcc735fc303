/* Trees to YAML text: what is quoted and how, and that every text comes back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/utf8.h"
#include "scratch.h"
#include "yaml/read.h"
#include "yaml/write.h"

#define PYTHON "/usr/bin/python3"

static struct arena arena;
static struct str out;

static int release(void **state)
{
	(void)state;
	arena_release(&arena);
	str_release(&out);
	return 0;
}

static const char *written(const struct node *map)
{
	str_reset(&out);
	yaml_write(&out, map);
	assert_false(out.failed);
	return str_text(&out);
}

static const char *value_written(const char *text, size_t n, bool in_flow)
{
	str_reset(&out);
	yaml_write_value(&out, node_new_string(&arena, text, n), in_flow);
	return str_text(&out);
}

static const struct node *read_back(const char *text, size_t n)
{
	struct read_options options = READ_RECORD;
	struct findings findings;
	const struct node *node;

	options.plain = false; /* a text may hold controls here, which no record does */
	options.exact = false;
	findings_init(&findings);
	node = yaml_read(&arena, "t", text, n, &options, &findings);
	if (!node)
		fail_msg("%s\n%s", text, findings.items[0].message);
	findings_release(&findings);
	return node;
}

/* the record of the contract, byte for byte */
static void a_record(void **state)
{
	const char *text =
		"kind: problem\n"
		"id: p-20240418-q4z7aa\n"
		"date: '2024-04-18'\n"
		"title: 食品经营许可重复提交营业执照\n"
		"focus: [15]\n"
		"responsible: [jingchuan, bigdata-center]\n"
		"due_text: 5月底前\n"
		"measures:\n"
		"- {id: M1, text: 窗口接入电子营业执照调用}\n"
		"- {id: M2, text: 'a, b', units: [jingchuan]}\n"
		"empty: []\n"
		"nothing: {}\n"
		"none: null\n"
		"needs_policy: false\n"
		"entered: {at: '2024-04-18T18:12:33+08:00', by: 张某, unit: jingchuan, to: "
		"listed}\n";

	(void)state;
	assert_string_equal(written(read_back(text, strlen(text))), text);
}

static void several_lines(void **state)
{
	static const char *const texts[] = {
		"a: |-\n  one\n  two\nb: c\n",
		"a: |-\n  one\n\n  # two: x\n    three\nb: c\n", /* indented lines are text */
		"a: \"one\\ntwo\\n\"\n",
		"a: \"\\none\"\n",
		"a: \" one\\ntwo\"\n",
		"a: \"one \\ntwo\"\n",
		"a: \"one\\ntwo \"\n",
		"a: \"one\\ttwo\\nthree\"\n",
		"a: [\"one\\ntwo\"]\n",
		"a:\n- {b: \"one\\ntwo\"}\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		assert_string_equal(written(read_back(texts[i], strlen(texts[i]))), texts[i]);
}

/* quoted where it stands, or plain: block place and flow place */
static void what_is_quoted(void **state)
{
	static const struct {
		const char *text, *block, *flow; /* NULL: plain */
	} rows[] = {
		/* nothing, null, booleans of YAML 1.1 and 1.2 */
		{ "", "''", "''" },
		{ "~", "'~'", "'~'" },
		{ "null", "'null'", "'null'" },
		{ "NULL", "'NULL'", "'NULL'" },
		{ "true", "'true'", "'true'" },
		{ "False", "'False'", "'False'" },
		{ "yes", "'yes'", "'yes'" },
		{ "No", "'No'", "'No'" },
		{ "on", "'on'", "'on'" },
		{ "OFF", "'OFF'", "'OFF'" },
		{ "y", "'y'", "'y'" },
		{ "N", "'N'", "'N'" },
		{ "=", "'='", "'='" },
		{ "<<", "'<<'", "'<<'" },
		{ "nulls", NULL, NULL },
		{ "yes!", NULL, NULL },
		/* numbers of both */
		{ "12", "'12'", "'12'" },
		{ "-12", "'-12'", "'-12'" },
		{ "+12", "'+12'", "'+12'" },
		{ "1_000", "'1_000'", "'1_000'" },
		{ "85.20", "'85.20'", "'85.20'" },
		{ "1.", "'1.'", "'1.'" },
		{ ".5", "'.5'", "'.5'" },
		{ "1e3", "'1e3'", "'1e3'" },
		{ "1.5E-3", "'1.5E-3'", "'1.5E-3'" },
		{ "0x1F", "'0x1F'", "'0x1F'" },
		{ "0b101", "'0b101'", "'0b101'" },
		{ "0o17", "'0o17'", "'0o17'" },
		{ "017", "'017'", "'017'" },
		{ "12:30", "'12:30'", "'12:30'" },
		{ "1:2:3.5", "'1:2:3.5'", "'1:2:3.5'" },
		{ ".inf", "'.inf'", "'.inf'" },
		{ "-.Inf", "'-.Inf'", "'-.Inf'" },
		{ ".NaN", "'.NaN'", "'.NaN'" },
		{ "0xyz", NULL, NULL },
		{ "12345热线", NULL, NULL },
		{ "5月底前", NULL, NULL },
		{ "e3", NULL, NULL },
		/* dates and times */
		{ "2024-04-18", "'2024-04-18'", "'2024-04-18'" },
		{ "2024-4-8", "'2024-4-8'", "'2024-4-8'" },
		{ "2024-04-18T17:40:00+08:00", "'2024-04-18T17:40:00+08:00'",
		  "'2024-04-18T17:40:00+08:00'" },
		{ "2024-04-18 17:40:00", "'2024-04-18 17:40:00'", "'2024-04-18 17:40:00'" },
		{ "2024-05", "'2024-05'", "'2024-05'" },
		{ "2024-final", NULL, NULL },
		/* indicators at the start */
		{ "- a", "'- a'", "'- a'" },
		{ "-a", "'-a'", "'-a'" },
		{ "?", "'?'", "'?'" },
		{ ":a", "':a'", "':a'" },
		{ "&a", "'&a'", "'&a'" },
		{ "*a", "'*a'", "'*a'" },
		{ "!a", "'!a'", "'!a'" },
		{ "|", "'|'", "'|'" },
		{ ">", "'>'", "'>'" },
		{ "'a", "'''a'", "'''a'" },
		{ "\"a", "'\"a'", "'\"a'" },
		{ "%a", "'%a'", "'%a'" },
		{ "@a", "'@a'", "'@a'" },
		{ "`a", "'`a'", "'`a'" },
		{ "#a", "'#a'", "'#a'" },
		{ "[a", "'[a'", "'[a'" },
		{ "{a", "'{a'", "'{a'" },
		{ ",a", "',a'", "',a'" },
		{ "---", "'---'", "'---'" },
		{ "...", "'...'", "'...'" },
		{ "--- a", "'--- a'", "'--- a'" },
		{ "<<<<<<< a", "'<<<<<<< a'", "'<<<<<<< a'" },
		{ "======= a", "'======= a'", "'======= a'" },
		/* inside */
		{ "a: b", "'a: b'", "'a: b'" },
		{ "a:", "'a:'", "'a:'" },
		{ "a #b", "'a #b'", "'a #b'" },
		{ "a#b", NULL, NULL },
		{ "a:b", NULL, "'a:b'" },
		{ "a, b", NULL, "'a, b'" },
		{ "a[1]", NULL, "'a[1]'" },
		{ "a{b}", NULL, "'a{b}'" },
		{ "it's", NULL, NULL },
		{ "a - b", NULL, NULL },
		{ "a? b!", NULL, "'a? b!'" }, /* a question mark ends a text for some readers */
		{ "jingchuan/evidence/3f9a6c01d2e4.jpg", NULL, NULL },
		{ "https://example.invalid/a", NULL, "'https://example.invalid/a'" },
		{ "“一件事”：开办餐馆", NULL, NULL },
		/* spaces at the ends, full-width too */
		{ " a", "' a'", "' a'" },
		{ "a ", "'a '", "'a '" },
		{ "\xe3\x80\x80"
		  "a",
		  "'\xe3\x80\x80"
		  "a'",
		  "'\xe3\x80\x80"
		  "a'" },
		{ "a\xe3\x80\x80", "'a\xe3\x80\x80'", "'a\xe3\x80\x80'" },
		/* what only double quotes can say */
		{ "a\tb", "\"a\\tb\"", "\"a\\tb\"" },
		{ "a\nb", "\"a\\nb\"", "\"a\\nb\"" },
		{ "\x1b[31m \"x\" \\", "\"\\x1B[31m \\\"x\\\" \\\\\"",
		  "\"\\x1B[31m \\\"x\\\" \\\\\"" },
		{ "a\xc2\x85"
		  "b",
		  "\"a\\x85"
		  "b\"",
		  "\"a\\x85"
		  "b\"" },
		{ "a\xe2\x80\xae"
		  "b",
		  "\"a\\u202E"
		  "b\"",
		  "\"a\\u202E"
		  "b\"" },
		{ "\xef\xbb\xbf"
		  "a",
		  "\"\\uFEFFa\"", "\"\\uFEFFa\"" },
		{ "\xef\xbf\xbf", "\"\\uFFFF\"", "\"\\uFFFF\"" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		size_t n = strlen(rows[i].text);

		assert_string_equal(value_written(rows[i].text, n, false),
				    rows[i].block ? rows[i].block : rows[i].text);
		assert_string_equal(value_written(rows[i].text, n, true),
				    rows[i].flow ? rows[i].flow : rows[i].text);
	}
	assert_string_equal(value_written("a\0b", 3, false), "\"a\\x00b\"");
}

static void names_are_quoted_too(void **state)
{
	const char *text = "'12': a\n'no': {'true': b, 'a, b': c}\n'x: y': d\n";

	(void)state;
	assert_string_equal(written(read_back(text, strlen(text))), text);
}

static uint32_t seed = 20240418;

static uint32_t random_below(uint32_t n)
{
	seed = seed * 1664525 + 1013904223;
	return (uint32_t)((uint64_t)seed * n >> 32);
}

/* texts made of what YAML readers trip over */
static const char *random_text(size_t *n, bool visible)
{
	static const char *const pieces[] = {
		"a",
		"Z",
		" ",
		"  ",
		":",
		": ",
		"#",
		" #",
		",",
		"[",
		"]",
		"{",
		"}",
		"'",
		"\"",
		"\\",
		"-",
		"- ",
		"?",
		"!",
		"&",
		"*",
		"|",
		">",
		"%",
		"@",
		"`",
		"~",
		"<<",
		"=",
		"0",
		"1",
		"9",
		".",
		"_",
		"+",
		"e",
		"x",
		"o",
		"b",
		"null",
		"true",
		"no",
		"y",
		".inf",
		"-",
		"T",
		"12:30",
		"2024-04-18",
		"0x",
		"---",
		"...",
		"走",
		"访",
		"，",
		"：",
		"（",
		"\xe3\x80\x80",
		"🏢",
		"e\xcc\x81",
		"/",
		"<",
		"$",
		"^",
		"\xc2\xa0",
		"“",
		"”",
		"、",
		"。",
		"\xef\xbf\xbd",
		/* from here on not for a record */
		"\n",
		"\n\n",
		"\t",
		"\n ",
		" \n",
		"\r",
		"\x1b",
		"\x7f",
		"\xc2\x85",
		"\xe2\x80\xa8",
		"\xe2\x80\xae",
		"\xef\xbb\xbf",
		"\x01",
	};
	const uint32_t all = sizeof(pieces) / sizeof(*pieces);
	static struct str text;

	str_reset(&text);
	str_add(&text, "");
	for (uint32_t i = random_below(7); i > 0; i--)
		str_add(&text, pieces[random_below(visible ? 70 : all)]);
	*n = text.len;
	return str_text(&text);
}

static struct node *string(const char *text, size_t n)
{
	return node_new_string(&arena, text, n);
}

/* the text in every place where a record has one; also as names */
static const struct node *in_every_place(const char *text, size_t n)
{
	struct node *map = node_new_map(&arena), *list = node_new_list(&arena);
	struct node *maps = node_new_list(&arena), *inner = node_new_map(&arena);

	node_set(&arena, map, "block", string(text, n));
	node_append(&arena, list, string(text, n));
	node_append(&arena, list, string(text, n));
	node_set(&arena, map, "list", list);
	node_set(&arena, inner, "first", string(text, n));
	node_set(&arena, inner, strlen(text) == n && n && n < 200 ? text : "x", string(text, n));
	node_append(&arena, maps, inner);
	node_set(&arena, map, "maps", maps);
	node_set(&arena, map, "map", inner);
	node_set(&arena, map, "last", string(text, n));
	return map;
}

static void comes_back(const char *text, size_t n)
{
	const struct node *map = in_every_place(text, n), *again;
	const char *first = written(map), *copy = arena_strndup(&arena, first, out.len);

	again = read_back(first, out.len);
	if (!node_equal(map, again))
		fail_msg("'%s' was written as\n%s", text, copy);
	assert_string_equal(written(again), copy);
}

static void every_text_comes_back(void **state)
{
	size_t n;

	(void)state;
	for (int i = 0; i < 40000; i++) {
		const char *text = random_text(&n, i % 2);

		comes_back(text, n);
		arena_reset(&arena);
	}
	comes_back("a\0b", 3);
	for (int32_t c = 1; c < 0x3100; c++) {
		char one[5] = "";

		comes_back(one, utf8_encode(c, one));
		arena_reset(&arena);
	}
}

/* what a record may hold is also allowed by the reader of records */
static void records_stay_records(void **state)
{
	size_t n;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		const char *text = random_text(&n, true);
		struct findings findings;
		const struct node *map = in_every_place(text, n), *again;

		written(map);
		findings_init(&findings);
		again = yaml_read(&arena, "t", out.p, out.len, &READ_RECORD, &findings);
		if (!again || !node_equal(map, again))
			fail_msg("'%s' was written as\n%s", text, str_text(&out));
		findings_release(&findings);
		arena_reset(&arena);
	}
}

/*
 * A YAML 1.1 reader takes every text for the same string, too. Texts go to it in hexadecimal beside
 * the YAML.
 */
static void another_reader_agrees(void **state)
{
	static const char script[] =
		"import sys, yaml\n"
		"texts = [bytes.fromhex(l.strip()).decode() for l in open('hex')]\n"
		"loader = getattr(yaml, 'CSafeLoader', yaml.SafeLoader)\n"
		"for name, reader in (('c', loader), ('python', yaml.SafeLoader)):\n"
		"    n = 0\n"
		"    part = texts if name == 'c' else texts[:300]\n"
		"    stream = open('docs' if name == 'c' else 'few', encoding='utf-8', "
		"newline='\\n')\n"
		"    for text, doc in zip(part, yaml.load_all(stream, reader)):\n"
		"        want = {'block': text, 'list': [text, text], 'last': text}\n"
		"        if doc != want: sys.exit('%s: %r %r' % (name, text, doc))\n"
		"        n += 1\n"
		"    if n != len(part): sys.exit('only %d' % n)\n";
	struct str hex = { 0 }, docs = { 0 }, few = { 0 };
	size_t n;

	(void)state;
	if (system(PYTHON " -c 'import yaml' 2>/dev/null") != 0) {
		skip();
		return;
	}
	for (int i = 0; i < 3000; i++) {
		const char *text = random_text(&n, i % 2);
		struct node *map = node_new_map(&arena), *list = node_new_list(&arena);

		node_append(&arena, list, string(text, n));
		node_append(&arena, list, string(text, n));
		node_set(&arena, map, "block", string(text, n));
		node_set(&arena, map, "list", list);
		node_set(&arena, map, "last", string(text, n));
		for (size_t j = 0; j < n; j++)
			str_addf(&hex, "%02x", (unsigned char)text[j]);
		str_add(&hex, "\n");
		written(map);
		str_addf(&docs, "---\n%s", str_text(&out));
		if (i < 300)
			str_addf(&few, "---\n%s", str_text(&out));
		arena_reset(&arena);
	}
	scratch_write("hex", hex.p, hex.len);
	scratch_write("docs", docs.p, docs.len);
	scratch_write("few", few.p, few.len);
	scratch_write("check.py", script, strlen(script));
	assert_int_equal(system(PYTHON " -B check.py"), 0);
	str_release(&hex);
	str_release(&docs);
	str_release(&few);
}

int main(void)
{
	const struct CMUnitTest write[] = {
		cmocka_unit_test(a_record),
		cmocka_unit_test(several_lines),
		cmocka_unit_test(what_is_quoted),
		cmocka_unit_test(names_are_quoted_too),
		cmocka_unit_test(every_text_comes_back),
		cmocka_unit_test(records_stay_records),
		cmocka_unit_test_setup_teardown(another_reader_agrees, scratch_make,
						scratch_remove),
	};

	return cmocka_run_group_tests(write, NULL, release);
}
