/*
 * write.h: trees to YAML text, in the one form that records have (contract 2).
 *
 * The top level is block style, a list of maps is a block list of flow maps, everything below is
 * flow style on one line. A string that any YAML 1.1 or 1.2 reader could take for something else,
 * in the place where it stands, is quoted; the rest is plain. Text of several lines at the top
 * level is a literal block where it survives there unchanged, else double-quoted.
 */
#ifndef DUBAN_YAML_WRITE_H
#define DUBAN_YAML_WRITE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "yaml/tree.h"

/* yaml_write: appends a map as a record's text, ending in a newline. Failure is in out->failed. */
void yaml_write(struct str *out, const struct node *map);

/*
 * yaml_text_fault: whether a text may stand in a record: UTF-8 without characters that cannot be
 * seen and change what others see (contract 2).
 */
enum text_fault { TEXT_FITS, TEXT_NOT_UTF8, TEXT_CONTROL };
enum text_fault yaml_text_fault(const char *text, size_t n);

/* yaml_text_fits: the same of a text that is UTF-8. */
bool yaml_text_fits(const char *text, size_t n);

/* yaml_write_value: appends one value in flow style, as it stands inside a record. */
void yaml_write_value(struct str *out, const struct node *value, bool in_flow);

#endif
