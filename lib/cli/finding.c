#include "cli/finding.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/msg.h"
#include "base/nothing.h"
#include "cli/read.h"

static const char *something(const char *text)
{
	return text && !is_nothing(text) ? text : NULL;
}

static const char *origin_of(enum kind kind)
{
	switch (kind) {
	case KIND_VISIT:
		return "visit";
	case KIND_WALKTHROUGH:
		return "walkthrough";
	case KIND_INSPECTION:
		return "inspection";
	case KIND_SUPERVISION:
		return "supervision";
	default:
		return NULL;
	}
}

/* told with those of the other sources */
static const char *refuse(struct cli *cli, const char *hint, const char *format, const char *name,
			  size_t n)
{
	struct finding *f = cli_error(cli, "finding", format, name, n);

	if (hint)
		finding_hint(&cli->findings, f, "%s", hint);
	return NULL;
}

/* findings[N], else what stands in another field */
static const char *listed_text(struct cli *cli, struct source *s, const char *otherwise)
{
	const struct node *findings = node_get(s->fields, "findings");
	size_t n = list_count(findings), real = 0, only = 0;

	for (size_t i = 0; i < n; i++)
		if (something(node_text(&findings->items[i]))) {
			real++;
			only = i;
		}
	if (s->number > 0) {
		if ((size_t)s->number > n)
			return refuse(cli, NULL, _("%s: the last finding is number %zu"), s->id, n);
		return something(node_text(&findings->items[s->number - 1]));
	}
	if (real > 1)
		return refuse(cli, _("choose one with --finding N"), _("%s has %zu findings"),
			      s->id, n);
	return real ? findings->items[only].text : something(node_string(s->fields, otherwise));
}

/* of an inspection what is suggested or remarked, in its answer or beside it */
static const char *inspection_text(const struct source *s)
{
	static const char *const names[] = { "suggestion", "note", "description" };
	const struct node *values = node_get(s->fields, "values");
	const char *text = NULL;

	for (size_t i = 0; !text && i < sizeof(names) / sizeof(*names); i++)
		text = something(node_string(values, names[i]));
	return text ? text : something(node_string(s->fields, "note"));
}

static const char *text_of(struct cli *cli, struct source *s, enum kind kind)
{
	if (kind == KIND_WALKTHROUGH)
		return listed_text(cli, s, "suggestions");
	if (kind == KIND_SUPERVISION)
		return listed_text(cli, s, "requirement");
	if (s->number > 1)
		return refuse(cli, NULL, _("%s: the last finding is number %zu"), s->id, 1);
	if (kind == KIND_VISIT)
		return something(node_string(s->fields, "appeal"));
	return inspection_text(s);
}

static void load_source(struct cli *cli, const struct ref *ref, int number, struct source *s)
{
	struct record *record = arena_alloc(&cli->arena, sizeof(*record));
	struct folded folded;

	if (!record)
		cli_no_memory(cli);
	record_load(cli, ref, record);
	if (record_fold(&folded, record, MOMENT_ALL, cli->plan.offset, &cli->arena) < 0)
		cli_no_memory(cli);
	if (folded.state == STATE_WITHDRAWN ||
	    (!origin_of(record->kind) && record->kind != KIND_OBSERVATION)) {
		cli_error(cli, "finding", _("no problem can come from %s"), ref->id);
		return;
	}
	*s = (struct source){ .id = ref->id,
			      .number = number,
			      .fields = folded.fields,
			      .origin = origin_of(record->kind) };
	s->name = number ? arena_printf(&cli->arena, "%s/%d", ref->id, number) : ref->id;
	if (!s->name)
		cli_no_memory(cli);
	s->text = text_of(cli, s, record->kind);
}

/* takes /N off the end of an id, or off what stdin named */
static const char *without_number(struct cli *cli, const char *word, int *number)
{
	const char *slash = strrchr(word, '/');
	char *end;
	long n;

	*number = 0;
	if (!slash || slash == word || !id_parse(word, (size_t)(slash - word), NULL, NULL))
		return word;
	n = strtol(slash + 1, &end, 10);
	if (*end || n < 1 || n > 999)
		return word;
	*number = (int)n;
	word = arena_strndup(&cli->arena, word, (size_t)(slash - word));
	if (!word)
		cli_no_memory(cli);
	return word;
}

size_t sources_read(struct cli *cli, const struct strings *names, const char *number,
		    struct source **sources)
{
	struct strings words = { 0 };
	struct ref *refs;
	int *own, chosen = number ? atoi(number) : 0;
	size_t n;

	if (number && (chosen < 1 || chosen > 999 || number[strspn(number, "0123456789")]))
		usage_error(_("--finding takes a number from 1, not '%s'"), number);
	for (size_t i = 0; i < names->count; i++) {
		if (strcmp(names->items[i], "-") == 0)
			names_read(cli, &words);
		else if (strings_add(&words, names->items[i]) < 0)
			cli_no_memory(cli);
	}
	*sources = arena_array(&cli->arena, words.count, sizeof(**sources));
	own = arena_array(&cli->arena, words.count, sizeof(*own));
	if (!*sources || !own)
		cli_no_memory(cli);
	for (size_t i = 0; i < words.count; i++)
		words.items[i] = without_number(cli, words.items[i], &own[i]);
	n = refs_resolve(cli, &words, &refs);
	strings_release(&words);
	for (size_t i = 0; i < n; i++)
		load_source(cli, &refs[i], own[i] ? own[i] : chosen, &(*sources)[i]);
	if (cli->findings.errors)
		cli_fail(cli, REFUSED);
	return n;
}

/* a problem, by a record that it comes from */
struct origin {
	const char *problem;
	int number; /* of the finding; 0: the record as a whole */
	struct origin *next;
};

static void note_origin(struct origins *origins, const char *entry, const char *problem)
{
	struct arena *arena = &origins->cli->arena;
	struct origin *origin = arena_alloc(arena, sizeof(*origin));
	const char *id = arena_strndup(arena, entry, ID_LENGTH);

	if (!origin || !id || !problem)
		cli_no_memory(origins->cli);
	*origin = (struct origin){ .problem = problem,
				   .number = entry[ID_LENGTH] == '/' ? atoi(entry + ID_LENGTH + 1)
								     : 0,
				   .next = map_get(&origins->by_record, id, ID_LENGTH) };
	if (map_put(&origins->by_record, id, ID_LENGTH, origin) < 0)
		cli_no_memory(origins->cli);
}

static void look(void *context, const struct folded *f)
{
	struct origins *origins = context;
	const struct node *list = node_get(f->fields, "sources");

	for (size_t i = 0; f->state != STATE_WITHDRAWN && i < list_count(list); i++) {
		const char *entry = node_text(&list->items[i]);

		if (entry && strlen(entry) >= ID_LENGTH)
			note_origin(origins, entry,
				    arena_strdup(&origins->cli->arena, f->record->id));
	}
}

void origins_read(struct origins *origins, struct cli *cli, moment_t as_of)
{
	*origins = (struct origins){ .cli = cli };
	map_init(&origins->by_record, &cli->arena);
	records_scan(cli, &(struct reader){ .as_of = as_of }, cli->plan.folders, cli->plan.nfolders,
		     KIND_BIT(KIND_PROBLEM), NULL, look, origins);
}

/* the problem that was read last stands first; one may name several findings of the record */
struct node *origins_of(const struct origins *origins, const char *id, struct arena *arena)
{
	const struct origin *first = map_get(&origins->by_record, id, ID_LENGTH);
	struct node *list = node_new_list(arena), swap;

	for (const struct origin *o = first; o && list; o = o->next) {
		struct node *text = node_new_string(arena, o->problem, strlen(o->problem));

		if (o->next && strcmp(o->next->problem, o->problem) == 0)
			continue;
		if (!text || node_append(arena, list, text) < 0)
			return NULL;
	}
	for (uint32_t i = 0; list && i < list->count / 2; i++) {
		swap = list->items[i];
		list->items[i] = list->items[list->count - 1 - i];
		list->items[list->count - 1 - i] = swap;
	}
	return list;
}

const char *source_problem(struct cli *cli, const struct source *source)
{
	static struct origins origins;

	/* all problems are read once, however many sources there are */
	if (!origins.cli)
		origins_read(&origins, cli, MOMENT_ALL);
	/* the same finding where both name one */
	for (const struct origin *o = map_get(&origins.by_record, source->id, ID_LENGTH); o;
	     o = o->next)
		if (!o->number || !source->number || o->number == source->number)
			return o->problem;
	return NULL;
}
