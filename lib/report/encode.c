#include "report/render.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <string.h>

#include "report/cell.h"

#define BOM "\xef\xbb\xbf"
#define BOM_SIZE (sizeof(BOM) - 1)
#define ROOM ((size_t)4096)

/* only a name: no //TRANSLIT, no "" for the locale's own */
static bool is_name(const char *encoding)
{
	static const char letters[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";

	return *encoding && !encoding[strspn(encoding, letters)];
}

/*
 * One call of iconv with room for what it writes. 1: call again; 0: all of the input is done; -1
 * with errno. text NULL: what a stateful encoding needs at its end.
 */
static int convert(iconv_t cd, char **text, size_t *n, struct str *out)
{
	char *start = str_room(out, ROOM), *to = start;
	size_t left = ROOM, result;
	int saved;

	if (!start) {
		errno = ENOMEM;
		return -1;
	}
	result = iconv(cd, text, n, &to, &left);
	saved = errno;
	out->len += (size_t)(to - start);
	out->p[out->len] = '\0';
	if (result == 0)
		return 0;
	if (result == (size_t)-1 && saved == E2BIG && to > start)
		return 1;
	/* a character replaced by another, or a text that ends within one, is no success */
	errno = EILSEQ;
	return -1;
}

static int convert_all(iconv_t cd, const char *text, size_t n, struct str *out)
{
	char *from = (char *)(uintptr_t)text; /* iconv's prototype; it does not write there */
	int result;

	do
		result = convert(cd, &from, &n, out);
	while (result > 0);
	if (result < 0)
		return -1;
	do
		result = convert(cd, NULL, NULL, out);
	while (result > 0);
	return result;
}

int encode_text(const char *text, size_t n, const char *encoding, struct str *out)
{
	size_t start = out->len;
	iconv_t cd;
	int result, saved;

	if (!is_name(encoding)) {
		errno = EINVAL;
		return -1;
	}
	if (n >= BOM_SIZE && memcmp(text, BOM, BOM_SIZE) == 0) {
		text += BOM_SIZE;
		n -= BOM_SIZE;
	}
	cd = iconv_open(encoding, "UTF-8");
	if (cd == (iconv_t)-1)
		return -1;
	result = convert_all(cd, text, n, out);
	saved = errno;
	iconv_close(cd);
	if (result < 0) {
		writer_end(out, start, true);
		errno = saved;
	}
	return result;
}
