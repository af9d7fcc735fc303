/*
 * Charts as pictures. Direct labels instead of a legend; lines are told apart by dashes, points and
 * labels, so that they can be read in black and white and by whoever does not see colours (the
 * colours are Okabe and Ito's). Coordinates are integers: the same bytes everywhere.
 */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/utf8.h"
#include "report/chart.h"
#include "report/markup.h"

typedef __int128 wide;

#define FONT 34
#define LINE 40    /* from one label to the next */
#define LEFT 150   /* room for the figures of the scale */
#define RIGHT 330  /* room for labels at the right end */
#define PLOT 320   /* height of the plot of lines */
#define FOOT 72    /* room for the names of rows */
#define ROW 48     /* of bars */
#define NAMES 430  /* room for the names of bars */
#define INSIDE 230 /* a bar that has room for its figure */
#define MARK_ROWS 3
#define MOST_LABELS 16

/* a text at the right end, moved until none covers another */
struct end_label {
	int64_t y, wanted;
	struct str text;
	const char *color;
};

struct drawing {
	struct str *out;
	const struct chart *chart;
	struct scale scale;
	int64_t left, right, top, bottom; /* of the plot */
	struct end_label ends[MOST_LABELS];
	size_t nends;
};

static void put_text(struct str *out, int64_t x, int64_t y, const char *anchor, const char *color,
		     const char *text)
{
	str_addf(out, "<text x=\"%lld\" y=\"%lld\" text-anchor=\"%s\" fill=\"%s\">", (long long)x,
		 (long long)y, anchor, color);
	markup_text(out, text, " ");
	str_add(out, "</text>\n");
}

static void put_line(struct str *out, int64_t x1, int64_t y1, int64_t x2, int64_t y2,
		     const char *look)
{
	str_addf(out, "<line x1=\"%lld\" y1=\"%lld\" x2=\"%lld\" y2=\"%lld\" %s/>\n", (long long)x1,
		 (long long)y1, (long long)x2, (long long)y2, look);
}

static int64_t part_of(const struct scale *scale, int64_t value, int64_t length)
{
	return (int64_t)((wide)(value - scale->low) * length / (scale->high - scale->low));
}

static int64_t y_of(const struct drawing *d, int64_t value)
{
	return d->bottom - part_of(&d->scale, value, d->bottom - d->top);
}

/* x of a place in hundredths of rows */
static int64_t x_of(const struct drawing *d, int64_t hundredths)
{
	int64_t last = (int64_t)(d->chart->table->nrows - 1) * 100;

	return last > 0 ? d->left + (d->right - d->left) * hundredths / last
			: (d->left + d->right) / 2;
}

/* the day that a row is of; DAY_NONE where rows are named otherwise */
static day_t day_of(const struct chart *chart, size_t row)
{
	size_t column = chart_column(chart, ROLE_LABEL);
	const struct table *table = chart->table;
	const struct cell *cell;
	day_t day = DAY_NONE;

	if (column == table->ncolumns || table->columns[column].type != CELL_DATE)
		return DAY_NONE;
	cell = &table->cells[row * table->ncolumns + column];
	if (cell->text)
		date_parse(cell->text, strlen(cell->text), &day);
	return day;
}

/* rows stand at equal distances, days as far apart as they are */
static int64_t x_of_row(const struct drawing *d, size_t row)
{
	day_t first = day_of(d->chart, 0), day = day_of(d->chart, row);
	day_t last = day_of(d->chart, d->chart->table->nrows - 1);

	if (first == DAY_NONE || day == DAY_NONE || last <= first)
		return x_of(d, (int64_t)row * 100);
	return d->left + (d->right - d->left) * (day - first) / (last - first);
}

static void add_end(struct drawing *d, int64_t y, const char *color, const char *name,
		    int64_t value)
{
	struct end_label *end = &d->ends[d->nends];

	if (d->nends == MOST_LABELS)
		return;
	d->nends++;
	*end = (struct end_label){ .y = y, .wanted = y, .color = color };
	str_addf(&end->text, "%s ", name);
	chart_figure(&end->text, d->chart, value);
}

static int by_height(const void *a, const void *b)
{
	const struct end_label *x = a, *y = b;

	return x->wanted != y->wanted ? (x->wanted < y->wanted ? -1 : 1)
				      : strcmp(str_text(&x->text), str_text(&y->text));
}

static void put_ends(struct drawing *d)
{
	int64_t room = d->bottom; /* below are the names of rows */

	if (d->nends)
		qsort(d->ends, d->nends, sizeof(*d->ends), by_height);
	for (size_t i = 1; i < d->nends; i++)
		if (d->ends[i].y < d->ends[i - 1].y + LINE)
			d->ends[i].y = d->ends[i - 1].y + LINE;
	for (size_t i = d->nends; i-- > 0; room = d->ends[i].y - LINE)
		if (d->ends[i].y > room)
			d->ends[i].y = room;
	for (size_t i = 0; i < d->nends; i++) {
		struct end_label *end = &d->ends[i];

		put_line(d->out, d->right + 4, end->wanted, d->right + 22, end->y,
			 "stroke=\"#777\" stroke-width=\"1\"");
		put_text(d->out, d->right + 28, end->y + FONT / 3, "start", end->color,
			 str_text(&end->text));
		str_release_part(&end->text, d->out);
	}
}

static void put_grid(struct drawing *d)
{
	struct str text = { 0 };

	for (int64_t v = d->scale.low; v <= d->scale.high; v += d->scale.step) {
		int64_t y = y_of(d, v);

		put_line(d->out, d->left, y, d->right, y, "stroke=\"#ddd\" stroke-width=\"1\"");
		str_reset(&text);
		chart_figure(&text, d->chart, v);
		put_text(d->out, d->left - 12, y + FONT / 3, "end", "#444", str_text(&text));
	}
	put_line(d->out, d->left, d->bottom, d->right, d->bottom,
		 "stroke=\"#444\" stroke-width=\"2\"");
	str_release_part(&text, d->out);
}

/* as many names of rows as fit, the last one first */
static void put_row_names(struct drawing *d)
{
	int64_t room = CHART_WIDTH;
	struct str text = { 0 };

	for (size_t row = d->chart->table->nrows; row-- > 0;) {
		int64_t x = x_of_row(d, row), half;

		str_reset(&text);
		chart_label(&text, d->chart, row);
		half = (int64_t)(utf8_width(str_text(&text), text.len) + 1) * FONT / 4;
		if (x + half > room)
			continue;
		put_text(d->out, x, d->bottom + LINE + 12, "middle", "#444", str_text(&text));
		room = x - half;
	}
	str_release_part(&text, d->out);
}

static const struct look {
	const char *color, *stroke, *point;
} LOOKS[] = {
	[ROLE_MAIN] = { "#0072b2", "stroke-width=\"5\"", "fill=\"#0072b2\"" },
	[ROLE_OTHER] = { "#d55e00", "stroke-width=\"3\"",
			 "fill=\"#fff\" stroke=\"#d55e00\" stroke-width=\"3\"" },
	[ROLE_PLAN] = { "#009e73", "stroke-width=\"3\" stroke-dasharray=\"16 6 4 6\"", NULL },
};

static void put_points(struct drawing *d, size_t column, const struct look *look)
{
	int64_t value;

	for (size_t row = 0; row < d->chart->table->nrows; row++)
		if (chart_value(d->chart, row, column, &value))
			str_addf(d->out, "<circle cx=\"%lld\" cy=\"%lld\" r=\"7\" %s/>\n",
				 (long long)x_of_row(d, row), (long long)y_of(d, value),
				 look->point);
}

/* a path that stops where a figure is missing */
static void put_course(struct drawing *d, size_t column)
{
	enum chart_role role = d->chart->roles[column];
	const struct look *look = &LOOKS[role];
	int64_t value, last = 0;
	bool open = false, any = false;

	str_addf(d->out, "<path fill=\"none\" stroke=\"%s\" %s stroke-linejoin=\"round\" d=\"",
		 look->color, look->stroke);
	for (size_t row = 0; row < d->chart->table->nrows; row++) {
		bool known = chart_value(d->chart, row, column, &value);

		if (known)
			str_addf(d->out, "%c%lld %lld", open ? 'L' : 'M',
				 (long long)x_of_row(d, row), (long long)y_of(d, value));
		open = known;
		any = any || known;
		last = known ? value : last;
	}
	str_add(d->out, "\"/>\n");
	if (look->point)
		put_points(d, column, look);
	if (any)
		add_end(d, y_of(d, last), look->color, d->chart->table->columns[column].title,
			last);
}

static void put_levels(struct drawing *d)
{
	static const char *const dashes[] = { "18 8", "6 6", "2 8", "24 6 6 6", "12 4 2 4" };
	size_t n = 0;

	for (const struct chart_level *level = d->chart->levels; level; level = level->next) {
		int64_t y = y_of(d, level->value);

		str_addf(d->out,
			 "<line x1=\"%lld\" y1=\"%lld\" x2=\"%lld\" y2=\"%lld\" stroke=\"#333\" "
			 "stroke-width=\"2\" stroke-dasharray=\"%s\"/>\n",
			 (long long)d->left, (long long)y, (long long)d->right, (long long)y,
			 dashes[n++ % (sizeof(dashes) / sizeof(*dashes))]);
		add_end(d, y, "#222", level->name, level->value);
	}
}

/* marks stand above the plot, in the lowest of three rows that has room */
static void put_marks(struct drawing *d)
{
	int64_t most = (int64_t)(d->chart->table->nrows - 1) * 100, ends[MARK_ROWS] = { 0 };

	for (const struct chart_mark *mark = d->chart->marks; mark; mark = mark->next) {
		int64_t x,
			half = (int64_t)(utf8_width(mark->text, strlen(mark->text)) + 1) * FONT / 4;
		int row = 0;

		if (mark->at < 0 || mark->at > most)
			continue;
		x = x_of(d, mark->at);
		while (row + 1 < MARK_ROWS && x - half < ends[row])
			row++;
		ends[row] = x + half;
		put_line(d->out, x, d->top - 18, x, d->bottom,
			 "stroke=\"#555\" stroke-width=\"2\" stroke-dasharray=\"3 7\"");
		put_text(d->out, x, d->top - 24 - row * (LINE - 4), "middle", "#222", mark->text);
	}
}

/* room above the plot, for marks or the names of levels */
static int64_t top_of(const struct chart *chart)
{
	if (chart->type == CHART_BARS)
		return chart->levels ? 2 * LINE : FONT / 2;
	return chart->marks ? 30 + MARK_ROWS * (LINE - 4) : LINE;
}

static void draw_lines(struct drawing *d)
{
	d->left = LEFT;
	d->right = CHART_WIDTH - RIGHT;
	d->top = top_of(d->chart);
	d->bottom = d->top + PLOT;
	put_grid(d);
	put_row_names(d);
	put_levels(d);
	put_marks(d);
	for (size_t i = 0; i < d->chart->table->ncolumns; i++)
		if (d->chart->roles[i] > ROLE_LABEL && d->chart->roles[i] < ROLE_WORDS)
			put_course(d, i);
	put_ends(d);
}

static void put_bar(struct drawing *d, size_t row, size_t column)
{
	int64_t top = d->top + (int64_t)row * ROW, value, x;
	struct str name = { 0 }, figure = { 0 };
	bool known = chart_value(d->chart, row, column, &value), inside;

	chart_label(&name, d->chart, row);
	put_text(d->out, d->left - 12, top + ROW / 2 + FONT / 3, "end", "#222", str_text(&name));
	if (known) {
		x = d->left + part_of(&d->scale, value, d->right - d->left);
		str_addf(d->out,
			 "<rect x=\"%lld\" y=\"%lld\" width=\"%lld\" height=\"%d\" "
			 "fill=\"#0072b2\"/>\n",
			 (long long)d->left, (long long)top + 7, (long long)(x - d->left),
			 ROW - 14);
		chart_figure(&figure, d->chart, value);
	} else {
		x = d->left;
		chart_absent(&figure, d->chart, row);
	}
	/* within a long bar, where no level crosses it */
	inside = x - d->left > INSIDE;
	put_text(d->out, inside ? d->left + 12 : x + 10, top + ROW / 2 + FONT / 3, "start",
		 inside ? "#fff" : "#222", str_text(&figure));
	str_release_part(&name, d->out);
	str_release_part(&figure, d->out);
}

static void draw_bars(struct drawing *d)
{
	size_t column = chart_column(d->chart, ROLE_MAIN), n = 0;

	d->left = NAMES;
	d->right = CHART_WIDTH - 150;
	d->top = top_of(d->chart);
	d->bottom = d->top + (int64_t)d->chart->table->nrows * ROW;
	for (size_t row = 0; row < d->chart->table->nrows; row++)
		put_bar(d, row, column);
	put_line(d->out, d->left, d->top, d->left, d->bottom, "stroke=\"#444\" stroke-width=\"2\"");
	for (const struct chart_level *level = d->chart->levels; level; level = level->next) {
		int64_t x = d->left + part_of(&d->scale, level->value, d->right - d->left);
		struct str text = { 0 };

		put_line(d->out, x, d->top - 8, x, d->bottom,
			 n % 2 ? "stroke=\"#333\" stroke-width=\"2\" stroke-dasharray=\"6 6\""
			       : "stroke=\"#333\" stroke-width=\"2\" stroke-dasharray=\"18 8\"");
		str_addf(&text, "%s ", level->name);
		chart_figure(&text, d->chart, level->value);
		put_text(d->out, x, d->top - 14 - (n++ % 2 ? LINE - 6 : 0),
			 x > CHART_WIDTH / 2 ? "end" : "start", "#222", str_text(&text));
		str_release_part(&text, d->out);
	}
}

size_t chart_height(const struct chart *chart)
{
	if (chart->type == CHART_BARS)
		return (size_t)top_of(chart) + chart->table->nrows * ROW + 16;
	return (size_t)top_of(chart) + PLOT + FOOT;
}

static void put_head(struct str *out, const struct chart *chart, size_t number)
{
	struct str words = { 0 };

	str_addf(out, "<svg%s viewBox=\"0 0 %d %zu\" role=\"img\"",
		 number ? "" : " xmlns=\"http://www.w3.org/2000/svg\"", CHART_WIDTH,
		 chart_height(chart));
	if (number)
		str_addf(out, " aria-labelledby=\"chart%zu chart%zud\"", number, number);
	else
		str_addf(out, " width=\"%d\" height=\"%zu\"", CHART_WIDTH, chart_height(chart));
	str_addf(out,
		 " font-size=\"%d\" font-family=\"SimHei, STHeiti, 'Noto Sans CJK SC', "
		 "sans-serif\">\n",
		 FONT);
	if (number)
		str_addf(out, "<title id=\"chart%zu\">", number);
	else
		str_add(out, "<title>");
	markup_text(out, chart->title, " ");
	str_add(out, "</title>\n");
	if (number)
		str_addf(out, "<desc id=\"chart%zud\">", number);
	else
		str_add(out, "<desc>");
	chart_words(&words, chart, false);
	markup_text(out, str_text(&words), " ");
	str_add(out, "</desc>\n");
	str_release_part(&words, out);
}

void chart_svg(struct str *out, const struct chart *chart, size_t number)
{
	struct drawing d = { .out = out, .chart = chart };

	if (!chart_scale(chart, &d.scale))
		return;
	put_head(out, chart, number);
	if (chart->type == CHART_BARS)
		draw_bars(&d);
	else
		draw_lines(&d);
	str_add(out, "</svg>\n");
}
