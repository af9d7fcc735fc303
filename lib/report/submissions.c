#include "report/submissions.h"

#include "base/str.h"

static const struct column UNITS[] = {
	{ "unit", "单位", CELL_TEXT, 0, 1 },
	{ "visits", "走访", CELL_INTEGER, 0, 0 },
	{ "walkthroughs", "走流程", CELL_INTEGER, 0, 0 },
	{ "state", "资料", CELL_CODE, 0, 0 },
	{ "missing", "缺少", CELL_LIST, COLUMN_DATA_ONLY, 0 },
	{ "faults", "问题文件", CELL_INTEGER, COLUMN_DATA_ONLY, 0 },
	{ "handed_in", "报送日期", CELL_DATE, 0, 0 },
	{ "late", "逾期报送", CELL_BOOLEAN, COLUMN_DATA_ONLY, 0 },
	{ "owes", "尚欠", CELL_TEXT, 0, 2 },
};

enum { UNIT, VISITS, WALKTHROUGHS, STATE, MISSING, FAULTS, HANDED_IN, LATE, OWES };

static const struct column FILES[] = {
	{ "unit", "单位", CELL_TEXT, 0, 1 },
	{ "record", "记录", CELL_CODE, 0, 0 },
	{ "file", "文件", CELL_TEXT, 0, 2 },
	{ "state", "状况", CELL_CODE, 0, 0 },
};

#define COLUMNS_OF(columns) (sizeof(columns) / sizeof(*(columns)))

static void date_fact(struct report *report, const char *key, const char *title,
		      const struct node *rules)
{
	const char *date = node_string(rules, key);

	if (date)
		cell_text(report, report_fact(report, key, title, CELL_DATE), date);
}

static void days_fact(struct report *report, const struct submissions *s, day_t day)
{
	struct cell *cell = report_fact(report, "days_left", "余天", CELL_INTEGER);
	int64_t left = (int64_t)s->due - day;

	if (s->due == DAY_NONE)
		return;
	cell_integer(cell, left);
	if (left < 0)
		cell_shown(report, cell,
			   arena_printf(report->arena, "已过%lld天", (long long)-left));
}

void submissions_facts(struct report *report, const struct submissions *s, day_t day)
{
	const struct node *rules = node_get(s->plan->root, "submission");
	const char *unit = node_string(rules, "recipient_unit");
	const char *desk = node_string(rules, "recipient_desk");
	const char *caution = node_string(rules, "caution");

	date_fact(report, "due", "报送时限", rules);
	cell_text(report, report_fact(report, "due_text", "方案原文", CELL_TEXT),
		  node_string(rules, "due_text"));
	date_fact(report, "due_lenient", "从宽时限", rules);
	date_fact(report, "remind", "提醒日期", rules);
	days_fact(report, s, day);
	cell_code(report, report_fact(report, "recipient_unit", "接收单位", CELL_CODE), unit,
		  plan_name(s->plan, unit));
	cell_text(report, report_fact(report, "recipient_desk", "科室", CELL_TEXT), desk);
	cell_text(report, report_fact(report, "mailbox", "邮箱", CELL_TEXT),
		  node_string(rules, "mailbox"));
	cell_text(report, report_fact(report, "caution", NULL, CELL_TEXT), caution);
	report_paragraph(report, caution);
}

static const char *label_of(const struct submissions *s, const struct node *labels, size_t kind)
{
	const char *code = s->kinds->items[kind].text, *label = node_string(labels, code);

	return label ? label : code;
}

/* 大走访缺活动照片、工作总结 */
static void say_missing(struct str *out, const struct submissions *s, const struct package *p,
			enum track track, const struct node *labels)
{
	uint32_t missing = package_missing(s, p, track);
	bool first = true;

	if (!missing)
		return;
	str_addf(out, "%s%s缺", out->len ? "；" : "", TRACK_LABELS[track]);
	for (size_t i = 0; i < list_count(s->kinds); i++) {
		if (!(missing >> i & 1))
			continue;
		str_addf(out, "%s%s", first ? "" : "、", label_of(s, labels, i));
		first = false;
	}
}

static void say_owed(struct str *out, const struct submissions *s, const struct package *p,
		     const struct node *labels)
{
	if (package_state(s, p) == PACKAGE_NOT_STARTED)
		str_add(out, "未开展走访和走流程");
	for (int t = 0; t < TRACKS; t++)
		say_missing(out, s, p, (enum track)t, labels);
	if (p->faults)
		str_addf(out, "%s佐证文件缺失或被改动%zu个", out->len ? "；" : "", p->faults);
	if (p->handed_in == DAY_NONE)
		str_addf(out, "%s未登记报送", out->len ? "；" : "");
}

/* for scripts: visit/photo */
static void missing_cell(struct report *report, struct cell *cell, const struct submissions *s,
			 const struct package *p)
{
	static const char *const tracks[TRACKS] = { "visit", "walkthrough" };
	const char **texts =
		arena_array(report->arena, (size_t)TRACKS * MOST_EVIDENCE_KINDS, sizeof(*texts));
	size_t n = 0;

	for (int t = 0; texts && t < TRACKS; t++)
		for (size_t i = 0; i < list_count(s->kinds); i++)
			if (package_missing(s, p, (enum track)t) >> i & 1)
				texts[n++] = arena_printf(report->arena, "%s/%s", tracks[t],
							  s->kinds->items[i].text);
	for (size_t i = 0; i < n; i++)
		report->failed = report->failed || !texts[i];
	if (!texts || report->failed)
		report->failed = true;
	else
		cell_list(report, cell, texts, n);
}

static void hand_in_cells(struct report *report, struct cell *cells, const struct submissions *s,
			  const struct package *p)
{
	bool late = p->handed_in != DAY_NONE && s->due != DAY_NONE && p->handed_in > s->due;
	char date[DATE_SIZE];

	if (p->handed_in == DAY_NONE) {
		cell_absent(report, &cells[HANDED_IN], "未报送");
		return;
	}
	date_format(p->handed_in, date);
	cell_code(report, &cells[HANDED_IN], date,
		  late ? arena_printf(report->arena, "%s（逾期）", date) : NULL);
	cell_boolean(&cells[LATE], late);
}

static void unit_row(struct report *report, struct table *table, const struct submissions *s,
		     int unit, const struct node *labels)
{
	static const struct {
		const char *code, *label;
	} states[] = { [PACKAGE_COMPLETE] = { "complete", "齐全" },
		       [PACKAGE_INCOMPLETE] = { "incomplete", "不齐全" },
		       [PACKAGE_NOT_STARTED] = { "not-started", "未开展" } };
	const struct package *p = &s->units[unit];
	enum package_state state = package_state(s, p);
	struct cell *cells = table_row(report, table);
	struct str owed = { 0 };

	say_owed(&owed, s, p, labels);
	cell_code(report, &cells[UNIT], s->plan->units[unit].id, s->plan->units[unit].name);
	cell_integer(&cells[VISITS], (int64_t)p->records[TRACK_VISITS]);
	cell_integer(&cells[WALKTHROUGHS], (int64_t)p->records[TRACK_WALKTHROUGHS]);
	cell_code(report, &cells[STATE], states[state].code, states[state].label);
	cells[STATE].tone = state == PACKAGE_COMPLETE ? TONE_GREEN : TONE_RED;
	missing_cell(report, &cells[MISSING], s, p);
	cell_integer(&cells[FAULTS], (int64_t)p->faults);
	hand_in_cells(report, cells, s, p);
	if (owed.len)
		cell_text(report, &cells[OWES], str_text(&owed));
	else
		cell_absent(report, &cells[OWES], "无");
	report->failed = report->failed || owed.failed;
	str_release(&owed);
}

static void files_table(struct report *report, const struct submissions *s)
{
	struct table *table = report_table(report, "files", "缺失或被改动的佐证文件", "无", FILES,
					   COLUMNS_OF(FILES));

	for (size_t i = 0; i < s->nfiles; i++) {
		const struct bad_file *bad = &s->files[i];
		bool missing = bad->answer == EVIDENCE_MISSING;
		struct cell *cells = table_row(report, table);

		cell_code(report, &cells[0], s->plan->units[bad->unit].id,
			  s->plan->units[bad->unit].name);
		cell_text(report, &cells[1], bad->record);
		cell_text(report, &cells[2], bad->file);
		cell_code(report, &cells[3], missing ? "missing" : "changed",
			  missing ? "缺失" : "被改动");
	}
}

void submissions_tables(struct report *report, const struct submissions *s,
			const struct node *labels, const struct unit_set *rows)
{
	struct table *table = report_table(report, "units", NULL, "无", UNITS, COLUMNS_OF(UNITS));

	for (int u = 0; u < (int)s->plan->nunits; u++)
		if (set_has(rows, u))
			unit_row(report, table, s, u, labels);
	files_table(report, s);
	if (s->withdrawn)
		report_paragraph(
			report,
			arena_printf(report->arena, "另有已撤回记录%zu条，不计入。", s->withdrawn));
}
