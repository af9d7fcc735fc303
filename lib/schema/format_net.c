/* IP addresses and the mailboxes of RFC 5321 and RFC 6531. */
#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

#include "schema/format.h"

#define LONGEST_ADDRESS 64

static bool is_address(int family, const char *text, size_t n)
{
	char copy[LONGEST_ADDRESS];
	unsigned char address[16];

	if (n >= sizeof(copy) || memchr(text, '\0', n))
		return false;
	memcpy(copy, text, n);
	copy[n] = '\0';
	return inet_pton(family, copy, address) == 1;
}

bool format_ipv4(const char *text, size_t n)
{
	return is_address(AF_INET, text, n);
}

bool format_ipv6(const char *text, size_t n)
{
	return is_address(AF_INET6, text, n);
}

/* RFC 5321 4.1.2: what a backslash may stand before, and what needs none but for " and \\ */
static bool is_printable(char c)
{
	return c >= ' ' && c <= '~';
}

/* RFC 5321 4.1.2: Quoted-string; RFC 6531 3.3 adds to qtextSMTP, not to quoted-pairSMTP */
static bool is_quoted_string(const char *p, size_t n, bool unicode)
{
	if (n < 2 || p[n - 1] != '"')
		return false;
	for (size_t i = 1; i + 1 < n; i++) {
		if (p[i] == '\\') {
			if (++i + 1 == n || !is_printable(p[i]))
				return false;
		} else if (p[i] == '"' || !(is_printable(p[i]) || (unicode && p[i] & 0x80))) {
			return false;
		}
	}
	return true;
}

static bool is_atext(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c && strchr("!#$%&'*+-/=?^_`{|}~", c));
}

/* RFC 5321 4.1.2: Dot-string */
static bool is_dot_string(const char *p, size_t n, bool unicode)
{
	for (size_t i = 0; i < n; i++)
		if (p[i] == '.' ? i == 0 || i + 1 == n || p[i - 1] == '.'
				: !is_atext(p[i]) && !(unicode && p[i] & 0x80))
			return false;
	return n > 0;
}

/* RFC 5321 4.1.3: unlike those of format_ipv4 its numbers may start with zeros */
static bool is_ipv4_literal(const char *p, size_t n)
{
	const char *end = p + n;

	for (int i = 0; i < 4; i++) {
		int value = 0, digits = 0;

		if (i > 0 && (p == end || *p++ != '.'))
			return false;
		for (; p < end && *p >= '0' && *p <= '9' && digits < 3; digits++)
			value = value * 10 + (*p++ - '0');
		if (!digits || value > 255)
			return false;
	}
	return p == end;
}

/* RFC 5321 4.1.3; IPv6 is the only tag of a General-address-literal that is registered */
static bool is_literal(const char *p, size_t n)
{
	if (n < 2 || p[0] != '[' || p[n - 1] != ']')
		return false;
	p++;
	n -= 2;
	if (n > 5 && strncasecmp(p, "IPv6:", 5) == 0)
		return format_ipv6(p + 5, n - 5);
	return is_ipv4_literal(p, n);
}

/* RFC 5321 4.5.3.1, in octets; a path is an address between angle brackets */
#define LONGEST_LOCAL_PART 64
#define LONGEST_PATH 256

static bool is_mailbox(const char *text, size_t n, enum host_letters letters)
{
	const char *at = n ? memrchr(text, '@', n) : NULL;
	bool unicode = letters != HOST_ASCII;
	size_t local, domain;

	if (!at || n + 2 > LONGEST_PATH)
		return false;
	local = (size_t)(at - text);
	domain = n - local - 1;
	return local <= LONGEST_LOCAL_PART &&
	       (*text == '"' ? is_quoted_string(text, local, unicode)
			     : is_dot_string(text, local, unicode)) &&
	       (format_host(at + 1, domain, letters) || is_literal(at + 1, domain));
}

bool format_email(const char *text, size_t n)
{
	return is_mailbox(text, n, HOST_ASCII);
}

/* RFC 6531 3.3; a domain may be written as people do, as it is mapped before it is looked up */
bool format_idn_email(const char *text, size_t n)
{
	return is_mailbox(text, n, HOST_MAPPED);
}
