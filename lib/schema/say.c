/* The messages: lower case, no full stop, what is wrong first, its name in quotes. */
#include "schema/talk.h"

#include <inttypes.h>
#include <string.h>

#include "base/msg.h"
#include "base/utf8.h"

#define LONGEST_VALUE 60

void say_quoted(struct str *out, const char *text, size_t n)
{
	const char *end = text + n, *p = text;
	size_t characters = 0;

	while (p < end && characters < LONGEST_VALUE) {
		utf8_decode(&p, end);
		characters++;
	}
	str_addc(out, '\'');
	utf8_add_visible(out, text, (size_t)(p - text), false);
	str_add(out, p < end ? "…'" : "'");
}

void say_value(struct str *out, const struct node *node)
{
	switch ((enum node_type)node->type) {
	case NODE_STRING:
		say_quoted(out, node->text, node->count);
		break;
	case NODE_LIST:
		str_add(out, node->count ? _("a list") : _("an empty list"));
		break;
	case NODE_MAP:
		str_add(out, node->count ? _("a map") : _("an empty map"));
		break;
	case NODE_NULL:
		str_add(out, "null");
		break;
	case NODE_BOOL:
		str_add(out, node->boolean ? "true" : "false");
		break;
	case NODE_NUMBER:
		utf8_add_visible(out, node->text,
				 node->count < LONGEST_VALUE ? node->count : LONGEST_VALUE, false);
		if (node->count > LONGEST_VALUE)
			str_add(out, "…");
	}
}

void say_types(struct str *out, unsigned mask)
{
	static const struct {
		unsigned bit;
		const char *name;
	} types[] = {
		{ TYPE_STRING, N_("a string") }, { TYPE_INTEGER, N_("an integer") },
		{ TYPE_NUMBER, N_("a number") }, { TYPE_BOOL, N_("true or false") },
		{ TYPE_LIST, N_("a list") },     { TYPE_MAP, N_("a map") },
		{ TYPE_NULL, N_("null") },
	};
	bool any = false;

	if (mask & TYPE_NUMBER)
		mask &= ~TYPE_INTEGER;
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
		if (!(mask & types[i].bit))
			continue;
		mask &= ~types[i].bit;
		if (any)
			str_add(out, mask ? ", " : _(" or "));
		str_add(out, _(types[i].name));
		any = true;
	}
}

/* what a reader of the source calls a field, or the whole; NULL: as it is called there */
static const char *called(const struct talk *talk, const char *field)
{
	const struct schema_source *source = talk->source;

	return source && source->called ? source->called(source->context, field) : NULL;
}

static const char *name_of(const struct talk *talk, const struct text *field)
{
	const char *name = called(talk, field->p);

	return name ? name : field->p;
}

static void say_field(const struct talk *talk, struct str *out, const char *field, size_t n)
{
	const char *name = called(talk, field);

	say_quoted(out, name ? name : field, name ? strlen(name) : n);
}

/* what the fault is about */
static void say_subject(const struct talk *talk, struct str *out, const struct fault *f)
{
	const char *whole = called(talk, "");

	if (f->is_key) {
		str_add(out, _("the name "));
		say_quoted(out, f->member->name, f->member->len);
	} else if (f->member) {
		say_field(talk, out, f->member->name, f->member->len);
	} else if (f->list_member) {
		struct str name = { 0 };

		say_field(talk, &name, f->list_member->name, f->list_member->len);
		str_addf(out, _("item %" PRIu32 " of %s"), f->index + 1, str_text(&name));
		str_release_part(&name, out);
	} else if (f->parent) {
		str_addf(out, _("item %" PRIu32), f->index + 1);
	} else {
		str_add(out, whole ? whole : _("the document"));
	}
}

/* texts that a message is put together from */
struct pieces {
	struct str subject, value, other;
	const char *s, *v; /* the first two as C strings */
};

static void say_type(const struct talk *talk, const struct fault *f, struct pieces *p,
		     struct str *out)
{
	const struct schema *s = talk->schema;
	unsigned mask = 0;

	for (uint32_t i = 0; i < f->nsites; i++)
		mask |= site_op(s, f->sites[i])->a;
	if (!f->nsites)
		mask = site_op(s, f->site)->a;
	say_types(&p->other, mask);
	str_addf(out, _("%s must be %s, not %s"), p->s, str_text(&p->other), p->v);
}

static void say_bound(const struct talk *talk, const struct fault *f, struct pieces *p,
		      struct str *out)
{
	const struct bound *bound = &talk->schema->bounds.p[site_op(talk->schema, f->site)->a];
	const struct node *keyword;
	static const struct {
		const char *name, *message;
	} words[] = {
		[FAULT_MINIMUM] = { "minimum", N_("%s is less than %s: %s") },
		[FAULT_MAXIMUM] = { "maximum", N_("%s is more than %s: %s") },
		[FAULT_EXCLUSIVE_MINIMUM] = { "exclusiveMinimum",
					      N_("%s must be more than %s, not %s") },
		[FAULT_EXCLUSIVE_MAXIMUM] = { "exclusiveMaximum",
					      N_("%s must be less than %s, not %s") },
		[FAULT_MULTIPLE] = { "multipleOf", N_("%s is not a multiple of %s: %s") },
	};

	(void)bound;
	keyword = node_get(talk->schema->places.p[f->site.block].schema, words[f->kind].name);
	str_addf(out, _(words[f->kind].message), p->s, keyword ? keyword->text : "?", p->v);
}

static void say_size(const struct talk *talk, const struct fault *f, struct pieces *p,
		     struct str *out)
{
	unsigned long limit = site_op(talk->schema, f->site)->a, is = f->node->count;

	if (f->kind == FAULT_MIN_LENGTH || f->kind == FAULT_MAX_LENGTH)
		is = utf8_count(f->node->text, f->node->count);
	if (!is && limit) {
		str_addf(out, _("%s is empty"), p->s);
		return;
	}
	switch ((enum fault_kind)f->kind) {
	case FAULT_MIN_LENGTH:
		str_addf(out,
			 ngettext_("%s has %lu character, at least %lu are needed",
				   "%s has %lu characters, at least %lu are needed", is),
			 p->s, is, limit);
		break;
	case FAULT_MAX_LENGTH:
		str_addf(out,
			 ngettext_("%s has %lu character, at most %lu are allowed",
				   "%s has %lu characters, at most %lu are allowed", is),
			 p->s, is, limit);
		break;
	case FAULT_MIN_ITEMS:
		str_addf(out,
			 ngettext_("%s has %lu item, at least %lu are needed",
				   "%s has %lu items, at least %lu are needed", is),
			 p->s, is, limit);
		break;
	case FAULT_MAX_ITEMS:
		str_addf(out,
			 ngettext_("%s has %lu item, at most %lu are allowed",
				   "%s has %lu items, at most %lu are allowed", is),
			 p->s, is, limit);
		break;
	case FAULT_MIN_PROPERTIES:
		str_addf(out,
			 ngettext_("%s has %lu field, at least %lu are needed",
				   "%s has %lu fields, at least %lu are needed", is),
			 p->s, is, limit);
		break;
	default:
		str_addf(out,
			 ngettext_("%s has %lu field, at most %lu are allowed",
				   "%s has %lu fields, at most %lu are allowed", is),
			 p->s, is, limit);
	}
}

static void say_sibling(const struct talk *talk, const struct fault *f, struct pieces *p,
			struct str *out)
{
	const struct text *name = &talk->schema->texts.p[f->number];
	const struct node *sibling = node_get(f->parent, name->p);
	bool number = f->node->type == NODE_NUMBER;

	if (sibling)
		say_value(&p->other, sibling);
	str_addf(out,
		 f->kind == FAULT_NOT_BEFORE ? (number ? _("%s is less than '%s': %s and %s")
						       : _("%s is before '%s': %s and %s"))
		 : number                    ? _("%s is more than '%s': %s and %s")
					     : _("%s is after '%s': %s and %s"),
		 p->s, name_of(talk, name), p->v, str_text(&p->other));
}

static void say_word(const struct talk *talk, const struct fault *f, struct pieces *p,
		     struct str *out)
{
	static const struct {
		const char *kind, *message;
	} words[] = {
		{ "unit", N_("%s: %s is no unit of the plan") },
		{ "folder-unit", N_("%s: %s is no unit with a folder of its own") },
		{ "unit-or-group", N_("%s: %s is neither a unit nor a group of the plan") },
		{ "indicator", N_("%s: %s is no indicator of the plan") },
		{ "point", N_("%s: %s is no focus point of the plan") },
	};
	const char *kind = talk->schema->texts.p[site_op(talk->schema, f->site)->a].p;

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strcmp(words[i].kind, kind) == 0) {
			str_addf(out, _(words[i].message), p->s, p->v);
			return;
		}
	kind += strncmp(kind, "vocab:", 6) == 0 ? 6 : 0;
	str_addf(out, _("%s: %s is not in the plan's list '%s'"), p->s, p->v,
		 called(talk, kind) ? called(talk, kind) : kind);
}

static void say_missing(const struct talk *talk, const struct fault *f, struct pieces *p,
			struct str *out)
{
	const struct schema *s = talk->schema;
	const struct text *name;

	if (f->kind == FAULT_DEPENDENT_REQUIRED) {
		name = &s->texts.p[s->pairs.p[f->number].then_text];
		say_field(talk, &p->other, name->p, name->len);
		str_addf(out, _("%s is missing, which '%s' needs"), str_text(&p->other),
			 name_of(talk, &s->texts.p[s->pairs.p[f->number].if_text]));
		return;
	}
	name = &s->texts.p[f->number];
	say_field(talk, &p->other, name->p, name->len);
	if (f->parent)
		str_addf(out, _("%s is missing in %s"), str_text(&p->other), p->s);
	else
		str_addf(out, _("%s is missing"), str_text(&p->other));
}

/* the fields that a branch requires: "'a' and 'b'"; false when it is more than that */
static bool say_fields(const struct talk *talk, uint32_t block, struct str *out)
{
	const struct schema *s = talk->schema;
	const struct object *object = look_object(s, block);

	if (!object || !object->nrequired)
		return false;
	for (uint32_t i = 0; i < object->nrequired; i++) {
		const struct text *name = &s->texts.p[object->required + i];

		if (i)
			str_add(out, i + 1 < object->nrequired ? ", " : _(" and "));
		say_field(talk, out, name->p, name->len);
	}
	return true;
}

static void say_branch(const struct talk *talk, uint32_t block, uint32_t number, struct str *out)
{
	const struct schema *s = talk->schema;
	const char *title =
		block > BLOCK_FALSE ? node_string(s->places.p[block].schema, "title") : NULL;

	if (title)
		say_quoted(out, title, strlen(title));
	else if (!say_fields(talk, block, out))
		str_addf(out, _("form %" PRIu32), number);
}

static void say_branches(const struct talk *talk, const struct fault *f, struct pieces *p,
			 struct str *out)
{
	const struct schema *s = talk->schema;
	const struct op *op = site_op(s, f->site);
	const uint32_t *blocks = &s->lists.p[op->a];
	bool fields = true;

	for (uint32_t i = 0; i < op->b; i++) {
		bool held = f->kind != FAULT_ONE_OF_MANY;

		for (uint32_t j = 0; j < f->nsites; j++)
			held = held || f->sites[j].block == blocks[i];
		if (!held)
			continue;
		if (p->other.len)
			str_add(&p->other, "; ");
		say_branch(talk, blocks[i], i + 1, &p->other);
		fields =
			fields && look_object(s, blocks[i]) && look_object(s, blocks[i])->nrequired;
	}
	if (f->kind == FAULT_ONE_OF_MANY)
		str_addf(
			out,
			fields ? _("%s may have only one of: %s")
			       : _("%s fits more than one of these, of which only one may fit: %s"),
			p->s, str_text(&p->other));
	else if (fields)
		str_addf(out, _("%s needs one of: %s"), p->s, str_text(&p->other));
	else
		str_addf(out, _("%s fits none of the forms that are allowed"), p->s);
}

static void say_not(const struct talk *talk, const struct fault *f, struct pieces *p,
		    struct str *out)
{
	uint32_t block = site_op(talk->schema, f->site)->a;
	const struct object *object = look_object(talk->schema, block);

	if (say_fields(talk, block, &p->other))
		str_addf(out,
			 object->nrequired == 1 ? _("%s is not allowed here")
						: _("%s may not be given together"),
			 str_text(&p->other));
	else
		str_addf(out, _("%s has a value that is not allowed: %s"), p->s, p->v);
}

static void say_list(const struct talk *talk, const struct fault *f, struct pieces *p,
		     struct str *out)
{
	const struct op *op = site_op(talk->schema, f->site);

	switch ((enum fault_kind)f->kind) {
	case FAULT_UNKNOWN_ITEM:
		str_addf(out, _("%s is one more than is allowed"), p->s);
		break;
	case FAULT_UNIQUE:
		str_addf(out, _("%s is the same as item %" PRIu32), p->s, f->number + 1);
		break;
	case FAULT_CONTAINS:
		str_addf(out,
			 _("%s has %" PRIu32 " items of the form that is needed, at least %" PRIu32
			   " must have it"),
			 p->s, f->number, op->b);
		break;
	default:
		str_addf(out,
			 _("%s has %" PRIu32 " items of a form that at most %" PRIu32 " may have"),
			 p->s, f->number, op->c);
	}
}

static void say(const struct talk *talk, const struct fault *f, struct pieces *p, struct str *out)
{
	const struct schema *s = talk->schema;
	const struct node *schema;

	switch ((enum fault_kind)f->kind) {
	case FAULT_FALSE:
		str_addf(out, _("%s is not allowed here"), p->s);
		break;
	case FAULT_TYPE:
		say_type(talk, f, p, out);
		break;
	case FAULT_ENUM:
		str_addf(out, _("%s cannot be %s"), p->s, p->v);
		break;
	case FAULT_CONST:
		say_value(&p->other, look_choices(talk, f, 0, &schema)->items);
		str_addf(out, _("%s must be %s, not %s"), p->s, str_text(&p->other), p->v);
		break;
	case FAULT_MINIMUM:
	case FAULT_MAXIMUM:
	case FAULT_EXCLUSIVE_MINIMUM:
	case FAULT_EXCLUSIVE_MAXIMUM:
	case FAULT_MULTIPLE:
		say_bound(talk, f, p, out);
		break;
	case FAULT_MIN_LENGTH:
	case FAULT_MAX_LENGTH:
	case FAULT_MIN_ITEMS:
	case FAULT_MAX_ITEMS:
	case FAULT_MIN_PROPERTIES:
	case FAULT_MAX_PROPERTIES:
		say_size(talk, f, p, out);
		break;
	case FAULT_FORMAT:
		str_addf(out, _("%s is not %s: %s"), p->s,
			 _(schema_formats[site_op(s, f->site)->a].noun), p->v);
		break;
	case FAULT_PATTERN:
		str_addf(out,
			 utf8_is_blank(f->node->text, f->node->count)
				 ? _("%s is blank")
				 : _("%s has the wrong form: %s"),
			 p->s, p->v);
		break;
	case FAULT_NOT_BEFORE:
	case FAULT_NOT_AFTER:
		say_sibling(talk, f, p, out);
		break;
	case FAULT_WORD:
		say_word(talk, f, p, out);
		break;
	case FAULT_RECORD:
		str_addf(out, _("%s: there is no record %s of the right kind"), p->s, p->v);
		break;
	case FAULT_RECORD_NOT_HERE:
		str_addf(out, _("%s: the record %s is not here"), p->s, p->v);
		break;
	case FAULT_REQUIRED:
	case FAULT_DEPENDENT_REQUIRED:
		say_missing(talk, f, p, out);
		break;
	case FAULT_UNKNOWN_FIELD:
		str_addf(out, _("unknown field %s"), p->s);
		break;
	case FAULT_UNKNOWN_ITEM:
	case FAULT_UNIQUE:
	case FAULT_CONTAINS:
	case FAULT_CONTAINS_MANY:
		say_list(talk, f, p, out);
		break;
	case FAULT_NOT:
		say_not(talk, f, p, out);
		break;
	case FAULT_ANY_OF:
	case FAULT_ONE_OF:
	case FAULT_ONE_OF_MANY:
		say_branches(talk, f, p, out);
		break;
	case FAULT_EXPENSIVE:
		str_addf(out, _("the pattern takes too long on %s"), p->s);
		break;
	case FAULT_DEEP:
		str_addf(out, _("%s is nested too deeply to be checked"), p->s);
		break;
	case FAULT_COSTLY:
		str_addf(out, _("the schema takes too long on %s"), p->s);
		break;
	case FAULT_MANY:
		str_add(out, _("too many faults: more of them are not told"));
		break;
	case FAULT_MEMORY:
		str_add(out, _("out of memory while checking"));
		break;
	}
}

void say_message(const struct talk *talk, const struct fault *fault, struct str *out)
{
	struct pieces p = { .subject = { 0 } };

	say_subject(talk, &p.subject, fault);
	say_value(&p.value, fault->node);
	p.s = str_text(&p.subject);
	p.v = str_text(&p.value);
	if (fault->is_other)
		str_add(out, _("in another form that is allowed: "));
	say(talk, fault, &p, out);
	str_release_part(&p.subject, out);
	str_release_part(&p.value, out);
	str_release_part(&p.other, out);
}
