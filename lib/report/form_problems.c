/* The list of problems that the plan asks of each unit (L70). */
#include <string.h>

#include "base/utf8.h"
#include "report/form_parts.h"

#define BLANK_ROWS 8 /* as many as the plan's annex 1 */

enum {
	SEQ,
	PROBLEM,
	SOURCE,
	LEAD,
	RESPONSIBLE,
	MEASURES,
	MILESTONES,
	DUE,
	STATE,
	LIGHT,
	COLUMNS,
};

static const char *const TITLES[COLUMNS] = { "序号",     "问题",     "问题来源", "牵头单位",
					     "责任单位", "整改措施", "倒排工期", "整改时限",
					     "状态",     "灯" };
static const unsigned WIDTHS[COLUMNS] = { 4, 18, 8, 9, 10, 17, 12, 11, 7, 5 };

/* Rows of more lines than this fill half a page. What is wider than the page is printed smaller, so
 * there is an end to widening: about 8 points. */
#define MOST_LINES 18
#define MOST_ACROSS 131
#define STEP 3

static void add_field(struct str *out, const struct form_words *words, const struct node *fields,
		      const char *name)
{
	const struct node *value = node_get(fields, name);

	if (value)
		words_add(out, words->plan, field_named(words->fields, words->nfields, name),
			  value);
}

/* the description says it all; the title is often its beginning */
static void add_problem(struct str *out, const struct node *fields)
{
	const char *title = node_string(fields, "title");
	const char *description = node_string(fields, "description");

	if (!description || !title) {
		str_add(out, title ? title : description ? description : "");
		return;
	}
	if (strncmp(description, title, strlen(title)) != 0)
		str_addf(out, "%s\n", title);
	str_add(out, description);
}

static void add_measures(struct str *out, const struct node *measures)
{
	for (size_t i = 0; i < list_count(measures); i++) {
		const char *text = node_string(&measures->items[i], "text");

		form_count(out, i, text);
		str_add(out, text ? text : "");
	}
}

static void add_milestones(struct str *out, const struct node *milestones)
{
	for (size_t i = 0; i < list_count(milestones); i++) {
		const char *date = node_string(&milestones->items[i], "date");
		const char *name = node_string(&milestones->items[i], "name");

		str_addf(out, "%s%s %s", i ? "\n" : "", date ? date : "", name ? name : "");
	}
}

static void add_light(struct str *out, const struct problem_status *status)
{
	if (status->light == LIGHT_NONE)
		return;
	str_add(out, light_label(status->light));
	if (status->reason != REASON_NONE)
		str_addf(out, "\n%s", reason_label(status->reason));
}

/* one that was extended says what it was before: it counts for what is done on time */
static void add_due(struct str *out, const struct problem_status *status)
{
	char day[DATE_SIZE];

	if (status->due == DAY_NONE)
		return;
	str_add(out, date_format(status->due, day));
	if (status->due_original != DAY_NONE && status->due_original != status->due)
		str_addf(out, "\n原定\n%s", date_format(status->due_original, day));
}

static void add_listed(struct str *out, const struct form_words *words,
		       const struct listed *problem, int column)
{
	const struct node *fields = problem->fields;

	switch (column) {
	case PROBLEM:
		add_problem(out, fields);
		break;
	case SOURCE:
		add_field(out, words, fields, "origin");
		break;
	case LEAD:
		add_field(out, words, fields, "lead");
		break;
	case RESPONSIBLE:
		add_field(out, words, fields, "responsible");
		break;
	case MEASURES:
		add_measures(out, node_get(fields, "measures"));
		break;
	case MILESTONES:
		add_milestones(out, node_get(fields, "milestones"));
		break;
	case DUE:
		add_due(out, &problem->status);
		break;
	case STATE:
		str_add(out, state_label(problem->state));
		break;
	case LIGHT:
		add_light(out, &problem->status);
		break;
	}
}

static unsigned lines_in(const char *text, unsigned width)
{
	unsigned lines = 0;

	while (text && *text) {
		size_t n = strcspn(text, "\n"), columns = utf8_width(text, n);

		lines += columns > width ? (unsigned)((columns + width - 1) / width) : 1;
		text += n + (text[n] == '\n');
	}
	return lines;
}

/* the column in which the sheet's longest cell stands, and how many lines that takes */
static unsigned longest(const struct sheet *sheet, const unsigned *widths, unsigned *lines)
{
	unsigned column = 0;

	*lines = 0;
	for (const struct sheet_row *row = sheet->first; row; row = row->next)
		for (unsigned i = 0; i < COLUMNS; i++) {
			unsigned n = row->cells[i].span > 1
					     ? 0
					     : lines_in(row->cells[i].text, widths[i]);

			if (n > *lines) {
				*lines = n;
				column = i;
			}
		}
	return column;
}

/* columns of long texts are wider, so that a problem does not take a page of its own */
static void widen(struct sheet *sheet)
{
	unsigned *widths = arena_array(sheet->book->arena, COLUMNS, sizeof(*widths));
	unsigned across = 0, lines, column;

	if (!widths) {
		sheet->book->failed = true;
		return;
	}
	for (unsigned i = 0; i < COLUMNS; i++)
		across += widths[i] = WIDTHS[i];
	for (; across < MOST_ACROSS; across += STEP) {
		column = longest(sheet, widths, &lines);
		if (lines <= MOST_LINES)
			break;
		widths[column] += STEP;
	}
	sheet->widths = widths;
}

static void put_unlisted(struct sheet *sheet, const struct unlisted *unlisted)
{
	struct str text = { 0 };

	if (!unlisted || !(unlisted->registered + unlisted->declined))
		return;
	str_add(&text, "另有");
	if (unlisted->registered)
		str_addf(&text, "已登记、待列入清单%zu件", unlisted->registered);
	if (unlisted->declined)
		str_addf(&text, "%s不予列账%zu件", unlisted->registered ? "，" : "",
			 unlisted->declined);
	str_add(&text, "，未列入本清单。");
	sheet_take(sheet, sheet_row(sheet, 0), 0, SHEET_NOTE, COLUMNS, &text);
	str_release(&text);
}

void form_problems(struct book *book, const struct form_words *words, const char *unit,
		   const char *stamp, const struct listed *problems, size_t n,
		   const struct unlisted *unlisted)
{
	struct sheet *sheet = book_sheet(book, unit, WIDTHS, COLUMNS);
	struct sheet_row *row = sheet_row(sheet, FORM_TITLE);
	struct str text = { 0 };
	size_t rows = n ? n : stamp ? 1 : BLANK_ROWS;

	str_addf(&text, "%s问题清单", unit);
	sheet_take(sheet, row, 0, SHEET_TITLE, COLUMNS, &text);
	if (stamp) {
		str_add(&text, "截至：");
		stamp_words(&text, stamp);
	}
	sheet_take(sheet, sheet_row(sheet, 0), 0, SHEET_RIGHT, COLUMNS, &text);
	row = sheet_row(sheet, FORM_HEAD);
	for (unsigned i = 0; i < COLUMNS; i++)
		sheet_put(sheet, row, i, SHEET_HEAD, 1, TITLES[i]);
	for (size_t k = 0; k < rows && sheet; k++) {
		row = sheet_row(sheet, FORM_ROW);
		for (unsigned i = 0; i < COLUMNS; i++) {
			bool words_in_it = i == PROBLEM || i == MEASURES || i == MILESTONES;

			if (i == SEQ && (n || !stamp))
				str_addf(&text, "%zu", k + 1);
			else if (k < n)
				add_listed(&text, words, &problems[k], (int)i);
			else if (stamp && i == PROBLEM)
				str_add(&text, "无");
			sheet_take(sheet, row, i, words_in_it ? SHEET_TEXT : SHEET_MIDDLE, 1,
				   &text);
		}
	}
	put_unlisted(sheet, unlisted);
	sheet_put(sheet, sheet_row(sheet, 0), 0, SHEET_NOTE, COLUMNS, FORM_NOTICE);
	if (sheet) {
		widen(sheet);
		sheet->head = 3;
		sheet->landscape = true;
	}
	str_release(&text);
}
