#include "world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST 4096
#define MOST_FREE 5 /* so many names that are not synced: all subsets; beyond, single ones */

/* a file by its inode, as the command wrote it */
struct inode {
	char id[48];
	char *bytes;
	size_t size;
};

enum what { MADE, FOLDER, LINKED, RENAMED, GONE, WRITTEN, SYNCED, FOLDER_SYNCED, ALL_SYNCED, SAID };

struct event {
	enum what what;
	size_t inode, size; /* of MADE, WRITTEN, SYNCED */
	char *path, *to;
};

struct world {
	char *root;
	char *calls[MOST * 4];
	size_t ncalls;
	long allocations;
	struct inode inodes[MOST];
	size_t ninodes;
	struct event events[MOST * 2];
	size_t nevents;
	/* the state after a cut */
	size_t point;
	struct world_file files[MOST];
	size_t inode_of[MOST];
	char *folders[MOST]; /* made, and there */
	size_t nfiles, nfolders;
};

static void *need(void *p)
{
	if (!p) {
		perror("world");
		exit(2);
	}
	return p;
}

/* a number is given to another file when the first is gone */
static size_t find_inode(struct world *w, const char *id, bool fresh)
{
	for (size_t i = w->ninodes; !fresh && i-- > 0;)
		if (strcmp(w->inodes[i].id, id) == 0)
			return i;
	snprintf(w->inodes[w->ninodes].id, sizeof(w->inodes[0].id), "%s", id);
	return w->ninodes++;
}

static void add_bytes(struct inode *inode, FILE *log, size_t n)
{
	inode->bytes = need(realloc(inode->bytes, inode->size + n + 1));
	if (fread(inode->bytes + inode->size, 1, n, log) != n)
		need(NULL);
	inode->size += n;
}

static struct event *add_event(struct world *w, enum what what, const char *path)
{
	struct event *e = &w->events[w->nevents++];

	if (w->nevents == sizeof(w->events) / sizeof(*w->events))
		need(NULL);
	*e = (struct event){ .what = what, .path = path ? need(strdup(path)) : NULL };
	return e;
}

static bool is_below(const struct world *w, const char *path)
{
	return strncmp(path, w->root, strlen(w->root)) == 0;
}

static void read_line(struct world *w, char *line, FILE *log)
{
	char *rest = line[1] ? line + 2 : line + 1, *tab = strchr(rest, '\t');
	struct event *e;

	if (tab)
		*tab++ = '\0';
	switch (*line) {
	case '#':
		if (w->ncalls < sizeof(w->calls) / sizeof(*w->calls))
			w->calls[w->ncalls++] = need(strdup(rest));
		break;
	case 'a':
		w->allocations = atol(rest);
		break;
	case 'c':
		e = add_event(w, MADE, tab);
		e->inode = find_inode(w, rest, true);
		break;
	case 'w':
		e = add_event(w, WRITTEN, NULL);
		e->inode = find_inode(w, rest, false);
		add_bytes(&w->inodes[e->inode], log, (size_t)atol(tab));
		e->size = w->inodes[e->inode].size;
		break;
	case 'f':
		e = add_event(w, SYNCED, NULL);
		e->inode = find_inode(w, rest, false);
		e->size = w->inodes[e->inode].size;
		break;
	case 'm':
		add_event(w, FOLDER, rest);
		break;
	case 'g':
		add_event(w, FOLDER_SYNCED, rest);
		break;
	case 'y':
		add_event(w, ALL_SYNCED, NULL);
		break;
	case 'l':
	case 'r':
		add_event(w, *line == 'l' ? LINKED : RENAMED, rest)->to = need(strdup(tab));
		break;
	case 'u':
		add_event(w, GONE, rest);
		break;
	case 'p':
		add_event(w, SAID, rest);
		break;
	default: /* the rest of a printed text of several lines */
		break;
	}
}

struct world *world_read(const char *path, const char *root)
{
	struct world *w = need(calloc(1, sizeof(*w)));
	FILE *log = need(fopen(path, "r"));
	char *line = NULL;
	size_t cap = 0;
	ssize_t n;

	w->root = need(strdup(root));
	while ((n = getline(&line, &cap, log)) > 0) {
		if (line[n - 1] == '\n')
			line[n - 1] = '\0';
		read_line(w, line, log);
	}
	free(line);
	fclose(log);
	return w;
}

void world_free(struct world *w)
{
	for (size_t i = 0; i < w->ncalls; i++)
		free(w->calls[i]);
	for (size_t i = 0; i < w->ninodes; i++)
		free(w->inodes[i].bytes);
	for (size_t i = 0; i < w->nevents; i++) {
		free(w->events[i].path);
		free(w->events[i].to);
	}
	free(w->root);
	free(w);
}

size_t world_calls(const struct world *w)
{
	return w->ncalls;
}

const char *world_call(const struct world *w, size_t n)
{
	return w->calls[n];
}

long world_allocations(const struct world *w)
{
	return w->allocations;
}

size_t world_points(const struct world *w)
{
	return w->nevents + 1;
}

static bool is_name(const struct event *e)
{
	return e->what == MADE || e->what == FOLDER || e->what == LINKED || e->what == RENAMED ||
	       e->what == GONE;
}

/* whether the folder that a path stands in is the one */
static bool stands_in(const char *path, const char *folder)
{
	size_t n = strlen(folder);

	return strncmp(path, folder, n) == 0 && path[n] == '/' && !strchr(path + n + 1, '/');
}

static bool is_synced(const struct world *w, size_t i)
{
	const char *path = w->events[i].to ? w->events[i].to : w->events[i].path;

	for (size_t j = i + 1; j < w->point; j++)
		if (w->events[j].what == ALL_SYNCED ||
		    (w->events[j].what == FOLDER_SYNCED && stands_in(path, w->events[j].path)))
			return true;
	return false;
}

static size_t index_of(const struct world *w, const char *path)
{
	for (size_t i = 0; i < w->nfiles; i++)
		if (strcmp(w->files[i].path, path) == 0)
			return i;
	return w->nfiles;
}

static void take_away(struct world *w, const char *path)
{
	size_t i = index_of(w, path);

	if (i == w->nfiles)
		return;
	w->nfiles--;
	w->files[i] = w->files[w->nfiles];
	w->inode_of[i] = w->inode_of[w->nfiles];
}

static void give(struct world *w, const char *path, size_t inode)
{
	take_away(w, path);
	w->files[w->nfiles] = (struct world_file){ .path = path };
	w->inode_of[w->nfiles++] = inode;
}

/* the file that a name led to before the event, whether that name reached the disk or not */
static size_t inode_before(const struct world *w, size_t event, const char *path)
{
	for (size_t i = event; i-- > 0;) {
		const struct event *e = &w->events[i];

		if (e->what == MADE && strcmp(e->path, path) == 0)
			return e->inode;
		if ((e->what == LINKED || e->what == RENAMED) && strcmp(e->to, path) == 0)
			return inode_before(w, i, e->path);
	}
	return MOST;
}

static void happen(struct world *w, size_t i)
{
	const struct event *e = &w->events[i];
	size_t inode;

	switch (e->what) {
	case MADE:
		give(w, e->path, e->inode);
		break;
	case FOLDER:
		w->folders[w->nfolders++] = e->path;
		break;
	case LINKED:
	case RENAMED:
		inode = inode_before(w, i, e->path);
		if (e->what == RENAMED)
			take_away(w, e->path);
		if (inode < MOST)
			give(w, e->to, inode);
		break;
	case GONE:
		take_away(w, e->path);
		break;
	default:
		break;
	}
}

/* of the names that are free to be there or not, the i-th of n, by the choice */
static bool is_chosen(size_t i, size_t n, size_t choice)
{
	if (n <= MOST_FREE)
		return choice >> i & 1;
	if (choice < 2)
		return choice == 1;
	choice -= 2;
	return choice < n ? choice == i : choice - n != i;
}

static size_t choices(size_t n)
{
	return n <= MOST_FREE ? (size_t)1 << n : 2 + 2 * n;
}

/* a folder that the command made and that is not there hides what is in it */
static bool is_hidden(const struct world *w, const char *path)
{
	for (size_t i = 0; i < w->point; i++) {
		const struct event *e = &w->events[i];
		size_t n = e->what == FOLDER ? strlen(e->path) : 0;
		bool there = false;

		if (!n || strncmp(path, e->path, n) != 0 || path[n] != '/')
			continue;
		for (size_t j = 0; j < w->nfolders; j++)
			there = there || strcmp(w->folders[j], e->path) == 0;
		if (!there)
			return true;
	}
	return false;
}

/* bytes on the disk: what was synced, and none, half or all of the rest */
static void fill(struct world *w, size_t i, unsigned part)
{
	const struct inode *inode = &w->inodes[w->inode_of[i]];
	size_t written = 0, synced = 0;

	for (size_t j = 0; j < w->point; j++) {
		const struct event *e = &w->events[j];

		if (e->what == WRITTEN && e->inode == w->inode_of[i])
			written = e->size;
		if (e->what == ALL_SYNCED || (e->what == SYNCED && e->inode == w->inode_of[i]))
			synced = written;
	}
	w->files[i].bytes = inode->bytes ? inode->bytes : "";
	w->files[i].size = synced + (written - synced) * part / 2;
	w->files[i].whole = w->files[i].size == inode->size;
}

bool world_cut(struct world *w, size_t point, size_t choice)
{
	size_t n = 0, seen = 0;
	unsigned part = (unsigned)(choice % 3);

	choice /= 3;
	w->point = point;
	w->nfiles = w->nfolders = 0;
	for (size_t i = 0; i < point; i++)
		n += is_name(&w->events[i]) && !is_synced(w, i);
	if (choice >= choices(n))
		return false;
	for (size_t i = 0; i < point; i++)
		if (is_name(&w->events[i]) && (is_synced(w, i) || is_chosen(seen++, n, choice)))
			happen(w, i);
	for (size_t i = w->nfiles; i-- > 0;) {
		if (!is_below(w, w->files[i].path) || is_hidden(w, w->files[i].path))
			take_away(w, w->files[i].path);
		else
			fill(w, i, part);
	}
	return true;
}

const struct world_file *world_file(struct world *w, size_t i)
{
	return i < w->nfiles ? &w->files[i] : NULL;
}

const struct world_file *world_find(struct world *w, const char *path)
{
	size_t i = index_of(w, path);

	return i < w->nfiles ? &w->files[i] : NULL;
}

const char *world_printed(const struct world *w, size_t n)
{
	for (size_t i = 0; i < w->point; i++)
		if (w->events[i].what == SAID && n-- == 0)
			return w->events[i].path;
	return NULL;
}
