/* RFC 1123 host names, RFC 5321 mailboxes, IP addresses. */
#include <arpa/inet.h>
#include <string.h>

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

static bool is_alphanumeric(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* RFC 1123 2.1; RFC 5890 2.3.1: two hyphens in third place only behind xn */
static bool is_label(const char *p, size_t n, bool unicode)
{
	if (!n || n > 63 || p[0] == '-' || p[n - 1] == '-')
		return false;
	for (size_t i = 0; i < n; i++)
		if (!is_alphanumeric(p[i]) && p[i] != '-' && !(unicode && (p[i] & 0x80)))
			return false;
	if (n >= 4 && p[2] == '-' && p[3] == '-')
		return n > 4 && (p[0] == 'x' || p[0] == 'X') && (p[1] == 'n' || p[1] == 'N');
	return true;
}

static bool is_host(const char *text, size_t n, bool unicode)
{
	const char *p = text, *end = text + n;

	if (!n || n > 253)
		return false;
	for (;;) {
		const char *dot = memchr(p, '.', (size_t)(end - p));

		if (!is_label(p, (size_t)((dot ? dot : end) - p), unicode))
			return false;
		if (!dot)
			return true;
		p = dot + 1;
	}
}

bool format_hostname(const char *text, size_t n)
{
	return is_host(text, n, false);
}

/* RFC 5321 4.1.2: Dot-string or Quoted-string */
static bool is_local_part(const char *p, size_t n, bool unicode)
{
	if (!n)
		return false;
	if (*p == '"') {
		if (n < 2 || p[n - 1] != '"')
			return false;
		for (size_t i = 1; i + 1 < n; i++) {
			if (p[i] == '\\' && ++i + 1 >= n)
				return false;
			if ((unsigned char)p[i] < ' ' || p[i] == 0x7f ||
			    (p[i] == '"' && p[i - 1] != '\\') || (!unicode && p[i] & 0x80))
				return false;
		}
		return true;
	}
	for (size_t i = 0; i < n; i++) {
		if (p[i] == '.') {
			if (i == 0 || i + 1 == n || p[i - 1] == '.')
				return false;
		} else if (!is_alphanumeric(p[i]) && !(unicode && p[i] & 0x80) &&
			   (!p[i] || !strchr("!#$%&'*+-/=?^_`{|}~", p[i]))) {
			return false;
		}
	}
	return true;
}

/* RFC 5321 4.1.3 */
static bool is_literal(const char *p, size_t n)
{
	if (n < 2 || p[0] != '[' || p[n - 1] != ']')
		return false;
	p++;
	n -= 2;
	if (n > 5 && strncasecmp(p, "IPv6:", 5) == 0)
		return format_ipv6(p + 5, n - 5);
	return format_ipv4(p, n);
}

static bool is_mailbox(const char *text, size_t n, bool unicode)
{
	const char *at = n ? memrchr(text, '@', n) : NULL;
	size_t local;

	if (!at)
		return false;
	local = (size_t)(at - text);
	return is_local_part(text, local, unicode) &&
	       (is_host(at + 1, n - local - 1, unicode) || is_literal(at + 1, n - local - 1));
}

bool format_email(const char *text, size_t n)
{
	return is_mailbox(text, n, false);
}

/* RFC 6531 */
bool format_idn_email(const char *text, size_t n)
{
	return is_mailbox(text, n, true);
}
