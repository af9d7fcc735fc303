/* The plan, checked by its schema before it is loaded and by its own words after. */
#include "base/msg.h"
#include "cli/cli.h"
#include "yaml/read.h"

/* the number is looked at before the schema, which is that of another format */
static void check_format(struct cli *cli, const struct node *root, const char *path)
{
	int64_t format = node_integer(root, "duban", 0);
	struct finding what = { .level = LEVEL_ERROR, .code = "newer-format", .file = path };

	if (format <= PLAN_FORMAT)
		return;
	what.line = node_get(root, "duban")->line;
	what.column = node_get(root, "duban")->column;
	finding_hint(&cli->findings,
		     findings_add(&cli->findings, &what,
				  _("the folder has format %lld, newer than %d"), (long long)format,
				  PLAN_FORMAT),
		     "%s", _("install a newer duban"));
	cli_fail(cli, CANNOT);
}

/* false after findings */
static bool plan_conforms(struct cli *cli, const struct schema *schema, struct schema_run *run,
			  const struct node *root, const struct schema_host *host,
			  const struct schema_source *source)
{
	bool valid = schema_check(schema, run, root, host, NULL);

	if (!valid)
		schema_explain(schema, run, root, host, source, &cli->findings);
	return valid;
}

void cli_load_plan(struct cli *cli, const char *path, const struct str *text)
{
	struct schema_source source = { .name = path, .text = str_text(text), .size = text->len };
	/* the plan's own words, known once it is loaded; what it names need not be recorded yet */
	struct schema_host words = *cli_host(cli);
	const struct schema *schema;
	struct schema_run *run;
	struct node *root;
	bool valid;

	words.has_record = NULL;
	root = yaml_read(&cli->arena, path, str_text(text), text->len, &READ_LARGE, &cli->findings);
	if (!root)
		cli_fail(cli, CANNOT);
	check_format(cli, root, path);
	schema = schemas_compile_plan(&cli->schemas, &cli->findings);
	run = schema ? schema_run_new(schema) : NULL;
	if (!run)
		cli_fail(cli, CANNOT);
	valid = plan_conforms(cli, schema, run, root, NULL, &source) &&
		plan_load(&cli->plan, root, path, &cli->arena, &cli->findings) == 0 &&
		plan_conforms(cli, schema, run, root, &words, &source);
	schema_run_free(run);
	if (!valid)
		cli_fail(cli, CANNOT);
	cli->has_folder = true;
}
