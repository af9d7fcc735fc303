/* --edit: a form in the person's editor. What is typed is never lost: the file stays until it is
 * used. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/msg.h"
#include "cli/add.h"
#include "store/durable.h"
#include "yaml/read.h"
#include "yaml/write.h"

#define MARK "#! "

struct form {
	struct add *add;
	char path[PATH_MAX]; /* $TMPDIR may be long */
	struct str blank;    /* the template */
};

static bool same_text(const struct str *a, const struct str *b)
{
	return a->len == b->len && memcmp(str_text(a), str_text(b), a->len) == 0;
}

/* a form in which nothing was typed goes, any other stays */
static void give_up(struct form *form, const char *why, enum outcome outcome)
{
	struct cli *cli = &form->add->cli;
	struct str text = { 0 };
	bool useless;

	cli_error(cli, "edit", "%s", why);
	if (file_read(AT_FDCWD, form->path, form->blank.len, &text) < 0)
		useless = errno == ENOENT;
	else
		useless = !text.len || same_text(&text, &form->blank);
	if (useless) {
		unlink(form->path);
		cli->typed = NULL;
	}
	cli_fail(cli, outcome);
}

/* a new file in the place of the old one, which stays whole when there is no room */
static void write_form(struct form *form, const struct str *text)
{
	char path[sizeof(form->path) + 4];
	int fd;
	bool ok;

	snprintf(path, sizeof(path), "%s.new", form->path);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	ok = fd >= 0 && write_through(fd, str_text(text), text->len) == 0 && !text->failed;
	if (ok && rename(path, form->path) == 0)
		return;
	if (fd >= 0)
		unlink(path);
	give_up(form, _("cannot write the form"), CANNOT);
}

static void indent(struct str *out, unsigned depth)
{
	for (unsigned i = 0; i < depth; i++)
		str_add(out, "  ");
}

static void add_choices(struct str *out, const struct plan *plan, const struct schema_property *p,
			unsigned depth)
{
	struct str words = { 0 };

	indent(out, depth);
	str_addf(out, "# %s%s%s%s\n", p->title ? p->title : p->name, p->english ? " " : "",
		 p->english ? p->english : "", p->required ? " *" : "");
	for (size_t i = 0; i < list_count(p->codes); i++) {
		const char *label = node_string(p->labels, p->codes->items[i].text);

		if (!i)
			indent(out, depth);
		str_addf(out, "%s%s%s%s", i ? ", " : "#   ", p->codes->items[i].text,
			 label ? " " : "", label ? label : "");
	}
	if (list_count(p->codes))
		str_addc(out, '\n');
	if (p->type && strcmp(p->type, "boolean") == 0) {
		indent(out, depth);
		str_add(out, "#   true 是, false 否\n");
	}
	if (p->word)
		plan_word_hint(plan, p->word, &(struct node){ .type = NODE_NULL }, &words);
	if (words.len) {
		indent(out, depth);
		str_addf(out, "#   %s\n", str_text(&words));
	}
	str_release(&words);
}

static void add_field(struct str *out, struct cli *cli, const struct schema_property *p,
		      const struct node *fields, unsigned depth);

/* the members of a map that has no shorthand, one under the other */
static bool add_members(struct str *out, struct cli *cli, const struct schema_property *p,
			const struct node *map, unsigned depth)
{
	struct schema_property *inner;
	size_t n = p->shorthand || !p->type || strcmp(p->type, "object") != 0
			   ? 0
			   : cli_subproperties(cli, p->schema, &inner);

	if (!n)
		return false;
	indent(out, depth);
	str_addf(out, "%s:\n", p->name);
	for (size_t i = 0; i < n; i++)
		add_field(out, cli, &inner[i], map, depth + 1);
	return true;
}

/* a field with its label and choices as comments; what options said is filled in */
static void add_field(struct str *out, struct cli *cli, const struct schema_property *p,
		      const struct node *fields, unsigned depth)
{
	const struct member *m = node_member(fields, p->name);
	struct node one = { .type = NODE_MAP, .count = 1 };

	add_choices(out, &cli->plan, p, depth);
	if (add_members(out, cli, p, m ? m->value : NULL, depth))
		return;
	indent(out, depth);
	if (m && depth) {
		str_addf(out, "%s: ", p->name);
		yaml_write_value(out, m->value, true);
		str_addc(out, '\n');
	} else if (m) {
		one.members = (struct member *)(uintptr_t)m;
		yaml_write(out, &one);
	} else {
		str_addf(out, "%s:\n", p->name);
	}
}

static void make_template(struct form *form, struct str *out)
{
	struct add *add = form->add;
	const struct node *fields = add_from_options(add);

	str_addf(out, "# %s\n",
		 _("fill the form, save and leave the editor; lines with # are notes, "
		   "fields left empty are left out, * must be there"));
	for (size_t i = 0; i < add->fields.count; i++) {
		const struct schema_property *p = &add->fields.properties[i];

		/* members stand within their maps */
		if (!strchr(p->name, '.') &&
		    (p->option || strcmp(p->name, "date") == 0 || node_get(fields, p->name)))
			add_field(out, &add->cli, p, fields, 0);
	}
}

static int run_editor(const char *editor, const char *path)
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		/* the variable may hold options, so the shell splits it, as git does */
		char *command = NULL;

		if (asprintf(&command, "%s \"$@\"", editor) > 0)
			execl("/bin/sh", "sh", "-c", command, editor, path, (char *)NULL);
		_exit(127);
	}
	if (child < 0)
		return -1;
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : -1;
}

static const char *editor_of(void)
{
	const char *editor = getenv("VISUAL");

	if (!editor || !*editor)
		editor = getenv("EDITOR");
	return editor && *editor ? editor : "vi";
}

/* fields without a value are left out */
static void drop_empty(struct node *map)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < map->count; i++) {
		struct node *value = (struct node *)(uintptr_t)map->members[i].value;
		bool is_map = value->type == NODE_MAP;

		if (is_map)
			drop_empty(value);
		if (value->type != NODE_NULL && !(is_map && !value->count))
			map->members[kept++] = map->members[i];
	}
	map->count = kept;
}

/* the text without the notes of the last round */
static void without_notes(const struct str *text, struct str *out)
{
	const char *p = str_text(text), *end = p + text->len;

	while (p < end) {
		const char *newline = memchr(p, '\n', (size_t)(end - p));
		const char *next = newline ? newline + 1 : end;

		if ((size_t)(end - p) < strlen(MARK) || memcmp(p, MARK, strlen(MARK)) != 0)
			str_addn(out, p, (size_t)(next - p));
		p = next;
	}
}

/* the findings as comments before the text; their lines are counted in what stands below */
static void with_notes(const struct findings *findings, const struct str *plain, struct str *out)
{
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *f = &findings->items[i];

		str_addf(out, MARK "%s: ", level_name(f->level));
		if (f->line)
			str_addf(out, _("line %u: "), f->line + (uint32_t)findings->count);
		str_addf(out, "%s%s%s", f->label ? f->label : "", f->label ? ": " : "", f->message);
		str_addf(out, "%s%s%s\n", f->hint ? " (" : "", f->hint ? f->hint : "",
			 f->hint ? ")" : "");
	}
	str_addn(out, str_text(plain), plain->len);
}

static bool take_text(struct form *form, const struct str *plain, struct findings *findings)
{
	struct add *add = form->add;
	const char *copy = arena_strndup(&add->cli.arena, str_text(plain), plain->len);
	bool right;

	if (!copy)
		cli_no_memory(&add->cli);
	add->count = 0;
	right = add_documents(add, form->path, copy, plain->len, findings);
	for (size_t i = 0; i < add->count; i++)
		drop_empty(add->candidates[i].fields);
	if (right && (!add->count || !add->candidates[0].fields->count))
		give_up(form, _("the form is empty: nothing is written"), REFUSED);
	return right && add_check(add, findings);
}

static void read_form(struct form *form, struct str *plain)
{
	struct str text = { 0 };

	if (file_read(AT_FDCWD, form->path, READ_INPUT.bytes, &text) < 0)
		give_up(form, _("cannot read the form"), CANNOT);
	str_reset(plain);
	without_notes(&text, plain);
	str_release(&text);
}

void add_edit(struct add *add)
{
	const char *tmp = getenv("TMPDIR");
	struct form form = { .add = add };
	struct str text = { 0 }, plain = { 0 }, before = { 0 };
	int fd;

	if (snprintf(form.path, sizeof(form.path), "%s/duban-XXXXXX.yaml",
		     tmp && *tmp ? tmp : "/tmp") >= (int)sizeof(form.path))
		snprintf(form.path, sizeof(form.path), "/tmp/duban-XXXXXX.yaml");
	fd = mkstemps(form.path, 5);
	if (fd < 0) {
		finding_errno(&add->cli.findings, form.path, _("cannot write the form"), errno);
		cli_fail(&add->cli, CANNOT);
	}
	close(fd);
	add->cli.typed = arena_strdup(&add->cli.arena, form.path);
	if (!add->cli.typed)
		cli_no_memory(&add->cli);
	make_template(&form, &text);
	str_addn(&form.blank, str_text(&text), text.len);
	str_addn(&before, str_text(&text), text.len);
	for (;;) {
		struct findings findings = { 0 };

		write_form(&form, &text);
		if (run_editor(editor_of(), form.path) < 0)
			give_up(&form, _("the editor failed: nothing is written"), REFUSED);
		read_form(&form, &plain);
		if (same_text(&plain, &before))
			give_up(&form, _("the form was not changed: nothing is written"), REFUSED);
		if (take_text(&form, &plain, &findings))
			break;
		str_reset(&text);
		with_notes(&findings, &plain, &text);
		str_reset(&before);
		str_addn(&before, str_text(&plain), plain.len);
		findings_release(&findings);
	}
	str_release(&form.blank);
	str_release(&text);
	str_release(&plain);
	str_release(&before);
}
