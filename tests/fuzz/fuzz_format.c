/*
 * Formats: the input is held against each; what is of a narrow one is of its wider one too.
 *
 * Dictionaries: format
 */
#include "must.h"

#include <strings.h>

#include "base/str.h"
#include "base/utf8.h"
#include "schema/format.h"
#include "schema/punycode.h"

static const struct {
	const char *narrow, *wide;
} pairs[] = {
	{ "uri", "uri-reference" }, { "uri", "iri" },
	{ "iri", "iri-reference" }, { "uri-reference", "iri-reference" },
	{ "ipv4", "hostname" },     { "hostname", "idn-hostname" },
	{ "email", "idn-email" },
};

static bool is_of(const char *format, const char *text, size_t n)
{
	size_t i = format_find(format, strlen(format));

	MUST(i < schema_format_count);
	return schema_formats[i].is_valid(text, n);
}

static void must_encode_again(const char *text, size_t n)
{
	uint32_t decoded[64];
	char again[256];
	size_t count = punycode_decode(text, n, decoded, 64);

	if (!count || n > sizeof(again))
		return;
	MUST(punycode_encode(decoded, count, again, n) == n);
	MUST(strncasecmp(again, text, n) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	struct str relative = { 0 };

	must_encode_again(text, size);
	if (utf8_valid(text, size) != size)
		return 0;
	for (size_t i = 0; i < schema_format_count; i++)
		(void)schema_formats[i].is_valid(text, size);
	/* but a label with two hyphens in third place, which IDNA reserves */
	if (!memmem(text, size, "--", 2))
		for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
			MUST(!is_of(pairs[i].narrow, text, size) ||
			     is_of(pairs[i].wide, text, size));
	str_addc(&relative, '0');
	str_addn(&relative, text, size);
	MUST(!is_of("json-pointer", text, size) ||
	     is_of("relative-json-pointer", relative.p, relative.len));
	str_release(&relative);
	return 0;
}
