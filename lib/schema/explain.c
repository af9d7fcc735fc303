/* From faults to findings: what is told, where it stands, under which code. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/msg.h"
#include "schema/talk.h"

static const char *const codes[] = {
	[FAULT_FALSE] = "not",
	[FAULT_TYPE] = "type",
	[FAULT_ENUM] = "enum",
	[FAULT_CONST] = "const",
	[FAULT_MINIMUM] = "minimum",
	[FAULT_MAXIMUM] = "maximum",
	[FAULT_EXCLUSIVE_MINIMUM] = "exclusive-minimum",
	[FAULT_EXCLUSIVE_MAXIMUM] = "exclusive-maximum",
	[FAULT_MULTIPLE] = "multiple-of",
	[FAULT_MIN_LENGTH] = "min-length",
	[FAULT_MAX_LENGTH] = "max-length",
	[FAULT_MIN_ITEMS] = "min-items",
	[FAULT_MAX_ITEMS] = "max-items",
	[FAULT_MIN_PROPERTIES] = "min-properties",
	[FAULT_MAX_PROPERTIES] = "max-properties",
	[FAULT_FORMAT] = "format",
	[FAULT_PATTERN] = "pattern",
	[FAULT_NOT_BEFORE] = "not-before",
	[FAULT_NOT_AFTER] = "not-after",
	[FAULT_WORD] = "unknown-word",
	[FAULT_RECORD] = "unknown-record",
	[FAULT_RECORD_NOT_HERE] = "record-not-here",
	[FAULT_REQUIRED] = "required",
	[FAULT_DEPENDENT_REQUIRED] = "dependent-required",
	[FAULT_UNKNOWN_FIELD] = "unknown-field",
	[FAULT_UNKNOWN_ITEM] = "unknown-item",
	[FAULT_UNIQUE] = "unique-items",
	[FAULT_CONTAINS] = "contains",
	[FAULT_CONTAINS_MANY] = "contains",
	[FAULT_NOT] = "not",
	[FAULT_ANY_OF] = "any-of",
	[FAULT_ONE_OF] = "one-of",
	[FAULT_ONE_OF_MANY] = "one-of",
	[FAULT_EXPENSIVE] = "pattern-too-expensive",
	[FAULT_DEEP] = "too-deep",
	[FAULT_COSTLY] = "schema-too-expensive",
	[FAULT_MANY] = "too-many-faults",
	[FAULT_MEMORY] = "no-memory",
};

/* what is wrong with a value besides, as bits of a map's value */
#define WRONG_TYPE 1u
#define WRONG_FORMAT 2u
#define WRONG_LENGTH 4u
#define WRONG_TEXT 8u
#define WRONG_PATTERN 16u
#define WRONG_WORD 32u

static unsigned wrong(const struct fault *f)
{
	switch ((enum fault_kind)f->kind) {
	case FAULT_TYPE:
		return WRONG_TYPE;
	case FAULT_FORMAT:
		return WRONG_FORMAT | WRONG_TEXT;
	case FAULT_MIN_LENGTH:
		return WRONG_LENGTH | WRONG_TEXT;
	case FAULT_ENUM:
	case FAULT_CONST:
	case FAULT_MAX_LENGTH:
	case FAULT_MINIMUM:
	case FAULT_MAXIMUM:
		return WRONG_TEXT;
	case FAULT_PATTERN:
		return WRONG_PATTERN;
	case FAULT_WORD:
		return WRONG_WORD;
	default:
		return 0;
	}
}

/* one slip makes several keywords fail: only the one that says most is told */
static bool is_said_better(const struct fault *f, unsigned besides)
{
	switch ((enum fault_kind)f->kind) {
	case FAULT_TYPE:
	case FAULT_EXPENSIVE:
	case FAULT_DEEP:
	case FAULT_COSTLY:
	case FAULT_MANY:
	case FAULT_MEMORY:
		return false;
	case FAULT_PATTERN:
		return besides & (WRONG_TYPE | WRONG_FORMAT | WRONG_LENGTH | WRONG_WORD);
	case FAULT_WORD:
		/* that there is no such unit says more than that no unit is written so */
		return besides & (WRONG_TYPE | WRONG_TEXT);
	case FAULT_RECORD:
	case FAULT_RECORD_NOT_HERE:
	case FAULT_NOT_BEFORE:
	case FAULT_NOT_AFTER:
		return besides & (WRONG_TYPE | WRONG_TEXT | WRONG_PATTERN);
	default:
		return besides & WRONG_TYPE;
	}
}

static void *as_value(unsigned bits)
{
	return (void *)(uintptr_t)bits;
}

/* by the pointer: through an alias one node is several values */
static unsigned besides(const struct map *map, const struct fault *f)
{
	return f->is_key ? 0 : (unsigned)(uintptr_t)map_get(map, f->pointer, strlen(f->pointer));
}

static void learn_wrongs(struct map *map, struct explainer *e)
{
	for (uint32_t i = 0; i < e->faults.count; i++) {
		const struct fault *f = &e->faults.p[i];

		if (f->is_key || f->is_other || f->level != LEVEL_ERROR || !wrong(f))
			continue;
		if (map_put(map, f->pointer, strlen(f->pointer),
			    as_value(besides(map, f) | wrong(f))) < 0)
			e->no_memory = true;
	}
}

static bool stands_at_key(const struct fault *f)
{
	switch ((enum fault_kind)f->kind) {
	case FAULT_UNKNOWN_FIELD:
	case FAULT_REQUIRED:
	case FAULT_DEPENDENT_REQUIRED:
	case FAULT_MIN_PROPERTIES:
	case FAULT_MAX_PROPERTIES:
	case FAULT_FALSE:
		return true;
	case FAULT_ANY_OF:
	case FAULT_ONE_OF:
	case FAULT_ONE_OF_MANY:
		return f->node->type == NODE_MAP;
	default:
		return f->is_key;
	}
}

/* `not: {required: [x]}`: the field that should not be there */
static const struct member *refused_member(const struct talk *talk, const struct fault *f)
{
	const struct object *object;
	const struct text *name;

	if (f->kind != FAULT_NOT)
		return NULL;
	object = look_object(talk->schema, site_op(talk->schema, f->site)->a);
	if (!object || !object->nrequired)
		return NULL;
	name = &talk->schema->texts.p[object->required];
	return node_member(f->node, name->p);
}

static void place(const struct talk *talk, const struct fault *f, struct finding *what)
{
	const struct member *refused = refused_member(talk, f);

	what->line = f->node->line;
	what->column = f->node->column;
	if (refused && refused->line) {
		what->line = refused->line;
		what->column = refused->column;
	} else if (f->member && f->member->line && (stands_at_key(f) || !f->node->line)) {
		what->line = f->member->line;
		what->column = f->member->column;
	}
}

static const char *label_of(const struct talk *talk, const struct fault *f)
{
	const struct schema *s = talk->schema;
	const struct text *name = NULL;

	if (f->kind == FAULT_UNKNOWN_FIELD || f->is_key)
		return NULL;
	if (f->kind == FAULT_REQUIRED)
		name = &s->texts.p[f->number];
	else if (f->kind == FAULT_DEPENDENT_REQUIRED)
		name = &s->texts.p[s->pairs.p[f->number].then_text];
	if (name)
		return look_field_title(talk, f->node, name->p, name->len);
	for (const struct node *const *field = f->fields; field && *field; field++) {
		const char *title = look_title(talk, *field);

		if (title)
			return title;
	}
	return NULL;
}

static const char *in_document(struct arena *arena, const char *within, size_t number)
{
	return within ? arena_printf(arena, _("%s; in document %zu"), within, number)
		      : arena_printf(arena, _("in document %zu"), number);
}

/* what the source adds: its name, the way to the value, the line; false when out of memory, as an
 * excerpt is no loss */
static bool add_source(const struct talk *talk, const struct fault *f, struct finding *what)
{
	const struct schema_source *source = talk->source;
	struct arena *arena = &talk->explainer->arena;

	what->file = source->name;
	if (talk->lines && what->line)
		what->excerpt =
			excerpt_in(arena, talk->lines, what->line, what->column, &what->caret);
	if (source->pointer)
		what->pointer = arena_printf(arena, "%s%s", source->pointer, f->pointer);
	if (source->number > 1)
		what->within = in_document(arena, f->within, source->number);
	return what->pointer && (what->within || source->number <= 1);
}

static void tell(const struct talk *talk, const struct fault *f, struct map *told,
		 struct findings *findings)
{
	struct arena *arena = &talk->explainer->arena;
	struct finding what = { .level = (enum level)f->level,
				.code = f->is_key ? "property-names" : codes[f->kind],
				.pointer = f->pointer,
				.within = f->within,
				.label = label_of(talk, f) };
	struct str message = { 0 }, hint = { 0 };
	struct finding *added;
	const char *key;

	place(talk, f, &what);
	look_rule(talk, f, &what);
	say_message(talk, f, &message);
	key = arena_printf(arena, "%" PRIu32 ":%" PRIu32 ":%s:%s:%s", what.line, what.column,
			   what.code, f->pointer, str_text(&message));
	/* the same fault is met twice when two schemas refer to a third */
	if (key && map_has(told, key, strlen(key)))
		goto out;
	if (!key || map_put(told, key, strlen(key), as_value(1)) < 0)
		findings->lost = true;
	if (talk->source && !add_source(talk, f, &what))
		findings->lost = true;
	say_hint(talk, f, &hint);
	if (message.failed || hint.failed)
		findings->lost = true;
	added = findings_add(findings, &what, "%s", str_text(&message));
	if (hint.len)
		finding_hint(findings, added, "%s", str_text(&hint));
out:
	str_release(&message);
	str_release(&hint);
}

static int by_node(const void *a, const void *b)
{
	const struct application *x = a, *y = b;

	if (x->node != y->node)
		return x->node < y->node ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

static void tell_all(const struct talk *talk, struct findings *findings)
{
	struct explainer *e = talk->explainer;
	struct map wrongs, told;

	map_init(&wrongs, &e->arena);
	map_init(&told, &e->arena);
	if (e->applied.count)
		qsort(e->applied.p, e->applied.count, sizeof(*e->applied.p), by_node);
	learn_wrongs(&wrongs, e);
	for (uint32_t i = 0; i < e->faults.count; i++) {
		const struct fault *f = &e->faults.p[i];

		if (f->is_other || !is_said_better(f, besides(&wrongs, f)))
			tell(talk, f, &told, findings);
	}
}

/*
 * Explaining takes more steps than checking, and warnings are faults too: a value that is valid stays
 * so when there is no end to either.
 */
static void add_trouble(struct schema_run *run, struct explainer *e, const struct node *value)
{
	struct fault at = run->at;

	if (at.kind == FAULT_COSTLY || at.kind == FAULT_MANY) {
		if (eval_root(run, value, run->host, NULL)) {
			if (at.kind == FAULT_COSTLY)
				return;
			at.level = LEVEL_WARNING;
		}
	}
	fault_add(e, &at);
}

void schema_explain(const struct schema *schema, struct schema_run *run, const struct node *value,
		    const struct schema_host *host, const struct schema_source *source,
		    struct findings *findings)
{
	struct explainer e = { .no_memory = false };
	struct talk talk = { .schema = schema,
			     .explainer = &e,
			     .host = host,
			     .source = source,
			     .lines = source ? source->lines : NULL };
	size_t errors = findings->errors;
	struct lines lines;
	bool valid;

	if (source && source->text && !talk.lines) {
		lines_init(&lines, source->text, source->size);
		talk.lines = &lines;
	}
	run->schema = schema;
	valid = eval_root(run, value, host, &e);
	if (run->trouble)
		add_trouble(run, &e, value);
	tell_all(&talk, findings);
	/* a fault that found no room is still a fault */
	if (e.no_memory) {
		findings->lost = true;
		if (!valid && findings->errors == errors)
			findings->errors++;
	}
	free(e.faults.p);
	free(e.applied.p);
	arena_release(&e.arena);
}
