#include "cli/check.h"

#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "cli/check_one.h"
#include "cli/read.h"
#include "store/evidence.h"

const char *check_path(struct check *k, const char *name)
{
	const char *path;

	if (name == k->name)
		return k->path;
	path = arena_concat(k->arena, k->stored->folder, "/", name, NULL);
	if (!path) {
		k->failed = true;
		return name;
	}
	k->name = name;
	k->path = path;
	return path;
}

struct finding *check_say(struct check *k, enum level level, const char *code, const char *name,
			  const struct node *at, const char *format, ...)
{
	struct finding what = { .level = level, .code = code, .file = check_path(k, name) };
	va_list args;
	char *message;

	if (at) {
		what.line = at->line;
		what.column = at->column;
	}
	va_start(args, format);
	message = arena_vprintf(k->arena, format, args);
	va_end(args);
	return findings_add(k->findings, &what, "%s", message ? message : format);
}

const char *check_head(const struct check *k)
{
	return k->stored->files[0].name;
}

bool check_form(struct check *k, const struct schema *schema, struct schema_run *run,
		const struct node *root, const char *name)
{
	struct schema_source source = { .name = check_path(k, name) };
	bool warnings = false, valid;
	size_t errors = k->findings->errors;

	for (size_t i = 0; i < k->stored->nfiles; i++)
		if (k->stored->files[i].name == name) {
			source.text = k->stored->files[i].text;
			source.size = k->stored->files[i].size;
		}
	valid = schema_check(schema, run, root, &k->c->host, &warnings);
	if (!valid || warnings)
		schema_explain(schema, run, root, &k->c->host, &source, k->findings);
	/* a reference to what is not here is a warning only */
	return valid || k->findings->errors == errors;
}

/* the name of the file says what its content says */
static void check_name(struct check *k)
{
	const struct node *root = k->record.root;
	const struct node *id = node_get(root, "id"), *unit = node_get(root, "unit");
	const struct node *kind = node_get(root, "kind");
	day_t day = field_date(root, "date"), named = DAY_NONE;

	if (id && !node_is(id, k->stored->id))
		check_say(k, LEVEL_ERROR, "name", check_head(k), id,
			  _("the id is not that of the file's name"));
	if (unit && unit->type == NODE_STRING && !node_is(unit, k->stored->unit))
		check_say(k, LEVEL_ERROR, "name", check_head(k), unit,
			  _("the record of unit '%s' lies in the folder of '%s'"), unit->text,
			  k->stored->unit);
	if (kind && !node_is(kind, KIND_INFO[k->stored->kind].name))
		check_say(k, LEVEL_ERROR, "name", check_head(k), kind,
			  _("the kind is not that of the folder, '%s'"),
			  KIND_INFO[k->stored->kind].name);
	id_parse(k->stored->id, ID_LENGTH, NULL, &named);
	if (day != DAY_NONE && day != named)
		check_say(k, LEVEL_ERROR, "name", check_head(k), node_get(root, "date"),
			  _("the date is not that of the file's name"));
	else if (named != DAY_NONE) {
		struct civil civil = civil_of_day(named);
		const char *month = strrchr(k->stored->folder, '/') + 1;

		if (atoi(month) != civil.year || atoi(month + 5) != civil.month)
			check_say(k, LEVEL_ERROR, "name", check_head(k), NULL,
				  _("the file lies in the folder of another month"));
	}
}

static void check_event_name(struct check *k, const struct event *event)
{
	const struct node *record = node_get(event->root, "record");
	moment_t local;

	if (!node_is(record, k->stored->id))
		check_say(k, LEVEL_ERROR, "name", event->name, record ? record : event->root,
			  _("the event is of another record than its name says"));
	if (event_name_parse(event->name, strlen(event->name), NULL, &local) &&
	    local != event->at + (moment_t)k->c->cli->plan.offset * 60)
		check_say(k, LEVEL_ERROR, "name", event->name, node_get(event->root, "at"),
			  _("the time is not that of the file's name"));
}

static void check_time(struct check *k, const struct event *event, const char *name)
{
	if (event->at > k->c->latest)
		check_say(k, LEVEL_WARNING, "future", name, node_get(event->root, "at"),
			  _("the time lies in the future"));
}

static void check_evidence(struct check *k, const struct event *event, const struct node *item)
{
	const struct node *file = node_get(item, "file");
	const char *digest = node_string(item, "sha256"), *slash;

	if (!file || !digest || file->type != NODE_STRING)
		return;
	slash = strchr(file->text, '/');
	if (!slash || strlen(k->stored->unit) != (size_t)(slash - file->text) ||
	    strncmp(file->text, k->stored->unit, (size_t)(slash - file->text)) != 0)
		check_say(k, LEVEL_ERROR, "evidence-place", event->name, file,
			  _("evidence lies in the folder of the record's unit, '%s'"),
			  k->stored->unit);
	else if (strlen(file->text) < strlen(k->stored->unit) + 22 ||
		 strncmp(slash + strlen("/evidence/"), digest, 12) != 0)
		check_say(k, LEVEL_ERROR, "evidence-name", event->name, file,
			  _("the file's name is not the start of its sha256"));
	else
		switch (evidence_or_away(k->c->cli, file->text,
					 evidence_look(&k->c->cli->store, file->text,
						       k->c->hash_evidence ? digest : NULL,
						       (size_t)node_integer(item, "bytes", 0)))) {
		case EVIDENCE_SAME:
			break;
		case EVIDENCE_GONE:
			check_say(k, LEVEL_ERROR, "evidence-missing", event->name, file,
				  _("the evidence '%s' is missing"), file->text);
			break;
		case EVIDENCE_OTHER:
			check_say(k, LEVEL_ERROR, "evidence-changed", event->name, file,
				  _("the evidence '%s' is not what was added"), file->text);
			break;
		case EVIDENCE_AWAY:
			check_say(k, LEVEL_WARNING, "evidence-not-here", event->name, file,
				  _("the evidence '%s' is not here"), file->text);
			break;
		}
}

/* the schema says it of an event whose record is not there: other findings say it better */
static bool is_own_record(const struct finding *f)
{
	return f->pointer && strcmp(f->pointer, "/record") == 0 &&
	       (strcmp(f->code, "unknown-record") == 0 || strcmp(f->code, "record-not-here") == 0);
}

static bool check_event_schema(struct check *k, const struct node *root, const char *name)
{
	struct findings *list = k->findings, own = { 0 };
	bool valid = true;

	k->checked->events[k->checked->nevents++] = root;
	k->findings = &own;
	check_form(k, k->c->event, k->run->event, root, name);
	k->findings = list;
	for (size_t i = 0; i < own.count; i++) {
		if (is_own_record(&own.items[i]))
			continue;
		valid = valid && own.items[i].level != LEVEL_ERROR;
		findings_add(list, &own.items[i], "%s", own.items[i].message);
	}
	list->lost = list->lost || own.lost;
	findings_release(&own);
	return valid;
}

/* false: it has not the form of an event, and nothing more was looked at */
static bool check_event(struct check *k, const struct event *event)
{
	const struct node *list = node_get(event->root, "evidence");

	if (!check_event_schema(k, event->root, event->name))
		return false;
	check_event_name(k, event);
	check_time(k, event, event->name);
	if (k->entered && event->at < k->entered->at)
		check_say(k, LEVEL_ERROR, "before-entered", event->name,
			  node_get(event->root, "at"),
			  _("the event is dated before the record was entered"));
	for (size_t i = 0; i < list_count(list); i++)
		check_evidence(k, event, &list->items[i]);
	return true;
}

static bool check_record(struct check *k)
{
	struct findings *list = k->findings, own = { 0 };
	bool valid;

	k->findings = &own;
	valid = check_form(k, k->c->kinds[k->stored->kind], k->run->kinds[k->stored->kind],
			   k->record.root, check_head(k));
	k->findings = list;
	k->corrected = !valid && check_corrected(k, &valid);
	if (!k->corrected)
		findings_append(list, &own);
	list->lost = list->lost || own.lost;
	findings_release(&own);
	return valid;
}

/* what a hand-in names lies there; events tell its digest, the name the first digits of it */
static void check_handed_in(struct check *k)
{
	const struct node *items = node_get(k->folded.fields, "items");

	for (size_t i = 0; i < list_count(items); i++) {
		const struct node *file = node_get(&items->items[i], "evidence");

		if (file && file->type == NODE_STRING && !store_has(&k->c->cli->store, file->text))
			check_say(k, LEVEL_ERROR, "evidence-missing", check_head(k),
				  k->folded.fields == k->record.root ? file : NULL,
				  _("the evidence '%s' is missing"), file->text);
	}
}

static void check_whole(struct check *k)
{
	bool *valid = arena_array(k->arena, k->record.nevents, sizeof(*valid));

	if (!valid) {
		k->failed = true;
		return;
	}
	valid[0] = check_record(k);
	k->entered = &k->record.events[0];
	check_name(k);
	check_time(k, k->entered, check_head(k));
	for (size_t i = 1; i < k->record.nevents; i++)
		valid[i] = check_event(k, &k->record.events[i]);
	if (!check_story(k, valid)) {
		k->failed = true;
		return;
	}
	k->checked->fields = k->folded.fields;
	k->checked->withdrawn = k->folded.state == STATE_WITHDRAWN;
	if (valid[0] || k->corrected)
		check_effective(k);
	if (k->stored->kind == KIND_SUBMISSION && !k->checked->withdrawn)
		check_handed_in(k);
}

/*
 * Each file by itself, where one of them is missing or cannot be read. told: what keeps the files
 * from being read has been told.
 */
static void check_apart(struct check *k, bool told)
{
	struct findings quiet = { 0 };
	struct event entered;

	if (k->record.root) {
		if (event_parse(&entered, NULL, node_get(k->record.root, "entered"))) {
			k->entered = &entered;
			check_time(k, &entered, check_head(k));
		}
		check_form(k, k->c->kinds[k->stored->kind], k->run->kinds[k->stored->kind],
			   k->record.root, check_head(k));
		check_name(k);
	}
	for (size_t i = 1; i < k->stored->nfiles; i++) {
		const struct stored_file *file = &k->stored->files[i];
		const struct node *root =
			record_read(k->stored, file, "", k->arena, told ? &quiet : k->findings);
		struct event event;

		if (root && event_parse(&event, file->name, root))
			check_event(k, &event);
		else if (root)
			check_event_schema(k, root, file->name);
	}
	findings_release(&quiet);
}

/* the source lines of findings that have none yet */
static void add_lines(struct check *k, size_t from)
{
	size_t skip = strlen(k->stored->folder) + 1;

	for (size_t i = from; i < k->findings->count; i++) {
		struct finding *f = &k->findings->items[i];

		for (size_t j = 0; f->line && !f->excerpt && j < k->stored->nfiles; j++) {
			const struct stored_file *file = &k->stored->files[j];

			if (file->name && strcmp(f->file + skip, file->name) == 0)
				f->excerpt = excerpt_at(&k->findings->arena, file->text, file->size,
							f->line, f->column, &f->caret);
		}
	}
}

static void tell_odd(struct check *k)
{
	bool no_file = k->stored->type == STORED_NO_FILE;

	finding_hint(k->findings,
		     check_say(k, LEVEL_ERROR, "odd-name", k->stored->id, NULL,
			       no_file ? _("no regular file or folder has this name")
				       : _("no record or event has such a name")),
		     "%s",
		     no_file ? _("links are not followed; take it away")
			     : _("files get their names from the commands; take it away"));
}

bool check_stored(const struct checker *c, struct check_run *run, const struct stored *stored,
		  struct arena *arena, struct findings *findings, struct checked *checked)
{
	struct check k = { .c = c,
			   .run = run,
			   .stored = stored,
			   .arena = arena,
			   .findings = findings,
			   .checked = checked };
	size_t told = findings->count;

	*checked = (struct checked){ 0 };
	checked->events = arena_array(arena, stored->nfiles, sizeof(*checked->events));
	if (!checked->events)
		return false;
	switch (stored->type) {
	case STORED_NO_FILE:
	case STORED_ODD:
		tell_odd(&k);
		return !k.failed;
	case STORED_LEFT:
		finding_hint(findings,
			     check_say(&k, LEVEL_WARNING, "left-over", stored->id, NULL,
				       _("a temporary file that a killed command left behind")),
			     "%s", _("record-check --tidy removes it"));
		return !k.failed;
	case STORED_ORPHAN:
		for (size_t i = 1; i < stored->nfiles; i++)
			check_say(&k, LEVEL_ERROR, "orphan-event", stored->files[i].name, NULL,
				  _("the record of this event is not there"));
		check_apart(&k, false);
		break;
	case STORED_RECORD:
		checked->whole = record_parse(&k.record, stored, "", arena, findings) == 0;
		checked->record = k.record;
		if (checked->whole)
			check_whole(&k);
		else
			check_apart(&k, true);
	}
	add_lines(&k, told);
	findings->lost = findings->lost || k.failed;
	return !k.failed;
}
