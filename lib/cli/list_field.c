#include "cli/list_field.h"

#include <string.h>

#include "base/msg.h"
#include "base/utf8.h"
#include "cli/list_word.h"
#include "model/inspection.h"

#define NEAR 2
#define MOST_NAMED 40 /* names in a hint */

/* in which a problem may have been found */
#define SOURCES                                                                                    \
	(KIND_BIT(KIND_VISIT) | KIND_BIT(KIND_WALKTHROUGH) | KIND_BIT(KIND_INSPECTION) |           \
	 KIND_BIT(KIND_OBSERVATION) | KIND_BIT(KIND_SUPERVISION))

/* what record_view adds to a record, and what is added to its view */
static const struct computed {
	const char *name, *title, *type;
	unsigned kinds; /* 0: all */
	unsigned needs;
} COMPUTED[] = {
	{ "state", "状态", "string", 0, 0 },
	{ "path", "文件", "string", 0, 0 },
	{ "events", "后续登记数", "integer", 0, 0 },
	{ "due_original", "原定时限", "date", KIND_BIT(KIND_PROBLEM), 0 },
	{ "days_left", "余天", "integer", KIND_BIT(KIND_PROBLEM), 0 },
	{ "overdue", "逾期", "boolean", KIND_BIT(KIND_PROBLEM), 0 },
	{ "light", "灯", "string", KIND_BIT(KIND_PROBLEM), NEEDS_FIGURES },
	{ "light_reason", "原因", "string", KIND_BIT(KIND_PROBLEM), NEEDS_FIGURES },
	{ "measures_done", "措施已完成", "integer", KIND_BIT(KIND_PROBLEM), 0 },
	{ "measures_total", "措施数", "integer", KIND_BIT(KIND_PROBLEM), 0 },
	{ "listed", "列账时间", "time", KIND_BIT(KIND_PROBLEM), 0 },
	{ "closed", "销号时间", "time", KIND_BIT(KIND_PROBLEM), 0 },
	{ "days_to_list", "列账用时", "integer", KIND_BIT(KIND_PROBLEM), 0 },
	{ "suspect", "疑似走过场", "string", KIND_BIT(KIND_VISIT), NEEDS_SUSPECTS },
	{ "led_to", "引出问题", "string", SOURCES, NEEDS_ORIGINS },
	{ "derived", "计算结果", "object", KIND_BIT(KIND_INSPECTION), 0 },
};

static bool is_of(const struct computed *computed, enum kind kind)
{
	return !computed->kinds || computed->kinds & KIND_BIT(kind);
}

static const struct computed *computed_named(enum kind kind, const char *name)
{
	for (size_t i = 0; i < sizeof(COMPUTED) / sizeof(*COMPUTED); i++)
		if (strcmp(COMPUTED[i].name, name) == 0 && is_of(&COMPUTED[i], kind))
			return &COMPUTED[i];
	return NULL;
}

/* The properties at one level of a dotted name; a name may be there several times (values). */
struct layer {
	struct cli *cli;
	struct schema_property *items;
	size_t count, cap;
};

static void layer_add(struct layer *layer, const struct schema_property *items, size_t n)
{
	if (layer->count + n > layer->cap) {
		size_t cap = (layer->count + n) * 2;
		struct schema_property *grown =
			arena_array(&layer->cli->arena, cap, sizeof(*grown));

		if (!grown)
			cli_no_memory(layer->cli);
		if (layer->count)
			memcpy(grown, layer->items, layer->count * sizeof(*grown));
		layer->items = grown;
		layer->cap = cap;
	}
	if (n)
		memcpy(layer->items + layer->count, items, n * sizeof(*items));
	layer->count += n;
}

void list_fields_load(struct list_fields *fields, struct cli *cli, enum kind kind)
{
	struct layer layer = { .cli = cli };
	struct schema_property *own;
	size_t n = schemas_properties(&cli->schemas, kind, NULL, &own, &cli->findings);

	if (!n)
		cli_fail(cli, CANNOT);
	for (size_t i = 0; i < sizeof(COMPUTED) / sizeof(*COMPUTED); i++) {
		const struct schema_property p = { .name = COMPUTED[i].name,
						   .title = COMPUTED[i].title,
						   .type = COMPUTED[i].type };

		if (is_of(&COMPUTED[i], kind))
			layer_add(&layer, &p, 1);
	}
	layer_add(&layer, own, n);
	*fields = (struct list_fields){
		.cli = cli, .kind = kind, .properties = layer.items, .count = layer.count
	};
}

/* `values` of an inspection: its fields hang on the point, in one definition for each */
static void add_values(const struct list_fields *fields, struct layer *layer)
{
	struct cli *cli = fields->cli;

	for (size_t i = 0; i < cli->plan.npoints; i++) {
		const char *uri = arena_printf(&cli->arena, "duban:inspection#/$defs/f%02d",
					       cli->plan.points[i].id);
		struct schema_property *items;
		size_t n = uri ? schema_properties(cli->schemas.set, uri, NULL, &cli->arena, &items)
			       : 0;

		layer_add(layer, items, n);
	}
}

static void add_derived(struct layer *layer)
{
	for (size_t i = 0; i < INSPECTION_NDERIVED; i++)
		layer_add(layer,
			  &(const struct schema_property){ .name = INSPECTION_DERIVED[i].name,
							   .title = INSPECTION_DERIVED[i].title,
							   .type = INSPECTION_DERIVED[i].type },
			  1);
}

static void add_below(const struct list_fields *fields, const struct schema_property *p, bool first,
		      struct layer *layer)
{
	const struct node *schemas[] = { p->schema, p->items };

	if (first && fields->kind == KIND_INSPECTION && strcmp(p->name, "values") == 0)
		add_values(fields, layer);
	if (first && fields->kind == KIND_INSPECTION && strcmp(p->name, "derived") == 0)
		add_derived(layer);
	for (size_t i = 0; i < 2; i++) {
		struct schema_property *items = NULL;
		size_t n = schemas[i] ? cli_subproperties(fields->cli, schemas[i], &items) : 0;

		layer_add(layer, items, n);
	}
}

static bool is_named(const struct schema_property *p, const char *name)
{
	return strcmp(p->name, name) == 0 || (p->title && strcmp(p->title, name) == 0);
}

static void add_once(struct str *out, const struct layer *layer, size_t i, size_t *named)
{
	for (size_t j = 0; j < i; j++)
		if (strcmp(layer->items[j].name, layer->items[i].name) == 0)
			return;
	if (*named < MOST_NAMED)
		str_addf(out, "%s%s", *named ? ", " : "", layer->items[i].name);
	else if (*named == MOST_NAMED)
		str_add(out, ", …");
	++*named;
}

static void hint_names(struct cli *cli, struct finding *f, const char *before, const char *name,
		       const struct layer *layer)
{
	const char *best = NULL;
	unsigned least = NEAR + 1;
	struct str all = { 0 };
	size_t named = 0;

	for (size_t i = 0; i < layer->count; i++) {
		const struct schema_property *p = &layer->items[i];
		unsigned d = name ? text_distance(name, p->name, NEAR) : NEAR + 1;
		unsigned by_title =
			name && p->title ? text_distance(name, p->title, NEAR) : NEAR + 1;

		/* any two labels of two characters are near each other */
		if (by_title < d && by_title < 2 && utf8_count(name, strlen(name)) > 2)
			d = by_title;
		if (d < least && d < strlen(p->name)) {
			least = d;
			best = p->name;
		}
		add_once(&all, layer, i, &named);
	}
	if (best)
		finding_hint(&cli->findings, f, _("did you mean '%s%s'?"), before, best);
	else if (named)
		finding_hint(&cli->findings, f, _("known are: %s"), str_text(&all));
	str_release(&all);
}

static enum field_type type_of(const struct schema_property *p)
{
	const char *type = p->type ? p->type : "", *format = node_string(p->schema, "format");

	if (strcmp(type, "array") == 0) {
		type = p->items_type ? p->items_type : "";
		format = node_string(p->items, "format");
	}
	if (strcmp(type, "object") == 0)
		return FIELD_MAP;
	if (strcmp(type, "integer") == 0)
		return FIELD_INTEGER;
	if (strcmp(type, "boolean") == 0)
		return FIELD_BOOLEAN;
	if (strcmp(type, "date") == 0 || (format && strcmp(format, "date") == 0))
		return FIELD_DATE;
	if (strcmp(type, "time") == 0 || (format && strcmp(format, "date-time") == 0))
		return FIELD_TIME;
	return FIELD_TEXT;
}

/* the plan's own vocabularies may grow: what is not in them is no error in a record either */
static bool is_closed(const struct schema_property *p)
{
	return list_count(p->codes) ||
	       (p->word && strncmp(p->word, "vocab:", 6) != 0 && strcmp(p->word, "point") != 0);
}

/* one more definition of the field: where they differ it is text, and open */
static void describe(struct cli *cli, struct list_field *field, const struct schema_property *p,
		     bool first)
{
	enum field_type type = type_of(p);

	if (first) {
		field->title = p->title;
		field->type = type;
		field->closed = is_closed(p);
	} else {
		field->type = field->type == type ? type : FIELD_TEXT;
		field->closed = field->closed && is_closed(p);
	}
	if (p->type && strcmp(p->type, "array") == 0)
		field->is_list = true;
	words_of_property(cli, field, p);
}

static void unknown(const struct list_fields *fields, const char *option, const char *name,
		    const char *before, const char *part, const struct layer *layer)
{
	struct finding *f = cli_error(fields->cli, "unknown-field",
				      _("%s: a record of kind '%s' has no field '%s'"), option,
				      KIND_INFO[fields->kind].name, name);

	hint_names(fields->cli, f, before, part, layer);
}

/*
 * The property that a part of the name means. What all of its definitions say goes to `field` when
 * it is the last part, else their own properties to `below`. NULL when the level has none.
 */
static const struct schema_property *take_part(const struct list_fields *fields,
					       const struct layer *layer, const char *part,
					       struct list_field *field, struct layer *below)
{
	const struct schema_property *found = NULL;
	bool top = layer->items == fields->properties;

	for (size_t i = 0; i < layer->count; i++) {
		const struct schema_property *p = &layer->items[i];

		if (found ? strcmp(found->name, p->name) != 0 : !is_named(p, part))
			continue;
		if (field)
			describe(fields->cli, field, p, !found);
		else
			add_below(fields, p, top, below);
		found = found ? found : p;
		if (top) /* a computed one hides one of the folder's */
			break;
	}
	return found;
}

static void finish(const struct list_fields *fields, struct list_field *field)
{
	const struct computed *computed = computed_named(fields->kind, field->name);

	field->needs = computed ? computed->needs : 0;
	if (field->needs & (NEEDS_SUSPECTS | NEEDS_ORIGINS))
		field->is_list = true;
	if (computed || strcmp(field->name, "kind") == 0)
		words_of_computed(fields->cli, fields->kind, field);
}

bool list_field_find(const struct list_fields *fields, const char *option, const char *name,
		     struct list_field *field)
{
	struct layer layer = { .cli = fields->cli,
			       .items = fields->properties,
			       .count = fields->count };
	const char *before = "", *rest = name;

	*field = (struct list_field){ 0 };
	for (;;) {
		size_t length = strcspn(rest, ".");
		const char *part = arena_strndup(&fields->cli->arena, rest, length);
		struct layer below = { .cli = fields->cli };
		const struct schema_property *found;
		bool last = !rest[length];

		if (!part)
			cli_no_memory(fields->cli);
		found = take_part(fields, &layer, part, last ? field : NULL, &below);
		if (!found) {
			unknown(fields, option, name, before, part, &layer);
			return false;
		}
		field->name = arena_printf(&fields->cli->arena, "%s%s", before, found->name);
		before = arena_printf(&fields->cli->arena, "%s%s.", before, found->name);
		if (!field->name || !before)
			cli_no_memory(fields->cli);
		if (last)
			break;
		layer = below;
		rest += length + 1;
	}
	finish(fields, field);
	return true;
}
