#include "cli/submissions.h"

#include <string.h>

#include "base/msg.h"
#include "cli/value.h"

enum evidence_answer evidence_look_at(void *context, const char *file, const char *digest,
				      int64_t bytes)
{
	struct cli *cli = context;

	return evidence_answer(
		evidence_or_away(cli, file,
				 digest ? evidence_look(&cli->store, file, digest, (size_t)bytes)
					: evidence_look_named(&cli->store, file)));
}

void evidence_must_be_here(struct cli *cli, const struct submissions *s)
{
	bool away = false;

	for (size_t i = 0; i < s->nfiles; i++) {
		if (s->files[i].answer != EVIDENCE_NOT_HERE)
			continue;
		away = true;
		finding_hint(&cli->findings,
			     cli_error(cli, "not-here", _("the evidence '%s' is not here"),
				       s->files[i].file),
			     "%s", _("check out the unit's folder"));
	}
	if (away)
		cli_fail(cli, CANNOT);
}

static void take(void *context, const struct folded *f)
{
	submissions_take(context, f);
}

void submissions_read(struct cli *cli, const struct reader *r, struct submissions *s)
{
	submissions_init(s, &cli->plan, evidence_look_at, cli, &cli->arena);
	records_scan(cli, r, r->units, r->nunits,
		     KIND_BIT(KIND_VISIT) | KIND_BIT(KIND_WALKTHROUGH) | KIND_BIT(KIND_SUBMISSION),
		     NULL, take, s);
	if (s->failed)
		cli_no_memory(cli);
	evidence_must_be_here(cli, s);
}

const struct node *evidence_labels(struct cli *cli)
{
	struct schema_property *fields, *inner;
	size_t n = schemas_properties(&cli->schemas, KINDS, NULL, &fields, &cli->findings);
	const struct schema_property *evidence = property_named(fields, n, "evidence"), *type;

	if (!n)
		cli_fail(cli, CANNOT);
	if (!evidence || !evidence->items)
		return NULL;
	n = cli_subproperties(cli, evidence->items, &inner);
	type = property_named(inner, n, "type");
	return type ? type->labels : NULL;
}
