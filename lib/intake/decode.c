#include "intake/decode.h"

#include <errno.h>
#include <iconv.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/msg.h"
#include "base/utf8.h"

#define ROOM ((size_t)65536)

struct mark {
	const char *bytes;
	size_t size;
	const char *encoding; /* iconv's name; NULL: UTF-8 */
	size_t unit;          /* bytes that a character has at least */
};

static const struct mark MARKS[] = {
	{ "\xef\xbb\xbf", 3, NULL, 1 },
	{ "\x84\x31\x95\x33", 4, "GB18030", 1 },
	{ "\xff\xfe", 2, "UTF-16LE", 2 },
	{ "\xfe\xff", 2, "UTF-16BE", 2 },
};

/* the first bytes of what is no text, whatever its name says */
static void refuse(struct findings *findings, const char *name, const char *code,
		   const char *message, const char *hint)
{
	struct finding what = { .level = LEVEL_ERROR, .code = code, .file = name };

	finding_hint(findings, findings_add(findings, &what, "%s", message), "%s", hint);
}

/* as far as the text goes: 0, or -1 with errno (EILSEQ, EINVAL for a cut end) and *at, the
 * offset; other errors are the system's */
static int convert(const char *from, const char *to, const char *bytes, size_t n, struct str *out,
		   size_t *at)
{
	iconv_t cd = iconv_open(to, from);
	char *p = (char *)(uintptr_t)bytes; /* iconv's prototype; it does not write there */
	size_t left = n, result = 0;
	int error = 0;

	/* it knows these encodings: what it says of them then is that it could not load them */
	if (cd == (iconv_t)-1) {
		errno = errno == EINVAL ? ELIBACC : errno;
		return -1;
	}
	do {
		char *start = str_room(out, ROOM), *end = start;
		size_t room = ROOM;

		if (!start) {
			error = ENOMEM;
			break;
		}
		result = iconv(cd, &p, &left, &end, &room);
		error = result == (size_t)-1 ? errno : 0;
		out->len += (size_t)(end - start);
		out->p[out->len] = '\0';
	} while (error == E2BIG);
	iconv_close(cd);
	*at = (size_t)(p - bytes);
	errno = error;
	return error ? -1 : 0;
}

/* whether what begins here is a UTF-8 character that the end of the text cuts off */
static bool is_cut(const char *bytes, size_t n, size_t at)
{
	const unsigned char *p = (const unsigned char *)bytes + at;
	size_t left = n - at;
	size_t wanted = *p >= 0xf0 ? 4 : *p >= 0xe0 ? 3 : 2;

	if (*p < 0xc2 || *p > 0xf4 || left >= wanted)
		return false;
	for (size_t i = 1; i < left; i++)
		if ((p[i] & 0xc0) != 0x80)
			return false;
	return true;
}

/*
 * Lines that can only be UTF-8: valid, with two characters of three bytes or more, which would be
 * rare signs in GB18030; and lines that cannot be UTF-8.
 */
enum line_sort { LINE_EITHER, LINE_UTF8, LINE_OTHER };

static enum line_sort sort_of(const char *line, size_t n)
{
	unsigned wide = 0;

	if (utf8_valid(line, n) < n)
		return LINE_OTHER;
	for (const char *p = line; p < line + n; p += utf8_length_of(*p))
		wide += utf8_length_of(*p) >= 3;
	return wide >= 2 ? LINE_UTF8 : LINE_EITHER;
}

/* the offset where the second encoding begins, or n */
static size_t find_mixed(const char *bytes, size_t n)
{
	enum line_sort first = LINE_EITHER;

	for (size_t at = 0; at < n;) {
		const char *newline = memchr(bytes + at, '\n', n - at);
		size_t end = newline ? (size_t)(newline - bytes) + 1 : n;
		enum line_sort sort = sort_of(bytes + at, end - at);

		if (first == LINE_EITHER)
			first = sort;
		else if (sort == LINE_OTHER && first == LINE_UTF8)
			return at + utf8_valid(bytes + at, end - at);
		else if (sort != LINE_EITHER && sort != first)
			return at;
		at = end;
	}
	return n;
}

static int refuse_at(struct findings *findings, const char *name, bool cut, size_t at)
{
	struct finding what = { .level = LEVEL_ERROR,
				.code = cut ? "cut-off" : "mixed-encoding",
				.file = name };

	if (cut)
		finding_hint(findings,
			     findings_add(findings, &what,
					  _("the file is not complete: it ends within a character, "
					    "at byte offset %zu"),
					  at),
			     "%s", _("copy or export it once more"));
	else
		finding_hint(findings,
			     findings_add(findings, &what,
					  _("the encodings are mixed: another one begins at byte "
					    "offset %zu"),
					  at),
			     "%s",
			     _("files in different encodings were put together: import each by "
			       "itself, or save them anew in one"));
	return -1;
}

static int from_utf8(const char *name, const char *bytes, size_t n, size_t skip,
		     struct decoded *decoded, struct findings *findings)
{
	size_t valid = utf8_valid(bytes + skip, n - skip) + skip;

	if (valid < n)
		return refuse_at(findings, name, is_cut(bytes, n, valid), valid);
	decoded->text = bytes + skip;
	decoded->n = n - skip;
	return 0;
}

static int from_encoding(const struct mark *mark, const char *name, const char *bytes, size_t n,
			 struct decoded *decoded, struct findings *findings)
{
	struct str *own = &decoded->own;
	size_t at = 0;
	int result = convert(mark->encoding, "UTF-8", bytes + mark->size, n - mark->size, own, &at);
	int error = errno;

	decoded->text = str_text(own);
	decoded->n = own->len;
	if (result == 0)
		return 0;
	if (error == ENOMEM || own->failed) {
		own->failed = true;
		return -1;
	}
	if (error != EILSEQ && error != EINVAL) {
		finding_errno(findings, name, _("cannot decode"), error);
		return -1;
	}
	return refuse_at(findings, name, error == EINVAL, at + mark->size);
}

/*
 * The encoding of a text in units of two bytes that has no mark, or NULL. It has line feeds in one
 * order of the bytes alone (in the other they are U+0A00, no character), and all of it decodes.
 */
static const char *unmarked_utf16(const char *bytes, size_t n)
{
	size_t feeds[2] = { 0 }, at;
	struct str text = { 0 };
	const char *encoding;

	for (size_t i = 0; i + 1 < n; i += 2) {
		feeds[0] += !bytes[i] && bytes[i + 1] == '\n';
		feeds[1] += !bytes[i + 1] && bytes[i] == '\n';
	}
	if (n % 2 || !feeds[0] == !feeds[1])
		return NULL;
	encoding = feeds[0] ? "UTF-16BE" : "UTF-16LE";
	if (convert(encoding, "UTF-8", bytes, n, &text, &at) < 0)
		encoding = NULL;
	str_release(&text);
	return encoding;
}

static int from_unmarked(const char *name, const char *bytes, size_t n, struct decoded *decoded,
			 struct findings *findings)
{
	static const struct mark gb18030 = { "", 0, "GB18030", 1 };
	size_t valid = utf8_valid(bytes, n), mixed;
	const char *utf16 = memchr(bytes, '\0', n) ? unmarked_utf16(bytes, n) : NULL;
	struct finding what = { .level = LEVEL_ERROR, .code = "no-mark", .file = name };

	if (utf16) {
		finding_hint(findings,
			     findings_add(findings, &what,
					  _("the file is %s, and lacks its byte order mark"),
					  utf16),
			     "%s", _("save the table anew as CSV UTF-8, or as Unicode text"));
		return -1;
	}
	decoded->text = bytes;
	decoded->n = n;
	if (valid == n)
		return 0;
	if (is_cut(bytes, n, valid) && find_mixed(bytes, valid) == valid &&
	    sort_of(bytes, valid) == LINE_UTF8)
		return refuse_at(findings, name, true, valid);
	mixed = find_mixed(bytes, n);
	if (mixed < n)
		return refuse_at(findings, name, false, mixed);
	return from_encoding(&gb18030, name, bytes, n, decoded, findings);
}

/* a NUL never belongs to a table; many of them are UTF-16 that does not say so */
static int check_nul(const char *name, const struct decoded *decoded, struct findings *findings)
{
	const char *nul = memchr(decoded->text, '\0', decoded->n);
	uint32_t line = 1;
	struct finding what = { .level = LEVEL_ERROR, .code = "nul", .file = name };

	if (!nul)
		return 0;
	for (const char *p = decoded->text; p < nul; p++)
		line += *p == '\n';
	what.line = line;
	what.column = 1;
	finding_hint(findings,
		     findings_add(findings, &what, "%s", _("there is a NUL byte in this line")),
		     "%s", _("save the table anew as CSV UTF-8"));
	return -1;
}

static int decode(const char *name, const char *bytes, size_t n, struct decoded *decoded,
		  struct findings *findings)
{
	for (size_t i = 0; i < sizeof(MARKS) / sizeof(*MARKS); i++) {
		const struct mark *mark = &MARKS[i];

		if (n < mark->size || memcmp(bytes, mark->bytes, mark->size) != 0)
			continue;
		return mark->encoding ? from_encoding(mark, name, bytes, n, decoded, findings)
				      : from_utf8(name, bytes, n, mark->size, decoded, findings);
	}
	return from_unmarked(name, bytes, n, decoded, findings);
}

/* what Office wrote before .xlsx, WPS writes as .et, and both with a password (MS-OFFCRYPTO 2.3) */
static int refuse_compound(const char *name, const char *bytes, size_t n, struct findings *findings)
{
	static const char encrypted[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";

	if (memmem(bytes, n, encrypted, sizeof(encrypted) - 1))
		refuse(findings, name, "workbook-protected",
		       _("the workbook is protected with a password (有密码保护)"),
		       _("save it without the password"));
	else
		refuse(findings, name, "not-csv",
		       _("this is a workbook of an old form (.xls, .et)"),
		       _("open it and save it as .xlsx, or as CSV (另存为 CSV)"));
	return -1;
}

/* a page or an XML file that offices' systems hand out as a table, whatever they call it */
static bool is_markup(const char *text)
{
	static const char *const begins[] = { "<html", "<!doctype", "<?xml", "<table", "<meta" };

	text += strspn(text, " \t\r\n");
	for (size_t i = 0; i < sizeof(begins) / sizeof(*begins); i++)
		if (strncasecmp(text, begins[i], strlen(begins[i])) == 0)
			return true;
	return false;
}

int decode_table(const char *name, const char *bytes, size_t n, struct decoded *decoded,
		 struct findings *findings)
{
	*decoded = (struct decoded){ .text = "" };
	if (n >= 4 && memcmp(bytes, "PK\x03\x04", 4) == 0) {
		refuse(findings, name, "not-csv",
		       _("this is a workbook of Excel or WPS, not a CSV file"),
		       _("give it its name .xlsx back; or open it and save it as CSV (另存为 "
			 "CSV)"));
		return -1;
	}
	if (n >= 4 && memcmp(bytes, "\xd0\xcf\x11\xe0", 4) == 0)
		return refuse_compound(name, bytes, n, findings);
	if (decode(name, bytes, n, decoded, findings) < 0)
		return -1;
	if (is_markup(decoded->text)) {
		refuse(findings, name, "not-csv", _("this is a web page (网页), not a table"),
		       _("open it in Excel or WPS and save it as .xlsx or CSV (另存为)"));
		return -1;
	}
	return check_nul(name, decoded, findings);
}

static bool holds(const struct str *text, const char *const *words, size_t nwords)
{
	for (size_t i = 0; i < nwords && text->len; i++)
		if (memmem(text->p, text->len, words[i], strlen(words[i])))
			return true;
	return false;
}

const char *decode_meant(const char *text, size_t n, const char *const *words, size_t nwords)
{
	/* the bytes as they were, by the encoding they were read with by mistake */
	static const struct {
		const char *wrong, *right;
	} ways[] = { { "GB18030", "UTF-8" },
		     { "ISO-8859-1", "GB18030" },
		     { "ISO-8859-1", "UTF-8" } };
	const char *meant = NULL;

	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways) && !meant; i++) {
		struct str bytes = { 0 }, again = { 0 };
		size_t at;

		/* as far as it goes: the first lines are enough */
		convert("UTF-8", ways[i].wrong, text, n, &bytes, &at);
		if (strcmp(ways[i].right, "UTF-8") == 0)
			str_addn(&again, str_text(&bytes), bytes.len);
		else
			convert(ways[i].right, "UTF-8", str_text(&bytes), bytes.len, &again, &at);
		if (holds(&again, words, nwords))
			meant = ways[i].right;
		str_release(&bytes);
		str_release(&again);
	}
	return meant;
}
