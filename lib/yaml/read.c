#include "yaml/read.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "base/map.h"
#include "base/msg.h"
#include "base/utf8.h"
#include "yaml/bytes.h"

#define DEEPEST 512
#define MOST_EXPANDED ((size_t)10 * 1000 * 1000)
#define COMPARED_IN_PAIRS 16
#define FIRST_SLOTS 64

const struct read_options READ_RECORD = {
	.bytes = 1024 * 1024, .depth = 32, .nodes = 10000, .plain = true, .exact = true
};
const struct read_options READ_INPUT = {
	.bytes = (size_t)64 * 1024 * 1024, .depth = 32, .nodes = 10000, .plain = true
};
const struct read_options READ_LARGE = { .bytes = (size_t)16 * 1024 * 1024,
					 .depth = DEEPEST,
					 .nodes = 1000 * 1000 };

/* a value under construction, with its name when it stands in a map */
struct slot {
	struct member member;
	struct node value;
};

/* an open collection: its slots start at `first` */
struct frame {
	struct node node;
	size_t first;
	const char *anchor;
	size_t expanded; /* counter of the reader when it was opened */
	bool has_name;   /* map: the next event is a value */
	struct member name;
};

struct anchor {
	struct node node;
	size_t expanded;
};

struct yaml_reader {
	yaml_parser_t parser;
	struct read_options options;
	const char *name, *text;
	size_t size;
	struct findings *findings;
	bool ended;

	struct arena *arena;        /* of the document being read */
	struct slot *slots, *grown; /* at first FIRST_SLOTS behind the frames, then grown */
	size_t nslots, slots_cap;
	size_t depth, nodes, expanded;
	struct map anchors;
	struct frame frames[]; /* room for options.depth */
};

static struct finding *report(struct yaml_reader *r, const char *code, yaml_mark_t mark,
			      const char *message)
{
	uint32_t column = (uint32_t)mark.column + 1;
	struct finding what = { .level = LEVEL_ERROR,
				.code = code,
				.file = r->name,
				.line = (uint32_t)mark.line + 1,
				.column = column };

	what.excerpt =
		excerpt_at(&r->findings->arena, r->text, r->size, what.line, column, &what.caret);
	return findings_add(r->findings, &what, "%s", message);
}

static int no_memory(void)
{
	errno = ENOMEM;
	return -1;
}

static int refuse(struct yaml_reader *r, const char *code, yaml_mark_t mark, const char *message,
		  const char *hint)
{
	struct finding *f = report(r, code, mark, message);

	if (hint)
		finding_hint(r->findings, f, "%s", hint);
	return -1;
}

static int syntax_error(struct yaml_reader *r)
{
	yaml_parser_t *p = &r->parser;
	yaml_mark_t mark = p->problem_mark;
	struct finding *f;
	struct str message = { 0 };

	if (p->error == YAML_MEMORY_ERROR)
		return no_memory();
	if (p->error == YAML_READER_ERROR)
		mark = p->mark;
	str_addf(&message, _("not valid YAML: %s"), p->problem ? p->problem : "?");
	if (p->context)
		str_addf(&message, _(", %s that starts in line %zu"), p->context,
			 p->context_mark.line + 1);
	f = report(r, "yaml-syntax", mark, str_text(&message));
	str_release(&message);
	if (mark.index >= utf8_count(r->text, r->size))
		finding_hint(r->findings, f, "%s", _("the file seems to be cut off"));
	else if (p->problem && strstr(p->problem, "mapping values are not allowed"))
		finding_hint(
			r->findings, f, "%s",
			_("a colon and a space inside a text: put the text in quotes, or check the "
			  "indentation"));
	else if (p->problem && strstr(p->problem, "cannot start any token"))
		finding_hint(r->findings, f, "%s",
			     _("a text that starts with @, `, a percent sign or a tab must be in "
			       "quotes"));
	else if (p->problem && strstr(p->problem, "expected node content"))
		finding_hint(r->findings, f, "%s",
			     _("a text that starts with a comma or a bracket must be in quotes"));
	else if (p->problem && strstr(p->problem, "alphabetic or numeric"))
		finding_hint(r->findings, f, "%s",
			     _("a text that starts with * or & must be in quotes"));
	return -1;
}

struct yaml_reader *yaml_open(const char *name, const char *text, size_t size,
			      const struct read_options *options, struct findings *findings)
{
	size_t depth = options->depth < DEEPEST ? options->depth : DEEPEST;
	struct yaml_reader *r;

	if (bytes_check(name, text, size, options, findings) < 0)
		return NULL;
	r = malloc(sizeof(*r) + depth * sizeof(*r->frames) + FIRST_SLOTS * sizeof(*r->slots));
	if (!r)
		return NULL;
	*r = (struct yaml_reader){ .options = *options,
				   .name = name,
				   .text = text,
				   .size = size,
				   .findings = findings,
				   .slots = (struct slot *)(r->frames + depth),
				   .slots_cap = FIRST_SLOTS };
	r->options.depth = depth;
	if (!yaml_parser_initialize(&r->parser)) {
		free(r);
		errno = ENOMEM;
		return NULL;
	}
	yaml_parser_set_encoding(&r->parser, YAML_UTF8_ENCODING);
	/* libyaml would take the mark for a column of the first line */
	if (size >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
		r->text = text += 3;
		r->size = size -= 3;
	}
	yaml_parser_set_input_string(&r->parser, (const unsigned char *)text, size);
	return r;
}

void yaml_close(struct yaml_reader *r)
{
	if (!r)
		return;
	yaml_parser_delete(&r->parser);
	free(r->grown);
	free(r);
}

/* counts a node and what it stands for; refuses too many */
static int count_node(struct yaml_reader *r, yaml_mark_t mark, size_t expanded)
{
	r->nodes++;
	r->expanded += expanded;
	if (r->options.nodes && r->nodes > r->options.nodes)
		return refuse(r, "too-large", mark, _("too many values in one document"), NULL);
	if (r->expanded > MOST_EXPANDED)
		return refuse(r, "too-large", mark, _("the aliases unfold to too many values"),
			      NULL);
	return 0;
}

static int grow_slots(struct yaml_reader *r)
{
	size_t cap = r->slots_cap * 2;
	struct slot *slots = realloc(r->grown, cap * sizeof(*slots));

	if (!slots)
		return -1;
	if (!r->grown)
		memcpy(slots, r->slots, r->nslots * sizeof(*slots));
	r->grown = r->slots = slots;
	r->slots_cap = cap;
	return 0;
}

/* puts a finished value where it belongs: into the collection that is open, or at the top */
static int put_value(struct yaml_reader *r, const struct node *value, const struct member *name)
{
	if (r->nslots == r->slots_cap && grow_slots(r) < 0)
		return no_memory();
	r->slots[r->nslots].value = *value;
	r->slots[r->nslots].member = name ? *name : (struct member){ 0 };
	r->nslots++;
	return 0;
}

static struct frame *open_frame(struct yaml_reader *r)
{
	return r->depth ? &r->frames[r->depth - 1] : NULL;
}

static int add_value(struct yaml_reader *r, const struct node *value)
{
	struct frame *frame = open_frame(r);
	bool in_map = frame && frame->node.type == NODE_MAP;

	if (in_map)
		frame->has_name = false;
	return put_value(r, value, in_map ? &frame->name : NULL);
}

static int refuse_marks(struct yaml_reader *r, const yaml_event_t *event,
			const unsigned char *anchor, const unsigned char *tag)
{
	if (!r->options.plain || (!anchor && !tag))
		return 0;
	if (anchor)
		return refuse(r, "anchor", event->start_mark,
			      _("anchors and aliases are not allowed in a record"),
			      _("write the value out; a text that starts with * or & must be in "
				"quotes"));
	return refuse(r, "tag", event->start_mark, _("tags are not allowed in a record"),
		      _("write the value out"));
}

static int remember(struct yaml_reader *r, const char *name, const struct node *node,
		    size_t expanded)
{
	struct anchor *anchor = arena_alloc(r->arena, sizeof(*anchor));

	if (!anchor)
		return no_memory();
	anchor->node = *node;
	anchor->expanded = expanded;
	return map_put(&r->anchors, name, strlen(name), anchor);
}

static int take_name(struct yaml_reader *r, struct frame *frame, const yaml_event_t *event,
		     const struct node *scalar)
{
	if (r->options.plain && event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
	    scalar->count == 2 && memcmp(scalar->text, "<<", 2) == 0)
		return refuse(r, "merge-key", event->start_mark,
			      _("merge keys are not allowed in a record"),
			      _("write the values out"));
	frame->has_name = true;
	frame->name = (struct member){ .name = scalar->text,
				       .len = scalar->count,
				       .hash = text_hash(scalar->text, scalar->count),
				       .line = scalar->line,
				       .column = scalar->column };
	return 0;
}

static int resolve_scalar(struct yaml_reader *r, const yaml_event_t *event, struct node *node)
{
	const char *tag = (const char *)event->data.scalar.tag;
	int resolved;

	if (event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE ||
	    (tag && (strcmp(tag, "!") == 0 || strcmp(tag, YAML_STR_TAG) == 0))) {
		node->type = NODE_STRING;
		return 0;
	}
	resolved = node_resolve(r->arena, node);
	if (resolved > 0)
		return refuse(r, "number", event->start_mark, _("a number that no record can hold"),
			      _("put a text in quotes"));
	return resolved;
}

static int on_scalar(struct yaml_reader *r, const yaml_event_t *event)
{
	struct frame *frame = open_frame(r);
	yaml_scalar_style_t style = event->data.scalar.style;
	const char *text = (const char *)event->data.scalar.value;
	const char *anchor = (const char *)event->data.scalar.anchor;
	size_t n = event->data.scalar.length;
	struct node node = { .style = style == YAML_PLAIN_SCALAR_STYLE ? STYLE_PLAIN
				      : style == YAML_LITERAL_SCALAR_STYLE ||
						      style == YAML_FOLDED_SCALAR_STYLE
					      ? STYLE_LITERAL
					      : STYLE_QUOTED,
			     .line = (uint32_t)event->start_mark.line + 1,
			     .column = (uint32_t)event->start_mark.column + 1,
			     .count = (uint32_t)n };

	if (refuse_marks(r, event, event->data.scalar.anchor, event->data.scalar.tag) < 0 ||
	    count_node(r, event->start_mark, 1) < 0)
		return -1;
	node.text = arena_strndup(r->arena, text, n);
	if (!node.text)
		return no_memory();
	/* yaml_open has looked at the bytes; only an escape can still make such a character */
	if (r->options.plain && style == YAML_DOUBLE_QUOTED_SCALAR_STYLE &&
	    bytes_forbidden(text, n))
		return refuse(r, "control-character", event->start_mark,
			      _("the text holds a control or reordering character"),
			      _("remove it; it cannot be seen and would change what others see"));
	if (frame && frame->node.type == NODE_MAP && !frame->has_name)
		return take_name(r, frame, event, &node);
	if (resolve_scalar(r, event, &node) < 0)
		return -1;
	if (anchor) {
		anchor = arena_strdup(r->arena, anchor);
		if (!anchor || remember(r, anchor, &node, 1) < 0)
			return no_memory();
	}
	return add_value(r, &node);
}

static int on_alias(struct yaml_reader *r, const yaml_event_t *event)
{
	const char *name = (const char *)event->data.alias.anchor;
	struct frame *frame = open_frame(r);
	const struct anchor *anchor;
	struct node node;

	if (r->options.plain)
		return refuse_marks(r, event, event->data.alias.anchor, NULL);
	anchor = map_get(&r->anchors, name, strlen(name));
	if (!anchor)
		return refuse(r, "alias", event->start_mark,
			      _("an alias without an anchor before it"), NULL);
	if (frame && frame->node.type == NODE_MAP && !frame->has_name)
		return refuse(r, "key", event->start_mark, _("an alias as a name is not supported"),
			      NULL);
	if (count_node(r, event->start_mark, anchor->expanded) < 0)
		return -1;
	node = anchor->node;
	node.flags |= NODE_ALIAS;
	node.line = (uint32_t)event->start_mark.line + 1;
	node.column = (uint32_t)event->start_mark.column + 1;
	return add_value(r, &node);
}

static int on_start(struct yaml_reader *r, const yaml_event_t *event)
{
	bool is_map = event->type == YAML_MAPPING_START_EVENT;
	const unsigned char *anchor =
		is_map ? event->data.mapping_start.anchor : event->data.sequence_start.anchor;
	const unsigned char *tag =
		is_map ? event->data.mapping_start.tag : event->data.sequence_start.tag;
	bool flow = is_map ? event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
			   : event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
	struct frame *outer = open_frame(r), *frame;

	if (refuse_marks(r, event, anchor, tag) < 0 || count_node(r, event->start_mark, 1) < 0)
		return -1;
	if (outer && outer->node.type == NODE_MAP && !outer->has_name)
		return refuse(r, "key", event->start_mark, _("a list or map cannot be a name"),
			      NULL);
	if (r->depth >= r->options.depth)
		return refuse(r, "too-deep", event->start_mark, _("nested too deeply"), NULL);
	frame = &r->frames[r->depth++];
	*frame = (struct frame){
		.node = { .type = is_map ? NODE_MAP : NODE_LIST,
			  .style = flow ? STYLE_FLOW : STYLE_BLOCK,
			  .line = (uint32_t)event->start_mark.line + 1,
			  .column = (uint32_t)event->start_mark.column + 1 },
		.first = r->nslots,
		.expanded = r->expanded - 1,
	};
	if (anchor) {
		frame->anchor = arena_strdup(r->arena, (const char *)anchor);
		if (!frame->anchor)
			return no_memory();
	}
	return 0;
}

static int duplicate(struct yaml_reader *r, const struct member *first, const struct member *second)
{
	yaml_mark_t mark = { .line = second->line - 1, .column = second->column - 1 };
	struct str message = { 0 };
	struct finding *f;

	str_add(&message, _("duplicate key"));
	str_add(&message, " '");
	utf8_add_visible(&message, second->name, second->len, false);
	str_add(&message, "'");
	f = report(r, "duplicate-key", mark, str_text(&message));
	str_release(&message);
	finding_hint(r->findings, f, _("it stands first at line %u, column %u; keep one of them"),
		     first->line, first->column);
	return -1;
}

/* libyaml lets duplicate keys pass */
static int check_names(struct yaml_reader *r, const struct slot *slots, size_t n)
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
					return duplicate(r, &slots[j].member, &slots[i].member);
		return 0;
	}
	map_init(&seen, &arena);
	for (size_t i = 0; i < n && result == 0; i++) {
		const struct member *m = &slots[i].member;
		const struct member *first = map_get(&seen, m->name, m->len);

		if (first)
			result = duplicate(r, first, m);
		else if (map_put(&seen, m->name, m->len, (void *)(uintptr_t)m) < 0)
			result = no_memory();
	}
	arena_release(&arena);
	return result;
}

static int move_list(struct yaml_reader *r, struct node *node, const struct slot *slots)
{
	node->items = arena_array(r->arena, node->count, sizeof(*node->items));
	if (!node->items)
		return no_memory();
	for (uint32_t i = 0; i < node->count; i++)
		node->items[i] = slots[i].value;
	return 0;
}

static int move_map(struct yaml_reader *r, struct node *node, const struct slot *slots)
{
	struct node *values;

	if (check_names(r, slots, node->count) < 0)
		return -1;
	node->members = arena_array(r->arena, node->count, sizeof(*node->members));
	values = arena_array(r->arena, node->count, sizeof(*values));
	if (!node->members || !values)
		return no_memory();
	for (uint32_t i = 0; i < node->count; i++) {
		values[i] = slots[i].value;
		node->members[i] = slots[i].member;
		node->members[i].value = &values[i];
	}
	return 0;
}

static int on_end(struct yaml_reader *r)
{
	struct frame *frame = &r->frames[r->depth - 1];
	const struct slot *slots = r->slots + frame->first;
	struct node node = frame->node;

	node.count = (uint32_t)(r->nslots - frame->first);
	if ((node.type == NODE_MAP ? move_map : move_list)(r, &node, slots) < 0)
		return -1;
	r->nslots = frame->first;
	r->depth--;
	if (frame->anchor && remember(r, frame->anchor, &node, r->expanded - frame->expanded) < 0)
		return no_memory();
	return add_value(r, &node);
}

static int on_event(struct yaml_reader *r, const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_SCALAR_EVENT:
		return on_scalar(r, event);
	case YAML_ALIAS_EVENT:
		return on_alias(r, event);
	case YAML_SEQUENCE_START_EVENT:
	case YAML_MAPPING_START_EVENT:
		return on_start(r, event);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		return on_end(r);
	default:
		return 0;
	}
}

static void begin(struct yaml_reader *r, struct arena *arena)
{
	r->arena = arena;
	r->nslots = r->depth = r->nodes = r->expanded = 0;
	map_init(&r->anchors, arena);
}

int yaml_next(struct yaml_reader *r, struct arena *arena, struct node **root)
{
	int result = 0;

	begin(r, arena);
	while (!r->ended && result == 0) {
		yaml_event_t event;
		yaml_event_type_t type;

		if (!yaml_parser_parse(&r->parser, &event)) {
			result = syntax_error(r);
			break;
		}
		type = event.type;
		result = on_event(r, &event);
		yaml_event_delete(&event);
		if (type == YAML_STREAM_END_EVENT)
			r->ended = true;
		if (result == 0 && type == YAML_DOCUMENT_END_EVENT) {
			*root = arena_alloc(arena, sizeof(**root));
			if (!*root) {
				result = no_memory();
				break;
			}
			**root = r->slots[0].value;
			return 1;
		}
	}
	if (result < 0)
		r->ended = true;
	return result;
}

struct node *yaml_read(struct arena *arena, const char *name, const char *text, size_t size,
		       const struct read_options *options, struct findings *findings)
{
	struct yaml_reader *r = yaml_open(name, text, size, options, findings);
	struct node *root = NULL, *second;
	int n;

	if (!r)
		return NULL;
	n = yaml_next(r, arena, &root);
	if (n == 0)
		refuse(r, "empty", (yaml_mark_t){ 0 }, _("the file is empty"), NULL);
	if (n > 0 && (n = yaml_next(r, arena, &second)) > 0) {
		yaml_mark_t mark = { .line = second->line - 1, .column = second->column - 1 };

		refuse(r, "second-document", mark, _("a second document in one file"),
		       _("one file holds one record; remove the rest"));
		n = -1;
	} else if (n == 0 && root) {
		n = 1;
	}
	yaml_close(r);
	return n > 0 ? root : NULL;
}
