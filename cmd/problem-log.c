/* problem-log: adds problems to the ledger (问题台账), from a visit, a walkthrough or another
 * record. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "base/utf8.h"
#include "cli/add.h"
#include "cli/finding.h"
#include "cli/read.h"
#include "model/problem.h"

#define TITLE_CHARACTERS 60

/* the command's own options */
static struct {
	struct strings sources;
	const char *finding;
	bool again;
} own;

static const char *const SKIP[] = { "source", NULL };

static void add_own_options(struct add *add)
{
	const struct opt options[] = {
		{ .help = N_("Where the problem was found:") },
		{ .name = "source",
		  .metavar = "RECORD",
		  .help = N_(
			  "the record it was found in 来源记录: its unit, date, focus points and "
			  "finding are taken over; - for names on standard input, one problem "
			  "each; "
			  "repeated: one problem with all"),
		  .many = &own.sources },
		{ .name = "finding",
		  .metavar = "N",
		  .help = N_("which finding of a walkthrough, from 1"),
		  .one = &own.finding },
		{ .name = "again",
		  .help = N_("also when the finding has a problem already"),
		  .flag = &own.again },
	};

	cli_add_options(&add->cli, options, sizeof(options) / sizeof(*options));
}

static void set(struct add *add, struct node *map, const char *name, const struct node *value)
{
	if (value && !node_get(map, name) && node_set(&add->cli.arena, map, name, value) < 0)
		cli_no_memory(&add->cli);
}

static struct node *text_node(struct add *add, const char *text, size_t n)
{
	struct node *node = node_new_string(&add->cli.arena, text, n);

	if (!node)
		cli_no_memory(&add->cli);
	return node;
}

/* the first characters of the finding's first line */
static struct node *title_of(struct add *add, const char *text)
{
	size_t n = strcspn(text, "\n"), i = 0;
	const char *p = text, *end;

	utf8_trim(&p, &n);
	for (end = p; end < p + n && i < TITLE_CHARACTERS; i++)
		end += utf8_length_of(*end);
	return text_node(add, p, (size_t)(end - p));
}

static void add_focus(struct add *add, struct node *focus, const struct node *more)
{
	for (size_t i = 0; i < list_count(more); i++) {
		bool known = false;

		for (size_t j = 0; j < focus->count; j++)
			known = known || node_equal(&focus->items[j], &more->items[i]);
		if (!known && node_append(&add->cli.arena, focus, &more->items[i]) < 0)
			cli_no_memory(&add->cli);
	}
}

/* the record's focus points; an inspection's is its point */
static void take_focus(struct add *add, struct node *focus, const struct node *fields)
{
	const struct node *point = node_get(fields, "point");
	struct node one = { .type = NODE_LIST,
			    .count = 1,
			    .items = (struct node *)(uintptr_t)point };

	add_focus(add, focus, node_get(fields, "focus"));
	if (point)
		add_focus(add, focus, &one);
}

/* the same finding named twice in one run */
static bool named_before(const struct source *sources, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(sources[i].name, sources[n].name) == 0)
			return true;
	return false;
}

/* the same finding may not have a second problem */
static bool is_second(struct add *add, const struct source *source)
{
	const char *known = own.again ? NULL : source_problem(&add->cli, source);

	if (!known)
		return false;
	finding_hint(&add->cli.findings,
		     cli_error(&add->cli, "has-problem",
			       _("%s: the finding has a problem already, %s"), source->name, known),
		     "%s", _("say --again when it is another problem"));
	return true;
}

/* one problem from these sources: the first gives unit, date and text, all give focus points; what
 * stands against it is told with what stands against the others */
static bool from_sources(struct add *add, const struct source *sources, size_t n)
{
	struct node *fields = add_from_options(add);
	struct node *list = node_new_list(&add->cli.arena), *focus = node_new_list(&add->cli.arena);
	const struct source *first = &sources[0];
	bool refused = false;

	if (!list || !focus)
		cli_no_memory(&add->cli);
	for (size_t i = 0; i < n; i++) {
		struct node *name = text_node(add, sources[i].name, strlen(sources[i].name));

		refused = is_second(add, &sources[i]) || refused;
		take_focus(add, focus, sources[i].fields);
		if (node_append(&add->cli.arena, list, name) < 0)
			cli_no_memory(&add->cli);
	}
	if (!add->for_text)
		set(add, fields, "unit", node_get(first->fields, "unit"));
	set(add, fields, "date", node_get(first->fields, "date"));
	set(add, fields, "sources", list);
	if (focus->count)
		set(add, fields, "focus", focus);
	if (first->origin)
		set(add, fields, "origin", text_node(add, first->origin, strlen(first->origin)));
	if (!node_get(fields, "description")) {
		if (!first->text) {
			finding_hint(&add->cli.findings,
				     cli_error(&add->cli, "no-finding",
					       _("%s: the record names no problem"), first->name),
				     "%s", _("say what it is with --description TEXT"));
			return false;
		}
		set(add, fields, "description", text_node(add, first->text, strlen(first->text)));
	}
	if (!node_get(fields, "title"))
		set(add, fields, "title", title_of(add, node_string(fields, "description")));
	add_candidate(add, fields);
	return !refused;
}

static struct source *read_sources(struct add *add, const struct strings *names, size_t *n)
{
	struct source *sources = NULL;

	*n = sources_read(&add->cli, names, own.finding, &sources);
	return sources;
}

static bool candidates(struct add *add)
{
	const struct strings standard = { .items = (const char *[]){ "-" }, .count = 1 };
	struct source *sources;
	bool good = true;
	size_t n;

	if (own.sources.count == 0) {
		if (own.finding)
			usage_error("%s", _("--finding goes with --source"));
		return false;
	}
	if (own.sources.count == 1 && strcmp(own.sources.items[0], "-") == 0) {
		sources = read_sources(add, &standard, &n);
		for (size_t i = 0; i < n; i++) {
			if (!own.again && named_before(sources, i)) {
				cli_error(&add->cli, "has-problem", _("%s is named twice"),
					  sources[i].name);
				good = false;
			} else {
				good = from_sources(add, &sources[i], 1) && good;
			}
		}
	} else {
		sources = read_sources(add, &own.sources, &n);
		good = from_sources(add, sources, n);
	}
	if (!good)
		cli_fail(&add->cli, REFUSED);
	return true;
}

/* what the list needs and the problem does not have: "--lead, --due" */
static void add_missing(struct cli *cli, const struct node *fields, struct str *missing)
{
	static const char *const needed[] = { "lead", "responsible", "track", "due" };

	for (size_t i = 0; i < sizeof(needed) / sizeof(*needed); i++)
		if (!node_get(fields, needed[i]))
			str_addf(missing, "%s--%s", missing->len ? ", " : "", needed[i]);
	if (missing->failed)
		cli_no_memory(cli);
}

static void note_registered(struct add *add, const struct candidate *c)
{
	struct finding what = { .level = LEVEL_NOTE, .code = "registered" };
	struct str missing = { 0 };
	struct finding *f;

	if (!node_is(node_get(node_get(c->record, "entered"), "to"), "registered"))
		return;
	f = findings_add(&add->cli.findings, &what, "%s",
			 _("entered as registered, not yet on the list"));
	add_missing(&add->cli, c->fields, &missing);
	if (missing.len)
		finding_hint(&add->cli.findings, f, _("the list needs: %s"), str_text(&missing));
	else if (!person_may(&add->cli.plan, add->writer.by, add->writer.unit, "list"))
		finding_hint(&add->cli.findings, f,
			     _("the plan's list of people does not let '%s' list a problem"),
			     add->writer.by);
	else
		finding_hint(&add->cli.findings, f, _("unit '%s' may not list this problem"),
			     add->cli.plan.units[add->writer.unit].id);
	str_release(&missing);
}

/* contract 4: listed when lead, responsible, track and due are there and the acting unit may list
 */
static const char *prepare(struct add *add, struct candidate *c)
{
	const struct plan *plan = &add->cli.plan;
	struct folded folded = { .fields = c->fields };
	struct str missing = { 0 };
	day_t listed;
	bool complete;

	add_missing(&add->cli, c->fields, &missing);
	complete = !missing.len;
	str_release(&missing);
	if (!complete ||
	    !right_has(plan, node_get(plan->rights, "list"), &folded, add->writer.unit) ||
	    !person_may(plan, add->writer.by, add->writer.unit, "list"))
		return "registered";
	listed = day_of_moment(writer_time(&add->cli, &add->writer, MOMENT_NONE), plan->offset);
	set(add, c->fields, "milestones", milestone_list(&add->cli, c->fields, listed));
	return "listed";
}

int main(int argc, char **argv)
{
	static const struct add_command command = {
		.kind = KIND_PROBLEM,
		.summary =
			N_("Add a problem to the ledger (问题台账). With lead, responsible units, "
			   "track "
			   "and due date, and from a unit that may list, it starts on the list."),
		.options = add_own_options,
		.skip = SKIP,
		.candidates = candidates,
		.prepare = prepare,
		.remark = note_registered,
	};

	return add_main(argc, argv, &command);
}
