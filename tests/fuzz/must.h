/*
 * must.h: what the fuzz targets share.
 *
 * A target is a file fuzz_NAME.c with one function, LLVMFuzzerTestOneInput. What it may expect of
 * the library, whatever the input, it says with MUST; a condition that does not hold ends the
 * program, as a sanitizer does.
 */
#ifndef DUBAN_TESTS_MUST_H
#define DUBAN_TESTS_MUST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "schema/schema.h"
#include "yaml/read.h"
#include "yaml/tree.h"

#define MUST(condition) ((condition) ? (void)0 : must_fail(#condition, __FILE__, __LINE__))

_Noreturn void must_fail(const char *condition, const char *file, int line);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* must_be_findings: complete, each with a code, a message and a place that can be. */
void must_be_findings(const struct findings *findings);

/* must_be_tree: a tree that a reader made of the text; all of it is as tree.h promises. */
void must_be_tree(const struct node *root, const char *text, size_t size);

/*
 * must_survive_writing: a map that a reader made, written as a record and read again, is the same.
 * `options` are those it was read with.
 */
void must_survive_writing(const struct node *root, const struct read_options *options);

/* must_agree: check and explain give one answer, twice, and every finding points into the value. */
void must_agree(const struct schema *schema, struct schema_run *run, const struct node *value,
		const struct schema_source *source);

#endif
