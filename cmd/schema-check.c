/* schema-check: any YAML or JSON against any JSON Schema 2020-12. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/msg.h"
#include "cli/told.h"
#include "schema/load.h"
#include "yaml/stream.h"

static struct options {
	bool assert_format, warn_unknown, json;
	const char *format;
	struct strings folders;
} options;

static bool is_stdin(const char *path)
{
	return strcmp(path, "-") == 0;
}

static const char *shown(const char *path)
{
	return is_stdin(path) ? _("(standard input)") : path;
}

/* false after a finding */
static bool read_text(struct cli *cli, const char *path, struct str *text)
{
	int result = is_stdin(path) ? fd_read(STDIN_FILENO, READ_ANY.bytes, text)
				    : path_read(path, READ_ANY.bytes, text);

	if (result < 0) {
		finding_errno(&cli->findings, shown(path), _("cannot read the file"), errno);
		str_release(text);
	}
	return result == 0;
}

static int add_stdin(struct cli *cli, struct schema_set *set)
{
	struct str text = { 0 };
	int result = -1;

	if (read_text(cli, "-", &text))
		result = schema_set_add_text(set, URI_OF_NO_PLACE, shown("-"), str_text(&text),
					     text.len, options.json, &cli->findings);
	str_release(&text);
	return result;
}

static struct schema *load(struct cli *cli, struct schema_set *set, const char *path)
{
	unsigned flags = (options.assert_format ? SCHEMA_ASSERT_FORMAT : 0) |
			 (options.warn_unknown ? SCHEMA_WARN_UNKNOWN : 0);
	struct findings *findings = &cli->findings;
	struct schema *schema = NULL;
	int result = is_stdin(path) ? add_stdin(cli, set)
				    : schema_set_add_file(set, path, options.json, findings);

	for (size_t i = 0; i < options.folders.count; i++)
		if (schema_set_add_folder(set, options.folders.items[i], findings) < 0)
			result = -1;
	if (result == 0)
		schema = schema_compile(set, NULL, flags, findings);
	findings_sort(findings);
	if (!schema && !findings->errors)
		cli_no_memory(cli);
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

static void check_documents(struct job *job, struct schema_source *source, struct stream *stream)
{
	struct arena arena = { 0 };
	struct node *root;

	while (stream_next(stream, &arena, &root) > 0) {
		source->number = stream_number(stream);
		if (!schema_check(job->schema, job->run, root, NULL, NULL))
			schema_explain(job->schema, job->run, root, NULL, source,
				       &job->cli->findings);
		arena_reset(&arena);
	}
	arena_release(&arena);
}

static void check_file(struct job *job, const char *path)
{
	struct cli *cli = job->cli;
	struct str text = { 0 };
	struct lines lines;
	struct schema_source source = { .name = shown(path), .lines = &lines };
	size_t errors = cli->findings.errors;
	struct stream *stream;

	if (!read_text(cli, path, &text)) {
		job->unread = true;
		str_release(&text);
		return;
	}
	lines_init(&lines, str_text(&text), text.len);
	errno = 0;
	stream = stream_open(source.name, str_text(&text), text.len, named_json(path, options.json),
			     &READ_ANY, &cli->findings);
	if (stream)
		check_documents(job, &source, stream);
	if (errno == ENOMEM && cli->findings.errors == errors)
		cli_no_memory(cli);
	stream_close(stream);
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
