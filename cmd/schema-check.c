/* schema-check: any YAML or JSON against any JSON Schema 2020-12. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/msg.h"
#include "cli/told.h"
#include "schema/uri.h"
#include "yaml/read.h"

static struct options {
	bool assert_format, warn_unknown, json;
	const char *format;
	struct strings folders;
} options;

/* a stream of anybody's documents */
static const struct read_options READ_ANY = { .bytes = (size_t)1 << 30,
					      .depth = 512,
					      .nodes = 1000 * 1000 };

static bool ends_in(const char *name, const char *end)
{
	size_t n = strlen(name), m = strlen(end);

	return n > m && strcmp(name + n - m, end) == 0;
}

static bool is_json(const char *name)
{
	bool is_yaml = ends_in(name, ".yaml") || ends_in(name, ".yml");

	return ends_in(name, ".json") || (options.json && !is_yaml);
}

static const char *shown(const char *path)
{
	return strcmp(path, "-") == 0 ? _("(standard input)") : path;
}

/* false after a finding */
static bool read_text(struct cli *cli, const char *path, struct str *text)
{
	int result = strcmp(path, "-") == 0 ? fd_read(STDIN_FILENO, READ_ANY.bytes, text)
					    : path_read(path, READ_ANY.bytes, text);

	if (result < 0)
		finding_errno(&cli->findings, shown(path), _("cannot read the file"), errno);
	return result == 0;
}

/* where a relative $ref of the file starts; a text without a place has none */
static const char *uri_of(struct cli *cli, const char *path)
{
	char real[PATH_MAX];
	struct str uri = { 0 };
	const char *copy;

	if (strcmp(path, "-") == 0 || !realpath(path, real))
		return "file:///-";
	uri_add_path(&uri, real);
	copy = arena_strdup(&cli->arena, str_text(&uri));
	if (!copy)
		cli_no_memory(cli);
	str_release(&uri);
	return copy;
}

static void add_schema(struct cli *cli, struct schema_set *set, const char *path, const char *uri)
{
	struct str text = { 0 };
	const struct node *root;
	const char *kept;

	if (!read_text(cli, path, &text))
		cli_fail(cli, CANNOT);
	kept = arena_strndup(&cli->arena, str_text(&text), text.len);
	if (!kept)
		cli_no_memory(cli);
	root = (is_json(path) ? json_read : yaml_read)(&cli->arena, shown(path), kept, text.len,
						       &READ_LARGE, &cli->findings);
	if (!root ||
	    schema_set_add(set, root, uri, shown(path), kept, text.len, &cli->findings) < 0)
		cli_fail(cli, CANNOT);
	str_release(&text);
}

static void add_folder(struct cli *cli, struct schema_set *set, const char *folder,
		       const char *first)
{
	size_t n;
	const char **paths = files_below(folder, &cli->arena, &n);

	if (!paths) {
		finding_errno(&cli->findings, folder, _("cannot read the folder"), errno);
		cli_fail(cli, CANNOT);
	}
	for (size_t i = 0; i < n; i++) {
		const char *uri = uri_of(cli, paths[i]);

		if ((ends_in(paths[i], ".json") || ends_in(paths[i], ".yaml") ||
		     ends_in(paths[i], ".yml")) &&
		    strcmp(uri, first) != 0)
			add_schema(cli, set, paths[i], uri);
	}
}

static struct schema *load(struct cli *cli, struct schema_set *set, const char *path)
{
	unsigned flags = (options.assert_format ? SCHEMA_ASSERT_FORMAT : 0) |
			 (options.warn_unknown ? SCHEMA_WARN_UNKNOWN : 0);
	const char *uri = uri_of(cli, path);
	struct schema *schema;

	add_schema(cli, set, path, uri);
	for (size_t i = 0; i < options.folders.count; i++)
		add_folder(cli, set, options.folders.items[i], uri);
	schema = schema_compile(set, uri, flags, &cli->findings);
	findings_sort(&cli->findings);
	if (!schema)
		cli_fail(cli, CANNOT);
	return schema;
}

struct job {
	struct cli *cli;
	const struct schema *schema;
	struct schema_run *run;
	bool unread; /* a file could not be read */
};

static void check_document(struct job *job, const struct schema_source *source,
			   const struct node *root, size_t number)
{
	struct findings *findings = &job->cli->findings;
	size_t from = findings->count;

	if (schema_check(job->schema, job->run, root, NULL, NULL))
		return;
	schema_explain(job->schema, job->run, root, NULL, source, findings);
	for (size_t i = from; number > 1 && i < findings->count; i++) {
		struct finding *f = &findings->items[i];

		f->within = f->within
				    ? arena_printf(&findings->arena, _("%s; in document %zu"),
						   f->within, number)
				    : arena_printf(&findings->arena, _("in document %zu"), number);
	}
}

static void check_stream(struct job *job, const struct schema_source *source)
{
	struct findings *findings = &job->cli->findings;
	struct yaml_reader *reader =
		yaml_open(source->name, source->text, source->size, &READ_ANY, findings);
	struct arena arena = { 0 };
	struct node *root;
	size_t number = 0;
	int n;

	if (!reader)
		return;
	while ((n = yaml_next(reader, &arena, &root)) > 0) {
		check_document(job, source, root, ++number);
		arena_reset(&arena);
	}
	if (n == 0 && number == 0) {
		const struct finding what = { .level = LEVEL_ERROR,
					      .code = "empty",
					      .file = source->name,
					      .line = 1,
					      .column = 1 };

		findings_add(findings, &what, "%s", _("the file is empty"));
	}
	yaml_close(reader);
	arena_release(&arena);
}

static void check_file(struct job *job, const char *path)
{
	struct cli *cli = job->cli;
	struct str text = { 0 };
	struct schema_source source = { .name = shown(path) };
	size_t errors = cli->findings.errors;
	struct arena arena = { 0 };
	const struct node *root;

	if (!read_text(cli, path, &text)) {
		job->unread = true;
		return;
	}
	source.text = str_text(&text);
	source.size = text.len;
	errno = 0;
	if (!is_json(path)) {
		check_stream(job, &source);
	} else {
		root = json_read(&arena, source.name, source.text, source.size, &READ_ANY,
				 &cli->findings);
		if (root)
			check_document(job, &source, root, 1);
	}
	if (errno == ENOMEM && cli->findings.errors == errors)
		cli_no_memory(cli);
	arena_release(&arena);
	str_release(&text);
}

static enum outcome run(struct cli *cli, const struct strings *operands)
{
	struct schema_set *set = schema_set_new();
	struct job job = { .cli = cli };
	struct schema *schema;
	size_t errors;

	if (!set)
		cli_no_memory(cli);
	schema = load(cli, set, operands->items[0]);
	job.schema = schema;
	job.run = schema_run_new(schema);
	if (!job.run)
		cli_no_memory(cli);
	for (size_t i = 1; i < operands->count; i++)
		check_file(&job, operands->items[i]);
	errors = cli->findings.errors;
	findings_sort(&cli->findings);
	told_print(cli, options.format, operands->count - 1, "");
	schema_run_free(job.run);
	schema_free(schema);
	schema_set_free(set);
	return job.unread ? CANNOT : errors ? REFUSED : DONE;
}

int main(int argc, char **argv)
{
	static const struct usage usage = {
		.operands = "SCHEMA FILE...",
		.summary = N_("Check YAML or JSON files against a JSON Schema 2020-12, itself YAML "
			      "or JSON; - is standard input."),
		.least = 2,
		.most = SIZE_MAX,
	};
	const struct opt table[] = {
		{ .help = N_("What to check:") },
		{ .name = "schema-dir",
		  .metavar = "DIR",
		  .help = N_("a folder of schemas that $ref may name, by $id or by path"),
		  .many = &options.folders },
		{ .name = "assert-format",
		  .help = N_("format is checked, not only noted"),
		  .flag = &options.assert_format },
		{ .name = "warn-unknown",
		  .help = N_("warn of keywords that JSON Schema does not have"),
		  .flag = &options.warn_unknown },
		{ .name = "json",
		  .help = N_("strict JSON is what a file holds whose name does not say so"),
		  .flag = &options.json },
		{ .name = "format",
		  .metavar = "FORMAT",
		  .help = N_("text or json"),
		  .one = &options.format },
	};
	static struct cli cli;
	struct strings operands = { 0 };
	enum outcome outcome;

	cli_start(&cli, argc, argv);
	cli_add_options(&cli, table, sizeof(table) / sizeof(*table));
	args_parse(argc, argv, &cli.opts, &usage, &operands);
	told_check_format(options.format);
	outcome = run(&cli, &operands);
	strings_release(&operands);
	strings_release(&options.folders);
	return cli_end(&cli, outcome);
}
