#include "yaml/read.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "base/map.h"
#include "base/msg.h"
#include "base/utf8.h"
#include "yaml/build.h"
#include "yaml/bytes.h"
#include "yaml/place.h"

const struct read_options READ_RECORD = {
	.bytes = 1024 * 1024, .depth = 32, .nodes = 10000, .plain = true, .exact = true
};
const struct read_options READ_INPUT = {
	.bytes = (size_t)64 * 1024 * 1024, .depth = 32, .nodes = 10000, .plain = true
};
const struct read_options READ_LARGE = { .bytes = (size_t)16 * 1024 * 1024,
					 .depth = 512,
					 .nodes = 1000 * 1000 };
const struct read_options READ_ANY = { .bytes = (size_t)1 << 30,
				       .depth = 512,
				       .nodes = 1000 * 1000 };

struct anchor {
	struct node node;
	struct node
		name; /* of a scalar: as written, should the alias be a name; else without text */
	size_t expanded;
};

struct yaml_reader {
	yaml_parser_t parser;
	struct builder b;
	bool ended;
	struct map anchors;
	struct places places;
};

static struct place place_of(struct yaml_reader *r, yaml_mark_t mark)
{
	return place_of_mark(&r->places, mark.line, mark.column);
}

static int refuse(struct yaml_reader *r, const char *code, yaml_mark_t mark, const char *message,
		  const char *hint)
{
	struct place at = place_of(r, mark);

	return build_refuse(&r->b, code, at.line, at.column, message, hint);
}

/* whether a tab stands at the place, behind nothing but spaces: elsewhere it is text or harmless */
static bool is_tab_indent(const struct yaml_reader *r, struct place at)
{
	const char *p = r->b.text, *end = p + r->b.size;
	uint32_t column = 1;

	for (uint32_t line = 1; p && line < at.line; line++) {
		p = memchr(p, '\n', (size_t)(end - p));
		p = p ? p + 1 : NULL;
	}
	for (; p && p < end && *p == ' '; p++)
		column++;
	return p && p < end && *p == '\t' && column == at.column;
}

static int syntax_error(struct yaml_reader *r)
{
	yaml_parser_t *p = &r->parser;
	struct place at;
	struct finding *f;
	struct str message = { 0 };

	if (p->error == YAML_MEMORY_ERROR)
		return build_no_memory();
	/* what libyaml does not even read it finds far ahead of where it is */
	at = p->error == YAML_READER_ERROR ? place_of_byte(r->b.text, p->problem_offset)
					   : place_of(r, p->problem_mark);
	if (is_tab_indent(r, at))
		return build_refuse(&r->b, "tab", at.line, at.column, _("a tab in the indentation"),
				    _("YAML indents with spaces"));
	str_addf(&message, _("not valid YAML: %s"), p->problem ? _(p->problem) : "?");
	if (p->context)
		str_addf(&message, _(", %s that starts in line %zu"), _(p->context),
			 (size_t)place_of(r, p->context_mark).line);
	f = build_report(&r->b, "yaml-syntax", at.line, at.column, str_text(&message));
	r->b.findings->lost |= message.failed;
	str_release(&message);
	if (p->problem_mark.index >= utf8_count(r->b.text, r->b.size))
		finding_hint(r->b.findings, f, "%s", _("the file seems to be cut off"));
	else if (p->problem && strstr(p->problem, "mapping values are not allowed"))
		finding_hint(
			r->b.findings, f, "%s",
			_("a colon and a space inside a text: put the text in quotes, or check the "
			  "indentation"));
	else if (p->problem && strstr(p->problem, "cannot start any token"))
		finding_hint(r->b.findings, f, "%s",
			     _("a text that starts with @, `, a percent sign or a tab must be in "
			       "quotes"));
	else if (p->problem && strstr(p->problem, "expected node content"))
		finding_hint(r->b.findings, f, "%s",
			     _("a text that starts with a comma or a bracket must be in quotes"));
	else if (p->problem && strstr(p->problem, "alphabetic or numeric"))
		finding_hint(r->b.findings, f, "%s",
			     _("a text that starts with * or & must be in quotes"));
	return -1;
}

struct yaml_reader *yaml_open(const char *name, const char *text, size_t size,
			      const struct read_options *options, struct findings *findings)
{
	struct yaml_reader *r;

	if (bytes_check(name, text, size, options, findings) < 0)
		return NULL;
	/* libyaml would take the mark for a column of the first line */
	if (size >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
		text += 3;
		size -= 3;
	}
	r = calloc(1, sizeof(*r));
	if (!r)
		return NULL;
	if (build_init(&r->b, name, text, size, options, findings) < 0 ||
	    !yaml_parser_initialize(&r->parser)) {
		build_release(&r->b);
		free(r);
		errno = ENOMEM;
		return NULL;
	}
	places_init(&r->places, text, size);
	yaml_parser_set_encoding(&r->parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&r->parser, (const unsigned char *)text, size);
	return r;
}

void yaml_close(struct yaml_reader *r)
{
	if (!r)
		return;
	yaml_parser_delete(&r->parser);
	build_release(&r->b);
	free(r);
}

static int refuse_marks(struct yaml_reader *r, const yaml_event_t *event,
			const unsigned char *anchor, const unsigned char *tag)
{
	if (!r->b.options.plain || (!anchor && !tag))
		return 0;
	if (anchor)
		return refuse(r, "anchor", event->start_mark,
			      _("anchors and aliases are not allowed in a record"),
			      _("write the value out; a text that starts with * or & must be in "
				"quotes"));
	return refuse(r, "tag", event->start_mark, _("tags are not allowed in a record"),
		      _("write the value out"));
}

/* what an anchor names, and for a scalar its text as written */
static int remember(struct yaml_reader *r, const char *anchor, const struct node *node,
		    const struct node *name, size_t expanded)
{
	char *key = arena_strdup(r->b.arena, anchor);
	struct anchor *kept = arena_alloc(r->b.arena, sizeof(*kept));

	if (!key || !kept)
		return build_no_memory();
	kept->node = *node;
	if (name)
		kept->name = *name;
	kept->expanded = expanded;
	return map_put(&r->anchors, key, strlen(key), kept);
}

static int take_name(struct yaml_reader *r, const yaml_event_t *event, const struct node *scalar)
{
	if (r->b.options.plain && event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
	    scalar->count == 2 && memcmp(scalar->text, "<<", 2) == 0)
		return refuse(r, "merge-key", event->start_mark,
			      _("merge keys are not allowed in a record"),
			      _("write the values out"));
	build_name(&r->b, scalar);
	return 0;
}

/* whether a tag makes the core schema look at the scalar's text; *type is what must be found there */
static bool is_core_tag(const char *tag, enum node_type *type)
{
	static const struct {
		const char *tag;
		enum node_type type;
	} tags[] = {
		{ YAML_NULL_TAG, NODE_NULL },
		{ YAML_BOOL_TAG, NODE_BOOL },
		{ YAML_INT_TAG, NODE_NUMBER },
		{ YAML_FLOAT_TAG, NODE_NUMBER },
	};

	for (size_t i = 0; i < sizeof(tags) / sizeof(*tags); i++)
		if (strcmp(tags[i].tag, tag) == 0) {
			*type = tags[i].type;
			return true;
		}
	return false;
}

/* YAML 1.2.2, 10.3.2; what has a tag of its own (!ref x) is a text */
static int resolve_scalar(struct yaml_reader *r, const yaml_event_t *event, struct node *node)
{
	const char *tag = (const char *)event->data.scalar.tag;
	bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	enum node_type type;
	int resolved;

	if (tag ? !is_core_tag(tag, &type) : !plain) {
		node->type = NODE_STRING;
		return 0;
	}
	resolved = node_resolve(r->b.arena, node);
	if (resolved > 0)
		return refuse(r, "number", event->start_mark, _("a number that JSON does not have"),
			      _("put a text in quotes"));
	if (resolved == 0 && tag &&
	    (node->type != type || (strcmp(tag, YAML_INT_TAG) == 0 && strpbrk(node->text, ".eE"))))
		return refuse(r, "tag", event->start_mark,
			      _("the value is not of the type that its tag names"), NULL);
	return resolved;
}

static int on_scalar(struct yaml_reader *r, const yaml_event_t *event)
{
	yaml_scalar_style_t style = event->data.scalar.style;
	const char *text = (const char *)event->data.scalar.value;
	const char *anchor = (const char *)event->data.scalar.anchor;
	size_t n = event->data.scalar.length;
	bool is_name = build_wants_name(&r->b);
	struct place at = place_of(r, event->start_mark);
	struct node name;
	struct node node = { .style = style == YAML_PLAIN_SCALAR_STYLE ? STYLE_PLAIN
				      : style == YAML_LITERAL_SCALAR_STYLE ||
						      style == YAML_FOLDED_SCALAR_STYLE
					      ? STYLE_LITERAL
					      : STYLE_QUOTED,
			     .line = at.line,
			     .column = at.column,
			     .count = (uint32_t)n };

	if (refuse_marks(r, event, event->data.scalar.anchor, event->data.scalar.tag) < 0 ||
	    build_count(&r->b, node.line, node.column, 1) < 0)
		return -1;
	node.text = arena_strndup(r->b.arena, text, n);
	if (!node.text)
		return build_no_memory();
	/* yaml_open has looked at the bytes; only an escape can still make such a character */
	if (r->b.options.plain && style == YAML_DOUBLE_QUOTED_SCALAR_STYLE &&
	    bytes_forbidden(text, n))
		return refuse(r, "control-character", event->start_mark,
			      _("the text holds a control or reordering character"),
			      _("remove it; it cannot be seen and would change what others see"));
	name = node;
	if ((anchor || !is_name) && resolve_scalar(r, event, &node) < 0)
		return -1;
	if (anchor && remember(r, anchor, &node, &name, 1) < 0)
		return -1;
	return is_name ? take_name(r, event, &name) : build_add(&r->b, &node);
}

static int on_alias(struct yaml_reader *r, const yaml_event_t *event)
{
	const char *name = (const char *)event->data.alias.anchor;
	const struct anchor *anchor;
	struct node node;
	struct place at;
	bool is_name;

	if (r->b.options.plain)
		return refuse_marks(r, event, event->data.alias.anchor, NULL);
	anchor = map_get(&r->anchors, name, strlen(name));
	if (!anchor)
		return refuse(r, "alias", event->start_mark,
			      _("an alias without an anchor before it"), NULL);
	at = place_of(r, event->start_mark);
	is_name = build_wants_name(&r->b);
	if (is_name && !anchor->name.text)
		return refuse(r, "key", event->start_mark, _("a list or map cannot be a name"),
			      NULL);
	node = is_name ? anchor->name : anchor->node;
	node.flags |= NODE_ALIAS;
	node.line = at.line;
	node.column = at.column;
	if (build_count(&r->b, node.line, node.column, anchor->expanded) < 0)
		return -1;
	if (!is_name)
		return build_add(&r->b, &node);
	build_name(&r->b, &node);
	return 0;
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
	struct place at = place_of(r, event->start_mark);
	const struct node start = { .type = is_map ? NODE_MAP : NODE_LIST,
				    .style = flow ? STYLE_FLOW : STYLE_BLOCK,
				    .line = at.line,
				    .column = at.column };
	struct frame *frame;

	if (refuse_marks(r, event, anchor, tag) < 0 ||
	    build_count(&r->b, start.line, start.column, 1) < 0)
		return -1;
	if (build_wants_name(&r->b))
		return refuse(r, "key", event->start_mark, _("a list or map cannot be a name"),
			      NULL);
	frame = build_open(&r->b, &start);
	if (!frame)
		return -1;
	if (anchor) {
		frame->anchor = arena_strdup(r->b.arena, (const char *)anchor);
		if (!frame->anchor)
			return build_no_memory();
	}
	return 0;
}

static int on_end(struct yaml_reader *r)
{
	const struct frame *frame = build_frame(&r->b);
	struct node node;

	if (build_close(&r->b, &node) < 0)
		return -1;
	if (frame->anchor &&
	    remember(r, frame->anchor, &node, NULL, r->b.expanded - frame->expanded) < 0)
		return -1;
	return build_add(&r->b, &node);
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

int yaml_next(struct yaml_reader *r, struct arena *arena, struct node **root)
{
	int result = 0;

	build_begin(&r->b, arena);
	map_init(&r->anchors, arena);
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
			struct node *node = build_root(&r->b);

			if (node) {
				*root = node;
				return 1;
			}
			result = build_no_memory();
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
		build_refuse(&r->b, "second-document", second->line, second->column,
			     _("a second document in one file"),
			     _("this file holds one document; remove the rest"));
		n = -1;
	} else if (n == 0 && root) {
		n = 1;
	}
	yaml_close(r);
	return n > 0 ? root : NULL;
}
