/*
 * markup.h: private to the writers of XML and HTML: text made safe, in one place.
 */
#ifndef DUBAN_REPORT_MARKUP_H
#define DUBAN_REPORT_MARKUP_H

#include "report/cell.h"

/*
 * markup_text: the text with & < > " ' as references and control characters made visible, so that
 * it is text in an element and in an attribute; `newline`: what stands for one.
 */
void markup_text(struct str *out, const char *text, const char *newline);

/* a table of no more rows is printed on one page */
#define ROWS_WHOLE 18

/* markup_cell: what people read of a cell, as markup_text. */
void markup_cell(struct str *out, enum cell_type type, const struct cell *cell,
		 const char *newline);

#endif
