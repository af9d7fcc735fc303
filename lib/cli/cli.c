#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/msg.h"
#include "base/privacy.h"

#define PLAN_LIMIT ((size_t)16 * 1024 * 1024)

static int stdout_error;
static const char *folder_guess; /* of -C, before the options are known */

bool cli_flush(void)
{
	if (fflush(stdout) != 0 && !stdout_error)
		stdout_error = errno;
	return !stdout_error;
}

void cli_print(const char *text, size_t n)
{
	if (fwrite(text, 1, n, stdout) != n && !stdout_error)
		stdout_error = errno;
}

/* a full disk or a closed pipe is an error, also after --help */
static void check_stdout(void)
{
	bool failed = ferror(stdout) != 0;

	errno = 0;
	if (fclose(stdout) != 0 || failed) {
		int error = stdout_error ? stdout_error : errno ? errno : EIO;

		fprintf(stderr, "%s: %s: %s\n", program_invocation_short_name,
			_("cannot write to standard output"), strerror(error));
		_exit(CANNOT);
	}
}

/* a locale that is not installed, as on a server that is reached by ssh, still names a language */
static void take_language(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
	const char *wanted = NULL;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names) && (!wanted || !*wanted); i++)
		wanted = getenv(names[i]);
	if (wanted && *wanted && setlocale(LC_MESSAGES, "C.UTF-8"))
		setenv("LANGUAGE", wanted, 0);
}

static void set_language(void)
{
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 32);

	if (!setlocale(LC_MESSAGES, ""))
		take_language();
	setlocale(LC_CTYPE, "");
	if (n > 0) {
		self[n] = '\0';
		strcpy(strrchr(self, '/'), "/../share/locale");
	}
	if (n > 0 && access(self, R_OK) == 0)
		bindtextdomain(DUBAN_DOMAIN, self);
	else
		bindtextdomain(DUBAN_DOMAIN, DUBAN_PREFIX "/share/locale");
	bind_textdomain_codeset(DUBAN_DOMAIN, "UTF-8");
	bind_textdomain_codeset("libc", "UTF-8"); /* of strerror */
}

static const char *folder_wanted(const struct cli *cli)
{
	const char *dir = cli->folder ? cli->folder : getenv("DUBAN_DIR");

	return dir && *dir ? dir : NULL;
}

/*
 * A file that is opened must not get the number of a stream that the caller closed: what goes to
 * stderr would be written into it. Use of such a stream still fails.
 */
static void keep_streams_apart(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
			open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

void cli_start(struct cli *cli, int argc, char **argv)
{
	static struct findings quiet;

	*cli = (struct cli){ .store.root = -1, .now = (moment_t)time(NULL) };
	signal(SIGXFSZ, SIG_IGN); /* beyond ulimit -f: an error of write, told like a full disk */
	keep_streams_apart();
	atexit(check_stdout);
	set_language();
	cli->folder = folder_guess = args_find(argc, argv, 'C', "directory");
	/* the folder's schemas make options; that there is none is told when it is needed */
	if (store_open(&cli->store, folder_wanted(cli), &quiet) != DONE)
		cli->store.root = -1;
	findings_release(&quiet);
	if (schemas_init(&cli->schemas, cli->store.root >= 0 ? &cli->store : NULL) < 0)
		cli_no_memory(cli);
	cli->folder = NULL;
	cli_add_options(cli,
			(const struct opt[]){
				{ .help = N_("Common options:") },
				{ .name = "directory",
				  .letter = 'C',
				  .metavar = "DIR",
				  .help = N_("the record folder, or a folder in it"),
				  .one = &cli->folder },
				{ .name = "color",
				  .metavar = "WHEN",
				  .help = N_("colour: auto, always or never"),
				  .one = &cli->color },
			},
			3);
}

void cli_add_options(struct cli *cli, const struct opt *opts, size_t n)
{
	if (opts_add(&cli->opts, opts, n) < 0)
		cli_no_memory(cli);
}

void cli_no_memory(struct cli *cli)
{
	(void)cli;
	fprintf(stderr, "%s: %s\n", program_invocation_short_name, strerror(ENOMEM));
	exit(CANNOT);
}

bool cli_colored(const struct cli *cli, int fd)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

	if (cli->color && strcmp(cli->color, "always") == 0)
		return true;
	if ((cli->color && strcmp(cli->color, "never") == 0) || (no_color && *no_color))
		return false;
	return isatty(fd) == 1 && !(term && strcmp(term, "dumb") == 0);
}

/* "prefix/visits/….yaml", or the command's own name */
static const char *subject_of(struct str *subject, const struct finding *f, const char *prefix)
{
	str_reset(subject);
	str_addf(subject, "%s%s", f->file ? prefix : "",
		 !f->file   ? program_invocation_short_name
		 : *f->file ? f->file
			    : "''");
	return str_text(subject);
}

const char *cli_told(struct cli *cli, const char *text)
{
	return cli->has_folder ? privacy_mask(&cli->arena, text) : text;
}

void cli_tell_to(struct cli *cli, FILE *stream, const char *prefix)
{
	bool terminal = isatty(fileno(stream)) == 1, color = cli_colored(cli, fileno(stream));
	struct str out = { 0 }, subject = { 0 };

	cli->told = cli->told || cli->findings.errors;
	for (size_t i = 0; i < cli->findings.count; i++) {
		struct finding f = cli->findings.items[i];

		f.message = cli_told(cli, f.message);
		f.hint = cli_told(cli, f.hint);
		f.excerpt = cli_told(cli, f.excerpt);
		if (f.message)
			finding_show(&out, &f, subject_of(&subject, &f, prefix), terminal, color);
	}
	if (cli->findings.lost || out.failed || subject.failed)
		str_addf(&out, "%s: %s\n", program_invocation_short_name, strerror(ENOMEM));
	fwrite(str_text(&out), 1, out.len, stream);
	str_release(&out);
	str_release(&subject);
}

void cli_tell(struct cli *cli)
{
	cli_flush();
	cli_tell_to(cli, stderr, "");
	findings_release(&cli->findings);
}

int cli_end(struct cli *cli, enum outcome outcome)
{
	struct finding what = { .level = LEVEL_NOTE, .code = "edit" };

	if (cli->findings.lost)
		outcome = worse_of(outcome, CANNOT);
	/* what cannot be done without a word of why lacked the memory to say it */
	if (outcome == CANNOT && !cli->findings.errors && !cli->told && cli_flush())
		cli->findings.lost = true;
	if (cli->typed && outcome != DONE)
		findings_add(&cli->findings, &what, _("what was typed is in %s"), cli->typed);
	cli_tell(cli);
	if (cli->store.root >= 0)
		store_close(&cli->store);
	schema_run_free(cli->run);
	schemas_release(&cli->schemas);
	opts_release(&cli->opts);
	arena_release(&cli->arena);
	return (int)outcome;
}

void cli_fail(struct cli *cli, enum outcome outcome)
{
	exit(cli_end(cli, outcome));
}

struct finding *cli_error(struct cli *cli, const char *code, const char *format, ...)
{
	struct finding what = { .level = LEVEL_ERROR, .code = code };
	struct finding *f;
	va_list args;
	char *message;

	va_start(args, format);
	message = arena_vprintf(&cli->arena, format, args);
	va_end(args);
	f = findings_add(&cli->findings, &what, "%s", message ? message : format);
	return f;
}

static void load_plan(struct cli *cli)
{
	struct str text = { 0 };

	if (store_read(&cli->store, "plan.yaml", PLAN_LIMIT, &text, &cli->findings) != DONE) {
		cli_paths(cli, 0);
		cli_fail(cli, CANNOT);
	}
	cli_load_plan(cli, cli_path(cli, "plan.yaml"), &text);
	str_release(&text);
}

/* the folder of a path operand: the path itself when it is a folder */
static void open_beside(struct cli *cli, const char *path)
{
	const char *slash = strrchr(path, '/');
	char *parent = arena_strndup(&cli->arena, path, slash ? (size_t)(slash - path) + 1 : 0);
	struct findings quiet = { 0 };
	struct store store = { .root = -1 };
	bool found = store_open(&store, path, &quiet) == DONE ||
		     (parent && *parent && store_open(&store, parent, &quiet) == DONE);

	findings_release(&quiet);
	if (!found)
		return;
	if (cli->store.root >= 0)
		store_close(&cli->store);
	cli->store = store;
	cli->schemas.store = &cli->store;
}

void cli_open(struct cli *cli, const char *path)
{
	static const char *const colors[] = { "auto", "always", "never" };
	bool known = !cli->color;

	for (size_t i = 0; i < 3; i++)
		known = known || strcmp(cli->color, colors[i]) == 0;
	if (!known)
		usage_error(_("--color is auto, always or never, not '%s'"), cli->color);
	/* else the options would be those of another folder, and the record written there */
	if (cli->folder != folder_guess)
		usage_error("%s", _("a value that begins with -C is joined to its option with =, "
				    "as in --note=-C"));
	if (cli->has_folder)
		return;
	/* it comes before $DUBAN_DIR and the working directory */
	if (!cli->folder && path)
		open_beside(cli, path);
	if (cli->store.root < 0 &&
	    store_open(&cli->store, folder_wanted(cli), &cli->findings) != DONE)
		cli_fail(cli, CANNOT);
	load_plan(cli);
}

const char *cli_path(struct cli *cli, const char *path)
{
	char *full = arena_printf(&cli->arena, "%s%s", cli->store.prefix, path);

	if (!full)
		cli_no_memory(cli);
	return full;
}

void cli_added(struct cli *cli, const char *path)
{
	const char *name = cli_path(cli, path);

	puts(name);
	if (!cli_flush())
		findings_add(
			&cli->findings,
			&(struct finding){ .level = LEVEL_NOTE, .code = "added", .file = name },
			"%s", _("the file was added, but its path could not be printed"));
}

void cli_tell_share(struct cli *cli, enum level level)
{
	struct finding what = { .level = level, .code = "network-share" };
	const char *share = store_share(&cli->store);

	if (share)
		finding_hint(
			&cli->findings,
			findings_add(&cli->findings, &what,
				     _("the record folder lies on a network share (%s)"), share),
			"%s",
			_("locks and syncs are the server's affair there; safer is a clone on the "
			  "own disk, brought together with git: see duban(7)"));
}

void cli_paths(struct cli *cli, size_t from)
{
	for (size_t i = from; i < cli->findings.count; i++)
		if (cli->findings.items[i].file)
			cli->findings.items[i].file = cli_path(cli, cli->findings.items[i].file);
}

/* once, however many records it is said for */
static void warn_former(struct cli *cli, const char *option, const char *word, const char *name)
{
	struct finding what = { .level = LEVEL_WARNING, .code = "former-name", .file = option };

	for (size_t i = 0; i < cli->findings.count; i++)
		if (cli->findings.items[i].code &&
		    strcmp(cli->findings.items[i].code, what.code) == 0)
			return;
	finding_hint(&cli->findings,
		     findings_add(&cli->findings, &what, _("'%s' is out of date"), word),
		     _("it is now %s"), name);
}

int cli_unit(struct cli *cli, const char *option, const char *word)
{
	struct node value = { .type = NODE_STRING, .text = word, .count = (uint32_t)strlen(word) };
	int unit = plan_unit_word(&cli->plan, word);
	struct str hint = { 0 };
	struct finding *f;

	if (unit != NO_UNIT) {
		if (plan_unit_former(&cli->plan, unit, word))
			warn_former(cli, option, word, cli->plan.units[unit].name);
		return unit;
	}
	f = cli_error(cli, "unknown-word", _("%s: '%s' is no unit of the plan"), option, word);
	plan_word_hint(&cli->plan, "unit", &value, &hint);
	if (hint.len)
		finding_hint(&cli->findings, f, "%s", str_text(&hint));
	str_release(&hint);
	cli_fail(cli, REFUSED);
}

size_t cli_subproperties(struct cli *cli, const struct node *schema, struct schema_property **out)
{
	size_t n;

	errno = 0;
	n = schema_subproperties(cli->schemas.set, schema, &cli->arena, out);
	if (!n && errno == ENOMEM)
		cli_no_memory(cli);
	return n;
}

const char *cli_find_record(struct cli *cli, const char *id, struct arena *arena)
{
	const char *folder =
		store_find_record(&cli->store, id, cli->plan.folders, cli->plan.nfolders, arena);

	if (folder || errno == ENOENT)
		return folder;
	finding_errno(&cli->findings, id, _("cannot read"), errno);
	cli_fail(cli, CANNOT);
}
