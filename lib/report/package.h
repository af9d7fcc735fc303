/*
 * package.h: the parts of an Office file, which is a zip archive (ECMA-376 part 2).
 *
 * Nothing is unpacked to a disk. All that is read of one archive, however often, counts against one
 * limit, so that a small file cannot become a large one.
 */
#ifndef DUBAN_REPORT_PACKAGE_H
#define DUBAN_REPORT_PACKAGE_H

#include <stdbool.h>
#include <stddef.h>

enum package_fault {
	PACKAGE_FINE,
	PACKAGE_BROKEN,
	PACKAGE_ENCRYPTED,
	PACKAGE_TOO_LARGE, /* more bytes than the limit */
	PACKAGE_MEMORY,
};

struct package;

/* package_open: the bytes must live as long as the package; NULL with *fault. */
struct package *package_open(const char *bytes, size_t n, size_t limit, enum package_fault *fault);
void package_close(struct package *package);

/* package_has: whether there is such a part; upper and lower case are the same. */
bool package_has(struct package *package, const char *part);

/* package_name: of its i-th part, or NULL; it lives as long as the package. */
const char *package_name(struct package *package, size_t i);

/*
 * package_read: gives the part to `take` piece by piece, until it returns false or the part ends,
 * then with last set. A part that is not there is broken.
 */
enum package_fault package_read(struct package *package, const char *part,
				bool (*take)(void *context, const char *bytes, size_t n, bool last),
				void *context);

#endif
