#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "schema/schema.h"
#include "schema/set.h"
#include "yaml/read.h"

static struct arena arena; /* of one test */

static int tear_down(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static const struct node *tree(const char *name, const char *text)
{
	struct findings findings;
	const struct node *root;

	findings_init(&findings);
	root = yaml_read(&arena, name, text, strlen(text), &READ_LARGE, &findings);
	if (!root)
		fail_msg("%s: %s", text, findings.count ? findings.items[0].message : "?");
	findings_release(&findings);
	return root;
}

/* "line:column code message | hint", one line each, warnings and notes marked */
static const char *told(const struct findings *findings)
{
	struct str out = { 0 };
	const char *copy;

	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *f = &findings->items[i];

		str_addf(&out, "%s%u:%u %s%s %s", i ? "\n" : "", f->line, f->column,
			 f->level == LEVEL_ERROR     ? ""
			 : f->level == LEVEL_WARNING ? "warning "
						     : "note ",
			 f->code, f->message);
		if (f->hint)
			str_addf(&out, " | %s", f->hint);
	}
	copy = arena_strdup(&arena, str_text(&out));
	str_release(&out);
	return copy;
}

static bool is_word(void *context, const char *kind, const struct node *value)
{
	(void)context;
	return strcmp(kind, "unit") != 0 || node_is(value, "jingchuan");
}

static void word_hint(void *context, const char *kind, const struct node *value, struct str *hint)
{
	(void)context;
	(void)value;
	str_addf(hint, "a %s", kind);
}

static enum record_answer has_record(void *context, const char *const *kinds, size_t n,
				     const struct node *value, bool finding)
{
	(void)context;
	if (node_is(value, "elsewhere"))
		return RECORD_NOT_HERE;
	if (n && strcmp(kinds[0], "visit") != 0)
		return RECORD_MISSING;
	return node_is(value, "v-1") || (finding && node_is(value, "v-1/2")) ? RECORD_FOUND
									     : RECORD_MISSING;
}

static const struct schema_host host = { NULL, is_word, word_hint, has_record };

static struct schema *compiled(struct schema_set *set, const char *text)
{
	struct findings findings;
	struct schema *schema = NULL;

	findings_init(&findings);
	if (schema_set_add(set, tree("schema", text), "test:schema", "schema", text, strlen(text),
			   &findings) == 0)
		schema = schema_compile(set, "test:schema", SCHEMA_ASSERT_FORMAT, &findings);
	if (!schema)
		fail_msg("%s\n%s", text, told(&findings));
	assert_int_equal(findings.count, 0);
	findings_release(&findings);
	return schema;
}

/* what explain tells of a value; check must agree */
static const char *explained_in(struct schema_set *set, const char *schema_text, const char *text)
{
	struct schema *schema = compiled(set, schema_text);
	struct schema_run *run = schema_run_new(schema);
	const struct node *value = tree("value", text);
	struct schema_source source = { .name = "value", .text = text, .size = strlen(text) };
	struct findings findings;
	const char *result;
	bool warnings, valid;

	assert_non_null(run);
	findings_init(&findings);
	valid = schema_check(schema, run, value, &host, &warnings);
	schema_explain(schema, run, value, &host, &source, &findings);
	findings_sort(&findings);
	result = told(&findings);
	if (valid != (findings.errors == 0) || warnings != (findings.warnings > 0))
		fail_msg("check and explain disagree: %s\n%s\n%s", schema_text, text, result);
	assert_false(findings.lost);
	findings_release(&findings);
	schema_run_free(run);
	schema_free(schema);
	return result;
}

static const char *explained(const char *schema_text, const char *text)
{
	struct schema_set *set = schema_set_new();
	const char *result = explained_in(set, schema_text, text);

	schema_set_free(set);
	return result;
}

struct row {
	const char *schema, *value, *told;
};

static void all_rows(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *result = explained(rows[i].schema, rows[i].value);

		if (strcmp(result, rows[i].told) != 0)
			fail_msg("%s\n%s\ntold     %s\nexpected %s", rows[i].schema, rows[i].value,
				 result, rows[i].told);
	}
}

#define ROWS(rows) all_rows(rows, sizeof(rows) / sizeof(*(rows)))

static void types(void **state)
{
	static const struct row rows[] = {
		{ "type: string", "abc", "" },
		{ "type: string", "1.10",
		  "1:1 type the document must be a string, not 1.10 | "
		  "quote it: '1.10'" },
		{ "properties: {v: {type: string}}", "v: 007",
		  "1:4 type 'v' must be a string, not 7 | quote it: '007'" },
		{ "properties: {v: {type: string}}",
		  "a: 1\nv:", "2:3 type 'v' must be a string, not null | the value is empty" },
		{ "type: integer", "1.0", "" },
		{ "type: integer", "1e3", "" },
		{ "type: integer", "12345678901234567890123", "" },
		{ "type: integer", "1.5", "1:1 type the document must be an integer, not 1.5" },
		{ "type: integer", "'12'",
		  "1:1 type the document must be an integer, not '12' | write it without quotes: "
		  "12" },
		{ "properties: {b: {type: boolean}}", "b: yes",
		  "1:4 type 'b' must be true or false, not 'yes' | YAML 1.2 reads yes as a string; "
		  "write true" },
		{ "properties: {b: {type: boolean}}", "b: '是'",
		  "1:4 type 'b' must be true or false, not '是'" },
		{ "properties: {l: {type: array}}", "l: x",
		  "1:4 type 'l' must be a list, not 'x' | a list is written in brackets: [x]" },
		{ "type: [string, 'null', array]", "{a: 1}",
		  "1:1 type the document must be a string, a list or null, not a map" },
		{ "type: [number, integer]", "x",
		  "1:1 type the document must be a number, not 'x'" },
	};

	(void)state;
	ROWS(rows);
}

static void numbers_are_exact(void **state)
{
	static const struct row rows[] = {
		{ "maximum: 9007199254740992", "9007199254740993",
		  "1:1 maximum the document is more than 9007199254740992: 9007199254740993" },
		{ "minimum: -1e400", "-1e399", "" },
		{ "exclusiveMinimum: 1e400", "1e400",
		  "1:1 exclusive-minimum the document must be more than 1e400, not 1e400" },
		{ "exclusiveMaximum: 0.3", "0.30",
		  "1:1 exclusive-maximum the document must be less than 0.3, not 0.30" },
		{ "minimum: 18446744073709551616", "18446744073709551615.9",
		  "1:1 minimum the document is less than 18446744073709551616: "
		  "18446744073709551615.9" },
		{ "multipleOf: 0.0001", "0.0075", "" },
		{ "multipleOf: 0.0001", "0.00751",
		  "1:1 multiple-of the document is not a multiple of 0.0001: 0.00751" },
		{ "multipleOf: 0.123456789", "1e308",
		  "1:1 multiple-of the document is not a multiple of 0.123456789: 1e308" },
		{ "multipleOf: 3", "1000000000000000000000000000002", "" },
		{ "multipleOf: 12345678901234567890123456789", "24691357802469135780246913578",
		  "" },
		{ "multipleOf: 12345678901234567890123456789", "24691357802469135780246913579",
		  "1:1 multiple-of the document is not a multiple of "
		  "12345678901234567890123456789: "
		  "24691357802469135780246913579" },
		{ "multipleOf: 1e-8", "12391239123", "" },
		{ "const: 1.0", "1", "" },
		{ "const: 100", "1e2", "" },
		{ "const: 0", "-0.0", "" },
		{ "enum: [9007199254740992]", "9007199254740991",
		  "1:1 enum the document cannot be 9007199254740991 | allowed: 9007199254740992" },
	};

	(void)state;
	ROWS(rows);
}

static void texts(void **state)
{
	static const struct row rows[] = {
		{ "minLength: 3", "平凉",
		  "1:1 min-length the document has 2 characters, at least 3 are "
		  "needed" },
		{ "maxLength: 2.0", "平凉", "" },
		{ "maxLength: 1", "平凉",
		  "1:1 max-length the document has 2 characters, at most 1 are "
		  "allowed" },
		{ "{minLength: 1, pattern: '\\S'}", "''", "1:1 min-length the document is empty" },
		{ "pattern: '\\S'", "'\xe3\x80\x80'", "1:1 pattern the document is blank" },
		{ "{pattern: '^[^\\n]*[^\\s][^\\n]*$', examples: [甲]}", "' '",
		  "1:1 pattern the document is blank | for example 甲" },
		{ "pattern: '^\\d+$'", "''",
		  "1:1 pattern the document is blank | the pattern is ^\\d+$" },
		{ "{pattern: '^v-\\d+$', examples: [v-12]}", "v-x",
		  "1:1 pattern the document has the wrong form: 'v-x' | for example v-12; the "
		  "pattern is ^v-\\d+$" },
		{ "pattern: '^(a+)+$'", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!",
		  "1:1 pattern-too-expensive the pattern takes too long on the document | simplify "
		  "the pattern: begin it with ^, and repeat no group within a repeated group" },
		{ "not: {pattern: '^(a+)+$'}", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!",
		  "1:1 pattern-too-expensive the pattern takes too long on the document | simplify "
		  "the pattern: begin it with ^, and repeat no group within a repeated group" },
		{ "{format: date, pattern: '^\\d{4}-\\d\\d-\\d\\d$'}", "2024-5-1",
		  "1:1 format the document is not a date: '2024-5-1' | for example 2024-04-18" },
		{ "format: date-time", "2024-04-18T17:40:00",
		  "1:1 format the document is not a time with date and offset: "
		  "'2024-04-18T17:40:00' | for example 2024-04-18T17:40:00+08:00" },
		{ "format: no-such-format", "x", "" },
		{ "const: a", "\"\\e[31mred\"",
		  "1:1 const the document must be 'a', not '\\x1b[31mred'" },
	};

	(void)state;
	ROWS(rows);
}

static void choices(void **state)
{
	static const char schema[] = "enum: [photo, form]\nx-labels: {photo: 照片, form: 登记表}\n"
				     "x-aliases: {photo: [相片]}";
	static const struct row rows[] = {
		{ schema, "photo", "" },
		{ schema, "foto",
		  "1:1 enum the document cannot be 'foto' | did you mean 'photo' 照片?; allowed: "
		  "photo "
		  "照片, form 登记表" },
		{ schema, "登记表",
		  "1:1 enum the document cannot be '登记表' | did you mean 'form' 登记表?; "
		  "allowed: photo "
		  "照片, "
		  "form 登记表" },
		{ schema, "相片",
		  "1:1 enum the document cannot be '相片' | did you mean 'photo' 照片?; allowed: "
		  "photo "
		  "照片, "
		  "form 登记表" },
		{ "enum: []", "1", "1:1 enum the document cannot be 1" },
		{ "enum: [{a: [1, {b: 2}]}]", "{a: [1.0, {b: 2}]}", "" },
		{ "const: {a: 1, b: 2}", "{b: 2, a: 1}", "" },
		{ "const: [false]", "[0]", "1:1 const the document must be a list, not a list" },
		{ "const: \"a\\0b\"", "\"a\\0c\"",
		  "1:1 const the document must be 'a\\x00b', not 'a\\x00c'" },
	};

	(void)state;
	ROWS(rows);
}

static void maps(void **state)
{
	static const char closed[] =
		"{properties: {date: {title: 日期}, note: {}}, required: [date], "
		"additionalProperties: false}";
	static const struct row rows[] = {
		{ closed, "date: 1", "" },
		{ closed, "dat: 1",
		  "1:1 unknown-field unknown field 'dat' | did you mean 'date' 日期?\n"
		  "1:1 required 'date' is missing" },
		{ closed, "{date: 1, 日期: 2}",
		  "1:11 unknown-field unknown field '日期' | did you mean 'date' 日期?" },
		{ closed, "{date: 1, xyzzy: 2}",
		  "1:11 unknown-field unknown field 'xyzzy' | known fields: date 日期, note" },
		{ "properties: {entered: {required: [at, by]}}", "x: 1\nentered: {by: 1}",
		  "2:1 required 'at' is missing in 'entered'" },
		{ "items: {required: [id]}", "[{id: 1}, {}]",
		  "1:11 required 'id' is missing in item 2" },
		{ "properties: {l: {items: {type: string}}}", "l: [a, 2]",
		  "1:8 type item 2 of 'l' must be a string, not 2 | quote it: '2'" },
		{ "{patternProperties: {'^x-': {type: integer}}, additionalProperties: {type: "
		  "string}}",
		  "{x-a: b, c: 1}",
		  "1:7 type 'x-a' must be an integer, not 'b'\n"
		  "1:13 type 'c' must be a string, not 1 | quote it: '1'" },
		{ "propertyNames: {pattern: '^[a-z]+$'}", "{ab: 1, A1: 2}",
		  "1:9 property-names the name 'A1' has the wrong form: 'A1' | the pattern is "
		  "^[a-z]+$" },
		{ "{minProperties: 1, maxProperties: 1}", "{}",
		  "1:1 min-properties the document is empty" },
		{ "{minProperties: 1, maxProperties: 1}", "{a: 1, b: 2}",
		  "1:1 max-properties the document has 2 fields, at most 1 are allowed" },
		{ "dependentRequired: {a: [b, c]}", "{a: 1, c: 2}",
		  "1:1 dependent-required 'b' is missing, which 'a' needs" },
		{ "dependentSchemas: {a: {required: [b]}}", "{a: 1}",
		  "1:1 required 'b' is missing" },
		{ "properties: {a: false}", "{b: 1, a: 1}", "1:8 not 'a' is not allowed here" },
		{ "not: {required: [a]}", "{b: 1, a: 1}", "1:8 not 'a' is not allowed here" },
		{ "not: {required: [a, b]}", "{b: 1, a: 1}",
		  "1:8 not 'a' and 'b' may not be given together" },
		{ "not: {const: 3}", "3",
		  "1:1 not the document has a value that is not allowed: 3" },
	};

	(void)state;
	ROWS(rows);
}

static void many_required_names(void **state)
{
	struct str schema = { 0 }, value = { 0 };

	(void)state;
	/* beyond the 64 that are kept as bits */
	str_add(&schema, "required: [");
	for (int i = 0; i < 100; i++) {
		str_addf(&schema, "%sf%d", i ? ", " : "", i);
		if (i != 7 && i != 90)
			str_addf(&value, "f%d: 1\n", i);
	}
	str_addc(&schema, ']');
	assert_string_equal(explained(str_text(&schema), str_text(&value)),
			    "1:1 required 'f7' is missing\n1:1 required 'f90' is missing");
	str_release(&schema);
	str_release(&value);
}

static void lists(void **state)
{
	static const struct row rows[] = {
		{ "{prefixItems: [{type: string}], items: false}", "[a, b]",
		  "1:5 unknown-item item 2 is one more than is allowed" },
		{ "{prefixItems: [{type: string}], items: {type: integer}}", "[1, b]",
		  "1:2 type item 1 must be a string, not 1 | quote it: '1'\n"
		  "1:5 type item 2 must be an integer, not 'b'" },
		{ "{minItems: 2}", "[1]",
		  "1:1 min-items the document has 1 item, at least 2 are needed" },
		{ "{maxItems: 1}", "[1, 2]",
		  "1:1 max-items the document has 2 items, at most 1 are allowed" },
		{ "uniqueItems: true", "[1, 2, 1.0, {a: 1, b: 2}, {b: 2, a: 1}]",
		  "1:8 unique-items item 3 is the same as item 1\n"
		  "1:27 unique-items item 5 is the same as item 4" },
		{ "uniqueItems: true", "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, true, 7, '1', [1]]",
		  "1:39 unique-items item 12 is the same as item 7" },
		{ "{contains: {const: 1}, minContains: 2, maxContains: 3}", "[1, 2]",
		  "1:1 contains the document has 1 items of the form that is needed, at least 2 "
		  "must "
		  "have it" },
		{ "{contains: {const: 1}, maxContains: 1}", "[1, 1]",
		  "1:1 contains the document has 2 items of a form that at most 1 may have" },
		{ "{contains: {const: 1}, minContains: 0}", "[]", "" },
	};

	(void)state;
	ROWS(rows);
}

static void branches(void **state)
{
	static const char by_kind[] =
		"oneOf:\n"
		"- {properties: {kind: {const: a}, x: {type: integer}}, required: [kind, x]}\n"
		"- {properties: {kind: {const: b}, y: {type: integer}}, required: [kind, y]}\n";
	static const struct row rows[] = {
		{ by_kind, "{kind: b, y: 1}", "" },
		/* the branch of the kind that is given was meant */
		{ by_kind, "{kind: b, y: z}",
		  "1:8 note const in another form that is allowed: 'kind' must be 'a', not 'b'\n"
		  "1:14 type 'y' must be an integer, not 'z'" },
		/* no branch has that kind */
		{ "anyOf: [{properties: {kind: {const: a}}}, {properties: {kind: {const: b}}}]",
		  "kind: c", "1:7 enum 'kind' cannot be 'c' | allowed: a, b" },
		{ "anyOf: [{type: string}, {type: 'null'}]", "1",
		  "1:1 type the document must be a string or null, not 1 | quote it: '1'" },
		{ "oneOf: [{const: 1, title: 一}, {const: 2, title: 二}]", "3",
		  "1:1 enum the document cannot be 3 | allowed: 1 一, 2 二" },
		{ "anyOf: [{required: [n, d]}, {required: [count]}]", "x: 1",
		  "1:1 any-of the document needs one of: 'n' and 'd'; 'count'" },
		{ "oneOf: [{required: [a]}, {required: [b]}]", "{a: 1, b: 2}",
		  "1:1 one-of the document may have only one of: 'a'; 'b'" },
		{ "oneOf: [{type: integer}, {minimum: 2}]", "3",
		  "1:1 one-of the document fits more than one of these, of which only one may fit: "
		  "form 1; form 2" },
		{ "oneOf: [false, false]", "3",
		  "1:1 one-of the document fits none of the forms that are allowed" },
		/* the other one: a note */
		{ "anyOf: [{minLength: 3}, {pattern: ^x}]", "ab",
		  "1:1 min-length the document has 2 characters, at least 3 are needed\n"
		  "1:1 note pattern in another form that is allowed: the document has the wrong "
		  "form: 'ab' | the pattern is ^x" },
		{ "{if: {properties: {k: {const: a}}, required: [k]}, then: {required: [x]}, else: "
		  "{required: [y]}}",
		  "k: a", "1:1 required 'x' is missing" },
		{ "{if: {required: [k]}, then: {required: [x]}, else: {required: [y]}}", "j: a",
		  "1:1 required 'y' is missing" },
	};

	(void)state;
	ROWS(rows);
}

static void unevaluated(void **state)
{
	static const char closed[] =
		"{allOf: [{properties: {a: {type: integer}, b: {}}}, {if: {required: [c]}, then: "
		"{properties: {c: {}, d: {}}}}], anyOf: [{properties: {e: {const: 1}}, required: "
		"[e]}, {properties: {f: {}}}], unevaluatedProperties: false}";
	static const struct row rows[] = {
		{ closed, "{a: 1, b: 2, c: 3, d: 4, e: 1, f: 5}", "" },
		{ closed, "{d: 4}", "1:2 unknown-field unknown field 'd' | known fields: a, b, f" },
		{ closed, "{e: 2}", "1:2 unknown-field unknown field 'e' | known fields: a, b, f" },
		/* a field with a wrong value is not unknown besides */
		{ closed, "{a: x, g: 1}",
		  "1:5 type 'a' must be an integer, not 'x'\n"
		  "1:8 unknown-field unknown field 'g' | known fields: a, b, f" },
		{ "{prefixItems: [true], contains: {const: x}, unevaluatedItems: false}",
		  "[1, x, y]", "1:8 unknown-item item 3 is one more than is allowed" },
		{ "{properties: {a: {}}, unevaluatedProperties: {type: string}}", "{a: 1, b: 2}",
		  "1:11 type 'b' must be a string, not 2 | quote it: '2'" },
		{ "{properties: {m: {properties: {a: {}}}}, allOf: [{unevaluatedProperties: "
		  "true}], "
		  "unevaluatedProperties: false}",
		  "{m: {x: 1}, n: 1}", "" },
	};

	(void)state;
	ROWS(rows);
}

static void one_fault_is_told_once(void **state)
{
	static const struct row rows[] = {
		{ "{$defs: {d: {required: [x]}}, allOf: [{$ref: '#/$defs/d'}, {$ref: "
		  "'#/$defs/d'}]}",
		  "{}", "1:1 required 'x' is missing" },
		{ "{type: string, enum: [a], pattern: b}", "1",
		  "1:1 type the document must be a string, not 1 | quote it: '1'" },
	};

	(void)state;
	ROWS(rows);
}

static void our_vocabulary(void **state)
{
	static const struct row rows[] = {
		{ "properties: {u: {x-word: unit}}", "u: jingchuan", "" },
		{ "properties: {u: {x-word: unit}}", "u: jingchun",
		  "1:4 unknown-word 'u': 'jingchun' is no unit of the plan | a unit" },
		{ "properties: {u: {x-word: unit, x-word-level: warning}}", "u: jingchun",
		  "1:4 warning unknown-word 'u': 'jingchun' is no unit of the plan | a unit" },
		{ "anyOf: [{x-word: unit, x-word-level: warning, type: integer}, {type: string}]",
		  "x", "" },
		{ "properties: {s: {x-record: [visit], x-finding: true}}", "s: v-1/2", "" },
		{ "properties: {s: {x-record: [visit]}}", "s: v-1/2",
		  "1:4 unknown-record 's': there is no record 'v-1/2' of the right kind" },
		{ "properties: {s: {x-record: []}}", "s: elsewhere",
		  "1:4 warning record-not-here 's': the record 'elsewhere' is not here | its "
		  "unit's "
		  "folder is missing here" },
		{ "properties: {b: {x-not-before: a}}", "{a: '2024-04-18', b: '2024-04-17'}",
		  "1:22 not-before 'b' is before 'a': '2024-04-17' and '2024-04-18'" },
		{ "properties: {b: {x-not-before: a}}", "{a: '2024-04-18', b: '2024-04-18'}", "" },
		{ "properties: {b: {x-not-before: a}}", "{a: soon, b: '2024-04-18'}", "" },
		{ "properties: {n: {x-not-after: d}}", "{n: 5, d: 4}",
		  "1:5 not-after 'n' is more than 'd': 5 and 4" },
		{ "properties: {n: {x-not-after: d}}", "n: 5", "" },
	};

	(void)state;
	ROWS(rows);
}

static void labels_and_pointers(void **state)
{
	static const char schema_text[] =
		"$defs: {day: {title: 某日, type: string}}\n"
		"allOf:\n"
		"- properties: {m: {title: 整治措施, items: {properties: {'a/b~c': {$ref: "
		"'#/$defs/day'}}, required: [d]}}}\n"
		"- properties: {m: {items: {properties: {d: {title: 期限}}}}}\n";
	static const char text[] = "m: [{a/b~c: 1}]";
	struct schema_set *set = schema_set_new();
	struct schema *schema = compiled(set, schema_text);
	struct schema_run *run = schema_run_new(schema);
	struct schema_source source = {
		.name = "file.yaml", .text = text, .size = strlen(text), .pointer = "/part"
	};
	struct findings findings;

	(void)state;
	findings_init(&findings);
	schema_explain(schema, run, tree("value", text), NULL, &source, &findings);
	assert_int_equal(findings.count, 2);
	assert_string_equal(findings.items[0].pointer, "/part/m/0/a~1b~0c");
	assert_string_equal(findings.items[0].label, "某日");
	assert_string_equal(findings.items[0].file, "file.yaml");
	assert_string_equal(findings.items[0].excerpt, text);
	assert_string_equal(findings.items[1].pointer, "/part/m/0");
	assert_string_equal(findings.items[1].label, "期限");
	findings_release(&findings);
	schema_run_free(run);
	schema_free(schema);
	schema_set_free(set);
}

static void references(void **state)
{
	static const char other[] = "$id: http://example.org/a/other.yaml\n"
				    "$defs: {'x/y~%': {type: integer}, in: {$id: inner/, $defs: "
				    "{s: {$anchor: here, type: "
				    "string}}}}";
	static const struct row rows[] = {
		{ "$ref: 'http://example.org/a/b/../other.yaml#/$defs/x~1y~0%25'", "a",
		  "1:1 type the document must be an integer, not 'a'" },
		{ "$ref: 'http://example.org/a/inner/#here'", "1",
		  "1:1 type the document must be a string, not 1 | quote it: '1'" },
		{ "$ref: 'http://example.org/a/other.yaml#/$defs/in/$defs/s'", "a", "" },
		{ "{properties: {next: {$ref: '#'}}, additionalProperties: false}",
		  "{next: {next: {x: 1}}}",
		  "1:16 unknown-field unknown field 'x' | known fields: next" },
		{ "{$id: 'urn:x:1', $defs: {a: {type: string}}, $ref: 'urn:x:1#/$defs/a'}", "a",
		  "" },
		{ "{$id: 'duban:x', items: {$ref: common}, $defs: {c: {$id: 'duban:common', type: "
		  "string}}}",
		  "[1]", "1:2 type item 1 must be a string, not 1 | quote it: '1'" },
		{ "{const: {$ref: '#/nowhere'}}", "{$ref: '#/nowhere'}", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct schema_set *set = schema_set_new();
		struct findings findings;

		findings_init(&findings);
		assert_int_equal(schema_set_add(set, tree("other", other), NULL, "other", NULL, 0,
						&findings),
				 0);
		assert_string_equal(explained_in(set, rows[i].schema, rows[i].value), rows[i].told);
		findings_release(&findings);
		schema_set_free(set);
	}
}

/* one node is two values: what is wrong with the one says nothing of the other */
static void faults_behind_aliases(void **state)
{
	(void)state;
	assert_string_equal(explained("properties:\n"
				      "  a: {properties: {x: {type: integer}}}\n"
				      "  b: {properties: {x: {minLength: 5}}}\n",
				      "a: &v {x: ab}\nb: *v\n"),
			    "1:11 type 'x' must be an integer, not 'ab'\n"
			    "1:11 min-length 'x' has 2 characters, at least 5 are needed");
}

static void dynamic_references(void **state)
{
	/* the strict tree of 2020-12 core 8.2.3.2 and its appendix C */
	static const char trees[] =
		"{$id: 'test:tree', $dynamicAnchor: node, properties: {data: true, "
		"children: {type: array, items: {$dynamicRef: '#node'}}}}";
	static const char strict[] =
		"{$dynamicAnchor: node, $ref: 'test:tree', unevaluatedProperties: false}";
	struct schema_set *set = schema_set_new();
	struct findings findings;

	(void)state;
	findings_init(&findings);
	assert_int_equal(schema_set_add(set, tree("tree", trees), NULL, "tree", NULL, 0, &findings),
			 0);
	assert_string_equal(explained_in(set, strict, "{children: [{data: 1}, {daat: 2}]}"),
			    "1:25 unknown-field unknown field 'daat' | did you mean 'data'?");
	findings_release(&findings);
	schema_set_free(set);
}

/* the findings of a schema that does not compile */
static const char *refused(const char *text)
{
	struct schema_set *set = schema_set_new();
	struct schema *schema = NULL;
	struct findings findings;
	const char *result;

	findings_init(&findings);
	if (schema_set_add(set, tree("schema", text), "test:schema", "schema", text, strlen(text),
			   &findings) == 0)
		schema = schema_compile(set, "test:schema", SCHEMA_ASSERT_FORMAT, &findings);
	if (schema)
		fail_msg("compiled: %s", text);
	result = told(&findings);
	findings_release(&findings);
	schema_set_free(set);
	return result;
}

/* an alias is the value once more: references in it start where the alias stands */
static void references_in_aliases(void **state)
{
	static const char text[] = "$defs:\n"
				   "  one: {$id: one, items: &i {allOf: [{$ref: '#/$defs/t'}]}, "
				   "$defs: {t: {const: a}}}\n"
				   "  two: {$id: two, items: *i, $defs: {t: {const: b}}}\n"
				   "properties: {one: {$ref: one}, two: {$ref: two}}\n";
	struct schema_set *set = schema_set_new();

	(void)state;
	assert_string_equal(explained_in(set, text, "{one: [a], two: [b]}"), "");
	schema_set_free(set);
	set = schema_set_new();
	assert_string_equal(explained_in(set, text, "{one: [b], two: [a]}"),
			    "1:8 const item 1 of 'one' must be 'a', not 'b'\n"
			    "1:18 const item 1 of 'two' must be 'b', not 'a'");
	schema_set_free(set);
	/* but not without end */
	assert_string_equal(refused("a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n"
				    "b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\n"
				    "c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\n"
				    "d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\n"
				    "e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]\n"
				    "f: [*e, *e, *e, *e, *e, *e, *e, *e, *e]\n"),
			    "1:1 too-large the aliases unfold to too many values");
}

static void faults_of_schemas(void **state)
{
	static const struct {
		const char *schema, *told;
	} rows[] = {
		{ "minLength: -1", "1:12 bad-keyword 'minLength' must be an integer, 0 or more" },
		{ "minLength: 1.5", "1:12 bad-keyword 'minLength' must be an integer, 0 or more" },
		{ "type: null", "1:7 bad-keyword 'type' does not know 'null' | quote it: 'null'" },
		{ "type: map",
		  "1:7 bad-keyword 'type' does not know 'map' | allowed: string, number, "
		  "integer, boolean, array, object, null" },
		{ "required: x", "1:11 bad-keyword 'required' must be a list of names" },
		{ "required: [x, x]", "1:15 bad-keyword 'required' has 'x' twice" },
		{ "pattern: '(a'", "1:10 bad-pattern not a pattern: ( without ), at character 3" },
		{ "patternProperties: {'[': true}",
		  "1:21 bad-pattern not a pattern: [ without ], at character 2" },
		{ "multipleOf: 0", "1:13 bad-keyword 'multipleOf' must be greater than 0 and have "
				   "at most 38 digits" },
		{ "$ref: nowhere", "1:7 bad-reference 'nowhere': there is no such schema" },
		{ "$ref: '#/$defs/x'",
		  "1:7 bad-reference '#/$defs/x': the schema has no such place" },
		{ "$ref: '#x'", "1:7 bad-reference '#x': the schema has no such anchor" },
		{ "{$defs: 1}", "1:9 bad-keyword '$defs' must be a map of schemas" },
		{ "properties: {a: 1}", "1:17 bad-schema a schema must be a map, true or false" },
		{ "allOf: []", "1:8 bad-keyword 'allOf' must be a list of one schema or more" },
		{ "[1]", "1:1 bad-schema a schema must be a map, true or false" },
		{ "$schema: http://json-schema.org/draft-03/schema#",
		  "1:10 bad-dialect '$schema' is not known: "
		  "'http://json-schema.org/draft-03/schema#' | the metaschema "
		  "must be given, or be https://json-schema.org/draft/2020-12/schema" },
		{ "$id: 'test:a#b'",
		  "1:6 bad-keyword '$id' may not have a fragment: 'test:a#b' | name a place within "
		  "a resource by $anchor" },
		{ "$anchor: 1a", "1:10 bad-keyword '$anchor' must be a letter and letters, digits, "
				 "'-', '_', '.'" },
		{ "$ref: '#'", "1:1 bad-reference the schema refers to itself without end" },
		/* also where nothing refers to it; and all of them */
		{ "$defs:\n  a: {minimum: x}\n  b: {maximum: y}\n",
		  "2:16 bad-keyword 'minimum' must be a number\n"
		  "3:16 bad-keyword 'maximum' must be a number" },
		{ "x-word-level: loud",
		  "1:15 bad-keyword 'x-word-level' must be 'warning' or 'error'" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *result = refused(rows[i].schema);

		if (strcmp(result, rows[i].told) != 0)
			fail_msg("%s\ntold     %s\nexpected %s", rows[i].schema, result,
				 rows[i].told);
	}
}

static void a_uri_names_one_schema(void **state)
{
	struct schema_set *set = schema_set_new();
	struct findings findings;

	(void)state;
	findings_init(&findings);
	assert_int_equal(
		schema_set_add(set, tree("a", "$id: test:a"), NULL, "a", NULL, 0, &findings), 0);
	assert_int_equal(
		schema_set_add(set, tree("b", "$id: test:a"), NULL, "b", NULL, 0, &findings), -1);
	assert_string_equal(told(&findings),
			    "1:6 duplicate-id the URI 'test:a' is taken | it names line 1 of a");
	assert_null(schema_compile(set, "test:none", 0, &findings));
	findings_release(&findings);
	schema_set_free(set);
}

static void vocabularies(void **state)
{
	static const char meta[] =
		"{$id: 'test:meta', $vocabulary: "
		"{'https://json-schema.org/draft/2020-12/vocab/core': "
		"true, 'https://json-schema.org/draft/2020-12/vocab/applicator': true, "
		"'test:other': "
		"false}}";
	struct schema_set *set = schema_set_new();
	struct findings findings;

	(void)state;
	findings_init(&findings);
	assert_int_equal(schema_set_add(set, tree("m", meta), NULL, "m", NULL, 0, &findings), 0);
	/* without the validation vocabulary `minimum` is just a word */
	assert_string_equal(
		explained_in(set, "{$schema: 'test:meta', properties: {a: false, b: {minimum: 9}}}",
			     "{a: 1, b: 1}"),
		"1:2 not 'a' is not allowed here");
	findings_release(&findings);
	schema_set_free(set);
}

static void formats_annotate_by_default(void **state)
{
	struct schema_set *set = schema_set_new();
	struct findings findings;
	struct schema *schema;
	struct schema_run *run;

	(void)state;
	findings_init(&findings);
	assert_int_equal(
		schema_set_add(set, tree("s", "format: date"), "test:s", "s", NULL, 0, &findings),
		0);
	schema = schema_compile(set, "test:s", 0, &findings);
	run = schema_run_new(schema);
	assert_true(schema_check(schema, run, tree("v", "never"), NULL, NULL));
	schema_run_free(run);
	schema_free(schema);
	findings_release(&findings);
	schema_set_free(set);
}

static void formats(void **state)
{
	static const struct {
		const char *format, *text;
		bool valid;
	} rows[] = {
		{ "date", "2024-02-29", true },
		{ "date", "2023-02-29", false },
		{ "date", "২024-02-29", false },
		{ "time", "23:59:60Z", true },
		{ "time", "22:59:60Z", false },
		{ "time", "07:59:60+08:00", true },
		{ "time", "12:00:00.", false },
		{ "date-time", "2024-04-18t17:40:00.5z", true },
		{ "duration", "P1Y2M", true },
		{ "duration", "P1Y2D", false },
		{ "duration", "PT", false },
		{ "duration", "P2W", true },
		{ "email", "a.b@example.org", true },
		{ "email", "a..b@example.org", false },
		{ "email", "a@[IPv6:::1]", true },
		{ "hostname", "a-b.example", true },
		{ "hostname", "-a.example", false },
		{ "ipv4", "192.0.2.1", true },
		{ "ipv4", "192.0.2.01", false },
		{ "ipv6", "2001:db8::1", true },
		{ "uri", "http://u@[::1]:80/a?b#c", true },
		{ "uri", "//x/y", false },
		{ "uri", "http://例.org/", false },
		{ "uri-reference", "a:b/c", true },
		{ "uri-reference", "1:b", false },
		{ "iri", "http://例.org/", true },
		{ "uri-template", "/a{?b,c*}", true },
		{ "uri-template", "/a{", false },
		{ "uuid", "2eb8aa08-aa98-11ea-b4aa-73b441d16380", true },
		{ "uuid", "2eb8aa08aa9811eab4aa73b441d163800000", false },
		{ "json-pointer", "/a~1b", true },
		{ "json-pointer", "/a~", false },
		{ "relative-json-pointer", "1/a", true },
		{ "relative-json-pointer", "01/a", false },
		{ "regex", "(?<=a+)b", true },
		{ "regex", "\\a", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *schema = arena_printf(&arena, "format: %s", rows[i].format);
		const char *value = arena_printf(&arena, "'%s'", rows[i].text);

		if ((*explained(schema, value) == '\0') != rows[i].valid)
			fail_msg("%s: %s", rows[i].format, rows[i].text);
	}
}

static void depth_has_a_limit(void **state)
{
	static const char schema[] = "{$defs: {x: {anyOf: [{$ref: '#'}]}}, items: {allOf: [{$ref: "
				     "'#/$defs/x'}, {type: array}]}}";
	/* a reference that dynamic scope turns on itself is seen only while checking */
	static const char loop[] = "{$dynamicAnchor: a, allOf: [{$dynamicRef: '#a'}]}";
	struct str value = { 0 };

	(void)state;
	str_pad(&value, '[', 200);
	str_pad(&value, ']', 200);
	assert_string_equal(explained(schema, str_text(&value)), "");
	str_reset(&value);
	assert_string_equal(explained(loop, "1"),
			    "1:1 too-deep the document is nested too deeply to be checked");
	assert_string_equal(explained("{$defs: {l: {$dynamicAnchor: a, allOf: [{$dynamicRef: "
				      "'#a'}]}}, not: {$dynamicRef: '#a'}}",
				      "1"),
			    "1:1 too-deep the document is nested too deeply to be checked");
	str_release(&value);
}

static void time_has_a_limit(void **state)
{
	static const char *const hostile[] = {
		/* twice as long for each level */
		"items: {allOf: [{$ref: '#'}, {$ref: '#'}]}",
		"{additionalProperties: {$ref: '#'}, items: {anyOf: [{allOf: [{$ref: '#'}, "
		"false]}, "
		"{$ref: '#'}]}}",
		"items: {if: {$ref: '#'}, then: {$ref: '#'}}",
		"items: {not: {not: {allOf: [{$ref: '#'}, {$ref: '#'}]}}}",
		("{$dynamicAnchor: a, items: {allOf: [{$dynamicRef: '#a'}, {$ref: '#'}]}, "
		 "unevaluatedItems: false}"),
		"{contains: {allOf: [{$ref: '#'}, {$ref: '#'}]}, minContains: 0}",
	};
	struct str value = { 0 }, schema = { 0 };

	(void)state;
	str_pad(&value, '[', 60);
	str_pad(&value, ']', 60);
	for (size_t i = 0; i < sizeof(hostile) / sizeof(*hostile); i++)
		assert_string_equal(explained(hostile[i], str_text(&value)),
				    "1:1 schema-too-expensive the schema takes too long on the "
				    "document | simplify the schema: it applies the same "
				    "subschemas to the same value again and again");
	/* what is large may take its time: 20 million steps */
	str_reset(&value);
	str_add(&value, "[0");
	for (int i = 0; i < 100000; i++)
		str_add(&value, ",0");
	str_add(&value, "]");
	str_add(&schema, "items: {allOf: [{minimum: 0}");
	for (int i = 0; i < 100; i++)
		str_add(&schema, ", {minimum: 0}");
	str_add(&schema, "]}");
	assert_string_equal(explained(str_text(&schema), str_text(&value)), "");
	str_release(&value);
	str_release(&schema);
}

static void faults_have_a_limit(void **state)
{
	struct str value = { 0 };
	const char *all, *last;

	(void)state;
	str_add(&value, "[x");
	for (int i = 0; i < 20000; i++)
		str_add(&value, ",x");
	str_add(&value, "]");
	all = explained("items: {type: integer}", str_text(&value));
	last = strrchr(all, '\n');
	assert_string_equal(last, "\n1:20002 too-many-faults too many faults: more of them are not "
				  "told");
	/* a value that is valid stays so, however many warnings there are */
	all = explained("items: {x-word: unit, x-word-level: warning}", str_text(&value));
	last = strrchr(all, '\n');
	assert_string_equal(last, "\n1:20002 warning too-many-faults too many faults: more of them "
				  "are not told");
	str_release(&value);
}

static const char *listed(const struct schema_property *p, size_t n)
{
	struct str out = { 0 };
	const char *copy;

	for (size_t i = 0; i < n; i++)
		str_addf(&out, "%s --%s %s %s %s%s%s\n", p[i].name, p[i].option ? p[i].option : "",
			 p[i].title ? p[i].title : "-", p[i].type ? p[i].type : "-",
			 p[i].items_type ? p[i].items_type : "-", p[i].required ? " required" : "",
			 p[i].personal ? " personal" : "");
	copy = arena_strdup(&arena, str_text(&out));
	str_release(&out);
	return copy;
}

static void questions(void **state)
{
	static const char common[] = "$id: test:common\n"
				     "$defs:\n"
				     "  person: {type: string, x-personal: true, x-metavar: NAME}\n"
				     "  base: {required: [unit], properties: {unit: {type: string, "
				     "x-word: unit}, entered: "
				     "{type: object}}}\n";
	static const char text[] =
		"$id: test:visit\n"
		"allOf: [{$ref: 'test:common#/$defs/base'}]\n"
		"required: [visitors]\n"
		"properties:\n"
		"  indicator_type: {title: 指标, enum: [a, b], x-labels: {a: 甲}}\n"
		"  visitors: {title: 走访人, x-option: visitor, items: {$ref: "
		"'test:common#/$defs/person'}, type: array}\n"
		"  due: {anyOf: [{type: 'null'}, {type: string, x-metavar: DATE}], x-option: "
		"false}\n"
		"  values: {type: object, properties: {n_of: {type: integer}}}\n"
		"if: {required: [x]}\n"
		"then: {properties: {hidden: {}}}\n";
	static const char more[] = "$id: test:entry\n"
				   "allOf:\n"
				   "- $ref: test:visit\n"
				   "- properties: {due: {title: 期限}, remark: {type: string}}\n";
	struct schema_set *set = schema_set_new();
	struct schema_property *p;
	struct findings findings;
	size_t n;

	(void)state;
	findings_init(&findings);
	schema_set_add(set, tree("c", common), NULL, "c", NULL, 0, &findings);
	schema_set_add(set, tree("v", text), NULL, "v", NULL, 0, &findings);
	schema_set_add(set, tree("e", more), NULL, "e", NULL, 0, &findings);
	assert_int_equal(findings.count, 0);
	n = schema_properties(set, "test:entry", NULL, &arena, &p);
	assert_string_equal(listed(p, n),
			    "indicator_type --indicator-type 指标 string -\n"
			    "visitors --visitor 走访人 array string required personal\n"
			    "due -- 期限 string -\n"
			    "values --values - object -\n"
			    "unit --unit - string - required\n"
			    "remark --remark - string -\n"
			    "entered --entered - object -\n");
	assert_string_equal(p[0].labels->members[0].value->text, "甲");
	assert_int_equal(p[0].codes->count, 2);
	assert_string_equal(p[1].metavar, "NAME");
	assert_non_null(node_get(p[1].items, "x-personal"));
	assert_string_equal(p[2].metavar, "DATE");
	assert_string_equal(p[4].word, "unit");
	n = schema_subproperties(set, p[3].schema, &arena, &p);
	assert_string_equal(listed(p, n), "n_of --n-of - integer -\n");
	assert_int_equal(schema_properties(set, "test:none", NULL, &arena, &p), 0);
	assert_null(p);
	findings_release(&findings);
	schema_set_free(set);
}

/* the keyword in the schema that a fault is against */
static void rules_have_places(void **state)
{
	static const struct {
		const char *schema, *value, *told;
	} rows[] = {
		{ "type: string", "1", "1:1" },
		{ "{title: x,\n  maximum: 3}", "4", "2:3" },
		{ "exclusiveMinimum: 4", "4", "1:1" },
		{ "required: [a]", "{}", "1:1" },
		{ "additionalProperties: false", "{a: 1}", "1:1" },
		{ "{required: [a], additionalProperties: {type: string}}", "{a: 1}", "1:40" },
		{ "unevaluatedProperties: false", "{a: 1}", "1:1" },
		{ "{prefixItems: [true], items: false}", "[1, 2]", "1:23" },
		{ "dependentRequired: {a: [b]}", "{a: 1}", "1:1" },
		{ "allOf: [$ref: '#/$defs/x']\n$defs:\n  x:\n    pattern: ^a", "b", "4:5" },
		{ "{oneOf: [{type: integer}, {type: array}]}", "a", "1:11" },
		{ "{oneOf: [{minLength: 1}, true]}", "a", "1:2" },
		{ "contains: {type: string}", "[]", "1:1" },
		{ "propertyNames: {maxLength: 1}", "{ab: 1}", "1:17" },
		{ "patternProperties: {'^(a+)+$': true}\nadditionalProperties: true",
		  "{aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab: 1}", "1:1" },
		{ "false", "1", "0:0" },
		{ "properties: {a: false}", "{a: 1}", "0:0" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct schema_set *set = schema_set_new();
		struct schema *schema = compiled(set, rows[i].schema);
		struct schema_run *run = schema_run_new(schema);
		struct findings findings = { 0 };
		char told[16] = "";

		schema_explain(schema, run, tree("value", rows[i].value), NULL, NULL, &findings);
		if (findings.count)
			snprintf(told, sizeof(told), "%u:%u", findings.items[0].schema_line,
				 findings.items[0].schema_column);
		if (strcmp(told, rows[i].told) != 0)
			fail_msg("%s: %s, not %s", rows[i].schema, told, rows[i].told);
		assert_int_equal(findings.items[0].schema_file != NULL,
				 findings.items[0].schema_line > 0);
		findings_release(&findings);
		schema_run_free(run);
		schema_free(schema);
		schema_set_free(set);
	}
}

/* every place has a URI that leads back to it */
static void uris_of_places(void **state)
{
	static const char text[] = "$id: test:a\n"
				   "properties:\n"
				   "  plain: &x {items: {type: integer}}\n"
				   "  a/b~c d: {not: {}}\n"
				   "  指标: {$ref: '#/$defs/inner'}\n"
				   "  again: *x\n"
				   "prefixItems: [{}, {anyOf: [{}, {}]}]\n"
				   "$defs:\n"
				   "  inner: {$id: b, additionalProperties: {if: {}}}\n"
				   "examples: [{type: string}]\n";
	static const char *const uris[] = {
		"test:a",
		"test:a#/properties/plain",
		"test:a#/properties/plain/items",
		"test:a#/properties/a~1b~0c%20d/not",
		"test:a#/properties/指标",
		"test:a#/properties/again",
		"test:a#/prefixItems/1/anyOf/1",
		"test:b",
		"test:b#/additionalProperties/if",
	};
	struct schema_set *set = schema_set_new();
	struct findings findings = { 0 };
	struct target target;
	struct str uri = { 0 };

	(void)state;
	schema_set_add(set, tree("a", text), NULL, "a", NULL, 0, &findings);
	for (size_t i = 0; i < sizeof(uris) / sizeof(*uris); i++) {
		str_reset(&uri);
		assert_int_equal(set_find_root(set, uris[i], &target), FOUND);
		assert_true(schema_uri(set, target.node, &uri));
		assert_string_equal(str_text(&uri), uris[i]);
	}
	assert_int_equal(set_find_root(set, NULL, &target), FOUND);
	assert_string_equal(target.resource->uri, "test:a");
	assert_int_equal(set_find_root(set, "test:a#/examples/0", &target), FOUND);
	assert_false(schema_uri(set, target.node, &uri));
	str_release(&uri);
	findings_release(&findings);
	schema_set_free(set);
}

/* which properties there are may hang on another one: `if` with `const`, and `then` */
static void questions_with_something_given(void **state)
{
	static const char text[] =
		"$id: test:answer\n"
		"required: [point, values]\n"
		"properties:\n"
		"  point: {type: integer}\n"
		"  values: {title: 情况, type: object}\n"
		"allOf:\n"
		"- if: {properties: {point: {const: 1}}, required: [point]}\n"
		"  then: {properties: {values: {$ref: '#/$defs/one'}}}\n"
		"- if: {properties: {point: {const: 2}}, required: [point]}\n"
		"  then: {required: [more], properties: {values: {$ref: '#/$defs/two'}, more: "
		"{type: string}}}\n"
		"- if: {properties: {point: {minimum: 1}}}\n"
		"  then: {properties: {hidden: {}}}\n"
		"- if: {required: [point]}\n"
		"  then: {properties: {hidden: {}}}\n"
		"- if: {properties: {point: {const: 1}, other: {const: a}}}\n"
		"  then: {properties: {hidden: {}}}\n"
		"$defs:\n"
		"  one: {title: 一, required: [a], properties: {a: {type: integer}}}\n"
		"  two: {title: 二, properties: {b: {type: boolean}}}\n";
	struct schema_set *set = schema_set_new();
	struct schema_property *p, *inner;
	struct findings findings;
	size_t n;

	(void)state;
	findings_init(&findings);
	schema_set_add(set, tree("a", text), NULL, "a", NULL, 0, &findings);
	assert_int_equal(findings.count, 0);
	n = schema_properties(set, "test:answer", NULL, &arena, &p);
	assert_string_equal(listed(p, n), "point --point - integer - required\n"
					  "values --values 情况 object - required\n");
	assert_int_equal(schema_subproperties(set, p[1].schema, &arena, &inner), 0);
	n = schema_properties(set, "test:answer", tree("g", "{point: 1}"), &arena, &p);
	assert_string_equal(listed(p, n), "point --point - integer - required\n"
					  "values --values 情况 object - required\n");
	n = schema_subproperties(set, p[1].schema, &arena, &inner);
	assert_string_equal(listed(inner, n), "a --a - integer - required\n");
	n = schema_properties(set, "test:answer", tree("g", "{point: 2, other: a}"), &arena, &p);
	assert_string_equal(listed(p, n), "point --point - integer - required\n"
					  "values --values 情况 object - required\n"
					  "more --more - string - required\n");
	n = schema_subproperties(set, p[1].schema, &arena, &inner);
	assert_string_equal(listed(inner, n), "b --b - boolean -\n");
	n = schema_properties(set, "test:answer", tree("g", "{point: '1'}"), &arena, &p);
	assert_int_equal(schema_subproperties(set, p[1].schema, &arena, &inner), 0);
	findings_release(&findings);
	schema_set_free(set);
}

/* two ways on from each schema would be 2^32 ways through the loop */
static void questions_to_loops(void **state)
{
	const char *text =
		"$id: 'test:loop'\n"
		"$ref: '#'\n"
		"allOf: [{$ref: '#'}, {$ref: '#/$defs/more'}, {$ref: '#/unknown'}]\n"
		"properties:\n"
		"  a: {title: 甲, $ref: '#/$defs/list', anyOf: [{$ref: '#/properties/a'}]}\n"
		"$defs:\n"
		"  more: {$ref: '#', allOf: [{$ref: '#/$defs/more'}], required: [a]}\n"
		"  list: {$ref: '#/$defs/list', items: {$ref: '#/$defs/list', type: string},"
		" allOf: [{$ref: '#/$defs/list'}, {$ref: '#/$defs/list'}]}\n"
		"unknown: {allOf: [{$ref: '#/unknown'}, {$ref: '#/unknown'}]}\n";
	struct schema_set *set = schema_set_new();
	struct schema_property *p;
	struct findings findings;
	size_t n;

	(void)state;
	findings_init(&findings);
	schema_set_add(set, tree("a", text), NULL, "a", NULL, 0, &findings);
	n = schema_properties(set, "test:loop", NULL, &arena, &p);
	assert_string_equal(listed(p, n), "a --a 甲 - string required\n");
	findings_release(&findings);
	schema_set_free(set);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(types, tear_down),
		cmocka_unit_test_teardown(numbers_are_exact, tear_down),
		cmocka_unit_test_teardown(texts, tear_down),
		cmocka_unit_test_teardown(choices, tear_down),
		cmocka_unit_test_teardown(maps, tear_down),
		cmocka_unit_test_teardown(many_required_names, tear_down),
		cmocka_unit_test_teardown(lists, tear_down),
		cmocka_unit_test_teardown(branches, tear_down),
		cmocka_unit_test_teardown(unevaluated, tear_down),
		cmocka_unit_test_teardown(one_fault_is_told_once, tear_down),
		cmocka_unit_test_teardown(our_vocabulary, tear_down),
		cmocka_unit_test_teardown(labels_and_pointers, tear_down),
		cmocka_unit_test_teardown(references, tear_down),
		cmocka_unit_test_teardown(dynamic_references, tear_down),
		cmocka_unit_test_teardown(references_in_aliases, tear_down),
		cmocka_unit_test_teardown(faults_behind_aliases, tear_down),
		cmocka_unit_test_teardown(faults_of_schemas, tear_down),
		cmocka_unit_test_teardown(a_uri_names_one_schema, tear_down),
		cmocka_unit_test_teardown(vocabularies, tear_down),
		cmocka_unit_test_teardown(formats_annotate_by_default, tear_down),
		cmocka_unit_test_teardown(formats, tear_down),
		cmocka_unit_test_teardown(depth_has_a_limit, tear_down),
		cmocka_unit_test_teardown(time_has_a_limit, tear_down),
		cmocka_unit_test_teardown(faults_have_a_limit, tear_down),
		cmocka_unit_test_teardown(questions, tear_down),
		cmocka_unit_test_teardown(rules_have_places, tear_down),
		cmocka_unit_test_teardown(uris_of_places, tear_down),
		cmocka_unit_test_teardown(questions_with_something_given, tear_down),
		cmocka_unit_test_teardown(questions_to_loops, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
