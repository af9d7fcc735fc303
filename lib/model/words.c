/* The plan's words: what the schemas' x-word asks, and what people type instead of codes. */
#include <string.h>

#include "base/msg.h"
#include "base/utf8.h"
#include "model/plan.h"

#define NEAR 2
#define MOST_LISTED 12

static bool same_word(const struct node *node, const char *word)
{
	struct arena arena = { 0 };
	char *a = node && node->type == NODE_STRING ? name_fold(&arena, node->text, node->count)
						    : NULL;
	char *b = name_fold(&arena, word, strlen(word));
	bool same = a && b && strcmp(a, b) == 0;

	arena_release(&arena);
	return same;
}

static bool has_word(const struct node *entry, const char *code_key, const char *word)
{
	const struct node *aliases = node_get(entry, "aliases");

	if (node_is(node_get(entry, code_key), word) || same_word(node_get(entry, "name"), word))
		return true;
	for (size_t i = 0; i < list_count(aliases); i++)
		if (same_word(&aliases->items[i], word))
			return true;
	return false;
}

bool plan_unit_former(const struct plan *plan, int unit, const char *word)
{
	const struct node *former = node_get(plan->units[unit].node, "former");

	for (size_t i = 0; i < list_count(former); i++)
		if (same_word(&former->items[i], word))
			return true;
	return false;
}

const char *plan_code(const struct plan *plan, const char *vocab, const char *word)
{
	const struct node *list = node_get(node_get(plan->root, "vocab"), vocab);

	for (size_t i = 0; i < list_count(list); i++)
		if (has_word(&list->items[i], "code", word))
			return node_string(&list->items[i], "code");
	return NULL;
}

const struct node *plan_role(const struct plan *plan, const char *word)
{
	const struct node *list = node_get(plan->root, "roles");

	for (size_t i = 0; i < list_count(list); i++)
		if (has_word(&list->items[i], "code", word))
			return &list->items[i];
	return NULL;
}

static const char *vocab_of(const char *kind)
{
	return strncmp(kind, "vocab:", 6) == 0 ? kind + 6 : NULL;
}

static bool has_code(const struct node *list, const char *code)
{
	for (size_t i = 0; i < list_count(list); i++)
		if (node_is(node_get(&list->items[i], "code"), code))
			return true;
	return false;
}

const char *plan_word_name(const struct plan *plan, const char *kind, const char *word)
{
	const char *vocab = vocab_of(kind);
	const struct node *list = node_get(node_get(plan->root, "vocab"), vocab ? vocab : "");

	for (size_t i = 0; i < list_count(list); i++)
		if (node_is(node_get(&list->items[i], "code"), word))
			return node_string(&list->items[i], "name");
	return vocab ? word : plan_name(plan, word);
}

bool plan_word(const struct plan *plan, const char *kind, const struct node *value)
{
	const char *vocab = vocab_of(kind);
	int unit;

	if (strcmp(kind, "point") == 0)
		return value->type == NODE_NUMBER && value->flags & NODE_INTEGER &&
		       plan_point(plan, value->integer);
	if (value->type != NODE_STRING)
		return false;
	unit = strstr(kind, "unit") ? plan_unit(plan, value->text) : NO_UNIT;
	if (strcmp(kind, "unit") == 0)
		return unit != NO_UNIT;
	if (strcmp(kind, "folder-unit") == 0)
		return unit != NO_UNIT && plan->units[unit].folder;
	if (strcmp(kind, "unit-or-group") == 0)
		return unit != NO_UNIT || plan_group(plan, value->text);
	if (strcmp(kind, "indicator") == 0)
		return plan_indicator(plan, value->text) != NULL;
	return vocab && has_code(node_get(node_get(plan->root, "vocab"), vocab), value->text);
}

/* group ids and names typed by a person; indicators by name */
static const char *other_code(const struct node *list, const char *word)
{
	for (size_t i = 0; i < list_count(list); i++)
		if (has_word(&list->items[i], "id", word))
			return node_string(&list->items[i], "id");
	return NULL;
}

const char *plan_word_code(const struct plan *plan, const char *kind, const char *word)
{
	const char *vocab = vocab_of(kind), *code = NULL;
	int unit = NO_UNIT;

	if (strstr(kind, "unit"))
		unit = plan_unit_word(plan, word);
	if (unit != NO_UNIT)
		code = plan->units[unit].id;
	else if (strcmp(kind, "unit-or-group") == 0)
		code = other_code(node_get(plan->root, "groups"), word);
	else if (strcmp(kind, "indicator") == 0)
		code = other_code(node_get(plan->root, "indicators"), word);
	else if (vocab)
		code = plan_code(plan, vocab, word);
	return code ? code : word;
}

struct nearest {
	const char *word, *best, *label;
	unsigned distance;
	struct str all, like; /* like: in whose names it stands */
	size_t n;
};

static void consider(struct nearest *near, const char *code, const char *name)
{
	unsigned d = text_distance(near->word, code, NEAR);
	unsigned by_name = name ? text_distance(near->word, name, NEAR) : NEAR + 1;

	if (by_name < d)
		d = by_name;
	if (d < near->distance) {
		near->distance = d;
		near->best = code;
		near->label = name;
	}
	if (*near->word && name && strstr(name, near->word))
		str_addf(&near->like, "%s%s %s", near->like.len ? ", " : "", code, name);
	if (near->n < MOST_LISTED)
		str_addf(&near->all, "%s%s%s%s", near->n ? ", " : "", code, name ? " " : "",
			 name ? name : "");
	else if (near->n == MOST_LISTED)
		str_add(&near->all, ", …");
	near->n++;
}

static void consider_list(struct nearest *near, const struct node *list, const char *code_key)
{
	for (size_t i = 0; i < list_count(list); i++)
		consider(near, node_string(&list->items[i], code_key),
			 node_string(&list->items[i], "name"));
}

static void consider_units(struct nearest *near, const struct plan *plan, bool folders)
{
	for (size_t i = 0; i < plan->nunits; i++)
		if (plan->units[i].folder || !folders)
			consider(near, plan->units[i].id, plan->units[i].name);
}

void plan_word_hint(const struct plan *plan, const char *kind, const struct node *value,
		    struct str *hint)
{
	struct nearest near = { .word = value->type == NODE_STRING ? value->text : "",
				.distance = NEAR + 1 };
	const char *vocab = vocab_of(kind);

	if (strcmp(kind, "point") == 0) {
		str_addf(hint, _("the plan has %zu focus points"), plan->npoints);
		return;
	}
	if (strcmp(kind, "unit-or-group") == 0)
		consider_list(&near, node_get(plan->root, "groups"), "id");
	if (strstr(kind, "unit"))
		consider_units(&near, plan, strcmp(kind, "folder-unit") == 0);
	else if (strcmp(kind, "indicator") == 0)
		consider_list(&near, node_get(plan->root, "indicators"), "id");
	else if (vocab)
		consider_list(&near, node_get(node_get(plan->root, "vocab"), vocab), "code");
	if (near.best && near.label)
		str_addf(hint, _("did you mean '%s' %s?"), near.best, near.label);
	else if (near.best)
		str_addf(hint, _("did you mean '%s'?"), near.best);
	else if (near.like.len)
		str_addf(hint, _("perhaps: %s"), str_text(&near.like));
	else if (near.n)
		str_addf(hint, _("allowed: %s"), str_text(&near.all));
	str_release(&near.all);
	str_release(&near.like);
}
