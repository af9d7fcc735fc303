#include "schema/load.h"

#include <errno.h>
#include <string.h>

#include "base/file.h"
#include "base/msg.h"
#include "schema/set.h"
#include "schema/uri.h"
#include "yaml/stream.h"

int schema_set_add_text(struct schema_set *set, const char *uri, const char *name, const char *text,
			size_t size, bool json, struct findings *findings)
{
	const char *copy = arena_strndup(&set->arena, text, size);
	const struct node *root = NULL;

	if (copy)
		root = (json ? json_read : yaml_read)(&set->arena, name, copy, size, &READ_LARGE,
						      findings);
	return root ? schema_set_add(set, root, uri, name, copy, size, findings) : -1;
}

/* errno stays as it is */
static void cannot_read(struct findings *findings, const char *path, const char *what)
{
	int error = errno;

	if (error != ENOMEM)
		finding_errno(findings, path, what, error);
	errno = error;
}

/* where a relative $ref of the file starts; what has no place, a pipe say, is as if at the root */
static int file_uri(const char *path, struct str *uri)
{
	struct str real = { 0 };
	int result = path_real(path, &real);

	if (result == 0)
		uri_add_path(uri, str_text(&real));
	else if (errno != ENOMEM)
		str_add(uri, URI_OF_NO_PLACE);
	str_release(&real);
	if (uri->len && !uri->failed)
		return 0;
	errno = ENOMEM;
	return -1;
}

int schema_set_add_file(struct schema_set *set, const char *path, bool json,
			struct findings *findings)
{
	struct str uri = { 0 }, text = { 0 };
	int result = file_uri(path, &uri);

	if (result == 0 && map_has(&set->resources, str_text(&uri), uri.len))
		goto out;
	if (result == 0)
		result = path_read(path, READ_LARGE.bytes, &text);
	if (result < 0)
		cannot_read(findings, path, _("cannot read the file"));
	else
		result = schema_set_add_text(set, str_text(&uri), path, str_text(&text), text.len,
					     named_json(path, json), findings);
out:
	str_release(&uri);
	str_release(&text);
	return result;
}

/* .json, .yaml, .yml */
static bool says_what_it_is(const char *name)
{
	return named_json(name, true) == named_json(name, false);
}

int schema_set_add_folder(struct schema_set *set, const char *folder, struct findings *findings)
{
	struct arena arena = { 0 };
	size_t n;
	const char **paths = files_below(folder, &arena, &n);
	int result = 0;

	if (!paths) {
		cannot_read(findings, folder, _("cannot read the folder"));
		result = -1;
	}
	for (size_t i = 0; paths && i < n; i++) {
		if (!says_what_it_is(paths[i]))
			continue;
		errno = 0;
		if (schema_set_add_file(set, paths[i], false, findings) == 0)
			continue;
		result = -1;
		if (errno == ENOMEM)
			break;
	}
	arena_release(&arena);
	return result;
}
