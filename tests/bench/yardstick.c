/*
 * yardstick: what reading all records costs at the least, for `make bench`: lists the record
 * folder, reads every file and takes libyaml's events of it, on as many threads as store_scan has,
 * and does nothing with the events.
 *
 *	yardstick DIR
 */
#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yaml.h>

#define MOST_THREADS 8
#define LARGEST (1024 * 1024)
#define DIRECTORY (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

static int root;
static char **months; /* <unit>/<kind>/<month> */
static size_t nmonths;
static atomic_size_t next, files, events;

static void die(const char *what)
{
	perror(what);
	exit(3);
}

static DIR *open_folder(const char *path)
{
	int fd = openat(root, path, DIRECTORY);
	DIR *folder = fd < 0 ? NULL : fdopendir(fd);

	if (!folder)
		die(path);
	return folder;
}

static void add_month(const char *path)
{
	if ((nmonths & (nmonths - 1)) == 0)
		months = realloc(months, (nmonths ? 2 * nmonths : 1) * sizeof(*months));
	if (!months || !(months[nmonths++] = strdup(path)))
		die("realloc");
}

/* the folders that are `depth` levels below the path */
static void find_months(const char *path, int depth)
{
	DIR *folder;
	struct dirent *entry;
	char below[1024];

	if (!depth) {
		add_month(path);
		return;
	}
	folder = open_folder(path);
	while ((entry = readdir(folder))) {
		if (entry->d_type != DT_DIR || entry->d_name[0] == '.')
			continue;
		snprintf(below, sizeof(below), "%s/%s", path, entry->d_name);
		find_months(below, depth - 1);
	}
	closedir(folder);
}

static size_t read_file(int dir, const char *name, unsigned char *buffer)
{
	int fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	size_t size = 0;
	ssize_t n = 1;

	while (fd >= 0 && n > 0 && size < LARGEST)
		if ((n = read(fd, buffer + size, LARGEST - size)) > 0)
			size += (size_t)n;
	if (fd < 0 || n < 0)
		die(name);
	close(fd);
	return size;
}

static size_t count_events(const unsigned char *text, size_t size)
{
	yaml_parser_t parser;
	yaml_event_t event;
	size_t n = 0;
	bool ended = false;

	if (!yaml_parser_initialize(&parser))
		die("yaml_parser_initialize");
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parser, text, size);
	while (!ended && yaml_parser_parse(&parser, &event)) {
		ended = event.type == YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
		n++;
	}
	yaml_parser_delete(&parser);
	return n;
}

static void *read_months(void *argument)
{
	unsigned char *buffer = malloc(LARGEST);
	size_t i, nfiles = 0, nevents = 0;

	(void)argument;
	if (!buffer)
		die("malloc");
	while ((i = atomic_fetch_add(&next, 1)) < nmonths) {
		DIR *folder = open_folder(months[i]);
		struct dirent *entry;

		while ((entry = readdir(folder))) {
			if (entry->d_type != DT_REG)
				continue;
			nevents += count_events(buffer,
						read_file(dirfd(folder), entry->d_name, buffer));
			nfiles++;
		}
		closedir(folder);
	}
	atomic_fetch_add(&files, nfiles);
	atomic_fetch_add(&events, nevents);
	free(buffer);
	return NULL;
}

/* those that we may use, as threads_usable counts them */
static long processors(void)
{
	cpu_set_t ours;

	CPU_ZERO(&ours);
	if (sched_getaffinity(0, sizeof(ours), &ours) == 0 && CPU_COUNT(&ours) > 0)
		return CPU_COUNT(&ours);
	return sysconf(_SC_NPROCESSORS_ONLN);
}

int main(int argc, char **argv)
{
	long n = processors();
	pthread_t threads[MOST_THREADS];

	if (argc != 2) {
		fputs("usage: yardstick DIR\n", stderr);
		return 2;
	}
	root = open(argv[1], DIRECTORY);
	if (root < 0)
		die(argv[1]);
	find_months(".", 3);
	n = n < 1 ? 1 : n > MOST_THREADS ? MOST_THREADS : n;
	for (long i = 0; i < n; i++)
		if (pthread_create(&threads[i], NULL, read_months, NULL) != 0)
			die("pthread_create");
	for (long i = 0; i < n; i++)
		pthread_join(threads[i], NULL);
	printf("%zu files, %zu events\n", (size_t)files, (size_t)events);
	for (size_t i = 0; i < nmonths; i++)
		free(months[i]);
	free(months);
	return 0;
}
