#include "schema/set.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "schema/keyword.h"
#include "schema/uri.h"

#define MOST_UNFOLDED 1000000

struct schema_set *schema_set_new(void)
{
	struct schema_set *set = calloc(1, sizeof(*set));

	if (!set)
		return NULL;
	map_init(&set->resources, &set->arena);
	map_init(&set->subschemas, &set->arena);
	map_init(&set->metaschemas, &set->arena);
	return set;
}

void schema_set_free(struct schema_set *set)
{
	if (!set)
		return;
	for (const struct schema_metaschema *m = set->compiled; m; m = m->next)
		schema_free(m->schema);
	for (struct document *d = set->documents; d; d = d->next)
		findings_release(&d->faults);
	arena_release(&set->arena);
	free(set);
}

struct finding *set_report(struct findings *findings, const struct document *document,
			   const char *code, const struct node *node, const char *format, ...)
{
	struct finding what = { .level = LEVEL_ERROR, .code = code };
	struct finding *finding;
	va_list args;
	char *message;

	if (document)
		what.file = document->name;
	if (node) {
		what.line = node->line;
		what.column = node->column;
		if (document && document->lines && node->line)
			what.excerpt = excerpt_in(&findings->arena, document->lines, node->line,
						  node->column, &what.caret);
	}
	va_start(args, format);
	message = arena_vprintf(&findings->arena, format, args);
	va_end(args);
	finding = findings_add(findings, &what, "%s", message ? message : "");
	if (!message)
		findings->lost = true;
	return finding;
}

const struct subschema *set_subschema(const struct schema_set *set, const struct node *node)
{
	return map_get(&set->subschemas, (const char *)&node, sizeof(node));
}

/* what adding a document carries along */
struct adding {
	struct schema_set *set;
	struct document *document;
	struct findings *findings; /* its faults */
	bool no_memory;
};

static void no_memory(struct adding *a)
{
	a->no_memory = true;
}

static const struct node *text_of(struct adding *a, const struct node *schema, const char *name)
{
	const struct node *value = node_get(schema, name);

	if (!value || value->type == NODE_STRING)
		return value;
	set_report(a->findings, a->document, "bad-keyword", value, _("'%s' must be a string"),
		   name);
	return NULL;
}

static int enter_resource(struct adding *a, struct resource *resource, const char *uri, size_t n,
			  const struct node *where)
{
	const struct resource *known = map_get(&a->set->resources, uri, n);

	if (known) {
		struct finding *f = set_report(a->findings, a->document, "duplicate-id", where,
					       _("the URI '%s' is taken"), uri);

		finding_hint(a->findings, f, _("it names line %u of %s"), known->root->line,
			     known->document->name ? known->document->name : "?");
		return -1;
	}
	if (map_put(&a->set->resources, uri, n, resource) < 0) {
		no_memory(a);
		return -1;
	}
	return 0;
}

static struct resource *new_resource(struct adding *a, const struct node *root,
				     const struct resource *outer)
{
	struct resource *resource = arena_alloc(&a->set->arena, sizeof(*resource));

	if (!resource) {
		no_memory(a);
		return NULL;
	}
	resource->root = root;
	resource->outer = outer;
	resource->document = a->document;
	map_init(&resource->anchors, &a->set->arena);
	map_init(&resource->dynamic, &a->set->arena);
	return resource;
}

/* a URI in the set's arena, without its empty fragment; NULL when out of memory */
static const char *resolved(struct adding *a, const char *base, const struct node *id)
{
	struct str uri = { 0 };
	const char *copy = NULL;

	uri_resolve(&uri, base, strlen(base), id->text, id->count);
	if (!uri.failed)
		copy = arena_strndup(&a->set->arena, str_text(&uri),
				     uri_fragment(str_text(&uri), uri.len));
	str_release(&uri);
	if (!copy)
		no_memory(a);
	return copy;
}

/* 2020-12 core 8.2.1: no fragment in an identifier, but for an empty one */
static void check_identifier(struct adding *a, const struct node *id)
{
	size_t n = uri_fragment(id->text, id->count);
	struct finding *f;

	if (id->count - n <= 1 && memchr(id->text, '\0', id->count) == NULL)
		return;
	f = set_report(a->findings, a->document, "bad-keyword", id,
		       _("'$id' may not have a fragment: '%s'"), id->text);
	finding_hint(a->findings, f, "%s", _("name a place within a resource by $anchor"));
}

static struct resource *inner_resource(struct adding *a, const struct node *schema,
				       const struct node *id, struct resource *outer)
{
	struct resource *resource = new_resource(a, schema, outer);

	if (!resource)
		return outer;
	check_identifier(a, id);
	resource->uri = resolved(a, outer->uri, id);
	if (!resource->uri)
		return outer;
	resource->len = strlen(resource->uri);
	return enter_resource(a, resource, resource->uri, resource->len, id) < 0 ? outer : resource;
}

/* 2020-12 core 8.2.2: ^[A-Za-z_][-A-Za-z0-9._]*$ */
static bool is_anchor(const struct node *name)
{
	for (uint32_t i = 0; i < name->count; i++) {
		char c = name->text[i];

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_')
			continue;
		if (!i || !((c >= '0' && c <= '9') || c == '-' || c == '.'))
			return false;
	}
	return name->count > 0;
}

static void enter_anchor(struct adding *a, struct resource *resource, struct subschema *sub,
			 const char *keyword, bool dynamic)
{
	const struct node *name = text_of(a, sub->node, keyword);

	if (!name)
		return;
	if (!is_anchor(name))
		set_report(a->findings, a->document, "bad-keyword", name,
			   _("'%s' must be a letter and letters, digits, '-', '_', '.'"), keyword);
	if (map_get(&resource->anchors, name->text, name->count) &&
	    map_get(&resource->anchors, name->text, name->count) != sub) {
		set_report(a->findings, a->document, "duplicate-id", name,
			   _("the anchor '%s' is taken"), name->text);
		return;
	}
	if (map_put(&resource->anchors, name->text, name->count, sub) < 0 ||
	    (dynamic && map_put(&resource->dynamic, name->text, name->count, sub) < 0))
		no_memory(a);
}

static void walk(struct adding *a, const struct node *schema, struct resource *resource,
		 const struct subschema *outer);

static void walk_keyword(struct adding *a, const struct node *value, enum holds holds,
			 struct resource *resource, const struct subschema *outer)
{
	if (holds == HOLDS_SCHEMA)
		walk(a, value, resource, outer);
	else if (holds == HOLDS_LIST && value->type == NODE_LIST)
		for (uint32_t i = 0; i < value->count; i++)
			walk(a, &value->items[i], resource, outer);
	else if (holds == HOLDS_MAP && value->type == NODE_MAP)
		for (uint32_t i = 0; i < value->count; i++)
			walk(a, value->members[i].value, resource, outer);
}

static struct subschema *enter_subschema(struct adding *a, const struct node *schema,
					 const struct resource *resource,
					 const struct subschema *outer)
{
	struct subschema *sub = arena_alloc(&a->set->arena, sizeof(*sub));

	if (!sub) {
		no_memory(a);
		return NULL;
	}
	sub->node = schema;
	sub->resource = resource;
	sub->outer = outer;
	if (a->document->last)
		a->document->last->next = sub;
	else
		a->document->subschemas = sub;
	a->document->last = sub;
	if (map_put(&a->set->subschemas, (const char *)&sub->node, sizeof(sub->node), sub) < 0)
		no_memory(a);
	return sub;
}

/* depth is limited by the reader of the tree */
static void walk(struct adding *a, const struct node *schema, struct resource *resource,
		 const struct subschema *outer)
{
	const struct node *id;
	struct subschema *sub;

	/* a tree that was added before */
	if (a->no_memory || set_subschema(a->set, schema))
		return;
	id = schema->type == NODE_MAP && schema != a->document->root ? text_of(a, schema, "$id")
								     : NULL;
	if (id)
		resource = inner_resource(a, schema, id, resource);
	sub = a->no_memory ? NULL : enter_subschema(a, schema, resource, outer);
	if (!sub || schema->type != NODE_MAP)
		return;
	enter_anchor(a, resource, sub, "$anchor", false);
	enter_anchor(a, resource, sub, "$dynamicAnchor", true);
	for (uint32_t i = 0; i < schema->count; i++) {
		const struct member *m = &schema->members[i];
		const struct keyword *keyword = keyword_find(m->name, m->len);

		if (keyword && keyword->holds != HOLDS_NOTHING)
			walk_keyword(a, m->value, (enum holds)keyword->holds, resource, sub);
	}
}

/* the root is known by its `$id` and by the URI it was got from (2020-12 core 9.1.1) */
static struct resource *root_resource(struct adding *a, const char *uri)
{
	const struct node *root = a->document->root, *id = text_of(a, root, "$id");
	const char *base = uri ? uri : a->document->name ? a->document->name : "";
	struct resource *resource = new_resource(a, root, NULL);
	size_t n = uri_fragment(base, strlen(base));

	if (!resource)
		return NULL;
	if (id)
		check_identifier(a, id);
	base = arena_strndup(&a->set->arena, base, n);
	if (!base) {
		no_memory(a);
		return NULL;
	}
	resource->uri = id ? resolved(a, base, id) : base;
	if (!resource->uri)
		return NULL;
	resource->len = strlen(resource->uri);
	if (enter_resource(a, resource, resource->uri, resource->len, id ? id : root) < 0)
		return NULL;
	if (uri && strcmp(base, resource->uri) != 0 && !map_has(&a->set->resources, base, n) &&
	    map_put(&a->set->resources, base, n, resource) < 0)
		no_memory(a);
	return resource;
}

/* whether there is an alias in the value; *left goes down to 0 with the values that they unfold to */
static bool has_alias(const struct node *node, size_t *left)
{
	bool found = node->flags & NODE_ALIAS;
	uint32_t n = node->type == NODE_MAP || node->type == NODE_LIST ? node->count : 0;

	for (uint32_t i = 0; i < n && *left; i++) {
		--*left;
		found |= has_alias(
			node->type == NODE_MAP ? node->members[i].value : &node->items[i], left);
	}
	return found;
}

/* what an alias stands for shares its nodes, but a schema belongs to the resource it stands in */
static void unfold(struct adding *a)
{
	const struct node *root = a->document->root;
	size_t left = MOST_UNFOLDED;

	if (!has_alias(root, &left))
		return;
	if (!left) {
		set_report(a->findings, a->document, "too-large", root,
			   _("the aliases unfold to too many values"));
		return;
	}
	root = node_copy(&a->set->arena, root);
	if (root)
		a->document->root = root;
	else
		no_memory(a);
}

int schema_set_add(struct schema_set *set, const struct node *document, const char *uri,
		   const char *name, const char *text, size_t size, struct findings *findings)
{
	struct document *d = arena_alloc(&set->arena, sizeof(*d));
	struct lines *lines = arena_alloc(&set->arena, sizeof(*lines));
	struct adding a = { .set = set, .document = d };
	struct resource *resource;

	if (!d || !lines) {
		errno = ENOMEM;
		return -1;
	}
	if (text)
		lines_init(lines, text, size);
	*d = (struct document){ .lines = text ? lines : NULL,
				.root = document,
				.next = set->documents };
	set->documents = d;
	a.findings = &d->faults;
	d->name = arena_strdup(&set->arena, name);
	if (name && !d->name)
		return -1;
	if (document->type != NODE_MAP && document->type != NODE_BOOL) {
		set_report(findings, d, "bad-schema", document,
			   _("a schema must be a map, true or false"));
		return -1;
	}
	unfold(&a);
	resource = root_resource(&a, uri);
	if (resource)
		walk(&a, d->root, resource, NULL);
	else
		findings_append(findings, &d->faults);
	if (!set->first)
		set->first = resource;
	if (!a.no_memory && !d->faults.lost)
		return resource ? 0 : -1;
	errno = ENOMEM;
	return -1;
}
