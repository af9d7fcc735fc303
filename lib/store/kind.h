/*
 * kind.h: the kinds of records, their ids and where their files lie (contract 1).
 *
 *   <unit>/<folder>/<yyyy-mm>/<id>.yaml                                  a record
 *   <unit>/<folder>/<yyyy-mm>/<id>_<yyyymmddThhmmss>_<xxxx>.yaml         an event of it
 *
 * id: the kind's letter, `-`, yyyymmdd of the record's date, `-`, six digits of Crockford's base 32
 * in lower case. Names are made from ids, unit ids and times only, never from what people type.
 */
#ifndef DUBAN_STORE_KIND_H
#define DUBAN_STORE_KIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/str.h"

enum kind {
	KIND_VISIT,
	KIND_WALKTHROUGH,
	KIND_INSPECTION,
	KIND_PROBLEM,
	KIND_OBSERVATION,
	KIND_VISIT_PLAN,
	KIND_SUPERVISION,
	KIND_SUBMISSION,
	KINDS,
};

#define KIND_BIT(kind) (1u << (kind))
#define ALL_KINDS ((1u << KINDS) - 1)

#define ID_LENGTH 17
#define ID_SIZE 18
#define TAIL_LENGTH 6       /* the random digits of an id */
#define EVENT_TAIL_LENGTH 4 /* the random digits of an event's name */

struct kind_info {
	const char *name;   /* "visit": value of `kind`, operand of record-list */
	const char *folder; /* "visits" */
	const char *label;  /* Chinese name */
	char letter;
};

extern const struct kind_info KIND_INFO[KINDS];

/* kind_named: by name or label, or KINDS. kind_in_folder: by folder name of length n, or KINDS. */
enum kind kind_named(const char *name);
enum kind kind_in_folder(const char *folder, size_t n);

/* id_parse: whether n bytes are an id; out-parameters may be NULL. */
bool id_parse(const char *text, size_t n, enum kind *kind, day_t *day);

/* id_pack: an id in 8 bytes, never 0; ids compare as their packed forms within a kind. 0: not an
 * id. */
uint64_t id_pack(const char *text, size_t n);

/* id_unpack: the id as text; the reverse of id_pack. id_kind: the kind of a packed id. */
void id_unpack(uint64_t packed, char out[ID_SIZE]);
enum kind id_kind(uint64_t packed);

/* id_format: an id from its parts; tail: 30 bits. */
void id_format(enum kind kind, day_t day, uint32_t tail, char out[ID_SIZE]);

/*
 * event_name_parse: whether n bytes name an event file: `<id>_<yyyymmddThhmmss>_<xxxx>.yaml`; the
 * time is local to the plan's offset and given as seconds since 1970 there. Out-parameters may be
 * NULL.
 */
bool event_name_parse(const char *name, size_t n, uint64_t *record, moment_t *local);

/* path_of_record: appends `<unit>/<folder>/<yyyy-mm>/<id>.yaml`. */
void path_of_record(struct str *out, const char *unit, const char *id);

/* path_of_event: appends the event's path; local as in event_name_parse; tail: 20 bits. */
void path_of_event(struct str *out, const char *unit, const char *record, moment_t local,
		   uint32_t tail);

/* path_parse: takes `<unit>/<folder>/<yyyy-mm>/<file>` apart; false when the form is another. */
struct path_parts {
	const char *unit;
	size_t unit_length;
	enum kind kind;
	int year, month;
	const char *file;
};
bool path_parse(const char *path, struct path_parts *parts);

#endif
