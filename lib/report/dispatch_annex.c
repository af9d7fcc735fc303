/* 附件: of a month the full tables, of the summary what was visited and handed in. */
#include <string.h>

#include "report/dispatch_part.h"
#include "report/submissions.h"

void part_appendix(struct telling *t)
{
	report_heading(t->report, 2, "附件");
	report_heading(t->report, 3, "1.各单位走访、问题和资料");
	put_units(t);
	put_tallies(t);
	report_heading(t->report, 3, "2.走访排查重点");
	put_points(t);
	report_heading(t->report, 3, "3.指标口径");
	part_formulas(t);
	report_heading(t->report, 3, "4.问题清单");
	put_lists(t);
}

static const struct column VISITS[] = {
	{ "id", "编号", CELL_CODE, COLUMN_DATA_ONLY, 0 },
	{ "unit", "走访单位", CELL_CODE, 0, 0 },
	{ "date", "走访日期", CELL_DATE, 0, 0 },
	{ "indicator_type", "指标类型", CELL_CODE, 0, 0 },
	{ "enterprise", "企业名称", CELL_TEXT, 0, 2 },
	{ "appeal", "企业反馈诉求", CELL_TEXT, 0, 3 },
	{ "solution", "诉求解决方案", CELL_TEXT, 0, 3 },
	{ "visitors", "走访人", CELL_TEXT, 0, 1 },
};

static const struct column WALKS[] = {
	{ "id", "编号", CELL_CODE, COLUMN_DATA_ONLY, 0 },
	{ "unit", "单位", CELL_CODE, 0, 0 },
	{ "date", "日期", CELL_DATE, 0, 0 },
	{ "experiencer", "体验人", CELL_TEXT, 0, 1 },
	{ "position", "职务", CELL_TEXT, 0, 1 },
	{ "matter", "体验事项", CELL_TEXT, 0, 2 },
	{ "findings", "发现问题", CELL_TEXT, 0, 3 },
	{ "suggestions", "改进建议", CELL_TEXT, 0, 3 },
};

static void visit_row(struct telling *t, struct table *table, const struct annex_row *row)
{
	struct cell *cells = table_row(t->report, table);

	cell_text(t->report, &cells[0], row->id);
	cell_short_unit(t, &cells[1], row->unit);
	cell_day(t, &cells[2], row->date);
	if (row->how)
		cell_code(t->report, &cells[3], row->how,
			  plan_word_name(t->plan, "vocab:indicator_type", row->how));
	cell_text(t->report, &cells[4], row->name);
	cell_text(t->report, &cells[5], row->said);
	cell_text(t->report, &cells[6], row->answer);
	cell_text(t->report, &cells[7], row->people);
}

static void walk_row(struct telling *t, struct table *table, const struct annex_row *row)
{
	struct cell *cells = table_row(t->report, table);

	cell_text(t->report, &cells[0], row->id);
	cell_short_unit(t, &cells[1], row->unit);
	cell_day(t, &cells[2], row->date);
	cell_text(t->report, &cells[3], row->people);
	cell_text(t->report, &cells[4], row->how);
	cell_text(t->report, &cells[5], row->name);
	cell_text(t->report, &cells[6], row->said);
	cell_text(t->report, &cells[7], row->answer);
}

static const char *annex_title(struct telling *t, const char *record, int number)
{
	const struct node *annexes = node_get(t->plan->root, "annexes");

	for (size_t i = 0; i < list_count(annexes); i++)
		if (node_is(node_get(&annexes->items[i], "record"), record))
			return indicator_say(t->report, "%d.%s", number,
					     node_string(&annexes->items[i], "title"));
	return indicator_say(t->report, "%d.%s", number, record);
}

/* units in the order of the plan, of each its records in theirs */
static void put_kind(struct telling *t, struct table *table, enum kind kind,
		     void (*put)(struct telling *t, struct table *table,
				 const struct annex_row *row))
{
	for (int u = 0; u < (int)t->plan->nunits; u++)
		for (const struct annex_row *row = t->d->annex; row; row = row->next)
			if (row->kind == kind && row->unit == u)
				put(t, table, row);
}

static void put_records(struct telling *t)
{
	struct table *table =
		TELL_TABLE(t, "annex_visits", annex_title(t, "visit", 1), "无", VISITS);

	put_kind(t, table, KIND_VISIT, visit_row);
	table = TELL_TABLE(t, "annex_walkthroughs", annex_title(t, "walkthrough", 2), "无", WALKS);
	put_kind(t, table, KIND_WALKTHROUGH, walk_row);
}

static const struct column FILES[] = {
	{ "unit", "单位", CELL_CODE, 0, 0 },       { "type", "类别", CELL_CODE, 0, 0 },
	{ "name", "原文件名", CELL_TEXT, 0, 1 },   { "file", "文件", CELL_TEXT, 0, 2 },
	{ "bytes", "字节数", CELL_INTEGER, 0, 0 }, { "sha256", "SHA-256", CELL_TEXT, 0, 2 },
	{ "record", "记录", CELL_CODE, 0, 0 },
};

static void file_row(struct telling *t, struct table *table, const struct evidence_file *f)
{
	const char *label = node_string(t->words->evidence, f->type ? f->type : "");
	struct cell *cells = table_row(t->report, table);

	cell_short_unit(t, &cells[0], f->unit);
	cell_code(t->report, &cells[1], f->type, label);
	cell_text(t->report, &cells[2], f->name);
	cell_text(t->report, &cells[3], f->file);
	cell_integer(&cells[4], f->bytes);
	cell_text(t->report, &cells[5], f->sha256);
	cell_text(t->report, &cells[6], f->record);
}

/* photos first as their own index, then all the rest */
static void put_files(struct telling *t, const char *key, const char *title, bool photos)
{
	struct table *table = TELL_TABLE(t, key, title, "无", FILES);

	for (int u = 0; u < (int)t->plan->nunits; u++)
		for (const struct evidence_file *f = t->d->files; f; f = f->next)
			if (f->unit == u && (!photos || (f->type && strcmp(f->type, "photo") == 0)))
				file_row(t, table, f);
}

void part_annexes(struct telling *t)
{
	const struct node *rules = node_get(t->plan->root, "submission");
	day_t due = field_date(rules, "due");
	const char *caution = node_string(rules, "caution");

	report_heading(t->report, 2, "附件");
	put_records(t);
	put_files(t, "photos", "3.照片索引", true);
	put_files(t, "evidence", "4.佐证资料清单", false);
	report_heading(t->report, 3, "5.各单位佐证资料报送");
	if (due != DAY_NONE)
		tell(t, "报送时限%s；接收%s%s；邮箱%s。", day_words(t, due),
		     plan_name(t->plan, node_string(rules, "recipient_unit")),
		     node_string(rules, "recipient_desk") ? node_string(rules, "recipient_desk")
							  : "",
		     node_string(rules, "mailbox") ? node_string(rules, "mailbox") : "无");
	report_paragraph(t->report, caution);
	submissions_tables(t->report, &t->d->packages, t->words->evidence, &t->rows);
}
