/*
 * add.h: a command that adds records of one kind: from options, from YAML documents (--file), from
 * an editor (--edit). All are checked before the first is written.
 */
#ifndef DUBAN_CLI_ADD_H
#define DUBAN_CLI_ADD_H

#include "cli/read.h"
#include "cli/writer.h"

/* a record that is to be: what was given, where from */
struct candidate {
	struct node *fields;                      /* without kind, id, entered */
	const struct schema_property *properties; /* that it may have */
	size_t nproperties;
	struct schema_source source; /* of a document; name NULL: from options */
	const struct node *import;   /* the row it was read from, for `entered`; or NULL */
	struct node *record;         /* complete, in schema order */
	const char *path;
};

struct add {
	struct cli cli;
	struct writer writer;
	struct reader reader; /* of a command that also reads */
	struct field_options fields;
	const char *for_text, *date, *file;
	bool edit;
	struct strings sets, operands;
	struct candidate *candidates;
	size_t count, cap;
	const struct schema *schema;
	const struct add_command *command;
	bool away;              /* a record's unit has no folder here */
	struct unit_set here;   /* units that are known to have one */
	size_t own_from, own_n; /* the command's own options in cli.opts */
	void *own;              /* the command's */
};

struct add_command {
	enum kind kind;
	const char *summary;
	/* adds the command's own options, which like those of fields exclude --file; may be NULL */
	void (*options)(struct add *add);
	/*
	 * instead: does what the command can do beside adding, with add->reader, when its options ask
	 * for that; false: they do not. Such a command takes the options of readers. May be NULL.
	 */
	bool (*instead)(struct add *add);
	/* the field that decides which other fields there are (point of an inspection), or NULL */
	const char *given;
	/* names of schema options that the command replaces by its own, or NULL */
	const char *const *skip;
	/* fields: adds to the fields what the command's own options say; may be NULL */
	void (*fields)(struct add *add, struct node *fields);
	/*
	 * candidates: makes the candidates from options when they are not one; false: one is made
	 * from the options as they are. May be NULL.
	 */
	bool (*candidates)(struct add *add);
	/* prepare: completes a candidate's fields before it is checked, and says its first state;
	 * NULL: recorded */
	const char *(*prepare)(struct add *add, struct candidate *candidate);
	/* remark: warnings, or errors, about a record that is right by itself; may be NULL */
	void (*remark)(struct add *add, const struct candidate *candidate);
};

/* add_main: the whole of such a command's main. */
int add_main(int argc, char **argv, const struct add_command *command);

/* add_candidate: appends one; fields may be NULL for an empty map. */
struct candidate *add_candidate(struct add *add, struct node *fields);

/* add_from_options: the fields as the options say them; ends when one is said twice. */
struct node *add_from_options(struct add *add);

/* add_documents: candidates from a YAML text that lives as long as the program; ends on faults. */
bool add_documents(struct add *add, const char *name, const char *text, size_t size,
		   struct findings *findings);

/* add_check: completes and checks all candidates; findings of each go to `findings`. */
bool add_check(struct add *add, struct findings *findings);

/*
 * add_check_one: the same of one candidate that came from a source with a name and may be forgotten
 * before it is written: it has no id of its own, and was not written to be read back.
 */
void add_check_one(struct add *add, struct candidate *candidate, struct findings *findings);

/*
 * add_write_one: completes a candidate that was checked, reads back what will be written, and
 * creates it; with --dry-run it is shown, behind a separator where it is one of many.
 */
enum outcome add_write_one(struct add *add, struct candidate *candidate, bool many);

/* add_write: creates the checked candidates, or shows them with --dry-run. */
enum outcome add_write(struct add *add);

/*
 * add_edit: candidates from the editor, checked; the form (cli.typed) stays until they are written.
 * Ends when the person gives up.
 */
void add_edit(struct add *add);

#endif
