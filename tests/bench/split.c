/*
 * split: what splitting a clerk's table costs at the least, for `make bench`: reads the file and gives
 * it to libcsv in one piece, strict as record-import is, and does nothing with the cells.
 *
 *	split FILE
 */
#include <csv.h>
#include <stdio.h>
#include <stdlib.h>

static size_t cells, rows;

static void take_cell(void *text, size_t n, void *context)
{
	(void)text;
	(void)n;
	(void)context;
	cells++;
}

static void take_row(int end, void *context)
{
	(void)end;
	(void)context;
	rows++;
}

static char *read_all(const char *name, size_t *n)
{
	FILE *file = fopen(name, "r");
	char *text = NULL;
	long size = file && fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;

	if (size >= 0) {
		rewind(file);
		text = malloc((size_t)size + 1);
	}
	*n = text ? fread(text, 1, (size_t)size, file) : 0;
	if (file)
		fclose(file);
	if (size < 0 || *n != (size_t)size) {
		free(text);
		return NULL;
	}
	return text;
}

int main(int argc, char **argv)
{
	struct csv_parser parser;
	size_t n;
	char *text = argc == 2 ? read_all(argv[1], &n) : NULL;
	int failed = 1;

	if (!text) {
		fputs("usage: split FILE\n", stderr);
		return 2;
	}
	if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) == 0) {
		failed = csv_parse(&parser, text, n, take_cell, take_row, NULL) != n ||
			 csv_fini(&parser, take_cell, take_row, NULL) != 0;
		csv_free(&parser);
	}
	free(text);
	printf("%zu rows, %zu cells\n", rows, cells);
	return failed;
}
