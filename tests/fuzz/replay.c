/*
 * Gives the files that are named, and those in the folders that are named, to a fuzz target, without
 * libFuzzer: what was found once stays a test, with any compiler. Prints how many there were.
 */
#include <dirent.h>

#include "must.h"

static unsigned long count;

static void replay_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	uint8_t *data = NULL;
	long size;

	if (!file || fseek(file, 0, SEEK_END) != 0 || (size = ftell(file)) < 0) {
		perror(path);
		exit(2);
	}
	rewind(file);
	/* exactly as large as the input, so that reading behind its end is seen */
	data = malloc(size ? (size_t)size : 1);
	if (!data || fread(data, 1, (size_t)size, file) != (size_t)size) {
		perror(path);
		exit(2);
	}
	fclose(file);
	fprintf(stderr, "%s\n", path); /* the last one is to blame */
	LLVMFuzzerTestOneInput(data, (size_t)size);
	free(data);
	count++;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static void replay(const char *path)
{
	struct dirent **entries;
	int n = scandir(path, &entries, NULL, by_name);

	if (n < 0) {
		replay_file(path);
		return;
	}
	for (int i = 0; i < n; i++) {
		char inner[4096];

		snprintf(inner, sizeof(inner), "%s/%s", path, entries[i]->d_name);
		if (*entries[i]->d_name != '.')
			replay_file(inner);
		free(entries[i]);
	}
	free(entries);
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		replay(argv[i]);
	printf("%lu\n", count);
	return 0;
}
