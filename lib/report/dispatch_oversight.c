/* 督办: what was agreed or asked before and what became of it, and what is asked now. */
#include <string.h>

#include "report/dispatch_part.h"

static const struct column ASKED[] = {
	{ "id", "编号", CELL_CODE, COLUMN_DATA_ONLY, 0 },
	{ "date", "日期", CELL_DATE, 0, 0 },
	{ "form", "形式", CELL_CODE, 0, 0 },
	{ "subject", "对象", CELL_TEXT, 0, 1 },
	{ "problem", "相关问题", CELL_CODE, COLUMN_DATA_ONLY, 0 },
	{ "requirement", "要求", CELL_TEXT, 0, 2 },
	{ "due", "办理时限", CELL_DATE, 0, 0 },
	{ "reply", "落实情况", CELL_TEXT, 0, 2 },
	{ "replied", "回复日期", CELL_DATE, COLUMN_DATA_ONLY, 0 },
};

static const struct column FORMS[] = {
	{ "form", "形式", CELL_CODE, 0, 0 },
	{ "issued", "发出", CELL_INTEGER, 0, 0 },
	{ "answered", "其中已回复", CELL_INTEGER, 0, 0 },
	{ "total", "累计发出", CELL_INTEGER, 0, 0 },
	{ "unanswered", "累计未回复", CELL_INTEGER, 0, 0 },
};

const char *oversight_word(struct telling *t, const char *name, const char *code)
{
	const struct story_field *field =
		field_named(t->words->oversight, t->words->noversight, name);
	const char *label = field && code ? node_string(field->labels, code) : NULL;

	return label ? label : code;
}

void oversight_row(struct telling *t, struct table *table, const struct oversight *o)
{
	struct cell *cells = table_row(t->report, table);

	cell_text(t->report, &cells[0], o->id);
	cell_day(t, &cells[1], o->date);
	cell_code(t->report, &cells[2], o->form, oversight_word(t, "form", o->form));
	cell_unit(t, &cells[3], o->subject);
	cell_text(t->report, &cells[4], o->problem);
	if (o->requirement || o->findings)
		cell_text(t->report, &cells[5], o->requirement ? o->requirement : o->findings);
	cell_day(t, &cells[6], o->due);
	if (o->reply)
		cell_text(t->report, &cells[7], o->reply);
	else
		cell_absent(t->report, &cells[7],
			    o->due != DAY_NONE && o->due < t->d->day ? "逾期未回复" : "未回复");
	cells[7].tone =
		!o->reply && o->due != DAY_NONE && o->due < t->d->day ? TONE_RED : TONE_NONE;
	cell_day(t, &cells[8], o->replied);
}

bool is_overseen(const struct telling *t, const struct oversight *o)
{
	return !t->d->narrowed || set_has(&t->d->chosen, o->subject);
}

/* what the issue before could tell of: asked then, or unanswered until then */
static bool was_told(const struct telling *t, const struct oversight *o)
{
	if (o->date >= t->d->issue.from || !is_overseen(t, o))
		return false;
	return (t->d->has_before && o->date >= t->d->before.from) || !o->reply ||
	       o->replied >= t->d->issue.from;
}

void part_followed_up(struct telling *t)
{
	struct table *table;

	tell_section(t, "上期议定事项落实");
	table = TELL_TABLE(t, "followed_up", "上期交办和此前未结事项", "无", ASKED);
	for (const struct oversight *o = t->d->oversights; o; o = o->next)
		if (was_told(t, o))
			oversight_row(t, table, o);
}

void oversight_counts(struct telling *t)
{
	static const char *const forms[] = { "inspection", "order",    "coordination",
					     "interview",  "circular", "escalation" };
	struct table *table = TELL_TABLE(t, "oversight_counts", "督导督办统计", NULL, FORMS);

	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		struct cell *cells = table_row(t->report, table);
		int64_t issued = 0, answered = 0, total = 0, open = 0;

		for (const struct oversight *o = t->d->oversights; o; o = o->next) {
			bool now = o->date >= t->d->issue.from;

			if (!is_overseen(t, o) || !o->form || strcmp(o->form, forms[i]) != 0)
				continue;
			total++;
			open += !o->reply;
			issued += now;
			answered += now && o->reply;
		}
		cell_code(t->report, &cells[0], forms[i], oversight_word(t, "form", forms[i]));
		cell_integer(&cells[1], issued);
		cell_integer(&cells[2], answered);
		cell_integer(&cells[3], total);
		cell_integer(&cells[4], open);
	}
}

void part_oversight(struct telling *t)
{
	struct table *table;

	tell_section(t, "需协调解决事项与督办");
	table = TELL_TABLE(t, "oversight", "本期发出", "无", ASKED);
	for (const struct oversight *o = t->d->oversights; o; o = o->next)
		if (o->date >= t->d->issue.from && is_overseen(t, o))
			oversight_row(t, table, o);
	oversight_counts(t);
}
