#include "yaml/build.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/msg.h"
#include "base/str.h"
#include "base/utf8.h"

#define DEEPEST 512
#define MOST_EXPANDED ((size_t)10 * 1000 * 1000)
#define COMPARED_IN_PAIRS 16
#define FIRST_SLOTS 64

int build_no_memory(void)
{
	errno = ENOMEM;
	return -1;
}

int build_init(struct builder *b, const char *name, const char *text, size_t size,
	       const struct read_options *options, struct findings *findings)
{
	*b = (struct builder){ .options = *options,
			       .name = name,
			       .text = text,
			       .size = size,
			       .findings = findings,
			       .slots_cap = FIRST_SLOTS };
	if (b->options.depth > DEEPEST)
		b->options.depth = DEEPEST;
	b->frames = malloc(b->options.depth * sizeof(*b->frames));
	b->slots = malloc(b->slots_cap * sizeof(*b->slots));
	if (b->frames && b->slots)
		return 0;
	build_release(b);
	return build_no_memory();
}

void build_release(struct builder *b)
{
	free(b->frames);
	free(b->slots);
	b->frames = NULL;
	b->slots = NULL;
}

void build_begin(struct builder *b, struct arena *arena)
{
	b->arena = arena;
	b->nslots = b->depth = b->nodes = b->expanded = 0;
}

struct finding *build_report(struct builder *b, const char *code, uint32_t line, uint32_t column,
			     const char *message)
{
	struct finding what = {
		.level = LEVEL_ERROR, .code = code, .file = b->name, .line = line, .column = column
	};

	what.excerpt = excerpt_at(&b->findings->arena, b->text, b->size, line, column, &what.caret);
	return findings_add(b->findings, &what, "%s", message);
}

int build_refuse(struct builder *b, const char *code, uint32_t line, uint32_t column,
		 const char *message, const char *hint)
{
	struct finding *f = build_report(b, code, line, column, message);

	if (hint)
		finding_hint(b->findings, f, "%s", hint);
	return -1;
}

struct frame *build_frame(struct builder *b)
{
	return b->depth ? &b->frames[b->depth - 1] : NULL;
}

bool build_wants_name(struct builder *b)
{
	const struct frame *frame = build_frame(b);

	return frame && frame->node.type == NODE_MAP && !frame->has_name;
}

int build_count(struct builder *b, uint32_t line, uint32_t column, size_t expanded)
{
	b->nodes++;
	b->expanded += expanded;
	if (b->options.nodes && b->nodes > b->options.nodes)
		return build_refuse(b, "too-large", line, column,
				    _("too many values in one document"), NULL);
	if (b->expanded > MOST_EXPANDED)
		return build_refuse(b, "too-large", line, column,
				    _("the aliases unfold to too many values"), NULL);
	return 0;
}

void build_name(struct builder *b, const struct node *scalar)
{
	struct frame *frame = build_frame(b);

	frame->has_name = true;
	frame->name = (struct member){ .name = scalar->text,
				       .len = scalar->count,
				       .hash = text_hash(scalar->text, scalar->count),
				       .line = scalar->line,
				       .column = scalar->column };
}

static int grow_slots(struct builder *b)
{
	size_t cap = b->slots_cap * 2;
	struct slot *slots = realloc(b->slots, cap * sizeof(*slots));

	if (!slots)
		return build_no_memory();
	b->slots = slots;
	b->slots_cap = cap;
	return 0;
}

int build_add(struct builder *b, const struct node *value)
{
	struct frame *frame = build_frame(b);
	struct slot *slot;

	if (b->nslots == b->slots_cap && grow_slots(b) < 0)
		return -1;
	slot = &b->slots[b->nslots++];
	slot->value = *value;
	if (frame && frame->node.type == NODE_MAP) {
		slot->member = frame->name;
		frame->has_name = false;
	}
	return 0;
}

struct frame *build_open(struct builder *b, const struct node *start)
{
	struct frame *frame;

	if (b->depth >= b->options.depth) {
		build_refuse(b, "too-deep", start->line, start->column, _("nested too deeply"),
			     NULL);
		return NULL;
	}
	frame = &b->frames[b->depth++];
	*frame = (struct frame){ .node = *start, .first = b->nslots, .expanded = b->expanded - 1 };
	return frame;
}

static int duplicate(struct builder *b, const struct member *first, const struct member *second)
{
	struct str message = { 0 };
	struct finding *f;

	str_add(&message, _("duplicate key"));
	str_add(&message, " '");
	utf8_add_visible(&message, second->name, second->len, false);
	str_add(&message, "'");
	f = build_report(b, "duplicate-key", second->line, second->column, str_text(&message));
	b->findings->lost |= message.failed;
	str_release(&message);
	finding_hint(b->findings, f, _("it stands first at line %u, column %u; keep one of them"),
		     first->line, first->column);
	return -1;
}

static int check_names(struct builder *b, const struct slot *slots, size_t n)
{
	struct arena arena = { 0 };
	struct map seen;
	int result = 0;

	if (n <= COMPARED_IN_PAIRS) {
		for (size_t i = 1; i < n; i++)
			for (size_t j = 0; j < i; j++)
				if (slots[i].member.hash == slots[j].member.hash &&
				    slots[i].member.len == slots[j].member.len &&
				    memcmp(slots[i].member.name, slots[j].member.name,
					   slots[i].member.len) == 0)
					return duplicate(b, &slots[j].member, &slots[i].member);
		return 0;
	}
	map_init(&seen, &arena);
	for (size_t i = 0; i < n && result == 0; i++) {
		const struct member *m = &slots[i].member;
		const struct member *first = map_get(&seen, m->name, m->len);

		if (first)
			result = duplicate(b, first, m);
		else if (map_put(&seen, m->name, m->len, (void *)(uintptr_t)m) < 0)
			result = build_no_memory();
	}
	arena_release(&arena);
	return result;
}

static int move_list(struct builder *b, struct node *node, const struct slot *slots)
{
	node->items = arena_array(b->arena, node->count, sizeof(*node->items));
	if (!node->items)
		return build_no_memory();
	for (uint32_t i = 0; i < node->count; i++)
		node->items[i] = slots[i].value;
	return 0;
}

static int move_map(struct builder *b, struct node *node, const struct slot *slots)
{
	struct node *values;

	if (check_names(b, slots, node->count) < 0)
		return -1;
	node->members = arena_array(b->arena, node->count, sizeof(*node->members));
	values = arena_array(b->arena, node->count, sizeof(*values));
	if (!node->members || !values)
		return build_no_memory();
	for (uint32_t i = 0; i < node->count; i++) {
		values[i] = slots[i].value;
		node->members[i] = slots[i].member;
		node->members[i].value = &values[i];
	}
	return 0;
}

int build_close(struct builder *b, struct node *node)
{
	const struct frame *frame = &b->frames[b->depth - 1];
	const struct slot *slots = b->slots + frame->first;

	*node = frame->node;
	node->count = (uint32_t)(b->nslots - frame->first);
	if ((node->type == NODE_MAP ? move_map : move_list)(b, node, slots) < 0)
		return -1;
	b->nslots = frame->first;
	b->depth--;
	return 0;
}

struct node *build_root(struct builder *b)
{
	struct node *root = arena_alloc(b->arena, sizeof(*root));

	if (root)
		*root = b->slots[0].value;
	return root;
}
