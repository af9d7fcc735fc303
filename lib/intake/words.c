#include "intake/words.h"

#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

#define DIGITS "0123456789"
#define LONGEST_DITTO 40 /* bytes, with spaces */
#define SHORT_NAME 4     /* characters of a usual Chinese name, and of a compound one */

static bool is_one_of(const char *text, const char *const *words, size_t n)
{
	struct arena arena = { 0 };
	char *folded;
	bool found = false;

	if (!name_may_begin(text, words, n))
		return false;
	folded = name_fold(&arena, text, strlen(text));

	for (size_t i = 0; folded && i < n && !found; i++)
		found = strcmp(folded, words[i]) == 0;
	arena_release(&arena);
	return found;
}

#define ONE_OF(text, words) is_one_of(text, words, sizeof(words) / sizeof(*words))

bool is_ditto(const char *text)
{
	static const char *const words[] = { "〃",     "同上",   "“同上”", "\"同上\"", "\"",
					     "''",     "″",      "′′",     "同前",     "上同",
					     "(同上)", "同上。", "”",      "“" };

	/* what is long is none, and of what is short nearly none holds a mark or 同 */
	if (strnlen(text, LONGEST_DITTO + 1) > LONGEST_DITTO ||
	    (!strpbrk(text, "\"'\xe2\xe3\xef") && !strstr(text, "同")))
		return false;
	return ONE_OF(text, words);
}

static bool begins_with(const char *text, const char *word)
{
	return strncmp(text, word, strlen(word)) == 0;
}

static bool begins_with_one(const char *text, const char *const *words, size_t n)
{
	struct arena arena = { 0 };
	char *folded;
	bool found = false;

	if (!name_may_begin(text, words, n))
		return false;
	folded = name_fold(&arena, text, strlen(text));

	for (size_t i = 0; folded && i < n && !found; i++)
		found = begins_with(folded, words[i]);
	arena_release(&arena);
	return found;
}

#define BEGINS_WITH(text, words) begins_with_one(text, words, sizeof(words) / sizeof(*words))

bool is_total(const char *text, bool *sub)
{
	static const char *const subs[] = { "小计" };
	static const char *const all[] = { "合计", "总计",     "共计",     "平均",
					   "均值", "全市合计", "全市平均", "总数" };

	*sub = BEGINS_WITH(text, subs);
	return *sub || BEGINS_WITH(text, all);
}

/* 第1页 共3页, 第 2 页 */
static bool is_page_number(const char *text)
{
	static const char *const words[] = { "第" };
	struct arena arena = { 0 };
	const char *p = BEGINS_WITH(text, words) ? name_fold(&arena, text, strlen(text)) : NULL;
	bool is = false;

	if (p) {
		p += strlen("第");
		is = strspn(p, DIGITS) && begins_with(p + strspn(p, DIGITS), "页");
	}
	arena_release(&arena);
	return is;
}

bool is_footer(const char *text)
{
	static const char *const words[] = {
		"注:",      "备注:",      "说明:",    "填表说明",   "填表人",   "填报人",
		"审核人",   "审核:",      "审签",     "制表",       "复核",     "联系",
		"负责人",   "单位负责人", "分管领导", "主要领导",   "填报单位", "填报日期",
		"填表日期", "报送单位",   "报送日期", "单位(盖章)", "(盖章)",   "填报时间",
		"填表时间", "报送时间",   "填写人",   "填写日期",   "填写时间", "经办人",
		"统计人",   "主管领导"
	};

	return BEGINS_WITH(text, words) || is_page_number(text);
}

bool is_signed(const char *text)
{
	static const char *const words[] = { "(签字)", "(签名)", "签字",   "签名",   "已签",
					     "已签字", "已签名", "见原件", "见纸质", "见纸质件",
					     "同意",   "盖章",   "(盖章)", "手签",   "附签名" };

	return ONE_OF(text, words);
}

bool is_problem_expected(const char *solution)
{
	return strstr(solution, "问题清单");
}

char *name_trim(struct arena *arena, const char *text)
{
	size_t n = strlen(text), dot = strlen("。");
	struct str out = { 0 };
	const char *end;
	char *copy;

	utf8_trim(&text, &n);
	while (n > dot && memcmp(text + n - dot, "。", dot) == 0) {
		n -= dot;
		utf8_trim(&text, &n);
	}
	end = text + n;
	if (text + strcspn(text, "\n\r\t") >= end)
		return arena_strndup(arena, text, n);
	for (const char *p = text; p < end; p++)
		if (*p != '\n' && *p != '\r')
			str_addc(&out, *p == '\t' ? ' ' : *p);
	copy = out.failed ? NULL : arena_strndup(arena, str_text(&out), out.len);
	str_release(&out);
	return copy;
}

/* the length of 1. 12、 (3) ③ 三、 at the start of a text; 0 when there is none */
static size_t number_at(const char *text, const char *end)
{
	static const char *const marks[] = { ".", "．", "、", ")", "）", ":", "：" };
	static const char *const numerals = "一二三四五六七八九十";
	const char *p = text;
	int32_t c;
	bool bracket = begins_with(p, "(") || begins_with(p, "（");

	if (p >= end)
		return 0;
	c = utf8_decode(&p, end);
	if (c >= 0x2460 && c <= 0x2473)
		return (size_t)(p - text);
	if (!bracket)
		p = text;
	while (p < end) {
		const char *from = p;
		char one[5] = "";

		c = utf8_decode(&p, end);
		memcpy(one, from, (size_t)(p - from));
		if (!(c >= '0' && c <= '9') && !(c > 0x7f && strstr(numerals, one))) {
			p = from;
			break;
		}
	}
	if (p == text || (bracket && p == text + utf8_length_of(*text)))
		return 0;
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (begins_with(p, marks[i]))
			return (size_t)(p - text) + strlen(marks[i]);
	return 0;
}

char *word_trim(struct arena *arena, const char *text)
{
	char *trimmed = name_trim(arena, text);
	const char *end = trimmed ? trimmed + strlen(trimmed) : NULL;
	size_t number = trimmed ? number_at(trimmed, end) : 0;

	return trimmed && trimmed[number] ? name_trim(arena, trimmed + number) : trimmed;
}

static int add(struct arena *arena, const char *text, size_t n, const struct node *at,
	       struct node *list)
{
	struct node *node;

	utf8_trim(&text, &n);
	for (uint32_t i = 0; i < list->count; i++)
		if (list->items[i].count == n && memcmp(list->items[i].text, text, n) == 0)
			return 0;
	if (!n)
		return 0;
	node = node_new_string(arena, text, n);
	if (!node)
		return -1;
	node->line = at->line;
	node->column = at->column;
	return node_append(arena, list, node);
}

/* names apart by spaces, when each of them is whole: two to four characters without one */
static int add_spaced(struct arena *arena, const char *text, size_t n, const struct node *at,
		      struct node *list)
{
	const char *end = text + n, *from = text;
	bool whole = true;

	utf8_trim(&text, &n);
	end = text + n;
	from = text;
	for (const char *p = text; p < end;) {
		const char *here = p;
		bool space = utf8_is_space(utf8_decode(&p, end));
		size_t length = utf8_count(from, (size_t)((space ? here : p) - from));

		if (space && length) {
			whole = whole && length >= 2 && length <= SHORT_NAME;
			from = p;
		} else if (space) {
			from = p;
		}
	}
	whole = whole && utf8_count(from, (size_t)(end - from)) >= 2 &&
		utf8_count(from, (size_t)(end - from)) <= SHORT_NAME;
	if (!whole)
		return add(arena, text, n, at, list);
	from = text;
	for (const char *p = text; p < end;) {
		const char *here = p;

		if (!utf8_is_space(utf8_decode(&p, end)))
			continue;
		if (add(arena, from, (size_t)(here - from), at, list) < 0)
			return -1;
		from = p;
	}
	return add(arena, from, (size_t)(end - from), at, list);
}

int names_split(struct arena *arena, const char *text, const struct node *at, struct node *list)
{
	static const char *const between[] = { "、", "，", "；", "／", ",",
					       ";",  "/",  "&",  "\n", "。" };
	const char *end = text + strlen(text), *from = text;

	for (const char *p = text; p < end;) {
		size_t n = 0;

		for (size_t i = 0; i < sizeof(between) / sizeof(*between) && !n; i++)
			n = begins_with(p, between[i]) ? strlen(between[i]) : 0;
		if (n) {
			if (add_spaced(arena, from, (size_t)(p - from), at, list) < 0)
				return -1;
			from = p + n;
		}
		p += n ? n : utf8_length_of(*p);
	}
	return add_spaced(arena, from, (size_t)(end - from), at, list);
}

int entries_split(struct arena *arena, const char *text, const struct node *at, struct node *list)
{
	const char *end = text + strlen(text), *from = text;
	bool fresh = true; /* a new entry may begin here */

	for (const char *p = text; p < end;) {
		size_t number = fresh ? number_at(p, end) : 0;
		bool digit_behind =
			number && p + number < end && p[number] >= '0' && p[number] <= '9';

		if (number && !digit_behind) {
			if (add(arena, from, (size_t)(p - from), at, list) < 0)
				return -1;
			p += number;
			from = p;
			fresh = false;
			continue;
		}
		fresh = *p == '\n' || begins_with(p, "；") || begins_with(p, "。") || *p == ';' ||
			(fresh && (*p == ' ' || begins_with(p, "　")));
		p += utf8_length_of(*p);
	}
	return add(arena, from, (size_t)(end - from), at, list);
}
