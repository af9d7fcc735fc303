/* visit-add: adds visits to enterprises (大走访, annex 1). */
#include <string.h>

#include "base/map.h"
#include "base/msg.h"
#include "base/utf8.h"
#include "cli/add.h"
#include "cli/read.h"

struct same {
	struct add *add;
	const struct node *visit;
	const char *found; /* path */
};

static bool same_text(const struct node *a, const struct node *b)
{
	struct arena arena = { 0 };
	char *x = a ? name_fold(&arena, a->text, a->count) : NULL;
	char *y = b ? name_fold(&arena, b->text, b->count) : NULL;
	bool same = x && y && strcmp(x, y) == 0;

	arena_release(&arena);
	return same;
}

static void compare(void *context, const struct folded *f)
{
	struct same *same = context;

	if (!same->found && f->state != STATE_WITHDRAWN &&
	    same_text(node_get(f->fields, "enterprise"), node_get(same->visit, "enterprise")) &&
	    same_text(node_get(f->fields, "appeal"), node_get(same->visit, "appeal")))
		same->found = record_path(&same->add->cli.arena, f->record);
}

/* the document before it that says the same, by line; or 0 */
static uint32_t same_before(struct add *add, const struct candidate *candidate)
{
	static struct map seen;
	struct arena *arena = &add->cli.arena;
	const struct node *visit = candidate->record;
	const struct node *enterprise = node_get(visit, "enterprise");
	const struct node *appeal = node_get(visit, "appeal");
	const char *key = arena_printf(arena, "%s %s %s %s", node_string(visit, "unit"),
				       node_string(visit, "date"),
				       name_fold(arena, enterprise->text, enterprise->count),
				       name_fold(arena, appeal->text, appeal->count));
	const struct node *before;

	if (!key)
		cli_no_memory(&add->cli);
	if (!seen.arena)
		map_init(&seen, arena);
	before = map_get(&seen, key, strlen(key));
	if (!before && map_put(&seen, key, strlen(key), (void *)(uintptr_t)visit) < 0)
		cli_no_memory(&add->cli);
	return before ? before->line : 0;
}

/* the same visit again (unit, date, enterprise, appeal) is a warning */
static void warn_same(struct add *add, const struct candidate *candidate)
{
	struct same same = { .add = add, .visit = candidate->record };
	const char *unit = node_string(candidate->record, "unit");
	char *prefix = arena_strndup(&add->cli.arena, node_string(candidate->record, "id"),
				     ID_LENGTH - TAIL_LENGTH);
	uint32_t line = same_before(add, candidate);
	struct finding what = { .level = LEVEL_WARNING,
				.code = "same-visit",
				.file = candidate->source.name,
				.line = candidate->record->line,
				.column = candidate->record->column };

	if (!prefix)
		cli_no_memory(&add->cli);
	records_scan(&add->cli, &(struct reader){ .as_of = MOMENT_ALL }, &unit, 1,
		     KIND_BIT(KIND_VISIT), prefix, compare, &same);
	if (same.found)
		finding_hint(&add->cli.findings,
			     findings_add(&add->cli.findings, &what, "%s",
					  _("the same visit is there already")),
			     "%s", cli_path(&add->cli, same.found));
	else if (line)
		finding_hint(&add->cli.findings,
			     findings_add(&add->cli.findings, &what, "%s",
					  _("the same visit is given twice")),
			     _("it stands first at line %u"), line);
}

int main(int argc, char **argv)
{
	static const struct add_command command = {
		.kind = KIND_VISIT,
		.summary =
			N_("Add a visit to an enterprise (大走访, annex 1) to the record folder."),
		.remark = warn_same,
	};

	return add_main(argc, argv, &command);
}
