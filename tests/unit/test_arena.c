/* What everything lives in: arena, growing string, map. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/str.h"

#define PIECES 2000

static bool is_zero(const unsigned char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i])
			return false;
	return true;
}

/* pieces of every size are zeroed, aligned and do not overlap */
static void arena_pieces(void **state)
{
	static unsigned char *pieces[PIECES];
	struct arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < PIECES; i++) {
		size_t size = i * 7 % 311;

		pieces[i] = arena_alloc(&arena, size);
		assert_non_null(pieces[i]);
		assert_int_equal((uintptr_t)pieces[i] % _Alignof(max_align_t), 0);
		assert_true(is_zero(pieces[i], size));
		memset(pieces[i], (int)(i % 255) + 1, size);
	}
	for (size_t i = 0; i < PIECES; i++)
		for (size_t j = 0; j < i * 7 % 311; j++)
			assert_int_equal(pieces[i][j], i % 255 + 1);
	assert_ptr_not_equal(arena_alloc(&arena, 0), arena_alloc(&arena, 0));
	arena_release(&arena);
	assert_null(arena.block);
}

static void arena_reuse(void **state)
{
	struct arena arena = { 0 };
	char *small, *large;

	(void)state;
	arena_reset(&arena); /* of an empty one is nothing */
	small = arena_alloc(&arena, 100);
	memset(small, 'x', 100);
	arena_reset(&arena);
	assert_ptr_equal(arena_alloc(&arena, 100), small);
	assert_true(is_zero((unsigned char *)small, 100));
	large = arena_alloc(&arena, (size_t)3 << 20);
	assert_non_null(large);
	large[((size_t)3 << 20) - 1] = 1;
	arena_reset(&arena); /* one large document does not pin its memory */
	assert_null(arena.block);
	arena_release(&arena);
}

/* leaks and use of what was given back are the sanitizer's to find */
static void arena_adopts(void **state)
{
	struct arena arena = { 0 }, other = { 0 };
	char *kept, *large, *filled;

	(void)state;
	arena_adopt(&arena, &other);
	assert_null(arena.block);
	kept = arena_strdup(&other, "kept");
	large = arena_alloc(&other, (size_t)4 * 1024 * 1024);
	arena_adopt(&arena, &other);
	assert_null(other.block);
	assert_string_equal(kept, "kept");
	filled = arena_strdup(&arena, "filled");
	kept = arena_strdup(&other, "more");
	arena_adopt(&arena, &other);
	/* goes on where it was */
	assert_ptr_equal(arena_strdup(&arena, "next"), filled + 16);
	assert_string_equal(kept, "more");
	assert_int_equal(large[0], 0);
	arena_release(&other);
	arena_release(&arena);
}

static void arena_texts(void **state)
{
	struct arena arena = { 0 };
	char *text;

	(void)state;
	assert_null(arena_strdup(&arena, NULL));
	assert_string_equal(arena_strdup(&arena, ""), "");
	text = arena_strndup(&arena, "a\0bcd", 4);
	assert_memory_equal(text, "a\0bc", 5);
	text = arena_printf(&arena, "%05d %s", 42, "走访");
	assert_string_equal(text, "00042 走访");
	text = arena_printf(&arena, "%*s", 100000, "x");
	assert_int_equal(strlen(text), 100000);
	assert_string_equal(arena_concat(&arena, "rf/", "", "泾川", NULL), "rf/泾川");
	assert_string_equal(arena_concat(&arena, "", NULL), "");
	/* whether the free room is enough or not, to the byte */
	for (int i = 0; i < 5000; i++) {
		text = arena_printf(&arena, "%0*d", i % 97, 7);
		assert_int_equal(strlen(text), i % 97 > 1 ? i % 97 : 1);
		assert_int_equal(text[strlen(text) - 1], '7');
	}
	arena_release(&arena);
}

static void arena_too_much(void **state)
{
	struct arena arena = { 0 };
	char *kept;

	(void)state;
	kept = arena_strdup(&arena, "kept");
	errno = 0;
	assert_null(arena_alloc(&arena, SIZE_MAX));
	assert_int_equal(errno, ENOMEM);
	assert_null(arena_alloc(&arena, SIZE_MAX - 64));
	errno = 0;
	assert_null(arena_array(&arena, SIZE_MAX / 4, 5));
	assert_int_equal(errno, ENOMEM);
	assert_null(arena_strndup(&arena, "x", SIZE_MAX));
	assert_non_null(arena_array(&arena, 0, 8));
	assert_string_equal(kept, "kept");
	arena_release(&arena);
}

static void str_grows(void **state)
{
	struct str s = { 0 };
	size_t n = 0;

	(void)state;
	assert_string_equal(str_text(&s), "");
	for (int i = 0; i < 1000; i++) {
		str_add(&s, "泾川");
		str_addc(&s, ' ');
		str_addf(&s, "%d", i);
		n += 7 + (size_t)(i < 10 ? 1 : i < 100 ? 2 : 3);
		assert_int_equal(s.len, n);
		assert_int_equal(strlen(str_text(&s)), n);
	}
	assert_memory_equal(s.p, "泾川 0泾川 1", 16);
	str_reset(&s);
	assert_string_equal(str_text(&s), "");
	str_addn(&s, "a\0b", 3);
	str_addn(&s, NULL, 0);
	str_pad(&s, '-', 3);
	str_pad(&s, '-', 0);
	assert_int_equal(s.len, 6);
	assert_memory_equal(s.p, "a\0b---", 7);
	str_release(&s);
	assert_null(s.p);
}

static void str_failure_sticks(void **state)
{
	struct str s = { 0 };

	(void)state;
	str_add(&s, "kept");
	assert_null(str_room(&s, SIZE_MAX / 2));
	assert_true(s.failed);
	str_add(&s, " more");
	str_addf(&s, "%d", 1);
	str_pad(&s, 'x', 2);
	assert_null(str_room(&s, 1));
	assert_string_equal(str_text(&s), "kept");
	str_reset(&s);
	assert_false(s.failed);
	str_add(&s, "again");
	assert_string_equal(str_text(&s), "again");
	str_release(&s);
}

static void str_room_is_room(void **state)
{
	struct str s = { 0 };
	char *to = str_room(&s, 5000);

	(void)state;
	memset(to, 'y', 5000);
	s.len += 5000;
	str_addc(&s, 'z');
	assert_int_equal(s.len, 5001);
	assert_int_equal(str_text(&s)[5000], 'z');
	str_release(&s);
}

static void map_of_many(void **state)
{
	struct arena arena = { 0 };
	struct map map;
	char *key;

	(void)state;
	map_init(&map, &arena);
	assert_null(map_get(&map, "x", 1));
	for (uintptr_t i = 0; i < 5000; i++) {
		key = arena_printf(&arena, "key-%zu", (size_t)(i * 7919));
		assert_int_equal(map_put(&map, key, strlen(key), (void *)(i + 1)), 0);
	}
	assert_int_equal(map.count, 5000);
	for (uintptr_t i = 0; i < 5000; i++) {
		key = arena_printf(&arena, "key-%zu", (size_t)(i * 7919));
		assert_ptr_equal(map_get(&map, key, strlen(key)), (void *)(i + 1));
		assert_string_equal(map.entries[i].key, key); /* in order of insertion */
	}
	assert_null(map_get(&map, "key-", 4));
	assert_false(map_has(&map, "key-1", 5));
	arena_release(&arena);
}

static void map_keys(void **state)
{
	struct arena arena = { 0 };
	struct map map;
	int one, two;

	(void)state;
	map_init(&map, &arena);
	assert_int_equal(map_put(&map, "a\0b", 3, &one), 0);
	assert_int_equal(map_put(&map, "a", 1, NULL), 0);
	assert_int_equal(map_put(&map, "", 0, &two), 0);
	assert_ptr_equal(map_get(&map, "a\0b", 3), &one);
	assert_null(map_get(&map, "a\0c", 3));
	assert_null(map_get(&map, "a", 1));
	assert_true(map_has(&map, "a", 1));
	assert_ptr_equal(map_get(&map, "", 0), &two);
	assert_int_equal(map_put(&map, "a\0b", 3, &two), 0);
	assert_ptr_equal(map_get(&map, "a\0b", 3), &two);
	assert_int_equal(map.count, 3);
	arena_release(&arena);
}

/* FNV-1a of 32 bits has published values: keys of files and programs must agree */
static void hashes(void **state)
{
	(void)state;
	assert_int_equal(text_hash("", 0), 0x811c9dc5);
	assert_int_equal(text_hash("a", 1), 0xe40c292c);
	assert_int_equal(text_hash("foobar", 6), 0xbf9cf968);
}

int main(void)
{
	const struct CMUnitTest arena[] = {
		cmocka_unit_test(arena_pieces),
		cmocka_unit_test(arena_reuse),
		cmocka_unit_test(arena_adopts),
		cmocka_unit_test(arena_texts),
		cmocka_unit_test(arena_too_much),
		cmocka_unit_test(str_grows),
		cmocka_unit_test(str_failure_sticks),
		cmocka_unit_test(str_room_is_room),
		cmocka_unit_test(map_of_many),
		cmocka_unit_test(map_keys),
		cmocka_unit_test(hashes),
	};

	return cmocka_run_group_tests(arena, NULL, NULL);
}
