/*
 * xml.h: XML text as elements, for the parts of an Office file. Private to lib/intake.
 *
 * Document types, and with them entities, are refused: no Office file has one (ECMA-376 part 2,
 * 8.1.4 in the edition of 2021). So are elements that are nested too deep, and a tag that has no
 * end.
 */
#ifndef DUBAN_INTAKE_XML_H
#define DUBAN_INTAKE_XML_H

#include <stdbool.h>
#include <stddef.h>

/*
 * What a reader of a part wants to know. Names are local names of the vocabulary of spreadsheets and
 * packages, transitional or strict, "" of any other. Attributes come in pairs of name and value, the
 * last NULL; of those with a prefix only r:id and xml:space have theirs. False: enough was read.
 */
struct xml_handler {
	bool (*start)(void *context, const char *name, const char *const *attributes);
	bool (*end)(void *context, const char *name);
	bool (*text)(void *context, const char *text, size_t n); /* may be NULL */
};

enum xml_fault {
	XML_FINE,
	XML_BROKEN,
	XML_REFUSED, /* a document type, too deep, a tag too long */
	XML_MEMORY,
};

struct xml;

/* xml_open: NULL when out of memory; handler and context must live as long. */
struct xml *xml_open(const struct xml_handler *handler, void *context);

/* xml_feed: the next bytes; false: there is no use in more of them. */
bool xml_feed(struct xml *xml, const char *bytes, size_t n, bool last);

/* xml_fault: what ended it; *line: where, from 1. */
enum xml_fault xml_fault(const struct xml *xml, unsigned long *line);

void xml_close(struct xml *xml);

/* xml_attribute: the value, or NULL. */
const char *xml_attribute(const char *const *attributes, const char *name);

#endif
