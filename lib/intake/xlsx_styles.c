/* What a workbook's cells share: how numbers look, and texts. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "intake/xlsx_parts.h"

#define MOST_CODES 4096
#define MOST_STYLES 65536

struct code {
	uint32_t id;
	struct number_format format;
};

struct styling {
	struct xlsx *xlsx;
	struct code *codes;
	size_t ncodes, cap;
	bool cells; /* within cellXfs */
};

static void add_code(struct styling *s, const char *const *attributes)
{
	const char *code = xml_attribute(attributes, "formatCode");
	struct code *grown;

	if (!code || s->ncodes == MOST_CODES)
		return;
	grown = xlsx_grown(s->xlsx, s->codes, s->ncodes, &s->cap, sizeof(*grown));
	if (!grown)
		return;
	s->codes = grown;
	s->codes[s->ncodes++] =
		(struct code){ .id = xlsx_number(xml_attribute(attributes, "numFmtId"), 0),
			       .format = number_format_of(code) };
}

static void add_style(struct styling *s, const char *const *attributes)
{
	struct xlsx *xlsx = s->xlsx;
	uint32_t id = xlsx_number(xml_attribute(attributes, "numFmtId"), 0);
	struct number_format format = number_format_known(id), *grown;

	for (size_t i = 0; i < s->ncodes; i++)
		if (s->codes[i].id == id)
			format = s->codes[i].format;
	if (xlsx->nformats == MOST_STYLES)
		return;
	grown = xlsx_grown(xlsx, xlsx->formats, xlsx->nformats, &xlsx->formats_cap, sizeof(*grown));
	if (!grown)
		return;
	xlsx->formats = grown;
	xlsx->formats[xlsx->nformats++] = format;
}

static bool style_start(void *context, const char *name, const char *const *attributes)
{
	struct styling *s = context;

	if (strcmp(name, "numFmt") == 0)
		add_code(s, attributes);
	else if (strcmp(name, "cellXfs") == 0)
		s->cells = true;
	else if (s->cells && strcmp(name, "xf") == 0)
		add_style(s, attributes);
	return !s->xlsx->failed;
}

static bool style_end(void *context, const char *name)
{
	struct styling *s = context;

	/* there is nothing behind them that is wanted */
	return !(s->cells && strcmp(name, "cellXfs") == 0);
}

int xlsx_styles(struct xlsx *xlsx, const char *path)
{
	static const struct xml_handler handler = { .start = style_start, .end = style_end };
	struct styling s = { .xlsx = xlsx };
	int result = xlsx_part_read(xlsx, path, &handler, &s);

	free(s.codes);
	return result;
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* the length of _xHHHH_ here, or 0 */
static size_t escape_at(const char *p, const char *end)
{
	if (end - p < 7 || p[0] != '_' || p[1] != 'x' || p[6] != '_')
		return 0;
	for (int i = 2; i < 6; i++)
		if (!is_hex(p[i]))
			return 0;
	return 7;
}

size_t xlsx_unescape(char *text, size_t n)
{
	const char *end = text + n;
	char *to = text;

	for (const char *p = text; p < end;) {
		char digits[5] = "";
		int32_t c;

		if (!escape_at(p, end)) {
			*to++ = *p++;
			continue;
		}
		memcpy(digits, p + 2, 4);
		c = (int32_t)strtol(digits, NULL, 16);
		/* half a character of UTF-16, and what ends a C string, stay as they are */
		if (!c || (c >= 0xd800 && c <= 0xdfff)) {
			*to++ = *p++;
			continue;
		}
		to += utf8_encode(c, to);
		p += 7;
	}
	return (size_t)(to - text);
}

void xlsx_text_start(struct xlsx_text *text, const char *name, const char *const *attributes)
{
	const char *space;

	if (strcmp(name, "rPh") == 0)
		text->spoken++;
	if (strcmp(name, "t") != 0 || text->spoken)
		return;
	space = xml_attribute(attributes, "xml:space");
	text->inside = true;
	text->preserve = space && strcmp(space, "preserve") == 0;
	text->run = text->text.len;
}

/* spaces at the ends are the file's and not the text's, unless it says otherwise */
static void trim_run(struct xlsx_text *text)
{
	struct str *s = &text->text;
	const char *blank = " \t\r\n";
	size_t from = text->run;

	while (s->len > from && strchr(blank, s->p[s->len - 1]))
		s->len--;
	while (from < s->len && strchr(blank, s->p[from]))
		from++;
	if (from > text->run) {
		memmove(s->p + text->run, s->p + from, s->len - from);
		s->len -= from - text->run;
	}
}

void xlsx_text_end(struct xlsx_text *text, const char *name)
{
	if (strcmp(name, "rPh") == 0 && text->spoken)
		text->spoken--;
	if (strcmp(name, "t") != 0 || !text->inside)
		return;
	text->inside = false;
	if (!text->preserve && text->text.p)
		trim_run(text);
	if (text->text.p) {
		text->text.len = text->run + xlsx_unescape(text->text.p + text->run,
							   text->text.len - text->run);
		text->text.p[text->text.len] = '\0';
	}
}

void xlsx_text_add(struct xlsx_text *text, const char *piece, size_t n)
{
	if (text->inside)
		str_addn(&text->text, piece, n);
}

struct sharing {
	struct xlsx *xlsx;
	struct grid pool; /* for its texts alone */
	struct xlsx_text text;
	bool item;
};

static bool string_start(void *context, const char *name, const char *const *attributes)
{
	struct sharing *s = context;

	if (strcmp(name, "si") == 0) {
		s->item = true;
		str_reset(&s->text.text);
	} else if (s->item) {
		xlsx_text_start(&s->text, name, attributes);
	}
	return true;
}

static bool string_end(void *context, const char *name)
{
	struct sharing *s = context;
	struct xlsx *xlsx = s->xlsx;
	const char **grown;

	if (!s->item || strcmp(name, "si") != 0) {
		xlsx_text_end(&s->text, name);
		return true;
	}
	s->item = false;
	grown = xlsx_grown(xlsx, xlsx->strings, xlsx->nstrings, &xlsx->strings_cap, sizeof(*grown));
	if (!grown)
		return false;
	xlsx->strings = grown;
	xlsx->strings[xlsx->nstrings++] =
		grid_copy(&s->pool, str_text(&s->text.text), s->text.text.len);
	xlsx->failed = xlsx->failed || s->pool.failed || s->text.text.failed;
	return !xlsx->failed;
}

static bool string_text(void *context, const char *text, size_t n)
{
	struct sharing *s = context;

	xlsx_text_add(&s->text, text, n);
	return true;
}

int xlsx_strings(struct xlsx *xlsx, const char *path)
{
	static const struct xml_handler handler = { .start = string_start,
						    .end = string_end,
						    .text = string_text };
	struct sharing s = { .xlsx = xlsx, .pool = { .arena = xlsx->arena } };
	int result = xlsx_part_read(xlsx, path, &handler, &s);

	str_release(&s.text.text);
	return result;
}
