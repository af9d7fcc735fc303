#include "cli/dispatch.h"

#include <string.h>

#include "base/msg.h"
#include "cli/labels.h"
#include "cli/personal.h"
#include "cli/submissions.h"

/* whether the file is there: enough for a brief, where the summary looks whether it is the same */
static enum evidence_answer look_for(void *context, const char *file, const char *digest,
				     int64_t bytes)
{
	struct cli *cli = context;

	(void)digest;
	(void)bytes;
	return evidence_answer(evidence_or_away(cli, file, evidence_look_named(&cli->store, file)));
}

static void mask(void *context, struct folded *f, struct arena *arena)
{
	personal_redact(context, f, arena);
}

static void take(void *context, const struct folded *f)
{
	dispatch_take(context, f);
}

/* the folders to read: all that are here, of which those that were asked for must be */
static void choose_folders(struct cli *cli, const struct reader *r, struct dispatch *d,
			   struct reader *all)
{
	const struct plan *plan = &cli->plan;

	*all = *r;
	all->redact = false; /* only what is shown is masked */
	all->nunits = 0;
	all->units = arena_array(&cli->arena, plan->nfolders, sizeof(*all->units));
	if (!all->units)
		cli_no_memory(cli);
	reader_need_here(cli, r);
	for (size_t i = 0; i < plan->nfolders; i++)
		if (store_has_folder(&cli->store, plan->folders[i]))
			all->units[all->nunits++] = plan->folders[i];
	for (size_t i = 0; i < r->nunits; i++)
		set_add(&d->chosen, plan_unit(plan, r->units[i]));
	d->narrowed = r->filtered;
	d->all_here = all->nunits == plan->nfolders;
}

static void must_add_up(struct cli *cli, const struct dispatch *d)
{
	int unit;

	if (!dispatch_broken(d, &unit))
		return;
	cli_error(cli, "identity",
		  _("the figures of unit '%s' do not add up; this is a fault of "
		    "the program"),
		  unit == NO_UNIT ? "*" : cli->plan.units[unit].id);
	cli_fail(cli, CANNOT);
}

void dispatch_read(struct cli *cli, const struct reader *r, const struct issue *issue,
		   struct dispatch *d)
{
	look_at_file *look = issue->kind == ISSUE_FINAL ? evidence_look_at : look_for;
	struct personal personal = { .cli = cli };
	struct reader all;

	if (dispatch_init(d, &cli->plan, issue, r->as_of, r->day, look, cli, &cli->arena) < 0)
		cli_no_memory(cli);
	choose_folders(cli, r, d, &all);
	if (r->redact) {
		d->mask = mask;
		d->mask_context = &personal;
	}
	records_scan(cli, &all, all.units, all.nunits, ALL_KINDS, NULL, take, d);
	if (dispatch_finish(d) < 0)
		cli_no_memory(cli);
	evidence_must_be_here(cli, &d->packages);
	must_add_up(cli, d);
}

static const char *join(struct cli *cli, const char *names, const char *name)
{
	names = names ? arena_concat(&cli->arena, names, "、", name, NULL) : name;
	if (!names)
		cli_no_memory(cli);
	return names;
}

/* the fields of the kinds of which a record was set to something else */
static void load_fields(struct cli *cli, const struct dispatch *d, struct dispatch_words *words)
{
	for (const struct correction *c = d->corrections; c; c = c->next) {
		struct labels labels;

		if (c->what != CORRECTION_SET || words->fields[c->kind])
			continue;
		labels = labels_load(cli, c->kind, NULL);
		words->fields[c->kind] = labels.fields;
		words->nfields[c->kind] = labels.count;
	}
}

void dispatch_words_load(struct cli *cli, const struct reader *r, const struct dispatch *d,
			 struct dispatch_words *words)
{
	struct labels labels = labels_load(cli, KIND_SUPERVISION, NULL);
	const struct plan *plan = &cli->plan;

	*words = (struct dispatch_words){ .oversight = labels.fields,
					  .noversight = labels.count,
					  .evidence = evidence_labels(cli),
					  .as_of = r->stamp };
	load_fields(cli, d, words);
	for (size_t i = 0; r->filtered && i < r->nunits; i++)
		words->names = join(cli, words->names, plan_name(plan, r->units[i]));
	for (size_t i = 0; i < plan->nfolders; i++)
		if (!store_has_folder(&cli->store, plan->folders[i]))
			words->not_here =
				join(cli, words->not_here, plan_name(plan, plan->folders[i]));
}
