/* Keywords that look at one value: 2020-12 validation 6.1 to 6.5, format (7) and our own
 * vocabulary. */
#include "schema/compile.h"

#include <string.h>

#include "base/msg.h"
#include "base/str.h"

bool compile_expect(struct compiler *c, const struct keyword *keyword, const struct node *value,
		    unsigned types, const char *what)
{
	if (types >> value->type & 1)
		return true;
	compile_refuse(c, "bad-keyword", value, _("'%s' must be %s"), keyword->name, _(what));
	return false;
}

int compile_is_string(struct compiler *c, const struct keyword *keyword, const struct node *value)
{
	return compile_expect(c, keyword, value, TYPE_STRING, N_("a string")) ? 0 : -1;
}

int compile_is_boolean(struct compiler *c, const struct keyword *keyword, const struct node *value)
{
	return compile_expect(c, keyword, value, TYPE_BOOL, N_("true or false")) ? 0 : -1;
}

int compile_is_list(struct compiler *c, const struct keyword *keyword, const struct node *value)
{
	return compile_expect(c, keyword, value, TYPE_LIST, N_("a list")) ? 0 : -1;
}

uint32_t compile_text(struct compiler *c, const char *text, uint32_t n)
{
	struct schema *s = c->program;
	const char *copy = arena_strndup(&s->arena, text, n);

	if (!copy || !ROOM(c, s->texts)) {
		c->no_memory = true;
		return NONE;
	}
	s->texts.p[s->texts.count] =
		(struct text){ .p = copy, .len = n, .hash = text_hash(text, n) };
	return s->texts.count++;
}

static unsigned type_bit(struct compiler *c, const struct node *name)
{
	static const struct {
		const char *name;
		unsigned bit;
	} types[] = {
		{ "string", TYPE_STRING }, { "object", TYPE_MAP },      { "array", TYPE_LIST },
		{ "number", TYPE_NUMBER }, { "integer", TYPE_INTEGER }, { "boolean", TYPE_BOOL },
		{ "null", TYPE_NULL },
	};
	struct finding *f;

	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (node_is(name, types[i].name))
			return types[i].bit;
	f = compile_refuse(c, "bad-keyword", name, _("'type' does not know '%s'"),
			   name->type == NODE_LIST || name->type == NODE_MAP ? "?" : name->text);
	if (name->type == NODE_NULL)
		finding_hint(c->findings, f, "%s", _("quote it: 'null'"));
	else
		finding_hint(c->findings, f, "%s",
			     _("allowed: string, number, integer, boolean, array, object, null"));
	return 0;
}

/* validation 6.1.1 */
int compile_type(struct compiler *c, const struct keyword *keyword, const struct node *value)
{
	unsigned mask = 0;

	if (value->type != NODE_LIST)
		mask = type_bit(c, value);
	else if (!value->count)
		compile_refuse(c, "bad-keyword", value, _("'%s' must name one type or more"),
			       keyword->name);
	for (uint32_t i = 0; i < list_count(value); i++) {
		unsigned bit = type_bit(c, &value->items[i]);

		if (mask & bit)
			compile_refuse(c, "bad-keyword", &value->items[i], _("'%s' has '%s' twice"),
				       keyword->name, value->items[i].text);
		mask |= bit;
	}
	return compile_emit(c, OP_TYPE, TYPE_ANY, mask, 0, 0);
}

static int emit_choices(struct compiler *c, enum op_code code, const struct node *items, uint32_t n)
{
	struct schema *s = c->program;
	struct node *copies = arena_array(&s->arena, n, sizeof(*copies));
	uint32_t *hashes = arena_array(&s->arena, n, sizeof(*hashes));

	if (!copies || !hashes || !ROOM(c, s->choices)) {
		c->no_memory = true;
		return -1;
	}
	for (uint32_t i = 0; i < n; i++) {
		copies[i] = items[i];
		if (items[i].type != NODE_LIST && items[i].type != NODE_MAP)
			hashes[i] = value_hash(&items[i]);
	}
	s->choices.p[s->choices.count] =
		(struct choices){ .count = n, .items = copies, .hashes = hashes };
	return compile_emit(c, code, TYPE_ANY, s->choices.count++, 0, 0);
}

/* validation 6.1.2; an empty list is allowed and is never satisfied */
int compile_enum(struct compiler *c, const struct keyword *keyword, const struct node *value)
{
	if (!compile_expect(c, keyword, value, TYPE_LIST, N_("a list")))
		return -1;
	return emit_choices(c, OP_ENUM, value->items, value->count);
}

/* validation 6.1.3 */
int compile_const(struct compiler *c, const struct keyword *keyword, const struct node *value)
{
	(void)keyword;
	return emit_choices(c, OP_CONST, value, 1);
}

static struct bound *new_bound(struct compiler *c, const struct node *value)
{
	struct schema *s = c->program;
	const char *text = arena_strndup(&s->arena, value->text, value->count);
	struct bound *bound;

	if (!text || !ROOM(c, s->bounds)) {
		c->no_memory = true;
		return NULL;
	}
	bound = &s->bounds.p[s->bounds.count++];
	*bound = (struct bound){ .decimal = decimal_of(text, value->count) };
	if (value->flags & NODE_INTEGER) {
		bound->small = true;
		bound->integer = value->integer;
	}
	return bound;
}

/* validation 6.2.2 to 6.2.5 */
int compile_bound(struct compiler *c, const struct keyword *keyword, const struct node *value)
{
	if (!compile_expect(c, keyword, value, TYPE_NUMBER, N_("a number")) || !new_bound(c, value))
		return -1;
	return compile_emit(c, (enum op_code)keyword->detail, TYPE_NUMBER,
			    c->program->bounds.count - 1, 0, 0);
}

/* validation 6.2.1 */
int compile_multiple(struct compiler *c, const struct keyword *keyword, const struct node *value)
{
	struct bound *bound;

	if (!compile_expect(c, keyword, value, TYPE_NUMBER, N_("a number greater than 0")))
		return -1;
	bound = new_bound(c, value);
	if (!bound)
		return -1;
	if (!divisor_of(&bound->decimal, &bound->divisor)) {
		compile_refuse(c, "bad-keyword", value,
			       _("'%s' must be greater than 0 and have at most 38 digits"),
			       keyword->name);
		return -1;
	}
	return compile_emit(c, OP_MULTIPLE, TYPE_NUMBER, c->program->bounds.count - 1, 0, 0);
}

static bool take_count(struct compiler *c, const struct keyword *keyword, const struct node *value,
		       uint32_t *count)
{
	if (value->type == NODE_NUMBER) {
		struct decimal d = decimal_of(value->text, value->count);

		if (decimal_count(&d, count))
			return true;
	}
	compile_refuse(c, "bad-keyword", value, _("'%s' must be an integer, 0 or more"),
		       keyword->name);
	return false;
}

/* validation 6.3.1, 6.3.2, 6.4.1, 6.4.2, 6.5.1, 6.5.2 */
int compile_size(struct compiler *c, const struct keyword *keyword, const struct node *value)
{
	enum op_code code = (enum op_code)keyword->detail;
	unsigned types = code <= OP_MAX_LENGTH  ? TYPE_STRING
			 : code <= OP_MAX_ITEMS ? TYPE_LIST
						: TYPE_MAP;
	uint32_t count;

	if (!take_count(c, keyword, value, &count))
		return -1;
	return compile_emit(c, code, types, count, 0, 0);
}

int compile_draft_count(struct compiler *c, const struct keyword *keyword, const struct node *value)
{
	uint32_t count;

	if (!take_count(c, keyword, value, &count))
		return -1;
	c->draft[keyword->detail] = value;
	return 0;
}

uint32_t compile_pattern(struct compiler *c, const char *text, uint32_t n, const struct node *where)
{
	struct schema *s = c->program;
	struct str why = { 0 };
	struct pattern *pattern;

	if (!ROOM(c, s->patterns))
		return NONE;
	pattern = pattern_new(text, n, &why);
	if (pattern)
		s->patterns.p[s->patterns.count++] = pattern;
	else if (why.len && !why.failed)
		compile_refuse(c, "bad-pattern", where, _("not a pattern: %s"), str_text(&why));
	else
		c->no_memory = true;
	str_release(&why);
	return pattern ? s->patterns.count - 1 : NONE;
}

/* validation 6.3.3 */
int compile_pattern_keyword(struct compiler *c, const struct keyword *keyword,
			    const struct node *value)
{
	uint32_t pattern;

	if (!compile_expect(c, keyword, value, TYPE_STRING, N_("a string")))
		return -1;
	pattern = compile_pattern(c, value->text, value->count, value);
	return pattern == NONE ? -1 : compile_emit(c, OP_PATTERN, TYPE_STRING, pattern, 0, 0);
}

/* validation 7.2: an unknown format never fails, but where the vocabulary is declared (7.2.3) */
int compile_format(struct compiler *c, const struct keyword *keyword, const struct node *value)
{
	bool declared = c->resources.p[c->resource].vocabularies & VOCABULARY_FORMAT_ASSERTION;
	size_t format;

	if (!compile_expect(c, keyword, value, TYPE_STRING, N_("a string")))
		return -1;
	format = format_find(value->text, value->count);
	if (format == schema_format_count) {
		if (!declared)
			return 0;
		compile_refuse(c, "bad-keyword", value, _("there is no format '%s'"), value->text);
		return -1;
	}
	if (!declared && !(c->flags & SCHEMA_ASSERT_FORMAT))
		return 0;
	return compile_emit(c, OP_FORMAT, TYPE_STRING, (uint32_t)format, 0, 0);
}

/* validation 6.4.3 */
int compile_unique(struct compiler *c, const struct keyword *keyword, const struct node *value)
{
	if (!compile_expect(c, keyword, value, TYPE_BOOL, N_("true or false")))
		return -1;
	return value->boolean ? compile_emit(c, OP_UNIQUE, TYPE_LIST, 0, 0, 0) : 0;
}

int compile_draft_string(struct compiler *c, const struct keyword *keyword,
			 const struct node *value)
{
	if (!compile_expect(c, keyword, value, TYPE_STRING, N_("a string")))
		return -1;
	c->draft[keyword->detail] = value;
	return 0;
}

int compile_draft_boolean(struct compiler *c, const struct keyword *keyword,
			  const struct node *value)
{
	if (!compile_expect(c, keyword, value, TYPE_BOOL, N_("true or false")))
		return -1;
	c->draft[keyword->detail] = value;
	return 0;
}

int compile_draft_strings(struct compiler *c, const struct keyword *keyword,
			  const struct node *value)
{
	bool valid = compile_expect(c, keyword, value, TYPE_LIST, N_("a list of strings"));

	for (uint32_t i = 0; i < list_count(value); i++)
		valid &= compile_expect(c, keyword, &value->items[i], TYPE_STRING,
					N_("a list of strings"));
	if (!valid)
		return -1;
	c->draft[keyword->detail] = value;
	return 0;
}

/* x-not-before, x-not-after: the name of a property beside the one that has the keyword */
int compile_sibling(struct compiler *c, const struct keyword *keyword, const struct node *value)
{
	uint32_t text;

	if (!compile_expect(c, keyword, value, TYPE_STRING, N_("the name of a property")))
		return -1;
	text = compile_text(c, value->text, value->count);
	return text == NONE
		       ? -1
		       : compile_emit(c, (enum op_code)keyword->detail, TYPE_SCALAR, text, 0, 0);
}

static int emit_record(struct compiler *c, const struct node *list)
{
	struct schema *s = c->program;
	const char **names = arena_array(&s->arena, list->count, sizeof(*names));

	if (!names || !ROOM(c, s->kinds)) {
		c->no_memory = true;
		return -1;
	}
	for (uint32_t i = 0; i < list->count; i++) {
		names[i] = arena_strndup(&s->arena, list->items[i].text, list->items[i].count);
		if (!names[i]) {
			c->no_memory = true;
			return -1;
		}
	}
	s->kinds.p[s->kinds.count] = (struct record_kinds){ .names = names, .count = list->count };
	return compile_emit(c, OP_RECORD, TYPE_STRING, s->kinds.count++, 0, 0);
}

int compile_words(struct compiler *c)
{
	const struct node *word = c->draft[DRAFT_WORD], *level = c->draft[DRAFT_WORD_LEVEL];
	const struct node *record = c->draft[DRAFT_RECORD], *finding = c->draft[DRAFT_FINDING];
	struct schema *s = c->program;

	if (level && !node_is(level, "warning") && !node_is(level, "error"))
		compile_refuse(c, "bad-keyword", level, _("'%s' must be 'warning' or 'error'"),
			       "x-word-level");
	if (word) {
		uint32_t text = compile_text(c, word->text, word->count);

		if (text == NONE || compile_emit(c, OP_WORD, TYPE_SCALAR, text, 0, 0) < 0)
			return -1;
		if (node_is(level, "warning"))
			s->ops.p[s->ops.count - 1].flags = OP_IS_WARNING;
	}
	if (record) {
		if (emit_record(c, record) < 0)
			return -1;
		if (finding && finding->boolean)
			s->ops.p[s->ops.count - 1].flags = OP_IS_FINDING;
	}
	return 0;
}
