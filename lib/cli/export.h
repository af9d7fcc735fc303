/*
 * export.h: records as the forms that people fill in and file (contract 4, record-export).
 */
#ifndef DUBAN_CLI_EXPORT_H
#define DUBAN_CLI_EXPORT_H

#include "cli/read.h"

struct export_options {
	const char *format, *encoding, *period;
	bool blank, names;
	/* after export_resolve */
	bool xlsx;
	day_t from, until; /* of the records' dates */
};

/* the form of problems; the others are the plan's annexes */
#define FORM_PROBLEMS "problem-list"

/*
 * export_resolve: after reader_resolve. `file`: where it goes, or NULL for stdout; its name decides
 * when there is no --format. Ends with 1 on a wrong period, with 2 on a format.
 */
void export_resolve(struct cli *cli, struct reader *reader, struct export_options *options,
		    const char *file);

/*
 * export_form: appends the form in its format and encoding. Ends with 1 when there is no such form,
 * when a record cannot be read, or when the format cannot hold what it says, with 3 when a unit's
 * folder is not here.
 */
void export_form(struct cli *cli, const struct reader *reader, const struct export_options *options,
		 const char *form, struct str *out);

/*
 * export_file: writes the bytes as a file of this name, whole or not at all; one that is there is
 * replaced. Ends with 3.
 */
void export_file(struct cli *cli, const char *name, const struct str *bytes);

#endif
