/* Text to positioned trees: positions, and every fault that a text can have. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/str.h"
#include "yaml/read.h"

static struct arena arena;
static struct str out;

static int release(void **state)
{
	(void)state;
	arena_release(&arena);
	str_release(&out);
	return 0;
}

/* every name and value with its position: `a@1:1 {b@2:3 x@2:6}` */
static void add_positions(const struct node *node)
{
	switch ((enum node_type)node->type) {
	case NODE_LIST:
	case NODE_MAP:
		str_addf(&out, "%c%u:%u", node->type == NODE_MAP ? '{' : '[', node->line,
			 node->column);
		for (uint32_t i = 0; i < node->count; i++) {
			str_addc(&out, ' ');
			if (node->type == NODE_LIST) {
				add_positions(&node->items[i]);
				continue;
			}
			str_addf(&out, "%s@%u:%u ", node->members[i].name, node->members[i].line,
				 node->members[i].column);
			add_positions(node->members[i].value);
		}
		str_addc(&out, node->type == NODE_MAP ? '}' : ']');
		break;
	default:
		str_addf(&out, "%s@%u:%u", *node->text ? node->text : "-", node->line,
			 node->column);
	}
}

/* what a text is, or the first fault: `3:7 duplicate-key` */
static const char *read_with(const char *text, size_t n, const struct read_options *options)
{
	struct findings findings;
	const struct node *node;

	findings_init(&findings);
	str_reset(&out);
	node = yaml_read(&arena, "f.yaml", text, n, options, &findings);
	if (node) {
		assert_int_equal(findings.count, 0);
		add_positions(node);
	} else {
		assert_int_equal(findings.count, 1);
		assert_int_equal(findings.errors, 1);
		assert_string_equal(findings.items[0].file, "f.yaml");
		str_addf(&out, "%u:%u %s", findings.items[0].line, findings.items[0].column,
			 findings.items[0].code);
	}
	findings_release(&findings);
	return str_text(&out);
}

static const char *record(const char *text)
{
	return read_with(text, strlen(text), &READ_RECORD);
}

static const char *large(const char *text)
{
	return read_with(text, strlen(text), &READ_LARGE);
}

/* a letter for the type of each item of a list */
static const char *types(const char *text)
{
	static char letters[32];
	struct findings findings;
	const struct node *list;
	size_t n = 0;

	findings_init(&findings);
	list = yaml_read(&arena, "f", text, strlen(text), &READ_LARGE, &findings);
	for (; n < list_count(list) && n + 1 < sizeof(letters); n++)
		letters[n] =
			list->items[n].flags & NODE_INTEGER ? 'i' : "nb?slm"[list->items[n].type];
	letters[n] = '\0';
	findings_release(&findings);
	return letters;
}

static void positions_in_blocks(void **state)
{
	(void)state;
	assert_string_equal(record("a: x\nb:\n  c: y\n  d:\n  - z\n  - - u\n    - v\n"),
			    "{1:1 a@1:1 x@1:4 b@2:1 {3:3 c@3:3 y@3:6 d@4:3 [5:3 z@5:5 [6:5 u@6:7 "
			    "v@7:7]]}}");
	assert_string_equal(record("# 方案\n\na: 'x'\n"), "{3:1 a@3:1 x@3:4}");
	assert_string_equal(record("a: |\n  one\n  two\nb: >-\n  one\n"),
			    "{1:1 a@1:1 one\ntwo\n@1:4 b@4:1 one@4:4}");
	assert_string_equal(record("a:\nb: \n"), "{1:1 a@1:1 -@1:3 b@2:1 -@2:3}");
	assert_string_equal(record("- a: 1\n  b: 2\n-\n  c: 3\n"),
			    "[1:1 {1:3 a@1:3 1@1:6 b@2:3 2@2:6} {4:3 c@4:3 3@4:6}]");
	assert_string_equal(record("? a\n: b\n"), "{1:1 a@1:3 b@2:3}");
}

static void positions_in_flow(void **state)
{
	(void)state;
	assert_string_equal(record("a: {b: [1, 'x', {c: d}], e: }\n"),
			    "{1:1 a@1:1 {1:4 b@1:5 [1:8 1@1:9 x@1:12 {1:17 c@1:18 d@1:21}] e@1:26 "
			    "-@1:29}}");
	assert_string_equal(record("a: {b: 1,\n    c: 2}\n"),
			    "{1:1 a@1:1 {1:4 b@1:5 1@1:8 c@2:5 2@2:8}}");
	assert_string_equal(record("[]"), "[1:1]");
	assert_string_equal(record("{\"a\":1,\"b\":\"c\"}"), "{1:1 a@1:2 1@1:6 b@1:8 c@1:12}");
}

/* columns are characters, not bytes and not columns of a terminal */
static void columns_are_characters(void **state)
{
	(void)state;
	assert_string_equal(record("走访: {企业: 甲, 方式: 现场}\n"),
			    "{1:1 走访@1:1 {1:5 企业@1:6 甲@1:10 方式@1:13 现场@1:17}}");
	assert_string_equal(record("- '🏢': e\xcc\x81\n"), "[1:1 {1:3 🏢@1:3 e\xcc\x81@1:8}]");
	assert_string_equal(record("走访: 甲\n走访: 乙\n"), "2:1 duplicate-key");
	assert_string_equal(record("a: {甲: 1, 乙: 2, 甲: 3}\n"), "1:17 duplicate-key");
}

/* what a person typed may have CR LF and a BOM; positions are the same but behind the BOM */
static void other_line_ends(void **state)
{
	const char *crlf = "a: x\r\nb:\r\n  c: 'y'\r\n", *bom = "\xef\xbb\xbf"
								"a: x\nb: y\n";

	(void)state;
	assert_string_equal(read_with(crlf, strlen(crlf), &READ_INPUT),
			    "{1:1 a@1:1 x@1:4 b@2:1 {3:3 c@3:3 y@3:6}}");
	assert_string_equal(large(crlf), "{1:1 a@1:1 x@1:4 b@2:1 {3:3 c@3:3 y@3:6}}");
	assert_string_equal(record(crlf), "1:5 line-end");
	assert_string_equal(record("a: x\nb: y\r\n"), "2:5 line-end");
	assert_string_equal(read_with(bom, strlen(bom), &READ_INPUT),
			    "{1:1 a@1:1 x@1:4 b@2:1 y@2:4}");
	assert_string_equal(record(bom), "1:1 bom");
	assert_string_equal(read_with("\xef\xbb\xbf"
				      "a: \x01\n",
				      8, &READ_INPUT),
			    "1:4 control-character");
	assert_string_equal(record("a: x\ry\n"), "1:5 control-character");
	assert_string_equal(record("a: x\n\xef\xbb\xbf"
				   "b: y\n"),
			    "2:1 control-character");
}

/* libyaml breaks lines at more than newlines, and finds bad characters before it gets there */
static void lines_are_newlines(void **state)
{
	(void)state;
	assert_string_equal(large("a: \"x\xc2\x85y\"\nb: 1\n"), "{1:1 a@1:1 x y@1:4 b@2:1 1@2:4}");
	assert_string_equal(large("a: \"x\xe2\x80\xa8y\"\r\nb: 1\r\n"),
			    "{1:1 a@1:1 x\xe2\x80\xa8y@1:4 b@2:1 1@2:4}");
	assert_string_equal(large("# x\xe2\x80\xa9 a: 1\n"), "{1:6 a@1:6 1@1:9}");
	assert_string_equal(large("a: 1\rb: 2\n- 3\n"), "2:1 yaml-syntax");
	assert_string_equal(large("a: [1,\xc2\x85 2]\na: 3\n"), "2:1 duplicate-key");
	assert_string_equal(large("a: 1\nb: 甲\x01\n"), "2:5 yaml-syntax");
	assert_string_equal(large("\xef\xbb\xbf"
				  "a: 1\nb: \xef\xbf\xbf\n"),
			    "2:4 yaml-syntax");
}

static void duplicates(void **state)
{
	struct findings findings;
	const char *text = "a: 1\nb: 2\nc: {d: 1, e: 2,\n  d: 3}\n";
	struct str many = { 0 };

	(void)state;
	findings_init(&findings);
	assert_null(yaml_read(&arena, "f", text, strlen(text), &READ_RECORD, &findings));
	assert_int_equal(findings.count, 1);
	assert_string_equal(findings.items[0].code, "duplicate-key");
	assert_string_equal(findings.items[0].message, "duplicate key 'd'");
	assert_int_equal(findings.items[0].line, 4);
	assert_int_equal(findings.items[0].column, 3);
	assert_non_null(strstr(findings.items[0].hint, "line 3, column 5"));
	assert_string_equal(findings.items[0].excerpt, "  d: 3}");
	findings_release(&findings);
	assert_string_equal(record("a: 1\n'a': 2\n"), "2:1 duplicate-key");
	assert_string_equal(record("\"\\u0061\": 1\na: 2\n"), "2:1 duplicate-key");
	assert_string_equal(record("1: x\n0x1: y\n"), "{1:1 1@1:1 x@1:4 0x1@2:1 y@2:6}");
	/* beyond the number that is compared in pairs */
	for (int n = 2; n <= 40; n++) {
		str_reset(&many);
		for (int i = 0; i < n; i++)
			str_addf(&many, "key%d: %d\n", i == n - 1 ? n / 2 - 1 : i, i);
		read_with(many.p, many.len, &READ_RECORD);
		assert_int_equal(atoi(str_text(&out)), n);
		assert_non_null(strstr(str_text(&out), ":1 duplicate-key"));
	}
	str_release(&many);
	/* the same name in two maps is none, nor are two values */
	assert_string_equal(record("- {a: 1}\n- {a: 1}\n"),
			    "[1:1 {1:3 a@1:4 1@1:7} {2:3 a@2:4 1@2:7}]");
}

#define BYTES(text) read_with(text, sizeof(text) - 1, &READ_RECORD)
#define BYTES_LARGE(text) read_with(text, sizeof(text) - 1, &READ_LARGE)

static void faults_of_bytes(void **state)
{
	(void)state;
	/* encodings: 走访 in GB18030, UTF-16 and cut off in UTF-8 */
	assert_string_equal(BYTES("a: b\nc: \xd7\xdf\xb7\xc3\n"), "2:4 encoding");
	assert_string_equal(BYTES("\xff\xfe"
				  "a\0:\0 \0b\0"),
			    "1:1 encoding");
	assert_string_equal(BYTES("\xfe\xff\0a\0:"), "1:1 encoding");
	assert_string_equal(BYTES("a: 走\xe8\xae"), "1:5 encoding");
	assert_string_equal(BYTES("a: \xc0\xaf\n"), "1:4 encoding");
	assert_string_equal(BYTES("a: \xed\xa0\x80\n"), "1:4 encoding");
	assert_string_equal(BYTES("PK\x03\x04\0\0\xff\xff\0"), "1:7 binary");
	assert_string_equal(BYTES("a: b\nc: d\0e\n"), "2:5 binary");
	/* what a merge left, only at the start of a line */
	assert_string_equal(BYTES("a: b\n<<<<<<< HEAD\nc: d\n"), "2:1 conflict-marker");
	assert_string_equal(BYTES("a: b\n||||||| base\n"), "2:1 conflict-marker");
	assert_string_equal(BYTES("a: b\n=======\n"), "2:1 conflict-marker");
	assert_string_equal(BYTES("a: b\n>>>>>>>"), "2:1 conflict-marker");
	assert_string_equal(BYTES("a: '======='\n"), "{1:1 a@1:1 =======@1:4}");
	assert_string_equal(BYTES("========: a\n"), "{1:1 ========@1:1 a@1:11}");
	assert_string_equal(BYTES("======a b: c\n"), "{1:1 ======a b@1:1 c@1:12}");
	/* tabs in indentation, elsewhere they are text */
	assert_string_equal(BYTES("a:\n\tb: c\n"), "2:1 tab");
	assert_string_equal(BYTES("a:\n  \tb: c\n"), "2:3 tab");
	assert_string_equal(BYTES("a: b\tc\n"), "{1:1 a@1:1 b\tc@1:4}");
	assert_string_equal(BYTES("a: |\n b\n \tc\n"), "{1:1 a@1:1 b\n\tc\n@1:4}");
	assert_string_equal(BYTES("{\n\t\"a\": [\n\t\t1\n\t]\n}\n"), "{1:1 a@2:2 [2:7 1@3:3]}");
	assert_string_equal(BYTES("[\n\t'a' 'b'\n]\n"), "2:6 yaml-syntax");
	/* what cannot be seen, in a record */
	assert_string_equal(BYTES("a: b\x1b[31m\n"), "1:5 control-character");
	assert_string_equal(BYTES("a: b\x0b"
				  "c\n"),
			    "1:5 control-character");
	assert_string_equal(BYTES("a: b\x7f\n"), "1:5 control-character");
	assert_string_equal(BYTES("a: 走\xc2\x85"
				  "b\n"),
			    "1:5 control-character");
	assert_string_equal(BYTES("a: b\xe2\x80\xae"
				  "c\n"),
			    "1:5 control-character");
	assert_string_equal(BYTES("a: b\xe2\x81\xa6"
				  "c\n"),
			    "1:5 control-character");
	assert_string_equal(BYTES("a: b\xd8\x9c"
				  "c\n"),
			    "1:5 control-character");
	assert_string_equal(BYTES("a: b\xe2\x80\xa8"
				  "c\n"),
			    "1:5 control-character");
	assert_string_equal(BYTES("a: b\xe2\x80\x8b"
				  "c\n"),
			    "1:5 control-character");
	assert_string_equal(BYTES("# b\xe2\x80\xae"
				  "c\na: b\n"),
			    "1:4 control-character");
	/* written as an escape too; the position is the text's */
	assert_string_equal(BYTES("a: \"b\\e[31m\"\n"), "1:4 control-character");
	assert_string_equal(BYTES("a: \"b\\u202E\"\n"), "1:4 control-character");
	assert_string_equal(BYTES("\"b\\0\": c\n"), "1:1 control-character");
	assert_string_equal(BYTES("a: \"\\uFFFE\"\n"), "1:4 control-character");
	/* joiners are spelling */
	assert_string_equal(BYTES("a: b\xe2\x80\x8d"
				  "c\n"),
			    "{1:1 a@1:1 b\xe2\x80\x8d"
			    "c@1:4}");
	/* plans and schemas may hold them as escapes, where a pattern needs them */
	assert_string_equal(BYTES_LARGE("a: \"\\u202E\"\n"), "{1:1 a@1:1 \xe2\x80\xae@1:4}");
}

static void hints_for_bytes(void **state)
{
	static const struct {
		const char *text, *hint;
	} rows[] = {
		{ "a: \xd7\xdf\xb7\xc3\n", "iconv -f GB18030" },
		{ "\xff\xfe"
		  "a",
		  "iconv -f UTF-16" },
		{ "a:\n\tb: c\n", "spaces" },
		{ "a: b\r\n", ".gitattributes" },
		{ "a: b: c\n", "quotes" },
		{ "a: @b\n", "quotes" },
		{ "a: [b, c\n", "cut off" },
		{ "a: * b\n", "quotes" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct findings findings;

		findings_init(&findings);
		assert_null(yaml_read(&arena, "f", rows[i].text, strlen(rows[i].text), &READ_RECORD,
				      &findings));
		assert_int_equal(findings.count, 1);
		if (!findings.items[0].hint || !strstr(findings.items[0].hint, rows[i].hint))
			fail_msg("%s: %s", rows[i].text, findings.items[0].hint);
		findings_release(&findings);
	}
}

static void syntax(void **state)
{
	static const struct {
		const char *text, *fault;
	} rows[] = {
		{ "a: [b\n", "2:1 yaml-syntax" },
		{ "a: 'b\n", "2:1 yaml-syntax" },
		{ "a: b: c\n", "1:5 yaml-syntax" },
		{ "a: b\n  c: d\n", "2:4 yaml-syntax" },
		{ "a: %b\n", "1:4 yaml-syntax" },
		{ "a: \"\\q\"\n", "1:5 yaml-syntax" },
		{ "a: }\n", "1:4 yaml-syntax" },
		{ "a: b\n]\n", "2:1 yaml-syntax" },
		{ "", "1:1 empty" },
		{ "# only this\n", "1:1 empty" },
		{ "a: 1\n---\nb: 2\n", "3:1 second-document" },
		{ "a: .inf\n", "1:4 number" },
		{ "[a]: b\n", "1:1 key" },
		{ "? {a: b}\n: c\n", "1:3 key" },
		{ "a: 0x1ffffffffffffffff\n", "1:4 number" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_string_equal(record(rows[i].text), rows[i].fault);
	assert_string_equal(record("---\na: 1\n...\n"), "{2:1 a@2:1 1@2:4}");
	assert_string_equal(record("null\n"), "null@1:1");
}

/* YAML 1.2.2, 10.3: a tag of the core schema counts more than quotes, any other makes a text */
static void tags(void **state)
{
	(void)state;
	assert_string_equal(
		large("[!!int '7', !!bool \"TRUE\", !!null '', !!float '.5', !!int 0x1F]"),
		"[1:1 7@1:2 TRUE@1:13 -@1:28 0.5@1:39 31@1:53]");
	assert_string_equal(types("[!!int '7', !!bool \"true\", !!null '', !!float 1]"), "ibni");
	assert_string_equal(types("[!!str 7, ! true, !ref 7, !ref, !!str , '7']"), "ssssss");
	assert_string_equal(large("a: !!int x\n"), "1:4 tag");
	assert_string_equal(large("a: !!int 1.5\n"), "1:4 tag");
	assert_string_equal(large("a: !!bool yes\n"), "1:4 tag");
	assert_string_equal(large("a: !!null '0'\n"), "1:4 tag");
	assert_string_equal(large("a: !!float .inf\n"), "1:4 number");
}

static void what_a_record_may_not_hold(void **state)
{
	(void)state;
	assert_string_equal(record("a: &x b\n"), "1:4 anchor");
	assert_string_equal(record("a: &x [b]\n"), "1:4 anchor");
	assert_string_equal(record("a: *x\n"), "1:4 anchor");
	assert_string_equal(record("&x a: b\n"), "1:1 anchor");
	assert_string_equal(record("a: !!str b\n"), "1:4 tag");
	assert_string_equal(record("a: !x {b: c}\n"), "1:4 tag");
	assert_string_equal(record("<<: {a: b}\n"), "1:1 merge-key");
	assert_string_equal(record("'<<': a\n"), "{1:1 <<@1:1 a@1:7}");
	assert_string_equal(large("<<: {a: b}\n"), "{1:1 <<@1:1 {1:5 a@1:6 b@1:9}}");
}

/* `depth` levels of lists, or of block maps */
static const char *nested(unsigned depth, const struct read_options *options)
{
	struct str text = { 0 };
	const char *result;

	str_pad(&text, '[', depth);
	str_pad(&text, ']', depth);
	result = read_with(text.p, text.len, options);
	str_release(&text);
	return result;
}

static void depth(void **state)
{
	struct str text = { 0 };

	(void)state;
	assert_non_null(strstr(nested(32, &READ_RECORD), "[1:32]"));
	assert_string_equal(nested(33, &READ_RECORD), "1:33 too-deep");
	assert_non_null(strstr(nested(512, &READ_LARGE), "[1:512]"));
	assert_string_equal(nested(513, &READ_LARGE), "1:513 too-deep");
	assert_string_equal(nested(50000, &READ_LARGE), "1:513 too-deep");
	assert_string_equal(nested(1000, &(struct read_options){ .depth = 100000 }),
			    "1:513 too-deep"); /* a caller cannot ask for more */
	for (unsigned i = 0; i < 33; i++) {
		str_pad(&text, ' ', i);
		str_add(&text, "a:\n");
	}
	assert_string_equal(read_with(text.p, text.len, &READ_RECORD), "33:33 too-deep");
	str_release(&text);
}

static void sizes(void **state)
{
	struct str text = { 0 };

	(void)state;
	/* 10,000 values and names: the list, its key, the map, and the items */
	str_add(&text, "a: [1");
	for (int i = 1; i < 9997; i++)
		str_add(&text, ",1");
	str_add(&text, "]\n");
	assert_non_null(strstr(read_with(text.p, text.len, &READ_RECORD), "{1:1"));
	text.len -= 2;
	str_add(&text, ",1]\n");
	assert_non_null(strstr(read_with(text.p, text.len, &READ_RECORD), "too-large"));
	assert_non_null(strstr(read_with(text.p, text.len, &READ_LARGE), "{1:1"));
	/* 1 MiB */
	str_reset(&text);
	str_add(&text, "a: ");
	str_pad(&text, 'x', 1024 * 1024 - 4);
	str_add(&text, "\n");
	assert_int_equal(text.len, 1024 * 1024);
	assert_memory_equal(read_with(text.p, text.len, &READ_RECORD), "{1:1 a@1:1 xxx", 14);
	str_add(&text, "\n");
	assert_string_equal(read_with(text.p, text.len, &READ_RECORD), "0:0 too-large");
	/* directives that libyaml would compare each with all others */
	str_reset(&text);
	for (int i = 0; i < 1001; i++)
		str_addf(&text, "%%TAG !t%d! tag:x\n", i);
	str_add(&text, "---\na\n");
	assert_string_equal(read_with(text.p, text.len, &READ_LARGE), "1001:1 too-large");
	/* a name of more than 1024 characters is refused by libyaml, with a position */
	str_reset(&text);
	str_pad(&text, 'k', 1025);
	str_add(&text, ": 1\n");
	assert_non_null(strstr(read_with(text.p, text.len, &READ_RECORD), "yaml-syntax"));
	str_release(&text);
}

static void aliases(void **state)
{
	const struct node *node, *a, *b;
	struct findings findings;
	const char *text = "a: &x {c: [1, 2]}\nb: *x\nd: [&y z, *y]\n";

	(void)state;
	assert_string_equal(large(text),
			    "{1:1 a@1:1 {1:4 c@1:8 [1:11 1@1:12 2@1:15]} b@2:1 {2:4 c@1:8 [1:11 "
			    "1@1:12 2@1:15]} d@3:1 [3:4 z@3:5 z@3:11]}");
	findings_init(&findings);
	node = yaml_read(&arena, "f", text, strlen(text), &READ_LARGE, &findings);
	a = node_get(node, "a");
	b = node_get(node, "b");
	assert_ptr_equal(a->members, b->members); /* shared, never copied */
	assert_true(b->flags & NODE_ALIAS);
	assert_false(a->flags & NODE_ALIAS);
	findings_release(&findings);
	assert_string_equal(large("a: *x\n"), "1:4 alias");
	assert_string_equal(large("a: &x [*x]\n"), "1:8 alias"); /* a circle */
	assert_string_equal(large("a: &x 0xF\n*x : *x\n"), "{1:1 a@1:1 15@1:4 0xF@2:1 15@2:6}");
	assert_string_equal(large("a: &x [b]\n*x : c\n"), "2:1 key");
	assert_string_equal(large("a: &x 1\nb: &x 2\nc: *x\n"),
			    "{1:1 a@1:1 1@1:4 b@2:1 2@2:4 c@3:1 2@3:4}");
	assert_string_equal(large("&x 1: 1\nb: *x\n"), "{1:1 1@1:1 1@1:7 b@2:1 1@2:4}");
}

/* a billion values in 300 bytes: the count of what the aliases stand for stops it */
static void alias_bomb(void **state)
{
	struct str text = { 0 };

	(void)state;
	str_add(&text, "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
	for (int i = 1; i < 9; i++)
		str_addf(&text,
			 "a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n",
			 i, i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1,
			 i - 1);
	read_with(text.p, text.len, &READ_LARGE);
	assert_non_null(strstr(str_text(&out), "too-large"));
	assert_int_equal(atoi(str_text(&out)), 7);
	/* up to a million is allowed, and costs no memory */
	str_reset(&text);
	str_add(&text, "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
	for (int i = 1; i < 6; i++)
		str_addf(&text,
			 "a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n",
			 i, i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1,
			 i - 1);
	{
		struct findings findings;

		findings_init(&findings);
		assert_non_null(yaml_read(&arena, "f", text.p, text.len, &READ_LARGE, &findings));
		findings_release(&findings);
	}
	str_release(&text);
}

/* all documents of a stream, and the findings behind */
static const char *stream(const char *text, const struct read_options *options)
{
	struct findings findings;
	struct yaml_reader *reader;
	struct node *root;
	int n;

	findings_init(&findings);
	str_reset(&out);
	reader = yaml_open("f", text, strlen(text), options, &findings);
	while (reader && (n = yaml_next(reader, &arena, &root)) != 0) {
		if (n < 0) {
			assert_int_equal(yaml_next(reader, &arena, &root), 0); /* it is over */
			break;
		}
		add_positions(root);
		str_addc(&out, ' ');
	}
	yaml_close(reader);
	for (size_t i = 0; i < findings.count; i++)
		str_addf(&out, "%u:%u %s", findings.items[i].line, findings.items[i].column,
			 findings.items[i].code);
	findings_release(&findings);
	return str_text(&out);
}

static void many_documents(void **state)
{
	struct str text = { 0 };

	(void)state;
	assert_string_equal(stream("a: 1\n---\nb: 2\n...\n---\n- c\n", &READ_INPUT),
			    "{1:1 a@1:1 1@1:4} {3:1 b@3:1 2@3:4} [6:1 c@6:3] ");
	assert_string_equal(stream("", &READ_INPUT), "");
	assert_string_equal(stream("# nothing\n", &READ_INPUT), "");
	assert_string_equal(stream("---\n---\na: 1\n", &READ_INPUT), "-@2:1 {3:1 a@3:1 1@3:4} ");
	assert_string_equal(stream("a: 1\n---\nb: 2\nb: 3\n---\nc: 4\n", &READ_INPUT),
			    "{1:1 a@1:1 1@1:4} 4:1 duplicate-key");
	assert_string_equal(stream("a: 1\n---\nb: [\n", &READ_INPUT),
			    "{1:1 a@1:1 1@1:4} 4:1 yaml-syntax");
	/* anchors do not live on in the next document */
	assert_string_equal(stream("a: &x 1\n---\nb: *x\n", &READ_LARGE),
			    "{1:1 a@1:1 1@1:4} 3:4 alias");
	/* limits are per document */
	for (int i = 0; i < 30; i++) {
		str_add(&text, "---\na: [0");
		str_pad(&text, ' ', 1);
		for (int j = 0; j < 1000; j++)
			str_add(&text, ",1");
		str_add(&text, "]\n");
	}
	assert_null(strstr(stream(text.p, &READ_INPUT), "too-large"));
	str_release(&text);
}

static void excerpts(void **state)
{
	struct findings findings;
	const char *text = "a: b\n企业: 甲: 乙\n";

	(void)state;
	findings_init(&findings);
	assert_null(yaml_read(&arena, "f", text, strlen(text), &READ_RECORD, &findings));
	assert_string_equal(findings.items[0].excerpt, "企业: 甲: 乙");
	assert_int_equal(findings.items[0].column, 6);
	assert_int_equal(findings.items[0].caret, 6);
	findings_release(&findings);
}

int main(void)
{
	const struct CMUnitTest read[] = {
		cmocka_unit_test(positions_in_blocks),
		cmocka_unit_test(positions_in_flow),
		cmocka_unit_test(columns_are_characters),
		cmocka_unit_test(other_line_ends),
		cmocka_unit_test(lines_are_newlines),
		cmocka_unit_test(duplicates),
		cmocka_unit_test(faults_of_bytes),
		cmocka_unit_test(hints_for_bytes),
		cmocka_unit_test(syntax),
		cmocka_unit_test(tags),
		cmocka_unit_test(what_a_record_may_not_hold),
		cmocka_unit_test(depth),
		cmocka_unit_test(sizes),
		cmocka_unit_test(aliases),
		cmocka_unit_test(alias_bomb),
		cmocka_unit_test(many_documents),
		cmocka_unit_test(excerpts),
	};

	return cmocka_run_group_tests(read, NULL, release);
}
