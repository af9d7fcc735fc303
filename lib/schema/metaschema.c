/*
 * What the specification says of each keyword's value (2020-12 core 8 to 11, validation 6 to 9),
 * one document for each vocabulary, and the two that put them together.
 */
#include "schema/metaschema.h"

#include <string.h>

#define BASE "https://json-schema.org/draft/2020-12/"
#define VOCABULARY(name) "$vocabulary: { '" BASE "vocab/" name "': true }\n"
#define HEAD(name)                                                                                 \
	"$schema: " BASE "schema\n"                                                                \
	"$id: " BASE "meta/" name "\n"                                                             \
	"$dynamicAnchor: meta\n" VOCABULARY(name) "type: [object, boolean]\n"

static const char core[] =
	HEAD("core") "properties:\n"
		     "  $id: { $ref: '#/$defs/uriReferenceString', pattern: '^[^#]*#?$' }\n"
		     "  $schema: { $ref: '#/$defs/uriString' }\n"
		     "  $ref: { $ref: '#/$defs/uriReferenceString' }\n"
		     "  $anchor: { $ref: '#/$defs/anchorString' }\n"
		     "  $dynamicRef: { $ref: '#/$defs/uriReferenceString' }\n"
		     "  $dynamicAnchor: { $ref: '#/$defs/anchorString' }\n"
		     "  $vocabulary:\n"
		     "    type: object\n"
		     "    propertyNames: { $ref: '#/$defs/uriString' }\n"
		     "    additionalProperties: { type: boolean }\n"
		     "  $comment: { type: string }\n"
		     "  $defs: { type: object, additionalProperties: { $dynamicRef: '#meta' } }\n"
		     "$defs:\n"
		     "  anchorString: { type: string, pattern: '^[A-Za-z_][-A-Za-z0-9._]*$' }\n"
		     "  uriString: { type: string, format: uri }\n"
		     "  uriReferenceString: { type: string, format: uri-reference }\n";

static const char applicator[] =
	HEAD("applicator") "properties:\n"
			   "  prefixItems: { $ref: '#/$defs/schemaArray' }\n"
			   "  items: { $dynamicRef: '#meta' }\n"
			   "  contains: { $dynamicRef: '#meta' }\n"
			   "  additionalProperties: { $dynamicRef: '#meta' }\n"
			   "  properties:\n"
			   "    { type: object, additionalProperties: { $dynamicRef: '#meta' }, "
			   "default: {} }\n"
			   "  patternProperties:\n"
			   "    type: object\n"
			   "    additionalProperties: { $dynamicRef: '#meta' }\n"
			   "    propertyNames: { format: regex }\n"
			   "    default: {}\n"
			   "  dependentSchemas:\n"
			   "    { type: object, additionalProperties: { $dynamicRef: '#meta' }, "
			   "default: {} }\n"
			   "  propertyNames: { $dynamicRef: '#meta' }\n"
			   "  if: { $dynamicRef: '#meta' }\n"
			   "  then: { $dynamicRef: '#meta' }\n"
			   "  else: { $dynamicRef: '#meta' }\n"
			   "  allOf: { $ref: '#/$defs/schemaArray' }\n"
			   "  anyOf: { $ref: '#/$defs/schemaArray' }\n"
			   "  oneOf: { $ref: '#/$defs/schemaArray' }\n"
			   "  not: { $dynamicRef: '#meta' }\n"
			   "$defs:\n"
			   "  schemaArray: { type: array, minItems: 1, items: { $dynamicRef: "
			   "'#meta' } }\n";

static const char unevaluated[] =
	HEAD("unevaluated") "properties:\n"
			    "  unevaluatedItems: { $dynamicRef: '#meta' }\n"
			    "  unevaluatedProperties: { $dynamicRef: '#meta' }\n";

static const char validation[] =
	HEAD("validation") "properties:\n"
			   "  type:\n"
			   "    anyOf:\n"
			   "    - $ref: '#/$defs/simpleTypes'\n"
			   "    - type: array\n"
			   "      items: { $ref: '#/$defs/simpleTypes' }\n"
			   "      minItems: 1\n"
			   "      uniqueItems: true\n"
			   "  const: true\n"
			   "  enum: { type: array, items: true }\n"
			   "  multipleOf: { type: number, exclusiveMinimum: 0 }\n"
			   "  maximum: { type: number }\n"
			   "  exclusiveMaximum: { type: number }\n"
			   "  minimum: { type: number }\n"
			   "  exclusiveMinimum: { type: number }\n"
			   "  maxLength: { $ref: '#/$defs/nonNegativeInteger' }\n"
			   "  minLength: { $ref: '#/$defs/nonNegativeIntegerDefault0' }\n"
			   "  pattern: { type: string, format: regex }\n"
			   "  maxItems: { $ref: '#/$defs/nonNegativeInteger' }\n"
			   "  minItems: { $ref: '#/$defs/nonNegativeIntegerDefault0' }\n"
			   "  uniqueItems: { type: boolean, default: false }\n"
			   "  maxContains: { $ref: '#/$defs/nonNegativeInteger' }\n"
			   "  minContains: { $ref: '#/$defs/nonNegativeInteger', default: 1 }\n"
			   "  maxProperties: { $ref: '#/$defs/nonNegativeInteger' }\n"
			   "  minProperties: { $ref: '#/$defs/nonNegativeIntegerDefault0' }\n"
			   "  required: { $ref: '#/$defs/stringArray' }\n"
			   "  dependentRequired:\n"
			   "    { type: object, additionalProperties: { $ref: "
			   "'#/$defs/stringArray' } }\n"
			   "$defs:\n"
			   "  nonNegativeInteger: { type: integer, minimum: 0 }\n"
			   "  nonNegativeIntegerDefault0: { $ref: '#/$defs/nonNegativeInteger', "
			   "default: 0 }\n"
			   "  simpleTypes: { enum: [array, boolean, integer, 'null', number, "
			   "object, string] }\n"
			   "  stringArray: { type: array, items: { type: string }, uniqueItems: "
			   "true, default: [] }\n";

static const char meta_data[] =
	HEAD("meta-data") "properties:\n"
			  "  title: { type: string }\n"
			  "  description: { type: string }\n"
			  "  default: true\n"
			  "  deprecated: { type: boolean, default: false }\n"
			  "  readOnly: { type: boolean, default: false }\n"
			  "  writeOnly: { type: boolean, default: false }\n"
			  "  examples: { type: array, items: true }\n";

static const char format_annotation[] = HEAD("format-annotation") "properties:\n"
								  "  format: { type: string }\n";

static const char format_assertion[] = HEAD("format-assertion") "properties:\n"
								"  format: { type: string }\n";

static const char content[] = HEAD("content") "properties:\n"
					      "  contentEncoding: { type: string }\n"
					      "  contentMediaType: { type: string }\n"
					      "  contentSchema: { $dynamicRef: '#meta' }\n";

/* with the keywords of earlier drafts that it still describes */
static const char schema[] =
	"$schema: " DIALECT_2020_12 "\n"
	"$id: " DIALECT_2020_12 "\n"
	"$dynamicAnchor: meta\n"
	"$vocabulary:\n"
	"  " BASE "vocab/core: true\n"
	"  " BASE "vocab/applicator: true\n"
	"  " BASE "vocab/unevaluated: true\n"
	"  " BASE "vocab/validation: true\n"
	"  " BASE "vocab/meta-data: true\n"
	"  " BASE "vocab/format-annotation: true\n"
	"  " BASE "vocab/content: true\n"
	"allOf:\n"
	"- $ref: meta/core\n"
	"- $ref: meta/applicator\n"
	"- $ref: meta/unevaluated\n"
	"- $ref: meta/validation\n"
	"- $ref: meta/meta-data\n"
	"- $ref: meta/format-annotation\n"
	"- $ref: meta/content\n"
	"type: [object, boolean]\n"
	"properties:\n"
	"  definitions:\n"
	"    type: object\n"
	"    additionalProperties: { $dynamicRef: '#meta' }\n"
	"    deprecated: true\n"
	"    default: {}\n"
	"  dependencies:\n"
	"    type: object\n"
	"    additionalProperties:\n"
	"      anyOf:\n"
	"      - $dynamicRef: '#meta'\n"
	"      - $ref: meta/validation#/$defs/stringArray\n"
	"    deprecated: true\n"
	"    default: {}\n"
	"  $recursiveAnchor: { $ref: meta/core#/$defs/anchorString, deprecated: true }\n"
	"  $recursiveRef: { $ref: meta/core#/$defs/uriReferenceString, deprecated: true }\n";

static const struct {
	const char *uri, *text;
} metaschemas[] = {
	{ DIALECT_2020_12, schema },
	{ BASE "meta/core", core },
	{ BASE "meta/applicator", applicator },
	{ BASE "meta/unevaluated", unevaluated },
	{ BASE "meta/validation", validation },
	{ BASE "meta/meta-data", meta_data },
	{ BASE "meta/format-annotation", format_annotation },
	{ BASE "meta/format-assertion", format_assertion },
	{ BASE "meta/content", content },
};

const char *metaschema_find(const char *uri, size_t n)
{
	for (size_t i = 0; i < sizeof(metaschemas) / sizeof(*metaschemas); i++)
		if (strlen(metaschemas[i].uri) == n && memcmp(metaschemas[i].uri, uri, n) == 0)
			return metaschemas[i].text;
	return NULL;
}
