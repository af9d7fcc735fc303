#include "cli/read.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/msg.h"
#include "cli/personal.h"
#include "cli/progress.h"
#include "report/render.h"
#include "store/sparse.h"

void reader_add_options(struct cli *cli, struct reader *r, unsigned which)
{
	const struct opt as_of = { .name = "as-of",
				   .metavar = "DATE|TIME",
				   .help = N_("what was known then, dates judged as of that day"),
				   .one = &r->as_of_text };
	const struct opt unit = { .name = "unit",
				  .metavar = "UNIT",
				  .help = N_("only records of this unit; may be repeated"),
				  .many = &r->units_text };
	const struct opt format[] = {
		{ .name = "format",
		  .metavar = "FORMAT",
		  .help = N_("text, md, html, fodt, csv, json or xlsx"),
		  .one = &r->format },
		{ .name = "encoding",
		  .metavar = "NAME",
		  .help = N_("of csv: utf-8 with BOM (default) or gb18030"),
		  .one = &r->encoding },
	};

	const struct opt redact = { .name = "redact",
				    .help = N_("mask the names of persons, and ID numbers, mobile "
					       "numbers and e-mail addresses in texts"),
				    .flag = &r->redact };

	if (which & READ_AS_OF)
		cli_add_options(cli, &as_of, 1);
	if (which & READ_UNIT)
		cli_add_options(cli, &unit, 1);
	if (which & READ_FORMAT)
		cli_add_options(cli, format, 2);
	if (which & READ_REDACT)
		cli_add_options(cli, &redact, 1);
}

static void resolve_moment(struct cli *cli, struct reader *r)
{
	const char *text = r->as_of_text;
	char stamp[MOMENT_SIZE];

	r->as_of = MOMENT_ALL;
	if (!text) {
		r->day = day_of_moment(cli->now, cli->plan.offset);
		date_format(r->day, stamp);
	} else if (date_parse(text, strlen(text), &r->day)) {
		r->as_of = moment_of_day(r->day + 1, cli->plan.offset) - 1;
		date_format(r->day, stamp);
	} else if (moment_parse(text, strlen(text), &r->as_of)) {
		r->day = day_of_moment(r->as_of, cli->plan.offset);
		moment_format(r->as_of, cli->plan.offset, stamp);
	} else {
		finding_hint(&cli->findings,
			     cli_error(cli, "format", _("--as-of: '%s' is no date or time"), text),
			     "%s", _("write it as 2024-05-06 or 2024-05-06T08:30:00+08:00"));
		cli_fail(cli, REFUSED);
	}
	r->stamp = arena_strdup(&cli->arena, stamp);
	if (!r->stamp)
		cli_no_memory(cli);
}

static void resolve_units(struct cli *cli, struct reader *r)
{
	r->filtered = r->units_text.count > 0;
	if (!r->filtered) {
		r->units = cli->plan.folders;
		r->nunits = cli->plan.nfolders;
		return;
	}
	r->units = arena_array(&cli->arena, r->units_text.count, sizeof(*r->units));
	if (!r->units)
		cli_no_memory(cli);
	for (size_t i = 0; i < r->units_text.count; i++) {
		int unit = cli_unit(cli, "--unit", r->units_text.items[i]);
		const char *id = cli->plan.units[unit].id;
		bool known = !cli->plan.units[unit].folder;

		for (size_t j = 0; j < r->nunits; j++)
			known = known || strcmp(r->units[j], id) == 0;
		if (!known)
			r->units[r->nunits++] = id;
	}
}

/* the forms that need nothing but the report */
static int (*renderer_of(const char *format))(const struct report *report, struct str *out)
{
	static const struct {
		const char *name;
		int (*render)(const struct report *report, struct str *out);
	} forms[] = { { "md", render_md },
		      { "html", render_html },
		      { "fodt", render_fodt },
		      { "csv", render_csv },
		      { "json", render_json } };

	for (size_t i = 0; format && i < sizeof(forms) / sizeof(*forms); i++)
		if (strcmp(forms[i].name, format) == 0)
			return forms[i].render;
	return NULL;
}

static bool is_xlsx(const struct reader *r)
{
	return r->format && strcmp(r->format, "xlsx") == 0;
}

void no_terminal(void)
{
	if (isatty(STDOUT_FILENO) == 1)
		usage_error("%s",
			    _("a spreadsheet is not written to a terminal: redirect it into a "
			      "file"));
}

void reader_resolve(struct cli *cli, struct reader *r)
{
	if (r->format && strcmp(r->format, "text") && !is_xlsx(r) && !renderer_of(r->format))
		usage_error(_("--format is text, md, html, fodt, csv, json or xlsx, not '%s'"),
			    r->format);
	if (is_xlsx(r)) {
		if (r->encoding)
			usage_error("%s", _("--encoding does not go with xlsx"));
		no_terminal();
	}
	resolve_moment(cli, r);
	resolve_units(cli, r);
}

bool reader_for_people(const struct reader *r)
{
	return !r->format ||
	       (strcmp(r->format, "csv") != 0 && strcmp(r->format, "json") != 0 && !is_xlsx(r));
}

bool all_here(const struct cli *cli)
{
	for (size_t i = 0; i < cli->plan.nfolders; i++)
		if (!store_has_folder(&cli->store, cli->plan.folders[i]))
			return false;
	return true;
}

void reader_need_here(struct cli *cli, const struct reader *r)
{
	bool missing = false;

	for (size_t i = 0; i < r->nunits; i++) {
		if (store_has_folder(&cli->store, r->units[i]))
			continue;
		missing = true;
		finding_hint(&cli->findings,
			     cli_error(cli, "not-here", _("the folder of unit '%s' is not here"),
				       r->units[i]),
			     "%s", _("check it out, or leave it out with --unit"));
	}
	if (missing)
		cli_fail(cli, CANNOT);
}

const char *record_path(struct arena *arena, const struct record *record)
{
	return arena_concat(arena, record->folder, "/", record->id, ".yaml", NULL);
}

const char *path_operand(const struct strings *operands)
{
	for (size_t i = 0; i < operands->count; i++)
		if (strchr(operands->items[i], '/'))
			return operands->items[i];
	return NULL;
}

bool has_io(const struct findings *findings, size_t from)
{
	for (size_t i = from; i < findings->count; i++)
		if (strcmp(findings->items[i].code, "io") == 0 ||
		    strcmp(findings->items[i].code, "odd-name") == 0)
			return true;
	return false;
}

void record_load(struct cli *cli, const struct ref *ref, struct record *record)
{
	struct stored *stored = arena_alloc(&cli->arena, sizeof(*stored));
	size_t told = cli->findings.count;
	enum outcome outcome;

	if (!stored)
		cli_no_memory(cli);
	outcome =
		store_load(&cli->store, ref->folder, ref->id, &cli->arena, stored, &cli->findings);
	cli_paths(cli, told);
	if (outcome == REFUSED)
		cli_error(cli, "no-record", _("there is no record '%s'"), ref->id);
	if (outcome != DONE)
		cli_fail(cli, outcome);
	told = cli->findings.count;
	if (record_parse(record, stored, cli->store.prefix, &cli->arena, &cli->findings) < 0)
		cli_fail(cli, has_io(&cli->findings, told) ? CANNOT : REFUSED);
}

const char *merged_into(const struct cli *cli, const char *id, moment_t as_of, enum state *state,
			struct arena *arena, struct findings *findings)
{
	const char *folder =
		store_find_record(&cli->store, id, cli->plan.folders, cli->plan.nfolders, arena);
	const char *master = NULL;
	struct stored stored;
	struct record record;
	struct folded f;

	*state = STATES;
	if (!folder || store_load(&cli->store, folder, id, arena, &stored, findings) != DONE ||
	    record_parse(&record, &stored, "", arena, findings) < 0)
		return NULL;
	if (record_fold(&f, &record, as_of, cli->plan.offset, arena) < 0)
		findings->lost = true;
	*state = f.state;
	for (size_t i = 0; i < f.nsteps && f.state == STATE_MERGED; i++)
		if (f.steps[i].skip == SKIP_NONE && f.steps[i].after == STATE_MERGED &&
		    f.steps[i].before != STATE_MERGED)
			master = node_string(f.steps[i].event->root, "master");
	return master;
}

/* the folded records of a batch */
struct found {
	struct folded folded;
	struct record record;
	struct found *next;
};

struct found_list {
	struct found *first, **last;
};

struct scanning {
	struct cli *cli;
	moment_t as_of;
	void (*take)(void *context, const struct folded *folded);
	void *context;
	struct personal *personal; /* NULL: names stay */
	bool io_error;
};

static bool fold_one(void *context, void *worker, struct arena *arena, const struct stored *stored,
		     struct batch *batch)
{
	const struct scanning *s = context;
	struct found_list *list = batch->result;
	struct stored kept = *stored;
	struct found *found;

	(void)worker;
	(void)arena;
	if (!list) {
		list = batch->result = arena_alloc(&batch->arena, sizeof(*list));
		if (!list)
			return false;
		list->last = &list->first;
	}
	if (stored->type == STORED_NO_FILE) {
		finding_no_file(&batch->findings,
				arena_concat(&batch->arena, s->cli->store.prefix, stored->folder,
					     "/", stored->id, NULL));
		return true;
	}
	if (stored->type != STORED_RECORD)
		return true; /* record-check tells of it */
	found = arena_alloc(&batch->arena, sizeof(*found));
	kept.id = arena_strdup(&batch->arena, stored->id);
	if (!found || !kept.id)
		return false;
	if (record_parse(&found->record, &kept, s->cli->store.prefix, &batch->arena,
			 &batch->findings) < 0)
		return true;
	for (size_t i = 1; i < found->record.nevents; i++) {
		struct event *event = &found->record.events[i];

		event->name = arena_strdup(&batch->arena, event->name);
		if (!event->name)
			return false;
	}
	if (record_fold(&found->folded, &found->record, s->as_of, s->cli->plan.offset,
			&batch->arena) < 0)
		return false;
	if (found->folded.exists) {
		*list->last = found;
		list->last = &found->next;
	}
	return true;
}

static bool take_batch(void *context, struct batch *batch)
{
	struct scanning *s = context;
	const struct found_list *list = batch->result;

	for (struct found *f = list ? list->first : NULL; f; f = f->next) {
		if (s->personal)
			personal_redact(s->personal, &f->folded, &batch->arena);
		s->take(s->context, &f->folded);
		progress_tick(1);
	}
	s->io_error = s->io_error || has_io(&batch->findings, 0);
	return true;
}

void records_scan(struct cli *cli, const struct reader *r, const char *const *units, size_t nunits,
		  unsigned kinds, const char *prefix,
		  void (*take)(void *context, const struct folded *folded), void *context)
{
	struct scanning s = { .cli = cli, .as_of = r->as_of, .take = take, .context = context };
	struct scan scan = { .units = units,
			     .nunits = nunits,
			     .kinds = kinds,
			     .prefix = prefix,
			     .work = fold_one,
			     .take = take_batch,
			     .context = &s };
	struct personal personal = { .cli = cli };
	size_t errors = cli->findings.errors; /* told of other records before */
	enum outcome outcome;

	if (r->redact)
		s.personal = &personal;

	/* a record lies in the month of its date; those of a day are too few for threads */
	if (prefix) {
		int date = atoi(prefix + 2);

		scan.threads = 1;
		scan.first_month = scan.last_month = date / 10000 * 12 + date / 100 % 100 - 1;
	}
	outcome = store_scan(&cli->store, &scan, &cli->findings);
	progress_end();
	if (outcome == DONE && cli->findings.errors > errors)
		outcome = s.io_error ? CANNOT : REFUSED;
	if (cli->findings.lost)
		outcome = CANNOT;
	if (outcome != DONE)
		cli_fail(cli, outcome);
}

enum evidence_state evidence_or_away(const struct cli *cli, const char *file,
				     enum evidence_state state)
{
	return state == EVIDENCE_GONE && store_leaves_out(&cli->store, environ, file)
		       ? EVIDENCE_AWAY
		       : state;
}

enum evidence_answer evidence_answer(enum evidence_state state)
{
	switch (state) {
	case EVIDENCE_SAME:
		return EVIDENCE_GOOD;
	case EVIDENCE_GONE:
		return EVIDENCE_MISSING;
	case EVIDENCE_OTHER:
		return EVIDENCE_CHANGED;
	case EVIDENCE_AWAY:
		break;
	}
	return EVIDENCE_NOT_HERE;
}

static size_t terminal_width(void)
{
	struct winsize size;

	if (isatty(STDOUT_FILENO) == 1 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 &&
	    size.ws_col >= 20)
		return size.ws_col;
	return 80;
}

void bytes_failed(struct cli *cli)
{
	struct finding *what;

	if (errno == ENOMEM)
		cli_no_memory(cli);
	if (errno == EOVERFLOW) {
		finding_hint(&cli->findings,
			     cli_error(cli, "too-large", "%s",
				       _("a text or a table is longer than a spreadsheet takes "
					 "(32767 characters, 1048576 rows)")),
			     "%s", _("take --format csv"));
		cli_fail(cli, REFUSED);
	}
	what = cli_error(cli, "io", _("cannot make the spreadsheet: %s"), strerror(errno));
	finding_hint(&cli->findings, what, "%s",
		     _("its parts are written to the folder for temporary files first: make room "
		       "there, or set TMPDIR to a folder that has"));
	cli_fail(cli, CANNOT);
}

void encode_out(struct cli *cli, const char *encoding, struct str *text)
{
	struct str encoded = { 0 };

	if (!encoding || strcasecmp(encoding, "utf-8") == 0)
		return;
	if (encode_text(str_text(text), text->len, encoding, &encoded) < 0) {
		cli_error(cli, "encoding",
			  errno == EILSEQ ? _("'%s' does not have all characters of the report")
					  : _("'%s' is no encoding that is known here"),
			  encoding);
		cli_fail(cli, errno == EILSEQ ? REFUSED : USAGE);
	}
	str_release(text);
	*text = encoded;
}

static int render(struct cli *cli, const struct reader *r, const struct report *report,
		  struct str *out)
{
	struct text_options options = { .color = cli_colored(cli, STDOUT_FILENO) };

	if (is_xlsx(r))
		return render_xlsx(report, r->day, out);
	if (renderer_of(r->format))
		return renderer_of(r->format)(report, out);
	options.width = terminal_width();
	return render_text(report, &options, out);
}

void report_out(struct cli *cli, const struct reader *r, const struct report *report)
{
	struct str out = { 0 };

	if (render(cli, r, report, &out) < 0)
		bytes_failed(cli);
	encode_out(cli, r->encoding, &out);
	cli_print(str_text(&out), out.len);
	str_release(&out);
}
