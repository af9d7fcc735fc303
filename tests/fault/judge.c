#include "judge.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *last_part(const char *path)
{
	return strrchr(path, '/') + 1;
}

static bool is_temp(const char *path)
{
	const char *name = last_part(path), *dot = strrchr(name, '.');

	return strncmp(name, ".duban-", 7) == 0 ||
	       (strstr(path, "/out/") && dot && strlen(dot) == 7 && !strchr(dot, '_'));
}

bool is_new_file(const struct work *w, size_t i)
{
	return !S_ISDIR(w->now.entries[i].st.st_mode) &&
	       !tree_find(&w->before, w->now.entries[i].path);
}

static size_t lines_of(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += *text == '\n';
	return n;
}

static bool same_bytes(const char *a, const char *b)
{
	size_t n, m;
	char *x = need(text_of(a, &n)), *y = need(text_of(b, &m));
	bool same = n == m && memcmp(x, y, n) == 0;

	free(x);
	free(y);
	return same;
}

/* the path of the same file of the clean run */
static const char *in_clean(const struct work *w, const char *path, char clean[PATH * 2])
{
	snprintf(clean, PATH * 2, "%s/clean%s", w->folder, path + strlen(w->out));
	return clean;
}

static bool may_be_left(const struct work *w, bool killed)
{
	return killed || strstr(w->how, " unlink ");
}

static void check_old(struct work *w)
{
	for (size_t i = 0; i < w->before.count; i++) {
		const struct entry *old = &w->before.entries[i];
		const struct entry *now = tree_find(&w->now, old->path);
		char clean[PATH * 2];
		bool same = now && entry_is_same(old, now);

		if (!same && now && w->scene->place == BESIDE &&
		    strncmp(old->path, w->out, strlen(w->out)) == 0)
			same = same_bytes(old->path, in_clean(w, old->path, clean));
		if (!same)
			wrong(w, "%s was changed", old->path);
	}
}

/* what is new, and whether some is temporary */
struct added {
	size_t files, bytes;
	bool left;
};

static struct added check_new(struct work *w, bool killed)
{
	struct added added = { 0 };

	for (size_t i = 0; i < w->now.count; i++) {
		const char *path = w->now.entries[i].path, *shown = path + strlen(w->root) + 1;
		char clean[PATH * 2];

		if (!is_new_file(w, i))
			continue;
		if (is_temp(path)) {
			added.left = true;
			if (!may_be_left(w, killed))
				wrong(w, "%s is left", path);
			continue;
		}
		added.files++;
		added.bytes += (size_t)w->now.entries[i].st.st_size;
		if (w->scene->place != RECORDS && !same_bytes(path, in_clean(w, path, clean)))
			wrong(w, "%s is not whole", path);
		if (w->scene->place == RECORDS)
			shown = path + strlen(w->records) + 1;
		/* evidence is named by its event, whose path is printed */
		if (w->scene->place != BESIDE && !killed && !strstr(w->said, shown) &&
		    !strstr(w->complained, shown) &&
		    !(strstr(shown, "/evidence/") && lines_of(w->said) == w->scene->adds))
			wrong(w, "%s was added, and nobody told", path);
	}
	return added;
}

/* what record-check says of a folder: status, and its text to be freed */
static int checked(const struct work *w, const char *folder, bool tidy, char **text)
{
	const char *const words[] = { "record-check",         "-C", folder, "--evidence",
				      tidy ? "--tidy" : NULL, NULL };
	char *complained;
	int status = run(w, words, text, &complained);

	free(complained);
	return status;
}

static void check_records(struct work *w, const char *folder, bool left)
{
	struct tree now;
	char *text;

	if (checked(w, folder, false, &text) != 0)
		wrong(w, "record-check: %.400s", text);
	for (size_t i = 0; left && i < w->now.count; i++)
		if (is_temp(w->now.entries[i].path) &&
		    !strstr(text, last_part(w->now.entries[i].path)))
			wrong(w, "record-check does not name %s", w->now.entries[i].path);
	free(text);
	if (!left)
		return;
	if (checked(w, folder, true, &text) != 0)
		wrong(w, "record-check --tidy: %.400s", text);
	free(text);
	tree_read(&now, folder);
	for (size_t i = 0; i < now.count; i++)
		if (is_temp(now.entries[i].path))
			wrong(w, "--tidy leaves %s", now.entries[i].path);
	tree_free(&now);
}

/* the absolute path of a printed one */
static void absolute(const struct work *w, const char *printed, char path[PATH * 2])
{
	if (strncmp(printed, "../", 3) == 0)
		snprintf(path, PATH * 2, "%s/%s", w->root, printed + 3);
	else
		snprintf(path, PATH * 2, "%s/%s", w->records, printed);
}

/* in the state of the last cut: what was printed is there, what is there is whole */
void judge_cut(struct work *w, struct world *world)
{
	const struct world_file *file;
	const char *printed;

	for (size_t i = 0; w->scene->place != BESIDE && (printed = world_printed(world, i)); i++) {
		char path[PATH * 2];

		absolute(w, printed, path);
		file = world_find(world, path);
		if (!file || !file->whole)
			wrong(w, "%s was printed and is %s", printed, file ? "cut short" : "gone");
	}
	for (size_t i = 0; (file = world_file(world, i)); i++)
		if (!file->whole && !is_temp(file->path))
			wrong(w, "%s is cut short", file->path);
}

/* a command that says it is done: all is there, and would be after a power cut now */
static void check_done(struct work *w, size_t files)
{
	struct world *world = world_read(w->log, w->root);
	size_t last = world_points(world) - 1;

	if (lines_of(w->said) != w->scene->adds && w->scene->place != BESIDE)
		wrong(w, "%zu paths printed, not %zu", lines_of(w->said), w->scene->adds);
	world_cut(world, last, 0);
	judge_cut(w, world);
	for (size_t i = 0; i < w->now.count; i++)
		if (is_new_file(w, i) && !is_temp(w->now.entries[i].path)) {
			const struct world_file *file = world_find(world, w->now.entries[i].path);

			if (!file || !file->whole)
				wrong(w, "done, but %s is not on the disk", w->now.entries[i].path);
		}
	if (w->scene->place != RECORDS && files < w->clean.count)
		wrong(w, "%zu of %zu files", files, w->clean.count);
	world_free(world);
}

/* what a plan-init that failed made is completed by the next */
static void check_resumed(struct work *w)
{
	char path[PATH + 16];
	char *said, *complained;

	snprintf(path, sizeof(path), "%s/plan.yaml", w->out);
	if (access(path, F_OK) != 0 && run(w, w->scene->words, &said, &complained) != 0)
		wrong(w, "cannot go on: %s", complained);
	check_records(w, w->out, true);
	tree_free(&w->now);
	tree_read(&w->now, w->root);
}

/* what was printed before a kill is there */
static void check_printed(struct work *w)
{
	char path[PATH * 2];

	for (char *line = w->said, *end; (end = strchr(line, '\n')); line = end + 1) {
		*end = '\0';
		absolute(w, line, path);
		if (w->scene->place != BESIDE && !tree_find(&w->now, path))
			wrong(w, "%s was printed and is not there", line);
		*end = '\n';
	}
}

static void check_end(struct work *w, const struct expected *expected)
{
	bool died = w->status < 0;

	if (expected->killed
		    ? w->status != -SIGKILL
		    : (died && !expected->may_die) || (!died && w->status != 0 && w->status != 3))
		wrong(w, "ended with %d", w->status);
	if (expected->handled && w->status != 0)
		wrong(w, "gives up");
	if (expected->told && w->status != 3)
		wrong(w, "goes on");
	if (!died && w->status != 0 && !*w->complained)
		wrong(w, "no message");
}

void judge(struct work *w, const struct expected *expected)
{
	bool died = w->status < 0;
	struct added added = check_new(w, died);
	bool known = expected->again && !added.left && added.files == w->files &&
		     added.bytes == w->bytes;

	check_old(w);
	check_end(w, expected);
	check_printed(w);
	if (w->status == 0)
		check_done(w, added.files);
	if (w->scene->place == NEW && !known && w->now.count != w->before.count)
		check_resumed(w);
	else if (w->scene->place == RECORDS && added.files + added.left && !known)
		check_records(w, w->records, added.left);
}

static void put_file(const char *path, const char *bytes, size_t n)
{
	char folder[PATH * 2];
	FILE *file;

	for (const char *p = strchr(path + 1, '/'); p; p = strchr(p + 1, '/')) {
		snprintf(folder, sizeof(folder), "%.*s", (int)(p - path), path);
		mkdir(folder, 0777);
	}
	file = need(fopen(path, "w"));
	fwrite(bytes, 1, n, file);
	fclose(file);
}

/* the files of the last cut in the record folder, and what record-check says of them */
void judge_folder(struct work *w, struct world *world)
{
	const struct world_file *file;
	bool left = false;

	for (size_t i = 0; (file = world_file(world, i)); i++) {
		put_file(file->path, file->bytes, file->size);
		left = left || is_temp(file->path);
	}
	forget(w);
	tree_read(&w->now, w->root);
	check_records(w, w->records, left);
	tree_free(&w->now);
	tree_read(&w->now, w->root);
	put_back(w);
}
