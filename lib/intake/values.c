/* The cells of an entry as the fields of a record, and what is missing among them. */
#include <string.h>

#include "base/msg.h"
#include "base/nothing.h"
#include "intake/day.h"
#include "intake/value.h"
#include "intake/words.h"
#include "report/rows.h"

#define LONGEST_KEPT 63 /* bytes of a text that may come again */
#define MOST_KEPT 4096

const struct grid_cell *value_cell(const struct reading *r, const char *field)
{
	int column = form_column(r->in->form, field);
	const struct grid_cell *cell = column >= 0 ? &r->entry->cells[column] : NULL;

	return cell && cell->text && !cell_is_empty(cell) ? cell : NULL;
}

void value_put(struct reading *r, int column, struct node *value)
{
	const struct schema_property *p = r->in->form->columns[column].property;
	const struct grid_cell *cell = &r->entry->cells[column];
	struct member member;

	if (!value || !p) {
		r->failed = r->failed || !value;
		return;
	}
	value->line = cell->line;
	value->column = cell->column;
	member = (struct member){ .name = p->name,
				  .len = (uint32_t)strlen(p->name),
				  .hash = text_hash(p->name, strlen(p->name)),
				  .line = cell->line,
				  .column = cell->column,
				  .value = value };
	if (node_put(r->in->work, r->entry->fields, &member) < 0)
		r->failed = true;
}

void value_put_text(struct reading *r, int column, const char *text)
{
	value_put(r, column, text ? node_new_string(r->in->work, text, strlen(text)) : NULL);
}

void value_note(struct reading *r, enum level level, int column, const char *code,
		const char *message, const char *value)
{
	entry_say(r->in, r->entry, level, code, column, message, r->entry->cells[column].text,
		  value);
}

static bool may_have_lines(const struct schema_property *p)
{
	return node_is(node_get(p->schema, "pattern"), "\\S");
}

static bool is_type(const char *type, const char *name)
{
	return type && text_is(type, name);
}

/* whether the cell's text alone decides what it becomes: then that is kept for the next such
 * cell */
static bool is_kept(const struct intake_column *c)
{
	const struct schema_property *p = c->property;

	return p && (text_is(c->field, "date") || text_is(c->field, "unit") || p->word ||
		     (p->personal && p->personal->type == NODE_BOOL));
}

struct kept_key {
	char text[LONGEST_KEPT + 2];
	size_t n;
};

static bool key_of(const struct reading *r, int column, struct kept_key *key)
{
	const char *text = r->entry->cells[column].text;

	key->n = strnlen(text, LONGEST_KEPT + 1) + 1;
	if (key->n > LONGEST_KEPT + 1)
		return false;
	key->text[0] = (char)(column + 1);
	memcpy(key->text + 1, text, key->n - 1);
	return true;
}

static bool put_kept(struct reading *r, int column, const struct node *kept)
{
	const struct grid_cell *cell = &r->entry->cells[column];
	struct node *copy = kept ? node_copy(r->in->work, kept) : NULL;

	if (!copy)
		return false;
	for (uint32_t i = 0; copy->type == NODE_LIST && i < copy->count; i++) {
		copy->items[i].line = cell->line;
		copy->items[i].column = cell->column;
	}
	value_put(r, column, copy);
	return true;
}

static void keep(struct reading *r, int column, const struct kept_key *key)
{
	const struct node *value =
		node_get(r->entry->fields, r->in->form->columns[column].property->name);
	struct node *copy = value ? node_copy(r->in->arena, value) : NULL;
	char *text = copy ? arena_strndup(r->in->arena, key->text, key->n) : NULL;

	/* without memory for it the next such cell is read once more */
	if (text)
		map_put(&r->in->known, text, key->n, copy);
}

static void read_cell(struct reading *r, int column);

static void read_or_remember(struct reading *r, int column)
{
	struct map *known = &r->in->known;
	size_t findings = r->entry->findings.count;
	struct kept_key key;

	if (!is_kept(&r->in->form->columns[column]) || !key_of(r, column, &key)) {
		read_cell(r, column);
		return;
	}
	if (put_kept(r, column, map_get(known, key.text, key.n)))
		return;
	read_cell(r, column);
	if (known->count < MOST_KEPT && r->entry->findings.count == findings && !r->failed)
		keep(r, column, &key);
}

enum value_sort value_sort(const struct intake_column *c)
{
	const struct schema_property *p = c->property;
	bool list = p && is_type(p->type, "array");

	if (text_is(c->field, "seq") || !p)
		return VALUE_SEQ;
	if (text_is(c->field, "date"))
		return VALUE_DAY;
	if (text_is(c->field, "unit"))
		return VALUE_UNIT;
	if (p->personal && p->personal->type == NODE_BOOL)
		return list ? VALUE_NAMES : VALUE_NAME;
	if (list)
		return p->free_text ? VALUE_TEXTS : VALUE_LIST;
	if (is_type(p->type, "integer"))
		return VALUE_COUNT;
	if (p->metavar && strcmp(p->metavar, "NUM") == 0)
		return VALUE_RATE;
	if (p->word || p->codes)
		return VALUE_WORD;
	return may_have_lines(p) ? VALUE_TEXT : VALUE_LINE;
}

/* domain V35: what says nothing by itself, and was not taken from above */
static bool is_ditto_here(struct reading *r, int column)
{
	const char *text = r->entry->cells[column].text;
	struct finding *f;

	if (!is_ditto(text))
		return false;
	f = entry_say(r->in, r->entry, LEVEL_ERROR, "ditto", column,
		      _("'%s' does not say what it is: fill it in (请填写完整)"), text);
	if (r->in->header)
		finding_hint(&r->entry->findings, f, "%s",
			     _("with --ditto it is taken from the row above"));
	return true;
}

static void read_cell(struct reading *r, int column)
{
	enum value_sort sort = value_sort(&r->in->form->columns[column]);

	if (value_is_error(r, column) || is_ditto_here(r, column))
		return;
	switch (sort) {
	case VALUE_SEQ:
		value_seq(r, column);
		break;
	case VALUE_DAY:
		value_day(r, column);
		break;
	case VALUE_UNIT:
		value_unit(r, column);
		break;
	case VALUE_NAME:
	case VALUE_NAMES:
		value_names(r, column, sort == VALUE_NAMES);
		break;
	case VALUE_TEXTS:
		value_texts(r, column);
		break;
	case VALUE_LIST:
		value_list(r, column);
		break;
	case VALUE_COUNT:
		value_count(r, column);
		break;
	case VALUE_RATE:
		value_rate(r, column);
		break;
	case VALUE_WORD:
		value_word(r, column);
		break;
	case VALUE_TEXT:
		value_text(r, column);
		break;
	case VALUE_LINE:
		value_line(r, column);
		break;
	}
}

/* domain V43: what is not filled in, in one message */
static void check_missing(struct reading *r)
{
	const struct intake_form *form = r->in->form;
	struct str names = { 0 };

	for (size_t i = 0; i < form->ncolumns; i++) {
		const struct intake_column *c = &form->columns[i];
		bool given = r->entry->cells[i].text && !cell_is_empty(&r->entry->cells[i]);

		/* what is told already, and what the command knows */
		if (!c->required || !c->property || node_get(r->entry->fields, c->property->name) ||
		    (given && r->entry->findings.errors) ||
		    ((r->in->options.unit_known || form->vertical) && text_is(c->field, "unit")))
			continue;
		str_addf(&names, "%s%s", names.len ? "、" : "", c->name);
	}
	if (names.len)
		finding_hint(&r->entry->findings,
			     entry_say(r->in, r->entry, LEVEL_ERROR, "missing", -1,
				       _("not filled in: %s"), str_text(&names)),
			     "%s",
			     r->in->header ? _("fill in the cells; those of merged cells with "
					       "--fill-down")
					   : _("fill it in beside its label"));
	r->failed = r->failed || names.failed;
	str_release(&names);
}

/* domain V70: of a figure that is not reported there is no record; it is not 0 */
static void check_figures(struct reading *r)
{
	const struct intake_form *form = r->in->form;
	bool asked = false;
	int said = -1; /* in which it stands that there is none */

	for (size_t i = 0; form->kind == KIND_OBSERVATION && i < form->ncolumns; i++) {
		enum value_sort sort = value_sort(&form->columns[i]);
		const struct grid_cell *cell = &r->entry->cells[i];

		if (!cell->text || (sort != VALUE_COUNT && sort != VALUE_RATE))
			continue;
		if (!is_nothing(cell->text))
			return;
		asked = true;
		said = said < 0 && !cell_is_empty(cell) ? (int)i : said;
	}
	if (!asked)
		return;
	r->entry->nothing = true;
	finding_hint(&r->entry->findings,
		     entry_say(r->in, r->entry, LEVEL_WARNING, "not-reported", said, "%s",
			       _("no figure is reported (未报送), and none is entered")),
		     "%s", _("0 must be written as 0"));
}

/* domain V45; plan L70: what is not solved goes on the list of problems */
static void check_appeal(struct reading *r)
{
	const char *appeal = node_string(r->entry->fields, "appeal");
	const char *solution = node_string(r->entry->fields, "solution");
	int column = form_column(r->in->form, "solution");

	if (!appeal || column < 0 || strcmp(appeal, NOTHING) == 0)
		return;
	if (!solution)
		finding_hint(&r->entry->findings,
			     entry_say(r->in, r->entry, LEVEL_WARNING, "no-solution", column, "%s",
				       _("the appeal has no solution: it belongs on the list of "
					 "problems (需列入问题清单)")),
			     "%s", _("enter it with problem-log --source"));
	else if (is_problem_expected(solution))
		entry_say(r->in, r->entry, LEVEL_NOTE, "problem-expected", column, "%s",
			  _("a problem is expected: enter it with problem-log --source"));
}

/* what is kept of a cell where that is not what it says */
static void tell_changes(struct reading *r)
{
	const struct intake_form *form = r->in->form;

	for (size_t i = 0; i < form->ncolumns; i++) {
		const struct schema_property *p = form->columns[i].property;
		const struct node *value = p ? node_get(r->entry->fields, p->name) : NULL;
		const char *text = r->entry->cells[i].text;
		struct str kept = { 0 };

		if (value && text)
			row_text(&kept, value);
		if (value && text && strcmp(str_text(&kept), text) != 0)
			value_note(r, LEVEL_NOTE, (int)i, "read-as", _("'%s' is read as '%s'"),
				   str_text(&kept));
		str_release(&kept);
	}
}

static bool is_blank(const struct reading *r)
{
	for (size_t i = 0; i < r->in->form->ncolumns; i++) {
		const struct grid_cell *cell = &r->entry->cells[i];
		struct day_read day;

		if (cell->text && !cell_is_empty(cell) &&
		    !(text_is(r->in->form->columns[i].field, "date") &&
		      day_read(r->in->plan, cell->text, false, &day) == DAY_BLANK))
			return false;
	}
	return true;
}

/* the indicator decides the unit of measure and the decimals of the other cells */
static const struct indicator *indicator_of(const struct reading *r)
{
	const struct grid_cell *cell = value_cell(r, "indicator");
	char *word = cell ? word_trim(r->in->work, cell->text) : NULL;

	return word ? plan_indicator(r->in->plan, plan_word_code(r->in->plan, "indicator", word))
		    : NULL;
}

int values_read(struct intake *in, struct intake_values *entry)
{
	struct reading r = { .in = in, .entry = entry };

	if (is_blank(&r)) {
		finding_hint(&entry->findings,
			     entry_say(in, entry, LEVEL_ERROR, "blank-form", -1, "%s",
				       _("the form is blank (空表)")),
			     "%s", _("fill it in, or take it out of the file"));
		return 0;
	}
	r.indicator = indicator_of(&r);
	for (size_t i = 0; i < in->form->ncolumns && !r.failed; i++)
		if (entry->cells[i].text && !cell_is_empty(&entry->cells[i]) &&
		    !node_get(entry->fields, in->form->columns[i].property
						     ? in->form->columns[i].property->name
						     : ""))
			read_or_remember(&r, (int)i);
	if (in->options.verbose)
		tell_changes(&r);
	check_missing(&r);
	check_figures(&r);
	check_appeal(&r);
	return r.failed ? -1 : 0;
}
