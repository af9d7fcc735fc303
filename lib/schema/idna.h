/*
 * idna.h: what RFC 5892 and RFC 5893 say of the characters of an internationalized label. Private
 * to lib/schema.
 *
 * A label is n code points, one or more. Its lengths, and how it stands to the ASCII of its A-label,
 * are the business of format_host.c. The properties of characters are those of the Unicode version
 * of libunistring.
 */
#ifndef DUBAN_SCHEMA_IDNA_H
#define DUBAN_SCHEMA_IDNA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* idna_is_u_label: RFC 5891 4.2.1 to 4.2.3.3, for a label that is not all ASCII (else false). */
bool idna_is_u_label(const uint32_t *label, size_t n);

/* idna_is_rtl: RFC 5893 1.4; a domain name with such a label is a Bidi domain name. */
bool idna_is_rtl(const uint32_t *label, size_t n);

/* idna_obeys_bidi_rule: RFC 5893 2, which holds for every label of a Bidi domain name. */
bool idna_obeys_bidi_rule(const uint32_t *label, size_t n);

/*
 * idna_map: capitals, widths, compatibility characters and sequences that are not NFC become what
 * may stand in a label (RFC 5891 5.2; UTS 46 section 5 maps so at heart). The number of code points
 * written, 0 when they do not fit into `room`.
 */
size_t idna_map(const uint32_t *label, size_t n, uint32_t *out, size_t room);

#endif
