/*
 * render.h: a report in one of its forms.
 *
 * Each writer appends to `out`. 0, or -1 when the report is a failed one or memory has run out
 * (errno ENOMEM), and then nothing was appended.
 *
 * All forms hold the same figures (contract 4). Output depends on the report and the options alone:
 * no locale, no terminal, no clock. No text of a record can do anything to a terminal, a
 * spreadsheet or a reader of JSON (contract 3).
 */
#ifndef DUBAN_REPORT_RENDER_H
#define DUBAN_REPORT_RENDER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/str.h"
#include "report/report.h"

struct text_options {
	size_t width; /* columns; 0: 80 */
	bool color;   /* SGR: tones, and bold headings */
};

/*
 * render_text: for a terminal; widths by utf8proc; control characters in texts made visible, a
 * newline kept where text wraps. options: NULL for 80 columns without colour.
 *
 * The titled facts stand under a first heading of level 1, else on top. A table is as wide as it
 * needs to be; for one that is wider than the page, the CELL_TEXT and CELL_LIST columns get
 * narrower, down to 8 columns; then headers (and 未报送) take several lines, then names in
 * CELL_CODE columns; at last each row is written as lines of 标题：值. An id, a date or a number is
 * never broken, except in that last form when it alone is wider than a line.
 */
int render_text(const struct report *report, const struct text_options *options, struct str *out);

/*
 * Charts (report.h): html and fodt draw them (SVG), text and md say courses in blocks
 * and words, and leave bars to the table above them; csv, json and xlsx write their tables.
 */

/*
 * render_csv: every table with its Chinese header (its title in a row of its own, an empty line
 * between, when there are several), CR LF, UTF-8 with BOM for WPS and Excel, every cell quoted
 * (RFC 4180). Facts, headings and paragraphs are left out.
 *
 * A text that a spreadsheet would take for a formula (it starts with = + - @, also full-width, TAB,
 * CR or LF) gets a leading apostrophe; a number in a CELL_FIGURE or CELL_INTEGER column does not.
 * Control characters other than newline are made visible.
 */
int render_csv(const struct report *report, struct str *out);

/*
 * render_json: one object in one line (RFC 8259): "version":1, the facts, each table as an array of
 * objects; a newline at its end. Headings and paragraphs are left out.
 */
int render_json(const struct report *report, struct str *out);

/*
 * render_md: Markdown (GFM) for people and for other programs: what text says, a backslash before
 * what Markdown would take for its own, a newline as <br>.
 */
int render_md(const struct report *report, struct str *out);

/*
 * render_html: one file that asks for nothing: no script, no request (a content security policy
 * says so too); prints on A4 with the header of a table on every page and rows uncut.
 */
int render_html(const struct report *report, struct str *out);

/*
 * render_fodt: a flat OpenDocument text for WPS, Word and LibreOffice, on A4 with the margins and
 * fonts of official documents (GB/T 9704) and others to stand in.
 */
int render_fodt(const struct report *report, struct str *out);

/*
 * render_xlsx: every table as a sheet of its own, with its title, the facts and its Chinese header above it,
 * for A4; paragraphs under the last. The cells are those of render_csv: a figure is a number in its precision, a
 * text never a formula. `created` is the day that the file says it is of. As book_xlsx (sheet.h): besides ENOMEM
 * also EOVERFLOW and what a temporary file failed with.
 */
int render_xlsx(const struct report *report, day_t created, struct str *out);

/*
 * encode_text: `text` (UTF-8, with or without BOM) into another encoding by iconv, without BOM:
 * "gb18030", "utf-8". 0, or -1 with errno and `out` unchanged: EINVAL for an encoding that iconv
 * does not know (also for one with options such as //TRANSLIT, which depend on the locale), EILSEQ
 * for bytes that are not UTF-8 or a character that the encoding does not have, ENOMEM.
 */
int encode_text(const char *text, size_t n, const char *encoding, struct str *out);

/*
 * json_string: appends a JSON string literal with its quotes; for every writer of JSON. C0, DEL, C1
 * and the characters that reorder or hide text are escaped, so that a terminal may show it; a byte
 * that is not UTF-8 becomes U+FFFD.
 */
void json_string(struct str *out, const char *text, size_t n);

#endif
