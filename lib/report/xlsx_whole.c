#include "report/xlsx_whole.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

#include "report/package.h"
#include "base/str.h"

static bool take_part(void *context, const char *bytes, size_t n, bool last)
{
	struct str *text = (struct str *)context;

	(void)last;
	str_addn(text, bytes, n);
	return !text->failed;
}

/* whether an XML text ends with the end of its first element */
static bool is_ended(const char *text, size_t n)
{
	const char *root = text, *end;
	size_t name;

	while (root && *root && (*root != '<' || root[1] == '?'))
		root = strchr(root + 1, '<');
	end = root ? strchr(root, '>') : NULL;
	while (n && text[n - 1] == '\n')
		n--;
	if (!end || end == text + n - 1)
		return end && end[-1] == '/';
	name = strcspn(root + 1, " />");
	return n > name + 3 && text[n - 1] == '>' &&
	       strncmp(text + n - 1 - name, root + 1, name) == 0 &&
	       strncmp(text + n - 3 - name, "</", 2) == 0;
}

bool xlsx_is_whole(const char *bytes, size_t n, unsigned panes)
{
	enum package_fault fault;
	struct package *package = package_open(bytes, n, SIZE_MAX, &fault);
	struct str text = { 0 };
	const char *name;

	if (package)
		fault = PACKAGE_FINE;
	for (size_t i = 0; fault == PACKAGE_FINE && (name = package_name(package, i)); i++) {
		str_reset(&text);
		fault = package_read(package, name, take_part, &text);
		if (text.failed)
			fault = PACKAGE_MEMORY;
		else if (fault == PACKAGE_FINE && !is_ended(str_text(&text), text.len))
			fault = PACKAGE_BROKEN;
		else if (fault == PACKAGE_FINE && strstr(str_text(&text), "<selection pane="))
			panes--;
	}
	if (fault == PACKAGE_FINE && panes)
		fault = PACKAGE_MEMORY;
	str_release(&text);
	package_close(package);
	if (fault == PACKAGE_FINE)
		return true;
	errno = fault == PACKAGE_MEMORY ? ENOMEM : ENOSPC;
	return false;
}
