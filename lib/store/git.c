#include "store/git.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/map.h"

#define OUTPUT_LIMIT ((size_t)1024 * 1024 * 1024)
#define FOLDER_LIMIT ((size_t)256 * 1024 * 1024)
#define MOST_ARGUMENTS 32
#define BUFFER_SIZE 65536

/* a `git cat-file --batch`: a name goes in, a line and the object's bytes come out */
struct batch_process {
	pid_t child; /* 0: not started */
	int to, from;
	char buffer[BUFFER_SIZE];
	size_t start, end; /* of what was read and not yet taken */
	bool failed;
};

struct git {
	int dir;
	char *const *environment;
	struct arena arena;
	struct map folders; /* by id in hexadecimal; NULL: broken */
	struct batch_process contents, sizes;
	size_t id_bytes;
	bool quiet; /* what git complains of is told to nobody */
};

struct git *git_new(int dir, char *const *environment)
{
	struct git *git = calloc(1, sizeof(*git));

	if (!git)
		return NULL;
	git->dir = dir;
	git->environment = environment;
	git->id_bytes = 20;
	map_init(&git->folders, &git->arena);
	return git;
}

static int wait_for(pid_t child)
{
	int status;

	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void stop(struct batch_process *p)
{
	if (!p->child)
		return;
	close(p->to);
	close(p->from);
	wait_for(p->child);
	p->child = 0;
}

void git_free(struct git *git)
{
	if (!git)
		return;
	stop(&git->contents);
	stop(&git->sizes);
	arena_release(&git->arena);
	free(git);
}

/* starts git with the ends of pipes as its streams (in: -1 for none); its id, or -1 */
static pid_t start(const struct git *git, const char *const *arguments, int in, int out)
{
	/* a program that the repository's configuration names is not ours to run */
	const char *words[MOST_ARGUMENTS] = { "git",
					      "--literal-pathspecs",
					      "--no-replace-objects",
					      "--no-optional-locks",
					      "-c",
					      "core.fsmonitor=false",
					      "-c",
					      "core.hooksPath=/dev/null",
					      "-c",
					      "protocol.allow=never" };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	size_t n = 10;
	sigset_t pipe_only;
	pid_t child;
	int error;

	for (size_t i = 0; arguments[i] && n < MOST_ARGUMENTS - 1; i++)
		words[n++] = arguments[i];
	if (posix_spawn_file_actions_init(&actions) != 0)
		return -1;
	if (posix_spawnattr_init(&attributes) != 0) {
		posix_spawn_file_actions_destroy(&actions);
		return -1;
	}
	sigemptyset(&pipe_only);
	sigaddset(&pipe_only, SIGPIPE);
	posix_spawnattr_setsigdefault(&attributes, &pipe_only);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
	error = posix_spawn_file_actions_addfchdir_np(&actions, git->dir);
	if (!error)
		error = in < 0 ? posix_spawn_file_actions_addopen(&actions, STDIN_FILENO,
								  "/dev/null", O_RDONLY, 0)
			       : posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
	if (!error)
		error = posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
	if (!error && git->quiet)
		error = posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null",
							 O_WRONLY, 0);
	if (!error)
		error = posix_spawnp(&child, "git", &actions, &attributes,
				     (char *const *)(uintptr_t)words, git->environment);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	return error ? -1 : child;
}

int git_run(struct git *git, const char *const *arguments, struct str *out)
{
	int pipes[2], status = -1;
	bool whole;
	pid_t child;

	if (pipe2(pipes, O_CLOEXEC) < 0)
		return -1;
	child = start(git, arguments, -1, pipes[1]);
	close(pipes[1]);
	whole = child > 0 && fd_read(pipes[0], OUTPUT_LIMIT, out) == 0;
	close(pipes[0]);
	if (child > 0)
		status = wait_for(child);
	return whole ? status : -1;
}

int git_list(int dir, char *const *environment, struct str *out)
{
	const char *const arguments[] = { "ls-files", "-t", "-z", NULL };
	struct git *git = git_new(dir, environment);
	int status;

	if (git)
		git->quiet = true;
	status = git ? git_run(git, arguments, out) : -1;
	git_free(git);
	return status == 0 ? 0 : -1;
}

static bool start_batch(struct git *git, struct batch_process *p)
{
	const char *const arguments[] = { "cat-file",
					  p == &git->contents ? "--batch" : "--batch-check", NULL };
	int to[2], from[2];

	if (p->child || p->failed)
		return !p->failed;
	p->failed = true;
	if (pipe2(to, O_CLOEXEC) < 0)
		return false;
	if (pipe2(from, O_CLOEXEC) < 0) {
		close(to[0]);
		close(to[1]);
		return false;
	}
	p->child = start(git, arguments, to[0], from[1]);
	close(to[0]);
	close(from[1]);
	p->to = to[1];
	p->from = from[0];
	p->failed = p->child < 0;
	if (p->failed) {
		p->child = 0;
		close(p->to);
		close(p->from);
	}
	return !p->failed;
}

static bool send(struct batch_process *p, const char *text, size_t n)
{
	while (n) {
		ssize_t written = write(p->to, text, n);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return false;
		text += written;
		n -= (size_t)written;
	}
	return true;
}

/* fills the empty buffer; false at the end */
static bool fill(struct batch_process *p)
{
	ssize_t n;

	do
		n = read(p->from, p->buffer, sizeof(p->buffer));
	while (n < 0 && errno == EINTR);
	p->start = 0;
	p->end = n > 0 ? (size_t)n : 0;
	return n > 0;
}

static bool take_line(struct batch_process *p, char *line, size_t size)
{
	size_t n = 0;

	for (;;) {
		if (p->start == p->end && !fill(p))
			return false;
		line[n] = p->buffer[p->start++];
		if (line[n] == '\n')
			break;
		if (++n == size)
			return false;
	}
	line[n] = '\0';
	return true;
}

/* takes n bytes; out NULL: they are passed over */
static bool take_bytes(struct batch_process *p, uint64_t n, struct str *out)
{
	while (n) {
		size_t here = p->end - p->start;

		if (!here) {
			if (!fill(p))
				return false;
			continue;
		}
		if (here > n)
			here = (size_t)n;
		if (out)
			str_addn(out, p->buffer + p->start, here);
		p->start += here;
		n -= here;
	}
	return true;
}

/* "<id> <type> <size>", or "<name> missing" */
static enum git_type parse_header(struct git *git, const char *line, uint64_t *size, char *id)
{
	static const char *const types[] = {
		[GIT_BLOB] = "blob", [GIT_TREE] = "tree", [GIT_COMMIT] = "commit", [GIT_TAG] = "tag"
	};
	size_t digits = strspn(line, "0123456789abcdef");
	const char *type = line + digits + 1, *number;
	char *end;

	if ((digits != 40 && digits != 64) || line[digits] != ' ')
		return GIT_MISSING;
	number = strchr(type, ' ');
	for (int t = GIT_BLOB; number && t <= GIT_TAG; t++) {
		size_t n = strlen(types[t]);

		if ((size_t)(number - type) != n || strncmp(type, types[t], n) != 0)
			continue;
		*size = strtoull(number + 1, &end, 10);
		git->id_bytes = digits / 2;
		if (id) {
			memcpy(id, line, digits);
			id[digits] = '\0';
		}
		return *end ? GIT_MISSING : (enum git_type)t;
	}
	return GIT_MISSING;
}

static enum git_type ask(struct git *git, struct batch_process *p, const char *name, uint64_t *size,
			 char *id)
{
	char line[512];

	if (strlen(name) > 128 || strchr(name, '\n') || !start_batch(git, p))
		return GIT_FAILED;
	if (!send(p, name, strlen(name)) || !send(p, "\n", 1) ||
	    !take_line(p, line, sizeof(line))) {
		p->failed = true;
		return GIT_FAILED;
	}
	return parse_header(git, line, size, id);
}

enum git_type git_size(struct git *git, const char *name, uint64_t *size)
{
	return ask(git, &git->sizes, name, size, NULL);
}

enum git_type git_read(struct git *git, const char *name, size_t limit, struct str *out, char *id)
{
	struct batch_process *p = &git->contents;
	uint64_t size = 0;
	enum git_type type = ask(git, p, name, &size, id);

	if (type < GIT_BLOB)
		return type;
	if (!take_bytes(p, size, size > limit ? NULL : out) || !take_bytes(p, 1, NULL)) {
		p->failed = true;
		return GIT_FAILED;
	}
	if (size > limit)
		return GIT_TOO_LARGE;
	return out->failed ? GIT_FAILED : type;
}

const struct git_folder *git_folder_once(struct git *git, const char *id, struct arena *arena)
{
	const struct git_folder *folder = NULL;
	struct str bytes = { 0 };
	char *kept;

	if (map_has(&git->folders, id, strlen(id)))
		return map_get(&git->folders, id, strlen(id));
	if (git_read(git, id, FOLDER_LIMIT, &bytes, NULL) == GIT_TREE) {
		kept = arena_strndup(arena, str_text(&bytes), bytes.len);
		folder = kept ? git_folder_parse(kept, bytes.len, git->id_bytes, arena) : NULL;
	}
	str_release(&bytes);
	return folder;
}

const struct git_folder *git_folder(struct git *git, const char *id)
{
	const struct git_folder *folder = git_folder_once(git, id, &git->arena);
	char *key = folder && !map_has(&git->folders, id, strlen(id))
			    ? arena_strdup(&git->arena, id)
			    : NULL;

	if (key)
		map_put(&git->folders, key, strlen(key), (void *)(uintptr_t)folder);
	return folder;
}

const char *git_hex(const struct git *git, const struct git_entry *entry, char out[GIT_ID_SIZE])
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < git->id_bytes; i++) {
		out[2 * i] = digits[entry->id[i] >> 4];
		out[2 * i + 1] = digits[entry->id[i] & 15];
	}
	out[2 * git->id_bytes] = '\0';
	return out;
}

bool git_same(const struct git *git, const struct git_entry *a, const struct git_entry *b)
{
	return memcmp(a->id, b->id, git->id_bytes) == 0;
}
