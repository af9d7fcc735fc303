#include "cli/handin.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/map.h"
#include "base/msg.h"
#include "cli/submissions.h"
#include "report/form.h"
#include "report/render.h"
#include "report/submissions.h"
#include "store/durable.h"
#include "store/evidence.h"
#include "store/store.h"

#define EVIDENCE_FOLDER "佐证资料"
#define CONTENTS "目录.html"
#define DIGESTS "SHA256SUMS"

/* a file of evidence that records name */
struct evidence_file {
	const char *from, *digest; /* path in the record folder; digest NULL: none is known */
	int64_t bytes;
	const char *name;   /* in the hand-in */
	const char *type;   /* labels: several records may take the same file for several kinds */
	const char *record; /* all that name it */
	struct evidence_file *next;
};

struct handin {
	struct cli *cli;
	struct reader *reader;
	const char *folder;
	const struct node *labels; /* of kinds of evidence */
	struct map seen;           /* by path */
	struct evidence_file *files, **last;
	struct str digests;
	struct table *table; /* of the page of contents */
	struct report report;
};

/*
 * 登记表-2024-04-18-v-20240418-7k3fq2-0123456789ab.jpg: kind, day, record and digest; nothing that
 * a person typed, whose name could stand in it
 */
static const char *readable_name(const struct handin *h, const struct folded *f, const char *type,
				 const char *path)
{
	const char *base = strrchr(path, '/'), *date = node_string(f->fields, "date");

	return arena_printf(&h->cli->arena, EVIDENCE_FOLDER "/%s-%s-%s-%s", type, date ? date : "",
			    f->record->id, base ? base + 1 : path);
}

/* a、b: a list with one more, unless it is there; no label is within another, and no id */
static void add_name(struct handin *h, const char **list, const char *name)
{
	if (strstr(*list, name))
		return;
	*list = arena_concat(&h->cli->arena, *list, "、", name, NULL);
	if (!*list)
		cli_no_memory(h->cli);
}

static void add_file(struct handin *h, const struct folded *f, const struct node *entry,
		     const char *key)
{
	struct arena *arena = &h->cli->arena;
	const char *path = node_string(entry, key), *code = node_string(entry, "type");
	const char *label = code ? node_string(h->labels, code) : NULL;
	const char *type = label ? label : code ? code : "其他";
	struct evidence_file *file = path ? map_get(&h->seen, path, strlen(path)) : NULL;

	if (file) {
		add_name(h, &file->type, type);
		add_name(h, &file->record, f->record->id);
	}
	if (!path || file)
		return;
	file = arena_alloc(arena, sizeof(*file));
	if (!file)
		cli_no_memory(h->cli);
	*file = (struct evidence_file){
		.from = arena_strdup(arena, path),
		.digest = arena_strdup(arena, node_string(entry, "sha256")),
		.bytes = node_integer(entry, "bytes", -1),
		.type = arena_strdup(arena, type),
		.record = arena_strdup(arena, f->record->id),
	};
	file->name = file->type ? readable_name(h, f, file->type, path) : NULL;
	if (!file->from || !file->record || !file->name ||
	    map_put(&h->seen, file->from, strlen(file->from), file) < 0)
		cli_no_memory(h->cli);
	*h->last = file;
	h->last = &file->next;
}

/* files of the events that count, then what a hand-in names itself */
static void take(void *context, const struct folded *f)
{
	struct handin *h = context;
	const struct node *items = node_get(f->fields, "items");

	if (f->state == STATE_WITHDRAWN)
		return;
	for (size_t i = 0; i < f->nsteps; i++) {
		const struct node *list = node_get(f->steps[i].event->root, "evidence");

		for (size_t k = 0; f->steps[i].skip == SKIP_NONE && k < list_count(list); k++)
			add_file(h, f, &list->items[k], "file");
	}
	for (size_t i = 0; f->record->kind == KIND_SUBMISSION && i < list_count(items); i++)
		add_file(h, f, &items->items[i], "evidence");
}

static enum evidence_state state_of(const struct handin *h, const struct evidence_file *file)
{
	return evidence_or_away(h->cli, file->from,
				file->digest ? evidence_look(&h->cli->store, file->from,
							     file->digest, (size_t)file->bytes)
					     : evidence_look_named(&h->cli->store, file->from));
}

/* all that is wrong is told before anything is written */
static void check_files(struct handin *h)
{
	struct cli *cli = h->cli;
	enum outcome outcome = DONE;

	for (const struct evidence_file *f = h->files; f; f = f->next) {
		switch (state_of(h, f)) {
		case EVIDENCE_SAME:
			break;
		case EVIDENCE_AWAY:
			cli_error(cli, "not-here", _("the evidence '%s' is not here"), f->from);
			outcome = CANNOT;
			break;
		case EVIDENCE_GONE:
			cli_error(cli, "evidence", _("the evidence '%s' of %s is missing"), f->from,
				  f->record);
			outcome = worse_of(outcome, REFUSED);
			break;
		case EVIDENCE_OTHER:
			cli_error(cli, "evidence", _("the evidence '%s' of %s was changed"),
				  f->from, f->record);
			outcome = worse_of(outcome, REFUSED);
			break;
		}
	}
	if (outcome != DONE)
		cli_fail(cli, outcome);
}

static void make_folder(struct cli *cli, const char *path)
{
	if (folder_make(path) == 0)
		return;
	cli_error(cli, "io", _("cannot make the folder %s: %s"), path, strerror(errno));
	cli_fail(cli, CANNOT);
}

/* what is handed in is no record: in the record folder the next commit would keep it for ever */
static void need_outside(struct cli *cli, const char *path)
{
	char *parent = arena_strdup(&cli->arena, path);
	struct str inside = { 0 };
	size_t n = strlen(path);
	bool is_inside;

	if (!parent)
		cli_no_memory(cli);
	/* one that is not there yet lies where it will be */
	while (n && parent[n - 1] == '/')
		parent[--n] = '\0';
	while (n && parent[n - 1] != '/')
		parent[--n] = '\0';
	is_inside =
		store_relative(&cli->store, path, &inside) ||
		(access(path, F_OK) != 0 && store_relative(&cli->store, n ? parent : ".", &inside));
	str_release(&inside);
	if (!is_inside)
		return;
	finding_hint(&cli->findings,
		     cli_error(cli, "inside", _("%s lies in the record folder"), path), "%s",
		     _("name a folder outside: what is in here goes into git and stays there"));
	cli_fail(cli, REFUSED);
}

static void need_empty(struct cli *cli, const char *path)
{
	const struct dirent *entry;
	bool empty = true;
	DIR *dir;

	make_folder(cli, path);
	dir = opendir(path);
	if (!dir) {
		cli_error(cli, "io", _("cannot read %s: %s"), path, strerror(errno));
		cli_fail(cli, CANNOT);
	}
	while ((entry = readdir(dir)))
		empty = empty &&
			(strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0);
	closedir(dir);
	if (empty)
		return;
	finding_hint(&cli->findings, cli_error(cli, "not-empty", _("%s is not empty"), path), "%s",
		     _("name a folder that is not there yet"));
	cli_fail(cli, REFUSED);
}

static const char *path_in(const struct handin *h, const char *name)
{
	const char *path = !name ? NULL : arena_concat(&h->cli->arena, h->folder, "/", name, NULL);

	if (!path)
		cli_no_memory(h->cli);
	return path;
}

/* one file of the hand-in: written, in the list of digests, in the page of contents */
static void put_file(struct handin *h, const char *name, const char *what, const char *record,
		     const struct str *bytes)
{
	char digest[DIGEST_SIZE];
	struct cell *cells;

	sha256_hex(str_text(bytes), bytes->len, digest);
	export_file(h->cli, path_in(h, name), bytes);
	str_addf(&h->digests, "%s  %s\n", digest, name);
	cells = table_row(&h->report, h->table);
	cell_text(&h->report, &cells[0], name);
	cell_text(&h->report, &cells[1], what);
	cell_text(&h->report, &cells[2], record);
	cell_text(&h->report, &cells[3], digest);
}

static void put_form(struct handin *h, const struct export_options *options, const char *id,
		     const char *name, const char *title)
{
	struct str bytes = { 0 };

	export_form(h->cli, h->reader, options, id, &bytes);
	put_file(h, name, title, NULL, &bytes);
	str_release(&bytes);
}

static void put_forms(struct handin *h, struct export_options *options)
{
	const struct node *annexes = node_get(h->cli->plan.root, "annexes");

	options->xlsx = true;
	for (size_t i = 0; i < list_count(annexes); i++) {
		const char *id = node_string(&annexes->items[i], "id");

		put_form(h, options, id,
			 arena_concat(&h->cli->arena, "附件", form_number(&annexes->items[i]),
				      ".xlsx", NULL),
			 form_title(&annexes->items[i]));
	}
	put_form(h, options, FORM_PROBLEMS, "问题清单.xlsx", "问题清单");
}

static void put_evidence(struct handin *h)
{
	if (h->files)
		make_folder(h->cli, path_in(h, EVIDENCE_FOLDER));
	for (const struct evidence_file *f = h->files; f; f = f->next) {
		struct str bytes = { 0 };
		char digest[DIGEST_SIZE];

		if (store_read(&h->cli->store, f->from, EVIDENCE_LIMIT, &bytes,
			       &h->cli->findings) != DONE)
			cli_fail(h->cli, CANNOT);
		/* what is copied is what the record tells of, also when it was changed meanwhile */
		if (f->digest &&
		    strcmp(sha256_hex(str_text(&bytes), bytes.len, digest), f->digest) != 0) {
			cli_error(h->cli, "evidence", _("the evidence '%s' of %s was changed"),
				  f->from, f->record);
			cli_fail(h->cli, REFUSED);
		}
		put_file(h, f->name, f->type, f->record, &bytes);
		str_release(&bytes);
	}
}

static void start_report(struct handin *h, const struct submissions *submissions)
{
	static const struct column columns[] = {
		{ "file", "文件", CELL_TEXT, 0, 3 },
		{ "type", "内容", CELL_TEXT, 0, 2 },
		{ "record", "记录", CELL_CODE, 0, 0 },
		{ "sha256", "校验值", CELL_TEXT, 0, 2 },
	};
	struct unit_set rows = { 0 };
	struct report *report = &h->report;

	set_add(&rows, plan_unit(&h->cli->plan, h->reader->units[0]));
	report_heading(report, 1, "佐证资料目录");
	report_as_of(report, "截至", h->reader->stamp);
	cell_code(report, report_fact(report, "unit", "报送单位", CELL_CODE), h->reader->units[0],
		  plan_name(&h->cli->plan, h->reader->units[0]));
	submissions_facts(report, submissions, h->reader->day);
	submissions_tables(report, submissions, h->labels, &rows);
	h->table = report_table(report, "contents", "文件", NULL, columns, 4);
}

/* the page that says what is there is in the list of digests, but not in itself */
static void put_contents(struct handin *h)
{
	char digest[DIGEST_SIZE];
	struct str page = { 0 };

	if (render_html(&h->report, &page) < 0)
		cli_no_memory(h->cli);
	sha256_hex(str_text(&page), page.len, digest);
	str_addf(&h->digests, "%s  " CONTENTS "\n", digest);
	if (h->digests.failed)
		cli_no_memory(h->cli);
	export_file(h->cli, path_in(h, CONTENTS), &page);
	/* the list comes last: where it is, all is there */
	export_file(h->cli, path_in(h, DIGESTS), &h->digests);
	str_release(&page);
}

void handin_write(struct cli *cli, struct reader *reader, struct export_options *options,
		  const char *folder)
{
	struct handin h = { .cli = cli, .reader = reader, .folder = folder };
	struct submissions submissions;

	if (!reader->nunits) {
		cli_error(cli, "no-folder", _("unit '%s' keeps no records"),
			  reader->units_text.items[0]);
		cli_fail(cli, REFUSED);
	}
	h.last = &h.files;
	h.labels = evidence_labels(cli);
	map_init(&h.seen, &cli->arena);
	reader_need_here(cli, reader);
	records_scan(cli, reader, reader->units, reader->nunits, ALL_KINDS, NULL, take, &h);
	check_files(&h);
	submissions_read(cli, reader, &submissions);
	need_outside(cli, folder);
	need_empty(cli, folder);
	report_init(&h.report, &cli->arena);
	start_report(&h, &submissions);
	put_forms(&h, options);
	put_evidence(&h);
	put_contents(&h);
	report_out(cli, reader, &h.report);
	str_release(&h.digests);
}
