/*
 * keyword.h: the keywords of JSON Schema 2020-12 and of our own vocabulary, as a table. Private to
 * lib/schema.
 */
#ifndef DUBAN_SCHEMA_KEYWORD_H
#define DUBAN_SCHEMA_KEYWORD_H

#include <stddef.h>
#include <stdint.h>

/* vocabularies (2020-12 core 8.1.2), as bits; ours is always on, as unknown
 * keywords are allowed */
enum vocabulary {
	VOCABULARY_CORE = 1,
	VOCABULARY_APPLICATOR = 2,
	VOCABULARY_UNEVALUATED = 4,
	VOCABULARY_VALIDATION = 8,
	VOCABULARY_META_DATA = 16,
	VOCABULARY_FORMAT_ANNOTATION = 32,
	VOCABULARY_FORMAT_ASSERTION = 64,
	VOCABULARY_CONTENT = 128,
	VOCABULARY_DUBAN = 256,
};

/* what of 2020-12's own metaschema is on */
#define VOCABULARY_STANDARD                                                                        \
	(VOCABULARY_CORE | VOCABULARY_APPLICATOR | VOCABULARY_UNEVALUATED |                        \
	 VOCABULARY_VALIDATION | VOCABULARY_META_DATA | VOCABULARY_FORMAT_ANNOTATION |             \
	 VOCABULARY_CONTENT | VOCABULARY_DUBAN)

/* vocabulary_of: the bit of a vocabulary's URI, 0 when it is unknown. */
uint32_t vocabulary_of(const char *uri);

/* editions of JSON Schema whose `$schema` is understood as far as they say the same */
enum edition { EDITION_4, EDITION_6, EDITION_7, EDITION_2019_09, EDITION_2020_12 };

/* where a keyword holds subschemas */
enum holds { HOLDS_NOTHING, HOLDS_SCHEMA, HOLDS_LIST, HOLDS_MAP };

struct compiler;
struct node;

struct keyword {
	const char *name;
	uint8_t since; /* enum edition: the first that says what 2020-12 says */
	uint16_t vocabulary;
	uint8_t holds;
	/* checks the keyword's value and adds its operations; NULL: nothing to check, or seen by
	 * another */
	int (*compile)(struct compiler *compiler, const struct keyword *keyword,
		       const struct node *value);
	uint32_t detail; /* for compile: which of several alike */
};

extern const struct keyword schema_keywords[];
extern const size_t schema_keyword_count;

/* keyword_find: NULL for a name that is no keyword. */
const struct keyword *keyword_find(const char *name, size_t n);

/* keyword_nearest: a keyword that is written nearly so, or NULL. */
const char *keyword_nearest(const char *name, size_t n);

#endif
