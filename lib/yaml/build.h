/*
 * build.h: what the readers share: a tree made from the values of a text as they come, one after the
 * other, with the limits of depth and size, and duplicate names told with both positions. Private to
 * lib/yaml.
 *
 * Nothing here recurses. After a function has returned -1 the document is lost: there is a finding,
 * or errno is ENOMEM.
 */
#ifndef DUBAN_YAML_BUILD_H
#define DUBAN_YAML_BUILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "yaml/read.h"
#include "yaml/tree.h"

/* a value under construction, with its name when it stands in a map */
struct slot {
	struct member member;
	struct node value;
};

/* an open list or map: its slots start at `first` */
struct frame {
	struct node node;
	size_t first;
	size_t expanded;    /* counter of the builder when it was opened */
	const char *anchor; /* for the reader */
	bool has_name;      /* map: the next is a value */
	struct member name;
};

struct builder {
	struct read_options options;
	const char *name, *text; /* of the source, for findings */
	size_t size;
	struct findings *findings;

	struct arena *arena; /* of the document being read */
	struct slot *slots;
	size_t nslots, slots_cap;
	size_t depth, nodes;
	size_t expanded; /* nodes, those behind an alias counted each time */
	struct frame *frames;
};

/* build_init: room for a text's documents; the depth of the options is cut to what is possible. */
int build_init(struct builder *b, const char *name, const char *text, size_t size,
	       const struct read_options *options, struct findings *findings);
void build_release(struct builder *b);

/* build_begin: a new document in an arena. */
void build_begin(struct builder *b, struct arena *arena);

/* build_refuse: a finding; hint may be NULL. Returns -1. */
int build_refuse(struct builder *b, const char *code, uint32_t line, uint32_t column,
		 const char *message, const char *hint);

/* build_report: the same; returns the finding. */
struct finding *build_report(struct builder *b, const char *code, uint32_t line, uint32_t column,
			     const char *message);

/* build_no_memory: sets errno; returns -1. */
int build_no_memory(void);

/* build_frame: the list or map that is open, or NULL. build_wants_name: it is a map, between two
 * members. */
struct frame *build_frame(struct builder *b);
bool build_wants_name(struct builder *b);

/* build_count: counts a node, and those that it stands for; refuses too many. */
int build_count(struct builder *b, uint32_t line, uint32_t column, size_t expanded);

/* build_name: the name of the member that comes; only its text and position are used. */
void build_name(struct builder *b, const struct node *scalar);

/* build_add: a value that is whole, into what is open. */
int build_add(struct builder *b, const struct node *value);

/* build_open: a list or map, of which type, style and position are given, counted before. NULL after
 * a finding. */
struct frame *build_open(struct builder *b, const struct node *start);

/* build_close: the innermost list or map becomes *node, which is not yet added; its frame stays as
 * it was until the next build_open. */
int build_close(struct builder *b, struct node *node);

/* build_root: the document, when all is closed; NULL when out of memory. */
struct node *build_root(struct builder *b);

#endif
