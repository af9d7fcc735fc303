/* visit-add: adds visits to enterprises (大走访, annex 1). */
#include <string.h>

#include "base/map.h"
#include "base/msg.h"
#include "base/nothing.h"
#include "base/utf8.h"
#include "cli/add.h"
#include "cli/read.h"

/* the first visit with these words: a record that is there, or a document of this run */
struct first {
	const char *path; /* or NULL */
	uint32_t line;
};

/* visits by what makes two the same, and the days of which those on the disk are among them */
static struct map firsts, days;

static const char *key_of(struct add *add, const struct node *visit)
{
	struct arena *arena = &add->cli.arena;
	const struct node *enterprise = node_get(visit, "enterprise");
	const struct node *appeal = node_get(visit, "appeal");
	const char *key;

	if (!enterprise || !appeal)
		return NULL;
	key = arena_printf(arena, "%s %s %s %s", node_string(visit, "unit"),
			   node_string(visit, "date"),
			   name_fold(arena, enterprise->text, enterprise->count),
			   name_fold(arena, appeal->text, appeal->count));
	if (!key)
		cli_no_memory(&add->cli);
	return key;
}

static void put(struct add *add, struct map *map, const char *key, const void *value)
{
	if (!map->arena)
		map_init(map, &add->cli.arena);
	if (map_put(map, key, strlen(key), (void *)(uintptr_t)value) < 0)
		cli_no_memory(&add->cli);
}

static void put_first(struct add *add, const char *key, const char *path, uint32_t line)
{
	struct first *first = arena_alloc(&add->cli.arena, sizeof(*first));

	if (!first)
		cli_no_memory(&add->cli);
	*first = (struct first){ .path = path, .line = line };
	put(add, &firsts, key, first);
}

static void learn(void *context, const struct folded *f)
{
	struct add *add = context;
	const char *key = f->state == STATE_WITHDRAWN ? NULL : key_of(add, f->fields);

	if (key && !map_has(&firsts, key, strlen(key)))
		put_first(add, key, record_path(&add->cli.arena, f->record), 0);
}

/* the visits of that day are read once, however many are added */
static void learn_day(struct add *add, const struct node *visit)
{
	struct arena *arena = &add->cli.arena;
	const char *unit = node_string(visit, "unit");
	const char *prefix =
		arena_strndup(arena, node_string(visit, "id"), ID_LENGTH - TAIL_LENGTH);
	const char *day = prefix ? arena_concat(arena, unit, " ", prefix, NULL) : NULL;

	if (!day)
		cli_no_memory(&add->cli);
	if (days.arena && map_has(&days, day, strlen(day)))
		return;
	put(add, &days, day, NULL);
	records_scan(&add->cli, &(struct reader){ .as_of = MOMENT_ALL }, &unit, 1,
		     KIND_BIT(KIND_VISIT), prefix, learn, add);
}

/* the same visit again (unit, date, enterprise, appeal) is a warning */
static void warn_same(struct add *add, const struct candidate *candidate)
{
	const struct node *visit = candidate->record;
	const char *key = key_of(add, visit);
	struct finding what = { .level = LEVEL_WARNING,
				.code = "same-visit",
				.file = candidate->source.name,
				.line = visit->line,
				.column = visit->column };
	const struct first *first;

	learn_day(add, visit);
	first = firsts.arena ? map_get(&firsts, key, strlen(key)) : NULL;
	if (!first)
		put_first(add, key, NULL, visit->line);
	else if (first->path)
		finding_hint(&add->cli.findings,
			     findings_add(&add->cli.findings, &what, "%s",
					  _("the same visit is there already")),
			     "%s", cli_path(&add->cli, first->path));
	else
		finding_hint(&add->cli.findings,
			     findings_add(&add->cli.findings, &what, "%s",
					  _("the same visit is given twice")),
			     _("it stands first at line %u"), first->line);
}

/* what is not solved at once goes on the list of problems (plan L70; domain T141) */
static void offer_problem(struct add *add, const struct node *visit)
{
	const char *appeal = node_string(visit, "appeal");
	struct finding what = { .level = LEVEL_NOTE, .code = "no-solution" };

	if (!appeal || is_nothing(appeal) || node_get(visit, "solution") ||
	    node_get(visit, "problems") || node_get(visit, "no_problem_reason"))
		return;
	finding_hint(&add->cli.findings,
		     findings_add(&add->cli.findings, &what, "%s",
				  _("the appeal has no solution: it belongs on the list of "
				    "problems (需列入问题清单)")),
		     "problem-log --source %s", node_string(visit, "id"));
}

static void remark(struct add *add, const struct candidate *candidate)
{
	warn_same(add, candidate);
	offer_problem(add, candidate->record);
}

int main(int argc, char **argv)
{
	static const struct add_command command = {
		.kind = KIND_VISIT,
		.summary =
			N_("Add a visit to an enterprise (大走访, annex 1) to the record folder."),
		.remark = remark,
	};

	return add_main(argc, argv, &command);
}
