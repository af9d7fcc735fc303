#include "yaml/bytes.h"

#include <stdint.h>
#include <string.h>

#include "base/msg.h"
#include "base/utf8.h"
#include "yaml/place.h"

#define MOST_TAGS 1000

struct text {
	const char *name, *p;
	size_t size;
	struct findings *findings;
};

static struct finding *report(const struct text *text, const char *code, size_t at,
			      const char *message)
{
	struct place place = place_of_byte(text->p, at);
	struct finding what = { .level = LEVEL_ERROR,
				.code = code,
				.file = text->name,
				.line = place.line,
				.column = place.column };

	what.excerpt = excerpt_at(&text->findings->arena, text->p, text->size, what.line,
				  what.column, &what.caret);
	return findings_add(text->findings, &what, "%s", message);
}

static int refuse(const struct text *text, const char *code, size_t at, const char *message,
		  const char *hint)
{
	struct finding *f = report(text, code, at, message);

	if (hint)
		finding_hint(text->findings, f, "%s", hint);
	return -1;
}

static bool is_forbidden(int32_t c)
{
	/* joiners (U+200C, U+200D) are spelling in some scripts and in emoji */
	return c != '\n' && c != '\t' && c != 0x200c && c != 0x200d && utf8_is_control(c);
}

/*
 * Bytes that can start a forbidden character, newline and tab left out: most of a record has none
 * of them. As a table, because every byte of every record is asked.
 */
static const bool SUSPECT[256] = {
	[0x00] = 1, [0x01] = 1, [0x02] = 1, [0x03] = 1, [0x04] = 1, [0x05] = 1, [0x06] = 1,
	[0x07] = 1, [0x08] = 1, [0x0b] = 1, [0x0c] = 1, [0x0d] = 1, [0x0e] = 1, [0x0f] = 1,
	[0x10] = 1, [0x11] = 1, [0x12] = 1, [0x13] = 1, [0x14] = 1, [0x15] = 1, [0x16] = 1,
	[0x17] = 1, [0x18] = 1, [0x19] = 1, [0x1a] = 1, [0x1b] = 1, [0x1c] = 1, [0x1d] = 1,
	[0x1e] = 1, [0x1f] = 1, [0x7f] = 1, [0xc2] = 1, [0xd8] = 1, [0xe2] = 1, [0xef] = 1,
};

/* of such bytes in front of what cannot make one: punctuation in full width, a dash, a quote */
static bool is_harmless(const unsigned char *p, size_t n)
{
	if (n < 3)
		return false;
	return (*p == 0xef && p[1] != 0xbb && p[1] != 0xbf) ||
	       (*p == 0xe2 && (p[1] != 0x80 || p[2] < 0x8b || (p[2] > 0x8f && p[2] < 0xa8)) &&
		p[1] != 0x81);
}

static size_t next_forbidden(const char *text, size_t n, size_t from)
{
	const unsigned char *bytes = (const unsigned char *)text;

	for (size_t i = from; i < n; i++) {
		const unsigned char *b = bytes + i;
		const char *p;

		while (n - i > 8 &&
		       !(SUSPECT[b[0]] | SUSPECT[b[1]] | SUSPECT[b[2]] | SUSPECT[b[3]] |
			 SUSPECT[b[4]] | SUSPECT[b[5]] | SUSPECT[b[6]] | SUSPECT[b[7]])) {
			i += 8;
			b += 8;
		}
		if (!SUSPECT[*b])
			continue;
		if (is_harmless(b, n - i)) {
			i += 2;
			continue;
		}
		p = text + i;
		if (is_forbidden(utf8_decode(&p, text + n)))
			return i;
	}
	return n;
}

bool bytes_forbidden(const char *text, size_t n)
{
	return next_forbidden(text, n, 0) < n;
}

/* two bytes as GBK and GB18030 have them */
static bool looks_like_gbk(const char *p, size_t n)
{
	unsigned char a, b;

	if (n < 2)
		return false;
	a = (unsigned char)p[0];
	b = (unsigned char)p[1];
	return a >= 0x81 && a <= 0xfe && b >= 0x40 && b <= 0xfe && b != 0x7f;
}

static int check_encoding(const struct text *text)
{
	size_t valid = utf8_valid(text->p, text->size);
	const char *p = text->p + valid;
	size_t left = text->size - valid;
	unsigned char c = left ? (unsigned char)*p : 0;

	if (text->size >= 2 &&
	    (memcmp(text->p, "\xff\xfe", 2) == 0 || memcmp(text->p, "\xfe\xff", 2) == 0))
		return refuse(text, "encoding", 0, _("the text is UTF-16, not UTF-8"),
			      _("convert it: iconv -f UTF-16 -t UTF-8"));
	if (!left)
		return 0;
	if (memchr(text->p, '\0', text->size))
		return refuse(text, "binary", valid, _("this is not a text but binary data"), NULL);
	if (left < 4 && c >= 0xc2 && c < 0xf5 && left < utf8_length_of(*p))
		return refuse(text, "encoding", valid,
			      _("the text ends in the middle of a character; the file is cut off"),
			      NULL);
	if (looks_like_gbk(p, left))
		return refuse(text, "encoding", valid,
			      _("the text is not UTF-8; it looks like GB18030 (GBK)"),
			      _("convert it: iconv -f GB18030 -t UTF-8"));
	return refuse(text, "encoding", valid, _("the text is not UTF-8"), NULL);
}

static int check_line_starts(const struct text *text)
{
	static const char *const markers[] = { "<<<<<<<", "|||||||", "=======", ">>>>>>>" };
	const char *p = text->p, *end = p + text->size;
	unsigned tags = 0;

	while (p < end) {
		const char *newline = memchr(p, '\n', (size_t)(end - p));

		for (size_t i = 0; i < 4; i++)
			if (end - p >= 7 && memcmp(p, markers[i], 7) == 0 &&
			    (p + 7 == end || strchr(" \r\n", p[7])))
				return refuse(
					text, "conflict-marker", (size_t)(p - text->p),
					_("a conflict marker that a merge left behind"),
					_("restore the file: records are never edited, so one "
					  "side of the merge is the original"));
		/* libyaml compares each with all before it */
		if (end - p >= 4 && memcmp(p, "%TAG", 4) == 0 && ++tags > MOST_TAGS)
			return refuse(text, "too-large", (size_t)(p - text->p),
				      _("too many %TAG directives"), NULL);
		p = newline ? newline + 1 : end;
	}
	return 0;
}

static int check_controls(const struct text *text, bool exact)
{
	for (size_t at = 0; (at = next_forbidden(text->p, text->size, at)) < text->size; at++) {
		const char *p = text->p + at;
		int32_t c = utf8_decode(&p, text->p + text->size);

		if (c == '\r' && p < text->p + text->size && *p == '\n') {
			if (!exact)
				continue;
			return refuse(text, "line-end", at, _("a line ends in CR LF"),
				      _("records have LF line ends; see .gitattributes"));
		}
		if (c == 0xfeff && at == 0) {
			if (!exact)
				continue;
			return refuse(text, "bom", 0, _("the file starts with a byte order mark"),
				      _("save it as UTF-8 without BOM"));
		}
		if (c == 0)
			return refuse(text, "binary", at, _("this is not a text but binary data"),
				      NULL);
		return refuse(text, "control-character", at,
			      _("the text holds a control or reordering character"),
			      _("remove it; it cannot be seen and would change what others see"));
	}
	return 0;
}

int bytes_check_encoding(const char *name, const char *text, size_t size,
			 const struct read_options *options, struct findings *findings)
{
	const struct text t = { .name = name, .p = text, .size = size, .findings = findings };
	struct finding what = { .level = LEVEL_ERROR, .code = "too-large", .file = name };

	if (!options->bytes || size <= options->bytes)
		return check_encoding(&t);
	findings_add(findings, &what, _("the text is larger than %zu bytes"), options->bytes);
	return -1;
}

int bytes_check(const char *name, const char *text, size_t size, const struct read_options *options,
		struct findings *findings)
{
	const struct text t = { .name = name, .p = text, .size = size, .findings = findings };

	if (bytes_check_encoding(name, text, size, options, findings) < 0 ||
	    check_line_starts(&t) < 0)
		return -1;
	return options->plain ? check_controls(&t, options->exact) : 0;
}
