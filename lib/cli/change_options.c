/* What is said of an event on the command line, and the files that become evidence. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/msg.h"
#include "cli/change.h"
#include "store/evidence.h"

static void add_type_options(struct change *change)
{
	const struct opt options[] = {
		{ .name = "type",
		  .metavar = "TYPE",
		  .help = N_("kind of the evidence 资料类别: form 登记表, photo 活动照片, summary "
			     "工作总结, "
			     "training 培训记录, policy 制度文件, screenshot 截图, other 其他"),
		  .many = &change->evidence_type },
		{ .name = "evidence-for",
		  .metavar = "M1",
		  .help = N_("the measure it counts for, where not for all that are done; may be "
			     "repeated"),
		  .many = &change->evidence_for },
	};

	cli_add_options(change->cli, options, sizeof(options) / sizeof(*options));
}

void change_options(struct cli *cli, struct writer *w, struct change *change)
{
	static const char *const own[] = { "evidence", NULL };
	const struct opt options[] = {
		{ .name = "set",
		  .metavar = "FIELD=VALUE",
		  .help = N_("correct a field; may be repeated"),
		  .many = &change->sets },
		{ .name = "evidence",
		  .metavar = "FILE",
		  .help = N_("a file that shows it 佐证资料; may be repeated"),
		  .many = &change->files },
	};

	change->cli = cli;
	change->writer = w;
	fields_add_options(cli, KINDS, NULL, N_("What happened:"), own, &change->fields);
	cli_add_options(cli, options, sizeof(options) / sizeof(*options));
	add_type_options(change);
}

void change_no_options(struct cli *cli, struct writer *w, struct change *change)
{
	change->cli = cli;
	change->writer = w;
	fields_load(cli, KINDS, NULL, &change->fields);
}

void change_evidence_options(struct cli *cli, struct writer *w, struct change *change)
{
	change_no_options(cli, w, change);
	cli_add_options(cli, &(const struct opt){ .help = N_("The evidence:") }, 1);
	add_type_options(change);
	fields_add_option(cli, &change->fields, "note");
}

void change_caution(struct cli *cli)
{
	struct finding what = { .level = LEVEL_NOTE, .code = "caution" };

	findings_add(&cli->findings, &what, "%s",
		     _("no ID cards, phone numbers, faces or scanned signatures may be attached: "
		       "what git "
		       "has once kept stays"));
}

bool change_wanted(const struct change *change)
{
	for (size_t i = 0; i < change->fields.count; i++)
		if (change->fields.given[i].count)
			return true;
	return change->sets.count || change->files.count || change->evidence_type.count ||
	       change->evidence_for.count;
}

static void cannot_read(struct cli *cli, const char *name, int error)
{
	struct finding what = { .level = LEVEL_ERROR, .file = name };

	if (error == EFBIG) {
		what.code = "too-large";
		findings_add(&cli->findings, &what, _("the file is larger than %zu bytes"),
			     EVIDENCE_LIMIT);
		cli_fail(cli, REFUSED);
	}
	if (error == EINVAL) {
		what.code = "io";
		findings_add(&cli->findings, &what, "%s", _("this is no regular file"));
	} else {
		finding_errno(&cli->findings, name, _("cannot read the evidence"), error);
	}
	cli_fail(cli, CANNOT);
}

static void read_attachment(struct change *change, const char *name, struct attachment *a)
{
	struct cli *cli = change->cli;
	struct str raw = { 0 }, clean = { 0 };

	if (file_read(AT_FDCWD, name, EVIDENCE_LIMIT, &raw) < 0)
		cannot_read(cli, name, errno);
	if (!raw.len) {
		cli_error(cli, "empty", _("the evidence '%s' is empty"), name);
		cli_fail(cli, REFUSED);
	}
	if (evidence_clean(raw.p, raw.len, &clean) == REFUSED) {
		finding_hint(
			&cli->findings,
			cli_error(cli, "damaged-picture",
				  _("the picture '%s' is damaged: what a camera wrote beside it "
				    "cannot be taken out"),
				  name),
			"%s", _("open it, save it again and add that file"));
		cli_fail(cli, REFUSED);
	}
	a->given = name;
	a->size = clean.len;
	a->bytes = arena_strndup(&cli->arena, str_text(&clean), clean.len);
	if (!a->bytes || clean.failed)
		cli_no_memory(cli);
	sha256_hex(a->bytes, a->size, a->digest);
	evidence_extension(name, a->extension);
	str_release(&raw);
	str_release(&clean);
}

void change_prepare(struct change *change)
{
	struct cli *cli = change->cli;

	change->event_schema = schemas_compile_event(&cli->schemas, &cli->findings);
	if (!change->event_schema)
		cli_fail(cli, CANNOT);
	if (!change->files.count && (change->evidence_type.count || change->evidence_for.count))
		usage_error("%s", _("--type and --evidence-for go with --evidence FILE"));
	if (change->files.count && change->evidence_type.count != 1 &&
	    change->evidence_type.count != change->files.count) {
		finding_hint(&cli->findings,
			     cli_error(cli, "required", "%s",
				       _("--type: the kind of evidence is missing")),
			     "%s", _("one --type TYPE for all files, or one for each"));
		cli_fail(cli, REFUSED);
	}
	change->attachments = calloc(change->files.count + 1, sizeof(*change->attachments));
	if (!change->attachments)
		cli_no_memory(cli);
	for (size_t i = 0; i < change->files.count; i++)
		read_attachment(change, change->files.items[i], &change->attachments[i]);
	change->nattachments = change->files.count;
}

void change_release(struct change *change)
{
	fields_release(&change->fields);
	strings_release(&change->sets);
	strings_release(&change->files);
	strings_release(&change->evidence_type);
	strings_release(&change->evidence_for);
	free(change->attachments);
}
