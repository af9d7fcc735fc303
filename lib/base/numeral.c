#include "base/numeral.h"

#include <stddef.h>

#include "base/take.h"

static bool take_digit(const char **p, int *digit)
{
	static const char *const digits[] = { "〇", "一", "二", "三", "四", "五",
					      "六", "七", "八", "九", NULL };

	return take_one_of(p, digits, digit);
}

bool numeral_take(const char **text, int *value)
{
	const char *at = *text;
	int tens = 0, ones = 0;
	bool digit = take_digit(&at, &ones);

	if (take_word(&at, "十")) {
		tens = digit ? ones : 1;
		ones = 0;
		take_digit(&at, &ones);
	} else if (take_word(&at, "廿")) {
		tens = 2;
		ones = 0;
		take_digit(&at, &ones);
	} else if (!digit) {
		return false;
	}
	*value = tens * 10 + ones;
	*text = at;
	return true;
}

bool numeral_take_year(const char **text, int *year)
{
	/* other zeros, also what a keyboard has for one */
	static const char *const zeros[] = { "零", "○", "O", "0", NULL };
	const char *at = *text;
	int value = 0;

	for (int i = 0; i < 4; i++) {
		int digit, which;

		if (take_one_of(&at, zeros, &which))
			digit = 0;
		else if (!take_digit(&at, &digit))
			return false;
		value = value * 10 + digit;
	}
	*text = at;
	*year = value;
	return true;
}
