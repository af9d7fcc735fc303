/*
 * schemas.h: the schemas of this run: found, read, compiled when first asked for.
 *
 * Installed schemas lie in $DUBAN_SCHEMAS, else `<executable>/../share/duban/schemas`, else under
 * the compiled-in prefix; the folder's own `schemas/<kind>.yaml` is laid over: what is checked is
 * allOf [installed, folder's] with unevaluatedProperties: false, so a folder adds and tightens and
 * never loosens.
 */
#ifndef DUBAN_CLI_SCHEMAS_H
#define DUBAN_CLI_SCHEMAS_H

#include "base/outcome.h"
#include "schema/schema.h"
#include "store/store.h"

struct schemas {
	struct arena arena;
	struct schema_set *set;
	const struct store *store;              /* NULL: no folder */
	bool common, kinds[KINDS], event, plan; /* loaded */
	struct schema *compiled[KINDS], *compiled_event, *compiled_plan;
};

/* data_path: appends `<data folder>/<name>` where it is found first; false when nowhere. */
bool data_path(const char *name, struct str *out);

/* schemas_init: allocates the registry; -1 when out of memory. */
int schemas_init(struct schemas *schemas, const struct store *store);
void schemas_release(struct schemas *schemas);

/* schemas_load_*: read what the kind needs; CANNOT with findings. schemas_compile_* load and
 * compile. */
enum outcome schemas_load_kind(struct schemas *schemas, enum kind kind, struct findings *findings);
const struct schema *schemas_compile_kind(struct schemas *schemas, enum kind kind,
					  struct findings *findings);
const struct schema *schemas_compile_event(struct schemas *schemas, struct findings *findings);
const struct schema *schemas_compile_plan(struct schemas *schemas, struct findings *findings);

/*
 * schemas_properties: the properties of a kind, of events (KINDS); `given` as in schema_properties;
 * in the schemas' arena.
 */
size_t schemas_properties(struct schemas *schemas, enum kind kind, const struct node *given,
			  struct schema_property **out, struct findings *findings);

#endif
