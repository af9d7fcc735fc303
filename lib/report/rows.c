#include "report/rows.h"

#include <csv.h>
#include <string.h>

#include "report/render.h"

void json_value(struct str *out, const struct node *value)
{
	switch (value->type) {
	case NODE_NULL:
		str_add(out, "null");
		break;
	case NODE_BOOL:
		str_add(out, value->boolean ? "true" : "false");
		break;
	case NODE_NUMBER:
		str_addn(out, value->text, value->count);
		break;
	case NODE_LIST:
		str_addc(out, '[');
		for (uint32_t i = 0; i < value->count; i++) {
			str_add(out, i ? "," : "");
			json_value(out, &value->items[i]);
		}
		str_addc(out, ']');
		break;
	case NODE_MAP:
		str_addc(out, '{');
		for (uint32_t i = 0; i < value->count; i++) {
			str_add(out, i ? "," : "");
			json_string(out, value->members[i].name, value->members[i].len);
			str_addc(out, ':');
			json_value(out, value->members[i].value);
		}
		str_addc(out, '}');
		break;
	default:
		json_string(out, value->text, value->count);
	}
}

static bool is_flat(const struct node *list)
{
	for (uint32_t i = 0; i < list->count; i++)
		if (list->items[i].type == NODE_LIST || list->items[i].type == NODE_MAP)
			return false;
	return true;
}

void row_text(struct str *out, const struct node *value)
{
	if (!value || value->type == NODE_NULL)
		return;
	if (value->type == NODE_STRING) {
		str_addn(out, value->text, value->count);
	} else if (value->type == NODE_LIST && is_flat(value)) {
		for (uint32_t i = 0; i < value->count; i++) {
			str_add(out, i ? ";" : "");
			row_text(out, &value->items[i]);
		}
	} else {
		json_value(out, value);
	}
}

static void put_tsv(struct str *out, const struct str *cell)
{
	for (size_t i = 0; i < cell->len; i++) {
		switch (cell->p[i]) {
		case '\t':
			str_add(out, "\\t");
			break;
		case '\n':
			str_add(out, "\\n");
			break;
		case '\r':
			str_add(out, "\\r");
			break;
		case '\\':
			str_add(out, "\\\\");
			break;
		default:
			str_addc(out, cell->p[i]);
		}
	}
}

/* alone: the only cell of its line, which must not be empty: readers skip such lines */
static void put_csv(struct str *out, const struct str *cell, bool alone)
{
	const char *text = str_text(cell);
	size_t needed;
	char *to;

	if (!strpbrk(text, ",\"\r\n") && (cell->len || !alone)) {
		str_addn(out, text, cell->len);
		return;
	}
	needed = csv_write2(NULL, 0, text, cell->len, '"');
	to = str_room(out, needed);
	if (!to)
		return;
	out->len += csv_write2(to, needed, text, cell->len, '"');
	out->p[out->len] = '\0';
}

static void put_cell(struct str *out, enum row_form form, const struct str *cell, size_t i,
		     size_t n)
{
	if (i)
		str_addc(out, form == ROW_TSV ? '\t' : ',');
	if (form == ROW_TSV)
		put_tsv(out, cell);
	else
		put_csv(out, cell, n == 1);
	if (cell->failed)
		out->failed = true;
}

void row_head(struct str *out, enum row_form form, const char *const *keys, size_t n)
{
	struct str cell = { 0 };

	if (form == ROW_JSON)
		return;
	for (size_t i = 0; i < n; i++) {
		str_add(&cell, keys[i]);
		put_cell(out, form, &cell, i, n);
		str_reset(&cell);
	}
	str_addc(out, '\n');
	str_release(&cell);
}

static void add_object(struct str *out, const char *const *keys, const struct node *const *values,
		       size_t n)
{
	str_addc(out, '{');
	for (size_t i = 0; i < n; i++) {
		str_add(out, i ? "," : "");
		json_string(out, keys[i], strlen(keys[i]));
		str_addc(out, ':');
		if (values[i])
			json_value(out, values[i]);
		else
			str_add(out, "null");
	}
	str_add(out, "}\n");
}

void row_add(struct str *out, enum row_form form, const char *const *keys,
	     const struct node *const *values, size_t n)
{
	struct str cell = { 0 };

	if (form == ROW_JSON) {
		add_object(out, keys, values, n);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		row_text(&cell, values[i]);
		put_cell(out, form, &cell, i, n);
		str_reset(&cell);
	}
	str_addc(out, '\n');
	str_release(&cell);
}
