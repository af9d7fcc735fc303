/*
 * personal.h: what is personal in a record, as its schema says (x-personal, x-free-text): warned of
 * when it is entered, masked for readers (domain 2.12).
 */
#ifndef DUBAN_CLI_PERSONAL_H
#define DUBAN_CLI_PERSONAL_H

#include "cli/cli.h"
#include "model/record.h"

struct personal {
	struct cli *cli;
	struct personal_field *kinds[KINDS + 1]; /* of events last; found when first needed */
};

/*
 * personal_warn: a warning for every text of a new record or event (KINDS) that seems to hold an ID
 * number, a mobile number or an e-mail address; never the number itself. `source`: where it came
 * from, or NULL.
 */
void personal_warn(struct cli *cli, enum kind kind, const struct node *record,
		   const struct schema_source *source, struct findings *findings);

/*
 * personal_load: what personal_warn needs to know of a kind and keeps: by whoever lends the cli
 * another arena, before.
 */
void personal_load(struct cli *cli, enum kind kind);

/*
 * personal_redact: masks the names of persons in the fields and events of a folded record (张某 as
 * 张*), also where its texts repeat them, and what personal_warn warns of. The copies live in the
 * arena. What the fold knows of who did what (submitted, review) stays as it is, for who compares
 * persons.
 */
void personal_redact(struct personal *personal, struct folded *folded, struct arena *arena);

#endif
