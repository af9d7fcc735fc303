#include "base/str.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void str_release(struct str *s)
{
	free(s->p);
	*s = (struct str){ 0 };
}

void str_release_part(struct str *part, struct str *whole)
{
	if (part->failed)
		whole->failed = true;
	str_release(part);
}

void str_reset(struct str *s)
{
	s->len = 0;
	s->failed = false;
	if (s->p)
		s->p[0] = '\0';
}

const char *str_text(const struct str *s)
{
	return s->p ? s->p : "";
}

char *str_room(struct str *s, size_t n)
{
	size_t cap = s->cap ? s->cap : 64;
	char *p;

	if (s->failed)
		return NULL;
	if (n >= SIZE_MAX / 2 - s->len) {
		s->failed = true;
		return NULL;
	}
	if (s->len + n + 1 > s->cap) {
		while (cap < s->len + n + 1)
			cap *= 2;
		p = realloc(s->p, cap);
		if (!p) {
			s->failed = true;
			return NULL;
		}
		s->p = p;
		s->cap = cap;
	}
	return s->p + s->len;
}

void str_addn(struct str *s, const char *text, size_t n)
{
	char *to = str_room(s, n);

	if (!to)
		return;
	if (n)
		memcpy(to, text, n);
	s->len += n;
	s->p[s->len] = '\0';
}

void str_add(struct str *s, const char *text)
{
	str_addn(s, text, strlen(text));
}

void str_addc(struct str *s, char c)
{
	str_addn(s, &c, 1);
}

void str_pad(struct str *s, char c, size_t n)
{
	char *to = str_room(s, n);

	if (!to)
		return;
	memset(to, c, n);
	s->len += n;
	s->p[s->len] = '\0';
}

void str_vaddf(struct str *s, const char *format, va_list args)
{
	va_list again;
	char *to;
	int n;

	if (s->failed)
		return;
	va_copy(again, args);
	n = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (n < 0) {
		s->failed = true;
		return;
	}
	to = str_room(s, (size_t)n);
	if (!to)
		return;
	vsnprintf(to, (size_t)n + 1, format, args);
	s->len += (size_t)n;
}

void str_addf(struct str *s, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	str_vaddf(s, format, args);
	va_end(args);
}
