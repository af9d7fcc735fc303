/*
 * format.h: the formats of JSON Schema 2020-12 validation 7.3, as a table. Private to lib/schema.
 *
 * A format asserts when the caller or the dialect asks for it; one that is not in the table never
 * fails (7.2.1). Formats are about strings only.
 */
#ifndef DUBAN_SCHEMA_FORMAT_H
#define DUBAN_SCHEMA_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

/* whether the n bytes of UTF-8, which may hold NUL, are of the format */
typedef bool format_check(const char *text, size_t n);

struct format {
	const char *name;
	format_check *is_valid;
	const char *noun;    /* "a date": for messages, to be translated */
	const char *example; /* or NULL */
};

extern const struct format schema_formats[];
extern const size_t schema_format_count;

/* format_find: its place in the table, or schema_format_count. */
size_t format_find(const char *name, size_t n);

/* format_time.c */
format_check format_date, format_time, format_date_time, format_duration;
/* format_host.c */
format_check format_hostname, format_idn_hostname;
/* format_net.c */
format_check format_email, format_idn_email, format_ipv4, format_ipv6;
/* format_uri.c */
format_check format_uri, format_uri_reference, format_iri, format_iri_reference,
	format_uri_template;
/* format.c */
format_check format_uuid, format_json_pointer, format_relative_json_pointer;

/*
 * format_host: a host name. HOST_ASCII: RFC 1123, its A-labels those of IDNA 2008. HOST_IDN: U-labels
 * too. HOST_MAPPED: labels that become U-labels by idna_map as well.
 */
enum host_letters { HOST_ASCII, HOST_IDN, HOST_MAPPED };
bool format_host(const char *text, size_t n, enum host_letters letters);

#endif
