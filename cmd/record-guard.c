/* record-guard: judges what is pushed or committed, for hooks of git. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/msg.h"
#include "cli/push.h"
#include "cli/told.h"

#define INPUT_LIMIT ((size_t)16 * 1024 * 1024)

static struct options {
	const char *subfolder, *format;
} options;

static struct cli cli;

static bool is_id(const char *text)
{
	size_t n = strspn(text, "0123456789abcdef");

	return (n == 40 || n == 64) && !text[n];
}

static void check_ref(const struct push_ref *ref)
{
	if (!is_id(ref->old) || !is_id(ref->new) || strncmp(ref->name, "refs/", 5) != 0)
		usage_error("%s", _("git gives a reference, its old and its new commit"));
}

/* "<old> <new> <ref>" a line, as git gives them to pre-receive */
static void judge_input(struct pushing *pushing)
{
	struct push_ref *refs = NULL;
	struct str text = { 0 };
	size_t n = 0;

	if (fd_read(STDIN_FILENO, INPUT_LIMIT, &text) < 0) {
		cli_error(&cli, "io", "%s", _("cannot read the references from standard input"));
		cli_fail(&cli, CANNOT);
	}
	for (const char *p = str_text(&text); *p; p++)
		n += *p == '\n';
	refs = arena_array(&cli.arena, n + 1, sizeof(*refs));
	if (!refs)
		cli_no_memory(&cli);
	n = 0;
	for (char *p = text.p, *end; p && *p && (end = strchr(p, '\n')); p = end + 1) {
		char *new = strchr(p, ' '), *name = new ? strchr(new + 1, ' ') : NULL;

		*end = '\0';
		if (!name || name > end)
			usage_error("%s", _("git gives a reference, its old and its new commit"));
		*new ++ = *name++ = '\0';
		refs[n] = (struct push_ref){ .name = name, .old = p, .new = new };
		check_ref(&refs[n++]);
	}
	push_refs(pushing, refs, n);
	str_release(&text);
}

static const char *clean_subfolder(const char *path)
{
	size_t n = path ? strlen(path) : 0;

	while (n && path[n - 1] == '/')
		n--;
	return n ? arena_strndup(&cli.arena, path, n) : "";
}

static void judge(struct pushing *pushing, const struct strings *operands)
{
	const char *hook = operands->items[0];

	if (strcmp(hook, "update") == 0 && operands->count == 4) {
		struct push_ref ref = { operands->items[1], operands->items[2],
					operands->items[3] };

		check_ref(&ref);
		push_refs(pushing, &ref, 1);
	} else if (strcmp(hook, "pre-receive") == 0 && operands->count == 1) {
		judge_input(pushing);
	} else if (strcmp(hook, "pre-commit") == 0 && operands->count == 1) {
		push_commit(pushing);
	} else {
		usage_error("%s", _("a hook is update REF OLD NEW, pre-receive or pre-commit"));
	}
}

/* who pushes is told by the server, never by who pushes */
static const char *pusher(const char *hook)
{
	const char *unit = getenv("DUBAN_UNIT");

	if (unit && *unit)
		return unit;
	if (strcmp(hook, "pre-commit") == 0)
		return NULL;
	finding_hint(&cli.findings,
		     cli_error(&cli, "no-unit", "%s",
			       _("$DUBAN_UNIT is not set, so it is not known who pushes")),
		     "%s", _("the server sets it for each account, before git runs"));
	cli_fail(&cli, CANNOT);
}

int main(int argc, char **argv)
{
	static const struct usage usage = {
		.operands = "HOOK [REF OLD NEW]",
		.summary =
			N_("Judge what is pushed or committed: additions only, by the right unit "
			   "in the right place, valid."),
		.least = 1,
		.most = 4,
	};
	const struct opt table[] = {
		{ .help = N_("Where and how:") },
		{ .name = "subfolder",
		  .metavar = "PATH",
		  .help = N_("the record folder in the work tree (default: all of it)"),
		  .one = &options.subfolder },
		{ .name = "format",
		  .metavar = "FORMAT",
		  .help = N_("text or json"),
		  .one = &options.format },
	};
	struct strings operands = { 0 };
	struct pushing pushing = { .cli = &cli };
	enum outcome outcome;

	cli_start(&cli, argc, argv);
	cli_add_options(&cli, table, sizeof(table) / sizeof(*table));
	args_parse(argc, argv, &cli.opts, &usage, &operands);
	told_check_format(options.format);
	pushing.unit = pusher(operands.items[0]);
	pushing.subfolder = clean_subfolder(options.subfolder);
	pushing.git = push_git(&cli);
	judge(&pushing, &operands);
	git_free(pushing.git);
	outcome = cli.findings.errors ? REFUSED : DONE;
	/* a push that is taken says nothing */
	if (cli.findings.count || (options.format && strcmp(options.format, "json") == 0))
		told_print(&cli, options.format, pushing.files, "");
	strings_release(&operands);
	return cli_end(&cli, outcome);
}
