#include "cli/labels.h"

#include <string.h>

static void add_labels(struct labels *l, const struct schema_property *properties, size_t n,
		       const char *before)
{
	for (size_t i = 0; i < n; i++) {
		const struct schema_property *p = &properties[i];
		struct schema_property *inner;

		if (l->count == l->cap) {
			size_t cap = l->cap ? l->cap * 2 : 64;
			struct story_field *grown =
				arena_array(&l->cli->arena, cap, sizeof(*grown));

			if (!grown)
				cli_no_memory(l->cli);
			if (l->count)
				memcpy(grown, l->fields, l->count * sizeof(*grown));
			l->fields = grown;
			l->cap = cap;
		}
		l->fields[l->count++] = (struct story_field){
			.name = *before ? arena_printf(&l->cli->arena, "%s.%s", before, p->name)
					: p->name,
			.title = p->title,
			.word = p->word,
			.labels = p->labels
		};
		if (!*before && p->type && strcmp(p->type, "object") == 0) {
			size_t inside = cli_subproperties(l->cli, p->schema, &inner);

			add_labels(l, inner, inside, p->name);
		}
	}
}

struct labels labels_load(struct cli *cli, enum kind kind, const struct node *given)
{
	struct labels l = { .cli = cli };
	struct schema_property *properties;
	size_t n = schemas_properties(&cli->schemas, kind, given, &properties, &cli->findings);

	if (!n)
		cli_fail(cli, CANNOT);
	add_labels(&l, properties, n, "");
	return l;
}
