#include "report/sql.h"

#include <string.h>

#include "report/rows.h"

static const char *const TYPES[] = {
	[SQL_TEXT] = "text",      [SQL_DATE] = "date",      [SQL_MOMENT] = "timestamptz",
	[SQL_INTEGER] = "bigint", [SQL_NUMBER] = "numeric", [SQL_BOOLEAN] = "boolean",
	[SQL_JSON] = "jsonb",
};

/* with each quotation mark doubled */
static void put_quoted(struct str *out, const char *text, char mark)
{
	str_addc(out, mark);
	for (const char *p = text; *p; p++) {
		if (*p == mark)
			str_addc(out, mark);
		str_addc(out, *p);
	}
	str_addc(out, mark);
}

static void put_names(struct str *out, const struct sql_table *table, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		str_add(out, i ? ", " : "");
		put_quoted(out, table->columns[i].name, '"');
	}
}

static void put_table(struct str *out, const struct sql_table *table)
{
	str_add(out, "duban.");
	put_quoted(out, table->name, '"');
}

void sql_start(struct str *out)
{
	/* texts are as they stand, whatever the server's settings; half a load is none */
	str_add(out, "begin;\n"
		     "set local client_encoding = 'UTF8';\n"
		     "set local standard_conforming_strings = on;\n"
		     "set local client_min_messages = warning;\n"
		     /* of two loads at once the second waits: both would make what is not there */
		     "do 'begin perform pg_advisory_xact_lock(hashtext(''duban'')); end';\n"
		     "create schema if not exists duban;\n");
}

void sql_end(struct str *out)
{
	str_add(out, "commit;\n");
}

void sql_create(struct str *out, const struct sql_table *table)
{
	str_add(out, "create table if not exists ");
	put_table(out, table);
	str_add(out, " (");
	for (size_t i = 0; i < table->nkey; i++) {
		put_quoted(out, table->columns[i].name, '"');
		str_addf(out, " %s, ", TYPES[table->columns[i].type]);
	}
	str_add(out, "primary key (");
	put_names(out, table, table->nkey);
	str_add(out, "));\n");
	/* another plan's folder may have fields of its own */
	for (size_t i = table->nkey; i < table->ncolumns; i++) {
		str_add(out, "alter table ");
		put_table(out, table);
		str_add(out, " add column if not exists ");
		put_quoted(out, table->columns[i].name, '"');
		str_addf(out, " %s;\n", TYPES[table->columns[i].type]);
	}
}

static void put_value(struct str *out, enum sql_type type, const struct node *value)
{
	struct str text = { 0 };

	if (!value || value->type == NODE_NULL) {
		str_add(out, "null");
		return;
	}
	if (type == SQL_JSON)
		json_value(&text, value);
	else
		row_text(&text, value);
	put_quoted(out, str_text(&text), '\'');
	if (text.failed)
		out->failed = true;
	str_release(&text);
}

void sql_row(struct str *out, const struct sql_table *table, const struct node *const *values)
{
	str_add(out, "insert into ");
	put_table(out, table);
	str_add(out, " (");
	put_names(out, table, table->ncolumns);
	str_add(out, ") values (");
	for (size_t i = 0; i < table->ncolumns; i++) {
		str_add(out, i ? ", " : "");
		put_value(out, table->columns[i].type, values[i]);
	}
	str_add(out, ") on conflict (");
	put_names(out, table, table->nkey);
	str_add(out, table->ncolumns > table->nkey ? ") do update set " : ") do nothing");
	for (size_t i = table->nkey; i < table->ncolumns; i++) {
		str_add(out, i > table->nkey ? ", " : "");
		put_quoted(out, table->columns[i].name, '"');
		str_add(out, " = excluded.");
		put_quoted(out, table->columns[i].name, '"');
	}
	str_add(out, ";\n");
}

void sql_forget(struct str *out, const struct sql_table *table, const char *plan)
{
	str_add(out, "delete from ");
	put_table(out, table);
	str_add(out, " where plan = ");
	put_quoted(out, plan, '\'');
	str_add(out, ";\n");
}
