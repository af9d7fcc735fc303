/* forms.h: the plan's forms, for the targets that read clerks' files. */
#ifndef DUBAN_FUZZ_FORMS_H
#define DUBAN_FUZZ_FORMS_H

#include "intake/intake.h"

#define NFORMS 3

/* forms_load: once: the plan and the schemas of the source tree. */
const struct plan *forms_load(struct intake_form forms[NFORMS]);

/* forms_read: the file as that form, with the options of `choice`; all must be as it should. */
void forms_read(const struct plan *plan, const struct intake_form *form, unsigned choice,
		const char *bytes, size_t n);

#endif
