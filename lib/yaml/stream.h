/*
 * stream.h: the documents of a text, YAML or JSON, one after the other.
 *
 *   stream = stream_open(name, text, size, json, &READ_ANY, findings)
 *   while (stream_next(stream, arena, &root) > 0) …
 *   stream_close(stream)
 */
#ifndef DUBAN_YAML_STREAM_H
#define DUBAN_YAML_STREAM_H

#include <stdbool.h>
#include <stddef.h>

#include "yaml/read.h"

struct stream;

/*
 * stream_open: a stream over a text that must live as long as it does, like `name`, `options` and
 * `findings`. `json`: the text is one document of strict JSON. NULL after a finding, or when out of
 * memory (errno ENOMEM).
 */
struct stream *stream_open(const char *name, const char *text, size_t size, bool json,
			   const struct read_options *options, struct findings *findings);

/*
 * stream_next: the next document into *root (in the arena). 1; 0 at the end; -1 after a finding or
 * when out of memory (errno ENOMEM), and then the stream is at its end. That a text holds no
 * document at all is a finding.
 */
int stream_next(struct stream *stream, struct arena *arena, struct node **root);

/* stream_number: how many documents were read, so the number of the one read last, from 1. */
size_t stream_number(const struct stream *stream);

/* stream_close: NULL is ignored. */
void stream_close(struct stream *stream);

/*
 * named_json: whether a file of this name is strict JSON: true for .json, false for .yaml and .yml,
 * `otherwise` when the name does not say.
 */
bool named_json(const char *name, bool otherwise);

#endif
