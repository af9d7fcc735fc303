/*
 * nothing.h: the words with which people say that there is nothing to say (domain T140, V44).
 */
#ifndef DUBAN_BASE_NOTHING_H
#define DUBAN_BASE_NOTHING_H

#include <stdbool.h>

/* the one that records keep */
#define NOTHING "无"

/* is_nothing: blank, 无, 暂无, 没有, 无诉求, —, / and the like; spaces and widths do not matter. */
bool is_nothing(const char *text);

#endif
