/* Texts as they are compared where two are nearly the same: letters, digits and ideographs alone. */
#include <string.h>

#include "base/utf8.h"
#include "cli/import.h"

static bool is_alphanumeric(int32_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* of texts of the usual characters, which folding only makes narrow: 1 stays, 0 goes, -1 is another */
static int stays(int32_t *c)
{
	if (*c >= 0xff01 && *c <= 0xff5e)
		*c -= 0xff01 - '!';
	if (*c < 0x80)
		return is_alphanumeric(*c);
	if (*c >= 0x4e00 && *c <= 0x9fff)
		return 1;
	return (*c >= 0x2010 && *c <= 0x2027) || (*c >= 0x3000 && *c <= 0x3003) ||
			       (*c >= 0x3008 && *c <= 0x3011)
		       ? 0
		       : -1;
}

/* where it ends, or NULL */
static char *bare_quickly(const char *text, const char *end, char *to)
{
	while (text < end) {
		const unsigned char *p = (const unsigned char *)text;
		int32_t c;
		int keep;

		if (*p < 0x80) {
			if (is_alphanumeric(*p))
				*to++ = *text;
			text++;
			continue;
		}
		/* U+4E00 to U+9FFF: nearly all of most texts */
		if (*p >= 0xe4 && *p <= 0xe9 && (*p > 0xe4 || p[1] >= 0xb8) && end - text >= 3 &&
		    (p[1] & 0xc0) == 0x80 && (p[2] & 0xc0) == 0x80) {
			memcpy(to, text, 3);
			to += 3;
			text += 3;
			continue;
		}
		c = utf8_decode(&text, end);
		keep = stays(&c);

		if (keep < 0)
			return NULL;
		if (keep)
			to += utf8_encode(c, to);
	}
	return to;
}

void import_add_bare(struct str *out, const struct str *text)
{
	const char *from = str_text(text), *end = from + text->len;
	char *room = str_room(out, text->len), *stop = room ? bare_quickly(from, end, room) : NULL;
	struct arena arena = { 0 };

	if (stop) {
		out->len += (size_t)(stop - room);
		*stop = '\0';
		return;
	}
	from = room ? name_fold(&arena, from, text->len) : NULL;
	out->failed = out->failed || !from;
	end = from ? from + strlen(from) : NULL;
	for (const char *p = from; p && p < end; from = p) {
		int32_t c = utf8_decode(&p, end);

		if (is_alphanumeric(c) ||
		    (c > 0xbf && !(c >= 0x2000 && c <= 0x206f) && !(c >= 0x3000 && c <= 0x303f) &&
		     !(c >= 0xff00 && c <= 0xffef)))
			str_addn(out, from, (size_t)(p - from));
	}
	arena_release(&arena);
}
