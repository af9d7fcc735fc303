/* properties, patternProperties, additionalProperties, propertyNames and required as one operation.
 */
#include "schema/compile.h"

#include <string.h>

const struct property *object_property(const struct schema *s, const struct object *object,
				       const char *name, uint32_t len, uint32_t hash)
{
	uint32_t mask = object->nslots - 1;

	if (!object->nslots)
		return NULL;
	for (uint32_t i = hash & mask;; i = (i + 1) & mask) {
		uint32_t slot = s->slots.p[object->slots + i];
		const struct property *p;

		if (!slot)
			return NULL;
		p = &s->properties.p[slot - 1];
		if (p->name.hash == hash && p->name.len == len && memcmp(p->name.p, name, len) == 0)
			return p;
	}
}

static struct property *add_property(struct compiler *c, const char *name, uint32_t len)
{
	struct schema *s = c->program;
	const char *copy = arena_strndup(&s->arena, name, len);
	struct property *p;

	if (!copy || !ROOM(c, s->properties)) {
		c->no_memory = true;
		return NULL;
	}
	p = &s->properties.p[s->properties.count++];
	*p = (struct property){ .name = { .p = copy, .len = len, .hash = text_hash(name, len) },
				.block = NONE };
	return p;
}

/* a hash table that is at most half full */
static bool fill_slots(struct compiler *c, struct object *object)
{
	struct schema *s = c->program;

	object->slots = s->slots.count;
	if (!object->nproperties)
		return true;
	for (object->nslots = 4; object->nslots < object->nproperties * 2;)
		object->nslots *= 2;
	for (uint32_t i = 0; i < object->nslots; i++) {
		if (!ROOM(c, s->slots))
			return false;
		s->slots.p[s->slots.count++] = 0;
	}
	for (uint32_t i = 0; i < object->nproperties; i++) {
		uint32_t mask = object->nslots - 1;
		uint32_t at = s->properties.p[object->properties + i].name.hash & mask;

		while (s->slots.p[object->slots + at])
			at = (at + 1) & mask;
		s->slots.p[object->slots + at] = 1 + object->properties + i;
	}
	return true;
}

/* the property of a name that is required, added where there is none; NULL when out of memory */
static struct property *required_property(struct compiler *c, const struct map *known,
					  const struct node *name)
{
	const uint32_t *index = map_get(known, name->text, name->count);

	return index ? &c->program->properties.p[*index] : add_property(c, name->text, name->count);
}

static bool learn_properties(struct compiler *c, const struct object *object, struct map *known)
{
	const struct schema *s = c->program;
	uint32_t n = s->properties.count - object->properties;
	uint32_t *indexes = arena_array(&c->scratch, n, sizeof(*indexes));

	map_init(known, &c->scratch);
	for (uint32_t i = 0; indexes && i < n; i++) {
		const struct text *name = &s->properties.p[object->properties + i].name;

		indexes[i] = object->properties + i;
		if (map_put(known, name->p, name->len, &indexes[i]) < 0)
			indexes = NULL;
	}
	if (!indexes)
		c->no_memory = true;
	return indexes != NULL;
}

static bool add_required(struct compiler *c, struct object *object, const struct node *names)
{
	struct schema *s = c->program;
	struct map known;

	object->required = s->texts.count;
	if (!list_count(names))
		return true;
	if (!learn_properties(c, object, &known))
		return false;
	for (uint32_t i = 0; i < names->count; i++) {
		const struct node *name = &names->items[i];
		struct property *p = required_property(c, &known, name);

		if (!p || compile_text(c, name->text, name->count) == NONE)
			return false;
		p->required = ++object->nrequired;
	}
	return true;
}

static bool add_patterns(struct compiler *c, struct object *object, const struct node *map)
{
	struct schema *s = c->program;

	object->patterns = s->named_patterns.count;
	for (uint32_t i = 0; map && i < map->count; i++) {
		const struct member *m = &map->members[i];
		struct node key = { .line = m->line, .column = m->column };
		uint32_t block = compile_block(c, m->value);
		uint32_t pattern = compile_pattern(c, m->name, m->len, &key);

		/* told; the others may have faults too */
		if (pattern == NONE)
			continue;
		if (!ROOM(c, s->named_patterns))
			return false;
		s->named_patterns.p[s->named_patterns.count++] =
			(struct named_pattern){ .pattern = pattern, .block = block };
		object->npatterns++;
	}
	return true;
}

/* core 10.3.2 and validation 6.5.3 in one operation, so that the pairs are gone through once */
int compile_objects(struct compiler *c)
{
	const struct node *properties = c->draft[DRAFT_PROPERTIES];
	const struct node *additional = c->draft[DRAFT_ADDITIONAL_PROPERTIES];
	const struct node *names = c->draft[DRAFT_PROPERTY_NAMES];
	struct schema *s = c->program;
	struct object object = { .additional = NONE, .names = NONE };

	if (!properties && !additional && !names && !c->draft[DRAFT_PATTERN_PROPERTIES] &&
	    !c->draft[DRAFT_REQUIRED])
		return 0;
	object.properties = s->properties.count;
	for (uint32_t i = 0; properties && i < properties->count; i++) {
		const struct member *m = &properties->members[i];
		struct property *p = add_property(c, m->name, m->len);

		if (!p)
			return -1;
		p->block = compile_block(c, m->value);
	}
	if (!add_required(c, &object, c->draft[DRAFT_REQUIRED]) ||
	    !add_patterns(c, &object, c->draft[DRAFT_PATTERN_PROPERTIES]))
		return -1;
	object.nproperties = s->properties.count - object.properties;
	if (additional)
		object.additional = compile_block(c, additional);
	if (names)
		object.names = compile_block(c, names);
	if (!fill_slots(c, &object) || !ROOM(c, s->objects))
		return -1;
	s->objects.p[s->objects.count] = object;
	return compile_emit(c, OP_OBJECT, TYPE_MAP, s->objects.count++, 0, 0);
}
