/* RFC 3986 (URI), RFC 3987 (IRI), RFC 6570 (URI template). */
#include <string.h>

#include "base/utf8.h"
#include "schema/format.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_hex(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool in(char c, const char *set)
{
	return c && strchr(set, c);
}

/* RFC 3987 2.2: ucschar, and iprivate in a query */
static bool is_ucschar(int32_t c, bool private)
{
	if (private && ((c >= 0xe000 && c <= 0xf8ff) || (c >= 0xf0000 && c <= 0xffffd) ||
			(c >= 0x100000 && c <= 0x10fffd)))
		return true;
	if (c < 0x10000)
		return (c >= 0xa0 && c <= 0xd7ff) || (c >= 0xf900 && c <= 0xfdcf) ||
		       (c >= 0xfdf0 && c <= 0xffef);
	return (c & 0xffff) <= 0xfffd && c < 0xf0000 && !(c >= 0xe0000 && c < 0xe1000);
}

struct scan {
	const char *p, *end;
	bool iri;
};

/* one character of pchar or of `more`; RFC 3986 3.3 */
static bool take_character(struct scan *s, const char *more, bool private)
{
	char c = *s->p;

	if (c == '%') {
		if (s->end - s->p < 3 || !is_hex(s->p[1]) || !is_hex(s->p[2]))
			return false;
		s->p += 3;
		return true;
	}
	if (c & (char)0x80)
		return s->iri && is_ucschar(utf8_decode(&s->p, s->end), private);
	if (!is_alpha(c) && !is_digit(c) && !in(c, "-._~!$&'()*+,;=") && !in(c, more))
		return false;
	s->p++;
	return true;
}

/* characters up to one of `stops` or the end */
static bool take_until(struct scan *s, const char *stops, const char *more, bool private)
{
	while (s->p < s->end && !in(*s->p, stops))
		if (!take_character(s, more, private))
			return false;
	return true;
}

/* RFC 3986 3.2.2: IP-literal, the bracket included */
static bool is_literal(const char *p, size_t n)
{
	if (n < 2 || p[n - 1] != ']')
		return false;
	p++;
	n -= 2;
	if (n && (*p == 'v' || *p == 'V')) {
		size_t i = 1;

		while (i < n && is_hex(p[i]))
			i++;
		if (i == 1 || i + 1 >= n || p[i] != '.')
			return false;
		for (i++; i < n; i++)
			if (!is_alpha(p[i]) && !is_digit(p[i]) && !in(p[i], "-._~!$&'()*+,;=:"))
				return false;
		return true;
	}
	return format_ipv6(p, n);
}

/* RFC 3986 3.2 */
static bool take_authority(struct scan *s)
{
	const char *end = s->p, *at = NULL, *port = NULL;
	struct scan part = { .iri = s->iri };

	while (end < s->end && !in(*end, "/?#")) {
		if (*end == '@')
			at = end;
		end++;
	}
	if (at) {
		part.p = s->p;
		part.end = at;
		if (!take_until(&part, "", ":", false))
			return false;
		s->p = at + 1;
	}
	part.p = s->p;
	part.end = end;
	for (const char *p = end; p > s->p && (is_digit(p[-1]) || p[-1] == ':'); p--)
		if (p[-1] == ':') {
			port = p - 1;
			break;
		}
	if (port)
		part.end = port;
	s->p = end;
	if (part.p < part.end && *part.p == '[')
		return is_literal(part.p, (size_t)(part.end - part.p));
	return take_until(&part, "", "", false);
}

/* everything behind the scheme: RFC 3986 3 */
static bool take_rest(struct scan *s)
{
	if (s->end - s->p >= 2 && s->p[0] == '/' && s->p[1] == '/') {
		s->p += 2;
		if (!take_authority(s))
			return false;
	}
	if (!take_until(s, "?#", ":@/", false))
		return false;
	if (s->p < s->end && *s->p == '?') {
		s->p++;
		if (!take_until(s, "#", ":@/?", true))
			return false;
	}
	if (s->p < s->end) {
		s->p++;
		return take_until(s, "", ":@/?", false);
	}
	return true;
}

/* the length of `scheme:`, or 0 */
static size_t scheme_length(const char *text, size_t n)
{
	size_t i = 0;

	if (!n || !is_alpha(text[0]))
		return 0;
	while (i < n && (is_alpha(text[i]) || is_digit(text[i]) || in(text[i], "+-.")))
		i++;
	return i < n && text[i] == ':' ? i + 1 : 0;
}

static bool is_absolute(const char *text, size_t n, bool iri)
{
	size_t scheme = scheme_length(text, n);
	struct scan s = { .p = text + scheme, .end = text + n, .iri = iri };

	return scheme && take_rest(&s);
}

/* RFC 3986 4.2: no colon in the first segment of a relative path */
static bool is_reference(const char *text, size_t n, bool iri)
{
	struct scan s = { .p = text, .end = text + n, .iri = iri };
	size_t i = 0;

	if (is_absolute(text, n, iri))
		return true;
	while (i < n && !in(text[i], "/?#:"))
		i++;
	return (i == n || text[i] != ':') && take_rest(&s);
}

bool format_uri(const char *text, size_t n)
{
	return is_absolute(text, n, false);
}

bool format_uri_reference(const char *text, size_t n)
{
	return is_reference(text, n, false);
}

bool format_iri(const char *text, size_t n)
{
	return is_absolute(text, n, true);
}

bool format_iri_reference(const char *text, size_t n)
{
	return is_reference(text, n, true);
}

/* RFC 6570 2.3 and 2.4: a name and its modifier */
static bool take_variable(struct scan *s)
{
	const char *first = s->p;

	while (s->p < s->end) {
		if (*s->p == '%') {
			if (s->end - s->p < 3 || !is_hex(s->p[1]) || !is_hex(s->p[2]))
				return false;
			s->p += 3;
		} else if (is_alpha(*s->p) || is_digit(*s->p) || *s->p == '_' ||
			   (*s->p == '.' && s->p > first && s->p[-1] != '.' && s->end - s->p > 1 &&
			    !in(s->p[1], ",}:*"))) {
			s->p++;
		} else {
			break;
		}
	}
	if (s->p == first)
		return false;
	if (s->p < s->end && *s->p == '*') {
		s->p++;
	} else if (s->p < s->end && *s->p == ':') {
		const char *digits = ++s->p;

		while (s->p < s->end && is_digit(*s->p))
			s->p++;
		return s->p > digits && s->p - digits <= 4 && *digits != '0';
	}
	return true;
}

/* RFC 6570 2.2, the brace read; the operators =,!@| are reserved and refused */
static bool take_expression(struct scan *s)
{
	if (s->p < s->end && in(*s->p, "+#./;?&"))
		s->p++;
	for (;;) {
		if (!take_variable(s) || s->p == s->end)
			return false;
		if (*s->p == '}') {
			s->p++;
			return true;
		}
		if (*s->p++ != ',')
			return false;
	}
}

/* RFC 6570 2.1 */
bool format_uri_template(const char *text, size_t n)
{
	struct scan s = { .p = text, .end = text + n, .iri = true };

	while (s.p < s.end) {
		char c = *s.p;

		if (c == '{') {
			s.p++;
			if (!take_expression(&s))
				return false;
		} else if (c & (char)0x80) {
			if (!is_ucschar(utf8_decode(&s.p, s.end), true))
				return false;
		} else if (c == '%') {
			if (s.end - s.p < 3 || !is_hex(s.p[1]) || !is_hex(s.p[2]))
				return false;
			s.p += 3;
		} else if (c <= ' ' || c == 0x7f || in(c, "\"<>\\^`|}")) {
			return false;
		} else {
			s.p++;
		}
	}
	return true;
}
