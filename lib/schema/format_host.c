/* Host names: RFC 1123 2.1, and RFC 5890 2.3.2.3 for those with labels in other letters. */
#include <string.h>

#include "base/utf8.h"
#include "schema/format.h"
#include "schema/idna.h"
#include "schema/punycode.h"

/* RFC 1034 3.1, in octets: 255 with the length of the first label and the empty one at the end */
#define LONGEST_LABEL 63
#define LONGEST_NAME 253

#define PREFIX "xn--"
#define PREFIX_LENGTH 4

/* a character of a mapped label may come as several that are not composed yet */
#define ROOM (4 * LONGEST_LABEL)

struct host {
	enum host_letters letters;
	size_t length;  /* in ASCII, with a dot behind each label */
	bool rtl;       /* a label is, so this is a Bidi domain name */
	bool breaks_it; /* a label breaks the rule for those */
};

/* full stops of other scripts that end a label too: RFC 3490 3.1 */
static bool is_dot(const struct host *host, int32_t c)
{
	return c == '.' ||
	       (host->letters != HOST_ASCII && (c == 0x3002 || c == 0xff0e || c == 0xff61));
}

static bool is_ascii(const uint32_t *label, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (label[i] >= 0x80)
			return false;
	return true;
}

static char small(uint32_t c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

/* letters, digits, and hyphens between them; *ascii is the label in small letters */
static bool is_ldh(const uint32_t *label, size_t n, char *ascii)
{
	if (!n || n > LONGEST_LABEL || label[0] == '-' || label[n - 1] == '-')
		return false;
	for (size_t i = 0; i < n; i++) {
		char c = ascii[i] = small(label[i]);

		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-')
			return false;
	}
	return true;
}

/*
 * The U-label that an A-label in small letters stands for, or 0. The test of RFC 5891 5.4 that it
 * stands for no other A-label is punycode_decode's.
 */
static size_t decode(const char *ascii, size_t n, uint32_t *label)
{
	n = punycode_decode(ascii + PREFIX_LENGTH, n - PREFIX_LENGTH, label, LONGEST_LABEL);
	return n && idna_is_u_label(label, n) ? n : 0;
}

/* how long its A-label is, or 0 for what is no U-label */
static size_t encoded_length(const uint32_t *label, size_t n)
{
	char ascii[LONGEST_LABEL - PREFIX_LENGTH];
	size_t length =
		idna_is_u_label(label, n) ? punycode_encode(label, n, ascii, sizeof(ascii)) : 0;

	return length ? PREFIX_LENGTH + length : 0;
}

static bool add_label(struct host *host, const uint32_t *label, size_t n)
{
	bool international = host->letters != HOST_ASCII;
	char ascii[LONGEST_LABEL];
	uint32_t decoded[LONGEST_LABEL];
	size_t length = n;

	if (!is_ascii(label, n)) {
		length = international ? encoded_length(label, n) : 0;
		if (!length)
			return false;
	} else if (!is_ldh(label, n, ascii)) {
		return false;
	} else if (n >= PREFIX_LENGTH && memcmp(ascii, PREFIX, PREFIX_LENGTH) == 0) {
		n = decode(ascii, n, decoded);
		if (!n)
			return false;
		label = decoded;
	} else if (international && n >= 4 && ascii[2] == '-' && ascii[3] == '-') {
		return false; /* RFC 5890 2.3.1: reserved, to IDNA no ordinary label */
	}
	host->length += length + 1;
	host->rtl = host->rtl || idna_is_rtl(label, n);
	host->breaks_it = host->breaks_it || !idna_obeys_bidi_rule(label, n);
	return true;
}

static bool end_label(struct host *host, const uint32_t *label, size_t n)
{
	uint32_t mapped[ROOM];

	if (host->letters != HOST_MAPPED || is_ascii(label, n))
		return add_label(host, label, n);
	return add_label(host, mapped, idna_map(label, n, mapped, ROOM));
}

bool format_host(const char *text, size_t n, enum host_letters letters)
{
	struct host host = { .letters = letters };
	const char *p = text, *end = text + n;
	uint32_t label[ROOM];
	size_t count = 0;

	while (p < end) {
		int32_t c = utf8_decode(&p, end);

		if (is_dot(&host, c)) {
			if (!end_label(&host, label, count))
				return false;
			count = 0;
		} else if (count < ROOM) {
			label[count++] = (uint32_t)c;
		} else {
			return false;
		}
	}
	return end_label(&host, label, count) && host.length - 1 <= LONGEST_NAME &&
	       !(host.rtl && host.breaks_it);
}

bool format_hostname(const char *text, size_t n)
{
	return format_host(text, n, HOST_ASCII);
}

bool format_idn_hostname(const char *text, size_t n)
{
	return format_host(text, n, HOST_IDN);
}
