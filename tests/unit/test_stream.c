/* The documents of a text, YAML or JSON. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/str.h"
#include "yaml/stream.h"

/* the first scalar of each document and its line; then the code of what is wrong */
static const char *read_all(const char *text, bool json)
{
	static struct str out;
	struct arena arena = { 0 };
	struct findings findings = { 0 };
	struct stream *s = stream_open("f", text, strlen(text), json, &READ_ANY, &findings);
	struct node *root;
	int n = s ? 1 : -1;

	str_reset(&out);
	while (s && (n = stream_next(s, &arena, &root)) > 0)
		str_addf(&out, "%zu=%s:%u ", stream_number(s), root->text, root->line);
	if (s)
		assert_int_equal(stream_next(s, &arena, &root), 0); /* it is over */
	assert_int_equal(n<0, findings.errors> 0);
	for (size_t i = 0; i < findings.count; i++)
		str_addf(&out, "%s %u:%u", findings.items[i].code, findings.items[i].line,
			 findings.items[i].column);
	stream_close(s);
	findings_release(&findings);
	arena_release(&arena);
	return str_text(&out);
}

static void documents(void **state)
{
	(void)state;
	assert_string_equal(read_all("a\n---\nb\n--- c\n", false), "1=a:1 2=b:3 3=c:4 ");
	assert_string_equal(read_all(" 1 ", true), "1=1:1 ");
	assert_string_equal(read_all("a\n---\n[\n", false), "1=a:1 yaml-syntax 4:1");
	assert_string_equal(read_all("1 2", true), "json-syntax 1:3");
	assert_string_equal(read_all("a\xff", false), "encoding 1:2");
	assert_string_equal(read_all("\"a\xff\"", true), "encoding 1:3");
}

static void no_document(void **state)
{
	(void)state;
	assert_string_equal(read_all("", false), "empty 1:1");
	assert_string_equal(read_all("# nothing\n", false), "empty 1:1");
	assert_string_equal(read_all(" \n", true), "empty 1:1");
	stream_close(NULL);
}

static void names(void **state)
{
	(void)state;
	assert_true(named_json("a.json", false));
	assert_false(named_json("a.yaml", true));
	assert_false(named_json("a.yml", true));
	assert_true(named_json("a", true));
	assert_false(named_json("a", false));
	assert_false(named_json(".json", false)); /* an ending needs something to end */
}

int main(void)
{
	const struct CMUnitTest stream[] = {
		cmocka_unit_test(documents),
		cmocka_unit_test(no_document),
		cmocka_unit_test(names),
	};

	return cmocka_run_group_tests(stream, NULL, NULL);
}
