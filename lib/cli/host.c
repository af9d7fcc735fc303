/* What a schema asks of the plan and of the folder: words, and records that are there. */
#include <string.h>

#include "cli/cli.h"

static bool is_word(void *context, const char *kind, const struct node *value)
{
	return plan_word(&((struct cli *)context)->plan, kind, value);
}

static void word_hint(void *context, const char *kind, const struct node *value, struct str *hint)
{
	plan_word_hint(&((struct cli *)context)->plan, kind, value, hint);
}

static bool wanted_kind(enum kind kind, const char *const *kinds, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(kinds[i], KIND_INFO[kind].name) == 0)
			return true;
	return n == 0;
}

static bool all_units_here(const struct cli *cli)
{
	for (size_t i = 0; i < cli->plan.nfolders; i++)
		if (!store_has_folder(&cli->store, cli->plan.folders[i]))
			return false;
	return true;
}

static enum record_answer has_record(void *context, const char *const *kinds, size_t n,
				     const struct node *value, bool finding)
{
	struct cli *cli = context;
	struct arena arena = { 0 };
	char id[ID_SIZE] = "";
	enum kind kind;
	bool found;

	if (value->type != NODE_STRING || value->count < ID_LENGTH ||
	    !id_parse(value->text, ID_LENGTH, &kind, NULL) || !wanted_kind(kind, kinds, n) ||
	    (value->count > ID_LENGTH && !finding))
		return RECORD_MISSING;
	memcpy(id, value->text, ID_LENGTH);
	found = cli_find_record(cli, id, &arena) != NULL;
	arena_release(&arena);
	return found ? RECORD_FOUND : all_units_here(cli) ? RECORD_MISSING : RECORD_NOT_HERE;
}

const struct schema_host *cli_host(struct cli *cli)
{
	struct schema_host *host = arena_alloc(&cli->arena, sizeof(*host));

	if (!host)
		cli_no_memory(cli);
	*host = (struct schema_host){
		.context = cli, .is_word = is_word, .word_hint = word_hint, .has_record = has_record
	};
	return host;
}
