/* What an added event takes from the events that were there before: those of a later time. */
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
static const struct push_file *taker(const struct push *push, const struct folded *after,
				     const struct step *lost)
{
	const struct push_file *file =
		lost->first ? added_event(push, after->record, lost->first) : NULL;

	for (const struct step *s = after->steps; !file && s < lost; s++)
		if (s->skip == SKIP_NONE)
			file = added_event(push, after->record, s->event);
	return file;
}

static void tell(struct push *push, const struct folded *after, const struct step *lost)
{
	const struct push_file *file = taker(push, after, lost);
	struct finding what = { .level = LEVEL_WARNING, .code = "move-not-allowed" };
	const char *name = lost->event->name;

	if (!file)
		return;
	what.file =
		push_text(push, arena_concat(&push->cli->arena, push->prefix, file->path, NULL));
	if (event_state(lost->event) != STATE_CLOSED || after->state == STATE_CLOSED)
		findings_add(&push->findings, &what,
			     _("it is dated before '%s', which has no effect any more"), name);
	else
		push_say(push, "closing-undone", what.file,
			 _("only reopening opens what is closed: git rm PATH, commit, and enter it "
			   "again as of now, or ask who may reopen it"),
			 _("it is dated before the closing '%s', and would undo it"), name);
}

void push_undone(struct push *push, const struct folded *after, struct arena *arena)
{
	const struct record *record = after->record;
	struct folded before;

	if (added_event(push, record, &record->events[0]))
		return;
	if (fold_start(&before, record, after->offset, 0, arena) < 0)
		cli_no_memory(push->cli);
	for (size_t i = 1; i < record->nevents; i++) {
		const struct event *event = &record->events[i];
		const struct step *now = step_of(after, event);

		if (added_event(push, record, event))
			continue;
		if (fold_apply(&before, event) == SKIP_NONE && now && now->skip != SKIP_NONE)
			tell(push, after, now);
	}
	if (before.failed)
		cli_no_memory(push->cli);
}
