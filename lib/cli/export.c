#include "cli/figures.h"
#include "cli/export.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "cli/labels.h"
#include "report/form.h"
#include "store/durable.h"

#define FIRST_RECORDS 64

/* records of the kind of a form, kept until all are there: those of one unit in the order of their
 * dates, then of their entry, those of a table as they stood in it; a path has only chance to order
 * a day's */
struct kept {
	struct cli *cli;
	const struct reader *reader;
	const struct export_options *options;
	const struct figures *figures; /* of problems, or NULL */
	struct listed *records;
	size_t count, cap;
	struct unlisted unlisted; /* problems that are on no list */
};

static bool ends_in_xlsx(const char *name)
{
	size_t n = name ? strlen(name) : 0;

	return n > 5 && strcmp(name + n - 5, ".xlsx") == 0;
}

void export_resolve(struct cli *cli, struct reader *reader, struct export_options *options,
		    const char *file)
{
	const char *text = options->period;

	options->xlsx = options->format ? strcmp(options->format, "xlsx") == 0 : ends_in_xlsx(file);
	if (options->format && !options->xlsx && strcmp(options->format, "csv") != 0)
		usage_error(_("--format is csv or xlsx, not '%s'"), options->format);
	if (options->xlsx && options->encoding)
		usage_error("%s", _("--encoding does not go with xlsx"));
	if (options->xlsx && !file)
		no_terminal();
	if (options->blank && (text || reader->as_of_text || options->names))
		usage_error("%s", _("a blank form takes no --period, --as-of or --names"));
	options->from = INT32_MIN;
	options->until = INT32_MAX;
	if (text && !period_parse(text, strlen(text), &options->from, &options->until)) {
		finding_hint(&cli->findings,
			     cli_error(cli, "format", _("--period: '%s' is no period"), text), "%s",
			     _("write it as 2024, 2024-05, 2024-W18 or 2024-05-06"));
		cli_fail(cli, REFUSED);
	}
}

static struct listed *add_record(struct kept *k)
{
	size_t cap = k->cap ? k->cap * 2 : FIRST_RECORDS;
	struct listed *grown;

	if (k->count == k->cap) {
		grown = arena_array(&k->cli->arena, cap, sizeof(*grown));
		if (!grown)
			cli_no_memory(k->cli);
		if (k->count)
			memcpy(grown, k->records, k->count * sizeof(*grown));
		k->records = grown;
		k->cap = cap;
	}
	return &k->records[k->count++];
}

static void take(void *context, const struct folded *f)
{
	struct kept *k = context;
	day_t date = field_date(f->fields, "date");
	struct listed *listed;

	if (f->state == STATE_WITHDRAWN || date < k->options->from || date > k->options->until)
		return;
	if (f->state == STATE_REGISTERED || f->state == STATE_DECLINED) {
		k->unlisted.registered += f->state == STATE_REGISTERED;
		k->unlisted.declined += f->state == STATE_DECLINED;
		return;
	}
	listed = add_record(k);
	*listed = (struct listed){ .fields = node_copy(&k->cli->arena, f->fields),
				   .state = f->state };
	if (!listed->fields)
		cli_no_memory(k->cli);
	if (f->record->kind == KIND_PROBLEM)
		problem_status(&k->cli->plan, f, k->figures, k->reader->day, &listed->status);
}

static int by_text(const struct node *a, const struct node *b, const char *name)
{
	const char *x = node_string(a, name), *y = node_string(b, name);

	return strcmp(x ? x : "", y ? y : "");
}

static int by_entry(const void *a, const void *b)
{
	const struct node *x = ((const struct listed *)a)->fields;
	const struct node *y = ((const struct listed *)b)->fields;
	const struct node *in_x = node_get(x, "entered"), *in_y = node_get(y, "entered");
	const struct node *from_x = node_get(in_x, "import"), *from_y = node_get(in_y, "import");
	int64_t row_x = node_integer(from_x, "row", 0), row_y = node_integer(from_y, "row", 0);
	int order = by_text(x, y, "date");

	if (!order)
		order = by_text(in_x, in_y, "at");
	if (!order)
		order = by_text(from_x, from_y, "sha256");
	if (!order)
		order = (row_x > row_y) - (row_x < row_y);
	return order ? order : by_text(x, y, "id");
}

/* appends the records of a unit */
static void read_unit(struct kept *k, const char *unit, enum kind kind)
{
	size_t before = k->count;

	records_scan(k->cli, k->reader, &unit, 1, KIND_BIT(kind), NULL, take, k);
	if (k->count - before > 1)
		qsort(k->records + before, k->count - before, sizeof(*k->records), by_entry);
}

static void fill_annex(struct kept *k, const struct node *annex, struct book *book)
{
	enum kind kind = kind_named(node_string(annex, "record"));
	struct labels labels = labels_load(k->cli, kind, NULL);
	struct form_words words = { .plan = &k->cli->plan,
				    .fields = labels.fields,
				    .nfields = labels.count,
				    .names = k->options->names };

	if (!k->options->blank) {
		reader_need_here(k->cli, k->reader);
		for (size_t i = 0; i < k->reader->nunits; i++)
			read_unit(k, k->reader->units[i], kind);
	}
	form_fill(book, &words, annex, k->records, k->count);
}

/* a list for each unit; of those that nobody asked for, only where there are problems */
static void fill_problems(struct kept *k, struct book *book)
{
	const struct plan *plan = &k->cli->plan;
	struct labels labels = labels_load(k->cli, KIND_PROBLEM, NULL);
	struct form_words words = { .plan = plan,
				    .fields = labels.fields,
				    .nfields = labels.count };
	struct figures *figures;

	if (k->options->blank) {
		form_problems(book, &words,
			      k->reader->filtered && k->reader->nunits
				      ? plan_name(plan, k->reader->units[0])
				      : "",
			      NULL, NULL, 0, NULL);
		return;
	}
	reader_need_here(k->cli, k->reader);
	/* lights are judged by figures of the whole city; without all of them, by milestones */
	if (all_here(k->cli)) {
		figures = arena_alloc(&k->cli->arena, sizeof(*figures));
		if (!figures)
			cli_no_memory(k->cli);
		figures_read(k->cli, k->reader, NULL, figures);
		k->figures = figures;
	}
	for (size_t i = 0; i < k->reader->nunits; i++) {
		k->count = 0;
		k->unlisted = (struct unlisted){ 0 };
		read_unit(k, k->reader->units[i], KIND_PROBLEM);
		if (k->count || k->unlisted.registered || k->unlisted.declined ||
		    k->reader->filtered)
			form_problems(book, &words, plan_name(plan, k->reader->units[i]),
				      k->reader->stamp, k->records, k->count, &k->unlisted);
	}
	if (!book->first)
		form_problems(book, &words, plan->units[plan->owner].name, k->reader->stamp, NULL,
			      0, NULL);
}

static const struct node *find_annex(struct cli *cli, const char *form)
{
	const struct node *annexes = node_get(cli->plan.root, "annexes");
	const struct node *annex = form_annex(&cli->plan, form);
	struct str all = { 0 };

	if (annex)
		return annex;
	for (size_t i = 0; i < list_count(annexes); i++)
		str_addf(&all, "%s %s, ", node_string(&annexes->items[i], "id"),
			 form_title(&annexes->items[i]));
	str_add(&all, FORM_PROBLEMS " 问题清单");
	finding_hint(&cli->findings, cli_error(cli, "enum", _("--form: '%s' is not known"), form),
		     _("allowed: %s"), str_text(&all));
	str_release(&all);
	cli_fail(cli, REFUSED);
}

void export_form(struct cli *cli, const struct reader *reader, const struct export_options *options,
		 const char *form, struct str *out)
{
	struct kept kept = { .cli = cli, .reader = reader, .options = options };
	struct book book;

	if (strcmp(form, FORM_PROBLEMS) == 0) {
		book_init(&book, &cli->arena, "问题清单");
		fill_problems(&kept, &book);
	} else {
		const struct node *annex = find_annex(cli, form);

		book_init(&book, &cli->arena, form_title(annex));
		fill_annex(&kept, annex, &book);
	}
	/* a blank form is of the plan's day, so that it is the same every time */
	if ((options->xlsx
		     ? book_xlsx(&book, options->blank ? cli->plan.issue_date : reader->day, out)
		     : book_csv(&book, out)) < 0)
		bytes_failed(cli);
	if (!options->xlsx)
		encode_out(cli, options->encoding, out);
}

void export_file(struct cli *cli, const char *name, const struct str *bytes)
{
	if (file_replace(name, str_text(bytes), bytes->len) == 0)
		return;
	cli_error(cli, "io", _("cannot write %s: %s"), name, strerror(errno));
	cli_fail(cli, CANNOT);
}
