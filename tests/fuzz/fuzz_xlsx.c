/*
 * A workbook. The first byte says which form it is read as; the rest are its parts with a byte 0xff
 * between them, which no XML text has: the sheet, the shared texts, the styles, the workbook, a second
 * sheet. They are put into an archive here, because no search would find the sums that one needs. A
 * rest that begins with PK is an archive as it is.
 *
 * Dictionaries: xlsx, intake
 */
#include <string.h>
#include <zlib.h>

#include "base/str.h"
#include "forms.h"
#include "must.h"

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELATED(id, sort, target)                                                                  \
	"<Relationship Id='" id "' Type='" OFFICE "/" sort "' Target='" target "'/>"
#define RELATIONS(text)                                                                            \
	"<Relationships "                                                                          \
	"xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>" text               \
	"</Relationships>"

#define BETWEEN 0xff
#define NPARTS 5

static const char *const PARTS[NPARTS] = { "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml",
					   "xl/styles.xml", "xl/workbook.xml",
					   "xl/worksheets/sheet2.xml" };

/* what stands where the input has no such part */
static const char *const OTHERWISE[NPARTS] = {
	"<worksheet xmlns='" MAIN "'/>",
	"<sst xmlns='" MAIN "'><si><t>静宁</t></si></sst>",
	"<styleSheet xmlns='" MAIN "'><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/>"
	"<xf numFmtId='10'/></cellXfs></styleSheet>",
	"<workbook xmlns='" MAIN "' xmlns:r='" OFFICE "'><sheets><sheet name='a' r:id='r1'/>"
	"<sheet name='b' r:id='r2'/></sheets></workbook>",
	"<worksheet xmlns='" MAIN "'/>",
};

static void add_number(struct str *out, unsigned long value, unsigned bytes)
{
	for (unsigned i = 0; i < bytes; i++, value >>= 8)
		str_addc(out, (char)(value & 0xff));
}

/* the fields that a file's own header and the one in the directory share */
static void add_common(struct str *out, const char *name, const char *bytes, size_t n)
{
	add_number(out, 20, 2);
	add_number(out, 0, 2);
	add_number(out, 0, 2); /* not compressed */
	add_number(out, 0, 2);
	add_number(out, 33, 2);
	add_number(out, crc32(0, (const unsigned char *)bytes, (unsigned)n), 4);
	add_number(out, n, 4);
	add_number(out, n, 4);
	add_number(out, strlen(name), 2);
	add_number(out, 0, 2);
}

static void add_file(struct str *out, struct str *directory, const char *name, const char *bytes,
		     size_t n)
{
	size_t at = out->len;

	str_addn(out, "PK\003\004", 4);
	add_common(out, name, bytes, n);
	str_add(out, name);
	str_addn(out, bytes, n);
	str_addn(directory, "PK\001\002\024\000", 6);
	add_common(directory, name, bytes, n);
	add_number(directory, 0, 10);
	add_number(directory, at, 4);
	str_add(directory, name);
}

static void add_text(struct str *out, struct str *directory, const char *name, const char *text)
{
	add_file(out, directory, name, text, strlen(text));
}

static void pack(struct str *out, const char *rest, size_t n)
{
	struct str directory = { 0 };
	const char *end = rest + n;
	size_t at;

	add_text(out, &directory, "_rels/.rels",
		 RELATIONS(RELATED("r1", "officeDocument", "xl/workbook.xml")));
	add_text(out, &directory, "xl/_rels/workbook.xml.rels",
		 RELATIONS(RELATED("r1", "worksheet", "worksheets/sheet1.xml")
				   RELATED("r2", "worksheet", "worksheets/sheet2.xml")
					   RELATED("r3", "styles", "styles.xml") RELATED(
						   "r4", "sharedStrings", "sharedStrings.xml")));
	for (size_t i = 0; i < NPARTS; i++) {
		const char *stop = rest < end ? memchr(rest, BETWEEN, (size_t)(end - rest)) : NULL;

		stop = stop ? stop : end;
		if (stop > rest)
			add_file(out, &directory, PARTS[i], rest, (size_t)(stop - rest));
		else
			add_text(out, &directory, PARTS[i], OTHERWISE[i]);
		rest = stop < end ? stop + 1 : end;
	}
	at = out->len;
	str_addn(out, str_text(&directory), directory.len);
	str_addn(out, "PK\005\006\0\0\0\0", 8);
	add_number(out, NPARTS + 2, 2);
	add_number(out, NPARTS + 2, 2);
	add_number(out, directory.len, 4);
	add_number(out, at, 4);
	add_number(out, 0, 2);
	MUST(!out->failed && !directory.failed);
	str_release(&directory);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct intake_form forms[NFORMS];
	const struct plan *plan = forms_load(forms);
	unsigned choice = size ? data[0] : 0;
	const char *rest = (const char *)data + (size > 0);
	size_t n = size - (size > 0);
	struct str archive = { 0 };

	if (n >= 2 && memcmp(rest, "PK", 2) == 0) {
		forms_read(plan, &forms[choice % NFORMS], choice, rest, n);
		return 0;
	}
	pack(&archive, rest, n);
	forms_read(plan, &forms[choice % NFORMS], choice, str_text(&archive), archive.len);
	str_release(&archive);
	return 0;
}
