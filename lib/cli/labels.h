/*
 * labels.h: what people call the fields of records and their codes, as the schemas say.
 */
#ifndef DUBAN_CLI_LABELS_H
#define DUBAN_CLI_LABELS_H

#include "cli/cli.h"
#include "report/problems.h"

struct labels {
	struct cli *cli;
	struct story_field *fields;
	size_t count, cap;
};

/*
 * labels_load: the fields of a kind (KINDS: of events) and, by dotted names, the parts of map-valued
 * ones; `given` as in schemas_properties. Lives in the arena of the cli; ends with 3 when a schema
 * cannot be read.
 */
struct labels labels_load(struct cli *cli, enum kind kind, const struct node *given);

#endif
