/*
 * A heading of a clerk's table, for every form. Spaces, line ends and a note in brackets behind it
 * never change what it means; what a form itself is called by, it knows.
 *
 * Dictionaries: intake
 */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "forms.h"
#include "must.h"

static enum heading_sort sort_of(const struct intake_form *form, const char *text, int *column)
{
	enum heading_sort sort;

	*column = -1;
	sort = heading_find(form, text, column);
	MUST((*column >= 0) == (sort == HEADING_KNOWN));
	MUST(*column < (int)form->ncolumns);
	return sort;
}

static void must_mean_the_same(const struct intake_form *form, const char *text)
{
	struct str spaced = { 0 };
	int column, again;
	enum heading_sort sort = sort_of(form, text, &column);

	str_add(&spaced, " \n");
	for (const char *p = text; *p; p += utf8_length_of(*p)) {
		str_addn(&spaced, p, utf8_length_of(*p));
		str_add(&spaced, *p == ' ' ? "\t" : "");
	}
	str_add(&spaced, "\u3000");
	MUST(!spaced.failed);
	MUST(sort_of(form, str_text(&spaced), &again) == sort && again == column);
	if (sort == HEADING_KNOWN && !strpbrk(text, "([{") && !strstr(text, "（") &&
	    !strstr(text, "【") && !strstr(text, "［")) {
		str_add(&spaced, "(必填)");
		MUST(sort_of(form, str_text(&spaced), &again) != HEADING_UNKNOWN);
	}
	str_release(&spaced);
	heading_says_percent(text);
	form_is_title(form, text);
}

static void must_know_its_own(const struct intake_form *form)
{
	int column;

	for (size_t i = 0; i < form->nprinted; i++)
		MUST(sort_of(form, form->columns[i].name, &column) == HEADING_KNOWN &&
		     column == (int)i);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct intake_form forms[NFORMS];
	static bool known;
	char *text;

	forms_load(forms);
	for (size_t i = 0; !known && i < NFORMS; i++)
		must_know_its_own(&forms[i]);
	known = true;
	if (utf8_valid((const char *)data, size) != size || memchr(data, '\0', size) ||
	    memchr(data, '\r', size))
		return 0;
	text = strndup((const char *)data, size);
	MUST(text);
	for (size_t i = 0; i < NFORMS; i++)
		must_mean_the_same(&forms[i], text);
	free(text);
	return 0;
}
