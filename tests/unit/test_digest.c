#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/digest.h"

/* from `openssl mac -macopt hexkey:000102030405060708090a0b0c0d0e0f -macopt size:16 SIPHASH` */
static void is_siphash(void **state)
{
	static const struct digest_key key = { { UINT64_C(0x0706050403020100),
						 UINT64_C(0x0f0e0d0c0b0a0908) } };
	static const struct {
		size_t n;
		const char *digest;
	} known[] = {
		{ 0, "\xa3\x81\x7f\x04\xba\x25\xa8\xe6\x6d\xf6\x72\x14\xc7\x55\x02\x93" },
		{ 1, "\xda\x87\xc1\xd8\x6b\x99\xaf\x44\x34\x76\x59\x11\x9b\x22\xfc\x45" },
		{ 7, "\xa1\xf1\xeb\xbe\xd8\xdb\xc1\x53\xc0\xb8\x4a\xa6\x1f\xf0\x82\x39" },
		{ 8, "\x3b\x62\xa9\xba\x62\x58\xf5\x61\x0f\x83\xe2\x64\xf3\x14\x97\xb4" },
		{ 9, "\x26\x44\x99\x06\x0a\xd9\xba\xab\xc4\x7f\x8b\x02\xbb\x6d\x71\xed" },
		{ 15, "\x54\x93\xe9\x99\x33\xb0\xa8\x11\x7e\x08\xec\x0f\x97\xcf\xc3\xd9" },
		{ 16, "\x6e\xe2\xa4\xca\x67\xb0\x54\xbb\xfd\x33\x15\xbf\x85\x23\x05\x77" },
		{ 63, "\x51\x50\xd1\x77\x2f\x50\x83\x4a\x50\x3e\x06\x9a\x97\x3f\xbd\x7c" },
	};
	char text[64];

	(void)state;
	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = (char)i;
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		struct digest digest = digest_of(&key, text, known[i].n);

		if (memcmp(digest.bytes, known[i].digest, sizeof(digest.bytes)) != 0)
			fail_msg("the digest of %zu bytes is another", known[i].n);
	}
}

static void keys_differ(void **state)
{
	struct digest_key a = digest_key(), b = digest_key();
	struct digest x = digest_of(&a, "text", 4), y = digest_of(&b, "text", 4);

	(void)state;
	assert_memory_not_equal(x.bytes, y.bytes, sizeof(x.bytes));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_siphash),
		cmocka_unit_test(keys_differ),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
