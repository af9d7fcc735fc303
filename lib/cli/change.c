#include <stdio.h>
#include <string.h>

#include "base/msg.h"
#include "cli/change_parts.h"
#include "cli/personal.h"
#include "model/guard.h"
#include "model/rules.h"
#include "store/evidence.h"
#include "yaml/write.h"

static moment_t newest(const struct record *record)
{
	moment_t at = record->events[0].at;

	for (size_t i = 1; i < record->nevents; i++)
		if (record->events[i].at > at)
			at = record->events[i].at;
	return at;
}

static const struct figures *figures_now(void *context)
{
	struct making *m = context;
	struct reader all = { .as_of = MOMENT_ALL,
			      .day = day_of_moment(m->at, m->cli->plan.offset) };

	if (!m->have_figures) {
		if (!all_here(m->cli))
			return NULL;
		figures_read(m->cli, &all, NULL, &m->figures);
		m->have_figures = true;
	}
	return &m->figures;
}

/* readers take no locks: what the other problem is at this moment */
static const char *master_now(void *context, const char *id, enum state *state)
{
	struct cli *cli = ((struct making *)context)->cli;
	size_t told = cli->findings.count;
	const char *master = merged_into(cli, id, MOMENT_ALL, state, &cli->arena, &cli->findings);

	cli_paths(cli, told);
	if (cli->findings.count > told || cli->findings.lost)
		cli_fail(cli, REFUSED);
	return master;
}

static enum evidence_answer evidence_now(void *context, const struct node *evidence)
{
	struct making *m = context;

	const char *file = node_string(evidence, "file");

	return evidence_answer(evidence_or_away(
		m->cli, file,
		evidence_look(&m->cli->store, file, node_string(evidence, "sha256"),
			      (size_t)node_integer(evidence, "bytes", 0))));
}

/* as a hint: the states that the record could move to now */
static const char *moves_from(struct making *m)
{
	struct str out = { 0 };
	const char *copy;

	for (int s = 0; s < STATES; s++) {
		struct node *map = making_map(m);
		struct event event = { .root = map, .at = m->at };
		const char *part;

		making_set_text(m, map, "to", state_name((enum state)s));
		if (fold_would(&m->folded, &event, &part) == SKIP_NONE)
			str_addf(&out, "%s%s %s", out.len ? ", " : "", state_name((enum state)s),
				 state_label((enum state)s));
	}
	copy = out.len ? arena_printf(&m->cli->arena, _("from here: %s"), str_text(&out))
		       : _("no move leads out of this state");
	str_release(&out);
	return copy ? copy : "";
}

/* how else, of a part that is not allowed; or NULL */
static const char *instead_of(const struct making *m, const char *part)
{
	if (strcmp(part, "set") == 0)
		return node_get(node_get(m->root, "set"), "due")
			       ? _("the due date of a listed problem is changed with --due DATE")
			       : _("these fields stay as they are under review and after closing");
	if (strcmp(part, "review") == 0 && m->record.kind == KIND_PROBLEM)
		return _("a review is an event of its own, of a problem that is submitted 待验收");
	return NULL;
}

static enum outcome refuse_move(struct making *m, enum skip skip, const char *part)
{
	const char *state = state_name(m->folded.state), *label = state_label(m->folded.state);
	const char *instead = part ? instead_of(m, part) : NULL;
	const struct event event = { .root = m->root };
	enum state to = event_state(&event);
	struct finding *f;

	if (skip == SKIP_PART && strcmp(part, "review") == 0 && to != STATES) {
		finding_hint(&m->cli->findings,
			     cli_error(m->cli, "move-not-allowed", "%s",
				       _("a review and a move are two events")),
			     "%s", _("first --review alone, then --to"));
	} else if (skip == SKIP_PART) {
		f = cli_error(m->cli, "move-not-allowed", _("'%s' is not allowed now: %s is %s %s"),
			      part, m->record.id, state, label);
		if (instead)
			finding_hint(&m->cli->findings, f, "%s", instead);
	} else if (to == STATES) {
		cli_error(m->cli, "move-not-allowed", _("%s is %s %s, and nothing more is added"),
			  m->record.id, state, label);
	} else {
		finding_hint(&m->cli->findings,
			     cli_error(m->cli, "move-not-allowed",
				       _("%s is %s %s and cannot become '%s %s'"), m->record.id,
				       state, label, state_name(to), state_label(to)),
			     "%s", moves_from(m));
	}
	return REFUSED;
}

/* the record as it will be must still be valid */
static bool check_whole(struct making *m)
{
	const struct schema *schema;
	struct findings own = { 0 };
	struct finding what = { .level = LEVEL_WARNING };
	const struct node *fields;
	bool valid;

	if (!node_get(m->root, "set") && !node_get(m->root, "due"))
		return true;
	if (node_get(node_get(m->root, "set"), "milestones"))
		what.level = LEVEL_ERROR;
	schema = schemas_compile_kind(&m->cli->schemas, m->record.kind, &m->cli->findings);
	if (!schema)
		cli_fail(m->cli, CANNOT);
	fields = making_fields(m, m->root);
	if (schema_findings(m->cli, schema, fields, NULL, &own)) {
		rules_check(&m->cli->plan, m->record.kind, fields, &what, &own);
		/* what was warned of when the record was entered is no news */
		if (!own.errors)
			findings_release(&own);
	}
	for (size_t i = 0; i < own.count; i++) {
		own.items[i].line = 0;
		own.items[i].within = NULL;
	}
	valid = !own.errors;
	findings_append(&m->cli->findings, &own);
	findings_release(&own);
	return valid;
}

static enum outcome exit_of(const struct findings *findings)
{
	for (size_t i = 0; i < findings->count; i++)
		if (findings->items[i].code &&
		    strcmp(findings->items[i].code, "evidence-not-here") == 0)
			return CANNOT;
	return REFUSED;
}

/* the event's own texts, and what --set says in the fields of the record */
static void warn_personal(struct making *m, struct findings *findings)
{
	const struct node *set = node_get(m->root, "set");
	const struct node *fields = set ? overlay(making_map(m), set, &m->cli->arena) : NULL;

	personal_warn(m->cli, KINDS, m->root, NULL, findings);
	if (set && !fields)
		cli_no_memory(m->cli);
	if (set)
		personal_warn(m->cli, m->record.kind, fields, NULL, findings);
}

/* contract 2: what says which record it is stays */
static void say_locked(struct findings *findings)
{
	for (size_t i = 0; i < findings->count; i++)
		if (strcmp(findings->items[i].code, "property-names") == 0)
			finding_hint(findings, &findings->items[i], "%s",
				     _("it says which record this is, and stays: withdraw the "
				       "record with --to withdrawn and enter it anew"));
}

static enum outcome check(struct making *m)
{
	struct guard_world world = { .plan = &m->cli->plan,
				     .context = m,
				     .figures = figures_now,
				     .master = master_now,
				     .evidence = evidence_now };
	struct finding what = { .level = LEVEL_ERROR };
	struct findings own = { 0 };
	enum outcome told = DONE;
	const char *part;
	enum skip skip;

	if (!schema_findings(m->cli, m->change->event_schema, m->root, NULL, &own))
		told = REFUSED;
	else
		warn_personal(m, &own);
	say_locked(&own);
	/* warnings too: a word that the plan does not know */
	option_findings(m->cli, &m->change->fields, &own);
	if (told != DONE)
		return told;
	skip = fold_would(&m->folded, &m->event, &part);
	if (skip != SKIP_NONE)
		return refuse_move(m, skip, part);
	if (guards_check(&world, &m->folded, &m->event, &what, &m->cli->findings))
		return exit_of(&m->cli->findings);
	return check_whole(m) ? DONE : REFUSED;
}

static enum outcome store_attachments(struct making *m)
{
	size_t told = m->cli->findings.count;
	enum outcome outcome = DONE;

	/* nothing may end us between the first file and what is told of it */
	for (size_t i = 0; i < m->change->nattachments; i++)
		m->change->attachments[i].path = making_path(m, &m->change->attachments[i]);
	for (size_t i = 0; i < m->change->nattachments && outcome == DONE; i++) {
		const struct attachment *a = &m->change->attachments[i];

		outcome = evidence_store(&m->cli->store, a->path, a->bytes, a->size,
					 &m->cli->findings);
	}
	cli_paths(m->cli, told);
	return outcome;
}

/* what was added for an event that could not be */
static void tell_attachments(struct making *m)
{
	for (size_t i = 0; i < m->change->nattachments; i++) {
		const char *path = m->change->attachments[i].path;
		struct finding what = { .level = LEVEL_NOTE,
					.code = "added",
					.file = cli_path(m->cli, path) };

		if (store_has(&m->cli->store, path))
			findings_add(&m->cli->findings, &what, "%s",
				     _("the evidence is there; the same command once more makes "
				       "the event that names it"));
	}
}

static enum outcome write_event(struct making *m)
{
	const char *unit =
		arena_strndup(&m->cli->arena, m->ref->folder, strcspn(m->ref->folder, "/"));
	moment_t local = m->at + (moment_t)m->cli->plan.offset * 60;
	enum outcome outcome;

	if (!unit)
		cli_no_memory(m->cli);
	outcome = store_attachments(m);
	for (unsigned attempt = 0; outcome == DONE && attempt < 100; attempt++) {
		struct str path = { 0 };

		path_of_event(&path, unit, m->record.id, local,
			      writer_tail(m->cli, 20, m->root, attempt));
		outcome = path.failed ? CANNOT : writer_create(m->cli, str_text(&path), m->root);
		str_release(&path);
		if (outcome == DONE)
			return DONE;
		if (outcome == REFUSED) /* the name was taken: other random digits */
			outcome = DONE;
	}
	if (outcome == DONE) {
		cli_error(m->cli, "io", "%s", _("no free name was found"));
		outcome = CANNOT;
	}
	tell_attachments(m);
	return outcome;
}

static void show(const struct making *m)
{
	struct str text = { 0 };

	if (m->change->shown++)
		str_add(&text, "---\n");
	yaml_write(&text, m->root);
	if (text.failed)
		cli_no_memory(m->cli);
	cli_print(str_text(&text), text.len);
	str_release(&text);
}

/* up to the writing */
static enum outcome make(struct making *m)
{
	record_load(m->cli, m->ref, &m->record);
	if (record_fold(&m->folded, &m->record, MOMENT_ALL, m->cli->plan.offset, &m->cli->arena) <
	    0)
		cli_no_memory(m->cli);
	m->at = writer_time(m->cli, m->change->writer, newest(&m->record));
	if (m->at == MOMENT_NONE)
		return REFUSED;
	making_compose(m);
	return check(m);
}

enum outcome change_try(struct change *change, const struct ref *ref)
{
	struct making m = { .change = change, .cli = change->cli, .ref = ref };

	return make(&m);
}

enum outcome change_add(struct change *change, const struct ref *ref)
{
	struct making m = { .change = change, .cli = change->cli, .ref = ref };
	enum outcome outcome = DONE;
	struct str path = { 0 };
	int lock = -1;

	str_addf(&path, "%s/%s.yaml", ref->folder, ref->id);
	if (!change->writer->dry_run)
		outcome = store_lock(&m.cli->store, str_text(&path), change->writer->wait, &lock,
				     &m.cli->findings);
	if (outcome == DONE)
		outcome = make(&m);
	if (outcome == DONE && change->writer->dry_run)
		show(&m);
	else if (outcome == DONE)
		outcome = write_event(&m);
	if (lock >= 0)
		store_unlock(lock);
	str_release(&path);
	return outcome;
}
