#include "report/markup.h"

#include <string.h>

#include "base/utf8.h"

void markup_text(struct str *out, const char *text, const char *newline)
{
	struct str safe = { 0 };

	utf8_add_visible(&safe, text, strlen(text), true);
	for (const char *p = str_text(&safe); *p; p++)
		switch (*p) {
		case '&':
			str_add(out, "&amp;");
			break;
		case '<':
			str_add(out, "&lt;");
			break;
		case '>':
			str_add(out, "&gt;");
			break;
		case '"':
			str_add(out, "&quot;");
			break;
		case '\'':
			str_add(out, "&#39;");
			break;
		case '\n':
			str_add(out, newline);
			break;
		default:
			str_addc(out, *p);
		}
	out->failed = out->failed || safe.failed;
	str_release(&safe);
}

void markup_cell(struct str *out, enum cell_type type, const struct cell *cell, const char *newline)
{
	struct str raw = { 0 };

	cell_add_shown(&raw, type, cell, "—");
	markup_text(out, str_text(&raw), newline);
	out->failed = out->failed || raw.failed;
	str_release(&raw);
}
