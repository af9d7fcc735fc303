/*
 * cell.h: private to the writers of lib/report: what a cell says, before a writer makes it safe.
 */
#ifndef DUBAN_REPORT_CELL_H
#define DUBAN_REPORT_CELL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "report/report.h"

/* cell_has_value: whether there is a value: JSON's other than null. */
bool cell_has_value(enum cell_type type, const struct cell *cell);

/* cell_add_shown: appends what people read; `nothing` where there is neither value nor text. */
void cell_add_shown(struct str *out, enum cell_type type, const struct cell *cell,
		    const char *nothing);

/* cell_add_sheet: appends what a spreadsheet gets: numbers bare, all else as people read it. */
void cell_add_sheet(struct str *out, enum cell_type type, const struct cell *cell);

/* cell_add_title: appends a spreadsheet's header; （%） where readers see 33.33% and it gets
 * 33.33. */
void cell_add_title(struct str *out, const struct table *table, size_t column);

#define CSV_BOM "\xef\xbb\xbf"
#define CSV_ROW_END "\r\n"

/* block_data: the table that a writer for programs writes of a block; NULL: none. */
static inline const struct table *block_data(const struct block *block)
{
	return block->type == BLOCK_TABLE || block->type == BLOCK_CHART ? block->table : NULL;
}

/*
 * csv_add_cell: appends a cell as render_csv writes it (render.h); text NULL: empty. number: one
 * that starts with a sign is no formula.
 */
void csv_add_cell(struct str *out, const char *text, bool number);

/* csv_is_guarded: whether the text itself begins as one that csv_add_cell gave an apostrophe to. */
bool csv_is_guarded(const char *text);

/*
 * writer_end: what a writer returns: 0, or -1 with errno ENOMEM when `failed` or out->failed; then
 * the text is cut back to `start` bytes.
 */
int writer_end(struct str *out, size_t start, bool failed);

#endif
