/* The values of fields in words. */
#include <string.h>

#include "report/problems.h"
#include "yaml/write.h"

const struct story_field *field_named(const struct story_field *fields, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(fields[i].name, name) == 0)
			return &fields[i];
	return NULL;
}

void words_add(struct str *out, const struct plan *plan, const struct story_field *field,
	       const struct node *value)
{
	const char *label;

	if (value->type == NODE_LIST) {
		for (uint32_t i = 0; i < value->count; i++) {
			if (i)
				str_add(out, "、");
			words_add(out, plan, field, &value->items[i]);
		}
		return;
	}
	if (value->type == NODE_MAP) {
		for (uint32_t i = 0; i < value->count; i++) {
			if (i)
				str_addc(out, ' ');
			words_add(out, plan, NULL, value->members[i].value);
		}
		return;
	}
	if (value->type == NODE_NULL) {
		str_add(out, "无");
		return;
	}
	if (value->type == NODE_BOOL) {
		str_add(out, value->boolean ? "是" : "否");
		return;
	}
	if (value->type != NODE_STRING) {
		yaml_write_value(out, value, true);
		return;
	}
	label = field ? node_string(field->labels, value->text) : NULL;
	str_add(out, label                  ? label
		     : field && field->word ? plan_word_name(plan, field->word, value->text)
					    : value->text);
}
