#include "must.h"

#include "base/map.h"
#include "base/str.h"
#include "base/utf8.h"
#include "schema/number.h"
#include "yaml/write.h"

void must_fail(const char *condition, const char *file, int line)
{
	fprintf(stderr, "%s:%d: this must hold: %s\n", file, line, condition);
	abort();
}

static void must_be_text(const char *text)
{
	MUST(!text || utf8_valid(text, strlen(text)) == strlen(text));
}

/* what a person sees of it: whatever the input is, nothing that acts on a terminal */
static void must_be_shown(const struct finding *f)
{
	struct str out = { 0 };
	const char *p, *end;

	finding_show(&out, f, f->file, true, false);
	MUST(!out.failed && utf8_valid(out.p, out.len) == out.len);
	for (p = out.p, end = p + out.len; p < end;) {
		int32_t c = utf8_decode(&p, end);

		MUST(c == '\n' || !utf8_is_control(c));
	}
	str_release(&out);
}

void must_be_findings(const struct findings *findings)
{
	size_t errors = 0, warnings = 0;

	MUST(!findings->lost);
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *f = &findings->items[i];

		MUST(f->code && *f->code && f->message && *f->message);
		must_be_text(f->message);
		must_be_text(f->hint);
		must_be_text(f->label);
		must_be_text(f->within);
		must_be_text(f->excerpt);
		MUST((f->line == 0) == (f->column == 0));
		/* the caret may stand behind the last character */
		MUST(!f->excerpt || (f->caret >= 1 && f->caret <= strlen(f->excerpt) + 1));
		must_be_shown(f);
		errors += f->level == LEVEL_ERROR;
		warnings += f->level == LEVEL_WARNING;
	}
	MUST(findings->errors == errors && findings->warnings == warnings);
}

struct walk {
	size_t size;
	uint32_t lines; /* of the text */
};

static void must_be_place(const struct walk *walk, uint32_t line, uint32_t column)
{
	MUST(line >= 1 && line <= walk->lines);
	MUST(column >= 1 && column <= walk->size + 1);
}

static void must_be_number(const struct node *node)
{
	const char *first = node->text + (*node->text == '-');
	struct decimal d = decimal_of(node->text, node->count);

	/* RFC 8259 6: as a JSON number is written */
	MUST(*first >= '0' && *first <= '9');
	MUST(strspn(node->text, "0123456789.eE+-") == node->count);
	MUST(!(*first == '0' && first[1] >= '0' && first[1] <= '9'));
	if (node->flags & NODE_INTEGER)
		MUST(decimal_is_integer(&d) && strtoll(node->text, NULL, 10) == node->integer);
}

static void must_be_node(const struct walk *walk, const struct node *node)
{
	must_be_place(walk, node->line, node->column);
	switch ((enum node_type)node->type) {
	case NODE_LIST:
		for (uint32_t i = 0; i < node->count; i++)
			MUST(node->items[i].type <= NODE_MAP);
		return;
	case NODE_MAP:
		for (uint32_t i = 0; i < node->count; i++) {
			const struct member *m = &node->members[i];

			must_be_place(walk, m->line, m->column);
			MUST(utf8_valid(m->name, m->len) == m->len && !m->name[m->len]);
			MUST(m->hash == text_hash(m->name, m->len));
			MUST(node_find(node, m->name, m->len) == m);
		}
		return;
	case NODE_NUMBER:
		must_be_number(node);
		break;
	default:
		break;
	}
	MUST(utf8_valid(node->text, node->count) == node->count && !node->text[node->count]);
}

/* as deep as the reader's limit; what is behind an alias has been seen at its anchor */
static void go_through(const struct walk *walk, const struct node *node)
{
	must_be_node(walk, node);
	if (node->flags & NODE_ALIAS)
		return;
	for (uint32_t i = 0; node->type == NODE_LIST && i < node->count; i++)
		go_through(walk, &node->items[i]);
	for (uint32_t i = 0; node->type == NODE_MAP && i < node->count; i++)
		go_through(walk, node->members[i].value);
}

void must_be_tree(const struct node *root, const char *text, size_t size)
{
	struct walk walk = { .size = size, .lines = 1 };

	for (const char *p = text; p < text + size; p++)
		walk.lines += *p == '\n';
	/* libyaml puts the end of a text, if it does not end in a newline, behind one */
	if (size && text[size - 1] != '\n')
		walk.lines++;
	go_through(&walk, root);
}

/* libyaml reads a name of at most 1024 characters without `?`; quotes and escapes count */
static bool has_long_name(const struct node *node)
{
	for (uint32_t i = 0; node->type == NODE_LIST && i < node->count; i++)
		if (has_long_name(&node->items[i]))
			return true;
	for (uint32_t i = 0; node->type == NODE_MAP && i < node->count; i++)
		if (node->members[i].len > 150 || has_long_name(node->members[i].value))
			return true;
	return false;
}

void must_survive_writing(const struct node *root, const struct read_options *options)
{
	struct str first = { 0 }, second = { 0 };
	struct arena arena = { 0 };
	struct findings findings = { 0 };
	const struct node *again;

	if (root->type != NODE_MAP || !root->count || has_long_name(root))
		return;
	yaml_write(&first, root);
	MUST(!first.failed && first.len && first.p[first.len - 1] == '\n');
	again = yaml_read(&arena, "written", first.p, first.len, options, &findings);
	MUST(again && findings.count == 0);
	MUST(node_equal(root, again));
	yaml_write(&second, again);
	MUST(strcmp(str_text(&first), str_text(&second)) == 0);
	str_release(&first);
	str_release(&second);
	findings_release(&findings);
	arena_release(&arena);
}

/* the value a JSON pointer (RFC 6901) names, or the one whose name it is; NULL for none */
static const struct node *pointed(const struct node *node, const char *pointer)
{
	while (node && *pointer == '/') {
		const char *end = pointer + 1 + strcspn(pointer + 1, "/");
		struct str token = { 0 };
		const struct node *next = NULL;

		for (const char *p = pointer + 1; p < end; p++)
			str_addc(&token, *p != '~' ? *p : *++p == '0' ? '~' : '/');
		if (node->type == NODE_MAP) {
			const struct member *m = node_find(node, str_text(&token), token.len);

			next = m ? m->value : NULL;
		} else if (node->type == NODE_LIST) {
			size_t i = strtoul(str_text(&token), NULL, 10);

			next = i < node->count ? &node->items[i] : NULL;
		}
		str_release(&token);
		node = next;
		pointer = end;
	}
	return *pointer ? NULL : node;
}

/* a pointer is a C string, so it ends at a NUL in a name */
static bool has_nul(const struct node *node)
{
	for (uint32_t i = 0; node->type == NODE_LIST && i < node->count; i++)
		if (has_nul(&node->items[i]))
			return true;
	for (uint32_t i = 0; node->type == NODE_MAP && i < node->count; i++)
		if (strlen(node->members[i].name) != node->members[i].len ||
		    has_nul(node->members[i].value))
			return true;
	return false;
}

/* a host that knows short words and records, and has not all of them here */
static bool is_word(void *context, const char *kind, const struct node *value)
{
	(void)context;
	return *kind && value->count < 4;
}

static void word_hint(void *context, const char *kind, const struct node *value, struct str *hint)
{
	(void)context;
	(void)value;
	str_add(hint, kind);
}

static enum record_answer has_record(void *context, const char *const *kinds, size_t n,
				     const struct node *value, bool finding)
{
	(void)context;
	if (finding && value->count > 8)
		return RECORD_NOT_HERE;
	return value->count > 4 || (n && !*kinds[0]) ? RECORD_MISSING : RECORD_FOUND;
}

static const struct schema_host host = { NULL, is_word, word_hint, has_record };

void must_agree(const struct schema *schema, struct schema_run *run, const struct node *value,
		const struct schema_source *source)
{
	struct schema_run *fresh = schema_run_new(schema);
	struct findings findings = { 0 };
	bool warnings, again, valid = schema_check(schema, run, value, &host, &warnings);

	MUST(fresh);
	MUST(schema_check(schema, fresh, value, &host, &again) == valid && again == warnings);
	schema_explain(schema, run, value, &host, source, &findings);
	must_be_findings(&findings);
	MUST(valid == (findings.errors == 0));
	MUST(!valid || warnings == (findings.warnings > 0));
	for (size_t i = 0; i < findings.count; i++)
		MUST(pointed(value, findings.items[i].pointer) || has_nul(value));
	findings_release(&findings);
	MUST(schema_check(schema, run, value, &host, NULL) == valid);
	schema_run_free(fresh);
}
