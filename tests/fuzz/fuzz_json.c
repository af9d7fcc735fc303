/*
 * The strict JSON reader; and where the YAML reader can read the text too, it must read the same.
 *
 * Dictionaries: syntax
 */
#include "must.h"

/* YAML 1.2.2, 1.2: JSON is YAML; what libyaml makes of other characters in texts is its own affair
 */
static bool is_common(const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (text[i] != '\n' && (text[i] < ' ' || text[i] > '~'))
			return false;
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	struct findings findings = { 0 }, ignored = { 0 };
	struct arena arena = { 0 };
	const struct node *root = json_read(&arena, "input", text, size, &READ_LARGE, &findings);
	const struct node *same;

	MUST(findings.errors == !root);
	must_be_findings(&findings);
	if (root) {
		must_be_tree(root, text, size);
		same = is_common(text, size)
			       ? yaml_read(&arena, "input", text, size, &READ_LARGE, &ignored)
			       : NULL;
		MUST(!same || node_equal(root, same));
	}
	findings_release(&findings);
	findings_release(&ignored);
	arena_release(&arena);
	return 0;
}
