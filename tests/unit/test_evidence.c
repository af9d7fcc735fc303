#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/file.h"
#include "store/evidence.h"

#define UNIT "jingchuan"
#define CONTENT "the minutes of a training"
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct fixture {
	char folder[64];
	struct store store;
	struct findings findings;
	struct str jpeg, clean, out, path;
	char digest[DIGEST_SIZE];
};

/* the folder */

static void join(const struct fixture *fixture, const char *name, char full[256])
{
	snprintf(full, 256, "%s/%s", fixture->folder, name);
}

static void make_folder(const struct fixture *fixture, const char *name)
{
	char full[256];

	join(fixture, name, full);
	assert_int_equal(mkdir(full, 0777), 0);
}

static void make_file(const struct fixture *fixture, const char *name, const char *text)
{
	char full[256];
	FILE *file;

	join(fixture, name, full);
	file = fopen(full, "wx");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void make_link(const struct fixture *fixture, const char *target, const char *name)
{
	char full[256];

	join(fixture, name, full);
	assert_int_equal(symlink(target, full), 0);
}

static void drop(const struct fixture *fixture, const char *name)
{
	char full[256];

	join(fixture, name, full);
	assert_int_equal(remove(full), 0);
}

static bool is_there(const struct fixture *fixture, const char *name)
{
	char full[256];
	struct stat st;

	join(fixture, name, full);
	return lstat(full, &st) == 0;
}

static void assert_file(const struct fixture *fixture, const char *name, const char *text)
{
	struct str there = { 0 };
	char full[256];

	join(fixture, name, full);
	assert_int_equal(file_read(AT_FDCWD, full, 4096, &there), 0);
	assert_string_equal(str_text(&there), text);
	str_release(&there);
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *where)
{
	(void)st;
	(void)type;
	(void)where;
	return remove(path);
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;
	int result = nftw(fixture->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);

	store_close(&fixture->store);
	findings_release(&fixture->findings);
	str_release(&fixture->jpeg);
	str_release(&fixture->clean);
	str_release(&fixture->out);
	str_release(&fixture->path);
	free(fixture);
	return result;
}

/* a record folder with one unit, and the path that CONTENT has in it */
static int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	if (!fixture)
		return -1;
	fixture->store.root = -1;
	findings_init(&fixture->findings);
	strcpy(fixture->folder, "/tmp/duban-evidence-XXXXXX");
	*state = fixture;
	if (!mkdtemp(fixture->folder))
		return -1;
	make_file(fixture, "plan.yaml", "duban: 1\n");
	make_folder(fixture, UNIT);
	sha256_hex(CONTENT, strlen(CONTENT), fixture->digest);
	evidence_path(&fixture->path, UNIT, fixture->digest, "txt");
	if (store_open(&fixture->store, fixture->folder, &fixture->findings) == DONE)
		return 0;
	tear_down(state);
	return -1;
}

static enum outcome put(struct fixture *fixture)
{
	return evidence_store(&fixture->store, fixture->path.p, CONTENT, strlen(CONTENT),
			      &fixture->findings);
}

static enum evidence_state look(const struct fixture *fixture)
{
	return evidence_look(&fixture->store, fixture->path.p, fixture->digest, strlen(CONTENT));
}

static void assert_one_finding(struct fixture *fixture, const char *code)
{
	assert_int_equal(fixture->findings.count, 1);
	assert_int_equal(fixture->findings.errors, 1);
	assert_string_equal(fixture->findings.items[0].code, code);
	assert_string_equal(fixture->findings.items[0].file, fixture->path.p);
}

/* JPEGs, made here: one with everything, and what has to be left of it */

static void bytes_to(struct str *out, const char *bytes, size_t n)
{
	str_addn(out, bytes, n);
	assert_false(out->failed);
}

#define BYTES(text) (text), sizeof(text) - 1

static void segment_to(struct str *out, unsigned char code, const char *body, size_t n)
{
	char head[] = { '\xff', (char)code, (char)((n + 2) >> 8), (char)((n + 2) & 0xff) };

	bytes_to(out, head, sizeof(head));
	bytes_to(out, body, n);
}

enum { KEPT = 1, CUT = 0 };

/* adds a segment to the picture and, if it is kept, to what has to be left of it */
static void both(struct fixture *fixture, int kept, unsigned char code, const char *body, size_t n)
{
	segment_to(&fixture->jpeg, code, body, n);
	if (kept)
		segment_to(&fixture->clean, code, body, n);
}

static void data(struct fixture *fixture, const char *bytes, size_t n)
{
	bytes_to(&fixture->jpeg, bytes, n);
	bytes_to(&fixture->clean, bytes, n);
}

#define JFIF "JFIF\0\1\2\1\0\x48\0\x48\0\0"
#define ICC "ICC_PROFILE\0\1\1 profile"
#define ADOBE "Adobe\0\x64\0\0\0\0\1"
#define FRAME "\x08\0\x10\0\x10\1\1\x11\0"
#define SCAN "\1\1\0\0\x3f\0"
#define HUFFMAN "\0\0\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\5"

static void quantization(struct fixture *fixture)
{
	char tables[65 + 129];

	memset(tables, 16, sizeof(tables));
	tables[0] = 0;     /* bytes */
	tables[65] = 0x11; /* words */
	both(fixture, KEPT, 0xdb, tables, sizeof(tables));
}

static void what_cameras_add(struct fixture *fixture)
{
	both(fixture, CUT, 0xe1, BYTES("Exif\0\0MM\0*SECRET GPSLatitude 35.54 \xff\xd9\xff\xda"));
	both(fixture, CUT, 0xe1, BYTES("http://ns.adobe.com/xap/1.0/\0<SECRET/>"));
	both(fixture, CUT, 0xe0, BYTES("JFXX\0\x13SECRET thumbnail"));
	both(fixture, CUT, 0xe2, BYTES("MPF\0SECRET"));
	both(fixture, CUT, 0xed, BYTES("Photoshop 3.0\0SECRET"));
	both(fixture, CUT, 0xef, BYTES(""));
	both(fixture, CUT, 0xfe, BYTES("SECRET comment"));
}

static void the_longest_segment(struct fixture *fixture)
{
	struct str large = { 0 };

	str_pad(&large, 'S', 65533);
	both(fixture, CUT, 0xe5, large.p, large.len);
	str_release(&large);
}

/* a progressive picture of two scans with restart intervals and fill bytes */
static void make_jpeg(struct fixture *fixture)
{
	str_reset(&fixture->jpeg);
	str_reset(&fixture->clean);
	data(fixture, BYTES("\xff\xd8"));
	both(fixture, KEPT, 0xe0, BYTES(JFIF));
	what_cameras_add(fixture);
	the_longest_segment(fixture);
	both(fixture, KEPT, 0xe2, BYTES(ICC));
	both(fixture, KEPT, 0xee, BYTES(ADOBE));
	quantization(fixture);
	both(fixture, KEPT, 0xdd, BYTES("\0\1"));
	bytes_to(&fixture->jpeg, BYTES("\xff\xff\xff")); /* fill */
	both(fixture, KEPT, 0xc2, BYTES(FRAME));
	both(fixture, KEPT, 0xc4, BYTES(HUFFMAN HUFFMAN));
	both(fixture, KEPT, 0xda, BYTES(SCAN));
	data(fixture, BYTES("data\xff\0\xff\xd0more\xff\xff\xd7\xff\xff\0 data"));
	what_cameras_add(fixture);
	both(fixture, KEPT, 0xdc, BYTES("\0\x10"));
	both(fixture, KEPT, 0xc4, BYTES(HUFFMAN));
	bytes_to(&fixture->jpeg, BYTES("\xff"));
	both(fixture, KEPT, 0xda, BYTES(SCAN));
	data(fixture, BYTES("second\xff\0"));
	bytes_to(&fixture->jpeg, BYTES("\xff\xff"));
	data(fixture, BYTES("\xff\xd9"));
}

static void assert_cleaned(struct fixture *fixture)
{
	str_reset(&fixture->out);
	assert_int_equal(evidence_clean(fixture->jpeg.p, fixture->jpeg.len, &fixture->out), DONE);
	assert_int_equal(fixture->out.len, fixture->clean.len);
	assert_memory_equal(fixture->out.p, fixture->clean.p, fixture->clean.len);
}

/* from a copy of exactly this size, so that the sanitizer sees a step too far */
static enum outcome clean_exactly(const char *bytes, size_t n, struct str *out)
{
	char *copy = malloc(n ? n : 1);
	enum outcome outcome;

	assert_non_null(copy);
	memcpy(copy, bytes, n);
	outcome = evidence_clean(copy, n, out);
	free(copy);
	return outcome;
}

/* refused, and what was in out before is all that is there after */
static void assert_refused(struct fixture *fixture, const char *bytes, size_t n)
{
	str_reset(&fixture->out);
	str_add(&fixture->out, "before");
	assert_int_equal(clean_exactly(bytes, n, &fixture->out), REFUSED);
	assert_int_equal(fixture->out.len, strlen("before"));
	assert_string_equal(fixture->out.p, "before");
}

/* tests */

static void digests(void **state)
{
	char out[DIGEST_SIZE];

	(void)state;
	/* FIPS 180-4, examples */
	assert_string_equal(sha256_hex("abc", 3, out),
			    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	assert_string_equal(sha256_hex(NULL, 0, out),
			    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void extensions(void **state)
{
	static const struct {
		const char *name, *extension;
	} cases[] = {
		{ "窗口照片.jpg", "jpg" },
		{ "a/b.c/PHOTO.JPG", "jpg" },
		{ "x.tar.GZ", "gz" },
		{ "song.MP3", "mp3" },
		{ "x.0123456789", "0123456789" },
		{ "x.0123456789a", "bin" },
		{ "README", "bin" },
		{ "folder.d/README", "bin" },
		{ ".hidden", "bin" },
		{ "folder/.hidden", "bin" },
		{ "x.", "bin" },
		{ "", "bin" },
		{ "表.登记", "bin" },
		{ "x.a b", "bin" },
		{ "x.jp@", "bin" },
		{ "x.a[", "bin" },
		{ "..", "bin" },
	};
	char out[EXTENSION_SIZE];

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(evidence_extension(cases[i].name, out), cases[i].extension);
}

static void paths(void **state)
{
	struct str path = { 0 };
	char digest[DIGEST_SIZE];

	(void)state;
	evidence_path(&path, "lingtai", sha256_hex("abc", 3, digest), "pdf");
	assert_string_equal(path.p, "lingtai/evidence/ba7816bf8f01.pdf");
	str_release(&path);
}

static void other_files_are_copied(void **state)
{
	static const char pdf[] = "%PDF-1.7\0 Exif\0\0 SECRET \xff\xe1";
	struct fixture *fixture = *state;

	assert_int_equal(evidence_clean(pdf, sizeof(pdf), &fixture->out), DONE);
	assert_int_equal(fixture->out.len, sizeof(pdf));
	assert_memory_equal(fixture->out.p, pdf, sizeof(pdf));
	str_reset(&fixture->out);
	assert_int_equal(clean_exactly("\xff", 1, &fixture->out), DONE);
	assert_int_equal(fixture->out.len, 1);
	str_reset(&fixture->out);
	assert_int_equal(clean_exactly("", 0, &fixture->out), DONE);
	assert_int_equal(fixture->out.len, 0);
}

static void a_jpeg_loses_what_is_beside_the_picture(void **state)
{
	struct fixture *fixture = *state;

	make_jpeg(fixture);
	assert_non_null(memmem(fixture->jpeg.p, fixture->jpeg.len, BYTES("GPSLatitude")));
	assert_cleaned(fixture);
	assert_null(memmem(fixture->out.p, fixture->out.len, BYTES("GPS")));
	assert_null(memmem(fixture->out.p, fixture->out.len, BYTES("SECRET")));
	bytes_to(&fixture->jpeg, BYTES("SECRET\xff\xd8 video \xff\xe1\xff\xd9\xff"));
	assert_cleaned(fixture);
}

static void a_clean_jpeg_stays_as_it_is(void **state)
{
	struct fixture *fixture = *state;

	make_jpeg(fixture);
	str_reset(&fixture->jpeg);
	bytes_to(&fixture->jpeg, fixture->clean.p, fixture->clean.len);
	assert_cleaned(fixture);
}

static void a_jpeg_is_added_to_what_is_there(void **state)
{
	struct fixture *fixture = *state;

	make_jpeg(fixture);
	str_add(&fixture->out, "before");
	assert_int_equal(clean_exactly(fixture->jpeg.p, fixture->jpeg.len, &fixture->out), DONE);
	assert_int_equal(fixture->out.len, strlen("before") + fixture->clean.len);
	assert_memory_equal(fixture->out.p, "before\xff\xd8\xff\xe0", 10);
}

/* the smallest picture around one more segment; `left` is what is left of that, NULL for nothing */
static void assert_application(struct fixture *fixture, unsigned char code, const char *body,
			       size_t n, const char *left, size_t left_n)
{
	str_reset(&fixture->jpeg);
	str_reset(&fixture->clean);
	data(fixture, BYTES("\xff\xd8"));
	segment_to(&fixture->jpeg, code, body, n);
	if (left)
		segment_to(&fixture->clean, code, left, left_n);
	both(fixture, KEPT, 0xc0, BYTES(FRAME));
	both(fixture, KEPT, 0xda, BYTES(SCAN));
	data(fixture, BYTES("data\xff\xd9"));
	assert_cleaned(fixture);
}

static void application_segments(void **state)
{
	struct fixture *fixture = *state;

	assert_application(fixture, 0xe0, BYTES(JFIF), BYTES(JFIF));
	assert_application(fixture, 0xe0, BYTES("JFIF\0\1\2\1\0\x48\0\x48\1\1rgbSECRET"),
			   BYTES(JFIF));
	assert_application(fixture, 0xe0, BYTES("JFIF\0\1\2\1\0\x48\0\x48\0"), NULL, 0);
	assert_application(fixture, 0xe1, BYTES(JFIF), NULL, 0);
	assert_application(fixture, 0xe2, BYTES(ICC), BYTES(ICC));
	assert_application(fixture, 0xe2, BYTES("ICC_PROFILE\0\1"), NULL, 0);
	assert_application(fixture, 0xee, BYTES(ADOBE "SECRET"), BYTES(ADOBE));
	assert_application(fixture, 0xee, BYTES("Adobe\0\x64\0\0\0\0"), NULL, 0);
	assert_application(fixture, 0xee, BYTES("adobe\0\x64\0\0\0\0\1"), NULL, 0);
	assert_application(fixture, 0xfe, BYTES("SECRET"), NULL, 0);
}

static void a_jpeg_that_ends_early(void **state)
{
	struct fixture *fixture = *state;

	make_jpeg(fixture);
	for (size_t n = 2; n<fixture->jpeg.len; n += n> 600 && n < 65000 ? 997 : 1)
		assert_refused(fixture, fixture->jpeg.p, n);
	for (size_t n = 2; n < fixture->clean.len; n++)
		assert_refused(fixture, fixture->clean.p, n);
}

#define START "\xff\xd8"
#define END "\xff\xd9"
#define FRAME_SEGMENT "\xff\xc0\0\x0b" FRAME
#define SCAN_SEGMENT "\xff\xda\0\x08" SCAN "data"

static void a_damaged_jpeg(void **state)
{
	static const struct {
		const char *bytes;
		size_t n;
	} cases[] = {
		{ BYTES(START END) },
		{ BYTES(START FRAME_SEGMENT END) },
		{ BYTES(START SCAN_SEGMENT END) },
		{ BYTES(START SCAN_SEGMENT FRAME_SEGMENT SCAN_SEGMENT END) },
		{ BYTES(START FRAME_SEGMENT FRAME_SEGMENT SCAN_SEGMENT END) },
		/* between segments: bytes, SOI, restart, TEM, stuffing */
		{ BYTES(START "\0" FRAME_SEGMENT SCAN_SEGMENT END) },
		{ BYTES(START START FRAME_SEGMENT SCAN_SEGMENT END) },
		{ BYTES(START FRAME_SEGMENT SCAN_SEGMENT START END) },
		{ BYTES(START "\xff\xd0" FRAME_SEGMENT SCAN_SEGMENT END) },
		{ BYTES(START "\xff\1" FRAME_SEGMENT SCAN_SEGMENT END) },
		{ BYTES(START "\xff\0" FRAME_SEGMENT SCAN_SEGMENT END) },
		{ BYTES(START "\xe1\0\x08SECRET" FRAME_SEGMENT SCAN_SEGMENT END) },
		/* lengths */
		{ BYTES(START "\xff\xe2\0\0" ICC FRAME_SEGMENT SCAN_SEGMENT END) },
		{ BYTES(START "\xff\xe1\0\0" FRAME_SEGMENT SCAN_SEGMENT END) },
		{ BYTES(START "\xff\xe1\0\1" FRAME_SEGMENT SCAN_SEGMENT END) },
		{ BYTES(START "\xff\xe1\xff\xffSECRET" FRAME_SEGMENT SCAN_SEGMENT END) },
		{ BYTES(START FRAME_SEGMENT SCAN_SEGMENT "\xff\xfe\0\7SECRET" END) },
		/* something hidden in what stays */
		{ BYTES(START "\xff\xdb\0\x08SECRET" FRAME_SEGMENT SCAN_SEGMENT END) },
		{ BYTES(START "\xff\xc4\0\x1a" HUFFMAN "SECRET" FRAME_SEGMENT SCAN_SEGMENT END) },
		{ BYTES(START "\xff\xc4\0\x13\0\0\2\0\0\0\0\0\0\0\0\0\0\0\0\0\0" FRAME_SEGMENT
				SCAN_SEGMENT END) },
		{ BYTES(START "\xff\xdd\0\x08SECRET" FRAME_SEGMENT SCAN_SEGMENT END) },
		{ BYTES(START "\xff\xcc\0\5\1\1\1" FRAME_SEGMENT SCAN_SEGMENT END) },
		{ BYTES(START "\xff\xc0\0\x11" FRAME "SECRET" SCAN_SEGMENT END) },
		{ BYTES(START "\xff\xc0\0\x08\x08\0\x10\0\x10\0" SCAN_SEGMENT END) },
		{ BYTES(START FRAME_SEGMENT "\xff\xda\0\6\0\0\x3f\0" END) },
		{ BYTES(START "\xff\xc0\0\2" SCAN_SEGMENT END) },
		{ BYTES(START FRAME_SEGMENT "\xff\xda\0\x0e" SCAN "SECRET" END) },
		{ BYTES(START FRAME_SEGMENT "\xff\xda\0\2" END) },
		/* processes and segments that are not known */
		{ BYTES(START "\xff\xc5\0\x0b" FRAME SCAN_SEGMENT END) },
		{ BYTES(START "\xff\xde\0\x0b" FRAME FRAME_SEGMENT SCAN_SEGMENT END) },
		{ BYTES(START "\xff\xf7\0\x0b" FRAME SCAN_SEGMENT END) },
		{ BYTES(START FRAME_SEGMENT "\xff\xf0\0\2" SCAN_SEGMENT END) },
		{ BYTES(START FRAME_SEGMENT SCAN_SEGMENT "\xff\2\0\x08SECRET" END) },
	};
	struct fixture *fixture = *state;

	bytes_to(&fixture->jpeg, BYTES(START FRAME_SEGMENT SCAN_SEGMENT END));
	bytes_to(&fixture->clean, BYTES(START FRAME_SEGMENT SCAN_SEGMENT END));
	assert_cleaned(fixture);
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_refused(fixture, cases[i].bytes, cases[i].n);
}

/* whatever single byte is damaged, nothing is read outside and what is left can be cleaned again */
static void damage_of_one_byte(void **state)
{
	struct fixture *fixture = *state;
	struct str again = { 0 };

	make_jpeg(fixture);
	for (size_t at = 2; at < fixture->clean.len; at++) {
		for (unsigned bit = 0; bit < 8; bit++) {
			fixture->clean.p[at] ^= (char)(1U << bit);
			str_reset(&fixture->out);
			str_reset(&again);
			if (clean_exactly(fixture->clean.p, fixture->clean.len, &fixture->out) ==
			    DONE) {
				assert_int_equal(
					clean_exactly(fixture->out.p, fixture->out.len, &again),
					DONE);
				assert_int_equal(again.len, fixture->out.len);
				assert_memory_equal(again.p, fixture->out.p, again.len);
			}
			fixture->clean.p[at] ^= (char)(1U << bit);
		}
	}
	str_release(&again);
}

static void no_memory(void **state)
{
	struct fixture *fixture = *state;
	struct str full = { .failed = true };

	make_jpeg(fixture);
	assert_int_equal(evidence_clean(fixture->jpeg.p, fixture->jpeg.len, &full), CANNOT);
	assert_int_equal(evidence_clean("text", 4, &full), CANNOT);
	assert_int_equal(full.len, 0);
}

static void evidence_is_stored_once(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(look(fixture), EVIDENCE_GONE);
	assert_int_equal(put(fixture), DONE);
	assert_file(fixture, fixture->path.p, CONTENT);
	assert_int_equal(look(fixture), EVIDENCE_SAME);
	assert_int_equal(put(fixture), DONE);
	assert_int_equal(fixture->findings.count, 0);
	assert_file(fixture, fixture->path.p, CONTENT);
}

static void an_empty_file(void **state)
{
	struct fixture *fixture = *state;
	char digest[DIGEST_SIZE];

	sha256_hex("", 0, digest);
	for (int round = 0; round < 2; round++)
		assert_int_equal(evidence_store(&fixture->store, UNIT "/evidence/e.txt", "", 0,
						&fixture->findings),
				 DONE);
	assert_int_equal(evidence_look(&fixture->store, UNIT "/evidence/e.txt", digest, 0),
			 EVIDENCE_SAME);
	assert_int_equal(evidence_look(&fixture->store, UNIT "/evidence/e.txt", digest, 1),
			 EVIDENCE_OTHER);
}

/* another file has the same 12 digits */
static void other_content_is_refused(void **state)
{
	static const char *const others[] = {
		"",
		"the minutes of a meeting!",
		"the minutes",
		CONTENT ", and more",
	};
	struct fixture *fixture = *state;

	make_folder(fixture, UNIT "/evidence");
	for (size_t i = 0; i < COUNT(others); i++) {
		make_file(fixture, fixture->path.p, others[i]);
		assert_int_equal(put(fixture), REFUSED);
		assert_one_finding(fixture, "evidence-taken");
		assert_non_null(fixture->findings.items[0].hint);
		assert_file(fixture, fixture->path.p, others[i]);
		assert_int_equal(look(fixture), EVIDENCE_OTHER);
		drop(fixture, fixture->path.p);
		findings_release(&fixture->findings);
	}
}

static void a_zero_byte_is_content(void **state)
{
	struct fixture *fixture = *state;

	make_folder(fixture, UNIT "/evidence");
	make_file(fixture, fixture->path.p, "a");
	assert_int_equal(
		evidence_store(&fixture->store, fixture->path.p, "a\0", 2, &fixture->findings),
		REFUSED);
	assert_one_finding(fixture, "evidence-taken");
}

static void a_link_in_place_of_the_file(void **state)
{
	struct fixture *fixture = *state;

	make_folder(fixture, UNIT "/evidence");
	make_file(fixture, "same", CONTENT);
	make_link(fixture, "../../same", fixture->path.p);
	assert_file(fixture, fixture->path.p, CONTENT);
	assert_int_equal(put(fixture), REFUSED);
	assert_one_finding(fixture, "evidence-taken");
	assert_int_equal(look(fixture), EVIDENCE_GONE);
	drop(fixture, fixture->path.p);
	findings_release(&fixture->findings);

	make_link(fixture, "../../nothing", fixture->path.p);
	assert_int_equal(put(fixture), REFUSED);
	assert_one_finding(fixture, "evidence-taken");
	assert_int_equal(look(fixture), EVIDENCE_GONE);
	assert_false(is_there(fixture, "nothing"));
}

static void a_folder_in_place_of_the_file(void **state)
{
	struct fixture *fixture = *state;

	make_folder(fixture, UNIT "/evidence");
	make_folder(fixture, fixture->path.p);
	assert_int_equal(put(fixture), REFUSED);
	assert_one_finding(fixture, "evidence-taken");
	assert_int_equal(look(fixture), EVIDENCE_GONE);
}

static void a_link_in_place_of_the_folder(void **state)
{
	struct fixture *fixture = *state;
	const char *name = strrchr(fixture->path.p, '/') + 1;
	char there[64];

	make_folder(fixture, "elsewhere");
	make_link(fixture, "../elsewhere", UNIT "/evidence");
	snprintf(there, sizeof(there), "elsewhere/%s", name);
	assert_int_equal(put(fixture), CANNOT);
	assert_one_finding(fixture, "io");
	assert_false(is_there(fixture, there));
	make_file(fixture, there, CONTENT);
	assert_file(fixture, fixture->path.p, CONTENT);
	assert_int_equal(look(fixture), EVIDENCE_GONE);
}

static void a_link_in_place_of_the_unit(void **state)
{
	struct fixture *fixture = *state;

	drop(fixture, UNIT);
	make_folder(fixture, "elsewhere");
	make_link(fixture, "elsewhere", UNIT);
	assert_int_equal(put(fixture), CANNOT);
	assert_one_finding(fixture, "io");
	assert_false(is_there(fixture, "elsewhere/evidence"));
	assert_int_equal(look(fixture), EVIDENCE_AWAY);
}

static void evidence_that_is_not_here(void **state)
{
	struct fixture *fixture = *state;
	char long_name[400];

	make_folder(fixture, UNIT "/evidence");
	assert_int_equal(look(fixture), EVIDENCE_GONE);
	drop(fixture, UNIT "/evidence");
	assert_int_equal(look(fixture), EVIDENCE_GONE);
	drop(fixture, UNIT);
	assert_int_equal(look(fixture), EVIDENCE_AWAY);
	memset(long_name, 'x', sizeof(long_name) - 1);
	long_name[sizeof(long_name) - 1] = '\0';
	assert_int_equal(evidence_look(&fixture->store, long_name, fixture->digest, 1),
			 EVIDENCE_AWAY);
	assert_int_equal(evidence_look(&fixture->store, "/etc/passwd", fixture->digest, 1),
			 EVIDENCE_AWAY);
	assert_int_equal(evidence_look(&fixture->store, "../plan.yaml", fixture->digest, 1),
			 EVIDENCE_AWAY);
}

static void digest_and_size_both_count(void **state)
{
	struct fixture *fixture = *state;
	size_t n = strlen(CONTENT);

	assert_int_equal(put(fixture), DONE);
	assert_int_equal(evidence_look(&fixture->store, fixture->path.p, fixture->digest, n + 1),
			 EVIDENCE_OTHER);
	assert_int_equal(evidence_look(&fixture->store, fixture->path.p, fixture->digest, n - 1),
			 EVIDENCE_OTHER);
	fixture->digest[DIGEST_SIZE - 2] ^= 1;
	assert_int_equal(look(fixture), EVIDENCE_OTHER);
}

/* of a file that is named alone the name says how its digest begins */
static void the_name_speaks_for_the_content(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(evidence_look_named(&fixture->store, fixture->path.p), EVIDENCE_GONE);
	assert_int_equal(put(fixture), DONE);
	assert_int_equal(evidence_look_named(&fixture->store, fixture->path.p), EVIDENCE_SAME);
	drop(fixture, fixture->path.p);
	make_file(fixture, fixture->path.p, CONTENT "!");
	assert_int_equal(evidence_look_named(&fixture->store, fixture->path.p), EVIDENCE_OTHER);
	make_file(fixture, UNIT "/evidence/e.txt", CONTENT);
	assert_int_equal(evidence_look_named(&fixture->store, UNIT "/evidence/e.txt"),
			 EVIDENCE_OTHER);
	drop(fixture, UNIT "/evidence/e.txt");
	drop(fixture, fixture->path.p);
	drop(fixture, UNIT "/evidence");
	drop(fixture, UNIT);
	assert_int_equal(evidence_look_named(&fixture->store, fixture->path.p), EVIDENCE_AWAY);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(digests),
		cmocka_unit_test(extensions),
		cmocka_unit_test(paths),
		TEST(other_files_are_copied),
		TEST(a_jpeg_loses_what_is_beside_the_picture),
		TEST(a_clean_jpeg_stays_as_it_is),
		TEST(a_jpeg_is_added_to_what_is_there),
		TEST(application_segments),
		TEST(a_jpeg_that_ends_early),
		TEST(a_damaged_jpeg),
		TEST(damage_of_one_byte),
		TEST(no_memory),
		TEST(evidence_is_stored_once),
		TEST(an_empty_file),
		TEST(other_content_is_refused),
		TEST(a_zero_byte_is_content),
		TEST(a_link_in_place_of_the_file),
		TEST(a_folder_in_place_of_the_file),
		TEST(a_link_in_place_of_the_folder),
		TEST(a_link_in_place_of_the_unit),
		TEST(evidence_that_is_not_here),
		TEST(the_name_speaks_for_the_content),
		TEST(digest_and_size_both_count),
	};

	return cmocka_run_group_tests_name("evidence", tests, NULL, NULL);
}
