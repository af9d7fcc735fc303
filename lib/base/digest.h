/*
 * digest.h: 128 bits that stand for a text within one run, as keys of a map with very many texts.
 *
 * SipHash-2-4 with a key that nobody knows, so that nobody can make two texts with one digest. What
 * is kept on disk is named by SHA-256 (store/evidence.h) instead.
 */
#ifndef DUBAN_BASE_DIGEST_H
#define DUBAN_BASE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

struct digest_key {
	uint64_t k[2];
};

struct digest {
	char bytes[16];
};

/* digest_key: a key of random bits. */
struct digest_key digest_key(void);

struct digest digest_of(const struct digest_key *key, const char *text, size_t n);

#endif
