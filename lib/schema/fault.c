/* What is noted of a fault while the frames that lead to it still stand. */
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "schema/eval.h"
#include "schema/talk.h"

#define MOST_FIELDS 4
#define MOST_ENCLOSING 8
/* nobody reads more; each takes some hundred bytes */
#define MOST_FAULTS 10000

void fault_add(struct explainer *e, const struct fault *fault)
{
	if (e->faults.count == e->faults.cap) {
		uint32_t cap = e->faults.cap ? e->faults.cap * 2 : 64;
		struct fault *p = realloc(e->faults.p, cap * sizeof(*p));

		if (!p) {
			e->no_memory = true;
			return;
		}
		e->faults.p = p;
		e->faults.cap = cap;
	}
	e->faults.p[e->faults.count++] = *fault;
}

static size_t digits_of(uint32_t n)
{
	size_t digits = 1;

	while (n >= 10) {
		n /= 10;
		digits++;
	}
	return digits;
}

/* RFC 6901 3: of a token as it is written */
static size_t token_length(const struct frame *at)
{
	size_t n = at->member ? at->member->len : digits_of(at->index);

	for (uint32_t i = 0; at->member && i < at->member->len; i++)
		n += at->member->name[i] == '~' || at->member->name[i] == '/';
	return n + 1;
}

/* writes the token so that it ends at `end`; returns where it begins */
static char *put_token(char *end, const struct frame *at)
{
	uint32_t index = at->index;

	if (at->member) {
		for (uint32_t i = at->member->len; i-- > 0;) {
			char c = at->member->name[i];

			*--end = c == '~' ? '0' : c == '/' ? '1' : c;
			if (c == '~' || c == '/')
				*--end = '~';
		}
	} else {
		do {
			*--end = (char)('0' + index % 10);
			index /= 10;
		} while (index);
	}
	*--end = '/';
	return end;
}

static const char *pointer_of(struct explainer *e, const struct frame *at)
{
	size_t n = 0;
	char *text, *end;

	for (const struct frame *f = at; f->up; f = f->up)
		n += token_length(f);
	text = arena_alloc(&e->arena, n + 1);
	if (!text) {
		e->no_memory = true;
		return "";
	}
	end = text + n;
	for (const struct frame *f = at; f->up; f = f->up)
		end = put_token(end, f);
	return text;
}

static const struct node *const *fields_of(struct explainer *e, const struct frame *at)
{
	const struct node **fields = arena_array(&e->arena, MOST_FIELDS + 1, sizeof(*fields));
	size_t n = 0;

	if (!fields) {
		e->no_memory = true;
		return NULL;
	}
	for (; at && n < MOST_FIELDS; at = at->up)
		if (at->member)
			fields[n++] = at->is_key ? at->member->value : at->node;
	return fields;
}

/* "in 'measures' item 2, line 14; in 'plan', line 3": every list and map around the subject */
static const char *within_of(struct explainer *e, const struct frame *at)
{
	struct str out = { 0 };
	const char *copy = NULL;

	/* an item is called by its list */
	if (at->up)
		at = at->member || !at->up->member ? at->up : at->up->up;
	for (unsigned n = 0; at && at->up && n < MOST_ENCLOSING; n++) {
		struct str name = { 0 };
		uint32_t line = at->node->line;

		if (at->member)
			say_quoted(&name, at->member->name, at->member->len);
		else if (at->up->member)
			say_quoted(&name, at->up->member->name, at->up->member->len);
		str_add(&out, out.len ? "; " : "");
		if (at->member)
			str_addf(&out, _("in %s, line %u"), str_text(&name), line);
		else if (name.len)
			str_addf(&out, _("in %s item %u, line %u"), str_text(&name), at->index + 1,
				 line);
		else
			str_addf(&out, _("in item %u, line %u"), at->index + 1, line);
		at = at->member || !at->up->member ? at->up : at->up->up;
		str_release_part(&name, &out);
	}
	if (out.len)
		copy = arena_strdup(&e->arena, str_text(&out));
	if (out.failed || (out.len && !copy))
		e->no_memory = true;
	str_release(&out);
	return copy;
}

/* the node of a name is gone when the frame is */
static const struct node *kept_name(struct explainer *e, const struct node *name)
{
	static const struct node none = { .type = NODE_STRING, .text = "" };
	struct node *copy = arena_alloc(&e->arena, sizeof(*copy));

	if (!copy) {
		e->no_memory = true;
		return &none;
	}
	*copy = *name;
	return copy;
}

static void fill(struct explainer *e, struct fault *fault, enum fault_kind kind,
		 const struct frame *at, struct site site, uint32_t number)
{
	const struct node *node = at->node;

	*fault = (struct fault){ .kind = (uint8_t)kind,
				 .level = LEVEL_ERROR,
				 .is_key = at->is_key,
				 .site = site,
				 .member = at->member,
				 .index = at->index,
				 .number = number,
				 .pointer = pointer_of(e, at),
				 .within = within_of(e, at),
				 .fields = fields_of(e, at) };
	fault->node = at->is_key ? kept_name(e, node) : node;
	fault->parent = at->up ? at->up->node : NULL;
	if (at->up && !at->member)
		fault->list_member = at->up->member;
	for (; at->up; at = at->up)
		fault->depth++;
}

bool eval_fault(struct schema_run *run, enum fault_kind kind, const struct frame *at,
		struct site site, uint32_t number)
{
	struct fault fault;

	if (!run->explain)
		return false;
	if (run->explain->faults.count >= MOST_FAULTS)
		return eval_trouble(run, FAULT_MANY, at, site);
	fill(run->explain, &fault, kind, at, site, number);
	fault_add(run->explain, &fault);
	return false;
}

bool eval_trouble(struct schema_run *run, enum fault_kind kind, const struct frame *at,
		  struct site site)
{
	run->trouble = (uint8_t)kind;
	if (run->explainer)
		fill(run->explainer, &run->at, kind, at, site, 0);
	return false;
}
