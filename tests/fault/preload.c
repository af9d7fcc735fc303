/*
 * preload.c: a system in which calls fail, to be put before a command with LD_PRELOAD.
 *
 * Counted are the calls by which a command touches files: open, openat, mkstemp, write, fsync, syncfs,
 * close, link, rename, flock, mkdir, unlink and what is named like them. What libc does inside of
 * itself (stdio, opendir, gettext) is not seen. The counts hang on the command alone where it runs
 * with one thread.
 *
 *   FAULT_AT=N FAULT_ERROR=EIO   the N-th call fails so; KILL: the process dies before it; SHORT: of a
 *                                write a half is written. A close that fails has closed.
 *   FAULT_EVERY='renameat2=EINVAL linkat=EPERM flock-folder=EBADF'
 *                                every call of these names fails; flock-folder: of a folder
 *   FAULT_ALLOC=N                the N-th malloc, calloc or realloc finds no memory
 *   FAULT_STATFS=0x6969          fstatfs tells this type of file system, fstat no disk that it lies on
 *   FAULT_FORK=calls, allocations:STEP
 *                                at each counted call, or at every STEP-th allocation, until the first file or
 *                                folder is touched, children are forked in which it fails, one for each error,
 *                                and go on to their end. Each is told on descriptor 101 in a message `NUMBER
 *                                ERROR STATUS` (of waitpid), and the command waits for a message that says to go
 *                                on. At the touch `CALLS ALLOCATIONS` so far, without an answer. What
 *                                a child wrote to the descriptors 1 and 2 and to the log is then cut off.
 *   FAULT_LOG=FILE               what happened, one line each, fields apart by tabs:
 *     # NAME PATH                a counted call, before it is made
 *     c INODE PATH               a file was made (INODE: device:number)
 *     m PATH                     a folder was made
 *     w INODE SIZE               so many bytes, which follow the line, were added to a file
 *     f INODE, g PATH, y         a file, a folder, all was synced
 *     l FROM TO, r FROM TO       link, rename
 *     u PATH                     a name was taken away
 *     p TEXT                     a line was printed with puts
 *     n FILE FUNCTION            an allocation failed that this program or library wanted
 *     a COUNT                    at the end: allocations so far
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define VISIBLE __attribute__((visibility("default")))
#define LOG_FD 100
#define FORK_FD 101
#define MOST_FDS 1024
#define MOST_OFFSETS 32 /* descriptors that a child may read on from */
#define MOST_SECONDS 20

void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t n);

static atomic_long calls, allocations;
static long fault_at, alloc_at;
static int fault_error;
static bool fault_kill, fault_short, logging, forking_calls;
static long forking_step; /* of allocations; 0: none */
static const char *every;
static bool written_to[MOST_FDS]; /* what is lost when its close fails */

static const struct {
	const char *name;
	int number;
} ERRORS[] = {
	{ "EIO", EIO },       { "ENOSPC", ENOSPC }, { "EINTR", EINTR },   { "EDQUOT", EDQUOT },
	{ "EROFS", EROFS },   { "EINVAL", EINVAL }, { "EPERM", EPERM },   { "EBADF", EBADF },
	{ "ENOSYS", ENOSYS }, { "ENOLCK", ENOLCK }, { "EACCES", EACCES },
};

static int error_named(const char *name, size_t n)
{
	for (size_t i = 0; i < sizeof(ERRORS) / sizeof(*ERRORS); i++)
		if (strlen(ERRORS[i].name) == n && memcmp(ERRORS[i].name, name, n) == 0)
			return ERRORS[i].number;
	return EIO;
}

static void set_error(const char *name)
{
	fault_kill = strcmp(name, "KILL") == 0;
	fault_short = strcmp(name, "SHORT") == 0;
	fault_error = error_named(name, strlen(name));
}

static long number_of(const char *name)
{
	const char *text = getenv(name);

	return text ? strtol(text, NULL, 0) : 0;
}

__attribute__((constructor)) static void start(void)
{
	const char *error = getenv("FAULT_ERROR"), *log = getenv("FAULT_LOG");
	const char *fork = getenv("FAULT_FORK");
	long fd;

	every = getenv("FAULT_EVERY");
	set_error(error ? error : "EIO");
	if (log) {
		fd = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND, 0666);
		syscall(SYS_dup3, fd, LOG_FD, O_CLOEXEC);
		syscall(SYS_close, fd);
		logging = true;
	}
	calls = 0;
	allocations = 0;
	fault_at = number_of("FAULT_AT");
	alloc_at = number_of("FAULT_ALLOC");
	forking_calls = fork && strcmp(fork, "calls") == 0;
	if (fork && strncmp(fork, "allocations:", 12) == 0)
		forking_step = strtol(fork + 12, NULL, 10);
}

static void put(const char *bytes, size_t n)
{
	if (logging)
		syscall(SYS_write, LOG_FD, bytes, n);
}

__attribute__((format(printf, 1, 2))) static void say(const char *format, ...)
{
	char line[3 * PATH_MAX];
	va_list args;
	int n;

	if (!logging)
		return;
	va_start(args, format);
	n = vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	put(line, n < (int)sizeof(line) ? (size_t)n : sizeof(line) - 1);
}

__attribute__((destructor)) static void end(void)
{
	say("a\t%ld\n", atomic_load(&allocations));
}

/* the absolute path of a name in an open folder; of a descriptor where the name is NULL */
static const char *absolute(int dir, const char *name, char path[PATH_MAX])
{
	char link[40];
	ssize_t n = 0;

	if (name && *name == '/') {
		snprintf(path, PATH_MAX, "%s", name);
		return path;
	}
	snprintf(link, sizeof(link), "/proc/self/fd/%d", dir);
	n = syscall(SYS_readlinkat, AT_FDCWD, dir == AT_FDCWD ? "/proc/self/cwd" : link, path,
		    PATH_MAX - 1);
	while (name && n > 0 && strncmp(name, "../", 3) == 0) { /* no links lie on the way */
		while (n > 0 && path[n - 1] != '/')
			n--;
		n -= n > 1;
		name += 3;
	}
	path[n > 0 ? n : 0] = '\0';
	if (name && n > 0)
		snprintf(path + n, (size_t)(PATH_MAX - n), "/%s",
			 strncmp(name, "./", 2) == 0 ? name + 2 : name);
	return path;
}

/* NAME=ERROR in the list of what fails every time; 0: it is not there */
static int fails_always(const char *name)
{
	size_t n = strlen(name);
	const char *p = every;

	while (p && *p) {
		size_t length = strcspn(p, " ");

		if (length > n && strncmp(p, name, n) == 0 && p[n] == '=')
			return error_named(p + n + 1, length - n - 1);
		p += length + (p[length] == ' ');
	}
	return 0;
}

/* where descriptors stand, so that a child can be as if it had not been */
struct place {
	off_t offsets[MOST_OFFSETS];
	off_t out, err, log;
};

static off_t size_of(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && S_ISREG(st.st_mode) ? st.st_size : -1;
}

static void note_place(struct place *place)
{
	for (int fd = 0; fd < MOST_OFFSETS; fd++)
		place->offsets[fd] = syscall(SYS_lseek, fd, 0, SEEK_CUR);
	place->out = size_of(1);
	place->err = size_of(2);
	place->log = size_of(LOG_FD);
}

static void cut_to(int fd, off_t size)
{
	if (size >= 0)
		syscall(SYS_ftruncate, fd, size);
}

static void go_to_place(const struct place *place)
{
	for (int fd = 0; fd < MOST_OFFSETS; fd++)
		if (place->offsets[fd] >= 0)
			syscall(SYS_lseek, fd, place->offsets[fd], SEEK_SET);
	cut_to(1, place->out);
	cut_to(2, place->err);
	cut_to(LOG_FD, place->log);
}

/* true in a child, which goes on; false in the command, after the child was told of and its traces are gone */
static bool forked(long number, const char *error)
{
	struct place place;
	char line[80];
	pid_t child;
	int status = 0, n, saved = errno;

	note_place(&place);
	/* not fork: the thread keeps its number for libc, whose locks it may hold */
	child = (pid_t)syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
	if (child < 0)
		_exit(126);
	if (child == 0) {
		forking_calls = false;
		forking_step = 0;
		alarm(MOST_SECONDS);
		return true;
	}
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		continue;
	n = snprintf(line, sizeof(line), "%ld %s %d", number, error, status);
	if (syscall(SYS_write, FORK_FD, line, n) != n || syscall(SYS_read, FORK_FD, line, 1) != 1)
		_exit(126);
	go_to_place(&place);
	errno = saved;
	return false;
}

/* from here on a child would leave something else than a run by itself */
static void touched(void)
{
	char line[80];
	int n;

	if (!forking_calls && !forking_step)
		return;
	forking_calls = false;
	forking_step = 0;
	n = snprintf(line, sizeof(line), "%ld %ld", atomic_load(&calls), atomic_load(&allocations));
	syscall(SYS_write, FORK_FD, line, n);
}

/* one child for each error; true in one, of which this call is the one that fails */
static bool forked_errors(const char *name, long number)
{
	static const char *const errors[] = { "EIO",   "ENOSPC", "EINTR", "EDQUOT",
					      "EROFS", "KILL",   "SHORT" };
	size_t n = sizeof(errors) / sizeof(*errors) - (strcmp(name, "write") != 0);

	for (size_t i = 0; i < n; i++)
		if (forked(number, errors[i])) {
			fault_at = number;
			set_error(errors[i]);
			return true;
		}
	return false;
}

/* counts a call; true when it is to fail, with errno */
static bool fails(const char *name, int dir, const char *path)
{
	char full[PATH_MAX];
	int error = fails_always(name);
	long n = ++calls;

	if (logging)
		say("#\t%s\t%s\n", name, absolute(dir, path, full));
	if (forking_calls)
		forked_errors(name, n);
	if (n == fault_at && fault_kill)
		kill(getpid(), SIGKILL);
	if (!error && n == fault_at && !fault_short)
		error = fault_error;
	errno = error;
	return error != 0;
}

#define REAL(name) ((__typeof__(&name))real(#name))
static void *real(const char *name)
{
	return dlsym(RTLD_NEXT, name);
}

static void say_made(int fd, int dir, const char *name)
{
	char path[PATH_MAX];
	struct stat st;
	int saved = errno;

	touched();
	if (logging && fstat(fd, &st) == 0)
		say("c\t%llu:%llu\t%s\n", (unsigned long long)st.st_dev,
		    (unsigned long long)st.st_ino, absolute(dir, name, path));
	errno = saved;
}

VISIBLE int openat(int dir, const char *name, int flags, ...)
{
	mode_t mode = 0;
	va_list args;
	int fd;

	va_start(args, flags);
	if (flags & O_CREAT)
		mode = va_arg(args, mode_t);
	va_end(args);
	if (fails(flags & O_CREAT ? "create" : "open", dir, name))
		return -1;
	fd = REAL(openat)(dir, name, flags, mode);
	if (fd >= 0 && flags & O_CREAT)
		say_made(fd, dir, name);
	return fd;
}

VISIBLE int open(const char *name, int flags, ...)
{
	mode_t mode = 0;
	va_list args;

	va_start(args, flags);
	if (flags & O_CREAT)
		mode = va_arg(args, mode_t);
	va_end(args);
	return openat(AT_FDCWD, name, flags, mode);
}

VISIBLE int mkstemp(char *name)
{
	int fd;

	if (fails("create", AT_FDCWD, name))
		return -1;
	fd = REAL(mkstemp)(name);
	if (fd >= 0)
		say_made(fd, AT_FDCWD, name);
	return fd;
}

VISIBLE ssize_t write(int fd, const void *bytes, size_t n)
{
	struct stat st;
	ssize_t written;

	if (fails("write", fd, NULL))
		return -1;
	if (n > 1 && fault_short && calls == fault_at)
		n /= 2;
	written = REAL(write)(fd, bytes, n);
	if (written > 0 && fd < MOST_FDS)
		written_to[fd] = true;
	if (written > 0 && logging && fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
		say("w\t%llu:%llu\t%zd\n", (unsigned long long)st.st_dev,
		    (unsigned long long)st.st_ino, written);
		put(bytes, (size_t)written);
	}
	return written;
}

VISIBLE int fsync(int fd)
{
	char path[PATH_MAX];
	struct stat st;
	int result;

	if (fails("fsync", fd, NULL))
		return -1;
	result = REAL(fsync)(fd);
	if (result == 0 && logging && fstat(fd, &st) == 0) {
		if (S_ISDIR(st.st_mode))
			say("g\t%s\n", absolute(fd, NULL, path));
		else
			say("f\t%llu:%llu\n", (unsigned long long)st.st_dev,
			    (unsigned long long)st.st_ino);
	}
	return result;
}

VISIBLE int syncfs(int fd)
{
	int result;

	if (fails("syncfs", fd, NULL))
		return -1;
	result = REAL(syncfs)(fd);
	if (result == 0)
		say("y\n");
	return result;
}

/* whether what was written is to be found again: a file without a name ends with its descriptor */
static bool keeps_bytes(int fd)
{
	struct stat found;

	return fd >= 0 && fd < MOST_FDS && written_to[fd] && fstat(fd, &found) == 0 &&
	       found.st_nlink > 0;
}

/* the descriptor is closed whatever is answered, as on Linux */
VISIBLE int close(int fd)
{
	bool written = keeps_bytes(fd);
	bool failing = fails(written ? "close-written" : "close", fd, NULL);
	int error = errno, result = REAL(close)(fd);

	if (fd >= 0 && fd < MOST_FDS)
		written_to[fd] = false;
	if (!failing)
		return result;
	errno = error;
	return -1;
}

static void say_two(char letter, int from_dir, const char *from, int to_dir, const char *to)
{
	char one[PATH_MAX], other[PATH_MAX];

	touched();
	if (logging)
		say("%c\t%s\t%s\n", letter, absolute(from_dir, from, one),
		    absolute(to_dir, to, other));
}

VISIBLE int linkat(int from_dir, const char *from, int to_dir, const char *to, int flags)
{
	int result;

	if (fails("linkat", to_dir, to))
		return -1;
	result = REAL(linkat)(from_dir, from, to_dir, to, flags);
	if (result == 0)
		say_two('l', from_dir, from, to_dir, to);
	return result;
}

VISIBLE int renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned flags)
{
	int result;

	if (fails("renameat2", to_dir, to))
		return -1;
	result = REAL(renameat2)(from_dir, from, to_dir, to, flags);
	if (result == 0)
		say_two('r', from_dir, from, to_dir, to);
	return result;
}

VISIBLE int renameat(int from_dir, const char *from, int to_dir, const char *to)
{
	int result;

	if (fails("rename", to_dir, to))
		return -1;
	result = REAL(renameat)(from_dir, from, to_dir, to);
	if (result == 0)
		say_two('r', from_dir, from, to_dir, to);
	return result;
}

VISIBLE int rename(const char *from, const char *to)
{
	return renameat(AT_FDCWD, from, AT_FDCWD, to);
}

VISIBLE int flock(int fd, int operation)
{
	struct stat st;
	int error = fails_always("flock-folder");

	if (error && fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
		errno = error;
		return -1;
	}
	return fails("flock", fd, NULL) ? -1 : REAL(flock)(fd, operation);
}

VISIBLE int mkdirat(int dir, const char *name, mode_t mode)
{
	char path[PATH_MAX];
	int result;

	if (fails("mkdir", dir, name))
		return -1;
	result = REAL(mkdirat)(dir, name, mode);
	if (result == 0)
		touched();
	if (result == 0 && logging)
		say("m\t%s\n", absolute(dir, name, path));
	return result;
}

VISIBLE int mkdir(const char *name, mode_t mode)
{
	return mkdirat(AT_FDCWD, name, mode);
}

VISIBLE int unlinkat(int dir, const char *name, int flags)
{
	char path[PATH_MAX];
	int result;

	if (fails("unlink", dir, name))
		return -1;
	result = REAL(unlinkat)(dir, name, flags);
	if (result == 0)
		touched();
	if (result == 0 && logging)
		say("u\t%s\n", absolute(dir, name, path));
	return result;
}

VISIBLE int unlink(const char *name)
{
	return unlinkat(AT_FDCWD, name, 0);
}

VISIBLE int puts(const char *text)
{
	say("p\t%s\n", text);
	return REAL(puts)(text);
}

VISIBLE int fstatfs(int fd, struct statfs *st)
{
	int result = REAL(fstatfs)(fd, st);
	long type = number_of("FAULT_STATFS");

	if (result == 0 && type)
		st->f_type = (__typeof__(st->f_type))type;
	return result;
}

VISIBLE int fstat(int fd, struct stat *st)
{
	int result = REAL(fstat)(fd, st);

	if (result == 0 && getenv("FAULT_STATFS"))
		st->st_dev = 0;
	return result;
}

static bool no_memory(const void *caller)
{
	static bool busy;
	long n = ++allocations;
	Dl_info who;

	if (forking_step && !busy && n % forking_step == 1 % forking_step) {
		busy = true; /* what a fork itself allocates */
		if (forked(n, "ENOMEM"))
			alloc_at = n;
		busy = false;
	}
	if (n != alloc_at)
		return false;
	if (logging && dladdr(caller, &who))
		say("n\t%s\t%s\n", who.dli_fname, who.dli_sname ? who.dli_sname : "");
	errno = ENOMEM;
	return true;
}

#define CALLER __builtin_return_address(0)

VISIBLE void *malloc(size_t n)
{
	return no_memory(CALLER) ? NULL : __libc_malloc(n);
}

VISIBLE void *calloc(size_t n, size_t size)
{
	return no_memory(CALLER) ? NULL : __libc_calloc(n, size);
}

VISIBLE void *realloc(void *p, size_t n)
{
	return no_memory(CALLER) ? NULL : __libc_realloc(p, n);
}
