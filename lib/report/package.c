#include "report/package.h"

#include <stdint.h>
#include <stdlib.h>

#include <zip.h>

#define PIECE 65536

struct package {
	zip_t *zip;
	uint64_t left; /* bytes that may still be read */
};

static enum package_fault fault_of(const zip_error_t *error)
{
	switch (zip_error_code_zip(error)) {
	case ZIP_ER_MEMORY:
		return PACKAGE_MEMORY;
	case ZIP_ER_ENCRNOTSUPP:
	case ZIP_ER_NOPASSWD:
	case ZIP_ER_WRONGPASSWD:
		return PACKAGE_ENCRYPTED;
	default:
		return PACKAGE_BROKEN;
	}
}

struct package *package_open(const char *bytes, size_t n, size_t limit, enum package_fault *fault)
{
	struct package *package = malloc(sizeof(*package));
	zip_error_t error;
	zip_source_t *source;

	*fault = PACKAGE_MEMORY;
	if (!package)
		return NULL;
	zip_error_init(&error);
	source = zip_source_buffer_create(bytes, n, 0, &error);
	package->left = limit;
	package->zip = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
	if (!package->zip) {
		*fault = fault_of(&error);
		zip_source_free(source);
		free(package);
		package = NULL;
	}
	zip_error_fini(&error);
	return package;
}

void package_close(struct package *package)
{
	if (!package)
		return;
	zip_discard(package->zip);
	free(package);
}

bool package_has(struct package *package, const char *part)
{
	return zip_name_locate(package->zip, part, ZIP_FL_NOCASE) >= 0;
}

const char *package_name(struct package *package, size_t i)
{
	return zip_get_name(package->zip, i, 0);
}

static enum package_fault
read_file(struct package *package, zip_file_t *file,
	  bool (*take)(void *context, const char *bytes, size_t n, bool last), void *context)
{
	char *piece = malloc(PIECE);
	enum package_fault fault = piece ? PACKAGE_FINE : PACKAGE_MEMORY;

	while (fault == PACKAGE_FINE) {
		zip_int64_t n = zip_fread(file, piece, PIECE);

		if (n < 0)
			fault = fault_of(zip_file_get_error(file));
		else if ((uint64_t)n > package->left)
			fault = PACKAGE_TOO_LARGE;
		else if (package->left -= (uint64_t)n, !take(context, piece, (size_t)n, n == 0))
			break;
		else if (n == 0)
			break;
	}
	free(piece);
	return fault;
}

enum package_fault package_read(struct package *package, const char *part,
				bool (*take)(void *context, const char *bytes, size_t n, bool last),
				void *context)
{
	zip_int64_t index = zip_name_locate(package->zip, part, ZIP_FL_NOCASE);
	zip_file_t *file =
		index >= 0 ? zip_fopen_index(package->zip, (zip_uint64_t)index, 0) : NULL;
	enum package_fault fault;

	if (!file)
		return index < 0 ? PACKAGE_BROKEN : fault_of(zip_get_error(package->zip));
	fault = read_file(package, file, take, context);
	zip_fclose(file);
	return fault;
}
