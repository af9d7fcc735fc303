/* The library in a program of many threads, little stack and little memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/str.h"
#include "duban.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif

#define THREADS 8
#define ROUNDS 100

/* a bit of everything that an evaluation keeps scratch for */
static const char schema_text[] = "$id: x:s\n"
				  "$dynamicAnchor: node\n"
				  "properties:\n"
				  "  id: {pattern: '^[a-z](?:-[0-9]+)*$', title: 编号}\n"
				  "  n: {multipleOf: 0.01, maximum: 100000000000000000000}\n"
				  "  list: {uniqueItems: true, items: {$dynamicRef: '#node'}}\n"
				  "  form: {oneOf: [{type: integer}, {enum: [a, b]}]}\n"
				  "required: [id]\n"
				  "unevaluatedProperties: false\n";

static const char *const documents[] = {
	"id: a-1\nn: 0.25\nlist: [{id: b}, {id: c-22}]\nform: a\n",
	"id: A\nn: 0.255\nlist: [{id: b}, {id: b}]\nform: c\n",
	"list: [{id: b, list: [{idd: x}]}]\n",
	"id: 1\nx: 1\n",
};
#define DOCUMENTS (sizeof(documents) / sizeof(*documents))

static void tell(void *context, const struct duban_finding *f)
{
	str_addf(context, "%s:%u:%u %s %s %s %s %s\n", f->file, f->line, f->column, f->code,
		 f->message, f->label ? f->label : "", f->hint ? f->hint : "",
		 f->within ? f->within : "");
}

static struct duban_stream *opened(const char *text)
{
	struct duban_stream *stream = duban_open("d", text, strlen(text), 0, NULL, NULL);

	if (stream && duban_next(stream) == 1)
		return stream;
	duban_close(stream);
	return NULL;
}

static struct duban_set *set;
static struct duban_schema *schema;

static int set_up(void **state)
{
	(void)state;
	set = duban_set_new(NULL, NULL);
	if (duban_set_add(set, NULL, "s", schema_text, strlen(schema_text), 0) < 0)
		return -1;
	schema = duban_compile(set, NULL, 0);
	return schema ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	duban_schema_free(schema);
	duban_set_free(set);
	return 0;
}

static struct duban_stream *shared[DOCUMENTS];
static struct str expected[DOCUMENTS];
static atomic_uint wrong;

/* one document, checked as everybody does it */
static void look_at(const struct duban_stream *stream, size_t i, struct str *out)
{
	bool valid = duban_check(schema, stream);

	str_reset(out);
	if (duban_explain(schema, stream, tell, out) != !valid || valid != (i == 0) ||
	    strcmp(str_text(out), str_text(&expected[i])) != 0)
		wrong++;
}

static void *work(void *context)
{
	struct str out = { 0 };

	(void)context;
	for (int round = 0; round < ROUNDS; round++)
		for (size_t i = 0; i < DOCUMENTS; i++) {
			struct duban_stream *own = opened(documents[i]);

			look_at(shared[i], i, &out);
			look_at(own, i, &out);
			duban_close(own);
		}
	str_release(&out);
	return NULL;
}

static void threads(void **state)
{
	pthread_t ids[THREADS];

	(void)state;
	for (size_t i = 0; i < DOCUMENTS; i++) {
		shared[i] = opened(documents[i]);
		duban_explain(schema, shared[i], tell, &expected[i]);
		assert_int_equal(expected[i].len > 0, i > 0);
	}
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&ids[i], NULL, work, NULL), 0);
	/* the set goes on being used, by this thread alone */
	for (int i = 0; i < ROUNDS; i++) {
		char text[64];
		struct duban_schema *other;

		snprintf(text, sizeof(text), "{$id: 'x:%d', $ref: 'x:s'}", i);
		assert_int_equal(duban_set_add(set, NULL, "o", text, strlen(text), 0), 0);
		snprintf(text, sizeof(text), "x:%d", i);
		other = duban_compile(set, text, 0);
		assert_non_null(other);
		assert_false(duban_check(other, shared[1]));
		duban_schema_free(other);
	}
	for (int i = 0; i < THREADS; i++)
		pthread_join(ids[i], NULL);
	assert_int_equal(wrong, 0);
	for (size_t i = 0; i < DOCUMENTS; i++) {
		duban_close(shared[i]);
		str_release(&expected[i]);
	}
}

#ifndef SANITIZED

/* as deep as it goes, in the stack that duban.h asks for */
static void *go_deep(void *context)
{
	static const char *const levels[] = {
		"anyOf: [{$ref: '#/$defs/r%d'}]",
		"if: {$ref: '#/$defs/r%d'}, unevaluatedProperties: false",
		"dependentSchemas: {a: {$ref: '#/$defs/r%d'}}, unevaluatedProperties: false",
	};
	size_t *told = context;

	for (size_t k = 0; k < sizeof(levels) / sizeof(*levels); k++) {
		struct duban_set *own = duban_set_new(NULL, NULL);
		struct duban_schema *deep;
		struct duban_stream *stream = opened("{a: 1}");
		struct str text = { 0 };
		struct str out = { 0 };

		str_add(&text, "$ref: '#/$defs/r0'\n$defs:\n  r3000: true\n");
		for (int i = 0; i < 3000; i++) {
			str_addf(&text, "  r%d: {", i);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
			str_addf(&text, levels[k], i + 1);
#pragma GCC diagnostic pop
			str_add(&text, "}\n");
		}
		duban_set_add(own, NULL, "s", text.p, text.len, 0);
		deep = duban_compile(own, NULL, 0);
		if (!duban_check(deep, stream) && duban_explain(deep, stream, tell, &out) == 1 &&
		    strstr(str_text(&out), "too-deep"))
			++*told;
		str_release(&out);
		str_release(&text);
		duban_close(stream);
		duban_schema_free(deep);
		duban_set_free(own);
	}
	return NULL;
}

static void little_stack(void **state)
{
	pthread_attr_t attributes;
	pthread_t id;
	size_t told = 0;

	(void)state;
	pthread_attr_init(&attributes);
	assert_int_equal(pthread_attr_setstacksize(&attributes, (size_t)2 << 20), 0);
	assert_int_equal(pthread_create(&id, &attributes, go_deep, &told), 0);
	pthread_join(id, NULL);
	pthread_attr_destroy(&attributes);
	assert_int_equal(told, 3);
}

/* glibc's own, behind those of this program, which count and fail, also for other libraries */
#pragma GCC visibility push(default)
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *old, size_t size);
void __libc_free(void *old);

#pragma GCC visibility pop

static size_t calls;          /* of any of the three */
static size_t failing;        /* the call that fails, 0: none */
static bool failing_for_good; /* and all after it */
static long living;

static bool may_not(void)
{
	calls++;
	if (!failing || (failing_for_good ? calls < failing : calls != failing))
		return false;
	errno = ENOMEM;
	return true;
}

static void *given(void *memory)
{
	if (memory)
		living++;
	return memory;
}

#pragma GCC visibility push(default)

void *malloc(size_t size)
{
	return may_not() ? NULL : given(__libc_malloc(size));
}

void *calloc(size_t n, size_t size)
{
	return may_not() ? NULL : given(__libc_calloc(n, size));
}

void *realloc(void *old, size_t size)
{
	if (may_not())
		return NULL;
	return old ? __libc_realloc(old, size) : given(__libc_malloc(size));
}

void free(void *old)
{
	if (old)
		living--;
	__libc_free(old);
}

#pragma GCC visibility pop

static void check_does_not_allocate(void **state)
{
	struct duban_stream *stream = opened(documents[0]);
	size_t before;

	(void)state;
	assert_true(duban_check(schema, stream));
	before = calls;
	for (int i = 0; i < 1000; i++)
		assert_true(duban_check(schema, stream));
	assert_int_equal(calls, before);
	duban_close(stream);
}

static void pass(void *context, const struct duban_property *property)
{
	(void)context;
	(void)property;
}

static bool no_memory(bool failed)
{
	return failed && errno == ENOMEM;
}

/* a program's whole life; false when a call neither does what it should nor says ENOMEM */
static bool live(void)
{
	struct duban_set *own = duban_set_new(NULL, NULL);
	struct duban_schema *compiled = NULL;
	struct duban_stream *stream = NULL;
	struct str out = { 0 };
	int n = -1, properties = -1;
	bool good = true;

	if (own && (n = duban_set_add(own, NULL, "s", schema_text, strlen(schema_text), 0)) == 0 &&
	    (properties = duban_properties(own, NULL, NULL, pass, NULL)) == 4) {
		compiled = duban_compile(own, NULL, 0);
		good = compiled || errno == ENOMEM;
	} else {
		good = no_memory(n < 0 || properties < 0);
	}
	for (size_t i = 0; compiled && good && i < DOCUMENTS; i++) {
		stream = duban_open("d", documents[i], strlen(documents[i]), 0, NULL, NULL);
		n = stream ? duban_next(stream) : -1;
		if (n < 0) {
			good = errno == ENOMEM;
		} else if (duban_check(compiled, stream)) {
			good = i == 0;
		} else {
			str_reset(&out);
			n = duban_explain(compiled, stream, tell, &out);
			good = n == 1 || (n == 0 && i == 0) || no_memory(n < 0);
		}
		duban_close(stream);
	}
	str_release(&out);
	duban_schema_free(compiled);
	duban_set_free(own);
	return good;
}

static void every_allocation_fails_once(void **state)
{
	(void)state;
	for (int for_good = 0; for_good < 2; for_good++) {
		size_t n = 0;

		do {
			long before = living;
			bool good;

			errno = 0;
			calls = 0;
			failing = ++n;
			failing_for_good = for_good;
			good = live();
			failing = 0;
			if (!good || living != before)
				fail_msg("allocation %zu: %s, %ld left", n,
					 good ? "good" : "a wrong answer", living - before);
		} while (calls >= n);
		assert_true(n > 100);
	}
}

#endif

int main(void)
{
	const struct CMUnitTest host[] = {
		cmocka_unit_test_setup_teardown(threads, set_up, tear_down),
#ifndef SANITIZED
		cmocka_unit_test(little_stack),
		cmocka_unit_test_setup_teardown(check_does_not_allocate, set_up, tear_down),
		cmocka_unit_test(every_allocation_fails_once),
#endif
	};

	return cmocka_run_group_tests(host, NULL, NULL);
}
