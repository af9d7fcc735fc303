/* Days and figures of a cell; what is wrong with them, and what to do. */
#include <string.h>

#include "base/msg.h"
#include "intake/day.h"
#include "intake/figure.h"
#include "intake/value.h"

#define DAYS_FROM_1904 1462 /* that a Macintosh counts from, not 1899-12-30 */

struct told {
	const char *message, *hint;
};

static const struct told DAYS[] = {
	[DAY_BLANK] = { N_("no date is filled in"), NULL },
	[DAY_HASHES] = { N_("'%s' is what a column that is too narrow shows, not a date"),
			 N_("make the column wider and save the table again") },
	[DAY_SERIAL] = { N_("'%s' may be a spreadsheet's number of a day"),
			 N_("give the cells the format of a date; or say --excel-serial") },
	[DAY_NUMBER] = { N_("'%s' may be a number or a date without a year"),
			 N_("write it as 2024-04-18") },
	[DAY_SHORT_YEAR] = { N_("'%s' has a year of two digits"), N_("write it as 2024-04-18") },
	[DAY_ORDER] = { N_("'%s' does not say which is the day and which the month (日月顺序不明)"),
			N_("write it as 2024-04-18") },
	[DAY_RANGE] = { N_("'%s' is no single day"), N_("write a row for each day") },
	[DAY_UNREAL] = { N_("there is no day '%s' (无此日期)"), NULL },
	[DAY_WEEKDAY] = { N_("'%s' has the day of the week of another date (日期与星期不符)"),
			  N_("find out which of the two is right") },
	[DAY_UNKNOWN] = { N_("'%s' is no date"), N_("write it as 2024-04-18") },
};

static const struct told FIGURES[] = {
	[FIGURE_ERROR] = { N_("'%s' is a fault of the spreadsheet, not a value"),
			   N_("mend the formula, or fill in the value") },
	[FIGURE_SCIENTIFIC] = { N_("'%s' is in scientific notation: digits may be lost"),
				N_("give the cells the format of a number") },
	[FIGURE_LETTERS] = { N_("'%s' has letters among its digits (疑似字母)"),
			     N_("O and l are not 0 and 1") },
	[FIGURE_ABOUT] = { N_("'%s' is no exact figure (需填准确数)"), NULL },
	[FIGURE_GROUPS] = { N_("'%s' has a comma where none can stand"),
			    N_("thousands have three digits behind the comma; decimals stand "
			       "behind a point") },
	[FIGURE_UNIT] = { N_("'%s' has a unit of measure that is not this figure's"), NULL },
	[FIGURE_POINTS] = { N_("'%s' is a difference in percentage points, no level"), NULL },
	[FIGURE_AMBIGUOUS] = { N_("'%s' may be a share or a percentage"),
			       N_("write it with its percent sign") },
	[FIGURE_PRECISION] = { N_("'%s' has more decimals than the figure"), NULL },
	[FIGURE_NEGATIVE] = { N_("'%s' is negative"), NULL },
	[FIGURE_FRACTION] = { N_("'%s' is no whole number"), NULL },
	[FIGURE_RANGE] = { N_("'%s' is too large"), NULL },
	[FIGURE_UNKNOWN] = { N_("'%s' is no figure"), NULL },
};

static const struct told SHARE_RANGE = { N_("'%s' is too large"),
					 N_("a share is 100 percent at most") };

/* messages with one %s for the text of the cell; hints as they are */
static void reject(struct reading *r, int column, const char *code, const struct told *told)
{
	const char *text = r->entry->cells[column].text;
	const char *message = _(told->message), *mark = strstr(message, "%s");
	struct finding *f = entry_say(r->in, r->entry, LEVEL_ERROR, code, column, "%.*s%s%s",
				      (int)(mark ? mark - message : (long)strlen(message)), message,
				      mark ? text : "", mark ? mark + 2 : "");

	if (told->hint)
		finding_hint(&r->entry->findings, f, "%s", _(told->hint));
}

void value_day(struct reading *r, int column)
{
	struct day_read read;
	char date[DATE_SIZE];
	enum day_fault fault = day_read(r->in->plan, r->entry->cells[column].text,
					r->in->options.excel_serial, &read);

	r->failed = r->failed || fault == DAY_NO_MEMORY;
	if (fault == DAY_NO_MEMORY)
		return;
	if (fault != DAY_FINE) {
		reject(r, column, "date", &DAYS[fault]);
		return;
	}
	/* what has the look of a date is one already */
	if (read.serial && r->in->grid.days_from_1904)
		read.day += DAYS_FROM_1904;
	date_format(read.day, date);
	value_put_text(r, column, date);
	if (read.year_taken)
		value_note(r, LEVEL_WARNING, column, "no-year",
			   _("'%s' has no year: the plan's is taken, %s"), date);
	if (read.time_dropped)
		value_note(r, LEVEL_NOTE, column, "time-dropped",
			   _("'%s' has a time of day, which is dropped: %s"), date);
	if (read.serial)
		value_note(r, LEVEL_NOTE, column, "excel-serial",
			   _("'%s' is a spreadsheet's number of a day: %s"), date);
}

/* domain V71: in any column */
bool value_is_error(struct reading *r, int column)
{
	if (!figure_is_error(r->entry->cells[column].text))
		return false;
	reject(r, column, "figure", &FIGURES[FIGURE_ERROR]);
	return true;
}

void value_count(struct reading *r, int column)
{
	const char *unit = r->indicator ? r->indicator->unit_of_measure : NULL;
	int64_t value;
	enum figure_fault fault = figure_count(r->entry->cells[column].text, unit, &value);

	if (fault == FIGURE_FINE)
		value_put(r, column, node_new_integer(r->in->work, value));
	else if (fault != FIGURE_NONE)
		reject(r, column, "figure", &FIGURES[fault]);
}

/* domain V74: a rate that is typed beside its parts is checked and not kept */
static void check_rate(struct reading *r, int column, int64_t value, unsigned places)
{
	int64_t n = node_integer(r->entry->fields, "numerator", -1);
	int64_t d = node_integer(r->entry->fields, "denominator", -1);
	int64_t share = d > 0 ? share_percent(n, d, places) : value;
	char text[FIGURE_SIZE];

	if (value != share)
		value_note(r, LEVEL_ERROR, column, "rate",
			   _("'%s' is not what numerator and denominator make, %s%%"),
			   decimal_format(share, places, text));
}

void value_rate(struct reading *r, int column)
{
	unsigned places = r->indicator ? r->indicator->precision : 2;
	int64_t value;
	bool bare;
	char text[FIGURE_SIZE];
	enum figure_fault fault =
		figure_percent(r->entry->cells[column].text, places, &value, &bare);

	if (fault == FIGURE_NONE)
		return;
	if (fault != FIGURE_FINE) {
		reject(r, column, "figure", fault == FIGURE_RANGE ? &SHARE_RANGE : &FIGURES[fault]);
		return;
	}
	if (bare && !(r->in->percent && r->in->percent[column]))
		value_note(r, LEVEL_WARNING, column, "no-percent-sign",
			   _("'%s' has no percent sign, and its heading has none; read as %s%%"),
			   decimal_format(value, places, text));
	if (node_get(r->entry->fields, "numerator") && node_get(r->entry->fields, "denominator"))
		check_rate(r, column, value, places);
	else
		value_put_text(r, column, decimal_format(value, places, text));
}

void value_seq(struct reading *r, int column)
{
	int64_t value;

	if (figure_count(r->entry->cells[column].text, NULL, &value) == FIGURE_FINE && value > 0)
		value_put(r, column, node_new_integer(r->in->work, value));
}
