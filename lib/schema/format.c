#include "schema/format.h"

#include <string.h>

#include "base/msg.h"
#include "schema/pattern.h"

/* RFC 4122 3 */
bool format_uuid(const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char c = text[i];
		bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;

		if (hyphen ? c != '-'
			   : !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
			       (c >= 'A' && c <= 'F')))
			return false;
	}
	return n == 36;
}

/* RFC 6901 3 */
bool format_json_pointer(const char *text, size_t n)
{
	if (n && *text != '/')
		return false;
	for (size_t i = 0; i < n; i++)
		if (text[i] == '~' && (i + 1 == n || (text[i + 1] != '0' && text[i + 1] != '1')))
			return false;
	return true;
}

/* "0", or digits that do not start with one; their number */
static size_t integer_length(const char *text, size_t n)
{
	size_t i = 0;

	while (i < n && text[i] >= '0' && text[i] <= '9')
		i++;
	return i > 1 && *text == '0' ? 0 : i;
}

/* draft-bhutton-relative-json-pointer-00, 3; its grammar has no # behind a change of the index */
bool format_relative_json_pointer(const char *text, size_t n)
{
	size_t up = integer_length(text, n);

	if (!up)
		return false;
	text += up;
	n -= up;
	if (n && (*text == '+' || *text == '-')) {
		size_t by = integer_length(text + 1, n - 1);

		return by && format_json_pointer(text + 1 + by, n - 1 - by);
	}
	return (n == 1 && *text == '#') || format_json_pointer(text, n);
}

const struct format schema_formats[] = {
	{ "date", format_date, N_("a date"), "2024-04-18" },
	{ "date-time", format_date_time, N_("a time with date and offset"),
	  "2024-04-18T17:40:00+08:00" },
	{ "time", format_time, N_("a time of day with offset"), "17:40:00+08:00" },
	{ "duration", format_duration, N_("a duration"), "P3D" },
	{ "email", format_email, N_("an e-mail address"), NULL },
	{ "idn-email", format_idn_email, N_("an e-mail address"), NULL },
	{ "hostname", format_hostname, N_("a host name"), NULL },
	{ "idn-hostname", format_idn_hostname, N_("a host name"), NULL },
	{ "ipv4", format_ipv4, N_("an IPv4 address"), "192.0.2.1" },
	{ "ipv6", format_ipv6, N_("an IPv6 address"), "2001:db8::1" },
	{ "uri", format_uri, N_("a URI"), NULL },
	{ "uri-reference", format_uri_reference, N_("a URI or a reference"), NULL },
	{ "iri", format_iri, N_("an IRI"), NULL },
	{ "iri-reference", format_iri_reference, N_("an IRI or a reference"), NULL },
	{ "uri-template", format_uri_template, N_("a URI template"), NULL },
	{ "uuid", format_uuid, N_("a UUID"), NULL },
	{ "json-pointer", format_json_pointer, N_("a JSON pointer"), "/a/0" },
	{ "relative-json-pointer", format_relative_json_pointer, N_("a relative JSON pointer"),
	  "1/a" },
	{ "regex", pattern_is_valid, N_("a regular expression"), NULL },
};

const size_t schema_format_count = sizeof(schema_formats) / sizeof(*schema_formats);

size_t format_find(const char *name, size_t n)
{
	size_t i = 0;

	while (i < schema_format_count && (strlen(schema_formats[i].name) != n ||
					   memcmp(schema_formats[i].name, name, n) != 0))
		i++;
	return i;
}
