/* An indicator in words: signs, units, and what stands where there is no figure. */
#include <string.h>

#include "report/indicator_item.h"

#define NOTHING "—"

const char *indicator_say(struct report *report, const char *format, ...)
{
	const char *text;
	va_list args;

	va_start(args, format);
	text = arena_vprintf(report->arena, format, args);
	va_end(args);
	if (text)
		return text;
	report->failed = true;
	return "";
}

const char *indicator_finish(struct report *report, struct str *text)
{
	const char *copy = text->failed ? NULL : arena_strdup(report->arena, str_text(text));

	str_release(text);
	if (copy)
		return copy;
	report->failed = true;
	return "";
}

const char *indicator_lines(struct report *report, const char *words)
{
	const char *brackets = strstr(words, "（");

	if (!brackets)
		return words;
	return indicator_say(report, "%.*s\n%s", (int)(brackets - words), words, brackets);
}

const char *indicator_value(struct report *report, const struct indicator *indicator, int64_t value)
{
	bool rank = indicator->kind == FIGURE_RANK;
	char figure[FIGURE_SIZE];

	return indicator_say(report, "%s%s%s", rank ? "第" : "",
			     value_format(indicator, value, figure), indicator->unit_of_measure);
}

const char *indicator_value_title(struct report *report, const struct indicator *indicator)
{
	static const char *const names[] = {
		[FIGURE_SHARE] = "比率", [FIGURE_COUNT] = "数量", [FIGURE_RANK] = "位次"
	};

	return indicator_say(report, "%s（%s）", names[indicator->kind],
			     indicator->unit_of_measure);
}

/* the city's own figure: a count of a known whole as 9/11 */
static const char *own_value(struct report *report, const struct indicator *indicator,
			     int64_t value)
{
	char figure[FIGURE_SIZE];

	if (!indicator->of)
		return indicator_value(report, indicator, value);
	return indicator_say(report, "%s/%lld", value_format(indicator, value, figure),
			     (long long)indicator->of);
}

/* what stands behind an amount of difference */
static const char *amount_unit(const struct indicator *indicator)
{
	return indicator->kind == FIGURE_SHARE ? "个百分点" : indicator->unit_of_measure;
}

/* an amount of difference, without sign */
static const char *amount(struct report *report, const struct indicator *indicator, int64_t value)
{
	char figure[FIGURE_SIZE];

	return indicator_say(report, "%s%s",
			     value_format(indicator, value < 0 ? -value : value, figure),
			     amount_unit(indicator));
}

const char *indicator_change(struct report *report, const struct indicator *indicator,
			     int64_t change)
{
	if (!change)
		return "持平";
	return indicator_say(report, "%c%s", change < 0 ? '-' : '+',
			     amount(report, indicator, change));
}

static const char *benchmark(struct report *report, const struct indicator *indicator,
			     const struct plan_figure *figure)
{
	const char *value = indicator_value(report, indicator, figure->value);

	if (figure->derived)
		return indicator_say(report, "%s（推算）", value);
	return figure->holders ? indicator_say(report, "%s（%s）", value, figure->holders) : value;
}

/*
 * Where the city lies against a benchmark: its latest value, or the baseline (latest NULL). The
 * baseline's distance is quoted with the plan's own precision where the plan gives it (domain 2.6).
 */
static const char *gap_to(struct report *report, const struct indicator *indicator,
			  const struct plan_figure *benchmark, const int64_t *latest)
{
	int64_t gap = benchmark->value - (latest ? *latest : indicator->baseline.value);
	const char *side = gap > 0 ? "低" : "高";

	if (!latest && !indicator->baseline.known)
		return NOTHING;
	if (!gap)
		return "持平";
	if (!latest && benchmark->gap)
		return indicator_say(report, "%s%s%s", side,
				     benchmark->gap + (*benchmark->gap == '-'),
				     amount_unit(indicator));
	return indicator_say(report, "%s%s", side, amount(report, indicator, gap));
}

/* 100.00% and 第1位 cannot be exceeded */
static bool is_best(const struct indicator *indicator)
{
	int64_t best = indicator->kind == FIGURE_SHARE ? share_whole(indicator->precision) : 1;

	return indicator->kind != FIGURE_COUNT && indicator->target.value == best;
}

static const char *target_of(struct report *report, const struct indicator *indicator)
{
	const char *limit = indicator->target_op == TARGET_AT_LEAST ? "以上" : "以下";

	if (!indicator->target.known)
		return "方案未设定目标值";
	if (indicator->kind == FIGURE_RANK)
		limit = "以内";
	return indicator_say(report, "%s%s%s", indicator->target_strive ? "力争" : "",
			     indicator_value(report, indicator, indicator->target.value),
			     is_best(indicator) ? "" : limit);
}

static const char *target_gap(struct report *report, const struct indicator *indicator,
			      int64_t value, enum met met)
{
	int64_t gap = indicator->target.value - value;

	if (indicator->target_op == TARGET_AT_MOST)
		gap = -gap;
	if (met == MET_YES || (met == MET_UNKNOWN && gap <= 0))
		return "已达到";
	if (gap <= 0) /* rounding hides it */
		return indicator_say(report, "差不足%s", amount(report, indicator, 1));
	return indicator_say(report, "差%s", amount(report, indicator, gap));
}

static const char *met_word(const struct indicator *indicator, enum met met)
{
	if (met == MET_UNKNOWN)
		return NOTHING;
	if (met == MET_YES)
		return "达标";
	return indicator->target_strive ? "未达力争目标" : "未达标";
}

static void latest_words(struct report *report, const struct indicator *indicator,
			 const struct city_value *city, struct indicator_words *words)
{
	char date[DATE_SIZE];

	words->latest = "未报送";
	if (!city->known)
		return;
	words->date = indicator_say(report, "%s", date_format(city->date, date));
	words->latest = city->applicable ? own_value(report, indicator, city->value) : "不适用";
	if (city->published)
		words->mark = "（公布值）";
}

/* median, else mean, else the position that the plan has in words */
static void middle_words(struct report *report, const struct indicator *indicator,
			 const int64_t *latest, struct indicator_words *words)
{
	const struct plan_figure *middle = &indicator->median;
	const char *name = "中位数", *position = node_string(indicator->node, "position");

	if (!middle->known && indicator->mean.known) {
		middle = &indicator->mean;
		name = "均值";
	}
	if (middle->known) {
		words->middle =
			indicator_say(report, "%s%s", name, benchmark(report, indicator, middle));
		words->middle_gap = gap_to(report, indicator, middle, latest);
	} else if (position) {
		words->middle = indicator_say(report, "处于%s", position);
	}
}

void indicator_words(struct report *report, const struct indicator *indicator,
		     const struct city_value *city, struct indicator_words *words)
{
	const int64_t *latest = city->applicable ? &city->value : NULL;
	const int64_t base = indicator->baseline.value;

	*words = (struct indicator_words){ .baseline = "无基线",
					   .mark = "",
					   .date = "",
					   .change = NOTHING,
					   .frontier = "未提供",
					   .frontier_gap = NOTHING,
					   .middle = "未提供",
					   .middle_gap = NOTHING,
					   .target_gap = NOTHING };
	if (indicator->baseline.known)
		words->baseline = own_value(report, indicator, base);
	latest_words(report, indicator, city, words);
	if (latest && indicator->baseline.known)
		words->change = indicator_change(report, indicator, *latest - base);
	if (indicator->frontier.known) {
		words->frontier = benchmark(report, indicator, &indicator->frontier);
		words->frontier_gap = gap_to(report, indicator, &indicator->frontier, latest);
	}
	middle_words(report, indicator, latest, words);
	words->target = target_of(report, indicator);
	if (indicator->target.known && (latest || indicator->baseline.known))
		words->target_gap =
			target_gap(report, indicator, latest ? *latest : base, city->met);
	words->met = met_word(indicator, city->met);
}
