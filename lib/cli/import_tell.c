/* What is wrong with a row or form, in the words of the table that it stands in. */
#include <string.h>

#include "base/msg.h"
#include "cli/import.h"

const char *import_called(void *context, const char *field)
{
	const struct import *import = context;
	int column = form_column(&import->form, field);

	if (column >= 0)
		return import->form.columns[column].name;
	return *field ? NULL : import->intake.header ? _("the row") : _("the form");
}

/* the column that a JSON pointer leads to or into, or NULL */
static const char *column_at(struct import *import, const char *pointer)
{
	const struct intake_form *form = &import->form;
	size_t n = pointer && *pointer ? strcspn(++pointer, "/") : 0;

	for (size_t i = 0; n && i < form->ncolumns; i++)
		if (strncmp(form->columns[i].field, pointer, n) == 0 && !form->columns[i].field[n])
			return form->columns[i].name;
	return NULL;
}

static bool says_missing(const struct finding *f)
{
	return strcmp(f->code, "required") == 0 || strcmp(f->code, "dependent-required") == 0 ||
	       strcmp(f->code, "one-of") == 0;
}

void import_add_findings(struct import *import, struct intake_values *values,
			 const struct findings *own)
{
	bool told = values->findings.errors > 0 || values->nothing;

	for (size_t i = 0; i < own->count; i++) {
		struct finding f = own->items[i];
		const char *column = column_at(import, f.pointer);

		f.label = column ? column : f.label;
		if (!told || (f.line && !says_missing(&f)))
			findings_add(&values->findings, &f, "%s", f.message);
	}
	values->findings.lost = values->findings.lost || own->lost;
}

void import_tell(struct import *import, size_t i, const struct intake_values *values)
{
	struct cli *cli = &import->add.cli;
	const struct intake *in = &import->intake;
	const struct findings *own = &values->findings;
	const char *within = NULL;

	if (own->count && in->form->vertical && !in->entries[i].row)
		within = arena_printf(&cli->arena, _("form %u in the file"), in->entries[i].number);
	else if (own->count && values->seq)
		within = arena_printf(&cli->arena, _("in the row with 序号 %s"), values->seq);
	for (size_t j = 0; j < own->count; j++) {
		struct finding f = own->items[j];

		f.sheet = in->grid.sheet;
		f.within = f.within ? f.within : within;
		findings_add(&cli->findings, &f, "%s", f.message);
	}
	cli->findings.lost = cli->findings.lost || own->lost;
}
