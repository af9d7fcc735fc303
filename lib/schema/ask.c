/* Questions to the trees of schemas: the fields of a map, with their labels and types. */
#include <errno.h>
#include <string.h>

#include "schema/set.h"

/* references and allOf within each other */
#define DEEPEST 32

/* whose schemas are visited: a property's within the visit of a map's, an item's within that */
enum whose { OF_MAP, OF_PROPERTY, OF_ITEMS, WHOSE };

struct asking {
	struct schema_set *set;
	struct arena *arena;
	const struct node *given; /* what is known of the value, for conditions; or NULL */
	struct schema_property *items;
	size_t count, cap;
	struct map seen[WHOSE]; /* schema -> the turn in which it was visited last */
	uintptr_t turn;
	bool no_memory;
};

/* a function that looks at one schema of those that a subschema is made of */
typedef void visit(struct asking *a, const struct node *schema, const struct resource *resource,
		   void *context);

static bool is_null_schema(const struct node *schema)
{
	return node_is(node_get(schema, "type"), "null");
}

/* whether the known fields are as a condition wants them that names them by `const` */
static bool is_given(const struct asking *a, const struct node *condition)
{
	const struct node *properties = node_get(condition, "properties");

	if (!a->given || !properties || properties->type != NODE_MAP)
		return false;
	for (uint32_t i = 0; i < properties->count; i++) {
		const struct node *known = node_get(a->given, properties->members[i].name);
		const struct node *wanted = node_get(properties->members[i].value, "const");

		if (!known || !wanted || !node_equal(known, wanted))
			return false;
	}
	return properties->count > 0;
}

struct gathering {
	struct asking *a;
	enum whose whose;
	uintptr_t turn;
	bool alternatives;
	visit *visitor;
	void *context;
};

/* each schema counts once, however many references lead to it: else two to itself would never end */
static bool is_first(const struct gathering *g, const struct node *schema)
{
	struct map *seen = &g->a->seen[g->whose];
	const struct node **key = &schema;
	void *turn = map_get(seen, (const char *)key, sizeof(*key));

	if ((uintptr_t)turn == g->turn)
		return false;
	if (!turn && (key = arena_alloc(g->a->arena, sizeof(*key))))
		*key = schema;
	if (!key || map_put(seen, (const char *)key, sizeof(*key), (void *)g->turn) < 0)
		g->a->no_memory = true;
	return !g->a->no_memory;
}

static void collect(const struct gathering *g, const struct node *schema,
		    const struct resource *resource, unsigned depth)
{
	static const char *const either[] = { "anyOf", "oneOf" };
	const struct subschema *known = schema ? set_subschema(g->a->set, schema) : NULL;
	const struct node *reference = node_get(schema, "$ref"), *all = node_get(schema, "allOf");
	enum found found = NO_RESOURCE;
	struct target target;

	if (!schema || schema->type != NODE_MAP || depth > DEEPEST || !is_first(g, schema))
		return;
	if (known)
		resource = known->resource;
	g->visitor(g->a, schema, resource, g->context);
	if (reference && reference->type == NODE_STRING && resource)
		found = set_resolve(g->a->set, resource, reference, &target, NULL);
	g->a->no_memory = g->a->no_memory || found == FOUND_NO_MEMORY;
	if (found == FOUND)
		collect(g, target.node, target.resource, depth + 1);
	for (size_t i = 0; i < list_count(all); i++)
		collect(g, &all->items[i], resource, depth + 1);
	if (is_given(g->a, node_get(schema, "if")))
		collect(g, node_get(schema, "then"), resource, depth + 1);
	for (size_t k = 0; g->alternatives && k < 2; k++) {
		const struct node *branches = node_get(schema, either[k]);

		for (size_t i = 0; i < list_count(branches); i++)
			if (!is_null_schema(&branches->items[i])) {
				collect(g, &branches->items[i], resource, depth + 1);
				break;
			}
	}
}

/*
 * The subschema, what it refers to, its allOf, `then` where the condition is given; and of anyOf
 * and oneOf the first branch that is not just `null`, but not of a map.
 */
static void gather(struct asking *a, const struct node *schema, const struct resource *resource,
		   enum whose whose, visit *visitor, void *context)
{
	struct gathering g = { .a = a,
			       .whose = whose,
			       .turn = ++a->turn,
			       .alternatives = whose != OF_MAP,
			       .visitor = visitor,
			       .context = context };

	collect(&g, schema, resource, 0);
}

static void take_text(const char **to, const struct node *schema, const char *keyword)
{
	if (!*to)
		*to = node_string(schema, keyword);
}

static void take_node(const struct node **to, const struct node *schema, const char *keyword)
{
	if (!*to)
		*to = node_get(schema, keyword);
}

/* the type, the first one that is not null when there are several */
static const char *type_of(const struct node *schema)
{
	const struct node *type = node_get(schema, "type"), *choices = node_get(schema, "enum");
	const struct node *constant = node_get(schema, "const");

	if (type && type->type == NODE_STRING)
		return type->text;
	for (size_t i = 0; i < list_count(type); i++)
		if (type->items[i].type == NODE_STRING && !node_is(&type->items[i], "null"))
			return type->items[i].text;
	if (list_count(choices))
		constant = &choices->items[0];
	return constant && constant->type == NODE_STRING ? "string" : NULL;
}

/* what a field and the items of its list have in common */
static void take_common(struct schema_property *p, const struct node *schema)
{
	const struct node *choices = node_get(schema, "enum");

	take_text(&p->word, schema, "x-word");
	take_text(&p->metavar, schema, "x-metavar");
	take_text(&p->format, schema, "format");
	take_node(&p->shorthand, schema, "x-shorthand");
	if (!p->codes && choices && choices->type == NODE_LIST)
		p->codes = choices;
	take_node(&p->labels, schema, "x-labels");
	take_node(&p->aliases, schema, "x-aliases");
	take_node(&p->personal, schema, "x-personal");
	if (node_boolean(schema, "x-free-text", false))
		p->free_text = true;
}

static void visit_items(struct asking *a, const struct node *schema,
			const struct resource *resource, void *context)
{
	struct schema_property *p = context;

	(void)a;
	(void)resource;
	take_common(p, schema);
	if (!p->items_type)
		p->items_type = type_of(schema);
}

/* the place a chain of bare references leads to */
static const struct node *resolved(struct asking *a, const struct node *schema,
				   const struct resource *resource)
{
	for (unsigned i = 0; i < DEEPEST; i++) {
		const struct subschema *known = set_subschema(a->set, schema);
		const struct node *reference = node_get(schema, "$ref");
		enum found found;
		struct target target;

		if (known)
			resource = known->resource;
		if (!reference || reference->type != NODE_STRING || !resource ||
		    node_get(schema, "properties") || node_get(schema, "items") ||
		    node_get(schema, "allOf"))
			break;
		found = set_resolve(a->set, resource, reference, &target, NULL);
		a->no_memory = a->no_memory || found == FOUND_NO_MEMORY;
		if (found != FOUND)
			break;
		schema = target.node;
		resource = target.resource;
	}
	return schema;
}

static void visit_property(struct asking *a, const struct node *schema,
			   const struct resource *resource, void *context)
{
	struct schema_property *p = context;
	const struct node *items = node_get(schema, "items");

	take_text(&p->title, schema, "title");
	take_text(&p->english, schema, "x-en");
	take_text(&p->description, schema, "description");
	if (!p->type)
		p->type = type_of(schema);
	take_node(&p->headings, schema, "x-headings");
	take_common(p, schema);
	if (items && items->type == NODE_MAP && !p->items) {
		p->items = resolved(a, items, resource);
		gather(a, items, resource, OF_ITEMS, visit_items, p);
	}
}

/* x-option: the first that is given; false takes the option away */
static void visit_option(struct asking *a, const struct node *schema,
			 const struct resource *resource, void *context)
{
	const struct node **option = context;

	(void)a;
	(void)resource;
	take_node(option, schema, "x-option");
}

static const char *option_of(struct asking *a, const struct schema_property *p,
			     const struct node *given)
{
	char *option;

	if (given && given->type == NODE_BOOL && !given->boolean)
		return NULL;
	if (given && given->type == NODE_STRING)
		return given->text;
	option = arena_strdup(a->arena, p->name);
	if (!option)
		a->no_memory = true;
	for (char *c = option; c && *c; c++)
		if (*c == '_')
			*c = '-';
	return option;
}

static struct schema_property *find(struct asking *a, const char *name)
{
	for (size_t i = 0; i < a->count; i++)
		if (strcmp(a->items[i].name, name) == 0)
			return &a->items[i];
	return NULL;
}

static struct schema_property *add(struct asking *a, const char *name)
{
	if (a->count == a->cap) {
		size_t cap = a->cap ? a->cap * 2 : 32;
		struct schema_property *items = arena_array(a->arena, cap, sizeof(*items));

		if (!items) {
			a->no_memory = true;
			return NULL;
		}
		if (a->count)
			memcpy(items, a->items, a->count * sizeof(*items));
		a->items = items;
		a->cap = cap;
	}
	a->items[a->count] = (struct schema_property){ .name = name };
	return &a->items[a->count++];
}

/* a later schema fills in what the first one leaves open, as a record folder's schema may */
static void visit_map(struct asking *a, const struct node *schema, const struct resource *resource,
		      void *context)
{
	const struct node *properties = node_get(schema, "properties");

	(void)context;
	for (uint32_t i = 0; properties && properties->type == NODE_MAP && i < properties->count;
	     i++) {
		const struct member *m = &properties->members[i];
		struct schema_property *p = find(a, m->name);
		const struct node *option = NULL;
		const struct node *place;
		bool is_new = !p;

		if (m->value->type != NODE_MAP)
			continue;
		if (is_new)
			p = add(a, m->name);
		if (!p)
			return;
		gather(a, m->value, resource, OF_PROPERTY, visit_property, p);
		place = resolved(a, m->value, resource);
		/* a map whose fields another schema says */
		if (is_new || (!node_get(p->schema, "properties") && node_get(place, "properties")))
			p->schema = place;
		if (!is_new)
			continue;
		gather(a, m->value, resource, OF_PROPERTY, visit_option, &option);
		p->option = option_of(a, p, option);
	}
}

static void visit_required(struct asking *a, const struct node *schema,
			   const struct resource *resource, void *context)
{
	const struct node *required = node_get(schema, "required");

	(void)resource;
	(void)context;
	for (size_t i = 0; i < list_count(required); i++) {
		struct schema_property *p = required->items[i].type == NODE_STRING
						    ? find(a, required->items[i].text)
						    : NULL;

		if (p)
			p->required = true;
	}
}

/* contract 2: `entered` is the last key of a record */
static void put_entered_last(struct asking *a)
{
	struct schema_property *entered = find(a, "entered"), copy;
	size_t behind;

	if (!entered)
		return;
	copy = *entered;
	behind = a->count - (size_t)(entered - a->items) - 1;
	memmove(entered, entered + 1, behind * sizeof(*entered));
	a->items[a->count - 1] = copy;
}

static size_t ask(struct schema_set *set, const struct node *schema,
		  const struct resource *resource, const struct node *given, struct arena *arena,
		  struct schema_property **out)
{
	struct asking a = { .set = set, .arena = arena, .given = given };

	for (int i = 0; i < WHOSE; i++)
		map_init(&a.seen[i], arena);
	gather(&a, schema, resource, OF_MAP, visit_map, NULL);
	gather(&a, schema, resource, OF_MAP, visit_required, NULL);
	if (a.no_memory) {
		errno = ENOMEM;
		return 0;
	}
	put_entered_last(&a);
	*out = a.items;
	return a.count;
}

size_t schema_properties(struct schema_set *set, const char *uri, const struct node *given,
			 struct arena *arena, struct schema_property **out)
{
	struct target target;
	enum found found = set_find_root(set, uri, &target);

	*out = NULL;
	if (found != FOUND) {
		errno = found == FOUND_NO_MEMORY ? ENOMEM : EINVAL;
		return 0;
	}
	return ask(set, target.node, target.resource, given, arena, out);
}

size_t schema_subproperties(struct schema_set *set, const struct node *subschema,
			    struct arena *arena, struct schema_property **out)
{
	*out = NULL;
	return ask(set, subschema, NULL, NULL, arena, out);
}
