#include <nettle/base16.h>
#include <nettle/sha1.h>
#include <nettle/sha2.h>
#include <stdio.h>

#include "store/git.h"

_Static_assert(GIT_ID_SIZE == BASE16_ENCODE_LENGTH(SHA256_DIGEST_SIZE) + 1,
	       "the longer of the two");

const char *git_blob_id(const char *bytes, size_t n, size_t digits, char out[GIT_ID_SIZE])
{
	const uint8_t *body = (const uint8_t *)(n ? bytes : "");
	uint8_t head[32], digest[SHA256_DIGEST_SIZE];
	size_t length = (size_t)snprintf((char *)head, sizeof(head), "blob %zu", n) + 1;
	struct sha1_ctx sha1;
	struct sha256_ctx sha256;

	if (digits == BASE16_ENCODE_LENGTH(SHA1_DIGEST_SIZE)) {
		sha1_init(&sha1);
		sha1_update(&sha1, length, head);
		sha1_update(&sha1, n, body);
		sha1_digest(&sha1, SHA1_DIGEST_SIZE, digest);
	} else {
		digits = GIT_ID_SIZE - 1;
		sha256_init(&sha256);
		sha256_update(&sha256, length, head);
		sha256_update(&sha256, n, body);
		sha256_digest(&sha256, SHA256_DIGEST_SIZE, digest);
	}
	base16_encode_update(out, digits / 2, digest);
	out[digits] = '\0';
	return out;
}
