#include "schema/keyword.h"

#include <string.h>

#include "schema/compile.h"

/*
 * 2020-12 core 8 to 11 and validation 6 to 9. `$id`, `$anchor` and `$dynamicAnchor` are checked
 * where documents are added. `definitions` is kept by the metaschema for older schemas.
 */
const struct keyword schema_keywords[] = {
	{ "$schema", VOCABULARY_CORE, HOLDS_NOTHING, compile_is_string, 0 },
	{ "$ref", VOCABULARY_CORE, HOLDS_NOTHING, compile_reference, 0 },
	{ "$dynamicRef", VOCABULARY_CORE, HOLDS_NOTHING, compile_dynamic_reference, 0 },
	{ "$defs", VOCABULARY_CORE, HOLDS_MAP, compile_definitions, 0 },
	{ "definitions", VOCABULARY_CORE, HOLDS_MAP, compile_definitions, 0 },
	{ "$comment", VOCABULARY_CORE, HOLDS_NOTHING, compile_is_string, 0 },

	{ "prefixItems", VOCABULARY_APPLICATOR, HOLDS_LIST, compile_draft_list,
	  DRAFT_PREFIX_ITEMS },
	{ "items", VOCABULARY_APPLICATOR, HOLDS_SCHEMA, compile_draft_schema, DRAFT_ITEMS },
	{ "contains", VOCABULARY_APPLICATOR, HOLDS_SCHEMA, compile_draft_schema, DRAFT_CONTAINS },
	{ "additionalProperties", VOCABULARY_APPLICATOR, HOLDS_SCHEMA, compile_draft_schema,
	  DRAFT_ADDITIONAL_PROPERTIES },
	{ "properties", VOCABULARY_APPLICATOR, HOLDS_MAP, compile_draft_map, DRAFT_PROPERTIES },
	{ "patternProperties", VOCABULARY_APPLICATOR, HOLDS_MAP, compile_draft_map,
	  DRAFT_PATTERN_PROPERTIES },
	{ "dependentSchemas", VOCABULARY_APPLICATOR, HOLDS_MAP, compile_dependent, 0 },
	/* of earlier drafts, kept by the metaschema (2020-12 core 8.2.4, appendix A) */
	{ "dependencies", VOCABULARY_APPLICATOR, HOLDS_MAP, compile_dependent, 0 },
	{ "propertyNames", VOCABULARY_APPLICATOR, HOLDS_SCHEMA, compile_draft_schema,
	  DRAFT_PROPERTY_NAMES },
	{ "if", VOCABULARY_APPLICATOR, HOLDS_SCHEMA, compile_draft_schema, DRAFT_IF },
	{ "then", VOCABULARY_APPLICATOR, HOLDS_SCHEMA, compile_draft_schema, DRAFT_THEN },
	{ "else", VOCABULARY_APPLICATOR, HOLDS_SCHEMA, compile_draft_schema, DRAFT_ELSE },
	{ "allOf", VOCABULARY_APPLICATOR, HOLDS_LIST, compile_all_of, 0 },
	{ "anyOf", VOCABULARY_APPLICATOR, HOLDS_LIST, compile_branches, OP_ANY_OF },
	{ "oneOf", VOCABULARY_APPLICATOR, HOLDS_LIST, compile_branches, OP_ONE_OF },
	{ "not", VOCABULARY_APPLICATOR, HOLDS_SCHEMA, compile_one_block, OP_NOT },

	{ "unevaluatedItems", VOCABULARY_UNEVALUATED, HOLDS_SCHEMA, compile_one_block,
	  OP_UNEVALUATED_ITEMS },
	{ "unevaluatedProperties", VOCABULARY_UNEVALUATED, HOLDS_SCHEMA, compile_one_block,
	  OP_UNEVALUATED_PROPERTIES },

	{ "type", VOCABULARY_VALIDATION, HOLDS_NOTHING, compile_type, 0 },
	{ "const", VOCABULARY_VALIDATION, HOLDS_NOTHING, compile_const, 0 },
	{ "enum", VOCABULARY_VALIDATION, HOLDS_NOTHING, compile_enum, 0 },
	{ "multipleOf", VOCABULARY_VALIDATION, HOLDS_NOTHING, compile_multiple, 0 },
	{ "maximum", VOCABULARY_VALIDATION, HOLDS_NOTHING, compile_bound, OP_MAXIMUM },
	{ "exclusiveMaximum", VOCABULARY_VALIDATION, HOLDS_NOTHING, compile_bound, OP_BELOW },
	{ "minimum", VOCABULARY_VALIDATION, HOLDS_NOTHING, compile_bound, OP_MINIMUM },
	{ "exclusiveMinimum", VOCABULARY_VALIDATION, HOLDS_NOTHING, compile_bound, OP_ABOVE },
	{ "maxLength", VOCABULARY_VALIDATION, HOLDS_NOTHING, compile_size, OP_MAX_LENGTH },
	{ "minLength", VOCABULARY_VALIDATION, HOLDS_NOTHING, compile_size, OP_MIN_LENGTH },
	{ "pattern", VOCABULARY_VALIDATION, HOLDS_NOTHING, compile_pattern_keyword, 0 },
	{ "maxItems", VOCABULARY_VALIDATION, HOLDS_NOTHING, compile_size, OP_MAX_ITEMS },
	{ "minItems", VOCABULARY_VALIDATION, HOLDS_NOTHING, compile_size, OP_MIN_ITEMS },
	{ "uniqueItems", VOCABULARY_VALIDATION, HOLDS_NOTHING, compile_unique, 0 },
	{ "maxContains", VOCABULARY_VALIDATION, HOLDS_NOTHING, compile_draft_count,
	  DRAFT_MAX_CONTAINS },
	{ "minContains", VOCABULARY_VALIDATION, HOLDS_NOTHING, compile_draft_count,
	  DRAFT_MIN_CONTAINS },
	{ "maxProperties", VOCABULARY_VALIDATION, HOLDS_NOTHING, compile_size, OP_MAX_PROPERTIES },
	{ "minProperties", VOCABULARY_VALIDATION, HOLDS_NOTHING, compile_size, OP_MIN_PROPERTIES },
	{ "required", VOCABULARY_VALIDATION, HOLDS_NOTHING, compile_draft_names, DRAFT_REQUIRED },
	{ "dependentRequired", VOCABULARY_VALIDATION, HOLDS_NOTHING, compile_needs, 0 },

	{ "format", VOCABULARY_FORMAT_ANNOTATION | VOCABULARY_FORMAT_ASSERTION, HOLDS_NOTHING,
	  compile_format, 0 },

	{ "contentEncoding", VOCABULARY_CONTENT, HOLDS_NOTHING, compile_is_string, 0 },
	{ "contentMediaType", VOCABULARY_CONTENT, HOLDS_NOTHING, compile_is_string, 0 },
	{ "contentSchema", VOCABULARY_CONTENT, HOLDS_SCHEMA, NULL, 0 },

	{ "title", VOCABULARY_META_DATA, HOLDS_NOTHING, compile_is_string, 0 },
	{ "description", VOCABULARY_META_DATA, HOLDS_NOTHING, compile_is_string, 0 },
	{ "default", VOCABULARY_META_DATA, HOLDS_NOTHING, NULL, 0 },
	{ "deprecated", VOCABULARY_META_DATA, HOLDS_NOTHING, compile_is_boolean, 0 },
	{ "readOnly", VOCABULARY_META_DATA, HOLDS_NOTHING, compile_is_boolean, 0 },
	{ "writeOnly", VOCABULARY_META_DATA, HOLDS_NOTHING, compile_is_boolean, 0 },
	{ "examples", VOCABULARY_META_DATA, HOLDS_NOTHING, compile_is_list, 0 },

	/* schemas/vocabulary.yaml; those that only label are checked against it there */
	{ "x-word", VOCABULARY_DUBAN, HOLDS_NOTHING, compile_draft_string, DRAFT_WORD },
	{ "x-word-level", VOCABULARY_DUBAN, HOLDS_NOTHING, compile_draft_string, DRAFT_WORD_LEVEL },
	{ "x-record", VOCABULARY_DUBAN, HOLDS_NOTHING, compile_draft_strings, DRAFT_RECORD },
	{ "x-finding", VOCABULARY_DUBAN, HOLDS_NOTHING, compile_draft_boolean, DRAFT_FINDING },
	{ "x-not-before", VOCABULARY_DUBAN, HOLDS_NOTHING, compile_sibling, OP_NOT_BEFORE },
	{ "x-not-after", VOCABULARY_DUBAN, HOLDS_NOTHING, compile_sibling, OP_NOT_AFTER },
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
