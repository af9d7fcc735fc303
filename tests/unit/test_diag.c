/* Findings: texts copied, counts, order, excerpts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/diag.h"

static void add(struct findings *list, const char *file, uint32_t line, uint32_t column,
		const char *message)
{
	struct finding what = {
		.level = LEVEL_ERROR, .code = "test", .file = file, .line = line, .column = column
	};

	assert_non_null(findings_add(list, &what, "%s", message));
}

static const char *messages(const struct findings *list)
{
	static char out[4096];

	out[0] = '\0';
	for (size_t i = 0; i < list->count; i++)
		strcat(strcat(out, i ? " " : ""), list->items[i].message);
	return out;
}

static void what_is_added_is_kept(void **state)
{
	struct findings list;
	char file[] = "a.yaml", pointer[] = "/date", label[] = "走访日期", excerpt[] = "date: x";
	struct finding what = { .level = LEVEL_WARNING,
				.code = "date",
				.file = file,
				.line = 3,
				.column = 7,
				.pointer = pointer,
				.label = label,
				.excerpt = excerpt,
				.caret = 7 };
	struct finding *f;

	(void)state;
	findings_init(&list);
	f = findings_add(&list, &what, "%d is no date", 5);
	finding_hint(&list, f, "write it as %s", "2024-04-18");
	memset(file, 'x', sizeof(file) - 1);
	memset(pointer, 'x', sizeof(pointer) - 1);
	memset(label, 'x', sizeof(label) - 1);
	memset(excerpt, 'x', sizeof(excerpt) - 1);
	assert_int_equal(list.warnings, 1);
	assert_int_equal(list.errors, 0);
	assert_string_equal(list.items[0].file, "a.yaml");
	assert_string_equal(list.items[0].pointer, "/date");
	assert_string_equal(list.items[0].label, "走访日期");
	assert_string_equal(list.items[0].excerpt, "date: x");
	assert_string_equal(list.items[0].message, "5 is no date");
	assert_string_equal(list.items[0].hint, "write it as 2024-04-18");
	assert_int_equal(list.items[0].caret, 7);
	finding_hint(&list, NULL, "ignored");
	add(&list, NULL, 0, 0, "no file");
	assert_null(list.items[1].file);
	assert_null(list.items[1].hint);
	assert_int_equal(list.errors, 1);
	findings_add(&list, &(struct finding){ .level = LEVEL_NOTE }, "note");
	assert_int_equal(list.errors + list.warnings, 2);
	assert_false(list.lost);
	findings_release(&list);
	assert_int_equal(list.count, 0);
}

static void sorting(void **state)
{
	struct findings list, more;

	(void)state;
	findings_init(&list);
	findings_init(&more);
	findings_sort(&list);
	add(&list, "b", 1, 1, "h");
	add(&list, "a", 10, 1, "f");
	add(&list, "a", 9, 20, "d");
	add(&list, "a", 9, 3, "c1");
	add(&list, NULL, 0, 0, "a");
	add(&list, "a", 9, 3, "c2"); /* equal ones stay in order */
	add(&list, "a", 10, 1, "g");
	add(&list, "a", 0, 0, "b");
	add(&list, "a", 9, 3, "c3");
	findings_sort(&list);
	assert_string_equal(messages(&list), "a b c1 c2 c3 d f g h");
	add(&more, "a", 1, 1, "first");
	findings_append(&list, &more);
	findings_release(&more);
	assert_string_equal(messages(&list), "a b c1 c2 c3 d f g h first");
	assert_int_equal(list.errors, 10);
	findings_sort(&list);
	assert_string_equal(messages(&list), "a b first c1 c2 c3 d f g h");
	findings_release(&list);
}

/* the order does not depend on how many there are or where they came from */
static void sorting_many(void **state)
{
	struct findings list;
	uint32_t seed = 7;

	(void)state;
	findings_init(&list);
	for (int i = 0; i < 3000; i++) {
		char file[8], message[16];

		seed = seed * 1103515245 + 12345;
		snprintf(file, sizeof(file), "%u", seed >> 16 & 3);
		snprintf(message, sizeof(message), "%d", i);
		add(&list, file, seed >> 18 & 7, seed >> 22 & 3, message);
	}
	findings_sort(&list);
	for (size_t i = 1; i < list.count; i++) {
		const struct finding *a = &list.items[i - 1], *b = &list.items[i];
		int order = strcmp(a->file, b->file);

		if (!order)
			order = (int)a->line - (int)b->line;
		if (!order)
			order = (int)a->column - (int)b->column;
		if (!order)
			order = atoi(a->message) - atoi(b->message);
		assert_true(order < 0);
	}
	findings_release(&list);
}

static const char *excerpt(const char *text, uint32_t line, uint32_t column, uint32_t *caret)
{
	static struct arena arena;
	const char *e;

	arena_reset(&arena);
	e = excerpt_at(&arena, text, strlen(text), line, column, caret);
	return e ? e : "(none)";
}

static void excerpts(void **state)
{
	char line[1024] = "";
	uint32_t caret = 0;
	const char *cut;

	(void)state;
	assert_string_equal(excerpt("a: 1\nb: 2\n", 2, 4, &caret), "b: 2");
	assert_int_equal(caret, 4);
	assert_string_equal(excerpt("a: 1\nb: 2", 2, 4, &caret), "b: 2");
	assert_string_equal(excerpt("a: 1\r\nb\r\n", 1, 2, &caret), "a: 1");
	assert_string_equal(excerpt("a: 1\r\nb\r", 2, 3, &caret), "b");
	assert_int_equal(caret, 2);
	assert_string_equal(excerpt("a\n\nb\n", 2, 1, &caret), "");
	assert_string_equal(excerpt("a\n", 2, 1, &caret), "");
	assert_string_equal(excerpt("a\n", 3, 1, &caret), "(none)");
	assert_string_equal(excerpt("a\xff\n", 1, 1, &caret), "(none)");
	assert_null(excerpt_at(NULL, "a\0b\n", 4, 1, 1, &caret));
	assert_string_equal(excerpt("企业: 甲乙\n", 1, 6, &caret), "企业: 甲乙");
	assert_int_equal(caret, 6);
	/* of a long line the part around the column, with the caret under the same character */
	for (int i = 0; i < 300; i++)
		strcat(line, i == 250 ? "★" : "走");
	cut = excerpt(line, 1, 251, &caret);
	assert_true(strlen(cut) < 600);
	assert_int_equal(memcmp(cut + (size_t)(caret - 1) * 3, "★", 3), 0);
	cut = excerpt(line, 1, 10, &caret);
	assert_int_equal(caret, 10);
	assert_int_equal(strlen(cut), 160 * 3);
}

static void levels(void **state)
{
	(void)state;
	assert_string_equal(level_code(LEVEL_ERROR), "error");
	assert_string_equal(level_code(LEVEL_WARNING), "warning");
	assert_string_equal(level_code(LEVEL_NOTE), "note");
	assert_string_equal(level_name(LEVEL_NOTE), "note");
}

static void showing(void **state)
{
	struct finding f = { .level = LEVEL_WARNING,
			     .code = "test",
			     .file = "a.yaml",
			     .line = 3,
			     .column = 5,
			     .label = "企业",
			     .message = "odd \033[1m",
			     .within = "in 'b', line 2",
			     .hint = "mend it",
			     .excerpt = "企业: 甲乙",
			     .caret = 5 };
	struct str out = { 0 };

	(void)state;
	finding_show(&out, &f, "a.yaml", false, false);
	assert_string_equal(str_text(&out), "a.yaml:3:5: warning: 企业: odd \\x1b[1m [test]\n"
					    "    in 'b', line 2\n"
					    "    hint: mend it\n");
	/* the caret stands below a character whose neighbours are two columns wide */
	str_reset(&out);
	f.label = f.within = f.hint = NULL;
	f.message = "odd";
	finding_show(&out, &f, NULL, true, true);
	assert_string_equal(str_text(&out), "\033[33mwarning\033[0m: odd [test]\n"
					    "    企业: 甲乙\n"
					    "          ^\n");
	/* without a position */
	str_reset(&out);
	f.line = f.caret = 0;
	finding_show(&out, &f, "x\n", true, false);
	assert_string_equal(str_text(&out), "x\\n: warning: odd [test]\n");
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest diag[] = {
		cmocka_unit_test(what_is_added_is_kept),
		cmocka_unit_test(sorting),
		cmocka_unit_test(sorting_many),
		cmocka_unit_test(excerpts),
		cmocka_unit_test(levels),
		cmocka_unit_test(showing),
	};

	return cmocka_run_group_tests(diag, NULL, NULL);
}
