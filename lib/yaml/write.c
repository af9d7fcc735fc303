#include "yaml/write.h"

#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "yaml/bytes.h"

enum text_fault yaml_text_fault(const char *text, size_t n)
{
	if (utf8_valid(text, n) != n)
		return TEXT_NOT_UTF8;
	return yaml_text_fits(text, n) ? TEXT_FITS : TEXT_CONTROL;
}

bool yaml_text_fits(const char *text, size_t n)
{
	return !bytes_forbidden(text, n);
}

static bool is_word(const char *text, const char *const *words)
{
	for (; *words; words++)
		if (strcasecmp(text, *words) == 0)
			return true;
	return false;
}

static size_t span_of(const char *text, const char *set)
{
	return strspn(text, set);
}

/*
 * Whether a YAML 1.1 or 1.2 reader could resolve the text to a number, date, time, boolean, null,
 * merge or default key: the union of both specifications' patterns, drawn a little wide.
 */
static bool could_resolve(const char *text)
{
	static const char *const words[] = { "",   "~",   "null", "true", "false", "yes", "no",
					     "on", "off", "y",    "n",    "<<",    "=",   NULL };
	const char *p = text + (*text == '+' || *text == '-');

	if (is_word(text, words) || is_word(p, (const char *const[]){ ".inf", ".nan", NULL }))
		return true;
	if (!strchr("0123456789.", *p) || !*p)
		return false;
	/* numbers with separators, sexagesimal numbers, dates and times in any notation */
	if (!text[span_of(text, "0123456789_.:+-, TtZz/")])
		return true;
	if (*p == '0' && p[1] && strchr("xXoObB", p[1]) &&
	    !p[2 + span_of(p + 2, "0123456789abcdefABCDEF_")])
		return true;
	p += span_of(p, "0123456789_.");
	if (*p == 'e' || *p == 'E') {
		p++;
		p += *p == '+' || *p == '-';
		return *p && !p[span_of(p, "0123456789_")];
	}
	return false;
}

static bool needs_escapes(const char *text, size_t n)
{
	const char *end = text + n;

	while (text < end) {
		int32_t c = utf8_decode(&text, end);

		if (utf8_is_control(c) || c == 0xfffd || c == 0x85)
			return true;
	}
	return false;
}

static bool plain_is_safe(const char *text, size_t n, bool in_flow)
{
	if (!n || strlen(text) != n || could_resolve(text) ||
	    strchr("-?:,[]{}#&*!|>'\"%@` ", text[0]))
		return false;
	if (text[n - 1] == ' ' || text[n - 1] == ':')
		return false;
	/* a full-width space at an end is text, but nobody would see it */
	if ((n >= 3 && memcmp(text, "\xe3\x80\x80", 3) == 0) ||
	    (n >= 3 && memcmp(text + n - 3, "\xe3\x80\x80", 3) == 0))
		return false;
	/* ends of documents, and what a merge leaves behind (bytes.c) */
	if (strncmp(text, "---", 3) == 0 || strncmp(text, "...", 3) == 0 ||
	    strncmp(text, "<<<<<<<", 7) == 0 || strncmp(text, "=======", 7) == 0)
		return false;
	for (const char *p = text; *p; p++) {
		if ((*p == ':' && (p[1] == ' ' || in_flow)) ||
		    (*p == '#' && p > text && p[-1] == ' '))
			return false;
		if (in_flow && strchr(",?[]{}", *p))
			return false;
	}
	return true;
}

static void write_double_quoted(struct str *out, const char *text, size_t n)
{
	const char *end = text + n;

	str_addc(out, '"');
	while (text < end) {
		const char *from = text;
		int32_t c = utf8_decode(&text, end);

		if (c == '"' || c == '\\')
			str_addf(out, "\\%c", (char)c);
		else if (c == '\n')
			str_add(out, "\\n");
		else if (c == '\t')
			str_add(out, "\\t");
		else if (utf8_is_control(c) || c == 0x85)
			str_addf(out, c < 0x100 ? "\\x%02X" : "\\u%04X", (unsigned)c);
		else
			str_addn(out, from, (size_t)(text - from));
	}
	str_addc(out, '"');
}

static void write_string(struct str *out, const struct node *value, bool in_flow)
{
	const char *text = value->text;

	if (needs_escapes(text, value->count)) {
		write_double_quoted(out, text, value->count);
	} else if (plain_is_safe(text, value->count, in_flow)) {
		str_addn(out, text, value->count);
	} else {
		str_addc(out, '\'');
		for (const char *p = text, *end = p + value->count; p < end; p++) {
			if (*p == '\'')
				str_addc(out, '\'');
			str_addc(out, *p);
		}
		str_addc(out, '\'');
	}
}

static void write_name(struct str *out, const struct member *member, bool in_flow)
{
	struct node name = { .type = NODE_STRING, .text = member->name, .count = member->len };

	write_string(out, &name, in_flow);
}

static void write_flow(struct str *out, const struct node *value)
{
	bool is_map = value->type == NODE_MAP;

	str_addc(out, is_map ? '{' : '[');
	for (uint32_t i = 0; i < value->count; i++) {
		if (i)
			str_add(out, ", ");
		if (is_map) {
			write_name(out, &value->members[i], true);
			str_add(out, ": ");
		}
		yaml_write_value(out, is_map ? value->members[i].value : &value->items[i], true);
	}
	str_addc(out, is_map ? '}' : ']');
}

void yaml_write_value(struct str *out, const struct node *value, bool in_flow)
{
	switch ((enum node_type)value->type) {
	case NODE_NULL:
		str_add(out, "null");
		break;
	case NODE_BOOL:
		str_add(out, value->boolean ? "true" : "false");
		break;
	case NODE_NUMBER:
		str_addn(out, value->text, value->count);
		break;
	case NODE_STRING:
		write_string(out, value, in_flow);
		break;
	case NODE_LIST:
	case NODE_MAP:
		write_flow(out, value);
		break;
	}
}

/* whether a literal block gives the text back unchanged: lines that end in one newline or none */
static bool fits_literal(const struct node *value)
{
	const char *text = value->text;
	size_t n = value->count;

	if (!memchr(text, '\n', n) || text[0] == ' ' || text[0] == '\n' || text[n - 1] == '\n')
		return false;
	for (size_t i = 0; i < n; i++) {
		const char *p = text + i;
		const char *end = text + n;
		int32_t c = *p;

		if ((unsigned char)*p >= 0x80 && ((unsigned char)*p & 0xc0) != 0x80)
			c = utf8_decode(&p, end);
		else if ((unsigned char)*p >= 0x80)
			continue;
		if (c != '\n' && (utf8_is_control(c) || c == 0xfffd))
			return false;
		if (c == '\n' && i && text[i - 1] == ' ')
			return false;
	}
	return text[n - 1] != ' ';
}

static void write_literal(struct str *out, const struct node *value)
{
	const char *p = value->text, *end = p + value->count;

	str_add(out, " |-\n");
	while (p < end) {
		const char *newline = memchr(p, '\n', (size_t)(end - p));
		const char *to = newline ? newline : end;

		if (to > p) {
			str_add(out, "  ");
			str_addn(out, p, (size_t)(to - p));
		}
		str_addc(out, '\n');
		p = newline ? newline + 1 : end;
	}
}

void yaml_write(struct str *out, const struct node *map)
{
	for (uint32_t i = 0; i < map->count; i++) {
		const struct node *value = map->members[i].value;

		write_name(out, &map->members[i], false);
		str_addc(out, ':');
		if (value->type == NODE_LIST && value->count && value->items[0].type == NODE_MAP) {
			for (uint32_t j = 0; j < value->count; j++) {
				str_add(out, "\n- ");
				yaml_write_value(out, &value->items[j], false);
			}
			str_addc(out, '\n');
		} else if (value->type == NODE_STRING && fits_literal(value)) {
			write_literal(out, value);
		} else {
			str_addc(out, ' ');
			yaml_write_value(out, value, false);
			str_addc(out, '\n');
		}
	}
}
