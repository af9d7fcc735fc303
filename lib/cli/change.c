#include "cli/figures.h"
#include "cli/change.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/msg.h"
#include "cli/personal.h"
#include "model/calendar.h"
#include "model/guard.h"
#include "model/rules.h"
#include "store/evidence.h"
#include "yaml/write.h"

/* one event in the making */
struct making {
	struct change *change;
	struct cli *cli;
	const struct ref *ref;
	struct record record;
	struct folded folded;
	struct node *fields; /* what the options say */
	struct node *root;   /* the event */
	struct event event;
	moment_t at;
	struct figures figures;
	bool have_figures;
};

static void add_type_options(struct change *change)
{
	const struct opt options[] = {
		{ .name = "type",
		  .metavar = "TYPE",
		  .help = N_("kind of the evidence 资料类别: form 登记表, photo 活动照片, summary "
			     "工作总结, "
			     "training 培训记录, policy 制度文件, screenshot 截图, other 其他"),
		  .many = &change->evidence_type },
		{ .name = "evidence-for",
		  .metavar = "M1",
		  .help = N_("the measure it counts for, where not for all that are done; may be "
			     "repeated"),
		  .many = &change->evidence_for },
	};

	cli_add_options(change->cli, options, sizeof(options) / sizeof(*options));
}

void change_options(struct cli *cli, struct writer *w, struct change *change)
{
	static const char *const own[] = { "evidence", NULL };
	const struct opt options[] = {
		{ .name = "set",
		  .metavar = "FIELD=VALUE",
		  .help = N_("correct a field; may be repeated"),
		  .many = &change->sets },
		{ .name = "evidence",
		  .metavar = "FILE",
		  .help = N_("a file that shows it 佐证资料; may be repeated"),
		  .many = &change->files },
	};

	change->cli = cli;
	change->writer = w;
	fields_add_options(cli, KINDS, NULL, N_("What happened:"), own, &change->fields);
	cli_add_options(cli, options, sizeof(options) / sizeof(*options));
	add_type_options(change);
}

void change_no_options(struct cli *cli, struct writer *w, struct change *change)
{
	change->cli = cli;
	change->writer = w;
	fields_load(cli, KINDS, NULL, &change->fields);
}

void change_evidence_options(struct cli *cli, struct writer *w, struct change *change)
{
	change_no_options(cli, w, change);
	cli_add_options(cli, &(const struct opt){ .help = N_("The evidence:") }, 1);
	add_type_options(change);
	fields_add_option(cli, &change->fields, "note");
}

void change_caution(struct cli *cli)
{
	struct finding what = { .level = LEVEL_NOTE, .code = "caution" };

	findings_add(&cli->findings, &what, "%s",
		     _("no ID cards, phone numbers, faces or scanned signatures may be attached: "
		       "what git "
		       "has once kept stays"));
}

bool change_wanted(const struct change *change)
{
	for (size_t i = 0; i < change->fields.count; i++)
		if (change->fields.given[i].count)
			return true;
	return change->sets.count || change->files.count || change->evidence_type.count ||
	       change->evidence_for.count;
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static void cannot_read(struct cli *cli, const char *name, int error)
{
	struct finding what = { .level = LEVEL_ERROR, .file = name };

	if (error == EFBIG) {
		what.code = "too-large";
		findings_add(&cli->findings, &what, _("the file is larger than %zu bytes"),
			     EVIDENCE_LIMIT);
		cli_fail(cli, REFUSED);
	}
	if (error == EINVAL) {
		what.code = "io";
		findings_add(&cli->findings, &what, "%s", _("this is no regular file"));
	} else {
		finding_errno(&cli->findings, name, _("cannot read the evidence"), error);
	}
	cli_fail(cli, CANNOT);
}

static void read_attachment(struct change *change, const char *name, struct attachment *a)
{
	struct cli *cli = change->cli;
	struct str raw = { 0 }, clean = { 0 };

	if (file_read(AT_FDCWD, name, EVIDENCE_LIMIT, &raw) < 0)
		cannot_read(cli, name, errno);
	if (!raw.len) {
		cli_error(cli, "empty", _("the evidence '%s' is empty"), name);
		cli_fail(cli, REFUSED);
	}
	if (evidence_clean(raw.p, raw.len, &clean) != DONE) {
		finding_hint(
			&cli->findings,
			cli_error(cli, "damaged-picture",
				  _("the picture '%s' is damaged: what a camera wrote beside it "
				    "cannot be taken out"),
				  name),
			"%s", _("open it, save it again and add that file"));
		cli_fail(cli, REFUSED);
	}
	a->given = name;
	a->size = clean.len;
	a->bytes = arena_strndup(&cli->arena, str_text(&clean), clean.len);
	if (!a->bytes || clean.failed)
		cli_no_memory(cli);
	sha256_hex(a->bytes, a->size, a->digest);
	evidence_extension(name, a->extension);
	str_release(&raw);
	str_release(&clean);
}

void change_prepare(struct change *change)
{
	struct cli *cli = change->cli;

	change->event_schema = schemas_compile_event(&cli->schemas, &cli->findings);
	if (!change->event_schema)
		cli_fail(cli, CANNOT);
	if (!change->files.count && (change->evidence_type.count || change->evidence_for.count))
		usage_error("%s", _("--type and --evidence-for go with --evidence FILE"));
	if (change->files.count && change->evidence_type.count != 1 &&
	    change->evidence_type.count != change->files.count) {
		finding_hint(&cli->findings,
			     cli_error(cli, "required", "%s",
				       _("--type: the kind of evidence is missing")),
			     "%s", _("one --type TYPE for all files, or one for each"));
		cli_fail(cli, REFUSED);
	}
	change->attachments = calloc(change->files.count + 1, sizeof(*change->attachments));
	if (!change->attachments)
		cli_no_memory(cli);
	for (size_t i = 0; i < change->files.count; i++)
		read_attachment(change, change->files.items[i], &change->attachments[i]);
	change->nattachments = change->files.count;
}

void change_release(struct change *change)
{
	fields_release(&change->fields);
	strings_release(&change->sets);
	strings_release(&change->files);
	strings_release(&change->evidence_type);
	strings_release(&change->evidence_for);
	free(change->attachments);
}

static void set(struct making *m, struct node *map, const char *name, const struct node *value)
{
	if (!value || node_set(&m->cli->arena, map, name, value) < 0)
		cli_no_memory(m->cli);
}

static void set_text(struct making *m, struct node *map, const char *name, const char *text)
{
	set(m, map, name, text ? node_new_string(&m->cli->arena, text, strlen(text)) : NULL);
}

static struct node *new_map(struct making *m)
{
	struct node *map = node_new_map(&m->cli->arena);

	if (!map)
		cli_no_memory(m->cli);
	return map;
}

/* codes of the evidence's type: from the event's schema */
static const char *type_code(struct making *m, const char *text)
{
	const struct schema_property *p = fields_property(&m->change->fields, "evidence");
	struct schema_property *inner;
	size_t n = p && p->items ? cli_subproperties(m->cli, p->items, &inner) : 0;

	for (size_t i = 0; i < n; i++)
		if (strcmp(inner[i].name, "type") == 0)
			return value_code(m->cli, inner[i].codes, inner[i].labels, inner[i].aliases,
					  NULL, text);
	return text;
}

static const char *attachment_path(struct making *m, const struct attachment *a)
{
	struct str path = { 0 };
	const char *copy;

	evidence_path(&path, node_string(m->record.root, "unit"), a->digest, a->extension);
	copy = arena_strdup(&m->cli->arena, str_text(&path));
	str_release(&path);
	if (!copy)
		cli_no_memory(m->cli);
	return copy;
}

static struct node *evidence_list(struct making *m)
{
	struct change *change = m->change;
	struct node *list = node_new_list(&m->cli->arena);

	for (size_t i = 0; i < change->nattachments; i++) {
		const struct attachment *a = &change->attachments[i];
		const struct strings *types = &change->evidence_type;
		struct node *map = new_map(m);

		set_text(m, map, "file", attachment_path(m, a));
		set_text(m, map, "name", base_name(a->given));
		set_text(m, map, "type", type_code(m, types->items[types->count == 1 ? 0 : i]));
		set_text(m, map, "sha256", a->digest);
		set(m, map, "bytes", node_new_integer(&m->cli->arena, (int64_t)a->size));
		if (change->evidence_for.count) {
			struct node *ids = node_new_list(&m->cli->arena);

			for (size_t j = 0; ids && j < change->evidence_for.count; j++) {
				const char *id = change->evidence_for.items[j];
				struct node *node = node_new_string(&m->cli->arena, id, strlen(id));

				if (!node || node_append(&m->cli->arena, ids, node) < 0)
					cli_no_memory(m->cli);
			}
			set(m, map, "for", ids);
		}
		if (!list || node_append(&m->cli->arena, list, map) < 0)
			cli_no_memory(m->cli);
	}
	return list;
}

/* an entry that stands as before, as far as the shorthand can say, keeps the rest of it too */
static void keep_entries(const struct node *old, struct node *list)
{
	for (uint32_t i = 0; i < list_count(list) && i < list_count(old); i++) {
		const struct node *item = &list->items[i];
		bool same = item->type == NODE_MAP;

		for (uint32_t j = 0; same && j < item->count; j++) {
			const struct node *value = node_get(&old->items[i], item->members[j].name);

			same = value && node_equal(value, item->members[j].value);
		}
		if (same)
			list->items[i] = old->items[i];
	}
}

/* --set is typed by the schema of the record's kind */
static struct node *corrections(struct making *m)
{
	struct field_options of_kind = { 0 };
	struct node *changes;

	of_kind.count = schemas_properties(&m->cli->schemas, m->record.kind, m->folded.fields,
					   &of_kind.properties, &m->cli->findings);
	if (!of_kind.count)
		cli_fail(m->cli, CANNOT);
	changes = fields_set(m->cli, &of_kind, &m->change->sets);
	for (uint32_t i = 0; i < changes->count; i++) {
		const struct member *member = &changes->members[i];

		keep_entries(node_get(m->folded.fields, member->name),
			     (struct node *)(uintptr_t)member->value);
	}
	return changes;
}

/* the record's fields with what the event sets laid over */
static const struct node *fields_after(struct making *m, const struct node *event)
{
	const struct node *fields =
		overlay(m->folded.fields, node_get(event, "set"), &m->cli->arena);
	struct node *due = new_map(m);

	if (node_get(event, "due"))
		set(m, due, "due", node_get(event, "due"));
	fields = overlay(fields, due, &m->cli->arena);
	if (!fields)
		cli_no_memory(m->cli);
	return fields;
}

/* what is set besides, from here on */
static struct node *set_map(struct making *m)
{
	if (!node_get(m->fields, "set"))
		set(m, m->fields, "set", new_map(m));
	return (struct node *)(uintptr_t)node_get(m->fields, "set");
}

/* contract 4: a problem put on the list gets the plan's milestones unless it has its own */
static void add_milestones(struct making *m)
{
	struct node *list = milestone_list(m->cli, fields_after(m, m->fields),
					   day_of_moment(m->at, m->cli->plan.offset));

	if (list)
		set(m, set_map(m), "milestones", list);
}

/* the words of a new due date take the place of those of the old one */
static void keep_due_words(struct making *m)
{
	const char *words = fields_due_words(&m->change->fields, m->fields);

	if (words && !node_get(node_get(m->fields, "set"), "due_text"))
		set_text(m, set_map(m), "due_text", words);
}

static void gather(struct making *m)
{
	const struct field_options *fields = &m->change->fields;

	m->fields = (struct node *)(uintptr_t)overlay(new_map(m), fields_typed(m->cli, fields),
						      &m->cli->arena);
	if (!m->fields)
		cli_no_memory(m->cli);
	if (m->change->sets.count)
		set(m, m->fields, "set", corrections(m));
	if (m->record.kind == KIND_PROBLEM)
		keep_due_words(m);
	if (m->change->nattachments)
		set(m, m->fields, "evidence", evidence_list(m));
	if (m->change->import)
		set(m, m->fields, "import", m->change->import);
	if (node_is(node_get(m->fields, "to"), "listed") && m->record.kind == KIND_PROBLEM)
		add_milestones(m);
}

static void compose(struct making *m)
{
	const struct field_options *fields = &m->change->fields;
	struct node *root = new_map(m);

	set_text(m, root, "record", m->record.id);
	writer_stamp(m->cli, m->change->writer, m->at, root);
	for (size_t i = 0; i < fields->count; i++) {
		const struct node *value = node_get(m->fields, fields->properties[i].name);

		if (value)
			set(m, root, fields->properties[i].name, value);
	}
	m->root = root;
	if (!event_parse(&m->event, NULL, root))
		cli_no_memory(m->cli);
	m->event.name = "";
}

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
		struct node *map = new_map(m);
		struct event event = { .root = map, .at = m->at };
		const char *part;

		set_text(m, map, "to", state_name((enum state)s));
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
	fields = fields_after(m, m->root);
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
	const struct node *fields = set ? overlay(new_map(m), set, &m->cli->arena) : NULL;

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

	for (size_t i = 0; i < m->change->nattachments && outcome == DONE; i++) {
		const struct attachment *a = &m->change->attachments[i];

		outcome = evidence_store(&m->cli->store, attachment_path(m, a), a->bytes, a->size,
					 &m->cli->findings);
	}
	cli_paths(m->cli, told);
	return outcome;
}

/* what was added for an event that could not be */
static void tell_attachments(struct making *m)
{
	for (size_t i = 0; i < m->change->nattachments; i++) {
		const char *path = attachment_path(m, &m->change->attachments[i]);
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
	enum outcome outcome = store_attachments(m);
	moment_t local = m->at + (moment_t)m->cli->plan.offset * 60;

	for (unsigned attempt = 0; outcome == DONE && attempt < 100; attempt++) {
		struct str path = { 0 };
		const char *unit =
			arena_strndup(&m->cli->arena, m->ref->folder, strcspn(m->ref->folder, "/"));

		if (!unit)
			cli_no_memory(m->cli);
		path_of_event(&path, unit, m->record.id, local,
			      writer_tail(m->cli, 20, m->root, attempt));
		outcome = writer_create(m->cli, str_text(&path), m->root);
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

static enum outcome make(struct making *m)
{
	enum outcome outcome;

	record_load(m->cli, m->ref, &m->record);
	if (record_fold(&m->folded, &m->record, MOMENT_ALL, m->cli->plan.offset, &m->cli->arena) <
	    0)
		cli_no_memory(m->cli);
	m->at = writer_time(m->cli, m->change->writer, newest(&m->record));
	if (m->at == MOMENT_NONE)
		return REFUSED;
	gather(m);
	compose(m);
	outcome = check(m);
	if (outcome != DONE)
		return outcome;
	if (!m->change->writer->dry_run)
		return write_event(m);
	show(m);
	return DONE;
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
	if (lock >= 0)
		store_unlock(lock);
	str_release(&path);
	return outcome;
}
