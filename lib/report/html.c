/* One page that needs nothing else: no script, no request; made for the screen and for A4. */
#include "report/render.h"

#include <string.h>

#include "base/utf8.h"
#include "report/chart.h"
#include "report/markup.h"

static const char HEAD[] =
	"<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n"
	"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
	"style-src 'unsafe-inline'\">\n"
	"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";

/*
 * Fonts of official documents first, then what other systems have; a tone is never the only sign.
 * Ids, dates and figures stay whole; other texts may break anywhere rather than make a page wider:
 * a printer would shrink all of it.
 */
static const char STYLE[] =
	"<style>\n"
	"@page { size: A4; margin: 25mm 20mm 22mm;\n"
	"  @bottom-center { content: \"— \" counter(page) \" —\"; font: 11pt SimSun, STSong, "
	"\"Noto Serif CJK SC\", serif; } }\n"
	"body { margin: 2em auto; max-width: 62em; padding: 0 1.5em; line-height: 1.7;\n"
	"  overflow-wrap: anywhere; orphans: 1; widows: 1;\n"
	"  font-family: FangSong, STFangsong, 仿宋, \"Noto Serif CJK SC\", \"Source Han Serif "
	"SC\", "
	"serif;\n"
	"  color: #111; background: #fff; }\n"
	"h1 { text-align: center; text-wrap: balance; word-break: keep-all; font-size: 1.5em; "
	"line-height: 1.4;\n"
	"  font-family: FZXiaoBiaoSong-B05S, 方正小标宋简体, SimSun, STSong, \"Noto Serif CJK "
	"SC\", "
	"serif; }\n"
	"h2, h3, h4, h5, h6, caption, figcaption, th { font-family: SimHei, STHeiti, 黑体, \"Noto "
	"Sans CJK "
	"SC\", "
	"sans-serif; }\n"
	"h2 { font-size: 1.2em; margin: 1.6em 0 .4em; }\n"
	"h3, h4, h5, h6 { font-size: 1em; margin: 1.2em 0 .3em; }\n"
	"p { orphans: 2; widows: 2; }\n"
	".facts { text-align: center; color: #444; }\n"
	".facts span { display: inline-block; margin: 0 1em; }\n"
	".table, figure { overflow-x: auto; }\n"
	".table { margin: .8em 0 1.2em; }\n"
	"table { border-collapse: collapse; width: 100%; font-size: .92em; }\n"
	"caption { text-align: left; font-weight: bold; padding: .3em 0; }\n"
	"th, td { border: 1px solid #888; padding: .25em .5em; text-align: left; "
	"vertical-align: top; }\n"
	"th { background: #f0f0f0; text-align: center; vertical-align: middle; min-width: 2em; "
	"word-break: normal; overflow-wrap: normal; }\n"
	"td.number { text-align: right; font-variant-numeric: tabular-nums; }\n"
	"td.text { min-width: 5em; }\n"
	"td.date, td.code, td.number { white-space: nowrap; }\n"
	"td.mark { text-align: center; }\n"
	"td.long { white-space: normal; }\n"
	"td.red { color: #a40000; font-weight: bold; }\n"
	"td.yellow { color: #7a5200; font-weight: bold; }\n"
	"td.green { color: #005c2e; }\n"
	"td.dim { color: #555; }\n"
	"figure { margin: .6em 0 1em; }\n"
	"figure.lines { display: inline-block; width: 48%; margin-right: 1%; vertical-align: top; "
	"}\n"
	"figure.bars, figure.lines:not(figure + figure):not(:has(+ figure)) { display: "
	"block; width: auto; max-width: 34em; }\n"
	"figcaption { font-weight: bold; font-size: .92em; }\n"
	"figure svg { display: block; width: 100%; height: auto; }\n"
	"@media screen and (max-width: 50em) {\n"
	"  body { padding: 0 1em; }\n"
	"  figure.lines { display: block; width: auto; margin-right: 0; }\n"
	"  figure svg { min-width: 30rem; }\n"
	"  td.text { min-width: 8em; }\n"
	"}\n"
	"@media print {\n"
	"  body { margin: 0; max-width: none; padding: 0; font-size: 11pt; }\n"
	"  .table, figure { overflow: visible; }\n"
	"  td.text { min-width: 8em; }\n"
	"  table { font-size: 9pt; line-height: 1.45; }\n"
	"  th, td { padding: .2em .4em; }\n"
	"  thead { display: table-header-group; }\n"
	"  tr, caption, figure, .whole { break-inside: avoid; }\n"
	"  h2, h3, h4, caption, figcaption, thead { break-after: avoid; }\n"
	"  tbody tr:first-child, tbody tr:nth-child(2), tbody tr:last-child { break-before: avoid; "
	"}\n"
	"  table { width: calc(100% - 1px); }\n"
	"  figure.bars, figure.lines:not(figure + figure):not(:has(+ figure)) { max-width: "
	"110mm; }\n"
	"}\n"
	"</style>\n";

/* a code, date or figure of more columns may break */
#define WHOLE 24

static const char *class_of(enum cell_type type)
{
	if (type == CELL_FIGURE || type == CELL_INTEGER)
		return "number";
	if (type == CELL_TEXT || type == CELL_LIST)
		return "text";
	return type == CELL_DATE ? "date" : "code";
}

static void put_cell(struct str *out, const struct column *column, const struct cell *cell)
{
	static const char *const tones[] = { [TONE_NONE] = "",
					     [TONE_RED] = " red",
					     [TONE_YELLOW] = " yellow",
					     [TONE_GREEN] = " green",
					     [TONE_DIM] = " dim" };
	struct str text = { 0 };
	size_t width;

	cell_add_shown(&text, column->type, cell, "—");
	width = utf8_width(str_text(&text), text.len);
	str_addf(out, "<td class=\"%s%s%s\">", class_of(column->type), tones[cell->tone],
		 width > WHOLE                             ? " long"
		 : width <= 2 && column->type == CELL_CODE ? " mark"
							   : "");
	markup_text(out, str_text(&text), "<br>");
	str_add(out, "</td>");
	str_release_part(&text, out);
}

static void put_rows(struct str *out, const struct table *table)
{
	str_add(out, "<tbody>\n");
	for (size_t i = 0; i < table->nrows; i++) {
		str_add(out, "<tr>");
		for (size_t k = 0; k < table->ncolumns; k++)
			if (!(table->columns[k].flags & COLUMN_DATA_ONLY))
				put_cell(out, &table->columns[k],
					 &table->cells[i * table->ncolumns + k]);
		str_add(out, "</tr>\n");
	}
	str_add(out, "</tbody>\n");
}

static void put_table(struct str *out, const struct table *table)
{
	if (!table->nrows) {
		str_add(out, "<p>");
		if (table->title) {
			str_add(out, "<strong>");
			markup_text(out, table->title, " ");
			str_add(out, "</strong>　");
		}
		markup_text(out, table->empty, "<br>");
		str_add(out, "</p>\n");
		return;
	}
	str_addf(out, "<div class=\"table%s\"><table>\n",
		 table->nrows <= ROWS_WHOLE ? " whole" : "");
	if (table->title) {
		str_add(out, "<caption>");
		markup_text(out, table->title, " ");
		str_add(out, "</caption>\n");
	}
	str_add(out, "<thead><tr>");
	for (size_t i = 0; i < table->ncolumns; i++) {
		if (table->columns[i].flags & COLUMN_DATA_ONLY)
			continue;
		str_add(out, "<th scope=\"col\">");
		markup_text(out, table->columns[i].title, "<br>");
		str_add(out, "</th>");
	}
	str_add(out, "</tr></thead>\n");
	put_rows(out, table);
	str_add(out, "</table></div>\n");
}

static void put_facts(struct str *out, const struct report *report)
{
	bool any = false;

	for (size_t i = 0; i < report->nfacts; i++) {
		const struct fact *fact = &report->facts[i];

		if (!fact->title)
			continue;
		str_add(out, any ? "" : "<p class=\"facts\">");
		any = true;
		str_add(out, "<span>");
		markup_text(out, fact->title, " ");
		str_add(out, "：");
		markup_cell(out, fact->type, &fact->cell, "<br>");
		str_add(out, "</span> ");
	}
	if (any)
		str_add(out, "</p>\n");
}

static void put_chart(struct str *out, const struct chart *chart, size_t number)
{
	struct scale scale;

	str_addf(out, "<figure class=\"%s\">\n<figcaption>",
		 chart->type == CHART_LINES ? "lines" : "bars");
	markup_text(out, chart->title, " ");
	str_add(out, "</figcaption>\n");
	if (chart_scale(chart, &scale))
		chart_svg(out, chart, number);
	else
		str_add(out, "<p>未报送</p>\n");
	str_add(out, "</figure>\n");
}

static void put_block(struct str *out, const struct block *block, size_t number)
{
	unsigned level = block->level < 6 ? block->level : 6;

	switch (block->type) {
	case BLOCK_TABLE:
		put_table(out, block->table);
		break;
	case BLOCK_CHART:
		put_chart(out, block->chart, number);
		break;
	case BLOCK_HEADING:
		str_addf(out, "<h%u>", level);
		markup_text(out, block->text, " ");
		str_addf(out, "</h%u>\n", level);
		break;
	case BLOCK_PARAGRAPH:
		str_add(out, "<p>");
		markup_text(out, block->text, "<br>");
		str_add(out, "</p>\n");
		break;
	}
}

int render_html(const struct report *report, struct str *out)
{
	const struct block *blocks = report->blocks;
	bool titled = report->nblocks && blocks->type == BLOCK_HEADING && blocks->level == 1;
	size_t start = out->len;

	str_add(out, HEAD);
	str_add(out, "<title>");
	markup_text(out, titled ? blocks->text : "duban", " ");
	str_add(out, "</title>\n");
	str_add(out, STYLE);
	str_add(out, "</head>\n<body>\n");
	if (titled)
		put_block(out, blocks, 1);
	put_facts(out, report);
	for (size_t i = titled; i < report->nblocks; i++)
		put_block(out, &blocks[i], i + 1);
	str_add(out, "</body>\n</html>\n");
	return writer_end(out, start, report->failed);
}
