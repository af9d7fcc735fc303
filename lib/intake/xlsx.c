/* A workbook: which parts it has, and which of them are sheets. */
#include "intake/xlsx_parts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"

#define MOST_UNPACKED ((size_t)256 * 1024 * 1024)
#define MOST_ITEMS ((size_t)1 << 24)
#define LONGEST_PATH 1024

bool xlsx_is(const char *bytes, size_t n)
{
	return n >= 4 &&
	       (memcmp(bytes, "PK\003\004", 4) == 0 || memcmp(bytes, "PK\005\006", 4) == 0);
}

int xlsx_refuse(struct xlsx *xlsx, const char *code, const char *message, const char *hint)
{
	struct finding what = { .level = LEVEL_ERROR, .code = code, .file = xlsx->name };

	finding_hint(xlsx->findings, findings_add(xlsx->findings, &what, "%s", message), "%s",
		     hint);
	return -1;
}

static int refuse_broken(struct xlsx *xlsx, const char *path, unsigned long line)
{
	struct finding what = { .level = LEVEL_ERROR,
				.code = "workbook-broken",
				.file = xlsx->name };
	struct finding *f;

	f = line ? findings_add(
			   xlsx->findings, &what,
			   _("the workbook is damaged: its part %s cannot be read in line %lu"),
			   path, line)
		 : findings_add(xlsx->findings, &what,
				_("the workbook is damaged: its part %s cannot be read"), path);
	finding_hint(xlsx->findings, f, "%s",
		     _("copy it once more; or open it in Excel or WPS and save it anew"));
	return -1;
}

static int refuse_package(struct xlsx *xlsx, enum package_fault fault, const char *path)
{
	switch (fault) {
	case PACKAGE_MEMORY:
		xlsx->failed = true;
		return -1;
	case PACKAGE_ENCRYPTED:
		return xlsx_refuse(xlsx, "workbook-protected",
				   _("the workbook is protected with a password (有密码保护)"),
				   _("save it without the password"));
	case PACKAGE_TOO_LARGE:
		return xlsx_refuse(xlsx, "workbook-too-large",
				   _("the workbook becomes far too large when it is unpacked"),
				   _("copy the table alone into a new workbook"));
	default:
		return refuse_broken(xlsx, path, 0);
	}
}

static bool feed(void *context, const char *bytes, size_t n, bool last)
{
	return xml_feed(context, bytes, n, last);
}

int xlsx_part_read(struct xlsx *xlsx, const char *path, const struct xml_handler *handler,
		   void *context)
{
	struct xml *xml = xml_open(handler, context);
	enum package_fault fault;
	enum xml_fault broken;
	unsigned long line;

	if (!xml) {
		xlsx->failed = true;
		return -1;
	}
	fault = package_read(xlsx->package, path, feed, xml);
	broken = xml_fault(xml, &line);
	xml_close(xml);
	xlsx->failed = xlsx->failed || broken == XML_MEMORY;
	if (xlsx->failed)
		return -1;
	if (fault != PACKAGE_FINE)
		return refuse_package(xlsx, fault, path);
	if (broken == XML_REFUSED)
		return xlsx_refuse(xlsx, "workbook-refused",
				   _("the workbook holds what no spreadsheet program writes: a "
				     "document type, or tags without end"),
				   _("open it in Excel or WPS and save it anew"));
	return broken == XML_BROKEN ? refuse_broken(xlsx, path, line) : 0;
}

void *xlsx_grown(struct xlsx *xlsx, void *items, size_t count, size_t *cap, size_t size)
{
	size_t wanted = *cap ? *cap * 2 : 16;
	void *grown;

	if (count < *cap)
		return items;
	grown = wanted <= MOST_ITEMS ? realloc(items, wanted * size) : NULL;
	if (grown)
		*cap = wanted;
	else
		xlsx->failed = true;
	return grown;
}

uint32_t xlsx_number(const char *text, uint32_t otherwise)
{
	uint32_t value = 0;

	if (!text || !*text)
		return otherwise;
	for (; *text >= '0' && *text <= '9' && value < 100000000; text++)
		value = value * 10 + (uint32_t)(*text - '0');
	return *text ? otherwise : value;
}

bool xlsx_true(const char *text)
{
	return text && (strcmp(text, "1") == 0 || strcmp(text, "true") == 0);
}

/* what stands behind the last / */
static const char *last_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* the path of a target, from the folder of a part; NULL when it leads out of the package */
static const char *resolve(struct xlsx *xlsx, const char *of, const char *target)
{
	size_t n = *target == '/' ? 0 : (size_t)(last_of(of) - of), length;
	char path[LONGEST_PATH];

	if (n + strlen(target) + 2 > sizeof(path) || strchr(target, '\\'))
		return NULL;
	memcpy(path, of, n);
	for (target += *target == '/'; *target; target += length + (target[length] == '/')) {
		length = strcspn(target, "/");
		if (length == 2 && memcmp(target, "..", 2) == 0) {
			if (!n)
				return NULL;
			for (n--; n && path[n - 1] != '/';)
				n--;
		} else if (length && !(length == 1 && *target == '.')) {
			memcpy(path + n, target, length);
			n += length;
			if (target[length])
				path[n++] = '/';
		}
	}
	return arena_strndup(xlsx->arena, path, n);
}

struct relating {
	struct xlsx *xlsx;
	const char *of;
};

static bool relation_start(void *context, const char *name, const char *const *attributes)
{
	struct relating *r = context;
	struct xlsx *xlsx = r->xlsx;
	const char *id = xml_attribute(attributes, "Id"), *sort = xml_attribute(attributes, "Type");
	const char *target = xml_attribute(attributes, "Target");
	const char *mode = xml_attribute(attributes, "TargetMode");
	struct xlsx_part *grown;

	if (strcmp(name, "Relationship") != 0 || !id || !sort || !target ||
	    (mode && strcmp(mode, "External") == 0))
		return true;
	target = resolve(xlsx, r->of, target);
	if (!target)
		return true;
	grown = xlsx_grown(xlsx, xlsx->parts, xlsx->nparts, &xlsx->parts_cap, sizeof(*grown));
	if (!grown)
		return false;
	xlsx->parts = grown;
	id = arena_strdup(xlsx->arena, id);
	sort = arena_strdup(xlsx->arena, last_of(sort));
	xlsx->failed = xlsx->failed || !id || !sort;
	xlsx->parts[xlsx->nparts++] = (struct xlsx_part){ id, sort, target };
	return !xlsx->failed;
}

static bool go_on(void *context, const char *name)
{
	(void)context;
	(void)name;
	return true;
}

/* xl/_rels/workbook.xml.rels of xl/workbook.xml */
int xlsx_relations(struct xlsx *xlsx, const char *of)
{
	static const struct xml_handler handler = { .start = relation_start, .end = go_on };
	struct relating r = { .xlsx = xlsx, .of = of };
	char *folder = arena_strndup(xlsx->arena, of, (size_t)(last_of(of) - of));
	char *path =
		folder ? arena_concat(xlsx->arena, folder, "_rels/", last_of(of), ".rels", NULL)
		       : NULL;

	xlsx->nparts = 0;
	if (!path) {
		xlsx->failed = true;
		return -1;
	}
	return package_has(xlsx->package, path) ? xlsx_part_read(xlsx, path, &handler, &r) : 0;
}

static const char *part_of(const struct xlsx *xlsx, const char *id, const char *sort)
{
	for (size_t i = 0; i < xlsx->nparts; i++)
		if ((id && strcmp(xlsx->parts[i].id, id) == 0) ||
		    (sort && strcmp(xlsx->parts[i].sort, sort) == 0))
			return xlsx->parts[i].path;
	return NULL;
}

static bool is_worksheet(const struct xlsx *xlsx, const char *path)
{
	for (size_t i = 0; i < xlsx->nparts; i++)
		if (strcmp(xlsx->parts[i].path, path) == 0)
			return strcmp(xlsx->parts[i].sort, "worksheet") == 0;
	return false;
}

struct opening {
	struct xlsx *xlsx;
	bool is_workbook;
};

static void add_sheet(struct xlsx *xlsx, const char *const *attributes)
{
	const char *name = xml_attribute(attributes, "name"),
		   *id = xml_attribute(attributes, "r:id");
	const char *state = xml_attribute(attributes, "state");
	const char *path = id ? part_of(xlsx, id, NULL) : NULL;
	struct xlsx_sheet *grown;

	/* charts and macros have sheets too */
	if (!path || !is_worksheet(xlsx, path))
		return;
	grown = xlsx_grown(xlsx, xlsx->sheets, xlsx->nsheets, &xlsx->sheets_cap, sizeof(*grown));
	if (!grown)
		return;
	xlsx->sheets = grown;
	name = arena_strdup(xlsx->arena, name ? name : "");
	xlsx->failed = xlsx->failed || !name;
	xlsx->sheets[xlsx->nsheets++] = (struct xlsx_sheet){
		.name = name, .path = path, .hidden = state && strcmp(state, "visible") != 0
	};
}

static bool workbook_start(void *context, const char *name, const char *const *attributes)
{
	struct opening *o = context;

	if (strcmp(name, "workbook") == 0)
		o->is_workbook = true;
	else if (strcmp(name, "workbookPr") == 0)
		o->xlsx->from_1904 = xlsx_true(xml_attribute(attributes, "date1904"));
	else if (strcmp(name, "sheet") == 0)
		add_sheet(o->xlsx, attributes);
	return o->is_workbook && !o->xlsx->failed;
}

static int refuse_other(struct xlsx *xlsx)
{
	return xlsx_refuse(xlsx, "not-a-workbook",
			   _("this is an archive, but no workbook of the form .xlsx"),
			   _("open it in Excel or WPS and save it as .xlsx or CSV (另存为)"));
}

static int open_workbook(struct xlsx *xlsx)
{
	static const struct xml_handler handler = { .start = workbook_start, .end = go_on };
	struct opening o = { .xlsx = xlsx };
	const char *path, *part;

	if (!package_has(xlsx->package, "_rels/.rels"))
		return refuse_other(xlsx);
	if (xlsx_relations(xlsx, "") < 0)
		return -1;
	path = part_of(xlsx, NULL, "officeDocument");
	/* .xlsb keeps its parts in another form */
	if (!path || strcmp(last_of(path) + strcspn(last_of(path), "."), ".xml") != 0)
		return refuse_other(xlsx);
	if (xlsx_relations(xlsx, path) < 0 || xlsx_part_read(xlsx, path, &handler, &o) < 0)
		return -1;
	if (!o.is_workbook || !xlsx->nsheets)
		return refuse_other(xlsx);
	part = part_of(xlsx, NULL, "styles");
	if (part && xlsx_styles(xlsx, part) < 0)
		return -1;
	part = part_of(xlsx, NULL, "sharedStrings");
	return part ? xlsx_strings(xlsx, part) : 0;
}

struct xlsx *xlsx_open(const char *name, const char *bytes, size_t n, struct arena *arena,
		       struct findings *findings)
{
	struct xlsx *xlsx = calloc(1, sizeof(*xlsx));
	enum package_fault fault;

	if (!xlsx)
		return NULL;
	xlsx->name = name;
	xlsx->arena = arena;
	xlsx->findings = findings;
	xlsx->package = package_open(bytes, n, MOST_UNPACKED, &fault);
	if (xlsx->package && open_workbook(xlsx) == 0)
		return xlsx;
	if (!xlsx->package && fault == PACKAGE_BROKEN)
		xlsx_refuse(xlsx, "workbook-broken",
			    _("the workbook is damaged or not complete: it is no whole archive"),
			    _("copy it once more; or open it in Excel or WPS and save it anew"));
	else if (!xlsx->package)
		refuse_package(xlsx, fault, "");
	xlsx_close(xlsx);
	return NULL;
}

void xlsx_close(struct xlsx *xlsx)
{
	if (!xlsx)
		return;
	package_close(xlsx->package);
	free(xlsx->parts);
	free(xlsx->sheets);
	free(xlsx->formats);
	free(xlsx->strings);
	free(xlsx);
}

const struct xlsx_sheet *xlsx_sheets(const struct xlsx *xlsx, size_t *count)
{
	*count = xlsx->nsheets;
	return xlsx->sheets;
}
