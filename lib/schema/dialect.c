#include "schema/dialect.h"

#include <errno.h>
#include <string.h>

#include "base/msg.h"
#include "schema/compile.h"
#include "schema/metaschema.h"

#define MOST_METASCHEMAS 16

static const struct {
	const char *uri;
	enum edition edition;
} editions[] = {
	{ "http://json-schema.org/draft-04/schema", EDITION_4 },
	{ "http://json-schema.org/draft-06/schema", EDITION_6 },
	{ "http://json-schema.org/draft-07/schema", EDITION_7 },
	{ "https://json-schema.org/draft/2019-09/schema", EDITION_2019_09 },
	{ DIALECT_2020_12, EDITION_2020_12 },
};

/* what editions before `until` understood otherwise; `since`, when they began to */
static const struct {
	const char *name;
	enum edition since, until;
	unsigned types; /* with a value of these types; 0: any */
} changed[] = {
	/* names the schema, as $id does */
	{ "id", EDITION_4, EDITION_6, TYPE_STRING },
	/* a flag of minimum and maximum */
	{ "exclusiveMinimum", EDITION_4, EDITION_6, TYPE_BOOL },
	{ "exclusiveMaximum", EDITION_4, EDITION_6, TYPE_BOOL },
	/* prefixItems, and items for the rest */
	{ "items", EDITION_4, EDITION_2020_12, TYPE_LIST },
	/* does not see what contains has */
	{ "unevaluatedItems", EDITION_2019_09, EDITION_2020_12, 0 },
	/* $dynamicRef, with another scope */
	{ "$recursiveRef", EDITION_2019_09, EDITION_2020_12, 0 },
	{ "$recursiveAnchor", EDITION_2019_09, EDITION_2020_12, TYPE_BOOL },
};

static bool edition_of(const char *uri, size_t n, enum edition *edition)
{
	/* an empty fragment is the same as none */
	if (n && uri[n - 1] == '#')
		n--;
	for (size_t i = 0; i < sizeof(editions) / sizeof(*editions); i++)
		if (strlen(editions[i].uri) == n && memcmp(editions[i].uri, uri, n) == 0) {
			*edition = editions[i].edition;
			return true;
		}
	return false;
}

static uint32_t declared(struct compiler *c, const struct node *metaschema,
			 const struct node *where)
{
	const struct node *map = node_get(metaschema, "$vocabulary");
	uint32_t bits = VOCABULARY_CORE | VOCABULARY_DUBAN;

	if (!map || map->type != NODE_MAP)
		return VOCABULARY_STANDARD;
	for (uint32_t i = 0; i < map->count; i++) {
		const struct member *m = &map->members[i];
		uint32_t bit = vocabulary_of(m->name);

		bits |= bit;
		if (!bit && m->value->type == NODE_BOOL && m->value->boolean)
			compile_refuse(c, "bad-dialect", where,
				       _("'%s' requires a vocabulary that is not known: %s"),
				       where->text, m->name);
	}
	return bits;
}

static void obey(struct compiler *c, const struct schema *metaschema,
		 const struct resource *resource)
{
	const struct document *document = resource->document;
	const struct schema_source source = { .name = document->name, .lines = document->lines };
	struct schema_run *run = schema_run_new(metaschema);
	size_t errors = c->findings->errors;

	if (!run) {
		c->no_memory = true;
		return;
	}
	if (!schema_check(metaschema, run, resource->root, NULL, NULL))
		schema_explain(metaschema, run, resource->root, NULL, &source, c->findings);
	if (c->findings->errors > errors)
		c->failed = true;
	schema_run_free(run);
}

/* its program, compiled once for the set; NULL while that goes on, as it may be its own metaschema
 */
static const struct schema *metaschema_of(struct compiler *c, const struct node *uri)
{
	struct schema_set *set = c->set;
	struct schema_metaschema *known = map_get(&set->metaschemas, uri->text, uri->count);

	if (known && known->broken)
		compile_refuse(c, "bad-dialect", uri, _("the metaschema '%s' has faults"),
			       uri->text);
	if (known)
		return known->schema;
	if (set->nmetaschemas == MOST_METASCHEMAS) {
		compile_refuse(c, "bad-dialect", uri, _("too many metaschemas"));
		return NULL;
	}
	known = arena_alloc(&set->arena, sizeof(*known));
	if (!known || map_put(&set->metaschemas, uri->text, uri->count, known) < 0) {
		c->no_memory = true;
		return NULL;
	}
	known->next = set->compiled;
	set->compiled = known;
	set->nmetaschemas++;
	errno = 0;
	known->schema = schema_compile(set, uri->text, 0, c->findings);
	if (!known->schema) {
		known->broken = c->failed = true;
		c->no_memory |= errno == ENOMEM;
	}
	return known->schema;
}

struct dialect dialect_of(struct compiler *c, const struct resource *resource)
{
	struct dialect dialect = { .resource = resource,
				   .vocabularies = VOCABULARY_STANDARD,
				   .edition = EDITION_2020_12 };
	const struct resource *outer = resource;
	const struct node *uri = node_get(resource->root, "$schema");
	const struct schema *metaschema;
	struct place saved = c->place;
	struct target target;
	enum found found;

	while (!uri && outer->outer) {
		outer = outer->outer;
		uri = node_get(outer->root, "$schema");
	}
	if (!uri || uri->type != NODE_STRING || edition_of(uri->text, uri->count, &dialect.edition))
		return dialect;
	c->place = (struct place){ .schema = outer->root, .resource = outer };
	found = set_find(c->set, uri->text, uri->count, &target, NULL);
	if (found == FOUND_NO_MEMORY) {
		c->no_memory = true;
	} else if (found != FOUND) {
		struct finding *f = compile_refuse(c, "bad-dialect", uri,
						   _("'$schema' is not known: '%s'"), uri->text);

		finding_hint(c->findings, f, _("the metaschema must be given, or be %s"),
			     DIALECT_2020_12);
	} else {
		dialect.vocabularies = declared(c, target.node, uri);
		metaschema = outer == resource ? metaschema_of(c, uri) : NULL;
		if (metaschema)
			obey(c, metaschema, resource);
	}
	c->place = saved;
	return dialect;
}

bool dialect_knows(const struct dialect *dialect, const struct keyword *keyword)
{
	return keyword->vocabulary & dialect->vocabularies && keyword->since <= dialect->edition;
}

static bool refuse_changed(struct compiler *c, const struct node *where, const char *name)
{
	struct finding *f = compile_refuse(
		c, "bad-dialect", where,
		_("'%s' means something else in the edition that '$schema' names"), name);

	finding_hint(c->findings, f, _("say it as 2020-12 does, with $schema: %s"),
		     DIALECT_2020_12);
	return false;
}

bool dialect_check(struct compiler *c, const struct dialect *dialect)
{
	const struct node *schema = c->place.schema;
	bool same = true;

	if (dialect->edition == EDITION_2020_12)
		return true;
	for (size_t i = 0; i < sizeof(changed) / sizeof(*changed); i++) {
		const struct node *value = node_get(schema, changed[i].name);

		if (value && dialect->edition >= changed[i].since &&
		    dialect->edition < changed[i].until &&
		    (!changed[i].types || changed[i].types & 1u << value->type))
			same = refuse_changed(c, value, changed[i].name);
	}
	/* up to draft 7 nothing beside `$ref` counts */
	if (dialect->edition > EDITION_7 || !node_get(schema, "$ref"))
		return same;
	for (uint32_t i = 0; i < schema->count; i++) {
		const struct member *m = &schema->members[i];
		const struct keyword *keyword = keyword_find(m->name, m->len);

		if (keyword && dialect_knows(dialect, keyword) &&
		    keyword->vocabulary & ~(VOCABULARY_CORE | VOCABULARY_META_DATA))
			same = refuse_changed(c, m->value, m->name);
	}
	return same;
}
