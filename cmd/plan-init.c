/* plan-init: makes a record folder from a plan. Same plan, same bytes, whoever runs it and when. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/msg.h"
#include "cli/writer.h"
#include "model/record.h"
#include "model/rules.h"
#include "store/durable.h"
#include "yaml/write.h"

#define PLAN_LIMIT ((size_t)16 * 1024 * 1024)

static const char ATTRIBUTES[] = "*.yaml text eol=lf\n/*/evidence/** -text -merge\n";
static const char IGNORED[] = ".duban-*\n";

/* keys of a plan's problem that are no fields of the record */
static const char *const PLAN_ONLY[] = { "title_by_editor", "target", NULL };

static bool is_plan_only(const char *name)
{
	for (const char *const *p = PLAN_ONLY; *p; p++)
		if (strcmp(*p, name) == 0)
			return true;
	return false;
}

static void put(struct cli *cli, struct node *map, const char *name, const char *text)
{
	struct node *node = node_new_string(&cli->arena, text, strlen(text));

	if (!node || node_set(&cli->arena, map, name, node) < 0)
		cli_no_memory(cli);
}

static struct node *entered(struct cli *cli, day_t listed)
{
	struct node *map = node_new_map(&cli->arena);
	char at[MOMENT_SIZE];

	if (!map)
		cli_no_memory(cli);
	put(cli, map, "at",
	    moment_format(moment_of_day(listed, cli->plan.offset), cli->plan.offset, at));
	put(cli, map, "by", "方案");
	put(cli, map, "unit", cli->plan.units[cli->plan.owner].id);
	put(cli, map, "to", "listed");
	put(cli, map, "note", cli->plan.doc_no);
	return map;
}

/* the record that the plan's problem becomes, in schema order */
static struct node *problem_record(struct cli *cli, const struct node *problem)
{
	struct node *fields = node_new_map(&cli->arena), *record = node_new_map(&cli->arena);
	struct schema_property *properties;
	size_t n =
		schemas_properties(&cli->schemas, KIND_PROBLEM, NULL, &properties, &cli->findings);
	const char *id = node_string(problem, "id");
	day_t listed;
	char date[DATE_SIZE];
	struct node *milestones;

	if (!n || !fields || !record)
		cli_fail(cli, CANNOT);
	id_parse(id, strlen(id), NULL, &listed);
	put(cli, fields, "kind", "problem");
	put(cli, fields, "unit", cli->plan.units[cli->plan.owner].id);
	put(cli, fields, "date", date_format(listed, date));
	for (uint32_t i = 0; i < problem->count; i++)
		if (!is_plan_only(problem->members[i].name) &&
		    node_set(&cli->arena, fields, problem->members[i].name,
			     problem->members[i].value) < 0)
			cli_no_memory(cli);
	milestones = milestone_list(cli, fields, listed);
	if (milestones && node_set(&cli->arena, fields, "milestones", milestones) < 0)
		cli_no_memory(cli);
	if (node_set(&cli->arena, fields, "entered", entered(cli, listed)) < 0)
		cli_no_memory(cli);
	for (size_t i = 0; i < n; i++) {
		const struct node *value = node_get(fields, properties[i].name);

		if (value && node_set(&cli->arena, record, properties[i].name, value) < 0)
			cli_no_memory(cli);
	}
	return record;
}

/* all records are made and checked before the first file is written */
static struct node **make_records(struct cli *cli, const char *plan, size_t *n)
{
	const struct schema *schema =
		schemas_compile_kind(&cli->schemas, KIND_PROBLEM, &cli->findings);
	struct node **records;

	*n = list_count(cli->plan.problems);
	records = arena_array(&cli->arena, *n, sizeof(struct node *));
	if (!schema)
		cli_fail(cli, CANNOT);
	if (!records)
		cli_no_memory(cli);
	for (size_t i = 0; i < *n; i++) {
		struct finding what = { .level = LEVEL_ERROR, .file = plan };
		struct schema_source source = {
			.name = plan, .pointer = arena_printf(&cli->arena, "/problems/%zu", i)
		};

		records[i] = problem_record(cli, &cli->plan.problems->items[i]);
		if (schema_findings(cli, schema, records[i], &source, &cli->findings))
			rules_check(&cli->plan, KIND_PROBLEM, records[i], &what, &cli->findings);
	}
	if (cli->findings.errors)
		cli_fail(cli, REFUSED);
	return records;
}

/* what a run that was cut short left, perhaps before it was on the disk */
static bool is_there(struct cli *cli, const char *path, const char *text, size_t n)
{
	struct str there = { 0 };
	bool same = store_size(&cli->store, path) == (int64_t)n &&
		    store_read(&cli->store, path, n, &there, &cli->findings) == DONE &&
		    memcmp(str_text(&there), text, n) == 0;

	str_release(&there);
	return same;
}

static void create(struct cli *cli, const char *path, const char *text, size_t n)
{
	size_t told = cli->findings.count;
	enum outcome outcome;

	if (!cli_flush())
		cli_fail(cli, CANNOT);
	outcome = store_create(&cli->store, path, text, n, &cli->findings);
	cli_paths(cli, told);
	if (outcome == REFUSED && is_there(cli, path, text, n)) {
		if (store_sync(&cli->store, &cli->findings) != DONE)
			cli_fail(cli, CANNOT);
		return;
	}
	if (outcome == REFUSED) {
		cli_error(cli, "exists", _("'%s' is there already"), cli_path(cli, path));
		cli_fail(cli, REFUSED);
	}
	if (outcome != DONE)
		cli_fail(cli, outcome);
	cli_added(cli, path);
}

/* the first line of `lines` that the text does not hold; NULL: it holds all */
static const char *missing_line(struct cli *cli, const char *text, const char *lines)
{
	while (*lines) {
		size_t n = strcspn(lines, "\n");
		const char *line = arena_strndup(&cli->arena, lines, n);
		const char *found = line ? strstr(text, line) : NULL;

		while (found && !((found == text || found[-1] == '\n') &&
				  (found[n] == '\n' || found[n] == '\r' || !found[n])))
			found = strstr(found + 1, line);
		if (!found)
			return line;
		lines += n + 1;
	}
	return NULL;
}

/* a .gitattributes or .gitignore that is there already is the person's; it must say what ours says
 */
static void create_or_check(struct cli *cli, const char *path, const char *text)
{
	struct str there = { 0 };
	const char *missing;

	if (!store_has(&cli->store, path)) {
		create(cli, path, text, strlen(text));
		return;
	}
	if (store_read(&cli->store, path, PLAN_LIMIT, &there, &cli->findings) != DONE)
		cli_fail(cli, CANNOT);
	missing = missing_line(cli, str_text(&there), text);
	if (missing) {
		struct finding what = { .level = LEVEL_WARNING,
					.code = "git-files",
					.file = cli_path(cli, path) };

		finding_hint(&cli->findings,
			     findings_add(&cli->findings, &what, "%s",
					  _("the file was there already and was left as it is")),
			     _("it should hold the line: %s"), missing);
	}
	str_release(&there);
}

static void open_folder(struct cli *cli, const char *dir)
{
	if (folder_make(dir) < 0) {
		finding_errno(&cli->findings, dir, _("cannot make the folder"), errno);
		cli_fail(cli, CANNOT);
	}
	if (cli->store.root >= 0)
		store_close(&cli->store);
	cli->schemas.store = NULL;
	cli->store.root = open_at(AT_FDCWD, dir, O_RDONLY | O_DIRECTORY);
	if (cli->store.root < 0) {
		finding_errno(&cli->findings, dir, _("cannot open the folder"), errno);
		cli_fail(cli, CANNOT);
	}
	if (asprintf(&cli->store.prefix, "%s%s", strcmp(dir, ".") == 0 ? "" : dir,
		     strcmp(dir, ".") == 0 || dir[strlen(dir) - 1] == '/' ? "" : "/") < 0)
		cli_no_memory(cli);
	if (faccessat(cli->store.root, "plan.yaml", F_OK, AT_SYMLINK_NOFOLLOW) == 0) {
		finding_hint(&cli->findings,
			     cli_error(cli, "exists", _("'%s' holds a plan already"), dir), "%s",
			     _("a plan is made once; choose another folder"));
		cli_fail(cli, REFUSED);
	}
}

static void read_plan(struct cli *cli, const char *file, struct str *path, struct str *text)
{
	struct finding what = { .level = LEVEL_ERROR, .code = "too-large" };
	int result;

	if (file)
		str_add(path, file);
	else if (!data_path("plans/pingliang-2024/plan.yaml", path)) {
		cli_error(cli, "no-plan", "%s", _("the plan Pingliang 2024 is not installed"));
		cli_fail(cli, CANNOT);
	}
	result = path_read(str_text(path), PLAN_LIMIT, text);
	what.file = str_text(path);
	if (result < 0 && errno == EFBIG)
		findings_add(&cli->findings, &what, _("the file is larger than %zu bytes"),
			     PLAN_LIMIT);
	else if (result < 0)
		finding_errno(&cli->findings, what.file, _("cannot read the plan"), errno);
	if (result < 0)
		cli_fail(cli, CANNOT);
	cli_load_plan(cli, str_text(path), text);
}

static void write_folder(struct cli *cli, const struct str *plan, struct node **records, size_t n)
{
	create_or_check(cli, ".gitattributes", ATTRIBUTES);
	create_or_check(cli, ".gitignore", IGNORED);
	for (size_t i = 0; i < cli->plan.nfolders; i++) {
		const char *path = arena_printf(&cli->arena, "%s/.keep", cli->plan.folders[i]);

		if (!path)
			cli_no_memory(cli);
		create(cli, path, "", 0);
	}
	for (size_t i = 0; i < n; i++) {
		struct str path = { 0 }, text = { 0 };

		path_of_record(&path, node_string(records[i], "unit"),
			       node_string(records[i], "id"));
		yaml_write(&text, records[i]);
		if (path.failed || text.failed)
			cli_no_memory(cli);
		create(cli, str_text(&path), str_text(&text), text.len);
		str_release(&path);
		str_release(&text);
	}
	/* the plan marks the root, so it comes last: what was cut short is no record folder */
	create(cli, "plan.yaml", str_text(plan), plan->len);
}

int main(int argc, char **argv)
{
	static const struct usage usage = {
		.operands = "DIR",
		.summary = N_("Make a record folder from a plan, by default Pingliang 2024."),
		.least = 1,
		.most = 1,
	};
	static struct cli cli;
	const char *file = NULL;
	struct strings operands = { 0 };
	struct str path = { 0 }, plan = { 0 };
	struct node **records;
	size_t n;

	cli_start(&cli, argc, argv);
	cli_add_options(&cli,
			(const struct opt[]){ { .name = "plan",
						.metavar = "FILE",
						.help = N_("another plan"),
						.one = &file } },
			1);
	args_parse(argc, argv, &cli.opts, &usage, &operands);
	if (cli.store.root >= 0)
		store_close(&cli.store);
	cli.schemas.store = NULL;
	read_plan(&cli, file, &path, &plan);
	records = make_records(&cli, str_text(&path), &n);
	open_folder(&cli, operands.items[0]);
	cli_tell_share(&cli, LEVEL_WARNING);
	write_folder(&cli, &plan, records, n);
	str_release(&path);
	str_release(&plan);
	strings_release(&operands);
	return cli_end(&cli, DONE);
}
