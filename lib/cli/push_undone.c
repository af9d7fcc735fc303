/* What an added event does to the events that were there before: those of a later time. */
#include <string.h>

#include "base/msg.h"
#include "cli/push_parts.h"

static const struct push_file *added_event(const struct push *push, const struct record *record,
					   const struct event *event)
{
	char *path = arena_concat(&push->cli->arena, record->folder, "/",
				  event->name ? event->name : record->id,
				  event->name ? "" : ".yaml", NULL);

	if (!path)
		cli_no_memory(push->cli);
	return map_get(&push->added_paths, path, strlen(path));
}

static const struct step *step_of(const struct folded *folded, const struct event *event)
{
	for (size_t i = 0; i < folded->nsteps; i++)
		if (folded->steps[i].event == event)
			return &folded->steps[i];
	return NULL;
}

/* the added event that came before it: the one that barred it, else the last one that counts */
static const struct event *earlier(const struct push *push, const struct folded *after,
				   const struct step *step)
{
	if (step->first && added_event(push, after->record, step->first))
		return step->first;
	for (const struct step *s = step; s-- > after->steps;)
		if (s->skip == SKIP_NONE && added_event(push, after->record, s->event))
			return s->event;
	return NULL;
}

static char *outside(struct push *push, const struct record *record, const struct event *event)
{
	return push_text(push, arena_concat(&push->cli->arena, push->prefix,
					    added_event(push, record, event)->path, NULL));
}

static const char *as_of_now(void)
{
	return _("git rm PATH, commit, and enter it again as of now, as the rules allow it then");
}

/* from the list, whatever is asked there */
static bool has_left(enum state state)
{
	return state == STATE_WITHDRAWN || state == STATE_DECLINED || state == STATE_MERGED ||
	       state == STATE_TRANSFERRED;
}

/* what another unit did has no effect any more, because the record is said to have left before */
static bool has_slipped(const struct folded *before, const struct folded *after,
			const struct event *by, const struct event *lost)
{
	return has_left(after->state) && before->state != after->state &&
	       strcmp(by->unit, lost->unit) != 0;
}

static void tell_lost(struct push *push, const struct folded *before, const struct folded *after,
		      const struct step *lost)
{
	const struct event *by = earlier(push, after, lost);
	struct finding what = { .level = LEVEL_WARNING, .code = "move-not-allowed" };
	enum state to = event_state(lost->event);
	const char *name = lost->event->name;

	if (!by)
		return;
	what.file = outside(push, after->record, by);
	if (to == STATE_CLOSED && after->state != STATE_CLOSED)
		push_say(push, "closing-undone", what.file,
			 _("only reopening opens what is closed: git rm PATH, commit, and enter it "
			   "again as of now, or ask who may reopen it"),
			 _("it is dated before the closing '%s', and would undo it"), name);
	else if (to == STATE_REOPENED || has_slipped(before, after, by, lost->event))
		push_say(push, "dated-back", what.file, as_of_now(),
			 _("it is dated before '%s', and would undo it"), name);
	else
		findings_add(&push->findings, &what,
			     _("it is dated before '%s', which has no effect any more"), name);
}

static const struct finding *not_met(const struct record *record, const struct event *event,
				     const struct findings *found)
{
	size_t n = strlen(record->folder);

	for (size_t i = 0; i < found->count; i++) {
		const struct finding *f = &found->items[i];

		if (strcmp(f->code, "guard-not-met") == 0 && f->file &&
		    strncmp(f->file, record->folder, n) == 0 && f->file[n] == '/' &&
		    strcmp(f->file + n + 1, event->name) == 0)
			return f;
	}
	return NULL;
}

/*
 * An event that was let in without effect, or while it needed no right, is judged again where the
 * same unit, or anybody for what had no effect, puts something before it.
 */
static void tell_gained(struct push *push, const struct folded *after, const struct step *step,
			bool had_effect, const struct findings *found)
{
	const struct event *by = earlier(push, after, step);
	const struct finding *f = by ? not_met(after->record, step->event, found) : NULL;

	if (f && (!had_effect || strcmp(by->unit, step->event->unit) == 0))
		push_say(push, "guard-not-met", outside(push, after->record, by), as_of_now(),
			 _("it is dated before '%s', which would count against the rules then: %s"),
			 step->event->name, f->message);
}

void push_undone(struct push *push, const struct folded *after, const struct findings *found,
		 struct arena *arena)
{
	const struct record *record = after->record;
	struct folded before;

	if (added_event(push, record, &record->events[0]))
		return;
	if (fold_start(&before, record, after->offset, 0, arena) < 0)
		cli_no_memory(push->cli);
	for (size_t i = 1; i < record->nevents; i++)
		if (!added_event(push, record, &record->events[i]))
			fold_apply(&before, &record->events[i]);
	if (before.failed)
		cli_no_memory(push->cli);
	for (size_t i = 1; i < before.nsteps; i++) {
		const struct step *then = &before.steps[i], *now = step_of(after, then->event);

		if (now->skip == SKIP_NONE)
			tell_gained(push, after, now, then->skip == SKIP_NONE, found);
		else if (then->skip == SKIP_NONE)
			tell_lost(push, &before, after, now);
	}
}
