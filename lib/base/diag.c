#include "base/diag.h"

#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "base/utf8.h"

#define MOST_SHOWN 2000 /* bytes */
#define EXCERPT_CHARACTERS 160

void findings_init(struct findings *list)
{
	*list = (struct findings){ 0 };
}

void findings_release(struct findings *list)
{
	arena_release(&list->arena);
	free(list->items);
	findings_init(list);
}

static struct finding *new_slot(struct findings *list)
{
	if (list->count == list->cap) {
		size_t cap = list->cap ? list->cap * 2 : 16;
		struct finding *items = realloc(list->items, cap * sizeof(*items));

		if (!items)
			return NULL;
		list->items = items;
		list->cap = cap;
	}
	return &list->items[list->count];
}

static bool copy_text(struct arena *arena, const char **text)
{
	if (!*text)
		return true;
	*text = arena_strdup(arena, *text);
	return *text != NULL;
}

static struct finding *store(struct findings *list, const struct finding *what)
{
	struct finding *slot = new_slot(list);
	struct arena *arena = &list->arena;

	if (what->level == LEVEL_ERROR)
		list->errors++;
	else if (what->level == LEVEL_WARNING)
		list->warnings++;
	if (!slot) {
		list->lost = true;
		return NULL;
	}
	*slot = *what;
	if (!copy_text(arena, &slot->file) || !copy_text(arena, &slot->sheet) ||
	    !copy_text(arena, &slot->pointer) || !copy_text(arena, &slot->label) ||
	    !copy_text(arena, &slot->message) || !copy_text(arena, &slot->within) ||
	    !copy_text(arena, &slot->hint) || !copy_text(arena, &slot->excerpt) ||
	    !copy_text(arena, &slot->schema_file)) {
		list->lost = true;
		return NULL;
	}
	list->count++;
	return slot;
}

struct finding *findings_add(struct findings *list, const struct finding *what, const char *format,
			     ...)
{
	struct finding full = *what;
	va_list args;

	va_start(args, format);
	full.message = arena_vprintf(&list->arena, format, args);
	va_end(args);
	if (!full.message) {
		full.message = "";
		list->lost = true;
	}
	return store(list, &full);
}

void finding_hint(struct findings *list, struct finding *finding, const char *format, ...)
{
	va_list args;

	if (!finding)
		return;
	va_start(args, format);
	finding->hint = arena_vprintf(&list->arena, format, args);
	va_end(args);
	if (!finding->hint)
		list->lost = true;
}

void finding_errno(struct findings *findings, const char *file, const char *what, int error)
{
	struct finding f = { .level = LEVEL_ERROR, .code = "io", .file = file };

	findings_add(findings, &f, "%s: %s", what, strerror(error));
}

void findings_append(struct findings *list, const struct findings *from)
{
	for (size_t i = 0; i < from->count; i++)
		store(list, &from->items[i]);
	if (from->lost)
		list->lost = true;
}

static int compare(const struct finding *a, const struct finding *b)
{
	int order = strcmp(a->file ? a->file : "", b->file ? b->file : "");

	if (order)
		return order;
	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	if (a->column != b->column)
		return a->column < b->column ? -1 : 1;
	return 0;
}

/* a stable merge, because qsort does not promise to keep the order of equals */
static void merge_sort(struct finding *items, struct finding *spare, size_t n)
{
	size_t half = n / 2, left = 0, right = half, to = 0;

	if (n < 2)
		return;
	merge_sort(items, spare, half);
	merge_sort(items + half, spare, n - half);
	while (left < half && right < n)
		spare[to++] =
			compare(&items[right], &items[left]) < 0 ? items[right++] : items[left++];
	while (left < half)
		spare[to++] = items[left++];
	memcpy(items, spare, to * sizeof(*items));
}

void findings_sort(struct findings *list)
{
	struct finding *spare = list->count > 1 ? calloc(list->count, sizeof(*spare)) : NULL;

	if (spare)
		merge_sort(list->items, spare, list->count);
	free(spare); /* without the memory the findings are told in the order they were found */
}

const char *level_code(enum level level)
{
	static const char *const names[] = { "error", "warning", "note" };

	return names[level];
}

const char *level_name(enum level level)
{
	static const char *const names[] = { N_("error"), N_("warning"), N_("note") };

	return _(names[level]);
}

const char *excerpt_in(struct arena *arena, struct lines *lines, uint32_t line, uint32_t column,
		       uint32_t *caret)
{
	/* a long line is shown around the place that matters */
	uint32_t first = column > EXCERPT_CHARACTERS / 2 ? column - EXCERPT_CHARACTERS / 2 + 1 : 1;
	const char *from = lines_at(lines, line, first), *to = from;
	uint32_t skipped = lines->column - 1, n = 0;
	size_t size;

	if (!from)
		return NULL;
	for (; to < lines->end && *to != '\n' && n < EXCERPT_CHARACTERS; n++)
		utf8_decode(&to, lines->end);
	if (to > from && to[-1] == '\r' && (to == lines->end || *to == '\n')) {
		to--;
		n--;
	}
	size = (size_t)(to - from);
	if (utf8_valid(from, size) != size || memchr(from, '\0', size))
		return NULL;
	/* at most behind the last one: the column may be that of a line end that is not shown */
	*caret = column - skipped <= n ? column - skipped : n + 1;
	return arena_strndup(arena, from, size);
}

const char *excerpt_at(struct arena *arena, const char *text, size_t size, uint32_t line,
		       uint32_t column, uint32_t *caret)
{
	struct lines lines;

	lines_init(&lines, text, size);
	return excerpt_in(arena, &lines, line, column, caret);
}

/* a word that is a whole file of junk must not fill the screen */
static void show_safe(struct str *out, const char *text)
{
	size_t n = strlen(text), most = n;

	if (n > MOST_SHOWN)
		for (most = MOST_SHOWN; most && (text[most] & 0xc0) == 0x80;)
			most--;
	utf8_add_visible(out, text, most, false);
	if (most < n)
		str_add(out, "…");
}

void finding_column(struct str *out, uint32_t column)
{
	char letters[8];
	size_t from = sizeof(letters);

	for (uint32_t n = column; n && from; n = (n - 1) / 26)
		letters[--from] = (char)('A' + (n - 1) % 26);
	str_addn(out, letters + from, sizeof(letters) - from);
}

static void show_cell(struct str *out, const struct finding *f)
{
	str_addc(out, ':');
	show_safe(out, f->sheet);
	if (!f->line)
		return;
	str_addc(out, '!');
	finding_column(out, f->column);
	str_addf(out, "%u", f->line);
}

static void show_caret(struct str *out, const struct finding *f)
{
	const char *p = f->excerpt, *end = p + strlen(p);
	struct str before = { 0 };
	uint32_t n = 1;

	while (p < end && n++ < f->caret)
		utf8_decode(&p, end);
	utf8_add_visible(&before, f->excerpt, (size_t)(p - f->excerpt), false);
	str_add(out, "    ");
	show_safe(out, f->excerpt);
	str_add(out, "\n    ");
	str_pad(out, ' ', utf8_width(str_text(&before), before.len));
	str_add(out, "^\n");
	str_release_part(&before, out);
}

void finding_show(struct str *out, const struct finding *f, const char *subject, bool excerpt,
		  bool color)
{
	static const char *const colors[] = { "\033[31m", "\033[33m", "\033[36m" };

	if (subject) {
		show_safe(out, subject);
		if (f->sheet)
			show_cell(out, f);
		else if (f->line)
			str_addf(out, ":%u:%u", f->line, f->column);
		str_add(out, ": ");
	}
	str_addf(out, "%s%s%s: ", color ? colors[f->level] : "", level_name(f->level),
		 color ? "\033[0m" : "");
	if (f->label) {
		show_safe(out, f->label);
		str_add(out, ": ");
	}
	show_safe(out, f->message);
	str_addf(out, " [%s]\n", f->code ? f->code : "?");
	if (excerpt && f->excerpt && f->caret)
		show_caret(out, f);
	if (f->within) {
		str_add(out, "    ");
		show_safe(out, f->within);
		str_addc(out, '\n');
	}
	if (f->hint) {
		str_addf(out, "    %s: ", _("hint"));
		show_safe(out, f->hint);
		str_addc(out, '\n');
	}
}
