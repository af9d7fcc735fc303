/*
 * The YAML reader: a stream, read as records, as a person's input and as anybody's documents.
 *
 * Dictionaries: syntax
 */
#include "must.h"

static void read_stream(const char *text, size_t size, const struct read_options *options)
{
	struct findings findings = { 0 };
	struct arena arena = { 0 };
	struct yaml_reader *reader = yaml_open("input", text, size, options, &findings);
	struct node *root;
	int result = reader ? 1 : -1;

	while (result > 0) {
		arena_reset(&arena);
		result = yaml_next(reader, &arena, &root);
		if (result <= 0)
			break;
		must_be_tree(root, text, size);
		if (options->plain)
			must_survive_writing(root, options);
	}
	MUST(findings.errors == (result < 0));
	must_be_findings(&findings);
	if (reader) /* a stream that has ended stays at its end */
		MUST(yaml_next(reader, &arena, &root) == 0);
	yaml_close(reader);
	findings_release(&findings);
	arena_release(&arena);
}

/* a record is also a person's input, and that is also anybody's document, with the same content */
static void read_one(const char *text, size_t size)
{
	const struct read_options *const options[] = { &READ_RECORD, &READ_INPUT, &READ_LARGE };
	const struct node *narrower = NULL;
	struct arena arena = { 0 };

	for (size_t i = 0; i < 3; i++) {
		struct findings findings = { 0 };
		const struct node *root =
			yaml_read(&arena, "input", text, size, options[i], &findings);

		MUST(findings.errors == !root);
		MUST(!narrower || (root && node_equal(root, narrower)));
		narrower = root;
		findings_release(&findings);
	}
	arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;

	read_stream(text, size, &READ_RECORD);
	read_stream(text, size, &READ_INPUT);
	read_stream(text, size, &READ_LARGE);
	read_one(text, size);
	return 0;
}
