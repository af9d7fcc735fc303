#include "duban_parts.h"

#include <errno.h>

/* texts of the property that the room gives as nodes */
struct answer {
	struct schema_set *set;
	struct arena arena;
	bool no_memory;
};

static const char *uri_of(struct answer *a, const struct node *schema)
{
	struct str uri = { 0 };
	const char *copy = NULL;

	if (schema && schema_uri(a->set, schema, &uri)) {
		copy = uri.failed ? NULL : arena_strdup(&a->arena, str_text(&uri));
		if (!copy)
			a->no_memory = true;
	}
	str_release(&uri);
	return copy;
}

static void fill_codes(struct answer *a, const struct schema_property *p,
		       struct duban_property *out)
{
	size_t n = list_count(p->codes);
	const char **codes = arena_array(&a->arena, n, sizeof(*codes));
	const char **labels = arena_array(&a->arena, n, sizeof(*labels));

	if (!codes || !labels) {
		a->no_memory = true;
		return;
	}
	for (size_t i = 0; i < n; i++) {
		const struct node *code = &p->codes->items[i];

		if (code->type != NODE_STRING && code->type != NODE_NUMBER &&
		    code->type != NODE_BOOL)
			continue;
		codes[out->ncodes] = code->text;
		labels[out->ncodes++] = node_string(p->labels, code->text);
	}
	out->codes = codes;
	out->labels = labels;
}

int duban_properties(struct duban_set *set, const char *uri, const struct duban_stream *given,
		     duban_visit *visit, void *context)
{
	struct answer a = { .set = set->set };
	struct schema_property *properties;
	int error;
	size_t n;

	errno = 0;
	n = schema_properties(set->set, uri, given ? given->root : NULL, &a.arena, &properties);
	error = n ? 0 : errno;
	for (size_t i = 0; i < n && !a.no_memory; i++) {
		const struct schema_property *p = &properties[i];
		struct duban_property out = { .name = p->name,
					      .title = p->title,
					      .description = p->description,
					      .type = p->type,
					      .required = p->required,
					      .items_type = p->items_type,
					      .uri = uri_of(&a, p->schema),
					      .items_uri = uri_of(&a, p->items) };

		fill_codes(&a, p, &out);
		if (!a.no_memory)
			visit(context, &out);
	}
	arena_release(&a.arena);
	if (a.no_memory)
		error = ENOMEM;
	return error ? fail_with(error) : (int)n;
}
