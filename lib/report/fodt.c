/* A flat OpenDocument text (ODF 1.3), for WPS and Word: A4, the fonts of official documents. */
#include "report/render.h"

#include <string.h>

#include "base/utf8.h"
#include "report/markup.h"

#define NAMESPACES                                                                                 \
	"xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "                       \
	"xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" "                         \
	"xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" "                           \
	"xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" "                         \
	"xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" "                \
	"xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "                                           \
	"xmlns:svg=\"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0\""

/* a font and what stands in where a system lacks it */
#define FONT(name, family)                                                                         \
	"<style:font-face style:name=\"" name "\" svg:font-family=\"" family "\"/>\n"

#define TEXT_FONT(name, size)                                                                      \
	"<style:text-properties style:font-name-asian=\"" name "\" style:font-name=\"" name "\" "  \
	"fo:font-size=\"" size "\" style:font-size-asian=\"" size "\""

#define PARAGRAPH_STYLE(name, paragraph, text)                                                     \
	"<style:style style:name=\"" name "\" style:family=\"paragraph\">"                         \
	"<style:paragraph-properties " paragraph "/>" text "/></style:style>\n"

#define CELL_TEXT_STYLE(name, align, more)                                                         \
	PARAGRAPH_STYLE(name, "fo:text-align=\"" align "\"", TEXT_FONT("FangSong", "10.5pt") more)

static const char HEAD[] =
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document " NAMESPACES
	" office:version=\"1.3\" office:mimetype=\"application/vnd.oasis.opendocument.text\">\n";

static const char STYLES[] = "<office:font-face-decls>\n" FONT(
	"FangSong",
	"FangSong, 仿宋, 仿宋_GB2312, &apos;Noto Serif "
	"CJK SC&apos;, serif") FONT("HeiTi",
				    "SimHei, 黑体, &apos;Noto Sans CJK SC&apos;, sans-serif")
	FONT("BiaoSong",
	     "方正小标宋简体, FZXiaoBiaoSong-B05S, SimSun, 宋体, &apos;Noto "
	     "Serif CJK SC&apos;, serif") "</office:font-face-decls>\n"
					  /* GB/T 9704: title 2号小标宋, headings 黑体, text 3号仿宋; tables smaller, so that they fit */
					  "<office:styles>\n" PARAGRAPH_STYLE(
						  "Title",
						  "fo:text-align=\"center\" "
						  "fo:margin-bottom=\"6mm\" "
						  "fo:keep-with-next=\"always\"",
						  TEXT_FONT(
							  "BiaoSong",
							  "22pt")) PARAGRAPH_STYLE("Heading",
										   "fo:margin-top="
										   "\"4mm\" "
										   "fo:keep-with-"
										   "next="
										   "\"always\"",
										   TEXT_FONT(
											   "HeiTi",
											   "16pt"))
						  PARAGRAPH_STYLE(
							  "Facts",
							  "fo:text-align=\"center\" "
							  "fo:margin-bottom=\"4mm\"",
							  TEXT_FONT(
								  "FangSong",
								  "14pt")) PARAGRAPH_STYLE("Body",
											   "fo:"
											   "text-"
											   "indent="
											   "\"11mm"
											   "\" "
											   "fo:"
											   "line-"
											   "height="
											   "\"28pt"
											   "\" "
											   "fo:"
											   "text-"
											   "align="
											   "\"justi"
											   "fy\"",
											   TEXT_FONT(
												   "FangSong",
												   "16pt"))
							  PARAGRAPH_STYLE(
								  "Caption",
								  "fo:margin-top=\"3mm\" "
								  "fo:keep-with-next=\"always\"",
								  TEXT_FONT(
									  "HeiTi",
									  "12pt")) CELL_TEXT_STYLE("Cell",
												   "start",
												   "")
								  CELL_TEXT_STYLE(
									  "Number", "end",
									  "") CELL_TEXT_STYLE("Head"
											      "er",
											      "cent"
											      "er",
											      " fo:"
											      "font"
											      "-wei"
											      "ght="
											      "\"bo"
											      "ld\""
											      " sty"
											      "le:"
											      "font"
											      "-wei"
											      "ght-"
											      "asia"
											      "n="
											      "\"bo"
											      "ld"
											      "\"")
									  CELL_TEXT_STYLE(
										  "Red", "start",
										  " fo:color=\"#"
										  "a40000\" "
										  "fo:font-weight="
										  "\"bold\" "
										  "style:font-"
										  "weight-asian="
										  "\"bold\"")
										  CELL_TEXT_STYLE(
											  "Yellow",
											  "start",
											  " fo:"
											  "color="
											  "\"#"
											  "7a5200\""
											  " fo:"
											  "font-"
											  "weight="
											  "\"bold\""
											  " "
											  "style:"
											  "font-"
											  "weight-"
											  "asian="
											  "\"bold"
											  "\"") "</"
												"of"
												"fi"
												"ce"
												":s"
												"ty"
												"le"
												"s>"
												"\n"
												"<o"
												"ff"
												"ic"
												"e:"
												"au"
												"to"
												"ma"
												"ti"
												"c-"
												"st"
												"yl"
												"es"
												">"
												"\n"
												"<s"
												"ty"
												"le"
												":p"
												"ag"
												"e-"
												"la"
												"yo"
												"ut"
												" s"
												"ty"
												"le"
												":n"
												"am"
												"e="
												"\""
												"A4"
												"\""
												"><"
												"st"
												"yl"
												"e:"
												"pa"
												"ge"
												"-l"
												"ay"
												"ou"
												"t-"
												"pr"
												"op"
												"er"
												"ti"
												"es"
												" "
												"fo"
												":p"
												"ag"
												"e-"
												"wi"
												"dt"
												"h="
												"\""
												"21"
												"0m"
												"m"
												"\""
												" f"
												"o:"
												"pa"
												"ge"
												"-h"
												"ei"
												"gh"
												"t="
												"\""
												"29"
												"7m"
												"m"
												"\""
												" s"
												"ty"
												"le"
												":p"
												"ri"
												"nt"
												"-o"
												"ri"
												"en"
												"ta"
												"ti"
												"on"
												"="
												"\""
												"po"
												"rt"
												"ra"
												"it"
												"\""
												" "
												"fo"
												":m"
												"ar"
												"gi"
												"n-"
												"to"
												"p="
												"\""
												"37"
												"mm"
												"\""
												" f"
												"o:"
												"ma"
												"rg"
												"in"
												"-b"
												"ot"
												"to"
												"m="
												"\""
												"35"
												"mm"
												"\""
												" f"
												"o:"
												"ma"
												"rg"
												"in"
												"-l"
												"ef"
												"t="
												"\""
												"28"
												"mm"
												"\""
												" "
												"fo"
												":m"
												"ar"
												"gi"
												"n-"
												"ri"
												"gh"
												"t="
												"\""
												"26"
												"mm"
												"\""
												"/>"
												"</"
												"st"
												"yl"
												"e:"
												"pa"
												"ge"
												"-l"
												"ay"
												"ou"
												"t>"
												"\n"
												"<s"
												"ty"
												"le"
												":s"
												"ty"
												"le"
												" s"
												"ty"
												"le"
												":n"
												"am"
												"e="
												"\""
												"Ta"
												"bl"
												"e"
												"\""
												" s"
												"ty"
												"le"
												":f"
												"am"
												"il"
												"y="
												"\""
												"ta"
												"bl"
												"e"
												"\""
												"><"
												"st"
												"yl"
												"e:"
												"ta"
												"bl"
												"e-"
												"pr"
												"op"
												"er"
												"ti"
												"es"
												" "
												"st"
												"yl"
												"e:"
												"wi"
												"dt"
												"h="
												"\""
												"15"
												"6m"
												"m"
												"\""
												" t"
												"ab"
												"le"
												":a"
												"li"
												"gn"
												"="
												"\""
												"ma"
												"rg"
												"in"
												"s"
												"\""
												" f"
												"o:"
												"ma"
												"rg"
												"in"
												"-b"
												"ot"
												"to"
												"m="
												"\""
												"3m"
												"m"
												"\""
												"/>"
												"</"
												"st"
												"yl"
												"e:"
												"st"
												"yl"
												"e>"
												"\n"
												"<s"
												"ty"
												"le"
												":s"
												"ty"
												"le"
												" s"
												"ty"
												"le"
												":n"
												"am"
												"e="
												"\""
												"Ro"
												"w"
												"\""
												" s"
												"ty"
												"le"
												":f"
												"am"
												"il"
												"y="
												"\""
												"ta"
												"bl"
												"e-"
												"ro"
												"w"
												"\""
												"><"
												"st"
												"yl"
												"e:"
												"ta"
												"bl"
												"e-"
												"ro"
												"w-"
												"pr"
												"op"
												"er"
												"ti"
												"es"
												" "
												"fo"
												":k"
												"ee"
												"p-"
												"to"
												"ge"
												"th"
												"er"
												"="
												"\""
												"al"
												"wa"
												"ys"
												"\""
												"/>"
												"</"
												"st"
												"yl"
												"e:"
												"st"
												"yl"
												"e>"
												"\n"
												"<s"
												"ty"
												"le"
												":s"
												"ty"
												"le"
												" s"
												"ty"
												"le"
												":n"
												"am"
												"e="
												"\""
												"Bo"
												"x"
												"\""
												" s"
												"ty"
												"le"
												":f"
												"am"
												"il"
												"y="
												"\""
												"ta"
												"bl"
												"e-"
												"ce"
												"ll"
												"\""
												"><"
												"st"
												"yl"
												"e:"
												"ta"
												"bl"
												"e-"
												"ce"
												"ll"
												"-p"
												"ro"
												"pe"
												"rt"
												"ie"
												"s "
												"fo"
												":b"
												"or"
												"de"
												"r="
												"\""
												"0."
												"5p"
												"t "
												"so"
												"li"
												"d "
												"#5"
												"55"
												"55"
												"5"
												"\""
												" f"
												"o:"
												"pa"
												"dd"
												"in"
												"g="
												"\""
												"0."
												"8m"
												"m"
												"\""
												"/>"
												"</"
												"st"
												"yl"
												"e:"
												"st"
												"yl"
												"e>"
												"\n";

static const char BODY[] =
	"</office:automatic-styles>\n<office:master-styles><style:master-page "
	"style:name=\"Standard\" style:page-layout-name=\"A4\"/></office:master-styles>\n"
	"<office:body><office:text>\n";

#define BREAK "<text:line-break/>"
#define MOST_WIDTH 24   /* of a column of texts, which wrap */
#define PAGE_WIDTH 1560 /* tenths of a millimetre, of Table */

static bool is_read(const struct column *column)
{
	return !(column->flags & COLUMN_DATA_ONLY);
}

/* how wide the column would be; texts do not starve what does not wrap */
static size_t width_of(const struct table *table, size_t column)
{
	const char *title = table->columns[column].title;
	size_t widest = utf8_width(title, strlen(title));

	for (size_t i = 0; i < table->nrows; i++) {
		struct str raw = { 0 };
		size_t width;

		cell_add_shown(&raw, table->columns[column].type,
			       &table->cells[i * table->ncolumns + column], "—");
		width = utf8_width(str_text(&raw), raw.len);
		widest = width > widest ? width : widest;
		str_release(&raw);
	}
	if (table->columns[column].type == CELL_TEXT && widest > MOST_WIDTH)
		widest = MOST_WIDTH;
	return widest + 2;
}

/* styles of the columns of the n-th table, which share the width of the page */
static void put_widths(struct str *out, const struct table *table, size_t n)
{
	size_t total = 0;

	for (size_t i = 0; i < table->ncolumns; i++)
		total += is_read(&table->columns[i]) ? width_of(table, i) : 0;
	for (size_t i = 0; i < table->ncolumns; i++) {
		size_t width = width_of(table, i) * PAGE_WIDTH / (total ? total : 1);

		if (is_read(&table->columns[i]))
			str_addf(out,
				 "<style:style style:name=\"T%zuC%zu\" "
				 "style:family=\"table-column\"><style:table-column-properties "
				 "style:column-width=\"%zu.%zumm\"/></style:style>\n",
				 n, i, width / 10, width % 10);
	}
}

static const char *style_of(const struct column *column, const struct cell *cell)
{
	if (cell->tone == TONE_RED)
		return "Red";
	if (cell->tone == TONE_YELLOW)
		return "Yellow";
	return column->type == CELL_FIGURE || column->type == CELL_INTEGER ? "Number" : "Cell";
}

static void open_cell(struct str *out, const char *style)
{
	str_addf(out,
		 "<table:table-cell table:style-name=\"Box\" office:value-type=\"string\">"
		 "<text:p text:style-name=\"%s\">",
		 style);
}

static void put_rows(struct str *out, const struct table *table)
{
	for (size_t i = 0; i < table->nrows; i++) {
		str_add(out, "<table:table-row table:style-name=\"Row\">");
		for (size_t k = 0; k < table->ncolumns; k++) {
			const struct column *column = &table->columns[k];
			const struct cell *cell = &table->cells[i * table->ncolumns + k];

			if (!is_read(column))
				continue;
			open_cell(out, style_of(column, cell));
			markup_cell(out, column->type, cell, BREAK);
			str_add(out, "</text:p></table:table-cell>");
		}
		str_add(out, "</table:table-row>\n");
	}
}

static void put_paragraph(struct str *out, const char *style, const char *text)
{
	str_addf(out, "<text:p text:style-name=\"%s\">", style);
	markup_text(out, text, BREAK);
	str_add(out, "</text:p>\n");
}

static void put_table(struct str *out, const struct table *table, size_t n)
{
	if (table->title)
		put_paragraph(out, "Caption", table->title);
	if (!table->nrows) {
		put_paragraph(out, "Body", table->empty);
		return;
	}
	str_addf(out, "<table:table table:name=\"T%zu\" table:style-name=\"Table\">\n", n);
	for (size_t i = 0; i < table->ncolumns; i++)
		if (is_read(&table->columns[i]))
			str_addf(out, "<table:table-column table:style-name=\"T%zuC%zu\"/>\n", n,
				 i);
	str_add(out, "<table:table-header-rows><table:table-row table:style-name=\"Row\">");
	for (size_t i = 0; i < table->ncolumns; i++) {
		if (!is_read(&table->columns[i]))
			continue;
		open_cell(out, "Header");
		markup_text(out, table->columns[i].title, BREAK);
		str_add(out, "</text:p></table:table-cell>");
	}
	str_add(out, "</table:table-row></table:table-header-rows>\n");
	put_rows(out, table);
	str_add(out, "</table:table>\n");
}

static void put_facts(struct str *out, const struct report *report)
{
	bool any = false;

	for (size_t i = 0; i < report->nfacts; i++) {
		const struct fact *fact = &report->facts[i];

		if (!fact->title)
			continue;
		str_add(out, any ? "　　" : "<text:p text:style-name=\"Facts\">");
		any = true;
		markup_text(out, fact->title, BREAK);
		str_add(out, "：");
		markup_cell(out, fact->type, &fact->cell, BREAK);
	}
	if (any)
		str_add(out, "</text:p>\n");
}

static void put_heading(struct str *out, const struct block *block)
{
	str_addf(out, "<text:h text:style-name=\"%s\" text:outline-level=\"%u\">",
		 block->level == 1 ? "Title" : "Heading", block->level);
	markup_text(out, block->text, BREAK);
	str_add(out, "</text:h>\n");
}

static void put_block(struct str *out, const struct block *block, size_t n)
{
	if (block->type == BLOCK_TABLE)
		put_table(out, block->table, n);
	else if (block->type == BLOCK_HEADING)
		put_heading(out, block);
	else
		put_paragraph(out, "Body", block->text);
}

int render_fodt(const struct report *report, struct str *out)
{
	const struct block *blocks = report->blocks;
	bool titled = report->nblocks && blocks->type == BLOCK_HEADING && blocks->level == 1;
	size_t start = out->len;

	str_add(out, HEAD);
	if (titled) {
		str_add(out, "<office:meta><dc:title>");
		markup_text(out, blocks->text, " ");
		str_add(out, "</dc:title></office:meta>\n");
	}
	str_add(out, STYLES);
	for (size_t i = 0; i < report->nblocks; i++)
		if (blocks[i].type == BLOCK_TABLE)
			put_widths(out, blocks[i].table, i);
	str_add(out, BODY);
	if (titled)
		put_block(out, blocks, 0);
	put_facts(out, report);
	for (size_t i = titled; i < report->nblocks; i++)
		put_block(out, &blocks[i], i);
	str_add(out, "</office:text></office:body>\n</office:document>\n");
	return writer_end(out, start, report->failed);
}
