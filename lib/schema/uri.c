#include "schema/uri.h"

#include <string.h>

struct part {
	const char *p;
	size_t n;
	bool given;
};

/* RFC 3986 3 and appendix B */
struct parts {
	struct part scheme, authority, path, query, fragment;
};

static bool is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static size_t scheme_length(const char *uri, size_t n)
{
	if (!n || !is_alpha(uri[0]))
		return 0;
	for (size_t i = 1; i < n; i++) {
		char c = uri[i];

		if (c == ':')
			return i;
		if (!is_alpha(c) && !(c >= '0' && c <= '9') && c != '+' && c != '-' && c != '.')
			return 0;
	}
	return 0;
}

bool uri_is_absolute(const char *uri, size_t n)
{
	return scheme_length(uri, n) > 0;
}

size_t uri_fragment(const char *uri, size_t n)
{
	const char *hash = n ? memchr(uri, '#', n) : NULL;

	return hash ? (size_t)(hash - uri) : n;
}

static size_t until(const char *p, size_t n, const char *stops)
{
	size_t i = 0;

	while (i < n && !(p[i] && strchr(stops, p[i])))
		i++;
	return i;
}

static struct parts split(const char *uri, size_t n)
{
	struct parts u = { .scheme = { .p = "" } };
	size_t length = scheme_length(uri, n);

	if (length) {
		u.scheme = (struct part){ uri, length, true };
		uri += length + 1;
		n -= length + 1;
	}
	if (n >= 2 && uri[0] == '/' && uri[1] == '/') {
		length = until(uri + 2, n - 2, "/?#");
		u.authority = (struct part){ uri + 2, length, true };
		uri += length + 2;
		n -= length + 2;
	}
	length = until(uri, n, "?#");
	u.path = (struct part){ uri, length, true };
	uri += length;
	n -= length;
	if (n && *uri == '?') {
		length = until(uri + 1, n - 1, "#");
		u.query = (struct part){ uri + 1, length, true };
		uri += length + 1;
		n -= length + 1;
	}
	if (n)
		u.fragment = (struct part){ uri + 1, n - 1, true };
	return u;
}

static bool starts(const char *p, size_t n, const char *with)
{
	size_t length = strlen(with);

	return n >= length && memcmp(p, with, length) == 0;
}

static bool is(const char *p, size_t n, const char *text)
{
	return n == strlen(text) && memcmp(p, text, n) == 0;
}

/* the last segment that was written since `from`, with its slash (RFC 3986 5.2.4, 2C) */
static void drop_segment(struct str *out, size_t from)
{
	while (out->len > from && out->p[out->len - 1] != '/')
		out->len--;
	if (out->len > from)
		out->len--;
	if (out->p)
		out->p[out->len] = '\0';
}

/* RFC 3986 5.2.4 */
static void add_without_dots(struct str *out, const char *p, size_t n)
{
	size_t from = out->len;

	while (n) {
		size_t skip = 0;

		if (starts(p, n, "../")) {
			skip = 3;
		} else if (starts(p, n, "./") || starts(p, n, "/./")) {
			skip = 2;
		} else if (is(p, n, "/.")) {
			p = "/";
			n = 1;
			continue;
		} else if (starts(p, n, "/../")) {
			drop_segment(out, from);
			skip = 3;
		} else if (is(p, n, "/..")) {
			drop_segment(out, from);
			p = "/";
			n = 1;
			continue;
		} else if (is(p, n, ".") || is(p, n, "..")) {
			skip = n;
		} else {
			skip = 1 + until(p + 1, n - 1, "/");
			str_addn(out, p, skip);
		}
		p += skip;
		n -= skip;
	}
}

/* RFC 3986 5.2.3: the reference's path in the folder of the base */
static void add_merged(struct str *out, const struct parts *base, const struct part *path)
{
	struct str merged = { 0 };
	size_t folder = base->path.n;

	if (base->authority.given && !base->path.n) {
		str_addc(&merged, '/');
	} else {
		while (folder && base->path.p[folder - 1] != '/')
			folder--;
		str_addn(&merged, base->path.p, folder);
	}
	str_addn(&merged, path->p, path->n);
	add_without_dots(out, str_text(&merged), merged.len);
	str_release_part(&merged, out);
}

static void add_part(struct str *out, const char *before, const struct part *part,
		     const char *after)
{
	if (!part->given)
		return;
	str_add(out, before);
	str_addn(out, part->p, part->n);
	str_add(out, after);
}

void uri_resolve(struct str *out, const char *base, size_t nbase, const char *reference, size_t n)
{
	struct parts b = split(base, nbase), r = split(reference, n);
	const struct parts *from = r.scheme.given ? &r : &b;

	add_part(out, "", &from->scheme, ":");
	if (r.scheme.given || r.authority.given) {
		add_part(out, "//", &r.authority, "");
		if (r.authority.given || (r.path.n && r.path.p[0] == '/'))
			add_without_dots(out, r.path.p, r.path.n);
		else
			str_addn(out, r.path.p, r.path.n);
		add_part(out, "?", &r.query, "");
	} else {
		add_part(out, "//", &b.authority, "");
		if (!r.path.n) {
			str_addn(out, b.path.p, b.path.n);
			add_part(out, "?", r.query.given ? &r.query : &b.query, "");
		} else {
			if (r.path.p[0] == '/')
				add_without_dots(out, r.path.p, r.path.n);
			else
				add_merged(out, &b, &r.path);
			add_part(out, "?", &r.query, "");
		}
	}
	add_part(out, "#", &r.fragment, "");
}

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool uri_decode(struct str *out, const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (text[i] != '%') {
			str_addc(out, text[i]);
			continue;
		}
		if (n - i < 3 || hex(text[i + 1]) < 0 || hex(text[i + 2]) < 0)
			return false;
		str_addc(out, (char)(hex(text[i + 1]) * 16 + hex(text[i + 2])));
		i += 2;
	}
	return true;
}

void uri_encode(struct str *out, const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char c = text[i];

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		    (unsigned char)c >= 0x80 || (c && strchr("/-._~!$&'()*+,;=:@", c)))
			str_addc(out, c);
		else
			str_addf(out, "%%%02X", (unsigned char)c);
	}
}

void uri_add_path(struct str *out, const char *path)
{
	str_add(out, "file://");
	uri_encode(out, path, strlen(path));
}
