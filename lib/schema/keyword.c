#include "schema/keyword.h"

#include <string.h>

#include "base/utf8.h"
#include "schema/compile.h"

/*
 * 2020-12 core 8 to 11 and validation 6 to 9. `$id`, `$anchor` and `$dynamicAnchor` are checked
 * where documents are added. `definitions` is kept by the metaschema for older schemas.
 */
const struct keyword schema_keywords[] = {
	{ "$schema", EDITION_4, VOCABULARY_CORE, HOLDS_NOTHING, compile_is_string, 0 },
	{ "$id", EDITION_6, VOCABULARY_CORE, HOLDS_NOTHING, NULL, 0 },
	{ "$anchor", EDITION_2019_09, VOCABULARY_CORE, HOLDS_NOTHING, NULL, 0 },
	{ "$dynamicAnchor", EDITION_2020_12, VOCABULARY_CORE, HOLDS_NOTHING, NULL, 0 },
	{ "$vocabulary", EDITION_2019_09, VOCABULARY_CORE, HOLDS_NOTHING, compile_vocabulary, 0 },
	{ "$ref", EDITION_4, VOCABULARY_CORE, HOLDS_NOTHING, compile_reference, 0 },
	{ "$dynamicRef", EDITION_2020_12, VOCABULARY_CORE, HOLDS_NOTHING, compile_dynamic_reference,
	  0 },
	{ "$defs", EDITION_2019_09, VOCABULARY_CORE, HOLDS_MAP, compile_definitions, 0 },
	{ "definitions", EDITION_4, VOCABULARY_CORE, HOLDS_MAP, compile_definitions, 0 },
	{ "$comment", EDITION_7, VOCABULARY_CORE, HOLDS_NOTHING, compile_is_string, 0 },

	{ "prefixItems", EDITION_2020_12, VOCABULARY_APPLICATOR, HOLDS_LIST, compile_draft_list,
	  DRAFT_PREFIX_ITEMS },
	{ "items", EDITION_4, VOCABULARY_APPLICATOR, HOLDS_SCHEMA, compile_draft_schema,
	  DRAFT_ITEMS },
	{ "contains", EDITION_6, VOCABULARY_APPLICATOR, HOLDS_SCHEMA, compile_draft_schema,
	  DRAFT_CONTAINS },
	{ "additionalProperties", EDITION_4, VOCABULARY_APPLICATOR, HOLDS_SCHEMA,
	  compile_draft_schema, DRAFT_ADDITIONAL_PROPERTIES },
	{ "properties", EDITION_4, VOCABULARY_APPLICATOR, HOLDS_MAP, compile_draft_map,
	  DRAFT_PROPERTIES },
	{ "patternProperties", EDITION_4, VOCABULARY_APPLICATOR, HOLDS_MAP, compile_draft_map,
	  DRAFT_PATTERN_PROPERTIES },
	{ "dependentSchemas", EDITION_2019_09, VOCABULARY_APPLICATOR, HOLDS_MAP, compile_dependent,
	  0 },
	/* of earlier drafts, kept by the metaschema (2020-12 core 8.2.4, appendix A) */
	{ "dependencies", EDITION_4, VOCABULARY_APPLICATOR, HOLDS_MAP, compile_dependent, 0 },
	{ "propertyNames", EDITION_6, VOCABULARY_APPLICATOR, HOLDS_SCHEMA, compile_draft_schema,
	  DRAFT_PROPERTY_NAMES },
	{ "if", EDITION_7, VOCABULARY_APPLICATOR, HOLDS_SCHEMA, compile_draft_schema, DRAFT_IF },
	{ "then", EDITION_7, VOCABULARY_APPLICATOR, HOLDS_SCHEMA, compile_draft_schema,
	  DRAFT_THEN },
	{ "else", EDITION_7, VOCABULARY_APPLICATOR, HOLDS_SCHEMA, compile_draft_schema,
	  DRAFT_ELSE },
	{ "allOf", EDITION_4, VOCABULARY_APPLICATOR, HOLDS_LIST, compile_all_of, 0 },
	{ "anyOf", EDITION_4, VOCABULARY_APPLICATOR, HOLDS_LIST, compile_branches, OP_ANY_OF },
	{ "oneOf", EDITION_4, VOCABULARY_APPLICATOR, HOLDS_LIST, compile_branches, OP_ONE_OF },
	{ "not", EDITION_4, VOCABULARY_APPLICATOR, HOLDS_SCHEMA, compile_one_block, OP_NOT },

	{ "unevaluatedItems", EDITION_2020_12, VOCABULARY_UNEVALUATED, HOLDS_SCHEMA,
	  compile_one_block, OP_UNEVALUATED_ITEMS },
	{ "unevaluatedProperties", EDITION_2019_09, VOCABULARY_UNEVALUATED, HOLDS_SCHEMA,
	  compile_one_block, OP_UNEVALUATED_PROPERTIES },

	{ "type", EDITION_4, VOCABULARY_VALIDATION, HOLDS_NOTHING, compile_type, 0 },
	{ "const", EDITION_6, VOCABULARY_VALIDATION, HOLDS_NOTHING, compile_const, 0 },
	{ "enum", EDITION_4, VOCABULARY_VALIDATION, HOLDS_NOTHING, compile_enum, 0 },
	{ "multipleOf", EDITION_4, VOCABULARY_VALIDATION, HOLDS_NOTHING, compile_multiple, 0 },
	{ "maximum", EDITION_4, VOCABULARY_VALIDATION, HOLDS_NOTHING, compile_bound, OP_MAXIMUM },
	{ "exclusiveMaximum", EDITION_6, VOCABULARY_VALIDATION, HOLDS_NOTHING, compile_bound,
	  OP_BELOW },
	{ "minimum", EDITION_4, VOCABULARY_VALIDATION, HOLDS_NOTHING, compile_bound, OP_MINIMUM },
	{ "exclusiveMinimum", EDITION_6, VOCABULARY_VALIDATION, HOLDS_NOTHING, compile_bound,
	  OP_ABOVE },
	{ "maxLength", EDITION_4, VOCABULARY_VALIDATION, HOLDS_NOTHING, compile_size,
	  OP_MAX_LENGTH },
	{ "minLength", EDITION_4, VOCABULARY_VALIDATION, HOLDS_NOTHING, compile_size,
	  OP_MIN_LENGTH },
	{ "pattern", EDITION_4, VOCABULARY_VALIDATION, HOLDS_NOTHING, compile_pattern_keyword, 0 },
	{ "maxItems", EDITION_4, VOCABULARY_VALIDATION, HOLDS_NOTHING, compile_size, OP_MAX_ITEMS },
	{ "minItems", EDITION_4, VOCABULARY_VALIDATION, HOLDS_NOTHING, compile_size, OP_MIN_ITEMS },
	{ "uniqueItems", EDITION_4, VOCABULARY_VALIDATION, HOLDS_NOTHING, compile_unique, 0 },
	{ "maxContains", EDITION_2019_09, VOCABULARY_VALIDATION, HOLDS_NOTHING, compile_draft_count,
	  DRAFT_MAX_CONTAINS },
	{ "minContains", EDITION_2019_09, VOCABULARY_VALIDATION, HOLDS_NOTHING, compile_draft_count,
	  DRAFT_MIN_CONTAINS },
	{ "maxProperties", EDITION_4, VOCABULARY_VALIDATION, HOLDS_NOTHING, compile_size,
	  OP_MAX_PROPERTIES },
	{ "minProperties", EDITION_4, VOCABULARY_VALIDATION, HOLDS_NOTHING, compile_size,
	  OP_MIN_PROPERTIES },
	{ "required", EDITION_4, VOCABULARY_VALIDATION, HOLDS_NOTHING, compile_draft_names,
	  DRAFT_REQUIRED },
	{ "dependentRequired", EDITION_2019_09, VOCABULARY_VALIDATION, HOLDS_NOTHING, compile_needs,
	  0 },

	{ "format", EDITION_4, VOCABULARY_FORMAT_ANNOTATION | VOCABULARY_FORMAT_ASSERTION,
	  HOLDS_NOTHING, compile_format, 0 },

	{ "contentEncoding", EDITION_7, VOCABULARY_CONTENT, HOLDS_NOTHING, compile_is_string, 0 },
	{ "contentMediaType", EDITION_7, VOCABULARY_CONTENT, HOLDS_NOTHING, compile_is_string, 0 },
	{ "contentSchema", EDITION_2019_09, VOCABULARY_CONTENT, HOLDS_SCHEMA, compile_schema, 0 },

	{ "title", EDITION_4, VOCABULARY_META_DATA, HOLDS_NOTHING, compile_is_string, 0 },
	{ "description", EDITION_4, VOCABULARY_META_DATA, HOLDS_NOTHING, compile_is_string, 0 },
	{ "default", EDITION_4, VOCABULARY_META_DATA, HOLDS_NOTHING, NULL, 0 },
	{ "deprecated", EDITION_2019_09, VOCABULARY_META_DATA, HOLDS_NOTHING, compile_is_boolean,
	  0 },
	{ "readOnly", EDITION_7, VOCABULARY_META_DATA, HOLDS_NOTHING, compile_is_boolean, 0 },
	{ "writeOnly", EDITION_7, VOCABULARY_META_DATA, HOLDS_NOTHING, compile_is_boolean, 0 },
	{ "examples", EDITION_6, VOCABULARY_META_DATA, HOLDS_NOTHING, compile_is_list, 0 },

	/* schemas/vocabulary.yaml; those that only label are checked against it there */
	{ "x-word", EDITION_4, VOCABULARY_DUBAN, HOLDS_NOTHING, compile_draft_string, DRAFT_WORD },
	{ "x-word-level", EDITION_4, VOCABULARY_DUBAN, HOLDS_NOTHING, compile_draft_string,
	  DRAFT_WORD_LEVEL },
	{ "x-record", EDITION_4, VOCABULARY_DUBAN, HOLDS_NOTHING, compile_draft_strings,
	  DRAFT_RECORD },
	{ "x-finding", EDITION_4, VOCABULARY_DUBAN, HOLDS_NOTHING, compile_draft_boolean,
	  DRAFT_FINDING },
	{ "x-not-before", EDITION_4, VOCABULARY_DUBAN, HOLDS_NOTHING, compile_sibling,
	  OP_NOT_BEFORE },
	{ "x-not-after", EDITION_4, VOCABULARY_DUBAN, HOLDS_NOTHING, compile_sibling,
	  OP_NOT_AFTER },
};

const size_t schema_keyword_count = sizeof(schema_keywords) / sizeof(*schema_keywords);

const struct keyword *keyword_find(const char *name, size_t n)
{
	for (size_t i = 0; i < schema_keyword_count; i++)
		if (schema_keywords[i].name[0] == *name && strlen(schema_keywords[i].name) == n &&
		    memcmp(schema_keywords[i].name, name, n) == 0)
			return &schema_keywords[i];
	return NULL;
}

const char *keyword_nearest(const char *name, size_t n)
{
	const char *best = NULL;
	unsigned least = 3;
	char word[32];

	if (n >= sizeof(word))
		return NULL;
	memcpy(word, name, n);
	word[n] = '\0';
	for (size_t i = 0; i < schema_keyword_count; i++) {
		unsigned distance = text_distance(word, schema_keywords[i].name, 2);

		if (distance < least && distance < n) {
			least = distance;
			best = schema_keywords[i].name;
		}
	}
	return best;
}

uint32_t vocabulary_of(const char *uri)
{
	static const struct {
		const char *name;
		uint32_t bit;
	} known[] = {
		{ "https://json-schema.org/draft/2020-12/vocab/core", VOCABULARY_CORE },
		{ "https://json-schema.org/draft/2020-12/vocab/applicator", VOCABULARY_APPLICATOR },
		{ "https://json-schema.org/draft/2020-12/vocab/unevaluated",
		  VOCABULARY_UNEVALUATED },
		{ "https://json-schema.org/draft/2020-12/vocab/validation", VOCABULARY_VALIDATION },
		{ "https://json-schema.org/draft/2020-12/vocab/meta-data", VOCABULARY_META_DATA },
		{ "https://json-schema.org/draft/2020-12/vocab/format-annotation",
		  VOCABULARY_FORMAT_ANNOTATION },
		{ "https://json-schema.org/draft/2020-12/vocab/format-assertion",
		  VOCABULARY_FORMAT_ASSERTION },
		{ "https://json-schema.org/draft/2020-12/vocab/content", VOCABULARY_CONTENT },
		{ "duban:vocabulary", VOCABULARY_DUBAN },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (strcmp(uri, known[i].name) == 0)
			return known[i].bit;
	return 0;
}
