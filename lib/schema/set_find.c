/* What a URI names: resource, then JSON pointer or anchor (2020-12 core 9.1 and 9.2). */
#include "schema/set.h"

#include <string.h>

#include "schema/metaschema.h"
#include "schema/uri.h"
#include "yaml/read.h"

/* RFC 6901 4: the next token of a pointer, unescaped */
static bool take_token(struct str *token, const char **p, const char *end)
{
	str_reset(token);
	for ((*p)++; *p < end && **p != '/'; (*p)++) {
		char c = **p;

		if (c == '~') {
			if (++*p == end || (**p != '0' && **p != '1'))
				return false;
			c = **p == '0' ? '~' : '/';
		}
		str_addc(token, c);
	}
	return true;
}

static const struct node *item_at(const struct node *list, const struct str *token)
{
	uint32_t index = 0;

	if (!token->len || token->len > 9 || (token->p[0] == '0' && token->len > 1))
		return NULL;
	for (size_t i = 0; i < token->len; i++) {
		if (token->p[i] < '0' || token->p[i] > '9')
			return NULL;
		index = index * 10 + (uint32_t)(token->p[i] - '0');
	}
	return index < list->count ? &list->items[index] : NULL;
}

static const struct node *child_of(const struct node *node, const struct str *token)
{
	uint32_t hash;

	if (node->type == NODE_LIST)
		return item_at(node, token);
	if (node->type != NODE_MAP)
		return NULL;
	hash = text_hash(str_text(token), token->len);
	for (uint32_t i = 0; i < node->count; i++)
		if (node->members[i].hash == hash && node->members[i].len == token->len &&
		    memcmp(node->members[i].name, str_text(token), token->len) == 0)
			return node->members[i].value;
	return NULL;
}

/* follows a JSON pointer; an `$id` on the way changes the resource (2020-12 core 9.2.1) */
static enum found follow(const struct schema_set *set, const char *pointer, size_t n,
			 struct target *target)
{
	const char *p = pointer, *end = pointer + n;
	struct str token = { 0 };
	enum found result = FOUND;

	while (p < end && result == FOUND) {
		const struct subschema *sub;

		if (*p != '/' || !take_token(&token, &p, end))
			result = BAD_REFERENCE;
		else if (token.failed)
			result = FOUND_NO_MEMORY;
		else if (!(target->node = child_of(target->node, &token)))
			result = NO_PLACE;
		else if ((sub = set_subschema(set, target->node)))
			target->resource = sub->resource;
	}
	str_release(&token);
	return result;
}

static enum found find_fragment(const struct schema_set *set, const struct str *fragment,
				struct target *target, const char **dynamic)
{
	const struct subschema *sub;

	if (!fragment->len || fragment->p[0] == '/')
		return follow(set, str_text(fragment), fragment->len, target);
	sub = map_get(&target->resource->anchors, fragment->p, fragment->len);
	if (!sub)
		return NO_ANCHOR;
	if (dynamic && map_get(&target->resource->dynamic, fragment->p, fragment->len) == sub)
		*dynamic = node_string(sub->node, "$dynamicAnchor");
	target->node = sub->node;
	target->resource = sub->resource;
	return FOUND;
}

/* its text has no fault, so only memory can be missing */
static bool add_builtin(struct schema_set *set, const char *text)
{
	size_t n = strlen(text);
	struct findings findings = { 0 };
	const struct resource *first = set->first;
	const struct node *root =
		yaml_read(&set->arena, "2020-12", text, n, &READ_LARGE, &findings);
	bool added = root && schema_set_add(set, root, NULL, "2020-12", text, n, &findings) == 0;

	set->first = first;
	findings_release(&findings);
	return added;
}

static enum found find_resource(struct schema_set *set, const char *uri, size_t n,
				const struct resource **resource)
{
	const char *text;

	*resource = map_get(&set->resources, uri, n);
	if (*resource)
		return FOUND;
	text = metaschema_find(uri, n);
	if (!text)
		return NO_RESOURCE;
	if (!add_builtin(set, text))
		return FOUND_NO_MEMORY;
	*resource = map_get(&set->resources, uri, n);
	return FOUND;
}

enum found set_find(struct schema_set *set, const char *uri, size_t n, struct target *target,
		    const char **dynamic)
{
	size_t hash = uri_fragment(uri, n);
	struct target found;
	struct str fragment = { 0 };
	enum found result = find_resource(set, uri, hash, &found.resource);

	if (dynamic)
		*dynamic = NULL;
	if (result != FOUND)
		return result;
	found.node = found.resource->root;
	if (hash < n && !uri_decode(&fragment, uri + hash + 1, n - hash - 1))
		result = BAD_REFERENCE;
	else if (fragment.failed)
		result = FOUND_NO_MEMORY;
	else
		result = find_fragment(set, &fragment, &found, dynamic);
	str_release(&fragment);
	if (result == FOUND)
		*target = found;
	return result;
}

enum found set_find_root(struct schema_set *set, const char *uri, struct target *target)
{
	if (uri)
		return set_find(set, uri, strlen(uri), target, NULL);
	if (!set->first)
		return NO_RESOURCE;
	*target = (struct target){ .node = set->first->root, .resource = set->first };
	return FOUND;
}

enum found set_resolve(struct schema_set *set, const struct resource *from,
		       const struct node *reference, struct target *target, const char **dynamic)
{
	struct str uri = { 0 };
	enum found result = FOUND_NO_MEMORY;

	uri_resolve(&uri, from->uri, from->len, reference->text, reference->count);
	if (!uri.failed)
		result = set_find(set, str_text(&uri), uri.len, target, dynamic);
	str_release(&uri);
	return result;
}

/* RFC 6901 3: appends a token of a pointer */
static void add_token(struct str *pointer, const char *text, size_t n)
{
	str_addc(pointer, '/');
	for (size_t i = 0; i < n; i++) {
		if (text[i] == '~' || text[i] == '/')
			str_add(pointer, text[i] == '~' ? "~0" : "~1");
		else
			str_addc(pointer, text[i]);
	}
}

/* from a schema to one below it: a keyword, and what leads on from there in a list or map */
static void add_step(struct str *pointer, const struct node *schema, const struct node *below)
{
	for (uint32_t i = 0; i < schema->count; i++) {
		const struct member *m = &schema->members[i];
		const struct node *value = m->value;
		size_t before = pointer->len;

		add_token(pointer, m->name, m->len);
		if (value == below)
			return;
		for (uint32_t j = 0; value->type == NODE_LIST && j < value->count; j++)
			if (&value->items[j] == below) {
				str_addf(pointer, "/%u", j);
				return;
			}
		for (uint32_t j = 0; value->type == NODE_MAP && j < value->count; j++)
			if (value->members[j].value == below) {
				add_token(pointer, value->members[j].name, value->members[j].len);
				return;
			}
		pointer->len = before;
	}
}

/* depth is limited by the reader of the tree */
static void add_pointer(struct str *pointer, const struct subschema *sub)
{
	if (sub->node == sub->resource->root)
		return;
	add_pointer(pointer, sub->outer);
	add_step(pointer, sub->outer->node, sub->node);
}

bool schema_uri(const struct schema_set *set, const struct node *schema, struct str *out)
{
	const struct subschema *sub = set_subschema(set, schema);
	struct str pointer = { 0 };

	if (!sub)
		return false;
	add_pointer(&pointer, sub);
	str_add(out, sub->resource->uri);
	if (pointer.len) {
		str_addc(out, '#');
		uri_encode(out, pointer.p, pointer.len);
	}
	if (pointer.failed)
		out->failed = true;
	str_release(&pointer);
	return true;
}
