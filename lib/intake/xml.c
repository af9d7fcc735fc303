#include "intake/xml.h"

#include <stdlib.h>
#include <string.h>

#include <expat.h>

#define BETWEEN '\n' /* namespace and local name: in no name and no URI that is known */
#define DEEPEST 64
#define LONGEST_TAG (1 << 20)
#define MOST_ATTRIBUTES 64

struct xml {
	XML_Parser parser;
	const struct xml_handler *handler;
	void *context;
	enum xml_fault fault;
	unsigned long line;
	size_t fed;
	unsigned depth;
	bool enough;
};

static const char *const KNOWN[] = {
	"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
	"http://purl.oclc.org/ooxml/spreadsheetml/main",
	"http://schemas.openxmlformats.org/package/2006/relationships",
};

static const char *const RELATIONSHIPS[] = {
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
	"http://purl.oclc.org/ooxml/officeDocument/relationships",
};

static const char *const XML_ITSELF[] = { "http://www.w3.org/XML/1998/namespace" };

static bool is_in(const char *uri, size_t n, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(list[i]) == n && memcmp(list[i], uri, n) == 0)
			return true;
	return false;
}

#define IS_IN(uri, n, list) is_in(uri, n, list, sizeof(list) / sizeof(*list))

static const char *local(const char *name)
{
	const char *between = strchr(name, BETWEEN);

	return between && IS_IN(name, (size_t)(between - name), KNOWN) ? between + 1 : "";
}

/* another vocabulary's r is not ours */
static const char *attribute_name(const char *name)
{
	const char *between = strchr(name, BETWEEN);
	size_t n = between ? (size_t)(between - name) : 0;

	if (!between)
		return name;
	if (strcmp(between + 1, "id") == 0 && IS_IN(name, n, RELATIONSHIPS))
		return "r:id";
	if (strcmp(between + 1, "space") == 0 && IS_IN(name, n, XML_ITSELF))
		return "xml:space";
	return "";
}

static void stop(struct xml *xml, enum xml_fault fault)
{
	if (xml->fault == XML_FINE)
		xml->fault = fault;
	xml->line = XML_GetCurrentLineNumber(xml->parser);
	xml->enough = true;
	XML_StopParser(xml->parser, XML_FALSE);
}

static void on_start(void *context, const char *name, const char **given)
{
	struct xml *xml = context;
	const char *attributes[2 * MOST_ATTRIBUTES + 1];
	size_t n = 0;

	if (xml->enough)
		return;
	if (++xml->depth > DEEPEST) {
		stop(xml, XML_REFUSED);
		return;
	}
	for (size_t i = 0; given[i] && n < 2 * MOST_ATTRIBUTES; i += 2) {
		attributes[n++] = attribute_name(given[i]);
		attributes[n++] = given[i + 1];
	}
	attributes[n] = NULL;
	if (!xml->handler->start(xml->context, local(name), attributes))
		stop(xml, XML_FINE);
}

static void on_end(void *context, const char *name)
{
	struct xml *xml = context;

	xml->depth--;
	if (!xml->enough && !xml->handler->end(xml->context, local(name)))
		stop(xml, XML_FINE);
}

static void on_text(void *context, const char *text, int n)
{
	struct xml *xml = context;

	if (!xml->enough && !xml->handler->text(xml->context, text, (size_t)n))
		stop(xml, XML_FINE);
}

static void on_doctype(void *context, const char *name, const char *system, const char *public,
		       int internal)
{
	(void)name;
	(void)system;
	(void)public;
	(void)internal;
	stop(context, XML_REFUSED);
}

struct xml *xml_open(const struct xml_handler *handler, void *context)
{
	struct xml *xml = calloc(1, sizeof(*xml));

	if (!xml)
		return NULL;
	xml->handler = handler;
	xml->context = context;
	xml->parser = XML_ParserCreateNS(NULL, BETWEEN);
	if (!xml->parser) {
		free(xml);
		return NULL;
	}
	XML_SetUserData(xml->parser, xml);
	XML_SetElementHandler(xml->parser, on_start, on_end);
	if (handler->text)
		XML_SetCharacterDataHandler(xml->parser, on_text);
	XML_SetStartDoctypeDeclHandler(xml->parser, on_doctype);
	return xml;
}

bool xml_feed(struct xml *xml, const char *bytes, size_t n, bool last)
{
	XML_Index at;

	if (xml->enough)
		return false;
	if (XML_Parse(xml->parser, bytes, (int)n, last) != XML_STATUS_OK) {
		if (!xml->enough)
			stop(xml, XML_GetErrorCode(xml->parser) == XML_ERROR_NO_MEMORY
					  ? XML_MEMORY
					  : XML_BROKEN);
		return false;
	}
	/* what is not finished is read again with each piece that comes */
	xml->fed += n;
	at = XML_GetCurrentByteIndex(xml->parser);
	if (at >= 0 && xml->fed - (size_t)at > LONGEST_TAG)
		stop(xml, XML_REFUSED);
	return !xml->enough;
}

enum xml_fault xml_fault(const struct xml *xml, unsigned long *line)
{
	*line = xml->line;
	return xml->fault;
}

void xml_close(struct xml *xml)
{
	if (!xml)
		return;
	XML_ParserFree(xml->parser);
	free(xml);
}

const char *xml_attribute(const char *const *attributes, const char *name)
{
	for (size_t i = 0; attributes[i]; i += 2)
		if (strcmp(attributes[i], name) == 0)
			return attributes[i + 1];
	return NULL;
}
