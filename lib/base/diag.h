/*
 * diag.h: findings: what is wrong, where, and what to do about it.
 *
 * Every check of the library appends to a list and goes on, so that all faults are told at once.
 * The list owns copies of all texts. When memory runs out while a finding is added, `lost` is set
 * and the counts still grow, so that an error is never taken for success.
 */
#ifndef DUBAN_BASE_DIAG_H
#define DUBAN_BASE_DIAG_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/lines.h"
#include "base/str.h"

enum level { LEVEL_ERROR, LEVEL_WARNING, LEVEL_NOTE };

struct finding {
	enum level level;
	const char *code;  /* machine-readable kind of fault, kebab-case; static text */
	const char *file;  /* NULL: not about a file */
	const char *sheet; /* of a workbook: line and column are those of a cell in it; or NULL */
	uint32_t line, column; /* from 1, columns in characters; 0: no position */
	const char *pointer;   /* JSON pointer of the value, NULL or "" for the whole */
	const char *label;     /* title of the field in the schema, or NULL */
	const char *message;
	const char *within; /* what encloses the value, innermost first: "in 'measures' item 2, line
			      * 14"; or NULL */
	const char *hint;   /* what to do, or NULL */
	const char *excerpt; /* the source line the position is in, or a part of it; or NULL */
	uint32_t caret;      /* where in the excerpt the column is, from 1 */
	/* where the keyword stands that is not met; NULL and 0 when there is none */
	const char *schema_file;
	uint32_t schema_line, schema_column;
};

struct findings {
	struct arena arena;
	struct finding *items;
	size_t count, cap;
	size_t errors, warnings;
	bool lost; /* a finding could not be stored */
};

void findings_init(struct findings *list);
void findings_release(struct findings *list);

/*
 * findings_add: appends a copy of *what with the message made from format. Fields of *what other
 * than `message` are copied as they are; NULL texts stay NULL. Returns the stored finding, so that
 * a hint can be added with finding_hint, or NULL when it could not be stored.
 */
struct finding *findings_add(struct findings *list, const struct finding *what, const char *format,
			     ...) __attribute__((format(printf, 3, 4)));

/* finding_hint: sets the hint of a finding just added; NULL finding is ignored. */
void finding_hint(struct findings *list, struct finding *finding, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* finding_errno: adds an error about a file with the text of an errno: "cannot open: No such
 * file…". */
void finding_errno(struct findings *findings, const char *file, const char *what, int error);

/* findings_sort: by file, line, column; those that are equal stay in the order they were added. */
void findings_sort(struct findings *list);

/* findings_append: copies all of `from` to the end of `list`. */
void findings_append(struct findings *list, const struct findings *from);

/* level_name: "error", "warning", "note", translated. level_code: the same, never translated. */
const char *level_name(enum level level);
const char *level_code(enum level level);

/*
 * finding_show: appends the finding as lines for a person: `subject` (the file's name, say; NULL:
 * nothing), position, level, label, message, code; below it what encloses the value and the hint,
 * and with `excerpt` the source line with a caret. Words of a finding may come from a stranger's
 * file, so all are made safe for a terminal; `color` colours the level.
 */
void finding_show(struct str *out, const struct finding *finding, const char *subject, bool excerpt,
		  bool color);

/* finding_column: a column of a sheet as spreadsheets call it: 1 is A, 28 is AB. */
void finding_column(struct str *out, uint32_t column);

/*
 * excerpt_at: a copy in `arena` of the line of `text` (size bytes) that holds `line` (from 1), cut
 * to a readable length around `column` (from 1, characters); *caret is where the column is in it.
 * Returns NULL when there is no such line or what would be shown is not a text (not UTF-8, or with
 * a NUL in it). excerpt_in: the same for many excerpts of one text.
 */
const char *excerpt_at(struct arena *arena, const char *text, size_t size, uint32_t line,
		       uint32_t column, uint32_t *caret);
const char *excerpt_in(struct arena *arena, struct lines *lines, uint32_t line, uint32_t column,
		       uint32_t *caret);

#endif
