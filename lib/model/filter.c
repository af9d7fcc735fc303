#include "model/filter.h"

#include <string.h>

#include "base/utf8.h"
#include "schema/number.h"

/* -?(0|[1-9][0-9]*)(\.[0-9]+)?: a code of digits with a leading zero is text */
static bool is_number(const char *text)
{
	static const char digits[] = "0123456789";
	size_t n;

	text += *text == '-';
	n = strspn(text, digits);
	if (!n || (n > 1 && *text == '0'))
		return false;
	text += n;
	if (*text != '.')
		return !*text;
	n = strspn(++text, digits);
	return n && !text[n];
}

static bool truth_of(const char *text, bool *truth)
{
	static const char *const words[][2] = {
		{ "否", "是" }, { "false", "true" }, { "no", "yes" }, { "无", "有" }
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		for (int is = 0; is < 2; is++)
			if (strcmp(text, words[i][is]) == 0) {
				*truth = is;
				return true;
			}
	return false;
}

static char *trimmed(struct arena *arena, const char *text, size_t n)
{
	utf8_trim(&text, &n);
	return arena_strndup(arena, text, n);
}

/* the operator at `text`, and how long it is; false: none */
static bool operator_at(const char *text, enum filter_op *op, size_t *n)
{
	static const struct {
		const char *text;
		enum filter_op op;
	} operators[] = { { "!=", FILTER_NOT_EQUAL }, { "<=", FILTER_AT_MOST },
			  { ">=", FILTER_AT_LEAST },  { "=", FILTER_EQUAL },
			  { "<", FILTER_LESS },       { ">", FILTER_GREATER },
			  { "~", FILTER_CONTAINS } };

	for (size_t i = 0; i < sizeof(operators) / sizeof(*operators); i++) {
		*n = strlen(operators[i].text);
		*op = operators[i].op;
		if (strncmp(text, operators[i].text, *n) == 0)
			return true;
	}
	return false;
}

int filter_parse(struct condition *condition, const char *text, struct arena *arena)
{
	struct condition c = { 0 };
	size_t at = strcspn(text, "=!<>~"), length, n;

	if (!operator_at(text + at, &c.op, &length))
		return 0;
	c.field = trimmed(arena, text, at);
	c.value = trimmed(arena, text + at + length, strlen(text + at + length));
	if (!c.field || !c.value)
		return -1;
	if (!*c.field)
		return 0;
	if (!*c.value && c.op != FILTER_EQUAL && c.op != FILTER_NOT_EQUAL &&
	    c.op != FILTER_CONTAINS)
		return 0;
	n = strlen(c.value);
	c.is_number = is_number(c.value);
	c.is_day = date_parse(c.value, n, &c.day);
	c.is_moment = moment_parse(c.value, n, &c.moment);
	c.is_truth = truth_of(c.value, &c.truth);
	*condition = c;
	return 1;
}

static bool is_code(const struct condition *c, const struct node *node)
{
	for (size_t i = 0; i < c->ncodes; i++)
		if (node_is(node, c->codes[i]))
			return true;
	return false;
}

/* both as days when one is a date, else as times; false when the node is neither */
static bool compare_times(const struct condition *c, const struct node *node, int offset,
			  int *order)
{
	moment_t moment = MOMENT_NONE;
	day_t day = DAY_NONE, other = c->day;

	if (node->type != NODE_STRING || (!c->is_day && !c->is_moment))
		return false;
	if (moment_parse(node->text, node->count, &moment)) {
		if (c->is_moment) {
			*order = (moment > c->moment) - (moment < c->moment);
			return true;
		}
		day = day_of_moment(moment, offset);
	} else if (!date_parse(node->text, node->count, &day)) {
		return false;
	}
	if (c->is_moment)
		other = day_of_moment(c->moment, offset);
	*order = (day > other) - (day < other);
	return true;
}

static bool compare_numbers(const struct condition *c, const struct node *node, int *order)
{
	struct decimal a, b;

	if (!c->is_number ||
	    (node->type != NODE_NUMBER && (node->type != NODE_STRING || !is_number(node->text))))
		return false;
	a = decimal_of(node->text, node->count);
	b = decimal_of(c->value, strlen(c->value));
	*order = decimal_compare(&a, &b);
	return true;
}

/* whether the node can be compared with the value; how it stands to it */
static bool compare(const struct condition *c, const struct node *node, int offset, int *order)
{
	if (node->type == NODE_BOOL) {
		*order = (int)node->boolean - (int)c->truth;
		return c->is_truth;
	}
	if (!compare_numbers(c, node, order) && !compare_times(c, node, offset, order))
		*order = strcmp(node->text, c->ncodes ? c->codes[0] : c->value);
	return true;
}

static bool is_something(const struct node *node)
{
	return node->type != NODE_NULL && (node->type != NODE_STRING || node->count) &&
	       (node->type != NODE_MAP || node->count);
}

/* one value that is no list; != is asked as = */
static bool value_holds(const struct condition *c, const struct node *node, int offset)
{
	int order;

	if (!*c->value)
		return is_something(node);
	if (node->type == NODE_NULL || node->type == NODE_MAP)
		return false;
	if (c->op == FILTER_CONTAINS)
		return is_code(c, node) || strstr(node->text, c->value);
	if (c->op == FILTER_EQUAL || c->op == FILTER_NOT_EQUAL)
		return is_code(c, node) || (compare(c, node, offset, &order) && order == 0);
	if (!compare(c, node, offset, &order))
		return false;
	return c->op == FILTER_LESS      ? order < 0
	       : c->op == FILTER_GREATER ? order > 0
	       : c->op == FILTER_AT_MOST ? order <= 0
					 : order >= 0;
}

static const struct node *step(const struct node *map, const char **name)
{
	size_t n = strcspn(*name, ".");
	const char *step = *name;

	*name += n + (step[n] == '.');
	for (uint32_t i = 0; map->type == NODE_MAP && i < map->count; i++)
		if (map->members[i].len == n && memcmp(map->members[i].name, step, n) == 0)
			return map->members[i].value;
	return NULL;
}

static bool any_holds(const struct condition *c, const struct node *node, const char *name,
		      int offset)
{
	while (node && *name && node->type != NODE_LIST)
		node = step(node, &name);
	if (!node)
		return false;
	if (node->type != NODE_LIST)
		return value_holds(c, node, offset);
	for (uint32_t i = 0; i < node->count; i++)
		if (any_holds(c, &node->items[i], name, offset))
			return true;
	return false;
}

bool filter_holds(const struct condition *c, const struct node *fields, int offset)
{
	bool any = any_holds(c, fields, c->field, offset);

	/* without a value = asks for nothing and != for something */
	if (!*c->value)
		return any == (c->op != FILTER_EQUAL);
	return any == (c->op != FILTER_NOT_EQUAL);
}

static int gather(const struct node *node, const char *name, struct arena *arena, struct node *list)
{
	while (node && *name && node->type != NODE_LIST)
		node = step(node, &name);
	if (!node)
		return 0;
	if (node->type != NODE_LIST)
		return node_append(arena, list, node);
	for (uint32_t i = 0; i < node->count; i++)
		if (gather(&node->items[i], name, arena, list) < 0)
			return -1;
	return 0;
}

int filter_value(const struct node *fields, const char *name, struct arena *arena,
		 const struct node **value)
{
	const struct node *node = fields;
	struct node *list;

	while (node && *name && node->type != NODE_LIST)
		node = step(node, &name);
	if (!node || !*name) {
		*value = node;
		return 0;
	}
	list = node_new_list(arena);
	if (!list || gather(node, name, arena, list) < 0)
		return -1;
	*value = list->count ? list : NULL;
	return 0;
}
