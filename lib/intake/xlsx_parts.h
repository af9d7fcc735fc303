/*
 * xlsx_parts.h: what the readers of a workbook's parts share. Private to lib/intake.
 */
#ifndef DUBAN_INTAKE_XLSX_PARTS_H
#define DUBAN_INTAKE_XLSX_PARTS_H

#include "report/package.h"
#include "intake/sheet_number.h"
#include "intake/xlsx.h"
#include "intake/xml.h"

struct xlsx_part {
	const char *id, *sort,
		*path; /* of a relationship: rId1, worksheet, xl/worksheets/sheet1.xml */
};

struct xlsx {
	const char *name;
	struct arena *arena;
	struct findings *findings;
	struct package *package;
	struct xlsx_part *parts; /* of the workbook */
	size_t nparts, parts_cap;
	struct xlsx_sheet *sheets;
	size_t nsheets, sheets_cap;
	struct number_format *formats; /* of each style of a cell */
	size_t nformats, formats_cap;
	const char **strings; /* shared ones */
	size_t nstrings, strings_cap;
	bool from_1904;
	bool failed; /* out of memory */
};

/*
 * xlsx_part_read: a part through a handler; -1 after a finding or when out of memory. A context
 * begins with a pointer to its struct xlsx.
 */
int xlsx_part_read(struct xlsx *xlsx, const char *path, const struct xml_handler *handler,
		   void *context);

/* xlsx_refuse: tells what is wrong with the workbook; -1. */
int xlsx_refuse(struct xlsx *xlsx, const char *code, const char *message, const char *hint);

/* xlsx_styles, xlsx_strings: read these parts. -1 as above. */
int xlsx_styles(struct xlsx *xlsx, const char *path);
int xlsx_strings(struct xlsx *xlsx, const char *path);

/* xlsx_relations: the relationships of a part, which may have none. */
int xlsx_relations(struct xlsx *xlsx, const char *of);

/* xlsx_grown: an array on the heap with room for one more item; NULL: out of memory. */
void *xlsx_grown(struct xlsx *xlsx, void *items, size_t count, size_t *cap, size_t size);

/*
 * A text of runs (<t>, in <r> or not), without what says how to pronounce it; ends of lines and
 * _x000D_ as they are meant.
 */
struct xlsx_text {
	struct str text;
	size_t run;      /* where the current <t> begins */
	unsigned spoken; /* within rPh */
	bool inside, preserve;
};

void xlsx_text_start(struct xlsx_text *text, const char *name, const char *const *attributes);
void xlsx_text_end(struct xlsx_text *text, const char *name);
void xlsx_text_add(struct xlsx_text *text, const char *piece, size_t n);

/* xlsx_unescape: _xHHHH_ as the character, in place; the new length. */
size_t xlsx_unescape(char *text, size_t n);

/* xlsx_number: an unsigned decimal number of an attribute, `otherwise` when it is none. */
uint32_t xlsx_number(const char *text, uint32_t otherwise);

/* xlsx_true: 1 or true. */
bool xlsx_true(const char *text);

#endif
