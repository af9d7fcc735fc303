/*
 * evidence.h: files of evidence: cleaned of metadata, named by digest, never changed (contract 1,
 * domain 2.5).
 */
#ifndef DUBAN_STORE_EVIDENCE_H
#define DUBAN_STORE_EVIDENCE_H

#include "store/store.h"

#define DIGEST_SIZE 65    /* SHA-256 in hexadecimal and NUL */
#define EXTENSION_SIZE 11 /* at most ten letters and digits, and NUL */
#define EVIDENCE_LIMIT ((size_t)64 * 1024 * 1024)

/* sha256_hex: the digest of n bytes, in lower case; returns out. */
const char *sha256_hex(const char *bytes, size_t n, char out[DIGEST_SIZE]);

/*
 * evidence_clean: appends the bytes to out without what a camera or an editor wrote beside the
 * picture: of a JPEG (by its first bytes, whatever its name) all application segments but JFIF,
 * colour profile and Adobe's transform, all comments, and whatever follows the end of the image.
 * Other files are copied. REFUSED, without a finding, for a JPEG that ends early or is damaged, so
 * that metadata could remain.
 */
enum outcome evidence_clean(const char *bytes, size_t n, struct str *out);

/* evidence_extension: of a file name, lower case, letters and digits only; "bin" when there is
 * none. */
const char *evidence_extension(const char *name, char out[EXTENSION_SIZE]);

/* evidence_path: appends `<unit>/evidence/<first 12 digits>.<extension>`. */
void evidence_path(struct str *out, const char *unit, const char *digest, const char *extension);

/*
 * evidence_store: adds the bytes at that path. The same content there already is DONE; other
 * content is REFUSED with a finding; CANNOT with a finding.
 */
enum outcome evidence_store(struct store *store, const char *path, const char *bytes, size_t n,
			    struct findings *findings);

enum evidence_state { EVIDENCE_SAME, EVIDENCE_GONE, EVIDENCE_OTHER, EVIDENCE_AWAY };

/*
 * evidence_look: whether the file at the path still has this digest (NULL: not read) and size:
 * SAME; OTHER content; GONE, although its evidence folder is here; AWAY when the unit's folder is
 * not here (a sparse checkout), or it cannot be looked at. evidence_look_named: the same of a file of which only the name is
 * known, whose first part is the start of the digest.
 */
enum evidence_state evidence_look(const struct store *store, const char *path, const char *digest,
				  size_t bytes);
enum evidence_state evidence_look_named(const struct store *store, const char *path);

#endif
