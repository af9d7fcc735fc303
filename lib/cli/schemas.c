#include "cli/schemas.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/msg.h"
#include "schema/load.h"
#include "yaml/read.h"
#include "yaml/write.h"

static bool exists(const struct str *path)
{
	return !path->failed && access(str_text(path), R_OK) == 0;
}

/* `name` is "schemas/visit.yaml" or "plans/…": relative to share/duban */
bool data_path(const char *name, struct str *out)
{
	const char *schemas = getenv("DUBAN_SCHEMAS");
	const char *in_schemas = strncmp(name, "schemas/", 8) == 0 ? name + 8 : NULL;
	char self[PATH_MAX];
	ssize_t n;

	if (schemas && *schemas) {
		str_reset(out);
		str_addf(out, in_schemas ? "%s/%s" : "%s/../%s", schemas,
			 in_schemas ? in_schemas : name);
		if (exists(out) || in_schemas)
			return exists(out);
	}
	n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	if (n > 0) {
		self[n] = '\0';
		*strrchr(self, '/') = '\0';
		str_reset(out);
		str_addf(out, "%s/../share/duban/%s", self, name);
		if (exists(out))
			return true;
	}
	str_reset(out);
	str_addf(out, "%s/share/duban/%s", DUBAN_PREFIX, name);
	return exists(out);
}

int schemas_init(struct schemas *schemas, const struct store *store)
{
	*schemas = (struct schemas){ .store = store, .set = schema_set_new() };
	return schemas->set ? 0 : -1;
}

void schemas_release(struct schemas *schemas)
{
	for (int k = 0; k < KINDS; k++)
		schema_free(schemas->compiled[k]);
	schema_free(schemas->compiled_event);
	schema_free(schemas->compiled_plan);
	schema_set_free(schemas->set);
	arena_release(&schemas->arena);
	*schemas = (struct schemas){ 0 };
}

/* a document that is known under `uri`, and under its `$id` where it has one */
static enum outcome add_text(struct schemas *schemas, const char *uri, const char *name,
			     const struct str *text, struct findings *findings)
{
	size_t errors = findings->errors;

	if (uri && schema_set_add_text(schemas->set, uri, name, str_text(text), text->len, false,
				       findings) == 0)
		return DONE;
	if (findings->errors == errors)
		finding_errno(findings, name, _("cannot read the schema"), ENOMEM);
	return CANNOT;
}

/*
 * The installed schemas name each other by file, as an editor does that knows of no registry:
 * `$id: visit.yaml`, read as duban:visit, is duban:visit.yaml. Everybody else says duban:visit.
 */
static enum outcome load_installed(struct schemas *schemas, const char *name,
				   struct findings *findings)
{
	const char *uri = arena_printf(&schemas->arena, "duban:%s", name);
	struct str file = { 0 }, path = { 0 }, text = { 0 };
	enum outcome outcome = CANNOT;

	str_addf(&file, "schemas/%s.yaml", name);
	if (!data_path(str_text(&file), &path)) {
		struct finding what = { .level = LEVEL_ERROR, .code = "no-schema" };

		finding_hint(
			findings,
			findings_add(findings, &what, _("the schema '%s' is not installed"), name),
			"%s",
			_("run make install, or set $DUBAN_SCHEMAS to the folder of the schemas"));
	} else if (file_read(AT_FDCWD, str_text(&path), READ_LARGE.bytes, &text) < 0) {
		finding_errno(findings, str_text(&path), _("cannot read the schema"), errno);
	} else {
		outcome = add_text(schemas, uri, str_text(&path), &text, findings);
	}
	str_release(&file);
	str_release(&path);
	str_release(&text);
	return outcome;
}

static enum outcome load_common(struct schemas *schemas, struct findings *findings)
{
	enum outcome outcome = DONE;

	if (!schemas->common)
		outcome = load_installed(schemas, "common", findings);
	schemas->common = outcome == DONE;
	return outcome;
}

/* the folder's own schema of a kind or of events; *local: its URI, NULL when there is none */
static enum outcome load_local(struct schemas *schemas, const char *name, const char **local,
			       struct findings *findings)
{
	struct finding what = { .level = LEVEL_ERROR, .code = "no-file" };
	struct str path = { 0 }, shown = { 0 }, text = { 0 };
	const char *uri = arena_printf(&schemas->arena, "duban:folder-%s", name);
	enum outcome outcome = DONE;
	bool found;

	*local = NULL;
	str_addf(&path, "schemas/%s.yaml", name);
	str_addf(&shown, "%s%s", schemas->store ? schemas->store->prefix : "", str_text(&path));
	found = schemas->store && store_has(schemas->store, str_text(&path));
	if (schemas->store && !found && !store_missing(schemas->store, str_text(&path))) {
		what.file = str_text(&shown);
		findings_add(findings, &what, "%s",
			     _("this is no regular file; symbolic links are not followed"));
		outcome = CANNOT;
	}
	if (found && outcome == DONE)
		outcome = store_read(schemas->store, str_text(&path), READ_LARGE.bytes, &text,
				     findings);
	if (found && outcome == DONE)
		outcome = add_text(schemas, uri, str_text(&shown), &text, findings);
	if (found && outcome == DONE)
		*local = uri;
	str_release(&path);
	str_release(&shown);
	str_release(&text);
	return outcome;
}

/* "properties: {street: true, …}": what the folder's schema adds, by name */
static void add_names(struct schemas *schemas, const char *local, struct str *text)
{
	struct schema_property *properties;
	size_t n = schema_properties(schemas->set, local, NULL, &schemas->arena, &properties);

	str_add(text, "  - properties: {");
	for (size_t i = 0; i < n; i++) {
		struct node name = { .type = NODE_STRING,
				     .text = properties[i].name,
				     .count = (uint32_t)strlen(properties[i].name) };

		str_add(text, i ? ", " : "");
		yaml_write_value(text, &name, true);
		str_add(text, ": true");
	}
	str_add(text, "}\n");
}

/*
 * The schema that a command checks with: closed, and never laxer than the installed one. What the
 * folder's schema says of other names (additionalProperties, patternProperties) stands outside of
 * what is closed, so it cannot open it.
 */
static enum outcome add_entry(struct schemas *schemas, const char *name, const char *local,
			      struct findings *findings)
{
	struct str text = { 0 }, uri = { 0 };
	enum outcome outcome;

	str_addf(&text, "allOf:\n- allOf:\n  - $ref: 'duban:%s'\n", name);
	if (local)
		add_names(schemas, local, &text);
	str_add(&text, "  unevaluatedProperties: false\n");
	if (local)
		str_addf(&text, "- $ref: '%s'\n", local);
	str_addf(&uri, "duban:entry-%s", name);
	outcome = add_text(schemas, str_text(&uri), str_text(&uri), &text, findings);
	str_release(&text);
	str_release(&uri);
	return outcome;
}

static enum outcome load(struct schemas *schemas, const char *name, bool *loaded,
			 struct findings *findings)
{
	enum outcome outcome;
	const char *local = NULL;

	if (*loaded)
		return DONE;
	outcome = load_common(schemas, findings);
	if (outcome == DONE)
		outcome = load_installed(schemas, name, findings);
	if (outcome == DONE)
		outcome = load_local(schemas, name, &local, findings);
	if (outcome == DONE)
		outcome = add_entry(schemas, name, local, findings);
	*loaded = outcome == DONE;
	return outcome;
}

enum outcome schemas_load_kind(struct schemas *schemas, enum kind kind, struct findings *findings)
{
	return load(schemas, KIND_INFO[kind].name, &schemas->kinds[kind], findings);
}

static const struct schema *compile(struct schemas *schemas, const char *name,
				    struct schema **compiled, struct findings *findings)
{
	struct str uri = { 0 };

	if (*compiled)
		return *compiled;
	str_addf(&uri, "duban:%s%s", strcmp(name, "plan") == 0 ? "" : "entry-", name);
	*compiled = schema_compile(schemas->set, str_text(&uri), SCHEMA_ASSERT_FORMAT, findings);
	str_release(&uri);
	return *compiled;
}

const struct schema *schemas_compile_kind(struct schemas *schemas, enum kind kind,
					  struct findings *findings)
{
	if (schemas_load_kind(schemas, kind, findings) != DONE)
		return NULL;
	return compile(schemas, KIND_INFO[kind].name, &schemas->compiled[kind], findings);
}

const struct schema *schemas_compile_event(struct schemas *schemas, struct findings *findings)
{
	if (load(schemas, "event", &schemas->event, findings) != DONE)
		return NULL;
	return compile(schemas, "event", &schemas->compiled_event, findings);
}

const struct schema *schemas_compile_plan(struct schemas *schemas, struct findings *findings)
{
	if (!schemas->plan) {
		if (load_common(schemas, findings) != DONE ||
		    load_installed(schemas, "plan", findings) != DONE)
			return NULL;
		schemas->plan = true;
	}
	return compile(schemas, "plan", &schemas->compiled_plan, findings);
}

size_t schemas_properties(struct schemas *schemas, enum kind kind, const struct node *given,
			  struct schema_property **out, struct findings *findings)
{
	const char *name = kind == KINDS ? "event" : KIND_INFO[kind].name;
	struct str uri = { 0 };
	size_t n;

	*out = NULL;
	if (load(schemas, name, kind == KINDS ? &schemas->event : &schemas->kinds[kind],
		 findings) != DONE)
		return 0;
	str_addf(&uri, "duban:entry-%s", name);
	n = schema_properties(schemas->set, str_text(&uri), given, &schemas->arena, out);
	str_release(&uri);
	return n;
}
