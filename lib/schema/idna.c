#include "schema/idna.h"

#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>

/* more than any character becomes (18: U+FDFA) and than any label that can be valid has */
#define ROOM 64

static bool in_range(uint32_t c, uint32_t first, uint32_t last)
{
	return c >= first && c <= last;
}

static bool is_equal(const uint32_t *a, size_t na, const uint32_t *b, size_t nb)
{
	return na == nb && memcmp(a, b, na * sizeof(*a)) == 0;
}

/* what libunistring gives lies in the buffer when it fits there, else in memory of its own */
static size_t length_in(const uint32_t *buffer, uint32_t *result, size_t n)
{
	if (result == buffer)
		return n;
	free(result);
	return 0;
}

static size_t normalize(uninorm_t form, const uint32_t *text, size_t n, uint32_t *out, size_t room)
{
	uint32_t *result = u32_normalize(form, text, n, out, &room);

	return length_in(out, result, room);
}

size_t idna_map(const uint32_t *label, size_t n, uint32_t *out, size_t room)
{
	uint32_t composed[ROOM], *result;

	n = normalize(UNINORM_NFKC, label, n, composed, ROOM);
	if (!n)
		return 0;
	result = u32_casefold(composed, n, NULL, UNINORM_NFKC, out, &room);
	return length_in(out, result, room);
}

static bool is_nfc(const uint32_t *label, size_t n)
{
	uint32_t composed[ROOM];

	return is_equal(label, n, composed, normalize(UNINORM_NFC, label, n, composed, ROOM));
}

/* RFC 5892 2.2: changed by folding of case and width */
static bool is_unstable(uint32_t c)
{
	uint32_t mapped[ROOM];

	return !is_equal(&c, 1, mapped, idna_map(&c, 1, mapped, ROOM));
}

/*
 * RFC 5892 3 for what is no exception (2.6) and no join control (2.8): PVALID or not. What is
 * unassigned (2.10), white space or a noncharacter (of 2.3) is in no category of LetterDigits, and
 * no character is excepted for backward compatibility (2.7).
 */
static bool is_pvalid(uint32_t c)
{
	if (c < 0x80) /* 2.5: LDH */
		return c == '-' || in_range(c, '0', '9') || in_range(c, 'a', 'z');
	return /* 2.1: LetterDigits */
		uc_is_general_category_withtable(
			c, UC_CATEGORY_MASK_Ll | UC_CATEGORY_MASK_Lu | UC_CATEGORY_MASK_Lo |
				   UC_CATEGORY_MASK_Nd | UC_CATEGORY_MASK_Lm | UC_CATEGORY_MASK_Mn |
				   UC_CATEGORY_MASK_Mc) &&
		!is_unstable(c) && !uc_is_property_default_ignorable_code_point(c) &&
		/* 2.4: IgnorableBlocks */
		!in_range(c, 0x20d0, 0x20ff) && !in_range(c, 0x1d100, 0x1d24f) &&
		/* 2.9: OldHangulJamo, the blocks of Hangul Jamo and its extensions A and B */
		!in_range(c, 0x1100, 0x11ff) && !in_range(c, 0xa960, 0xa97f) &&
		!in_range(c, 0xd7b0, 0xd7ff);
}

static bool is_of_script(uint32_t c, const char *name)
{
	return uc_is_script(c, uc_script_byname(name));
}

static bool is_after_virama(const uint32_t *label, size_t i)
{
	return i > 0 && uc_combining_class(label[i - 1]) == UC_CCC_VR;
}

/* RFC 5892 A.1: (Joining_Type:{L,D})(Joining_Type:T)*\u200C(Joining_Type:T)*(Joining_Type:{R,D}) */
static bool breaks_joining(const uint32_t *label, size_t n, size_t i)
{
	size_t before = i, after = i + 1;
	int left, right;

	while (before > 0 && uc_joining_type(label[before - 1]) == UC_JOINING_TYPE_T)
		before--;
	while (after < n && uc_joining_type(label[after]) == UC_JOINING_TYPE_T)
		after++;
	if (before == 0 || after == n)
		return false;
	left = uc_joining_type(label[before - 1]);
	right = uc_joining_type(label[after]);
	return (left == UC_JOINING_TYPE_L || left == UC_JOINING_TYPE_D) &&
	       (right == UC_JOINING_TYPE_R || right == UC_JOINING_TYPE_D);
}

static bool any_in_range(const uint32_t *label, size_t n, uint32_t first, uint32_t last)
{
	for (size_t i = 0; i < n; i++)
		if (in_range(label[i], first, last))
			return true;
	return false;
}

static bool any_japanese_or_han(const uint32_t *label, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (is_of_script(label[i], "Hiragana") || is_of_script(label[i], "Katakana") ||
		    is_of_script(label[i], "Han"))
			return true;
	return false;
}

/* whether the character may stand where it does: RFC 5892 2.6, 2.8 and appendix A, else section 3 */
static bool is_allowed(const uint32_t *label, size_t n, size_t i)
{
	uint32_t c = label[i];

	switch (c) {
	case 0x00df:
	case 0x03c2:
	case 0x06fd:
	case 0x06fe:
	case 0x0f0b:
	case 0x3007:
		return true;
	case 0x0640:
	case 0x07fa:
	case 0x302e:
	case 0x302f:
	case 0x3031:
	case 0x3032:
	case 0x3033:
	case 0x3034:
	case 0x3035:
	case 0x303b:
		return false;
	case 0x200c: /* A.1 */
		return is_after_virama(label, i) || breaks_joining(label, n, i);
	case 0x200d: /* A.2 */
		return is_after_virama(label, i);
	case 0x00b7: /* A.3 */
		return i > 0 && label[i - 1] == 'l' && i + 1 < n && label[i + 1] == 'l';
	case 0x0375: /* A.4 */
		return i + 1 < n && is_of_script(label[i + 1], "Greek");
	case 0x05f3: /* A.5, A.6 */
	case 0x05f4:
		return i > 0 && is_of_script(label[i - 1], "Hebrew");
	case 0x30fb: /* A.7 */
		return any_japanese_or_han(label, n);
	default:
		if (in_range(c, 0x0660, 0x0669)) /* A.8 */
			return !any_in_range(label, n, 0x06f0, 0x06f9);
		if (in_range(c, 0x06f0, 0x06f9)) /* A.9 */
			return !any_in_range(label, n, 0x0660, 0x0669);
		return is_pvalid(c);
	}
}

bool idna_is_u_label(const uint32_t *label, size_t n)
{
	bool ascii = true;

	if (label[0] == '-' || label[n - 1] == '-' ||
	    (n >= 4 && label[2] == '-' && label[3] == '-') ||
	    uc_is_general_category_withtable(label[0], UC_CATEGORY_MASK_M))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (!is_allowed(label, n, i))
			return false;
		ascii = ascii && label[i] < 0x80;
	}
	return !ascii && is_nfc(label, n);
}

/* a set of classes of uc_bidi_class */
#define BIDI(class) (1u << UC_BIDI_##class)

static unsigned bidi_class(uint32_t c)
{
	return 1u << uc_bidi_class(c);
}

bool idna_is_rtl(const uint32_t *label, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (bidi_class(label[i]) & (BIDI(R) | BIDI(AL) | BIDI(AN)))
			return true;
	return false;
}

bool idna_obeys_bidi_rule(const uint32_t *label, size_t n)
{
	const unsigned both =
		BIDI(EN) | BIDI(ES) | BIDI(CS) | BIDI(ET) | BIDI(ON) | BIDI(BN) | BIDI(NSM);
	unsigned first = bidi_class(label[0]), last = first, seen = first;

	for (size_t i = 1; i < n; i++) {
		unsigned class = bidi_class(label[i]);

		seen |= class;
		if (class != BIDI(NSM))
			last = class;
	}
	/* conditions 1, 5 and 6 */
	if (first == BIDI(L))
		return !(seen & ~(both | BIDI(L))) && last & (BIDI(L) | BIDI(EN));
	/* conditions 1, 2, 3 and 4 */
	return first & (BIDI(R) | BIDI(AL)) && !(seen & ~(both | BIDI(R) | BIDI(AL) | BIDI(AN))) &&
	       last & (BIDI(R) | BIDI(AL) | BIDI(EN) | BIDI(AN)) &&
	       (seen & (BIDI(EN) | BIDI(AN))) != (BIDI(EN) | BIDI(AN));
}
