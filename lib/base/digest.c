/* Aumasson and Bernstein, SipHash: a fast short-input PRF (2012); the output of 128 bits is theirs. */
#include "base/digest.h"

#include <endian.h>
#include <string.h>
#include <sys/random.h>

struct state {
	uint64_t v0, v1, v2, v3;
};

static inline uint64_t rotate(uint64_t x, unsigned n)
{
	return x << n | x >> (64 - n);
}

static inline void mix(struct state *s, unsigned rounds)
{
	while (rounds--) {
		s->v0 += s->v1;
		s->v2 += s->v3;
		s->v1 = rotate(s->v1, 13) ^ s->v0;
		s->v3 = rotate(s->v3, 16) ^ s->v2;
		s->v0 = rotate(s->v0, 32);
		s->v2 += s->v1;
		s->v0 += s->v3;
		s->v1 = rotate(s->v1, 17) ^ s->v2;
		s->v3 = rotate(s->v3, 21) ^ s->v0;
		s->v2 = rotate(s->v2, 32);
	}
}

static inline void take(struct state *s, uint64_t word)
{
	s->v3 ^= word;
	mix(s, 2);
	s->v0 ^= word;
}

static uint64_t finish(struct state *s)
{
	mix(s, 4);
	return htole64(s->v0 ^ s->v1 ^ s->v2 ^ s->v3);
}

struct digest_key digest_key(void)
{
	struct digest_key key = { { 0 } };

	/* without random bits the digests are as good for texts that nobody made for this */
	if (getrandom(&key, sizeof(key), 0) != (ssize_t)sizeof(key))
		key = (struct digest_key){ { 0 } };
	return key;
}

struct digest digest_of(const struct digest_key *key, const char *text, size_t n)
{
	struct state s = { .v0 = key->k[0] ^ UINT64_C(0x736f6d6570736575),
			   .v1 = key->k[1] ^ UINT64_C(0x646f72616e646f6d) ^ 0xee,
			   .v2 = key->k[0] ^ UINT64_C(0x6c7967656e657261),
			   .v3 = key->k[1] ^ UINT64_C(0x7465646279746573) };
	const char *end = text + n;
	uint64_t word, halves[2];
	struct digest digest;

	for (; (size_t)(end - text) >= sizeof(word); text += sizeof(word)) {
		memcpy(&word, text, sizeof(word));
		take(&s, le64toh(word));
	}
	word = 0;
	if (text < end)
		memcpy(&word, text, (size_t)(end - text));
	take(&s, le64toh(word) | (uint64_t)n << 56);
	s.v2 ^= 0xee;
	halves[0] = finish(&s);
	s.v1 ^= 0xdd;
	halves[1] = finish(&s);
	memcpy(digest.bytes, halves, sizeof(digest.bytes));
	return digest;
}
