#include "base/take.h"

#include <string.h>

bool take_word(const char **text, const char *word)
{
	size_t n = strlen(word);

	if (strncmp(*text, word, n) != 0)
		return false;
	*text += n;
	return true;
}

bool take_one_of(const char **text, const char *const words[], int *which)
{
	for (int i = 0; words[i]; i++)
		if (take_word(text, words[i])) {
			*which = i;
			return true;
		}
	return false;
}
