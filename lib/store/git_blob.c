#include <sha1.h>
#include <sha256.h>
#include <stdio.h>
#include <string.h>

#include "store/git.h"

_Static_assert(GIT_ID_SIZE == SHA256_DIGEST_STRING_LENGTH, "the longer of the two");

const char *git_blob_id(const char *bytes, size_t n, size_t digits, char out[GIT_ID_SIZE])
{
	const uint8_t *body = (const uint8_t *)(n ? bytes : "");
	char head[32];
	size_t length = (size_t)snprintf(head, sizeof(head), "blob %zu", n) + 1;
	SHA1_CTX sha1;
	SHA2_CTX sha256;

	if (digits == 40) {
		SHA1Init(&sha1);
		SHA1Update(&sha1, (const uint8_t *)head, length);
		SHA1Update(&sha1, body, n);
		return SHA1End(&sha1, out);
	}
	SHA256Init(&sha256);
	SHA256Update(&sha256, (const uint8_t *)head, length);
	SHA256Update(&sha256, body, n);
	return SHA256End(&sha256, out);
}
