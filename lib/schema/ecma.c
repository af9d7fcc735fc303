/*
 * One recursive descent over the grammar of ECMA-262, section 22.2.1; each function appends what it
 * read in PCRE2's terms. It is one file because the grammar is one: a term may be a group, which is a
 * disjunction of terms, and all of it reads and writes the same state.
 */
#include "schema/ecma.h"

#include <stdint.h>
#include <string.h>

#include "base/msg.h"
#include "base/utf8.h"
#include "schema/ecma_property.h"

#define DEEPEST 200
#define MOST_NAMES 100

#define BROWSERS_ONLY N_("what ECMA-262 leaves to browsers")

/* ECMA-262 12.2 and 12.3: \s, inside a class; PCRE2's own \s is ASCII, and with UCP lacks U+FEFF */
#define SPACES                                                                                     \
	"\\x{09}-\\x{0d}\\x{20}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}"     \
	"\\x{205f}\\x{3000}\\x{feff}"
#define NOT_SPACES                                                                                 \
	"\\x{00}-\\x{08}\\x{0e}-\\x{1f}\\x{21}-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}"        \
	"\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}"             \
	"\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10ffff}"
/* inside a class, where PCRE2's own \D and \W lose characters beside \p{…} */
#define NOT_DIGITS "\\x{00}-\\x{2f}\\x{3a}-\\x{10ffff}"
#define NOT_WORD "\\x{00}-\\x{2f}\\x{3a}-\\x{40}\\x{5b}-\\x{5e}\\x{60}\\x{7b}-\\x{10ffff}"
#define NOT_NEWLINES "[^\\n\\r\\x{2028}\\x{2029}]"
/* no character and any, as classes: PCRE2's own [] and (?!) cannot be repeated no times */
#define ANYTHING "[\\x{0}-\\x{10ffff}]"
#define NOTHING "[^\\x{0}-\\x{10ffff}]"

struct name {
	const char *p;
	size_t n;
	unsigned group;
};

struct reader {
	const char *start, *p, *end;
	struct str *out;
	const char *why;
	const char *where;
	unsigned groups; /* capturing groups of the whole pattern, counted first */
	unsigned opened;
	unsigned depth;
	bool strict; /* without annex B */
	size_t nnames;
	struct name names[MOST_NAMES];
};

static bool refuse(struct reader *r, const char *why)
{
	if (!r->why) {
		r->why = why;
		r->where = r->p;
	}
	return false;
}

static bool at(const struct reader *r, const char *text)
{
	size_t n = strlen(text);

	return (size_t)(r->end - r->p) >= n && memcmp(r->p, text, n) == 0;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int hex(char c)
{
	if (is_digit(c))
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* a character that stands for itself, inside a class or outside */
static void add_literal(struct reader *r, int32_t c)
{
	char bytes[4];

	if (c < 0x80 && !is_digit((char)c) && !is_letter((char)c))
		str_addf(r->out, "\\x{%x}", (unsigned)c);
	else if (c >= 0xd800 && c <= 0xdfff)
		str_add(r->out, NOTHING); /* half of a pair is in no UTF-8 text */
	else
		str_addn(r->out, bytes, utf8_encode(c, bytes));
}

/* exactly n hexadecimal digits; -1 when they are not there */
static int32_t hex_digits(struct reader *r, size_t n)
{
	int32_t value = 0;

	if ((size_t)(r->end - r->p) < n)
		return -1;
	for (size_t i = 0; i < n; i++) {
		if (hex(r->p[i]) < 0)
			return -1;
		value = value * 16 + hex(r->p[i]);
	}
	r->p += n;
	return value;
}

/* behind \u: four digits, two escapes that make a pair, or {…} */
static int32_t unicode_escape(struct reader *r)
{
	int32_t high, low;
	const char *back;

	if (r->p < r->end && *r->p == '{') {
		int32_t value = 0;
		const char *first = ++r->p;

		for (; r->p < r->end && hex(*r->p) >= 0; r->p++) {
			value = value * 16 + hex(*r->p);
			if (value > 0x10ffff)
				return -1;
		}
		if (r->p == first || r->p == r->end || *r->p != '}')
			return -1;
		r->p++;
		return value;
	}
	high = hex_digits(r, 4);
	if (high < 0xd800 || high > 0xdbff || !at(r, "\\u"))
		return high;
	back = r->p;
	r->p += 2;
	low = hex_digits(r, 4);
	if (low >= 0xdc00 && low <= 0xdfff)
		return 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
	r->p = back;
	return high;
}

/* behind \p or \P */
static bool property_escape(struct reader *r, bool negated)
{
	const char *name;
	size_t n;

	if (r->p == r->end || *r->p != '{')
		return refuse(r, N_("\\p needs a property in braces"));
	name = ++r->p;
	while (r->p < r->end &&
	       (is_letter(*r->p) || is_digit(*r->p) || *r->p == '_' || *r->p == '='))
		r->p++;
	n = (size_t)(r->p - name);
	if (r->p == r->end || *r->p != '}' || !n)
		return refuse(r, N_("\\p needs a property in braces"));
	r->p++;
	if (r->strict && !ecma_property_exists(name, n))
		return refuse(r, N_("an escape that ECMA-262 does not have"));
	ecma_property_rewrite(r->out, name, n, negated);
	return true;
}

/*
 * The character of an escape, the backslash read: what inside and outside of classes have in
 * common. -1 when it is no escape of a character.
 */
static int32_t character_escape(struct reader *r)
{
	char c = *r->p++;

	switch (c) {
	case 't':
		return '\t';
	case 'n':
		return '\n';
	case 'v':
		return '\v';
	case 'f':
		return '\f';
	case 'r':
		return '\r';
	case '0':
		return r->p < r->end && is_digit(*r->p) ? -1 : 0;
	case 'c':
		return r->p < r->end && is_letter(*r->p) ? *r->p++ & 0x1f : -1;
	case 'x':
		return hex_digits(r, 2);
	case 'u':
		return unicode_escape(r);
	default:
		if ((unsigned char)c >= 0x80 || is_letter(c) || is_digit(c) || c == '_')
			return -1;
		return c;
	}
}

/* \d \D \w \W \s \S \p{…} \P{…}; false when it is none of them, or refused */
static bool class_escape(struct reader *r, bool inside)
{
	char c = *r->p;

	if (c != 'd' && c != 'D' && c != 'w' && c != 'W' && c != 's' && c != 'S' && c != 'p' &&
	    c != 'P')
		return false;
	r->p++;
	if (c == 'p' || c == 'P')
		return property_escape(r, c == 'P');
	if (c == 's' || c == 'S')
		str_addf(r->out, inside ? "%s" : "[%s]", c == 's' ? SPACES : NOT_SPACES);
	else if (inside && (c == 'D' || c == 'W'))
		str_add(r->out, c == 'D' ? NOT_DIGITS : NOT_WORD);
	else
		str_addf(r->out, "\\%c", c);
	return true;
}

/* one member of a class: *c is the character, or -1 for a set, which has been appended */
static bool class_atom(struct reader *r, int32_t *c)
{
	const char *from = r->p;

	*c = -1;
	if (*r->p != '\\') {
		*c = utf8_decode(&r->p, r->end);
		return true;
	}
	r->p++;
	if (r->p == r->end)
		return refuse(r, N_("a backslash at the end"));
	if (class_escape(r, true))
		return true;
	if (r->why)
		return false;
	if (*r->p == 'b') {
		r->p++;
		*c = '\b';
		return true;
	}
	*c = character_escape(r);
	if (*c < 0) {
		r->p = from;
		return refuse(r, N_("an escape that ECMA-262 does not have"));
	}
	return true;
}

/* a member that is no set; half of a surrogate pair is in no UTF-8 text, so it is left out */
static void add_member(struct reader *r, int32_t c)
{
	if (c >= 0 && (c < 0xd800 || c > 0xdfff))
		add_literal(r, c);
}

/* both ends are members of a class, -1 for a set */
static bool add_range(struct reader *r, int32_t first, int32_t last)
{
	if (first < 0 || last < 0) { /* annex B: [a-\d] is a, a hyphen and digits */
		if (r->strict)
			return refuse(r, BROWSERS_ONLY);
		add_member(r, first);
		add_member(r, '-');
		add_member(r, last);
		return true;
	}
	if (last < first)
		return refuse(r, N_("a range that ends before it starts"));
	if (first >= 0xd800 && first <= 0xdfff)
		first = 0xe000;
	if (last >= 0xd800 && last <= 0xdfff)
		last = 0xd7ff;
	if (first <= last)
		str_addf(r->out, "\\x{%x}-\\x{%x}", (unsigned)first, (unsigned)last);
	return true;
}

static bool class_ranges(struct reader *r)
{
	while (r->p < r->end && *r->p != ']') {
		const char *from = r->p, *behind;
		int32_t first, last;

		if (!class_atom(r, &first))
			return false;
		if (r->end - r->p < 2 || *r->p != '-' || r->p[1] == ']') {
			add_member(r, first);
			continue;
		}
		r->p++;
		if (!class_atom(r, &last))
			return false;
		behind = r->p;
		r->p = from;
		if (!add_range(r, first, last))
			return false;
		r->p = behind;
	}
	return true;
}

/* the opening bracket is read */
static bool class(struct reader *r)
{
	bool negated = r->p < r->end && *r->p == '^';
	size_t from = r->out->len, first;

	r->p += negated;
	str_add(r->out, negated ? "[^" : "[");
	first = r->out->len;
	if (!class_ranges(r))
		return false;
	if (r->p == r->end)
		return refuse(r, N_("[ without ]"));
	r->p++;
	if (r->out->len > first) {
		str_addc(r->out, ']');
	} else {
		r->out->len = from;
		str_add(r->out, negated ? ANYTHING : NOTHING);
	}
	return true;
}

/* `<name>` at the position; advances behind it */
static bool group_name(struct reader *r, const char **name, size_t *n)
{
	const char *p = r->p;

	if (p == r->end || *p != '<')
		return false;
	*name = ++p;
	while (p < r->end && *p != '>') {
		unsigned char c = (unsigned char)*p;

		if (!(is_letter(*p) || *p == '_' || *p == '$' || c >= 0x80 ||
		      (is_digit(*p) && p > *name)))
			return false;
		p++;
	}
	*n = (size_t)(p - *name);
	if (p == r->end || !*n)
		return false;
	r->p = p + 1;
	return true;
}

/* names become numbers: PCRE2's names are shorter and narrower than those of ECMA-262 */
static bool named_reference(struct reader *r)
{
	const char *from = r->p - 1, *name;
	size_t n;

	r->p++;
	if (group_name(r, &name, &n))
		for (size_t i = 0; i < r->nnames; i++)
			if (r->names[i].n == n && memcmp(r->names[i].p, name, n) == 0) {
				str_addf(r->out, "\\g{%u}", r->names[i].group);
				return true;
			}
	r->p = from;
	return refuse(r, N_("a reference to a group that is not there"));
}

static bool numbered_reference(struct reader *r)
{
	const char *from = r->p - 1;
	unsigned group = 0;

	while (r->p < r->end && is_digit(*r->p) && group <= r->groups)
		group = group * 10 + (unsigned)(*r->p++ - '0');
	if (group > r->groups) {
		r->p = from;
		return refuse(r, N_("a reference to a group that is not there"));
	}
	str_addf(r->out, "\\g{%u}", group);
	return true;
}

/* the backslash is read; *fixed: an assertion, which takes no quantifier */
static bool escape(struct reader *r, bool *fixed)
{
	const char *from = r->p - 1;
	int32_t c;

	if (r->p == r->end)
		return refuse(r, N_("a backslash at the end"));
	if (*r->p == 'b' || *r->p == 'B') {
		str_addf(r->out, "\\%c", *r->p++);
		*fixed = true;
		return true;
	}
	if (class_escape(r, false))
		return true;
	if (r->why)
		return false;
	if (*r->p == 'k')
		return named_reference(r);
	if (*r->p >= '1' && *r->p <= '9')
		return numbered_reference(r);
	c = character_escape(r);
	if (c < 0) {
		r->p = from;
		return refuse(r, N_("an escape that ECMA-262 does not have"));
	}
	add_literal(r, c);
	return true;
}

static bool disjunction(struct reader *r);

/* behind `(?`: what kind of group; *fixed for assertions */
static bool group_kind(struct reader *r, bool *fixed)
{
	/* (?i: is ECMA-262 2025; its s and m would change what . ^ $ are rewritten to */
	static const char *const kinds[] = { ":", "=", "!", "<=", "<!", "i:", "-i:" };
	const char *name;
	size_t n;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		if (!at(r, kinds[i]))
			continue;
		str_addf(r->out, "(?%s", kinds[i]);
		r->p += strlen(kinds[i]);
		/* annex B: a lookahead may be repeated */
		*fixed = kinds[i][0] == '<' ||
			 (r->strict && kinds[i][1] == '\0' && kinds[i][0] != ':');
		return true;
	}
	if (!group_name(r, &name, &n))
		return refuse(r, N_("a kind of group that ECMA-262 does not have"));
	r->opened++;
	str_addc(r->out, '(');
	return true;
}

/* the opening parenthesis is read */
static bool group(struct reader *r, bool *fixed)
{
	if (++r->depth > DEEPEST)
		return refuse(r, N_("too many groups within each other"));
	if (r->p < r->end && *r->p == '?') {
		r->p++;
		if (!group_kind(r, fixed))
			return false;
	} else {
		r->opened++;
		str_addc(r->out, '(');
	}
	if (!disjunction(r))
		return false;
	if (r->p == r->end)
		return refuse(r, N_("( without )"));
	r->p++;
	r->depth--;
	str_addc(r->out, ')');
	return true;
}

/* digits at *p; a count that is too large for any text stays so */
static uint64_t take_count(const char **p, const char *end)
{
	uint64_t count = 0;

	for (; *p < end && is_digit(**p); (*p)++)
		if (count <= UINT32_MAX)
			count = count * 10 + (uint64_t)(**p - '0');
	return count;
}

/* {n} {n,} {n,m} at the position: its length, or 0; *ordered: whether n <= m */
static size_t braces(const struct reader *r, bool *ordered)
{
	const char *p = r->p + 1, *first = p, *second;
	uint64_t least = take_count(&p, r->end);

	*ordered = true;
	if (p == first)
		return 0;
	if (p < r->end && *p == ',') {
		second = ++p;
		*ordered = least <= take_count(&p, r->end) || p == second;
	}
	return p < r->end && *p == '}' ? (size_t)(p + 1 - r->p) : 0;
}

static bool quantifier(struct reader *r, bool fixed)
{
	bool ordered = true;
	size_t n = 0;

	if (r->p == r->end)
		return true;
	if (*r->p == '*' || *r->p == '+' || *r->p == '?')
		n = 1;
	else if (*r->p == '{')
		n = braces(r, &ordered);
	if (!n)
		return true;
	if (fixed)
		return refuse(r, N_("nothing to repeat"));
	if (!ordered)
		return refuse(r, N_("a range that ends before it starts"));
	str_addn(r->out, r->p, n);
	r->p += n;
	if (r->p < r->end && *r->p == '?') {
		str_addc(r->out, '?');
		r->p++;
	}
	return true;
}

static bool term(struct reader *r)
{
	bool fixed = false, ordered;
	char c = *r->p;

	switch (c) {
	case '^':
	case '$':
		str_addc(r->out, c);
		r->p++;
		fixed = true;
		break;
	case '.':
		str_add(r->out, NOT_NEWLINES);
		r->p++;
		break;
	case '(':
		r->p++;
		if (!group(r, &fixed))
			return false;
		break;
	case '[':
		r->p++;
		if (!class(r))
			return false;
		break;
	case '\\':
		r->p++;
		if (!escape(r, &fixed))
			return false;
		break;
	case '*':
	case '+':
	case '?':
		return refuse(r, N_("nothing to repeat"));
	case '{':
		if (braces(r, &ordered))
			return refuse(r, N_("nothing to repeat"));
		/* fall through */
	case '}':
	case ']':
		if (r->strict)
			return refuse(r, BROWSERS_ONLY);
		/* fall through */
	default:
		add_literal(r, utf8_decode(&r->p, r->end));
	}
	return quantifier(r, fixed);
}

static bool disjunction(struct reader *r)
{
	while (r->p < r->end && *r->p != ')') {
		if (*r->p == '|') {
			str_addc(r->out, '|');
			r->p++;
		} else if (!term(r)) {
			return false;
		}
	}
	return true;
}

/* counts capturing groups and learns their names, as references may point forward */
static bool learn_groups(struct reader *r)
{
	bool inside = false;

	for (r->p = r->start; r->p < r->end; r->p++) {
		const char *name;
		size_t n;

		if (*r->p == '\\' && r->p + 1 < r->end)
			r->p++;
		else if (*r->p == '[')
			inside = true;
		else if (*r->p == ']')
			inside = false;
		else if (*r->p == '(' && !inside && !at(r, "(?"))
			r->groups++;
		else if (at(r, "(?<") && !inside) {
			r->p += 2;
			if (!group_name(r, &name, &n)) {
				r->p--;
				continue;
			}
			r->p--;
			if (r->nnames == MOST_NAMES)
				return refuse(r, N_("too many named groups"));
			for (size_t i = 0; i < r->nnames; i++)
				if (r->names[i].n == n && memcmp(r->names[i].p, name, n) == 0)
					return refuse(r, N_("two groups of the same name"));
			r->names[r->nnames++] =
				(struct name){ .p = name, .n = n, .group = ++r->groups };
		}
	}
	r->p = r->start;
	return true;
}

bool ecma_rewrite(struct str *out, const char *text, size_t n, bool strict, const char **why,
		  size_t *where)
{
	struct reader r = {
		.start = text, .p = text, .end = text + n, .out = out, .strict = strict
	};

	if (learn_groups(&r) && disjunction(&r) && r.p < r.end)
		refuse(&r, N_(") without ("));
	if (!r.why)
		return true;
	*why = r.why;
	*where = (size_t)(r.where - text);
	return false;
}
