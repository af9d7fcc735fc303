/* Names, units, words and texts of a cell; labels and aliases of codes are left as they are. */
#include <limits.h>
#include <string.h>

#include "base/msg.h"
#include "base/nothing.h"
#include "base/utf8.h"
#include "intake/figure.h"
#include "intake/value.h"
#include "intake/words.h"

#define FARTHEST 20 /* how far a unit's name may be from what was typed */

static struct node *new_list(struct reading *r)
{
	struct node *list = node_new_list(r->in->work);

	r->failed = r->failed || !list;
	return list;
}

void value_names(struct reading *r, int column, bool many)
{
	const struct grid_cell *cell = &r->entry->cells[column];
	struct node at = { .line = cell->line, .column = cell->column };
	struct node *list = new_list(r);

	if (is_nothing(cell->text))
		return;
	if (list && names_split(r->in->work, cell->text, &at, list) < 0)
		r->failed = true;
	for (uint32_t i = 0; list && i < list->count; i++)
		if (is_signed(list->items[i].text)) {
			finding_hint(&r->entry->findings,
				     entry_say(r->in, r->entry, LEVEL_ERROR, "no-name", column,
					       _("'%s' is no name"), list->items[i].text),
				     "%s", _("write who it was; the signature stays on paper"));
			return;
		}
	if (many && list && list->count)
		value_put(r, column, list);
	else if (!many)
		value_put_text(r, column, name_trim(r->in->work, cell->text));
}

/* free text stays as it is, but for the apostrophe that keeps a spreadsheet from reckoning; of
 * several one, for record-export adds one to those that a text has itself */
static const char *without_guard(const char *text)
{
	static const char *const formulas[] = { "=",  "+",  "-",  "@",  "\t",
						"\n", "＝", "＋", "－", "＠" };
	const char *bare = text + strspn(text, "'");

	for (size_t i = 0; bare > text && i < sizeof(formulas) / sizeof(*formulas); i++)
		if (strncmp(bare, formulas[i], strlen(formulas[i])) == 0)
			return text + 1;
	return text;
}

bool value_text_is_bare(const char *text)
{
	return !is_nothing(text) && without_guard(text) == text;
}

/* 无 where something must be said, nothing where it may be left out */
static const char *text_of(const struct reading *r, int column)
{
	const char *text = r->entry->cells[column].text;

	if (!is_nothing(text))
		return without_guard(text);
	return r->in->form->columns[column].required ? NOTHING : NULL;
}

void value_texts(struct reading *r, int column)
{
	const struct grid_cell *cell = &r->entry->cells[column];
	struct node at = { .line = cell->line, .column = cell->column };
	const char *text = text_of(r, column);
	struct node *list = new_list(r), *one;

	if (!list || !text)
		return;
	if (r->in->options.split) {
		r->failed = entries_split(r->in->work, text, &at, list) < 0 || r->failed;
	} else {
		one = node_new_string(r->in->work, text, strlen(text));
		if (one) {
			one->line = at.line;
			one->column = at.column;
		}
		r->failed = !one || node_append(r->in->work, list, one) < 0 || r->failed;
	}
	value_put(r, column, list);
}

static bool is_type(const char *type, const char *name)
{
	return type && strcmp(type, name) == 0;
}

/* 15、16: several words or numbers in a cell */
void value_list(struct reading *r, int column)
{
	const struct schema_property *p = r->in->form->columns[column].property;
	const struct grid_cell *cell = &r->entry->cells[column];
	struct node at = { .line = cell->line, .column = cell->column };
	struct node *list = new_list(r);
	int64_t value;

	if (is_nothing(cell->text) || !list)
		return;
	if (names_split(r->in->work, cell->text, &at, list) < 0)
		r->failed = true;
	for (uint32_t i = 0; is_type(p->items_type, "integer") && i < list->count; i++) {
		struct node *item = &list->items[i];

		if (figure_count(item->text, NULL, &value) == FIGURE_FINE) {
			struct node *number = node_new_integer(r->in->work, value);

			r->failed = r->failed || !number;
			if (number)
				*item = *number;
			item->line = at.line;
			item->column = at.column;
		}
	}
	value_put(r, column, list);
}

static bool same_word(const char *a, const char *b)
{
	struct arena arena = { 0 };
	char *x = name_fold(&arena, a, strlen(a)), *y = name_fold(&arena, b, strlen(b));
	bool same = x && y && strcmp(x, y) == 0;

	arena_release(&arena);
	return same;
}

/* whether a text is this code, its label or an alias; `part`: holds the label */
static bool means(const struct schema_property *p, const char *code, const char *text, bool part)
{
	const char *label = node_string(p->labels, code);
	const struct node *aliases = node_get(p->aliases, code);

	if (part)
		return label && strstr(text, label);
	if (same_word(code, text) || (label && same_word(label, text)))
		return true;
	for (size_t i = 0; i < list_count(aliases); i++)
		if (same_word(aliases->items[i].text, text))
			return true;
	return false;
}

static const char *code_in(const struct schema_property *p, const char *text, bool part)
{
	for (size_t i = 0; i < list_count(p->codes); i++)
		if (p->codes->items[i].type == NODE_STRING &&
		    means(p, p->codes->items[i].text, text, part))
			return p->codes->items[i].text;
	return NULL;
}

/*
 * A word that says more than its code is kept beside it, where the record has a field for that:
 * method and method_text.
 */
static bool read_more_than_word(struct reading *r, int column, const char *word)
{
	const struct schema_property *p = r->in->form->columns[column].property;
	char *beside = arena_concat(r->in->work, p->name, "_text", NULL);
	int more = beside ? form_column(r->in->form, beside) : -1;
	const char *code;

	r->failed = r->failed || !beside;
	if (more < 0 || r->entry->cells[more].text || code_in(p, word, false))
		return false;
	code = code_in(p, word, true);
	if (!code)
		return false;
	value_put_text(r, column, code);
	r->entry->cells[more] = r->entry->cells[column];
	value_put_text(r, more, word);
	return true;
}

void value_word(struct reading *r, int column)
{
	const struct schema_property *p = r->in->form->columns[column].property;
	const char *word = word_trim(r->in->work, r->entry->cells[column].text);

	r->failed = r->failed || !word;
	if (!word || is_nothing(word) || (p->codes && read_more_than_word(r, column, word)))
		return;
	value_put_text(r, column, word);
}

void value_line(struct reading *r, int column)
{
	const char *text = text_of(r, column);

	if (text)
		value_put_text(r, column, name_trim(r->in->work, text));
}

struct near_unit {
	int unit;
	unsigned distance;
};

/* the three units whose names are nearest, for a person to choose from */
static void hint_units(struct reading *r, struct finding *f, const char *word)
{
	const struct plan *plan = r->in->plan;
	struct near_unit best[3] = { { NO_UNIT, UINT_MAX },
				     { NO_UNIT, UINT_MAX },
				     { NO_UNIT, UINT_MAX } };
	struct str names = { 0 };

	for (size_t i = 0; i < plan->nunits; i++) {
		const struct node *aliases = node_get(plan->units[i].node, "aliases");
		struct near_unit one = { (int)i,
					 text_distance(word, plan->units[i].name, FARTHEST) };

		for (size_t j = 0; j < list_count(aliases); j++) {
			unsigned d = text_distance(word, aliases->items[j].text, FARTHEST);

			one.distance = d < one.distance ? d : one.distance;
		}
		for (size_t j = 0; j < 3 && plan->units[i].folder; j++)
			if (one.distance < best[j].distance) {
				struct near_unit other = best[j];

				best[j] = one;
				one = other;
			}
	}
	for (size_t j = 0; j < 3 && best[j].unit != NO_UNIT; j++)
		str_addf(&names, "%s%s", j ? "、" : "", plan->units[best[j].unit].name);
	finding_hint(&r->entry->findings, f, _("nearest: %s"), str_text(&names));
	str_release(&names);
}

/* domain V40 to V42: by any of its names; two columns that were swapped are never swapped back */
void value_unit(struct reading *r, int column)
{
	const struct plan *plan = r->in->plan;
	const char *word = name_trim(r->in->work, r->entry->cells[column].text);
	const struct grid_cell *enterprise = value_cell(r, "enterprise");
	const char *other = enterprise ? name_trim(r->in->work, enterprise->text) : NULL;
	int unit = word ? plan_unit_word(plan, word) : NO_UNIT;
	struct finding *f;

	r->failed = r->failed || !word || (enterprise && !other);
	if (r->failed)
		return;
	if (unit != NO_UNIT) {
		value_put_text(r, column, plan->units[unit].id);
		if (plan_unit_former(plan, unit, word))
			value_note(r, LEVEL_WARNING, column, "former-name",
				   _("'%s' is out of date, it is now %s"), plan->units[unit].name);
	} else if (other && plan_unit_word(plan, other) != NO_UNIT) {
		finding_hint(&r->entry->findings,
			     entry_say(r->in, r->entry, LEVEL_ERROR, "swapped", column,
				       _("'%s' is no unit, but '%s' is one"), word, other),
			     "%s", _("the two columns may have been swapped (两列可能填反)"));
	} else {
		f = entry_say(r->in, r->entry, LEVEL_ERROR, "unknown-unit", column,
			      _("'%s' is no unit of the plan"), word);
		hint_units(r, f, word);
	}
}

void value_text(struct reading *r, int column)
{
	const char *text = text_of(r, column);

	if (text)
		value_put_text(r, column, text);
}
