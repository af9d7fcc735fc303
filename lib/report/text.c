#include "report/render.h"

#include <string.h>

#include "base/utf8.h"
#include "report/chart.h"
#include "report/page.h"
#include "report/wrap.h"

#define USUAL_WIDTH 80
#define SGR_BOLD "\033[1m"
#define SGR_RESET "\033[0m"
#define FACT_GAP "　　"          /* two full-width spaces, */
#define FACT_GAP_WIDTH (size_t)4 /* as wide as four */

static const char *const tone_sgr[] = {
	[TONE_NONE] = NULL,        [TONE_RED] = "\033[31m", [TONE_YELLOW] = "\033[33m",
	[TONE_GREEN] = "\033[32m", [TONE_DIM] = "\033[2m",
};

/* a header of several lines stands on one here */
static void add_label(struct str *out, const char *label)
{
	size_t n;

	for (; label[n = strcspn(label, "\n")]; label += n + 1) {
		utf8_add_visible(out, label, n, false);
		str_add(out, "、");
	}
	utf8_add_visible(out, label, n, false);
	str_add(out, "：");
}

/* label: NULL, or said before the text and never coloured */
static struct passage make_passage(struct page *page, const char *label, const struct str *raw,
				   bool keep_newlines)
{
	struct passage passage = { .text = "" };
	struct str safe = { 0 };
	const char *text = NULL;

	if (label)
		add_label(&safe, label);
	passage.sgr_from = safe.len;
	utf8_add_visible(&safe, str_text(raw), raw->len, keep_newlines);
	if (!raw->failed && !safe.failed)
		text = arena_strndup(page->arena, str_text(&safe), safe.len);
	if (text) {
		passage.text = text;
		passage.len = safe.len;
		passage.width = wrap_width(text, safe.len);
	} else {
		page->failed = true;
	}
	str_release(&safe);
	return passage;
}

struct passage page_words(struct page *page, const char *text, bool keep_newlines)
{
	struct passage passage;
	struct str raw = { 0 };

	str_add(&raw, text);
	passage = make_passage(page, NULL, &raw, keep_newlines);
	passage.words = true;
	str_release(&raw);
	return passage;
}

struct passage page_passage(struct page *page, const char *label, enum cell_type type,
			    const struct cell *cell, bool keep_newlines)
{
	struct passage passage;
	struct str raw = { 0 };

	cell_add_shown(&raw, type, cell, "—");
	passage = make_passage(page, label, &raw, keep_newlines);
	passage.words = !cell_has_value(type, cell);
	passage.sgr = page->color ? tone_sgr[cell->tone] : NULL;
	str_release(&raw);
	return passage;
}

static void put(struct page *page, const char *text, size_t len)
{
	if (!len)
		return;
	str_pad(page->out, ' ', page->blanks);
	page->blanks = 0;
	str_addn(page->out, text, len);
}

void page_span(struct page *page, const struct passage *passage, size_t from, size_t len)
{
	size_t plain = len;

	if (passage->sgr && passage->sgr_from < from + len)
		plain = passage->sgr_from > from ? passage->sgr_from - from : 0;
	put(page, passage->text + from, plain);
	if (plain == len)
		return;
	put(page, passage->sgr, strlen(passage->sgr));
	put(page, passage->text + from + plain, len - plain);
	put(page, SGR_RESET, strlen(SGR_RESET));
}

void page_newline(struct page *page)
{
	page->blanks = 0;
	str_addc(page->out, '\n');
}

void page_wrapped(struct page *page, const struct passage *passage, size_t indent)
{
	size_t from = 0, next, width = page->width;

	if (indent >= width)
		indent = 0;
	do {
		size_t len = wrap_line(passage->text + from, passage->len - from, width, &next);

		page_span(page, passage, from, len);
		page_newline(page);
		from += next;
		page->blanks = indent;
		width = page->width - indent;
	} while (from < passage->len);
	page->blanks = 0;
}

/* the titled facts, as many on a line as fit */
static bool put_facts(struct page *page, const struct report *report)
{
	size_t used = 0;
	bool any = false;

	for (size_t i = 0; i < report->nfacts; i++) {
		const struct fact *fact = &report->facts[i];
		struct passage passage;

		if (!fact->title)
			continue;
		any = true;
		passage = page_passage(page, fact->title, fact->type, &fact->cell, true);
		if (used && used + FACT_GAP_WIDTH + passage.width > page->width) {
			page_newline(page);
			used = 0;
		}
		if (passage.width > page->width || memchr(passage.text, '\n', passage.len)) {
			if (used)
				page_newline(page);
			page_wrapped(page, &passage, HANGING);
			used = 0;
			continue;
		}
		if (used)
			put(page, FACT_GAP, strlen(FACT_GAP));
		page_span(page, &passage, 0, passage.len);
		used += passage.width + (used ? FACT_GAP_WIDTH : 0);
	}
	if (used)
		page_newline(page);
	return any;
}

static void put_chart(struct page *page, const struct chart *chart)
{
	struct passage passage = page_words(page, chart->title, false);
	struct str words = { 0 };

	page_wrapped(page, &passage, 0);
	chart_words(&words, chart, true);
	passage = page_words(page, str_text(&words), true);
	page_wrapped(page, &passage, 0);
	page->failed = page->failed || words.failed;
	str_release(&words);
}

static void put_block(struct page *page, const struct block *block)
{
	struct passage passage;

	if (block->type == BLOCK_CHART) {
		put_chart(page, block->chart);
		return;
	}
	if (block->type == BLOCK_TABLE) {
		page_table(page, block->table);
		return;
	}
	passage = page_words(page, block->text, block->type == BLOCK_PARAGRAPH);
	if (block->type == BLOCK_HEADING && page->color)
		passage.sgr = SGR_BOLD;
	page_wrapped(page, &passage, 0);
}

static void put_report(struct page *page, const struct report *report)
{
	const struct block *blocks = report->blocks;
	bool titled = report->nblocks && blocks->type == BLOCK_HEADING && blocks->level == 1;
	bool any = titled;

	if (titled)
		put_block(page, blocks);
	any = put_facts(page, report) || any;
	for (size_t i = titled; i < report->nblocks; i++) {
		if (!chart_is_told(&blocks[i]))
			continue;
		if (any)
			page_newline(page);
		put_block(page, &blocks[i]);
		any = true;
	}
}

int render_text(const struct report *report, const struct text_options *options, struct str *out)
{
	struct arena arena;
	struct page page = { .out = out, .arena = &arena, .width = USUAL_WIDTH };
	size_t start = out->len;

	arena_init(&arena);
	if (options && options->width)
		page.width = options->width;
	page.color = options && options->color;
	if (!report->failed)
		put_report(&page, report);
	arena_release(&arena);
	return writer_end(out, start, report->failed || page.failed);
}
