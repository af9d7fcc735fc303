/*
 * check: YAML or JSON files against a JSON Schema; what is wrong, with the line and a caret.
 *
 *	cc check.c $(pkg-config --cflags --libs duban) -o check
 *	./check schema.yaml record.yaml ...
 */
#include <duban.h>
#include <stdio.h>

static void print(void *context, const struct duban_finding *finding)
{
	char text[4096];

	(void)context;
	duban_finding_text(finding, text, sizeof(text));
	fputs(text, stdout);
}

/* how many documents of the file are not valid or cannot be read */
static int check(const struct duban_schema *schema, const char *path)
{
	struct duban_stream *stream = duban_open_path(path, 0, print, NULL);
	int next = -1, bad = 0;

	while (stream && (next = duban_next(stream)) > 0)
		if (!duban_check(schema, stream)) {
			duban_explain(schema, stream, print, NULL);
			bad++;
		}
	duban_close(stream);
	return next < 0 ? bad + 1 : bad;
}

int main(int argc, char **argv)
{
	struct duban_set *set = duban_set_new(print, NULL);
	struct duban_schema *schema = NULL;
	int bad = 0;

	if (argc < 3) {
		fprintf(stderr, "usage: check SCHEMA FILE...\n");
		return 2;
	}
	if (set && duban_set_add_path(set, argv[1], 0) == 0)
		schema = duban_compile(set, NULL, DUBAN_ASSERT_FORMAT);
	if (!schema)
		perror(argv[1]);
	for (int i = 2; schema && i < argc; i++)
		bad += check(schema, argv[i]);
	duban_schema_free(schema);
	duban_set_free(set);
	return schema ? bad > 0 : 2;
}
