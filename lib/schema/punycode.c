#include "schema/punycode.h"

#include <stdbool.h>
#include <string.h>

/* RFC 3492 5 */
#define BASE 36u
#define TMIN 1u
#define TMAX 26u
#define SKEW 38u
#define DAMP 700u
#define INITIAL_BIAS 72u
#define INITIAL_N 0x80u

#define LAST_CODE_POINT 0x10ffffu

/* RFC 3492 6.1 */
static uint32_t adapt(uint64_t delta, size_t count, bool first)
{
	uint32_t k = 0;

	delta /= first ? DAMP : 2;
	delta += delta / count;
	for (; delta > (BASE - TMIN) * TMAX / 2; k += BASE)
		delta /= BASE - TMIN;
	return k + (BASE - TMIN + 1) * (uint32_t)delta / ((uint32_t)delta + SKEW);
}

static uint32_t threshold(uint32_t k, uint32_t bias)
{
	return k <= bias ? TMIN : k >= bias + TMAX ? TMAX : k - bias;
}

/* BASE when it is no digit */
static uint32_t value_of(char c)
{
	if (c >= 'a' && c <= 'z')
		return (uint32_t)(c - 'a');
	if (c >= 'A' && c <= 'Z')
		return (uint32_t)(c - 'A');
	if (c >= '0' && c <= '9')
		return (uint32_t)(c - '0') + 26;
	return BASE;
}

/* a generalized variable-length integer, added to *i; RFC 3492 6.2 */
static bool take_delta(const char **p, const char *end, uint32_t bias, uint32_t *i)
{
	uint64_t sum = *i, weight = 1;

	for (uint32_t k = BASE;; k += BASE) {
		uint32_t digit, t = threshold(k, bias);

		if (*p == end || (digit = value_of(*(*p)++)) == BASE)
			return false;
		sum += digit * weight; /* which is below 35 times what the sum was allowed */
		if (sum > UINT32_MAX)
			return false;
		if (digit < t)
			break;
		weight *= BASE - t;
	}
	*i = (uint32_t)sum;
	return true;
}

size_t punycode_decode(const char *text, size_t n, uint32_t *out, size_t room)
{
	const char *hyphen = n ? memrchr(text, '-', n) : NULL, *p = text, *end = text + n;
	size_t basic = hyphen ? (size_t)(hyphen - text) : 0, count = 0;
	uint32_t c = INITIAL_N, i = 0, bias = INITIAL_BIAS;

	for (; count < basic; count++) {
		if (count == room || *p & (char)0x80)
			return 0;
		out[count] = (uint32_t)*p++;
	}
	if (basic)
		p++;
	for (; p < end; count++, i++) {
		uint32_t before = i, length = (uint32_t)count + 1;

		if (!take_delta(&p, end, bias, &i) || i / length > LAST_CODE_POINT - c ||
		    count == room)
			return 0;
		bias = adapt(i - before, length, before == 0);
		c += i / length;
		i %= length;
		memmove(out + i + 1, out + i, (count - i) * sizeof(*out));
		out[i] = c;
	}
	return count;
}

struct writer {
	char *out;
	size_t n, room;
	bool full;
};

static void put(struct writer *w, char c)
{
	if (w->n == w->room)
		w->full = true;
	else
		w->out[w->n++] = c;
}

static void put_digit(struct writer *w, uint64_t value)
{
	put(w, "abcdefghijklmnopqrstuvwxyz0123456789"[value]);
}

static void put_delta(struct writer *w, uint64_t delta, uint32_t bias)
{
	for (uint32_t k = BASE;; k += BASE) {
		uint32_t t = threshold(k, bias);

		if (delta < t)
			break;
		put_digit(w, t + (delta - t) % (BASE - t));
		delta = (delta - t) / (BASE - t);
	}
	put_digit(w, delta);
}

static uint32_t smallest_from(uint32_t c, const uint32_t *text, size_t n)
{
	uint32_t smallest = UINT32_MAX;

	for (size_t i = 0; i < n; i++)
		if (text[i] >= c && text[i] < smallest)
			smallest = text[i];
	return smallest;
}

/* RFC 3492 6.3 */
size_t punycode_encode(const uint32_t *text, size_t n, char *out, size_t room)
{
	struct writer w = { .out = out, .room = room };
	uint32_t c = INITIAL_N, bias = INITIAL_BIAS;
	uint64_t delta = 0;
	size_t basic, done;

	for (size_t i = 0; i < n; i++)
		if (text[i] < INITIAL_N)
			put(&w, (char)text[i]);
	basic = done = w.n;
	if (basic)
		put(&w, '-');
	while (done < n && !w.full) {
		uint32_t next = smallest_from(c, text, n);

		delta += (uint64_t)(next - c) * (done + 1);
		c = next;
		for (size_t i = 0; i < n; i++) {
			delta += text[i] < c;
			if (text[i] != c)
				continue;
			put_delta(&w, delta, bias);
			bias = adapt(delta, done + 1, done == basic);
			delta = 0;
			done++;
		}
		delta++;
		c++;
	}
	return w.full ? 0 : w.n;
}
