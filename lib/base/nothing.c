#include "base/nothing.h"

#include <string.h>

#include "base/utf8.h"

bool is_nothing(const char *text)
{
	static const char *const words[] = { "",       "无",         "暂无",     "没有",
					     "无。",   "无诉求",     "暂无诉求", "没有诉求",
					     "无问题", "未发现问题", "暂无问题", "-",
					     "--",     "—",          "——",       "–",
					     "―",      "/",          "\\",       "\xc3\x97" };
	struct arena arena = { 0 };
	char *folded;
	bool found = false;

	if (!name_may_begin(text, words, sizeof(words) / sizeof(*words)))
		return false;
	folded = name_fold(&arena, text, strlen(text));

	for (size_t i = 0; folded && i < sizeof(words) / sizeof(*words) && !found; i++)
		found = strcmp(folded, words[i]) == 0;
	arena_release(&arena);
	return found;
}
