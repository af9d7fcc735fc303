/* Strict JSON (RFC 8259) to the same tree as YAML: without recursion, columns in characters. */
#include "yaml/read.h"

#include <string.h>

#include "base/msg.h"
#include "base/str.h"
#include "base/utf8.h"
#include "yaml/build.h"
#include "yaml/bytes.h"

struct json_reader {
	struct builder b;
	const char *p, *end;
	/* a place whose position is known, not after p: columns are counted on from there */
	const char *marked;
	uint32_t line, column;
	struct str scratch; /* a string without its escapes */
};

/* moves the mark to `at`, which is not before it */
static void mark(struct json_reader *r, const char *at)
{
	for (; r->marked < at; r->marked++) {
		unsigned char c = (unsigned char)*r->marked;

		if (c == '\n') {
			r->line++;
			r->column = 1;
		} else if ((c & 0xc0) != 0x80) {
			r->column++;
		}
	}
}

static int refuse(struct json_reader *r, const char *at, const char *message, const char *hint)
{
	mark(r, at);
	if (at == r->end && !hint)
		hint = _("the file seems to be cut off");
	return build_refuse(&r->b, "json-syntax", r->line, r->column, message, hint);
}

static void skip_space(struct json_reader *r)
{
	while (r->p < r->end && (*r->p == ' ' || *r->p == '\t' || *r->p == '\n' || *r->p == '\r'))
		r->p++;
}

static bool is_digit(const char *p, const char *end)
{
	return p < end && *p >= '0' && *p <= '9';
}

static const char *skip_digits(const char *p, const char *end)
{
	while (is_digit(p, end))
		p++;
	return p;
}

/* RFC 8259 6; NULL when there is none */
static const char *skip_number(const char *p, const char *end)
{
	if (p < end && *p == '-')
		p++;
	if (!is_digit(p, end))
		return NULL;
	p = *p == '0' ? p + 1 : skip_digits(p, end);
	if (p < end && *p == '.') {
		if (!is_digit(++p, end))
			return NULL;
		p = skip_digits(p, end);
	}
	if (p < end && (*p == 'e' || *p == 'E')) {
		p++;
		if (p < end && (*p == '-' || *p == '+'))
			p++;
		if (!is_digit(p, end))
			return NULL;
		p = skip_digits(p, end);
	}
	return p;
}

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || c == '.' || c == '-' || c == '+';
}

static const char *value_hint(const struct json_reader *r)
{
	if (r->p == r->end)
		return NULL;
	if (*r->p == '\'')
		return _("texts are in double quotes");
	if (*r->p == '/' || *r->p == '#')
		return _("JSON has no comments");
	if (*r->p == ',' || *r->p == ']' || *r->p == '}')
		return _("a comma too many?");
	return _(
		"texts are in double quotes; numbers have no leading zero or plus; true, false and "
		"null are in lower case");
}

/* null, true, false or a number: what looks like a word, as a whole */
static int take_word(struct json_reader *r, struct node *node)
{
	static const char *const words[] = { "null", "true", "false" };
	const char *end = r->p;
	bool known;
	size_t n;

	while (end < r->end && is_word(*end))
		end++;
	n = (size_t)(end - r->p);
	known = skip_number(r->p, end) == end;
	for (size_t i = 0; i < 3 && !known; i++)
		known = strlen(words[i]) == n && memcmp(words[i], r->p, n) == 0;
	if (!known)
		return refuse(r, r->p, _("not valid JSON: a value is expected here"),
			      value_hint(r));
	node->text = arena_strndup(r->b.arena, r->p, n);
	if (!node->text)
		return build_no_memory();
	node->count = (uint32_t)n;
	r->p = end;
	return node_resolve(r->b.arena, node);
}

/* four hexadecimal digits; -1 when they are not there */
static int32_t take_hex(const char *p, const char *end)
{
	int32_t c = 0;

	if (end - p < 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		char d = p[i];
		int digit = d >= '0' && d <= '9'   ? d - '0'
			    : d >= 'a' && d <= 'f' ? d - 'a' + 10
			    : d >= 'A' && d <= 'F' ? d - 'A' + 10
						   : -1;

		if (digit < 0)
			return -1;
		c = c * 16 + digit;
	}
	return c;
}

/* \uXXXX, or two of them for a character beyond U+FFFF (RFC 8259 7) */
static int take_unicode(struct json_reader *r, const char *at)
{
	int32_t c = take_hex(at + 2, r->end), low;
	char bytes[4];

	if (c < 0)
		return refuse(r, at, _("not valid JSON: four hexadecimal digits must follow \\u"),
			      NULL);
	r->p = at + 6;
	if (c >= 0xd800 && c < 0xe000) {
		low = c < 0xdc00 && r->end - r->p >= 2 && r->p[0] == '\\' && r->p[1] == 'u'
			      ? take_hex(r->p + 2, r->end)
			      : -1;
		if (low < 0xdc00 || low >= 0xe000)
			return refuse(r, at, _("not valid JSON: half of a surrogate pair"),
				      _("a character beyond U+FFFF is a pair of escapes, "
					"\\ud83d\\udc09"));
		c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
		r->p += 6;
	}
	str_addn(&r->scratch, bytes, utf8_encode(c, bytes));
	return 0;
}

static int take_escape(struct json_reader *r)
{
	static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
	const char *at = r->p, *name;

	if (r->end - at < 2)
		return refuse(r, r->end, _("not valid JSON: the text has no end"), NULL);
	if (at[1] == 'u')
		return take_unicode(r, at);
	name = at[1] ? strchr(names, at[1]) : NULL;
	if (!name)
		return refuse(r, at, _("not valid JSON: no such escape"),
			      _("a backslash itself is written twice"));
	str_addc(&r->scratch, values[name - names]);
	r->p = at + 2;
	return 0;
}

/* behind the quote; a text without escapes is copied in one piece */
static int take_string(struct json_reader *r, struct node *node)
{
	node->type = NODE_STRING;
	node->style = STYLE_QUOTED;
	str_reset(&r->scratch);
	for (r->p++; r->p < r->end && *r->p != '"';) {
		const char *from = r->p;

		while (r->p < r->end && *r->p != '"' && *r->p != '\\' &&
		       (unsigned char)*r->p >= 0x20)
			r->p++;
		str_addn(&r->scratch, from, (size_t)(r->p - from));
		if (r->p < r->end && (unsigned char)*r->p < 0x20)
			return refuse(
				r, r->p,
				_("not valid JSON: a control character in a text must be escaped"),
				*r->p == '\n' ? _("is a quote missing at the end of the line?")
					      : _("a tab is \\t, a line end \\n"));
		if (r->p < r->end && *r->p == '\\' && take_escape(r) < 0)
			return -1;
	}
	if (r->p == r->end)
		return refuse(r, r->end, _("not valid JSON: the text has no end"), NULL);
	r->p++;
	node->text = r->scratch.failed
			     ? NULL
			     : arena_strndup(r->b.arena, str_text(&r->scratch), r->scratch.len);
	node->count = (uint32_t)r->scratch.len;
	return node->text ? 0 : build_no_memory();
}

static int take_value(struct json_reader *r)
{
	struct node node = { .style = STYLE_PLAIN };

	mark(r, r->p);
	node.line = r->line;
	node.column = r->column;
	if (build_count(&r->b, node.line, node.column, 1) < 0)
		return -1;
	if (r->p < r->end && (*r->p == '{' || *r->p == '[')) {
		node.type = *r->p++ == '{' ? NODE_MAP : NODE_LIST;
		node.style = STYLE_FLOW;
		return build_open(&r->b, &node) ? 0 : -1;
	}
	if ((r->p < r->end && *r->p == '"' ? take_string : take_word)(r, &node) < 0)
		return -1;
	return build_add(&r->b, &node);
}

static int take_name(struct json_reader *r)
{
	struct node node = { 0 };

	mark(r, r->p);
	node.line = r->line;
	node.column = r->column;
	if (r->p == r->end || *r->p != '"')
		return refuse(r, r->p,
			      _("not valid JSON: a name in double quotes is expected here"),
			      r->p < r->end && *r->p == '}' ? _("a comma too many?") : NULL);
	if (build_count(&r->b, node.line, node.column, 1) < 0 || take_string(r, &node) < 0)
		return -1;
	build_name(&r->b, &node);
	skip_space(r);
	if (r->p == r->end || *r->p != ':')
		return refuse(r, r->p, _("not valid JSON: a colon is expected behind the name"),
			      NULL);
	r->p++;
	skip_space(r);
	return take_value(r);
}

/* what comes in the list or map that is open: its end, or the next value */
static int take_next(struct json_reader *r)
{
	const struct frame *frame = build_frame(&r->b);
	bool map = frame->node.type == NODE_MAP, first = frame->first == r->b.nslots;
	struct node node;

	skip_space(r);
	if (r->p < r->end && *r->p == (map ? '}' : ']')) {
		r->p++;
		return build_close(&r->b, &node) < 0 ? -1 : build_add(&r->b, &node);
	}
	if (!first) {
		if (r->p == r->end || *r->p != ',')
			return refuse(r, r->p,
				      map ? _("not valid JSON: a comma or } is expected here")
					  : _("not valid JSON: a comma or ] is expected here"),
				      NULL);
		r->p++;
		skip_space(r);
	}
	return map ? take_name(r) : take_value(r);
}

static struct node *take_document(struct json_reader *r)
{
	struct node *root;

	skip_space(r);
	if (r->p == r->end) {
		build_refuse(&r->b, "empty", 1, 1, _("the file is empty"), NULL);
		return NULL;
	}
	if (take_value(r) < 0)
		return NULL;
	while (r->b.depth)
		if (take_next(r) < 0)
			return NULL;
	skip_space(r);
	if (r->p < r->end) {
		refuse(r, r->p, _("not valid JSON: something follows the value"), NULL);
		return NULL;
	}
	root = build_root(&r->b);
	if (!root)
		build_no_memory();
	return root;
}

struct node *json_read(struct arena *arena, const char *name, const char *text, size_t size,
		       const struct read_options *options, struct findings *findings)
{
	struct json_reader r = { .line = 1, .column = 1 };
	struct node *root;

	if (bytes_check_encoding(name, text, size, options, findings) < 0)
		return NULL;
	if (size >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
		text += 3;
		size -= 3;
	}
	if (build_init(&r.b, name, text, size, options, findings) < 0)
		return NULL;
	r.p = r.marked = text;
	r.end = text + size;
	build_begin(&r.b, arena);
	root = take_document(&r);
	str_release(&r.scratch);
	build_release(&r.b);
	return root;
}
