/*
 * chart.h: private to the writers: what a chart's figures are, its scale, and the same in words for
 * who cannot see it.
 */
#ifndef DUBAN_REPORT_CHART_H
#define DUBAN_REPORT_CHART_H

#include "report/cell.h"

/* chart_value: the figure in the chart's units of 10^-places; false where the cell has none. */
bool chart_value(const struct chart *chart, size_t row, size_t column, int64_t *value);

/* chart_column: the first column with the role, or table->ncolumns. */
size_t chart_column(const struct chart *chart, enum chart_role role);

/* chart_label: what the row is called. */
void chart_label(struct str *out, const struct chart *chart, size_t row);

/* chart_figure: a figure with its unit. */
void chart_figure(struct str *out, const struct chart *chart, int64_t value);

/* chart_absent: what is said of a row without a figure. */
void chart_absent(struct str *out, const struct chart *chart, size_t row);

/* a scale from `low` to `high`, both on a tick */
struct scale {
	int64_t low, high, step;
};

/* chart_scale: one that holds all figures and levels; bars start at 0. False: there is none. */
bool chart_scale(const struct chart *chart, struct scale *scale);

/*
 * chart_words: the chart in words, a newline between lines: of each line its first and last figure,
 * with `course` before them its course as ▁▂▃▄▅▆▇█ (· where there is no figure); of bars every
 * figure; levels and marks.
 */
void chart_words(struct str *out, const struct chart *chart, bool course);

/* chart_is_told: false for bars of a table that stands in the report: in words they are that table. */
static inline bool chart_is_told(const struct block *block)
{
	return block->type != BLOCK_CHART || block->chart->type != CHART_BARS ||
	       !block->chart->drawn_only;
}

/*
 * chart_svg: the picture (SVG 1.1): no script, no style sheet, no reference to anything outside;
 * title and desc for who cannot see it; told apart by dashes and labels, not by colour alone.
 * `number`: of the chart in its page, from 1; 0: the picture stands alone.
 */
void chart_svg(struct str *out, const struct chart *chart, size_t number);

/* chart_size: width and height of the picture in its own units. */
#define CHART_WIDTH 1000
size_t chart_height(const struct chart *chart);

#endif
