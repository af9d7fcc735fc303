#include "schema/ecma_property.h"

#include <string.h>

/* general categories: their long names, which PCRE2 does not know (Unicode PropertyValueAliases, gc) */
static const struct {
	const char *name, *code;
} categories[] = {
	{ "Other", "C" },
	{ "Control", "Cc" },
	{ "cntrl", "Cc" },
	{ "Format", "Cf" },
	{ "Unassigned", "Cn" },
	{ "Private_Use", "Co" },
	{ "Surrogate", "Cs" },
	{ "Letter", "L" },
	{ "Cased_Letter", "LC" },
	{ "Lowercase_Letter", "Ll" },
	{ "Modifier_Letter", "Lm" },
	{ "Other_Letter", "Lo" },
	{ "Titlecase_Letter", "Lt" },
	{ "Uppercase_Letter", "Lu" },
	{ "Mark", "M" },
	{ "Combining_Mark", "M" },
	{ "Spacing_Mark", "Mc" },
	{ "Enclosing_Mark", "Me" },
	{ "Nonspacing_Mark", "Mn" },
	{ "Number", "N" },
	{ "Decimal_Number", "Nd" },
	{ "digit", "Nd" },
	{ "Letter_Number", "Nl" },
	{ "Other_Number", "No" },
	{ "Punctuation", "P" },
	{ "punct", "P" },
	{ "Connector_Punctuation", "Pc" },
	{ "Dash_Punctuation", "Pd" },
	{ "Close_Punctuation", "Pe" },
	{ "Final_Punctuation", "Pf" },
	{ "Initial_Punctuation", "Pi" },
	{ "Other_Punctuation", "Po" },
	{ "Open_Punctuation", "Ps" },
	{ "Symbol", "S" },
	{ "Currency_Symbol", "Sc" },
	{ "Modifier_Symbol", "Sk" },
	{ "Math_Symbol", "Sm" },
	{ "Other_Symbol", "So" },
	{ "Separator", "Z" },
	{ "Line_Separator", "Zl" },
	{ "Paragraph_Separator", "Zp" },
	{ "Space_Separator", "Zs" },
};

/* ECMA-262 table "Binary Unicode property aliases"; each between spaces */
static const char binary[] =
	" ASCII ASCII_Hex_Digit AHex Alphabetic Alpha Any Assigned Bidi_Control Bidi_C "
	"Bidi_Mirrored Bidi_M Case_Ignorable CI Cased Changes_When_Casefolded CWCF "
	"Changes_When_Casemapped CWCM Changes_When_Lowercased CWL "
	"Changes_When_NFKC_Casefolded CWKCF Changes_When_Titlecased CWT "
	"Changes_When_Uppercased CWU Dash Default_Ignorable_Code_Point DI Deprecated Dep "
	"Diacritic Dia Emoji Emoji_Component EComp Emoji_Modifier EMod Emoji_Modifier_Base EBase "
	"Emoji_Presentation EPres Extended_Pictographic ExtPict Extender Ext Grapheme_Base Gr_Base "
	"Grapheme_Extend Gr_Ext Hex_Digit Hex IDS_Binary_Operator IDSB IDS_Trinary_Operator IDST "
	"ID_Continue IDC ID_Start IDS Ideographic Ideo Join_Control Join_C "
	"Logical_Order_Exception LOE Lowercase Lower Math Noncharacter_Code_Point NChar "
	"Pattern_Syntax Pat_Syn Pattern_White_Space Pat_WS Quotation_Mark QMark Radical "
	"Regional_Indicator RI Sentence_Terminal STerm Soft_Dotted SD Terminal_Punctuation Term "
	"Unified_Ideograph UIdeo Uppercase Upper Variation_Selector VS White_Space space "
	"XID_Continue XIDC XID_Start XIDS ";

static bool named(const char *p, size_t n, const char *name)
{
	return n == strlen(name) && memcmp(p, name, n) == 0;
}

/* where the value of `name=value` starts when the name is one of two; else NULL */
static const char *value_of(const char *text, size_t n, const char *name, const char *alias)
{
	const char *equals = memchr(text, '=', n);
	size_t length = equals ? (size_t)(equals - text) : 0;

	return equals && (named(text, length, name) || named(text, length, alias)) ? equals + 1
										   : NULL;
}

/* the short name of a general category, or NULL */
static const char *category(const char *text, size_t n)
{
	for (size_t i = 0; i < sizeof(categories) / sizeof(*categories); i++)
		if (named(text, n, categories[i].name) || named(text, n, categories[i].code))
			return categories[i].code;
	return NULL;
}

static bool is_binary(const char *text, size_t n)
{
	for (const char *p = binary; (p = memmem(p, strlen(p), text, n)); p++)
		if (p[-1] == ' ' && p[n] == ' ')
			return true;
	return false;
}

bool ecma_property_exists(const char *text, size_t n)
{
	const char *value = value_of(text, n, "General_Category", "gc");

	if (value)
		return category(value, n - (size_t)(value - text));
	return value_of(text, n, "Script", "sc") || value_of(text, n, "Script_Extensions", "scx") ||
	       category(text, n) || is_binary(text, n);
}

void ecma_property_rewrite(struct str *out, const char *text, size_t n, bool negated)
{
	const char *value = value_of(text, n, "General_Category", "gc"), *code;

	if (value) {
		n -= (size_t)(value - text);
		text = value;
	}
	if (named(text, n, "Assigned")) {
		negated = !negated;
		text = "Cn";
		n = 2;
	}
	code = category(text, n);
	str_add(out, negated ? "\\P{" : "\\p{");
	if (code && strcmp(code, "LC") == 0)
		str_add(out, "L&");
	else if (code)
		str_add(out, code);
	else
		str_addn(out, text, n);
	str_addc(out, '}');
}
