/* IP addresses and the mailboxes of RFC 5321 and RFC 6531. */
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

static bool is_mailbox(const char *text, size_t n, enum host_letters letters)
{
	const char *at = n ? memrchr(text, '@', n) : NULL;
	size_t local;

	if (!at)
		return false;
	local = (size_t)(at - text);
	return is_local_part(text, local, letters != HOST_ASCII) &&
	       (format_host(at + 1, n - local - 1, letters) || is_literal(at + 1, n - local - 1));
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
