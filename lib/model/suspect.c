#include "model/suspect.h"

#include <string.h>

#include "base/nothing.h"
#include "base/utf8.h"

const struct suspect_reason SUSPECT_REASONS[] = {
	{ "empty", "无诉求无方案" },
	{ "copied", "内容雷同" },
	{ "crowded", "单日走访过多" },
};

const size_t SUSPECT_NREASONS = sizeof(SUSPECT_REASONS) / sizeof(*SUSPECT_REASONS);

void suspects_init(struct suspects *s, const struct plan *plan)
{
	*s = (struct suspects){ .plan = plan };
	map_init(&s->texts, &s->arena);
	map_init(&s->days, &s->arena);
}

void suspects_release(struct suspects *s)
{
	arena_release(&s->arena);
}

/* folded, so that spaces and widths make no difference; "" when it says nothing */
static const char *words_of(const struct node *visit, const char *field, struct arena *arena)
{
	const struct node *value = node_get(visit, field);
	const char *text = value && value->type == NODE_STRING
				   ? name_fold(arena, value->text, value->count)
				   : "";

	return text && is_nothing(text) ? "" : text;
}

/* NULL when the visit has no words, or out of memory: *failed */
static const char *text_of(const struct node *visit, struct arena *arena, bool *failed)
{
	const char *appeal = words_of(visit, "appeal", arena);
	const char *solution = words_of(visit, "solution", arena);
	const char *text;

	if (!appeal || !solution) {
		*failed = true;
		return NULL;
	}
	if (!*appeal && !*solution)
		return NULL;
	text = arena_printf(arena, "%s\n%s", appeal, solution);
	*failed = *failed || !text;
	return text;
}

static const char *day_of(const struct node *visit, const struct node *visitor, struct arena *arena)
{
	const char *date = node_string(visit, "date"), *name;

	if (visitor->type != NODE_STRING || !date)
		return NULL;
	name = name_fold(arena, visitor->text, visitor->count);
	return name ? arena_printf(arena, "%s %s", date, name) : NULL;
}

static intptr_t count_of(const struct map *map, const char *key)
{
	return key ? (intptr_t)map_get(map, key, strlen(key)) : 0;
}

static void count(struct suspects *s, struct map *map, const char *key)
{
	if (key && map_put(map, key, strlen(key), (void *)(count_of(map, key) + 1)) < 0)
		s->failed = true;
}

void suspects_take(struct suspects *s, const struct node *visit)
{
	const struct node *visitors = node_get(visit, "visitors");

	count(s, &s->texts, text_of(visit, &s->arena, &s->failed));
	for (size_t i = 0; i < list_count(visitors); i++)
		count(s, &s->days, day_of(visit, &visitors->items[i], &s->arena));
}

static bool add(struct node *list, const char *reason, struct arena *arena)
{
	struct node *node = node_new_string(arena, reason, strlen(reason));

	return node && node_append(arena, list, node) == 0;
}

struct node *suspects_of(const struct suspects *s, const struct node *visit, struct arena *arena)
{
	const struct node *visitors = node_get(visit, "visitors");
	struct node *list = node_new_list(arena);
	bool failed = !list, crowded = false;
	const char *text = failed ? NULL : text_of(visit, arena, &failed);

	for (size_t i = 0; i < list_count(visitors) && s->plan->visitor_per_day; i++)
		crowded = crowded || count_of(&s->days, day_of(visit, &visitors->items[i], arena)) >
					     s->plan->visitor_per_day;
	if (!failed && !text && s->plan->same_text)
		failed = !add(list, "empty", arena);
	if (!failed && s->plan->same_text && count_of(&s->texts, text) >= s->plan->same_text)
		failed = !add(list, "copied", arena);
	if (!failed && crowded)
		failed = !add(list, "crowded", arena);
	return failed ? NULL : list;
}
