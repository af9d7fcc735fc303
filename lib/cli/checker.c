/* What the checks of many records share: the compiled schemas, and what these ask the plan. */
#include <stdlib.h>
#include <string.h>

#include "cli/check.h"

/* a clock that is wrong by a little is no fault (contract 3) */
#define AHEAD 600

static bool is_word(void *context, const char *kind, const struct node *value)
{
	return plan_word(&((const struct checker *)context)->cli->plan, kind, value);
}

static void word_hint(void *context, const char *kind, const struct node *value, struct str *hint)
{
	plan_word_hint(&((const struct checker *)context)->cli->plan, kind, value, hint);
}

static enum record_answer has_record(void *context, const char *const *kinds, size_t n,
				     const struct node *value, bool finding)
{
	const struct checker *c = context;
	uint64_t id = value->type == NODE_STRING && value->count >= ID_LENGTH
			      ? id_pack(value->text, ID_LENGTH)
			      : 0;
	enum kind kind;
	bool wanted = n == 0;

	if (!id || (value->count > ID_LENGTH && !finding))
		return RECORD_MISSING;
	id_parse(value->text, ID_LENGTH, &kind, NULL);
	for (size_t i = 0; i < n; i++)
		wanted = wanted || strcmp(kinds[i], KIND_INFO[kind].name) == 0;
	if (!wanted)
		return RECORD_MISSING;
	if (id_set_has(c->ids, id))
		return RECORD_FOUND;
	return c->ids->complete ? RECORD_MISSING : RECORD_NOT_HERE;
}

void checker_init(struct checker *c, struct cli *cli, const struct id_set *ids, unsigned kinds)
{
	*c = (struct checker){
		.cli = cli,
		.ids = ids,
		.latest = cli->now + AHEAD,
		.host = { .is_word = is_word, .word_hint = word_hint, .has_record = has_record }
	};
	c->host.context = c;
	for (int k = 0; k < KINDS; k++) {
		if (!(kinds & KIND_BIT(k)))
			continue;
		c->kinds[k] = schemas_compile_kind(&cli->schemas, (enum kind)k, &cli->findings);
		if (!c->kinds[k])
			cli_fail(cli, CANNOT);
	}
	c->event = schemas_compile_event(&cli->schemas, &cli->findings);
	if (!c->event)
		cli_fail(cli, CANNOT);
}

struct check_run *check_run_new(const struct checker *c)
{
	struct check_run *run = calloc(1, sizeof(*run));
	bool ok = run != NULL;

	for (int k = 0; ok && k < KINDS; k++)
		if (c->kinds[k])
			ok = (run->kinds[k] = schema_run_new(c->kinds[k])) != NULL;
	if (ok)
		ok = (run->event = schema_run_new(c->event)) != NULL;
	if (ok)
		return run;
	check_run_free(run);
	return NULL;
}

void check_run_free(struct check_run *run)
{
	for (int k = 0; run && k < KINDS; k++)
		schema_run_free(run->kinds[k]);
	if (run)
		schema_run_free(run->event);
	free(run);
}
