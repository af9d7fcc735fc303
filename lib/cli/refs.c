/* Record arguments: one language for all commands (contract 3). */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/msg.h"
#include "cli/read.h"
#include "yaml/read.h"

#define SHORTEST_TAIL 3
#define MOST_NAMED 5

struct refs {
	struct cli *cli;
	struct ref *items;
	size_t count, cap;
	bool failed;
};

static void add_ref(struct refs *refs, const char *id, const char *folder)
{
	struct ref *grown;

	if (refs->count == refs->cap) {
		size_t cap = refs->cap ? refs->cap * 2 : 16;

		grown = arena_array(&refs->cli->arena, cap, sizeof(*grown));
		if (!grown)
			cli_no_memory(refs->cli);
		if (refs->count)
			memcpy(grown, refs->items, refs->count * sizeof(*grown));
		refs->items = grown;
		refs->cap = cap;
	}
	refs->items[refs->count++] = (struct ref){ .id = id, .folder = folder };
}

static void not_found(struct refs *refs, const char *word)
{
	struct cli *cli = refs->cli;
	struct finding *f = cli_error(cli, "no-record", _("there is no record '%s'"), word);

	if (!all_here(cli))
		finding_hint(&cli->findings, f, "%s",
			     _("some units' folders are not here; it may lie in one of them"));
	refs->failed = true;
}

/* a path of the record or of one of its events; false: it does not lie there */
static bool by_path(struct refs *refs, const char *word)
{
	struct str path = { 0 };
	struct path_parts parts;
	bool found = store_relative(&refs->cli->store, word, &path) &&
		     path_parse(str_text(&path), &parts) && strlen(parts.file) > ID_LENGTH &&
		     id_parse(parts.file, ID_LENGTH, NULL, NULL);

	if (found) {
		struct arena *arena = &refs->cli->arena;
		const char *id = arena_strndup(arena, parts.file, ID_LENGTH);
		const char *folder = arena_strndup(arena, str_text(&path),
						   (size_t)(parts.file - 1 - str_text(&path)));

		if (!id || !folder)
			cli_no_memory(refs->cli);
		add_ref(refs, id, folder);
	}
	str_release(&path);
	return found;
}

struct tail_search {
	struct cli *cli;
	const char *tail;
	size_t n;
	struct ref found[MOST_NAMED];
	size_t count;
};

static bool look_tail(void *context, void *worker, struct arena *arena, const struct stored *stored,
		      struct batch *batch)
{
	struct tail_search *search = context;
	const char *id = stored->id;

	(void)worker;
	(void)arena;
	(void)batch;
	if (stored->type != STORED_RECORD || strcmp(id + ID_LENGTH - search->n, search->tail) != 0)
		return true;
	if (search->count < MOST_NAMED)
		search->found[search->count] =
			(struct ref){ .id = arena_strdup(&search->cli->arena, id),
				      .folder = arena_strdup(&search->cli->arena, stored->folder) };
	search->count++;
	return true;
}

static bool pass(void *context, struct batch *batch)
{
	(void)context;
	(void)batch;
	return true;
}

static void by_tail(struct refs *refs, const char *word)
{
	struct cli *cli = refs->cli;
	struct tail_search search = { .cli = cli, .tail = word, .n = strlen(word) };
	struct scan scan = { .units = cli->plan.folders,
			     .nunits = cli->plan.nfolders,
			     .kinds = ALL_KINDS,
			     .names_only = true,
			     .threads = 1,
			     .work = look_tail,
			     .take = pass,
			     .context = &search };
	struct str names = { 0 };

	if (search.n < SHORTEST_TAIL || search.n > ID_LENGTH) {
		not_found(refs, word);
		return;
	}
	if (store_scan(&cli->store, &scan, &cli->findings) != DONE)
		cli_fail(cli, CANNOT);
	if (search.count == 1) {
		add_ref(refs, search.found[0].id, search.found[0].folder);
		return;
	}
	if (!search.count) {
		not_found(refs, word);
		return;
	}
	for (size_t i = 0; i < search.count && i < MOST_NAMED; i++)
		str_addf(&names, "%s%s", i ? ", " : "", search.found[i].id);
	finding_hint(&cli->findings,
		     cli_error(cli, "ambiguous", _("'%s' is the end of %zu records"), word,
			       search.count),
		     "%s", str_text(&names));
	str_release(&names);
	refs->failed = true;
}

static void resolve(struct refs *refs, const char *word)
{
	struct cli *cli = refs->cli;
	const char *folder;

	if (id_parse(word, strlen(word), NULL, NULL)) {
		folder = cli_find_record(cli, word, &cli->arena);
		if (folder)
			add_ref(refs, word, folder);
		else
			not_found(refs, word);
	} else if (strchr(word, '/') || strstr(word, ".yaml")) {
		if (!by_path(refs, word))
			not_found(refs, word);
	} else {
		by_tail(refs, word);
	}
}

/* the names on standard input; what is no list of names at all is told as that */
static const char *read_names(struct cli *cli)
{
	struct finding what = { .level = LEVEL_ERROR, .code = "binary", .file = "-" };
	struct str text = { 0 };
	const char *copy;

	if (fd_read(STDIN_FILENO, READ_INPUT.bytes, &text) < 0) {
		finding_errno(&cli->findings, "-", _("cannot read"), errno);
		cli_fail(cli, CANNOT);
	}
	if (memchr(str_text(&text), '\0', text.len)) {
		findings_add(&cli->findings, &what, "%s", _("this is not a text but binary data"));
		cli_fail(cli, REFUSED);
	}
	copy = arena_strndup(&cli->arena, str_text(&text), text.len);
	str_release(&text);
	if (!copy)
		cli_no_memory(cli);
	return copy;
}

void names_read(struct cli *cli, struct strings *names)
{
	const char *line = read_names(cli);
	size_t before = names->count;

	while (*line) {
		size_t n = strcspn(line, "\r\n");
		const char *name = arena_strndup(&cli->arena, line, n);

		if (!name || (n && strings_add(names, name) < 0))
			cli_no_memory(cli);
		line += n + (line[n] != '\0');
	}
	if (names->count > before)
		return;
	cli_error(cli, "empty", "%s", _("no record was named on standard input"));
	cli_fail(cli, REFUSED);
}

static void from_stdin(struct refs *refs)
{
	struct strings names = { 0 };

	names_read(refs->cli, &names);
	for (size_t i = 0; i < names.count; i++)
		resolve(refs, names.items[i]);
	strings_release(&names);
}

size_t refs_resolve(struct cli *cli, const struct strings *operands, struct ref **items)
{
	struct refs refs = { .cli = cli };

	for (size_t i = 0; i < operands->count; i++) {
		if (strcmp(operands->items[i], "-") == 0)
			from_stdin(&refs);
		else
			resolve(&refs, operands->items[i]);
	}
	if (refs.failed)
		cli_fail(cli, REFUSED);
	*items = refs.items;
	return refs.count;
}
