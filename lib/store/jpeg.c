#include "store/jpeg.h"

#include <stdint.h>
#include <string.h>

/* second bytes of markers, ITU-T T.81 table B.1 */
enum {
	STUFFED = 0x00, /* no marker: a 0xff among the coded data */
	SOF0 = 0xc0,    /* frame headers: baseline, extended, progressive, lossless */
	SOF3 = 0xc3,
	DHT = 0xc4,
	SOF9 = 0xc9, /* the same with arithmetic coding */
	SOF11 = 0xcb,
	DAC = 0xcc,
	RST0 = 0xd0,
	RST7 = 0xd7,
	SOI = 0xd8,
	EOI = 0xd9,
	SOS = 0xda,
	DQT = 0xdb,
	DNL = 0xdc,
	DRI = 0xdd,
	APP0 = 0xe0,
	APP2 = 0xe2,
	APP14 = 0xee,
	APP15 = 0xef,
	COM = 0xfe,
};

struct walk {
	const unsigned char *at, *end;
	struct str *out;
	size_t frames, scans;
};

/*
 * The shapes of segments (T.81, B.2): whether n bytes are exactly what the header says. A wrong
 * length could otherwise carry a segment that has to go inside one that stays.
 */
static bool is_frame(const unsigned char *body, size_t n)
{
	return n > 6 && n == 6 + 3 * (size_t)body[5];
}

static bool is_scan(const unsigned char *body, size_t n)
{
	return n > 4 && n == 4 + 2 * (size_t)body[0];
}

static bool is_quantization(const unsigned char *body, size_t n)
{
	while (n) {
		size_t table = body[0] >> 4 ? 1 + 64 * 2 : 1 + 64;

		if (n < table)
			return false;
		body += table;
		n -= table;
	}
	return true;
}

static bool is_huffman(const unsigned char *body, size_t n)
{
	while (n) {
		size_t table = 1 + 16;

		if (n < table)
			return false;
		for (int length = 1; length <= 16; length++)
			table += body[length];
		if (n < table)
			return false;
		body += table;
		n -= table;
	}
	return true;
}

static bool is_pairs(const unsigned char *body, size_t n)
{
	(void)body;
	return n % 2 == 0;
}

static bool is_number(const unsigned char *body, size_t n)
{
	(void)body;
	return n == 2;
}

/* what makes the picture */
static const struct part {
	unsigned char first, last;
	bool (*shape)(const unsigned char *body, size_t n);
} parts[] = {
	{ SOF0, SOF3, is_frame }, { DHT, DHT, is_huffman }, { SOF9, SOF11, is_frame },
	{ DAC, DAC, is_pairs },   { SOS, SOS, is_scan },    { DQT, DQT, is_quantization },
	{ DNL, DNL, is_number },  { DRI, DRI, is_number },
};

/*
 * What makes it look right: JFIF (its last two fixed bytes are the size of a thumbnail that
 * follows, which may show what was cropped), the colour profile, Adobe's colour transform. A
 * segment that is too short for its name means nothing to a reader and is left out.
 */
static const struct application {
	unsigned char marker;
	const char *name;
	size_t name_size; /* with the NUL where there is one */
	size_t least;     /* bytes without which it is not one */
	size_t copied;    /* at most */
	size_t zeros;     /* in place of the bytes behind those */
} applications[] = {
	{ APP0, "JFIF", 5, 14, 12, 2 },
	{ APP2, "ICC_PROFILE", 12, 14, UINT16_MAX, 0 },
	{ APP14, "Adobe", 5, 12, 12, 0 },
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void add(struct walk *walk, const unsigned char *bytes, size_t n)
{
	str_addn(walk->out, (const char *)bytes, n);
}

static void add_marker(struct walk *walk, unsigned char code)
{
	add(walk, (const unsigned char[]){ 0xff, code }, 2);
}

static void add_segment(struct walk *walk, unsigned char code, const unsigned char *body, size_t n,
			size_t zeros)
{
	size_t length = 2 + n + zeros;

	add_marker(walk, code);
	add(walk, (const unsigned char[]){ (unsigned char)(length >> 8), length & 0xff }, 2);
	add(walk, body, n);
	str_pad(walk->out, '\0', zeros);
}

static void add_application(struct walk *walk, unsigned char code, const unsigned char *body,
			    size_t n)
{
	for (size_t i = 0; i < COUNT(applications); i++) {
		const struct application *a = &applications[i];

		if (code == a->marker && n >= a->least && !memcmp(body, a->name, a->name_size))
			add_segment(walk, code, body, n < a->copied ? n : a->copied, a->zeros);
	}
}

static bool add_part(struct walk *walk, unsigned char code, const unsigned char *body, size_t n)
{
	for (size_t i = 0; i < COUNT(parts); i++) {
		if (code < parts[i].first || code > parts[i].last)
			continue;
		if (!parts[i].shape(body, n))
			return false;
		walk->frames += parts[i].shape == is_frame;
		walk->scans += code == SOS;
		add_segment(walk, code, body, n, 0);
		/* one frame, and it comes before its scans */
		return walk->frames == 1 || (walk->frames == 0 && walk->scans == 0);
	}
	return false;
}

/*
 * Any number of 0xff may stand before the second byte of a marker (T.81, B.1.1.2). False at the end
 * of the bytes and at anything but a marker.
 */
static bool next_marker(struct walk *walk, unsigned char *code)
{
	const unsigned char *at = walk->at;

	while (at < walk->end && *at == 0xff)
		at++;
	if (at == walk->at || at == walk->end)
		return false;
	*code = *at;
	walk->at = at + 1;
	return true;
}

static bool segment(struct walk *walk, unsigned char code)
{
	const unsigned char *body;
	size_t length;

	if (walk->end - walk->at < 2)
		return false;
	length = (size_t)walk->at[0] << 8 | walk->at[1];
	if (length < 2 || length > (size_t)(walk->end - walk->at))
		return false;
	body = walk->at + 2;
	walk->at += length;
	if (code == COM)
		return true;
	if (code < APP0 || code > APP15)
		return add_part(walk, code, body, length - 2);
	add_application(walk, code, body, length - 2);
	return true;
}

/* coded data up to the next marker; those between restart intervals belong to the data */
static bool coded_data(struct walk *walk)
{
	const unsigned char *from = walk->at, *at = from;

	while ((at = memchr(at, 0xff, (size_t)(walk->end - at)))) {
		const unsigned char *marker = at;

		while (at < walk->end && *at == 0xff)
			at++;
		if (at == walk->end)
			return false;
		if (*at == STUFFED || (*at >= RST0 && *at <= RST7))
			continue;
		add(walk, from, (size_t)(marker - from));
		walk->at = marker;
		return true;
	}
	return false;
}

static bool picture(struct walk *walk)
{
	unsigned char code;

	add_marker(walk, SOI);
	while (next_marker(walk, &code)) {
		if (code == EOI) {
			add_marker(walk, EOI);
			return walk->scans > 0;
		}
		if (!segment(walk, code))
			return false;
		if (code == SOS && !coded_data(walk))
			return false;
	}
	return false;
}

bool jpeg_is(const char *bytes, size_t n)
{
	return n >= 2 && !memcmp(bytes, "\xff\xd8", 2);
}

bool jpeg_clean(const char *bytes, size_t n, struct str *out)
{
	size_t before = out->len;
	struct walk walk = { .at = (const unsigned char *)bytes + 2,
			     .end = (const unsigned char *)bytes + n,
			     .out = out };

	/* room at once: what is left is never longer */
	if (str_room(out, n) && picture(&walk) && !out->failed)
		return true;
	out->len = before;
	if (out->p)
		out->p[before] = '\0';
	return false;
}
