/* A flat OpenDocument text (ODF 1.3), for WPS and Word: A4, the fonts of official documents. */
#include "report/render.h"

#include <string.h>

#include "base/utf8.h"
#include "report/chart.h"
#include "report/markup.h"

#define NAMESPACES                                                                                 \
	"xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "                       \
	"xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" "                         \
	"xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" "                           \
	"xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" "                         \
	"xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" "                \
	"xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\" "                        \
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

#define BOLD " fo:font-weight=\"bold\" style:font-weight-asian=\"bold\""

#define RED " fo:color=\"#a40000\"" BOLD
#define YELLOW " fo:color=\"#7a5200\"" BOLD

#define CELL_TEXT_STYLE(name, align, more)                                                         \
	PARAGRAPH_STYLE(name, "fo:text-align=\"" align "\"", TEXT_FONT("FangSong", "9pt") more)

static const char HEAD[] =
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document " NAMESPACES
	" office:version=\"1.3\" office:mimetype=\"application/vnd.oasis.opendocument.text\">\n";

/* GB/T 9704: title 2号小标宋, headings 黑体, text 3号仿宋; tables smaller, so that they fit */
static const char *const STYLES[] = {
	"<office:font-face-decls>\n",
	FONT("FangSong", "FangSong, 仿宋, 仿宋_GB2312, &apos;Noto Serif CJK SC&apos;, serif"),
	FONT("HeiTi", "SimHei, 黑体, &apos;Noto Sans CJK SC&apos;, sans-serif"),
	FONT("BiaoSong", "方正小标宋简体, FZXiaoBiaoSong-B05S, SimSun, 宋体, "
			 "&apos;Noto Serif CJK SC&apos;, serif"),
	FONT("SongTi", "SimSun, 宋体, &apos;Noto Serif CJK SC&apos;, serif"),
	"</office:font-face-decls>\n<office:styles>\n",
	PARAGRAPH_STYLE("Title",
			"fo:text-align=\"center\" fo:margin-bottom=\"6mm\" "
			"fo:keep-with-next=\"always\"",
			TEXT_FONT("BiaoSong", "22pt")),
	PARAGRAPH_STYLE("Heading", "fo:margin-top=\"4mm\" fo:keep-with-next=\"always\"",
			TEXT_FONT("HeiTi", "16pt")),
	PARAGRAPH_STYLE("Facts", "fo:text-align=\"center\" fo:margin-bottom=\"1mm\"",
			TEXT_FONT("FangSong", "14pt")),
	PARAGRAPH_STYLE("Body",
			"fo:text-indent=\"11mm\" fo:line-height=\"28pt\" "
			"fo:text-align=\"justify\"",
			TEXT_FONT("FangSong", "16pt")),
	PARAGRAPH_STYLE("Caption", "fo:margin-top=\"3mm\" fo:keep-with-next=\"always\"",
			TEXT_FONT("HeiTi", "12pt")),
	PARAGRAPH_STYLE("Chart", "fo:margin-bottom=\"3mm\"", TEXT_FONT("FangSong", "10.5pt")),
	CELL_TEXT_STYLE("Cell", "start", ""),
	CELL_TEXT_STYLE("Number", "end", ""),
	CELL_TEXT_STYLE("Mark", "center", ""),
	CELL_TEXT_STYLE("Header", "center", BOLD),
	CELL_TEXT_STYLE("CellRed", "start", RED),
	CELL_TEXT_STYLE("NumberRed", "end", RED),
	CELL_TEXT_STYLE("MarkRed", "center", RED),
	CELL_TEXT_STYLE("CellYellow", "start", YELLOW),
	CELL_TEXT_STYLE("NumberYellow", "end", YELLOW),
	CELL_TEXT_STYLE("MarkYellow", "center", YELLOW),
	PARAGRAPH_STYLE("Footer", "fo:text-align=\"center\"", TEXT_FONT("SongTi", "14pt")),
	"</office:styles>\n<office:automatic-styles>\n",
	"<style:page-layout style:name=\"A4\"><style:page-layout-properties "
	"fo:page-width=\"210mm\" fo:page-height=\"297mm\" style:print-orientation=\"portrait\" "
	"fo:margin-top=\"37mm\" fo:margin-bottom=\"20mm\" fo:margin-left=\"28mm\" "
	"fo:margin-right=\"26mm\"/><style:footer-style><style:header-footer-properties "
	"svg:height=\"15mm\" fo:margin-top=\"7mm\"/></style:footer-style></style:page-layout>\n",
	"<style:style style:name=\"Table\" style:family=\"table\"><style:table-properties "
	"style:width=\"156mm\" table:align=\"margins\" fo:margin-bottom=\"3mm\"/></style:style>\n",
	"<style:style style:name=\"Whole\" style:family=\"table\"><style:table-properties "
	"style:width=\"156mm\" table:align=\"margins\" fo:margin-bottom=\"3mm\" "
	"style:may-break-between-rows=\"false\"/></style:style>\n",
	"<style:style style:name=\"Row\" style:family=\"table-row\">"
	"<style:table-row-properties fo:keep-together=\"always\"/></style:style>\n",
	"<style:style style:name=\"Box\" style:family=\"table-cell\">"
	"<style:table-cell-properties fo:border=\"0.5pt solid #555555\" fo:padding=\"0.8mm\"/>"
	"</style:style>\n",
	"<style:style style:name=\"Picture\" style:family=\"graphic\">"
	"<style:graphic-properties style:vertical-pos=\"top\" style:vertical-rel=\"baseline\"/>"
	"</style:style>\n",
};

static const char BODY[] =
	"</office:automatic-styles>\n<office:master-styles><style:master-page "
	"style:name=\"Standard\" style:page-layout-name=\"A4\"><style:footer><text:p "
	"text:style-name=\"Footer\">— <text:page-number text:select-page=\"current\"/> —</text:p>"
	"</style:footer></style:master-page></office:master-styles>\n"
	"<office:body><office:text>\n";

#define BREAK "<text:line-break/>"
#define PARAGRAPH_BODY "<text:p text:style-name=\"Body\">"
#define MOST_WIDTH 24           /* of a column of texts, which wrap */
#define WORDS_WIDTH (size_t)8   /* of words that wrap where a value does not */
#define LEAST_WIDTH (size_t)4   /* two characters */
#define PAGE_WIDTH 1560         /* tenths of a millimetre, of Table */
#define COLUMN_WIDTH (size_t)19 /* of a column of a terminal, in tables */
#define DATE_WIDTH (size_t)11   /* of a word in a text that stays whole */
#define PADDING (size_t)20
#define PICTURE_WIDTH 1100 /* of a chart */

static bool is_read(const struct column *column)
{
	return !(column->flags & COLUMN_DATA_ONLY);
}

/* the widest line, in columns of a terminal */
static size_t widest_line(const char *text)
{
	size_t widest = 0;

	for (;;) {
		size_t n = strcspn(text, "\n"), width = utf8_width(text, n);

		widest = width > widest ? width : widest;
		if (!text[n])
			return widest;
		text += n + 1;
	}
}

static bool is_soft(const struct column *column)
{
	return column->type == CELL_TEXT || column->type == CELL_LIST;
}

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* how wide the column would be: headers and words in the place of a value may take several lines */
static size_t width_of(const struct table *table, size_t k)
{
	const struct column *column = &table->columns[k];
	size_t widest = smaller(widest_line(column->title), WORDS_WIDTH);

	for (size_t i = 0; i < table->nrows; i++) {
		const struct cell *cell = &table->cells[i * table->ncolumns + k];
		struct str raw = { 0 };
		size_t width;

		cell_add_shown(&raw, column->type, cell, "—");
		width = widest_line(str_text(&raw));
		if (!cell_has_value(column->type, cell))
			width = smaller(width, WORDS_WIDTH);
		widest = width > widest ? width : widest;
		str_release(&raw);
	}
	/* the letters and digits of a font that stands in may be wide */
	widest += 1 + widest / 16;
	return is_soft(column) ? smaller(widest, MOST_WIDTH) : widest;
}

/* the longest part that should not be broken: a number, a date, an id; Chinese breaks anywhere */
static size_t longest_run(const char *text)
{
	size_t longest = 0, run = 0;

	for (; *text; text++) {
		run = *text > ' ' && *text <= '~' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	return longest;
}

/* how narrow the column may become */
static size_t least_of(const struct table *table, size_t k)
{
	const struct column *column = &table->columns[k];
	size_t least = is_soft(column) ? WORDS_WIDTH : LEAST_WIDTH;

	for (size_t i = 0; i < table->nrows; i++) {
		struct str raw = { 0 };
		size_t run;

		cell_add_shown(&raw, column->type, &table->cells[i * table->ncolumns + k], "—");
		run = longest_run(str_text(&raw)) + 1;
		if (!is_soft(column) || run <= DATE_WIDTH)
			least = run > least ? run : least;
		str_release(&raw);
	}
	return least;
}

static void put_width(struct str *out, size_t n, size_t column, size_t width)
{
	str_addf(
		out,
		"<style:style style:name=\"T%zuC%zu\" style:family=\"table-column\">"
		"<style:table-column-properties style:column-width=\"%zu.%zumm\"/></style:style>\n",
		n, column, width / 10, width % 10);
}

/* whether the column gets of the rest: texts that are longer than a few words */
static bool shares(const struct table *table, size_t k, size_t width)
{
	return is_soft(&table->columns[k]) && width > WORDS_WIDTH * COLUMN_WIDTH + PADDING;
}

/* too wide for the page: each column gets what it cannot do without, and a part of the rest */
static void narrow(const struct table *table, size_t widths[])
{
	size_t least[TABLE_COLUMNS], needed = 0, wanted = 0;

	for (size_t i = 0; i < table->ncolumns; i++) {
		if (!is_read(&table->columns[i]))
			continue;
		least[i] = smaller(least_of(table, i) * COLUMN_WIDTH + PADDING, widths[i]);
		needed += least[i];
		wanted += widths[i];
	}
	for (size_t i = 0; i < table->ncolumns; i++) {
		if (!is_read(&table->columns[i]))
			continue;
		if (needed >= PAGE_WIDTH || wanted == needed)
			widths[i] = least[i] * PAGE_WIDTH / needed;
		else
			widths[i] = least[i] + (widths[i] - least[i]) * (PAGE_WIDTH - needed) /
						       (wanted - needed);
	}
}

/*
 * Styles of the columns of the n-th table, which share the width of the page: what does not wrap
 * gets what it needs, texts the rest; where that would starve them, all get narrower.
 */
static void put_widths(struct str *out, const struct table *table, size_t n)
{
	size_t firm = 0, soft = 0, nsoft = 0, rest, widths[TABLE_COLUMNS];
	bool starved;

	for (size_t i = 0; i < table->ncolumns; i++) {
		if (!is_read(&table->columns[i]))
			continue;
		widths[i] = width_of(table, i) * COLUMN_WIDTH + PADDING;
		if (shares(table, i, widths[i])) {
			soft += widths[i];
			nsoft++;
		} else {
			firm += widths[i];
		}
	}
	rest = firm < PAGE_WIDTH ? PAGE_WIDTH - firm : 0;
	starved = !nsoft || rest < nsoft * (WORDS_WIDTH * COLUMN_WIDTH + PADDING);
	if (starved)
		narrow(table, widths);
	for (size_t i = 0; i < table->ncolumns; i++) {
		if (!is_read(&table->columns[i]))
			continue;
		if (!starved && shares(table, i, widths[i]))
			put_width(out, n, i, widths[i] * rest / soft);
		else
			put_width(out, n, i, widths[i]);
	}
}

static const char *style_of(const struct column *column, const char *text)
{
	if (column->type == CELL_FIGURE || column->type == CELL_INTEGER)
		return "Number";
	return column->type == CELL_CODE && utf8_width(text, strlen(text)) <= 2 ? "Mark" : "Cell";
}

static void put_cell(struct str *out, const char *style, enum tone tone, const char *text)
{
	str_addf(out,
		 "<table:table-cell table:style-name=\"Box\" office:value-type=\"string\">"
		 "<text:p text:style-name=\"%s%s\">",
		 style,
		 tone == TONE_RED      ? "Red"
		 : tone == TONE_YELLOW ? "Yellow"
				       : "");
	markup_text(out, text, BREAK);
	str_add(out, "</text:p></table:table-cell>");
}

static void put_rows(struct str *out, const struct table *table)
{
	for (size_t i = 0; i < table->nrows; i++) {
		str_add(out, "<table:table-row table:style-name=\"Row\">");
		for (size_t k = 0; k < table->ncolumns; k++) {
			const struct column *column = &table->columns[k];
			const struct cell *cell = &table->cells[i * table->ncolumns + k];

			struct str text = { 0 };

			if (!is_read(column))
				continue;
			cell_add_shown(&text, column->type, cell, "—");
			put_cell(out, style_of(column, str_text(&text)), cell->tone,
				 str_text(&text));
			str_release_part(&text, out);
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

/* a paragraph for each line: in a justified one a line break would spread the letters before it */
static void put_body(struct str *out, const char *text)
{
	str_add(out, PARAGRAPH_BODY);
	markup_text(out, text, "</text:p>\n" PARAGRAPH_BODY);
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
	str_addf(out, "<table:table table:name=\"T%zu\" table:style-name=\"%s\">\n", n,
		 table->nrows <= ROWS_WHOLE ? "Whole" : "Table");
	for (size_t i = 0; i < table->ncolumns; i++)
		if (is_read(&table->columns[i]))
			str_addf(out, "<table:table-column table:style-name=\"T%zuC%zu\"/>\n", n,
				 i);
	str_add(out, "<table:table-header-rows><table:table-row table:style-name=\"Row\">");
	for (size_t i = 0; i < table->ncolumns; i++)
		if (is_read(&table->columns[i]))
			put_cell(out, "Header", TONE_NONE, table->columns[i].title);
	str_add(out, "</table:table-row></table:table-header-rows>\n");
	put_rows(out, table);
	str_add(out, "</table:table>\n");
}

/* a line for each: in one line LibreOffice would break words */
static void put_facts(struct str *out, const struct report *report)
{
	for (size_t i = 0; i < report->nfacts; i++) {
		const struct fact *fact = &report->facts[i];

		if (!fact->title)
			continue;
		str_add(out, "<text:p text:style-name=\"Facts\">");
		markup_text(out, fact->title, BREAK);
		str_add(out, "：");
		markup_cell(out, fact->type, &fact->cell, BREAK);
		str_add(out, "</text:p>\n");
	}
}

static void put_heading(struct str *out, const struct block *block)
{
	str_addf(out, "<text:h text:style-name=\"%s\" text:outline-level=\"%u\">",
		 block->level == 1 ? "Title" : "Heading", block->level);
	markup_text(out, block->text, BREAK);
	str_add(out, "</text:h>\n");
}

/* RFC 4648 */
static void put_base64(struct str *out, const char *bytes, size_t n)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < n; i += 3) {
		unsigned a = (unsigned char)bytes[i],
			 b = i + 1 < n ? (unsigned char)bytes[i + 1] : 0;
		unsigned c = i + 2 < n ? (unsigned char)bytes[i + 2] : 0,
			 all = a << 16 | b << 8 | c;

		str_addc(out, digits[all >> 18]);
		str_addc(out, digits[all >> 12 & 63]);
		str_addc(out, i + 1 < n ? digits[all >> 6 & 63] : '=');
		str_addc(out, i + 2 < n ? digits[all & 63] : '=');
	}
}

static void put_chart(struct str *out, const struct chart *chart, size_t n)
{
	size_t width = PICTURE_WIDTH, height = chart_height(chart) * width / CHART_WIDTH;
	struct str text = { 0 };

	put_paragraph(out, "Caption", chart->title);
	chart_svg(&text, chart, 0);
	if (!text.len) {
		put_paragraph(out, "Body", "未报送");
		return;
	}
	str_addf(out,
		 "<text:p text:style-name=\"Chart\"><draw:frame draw:name=\"P%zu\" "
		 "draw:style-name=\"Picture\" text:anchor-type=\"as-char\" svg:width=\"%zu.%zumm\" "
		 "svg:height=\"%zu.%zumm\"><draw:image draw:mime-type=\"image/svg+xml\">"
		 "<office:binary-data>",
		 n, width / 10, width % 10, height / 10, height % 10);
	put_base64(out, str_text(&text), text.len);
	str_add(out, "</office:binary-data></draw:image><svg:title>");
	markup_text(out, chart->title, " ");
	str_add(out, "</svg:title><svg:desc>");
	str_reset(&text);
	chart_words(&text, chart, false);
	markup_text(out, str_text(&text), " ");
	str_add(out, "</svg:desc></draw:frame></text:p>\n");
	str_release_part(&text, out);
}

static void put_block(struct str *out, const struct block *block, size_t n)
{
	if (block->type == BLOCK_CHART)
		put_chart(out, block->chart, n);
	else if (block->type == BLOCK_TABLE)
		put_table(out, block->table, n);
	else if (block->type == BLOCK_HEADING)
		put_heading(out, block);
	else
		put_body(out, block->text);
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
	for (size_t i = 0; i < sizeof(STYLES) / sizeof(*STYLES); i++)
		str_add(out, STYLES[i]);
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
