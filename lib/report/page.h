/*
 * page.h: private to render_text: the page it writes on, and the texts it sets.
 */
#ifndef DUBAN_REPORT_PAGE_H
#define DUBAN_REPORT_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"
#include "report/report.h"

#define HANGING 2 /* indent of the further lines of a fact or a record's field */

/* safe text, ready to be wrapped */
struct passage {
	const char *text;
	size_t len;
	size_t width;    /* columns when only newlines break it */
	const char *sgr; /* colour or weight, NULL: none */
	size_t sgr_from; /* byte from which sgr is meant */
	bool words;      /* said instead of a value */
};

struct page {
	struct str *out;
	struct arena *arena; /* dies with the page */
	size_t width;
	bool color;
	bool failed;
	size_t blanks; /* spaces owed: written before the next text, forgotten at a line's end */
};

/* page_passage: `label` (may be NULL) and what people read of the cell; newlines as told. */
struct passage page_passage(struct page *page, const char *label, enum cell_type type,
			    const struct cell *cell, bool keep_newlines);

/* page_words: a text that is no cell. */
struct passage page_words(struct page *page, const char *text, bool keep_newlines);

/* page_span: `len` bytes from `from` of the passage, coloured; no newline. */
void page_span(struct page *page, const struct passage *passage, size_t from, size_t len);
void page_newline(struct page *page);

/* page_wrapped: the passage in lines of the page's width, those after the first indented. */
void page_wrapped(struct page *page, const struct passage *passage, size_t indent);

/* page_table: a table with what is above it, or its cells as 标题：值 where it does not fit. */
void page_table(struct page *page, const struct table *table);

#endif
