/*
 * nesting: how soon the readers refuse what is nested too deeply, for `make bench`: at 512 levels,
 * however many follow.
 *
 * What still grows is the look at all bytes before, and in flow style, up to some 1500 levels, what
 * libyaml does: it reads on for 1024 characters, as a key may be that long, and at each it goes
 * through all levels that are open.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/str.h"
#include "yaml/read.h"

#define TIMES 15

static const struct nesting {
	const char *name, *level;
	struct node *(*read)(struct arena *, const char *, const char *, size_t,
			     const struct read_options *, struct findings *);
} NESTINGS[] = {
	{ "block", "- ", yaml_read },
	{ "flow", "[", yaml_read },
	{ "flow map", "{a: ", yaml_read },
	{ "JSON", "[", json_read },
	{ "JSON object", "{\"a\":", json_read },
};

static const size_t LEVELS[] = { 600, 2000, 50000 };

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

/* microseconds until the text is refused */
static double refuse(const struct nesting *nesting, const struct str *text)
{
	struct findings findings;
	struct arena arena = { 0 };
	double from = now();

	findings_init(&findings);
	if (nesting->read(&arena, "-", str_text(text), text->len, &READ_ANY, &findings) ||
	    strcmp(findings.items[0].code, "too-deep") != 0) {
		fputs("nesting: there is no limit\n", stderr);
		exit(3);
	}
	findings_release(&findings);
	arena_release(&arena);
	return now() - from;
}

static double least(const struct nesting *nesting, size_t levels)
{
	struct str text = { 0 };
	double took = 0;

	for (size_t i = 0; i < levels; i++)
		str_add(&text, nesting->level);
	for (int i = 0; i < TIMES; i++) {
		double once = refuse(nesting, &text);

		took = i && took < once ? took : once;
	}
	str_release(&text);
	return took;
}

int main(void)
{
	printf("%-32s", "us to refuse levels");
	for (size_t j = 0; j < sizeof(LEVELS) / sizeof(*LEVELS); j++)
		printf(" %8zu", LEVELS[j]);
	printf("\n");
	for (size_t i = 0; i < sizeof(NESTINGS) / sizeof(*NESTINGS); i++) {
		printf("%-32s", NESTINGS[i].name);
		for (size_t j = 0; j < sizeof(LEVELS) / sizeof(*LEVELS); j++)
			printf(" %8.0f", least(&NESTINGS[i], LEVELS[j]));
		printf("\n");
	}
	return 0;
}
