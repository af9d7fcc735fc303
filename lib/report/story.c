/* One record and what happened to it, as a story (contract 3: rectify-status RECORD). */
#include <string.h>

#include "base/str.h"
#include "model/inspection.h"
#include "report/problems.h"
#include "yaml/write.h"

struct story {
	struct report *report;
	const struct plan *plan;
	const struct folded *f;
	const struct story_field *fields, *event_fields;
	size_t nfields, nevent_fields;
};

static bool is_told_elsewhere(const char *name)
{
	static const char *const names[] = { "kind",       "id",      "title",       "measures",
					     "milestones", "entered", "state",       "events",
					     "path",       "listed",  "light_reason" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

#define DERIVED "derived."

static bool is_derived(const char *name)
{
	return strncmp(name, DERIVED, strlen(DERIVED)) == 0;
}

static const char *computed_title(const char *name)
{
	static const struct {
		const char *name, *title;
	} titles[] = { { "due_original", "原定时限" },
		       { "days_left", "余天" },
		       { "days_to_list", "列账用时（天）" },
		       { "overdue", "逾期" },
		       { "light", "灯" },
		       { "measures_done", "措施已完成" },
		       { "measures_total", "措施总数" },
		       { "closed", "销号时间" } };

	for (size_t i = 0; i < sizeof(titles) / sizeof(*titles); i++)
		if (strcmp(titles[i].name, name) == 0)
			return titles[i].title;
	for (size_t i = 0; is_derived(name) && i < INSPECTION_NDERIVED; i++)
		if (strcmp(INSPECTION_DERIVED[i].name, name + strlen(DERIVED)) == 0)
			return INSPECTION_DERIVED[i].title;
	return name;
}

static void add_light(struct str *out, const struct node *light, const struct node *reason)
{
	for (int l = LIGHT_RED; l <= LIGHT_CLOSED; l++)
		if (node_is(light, light_code((enum light)l)))
			str_add(out, light_label((enum light)l));
	for (int r = REASON_OVERDUE; r <= REASON_MILESTONE_MISSED; r++)
		if (reason && node_is(reason, reason_code((enum light_reason)r)))
			str_addf(out, "（%s）", reason_label((enum light_reason)r));
}

/* people read day and minute at the plan's offset, which leaves room for what happened */
static void add_moment(struct str *out, const char *exact)
{
	str_addf(out, "%.10s %.5s", exact, exact + strlen("2024-04-18T"));
}

static void tell_field(struct story *s, struct table *table, const char *title,
		       const struct str *text)
{
	struct cell *cells = table_row(s->report, table);

	cell_text(s->report, &cells[0], title);
	cell_text(s->report, &cells[1], str_text(text));
}

/* the fields of a map, by their labels; those of maps in it by dotted names */
static void tell_map(struct story *s, struct table *table, const struct node *map,
		     const char *before)
{
	for (uint32_t i = 0; i < map->count; i++) {
		const struct member *m = &map->members[i];
		const char *name = arena_printf(s->report->arena, "%s%s", before, m->name);
		const struct story_field *field;
		struct str text = { 0 };

		if (!name) {
			s->report->failed = true;
			return;
		}
		if (is_told_elsewhere(name))
			continue;
		if (m->value->type == NODE_MAP) {
			tell_map(s, table, m->value, arena_printf(s->report->arena, "%s.", name));
			continue;
		}
		field = field_named(s->fields, s->nfields, name);
		if (m->value->type == NODE_NULL && is_derived(name))
			str_add(&text, "不适用");
		else if (strcmp(name, "light") == 0)
			add_light(&text, m->value, node_get(map, "light_reason"));
		else if (strcmp(name, "closed") == 0 && m->value->type == NODE_STRING)
			add_moment(&text, m->value->text);
		else
			words_add(&text, s->plan, field, m->value);
		tell_field(s, table, field && field->title ? field->title : computed_title(name),
			   &text);
		str_release(&text);
	}
}

static void tell_fields(struct story *s, const struct node *view)
{
	static const struct column columns[] = {
		{ NULL, "项目", CELL_CODE, COLUMN_READ_ONLY, 0 },
		{ NULL, "内容", CELL_TEXT, COLUMN_READ_ONLY, 0 },
	};
	struct table *table = report_table(s->report, NULL, NULL, "无", columns, 2);

	if (table)
		tell_map(s, table, view, "");
}

static void tell_measures(struct story *s)
{
	static const struct column columns[] = {
		{ "id", "措施", CELL_CODE, 0, 0 },
		{ "text", "内容", CELL_TEXT, 0, 0 },
		{ "done", "完成", CELL_BOOLEAN, 0, 0 },
		{ "waived", "不再执行", CELL_BOOLEAN, COLUMN_DATA_ONLY, 0 },
		{ "evidence", "佐证", CELL_INTEGER, 0, 0 },
	};
	struct table *table;

	if (s->f->record->kind != KIND_PROBLEM)
		return;
	table = report_table(s->report, "measures", "整改措施", "无", columns, 5);
	for (size_t i = 0; table && i < s->f->nmeasures; i++) {
		const struct measure *m = &s->f->measures[i];
		struct cell *cells = table_row(s->report, table);

		cell_text(s->report, &cells[0], m->id);
		cell_text(s->report, &cells[1], m->text);
		cell_boolean(&cells[2], measure_is_done(s->plan, s->f, m));
		cell_boolean(&cells[3], m->waived);
		if (m->waived)
			cell_shown(s->report, &cells[2], "不再执行");
		cell_integer(&cells[4], (int64_t)m->evidence);
	}
}

static void tell_milestones(struct story *s)
{
	static const struct column columns[] = {
		{ "id", "节点", CELL_CODE, 0, 0 },
		{ "name", "名称", CELL_TEXT, 0, 0 },
		{ "date", "日期", CELL_DATE, 0, 0 },
		{ "done", "完成", CELL_BOOLEAN, 0, 0 },
	};
	struct table *table;

	if (s->f->record->kind != KIND_PROBLEM)
		return;
	table = report_table(s->report, "milestones", "倒排工期", "无", columns, 4);
	for (size_t i = 0; table && i < s->f->nmilestones; i++) {
		const struct milestone_state *m = &s->f->milestones[i];
		struct cell *cells = table_row(s->report, table);
		char date[DATE_SIZE];

		cell_text(s->report, &cells[0], m->id);
		cell_text(s->report, &cells[1], m->name);
		if (m->date != DAY_NONE)
			cell_text(s->report, &cells[2], date_format(m->date, date));
		cell_boolean(&cells[3], milestone_is_done(s->plan, s->f, m));
	}
}

/* a member of a map-valued key, such as follow_up.method; of `set`, a field of the record */
static const struct story_field *part_of(const struct story *s, const char *key, const char *name)
{
	const struct story_field *field = NULL;
	struct str dotted = { 0 };

	if (strcmp(key, "set") == 0)
		return field_named(s->fields, s->nfields, name);
	str_addf(&dotted, "%s.%s", key, name);
	field = field_named(s->event_fields, s->nevent_fields, str_text(&dotted));
	str_release(&dotted);
	return field;
}

/* what an event says beside its state, in words: 完成：M1、N1；佐证：窗口照片.jpg（照片） */
static void add_happening(struct str *out, struct story *s, const struct member *m)
{
	const struct story_field *field = field_named(s->event_fields, s->nevent_fields, m->name);

	if (out->len)
		str_add(out, "；");
	str_addf(out, "%s：", field && field->title ? field->title : m->name);
	if (strcmp(m->name, "evidence") == 0) {
		for (uint32_t i = 0; i < list_count(m->value); i++) {
			const char *name = node_string(&m->value->items[i], "name");

			str_addf(out, "%s%s", i ? "、" : "", name ? name : "?");
		}
		return;
	}
	if (m->value->type == NODE_MAP) {
		for (uint32_t i = 0; i < m->value->count; i++) {
			const struct member *part = &m->value->members[i];
			const struct story_field *inner = part_of(s, m->name, part->name);

			str_addf(out, "%s%s ", i ? "，" : "",
				 inner && inner->title ? inner->title : part->name);
			words_add(out, s->plan, inner, part->value);
		}
		return;
	}
	words_add(out, s->plan, field, m->value);
}

static bool is_head(const char *name)
{
	static const char *const names[] = { "record", "at", "by", "unit", "to", "note" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

enum {
	AT,
	BY,
	UNIT,
	TO,
	NOTE,
	WHAT,
	DONE_STEPS,
	UNDONE,
	WAIVED,
	NEW_DUE,
	REVIEW,
	EVIDENCE,
	SKIPPED,
	FILE_NAME,
	EVENT_COLUMNS
};

/* the texts of a list, or of one key of its maps */
static void list_cell(struct story *s, struct cell *cell, const struct node *list, const char *key)
{
	size_t n = list_count(list);
	const char **texts = arena_array(s->report->arena, n, sizeof(*texts));

	for (size_t i = 0; texts && i < n; i++) {
		const char *text =
			key ? node_string(&list->items[i], key) : node_text(&list->items[i]);

		texts[i] = text ? text : "?";
	}
	if (texts)
		cell_list(s->report, cell, texts, n);
	else
		s->report->failed = true;
}

/* for scripts: what `what` tells in words */
static void tell_parts(struct story *s, struct cell *cells, const struct node *root)
{
	list_cell(s, &cells[DONE_STEPS], node_get(root, "done"), NULL);
	list_cell(s, &cells[UNDONE], node_get(root, "undone"), NULL);
	list_cell(s, &cells[WAIVED], node_get(root, "waived"), NULL);
	cell_text(s->report, &cells[NEW_DUE], node_string(root, "due"));
	cell_text(s->report, &cells[REVIEW], node_string(root, "review"));
	list_cell(s, &cells[EVIDENCE], node_get(root, "evidence"), "file");
}

static void moment_cell(struct report *report, struct cell *cell, moment_t at, int offset)
{
	char exact[MOMENT_SIZE];
	struct str shown = { 0 };

	add_moment(&shown, moment_format(at, offset, exact));
	cell_code(report, cell, exact, str_text(&shown));
	str_release(&shown);
}

static void tell_event(struct story *s, struct table *table, const struct step *step)
{
	const struct event *event = step->event;
	struct cell *cells = table_row(s->report, table);
	enum state to = event_state(event);
	int unit = plan_unit(s->plan, event->unit);
	struct str what = { 0 };

	moment_cell(s->report, &cells[AT], event->at, s->plan->offset);
	cell_text(s->report, &cells[BY], event->by);
	cell_code(s->report, &cells[UNIT], event->unit,
		  unit == NO_UNIT ? event->unit : s->plan->units[unit].name);
	if (to != STATES)
		cell_code(s->report, &cells[TO], state_name(to), state_label(to));
	cell_text(s->report, &cells[NOTE], node_string(event->root, "note"));
	if (step->skip != SKIP_NONE)
		str_add(&what, "未生效");
	for (uint32_t i = 0; i < event->root->count; i++)
		if (!is_head(event->root->members[i].name))
			add_happening(&what, s, &event->root->members[i]);
	cell_text(s->report, &cells[WHAT], what.len ? str_text(&what) : NULL);
	tell_parts(s, cells, event->root);
	cell_boolean(&cells[SKIPPED], step->skip != SKIP_NONE);
	if (step->skip != SKIP_NONE)
		cells[WHAT].tone = TONE_YELLOW;
	if (event->name)
		cell_text(s->report, &cells[FILE_NAME], event->name);
	str_release(&what);
}

static void tell_events(struct story *s)
{
	static const struct column columns[EVENT_COLUMNS] = {
		[AT] = { "at", "时间", CELL_DATE, 0, 0 },
		[BY] = { "by", "经办人", CELL_CODE, 0, 0 },
		[UNIT] = { "unit", "单位", CELL_TEXT, 0, 2 },
		[TO] = { "to", "状态", CELL_CODE, 0, 0 },
		[NOTE] = { "note", "说明", CELL_TEXT, 0, 2 },
		[WHAT] = { "what", "内容", CELL_TEXT, 0, 2 },
		[DONE_STEPS] = { "done", "已完成", CELL_LIST, COLUMN_DATA_ONLY, 0 },
		[UNDONE] = { "undone", "撤销完成", CELL_LIST, COLUMN_DATA_ONLY, 0 },
		[WAIVED] = { "waived", "不再执行", CELL_LIST, COLUMN_DATA_ONLY, 0 },
		[NEW_DUE] = { "due", "新时限", CELL_DATE, COLUMN_DATA_ONLY, 0 },
		[REVIEW] = { "review", "审核", CELL_CODE, COLUMN_DATA_ONLY, 0 },
		[EVIDENCE] = { "evidence", "佐证资料", CELL_LIST, COLUMN_DATA_ONLY, 0 },
		[SKIPPED] = { "skipped", "未生效", CELL_BOOLEAN, COLUMN_DATA_ONLY, 0 },
		[FILE_NAME] = { "file", "文件", CELL_CODE, COLUMN_DATA_ONLY, 0 },
	};
	struct table *table =
		report_table(s->report, "events", "过程记录", "无", columns, EVENT_COLUMNS);

	for (size_t i = 0; table && i < s->f->nsteps; i++)
		tell_event(s, table, &s->f->steps[i]);
}

static void tell_head(struct story *s, const struct node *view)
{
	static const char *const plain[] = { "title", "unit",  "date",         "lead",
					     "due",   "light", "light_reason", "due_original" };
	const struct folded *f = s->f;
	const char *title = node_string(f->fields, "title");

	report_heading(s->report, 1, title ? title : KIND_INFO[f->record->kind].label);
	cell_text(s->report, report_fact(s->report, "id", "编号", CELL_CODE), f->record->id);
	cell_text(s->report, report_fact(s->report, "kind", NULL, CELL_CODE),
		  KIND_INFO[f->record->kind].name);
	cell_code(s->report, report_fact(s->report, "state", "状态", CELL_CODE),
		  state_name(f->state), state_label(f->state));
	for (size_t i = 0; i < sizeof(plain) / sizeof(*plain); i++) {
		const char *text = node_string(view, plain[i]);
		const struct node *known = node_get(view, plain[i]);

		if (known || f->record->kind == KIND_PROBLEM)
			cell_text(s->report, report_fact(s->report, plain[i], NULL, CELL_CODE),
				  text);
	}
}

void record_story(struct report *report, const struct plan *plan, const struct folded *f,
		  const struct node *view, const struct story_field *fields, size_t nfields,
		  const struct story_field *event_fields, size_t nevent_fields)
{
	struct story s = { .report = report,
			   .plan = plan,
			   .f = f,
			   .fields = fields,
			   .nfields = nfields,
			   .event_fields = event_fields,
			   .nevent_fields = nevent_fields };

	tell_head(&s, view);
	tell_fields(&s, view);
	tell_measures(&s);
	tell_milestones(&s);
	tell_events(&s);
	report_believed(report, plan);
}
