#include "yaml/stream.h"

#include <stdlib.h>
#include <string.h>

#include "base/msg.h"

struct stream {
	struct yaml_reader *yaml; /* NULL: JSON */
	const char *name, *text;
	size_t size;
	const struct read_options *options;
	struct findings *findings;
	size_t number;
	bool ended;
};

struct stream *stream_open(const char *name, const char *text, size_t size, bool json,
			   const struct read_options *options, struct findings *findings)
{
	struct stream *s = calloc(1, sizeof(*s));

	if (!s)
		return NULL;
	*s = (struct stream){
		.name = name, .text = text, .size = size, .options = options, .findings = findings
	};
	if (!json)
		s->yaml = yaml_open(name, text, size, options, findings);
	if (json || s->yaml)
		return s;
	free(s);
	return NULL;
}

static int next_json(struct stream *s, struct arena *arena, struct node **root)
{
	struct node *node;

	if (s->number)
		return 0;
	node = json_read(arena, s->name, s->text, s->size, s->options, s->findings);
	if (!node)
		return -1;
	*root = node;
	return 1;
}

static void report_empty(struct stream *s)
{
	const struct finding what = {
		.level = LEVEL_ERROR, .code = "empty", .file = s->name, .line = 1, .column = 1
	};

	findings_add(s->findings, &what, "%s", _("the file is empty"));
}

int stream_next(struct stream *s, struct arena *arena, struct node **root)
{
	int n;

	if (s->ended)
		return 0;
	n = s->yaml ? yaml_next(s->yaml, arena, root) : next_json(s, arena, root);
	if (n > 0) {
		s->number++;
		return 1;
	}
	s->ended = true;
	if (n == 0 && s->number == 0) {
		report_empty(s);
		return -1;
	}
	return n;
}

size_t stream_number(const struct stream *s)
{
	return s->number;
}

void stream_close(struct stream *s)
{
	if (!s)
		return;
	yaml_close(s->yaml);
	free(s);
}

static bool ends_in(const char *name, const char *end)
{
	size_t n = strlen(name), m = strlen(end);

	return n > m && strcmp(name + n - m, end) == 0;
}

bool named_json(const char *name, bool otherwise)
{
	if (ends_in(name, ".json"))
		return true;
	return otherwise && !ends_in(name, ".yaml") && !ends_in(name, ".yml");
}
