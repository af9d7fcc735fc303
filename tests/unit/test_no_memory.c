/*
 * Every allocation fails in turn, once alone and once with all that follow it: out of memory is an
 * answer (lib/README.md). Nothing leaks, no verdict is another one, and where something is not told
 * as it would have been it is flagged as lost.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

/* every piece of an arena is an allocation that can fail */
#define FIRST_BLOCK ((size_t)1)
#define LARGEST_STEP ((size_t)1)
#include "../../lib/base/arena.c"
#include "schema/load.h"
#include "schema/number.h"
#include "scratch.h"
#include "starve.h"
#include "yaml/stream.h"

#define TOLD 16384

struct outcome {
	char answers[64]; /* a letter each; `?` for one that was not given */
	bool unexplained; /* one was not given, and errno was not ENOMEM */
	bool lost;        /* told to be so */
	char told[TOLD];  /* what is longer is cut off, every time in the same way */
};

static void answer(struct outcome *o, char c)
{
	o->answers[strlen(o->answers)] = c;
}

static void no_answer(struct outcome *o)
{
	answer(o, '?');
	o->unexplained = o->unexplained || errno != ENOMEM;
}

/* keeps what was told; returns whether there is an error in it */
static bool keep(struct outcome *o, struct findings *findings)
{
	bool errors = findings->errors > 0;

	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *f = &findings->items[i];
		size_t n = strlen(o->told);

		snprintf(o->told + n, TOLD - n, "%u:%u %d %s %s|%s|%s|%s|%s\n", f->line, f->column,
			 f->level, f->code, f->message, f->hint ? f->hint : "-",
			 f->pointer ? f->pointer : "-", f->label ? f->label : "-",
			 f->within ? f->within : "-");
		o->lost = o->lost || strcmp(f->code, "no-memory") == 0;
	}
	o->lost = o->lost || findings->lost;
	findings_release(findings);
	return errors;
}

/* behind the part that an answer stands in */
static const char *next_part(const char *p)
{
	return p + strcspn(p, "/");
}

/* with the answers that are given when there is memory: the same, as far as there are any */
static bool agree(const struct outcome *o, const struct outcome *fed)
{
	const char *p = o->answers, *q = fed->answers;

	while (*p && *q) {
		if (*p == '?') {
			p = next_part(p);
			q = next_part(q);
		} else if (*p == *q || (*p == '-' && *q == '+' && o->lost)) {
			/* `+`: explain told no error; what it could not find out is one */
			p++;
			q++;
		} else {
			return false;
		}
	}
	return !*p && !*q;
}

static bool is_as_good_as(const struct outcome *o, const struct outcome *fed)
{
	return !o->unexplained && agree(o, fed) &&
	       (o->lost || strchr(o->answers, '?') || strcmp(o->told, fed->told) == 0);
}

/* where two texts differ first, from the start of that line */
static const char *difference(const char *text, const char *other)
{
	const char *line = text;

	for (; *text && *text == *other; text++, other++)
		if (*text == '\n')
			line = text + 1;
	return line;
}

typedef void scenario(struct outcome *o);

/* false when nothing had to fail any more */
static bool starve_one(scenario *run, size_t n, bool all, const struct outcome *fed)
{
	static struct outcome o;
	size_t live = starve.live;
	bool failed;

	memset(&o, 0, sizeof(o));
	starve_begin(n, all);
	run(&o);
	failed = starve_end();
	if (starve.live != live)
		fail_msg("allocation %zu%s: %zd leaked", n, all ? " and all after it" : "",
			 starve.live - live);
	if (!is_as_good_as(&o, fed))
		fail_msg("allocation %zu%s: %s, not %s%s%s\n%.500s\nnot\n%.500s", n,
			 all ? " and all after it" : "", o.answers, fed->answers,
			 o.lost ? ", lost" : "", o.unexplained ? ", no ENOMEM" : "",
			 difference(o.told, fed->told), difference(fed->told, o.told));
	return failed;
}

static void starve_all(scenario *run)
{
	static struct outcome fed;
	size_t n = 0;

	/* twice, because the C library keeps some of what it needs from its first use on */
	for (int i = 0; i < 2; i++) {
		memset(&fed, 0, sizeof(fed));
		run(&fed);
	}
	assert_null(strchr(fed.answers, '?'));
	assert_false(fed.lost);
	while (starve_one(run, ++n, false, &fed))
		;
	assert_true(n > 10);
	while (starve_one(run, --n, true, &fed) && n > 1)
		;
	assert_int_equal(n, 1);
}

/* a letter for each document, `.` for the end, `!` for a fault that is told */
static void read_all(struct outcome *o, const char *text, bool json,
		     const struct read_options *options)
{
	struct findings findings = { 0 };
	struct arena arena = { 0 };
	struct node *const untouched = (struct node *)&arena, *root;
	struct stream *stream;
	int n = -1;

	errno = 0;
	stream = stream_open("text", text, strlen(text), json, options, &findings);
	while (stream) {
		root = untouched;
		errno = 0;
		n = stream_next(stream, &arena, &root);
		if (n <= 0)
			break;
		answer(o, (char)('a' + value_hash(root) % 26));
		arena_reset(&arena);
	}
	if (n > 0 || (stream && root != untouched))
		answer(o, '#'); /* touched */
	if (n == 0)
		answer(o, '.');
	else if (findings.errors)
		answer(o, '!');
	else
		no_answer(o);
	keep(o, &findings);
	stream_close(stream);
	arena_release(&arena);
	answer(o, '/');
}

/* more members than are compared in pairs, more values than the reader first has room for */
#define MANY                                                                                       \
	"a0: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5]\n"     \
	"a1: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5]\n"     \
	"a2: {a: {b: [007, 0x1F, +1, .5, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5,\n"       \
	"  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5]]}}\n"     \
	"a3: ''\na4: \"\\x41\\n\"\na5: |\n  x\n  y\na6: >-\n  x\n  y\n\na7:\na8: true\na9: "       \
	"12:30\n"                                                                                  \
	"b0: 0\nb1: 1\nb2: 2\nb3: 3\nb4: 4\nb5: 5\nb6: 6\nb7: 7\nb8: 8\n"

#define TWICE MANY "b0: 1\n"

static void yaml(struct outcome *o)
{
	read_all(o, MANY, false, &READ_RECORD);
	read_all(o, "--- &a [x, &b y]\n--- !!str 1\n...\n---\n{a: &c {d: &e 1}, b: [*c, *e]}\n",
		 false, &READ_LARGE);
}

static void yaml_faults(struct outcome *o)
{
	static const char *const faults[] = {
		TWICE,          "a: 1\nb: [2\n", "a: 1\na: 2\n", "a: *b\n",        "a: .inf\n",
		"? [a]\n: b\n", "a: b\xff\n",    "<<: a\n",      "a: 1\n\tb: 2\n", "",
	};

	for (size_t i = 0; i < sizeof(faults) / sizeof(*faults); i++)
		read_all(o, faults[i], false, &READ_RECORD);
}

static void json(struct outcome *o)
{
	static const char *const texts[] = {
		"{\"a\": [1, -2.5e3, true, null, \"\\ud83d\\udc09\"], \"b\": {\"c\": []}}",
		"{\"a\": 1, \"a\": 2}",
		"[1, 2",
		"[\"\\q\"]",
		"'a'",
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		read_all(o, texts[i], true, &READ_LARGE);
}

static bool is_word(void *context, const char *kind, const struct node *value)
{
	(void)context;
	(void)kind;
	return node_is(value, "jingchuan");
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
	(void)kinds;
	(void)n;
	(void)finding;
	return node_is(value, "v-1") ? RECORD_NOT_HERE : RECORD_MISSING;
}

static const struct schema_host host = { NULL, is_word, word_hint, has_record };

/* of all tests; read before anything fails */
static struct arena values_arena;

static const struct node *value_of(const char *text)
{
	struct findings findings = { 0 };
	const struct node *value =
		yaml_read(&values_arena, "value", text, strlen(text), &READ_LARGE, &findings);

	if (!value)
		fail_msg("%s", text);
	return value;
}

static void check_value(struct outcome *o, const struct schema *schema, struct schema_run *run,
			const char *text, const struct node *value)
{
	const struct schema_source source = {
		.name = "value", .text = text, .size = strlen(text), .pointer = "/0", .number = 2
	};
	struct findings findings = { 0 };
	bool valid;

	errno = 0;
	valid = schema_check(schema, run, value, &host, NULL);
	if (!valid && errno == ENOMEM)
		no_answer(o);
	else
		answer(o, valid ? 'v' : 'i');
	schema_explain(schema, run, value, &host, &source, &findings);
	answer(o, keep(o, &findings) ? '-' : '+');
}

#define MOST_VALUES 8

struct check {
	const char *schema;
	const char *texts[MOST_VALUES];
	const struct node *values[MOST_VALUES];
};

static void read_values(struct check *c)
{
	for (size_t i = 0; i < MOST_VALUES && c->texts[i]; i++)
		c->values[i] = value_of(c->texts[i]);
}

static void check_values(struct outcome *o, const struct schema *schema, const struct check *c)
{
	struct schema_run *run;

	errno = 0;
	run = schema_run_new(schema);
	if (!run)
		no_answer(o);
	for (size_t i = 0; run && i < MOST_VALUES && c->texts[i]; i++)
		check_value(o, schema, run, c->texts[i], c->values[i]);
	schema_run_free(run);
}

static void ask(struct outcome *o, struct schema_set *set)
{
	struct arena arena = { 0 };
	struct schema_property *properties;
	size_t n;

	errno = 0;
	n = schema_properties(set, "test:schema", NULL, &arena, &properties);
	if (!n && errno == ENOMEM)
		no_answer(o);
	else
		answer(o, (char)('A' + n));
	arena_release(&arena);
}

static void compile(struct outcome *o, const struct check *c)
{
	struct schema_set *set;
	struct schema *schema = NULL;
	struct findings findings = { 0 };

	errno = 0;
	set = schema_set_new();
	if (set && schema_set_add_text(set, "test:schema", "schema", c->schema, strlen(c->schema),
				       false, &findings) == 0)
		schema = schema_compile(set, "test:schema",
					SCHEMA_ASSERT_FORMAT | SCHEMA_WARN_UNKNOWN, &findings);
	if (schema)
		answer(o, 's');
	else if (findings.errors && errno != ENOMEM)
		answer(o, '!');
	else
		no_answer(o);
	keep(o, &findings);
	if (schema) {
		ask(o, set);
		check_values(o, schema, c);
	}
	schema_free(schema);
	schema_set_free(set);
	answer(o, '/');
}

/* maps and lists, references, what is evaluated; enough members for the run's bitmaps to grow */
static struct check structures = {
	.schema =
		"$defs:\n"
		"  tree: {$dynamicAnchor: node, title: 树, properties: {c: {items: {$dynamicRef: "
		"'#node'}}}}\n"
		"  leaf: {$id: 'test:leaf', $dynamicAnchor: node, $ref: 'test:schema#/$defs/tree', "
		"unevaluatedProperties: false}\n"
		"properties:\n"
		"  t: {$ref: 'test:leaf', title: 树}\n"
		"  l: {prefixItems: [{type: integer}], items: {maximum: 9}, contains: {const: 1}, "
		"minContains: 2, uniqueItems: true, unevaluatedItems: false}\n"
		"  o: {oneOf: [{title: 甲, required: [k]}, {title: 乙, properties: {k: {const: "
		"1}}}, "
		"{type: string}]}\n"
		"  a: {anyOf: [{type: 'null'}, {properties: {k: {enum: [x, y], x-labels: {x: "
		"某}}}, "
		"required: [k]}]}\n"
		"  n: {not: {required: [z]}, if: {required: [k]}, then: {required: [y]}}\n"
		"  p: {propertyNames: {maxLength: 2}, patternProperties: {'^(a|b)': {type: "
		"string}}, "
		"additionalProperties: false, minProperties: 1, dependentRequired: {ab: [ac]}, "
		"dependentSchemas: {ab: {required: [ad]}}}\n"
		"requird: 1\n"
		"unevaluatedProperties: {type: integer}\n",
	.texts = { "{t: {c: [{c: []}]}, l: [1], o: a, a: null, n: {}, p: {ab: x, ac: x, ad: x}}",
		   "t: {c: [{c: [], x: 1}]}\n"
		   "l: [x, 10, 1, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1.0]\n"
		   "o: {k: 1}\n"
		   "a: {k: z}\n"
		   "n: {z: 1, k: 1}\n"
		   "p: {ab: 1, abcd: x, c: 1}\n"
		   "u: x\n",
		   "{o: 1.5, a: {}}",
		   "l: [1, 2, 3, 4, 5, 6, 7, 8, 9, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5]" },
};

/* single values, patterns that need the engine and its heap, words of the host */
static struct check scalars = {
	.schema =
		"properties:\n"
		"  d: {title: 日期, format: date, pattern: '^2', examples: [2024-02-29], "
		"x-not-before: e}\n"
		"  h: {pattern: '^(?:(a)|[^x]|x[^y])*$'}\n"
		"  x: {pattern: '^(a+)+$'}\n"
		"  s: {pattern: '^s-[0-9]+$', minLength: 3, maxLength: 5}\n"
		"  m: {multipleOf: 0.01, minimum: 0, exclusiveMaximum: 1e400}\n"
		"  e: {enum: [甲, 乙, 1, [1, {a: b}]], x-aliases: {甲: [子]}, x-labels: {乙: 丑}}\n"
		"  w: {x-word: unit}\n"
		"  v: {x-word: unit, x-word-level: warning}\n"
		"  r: {x-record: [visit, problem]}\n"
		"additionalProperties: false\n"
		"required: [s]\n",
	.texts = { "{s: s-1, d: 2024-02-29, m: 1.25, e: 乙, v: x, w: jingchuan, r: v-1}",
		   "{s: t, d: 2023-02-29, m: -0.001, e: 子, w: x, r: v-2, x: "
		   "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!, dd: 1}",
		   "h: "
		   "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
		   "b"
		   "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
		   "b"
		   "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
		   "b"
		   "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
		   "b\n"
		   "s: s-1\n" },
};

/* 2020-12's own metaschema, and one of one's own, both compiled on the way */
static struct check metaschema = {
	.schema = "$schema: 'test:own'\n"
		  "$defs:\n"
		  "  own:\n"
		  "    $id: 'test:own'\n"
		  "    $schema: https://json-schema.org/draft/2020-12/schema\n"
		  "    $vocabulary: {https://json-schema.org/draft/2020-12/vocab/core: true}\n"
		  "    $ref: https://json-schema.org/draft/2020-12/meta/core\n"
		  "    type: [object, boolean]\n"
		  "$ref: https://json-schema.org/draft/2020-12/meta/validation\n",
	.texts = { "{type: string}" },
};

static void check_structures(struct outcome *o)
{
	compile(o, &structures);
}

static void check_scalars(struct outcome *o)
{
	compile(o, &scalars);
}

static void check_metaschema(struct outcome *o)
{
	compile(o, &metaschema);
}

static void schema_faults(struct outcome *o)
{
	static const struct check faults[] = {
		{ .schema = "[]" },
		{ .schema = "{type: [strin, string, string], minLength: -1, required: [a, a]}" },
		{ .schema = "{$ref: '#/none', allOf: [], $defs: {a: {$anchor: b}, c: {$anchor: "
			    "b}}}" },
		{ .schema = "{$id: 'a#b'}" },
		{ .schema = "{pattern: '(', patternProperties: {'(?<=a+)b': {}}}" },
		{ .schema = "{allOf: [{$ref: '#'}]}" },
		{ .schema = "{$schema: 'test:none'}" },
		{ .schema = "{$schema: 'http://json-schema.org/draft-04/schema#', id: x}" },
		{ .schema = "{$schema: 'test:schema', required: [x]}" },
	};

	for (size_t i = 0; i < sizeof(faults) / sizeof(*faults); i++)
		compile(o, &faults[i]);
}

static void files(struct outcome *o)
{
	struct schema_set *set;
	struct findings findings = { 0 };

	errno = 0;
	set = schema_set_new();
	if (set && schema_set_add_folder(set, ".", &findings) == 0)
		answer(o, 'f');
	else if (findings.errors)
		answer(o, '!');
	else
		no_answer(o);
	keep(o, &findings);
	schema_set_free(set);
}

static void in_yaml(void **state)
{
	(void)state;
	starve_all(yaml);
	starve_all(yaml_faults);
}

static void in_json(void **state)
{
	(void)state;
	starve_all(json);
}

static void in_schemas(void **state)
{
	(void)state;
	starve_all(check_metaschema);
	starve_all(schema_faults);
}

static void in_files(void **state)
{
	(void)state;
	scratch_write("a/b.yaml", "$ref: ../c.json\n", 16);
	scratch_write("c.json", "{\"type\": \"string\"}", 18);
	starve_all(files);
	scratch_write("d.json", "{", 1);
	starve_all(files);
}

static void in_checks(void **state)
{
	(void)state;
	starve_all(check_structures);
	starve_all(check_scalars);
}

static int make_values(void **state)
{
	(void)state;
	read_values(&structures);
	read_values(&scalars);
	read_values(&metaschema);
	return 0;
}

static int release_values(void **state)
{
	(void)state;
	arena_release(&values_arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(in_yaml),
		cmocka_unit_test(in_json),
		cmocka_unit_test(in_schemas),
		cmocka_unit_test_setup_teardown(in_files, scratch_make, scratch_remove),
		cmocka_unit_test(in_checks),
	};

	return cmocka_run_group_tests(tests, make_values, release_values);
}
