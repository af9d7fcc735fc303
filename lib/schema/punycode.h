/*
 * punycode.h: Punycode (RFC 3492), the letters, digits and hyphens behind the xn-- of a label.
 * Private to lib/schema.
 *
 * Both answer 0 for what is no Punycode, does not fit into `room`, or holds nothing. Letters that
 * stand for digits are encoded as small ones; decoding takes both.
 */
#ifndef DUBAN_SCHEMA_PUNYCODE_H
#define DUBAN_SCHEMA_PUNYCODE_H

#include <stddef.h>
#include <stdint.h>

/* punycode_encode: writes n code points as ASCII, without a final NUL; the number of bytes. */
size_t punycode_encode(const uint32_t *text, size_t n, char *out, size_t room);

/*
 * punycode_decode: writes the code points of n bytes; their number. Some may be no characters, such
 * as surrogates. What is taken encodes to the same bytes again, the case of letters aside.
 */
size_t punycode_decode(const char *text, size_t n, uint32_t *out, size_t room);

#endif
