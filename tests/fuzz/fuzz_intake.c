/*
 * A clerk's file, as every form: the first byte says which, the rest is what the file holds.
 *
 * Dictionaries: intake
 */
#include "forms.h"
#include "must.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct intake_form forms[NFORMS];
	const struct plan *plan = forms_load(forms);
	unsigned choice = size ? data[0] : 0;

	forms_read(plan, &forms[choice % NFORMS], choice, (const char *)data + (size > 0),
		   size - (size > 0));
	return 0;
}
