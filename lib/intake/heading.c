#include "intake/heading.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

#define SEQ "seq"
#define OBSERVATIONS "observations"

/* a heading that holds one of these is about a person; those of the form itself come first */
static const char *const PERSONAL[] = { "身份证",   "证件号", "电话", "手机", "联系人",
					"联系方式", "邮箱",   "微信", "QQ",   "住址",
					"银行",     "出生",   "性别", "民族", "法定代表人" };

struct heading_word {
	int column;
	bool ambiguous;
	const struct indicator *indicator; /* that it is the word of, or NULL */
};

static const struct node *annex_of(const struct plan *plan, const char *id)
{
	const struct node *list = node_get(plan->root, "annexes");

	for (size_t i = 0; i < list_count(list); i++)
		if (node_is(node_get(&list->items[i], "id"), id))
			return &list->items[i];
	return NULL;
}

bool intake_form_find(const struct plan *plan, const char *id, struct intake_form *form)
{
	const struct node *annex = annex_of(plan, id);

	*form = (struct intake_form){ .kind = KIND_OBSERVATION };
	if (!annex)
		return strcmp(id, OBSERVATIONS) == 0;
	form->kind = kind_named(node_string(annex, "record"));
	form->title = node_string(annex, "title");
	form->vertical = node_is(node_get(annex, "layout"), "form");
	return true;
}

/* without what stands in brackets, and marks of what must be filled in */
static char *without_notes(struct arena *arena, const char *folded)
{
	char *copy = arena_strdup(arena, folded), *to = copy;
	unsigned depth = 0;

	for (const char *p = copy; p && *p;) {
		size_t n = utf8_length_of(*p);
		bool opens = *p == '(' || *p == '[' || strncmp(p, "【", 3) == 0;
		bool closes = *p == ')' || *p == ']' || strncmp(p, "】", 3) == 0;

		depth += opens;
		if (!depth && *p != '*' && *p != ':') {
			memmove(to, p, n);
			to += n;
		}
		depth -= closes && depth;
		p += n;
	}
	if (copy)
		*to = '\0';
	return copy;
}

static int add_indicator_word(struct intake_form *form, struct arena *arena, const char *text,
			      int column, const struct indicator *indicator)
{
	char *folded = name_fold(arena, text, strlen(text));
	char *bare = folded ? without_notes(arena, folded) : NULL;
	struct heading_word *word = bare ? map_get(&form->words, bare, strlen(bare)) : NULL;

	if (word) {
		word->ambiguous = word->ambiguous || word->column != column;
		if (word->indicator != indicator)
			word->indicator = NULL;
		return 0;
	}
	word = arena_alloc(arena, sizeof(*word));
	if (!bare || !word)
		return -1;
	word->column = column;
	word->indicator = indicator;
	return map_put(&form->words, bare, strlen(bare), word);
}

static int add_word(struct intake_form *form, struct arena *arena, const char *text, int column)
{
	char *folded = name_fold(arena, text, strlen(text));
	struct heading_word *word = folded ? map_get(&form->words, folded, strlen(folded)) : NULL;

	if (word) {
		word->ambiguous = word->ambiguous || word->column != column;
		return 0;
	}
	word = arena_alloc(arena, sizeof(*word));
	if (!folded || !word)
		return -1;
	word->column = column;
	return map_put(&form->words, folded, strlen(folded), word);
}

static int add_words(struct intake_form *form, struct arena *arena, const struct node *list,
		     int column)
{
	for (size_t i = 0; i < list_count(list); i++)
		if (add_word(form, arena, list->items[i].text, column) < 0)
			return -1;
	return 0;
}

static const struct schema_property *property_of(const struct schema_property *properties, size_t n,
						 const char *field)
{
	const char *name = strcmp(field, SEQ) == 0 ? "form_seq" : field;

	for (size_t i = 0; i < n; i++)
		if (strcmp(properties[i].name, name) == 0)
			return &properties[i];
	return NULL;
}

/* given by the program, never by a table */
static bool is_own(const char *field)
{
	return strcmp(field, "kind") == 0 || strcmp(field, "id") == 0 ||
	       strcmp(field, "entered") == 0;
}

static int add_column(struct intake_form *form, const char *name, const char *field,
		      const struct schema_property *property)
{
	struct intake_column *column = &form->columns[form->ncolumns];

	*column = (struct intake_column){ .name = name, .field = field, .property = property };
	column->required = property && property->required;
	return (int)form->ncolumns++;
}

static int add_printed(struct intake_form *form, const struct node *columns,
		       const struct schema_property *properties, size_t n, struct arena *arena)
{
	for (size_t i = 0; i < list_count(columns); i++) {
		const struct node *item = &columns->items[i];
		const char *name = node_string(item, "name"), *field = node_string(item, "field");
		int column = add_column(form, name, field, property_of(properties, n, field));

		if (add_word(form, arena, name, column) < 0 ||
		    add_words(form, arena, node_get(item, "aliases"), column) < 0)
			return -1;
	}
	form->nprinted = form->ncolumns;
	return 0;
}

/* what the form does not print, and of what it does the words that the schema has */
static int add_properties(struct intake_form *form, const struct schema_property *properties,
			  size_t n, struct arena *arena)
{
	for (size_t i = 0; i < n; i++) {
		const struct schema_property *p = &properties[i];
		int column = form_column(form, strcmp(p->name, "form_seq") == 0 ? SEQ : p->name);
		bool printed = column >= 0 && form->nprinted;

		if (is_own(p->name) || !p->title || (p->type && strcmp(p->type, "object") == 0))
			continue;
		if (column < 0)
			column = add_column(form, p->title, p->name, p);
		/* a field's own title may be what another column is called on the form */
		if ((!printed || !map_has(&form->words, p->title, strlen(p->title))) &&
		    add_word(form, arena, p->title, column) < 0)
			return -1;
		if (add_words(form, arena, p->headings, column) < 0)
			return -1;
	}
	return 0;
}

/* of one indicator: what its parts are called, and what else clerks call them */
static int add_indicator(struct intake_form *form, const struct indicator *indicator,
			 struct arena *arena)
{
	static const char *const fields[] = { "numerator", "denominator", "value", "count" };
	const struct node *headings = node_get(indicator->node, "headings");

	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++) {
		const struct node *list = node_get(headings, fields[i]);
		const char *own = node_string(indicator->node, fields[i]);
		int column = form_column(form, fields[i]);

		if (column < 0)
			continue;
		if (own && add_indicator_word(form, arena, own, column, indicator) < 0)
			return -1;
		for (size_t k = 0; k < list_count(list); k++)
			if (add_indicator_word(form, arena, list->items[k].text, column,
					       indicator) < 0)
				return -1;
	}
	if (strcmp(indicator->unit_of_measure ? indicator->unit_of_measure : "", "%") != 0)
		return 0;
	return add_indicator_word(form, arena, indicator->name, form_column(form, "value"),
				  indicator);
}

static int add_indicators(struct intake_form *form, const struct plan *plan, struct arena *arena)
{
	for (size_t i = 0; form->kind == KIND_OBSERVATION && i < plan->nindicators; i++)
		if (!plan->indicators[i].point &&
		    add_indicator(form, &plan->indicators[i], arena) < 0)
			return -1;
	return 0;
}

int intake_form_load(struct intake_form *form, const struct plan *plan, const char *id,
		     const struct schema_property *properties, size_t n, struct arena *arena)
{
	const struct node *annex = annex_of(plan, id);
	const struct node *columns = node_get(annex, "columns");

	map_init(&form->words, arena);
	form->columns = arena_array(arena, list_count(columns) + n + 1, sizeof(*form->columns));
	if (!form->columns || add_printed(form, columns, properties, n, arena) < 0 ||
	    add_properties(form, properties, n, arena) < 0 || add_indicators(form, plan, arena) < 0)
		return -1;
	form->nnames = form->words.count;
	form->names = arena_array(arena, form->nnames, sizeof(*form->names));
	for (size_t i = 0; form->names && i < form->nnames; i++)
		form->names[i] = form->words.entries[i].key;
	return form->names ? 0 : -1;
}

int form_column(const struct intake_form *form, const char *field)
{
	for (size_t i = 0; i < form->ncolumns; i++)
		if (text_is(form->columns[i].field, field))
			return (int)i;
	return -1;
}

static bool is_personal(const char *folded)
{
	for (size_t i = 0; i < sizeof(PERSONAL) / sizeof(*PERSONAL); i++)
		if (strstr(folded, PERSONAL[i]))
			return true;
	return false;
}

static const struct heading_word *word_of(const struct intake_form *form, const char *folded,
					  const char *bare)
{
	const struct heading_word *word = map_get(&form->words, folded, strlen(folded));

	return word ? word : map_get(&form->words, bare, strlen(bare));
}

enum heading_sort heading_find(const struct intake_form *form, const char *text, int *column)
{
	struct arena arena = { 0 };
	char *folded = name_fold(&arena, text, strlen(text));
	char *bare = folded ? without_notes(&arena, folded) : NULL;
	const struct heading_word *word = bare ? word_of(form, folded, bare) : NULL;
	enum heading_sort sort = HEADING_UNKNOWN;
	size_t n = strlen(text);

	if (word)
		sort = word->ambiguous ? HEADING_AMBIGUOUS : HEADING_KNOWN;
	else if (!bare && utf8_valid(text, n) == n)
		sort = HEADING_NO_MEMORY;
	else if (bare && !*folded)
		sort = HEADING_EMPTY;
	else if (bare && is_personal(folded))
		sort = HEADING_PERSONAL;
	if (sort == HEADING_KNOWN)
		*column = word->column;
	arena_release(&arena);
	return sort;
}

const char *heading_indicator(const struct intake_form *form, const char *text)
{
	struct arena arena = { 0 };
	char *folded = name_fold(&arena, text, strlen(text));
	char *bare = folded ? without_notes(&arena, folded) : NULL;
	const struct heading_word *word = bare ? word_of(form, folded, bare) : NULL;
	const char *id = word && word->indicator ? word->indicator->id : NULL;

	arena_release(&arena);
	return id;
}

bool heading_says_percent(const char *text)
{
	return strchr(text, '%') || strstr(text, "％");
}

bool form_is_title(const struct intake_form *form, const char *text)
{
	struct arena arena = { 0 };
	char *folded = name_fold(&arena, text, strlen(text));
	char *title = form->title ? name_fold(&arena, form->title, strlen(form->title)) : NULL;
	bool found = folded && title && strstr(folded, title);

	arena_release(&arena);
	return found;
}
