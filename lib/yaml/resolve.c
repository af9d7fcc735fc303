/* The YAML 1.2 core schema (YAML 1.2.2, 10.3.2): what a plain scalar is. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "yaml/tree.h"

static bool is_one_of(const char *text, size_t n, const char *const *words)
{
	for (; *words; words++)
		if (strlen(*words) == n && memcmp(*words, text, n) == 0)
			return true;
	return false;
}

static bool all_in(const char *text, size_t n, const char *set)
{
	for (size_t i = 0; i < n; i++)
		if (!text[i] || !strchr(set, text[i]))
			return false;
	return n > 0;
}

static size_t digits_at(const char *p, const char *end)
{
	const char *from = p;

	while (p < end && *p >= '0' && *p <= '9')
		p++;
	return (size_t)(p - from);
}

/* the parts of [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)? */
struct parts {
	bool negative;
	const char *whole, *behind, *exponent; /* exponent with its sign */
	size_t nwhole, nbehind, nexponent;
	bool point;
};

static bool take_number(const char *text, size_t n, struct parts *parts)
{
	const char *p = text, *end = text + n;

	*parts = (struct parts){ .negative = n && *p == '-' };
	if (p < end && (*p == '-' || *p == '+'))
		p++;
	parts->whole = p;
	parts->nwhole = digits_at(p, end);
	p += parts->nwhole;
	if (p < end && *p == '.') {
		parts->point = true;
		parts->behind = ++p;
		parts->nbehind = digits_at(p, end);
		p += parts->nbehind;
	}
	if (!parts->nwhole && !parts->nbehind)
		return false;
	if (p < end && (*p == 'e' || *p == 'E')) {
		parts->exponent = ++p;
		if (p < end && (*p == '-' || *p == '+'))
			p++;
		if (!digits_at(p, end))
			return false;
		p += digits_at(p, end);
		parts->nexponent = (size_t)(p - parts->exponent);
	}
	return p == end;
}

/* rewrites the text as JSON wants it, only where it differs */
static int to_json(struct arena *arena, struct node *node, const struct parts *parts)
{
	const char *whole = parts->whole;
	size_t nwhole = parts->nwhole;
	char *text;

	while (nwhole > 1 && *whole == '0') {
		whole++;
		nwhole--;
	}
	if (nwhole == parts->nwhole && nwhole && parts->point == (parts->nbehind > 0) &&
	    node->text[0] != '+')
		return 0;
	text = arena_printf(arena, "%s%.*s%s%.*s%s%.*s", parts->negative ? "-" : "",
			    nwhole ? (int)nwhole : 1, nwhole ? whole : "0",
			    parts->nbehind ? "." : "", (int)parts->nbehind,
			    parts->nbehind ? parts->behind : "", parts->exponent ? "e" : "",
			    (int)parts->nexponent, parts->exponent ? parts->exponent : "");
	if (!text)
		return -1;
	node->text = text;
	node->count = (uint32_t)strlen(text);
	return 0;
}

static void set_integer(struct node *node)
{
	char *end;
	long long value;

	errno = 0;
	value = strtoll(node->text, &end, 10);
	if (errno == 0 && *end == '\0') {
		node->flags |= NODE_INTEGER;
		node->integer = value;
	}
}

/* 0x1F, 0o17 */
static int take_based(struct arena *arena, struct node *node, int base)
{
	unsigned long long value;
	char *text;

	errno = 0;
	value = strtoull(node->text + 2, NULL, base);
	if (errno)
		return 1;
	text = arena_printf(arena, "%llu", value);
	if (!text)
		return -1;
	node->type = NODE_NUMBER;
	node->text = text;
	node->count = (uint32_t)strlen(text);
	set_integer(node);
	return 0;
}

/* [-+.0-9]…: a number, or a text that only starts like one */
static int take_figure(struct arena *arena, struct node *node)
{
	static const char *const none[] = { ".inf",  ".Inf",  ".INF",  "+.inf", "+.Inf",
					    "+.INF", "-.inf", "-.Inf", "-.INF", ".nan",
					    ".NaN",  ".NAN",  NULL };
	const char *text = node->text;
	size_t n = node->count;
	struct parts parts;

	if (n > 2 && memcmp(text, "0x", 2) == 0 &&
	    all_in(text + 2, n - 2, "0123456789abcdefABCDEF"))
		return take_based(arena, node, 16);
	if (n > 2 && memcmp(text, "0o", 2) == 0 && all_in(text + 2, n - 2, "01234567"))
		return take_based(arena, node, 8);
	if (!take_number(text, n, &parts))
		return is_one_of(text, n, none);
	node->type = NODE_NUMBER;
	if (to_json(arena, node, &parts) < 0)
		return -1;
	if (!parts.point && !parts.exponent)
		set_integer(node);
	return 0;
}

int node_resolve(struct arena *arena, struct node *node)
{
	static const char *const nulls[] = { "", "~", "null", "Null", "NULL", NULL };
	static const char *const trues[] = { "true", "True", "TRUE", NULL };
	static const char *const falses[] = { "false", "False", "FALSE", NULL };
	const char *text = node->text;
	size_t n = node->count;

	node->type = NODE_STRING;
	/* the first character says which of these it can be */
	switch (n ? text[0] : '~') {
	case '~':
	case 'n':
	case 'N':
		if (is_one_of(text, n, nulls))
			node->type = NODE_NULL;
		return 0;
	case 't':
	case 'T':
	case 'f':
	case 'F':
		if (!is_one_of(text, n, trues) && !is_one_of(text, n, falses))
			return 0;
		node->type = NODE_BOOL;
		node->boolean = text[0] == 't' || text[0] == 'T';
		return 0;
	default:
		return strchr(".+-0123456789", text[0]) ? take_figure(arena, node) : 0;
	}
}
