/*
 * Rows of which it is known that nothing is to be told. In a clerk's table of a hundred thousand
 * rows the same units, days and words come again and again, in all ways put together; only names and
 * texts are new in each. A row is checked as a whole (import_rows.c); when there was nothing to
 * tell, nothing is to be told of one that has
 *
 *	cells in the same columns,
 *	the same in those that are looked at together with others (by intake, schema or rules),
 *	in those at which each looks alone, what was right in any other row,
 *	and plain texts, which are right by their own schema, at which nothing else looks.
 *
 * Who looks at what the rooms say themselves: intake_way, schema_alone, rules_look. Everything else
 * is checked as a whole; messages are made there alone.
 */
#include <stdlib.h>
#include <string.h>

#include "base/privacy.h"
#include "base/utf8.h"
#include "cli/import.h"
#include "model/rules.h"
#include "yaml/write.h"

#define MOST_COLUMNS 64
#define LONGEST_WORD 63  /* bytes */
#define MOST_WORDS 16384 /* of a column */
#define MOST_SHAPES 4096

/* a cell's text in one column */
struct word {
	uint32_t number;
	const char *
		right; /* where it is looked at alone: the record's text, once nothing was told of it */
};

struct sure_column {
	bool is_read; /* it is one of the form */
	enum intake_way way;
	bool free_text;
	struct schema_alone schemas; /* of a plain text */
	int text;         /* its place among those that make a record what it is, or -1 */
	struct map words; /* -> struct word */
};

struct import_sure {
	struct sure_column *columns; /* of each cell of a row */
	struct schema_alone row;     /* entered.import.row */
	struct map shapes;           /* -> struct import_texts of such a row */
};

/* which cells there are, and which words stand in those that are looked at together */
struct shape {
	uint64_t filled, words;
	uint32_t numbers[MOST_COLUMNS];
};

struct looking {
	const struct import *import;
	struct schema_run *run;
	struct arena *learning; /* where what is new is kept; NULL: nothing is changed */
	struct shape shape;
	size_t nnumbers;
	struct {
		struct word *word;
		int text;
	} alone[MOST_COLUMNS];
	size_t nalone;
};

static void begin(struct looking *l, const struct import *import, struct schema_run *run,
		  struct arena *learning)
{
	l->import = import;
	l->run = run;
	l->learning = learning;
	l->shape.filled = l->shape.words = 0;
	l->nnumbers = l->nalone = 0;
}

/* words and records are asked of the plan and the disk: where the row is checked as a whole */
static bool is_no_word(void *context, const char *kind, const struct node *value)
{
	(void)context;
	(void)kind;
	(void)value;
	return false;
}

static enum record_answer has_no_record(void *context, const char *const *kinds, size_t n,
					const struct node *value, bool finding)
{
	(void)context;
	(void)kinds;
	(void)n;
	(void)value;
	(void)finding;
	return RECORD_MISSING;
}

static bool is_right(const struct looking *l, const struct schema_alone *schemas,
		     const struct node *value)
{
	static const struct schema_host nobody = { .is_word = is_no_word,
						   .has_record = has_no_record };

	return schema_check_alone(l->import->add.schema, l->run, schemas, value, &nobody);
}

static bool is_number_right(const struct looking *l, const struct schema_alone *schemas,
			    const char *digits, size_t n, int64_t number)
{
	const struct node value = { .type = NODE_NUMBER,
				    .flags = NODE_INTEGER,
				    .text = digits,
				    .count = (uint32_t)n,
				    .integer = number };

	return is_right(l, schemas, &value);
}

static bool is_text_right(const struct looking *l, const struct sure_column *column,
			  const char *text, size_t n)
{
	const struct node value = { .type = NODE_STRING, .text = text, .count = (uint32_t)n };
	size_t start = 0, length;

	/* what the intake reads is UTF-8 */
	return yaml_text_fits(text, n) && is_right(l, &column->schemas, &value) &&
	       !(column->free_text && privacy_find(text, n, &start, &length) != PRIVACY_NONE);
}

static bool is_plain(const struct looking *l, const struct sure_column *column, const char *text,
		     size_t n)
{
	if (!intake_plain(column->way, text, n))
		return false;
	if (column->way == INTAKE_NUMBER)
		return is_number_right(l, &column->schemas, text, n, strtoll(text, NULL, 10));
	return is_text_right(l, column, text, n);
}

static struct word *add_word(struct looking *l, struct map *words, const char *text, size_t n)
{
	struct word *word = arena_alloc(l->learning, sizeof(*word));
	const char *copy = arena_strndup(l->learning, text, n);

	if (!word || !copy || map_put(words, copy, n, word) < 0)
		return NULL;
	word->number = (uint32_t)words->count;
	return word;
}

static struct word *find_word(struct looking *l, struct map *words, const char *text, size_t n)
{
	struct word *word = n <= LONGEST_WORD ? map_get(words, text, n) : NULL;

	if (word || !l->learning || n > LONGEST_WORD || words->count == MOST_WORDS)
		return word;
	return add_word(l, words, text, n);
}

/* false: nothing is known of the cell */
static bool look_at_cell(struct looking *l, uint32_t i, const char *text,
			 struct import_texts *texts)
{
	struct sure_column *column = &l->import->sure->columns[i];
	size_t n = strlen(text);
	struct word *word;

	if (column->way < INTAKE_ALONE && is_plain(l, column, text, n)) {
		if (column->text >= 0)
			texts->items[column->text] = text;
		return true;
	}
	word = find_word(l, &column->words, text, n);
	if (!word)
		return false;
	if (column->way != INTAKE_ALONE) {
		l->shape.words |= UINT64_C(1) << i;
		l->shape.numbers[l->nnumbers++] = word->number;
		return true;
	}
	l->alone[l->nalone].word = word;
	l->alone[l->nalone++].text = column->text;
	if (column->text >= 0)
		texts->items[column->text] = word->right;
	return word->right || l->learning;
}

static bool look_at_row(struct looking *l, size_t entry, struct import_texts *texts)
{
	const struct intake *in = &l->import->intake;
	const struct grid_row *row = intake_row(in, entry);

	for (uint32_t i = 0; row && i < row->count && i < in->width; i++) {
		if (!l->import->sure->columns[i].is_read || cell_is_empty(&row->cells[i]))
			continue;
		l->shape.filled |= UINT64_C(1) << i;
		if (!look_at_cell(l, i, row->cells[i].text, texts))
			return false;
	}
	return row;
}

static size_t size_of_shape(const struct looking *l)
{
	return offsetof(struct shape, numbers) + l->nnumbers * sizeof(*l->shape.numbers);
}

/* the origin of a record has the number of its row */
static bool is_row_right(const struct looking *l, size_t entry)
{
	uint32_t number = l->import->intake.entries[entry].number;
	char digits[FIGURE_SIZE];
	const char *text = decimal_format(number, 0, digits);

	return is_number_right(l, &l->import->sure->row, text, strlen(text), number);
}

bool import_sure(const struct import *import, struct schema_run *run, size_t entry,
		 struct import_texts *texts)
{
	const struct import_texts *known;
	struct looking l;

	begin(&l, import, run, NULL);
	*texts = (struct import_texts){ { NULL } };
	if (!import->sure || !import->sure->shapes.count || !look_at_row(&l, entry, texts) ||
	    !is_row_right(&l, entry))
		return false;
	known = map_get(&import->sure->shapes, (const char *)&l.shape, size_of_shape(&l));
	for (size_t i = 0; known && i < IMPORT_TEXTS; i++)
		if (!texts->items[i])
			texts->items[i] = known->items[i];
	return known;
}

static const char *kept(struct import *import, const char *text)
{
	const char *copy = arena_strdup(&import->arena, text);

	if (text && !copy)
		cli_no_memory(&import->add.cli);
	return copy;
}

static void learn_words(struct import *import, const struct looking *l,
			const struct import_texts *texts)
{
	for (size_t i = 0; i < l->nalone; i++) {
		struct word *word = l->alone[i].word;
		const char *text = l->alone[i].text >= 0 ? texts->items[l->alone[i].text] : "";

		if (!word->right)
			word->right = kept(import, text ? text : "");
	}
}

static void learn_shape(struct import *import, const struct looking *l,
			const struct import_texts *texts)
{
	struct map *shapes = &import->sure->shapes;
	size_t n = size_of_shape(l);
	struct import_texts *copy;
	const char *key;

	if (shapes->count == MOST_SHAPES || map_has(shapes, (const char *)&l->shape, n))
		return;
	copy = arena_alloc(&import->arena, sizeof(*copy));
	key = arena_strndup(&import->arena, (const char *)&l->shape, n);
	if (!copy || !key || map_put(shapes, key, n, copy) < 0)
		cli_no_memory(&import->add.cli);
	for (size_t i = 0; i < IMPORT_TEXTS; i++)
		copy->items[i] = kept(import, texts->items[i]);
}

void import_sure_learn(struct import *import, size_t entry, const struct row *row)
{
	struct schema_run *run = import->add.cli.run;
	struct import_texts texts;
	struct looking l;

	begin(&l, import, run, &import->arena);
	if (!import->sure || !schema_was_cheap(run) || !look_at_row(&l, entry, &texts))
		return;
	import_texts(import, row->candidate.record, &import->add.cli.arena, &texts);
	learn_words(import, &l, &texts);
	learn_shape(import, &l, &texts);
}

static int text_place(struct import *import, const char *name)
{
	const char *const *names = import_identity(import);

	for (int i = 0; names[i]; i++)
		if (strcmp(names[i], name) == 0)
			return i;
	return -1;
}

static struct sure_column column_of(struct import *import, const struct intake_column *c)
{
	const struct schema_property *p = c->property;
	struct sure_column column = { .is_read = true,
				      .way = intake_way(&import->form, c),
				      .text = -1 };
	const char *name = p ? p->name : "";
	enum rules_look look = rules_look(import->form.kind, name);

	map_init(&column.words, &import->arena);
	if (!p) /* it is read, and goes nowhere */
		return column;
	column.text = text_place(import, name);
	column.free_text = p->free_text;
	if (!schema_alone(import->add.schema, name, &column.schemas) || look == RULES_JOINTLY)
		column.way = INTAKE_JOINTLY;
	else if (look == RULES_ALONE && column.way < INTAKE_ALONE)
		column.way = INTAKE_ALONE;
	return column;
}

/* what a row gives to a record beside its cells */
static bool is_rest_alone(struct import *import, struct schema_alone *row)
{
	const struct schema *schema = import->add.schema;
	struct schema_alone other;

	return schema_alone(schema, "id", &other) && schema_alone(schema, "entered", &other) &&
	       schema_alone(schema, "entered.import", &other) &&
	       schema_alone(schema, "entered.import.row", row);
}

void import_sure_init(struct import *import)
{
	const struct intake *in = &import->intake;
	struct cli *cli = &import->add.cli;
	struct schema_alone row;
	struct import_sure *sure;

	if (import->verbose || !in->header || in->width > MOST_COLUMNS ||
	    !is_rest_alone(import, &row))
		return;
	sure = arena_alloc(&import->arena, sizeof(*sure));
	if (sure)
		sure->columns = arena_array(&import->arena, in->width, sizeof(*sure->columns));
	if (!sure || !sure->columns)
		cli_no_memory(cli);
	sure->row = row;
	map_init(&sure->shapes, &import->arena);
	for (uint32_t i = 0; i < in->width; i++)
		if (in->map[i] >= 0)
			sure->columns[i] = column_of(import, &import->form.columns[in->map[i]]);
	import->sure = sure;
}
