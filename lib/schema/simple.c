#include "schema/simple.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

#define LARGEST_COUNT 10000
#define LONGEST_RUN 64

static void set_add(struct simple_set *set, int32_t first, int32_t last)
{
	for (int32_t c = first; c <= last && c < 0x80; c++)
		set->ascii[c >> 6] |= UINT64_C(1) << (c & 63);
	if (last < 0x80)
		return;
	if (set->nranges < SIMPLE_RANGES) {
		set->ranges[set->nranges].first = first < 0x80 ? 0x80 : first;
		set->ranges[set->nranges].last = last;
	}
	set->nranges++; /* one too many is seen later */
}

static void set_invert(struct simple_set *set)
{
	set->ascii[0] = ~set->ascii[0];
	set->ascii[1] = ~set->ascii[1];
	set->others = !set->others;
}

static bool set_has(const struct simple_set *set, int32_t c)
{
	if (c < 0x80)
		return set->ascii[c >> 6] >> (c & 63) & 1;
	for (unsigned i = 0; i < set->nranges; i++)
		if (c >= set->ranges[i].first && c <= set->ranges[i].last)
			return !set->others;
	return set->others;
}

static void add_spaces(struct simple_set *set)
{
	/* ECMA-262 12.2 and 12.3 */
	static const struct {
		int32_t first, last;
	} spaces[] = {
		{ '\t', '\r' },     { ' ', ' ' },       { 0xa0, 0xa0 },     { 0x1680, 0x1680 },
		{ 0x2000, 0x200a }, { 0x2028, 0x2029 }, { 0x202f, 0x202f }, { 0x205f, 0x205f },
		{ 0x3000, 0x3000 }, { 0xfeff, 0xfeff },
	};

	for (size_t i = 0; i < sizeof(spaces) / sizeof(*spaces); i++)
		set_add(set, spaces[i].first, spaces[i].last);
}

struct source {
	const char *p, *end;
};

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* \uXXXX, no surrogates */
static int32_t take_unicode(struct source *in)
{
	int32_t c = 0;

	if (in->end - in->p < 4)
		return -1;
	for (int i = 0; i < 4; i++, in->p++) {
		if (hex(*in->p) < 0)
			return -1;
		c = c * 16 + hex(*in->p);
	}
	return c >= 0xd800 && c <= 0xdfff ? -1 : c;
}

/* a character, escaped or not; -1 when the escape means something else */
static int32_t take_character(struct source *in)
{
	static const char letters[] = "tnvfr", controls[] = "\t\n\v\f\r";
	const char *letter;
	char c;

	if (*in->p != '\\')
		return utf8_decode(&in->p, in->end);
	if (++in->p == in->end)
		return -1;
	c = *in->p++;
	letter = c ? strchr(letters, c) : NULL;
	if (letter)
		return controls[letter - letters];
	if (c == 'u')
		return take_unicode(in);
	return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '^') ||
			       (c >= '{' && c <= '~')
		       ? c
		       : -1;
}

/* \d \w \s; their opposites only where they stand alone */
static bool take_named(struct simple_set *set, struct source *in, bool alone)
{
	char c = in->end - in->p >= 2 && *in->p == '\\' ? in->p[1] : '\0';

	if (!c || !strchr(alone ? "dwsDWS" : "dws", c))
		return false;
	in->p += 2;
	switch (c) {
	case 's':
	case 'S':
		add_spaces(set);
		break;
	case 'w':
	case 'W':
		set_add(set, 'a', 'z');
		set_add(set, 'A', 'Z');
		set_add(set, '_', '_');
		/* fall through */
	default:
		set_add(set, '0', '9');
	}
	if (c < 'a')
		set_invert(set);
	return true;
}

/* the bracket is read */
static bool take_class(struct simple_set *set, struct source *in)
{
	bool inverted = in->p < in->end && *in->p == '^';

	in->p += inverted;
	while (in->p < in->end && *in->p != ']') {
		int32_t first, last;

		if (take_named(set, in, false)) {
			if (in->p < in->end && *in->p == '-')
				return false;
			continue;
		}
		first = last = take_character(in);
		if (in->end - in->p >= 2 && in->p[0] == '-' && in->p[1] != ']') {
			in->p++;
			last = take_character(in);
		}
		if (first < 0 || last < first)
			return false;
		set_add(set, first, last);
	}
	if (in->p == in->end)
		return false;
	in->p++;
	if (inverted)
		set_invert(set);
	return true;
}

static bool take_number(uint32_t *value, struct source *in)
{
	const char *first = in->p;

	for (*value = 0; in->p < in->end && *in->p >= '0' && *in->p <= '9'; in->p++) {
		*value = *value * 10 + (uint32_t)(*in->p - '0');
		if (*value > LARGEST_COUNT)
			return false;
	}
	return in->p > first;
}

/* {n} {n,} {n,m}, the brace read */
static bool take_braces(struct simple_step *step, struct source *in)
{
	if (!take_number(&step->min, in) || in->p == in->end)
		return false;
	step->max = step->min;
	if (*in->p == ',') {
		in->p++;
		step->max = UINT32_MAX;
		if (in->p < in->end && *in->p != '}' && !take_number(&step->max, in))
			return false;
	}
	return in->p < in->end && *in->p++ == '}' && step->max >= step->min;
}

static bool is_quantifier(const struct source *in)
{
	return in->p < in->end &&
	       (*in->p == '*' || *in->p == '+' || *in->p == '?' || *in->p == '{');
}

static bool take_count(struct simple_step *step, struct source *in)
{
	step->min = step->max = 1;
	if (!is_quantifier(in))
		return true;
	switch (*in->p++) {
	case '*':
		step->min = 0;
		step->max = UINT32_MAX;
		break;
	case '+':
		step->max = UINT32_MAX;
		break;
	case '?':
		step->min = 0;
		break;
	default:
		if (!take_braces(step, in))
			return false;
	}
	/* lazy and (wrong) possessive quantifiers are left to the engine */
	return !is_quantifier(in);
}

static bool take_step(struct simple_step *step, struct source *in)
{
	int32_t c;

	if (*in->p == '[') {
		in->p++;
		if (!take_class(&step->set, in))
			return false;
	} else if (!take_named(&step->set, in, true)) {
		if (*in->p && strchr("^$.*+?()]{}|", *in->p))
			return false;
		c = take_character(in);
		if (c < 0)
			return false;
		set_add(&step->set, c, c);
	}
	return step->set.nranges <= SIMPLE_RANGES && take_count(step, in);
}

static bool may_overlap(const struct simple_set *a, const struct simple_set *b)
{
	return a->ascii[0] & b->ascii[0] || a->ascii[1] & b->ascii[1] ||
	       ((a->others || a->nranges) && (b->others || b->nranges));
}

static bool are_same(const struct simple_set *a, const struct simple_set *b)
{
	if (a->ascii[0] != b->ascii[0] || a->ascii[1] != b->ascii[1] || a->others != b->others ||
	    a->nranges != b->nranges)
		return false;
	for (unsigned i = 0; i < a->nranges; i++)
		if (a->ranges[i].first != b->ranges[i].first ||
		    a->ranges[i].last != b->ranges[i].last)
			return false;
	return true;
}

/*
 * ^A*BA*$, a line that is not blank: where the first A* stops before the end stands what only B can
 * take; and once B has taken something, all behind it was seen to be A. So it is one pass and back.
 */
static bool runs_again(const struct simple *simple, unsigned i)
{
	const struct simple_step *step = &simple->steps[i];

	return i + 3 == simple->count && simple->to_end && step[0].max == UINT32_MAX &&
	       step[1].min == 1 && step[1].max == 1 && !step[2].min && step[2].max == UINT32_MAX &&
	       are_same(&step[0].set, &step[2].set);
}

/*
 * A step of varying length that need not end where the next one begins. More than one is left alone,
 * and so is one that may give back much where those behind it, which start anew each time, run far.
 */
static bool find_ambiguity(struct simple *simple)
{
	unsigned found = 0;
	uint64_t behind = 0;

	for (unsigned i = simple->count; i-- > 0;) {
		struct simple_step *step = &simple->steps[i];

		step->gives_back = i + 1 < simple->count && step->min != step->max &&
				   (!step[1].min || may_overlap(&step->set, &step[1].set));
		step->again = step->gives_back && runs_again(simple, i);
		if (step->gives_back &&
		    (found++ ||
		     (!step->again && step->max - step->min > LONGEST_RUN && behind > LONGEST_RUN)))
			return false;
		behind += step->max;
	}
	return true;
}

static bool parse(struct simple *simple, struct source *in)
{
	if (in->p < in->end && *in->p == '^')
		in->p++;
	else
		simple->anywhere = true;
	while (in->p < in->end && *in->p != '$')
		if (simple->count == SIMPLE_STEPS ||
		    !take_step(&simple->steps[simple->count++], in))
			return false;
	if (in->p < in->end) {
		simple->to_end = true;
		in->p++;
	}
	if (in->p != in->end || !find_ambiguity(simple))
		return false;
	return !simple->anywhere ||
	       (simple->count == 1 && !simple->to_end && simple->steps[0].min == 1);
}

bool simple_parse(struct simple *simple, const char *text, size_t n)
{
	struct source in = { .p = text, .end = text + n };

	*simple = (struct simple){ .steps = calloc(SIMPLE_STEPS, sizeof(*simple->steps)) };
	if (simple->steps && parse(simple, &in))
		return true;
	simple_release(simple);
	return false;
}

void simple_release(struct simple *simple)
{
	free(simple->steps);
	*simple = (struct simple){ 0 };
}

static bool takes_other(const struct simple_set *set, const char **p, const char *end)
{
	const char *next = *p;

	if (!set_has(set, utf8_decode(&next, end)))
		return false;
	*p = next;
	return true;
}

static inline bool takes(const struct simple_set *set, const char **p, const char *end)
{
	unsigned char c = (unsigned char)**p;

	if (c >= 0x80)
		return takes_other(set, p, end);
	if (!(set->ascii[c >> 6] >> (c & 63) & 1))
		return false;
	++*p;
	return true;
}

/* only the one step that gives back calls this again, so it is no deeper than two */
static bool match_from(const struct simple *simple, unsigned i, const char *p, const char *end)
{
	for (; i < simple->count; i++) {
		const struct simple_step *step = &simple->steps[i];
		uint32_t count = 0;
		bool back = step->gives_back;

		while (p < end && count < step->max && takes(&step->set, &p, end))
			count++;
		if (count < step->min)
			return false;
		back = back && (!step->again || p == end);
		while (back && count > step->min) {
			if (match_from(simple, i + 1, p, end))
				return true;
			while (((unsigned char)*--p & 0xc0) == 0x80)
				;
			count--;
		}
	}
	return !simple->to_end || p == end;
}

bool simple_match(const struct simple *simple, const char *text, size_t n)
{
	const char *p = text, *end = text + n;

	if (!simple->anywhere)
		return match_from(simple, 0, p, end);
	while (p < end) {
		if (takes(&simple->steps[0].set, &p, end))
			return true;
		p += utf8_length_of(*p);
	}
	return false;
}
