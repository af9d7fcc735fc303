/*
 * validate: what reading and checking a record costs, for `make bench`, as multiples of what
 * libyaml takes for the events of the same text. Of each measure the median of some rounds; in a
 * round all measures take their turn, so that a machine that is busy for a while spoils none.
 *
 *	validate PLAN FILE...
 *
 * FILE: records and events, of any kind. Prints a row for each; then, for the last one, what a
 * document costs in longer and longer streams.
 */
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <yaml.h>

#include "base/file.h"
#include "cli/schemas.h"
#include "model/plan.h"
#include "yaml/read.h"

#define ROUNDS 15
#define ROUND_TIME 0.01 /* seconds at the least */

static struct plan plan;
static struct arena kept;

static void die(const char *what)
{
	fprintf(stderr, "validate: %s\n", what);
	exit(3);
}

static void die_of(const struct findings *findings)
{
	for (size_t i = 0; i < findings->count; i++)
		fprintf(stderr, "validate: %s:%u: %s\n",
			findings->items[i].file ? findings->items[i].file : "-",
			findings->items[i].line, findings->items[i].message);
	exit(3);
}

static bool is_word(void *context, const char *kind, const struct node *value)
{
	(void)context;
	return plan_word(&plan, kind, value);
}

static const struct schema_host host = { .is_word = is_word };

/* a text, its schema, its tree, and that of a copy with a fault */
struct subject {
	const char *name, *text;
	size_t size;
	const struct schema *schema;
	struct schema_run *run;
	const struct node *root, *faulty;
	struct arena arena; /* of reading once more */
};

static void take_events(struct subject *s)
{
	yaml_parser_t parser;
	yaml_event_t event;
	bool ended = false;

	if (!yaml_parser_initialize(&parser))
		die("out of memory");
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parser, (const unsigned char *)s->text, s->size);
	while (!ended) {
		if (!yaml_parser_parse(&parser, &event))
			die("libyaml does not read it");
		ended = event.type == YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&parser);
}

static void read_tree(struct subject *s)
{
	struct findings findings;

	findings_init(&findings);
	if (!yaml_read(&s->arena, s->name, s->text, s->size, &READ_RECORD, &findings))
		die_of(&findings);
	findings_release(&findings);
	arena_reset(&s->arena);
}

static void check(struct subject *s)
{
	if (!schema_check(s->schema, s->run, s->root, &host, NULL))
		die("the record is not valid");
}

static void explain(struct subject *s)
{
	const struct schema_source source = { .name = s->name, .text = s->text, .size = s->size };
	struct findings findings;

	findings_init(&findings);
	schema_explain(s->schema, s->run, s->faulty, &host, &source, &findings);
	if (!findings.errors)
		die("nothing is explained");
	findings_release(&findings);
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* seconds that it takes once; the clock itself takes longer than some of what is timed */
static double seconds(void (*act)(struct subject *), struct subject *s)
{
	for (size_t times = 1;; times *= 2) {
		double from = now(), took;

		for (size_t i = 0; i < times; i++)
			act(s);
		took = now() - from;
		if (took >= ROUND_TIME)
			return took / (double)times;
	}
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(double values[ROUNDS])
{
	qsort(values, ROUNDS, sizeof(*values), by_value);
	return values[ROUNDS / 2];
}

static double tell_subject(struct subject *s)
{
	static void (*const acts[])(struct subject *) = { take_events, read_tree, check, explain };
	double times[4][ROUNDS], ratios[4];

	for (int round = 0; round < ROUNDS; round++)
		for (int i = 0; i < 4; i++) {
			times[i][round] = seconds(acts[i], s);
			if (i)
				times[i][round] /= times[0][round];
		}
	for (int i = 0; i < 4; i++)
		ratios[i] = median(times[i]);
	printf("%-32s %6zu %9.2f %8.2f %8.2f %8.2f\n", strrchr(s->name, '/') + 1, s->size,
	       ratios[0] * 1e6, ratios[1], ratios[2], ratios[3]);
	return ratios[2];
}

static const struct node *tree_of(const char *name, const char *text, size_t size,
				  const struct read_options *options)
{
	struct findings findings;
	const struct node *root;

	findings_init(&findings);
	root = yaml_read(&kept, name, text, size, options, &findings);
	if (!root)
		die_of(&findings);
	findings_release(&findings);
	return root;
}

static const struct node *tree_of_file(const char *path, const struct read_options *options,
				       const char **text, size_t *size)
{
	struct str content = { 0 };

	if (file_read(AT_FDCWD, path, options->bytes, &content) < 0)
		die(path);
	*size = content.len;
	*text = arena_strndup(&kept, str_text(&content), content.len);
	str_release(&content);
	return tree_of(path, *text, *size, options);
}

/* the same with a misspelt field, so that one is unknown and one is missing */
static const struct node *with_fault(const struct subject *s)
{
	char *text = arena_strndup(&kept, s->text, s->size);
	char *field = text ? strstr(text, "\nunit:") : NULL;

	if (!field)
		die("the record has no unit");
	memcpy(field, "\nuint:", 6);
	return tree_of(s->name, text, s->size, &READ_RECORD);
}

static void load(struct subject *s, const char *path, struct schemas *schemas)
{
	struct findings findings;
	const char *kind;

	findings_init(&findings);
	s->name = path;
	s->root = tree_of_file(path, &READ_RECORD, &s->text, &s->size);
	s->faulty = with_fault(s);
	kind = node_string(s->root, "kind");
	s->schema = kind ? schemas_compile_kind(schemas, kind_named(kind), &findings)
			 : schemas_compile_event(schemas, &findings);
	if (!s->schema)
		die_of(&findings);
	s->run = schema_run_new(s->schema);
	if (!s->run)
		die("out of memory");
	findings_release(&findings);
}

static void unload(struct subject *s)
{
	schema_run_free(s->run);
	arena_release(&s->arena);
}

/* reads and checks all documents of a stream; seconds for each */
static double check_stream(struct subject *s, const char *text, size_t size)
{
	struct findings findings;
	struct yaml_reader *reader;
	struct node *root;
	double from = now();
	size_t count = 0;

	findings_init(&findings);
	reader = yaml_open(s->name, text, size, &READ_ANY, &findings);
	if (!reader)
		die_of(&findings);
	while (yaml_next(reader, &s->arena, &root) > 0) {
		if (!schema_check(s->schema, s->run, root, &host, NULL))
			die("a document is not valid");
		arena_reset(&s->arena);
		count++;
	}
	yaml_close(reader);
	findings_release(&findings);
	return (now() - from) / (double)count;
}

static void tell_streams(struct subject *s)
{
	static const size_t counts[] = { 1000, 10000, 100000 };
	double first = 0;

	printf("\n%-32s %19s %8s\n", "documents in a stream", "us for each", "x 1000");
	for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++) {
		struct str text = { 0 };
		double best = 0, once;

		for (size_t n = 0; n < counts[i]; n++) {
			str_add(&text, "---\n");
			str_addn(&text, s->text, s->size);
		}
		for (int run = 0; run < 5; run++) {
			once = check_stream(s, str_text(&text), text.len);
			best = run && best < once ? best : once;
		}
		if (!i)
			first = best;
		printf("%-32zu %19.2f %8.2f\n", counts[i], best * 1e6, best / first);
		str_release(&text);
	}
}

int main(int argc, char **argv)
{
	struct subject last = { 0 };
	struct schemas schemas;
	struct findings findings;
	const char *text;
	size_t size;
	double check_ratio = 0;

	if (argc < 3) {
		fputs("usage: validate PLAN FILE...\n", stderr);
		return 2;
	}
	findings_init(&findings);
	if (schemas_init(&schemas, NULL) < 0 ||
	    plan_load(&plan, tree_of_file(argv[1], &READ_LARGE, &text, &size), argv[1], &kept,
		      &findings) < 0)
		die_of(&findings);
	printf("%-32s %6s %9s %8s %8s %8s\n", "record", "bytes", "libyaml us", "x read", "x check",
	       "x explain");
	for (int i = 2; i < argc; i++) {
		double ratio;

		unload(&last);
		last = (struct subject){ 0 };
		load(&last, argv[i], &schemas);
		ratio = tell_subject(&last);
		check_ratio = ratio > check_ratio ? ratio : check_ratio;
	}
	tell_streams(&last);
	printf("\ncheck: %.2f times libyaml at most, wanted 0.33 at most\n", check_ratio);
	unload(&last);
	schemas_release(&schemas);
	findings_release(&findings);
	arena_release(&kept);
	return 0;
}
