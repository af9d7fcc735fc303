/*
 * load.h: schema documents for a set, from texts, files and folders.
 *
 * The set keeps its own copy of each text and its tree. All return 0, or -1 after findings or when
 * out of memory (errno ENOMEM); the set is then good for nothing but schema_set_free.
 */
#ifndef DUBAN_SCHEMA_LOAD_H
#define DUBAN_SCHEMA_LOAD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "schema/schema.h"

/*
 * schema_set_add_text: reads a text, strict JSON or YAML, and adds it; uri and name as for
 * schema_set_add, both are copied.
 */
int schema_set_add_text(struct schema_set *set, const char *uri, const char *name, const char *text,
			size_t size, bool json, struct findings *findings);

/* the base of references in what is no file of a folder, standard input say */
#define URI_OF_NO_PLACE "file:///-"

/*
 * schema_set_add_file: the same of a file, which is known by its `$id` and by its file: URI, so
 * that a relative `$ref` leads to the files beside it. A file that is in the set already is passed
 * over. `json`: what a file holds whose name does not say so.
 */
int schema_set_add_file(struct schema_set *set, const char *path, bool json,
			struct findings *findings);

/* schema_set_add_folder: all .json, .yaml and .yml files below a folder, in the order of their
 * paths; goes on after one that is faulty. */
int schema_set_add_folder(struct schema_set *set, const char *folder, struct findings *findings);

#endif
