#include "model/record.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "store/store.h"
#include "yaml/read.h"

static const struct {
	const char *name, *label;
} STATE_WORDS[STATES] = {
	[STATE_RECORDED] = { "recorded", "已登记" },
	[STATE_REGISTERED] = { "registered", "已登记" },
	[STATE_LISTED] = { "listed", "已列清单" },
	[STATE_RECTIFYING] = { "rectifying", "整改中" },
	[STATE_SUBMITTED] = { "submitted", "待验收" },
	[STATE_RETURNED] = { "returned", "退回整改" },
	[STATE_CLOSED] = { "closed", "已销号" },
	[STATE_REOPENED] = { "reopened", "反弹重启" },
	[STATE_TRANSFERRED] = { "transferred", "已转办" },
	[STATE_MERGED] = { "merged", "已合并" },
	[STATE_DECLINED] = { "declined", "不予列账" },
	[STATE_WITHDRAWN] = { "withdrawn", "已撤回" },
};

const char *state_name(enum state state)
{
	return STATE_WORDS[state].name;
}

const char *state_label(enum state state)
{
	return STATE_WORDS[state].label;
}

enum state state_named(const char *text)
{
	for (int s = 0; text && s < STATES; s++)
		if (strcmp(STATE_WORDS[s].name, text) == 0)
			return (enum state)s;
	for (int s = STATE_REGISTERED; text && s < STATES; s++)
		if (strcmp(STATE_WORDS[s].label, text) == 0)
			return (enum state)s;
	return STATES;
}

enum state event_state(const struct event *event)
{
	return state_named(node_string(event->root, "to"));
}

day_t field_date(const struct node *fields, const char *name)
{
	const struct node *node = node_get(fields, name);
	day_t day = DAY_NONE;

	if (node && node->type == NODE_STRING)
		date_parse(node->text, node->count, &day);
	return day;
}

bool event_parse(struct event *event, const char *name, const struct node *root)
{
	const struct node *at = node_get(root, "at");

	*event = (struct event){ .name = name,
				 .root = root,
				 .by = node_string(root, "by"),
				 .unit = node_string(root, "unit") };
	return at && at->type == NODE_STRING && moment_parse(at->text, at->count, &event->at) &&
	       event->by && event->unit;
}

static int by_time(const void *a, const void *b)
{
	const struct event *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return strcmp(x->name, y->name);
}

const struct node *record_read(const struct stored *stored, const struct stored_file *file,
			       const char *prefix, struct arena *arena, struct findings *findings)
{
	const char *path = arena_concat(arena, prefix, stored->folder, "/", file->name, NULL);
	size_t errors = findings->errors;
	const struct node *root;

	if (!path) {
		findings->lost = true;
		return NULL;
	}
	if (file->error == EFBIG)
		findings_add(findings,
			     &(struct finding){
				     .level = LEVEL_ERROR, .code = "too-large", .file = path },
			     _("the file is larger than %zu bytes"), READ_RECORD.bytes);
	else if (file->error)
		finding_errno(findings, path, _("cannot read"), file->error);
	if (file->error)
		return NULL;
	root = yaml_read(arena, path, file->text, file->size, &READ_RECORD, findings);
	if (!root && findings->errors == errors)
		findings->lost = true;
	return root;
}

static int senseless(const struct stored *stored, const char *name, const char *prefix,
		     const struct node *root, const char *message, struct findings *findings)
{
	struct str path = { 0 };

	str_addf(&path, "%s%s/%s", prefix, stored->folder, name);
	findings_add(findings,
		     &(struct finding){ .level = LEVEL_ERROR,
					.code = "unreadable",
					.file = str_text(&path),
					.line = root->line,
					.column = root->column },
		     "%s", message);
	str_release(&path);
	return -1;
}

int record_parse(struct record *record, const struct stored *stored, const char *prefix,
		 struct arena *arena, struct findings *findings)
{
	int result = 0;

	*record = (struct record){ .kind = stored->kind,
				   .id = stored->id,
				   .folder = stored->folder,
				   .unit = stored->unit };
	record->events = arena_array(arena, stored->nfiles, sizeof(*record->events));
	if (!record->events) {
		findings->lost = true;
		return -1;
	}
	for (size_t i = 0; i < stored->nfiles; i++) {
		const struct stored_file *file = &stored->files[i];
		const struct node *root = record_read(stored, file, prefix, arena, findings);
		struct event *event = &record->events[record->nevents];

		if (!root) {
			result = -1;
		} else if (i == 0) {
			record->root = root;
			if (!event_parse(event, NULL, node_get(root, "entered")) ||
			    event_state(event) == STATES)
				result = senseless(
					stored, file->name, prefix, root,
					_("no usable 'entered': who entered the record, when, "
					  "for which unit, in which state"),
					findings);
			record->nevents++;
		} else if (!event_parse(event, file->name, root)) {
			result = senseless(
				stored, file->name, prefix, root,
				_("the event does not say who did it, when and for which unit"),
				findings);
		} else {
			record->nevents++;
		}
	}
	if (result == 0 && record->nevents > 2)
		qsort(record->events + 1, record->nevents - 1, sizeof(*record->events), by_time);
	return result;
}

/* a shallow copy of a map that node_set may change */
static struct node *copy_map(const struct node *map, struct arena *arena)
{
	struct node *copy = node_new_map(arena);

	if (copy && map) {
		copy->line = map->line;
		copy->column = map->column;
	}
	for (uint32_t i = 0; copy && map && map->type == NODE_MAP && i < map->count; i++)
		if (node_set(arena, copy, map->members[i].name, map->members[i].value) < 0)
			return NULL;
	return copy;
}

/*
 * What an event that nobody checked may make of a record is bounded: names lead as deep as a record
 * can be, and no map grows beyond what any schema has.
 */
#define MOST_MEMBERS 1000

static bool is_reachable(const char *name)
{
	size_t parts = 1;

	for (const char *dot = strchr(name, '.'); dot; dot = strchr(dot + 1, '.'))
		parts++;
	return parts < READ_RECORD.depth;
}

/* the maps below the record that were copied and may be changed, so that each is copied once */
struct laying {
	struct arena *arena;
	const struct node **own;
	size_t count;
};

static bool is_own(const struct laying *l, const struct node *map)
{
	for (size_t i = 0; i < l->count; i++)
		if (l->own[i] == map)
			return true;
	return false;
}

static int remember(struct laying *l, const struct node *map)
{
	/* grows where the count is a power of two */
	if ((l->count & (l->count - 1)) == 0) {
		const struct node **grown =
			arena_array(l->arena, l->count ? 2 * l->count : 1, sizeof(*grown));

		if (!grown)
			return -1;
		if (l->count)
			memcpy(grown, l->own, l->count * sizeof(*grown));
		l->own = grown;
	}
	l->own[l->count++] = map;
	return 0;
}

static bool has_room(const struct node *map, const char *name)
{
	return map->count < MOST_MEMBERS || node_get(map, name);
}

/* the map of this name in ours, to be changed; *inner NULL: it is too large. -1: no memory */
static int own_inner(struct laying *l, struct node *map, const char *name, struct node **inner)
{
	const struct node *old = node_get(map, name);
	struct node *copy;

	*inner = NULL;
	if (old && !is_own(l, old)) {
		if (old->type == NODE_MAP && old->count > MOST_MEMBERS)
			return 0;
	} else if (old) {
		*inner = (struct node *)(uintptr_t)old;
		return 0;
	}
	copy = copy_map(old, l->arena);
	if (!copy || node_set(l->arena, map, name, copy) < 0)
		return -1;
	*inner = (struct node *)(uintptr_t)node_get(map, name);
	return remember(l, *inner);
}

static int lay(struct laying *l, struct node *map, const char *name, const struct node *value)
{
	const char *dot;

	while ((dot = strchr(name, '.'))) {
		const char *head = arena_strndup(l->arena, name, (size_t)(dot - name));

		if (!head)
			return -1;
		if (!has_room(map, head))
			return 0;
		if (own_inner(l, map, head, &map) < 0)
			return -1;
		if (!map)
			return 0;
		name = dot + 1;
	}
	return has_room(map, name) ? node_set(l->arena, map, name, value) : 0;
}

const struct node *overlay(const struct node *fields, const struct node *set, struct arena *arena)
{
	struct laying laying = { .arena = arena };
	struct node *copy;

	if (!fields || !set || set->type != NODE_MAP || !set->count || fields->count > MOST_MEMBERS)
		return fields;
	copy = copy_map(fields, arena);
	for (uint32_t i = 0; copy && i < set->count; i++)
		if (is_reachable(set->members[i].name) &&
		    lay(&laying, copy, set->members[i].name, set->members[i].value) < 0)
			copy = NULL;
	return copy;
}
