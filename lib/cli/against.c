#include "cli/against.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/msg.h"
#include "model/record.h"
#include "yaml/read.h"

#define OUTPUT_LIMIT ((size_t)1024 * 1024 * 1024)

/* runs git in the folder; its output, or false after a finding */
static bool ask_git(struct cli *cli, const char *const *arguments, struct str *out)
{
	int pipes[2], status;
	bool read_all;
	pid_t child;

	if (pipe2(pipes, O_CLOEXEC) < 0)
		return false;
	child = fork();
	if (child == 0) {
		/* nothing is written, not even what git has learned about unchanged files */
		setenv("GIT_OPTIONAL_LOCKS", "0", 1);
		dup2(pipes[1], STDOUT_FILENO);
		if (fchdir(cli->store.root) == 0)
			execvp("git", (char *const *)(uintptr_t)arguments);
		_exit(127);
	}
	close(pipes[1]);
	read_all = child > 0 && fd_read(pipes[0], OUTPUT_LIMIT, out) == 0;
	close(pipes[0]);
	if (child < 0)
		return false;
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return false;
	return read_all && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void must_ask(struct cli *cli, const char *const *arguments, struct str *out)
{
	if (ask_git(cli, arguments, out))
		return;
	cli_error(cli, "git", "%s", _("git could not say what has changed since the commit"));
	cli_fail(cli, CANNOT);
}

/* plan.yaml, schemas/ and reports/ may change; only unit folders are additions only */
static bool in_unit_folder(const struct cli *cli, const char *path)
{
	const char *slash = strchr(path, '/');

	for (size_t i = 0; slash && i < cli->plan.nfolders; i++)
		if (strlen(cli->plan.folders[i]) == (size_t)(slash - path) &&
		    strncmp(cli->plan.folders[i], path, (size_t)(slash - path)) == 0)
			return true;
	return false;
}

static void say(struct cli *cli, enum level level, const char *code, const char *path,
		const char *message, const char *hint)
{
	struct finding what = { .level = level, .code = code, .file = path };

	finding_hint(&cli->findings, findings_add(&cli->findings, &what, "%s", message), "%s",
		     hint);
}

static void check_added(struct cli *cli, const char *path, moment_t commit)
{
	struct findings quiet = { 0 };
	struct arena arena = { 0 };
	struct str text = { 0 };
	struct path_parts parts;
	const struct node *root = NULL, *at;
	moment_t moment;

	if (path_parse(path, &parts) &&
	    store_read(&cli->store, path, READ_RECORD.bytes, &text, &quiet) == DONE)
		root = yaml_read(&arena, path, str_text(&text), text.len, &READ_RECORD, &quiet);
	at = node_get(node_get(root, "entered") ? node_get(root, "entered") : root, "at");
	if (at && at->type == NODE_STRING && moment_parse(at->text, at->count, &moment) &&
	    moment < commit)
		say(cli, LEVEL_WARNING, "backdated", path,
		    _("added since the commit, dated before it"),
		    _("reports as of that time are no longer the same"));
	findings_release(&quiet);
	str_release(&text);
	arena_release(&arena);
}

static void check_changes(struct cli *cli, const struct str *changes, moment_t commit)
{
	const char *p = str_text(changes), *end = p + changes->len;

	while (p < end) {
		char status = *p;
		const char *path = p + strlen(p) + 1;

		if (path >= end)
			break;
		p = path + strlen(path) + 1;
		if (!in_unit_folder(cli, path))
			continue;
		if (status == 'A')
			check_added(cli, path, commit);
		else if (status == 'D')
			say(cli, LEVEL_ERROR, "gone", path, _("the file of the commit is gone"),
			    _("restore it: nothing is ever deleted"));
		else
			say(cli, LEVEL_ERROR, "changed", path,
			    _("the file of the commit was changed"),
			    _("restore it: what happens is added beside it"));
	}
}

static void check_untracked(struct cli *cli, const struct str *names, moment_t commit)
{
	const char *p = str_text(names), *end = p + names->len;

	for (; p < end; p += strlen(p) + 1)
		if (in_unit_folder(cli, p))
			check_added(cli, p, commit);
}

/* the id of the one commit that a person named, whatever the words are */
static char *commit_id(struct cli *cli, const char *revision)
{
	const char *name = arena_printf(&cli->arena, "%s^{commit}", revision);
	const char *const parse[] = {
		"git", "rev-parse", "--verify", "--end-of-options", name, NULL
	};
	struct str out = { 0 };
	size_t digits;
	char *id;

	if (!name)
		cli_no_memory(cli);
	must_ask(cli, parse, &out);
	digits = strspn(str_text(&out), "0123456789abcdef");
	if (!digits || strcmp(str_text(&out) + digits, "\n") != 0) {
		cli_error(cli, "git", _("'%s' is not the name of one commit"), revision);
		cli_fail(cli, CANNOT);
	}
	id = arena_strndup(&cli->arena, str_text(&out), digits);
	if (!id)
		cli_no_memory(cli);
	str_release(&out);
	return id;
}

void against_check(struct cli *cli, const char *revision)
{
	const char *commit = commit_id(cli, revision);
	const char *const time[] = { "git",  "log", "-1", "--format=%ct", "--no-show-signature",
				     commit, "--",  NULL };
	const char *const diff[] = {
		"git", "diff",          "--relative", "--no-renames", "--name-status",
		"-z",  "--no-ext-diff", commit,       "--",           ".",
		NULL
	};
	const char *const others[] = { "git", "ls-files", "-z", "--others", "--exclude-standard",
				       "--",  ".",        NULL };
	struct str out = { 0 };
	moment_t moment;

	must_ask(cli, time, &out);
	moment = strtoll(str_text(&out), NULL, 10);
	str_reset(&out);
	must_ask(cli, diff, &out);
	check_changes(cli, &out, moment);
	str_reset(&out);
	must_ask(cli, others, &out);
	check_untracked(cli, &out, moment);
	str_release(&out);
}
