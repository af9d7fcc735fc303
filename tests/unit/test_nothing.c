/* What people write for nothing (domain T140, V44). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/nothing.h"

static void words(void **state)
{
	static const char *const nothing[] = { "",       " ",        "　", NOTHING,     " 暂 无 ",
					       "没有",   "—",        "／", "-",         "无。",
					       "无诉求", "暂无诉求", "×",  "未发现问题" };
	static const char *const something[] = { "无法登录", "没有窗口", "无无", "0", "暂无窗口" };

	(void)state;
	for (size_t i = 0; i < sizeof(nothing) / sizeof(*nothing); i++)
		if (!is_nothing(nothing[i]))
			fail_msg("'%s' says nothing", nothing[i]);
	for (size_t i = 0; i < sizeof(something) / sizeof(*something); i++)
		if (is_nothing(something[i]))
			fail_msg("'%s' says something", something[i]);
}

int main(void)
{
	const struct CMUnitTest nothing[] = {
		cmocka_unit_test(words),
	};

	return cmocka_run_group_tests(nothing, NULL, NULL);
}
