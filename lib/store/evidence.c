#include "store/evidence.h"

#include <errno.h>
#include <limits.h>
#include <nettle/base16.h>
#include <nettle/sha2.h>
#include <string.h>

#include "base/msg.h"
#include "store/jpeg.h"

#define DIGITS_IN_NAME 12

_Static_assert(DIGEST_SIZE == BASE16_ENCODE_LENGTH(SHA256_DIGEST_SIZE) + 1,
	       "the digest and its NUL");

const char *sha256_hex(const char *bytes, size_t n, char out[DIGEST_SIZE])
{
	uint8_t digest[SHA256_DIGEST_SIZE];
	struct sha256_ctx context;

	sha256_init(&context);
	sha256_update(&context, n, (const uint8_t *)(n ? bytes : ""));
	sha256_digest(&context, sizeof(digest), digest);
	base16_encode_update(out, sizeof(digest), digest);
	out[DIGEST_SIZE - 1] = '\0';
	return out;
}

enum outcome evidence_clean(const char *bytes, size_t n, struct str *out)
{
	if (!jpeg_is(bytes, n))
		str_addn(out, bytes, n);
	else if (!jpeg_clean(bytes, n, out) && !out->failed)
		return REFUSED;
	return out->failed ? CANNOT : DONE;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/*
 * An ending that is longer or holds anything else is part of a title, and a title may name a
 * person.
 */
const char *evidence_extension(const char *name, char out[EXTENSION_SIZE])
{
	const char *slash = strrchr(name, '/'), *base = slash ? slash + 1 : name;
	const char *dot = strrchr(base, '.');
	size_t n = dot && dot > base ? strlen(dot + 1) : 0;

	if (n == 0 || n >= EXTENSION_SIZE)
		return strcpy(out, "bin");
	for (size_t i = 0; i < n; i++) {
		char c = dot[1 + i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (!is_digit(c) && !(c >= 'a' && c <= 'z'))
			return strcpy(out, "bin");
		out[i] = c;
	}
	out[n] = '\0';
	return out;
}

void evidence_path(struct str *out, const char *unit, const char *digest, const char *extension)
{
	str_addf(out, "%s/evidence/%.*s.%s", unit, DIGITS_IN_NAME, digest, extension);
}

/* DONE when a file with these bytes lies there, REFUSED for anything else, CANNOT and a finding */
static enum outcome compare(const struct store *store, const char *path, const char *bytes,
			    size_t n, struct findings *findings)
{
	struct str there = { 0 };
	struct findings own;
	enum outcome outcome;

	if (!store_has(store, path)) {
		if (errno == ENOENT)
			return REFUSED;
		finding_errno(findings, path, _("cannot read"), errno);
		return CANNOT;
	}
	findings_init(&own);
	outcome = store_read(store, path, n, &there, &own);
	if (outcome == DONE && (there.len != n || memcmp(there.p, bytes, n) != 0))
		outcome = REFUSED;
	else if (own.count && !strcmp(own.items[0].code, "too-large"))
		outcome = REFUSED;
	else
		findings_append(findings, &own);
	findings_release(&own);
	str_release(&there);
	return outcome;
}

/* the name is taken: by the same content, perhaps of a command that was killed before it synced */
static enum outcome there_already(const struct store *store, const char *path, const char *bytes,
				  size_t n, struct findings *findings)
{
	struct finding taken = { .level = LEVEL_ERROR, .code = "evidence-taken", .file = path };
	enum outcome outcome = compare(store, path, bytes, n, findings);

	if (outcome == DONE)
		return store_sync(store, findings);
	if (outcome == REFUSED)
		finding_hint(
			findings,
			findings_add(findings, &taken, "%s",
				     _("other content has the name of this evidence")),
			"%s",
			_("evidence never changes: if that file was changed, take it back from "
			  "git; if not, save the new one again so that its digest differs"));
	return outcome;
}

enum outcome evidence_store(struct store *store, const char *path, const char *bytes, size_t n,
			    struct findings *findings)
{
	enum outcome outcome = store_create(store, path, bytes, n, findings);

	return outcome == REFUSED ? there_already(store, path, bytes, n, findings) : outcome;
}

static bool unit_is_here(const struct store *store, const char *path)
{
	size_t n = strcspn(path, "/");
	char unit[NAME_MAX + 1];

	if (n > NAME_MAX)
		return false;
	memcpy(unit, path, n);
	unit[n] = '\0';
	return store_has_folder(store, unit);
}

static enum evidence_state look(const struct store *store, const char *path)
{
	if (!unit_is_here(store, path))
		return EVIDENCE_AWAY;
	if (store_has(store, path))
		return EVIDENCE_SAME;
	return errno == ENOENT ? EVIDENCE_GONE : EVIDENCE_AWAY;
}

/* SAME, OTHER, or AWAY when it cannot be read */
static enum evidence_state compare_digest(const struct store *store, const char *path, size_t bytes,
					  const char *digest, size_t digits)
{
	enum evidence_state state = EVIDENCE_AWAY;
	struct str there = { 0 };
	struct findings unused;
	char hex[DIGEST_SIZE];

	if (bytes > EVIDENCE_LIMIT) /* no evidence: its size is a stranger's word */
		return EVIDENCE_OTHER;
	findings_init(&unused);
	if (store_read(store, path, bytes, &there, &unused) == DONE)
		state = there.len == bytes && strncmp(sha256_hex(there.p, there.len, hex), digest,
						      digits) == 0
				? EVIDENCE_SAME
				: EVIDENCE_OTHER;
	findings_release(&unused);
	str_release(&there);
	return state;
}

enum evidence_state evidence_look(const struct store *store, const char *path, const char *digest,
				  size_t bytes)
{
	enum evidence_state state = look(store, path);
	int64_t size = state == EVIDENCE_SAME ? store_size(store, path) : 0;

	if (state != EVIDENCE_SAME)
		return state;
	if (size < 0 && errno != ENOENT)
		return EVIDENCE_AWAY;
	if (size != (int64_t)bytes)
		return EVIDENCE_OTHER;
	return digest ? compare_digest(store, path, bytes, digest, DIGEST_SIZE) : EVIDENCE_SAME;
}

enum evidence_state evidence_look_named(const struct store *store, const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	enum evidence_state state = look(store, path);
	int64_t bytes = state == EVIDENCE_SAME ? store_size(store, path) : 0;

	if (state != EVIDENCE_SAME)
		return state;
	return bytes < 0 ? EVIDENCE_AWAY
			 : compare_digest(store, path, (size_t)bytes, name, DIGITS_IN_NAME);
}
