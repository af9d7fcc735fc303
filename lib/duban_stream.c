#include "duban_parts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/msg.h"
#include "yaml/stream.h"

static struct duban_stream *stream_new(const char *name, duban_report *report, void *context)
{
	struct duban_stream *stream = calloc(1, sizeof(*stream));
	char *copy = strdup(name);

	if (!stream || !copy) {
		free(stream);
		free(copy);
		errno = ENOMEM;
		return NULL;
	}
	stream->to = (struct reporter){ report, context };
	stream->source.name = stream->name = copy;
	return stream;
}

static const struct read_options *options_of(unsigned flags)
{
	return flags & DUBAN_PLAIN ? &READ_INPUT : &READ_ANY;
}

/* the stream itself, or its end and NULL */
static struct duban_stream *stream_start(struct duban_stream *s, const char *text, size_t size,
					 bool json, const struct read_options *options)
{
	lines_init(&s->lines, text, size);
	s->stream = stream_open(s->name, text, size, json, options, &s->findings);
	if (finish(s->stream ? 0 : -1, &s->findings, &s->to) == 0)
		return s;
	duban_close(s);
	return NULL;
}

struct duban_stream *duban_open(const char *name, const char *text, size_t size, unsigned flags,
				duban_report *report, void *context)
{
	struct duban_stream *s = are_flags(flags, DUBAN_JSON | DUBAN_PLAIN)
					 ? stream_new(name, report, context)
					 : NULL;

	if (!s)
		return NULL;
	return stream_start(s, size ? text : "", size, flags & DUBAN_JSON, options_of(flags));
}

struct duban_stream *duban_open_path(const char *path, unsigned flags, duban_report *report,
				     void *context)
{
	const struct read_options *options = options_of(flags);
	struct duban_stream *s = are_flags(flags, DUBAN_JSON | DUBAN_PLAIN)
					 ? stream_new(path, report, context)
					 : NULL;

	if (!s)
		return NULL;
	if (path_read(path, options->bytes, &s->own) == 0)
		return stream_start(s, str_text(&s->own), s->own.len,
				    named_json(path, flags & DUBAN_JSON), options);
	if (errno != ENOMEM)
		finding_errno(&s->findings, path, _("cannot read the file"), errno);
	finish(-1, &s->findings, &s->to);
	duban_close(s);
	return NULL;
}

int duban_next(struct duban_stream *s)
{
	int n;

	arena_reset(&s->arena);
	n = stream_next(s->stream, &s->arena, &s->root);
	s->source.number = stream_number(s->stream);
	n = finish(n, &s->findings, &s->to);
	if (n <= 0)
		s->root = NULL;
	else
		lines_at(&s->lines, s->root->line, 1);
	return n;
}

void duban_close(struct duban_stream *s)
{
	int error = errno;

	if (!s)
		return;
	stream_close(s->stream);
	findings_release(&s->findings);
	arena_release(&s->arena);
	str_release(&s->own);
	free(s->name);
	free(s);
	errno = error;
}
